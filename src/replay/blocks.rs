//! A log in blocks of whole lines, so that several can be read at a time.

use std::io::{self, Read};

use super::line::LINE_LIMIT;

/// How much of a log is usually held at once: so little that it stays near the processor.
const USUAL: usize = 1 << 19;
/// The most that is, for long lines; more than the longest that is read.
const BLOCK: usize = LINE_LIMIT + (LINE_LIMIT >> 1);

/// Some whole lines; the last of a log may have no end.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The lines, and behind `end` what was read before.
    bytes: Vec<u8>,
    end: usize,
    /// The number of the first.
    pub first_line: u64,
    /// How many ends of lines there are.
    pub lines: u64,
}

impl Block {
    /// The lines.
    pub(super) fn text(&self) -> &[u8] {
        &self.bytes[..self.end]
    }

    /// The memory, for another.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// What was read.
#[derive(Debug)]
pub(super) enum Next {
    /// Lines.
    Block(Block),
    /// A line, by its number, that is too long to be held.
    TooLong(u64),
    /// The end of the log.
    End,
}

/// Reads a log block by block.
pub(super) struct Blocks<R> {
    from: R,
    /// The beginning of a line that the last block was too small for.
    begun: Vec<u8>,
    line: u64,
    ended: bool,
    /// Why it cannot be read on.
    failed: Option<io::Error>,
}

impl<R: Read> Blocks<R> {
    pub(super) const fn new(from: R) -> Self {
        Self { from, begun: Vec::new(), line: 1, ended: false, failed: None }
    }

    /// Reads on, into `bytes` that are not needed any more.
    ///
    /// # Errors
    /// When the log cannot be read on; what was read of it before is given first.
    pub(super) fn next(&mut self, mut bytes: Vec<u8>) -> io::Result<Next> {
        let mut filled = self.begun.len();
        // What is held already is not made blank again.
        bytes.resize(bytes.len().max(filled), 0);
        bytes[..filled].copy_from_slice(&self.begun);
        self.begun.clear();
        for size in [USUAL, BLOCK] {
            bytes.resize(bytes.len().max(size), 0);
            filled = self.fill(&mut bytes[..size], filled);
            if filled == 0 {
                return self.failed.take().map_or(Ok(Next::End), Err);
            }
            let end = match memchr::memrchr(b'\n', &bytes[..filled]) {
                _ if self.ended => filled,
                Some(at) => at + 1,
                None => continue,
            };
            self.begun.extend_from_slice(&bytes[end..filled]);
            let first_line = self.line;
            let lines = memchr::memchr_iter(b'\n', &bytes[..end]).count() as u64;
            self.line += lines;
            return Ok(Next::Block(Block { bytes, end, first_line, lines }));
        }
        self.skip(&mut bytes)
    }

    /// Fills up a block of which so much is filled; returns how much is then.
    fn fill(&mut self, bytes: &mut [u8], mut filled: usize) -> usize {
        while filled < bytes.len() && !self.ended {
            match self.from.read(&mut bytes[filled..]) {
                Ok(0) => self.ended = true,
                Ok(got) => filled += got,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    self.failed = Some(error);
                }
            }
        }
        filled
    }

    /// Passes over a line that does not fit into a block.
    fn skip(&mut self, bytes: &mut [u8]) -> io::Result<Next> {
        let line = self.line;
        while !self.ended {
            let filled = self.fill(bytes, 0);
            if let Some(at) = memchr::memchr(b'\n', &bytes[..filled]) {
                self.begun.extend_from_slice(&bytes[at + 1..filled]);
                break;
            }
        }
        self.line += 1;
        Ok(Next::TooLong(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that is read: the lines with their numbers, those that are too long, how it ends.
    fn all(from: impl Read) -> (Vec<(u64, usize)>, Vec<u64>, bool) {
        let mut blocks = Blocks::new(from);
        let (mut lines, mut long) = (Vec::new(), Vec::new());
        loop {
            match blocks.next(Vec::new()) {
                Ok(Next::Block(block)) => {
                    assert!(block.text().len() <= BLOCK);
                    let text = block.text();
                    let text = text.strip_suffix(b"\n").unwrap_or(text);
                    let numbered = (block.first_line..).zip(text.split(|b| *b == b'\n'));
                    lines.extend(numbered.map(|(number, line)| (number, line.len())));
                }
                Ok(Next::TooLong(line)) => long.push(line),
                Ok(Next::End) => return (lines, long, true),
                Err(_) => return (lines, long, false),
            }
        }
    }

    /// A log that is made as it is read: the same byte so many times, then a text.
    struct Made(u64, &'static [u8]);

    impl Read for Made {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return self.1.read(to);
            }
            let many = to.len().min(usize::try_from(self.0).unwrap_or(usize::MAX));
            to[..many].fill(b'x');
            self.0 -= many as u64;
            Ok(many)
        }
    }

    #[test]
    fn lines_keep_their_numbers_over_blocks() {
        let text: String = (0..300_000).map(|n| format!("line {n}\n")).collect();
        let (lines, long, fine) = all(format!("{text}last").as_bytes());
        assert_eq!((lines.len(), long.len(), fine), (300_001, 0, true));
        assert!((1..).zip(&lines).all(|(number, line)| number == line.0));
        assert_eq!(lines[300_000], (300_001, 4));
    }

    #[test]
    fn line_of_a_gigabyte_is_passed_over() {
        let (lines, long, fine) = all(b"a\n".chain(Made(1 << 30, b"\nbc\n")));
        assert_eq!((lines, long, fine), (vec![(1, 1), (3, 2)], vec![2], true));
    }

    #[test]
    fn what_was_read_before_a_fault_is_given() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let (lines, _, fine) = all(b"ab\nc".chain(Fails));
        assert_eq!((lines, fine), (vec![(1, 2), (2, 1)], false));
    }
}
