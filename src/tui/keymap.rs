//! What keys do where. Footer, help, palette, `sekisho keys` and `docs/keys.md` are made from it.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::action::Action;
use super::bindings::{BINDINGS, NAMES};
use super::input::Key;
use crate::messages::keys as say;
use crate::messages::{Lang, Words};

/// Where a key means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere but in texts and overlays.
    Everywhere,
    /// The rule list.
    Rules,
    /// The pane of the selected rule.
    Rule,
    /// The test pane.
    Test,
    /// The case list.
    Cases,
    /// While a rule is carried.
    Carry,
    /// While rules are marked.
    Marked,
    /// After a search.
    Found,
    /// The fields of the test bar.
    Field,
    /// The list of definitions.
    Definitions,
    /// The form of a rule or of something else.
    Form,
    /// The text of a hand-written rule in the form.
    FormText,
    /// A question for one line of text.
    Prompt,
    /// The name of a case that is kept, and the verdict wanted.
    Keep,
    /// The search line.
    Search,
    /// The question before leaving.
    Leave,
    /// The question about unsaved changes that were left behind.
    Left,
    /// The question about a file that others changed.
    Disk,
    /// Something to be read and closed.
    Notice,
    /// The view of differences.
    Diff,
    /// The list of all actions.
    Palette,
    /// The second opinion.
    Opinion,
    /// The list of findings.
    Findings,
    /// The view that explains the verdict.
    Explain,
    /// The rows there.
    Reasons,
    /// The edits offered there.
    Offers,
    /// The filter of the rows there.
    Filter,
    /// The help.
    Help,
    /// Who reaches what.
    Matrix,
    /// What reaches what, exactly.
    Access,
    /// The list of lessons.
    Lessons,
    /// The panel of a lesson.
    Lesson,
    /// The question which logs are meant.
    LogFiles,
    /// The counts of logs.
    Logs,
    /// The requests behind one.
    LogRequests,
    /// Rules made of logs.
    Suggestion,
    /// While the tour goes on.
    Tour,
}

/// What keys do in a scope.
#[derive(Debug, Clone)]
pub struct Binding {
    /// Where.
    pub scope: Scope,
    /// Which keys; the first is the one to show where there is little room.
    pub keys: Cow<'static, [Key]>,
    /// What is done.
    pub action: Action,
    /// What the help says.
    pub help: Words,
    /// What the footer says; `None`: it is not shown there.
    pub footer: Option<Words>,
}

impl Scope {
    /// Every scope, in the order of the help.
    pub const ALL: [Self; 37] = [
        Self::Everywhere,
        Self::Rules,
        Self::Marked,
        Self::Carry,
        Self::Found,
        Self::Rule,
        Self::Test,
        Self::Field,
        Self::Cases,
        Self::Explain,
        Self::Reasons,
        Self::Offers,
        Self::Filter,
        Self::Definitions,
        Self::Findings,
        Self::Matrix,
        Self::Access,
        Self::Lessons,
        Self::Lesson,
        Self::Logs,
        Self::LogRequests,
        Self::LogFiles,
        Self::Suggestion,
        Self::Tour,
        Self::Form,
        Self::FormText,
        Self::Prompt,
        Self::Keep,
        Self::Search,
        Self::Leave,
        Self::Left,
        Self::Disk,
        Self::Notice,
        Self::Diff,
        Self::Palette,
        Self::Opinion,
        Self::Help,
    ];

    /// Whether characters are typed there as text.
    #[must_use]
    pub const fn takes_text(self) -> bool {
        match self {
            Self::Field
            | Self::Filter
            | Self::Form
            | Self::FormText
            | Self::Prompt
            | Self::LogFiles
            | Self::Keep
            | Self::Search
            | Self::Palette
            | Self::Help => true,
            Self::Everywhere
            | Self::Rules
            | Self::Marked
            | Self::Carry
            | Self::Found
            | Self::Rule
            | Self::Test
            | Self::Cases
            | Self::Leave
            | Self::Explain
            | Self::Reasons
            | Self::Offers
            | Self::Left
            | Self::Disk
            | Self::Notice
            | Self::Opinion
            | Self::Definitions
            | Self::Findings
            | Self::Matrix
            | Self::Access
            | Self::Lessons
            | Self::Lesson
            | Self::Logs
            | Self::LogRequests
            | Self::Suggestion
            | Self::Tour
            | Self::Diff => false,
        }
    }

    /// What settings call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Rules => "rules",
            Self::Marked => "marked",
            Self::Carry => "carry",
            Self::Found => "found",
            Self::Rule => "rule",
            Self::Test => "test",
            Self::Field => "field",
            Self::Cases => "cases",
            Self::Definitions => "definitions",
            Self::Form => "form",
            Self::FormText => "form-text",
            Self::Prompt => "prompt",
            Self::Keep => "keep",
            Self::Search => "search",
            Self::Leave => "leave",
            Self::Explain => "explain",
            Self::Reasons => "reasons",
            Self::Offers => "offers",
            Self::Filter => "filter",
            Self::Left => "left-behind",
            Self::Disk => "changed-on-disk",
            Self::Notice => "notice",
            Self::Opinion => "second-opinion",
            Self::Findings => "findings",
            Self::Diff => "diff",
            Self::Palette => "palette",
            Self::Help => "help",
            Self::Matrix => "matrix",
            Self::Access => "access",
            Self::Lessons => "lessons",
            Self::Lesson => "lesson",
            Self::LogFiles => "log-files",
            Self::Logs => "logs",
            Self::LogRequests => "log-requests",
            Self::Suggestion => "suggestion",
            Self::Tour => "tour",
        }
    }

    /// The scope as the help heads it.
    #[must_use]
    pub const fn title(self) -> Words {
        match self {
            Self::Everywhere => say::scope::EVERYWHERE,
            Self::Rules => say::scope::RULES,
            Self::Rule => say::scope::RULE,
            Self::Test => say::scope::TEST,
            Self::Cases => say::scope::CASES,
            Self::Marked => say::scope::MARKED,
            Self::Carry => say::scope::CARRY,
            Self::Found => say::scope::FOUND,
            Self::Field => say::scope::FIELD,
            Self::Definitions => say::scope::DEFINITIONS,
            Self::Form => say::scope::FORM,
            Self::FormText => say::scope::FORM_TEXT,
            Self::Prompt => say::scope::PROMPT,
            Self::Keep => say::scope::KEEP,
            Self::Search => say::scope::SEARCH,
            Self::Leave => say::scope::LEAVE,
            Self::Left => say::scope::LEFT,
            Self::Disk => say::scope::DISK,
            Self::Notice => say::scope::NOTICE,
            Self::Diff => say::scope::DIFF,
            Self::Palette => say::scope::PALETTE,
            Self::Opinion => say::scope::OPINION,
            Self::Findings => say::scope::FINDINGS,
            Self::Explain => say::scope::EXPLAIN,
            Self::Reasons => say::scope::REASONS,
            Self::Offers => say::scope::OFFERS,
            Self::Filter => say::scope::FILTER,
            Self::Help => say::scope::HELP,
            Self::Matrix => say::scope::MATRIX,
            Self::Access => say::scope::ACCESS,
            Self::Lessons => say::scope::LESSONS,
            Self::Lesson => say::scope::LESSON,
            Self::LogFiles => say::scope::LOG_FILES,
            Self::Logs => say::scope::LOGS,
            Self::LogRequests => say::scope::LOG_REQUESTS,
            Self::Suggestion => say::scope::SUGGESTION,
            Self::Tour => say::scope::TOUR,
        }
    }
}

/// Every key and what it does: the table, with the keys that the operator chose instead.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// In the order of the table.
    pub bindings: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { bindings: BINDINGS.to_vec() }
    }
}

impl Keymap {
    /// The bindings of the active `scopes`, the innermost scope first.
    pub fn active<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = &'a Binding> {
        scopes.iter().flat_map(|scope| self.bindings.iter().filter(move |b| b.scope == *scope))
    }

    /// What `key` does, asking the innermost scope first.
    #[must_use]
    pub fn lookup(&self, scopes: &[Scope], key: Key) -> Option<Action> {
        self.active(scopes).find(|b| b.keys.contains(&key)).map(|b| b.action.clone())
    }

    /// A sentence in which actions stand by their names, as `{undo}`, with the keys that do them.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let key = after.split_once('}').and_then(|(name, end)| Some((self.key_of(name)?, end)));
            rest = if let Some((key, end)) = key {
                filled.push_str(&key.to_string());
                end
            } else {
                filled.push('{');
                after
            };
        }
        filled + rest
    }

    /// The key to name for an action: that of everywhere, or else of the first place that has it.
    fn key_of(&self, name: &str) -> Option<Key> {
        let action = action_of(name)?;
        let all = || self.bindings.iter().filter(|b| b.action == *action);
        let everywhere = all().find(|b| b.scope == Scope::Everywhere);
        everywhere.or_else(|| all().next())?.keys.first().copied()
    }

    /// The page `docs/keys.md`.
    #[must_use]
    pub fn markdown(&self, lang: Lang) -> String {
        let mut page = say::PAGE.say(lang).to_owned();
        for scope in Scope::ALL {
            let _ = write!(
                page,
                "\n## {}\n\n{}\n\n| {} | {} | {} |\n| --- | --- | --- |\n",
                scope.title().say(lang),
                say::place(scope.name()),
                say::KEY.say(lang),
                say::DOES.say(lang),
                say::NAME.say(lang)
            );
            for binding in self.active(&[scope]) {
                let keys: Vec<String> = binding.keys.iter().map(|k| format!("`{k}`")).collect();
                let name = name_of(&binding.action);
                let _ = writeln!(
                    page,
                    "| {} | {} | `{name}` |",
                    keys.join(" "),
                    self.fill(binding.help.say(lang))
                );
            }
        }
        page
    }
}

impl Binding {
    /// Its keys as a person reads them.
    #[must_use]
    pub fn key_names(&self) -> String {
        self.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// The action of this name.
#[must_use]
pub fn action_of(name: &str) -> Option<&'static Action> {
    NAMES.iter().find(|(_, named)| *named == name).map(|(action, _)| action)
}

/// What an action is called; nothing for those that no key asks for.
#[must_use]
pub fn name_of(action: &Action) -> &'static str {
    NAMES.iter().find(|(named, _)| named == action).map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_one_scope() {
        for scope in Scope::ALL {
            let usual = Keymap::default();
            let mut keys: Vec<Key> =
                usual.active(&[scope]).flat_map(|b| b.keys.iter()).copied().collect();
            let all = keys.len();
            keys.sort_by_key(Key::to_string);
            keys.dedup();
            assert_eq!(keys.len(), all, "{scope:?}");
            assert!(all > 0, "{scope:?} has no keys");
        }
    }

    #[test]
    fn every_binding_is_documented() {
        let page = Keymap::default().markdown(Lang::English);
        for binding in BINDINGS {
            let help = binding.help.say(Lang::English);
            assert!(!help.is_empty() && !binding.keys.is_empty(), "{:?}", binding.action);
            let help = Keymap::default().fill(help);
            assert!(page.contains(&help) && !help.contains(['{', '}']), "{help}");
        }
    }

    #[test]
    fn every_action_with_a_key_has_one_name() {
        for binding in BINDINGS {
            assert!(!name_of(&binding.action).is_empty(), "{:?} has no name", binding.action);
        }
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        for (at, (action, name)) in NAMES.iter().enumerate() {
            assert!(BINDINGS.iter().any(|b| b.action == *action), "`{name}` has no key");
            assert!(name.chars().all(kebab), "`{name}`");
            let others = NAMES.iter().skip(at + 1);
            assert!(others.clone().all(|(a, n)| a != action && n != name), "`{name}` twice");
        }
        assert!(NAMES.is_sorted_by_key(|(_, name)| name), "NAMES is in order of the names");
    }

    #[test]
    fn text_scopes_bind_no_printable_key() {
        let usual = Keymap::default();
        for scope in Scope::ALL.into_iter().filter(|scope| scope.takes_text()) {
            for key in usual.active(&[scope]).flat_map(|b| b.keys.iter()) {
                // The key that opens the help closes it too.
                let helps = scope == Scope::Help && *key == Key::Char('?');
                assert!(helps || !matches!(key, Key::Char(_)), "{scope:?}: {key}");
            }
        }
    }

    #[test]
    fn action_has_one_row_in_a_scope_and_every_scope_its_own_name() {
        for (at, one) in BINDINGS.iter().enumerate() {
            let twice = |other: &Binding| (other.scope, &other.action) == (one.scope, &one.action);
            assert!(
                !BINDINGS[at + 1..].iter().any(twice),
                "{:?} twice in {:?}",
                one.action,
                one.scope
            );
        }
        let names: std::collections::HashSet<_> = Scope::ALL.into_iter().map(Scope::name).collect();
        assert_eq!(names.len(), Scope::ALL.len());
    }

    #[test]
    fn sentences_name_the_keys_of_their_actions() {
        let keys = Keymap::default();
        assert_eq!(
            keys.fill("`{undo}` or `{keep-case}`, {nobody}, {"),
            "`u` or `ctrl-k`, {nobody}, {"
        );
    }

    #[test]
    fn innermost_scope_wins() {
        let scopes = [Scope::Found, Scope::Rules, Scope::Everywhere];
        let usual = Keymap::default();
        assert_eq!(usual.lookup(&scopes, Key::Char('n')), Some(Action::NextMatch));
        assert_eq!(usual.lookup(&scopes[1..], Key::Char('n')), Some(Action::NewRule));
    }

    #[test]
    fn actions_that_sentences_name_exist() {
        let named = regex::Regex::new(r"\{([a-z]+(-[a-z]+)+)\}").unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/messages");
        let mut found = 0;
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            for name in named.captures_iter(&text).map(|c| c.get(1).unwrap().as_str()) {
                assert!(action_of(name).is_some(), "{}: `{name}`", file.display());
                found += 1;
            }
        }
        assert!(found > 5, "{found}");
    }

    #[test]
    fn page_in_the_documentation_is_that_of_this_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
        let page = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            page,
            Keymap::default().markdown(Lang::English),
            "cargo run -- keys --config /dev/null > docs/keys.md"
        );
    }
}
