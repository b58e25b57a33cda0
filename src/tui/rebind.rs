//! Keys that the operator chose, put into the key table; what cannot be is told and keeps its usual keys.

use super::action::Action;
use super::app::Pane;
use super::bindings::NAMES;
use super::input::Key;
use super::keymap::{Binding, Keymap, Scope, action_of, name_of};
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::settings::{self as say, Said};
use crate::workbench::{KeySetting, Written};

/// Keys for one action, as the settings want them.
struct Wish<'a> {
    scope: Option<Scope>,
    action: &'static Action,
    keys: Vec<Key>,
    setting: &'a KeySetting,
}

/// Two bindings of one scope that have a key in common, by their places in the table.
struct Clash {
    one: usize,
    other: usize,
    key: Key,
}

impl Keymap {
    /// The table with the keys of the settings, and what of these cannot be.
    #[must_use]
    pub fn with(settings: &[KeySetting]) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut wishes: Vec<Wish<'_>> = Vec::new();
        for setting in settings {
            match wish(setting) {
                Ok(wish) => wishes.push(wish),
                Err(problem) => problems.push(*problem),
            }
        }
        loop {
            let (keymap, made_by) = apply(&wishes);
            let Some(clash) = keymap.clash() else {
                problems.extend(keymap.hidden(&made_by, &wishes));
                return (keymap, problems);
            };
            // The later wish gives way; without wishes nothing clashes.
            let (one, other) = (made_by[clash.one], made_by[clash.other]);
            let Some(late) = one.max(other) else { return (keymap, problems) };
            let (mine, theirs) =
                if one == Some(late) { (clash.one, clash.other) } else { (clash.other, clash.one) };
            let name = |at: usize| name_of(&keymap.bindings[at].action);
            let scope = keymap.bindings[mine].scope.name();
            let said = say::key_taken(&clash.key.to_string(), scope, name(mine), name(theirs));
            let wish = wishes.remove(late);
            problems.push(problem("key-taken", &wish.setting.action.place, said));
        }
    }

    /// Keys for everywhere that mean something else in a pane, because of a wish.
    fn hidden(&self, made_by: &[Option<usize>], wishes: &[Wish<'_>]) -> Vec<Diagnostic> {
        let mut hidden = Vec::new();
        let panes = Pane::ALL.map(Pane::scope);
        let all = || self.bindings.iter().zip(made_by);
        for (outer, outer_by) in all().filter(|(b, _)| b.scope == Scope::Everywhere) {
            for (inner, inner_by) in all().filter(|(b, _)| panes.contains(&b.scope)) {
                let key = inner.keys.iter().find(|key| outer.keys.contains(key));
                let same = inner.action == outer.action;
                let Some(key) = key.filter(|_| !same) else { continue };
                let Some(wish) = (*outer_by).max(*inner_by).and_then(|at| wishes.get(at)) else {
                    continue;
                };
                let (inner_name, outer_name) = (name_of(&inner.action), name_of(&outer.action));
                let (message, help) =
                    say::key_hidden(&key.to_string(), inner.scope.name(), inner_name, outer_name);
                let place = wish.setting.action.place.clone();
                hidden.push(Diagnostic::warning("key-hidden", place, message).help(help));
            }
        }
        hidden
    }

    fn clash(&self) -> Option<Clash> {
        for (other, late) in self.bindings.iter().enumerate() {
            for (one, early) in self.bindings[..other].iter().enumerate() {
                let key = late.keys.iter().find(|key| early.keys.contains(key));
                if early.scope == late.scope
                    && let Some(&key) = key
                {
                    return Some(Clash { one, other, key });
                }
            }
        }
        None
    }
}

/// Reads one setting: does it name a place, an action of that place, and keys that may stand there?
fn wish(setting: &KeySetting) -> Result<Wish<'_>, Box<Diagnostic>> {
    let KeySetting { scope, action: named, keys } = setting;
    let fail = |code, written: &Written, said| Box::new(problem(code, &written.place, said));
    let scope = match scope {
        Some(written) => {
            let is = |scope: &Scope| scope.name() == written.text;
            let found = Scope::ALL.into_iter().find(is);
            Some(found.ok_or_else(|| {
                let known = Scope::ALL.map(Scope::name);
                fail("unknown-place", written, say::unknown_scope(&written.text, &known))
            })?)
        }
        None => None,
    };
    let action = action_of(&named.text).ok_or_else(|| {
        fail("unknown-action", named, say::unknown_action(&named.text, nearest(&named.text)))
    })?;
    let usual = Keymap::default();
    let homes: Vec<&Binding> = usual.bindings.iter().filter(|b| b.action == *action).collect();
    if let Some(scope) = scope
        && !homes.iter().any(|home| home.scope == scope)
    {
        let homes: Vec<&str> = homes.iter().map(|home| home.scope.name()).collect();
        let said = say::not_in_scope(&named.text, scope.name(), &homes);
        return Err(fail("unknown-action", named, said));
    }
    let mut read = Vec::new();
    for written in keys {
        let key = Key::named(&written.text);
        let key =
            key.ok_or_else(|| fail("unknown-key", written, say::unknown_key(&written.text)))?;
        let typed = matches!(key, Key::Char(_));
        if let Some(scope) = scope.filter(|scope| typed && scope.takes_text()) {
            return Err(fail(
                "key-is-text",
                written,
                say::typed_there(&written.text, scope.name()),
            ));
        }
        read.push(key);
    }
    if read.is_empty() {
        return Err(fail("no-key", named, say::no_key(&named.text)));
    }
    Ok(Wish { scope, action, keys: read, setting })
}

/// The table with these wishes, those for one place last, and which wish made each binding.
fn apply(wishes: &[Wish<'_>]) -> (Keymap, Vec<Option<usize>>) {
    let mut keymap = Keymap::default();
    let mut made_by = vec![None; keymap.bindings.len()];
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|&at| wishes[at].scope.is_some());
    for at in order {
        let wish = &wishes[at];
        for (binding, made_by) in keymap.bindings.iter_mut().zip(&mut made_by) {
            let meant = wish.scope.is_none_or(|scope| scope == binding.scope);
            if binding.action != *wish.action || !meant {
                continue;
            }
            // Where characters are text, a key for everywhere that is a character is not taken.
            let fits = |key: &&Key| !(binding.scope.takes_text() && matches!(key, Key::Char(_)));
            let keys: Vec<Key> = wish.keys.iter().filter(fits).copied().collect();
            if !keys.is_empty() {
                binding.keys = keys.into();
                *made_by = Some(at);
            }
        }
    }
    (keymap, made_by)
}

fn problem(code: &'static str, place: &Place, (message, help): Said) -> Diagnostic {
    Diagnostic::error(code, place.clone(), message).help(help)
}

/// The name that is most like `text`, if one is like it.
fn nearest(text: &str) -> Option<&'static str> {
    let near = |name: &'static str| (strsim::damerau_levenshtein(name, text), name);
    let (distance, name) = NAMES.iter().map(|(_, name)| near(name)).min()?;
    (distance <= 1 + text.len() / 4).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;
    use crate::workbench::Settings;

    fn with(text: &str) -> (Keymap, Vec<String>) {
        let settings = Settings::of(text);
        assert!(settings.problems.is_empty(), "{:?}", settings.problems);
        let (keymap, problems) = Keymap::with(&settings.keys);
        let say = |d: &Diagnostic| {
            let place = d.place.as_ref().unwrap();
            format!("{}: {}", place.line, d.message.say(Lang::English))
        };
        (keymap, problems.iter().map(say).collect())
    }

    fn means(keymap: &Keymap, scope: Scope, key: &str) -> &'static str {
        keymap.lookup(&[scope], Key::named(key).unwrap()).map_or("", |action| name_of(&action))
    }

    #[test]
    fn action_is_asked_for_by_its_new_keys_only() {
        let (keymap, problems) = with("[keys]\npick-up = \"Z\"\nundo = [\"z\", \"ctrl-z\"]\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(means(&keymap, Scope::Rules, "Z"), "pick-up");
        assert_eq!(means(&keymap, Scope::Rules, "m"), "");
        assert_eq!(means(&keymap, Scope::Everywhere, "ctrl-z"), "undo");
        assert_eq!(keymap.fill("{undo} {pick-up}"), "z Z");
    }

    #[test]
    fn key_for_one_place_leaves_the_others_alone() {
        let (keymap, problems) =
            with("[keys.cases]\ndown = \"s\"\n[keys]\ndown = [\"n\", \"down\"]\n");
        // `n` makes a rule in the rule list already.
        assert_eq!(problems, ["4: in `rules` the key `n` would mean both `down` and `new-rule`"]);
        assert_eq!(means(&keymap, Scope::Cases, "s"), "down");
        assert_eq!(means(&keymap, Scope::Rules, "j"), "down");
    }

    #[test]
    fn key_that_a_pane_hides_is_told() {
        let (keymap, problems) = with("[keys]\nundo = [\"n\", \"z\"]\npick-up = \"q\"\n");
        assert_eq!(
            problems,
            [
                "2: in `rules` the key `n` means `new-rule`, not `undo`",
                "2: in `cases` the key `n` means `new-case`, not `undo`",
                "3: in `rules` the key `q` means `pick-up`, not `quit`",
            ]
        );
        assert_eq!(means(&keymap, Scope::Everywhere, "n"), "undo");
    }

    #[test]
    fn two_actions_may_change_places() {
        let (keymap, problems) = with("[keys]\nedit-rule = \"n\"\nnew-rule = \"e\"\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(means(&keymap, Scope::Rules, "n"), "edit-rule");
        assert_eq!(means(&keymap, Scope::Rules, "e"), "new-rule");
    }

    #[test]
    fn characters_stay_text_where_text_is_typed() {
        let (keymap, problems) = with("[keys]\nclose = [\"Q\", \"ctrl-x\"]\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(means(&keymap, Scope::Form, "ctrl-x"), "close");
        assert_eq!(means(&keymap, Scope::Form, "Q"), "");
        assert_eq!(means(&keymap, Scope::Diff, "Q"), "close");
        let (_, problems) = with("[keys.form]\nclose = \"Q\"\n");
        assert_eq!(problems, ["2: in `form` the key `Q` is text that is typed"]);
    }

    #[test]
    fn what_cannot_be_is_told_and_keeps_its_usual_keys() {
        let text = "[keys]\npick-pu = \"M\"\nundo = \"ctrl-i\"\nredo = []\n[keys.rule]\nundo = \"z\"\n[keys.kitchen]\nundo = \"z\"\n";
        let (keymap, problems) = with(text);
        assert_eq!(
            problems,
            [
                "2: no action is called `pick-pu`",
                "3: no key is called `ctrl-i`",
                "4: `redo` is left without a key",
                "6: `undo` means nothing in `rule`",
                "7: keys have no place called `kitchen`",
            ]
        );
        assert_eq!(means(&keymap, Scope::Rules, "m"), "pick-up");
        assert_eq!(means(&keymap, Scope::Everywhere, "u"), "undo");
    }
}
