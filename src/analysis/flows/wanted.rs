//! What a rule asks of a host name or a path, where plain texts say it.

use crate::suricata::{BufferMatch, Carried, Content, ContentTest, Number, Transform};

/// A condition on a name or a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::analysis) struct Wanted {
    pub how: How,
    pub text: String,
    pub negated: bool,
    /// Whether capitals are the same as small letters; `text` is then in lower case. Names are in lower case anyway.
    pub any_case: bool,
}

/// How a text must be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::analysis) enum How {
    /// No usual client says anything that meets it: capitals, bytes that are in no name.
    Never,
    /// It is the whole.
    Is,
    /// It is the end.
    Ends,
    /// It is the whole name, or the end after a dot.
    Tree,
    /// It is the beginning.
    Begins,
}

impl Wanted {
    pub(in crate::analysis) fn holds(&self, text: &str) -> bool {
        let lower = if self.any_case { text.to_ascii_lowercase() } else { String::new() };
        let text = if self.any_case { lower.as_str() } else { text };
        let ends = || text.strip_suffix(self.text.as_str());
        let found = match self.how {
            How::Never => false,
            How::Is => text == self.text,
            How::Ends => ends().is_some(),
            How::Tree => ends().is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
            How::Begins => text.starts_with(self.text.as_str()),
        };
        found != self.negated
    }
}

/// What a rule asks of one thing that a client says: its host name, or its path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(in crate::analysis) struct Need {
    /// Whether it asks anything: then the client must have said something.
    pub asked: bool,
    /// What plain texts say.
    pub wanted: Vec<Wanted>,
    /// What they do not: an expression, a text in the middle. The same text means the same condition.
    pub unclear: Option<String>,
    /// Whether endings are among what is unclear: of paths, where rules ask for too many of them.
    pub ends_unclear: bool,
}

impl Need {
    /// Whether only names that a text stands for can meet it.
    pub(in crate::analysis) fn names_some(&self) -> bool {
        self.wanted.iter().any(|wanted| !wanted.negated)
    }

    /// Whether the plain part of it is met.
    pub(in crate::analysis) fn holds(&self, text: &str) -> bool {
        self.wanted.iter().all(|wanted| wanted.holds(text))
    }

    /// Leaves endings unclear from now on, though texts say them.
    pub(in crate::analysis) fn leave_endings(&mut self) {
        self.ends_unclear = true;
        let (ends, rest) = self.wanted.drain(..).partition(|wanted| wanted.how == How::Ends);
        self.wanted = rest;
        let ends: Vec<Wanted> = ends;
        if !ends.is_empty() {
            *self.unclear.get_or_insert_default() += &format!("{ends:?};");
        }
    }

    /// Adds the conditions on a buffer that holds the name, or the path.
    pub(in crate::analysis) fn add(&mut self, buffer: &BufferMatch, path: bool) {
        self.asked = true;
        for test in &buffer.tests {
            match read(test, &buffer.transforms, path) {
                Read::Wanted(wanted) => self.wanted.push(wanted),
                Read::Always | Read::NotModelled => {}
                Read::Unclear => {
                    let unclear = self.unclear.get_or_insert_default();
                    *unclear +=
                        &format!("{} {:?} {test:?};", buffer.buffer.name(), buffer.transforms);
                }
            }
        }
    }
}

/// One condition, read.
enum Read {
    Wanted(Wanted),
    Always,
    /// The evaluator itself says that it cannot be told.
    NotModelled,
    Unclear,
}

fn read(test: &ContentTest, transforms: &[Transform], path: bool) -> Read {
    match test {
        ContentTest::NotModelled(_) => Read::NotModelled,
        ContentTest::Bsize(Number::Above(0) | Number::IsNot(0)) => Read::Always,
        ContentTest::Bsize(_) | ContentTest::IsDataAt { .. } | ContentTest::Pcre(_) => {
            Read::Unclear
        }
        ContentTest::Content(content) if !is_plain(content) => Read::Unclear,
        ContentTest::Content(content) if path => of_path(content, transforms),
        ContentTest::Content(content) => of_name(content, transforms),
    }
}

/// Whether the content is only bound to the beginning or the end of the buffer.
const fn is_plain(content: &Content) -> bool {
    content.offset.is_none()
        && content.depth.is_none()
        && content.distance.is_none()
        && content.within.is_none()
}

/// A usual client says names in lower case, without a dot at either end.
fn of_name(content: &Content, transforms: &[Transform]) -> Read {
    let mut dotted = false;
    for transform in transforms {
        match transform {
            Transform::Dotprefix if !dotted => dotted = true,
            Transform::ToLowercase => {}
            _ => return Read::Unclear,
        }
    }
    let mut bytes = content.bytes.clone();
    if content.nocase {
        bytes.make_ascii_lowercase();
    }
    let of_names = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(b);
    let (text, how) = match (String::from_utf8(bytes), content.startswith, content.endswith) {
        (Ok(text), starts, true) if text.bytes().all(|b| of_names(&b)) => {
            match (dotted, text.strip_prefix('.'), starts) {
                (false, _, true) => (text, How::Is),
                (false, _, false) | (true, None, false) => (text, How::Ends),
                (true, None, true) | (true, Some(""), _) => (text, How::Never),
                (true, Some(name), true) => (name.to_owned(), How::Is),
                (true, Some(name), false) => (name.to_owned(), How::Tree),
            }
        }
        (Ok(text), _, _) if text.bytes().all(|b| of_names(&b)) => return Read::Unclear,
        _ => (String::new(), How::Never),
    };
    Read::Wanted(Wanted { how, text, negated: content.negated, any_case: false })
}

/// A path begins with a slash and is written as plainly as it can be: what cannot be said so is unclear.
fn of_path(content: &Content, transforms: &[Transform]) -> Read {
    let plain = |text: &str| {
        let path = text.split('?').next().unwrap_or_default();
        let inner = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<&str> = inner.split('/').collect();
        let last = segments.len() - 1;
        let odd = |(at, s): (usize, &&str)| matches!(*s, "." | "..") || s.is_empty() && at < last;
        text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~?=&:@!$'()*+,".contains(&b))
            && !segments.iter().enumerate().any(odd)
    };
    let letters = content.bytes.iter().any(u8::is_ascii_alphabetic);
    let any_case = content.nocase && letters;
    let mut text = match String::from_utf8(content.bytes.clone()) {
        Ok(text) if plain(&text) && transforms.is_empty() => text,
        _ => return Read::Unclear,
    };
    let how = match (text.starts_with('/'), content.startswith, content.endswith) {
        (_, false, true) => How::Ends,
        (_, false, false) => return Read::Unclear,
        (true, true, _) if any_case => return Read::Unclear,
        (true, true, true) => How::Is,
        (true, true, false) => How::Begins,
        (false, true, _) => How::Never,
    };
    if any_case {
        text.make_ascii_lowercase();
    }
    Read::Wanted(Wanted { how, text, negated: content.negated, any_case })
}

/// The same buffer, of which what is unclear, as `need` has it, is met whenever the client says anything.
///
/// Contents that must be there stay such, since the engine asks rules with them at other times than rules without.
pub(in crate::analysis) fn assumed(buffer: &BufferMatch, need: &Need, path: bool) -> BufferMatch {
    let clear = |test: &&ContentTest| match read(test, &buffer.transforms, path) {
        Read::Unclear => false,
        Read::Wanted(wanted) => !(need.ends_unclear && wanted.how == How::Ends),
        Read::Always | Read::NotModelled => true,
    };
    let mut tests: Vec<ContentTest> = buffer.tests.iter().filter(clear).cloned().collect();
    if buffer.tests.iter().any(is_searched) && !tests.iter().any(is_searched) {
        tests.insert(0, ContentTest::Content(Content::default()));
    }
    BufferMatch { tests, ..buffer.clone() }
}

/// The same buffer, of which nobody knows whether it is met.
pub(in crate::analysis) fn unknown(buffer: &BufferMatch) -> BufferMatch {
    let searched = buffer.tests.iter().any(is_searched);
    let searched = searched.then(|| ContentTest::Content(Content::default()));
    let unknown = Carried { keyword: "varies", value: String::new() };
    let tests = searched.into_iter().chain([ContentTest::NotModelled(unknown)]).collect();
    BufferMatch { tests, ..buffer.clone() }
}

fn is_searched(test: &ContentTest) -> bool {
    matches!(test, ContentTest::Content(content) if !content.negated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suricata::parse_rules;

    fn need(conditions: &str) -> Need {
        let line = format!("pass http any any -> any any ({conditions} sid:1;)");
        let parsed = parse_rules(&line);
        assert!(parsed.problems.iter().all(|p| !p.is_error()), "{:?}", parsed.problems);
        let mut need = Need::default();
        for buffer in &parsed.rules[0].rule.buffers {
            need.add(buffer, buffer.buffer.name() == "http.uri");
        }
        need
    }

    #[test]
    fn names_are_read_as_the_engine_finds_them() {
        let how = |conditions: &str| {
            let need = need(conditions);
            need.wanted.first().map(|w| (w.how, need.wanted[0].text.clone(), w.negated))
        };
        let host = |rest: &str| how(&format!("http.host; {rest}"));
        let found = |how, text: &str, negated| Some((how, text.to_owned(), negated));
        assert_eq!(host("content:\"a.b\"; startswith; endswith;"), found(How::Is, "a.b", false));
        assert_eq!(host("content:\"a.b\"; endswith;"), found(How::Ends, "a.b", false));
        assert_eq!(host("dotprefix; content:\".a.b\"; endswith;"), found(How::Tree, "a.b", false));
        assert_eq!(host("dotprefix; content:!\".a.b\"; endswith;"), found(How::Tree, "a.b", true));
        assert_eq!(host("content:\"a b\"; endswith;"), found(How::Never, "", false));
        assert_eq!(host("content:\"a.b\";"), None);
        let uri = |rest: &str| how(&format!("http.uri; {rest}"));
        assert_eq!(uri("content:\"/x/\"; startswith;"), found(How::Begins, "/x/", false));
        assert_eq!(uri("content:\"x\"; startswith;"), found(How::Never, "x", false));
        assert_eq!(uri("content:\"/a//b\"; startswith;"), None);
        assert_eq!(uri("content:\".EXE\"; nocase; endswith;"), found(How::Ends, ".exe", false));
        assert_eq!(uri("content:\"/x\"; nocase; startswith;"), None);
    }

    #[test]
    fn the_same_unclear_condition_is_known_again() {
        let a = need("http.host; content:\"bank\"; pcre:\"/x+/\";");
        assert_eq!(a.unclear, need("http.host; content:\"bank\"; pcre:\"/x+/\";").unclear);
        assert!(a.unclear != need("http.host; content:\"bank\"; pcre:\"/y+/\";").unclear);
    }
}
