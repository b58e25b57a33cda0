//! Every text says something in each language, and the Japanese of a sentence is Japanese.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;

use regex::Regex;

fn sources(dir: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path.display().to_string(), text));
        }
    }
}

/// Pairs of texts that stand side by side: `words("…", "…")`, `("…", "…")`, `(format!("…"), format!("…"))`.
fn pairs() -> Vec<(String, String, String)> {
    let text = r#""((?:[^"\\]|\\.)*)""#;
    let pair = format!(
        r"\(\s*(?:format!\(\s*{text}[^()\x22]*(?:\([^()]*\)[^()\x22]*)*\)|{text})\s*,\s*(?:format!\(\s*{text}|{text})"
    );
    let pair = Regex::new(&pair).unwrap();
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/messages"), &mut files);
    let mut found = Vec::new();
    for (file, text) in files {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for at in pair.captures_iter(text) {
            let part = |a, b| at.get(a).or_else(|| at.get(b)).map_or("", |m| m.as_str()).to_owned();
            found.push((file.clone(), part(1, 2), part(3, 4)));
        }
    }
    found
}

#[test]
fn what_is_a_sentence_in_english_is_one_in_japanese() {
    let pairs = pairs();
    assert!(pairs.len() > 1500, "only {} texts were found", pairs.len());
    let phrase = Regex::new("[a-z]{2,} [a-z]{2,}").unwrap();
    let wrong: Vec<String> = pairs
        .iter()
        .filter(|(_, english, japanese)| {
            english.is_empty() != japanese.is_empty()
                || phrase.is_match(english) && japanese.is_ascii()
        })
        .map(|(file, english, japanese)| format!("{file}: `{english}` is `{japanese}`"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_has_no_japanese_in_it() {
    let wide = |c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let wrong: Vec<String> = pairs()
        .into_iter()
        // One and many are the same word in Japanese.
        .filter(|(_, english, japanese)| english.contains(wide) && english != japanese)
        .map(|(file, english, _)| format!("{file}: `{english}`"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
