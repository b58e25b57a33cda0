//! Where logs are read from: files and standard input, packed or not.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use thiserror::Error;

use crate::messages::{Lang, Text, files, replay as say};

/// How much is read from a file at once.
const AT_ONCE: usize = 1 << 18;

/// A file that unpacks to more than so many times its size, and to more than so many bytes, is no log.
const FURTHEST: (u64, u64) = (1000, 1 << 30);

/// Where a log is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Log {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Log {
    /// What an argument means: `-` is standard input.
    #[must_use]
    pub fn of_argument(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path.to_owned()) }
    }

    /// Its name, as people know it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Why it cannot be read, as far as that is known without reading it.
    #[must_use]
    pub fn cannot_be_read(&self) -> Option<Text> {
        let Self::File(path) = self else { return None };
        match fs::metadata(path) {
            Err(error) => Some(files::not_read_because(&error)),
            // What is no file may have no end, or keep whoever opens it waiting.
            Ok(found) => (!found.is_file()).then(say::no_file),
        }
    }

    /// Its size in bytes as it stands on the disk; nothing where that is not known.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Stdin => None,
            Self::File(path) => fs::metadata(path).ok().map(|file| file.len()),
        }
    }

    /// The bytes of the log, unpacked; `read` counts those that were read as they stand on the disk.
    pub(super) fn open(&self, read: &Rc<Cell<u64>>) -> io::Result<Box<dyn Read>> {
        let from: Box<dyn Read> = match self {
            Self::Stdin => Box::new(io::stdin().lock()),
            Self::File(path) => Box::new(File::open(path)?),
        };
        unpacked(from, read, FURTHEST)
    }
}

/// Files and folders whose path begins like this, by their names; folders end in `/`.
#[must_use]
pub fn complete(typed: &str) -> Vec<String> {
    let (folder, begin) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(folder, begin)| (&typed[..=folder.len()], begin));
    let read = fs::read_dir(if folder.is_empty() { "." } else { folder });
    let name = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let hidden = name.starts_with('.') && !begin.starts_with('.');
        if hidden || !name.starts_with(begin) {
            return None;
        }
        let is_folder = fs::metadata(entry.path()).is_ok_and(|found| found.is_dir());
        let end = if is_folder { "/" } else { "" };
        Some(format!("{folder}{name}{end}"))
    };
    let mut found: Vec<String> = read.into_iter().flatten().flatten().filter_map(name).collect();
    found.sort();
    found
}

/// Counts what is read.
struct Counted {
    from: Box<dyn Read>,
    count: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let got = self.from.read(to)?;
        self.count.set(self.count.get() + got as u64);
        Ok(got)
    }
}

/// Unpacks what begins like a packed file, no further than to so many times its size and so many bytes.
fn unpacked(
    from: Box<dyn Read>,
    read: &Rc<Cell<u64>>,
    furthest: (u64, u64),
) -> io::Result<Box<dyn Read>> {
    let counted = Counted { from, count: Rc::clone(read) };
    let mut buffered = BufReader::with_capacity(AT_ONCE, counted);
    let begin = buffered.fill_buf()?;
    Ok(match begin {
        [0x1f, 0x8b, ..] => Box::new(Bounded::new(MultiGzDecoder::new(buffered), read, furthest)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Box::new(Bounded::new(Frames::new(buffered), read, furthest))
        }
        _ => Box::new(buffered),
    })
}

/// A packed file turned out to be no log.
#[derive(Debug, Error)]
#[error("{}", say::unpacks_too_far().say(Lang::English))]
struct UnpacksTooFar;

/// Why a log was not read to its end.
pub(super) fn not_read_because(error: &io::Error) -> Text {
    match error.get_ref() {
        Some(inner) if inner.is::<UnpacksTooFar>() => say::unpacks_too_far(),
        _ => files::not_read_because(error),
    }
}

/// Stops where a packed file turns out to be no log.
struct Bounded<R> {
    from: R,
    before: u64,
    read: Rc<Cell<u64>>,
    unpacked: u64,
    furthest: (u64, u64),
}

impl<R> Bounded<R> {
    fn new(from: R, read: &Rc<Cell<u64>>, furthest: (u64, u64)) -> Self {
        // What fills the buffer is read already.
        Self {
            from,
            before: read.get().saturating_sub(AT_ONCE as u64),
            read: Rc::clone(read),
            unpacked: 0,
            furthest,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let got = self.from.read(to)?;
        self.unpacked += got as u64;
        let packed = (self.read.get() - self.before).max(1);
        let (times, bytes) = self.furthest;
        if self.unpacked > bytes && self.unpacked / packed > times {
            return Err(io::Error::other(UnpacksTooFar));
        }
        Ok(got)
    }
}

/// The frames of a Zstandard file, one after the other.
struct Frames<R: BufRead> {
    frame: Option<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>,
    next: Option<R>,
}

impl<R: BufRead> Frames<R> {
    const fn new(from: R) -> Self {
        Self { frame: None, next: Some(from) }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if to.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(frame) = &mut self.frame {
                let got = frame.read(to)?;
                if got > 0 {
                    return Ok(got);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.next = Some(frame.into_inner());
            }
            let Some(mut from) = self.next.take() else { return Ok(0) };
            if from.fill_buf()?.is_empty() {
                return Ok(0);
            }
            // Its memory is bounded: a frame that asks for a window of more than 100 MB is refused.
            self.frame = Some(StreamingDecoder::new(from).map_err(io::Error::other)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reason_of_this_program_is_said_in_every_language() {
        let error = io::Error::other(UnpacksTooFar);
        assert_eq!(not_read_because(&error), say::unpacks_too_far());
    }

    /// Reads packed bytes to their end, or until that is refused; how many came out, and why no more.
    fn read_all(packed: Vec<u8>, furthest: (u64, u64)) -> (usize, Option<io::Error>) {
        let read = Rc::new(Cell::new(0));
        let mut out = Vec::new();
        let all = unpacked(Box::new(io::Cursor::new(packed)), &read, furthest)
            .and_then(|mut from| from.read_to_end(&mut out));
        (out.len(), all.err())
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    /// A Zstandard frame with this window (a byte of its header) and blocks that each stand for 128 kB of one byte.
    fn zstandard(window: u8, blocks: u8) -> Vec<u8> {
        let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, window];
        for block in 1..=blocks {
            let header = (128_u32 * 1024) << 3 | 1 << 1 | u32::from(block == blocks);
            frame.extend_from_slice(&header.to_le_bytes()[..3]);
            frame.push(b'0');
        }
        frame
    }

    #[test]
    fn packed_file_that_grows_without_end_is_given_up_soon() {
        for packed in [gzip(&vec![b'0'; 8 << 20]), zstandard(0x38, 64)] {
            let (came, why) = read_all(packed.clone(), (100, 1 << 20));
            assert!(why.unwrap().get_ref().unwrap().is::<UnpacksTooFar>());
            assert!(came <= 2 << 20, "{came} bytes came out");
            // As much as that may come of a file: it is not small, or does not grow that much.
            for furthest in [(100, 16 << 20), (1 << 20, 1 << 20)] {
                assert!(
                    matches!(read_all(packed.clone(), furthest), (len, None) if len == 8 << 20)
                );
            }
        }
    }

    #[test]
    fn zstandard_file_that_asks_for_much_memory_is_refused() {
        let (came, why) = read_all(zstandard(0xa8, 1), FURTHEST);
        assert_eq!(came, 0, "a window of 2 GiB is granted");
        assert!(why.is_some());
    }
}
