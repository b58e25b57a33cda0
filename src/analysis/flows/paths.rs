//! Paths of HTTP requests, cut along what the rules at hand ask of them: how they begin, and how they end.

use std::collections::{BTreeSet, HashSet};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::split::Tag;
use super::wanted::{How, Need, Wanted};

/// How many paths are tried to find one that no text stands for.
const TRIED: usize = 512;
/// How many classes beginnings and endings may cut paths into; where they could make more, endings are left open.
const PARTS: usize = 4096;

/// Paths that the rules at hand do not tell apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathClass {
    /// Which paths.
    pub kind: PathKind,
    /// All texts that tell these paths from others.
    cut: Rc<[PathText]>,
    /// Into how many classes they cut all paths.
    parts: usize,
}

// The cut is left out: it is long, and the same beside many classes.
impl Hash for PathClass {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.kind, self.parts).hash(state);
    }
}

/// The paths of a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathKind {
    /// Every path: no rule asks for one, or the protocol has none.
    Any,
    /// This path.
    Is(String),
    /// Paths that begin so and end so, but for those that meet one of [`PathClass::but`].
    Part {
        /// How they begin; empty: anyhow.
        begins: String,
        /// Endings that they have, all of them.
        ends: Vec<PathText>,
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
            (TextPlace::End, true) => ends_in_any_case(path, &self.text),
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
            PathKind::Part { begins, ends, .. } => {
                path.starts_with(begins.as_str())
                    && ends.iter().all(|text| text.meets(path))
                    && !others(&self.cut, begins, ends).any(|text| text.meets(path))
            }
        }
    }

    /// Texts that no path of the class meets, of those that a path which begins so could meet.
    #[must_use]
    pub fn but(&self) -> Vec<&PathText> {
        match &self.kind {
            PathKind::Any | PathKind::Is(_) => Vec::new(),
            PathKind::Part { begins, ends, .. } => others(&self.cut, begins, ends).collect(),
        }
    }

    /// The same of this class and of all others that begin so and differ in their endings, together.
    #[must_use]
    pub fn but_any_ending(&self) -> Vec<&PathText> {
        match &self.kind {
            PathKind::Any | PathKind::Is(_) => Vec::new(),
            PathKind::Part { begins, .. } => {
                others(&self.cut, begins, &[]).filter(|text| text.place != TextPlace::End).collect()
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

/// Whether these rules could cut paths into more classes than can be gone through, because of their endings.
pub(in crate::analysis) fn are_too_many<'n>(needs: impl Iterator<Item = &'n Need>) -> bool {
    let texts = all_texts(needs.flat_map(|need| &need.wanted));
    let beginnings = 1 + texts.iter().filter(|text| text.place == TextPlace::Beginning).count();
    let (any_case, exact): (Vec<&PathText>, Vec<&PathText>) =
        texts.iter().filter(|text| text.place == TextPlace::End).partition(|text| text.any_case);
    let ends = any_case.len() + exact.len();
    if ends == 0 || beginnings * (ends + 1) > PARTS {
        return ends > 0;
    }
    // See `endings`.
    let spelt = |text: &&PathText| 1 + exact.iter().filter(|other| is_end(other, text)).count();
    let endings = 1 + exact.len() + any_case.iter().map(spelt).sum::<usize>();
    beginnings * endings > PARTS
}

/// Every text that some rule asks for, once.
fn texts(rules: &[(Tag, &Need)]) -> Rc<[PathText]> {
    all_texts(rules.iter().flat_map(|(_, need)| &need.wanted)).into_iter().collect()
}

fn all_texts<'n>(wanted: impl Iterator<Item = &'n Wanted>) -> BTreeSet<PathText> {
    let text = |wanted: &Wanted| {
        let place = match wanted.how {
            How::Is => TextPlace::Whole,
            How::Begins => TextPlace::Beginning,
            How::Ends => TextPlace::End,
            How::Never | How::Tree => return None,
        };
        Some(PathText { text: wanted.text.clone(), place, any_case: wanted.any_case })
    };
    wanted.filter_map(text).collect()
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
    let siblings = endings.len();
    for begins in beginnings {
        for (ends, tail) in &endings {
            let path = sample(texts, begins, ends, tail);
            let (begins, ends) = (begins.to_owned(), ends.clone());
            kinds.push((PathKind::Part { begins, ends, siblings }, path));
        }
    }
    kinds
}

/// Which endings a path can have together, each with a text that has them.
///
/// All that a path has are endings of the longest of them. Where that is an exact text it says which; where it counts in
/// any case, the longest exact text that the path ends with says so, or that there is none.
fn endings(texts: &[PathText]) -> Vec<(Vec<PathText>, String)> {
    let all: Vec<&PathText> = texts.iter().filter(|text| text.place == TextPlace::End).collect();
    let met = |tail: &str| -> Vec<PathText> {
        all.iter().filter(|text| text.meets(tail)).map(|text| (*text).clone()).collect()
    };
    let mut seen: HashSet<Vec<PathText>> = HashSet::from([Vec::new()]);
    let mut endings = vec![(Vec::new(), String::new())];
    for text in &all {
        let tails = if text.any_case { spellings(text, &all) } else { vec![text.text.clone()] };
        for tail in tails {
            let ends = met(&tail);
            if seen.insert(ends.clone()) {
                endings.push((ends, tail));
            }
        }
    }
    endings
}

/// Whether a text ends another, whatever the case.
fn is_end(end: &PathText, of: &PathText) -> bool {
    ends_in_any_case(&of.text, &end.text)
}

fn ends_in_any_case(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.is_some_and(|at| text.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()))
}

/// Spellings of an ending that counts in any case: for each exact text one that ends with it and with no longer one, and
/// one that ends with none; where there is such a spelling.
fn spellings(text: &PathText, all: &[&PathText]) -> Vec<String> {
    let exact = all.iter().filter(|other| !other.any_case && is_end(other, text));
    let exact: Vec<&str> = exact.map(|other| other.text.as_str()).collect();
    let kept = exact.iter().copied().chain([""]);
    kept.filter_map(|kept| spelling(&text.text, kept, &exact)).collect()
}

/// The text spelt so that it ends with `kept`, and with none of the exact texts that are longer.
fn spelling(text: &str, kept: &str, exact: &[&str]) -> Option<String> {
    let longer = exact.iter().copied().filter(|e| e.len() > kept.len() && e.ends_with(kept));
    spelt(text, kept.to_owned(), &longer.collect::<Vec<&str>>())
}

/// Puts letter after letter in front of `tail`; `longer` are texts to keep away from, which all end with it.
fn spelt(text: &str, tail: String, longer: &[&str]) -> Option<String> {
    if longer.iter().any(|other| other.len() == tail.len()) {
        return None;
    }
    let left = &text[..text.len() - tail.len()];
    let Some(letter) = left.chars().next_back().filter(|_| !longer.is_empty()) else {
        return Some(format!("{left}{tail}"));
    };
    let upper = letter.to_ascii_uppercase();
    let cases = std::iter::once(letter).chain((upper != letter).then_some(upper));
    cases.into_iter().find_map(|letter| {
        let tail = format!("{letter}{tail}");
        let longer: Vec<&str> = longer.iter().copied().filter(|e| e.ends_with(&tail)).collect();
        spelt(text, tail, &longer)
    })
}

/// Texts that no path of a class meets, of those that a path which begins so could meet.
fn others<'t>(
    texts: &'t [PathText],
    begins: &'t str,
    ends: &'t [PathText],
) -> impl Iterator<Item = &'t PathText> {
    texts.iter().filter(move |text| match text.place {
        TextPlace::End => !ends.contains(text),
        TextPlace::Beginning => text.text.starts_with(begins) && text.text != begins,
        TextPlace::Whole => {
            text.text.starts_with(begins) && ends.iter().all(|e| e.meets(&text.text))
        }
    })
}

/// A path that begins and ends like this and meets no other text.
fn sample(texts: &[PathText], begins: &str, ends: &[PathText], tail: &str) -> Option<String> {
    let start = if begins.is_empty() { "/" } else { begins };
    let slash = if start.ends_with('/') || start.contains('?') { "" } else { "/" };
    // An ending without anything before it looks like a mistake.
    let first = if tail.is_empty() { String::new() } else { format!("{slash}any") };
    let usual = [first, format!("{slash}any"), String::new(), "x".to_owned(), "other".to_owned()];
    let made = (0..TRIED).map(|n| format!("x{n}"));
    let good = |path: &String| {
        !path.contains("//")
            && ends.iter().all(|text| text.meets(path))
            && !others(texts, begins, ends).any(|text| text.meets(path))
    };
    usual.into_iter().chain(made).map(|middle| format!("{start}{middle}{tail}")).find(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(how: How, text: &str, any_case: bool) -> Need {
        let wanted = vec![Wanted { how, text: text.to_owned(), negated: false, any_case }];
        Need { asked: true, wanted, ..Need::default() }
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
    fn spellings_that_exact_endings_tell_apart_are_all_there() {
        let words = ["abCD", "ABCD", "CD", "d", "aBcd", "bCD", "x.abcd"];
        let exact = words.map(|word| need(How::Ends, word, false));
        let any_case = [need(How::Ends, "abcd", true), need(How::Ends, "cd", true)];
        let spelt = |capitals: usize| {
            let letter = |(at, c): (usize, char)| {
                if capitals & (1 << at) == 0 { c } else { c.to_ascii_uppercase() }
            };
            "abcd".chars().enumerate().map(letter).collect::<String>()
        };
        let tails = (0..16)
            .map(spelt)
            .flat_map(|all| [all.clone(), all[1..].to_owned(), all[2..].to_owned()]);
        let paths: Vec<String> = tails
            .flat_map(|tail| [format!("/{tail}"), format!("/x.{tail}"), format!("/a{tail}")])
            .collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        for left_out in 0..=exact.len() {
            let mut needs = exact.to_vec();
            needs.extend(any_case.clone());
            needs.remove(left_out);
            assert_eq!(fault(&needs, &paths), None, "without {left_out}");
        }
    }

    #[test]
    fn endings_are_too_many_where_beginnings_or_spellings_multiply_them() {
        let of = |how, count: usize, any_case| -> Vec<Need> {
            (0..count).map(|at| need(how, &format!("/x{at}x"), any_case)).collect()
        };
        let too_many = |needs: &[Vec<Need>]| are_too_many(needs.iter().flatten());
        let beginnings = |count| of(How::Begins, count, false);
        let endings = |count| of(How::Ends, count, false);
        assert!(!too_many(&[beginnings(PARTS)]) && !too_many(&[endings(PARTS - 1)]));
        assert!(too_many(&[beginnings(PARTS), endings(1)]) && too_many(&[endings(PARTS)]));
        assert!(!too_many(&[beginnings(63), endings(63)]));
        assert!(too_many(&[beginnings(63), endings(64)]));
        // Each is asked for as it is written and in any case, which makes three kinds of two.
        assert!(!too_many(&[endings(1365), of(How::Ends, 1365, true)]));
        assert!(too_many(&[endings(1366), of(How::Ends, 1366, true)]));
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
