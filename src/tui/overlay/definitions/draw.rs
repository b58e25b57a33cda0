use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::DefinitionsView;
use super::list::{Row, rows};
use crate::messages::screen::SELECTED;
use crate::messages::thing::definitions as say;
use crate::policy::{Field, Policy, Thing, thing_texts, users};
use crate::tui::action::Target;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::overlay::popup::popup;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, line_at};
use crate::workbench::stateless_text;

/// Cells of the mark in front of what is selected.
const MARK: usize = 2;
/// Cells of the names, at most.
const NAME: usize = 30;
/// Lines that say who uses what is selected.
const USED: u16 = 2;
/// Users that are named.
const MOST_USERS: usize = 6;

impl DefinitionsView {
    /// Draws the list over the panes.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let area = Rect { height: area.height.saturating_sub(2), ..area };
        let rows = rows(scene.policy);
        let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(3 + USED);
        let size = (area.width.saturating_sub(4).min(116), height);
        let inner = popup(scene, frame, area, say::TITLE, size);
        let body = Rect { height: inner.height.saturating_sub(USED + 1), ..inner };
        let at = self.at(&rows);
        let first = cache.list(Scrolled::Help, at, rows.len(), body.height.into());
        let seen = &rows[first.min(rows.len())..];
        let seen = &seen[..seen.len().min(body.height.into())];
        let names = seen.iter().map(|row| width(&name(scene.policy, row)) + 2).max().unwrap_or(0);
        for (y, row) in (0..body.height).zip(seen) {
            let line = line_at(body, y);
            let index = first + usize::from(y);
            if index == at {
                frame.buffer_mut().set_style(line, scene.style(Role::Selected));
            }
            cache.target(line, Target::Definition(index));
            let mark = if index == at { SELECTED } else { "" };
            let mut spans = vec![Span::styled(fit(mark, MARK), scene.bold())];
            let room = usize::from(line.width).saturating_sub(MARK);
            spans.extend(drawn(scene, row, names.min(NAME), room));
            frame.render_widget(Line::from(spans), line);
        }
        if let Some(Row::Thing(thing)) = rows.get(at) {
            let below = inner.bottom().saturating_sub(USED);
            let key = (scene.app.session.revision(), scene.lang());
            let lines = cache.used_by(key, thing, || used_by(scene, thing));
            let lines = wrap(&lines, inner.width.into()).into_iter().take(USED.into());
            for (y, text) in (below..inner.bottom()).zip(lines) {
                let line = Rect { y, height: 1, ..inner };
                frame.render_widget(Span::styled(text, scene.style(Role::Muted)), line);
            }
        }
    }
}

/// What a line is called: a set of a group with the group.
fn name(policy: &Policy, row: &Row) -> String {
    let Row::Thing(thing) = row else { return String::new() };
    let own = thing.name(policy).unwrap_or_default();
    let of = |group: usize| policy.rule_groups.get(group).map(|g| g.name.value.as_str());
    match thing {
        Thing::IpSet(Some(group), _)
        | Thing::PortSet(Some(group), _)
        | Thing::Reference(group, _) => {
            format!("  {}/{own}", of(*group).unwrap_or_default())
        }
        Thing::StatelessRow(_) => format!("    {own}"),
        Thing::Stateless => format!("  {}", Field::DefaultAction.word()),
        _ => format!("  {own}"),
    }
}

fn drawn(scene: &Scene<'_>, row: &Row, names: usize, room: usize) -> Vec<Span<'static>> {
    let text = match row {
        Row::Head(part, count) => {
            let title = scene.say(part.title());
            let mut spans = vec![Span::styled(title, scene.bold())];
            if *count == 0 {
                let none = scene.with_keys(say::NONE);
                spans.push(Span::styled(format!("   {none}"), scene.style(Role::Muted)));
            }
            return spans;
        }
        Row::Thing(thing) => summary(scene, thing),
    };
    let name = fit(&name(scene.policy, row), names);
    let rest = room.saturating_sub(names + 2);
    vec![
        Span::styled(name, scene.style(Role::Text)),
        Span::styled(format!("  {}", cut(&text, rest)), scene.style(Role::Muted)),
    ]
}

/// What a thing says, in short.
fn summary(scene: &Scene<'_>, thing: &Thing) -> String {
    let policy = scene.policy;
    let Some(texts) = thing_texts(policy, thing) else { return String::new() };
    let some = |texts: &[String]| {
        let said = texts.iter().filter(|text| !text.is_empty());
        said.map(|text| text.replace('\n', " ")).collect::<Vec<_>>().join("  ")
    };
    match thing {
        Thing::Group(at) => {
            let group = &policy.rule_groups[*at];
            let rules = group.managed.is_none().then_some(group.rules.len());
            let about = scene.say(say::group(group.priority.value, rules));
            some(&[about, some(&texts[2..])])
        }
        Thing::StatelessGroup(at) => {
            let group = &policy.stateless.rule_groups[*at];
            let about = say::group(group.priority.value, Some(group.rules.len()));
            some(&[scene.say(about), some(&texts[2..])])
        }
        Thing::StatelessRow(at) => policy.stateless_row(*at).map_or_else(String::new, |row| {
            let text = stateless_text(row);
            let ends = format!("{} {} → {}", row.action.word().to_uppercase(), text.from, text.to);
            std::iter::once(ends)
                .chain(text.asks.iter().map(|asks| scene.say(asks)))
                .collect::<Vec<_>>()
                .join("  ")
        }),
        Thing::Case(_) => {
            format!("{}  {}  {}", texts[4].to_uppercase(), texts[1], some(&texts[2..4]))
        }
        Thing::Policy => {
            let said =
                thing.fields().iter().zip(&texts).skip(1).filter(|(_, text)| !text.is_empty());
            let named = said.map(|((field, _), text)| format!("{}: {text}", field.word()));
            some(&named.collect::<Vec<_>>())
        }
        Thing::Stateless => some(&texts),
        Thing::Source(_) => {
            let mut texts = texts[1..].to_vec();
            if let Some(except) = texts.get_mut(1).filter(|except| !except.is_empty()) {
                *except = format!("{} {except}", Field::Except.word());
            }
            some(&texts)
        }
        Thing::List(_) | Thing::IpSet(..) | Thing::PortSet(..) | Thing::Reference(..) => {
            some(&texts[1..])
        }
    }
}

/// Who names the thing.
fn used_by(scene: &Scene<'_>, thing: &Thing) -> String {
    let policy = scene.policy;
    let users = users(policy, thing);
    let names: Vec<String> = users.iter().take(MOST_USERS).map(|user| user.name(policy)).collect();
    match thing {
        Thing::Policy | Thing::Stateless | Thing::Case(_) => String::new(),
        Thing::Group(_) | Thing::StatelessGroup(_) | Thing::StatelessRow(_) if users.is_empty() => {
            String::new()
        }
        _ if users.is_empty() => scene.say(say::UNUSED),
        _ => {
            let more = users.len() - names.len();
            scene.say(say::used_by(&names, more))
        }
    }
}
