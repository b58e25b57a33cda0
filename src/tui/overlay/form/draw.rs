use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::Form;
use super::complete::fitting;
use super::field::{FormField, Key};
use super::state::What;
use crate::messages::{Text, screen as say, thing as words};
use crate::policy::Policy;
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::overlay::popup::popup;
use crate::tui::pane::effects::change_lines;
use crate::tui::syntax;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, draw_lines};

/// Cells of the names of fields, at least.
const LABEL: u16 = 10;
/// Lines of the text of a hand-written rule.
const TEXT_LINES: u16 = 8;
/// From this width on the meaning stands beside the fields.
const SIDE_BY_SIDE: u16 = 110;

impl Form {
    /// Draws the form with what its fields would mean.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let title = self.title(scene.policy);
        let beside = area.width >= SIDE_BY_SIDE;
        let area = Rect { height: area.height.saturating_sub(2), ..area };
        let fields: u16 = self.fields.iter().map(lines_of).sum();
        let meaning = if beside { 3 } else { 9 };
        let size = (area.width.saturating_sub(4).min(132), fields.max(14) + meaning);
        let inner = popup(scene, frame, area, title, size);
        let parts = if beside {
            let [left, _, right] = Layout::horizontal([
                Constraint::Fill(1),
                Constraint::Length(3),
                Constraint::Fill(1),
            ])
            .areas(inner);
            [left, right]
        } else {
            // The meaning keeps a few lines where there is little room; the fields scroll then.
            let below = (inner.height / 3).max(inner.height.saturating_sub(fields + 3));
            Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(inner)
        };
        self.draw_fields(scene, frame, parts[0]);
        draw_lines(frame, parts[1], self.meaning(scene, parts[1].width.into()), 0);
    }

    fn title(&self, policy: &Policy) -> Text {
        match &self.what {
            What::Rule(at) => {
                let rule = policy.rule(*at).map(|rule| rule.name.value.as_str());
                say::form_of(rule.unwrap_or_default())
            }
            What::NewRule(at) => say::form_new(&policy.rule_groups[at.group].name.value),
            What::Thing(thing) => {
                let name = thing.name(policy).unwrap_or_default();
                words::form_of(thing.kind_word(), name)
            }
            What::NewThing(thing) => words::form_new(thing.kind_word()),
        }
    }

    /// Cells of the names of fields.
    fn label(&self, scene: &Scene<'_>, area: Rect) -> u16 {
        let label = |field: &FormField| width(field.key.label().say(scene.lang())) + 1;
        let longest = self.fields.iter().map(label).max();
        let longest = u16::try_from(longest.unwrap_or_default()).unwrap_or(LABEL);
        longest.max(LABEL).min((area.width / 2).max(LABEL))
    }

    /// The fields from top to bottom, as many as there is room for around the one being typed.
    fn draw_fields(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let label = self.label(scene, area);
        let hint = self.hint(scene, usize::from(area.width.saturating_sub(label)));
        let heights: Vec<u16> = self.fields.iter().map(lines_of).collect();
        let hint_lines = u16::try_from(hint.len()).unwrap_or_default();
        let mut first = 0;
        while heights[first..=self.at].iter().sum::<u16>() + hint_lines > area.height
            && first < self.at
        {
            first += 1;
        }
        let problem = self.preview.problem.as_ref().map(|(field, _)| *field);
        let mut y = area.y;
        for (index, &lines) in heights.iter().enumerate().skip(first) {
            let height = lines.min(area.bottom().saturating_sub(y));
            if height == 0 {
                break;
            }
            let line = Rect { y, height, ..area };
            self.draw_field(scene, frame, line, (index, label));
            y += height;
            let about = problem.unwrap_or(self.at);
            if index == about && !hint.is_empty() {
                let below = Rect {
                    x: area.x + label.min(area.width),
                    y,
                    width: area.width.saturating_sub(label),
                    height: hint_lines.min(area.bottom().saturating_sub(y)),
                };
                draw_lines(frame, below, hint.clone(), 0);
                y += below.height;
            }
        }
    }

    fn draw_field(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        (index, cells): (usize, u16),
    ) {
        let field = &self.fields[index];
        let typing = index == self.at;
        let wrong = self.preview.problem.as_ref().is_some_and(|(at, _)| *at == index);
        let role = match (wrong, typing) {
            (true, _) => Role::Error,
            (false, true) => Role::Accent,
            (false, false) => Role::Muted,
        };
        let label = Rect { height: 1, width: cells.min(area.width), ..area };
        let name = fit(field.key.label().say(scene.lang()), cells.into());
        frame.render_widget(Span::styled(name, scene.style(role)), label);
        let input = Rect { x: label.right(), width: area.width - label.width, ..area };
        if field.edit.text().is_empty() && !typing {
            let text = cut(&scene.say(field.key.like()), input.width.into());
            frame.render_widget(Span::styled(text, scene.style(Role::Muted)), input);
        } else {
            field.edit.draw(frame, input, scene.style(Role::Text), typing);
            if field.key.is_rules() {
                syntax::colour(scene.theme, frame, input, &field.edit.text());
            }
        }
    }

    /// What is wrong, or else what could be typed.
    fn hint(&self, scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
        // Where there are few fields there is room for the whole of it.
        let most = if self.fields.len() < 8 { 6 } else { 3 };
        let lines = |text: &str, role: Role| -> Vec<Line<'static>> {
            let style = scene.style(role);
            wrap(text, room).into_iter().take(most).map(|l| Line::styled(l, style)).collect()
        };
        let field = &self.fields[self.at];
        let problem = self.preview.problem.as_ref().map(|(_, why)| why);
        if let Some(why) = problem.filter(|_| !field.key.is_rules()) {
            return lines(&scene.say(why), Role::Error);
        }
        let (text, candidates) = self.completions(&scene.app.session);
        let fitting = fitting(field.key, &text, &candidates);
        if let Some(why) = problem {
            let mut hint = lines(&scene.say(why), Role::Error);
            if !fitting.is_empty() {
                // A rule that is not finished has a problem at nearly every key.
                let words: Vec<&str> = fitting.iter().map(|c| c.as_str()).collect();
                hint.extend(lines(&cut(&words.join("  "), room), Role::Muted));
            }
            return hint;
        }
        if fitting.is_empty() || fitting.iter().any(|c| **c == text) {
            let Key::Of(of, _) = field.key else { return Vec::new() };
            let (What::Thing(thing) | What::NewThing(thing)) = &self.what else {
                return Vec::new();
            };
            let meaning = words::meaning(thing.kind_word(), of.word());
            return lines(meaning.say(scene.lang()), Role::Muted);
        }
        let words: Vec<&str> = fitting.iter().map(|c| c.as_str()).collect();
        vec![Line::styled(cut(&words.join("  "), room), scene.style(Role::Muted))]
    }

    /// What the test and the cases would become, and the text that would be deployed.
    fn meaning(&self, scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
        let styled = |text: &str, role: Role| -> Vec<Line<'static>> {
            wrap(text, room).into_iter().map(|l| Line::styled(l, scene.style(role))).collect()
        };
        let mut lines = Vec::new();
        if let Some(sentence) = &self.preview.sentence {
            lines.extend(styled(&scene.say(sentence), Role::Text));
            lines.push(Line::default());
        }
        if !self.preview.changes.is_empty() {
            lines.extend(styled(
                &scene.say(say::cases_change(self.preview.changes.len())),
                Role::Changed,
            ));
            lines.extend(change_lines(scene, &self.preview.changes, room, 5));
            lines.push(Line::default());
        }
        if self.preview.problem.is_none() {
            lines.extend(self.deployed(scene, room, &styled));
        }
        lines
    }

    /// The text that would be deployed: that of the rule, or of the rules that use the thing.
    fn deployed(
        &self,
        scene: &Scene<'_>,
        room: usize,
        styled: &impl Fn(&str, Role) -> Vec<Line<'static>>,
    ) -> Vec<Line<'static>> {
        let preview = &self.preview;
        let thing = match &self.what {
            What::Rule(_) | What::NewRule(_) => None,
            What::Thing(thing) | What::NewThing(thing) => Some(thing.kind_word()),
        };
        let head = match (thing, preview.rules.first()) {
            (None, None) => return styled(&scene.say(say::NOT_COMPILED), Role::Muted),
            (None, Some(rule)) => say::compiled_to(rule.lines.len()),
            (Some(what), _) => {
                let count = preview.rules.len() + preview.more;
                words::deployed(what, count)
            }
        };
        let mut lines = styled(&scene.say(head), Role::Text);
        for rule in &preview.rules {
            if let Some((number, name)) = &rule.head {
                lines.push(Line::styled(format!("#{number} {name}"), scene.bold()));
            }
            let told = |text: &String| syntax::lines(scene.theme, text, room, Role::Muted);
            lines.extend(rule.lines.iter().flat_map(told));
        }
        if preview.more > 0 {
            lines.extend(styled(&scene.say(say::more(preview.more)), Role::Muted));
        }
        lines
    }
}

fn lines_of(field: &FormField) -> u16 {
    if field.edit.has_lines() { TEXT_LINES } else { 1 }
}
