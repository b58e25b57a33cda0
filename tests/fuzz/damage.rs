//! Samples with damage: what a text becomes when bytes are lost, doubled, moved or changed.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;

/// What a change puts in: what means something to one reader or another, and what means nothing to any.
const PIECES: [&[u8]; 32] = [
    b"\n",
    b"\r\n",
    b"\t",
    b" ",
    b":",
    b",",
    b";",
    b"\"",
    b"'",
    b"[",
    b"]",
    b"{",
    b"}",
    b"(",
    b")",
    b"#",
    b"-",
    b"!",
    b"$",
    b"*",
    b"&",
    b"\\",
    b"/",
    b"\0",
    b"\x1b[2J",
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    b"\xff",
    b"0",
    b"99999999999999999999",
    b"any",
    b"\xe9\x96\xa2",
];

/// One change to a text.
#[derive(Debug, Clone)]
enum Change {
    Cut(Index, usize),
    Double(Index, usize),
    Move(Index, Index, usize),
    Put(Index, usize),
    Byte(Index, u8),
    Line(Index, Index),
    End(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 1_usize..40).prop_map(|(at, length)| Change::Cut(at, length)),
        (at(), 1_usize..40).prop_map(|(at, length)| Change::Double(at, length)),
        (at(), at(), 1_usize..40).prop_map(|(from, to, length)| Change::Move(from, to, length)),
        (at(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Put(at, piece)),
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (at(), at()).prop_map(|(from, to)| Change::Line(from, to)),
        at().prop_map(Change::End),
    ]
}

fn made(text: &mut Vec<u8>, change: &Change) {
    if text.is_empty() {
        return;
    }
    let all = text.len();
    let piece = |text: &[u8], at: &Index, length: usize| {
        let at = at.index(all);
        at..(at + length).min(text.len())
    };
    match change {
        Change::Cut(at, length) => drop(text.drain(piece(text, at, *length))),
        Change::Double(at, length) => {
            let piece = piece(text, at, *length);
            let doubled = text[piece.clone()].to_vec();
            drop(text.splice(piece.end..piece.end, doubled));
        }
        Change::Move(from, to, length) => {
            let moved: Vec<u8> = text.drain(piece(text, from, *length)).collect();
            let to = to.index(text.len() + 1);
            drop(text.splice(to..to, moved));
        }
        Change::Put(at, piece) => {
            let at = at.index(all + 1);
            drop(text.splice(at..at, PIECES[*piece].iter().copied()));
        }
        Change::Byte(at, byte) => text[at.index(all)] = *byte,
        Change::Line(from, to) => {
            let mut lines: Vec<Vec<u8>> =
                text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let (from, to) = (from.index(lines.len()), to.index(lines.len()));
            lines.swap(from, to);
            *text = lines.concat();
        }
        Change::End(at) => text.truncate(at.index(all)),
    }
}

/// One of the samples, damaged.
pub fn damaged(samples: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    (prop::sample::select(samples), prop::collection::vec(change(), 0..6)).prop_map(
        |(mut text, changes)| {
            changes.iter().for_each(|change| made(&mut text, change));
            text
        },
    )
}

/// The files of these folders and names below the project that are not long.
pub fn samples(places: &[&str], longest: u64) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: Vec<PathBuf> = places.iter().flat_map(|place| below(&root.join(place))).collect();
    assert!(!files.is_empty(), "{places:?} hold nothing");
    let short = files.iter().filter(|file| fs::metadata(file).unwrap().len() <= longest);
    short.map(|file| fs::read(file).unwrap()).collect()
}

fn below(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let mut paths: Vec<PathBuf> =
        fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| below(path)).collect()
}
