//! What each key does: the help, the footer and `docs/keys.md` say it with these words.

/// Where keys mean something, as the help heads it.
pub mod scope {
    /// Everywhere but in texts and overlays.
    pub const EVERYWHERE: &str = "Everywhere";
    /// The rule list.
    pub const RULES: &str = "Rules";
    /// While a rule is carried.
    pub const CARRY: &str = "Carrying a rule";
    /// After a search.
    pub const FOUND: &str = "After a search";
    /// The test pane.
    pub const TEST: &str = "Test";
    /// The fields of the test bar.
    pub const FIELD: &str = "Typing a request";
    /// The pane of the selected rule.
    pub const RULE: &str = "Selected rule";
    /// The case list.
    pub const CASES: &str = "Cases";
    /// The list of all actions.
    pub const PALETTE: &str = "Choosing an action";
    /// The help.
    pub const HELP: &str = "Help";
    /// The question before leaving.
    pub const LEAVE: &str = "Leaving with unsaved changes";
    /// The list of findings.
    pub const FINDINGS: &str = "Reading the findings";
    /// What the real engine said.
    pub const OPINION: &str = "Reading the second opinion";
    /// The question about unsaved changes that were left behind.
    pub const LEFT: &str = "Unsaved changes left behind";
    /// The question about a file that others changed.
    pub const DISK: &str = "File changed by others";
    /// Something to be read and closed.
    pub const NOTICE: &str = "Told something";
    /// The view of differences.
    pub const DIFF: &str = "Looking at differences";
    /// The list of what a policy says beside its rules.
    pub const DEFINITIONS: &str = "Everything but the rules";
    /// A form.
    pub const FORM: &str = "Form";
    /// The text of a hand-written rule.
    pub const FORM_TEXT: &str = "Rule form, in Suricata's language";
    /// The view that explains the verdict.
    pub const EXPLAIN: &str = "Explaining the verdict";
    /// The rows there.
    pub const REASONS: &str = "Rows of an explanation";
    /// The edits offered there.
    pub const OFFERS: &str = "Edits that would change the verdict";
    /// The filter of the rows there.
    pub const FILTER: &str = "Typing a filter";
    /// The name of a case that is kept.
    pub const KEEP: &str = "Keeping a case";
    /// A question for one line of text.
    pub const PROMPT: &str = "Asked for a line";
    /// The search line.
    pub const SEARCH: &str = "Searching";
}

/// The page that `sekisho keys` prints, before its tables.
pub const PAGE: &str = "\
# Keys

Made by `sekisho keys` from the table that the screen uses, with the keys of your settings. A key belongs to the innermost place that knows it. \
In a text every printable key is text.

The mouse selects rules, fields and cases; the wheel scrolls.

What is copied goes to the clipboard of the terminal you sit at (OSC 52), over ssh too. Not every terminal allows that; \
tmux does with `set -g set-clipboard on`.

Settings are in `config.toml`, in the folder that the system has for settings (`~/.config/sekisho` on Linux), or in the \
file of `--config`. All of them:

```toml
theme = \"light\"                 # dark, light or high-contrast; else what suits the terminal
language = \"ja\"                 # en or ja; else that of the locale

[keys]                           # by the names below, wherever the action has keys
undo = [\"z\", \"ctrl-z\"]
[keys.rules]                     # in one place
new-rule = \"a\"
```
";

/// Head of a key column.
pub const KEY: &str = "key";
/// Head of the column of names.
pub const NAME: &str = "name";
/// What settings call a place of keys.
#[must_use]
pub fn place(name: &str) -> String {
    format!("`[keys.{name}]`")
}
/// Head of the column that says what a key does.
pub const DOES: &str = "what it does";

/// Sentences of the help, and words of the footer.
pub mod help {
    #![allow(missing_docs, reason = "each sentence says what it is")]
    pub const QUIT: &str = "leave; asks if something is unsaved";
    pub const SAVE: &str = "save";
    pub const SAVE_AS: &str = "save under another name";
    pub const HELP: &str = "show the keys";
    pub const NEXT_THEME: &str = "switch the theme: dark, light, high-contrast";
    pub const PALETTE: &str = "list every action, and do one; a number goes to a rule";
    pub const RUN: &str = "do it";
    pub const COPY_RULE: &str = "copy the rule, as the policy writes it";
    pub const COPY_COMPILED: &str = "copy the rules for Suricata that it is compiled to";
    pub const COPY_SENTENCE: &str = "copy the sentence about the request";
    pub const COPY_REQUEST: &str = "copy the request, as a command";
    pub const SHOW_FINDINGS: &str =
        "list the findings: what may not be as meant, and what mends it";
    pub const ACCEPT_FINDING: &str = "accept the finding, with a reason that the policy keeps";
    pub const APPLY_FIX: &str = "make the edit that mends the finding";
    pub const SHOW_OPINION: &str = "show what the real Suricata says to the cases";
    pub const SHOW_CHANGES: &str = "show what is unsaved, as a difference";
    pub const NEXT_TAB: &str = "to the other texts: policy, compiled rules";
    pub const UNDO: &str = "take the last change back";
    pub const REDO: &str = "make it again";
    pub const NEXT_PANE: &str = "to the next pane";
    pub const PREVIOUS_PANE: &str = "to the pane before";
    pub const TO_RULES: &str = "back to the rules";
    pub const TYPE_REQUEST: &str = "type a request: source, URL, destination";
    pub const KEEP_CASE: &str = "keep the request as a case";
    pub const SEARCH: &str =
        "search rules by what they say: name, address, domain, sid, ticket, note";
    pub const GO_TO_DECIDER: &str = "select the rule that decides the request";
    pub const UP: &str = "up";
    pub const DOWN: &str = "down";
    pub const PAGE_UP: &str = "a page up";
    pub const PAGE_DOWN: &str = "a page down";
    pub const FIRST: &str = "to the first";
    pub const LAST: &str = "to the last";
    pub const OPEN: &str = "show the rule in full; fold or unfold a group";
    pub const FOLD: &str = "fold the group";
    pub const UNFOLD: &str = "unfold the group";
    pub const PICK_UP: &str = "pick the rule up, to carry it";
    pub const MOVE_UP: &str = "move the rule up at once, also across groups";
    pub const MOVE_DOWN: &str = "move the rule down at once, also across groups";
    pub const EDIT: &str = "edit the rule, or the group";
    pub const NEW: &str = "new rule below";
    pub const NEW_HAND: &str = "new hand-written rule below, in Suricata's language";
    pub const DELETE: &str = "delete the rule";
    pub const TOGGLE: &str = "disable or enable the rule";
    pub const DUPLICATE: &str = "duplicate the rule";
    pub const PRIORITY: &str = "change the priority of the group";
    pub const CARRY_UP: &str = "carry it up";
    pub const CARRY_DOWN: &str = "carry it down";
    pub const PUT_DOWN: &str = "put it down here";
    pub const PUT_BACK: &str = "put it back";
    pub const NEXT_MATCH: &str = "next match";
    pub const PREVIOUS_MATCH: &str = "match before";
    pub const NEXT_FIELD: &str = "next field";
    pub const PREVIOUS_FIELD: &str = "field before";
    pub const CLEAR_FIELD: &str = "empty the field";
    pub const LEAVE_FIELD: &str = "leave the field, back to where you were";
    pub const TO_ANSWER: &str = "to the answer";
    pub const EDIT_CASE: &str = "edit the case";
    pub const NEW_CASE: &str = "new case";
    pub const DEFINITIONS: &str =
        "everything but the rules: settings, sources, lists, sets, groups, stateless, cases";
    pub const EDIT_DEFINITION: &str = "edit it";
    pub const ADD_DEFINITION: &str = "add one more; on a stateless group: a rule in it";
    pub const DELETE_DEFINITION: &str = "delete it, if nothing uses it";
    pub const LOAD_CASE: &str = "load the case into the test bar";
    pub const DELETE_CASE: &str = "delete the case";
    pub const CLOSE: &str = "close";
    pub const CANCEL: &str = "close; nothing is changed";
    pub const ACCEPT: &str = "accept";
    pub const ACCEPT_TEXT: &str = "accept the rule; `enter` begins a new line here";
    pub const COMPLETE_RULE: &str = "complete a keyword or a set, or go to the next field";
    pub const COMPLETE: &str = "complete a name, or go to the next field";
    pub const SAVE_AND_LEAVE: &str = "save and leave";
    pub const DISCARD: &str = "leave without saving";
    pub const STAY: &str = "stay";
    pub const OTHER_VERDICT: &str = "want another verdict: pass, drop or reject";
    pub const WHY: &str = "why this verdict: what decided, what came after, what did not match";
    pub const WHY_THIS: &str = "why not this rule: what it asks of the request, and gets";
    pub const CHANGE: &str =
        "what would change the verdict: the smallest edits, each with what else it changes";
    pub const APPLY: &str = "make the edit; undo takes it back";
    pub const CLIENTS: &str = "the same request as other clients send it";
    pub const ORDERS: &str = "the same request in strict and in action order";
    pub const ELSEWHERE: &str = "it passes here and is blocked all the same: where else to look";
    pub const NEXT_VIEW: &str = "to the next view";
    pub const PREVIOUS_VIEW: &str = "to the view before";
    pub const TO_RULE: &str = "go to the rule in the list";
    pub const FILTER: &str = "list only rows with this in their name, source, target or sid";
    pub const KEEP_FILTER: &str = "keep the filter";
    pub const NO_FILTER: &str = "list every row again";
    pub const RESTORE: &str = "restore them, as unsaved changes";
    pub const RESTORE_BOTH: &str = "restore them, and keep newer changes";
    pub const DISCARD_LEFT: &str = "throw them away";
    pub const SHOW_DIFFERENCE: &str = "look at the difference";
    pub const DECIDE_LATER: &str = "decide at the next start";
    pub const MERGE_THEIRS: &str = "keep both: make their changes here too";
    pub const TAKE_THEIRS: &str = "take theirs; `{undo}` brings yours back";
    pub const OVERWRITE: &str = "write mine to the file";
    pub const GO_ON: &str = "go on; nothing is written";
    pub const TO_MATCH: &str =
        "go to the rule; then `{next-match}` and `{previous-match}` walk the matches";
}

/// Words of the footer: one or two each.
pub mod short {
    #![allow(missing_docs, reason = "each word says what it is")]
    pub const LEAVE: &str = "leave";
    pub const KEYS: &str = "keys";
    pub const SAVE: &str = "save";
    pub const ALL: &str = "actions";
    pub const RUN: &str = "do it";
    pub const COPY: &str = "copy";
    pub const COPY_COMPILED: &str = "copy compiled";
    pub const CHANGES: &str = "changes";
    pub const OTHER_TEXTS: &str = "policy, rules";
    pub const UNDO: &str = "undo";
    pub const REDO: &str = "redo";
    pub const PANES: &str = "panes";
    pub const REQUEST: &str = "test";
    pub const KEEP: &str = "keep as case";
    pub const FIND: &str = "find";
    pub const DECIDER: &str = "deciding rule";
    pub const CARRY: &str = "carry";
    pub const EDIT: &str = "edit";
    pub const NEW: &str = "new";
    pub const FOLD: &str = "fold";
    pub const PRIORITY: &str = "priority";
    pub const UP: &str = "up";
    pub const DOWN: &str = "down";
    pub const PUT_DOWN: &str = "put down";
    pub const PUT_BACK: &str = "put back";
    pub const NEXT: &str = "next";
    pub const BEFORE: &str = "before";
    pub const NEXT_FIELD: &str = "next field";
    pub const EMPTY: &str = "empty";
    pub const DONE: &str = "done";
    pub const TO_ANSWER: &str = "answer";
    pub const CLOSE: &str = "close";
    pub const CANCEL: &str = "cancel";
    pub const ACCEPT: &str = "accept";
    pub const COMPLETE_RULE: &str = "complete a keyword or a set, or go to the next field";
    pub const COMPLETE: &str = "complete";
    pub const ADD: &str = "add";
    pub const DEFINITIONS: &str = "policy";
    pub const LOAD: &str = "try it";
    pub const DELETE: &str = "delete";
    pub const SAVE_AND_LEAVE: &str = "save and leave";
    pub const DISCARD: &str = "discard and leave";
    pub const STAY: &str = "stay";
    pub const OTHER_VERDICT: &str = "other verdict";
    pub const CHANGE: &str = "change it";
    pub const APPLY: &str = "make the edit";
    pub const ACCEPT_FINDING: &str = "accept it";
    pub const APPLY_FIX: &str = "mend it";
    pub const WHY: &str = "why";
    pub const WHY_THIS: &str = "why not";
    pub const NEXT_VIEW: &str = "next view";
    pub const TO_RULE: &str = "to the rule";
    pub const FILTER: &str = "filter";
    pub const NO_FILTER: &str = "all rows";
    pub const RESTORE: &str = "restore";
    pub const DIFFERENCE: &str = "difference";
    pub const THROW_AWAY: &str = "throw away";
    pub const LATER: &str = "later";
    pub const MERGE: &str = "keep both";
    pub const THEIRS: &str = "take theirs";
    pub const MINE: &str = "write mine";
    pub const SAVE_AS: &str = "other name";
    pub const GO: &str = "go there";
    pub const RULES: &str = "rules";
}
