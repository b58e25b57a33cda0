//! Paths of HTTP requests, cut along what the rules at hand ask of them: how they begin, and how they end.

use std::rc::Rc;

use super::split::Tag;
use super::wanted::{How, Need, Wanted};

/// How many paths are tried to find one that no text stands for.
const TRIED: usize = 512;
/// How many texts may be asked for in one spelling where another rule asks for it in any, before it is left open.
const SPELLINGS: usize = 3;

/// Paths that the rules at hand do not tell apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathClass {
    /// Which paths.
    pub kind: PathKind,
    /// All texts that tell these paths from others.
    cut: Rc<[PathText]>,
    /// Into how many classes they cut all paths.
    parts: usize,
}

/// The paths of a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathKind {
    /// Every path: no rule asks for one, or the protocol has none.
    Any,
    /// This path.
    Is(String),
    /// Paths that begin so and end so, but for some.
    Part {
        /// How they begin; empty: anyhow.
        begins: String,
        /// Endings that they have, all of them.
        ends: Vec<PathText>,
        /// Texts that none of them meets.
        but: Vec<PathText>,
        /// How many classes begin so and differ in their endings.
        siblings: usize,
    },
}

/// A text that a rule asks of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathText {
    /// The text; in lower case where case does not count.
    pub text: String,
    /// Where it stands.
    pub place: TextPlace,
    /// Whether capitals are the same as small letters.
    pub any_case: bool,
}

/// Where a text stands in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextPlace {
    /// It is the whole path.
    Whole,
    /// At the beginning.
    Beginning,
    /// At the end.
    End,
}

impl PathText {
    fn meets(&self, path: &str) -> bool {
        match (self.place, self.any_case) {
            (TextPlace::Whole, _) => path == self.text,
            (TextPlace::Beginning, _) => path.starts_with(self.text.as_str()),
            (TextPlace::End, false) => path.ends_with(self.text.as_str()),
            (TextPlace::End, true) => path.to_ascii_lowercase().ends_with(self.text.as_str()),
        }
    }
}

impl PathClass {
    /// Every path.
    pub(in crate::analysis) fn any() -> Self {
        Self { kind: PathKind::Any, cut: [].into(), parts: 1 }
    }

    /// Whether these classes together are all paths.
    pub(in crate::analysis) fn are_every(classes: &[Self]) -> bool {
        let Some(first) = classes.first() else { return false };
        classes.len() == first.parts && classes.iter().all(|class| class.cut == first.cut)
    }

    /// Whether the path is of the class.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        match &self.kind {
            PathKind::Any => true,
            PathKind::Is(text) => path == text,
            PathKind::Part { begins, ends, but, .. } => {
                path.starts_with(begins.as_str())
                    && ends.iter().all(|text| text.meets(path))
                    && !but.iter().any(|text| text.meets(path))
            }
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
    let texts = texts(rules);
    let live = |path: Option<&str>| {
        let holds = |(_, need): &&(Tag, &Need)| path.is_none_or(|path| need.holds(path));
        rules.iter().filter(holds).map(|(tag, _)| *tag).collect::<Vec<Tag>>()
    };
    let kinds = kinds(&texts);
    let parts = kinds.len();
    let atom = |(kind, sample): (PathKind, Option<String>)| PathAtom {
        class: PathClass { kind, cut: Rc::clone(&texts), parts },
        live: live(sample.as_deref()),
        sample,
    };
    kinds.into_iter().map(atom).collect()
}

/// Every text that some rule asks for, once.
fn texts(rules: &[(Tag, &Need)]) -> Rc<[PathText]> {
    let text = |wanted: &Wanted| {
        let place = match wanted.how {
            How::Is => TextPlace::Whole,
            How::Begins => TextPlace::Beginning,
            How::Ends => TextPlace::End,
            How::Never | How::Tree => return None,
        };
        Some(PathText { text: wanted.text.clone(), place, any_case: wanted.any_case })
    };
    let wanted = rules.iter().flat_map(|(_, need)| &need.wanted);
    let mut texts: Vec<PathText> = wanted.filter_map(text).collect();
    texts.sort();
    texts.dedup();
    texts.into()
}

/// The classes with a path of each.
fn kinds(texts: &[PathText]) -> Vec<(PathKind, Option<String>)> {
    if texts.is_empty() {
        return vec![(PathKind::Any, Some("/".to_owned()))];
    }
    let of = |place| texts.iter().filter(move |text| text.place == place);
    let mut kinds: Vec<(PathKind, Option<String>)> = Vec::new();
    for whole in of(TextPlace::Whole) {
        kinds.push((PathKind::Is(whole.text.clone()), Some(whole.text.clone())));
    }
    let mut beginnings: Vec<&str> = of(TextPlace::Beginning).map(|t| t.text.as_str()).collect();
    // A path begins with a slash: where that is asked for there are no others.
    if !beginnings.iter().any(|start| "/".starts_with(start)) {
        beginnings.push("");
    }
    let endings = endings(texts);
    for begins in beginnings {
        let parts: Vec<(Vec<PathText>, Option<String>)> = endings
            .iter()
            .map(|(ends, tail)| {
                let tail = tail.as_deref();
                (ends.clone(), tail.and_then(|tail| sample(texts, begins, ends, tail)))
            })
            .collect();
        let siblings = parts.len();
        for (ends, path) in parts {
            let but = but(texts, begins, &ends);
            kinds.push((PathKind::Part { begins: begins.to_owned(), ends, but, siblings }, path));
        }
    }
    kinds
}

/// Which endings a path can have together, each with a text that has them; without a text where it is left open.
fn endings(texts: &[PathText]) -> Vec<(Vec<PathText>, Option<String>)> {
    let all: Vec<&PathText> = texts.iter().filter(|text| text.place == TextPlace::End).collect();
    let met = |tail: &str| -> Vec<PathText> {
        all.iter().filter(|text| text.meets(tail)).map(|text| (*text).clone()).collect()
    };
    let mut endings = vec![(Vec::new(), Some(String::new()))];
    for text in &all {
        for tail in spellings(text, &all) {
            let ends = met(&tail);
            if !endings.iter().any(|(other, _)| *other == ends) {
                endings.push((ends, Some(tail)));
            }
        }
        let exact =
            all.iter().filter(|other| !other.any_case && text.any_case && is_end(other, text));
        if exact.count() > SPELLINGS {
            endings.push((vec![(*text).clone()], None));
        }
    }
    endings
}

/// Whether a text ends another, whatever the case.
fn is_end(end: &PathText, of: &PathText) -> bool {
    of.text.to_ascii_lowercase().ends_with(&end.text.to_ascii_lowercase())
}

/// An ending in the spellings that others may tell apart.
fn spellings(text: &PathText, all: &[&PathText]) -> Vec<String> {
    if !text.any_case {
        return vec![text.text.clone()];
    }
    let mixed = |odd: usize| -> String {
        let letter = |(at, c): (usize, char)| {
            if at % 2 == odd { c.to_ascii_uppercase() } else { c }
        };
        text.text.chars().enumerate().map(letter).collect()
    };
    let upper = text.text.to_ascii_uppercase();
    let mut spellings = vec![text.text.clone(), upper.clone(), mixed(0), mixed(1)];
    for other in all.iter().filter(|other| !other.any_case && is_end(other, text)) {
        for base in [&text.text, &upper] {
            let kept = &base[..base.len() - other.text.len()];
            spellings.push(format!("{kept}{}", other.text));
        }
    }
    spellings
}

/// Texts that no path of a class meets, of those that a path which begins so could meet.
fn but(texts: &[PathText], begins: &str, ends: &[PathText]) -> Vec<PathText> {
    let others = texts.iter().filter(|text| match text.place {
        TextPlace::End => !ends.contains(text),
        TextPlace::Beginning => text.text.starts_with(begins) && text.text != begins,
        TextPlace::Whole => {
            text.text.starts_with(begins) && ends.iter().all(|e| e.meets(&text.text))
        }
    });
    others.cloned().collect()
}

/// A path that begins and ends like this and meets no other text.
fn sample(texts: &[PathText], begins: &str, ends: &[PathText], tail: &str) -> Option<String> {
    let start = if begins.is_empty() { "/" } else { begins };
    let slash = if start.ends_with('/') || start.contains('?') { "" } else { "/" };
    // An ending without anything before it looks like a mistake.
    let first = if tail.is_empty() { String::new() } else { format!("{slash}any") };
    let usual = [first, format!("{slash}any"), String::new(), "x".to_owned(), "other".to_owned()];
    let made = (0..TRIED).map(|n| format!("x{n}"));
    let others = but(texts, begins, ends);
    let good = |path: &String| {
        !path.contains("//")
            && ends.iter().all(|text| text.meets(path))
            && !others.iter().any(|text| text.meets(path))
    };
    usual.into_iter().chain(made).map(|middle| format!("{start}{middle}{tail}")).find(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(how: How, text: &str, any_case: bool) -> Need {
        let wanted = vec![Wanted { how, text: text.to_owned(), negated: false, any_case }];
        Need { asked: true, wanted, unclear: None }
    }

    /// Every path is in one class, for which the rules hold that hold for it; each class has a path of its own.
    fn fault(needs: &[Need], paths: &[&str]) -> Option<String> {
        let rules: Vec<(Tag, &Need)> =
            needs.iter().enumerate().map(|(at, need)| (Tag::new(0, at, true), need)).collect();
        let atoms = cut_paths(&rules);
        let lost = atoms.iter().find(|a| !a.sample.as_deref().is_some_and(|s| a.class.contains(s)));
        if let Some(atom) = lost {
            return Some(format!("no path of {atom:?}"));
        }
        paths.iter().find_map(|path| {
            let of: Vec<&PathAtom> = atoms.iter().filter(|a| a.class.contains(path)).collect();
            let holds = |(_, need): &&(Tag, &Need)| need.holds(path);
            let live: Vec<Tag> = rules.iter().filter(holds).map(|(tag, _)| *tag).collect();
            let right = matches!(of[..], [one] if one.live == live);
            (!right).then(|| format!("{path}: {of:?}"))
        })
    }

    #[test]
    fn every_path_is_in_one_class_with_a_path_of_its_own() {
        let needs = [
            need(How::Begins, "/a/", false),
            need(How::Begins, "/a/b", false),
            need(How::Is, "/a/b", false),
            need(How::Is, "/x.exe", false),
            need(How::Is, "/", false),
            need(How::Ends, ".exe", true),
            need(How::Ends, "b.exe", false),
            need(How::Ends, ".EXE", false),
        ];
        let paths = [
            "/",
            "/a",
            "/a/",
            "/a/b",
            "/a/bc",
            "/a/c",
            "/b",
            "/x.exe",
            "/a/b.exe",
            "/a/x.exe",
            "/b.exe",
            "/y.exe",
            "/y.EXE",
            "/y.eXe",
            "/b.EXE",
            "/a/B.exe",
            "/a/b.exe/",
            "/a/q.EXE",
        ];
        assert_eq!(fault(&needs, &paths), None);
        assert_eq!(fault(&needs[..5], &paths), None);
        assert_eq!(fault(&needs[5..], &paths), None);
        assert_eq!(fault(&[], &paths), None);
    }

    #[test]
    fn a_beginning_that_every_path_has_leaves_no_other() {
        let need = need(How::Begins, "/", false);
        let atoms = cut_paths(&[(Tag::new(0, 0, true), &need)]);
        assert_eq!(atoms.len(), 1);
        assert_eq!(atoms[0].sample.as_deref(), Some("/"));
    }

    #[test]
    fn all_classes_of_a_cut_are_every_path() {
        let needs = [need(How::Begins, "/a", false), need(How::Ends, "z", true)];
        let rules: Vec<(Tag, &Need)> =
            needs.iter().enumerate().map(|(at, need)| (Tag::new(0, at, true), need)).collect();
        let mut classes: Vec<PathClass> = cut_paths(&rules).into_iter().map(|a| a.class).collect();
        assert!(PathClass::are_every(&classes));
        classes.pop();
        assert!(!PathClass::are_every(&classes) && PathClass::are_every(&[PathClass::any()]));
    }
}
