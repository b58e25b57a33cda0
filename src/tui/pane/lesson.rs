//! The panel of a lesson: what the step says, the answers to choose from, hints, the goals and how they stand.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

use crate::learn::{GoalState, Predict, Step, Task, outcome, request};
use crate::messages::{learn as say, printable};
use crate::policy::{Rule, RuleBody};
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, wrap};
use crate::tui::lesson::{Running, goals};
use crate::tui::overlay::Overlay;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines};

/// Lines that the panes below need.
const PANES: u16 = 8;

/// Draws the panel at the top where a lesson goes on; returns what is left for the panes.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) -> Rect {
    let Some(running) = scene.app.lessons.now() else { return area };
    let Some(step) = running.lesson.steps.get(running.step) else { return area };
    let room = usize::from(area.width.saturating_sub(4));
    let lines = lines(scene, step, (running, &mut *cache), room);
    let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let most = area.height.saturating_sub(PANES).max(5);
    let [panel, rest] =
        Layout::vertical([Constraint::Length(wanted.min(most)), Constraint::Min(0)]).areas(area);
    let takes_keys = matches!(scene.app.overlays.last(), Some(Overlay::Lesson));
    let title = title(scene, running);
    let role = if takes_keys { Role::Accent } else { Role::Muted };
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_style(scene.style(Role::Muted))
        .title(Span::styled(cut(&title, room), scene.style(role)));
    let inner = block.inner(panel);
    let about = (running.number, running.step, running.chosen);
    let first = cache.text(Scrolled::Lesson, &about, lines.len(), inner.height.into());
    let more = takes_keys && lines.len() > first + usize::from(inner.height);
    let below = if more { scene.say(say::MORE) } else { String::new() };
    let below = Line::styled(below, scene.style(Role::Accent)).right_aligned();
    frame.render_widget(block.title_bottom(below), panel);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    draw_lines(frame, inner, lines, first);
    rest
}

/// Which lesson it is and how far; of the quiz, which question, and once it was answered how it stands with its topic.
fn title(scene: &Scene<'_>, running: &Running) -> String {
    let lesson = &running.lesson;
    let lessons = &scene.app.lessons;
    if let Some(topic) = running.topic {
        let number = u64::try_from(running.number).unwrap_or_default() + 1;
        let head = scene.say(say::question_of(number));
        // The topic would tell half of the answer.
        let known = lessons.progress.quiz.get(topic.word()).filter(|_| running.chosen.is_some());
        let (right, all) = known.copied().unwrap_or_default();
        let words = say::accuracy(say::topic(topic.word()), right, all);
        let score = known.map(|_| scene.say(words)).unwrap_or_default();
        return format!(" {head}   {score} ");
    }
    let of = scene.say(say::lesson_of(running.number + 1, lessons.list.len()));
    let dots: Vec<&str> =
        (0..lesson.steps.len()).map(|at| if at <= running.step { "●" } else { "○" }).collect();
    format!(" {of}   {}   {} ", lesson.title.say(scene.lang()), dots.join(" "))
}

fn lines(
    scene: &Scene<'_>,
    step: &Step,
    (running, cache): (&Running, &mut ViewCache),
    room: usize,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    match step {
        Step::Read(text) => add(scene, &mut lines, &scene.say(text.clone()), Role::Text, room),
        Step::Recap(text) => {
            head(scene, &mut lines, &scene.say(say::RECAP));
            add(scene, &mut lines, &scene.say(text.clone()), Role::Text, room);
        }
        Step::Predict(predict) => prediction(scene, predict, running, room, &mut lines),
        Step::Do(task) => {
            let states = cache.goals(scene.app.version(), || goals(scene.app));
            doing(scene, (task, states), running, room, &mut lines);
        }
    }
    lines
}

fn head(scene: &Scene<'_>, lines: &mut Vec<Line<'static>>, text: &str) {
    lines.push(Line::styled(text.to_owned(), scene.bold()));
}

fn add(scene: &Scene<'_>, lines: &mut Vec<Line<'static>>, text: &str, role: Role, room: usize) {
    let style = scene.style(role);
    for paragraph in text.lines() {
        let wrapped = wrap(paragraph, room);
        if wrapped.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, style)));
    }
}

/// The question, the answers, and once one was chosen what the engine says.
fn prediction(
    scene: &Scene<'_>,
    predict: &Predict,
    running: &Running,
    room: usize,
    lines: &mut Vec<Line<'static>>,
) {
    let asks = predict.question.clone().unwrap_or_else(|| say::WHAT_HAPPENS.into());
    let question = format!("{} {}", scene.say(request(&predict.ask)), scene.say(asks));
    add(scene, lines, &question, Role::Text, room);
    if running.topic.is_some() {
        for text in by_hand(scene) {
            add(scene, lines, &printable(&text), Role::Muted, room);
        }
    }
    for (at, (letter, choice)) in ('a'..).zip(predict.choices()).enumerate() {
        let text = format!("{letter}  {}", scene.say(outcome(choice)));
        let right = *choice == predict.answer;
        let behind = if running.chosen.is_some() { 14 } else { 5 };
        let (mark, style) = match running.chosen {
            Some(_) if right => (scene.say(say::IS_RIGHT), scene.style(Role::Pass)),
            Some(chosen) if chosen == at => (scene.say(say::IS_WRONG), scene.style(Role::Drop)),
            Some(_) => (String::new(), scene.style(Role::Muted)),
            None => (String::new(), scene.style(Role::Text)),
        };
        lines.push(Line::from(vec![
            Span::styled(format!("  {}   ", cut(&text, room.saturating_sub(behind))), style),
            Span::styled(mark, style.add_modifier(Modifier::BOLD)),
        ]));
    }
    if let Some(revealed) = &running.revealed {
        lines.push(Line::default());
        let text = scene.say(revealed.clone());
        let paragraphs: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        add(scene, lines, &paragraphs.join("\n"), Role::Text, room);
    }
}

/// The rules of a question that are written by hand: the list has no room to say what they ask.
fn by_hand(scene: &Scene<'_>) -> Vec<String> {
    let rules = scene.policy.rule_groups.iter().flat_map(|group| &group.rules);
    let text = |rule: &Rule| match &rule.body {
        RuleBody::Suricata(hand) => Some(format!("{}: {}", rule.name.value, hand.text.trim())),
        RuleBody::Match(_) => None,
    };
    rules.filter_map(text).collect()
}

/// What is to be done, how the goals stand, and the hints that were asked for.
fn doing(
    scene: &Scene<'_>,
    (task, states): (&Task, &[GoalState]),
    running: &Running,
    room: usize,
    lines: &mut Vec<Line<'static>>,
) {
    add(scene, lines, &scene.say(task.words.clone()), Role::Text, room);
    for state in states {
        let (word, role) = if state.is_met() {
            (scene.say(say::MET), Role::Pass)
        } else {
            (scene.say(say::NOT_YET), Role::Changed)
        };
        let text = match state {
            GoalState::Case(case) => {
                let case = &case.0;
                say::case(&case.name.value, &case.from, &case.url, case.expect.word())
            }
            GoalState::Other(number, _) => {
                task.goals.get(*number).map_or_else(String::new, |goal| {
                    scene.say(say::goal(&request(&goal.ask), goal.expect.word()))
                })
            }
        };
        lines.push(Line::from(vec![
            Span::styled(format!("  {word}  "), scene.style(role)),
            Span::styled(cut(&text, room.saturating_sub(12)), scene.style(Role::Text)),
        ]));
    }
    for (level, hint) in task.hints.iter().take(running.hints).enumerate() {
        let text = format!("{}: {}", scene.say(say::hint(level + 1)), scene.say(hint.clone()));
        add(scene, lines, &text, Role::Accent, room);
    }
    let takes_keys = matches!(scene.app.overlays.last(), Some(Overlay::Lesson));
    let done = states.iter().all(GoalState::is_met);
    let words = match (done, takes_keys) {
        (true, true) => say::ALL_MET_HERE,
        (true, false) => say::ALL_MET,
        (false, true) => say::TO_THE_WORK,
        (false, false) => say::TO_THE_PANEL,
    };
    add(scene, lines, &scene.with_keys(words), Role::Muted, room);
}
