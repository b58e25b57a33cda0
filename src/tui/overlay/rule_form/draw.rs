use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::RuleForm;
use super::complete::{candidates, fitting};
use super::form::{FormField, What};
use crate::messages::screen as say;
use crate::policy::RuleField;
use crate::tui::cells::{cut, fit, wrap};
use crate::tui::overlay::popup::popup;
use crate::tui::pane::effects::change_lines;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, draw_lines};

/// Cells of the names of fields.
const LABEL: u16 = 10;
/// Lines of the text of a hand-written rule.
const TEXT_LINES: u16 = 8;
/// From this width on the meaning stands beside the fields.
const SIDE_BY_SIDE: u16 = 110;

impl RuleForm {
    /// Draws the form with what its fields would mean.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let title = match self.what {
            What::Rule(_) => say::form_of(&self.name(scene)),
            What::New(at) => say::form_new(&scene.policy.rule_groups[at.group].name.value),
        };
        let beside = area.width >= SIDE_BY_SIDE;
        let area = Rect { height: area.height.saturating_sub(2), ..area };
        let fields: u16 = self.fields.iter().map(lines_of).sum();
        let meaning = if beside { 3 } else { 9 };
        let size = (area.width.saturating_sub(4).min(132), fields.max(14) + meaning);
        let inner = popup(scene, frame, area, &title, size);
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

    fn name(&self, scene: &Scene<'_>) -> String {
        scene.policy.rule(self.place()).map(|rule| rule.name.value.clone()).unwrap_or_default()
    }

    /// The fields from top to bottom, as many as there is room for around the one being typed.
    fn draw_fields(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let hint = self.hint(scene, usize::from(area.width.saturating_sub(LABEL)));
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
        for (index, field) in self.fields.iter().enumerate().skip(first) {
            let height = heights[index].min(area.bottom().saturating_sub(y));
            if height == 0 {
                break;
            }
            let line = Rect { y, height, ..area };
            self.draw_field(scene, frame, line, index);
            y += height;
            let about = problem.unwrap_or(self.at);
            if index == about && !hint.is_empty() {
                let below = Rect {
                    x: area.x + LABEL.min(area.width),
                    y,
                    width: area.width.saturating_sub(LABEL),
                    height: hint_lines.min(area.bottom().saturating_sub(y)),
                };
                draw_lines(frame, below, hint.clone(), 0);
                y += below.height;
            }
            let _ = field;
        }
    }

    fn draw_field(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, index: usize) {
        let field = &self.fields[index];
        let typing = index == self.at;
        let wrong = self.preview.problem.as_ref().is_some_and(|(at, _)| *at == index);
        let role = match (wrong, typing) {
            (true, _) => Role::Error,
            (false, true) => Role::Accent,
            (false, false) => Role::Muted,
        };
        let label = Rect { height: 1, width: LABEL.min(area.width), ..area };
        let name = fit(label_of(field.field), LABEL.into());
        frame.render_widget(Span::styled(name, scene.style(role)), label);
        let input = Rect { x: label.right(), width: area.width - label.width, ..area };
        if field.edit.text().is_empty() && !typing {
            let text = cut(placeholder_of(field.field), input.width.into());
            frame.render_widget(Span::styled(text, scene.style(Role::Muted)), input);
        } else {
            field.edit.draw(frame, input, scene.style(Role::Text), typing);
        }
    }

    /// What is wrong, or else what could be typed.
    fn hint(&self, scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
        let lines = |text: &str, role: Role| -> Vec<Line<'static>> {
            let style = scene.style(role);
            wrap(text, room).into_iter().take(3).map(|l| Line::styled(l, style)).collect()
        };
        if let Some((_, why)) = &self.preview.problem {
            return lines(why, Role::Error);
        }
        let field = &self.fields[self.at];
        let candidates = candidates(&scene.app.session, field.field);
        let text = field.edit.text();
        let fitting = fitting(field.field, &text, &candidates);
        if fitting.is_empty() || fitting.iter().any(|c| **c == text) {
            return Vec::new();
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
            lines.extend(styled(sentence, Role::Text));
            lines.push(Line::default());
        }
        if !self.preview.changes.is_empty() {
            lines.extend(styled(&say::cases_change(self.preview.changes.len()), Role::Changed));
            lines.extend(change_lines(scene, &self.preview.changes, room, 5));
            lines.push(Line::default());
        }
        if self.preview.rules.is_empty() {
            if self.preview.problem.is_none() {
                lines.extend(styled(say::NOT_COMPILED, Role::Muted));
            }
        } else {
            lines.extend(styled(&say::compiled_to(self.preview.rules.len()), Role::Text));
            lines.extend(self.preview.rules.iter().flat_map(|rule| styled(rule, Role::Muted)));
        }
        lines
    }
}

fn lines_of(field: &FormField) -> u16 {
    if field.edit.has_lines() { TEXT_LINES } else { 1 }
}

const fn label_of(field: RuleField) -> &'static str {
    match field {
        RuleField::Name => say::form::NAME,
        RuleField::Action => say::form::ACTION,
        RuleField::From => say::form::FROM,
        RuleField::To => say::form::TO,
        RuleField::Protocols => say::form::PROTOCOLS,
        RuleField::Ports => say::form::PORTS,
        RuleField::Log => say::form::LOG,
        RuleField::Enabled => say::form::ENABLED,
        RuleField::Sid => say::form::SID,
        RuleField::Note => say::form::NOTE,
        RuleField::Ticket => say::form::TICKET,
        RuleField::Owner => say::form::OWNER,
        RuleField::Expires => say::form::EXPIRES,
        RuleField::Suricata => say::form::SURICATA,
    }
}

const fn placeholder_of(field: RuleField) -> &'static str {
    match field {
        RuleField::Name => say::like::NAME,
        RuleField::Action => say::like::ACTION,
        RuleField::From => say::like::FROM,
        RuleField::To => say::like::TO,
        RuleField::Protocols => say::like::PROTOCOLS,
        RuleField::Ports => say::like::PORTS,
        RuleField::Log => say::like::LOG,
        RuleField::Enabled => say::like::ENABLED,
        RuleField::Sid => say::like::SID,
        RuleField::Expires => say::like::EXPIRES,
        RuleField::Note | RuleField::Ticket | RuleField::Owner | RuleField::Suricata => "",
    }
}
