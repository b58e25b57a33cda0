//! Asks which logs are meant. Names are completed as a shell does it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::view::LogsView;
use crate::messages::logs_pane as say;
use crate::replay::{Log, complete};
use crate::tui::app::App;
use crate::tui::cells::{cut, wrap};
use crate::tui::effect::Effect;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::popup::{prompt, prompt_room};
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::Scene;
use crate::workbench::typed_path;

/// Names that could be meant and are shown, at most.
const NAMES: usize = 6;

/// The question.
#[derive(Debug)]
pub struct LogFilesForm {
    /// The names.
    pub edit: TextEdit,
    /// What could be meant by the last one; `None` as long as nobody asked.
    meant: Option<Vec<String>>,
}

impl LogFilesForm {
    /// Begins with these logs.
    #[must_use]
    pub fn new(logs: &[Log]) -> Self {
        let names: Vec<String> = logs.iter().map(|log| quoted(&log.name(), true)).collect();
        Self { edit: TextEdit::line(&names.join(" ")), meant: None }
    }

    /// Something was typed: what could be meant is not known any more.
    pub fn typed(&mut self) {
        self.meant = None;
    }

    /// Completes the last name as far as it is clear.
    pub fn complete(&mut self) {
        let text = self.edit.text();
        let (start, name) = names(&text).pop().unwrap_or_else(|| (text.len(), String::new()));
        let name = typed_path(&name).to_string_lossy().into_owned();
        let found = complete(&name);
        let common = common(&found);
        if common.len() > name.len() {
            let whole = found.len() == 1 && !common.ends_with('/');
            self.edit.set(&format!("{}{}", &text[..start], quoted(common, whole)));
        }
        self.meant = (found.len() != 1).then_some(found);
    }

    /// Draws the question.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let style = scene.style(Role::Muted);
        let room = prompt_room(area);
        let mut below: Vec<Line<'static>> = wrap(&scene.say(say::ASK_HELP), room)
            .into_iter()
            .map(|l| Line::styled(l, style))
            .collect();
        if let Some(meant) = &self.meant {
            below.push(Line::default());
            let line = |name: &String| Line::raw(cut(name, room));
            below.extend(meant.iter().take(NAMES).map(line));
            let more = meant.len().saturating_sub(NAMES);
            if more > 0 {
                below.push(Line::styled(scene.say(say::more_names(more)), style));
            }
            if meant.is_empty() {
                below.push(Line::raw(cut(&scene.say(say::NOTHING_BEGINS_LIKE_THIS), room)));
            }
        }
        prompt(scene, frame, area, say::ASK, &self.edit, below);
    }
}

/// Reads the logs that were named; one that cannot be read says why and the question stays.
pub fn accept(app: &mut App, form: LogFilesForm) -> Vec<Effect> {
    let named = names(&form.edit.text()).into_iter().filter(|(_, name)| !name.is_empty());
    let logs: Vec<Log> = named.map(|(_, name)| Log::File(typed_path(&name))).collect();
    let why = logs.iter().find_map(|log| Some((log.name(), log.cannot_be_read()?)));
    match why {
        Some((file, why)) => app.fail(say::cannot_read(&file, &why)),
        None if logs.is_empty() => app.fail(say::NO_LOG),
        None => {
            app.logs.files = logs;
            // What was counted of others is not shown under these names.
            app.logs.counted = None;
            app.logs.view = LogsView::default();
            if !matches!(app.overlays.last(), Some(Overlay::Logs)) {
                app.overlays.push(Overlay::Logs);
            }
            return vec![Effect::ReadLogs];
        }
    }
    app.overlays.push(Overlay::LogFiles(form));
    Vec::new()
}

/// The names of a line, each with the place where it begins: apart by blanks, but for those in quotes. What follows
/// the last blank is one, even where that is nothing.
fn names(line: &str) -> Vec<(usize, String)> {
    let mut names = vec![(0, String::new())];
    let mut in_quotes = false;
    for (at, c) in line.char_indices() {
        match (c, names.last_mut()) {
            ('"', _) => in_quotes = !in_quotes,
            (c, _) if c.is_whitespace() && !in_quotes => {
                names.push((at + c.len_utf8(), String::new()))
            }
            (c, Some((_, name))) => name.push(c),
            (_, None) => {}
        }
    }
    names
}

/// A name in quotes where it needs them; one that is not `whole` goes on.
fn quoted(name: &str, whole: bool) -> String {
    match (name.contains(char::is_whitespace), whole) {
        (false, _) => name.to_owned(),
        (true, true) => format!("\"{name}\""),
        (true, false) => format!("\"{name}"),
    }
}

/// What all of them begin with.
fn common(names: &[String]) -> &str {
    let Some((first, rest)) = names.split_first() else { return "" };
    let same = |end: &usize| rest.iter().all(|name| name.starts_with(&first[..*end]));
    let ends = first.char_indices().map(|(at, c)| at + c.len_utf8());
    &first[..ends.take_while(same).last().unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<String> {
        names(line).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn names_are_apart_by_blanks_but_for_those_in_quotes() {
        assert_eq!(read("a.log \"b c.log\" d"), ["a.log", "b c.log", "d"]);
        assert_eq!(read("a \"b c"), ["a", "b c"], "a quote that is still open");
        assert_eq!(names("関 x").pop(), Some((4, "x".to_owned())));
    }

    #[test]
    fn name_is_completed_as_far_as_it_is_clear() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["egress 1.log", "egress 2.log", "other.log", ".hidden"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let begin = folder.path().display().to_string();
        let mut form = LogFilesForm::new(&[]);
        form.edit.set(&format!("x {begin}/e"));
        form.complete();
        assert_eq!(form.edit.text(), format!("x \"{begin}/egress "));
        assert_eq!(form.meant.as_ref().map(Vec::len), Some(2));
        form.edit.insert("2");
        form.complete();
        assert_eq!(form.edit.text(), format!("x \"{begin}/egress 2.log\""));
        form.edit.set(&format!("{begin}/"));
        form.complete();
        assert_eq!(form.meant.as_ref().map(Vec::len), Some(3), "what is hidden is not offered");
    }
}
