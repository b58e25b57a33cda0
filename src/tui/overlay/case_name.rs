use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::popup::{prompt, prompt_room};
use crate::messages::{Lang, screen as say};
use crate::policy::CaseExpect;
use crate::tui::cells::wrap;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::Scene;

/// Verdicts that a case can expect, in the order of the key that goes through them.
const VERDICTS: [CaseExpect; 3] = [CaseExpect::Pass, CaseExpect::Drop, CaseExpect::Reject];

/// Asks for the name of the case that is kept, and for the verdict it is to expect.
#[derive(Debug)]
pub struct CaseNameForm {
    /// The name.
    pub edit: TextEdit,
    /// The verdict wanted.
    pub expect: CaseExpect,
    /// The verdict of now; `None`: it cannot be told.
    now: Option<CaseExpect>,
    /// The address that the case is about.
    from: String,
    who: String,
    host: String,
    lang: Lang,
}

impl CaseNameForm {
    /// Suggests a name, and the verdict of now. `from` is the address that is kept, and who that is.
    #[must_use]
    pub fn new(
        (from, who): (String, String),
        host: String,
        now: Option<CaseExpect>,
        lang: Lang,
    ) -> Self {
        let expect = now.unwrap_or(CaseExpect::Pass);
        let edit = TextEdit::line(&name(&who, &host, expect, lang));
        Self { edit, expect, now, from, who, host, lang }
    }

    /// Whether the case is to expect what the request gets now.
    #[must_use]
    pub fn is_as_now(&self) -> bool {
        self.now == Some(self.expect)
    }

    /// Wants the next verdict; a name that was only suggested follows.
    pub fn turn(&mut self) {
        let name = |expect| name(&self.who, &self.host, expect, self.lang);
        let suggested = self.edit.text() == name(self.expect);
        let at = VERDICTS.iter().position(|&verdict| verdict == self.expect).unwrap_or_default();
        let next = VERDICTS[(at + 1) % VERDICTS.len()];
        if suggested {
            self.edit.set(&name(next));
        }
        self.expect = next;
    }

    /// Draws the question.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let test = scene.app.session.test();
        let request = say::request(&self.from, test.url.trim(), test.dst.trim());
        let wanted = word(self.expect);
        let (keeps, role) = if self.is_as_now() {
            (say::case_keeps(wanted), Role::Muted)
        } else {
            (say::case_wants(wanted, self.now.map(word)), Role::Changed)
        };
        let lines = [(request, Role::Muted), (keeps, role)]
            .iter()
            .flat_map(|(text, role)| {
                let style = scene.style(*role);
                wrap(&scene.say(text), prompt_room(area))
                    .into_iter()
                    .map(move |line| Line::styled(line, style))
            })
            .collect();
        prompt(scene, frame, area, say::KEEP_AS, &self.edit, lines);
    }
}

fn name(who: &str, host: &str, expect: CaseExpect, lang: Lang) -> String {
    say::case_name(who, expect == CaseExpect::Pass, host).say(lang).to_owned()
}

const fn word(expect: CaseExpect) -> &'static str {
    expect.action().word()
}
