//! The key table. Footer, help, palette, `sekisho keys` and `docs/keys.md` are made from it.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::action::{Action, Define, Learn, Look, Motion, ToLogs};
use super::copy::Copied;
use super::input::Key;
use super::overlay::Tab as View;
use super::pane::rules::Marking;
use crate::messages::keys::{self as say, help, short};
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
    pub const ALL: [Self; 36] = [
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

const fn ch(c: char) -> Key {
    Key::Char(c)
}

const fn bind(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    help: Words,
    footer: Option<Words>,
) -> Binding {
    Binding { scope, keys: Cow::Borrowed(keys), action, help, footer }
}

/// Every key the workbench knows. Order is the order of the help, and within a scope that of the footer.
#[rustfmt::skip]
pub static BINDINGS: &[Binding] = {
    use Key::{BackTab, Backspace, Ctrl, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};
    use Scope::{Carry, Cases, Definitions, Diff, Disk, Everywhere, Explain, Field, Filter, Findings, Form, FormText, Found, Help, Keep, Leave, Lesson, Lessons, LogFiles, LogRequests, Logs, Marked, Matrix, Notice, Offers, Opinion, Palette, Prompt, Reasons, Rule, Rules, Search, Suggestion, Test, Tour};
    &[
    bind(Marked, &[ch('m')],             Action::PickUp,                    help::CARRY_MARKED,   Some(short::CARRY)),
    bind(Marked, &[ch('H')],             Action::Marks(Marking::MoveHere),  help::MOVE_HERE,      Some(short::MOVE_HERE)),
    bind(Marked, &[ch('C')],             Action::Marks(Marking::CopyHere),  help::COPY_HERE,      Some(short::COPY_HERE)),
    bind(Marked, &[ch('x')],             Action::ToggleRule,                help::TOGGLE_MARKED,  Some(short::TOGGLE)),
    bind(Marked, &[ch('d'), Delete],     Action::DeleteRule,                help::DELETE_MARKED,  Some(short::DELETE)),
    bind(Marked, &[ch('r')],             Action::Marks(Marking::Range),     help::MARK_RANGE,     Some(short::MARK_RANGE)),
    bind(Marked, &[Esc],                 Action::Marks(Marking::Unmark),    help::UNMARK,         Some(short::UNMARK)),

    bind(Rules, &[ch('m')],              Action::PickUp,                    help::PICK_UP,        Some(short::CARRY)),
    bind(Rules, &[ch('e')],              Action::EditRule,                  help::EDIT,           Some(short::EDIT)),
    bind(Rules, &[ch('n')],              Action::NewRule,                   help::NEW,            Some(short::NEW)),
    bind(Rules, &[ch('x')],              Action::ToggleRule,                help::TOGGLE,         None),
    bind(Rules, &[ch('w')],              Action::WhyThis,                   help::WHY_THIS,       Some(short::WHY_THIS)),
    bind(Rules, &[ch('K')],              Action::MoveRuleUp,                help::MOVE_UP,        None),
    bind(Rules, &[ch('J')],              Action::MoveRuleDown,              help::MOVE_DOWN,      None),
    bind(Rules, &[ch('c')],              Action::DuplicateRule,             help::DUPLICATE,      None),
    bind(Rules, &[ch('d'), Delete],      Action::DeleteRule,                help::DELETE,         None),
    bind(Rules, &[ch('i')],              Action::NewHandWritten,            help::NEW_HAND,       None),
    bind(Rules, &[ch('p')],              Action::GroupPriority,             help::PRIORITY,       None),
    bind(Rules, &[ch('y')],              Action::Copy(Copied::Rule),        help::COPY_RULE,      None),
    bind(Rules, &[ch('Y')],              Action::Copy(Copied::Compiled),    help::COPY_COMPILED,  None),
    bind(Rules, &[ch(' ')],              Action::Marks(Marking::One),       help::MARK,           None),
    bind(Rules, &[ch('B')],              Action::Marks(Marking::Group),     help::MARK_GROUP,     None),
    bind(Rules, &[ch('=')],              Action::Marks(Marking::SpaceGroups), help::SPACE_GROUPS,   None),
    bind(Rules, &[Enter],                Action::Open,                      help::OPEN,           None),
    bind(Rules, &[ch('k'), Up],          Action::Move(Motion::Up),          help::UP,             None),
    bind(Rules, &[ch('j'), Down],        Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Rules, &[PageUp],               Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Rules, &[PageDown],             Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Rules, &[ch('g'), Home],        Action::Move(Motion::First),       help::FIRST,          None),
    bind(Rules, &[ch('G'), End],         Action::Move(Motion::Last),        help::LAST,           None),
    bind(Rules, &[ch('h'), Left],        Action::Fold,                      help::FOLD,           None),
    bind(Rules, &[ch('l'), Right],       Action::Unfold,                    help::UNFOLD,         None),

    bind(Carry, &[Up, ch('k'), ch('K')],     Action::CarryUp,               help::CARRY_UP,       Some(short::UP)),
    bind(Carry, &[Down, ch('j'), ch('J')],   Action::CarryDown,             help::CARRY_DOWN,     Some(short::DOWN)),
    bind(Carry, &[Enter, ch('m'), ch(' ')],  Action::PutDown,               help::PUT_DOWN,       Some(short::PUT_DOWN)),
    bind(Carry, &[ch('=')],                  Action::Marks(Marking::SpaceGroups), help::SPACE_IN_AIR,   Some(short::SPACE_GROUPS)),
    bind(Carry, &[Esc],                      Action::PutBack,               help::PUT_BACK,       Some(short::PUT_BACK)),
    bind(Carry, &[ch(':')],                  Action::Palette,               help::PALETTE,        None),
    bind(Carry, &[ch('?')],                  Action::Help,                  help::HELP,           Some(short::KEYS)),

    bind(Found, &[ch('n')],              Action::NextMatch,                 help::NEXT_MATCH,     Some(short::NEXT)),
    bind(Found, &[ch('N')],              Action::PreviousMatch,             help::PREVIOUS_MATCH, Some(short::BEFORE)),

    bind(Rule, &[ch('e'), Enter],        Action::EditRule,                  help::EDIT,           Some(short::EDIT)),
    bind(Rule, &[ch('y')],               Action::Copy(Copied::Rule),        help::COPY_RULE,      Some(short::COPY)),
    bind(Rule, &[ch('Y')],               Action::Copy(Copied::Compiled),    help::COPY_COMPILED,  Some(short::COPY_COMPILED)),
    bind(Rule, &[ch('w')],               Action::WhyThis,                   help::WHY_THIS,       Some(short::WHY_THIS)),
    bind(Rule, &[Esc],                   Action::ToRules,                   help::TO_RULES,       Some(short::RULES)),
    bind(Rule, &[ch('k'), Up],           Action::Move(Motion::Up),          help::UP,             None),
    bind(Rule, &[ch('j'), Down],         Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Rule, &[PageUp],                Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Rule, &[PageDown],              Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Rule, &[ch('g'), Home],         Action::Move(Motion::First),       help::FIRST,          None),

    bind(Test, &[ch('k')],               Action::KeepCase,                  help::KEEP_CASE,      Some(short::KEEP)),
    bind(Test, &[ch('y')],               Action::Copy(Copied::Sentence),    help::COPY_SENTENCE,  Some(short::COPY)),
    bind(Test, &[ch('Y')],               Action::Copy(Copied::Request),     help::COPY_REQUEST,   None),
    bind(Test, &[Enter],                 Action::TypeRequest,               help::TYPE_REQUEST,   None),
    bind(Test, &[Esc],                   Action::ToRules,                   help::TO_RULES,       Some(short::RULES)),
    bind(Test, &[Up],                    Action::Move(Motion::Up),          help::UP,             None),
    bind(Test, &[ch('j'), Down],         Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Test, &[PageUp],                Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Test, &[PageDown],              Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),

    bind(Field, &[Tab, Down],            Action::NextField,                 help::NEXT_FIELD,     Some(short::NEXT_FIELD)),
    bind(Field, &[BackTab, Up],          Action::PreviousField,             help::PREVIOUS_FIELD, None),
    bind(Field, &[Ctrl('u')],            Action::ClearField,                help::CLEAR_FIELD,    Some(short::EMPTY)),
    bind(Field, &[Enter],                Action::ToAnswer,                  help::TO_ANSWER,      Some(short::TO_ANSWER)),
    bind(Field, &[Esc],                  Action::LeaveField,                help::LEAVE_FIELD,    Some(short::DONE)),
    bind(Field, &[Ctrl('k')],            Action::KeepCase,                  help::KEEP_CASE,      Some(short::KEEP)),
    bind(Field, &[Ctrl('c')],            Action::Quit,                      help::QUIT,           None),

    bind(Cases, &[Enter],                Action::LoadCase,                  help::LOAD_CASE,      Some(short::LOAD)),
    bind(Cases, &[ch('e')],              Action::Define(Define::EditCase),                  help::EDIT_CASE,      Some(short::EDIT)),
    bind(Cases, &[ch('n')],              Action::Define(Define::NewCase),                   help::NEW_CASE,       None),
    bind(Cases, &[ch('d'), Delete],      Action::DeleteCase,                help::DELETE_CASE,    Some(short::DELETE)),
    bind(Cases, &[Esc],                  Action::ToRules,                   help::TO_RULES,       Some(short::RULES)),
    bind(Cases, &[ch('k'), Up],          Action::Move(Motion::Up),          help::UP,             None),
    bind(Cases, &[ch('j'), Down],        Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Cases, &[PageUp],               Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Cases, &[PageDown],             Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Cases, &[ch('g'), Home],        Action::Move(Motion::First),       help::FIRST,          None),
    bind(Cases, &[ch('G'), End],         Action::Move(Motion::Last),        help::LAST,           None),

    bind(Form, &[Tab],                   Action::Complete,                  help::COMPLETE,       Some(short::NEXT_FIELD)),
    bind(Form, &[Down],                  Action::NextField,                 help::NEXT_FIELD,     None),
    bind(Form, &[BackTab, Up],           Action::PreviousField,             help::PREVIOUS_FIELD, None),
    bind(Form, &[Ctrl('u')],             Action::ClearField,                help::CLEAR_FIELD,    Some(short::EMPTY)),
    bind(Form, &[Enter, Ctrl('s')],      Action::Accept,                    help::ACCEPT,         Some(short::ACCEPT)),
    bind(Form, &[Esc],                   Action::Close,                     help::CANCEL,         Some(short::CANCEL)),

    bind(FormText, &[Tab],               Action::Complete,                  help::COMPLETE_RULE,  Some(short::COMPLETE)),
    bind(FormText, &[BackTab],           Action::PreviousField,             help::PREVIOUS_FIELD, None),
    bind(FormText, &[Ctrl('s')],         Action::Accept,                    help::ACCEPT_TEXT,    Some(short::ACCEPT)),
    bind(FormText, &[Esc],               Action::Close,                     help::CANCEL,         Some(short::CANCEL)),

    bind(Keep, &[Tab],                   Action::OtherVerdict,              help::OTHER_VERDICT,  Some(short::OTHER_VERDICT)),
    bind(Keep, &[Enter],                 Action::Accept,                    help::ACCEPT,         Some(short::KEEP)),
    bind(Keep, &[Ctrl('u')],             Action::ClearField,                help::CLEAR_FIELD,    Some(short::EMPTY)),
    bind(Keep, &[Esc],                   Action::Close,                     help::CANCEL,         Some(short::CANCEL)),

    bind(Prompt, &[Enter],               Action::Accept,                    help::ACCEPT,         Some(short::ACCEPT)),
    bind(Prompt, &[Ctrl('u')],           Action::ClearField,                help::CLEAR_FIELD,    Some(short::EMPTY)),
    bind(Prompt, &[Esc],                 Action::Close,                     help::CANCEL,         Some(short::CANCEL)),

    bind(Search, &[Enter],               Action::Accept,                    help::TO_MATCH,       Some(short::GO)),
    bind(Search, &[Down],                Action::NextMatch,                 help::NEXT_MATCH,     Some(short::NEXT)),
    bind(Search, &[Up],                  Action::PreviousMatch,             help::PREVIOUS_MATCH, Some(short::BEFORE)),
    bind(Search, &[Ctrl('u')],           Action::ClearField,                help::CLEAR_FIELD,    None),
    bind(Search, &[Esc],                 Action::Close,                     help::CANCEL,         Some(short::CANCEL)),

    bind(Leave, &[ch('s')],              Action::SaveAndLeave,              help::SAVE_AND_LEAVE, Some(short::SAVE_AND_LEAVE)),
    bind(Leave, &[ch('d')],              Action::Discard,                   help::DISCARD,        Some(short::DISCARD)),
    bind(Leave, &[ch('v')],              Action::ShowChanges,               help::SHOW_CHANGES,   Some(short::CHANGES)),
    bind(Leave, &[Esc],                  Action::Close,                     help::STAY,           Some(short::STAY)),

    bind(Scope::Left, &[ch('r')],        Action::Restore,                   help::RESTORE,        Some(short::RESTORE)),
    bind(Scope::Left, &[ch('m')],        Action::RestoreBoth,               help::RESTORE_BOTH,   None),
    bind(Scope::Left, &[ch('v')],        Action::ShowDifference,            help::SHOW_DIFFERENCE, Some(short::DIFFERENCE)),
    bind(Scope::Left, &[ch('d')],        Action::DiscardLeft,               help::DISCARD_LEFT,   Some(short::THROW_AWAY)),
    bind(Scope::Left, &[Esc],            Action::Close,                     help::DECIDE_LATER,   Some(short::LATER)),

    bind(Disk, &[ch('v')],               Action::ShowDifference,            help::SHOW_DIFFERENCE, Some(short::DIFFERENCE)),
    bind(Disk, &[ch('m')],               Action::MergeTheirs,               help::MERGE_THEIRS,   Some(short::MERGE)),
    bind(Disk, &[ch('t')],               Action::TakeTheirs,                help::TAKE_THEIRS,    Some(short::THEIRS)),
    bind(Disk, &[ch('w')],               Action::Overwrite,                 help::OVERWRITE,      Some(short::MINE)),
    bind(Disk, &[ch('s')],               Action::SaveAs,                    help::SAVE_AS,        Some(short::SAVE_AS)),
    bind(Disk, &[Esc],                   Action::Close,                     help::GO_ON,          Some(short::STAY)),

    bind(Notice, &[Esc, Enter, ch('q')], Action::Close,                     help::CLOSE,          Some(short::CLOSE)),
    bind(Notice, &[Down, ch('j')],       Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Notice, &[Up, ch('k')],         Action::Move(Motion::Up),          help::UP,             None),

    bind(Diff, &[Tab],                   Action::NextTab,                   help::NEXT_TAB,       Some(short::OTHER_TEXTS)),
    bind(Diff, &[Down, ch('j')],         Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Diff, &[Up, ch('k')],           Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Diff, &[PageDown, ch(' ')],     Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Diff, &[PageUp],                Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Diff, &[Home, ch('g')],         Action::Move(Motion::First),       help::FIRST,          None),
    bind(Diff, &[End, ch('G')],          Action::Move(Motion::Last),        help::LAST,           None),
    bind(Diff, &[Esc, ch('q'), ch('D')], Action::Close,                     help::CLOSE,          Some(short::CLOSE)),

    bind(Palette, &[Enter],              Action::Accept,                    help::RUN,            Some(short::RUN)),
    bind(Palette, &[Down],               Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Palette, &[Up],                 Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Palette, &[PageDown],           Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Palette, &[PageUp],             Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Palette, &[Ctrl('u')],          Action::ClearField,                help::CLEAR_FIELD,    None),
    bind(Palette, &[Esc],                Action::Close,                     help::CANCEL,         Some(short::CANCEL)),

    bind(Help, &[Down],                  Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Help, &[Up],                    Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Help, &[PageDown],              Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Help, &[PageUp],                Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Help, &[Home],                  Action::Move(Motion::First),       help::FIRST,          None),
    bind(Help, &[End],                   Action::Move(Motion::Last),        help::LAST,           None),
    bind(Help, &[Ctrl('u')],             Action::ClearField,                help::CLEAR_FIELD,    None),
    bind(Help, &[Esc, ch('?')],          Action::Close,                     help::CLOSE,          Some(short::CLOSE)),

    bind(Reasons, &[Enter],              Action::Accept,                    help::TO_RULE,        Some(short::TO_RULE)),
    bind(Reasons, &[ch('/')],            Action::Filter,                    help::FILTER,         Some(short::FILTER)),
    bind(Reasons, &[ch('e')],            Action::EditRule,                  help::EDIT,           Some(short::EDIT)),

    bind(Offers, &[Enter],               Action::Accept,                    help::APPLY,          Some(short::APPLY)),

    bind(Explain, &[Tab],                Action::NextTab,                   help::NEXT_VIEW,      Some(short::NEXT_VIEW)),
    bind(Explain, &[Esc, ch('q')],       Action::Close,                     help::CLOSE,          Some(short::CLOSE)),
    bind(Explain, &[BackTab],            Action::PreviousTab,               help::PREVIOUS_VIEW,  None),
    bind(Explain, &[ch('w')],            Action::Explain(View::Why),        help::WHY,            None),
    bind(Explain, &[ch('f')],            Action::Explain(View::Change),     help::CHANGE,         None),
    bind(Explain, &[ch('v')],            Action::Explain(View::Clients),    help::CLIENTS,        None),
    bind(Explain, &[ch('o')],            Action::Explain(View::Orders),     help::ORDERS,         None),
    bind(Explain, &[ch('b')],            Action::Explain(View::Elsewhere),  help::ELSEWHERE,      None),
    bind(Explain, &[Ctrl('k')],          Action::KeepCase,                  help::KEEP_CASE,      Some(short::KEEP)),
    bind(Explain, &[ch('u')],            Action::Undo,                      help::UNDO,           Some(short::UNDO)),
    bind(Explain, &[ch('t')],            Action::TypeRequest,               help::TYPE_REQUEST,   Some(short::REQUEST)),
    bind(Explain, &[Down, ch('j')],      Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Explain, &[Up, ch('k')],        Action::Move(Motion::Up),          help::UP,             None),
    bind(Explain, &[PageDown, ch(' ')],  Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Explain, &[PageUp],             Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Explain, &[Home, ch('g')],      Action::Move(Motion::First),       help::FIRST,          None),
    bind(Explain, &[End, ch('G')],       Action::Move(Motion::Last),        help::LAST,           None),
    bind(Explain, &[Ctrl('s')],          Action::Save,                      help::SAVE,           None),
    bind(Explain, &[ch(':')],            Action::Palette,                   help::PALETTE,        None),
    bind(Explain, &[ch('?')],            Action::Help,                      help::HELP,           Some(short::KEYS)),

    bind(Filter, &[Down],                Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Filter, &[Up],                  Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Filter, &[Ctrl('u')],           Action::ClearField,                help::CLEAR_FIELD,    Some(short::EMPTY)),
    bind(Filter, &[Enter],               Action::LeaveField,                help::KEEP_FILTER,    Some(short::DONE)),
    bind(Filter, &[Esc],                 Action::Close,                     help::NO_FILTER,      Some(short::NO_FILTER)),

    bind(Definitions, &[ch('e'), Enter],     Action::Define(Define::Edit),        help::EDIT_DEFINITION,   Some(short::EDIT)),
    bind(Definitions, &[ch('a')],            Action::Define(Define::Add),         help::ADD_DEFINITION,    Some(short::ADD)),
    bind(Definitions, &[ch('d'), Delete],    Action::Define(Define::Delete),      help::DELETE_DEFINITION, Some(short::DELETE)),
    bind(Definitions, &[ch('u')],            Action::Undo,                  help::UNDO,           Some(short::UNDO)),
    bind(Definitions, &[Ctrl('r')],          Action::Redo,                  help::REDO,           None),
    bind(Definitions, &[ch('k'), Up],        Action::Move(Motion::Up),      help::UP,             None),
    bind(Definitions, &[ch('j'), Down],      Action::Move(Motion::Down),    help::DOWN,           None),
    bind(Definitions, &[PageUp],             Action::Move(Motion::PageUp),  help::PAGE_UP,        None),
    bind(Definitions, &[PageDown],           Action::Move(Motion::PageDown), help::PAGE_DOWN,     None),
    bind(Definitions, &[ch('g'), Home],      Action::Move(Motion::First),   help::FIRST,          None),
    bind(Definitions, &[ch('G'), End],       Action::Move(Motion::Last),    help::LAST,           None),
    bind(Definitions, &[Ctrl('s')],          Action::Save,                  help::SAVE,           Some(short::SAVE)),
    bind(Definitions, &[Esc, ch('q'), ch('P')], Action::Close,              help::CLOSE,          Some(short::CLOSE)),
    bind(Definitions, &[ch(':')],            Action::Palette,               help::PALETTE,        None),
    bind(Definitions, &[ch('?')],            Action::Help,                  help::HELP,           Some(short::KEYS)),

    bind(Everywhere, &[ch('t')],             Action::TypeRequest,           help::TYPE_REQUEST,   Some(short::REQUEST)),
    bind(Everywhere, &[ch('w')],             Action::Explain(View::Why),    help::WHY,            Some(short::WHY)),
    bind(Everywhere, &[ch('f')],             Action::Explain(View::Change), help::CHANGE,         Some(short::CHANGE)),
    bind(Everywhere, &[ch('u')],             Action::Undo,                  help::UNDO,           Some(short::UNDO)),
    bind(Everywhere, &[Ctrl('r')],           Action::Redo,                  help::REDO,           None),
    bind(Lessons, &[Enter],              Action::Accept,                    help::START_LESSON,   Some(short::START_LESSON)),
    bind(Lessons, &[Down, ch('j')],      Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Lessons, &[Up, ch('k')],        Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Lessons, &[PageDown, ch(' ')],  Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Lessons, &[PageUp],             Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Lessons, &[Home, ch('g')],      Action::Move(Motion::First),       help::FIRST,          None),
    bind(Lessons, &[End, ch('G')],       Action::Move(Motion::Last),        help::LAST,           None),
    bind(Lessons, &[ch('L')],            Action::NextLanguage,              help::NEXT_LANGUAGE,  None),
    bind(Lessons, &[ch('?')],            Action::Help,                      help::HELP,           Some(short::KEYS)),
    bind(Lessons, &[Esc, ch('q')],       Action::Close,                     help::CLOSE,          Some(short::CLOSE)),
    bind(Lesson, &[ch('a')],             Action::Learn(Learn::Choose(0)),   help::CHOOSE_A,       Some(short::CHOOSE)),
    bind(Lesson, &[ch('b')],             Action::Learn(Learn::Choose(1)),   help::CHOOSE_B,       None),
    bind(Lesson, &[ch('c')],             Action::Learn(Learn::Choose(2)),   help::CHOOSE_C,       None),
    bind(Lesson, &[ch('d')],             Action::Learn(Learn::Choose(3)),   help::CHOOSE_D,       None),
    bind(Lesson, &[Enter],               Action::Learn(Learn::Next),        help::NEXT_STEP,      Some(short::NEXT_STEP)),
    bind(Lesson, &[Right],               Action::Learn(Learn::Skip),        help::SKIP_STEP,      None),
    bind(Lesson, &[Left],                Action::Learn(Learn::Back),        help::STEP_BACK,      Some(short::STEP_BACK)),
    bind(Lesson, &[ch('h')],             Action::Learn(Learn::Hint),        help::HINT,           Some(short::HINT)),
    bind(Lesson, &[Down, ch('j')],       Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Lesson, &[Up, ch('k')],         Action::Move(Motion::Up),          help::UP,             None),
    bind(Lesson, &[PageDown, ch(' ')],   Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Lesson, &[PageUp],              Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Lesson, &[ch('L')],             Action::NextLanguage,              help::NEXT_LANGUAGE,  None),
    bind(Lesson, &[ch('q')],             Action::Learn(Learn::Leave),       help::LEAVE_LESSON,   Some(short::LEAVE_LESSON)),
    bind(Lesson, &[ch('?')],             Action::Help,                      help::HELP,           Some(short::KEYS)),
    bind(Lesson, &[Esc],                 Action::Close,                     help::LEAVE_PANEL,    None),
    bind(Lesson, &[ch('u')],             Action::Undo,                      help::UNDO,           None),
    bind(Tour, &[Enter],                 Action::Learn(Learn::NextStop),    help::NEXT_STOP,      Some(short::NEXT_STEP)),
    bind(Tour, &[Esc],                   Action::Learn(Learn::EndTour),     help::END_TOUR,       Some(short::END_TOUR)),
    bind(Tour, &[Backspace],             Action::Learn(Learn::StopBefore),  help::STOP_BEFORE,    None),
    bind(Findings, &[Enter],             Action::Accept,                    help::TO_RULE,        Some(short::TO_RULE)),
    bind(Findings, &[ch('a')],           Action::ApplyFix,                  help::APPLY_FIX,      Some(short::APPLY_FIX)),
    bind(Findings, &[ch('x')],           Action::AcceptFinding,             help::ACCEPT_FINDING, Some(short::ACCEPT_FINDING)),
    bind(Findings, &[Down, ch('j')],     Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Findings, &[Up, ch('k')],       Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Findings, &[PageDown, ch(' ')], Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Findings, &[PageUp],            Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Findings, &[Home, ch('g')],     Action::Move(Motion::First),       help::FIRST,          None),
    bind(Findings, &[End, ch('G')],      Action::Move(Motion::Last),        help::LAST,           None),
    bind(Findings, &[ch('u')],           Action::Undo,                      help::UNDO,           Some(short::UNDO)),
    bind(Findings, &[Ctrl('s')],         Action::Save,                      help::SAVE,           None),
    bind(Findings, &[ch(':')],           Action::Palette,                   help::PALETTE,        None),
    bind(Findings, &[ch('?')],           Action::Help,                      help::HELP,           Some(short::KEYS)),
    bind(Findings, &[Esc, ch('q'), ch('F')], Action::Close,                 help::CLOSE,          Some(short::CLOSE)),

    bind(LogFiles, &[Tab],               Action::Complete,                  help::COMPLETE_NAME,  Some(short::COMPLETE)),
    bind(LogFiles, &[Enter],             Action::Accept,                    help::READ_LOGS,      Some(short::READ_LOGS)),
    bind(LogFiles, &[Ctrl('u')],         Action::ClearField,                help::CLEAR_FIELD,    Some(short::EMPTY)),
    bind(LogFiles, &[Esc],               Action::Close,                     help::CANCEL,         Some(short::CANCEL)),

    bind(Logs, &[Enter],                 Action::Accept,                    help::LOOK_BEHIND,    Some(short::LOOK_BEHIND)),
    bind(Logs, &[ch('b')],               Action::Logs(ToLogs::Blocked),     help::BLOCKED,        Some(short::BLOCKED)),
    bind(Logs, &[ch('x')],               Action::Logs(ToLogs::Stop),        help::STOP_REPLAY,    Some(short::STOP_REPLAY)),
    bind(Logs, &[ch('r')],               Action::Logs(ToLogs::Again),       help::REPLAY_AGAIN,   Some(short::REPLAY_AGAIN)),
    bind(Logs, &[ch('s')],               Action::Logs(ToLogs::Suggest),     help::SUGGEST_RULES,  Some(short::SUGGEST_RULES)),
    bind(Logs, &[Esc, ch('q'), ch('R')], Action::Close,                     help::CLOSE_LOGS,     Some(short::CLOSE)),
    bind(Logs, &[ch('o')],               Action::Logs(ToLogs::Ask),         help::OTHER_LOGS,     Some(short::OTHER_LOGS)),
    bind(Logs, &[Tab],                   Action::NextTab,                   help::NEXT_PART,      None),
    bind(Logs, &[BackTab],               Action::PreviousTab,               help::PART_BEFORE,    None),
    bind(Logs, &[Down, ch('j')],         Action::Move(Motion::Down),        help::DOWN,           None),
    bind(Logs, &[Up, ch('k')],           Action::Move(Motion::Up),          help::UP,             None),
    bind(Logs, &[PageDown, ch(' ')],     Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Logs, &[PageUp],                Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Logs, &[Home, ch('g')],         Action::Move(Motion::First),       help::FIRST,          None),
    bind(Logs, &[End, ch('G')],          Action::Move(Motion::Last),        help::LAST,           None),
    bind(Logs, &[ch('u')],               Action::Undo,                      help::UNDO,           Some(short::UNDO)),
    bind(Logs, &[Ctrl('s')],             Action::Save,                      help::SAVE,           None),
    bind(Logs, &[ch(':')],               Action::Palette,                   help::PALETTE,        None),
    bind(Logs, &[ch('?')],               Action::Help,                      help::HELP,           Some(short::KEYS)),

    bind(LogRequests, &[Enter],          Action::Accept,                    help::TRY_REQUEST,    Some(short::TRY_REQUEST)),
    bind(LogRequests, &[Esc, ch('q')],   Action::Close,                     help::TO_COUNTS,      Some(short::TO_COUNTS)),
    bind(LogRequests, &[ch('b')],        Action::Logs(ToLogs::Blocked),     help::BLOCKED,        None),
    bind(LogRequests, &[ch('x')],        Action::Logs(ToLogs::Stop),        help::STOP_REPLAY,    Some(short::STOP_REPLAY)),
    bind(LogRequests, &[ch('r')],        Action::Logs(ToLogs::Again),       help::REPLAY_AGAIN,   Some(short::REPLAY_AGAIN)),
    bind(LogRequests, &[Down, ch('j')],  Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(LogRequests, &[Up, ch('k')],    Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(LogRequests, &[PageDown, ch(' ')], Action::Move(Motion::PageDown), help::PAGE_DOWN,      None),
    bind(LogRequests, &[PageUp],         Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(LogRequests, &[Home, ch('g')],  Action::Move(Motion::First),       help::FIRST,          None),
    bind(LogRequests, &[End, ch('G')],   Action::Move(Motion::Last),        help::LAST,           None),
    bind(LogRequests, &[ch(':')],        Action::Palette,                   help::PALETTE,        None),
    bind(LogRequests, &[ch('?')],        Action::Help,                      help::HELP,           Some(short::KEYS)),

    bind(Suggestion, &[Enter],           Action::Accept,                    help::TAKE_RULES,     Some(short::APPLY)),
    bind(Suggestion, &[Esc, ch('q')],    Action::Close,                     help::CANCEL,         Some(short::CANCEL)),
    bind(Suggestion, &[Down, ch('j')],   Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Suggestion, &[Up, ch('k')],     Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Suggestion, &[PageDown, ch(' ')], Action::Move(Motion::PageDown),  help::PAGE_DOWN,      None),
    bind(Suggestion, &[PageUp],          Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Suggestion, &[Home, ch('g')],   Action::Move(Motion::First),       help::FIRST,          None),
    bind(Suggestion, &[End, ch('G')],    Action::Move(Motion::Last),        help::LAST,           None),

    bind(Opinion, &[Down, ch('j')],      Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Opinion, &[Up, ch('k')],        Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Opinion, &[PageDown, ch(' ')],  Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Opinion, &[PageUp],             Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Opinion, &[Home, ch('g')],      Action::Move(Motion::First),       help::FIRST,          None),
    bind(Opinion, &[End, ch('G')],       Action::Move(Motion::Last),        help::LAST,           None),
    bind(Opinion, &[Esc, ch('q'), ch('V')], Action::Close,                  help::CLOSE,          Some(short::CLOSE)),

    bind(Matrix, &[Enter],               Action::Accept,                    help::TRY_CELL,       Some(short::TRY)),
    bind(Matrix, &[ch('h'), Left],       Action::Matrix(Look::Left),         help::COLUMN_LEFT,    Some(short::LEFT)),
    bind(Matrix, &[ch('l'), Right],      Action::Matrix(Look::Right),         help::COLUMN_RIGHT,   Some(short::RIGHT)),
    bind(Matrix, &[Down, ch('j')],       Action::Move(Motion::Down),        help::DOWN,           Some(short::DOWN)),
    bind(Matrix, &[Up, ch('k')],         Action::Move(Motion::Up),          help::UP,             Some(short::UP)),
    bind(Matrix, &[PageDown, ch(' ')],   Action::Move(Motion::PageDown),    help::PAGE_DOWN,      None),
    bind(Matrix, &[PageUp],              Action::Move(Motion::PageUp),      help::PAGE_UP,        None),
    bind(Matrix, &[Home, ch('g')],       Action::Move(Motion::First),       help::FIRST,          None),
    bind(Matrix, &[End, ch('G')],        Action::Move(Motion::Last),        help::LAST,           None),
    bind(Matrix, &[ch(':')],             Action::Palette,                   help::PALETTE,        None),
    bind(Matrix, &[ch('?')],             Action::Help,                      help::HELP,           Some(short::KEYS)),
    bind(Matrix, &[Esc, ch('q'), ch('M')], Action::Close,                   help::CLOSE,          Some(short::CLOSE)),

    bind(Everywhere, &[ch('v')],             Action::Explain(View::Clients),   help::CLIENTS,     None),
    bind(Everywhere, &[ch('o')],             Action::Explain(View::Orders),    help::ORDERS,      None),
    bind(Everywhere, &[ch('b')],             Action::Explain(View::Elsewhere), help::ELSEWHERE,   None),
    bind(Everywhere, &[ch('D')],             Action::ShowChanges,           help::SHOW_CHANGES,   None),
    bind(Everywhere, &[Ctrl('s')],           Action::Save,                  help::SAVE,           Some(short::SAVE)),
    bind(Everywhere, &[ch('.')],             Action::GoToDecider,           help::GO_TO_DECIDER,  Some(short::DECIDER)),
    bind(Everywhere, &[ch('/')],             Action::Search,                help::SEARCH,         Some(short::FIND)),
    bind(Everywhere, &[ch('P')],             Action::Define(Define::List),           help::DEFINITIONS,    Some(short::DEFINITIONS)),
    bind(Everywhere, &[Tab],                 Action::NextPane,              help::NEXT_PANE,      Some(short::PANES)),
    bind(Everywhere, &[ch('S')],             Action::SaveAs,                help::SAVE_AS,        None),
    bind(Everywhere, &[ch('F')],             Action::ShowFindings,          help::SHOW_FINDINGS,  None),
    bind(Everywhere, &[ch('M')],             Action::Matrix(Look::Open),     help::SHOW_MATRIX,    None),
    bind(Everywhere, &[ch('R')],             Action::Logs(ToLogs::Show),    help::LOGS,           Some(short::LOGS)),
    bind(Everywhere, &[ch('V')],             Action::ShowOpinion,           help::SHOW_OPINION,   None),
    bind(Everywhere, &[Ctrl('k')],           Action::KeepCase,              help::KEEP_CASE,      None),
    bind(Everywhere, &[BackTab],             Action::PreviousPane,          help::PREVIOUS_PANE,  None),
    bind(Everywhere, &[Ctrl('l')],           Action::Learn(Learn::Open),    help::LESSONS,        None),
    bind(Everywhere, &[Ctrl('t')],           Action::Learn(Learn::Tour),    help::TOUR,           None),
    bind(Everywhere, &[ch('T')],             Action::NextTheme,             help::NEXT_THEME,     None),
    bind(Everywhere, &[ch('L')],             Action::NextLanguage,          help::NEXT_LANGUAGE,  None),
    bind(Everywhere, &[ch(':')],             Action::Palette,               help::PALETTE,        Some(short::ALL)),
    bind(Everywhere, &[ch('?')],             Action::Help,                  help::HELP,           Some(short::KEYS)),
    bind(Everywhere, &[ch('q'), Ctrl('c')],  Action::Quit,                  help::QUIT,           Some(short::LEAVE)),
    ]
};

/// What settings and the palette call each action. Names stay as they are: operators write them into their settings.
#[rustfmt::skip]
pub static NAMES: &[(Action, &str)] = &[
    (Action::Accept, "accept"),
    (Action::AcceptFinding, "accept-finding"),
    (Action::Define(Define::Add), "add-definition"),
    (Action::ApplyFix, "apply-fix"),
    (Action::Explain(View::Elsewhere), "blocked-all-the-same"),
    (Action::Logs(ToLogs::Blocked), "blocked-requests"),
    (Action::Explain(View::Orders), "both-orders"),
    (Action::CarryDown, "carry-down"),
    (Action::CarryUp, "carry-up"),
    (Action::Learn(Learn::Choose(0)), "choose-first"),
    (Action::Learn(Learn::Choose(3)), "choose-fourth"),
    (Action::Learn(Learn::Choose(1)), "choose-second"),
    (Action::Learn(Learn::Choose(2)), "choose-third"),
    (Action::ClearField, "clear-field"),
    (Action::Close, "close"),
    (Action::Complete, "complete"),
    (Action::Copy(Copied::Compiled), "copy-compiled"),
    (Action::Marks(Marking::CopyHere), "copy-here"),
    (Action::Copy(Copied::Request), "copy-request"),
    (Action::Copy(Copied::Rule), "copy-rule"),
    (Action::Copy(Copied::Sentence), "copy-sentence"),
    (Action::Define(Define::List), "definitions"),
    (Action::DeleteCase, "delete-case"),
    (Action::Define(Define::Delete), "delete-definition"),
    (Action::DeleteRule, "delete-rule"),
    (Action::Discard, "discard-and-leave"),
    (Action::DiscardLeft, "discard-left-behind"),
    (Action::Move(Motion::Down), "down"),
    (Action::DuplicateRule, "duplicate-rule"),
    (Action::Define(Define::EditCase), "edit-case"),
    (Action::Define(Define::Edit), "edit-definition"),
    (Action::EditRule, "edit-rule"),
    (Action::Learn(Learn::EndTour), "end-tour"),
    (Action::Filter, "filter"),
    (Action::Move(Motion::First), "first"),
    (Action::Fold, "fold"),
    (Action::GoToDecider, "go-to-deciding-rule"),
    (Action::GroupPriority, "group-priority"),
    (Action::Help, "help"),
    (Action::Learn(Learn::Hint), "hint"),
    (Action::MergeTheirs, "keep-both"),
    (Action::KeepCase, "keep-case"),
    (Action::Move(Motion::Last), "last"),
    (Action::LeaveField, "leave-field"),
    (Action::Learn(Learn::Leave), "leave-lesson"),
    (Action::Matrix(Look::Left), "left"),
    (Action::Learn(Learn::Open), "lessons"),
    (Action::LoadCase, "load-case"),
    (Action::Logs(ToLogs::Show), "logs"),
    (Action::Marks(Marking::One), "mark"),
    (Action::Marks(Marking::Group), "mark-group"),
    (Action::Marks(Marking::Range), "mark-range"),
    (Action::Matrix(Look::Open), "matrix"),
    (Action::Marks(Marking::MoveHere), "move-here"),
    (Action::MoveRuleDown, "move-rule-down"),
    (Action::MoveRuleUp, "move-rule-up"),
    (Action::Define(Define::NewCase), "new-case"),
    (Action::NewHandWritten, "new-hand-written-rule"),
    (Action::NewRule, "new-rule"),
    (Action::NextField, "next-field"),
    (Action::NextLanguage, "next-language"),
    (Action::NextMatch, "next-match"),
    (Action::NextPane, "next-pane"),
    (Action::Learn(Learn::Next), "next-step"),
    (Action::Learn(Learn::NextStop), "next-stop"),
    (Action::NextTab, "next-tab"),
    (Action::NextTheme, "next-theme"),
    (Action::Open, "open"),
    (Action::Explain(View::Clients), "other-clients"),
    (Action::Logs(ToLogs::Ask), "other-logs"),
    (Action::OtherVerdict, "other-verdict"),
    (Action::Move(Motion::PageDown), "page-down"),
    (Action::Move(Motion::PageUp), "page-up"),
    (Action::Palette, "palette"),
    (Action::PickUp, "pick-up"),
    (Action::PreviousField, "previous-field"),
    (Action::PreviousMatch, "previous-match"),
    (Action::PreviousPane, "previous-pane"),
    (Action::PreviousTab, "previous-tab"),
    (Action::PutBack, "put-back"),
    (Action::PutDown, "put-down"),
    (Action::Quit, "quit"),
    (Action::Redo, "redo"),
    (Action::Logs(ToLogs::Again), "replay-again"),
    (Action::Restore, "restore"),
    (Action::RestoreBoth, "restore-and-keep-newer"),
    (Action::Matrix(Look::Right), "right"),
    (Action::Save, "save"),
    (Action::SaveAndLeave, "save-and-leave"),
    (Action::SaveAs, "save-as"),
    (Action::Search, "search"),
    (Action::ShowChanges, "show-changes"),
    (Action::ShowDifference, "show-difference"),
    (Action::ShowFindings, "show-findings"),
    (Action::ShowOpinion, "show-second-opinion"),
    (Action::Learn(Learn::Skip), "skip-step"),
    (Action::Marks(Marking::SpaceGroups), "space-groups"),
    (Action::Learn(Learn::Back), "step-back"),
    (Action::Learn(Learn::StopBefore), "stop-before"),
    (Action::Logs(ToLogs::Stop), "stop-replay"),
    (Action::Logs(ToLogs::Suggest), "suggest-rules"),
    (Action::TakeTheirs, "take-theirs"),
    (Action::ToAnswer, "to-answer"),
    (Action::ToRules, "to-rules"),
    (Action::ToggleRule, "toggle-rule"),
    (Action::Learn(Learn::Tour), "tour"),
    (Action::TypeRequest, "type-request"),
    (Action::Undo, "undo"),
    (Action::Unfold, "unfold"),
    (Action::Marks(Marking::Unmark), "unmark"),
    (Action::Move(Motion::Up), "up"),
    (Action::Explain(View::Change), "what-would-change-it"),
    (Action::Explain(View::Why), "why"),
    (Action::WhyThis, "why-not-this-rule"),
    (Action::Overwrite, "write-mine"),
];

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
                let helps = scope == Scope::Help && *key == ch('?');
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
        assert_eq!(usual.lookup(&scopes, ch('n')), Some(Action::NextMatch));
        assert_eq!(usual.lookup(&scopes[1..], ch('n')), Some(Action::NewRule));
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
