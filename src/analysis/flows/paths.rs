//! Paths of HTTP requests, cut along what the rules at hand ask of them.

use super::split::Tag;
use super::wanted::{How, Need};

/// How many paths are tried to find one that no text stands for.
const TRIED: usize = 512;

/// Paths that the rules at hand do not tell apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathClass {
    /// Every path: no rule asks for one, or the protocol has none.
    Any,
    /// This path.
    Is(String),
    /// Paths that begin like this, but for those.
    Begins(String, Vec<PathText>),
    /// All paths but those.
    Other(Vec<PathText>),
}

/// A text that a rule asks of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathText {
    /// The text.
    pub text: String,
    /// Whether it is the whole path, as against its beginning.
    pub whole: bool,
}

impl PathText {
    fn meets(&self, path: &str) -> bool {
        if self.whole { path == self.text } else { path.starts_with(self.text.as_str()) }
    }
}

impl PathClass {
    /// Whether the path is of the class.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Is(text) => path == text,
            Self::Begins(start, but) => {
                path.starts_with(start.as_str()) && !but.iter().any(|b| b.meets(path))
            }
            Self::Other(but) => !but.iter().any(|b| b.meets(path)),
        }
    }
}

/// A class of paths, one of them, and which of the rules hold for it.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct PathAtom {
    pub class: PathClass,
    /// A path of the class; `None`: none was found.
    pub sample: Option<String>,
    /// The rules that hold.
    pub live: Vec<Tag>,
}

/// Cuts the paths for these rules.
pub(in crate::analysis) fn cut_paths(rules: &[(Tag, &Need)]) -> Vec<PathAtom> {
    let wanted = || rules.iter().flat_map(|(_, need)| &need.wanted);
    let texts = |how: How| -> Vec<&str> {
        let mut texts: Vec<&str> =
            wanted().filter(|w| w.how == how).map(|w| w.text.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    };
    let (whole, begins) = (texts(How::Is), texts(How::Begins));
    let all = |path: Option<&str>| {
        let holds = |(_, need): &&(Tag, &Need)| path.is_none_or(|path| need.holds(path));
        rules.iter().filter(holds).map(|(tag, _)| *tag).collect::<Vec<Tag>>()
    };
    if whole.is_empty() && begins.is_empty() {
        let sample = "/".to_owned();
        return vec![PathAtom {
            class: PathClass::Any,
            live: all(Some(&sample)),
            sample: Some(sample),
        }];
    }
    let mut atoms: Vec<PathAtom> = Vec::new();
    for path in &whole {
        let class = PathClass::Is((*path).to_owned());
        atoms.push(PathAtom { class, live: all(Some(path)), sample: Some((*path).to_owned()) });
    }
    let fresh = |start: &str, mut candidates: &mut dyn Iterator<Item = String>| {
        Iterator::find(&mut candidates, |path| {
            let longer = |b: &&str| b.len() > start.len() && path.starts_with(*b);
            !whole.contains(&path.as_str()) && !begins.iter().any(longer)
        })
    };
    let but = |start: &str| {
        let inner = |text: &&&str| text.starts_with(start);
        let begins = begins.iter().filter(|text| **text != start).filter(inner);
        let begins = begins.map(|t| PathText { text: (*t).to_owned(), whole: false });
        let whole = whole.iter().filter(inner);
        let whole = whole.map(|t| PathText { text: (*t).to_owned(), whole: true });
        begins.chain(whole).collect::<Vec<PathText>>()
    };
    for start in &begins {
        let tail = if start.ends_with('/') || start.contains('?') { "" } else { "/" };
        let known = [(*start).to_owned(), format!("{start}{tail}any"), format!("{start}x")];
        let made = (0..TRIED).map(|n| format!("{start}x{n}"));
        let sample = fresh(start, &mut known.into_iter().chain(made));
        let live = all(sample.as_deref());
        let class = PathClass::Begins((*start).to_owned(), but(start));
        atoms.push(PathAtom { class, sample, live });
    }
    if !begins.iter().any(|start| "/".starts_with(start)) {
        let made = (0..TRIED).map(|n| format!("/x{n}"));
        let known = ["/", "/other", "/elsewhere"].map(str::to_owned);
        let sample = fresh("", &mut known.into_iter().chain(made));
        let live = all(sample.as_deref());
        atoms.push(PathAtom { class: PathClass::Other(but("")), sample, live });
    }
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::flows::wanted::Wanted;

    fn need(how: How, text: &str) -> Need {
        let wanted = vec![Wanted { how, text: text.to_owned(), negated: false }];
        Need { asked: true, wanted, unclear: None }
    }

    #[test]
    fn every_path_is_in_one_class_and_each_class_has_its_own_sample() {
        let needs = [
            need(How::Begins, "/a/"),
            need(How::Begins, "/a/b"),
            need(How::Is, "/a/b"),
            need(How::Is, "/"),
        ];
        let rules: Vec<(Tag, &Need)> =
            needs.iter().enumerate().map(|(at, need)| (Tag::new(0, at, true), need)).collect();
        let atoms = cut_paths(&rules);
        for atom in &atoms {
            assert!(atom.class.contains(atom.sample.as_deref().unwrap()), "{atom:?}");
        }
        for path in ["/", "/a", "/a/", "/a/b", "/a/bc", "/a/c", "/b"] {
            let of: Vec<&PathAtom> = atoms.iter().filter(|a| a.class.contains(path)).collect();
            assert_eq!(of.len(), 1, "{path}: {of:?}");
            let holds = |(_, need): &&(Tag, &Need)| need.holds(path);
            let live: Vec<Tag> = rules.iter().filter(holds).map(|(tag, _)| *tag).collect();
            assert_eq!(of[0].live, live, "{path}");
        }
    }

    #[test]
    fn a_beginning_that_every_path_has_leaves_no_other() {
        let need = need(How::Begins, "/");
        let atoms = cut_paths(&[(Tag::new(0, 0, true), &need)]);
        assert_eq!(atoms.len(), 1);
        assert_eq!(atoms[0].sample.as_deref(), Some("/"));
    }
}
