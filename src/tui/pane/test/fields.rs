use crate::interop::LogEvent;
use crate::messages::{Text, Words, log, screen as say, status};
use crate::tui::app::{App, Pane};
use crate::tui::text_edit::TextEdit;
use crate::workbench::{Pasted, TestInput};

/// A field of the test bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The client's address.
    From,
    /// The URL.
    Url,
    /// The server's address.
    Dst,
}

/// What the test pane remembers.
#[derive(Debug)]
pub struct TestPane {
    /// The fields, in the order of [`Field::ALL`].
    pub fields: [TextEdit; 3],
    /// The field that takes keys, if one does.
    pub typing: Option<Field>,
    /// The pane that gets the focus back afterwards.
    pub back: Pane,
    /// The log line that the request was taken from, and the request.
    pub log: Option<(Box<LogEvent>, TestInput)>,
}

impl Field {
    /// The fields in the order of the tab key.
    pub const ALL: [Self; 3] = [Self::From, Self::Url, Self::Dst];

    /// Its place in [`Field::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::From => 0,
            Self::Url => 1,
            Self::Dst => 2,
        }
    }

    /// The word in front of it.
    #[must_use]
    pub const fn label(self) -> Words {
        match self {
            Self::From => say::field::FROM,
            Self::Url => say::field::URL,
            Self::Dst => say::field::DST,
        }
    }

    /// What it is like while it is empty.
    #[must_use]
    pub fn placeholder(self) -> Text {
        match self {
            Self::From => say::field::FROM_LIKE.into(),
            Self::Url => Text::verbatim(say::field::URL_LIKE),
            Self::Dst => say::field::DST_LIKE.into(),
        }
    }
}

impl TestPane {
    /// Begins with what the session tests.
    #[must_use]
    pub fn new(test: &TestInput) -> Self {
        let fields = [&test.from, &test.url, &test.dst].map(|text| TextEdit::line(text));
        Self { fields, typing: None, back: Pane::Rules, log: None }
    }

    /// The field that takes keys.
    pub fn typed(&mut self) -> Option<&mut TextEdit> {
        self.typing.map(|field| &mut self.fields[field.index()])
    }

    /// What the fields hold.
    #[must_use]
    pub fn input(&self) -> TestInput {
        let [from, url, dst] = &self.fields;
        TestInput { from: from.text(), url: url.text(), dst: dst.text() }
    }

    /// The log line that `test` was taken from.
    #[must_use]
    pub fn logged(&self, test: &TestInput) -> Option<&LogEvent> {
        self.log.as_ref().filter(|(_, of)| of == test).map(|(event, _)| event.as_ref())
    }

    /// Goes to the next field, or the one before, round and round.
    pub fn step(&mut self, by: isize) {
        let count = Field::ALL.len();
        let next = |field: Field| (field.index() + count).wrapping_add_signed(by) % count;
        self.typing = self.typing.map(|field| Field::ALL[next(field)]);
    }
}

/// Begins to type in `field`.
pub fn type_in(app: &mut App, field: Field) {
    if app.panes.test.typing.is_none() {
        app.panes.test.back = app.focus;
    }
    app.panes.test.typing = Some(field);
    app.focus = Pane::Test;
}

/// Stops typing; the focus goes back to where it was.
pub fn leave(app: &mut App) {
    app.panes.test.typing = None;
    app.focus = app.panes.test.back;
}

/// Tests what the fields hold.
pub fn retest(app: &mut App) {
    let input = app.panes.test.input();
    if input != *app.session.test() {
        app.set_test(input);
    }
}

/// Tests a request that was pasted, and shows what came of it.
pub fn take(app: &mut App, pasted: Pasted) {
    let Some(test) = pasted.test() else { return };
    if let Pasted::Log(event, more) = pasted {
        app.say(log::taken(more));
        app.panes.test.log = Some((event, test.clone()));
    }
    try_it(app, test);
}

/// Tests a request that somebody asked, and shows what came of it.
pub fn try_it(app: &mut App, test: TestInput) {
    app.panes.test.fields = TestPane::new(&test).fields;
    app.panes.test.typing = None;
    app.focus = Pane::Test;
    app.set_test(test);
}

/// Puts a case into the test bar.
pub fn load(app: &mut App, case: usize) {
    let Some(case) = app.session.policy().cases.get(case).cloned() else { return };
    let test = TestInput { from: case.from, url: case.url, dst: case.dst.unwrap_or_default() };
    app.panes.test.fields = TestPane::new(&test).fields;
    app.set_test(test);
    app.say(status::loaded(&case.name.value));
}
