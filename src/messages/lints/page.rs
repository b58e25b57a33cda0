use crate::messages::{Lang, Words, words};

/// What there is to say about all findings with the same code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// What it is, in one sentence.
    pub what: Words,
    /// Why it matters.
    pub why: Words,
    /// A piece of a policy, or a rule, that has it.
    pub example: &'static str,
    /// What to do.
    pub remedy: Words,
    /// Where it is from.
    pub references: &'static [&'static str],
}

const WHY: Words = words("Why", "理由");
const EXAMPLE: Words = words("Example", "例");
const REMEDY: Words = words("What to do", "対処");
const REFERENCES: Words = words("References", "参考");

impl Page {
    /// The page as Markdown, under a heading of this many `#`.
    #[must_use]
    pub fn markdown(&self, lang: Lang, level: usize) -> String {
        let head = "#".repeat(level);
        let part = |title: Words, text: &str| format!("{head}# {}\n\n{text}\n\n", title.say(lang));
        let references: Vec<String> = self.references.iter().map(|of| format!("- {of}")).collect();
        [
            format!("{head} {}\n\n{}\n\n", self.code, self.what.say(lang)),
            part(WHY, self.why.say(lang)),
            part(EXAMPLE, &format!("```yaml\n{}\n```", self.example)),
            part(REMEDY, self.remedy.say(lang)),
            part(REFERENCES, &references.join("\n")),
        ]
        .concat()
        .trim_end()
        .to_owned()
    }
}
