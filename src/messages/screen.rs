//! What the workbench says: titles, heads, sentences, invitations.
#![allow(missing_docs, reason = "each sentence says what it is")]

// the edges
pub const PROGRAM: &str = "sekisho";
pub const UNSAVED: &str = " *";
pub const STRICT_ORDER: &str = "strict order";
pub const ACTION_ORDER: &str = "action order";
pub const TOO_SMALL: &str =
    "this terminal is too small: at least 40 columns and 10 lines are needed";
pub const TERMINAL_LOST: &str = "the terminal cannot be read any more";
pub const SECOND_OPINION: &str = "Second opinion";
pub const WORK_BROKE: &str = "work beside the screen broke off, and what is dimmed is not renewed; save, and please report it";

// panes
pub const RULES: &str = "Rules";
pub const RULE: &str = "Selected rule";
pub const TEST: &str = "Test";
pub const CASES: &str = "Cases";
pub const IF_PUT_DOWN: &str = "If you put it down here";

// invitations
pub const NO_RULES: &str = "no rules yet: a policy needs a rule group first; write one under `rule_groups:` in the file, \
     then `{new-rule}` makes rules in it";
pub const NO_RULES_IN_GROUP: &str = "no rules yet: `{new-rule}`";
pub const NO_CASES: &str = "no cases yet: `{type-request}` try a request, `{keep-case}` keep it";
pub const NO_REQUEST: &str = "who may reach what? `{type-request}` types a source and a URL; the verdict appears while you type";

// marks and words in lists
pub const SELECTED: &str = "»";
pub const ABOVE: &str = "↑";
pub const BELOW: &str = "↓";
pub const SAME_HERE: &str = "·";
pub const PROBLEM: &str = "!";
pub const FOLDED: &str = "▸";
pub const UNFOLDED: &str = "▾";
pub const DECIDES: &str = "  ◀ decides";
pub const DECIDES_SHORT: &str = " ◀";
pub const OFF: &str = "off";
pub const OK: &str = "ok";
pub const FAIL: &str = "FAIL";
pub const KEPT_BY_OTHERS: &str = "kept by others";
pub const BY_HAND: &str = "by hand";

/// Heads of the rule list.
pub mod column {
    pub const NUMBER: &str = "#";
    pub const PRIORITY: &str = "PRIORITY";
    pub const ACTION: &str = "ACTION";
    pub const RULE: &str = "RULE";
    pub const FROM: &str = "FROM";
    pub const TO: &str = "TO";
}

// the test
pub const BUT: &str = "but";
pub const SEEN: &str = "seen";
pub const LOG: &str = "log";
pub const CLOSEST: &str = "closest";
pub const NOTE: &str = "note";
pub const CLIENT: &str = "client";
pub const FIREWALL: &str = "firewall";
pub const SERVER: &str = "server";
pub const KNOWN_AT_FIRST: &str = "addresses and port only";
pub const HOOK: &str = "└ ";
pub const UNDECIDED: &str = "hangs on";

/// The fields of the test bar.
pub mod field {
    pub const FROM: &str = "from";
    pub const URL: &str = "url";
    pub const DST: &str = "dst";
    pub const FROM_LIKE: &str = "an address, a network or a source";
    pub const URL_LIKE: &str = "https://api.bank.example";
    pub const DST_LIKE: &str = "any, or an address";
}

// the selected rule
pub const CONDITION: &str = "condition";
pub const WANTED: &str = "wanted";
pub const GOT: &str = "got";
pub const LOGGED_TOO: &str = "what it passes is logged too";
pub const MANAGED_IS_UNKNOWN: &str =
    "its rules are not known: what they could decide is undetermined";
pub const NOT_COMPILED: &str = "nothing is compiled from this rule";

/// Words in front of what a rule or group says.
pub mod label {
    pub const NOTE: &str = "note";
    pub const TICKET: &str = "ticket";
    pub const OWNER: &str = "owner";
    pub const EXPIRES: &str = "expires";
    pub const ACCEPT: &str = "accepted";
    pub const LOG: &str = "log";
    pub const MANAGED: &str = "managed";
    pub const CAPACITY: &str = "capacity";
}

/// When a rule of each type is asked, and how far its action reaches (`docs/suricata.md`, section 1.1).
pub mod kind {
    pub const IP_ONLY: &str =
        "asked on the first packet each way; its action sticks to the whole flow";
    pub const LIKE_IP_ONLY: &str = "asked on every packet; its action sticks to the whole flow";
    pub const PD_ONLY: &str =
        "asked once the protocol is recognised; its action sticks to the whole flow";
    pub const DE_ONLY: &str = "asked on packets that cannot be decoded";
    pub const PKT: &str = "asked on every packet; its action is for that packet only";
    pub const PKT_STREAM: &str =
        "asked on packets with data; its action sticks where it matched in a TCP stream";
    pub const STREAM: &str = "asked on the data of a stream; its action sticks to the whole flow";
    pub const APP_LAYER: &str = "asked on every packet from recognising the protocol on; its action sticks to the whole flow";
    pub const APP_TX: &str =
        "asked on the packet that completes what it looks at; its action sticks to the whole flow";
}

// the carried rule
pub const HOME: &str = "this is where it was picked up";
pub const AT_THE_END: &str = "there is no place beyond this one";
pub const ORDER_KEPT: &str = "row order   kept by the engine for this test";
pub const ORDER_NOT_KEPT: &str = "row order   not kept by the engine for this test";
pub const ORDER_UNTESTED: &str =
    "row order   `{type-request}` a request shows whether the engine keeps it";
pub const ORDER_MEANS_NOTHING: &str =
    "action order   where a rule stands means nothing; action, then priority and sid decide";

// overlays
pub const KEYS: &str = "Keys";
pub const LEAVE: &str = "Unsaved changes";
pub const SAVE_AS: &str = "Save as";
pub const KEEP_AS: &str = "Keep as a case named";
pub const USUAL_FILE: &str = "policy.yaml";
pub const FILE_IS_NEW: &str = "a new file, from the folder the workbench was started in";
pub const NO_NAME: &str = "a file needs a name: type one, or `{close}`";
pub const ESC_AGAIN: &str = "`{close}` once more throws away what is typed; `{accept}` accepts it";
pub const PRIORITY_RANGE: &str =
    "a number from 1 to 65535 that no other group has; lower ones are asked first";
pub const BY_DEFAULT: &str = "default";
pub const BY_STATELESS_DEFAULT: &str = "stateless-default";

/// Names of the fields of the rule form: those of the file.
pub mod form {
    pub const NAME: &str = "name";
    pub const ACTION: &str = "action";
    pub const FROM: &str = "from";
    pub const TO: &str = "to";
    pub const PROTOCOLS: &str = "protocols";
    pub const PORTS: &str = "ports";
    pub const LOG: &str = "log";
    pub const ENABLED: &str = "enabled";
    pub const SID: &str = "sid";
    pub const NOTE: &str = "note";
    pub const TICKET: &str = "ticket";
    pub const OWNER: &str = "owner";
    pub const EXPIRES: &str = "expires";
    pub const ACCEPT: &str = "accept";
    pub const SURICATA: &str = "suricata";
}

/// What a field is like while it is empty.
pub mod like {
    pub const NAME: &str = "unique in its group, like bank-api";
    pub const ACTION: &str = "pass, drop, reject or alert";
    pub const FROM: &str = "any, a source, an address or network";
    pub const TO: &str = ".example.com, https://…, list:…, an address, any";
    pub const PROTOCOLS: &str = "what the targets say";
    pub const PORTS: &str = "any, or like 443, 8000-8010";
    pub const LOG: &str = "only what is dropped";
    pub const ENABLED: &str = "yes";
    pub const SID: &str = "derived from the name; changes with it";
    pub const EXPIRES: &str = "never, or like 2027-03-31";
    pub const ACCEPT: &str = "nothing, or CODE because REASON";
}

/// What the form of a new rule begins with.
pub mod new_rule {
    pub const ACTION: &str = "pass";
    pub const FROM: &str = "any";

    /// A hand-written rule that loads and does what it looks like.
    #[must_use]
    pub fn suricata(sid: &str) -> String {
        format!(
            "pass tls $HOME_NET any -> $EXTERNAL_NET any (ssl_state:client_hello; tls.sni; content:\"example.com\"; \
             startswith; nocase; endswith; flow:to_server, established; sid:{sid}; rev:1;)"
        )
    }
}

/// The list of all actions, and the help.
pub mod palette {
    pub const TITLE: &str = "Actions";
    pub const FIND: &str = "type to find; a number goes to the rule of that number or sid";
    pub const FIND_KEY: &str = "type to find";
    pub const NONE: &str = "no action is called like that";
    pub const GO_TO: &str = "go to";
    pub const NO_RULE: &str = "no rule has that number or sid";

    /// What the selected action is called in settings, and where it belongs.
    #[must_use]
    pub fn about(name: &str, scope: &str) -> String {
        format!("{name}   {scope}")
    }
}

/// Why an action that belongs elsewhere cannot be done now.
pub mod elsewhere {
    pub const CARRYING: &str = "no rule is carried";
    pub const IN_THE_AIR: &str = "put the carried rule down first";
    pub const OVERLAY: &str = "close what lies over the panes first";
    pub const TYPING: &str = "leave the field first";
    pub const FOUND: &str = "nothing was searched for";
    pub const FIELD: &str = "no request is being typed";
    pub const FORM: &str = "only in the form of a rule";
    pub const PROMPT: &str = "only where a line is asked for";
    pub const KEEP: &str = "only while a case is being named";
    pub const SEARCH: &str = "only while searching";
    pub const LEAVE: &str = "only when leaving with unsaved changes";
    pub const LEFT: &str = "no unsaved changes were left behind";
    pub const DISK: &str = "only when others changed the file";
    pub const NOTICE: &str = "only where something is told";
    pub const DIFF: &str = "only while looking at differences";
    pub const OPINION: &str = "only while reading the second opinion";
    pub const FINDINGS: &str = "only while reading the findings";
    pub const EXPLAIN: &str = "only while a verdict is explained";
    pub const FILTER: &str = "no filter is being typed";
    pub const PALETTE: &str = "only in this list";
    pub const HELP: &str = "only in the help";
}

/// What was copied.
pub mod copy {
    use super::count;

    pub const SENTENCE: &str = "copied: the sentence";
    pub const NOTHING: &str = "there is nothing to copy: nothing is compiled from this rule";

    /// A rule as the file writes it.
    #[must_use]
    pub fn rule(name: &str) -> String {
        format!("copied: `{name}` as the policy writes it")
    }

    /// The rules it is compiled to.
    #[must_use]
    pub fn compiled(name: &str, rules: usize) -> String {
        format!("copied: {} of `{name}` for Suricata", count(rules, "rule", "rules"))
    }

    /// A command.
    #[must_use]
    pub fn request(command: &str) -> String {
        format!("copied: {command}")
    }

    /// It does not go into the clipboard.
    #[must_use]
    pub fn too_long(bytes: usize, most: usize) -> String {
        format!(
            "{bytes} bytes are too many to copy: terminals take {most}; `sekisho compile` prints every rule"
        )
    }
}

/// The view of differences.
pub mod diff {
    pub const POLICY: &str = "Policy text";
    pub const RULES: &str = "Compiled rules";
    pub const SAME: &str = "nothing differs";
    pub const UNENDED: &str = "   (no line end)";
    pub const TOO_MANY: &str = "more differs than is shown here";

    /// Title of the view of what is unsaved.
    #[must_use]
    pub fn unsaved(file: &str) -> String {
        format!("Unsaved changes of {file}")
    }

    /// Lines that came and went: `+3 -1`.
    #[must_use]
    pub fn counts(added: usize, removed: usize) -> String {
        match (added, removed) {
            (0, 0) => "same".to_owned(),
            (added, removed) => format!("+{added} -{removed}"),
        }
    }
}

/// Why something cannot be done now, and what would help.
pub mod why {
    pub const NOTHING_TO_UNDO: &str = "nothing to undo";
    pub const NOTHING_TO_REDO: &str = "nothing to make again";
    pub const NOTHING_TO_SAVE: &str = "everything is saved";
    pub const NOTHING_UNSAVED: &str = "nothing is unsaved";
    pub const NO_RULE_SELECTED: &str = "no rule is selected: go to one first";
    pub const NO_GROUPS: &str = "the policy has no rule group: write one into the file first";
    pub const MANAGED: &str = "others keep this group: its rules cannot be changed here";
    pub const NO_REQUEST: &str = "no request yet: `{type-request}` types one";
    pub const DEPENDS: &str = "it depends on the destination address: fill in `dst` first";
    pub const SOURCE_DEPENDS: &str = "it depends on the source: type one address first";
    pub const NO_FILE: &str = "the policy has no file yet that a command could name: save it first";
    pub const NO_RULE_DECIDES: &str = "no rule decides this request";
    pub const NO_CASES: &str =
        "no cases yet: `{type-request}` try a request, `{keep-case}` keep it";
    pub const NO_OPINION: &str = "no engine is asked here";
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// `unmatched: drop established app layer to server, logged`.
#[must_use]
pub fn unmatched(drop: &str, logged: bool) -> String {
    format!("unmatched: {}{}", drop.replace('_', " "), if logged { ", logged" } else { "" })
}

/// The same in short.
#[must_use]
pub fn unmatched_dropped(logged: bool) -> String {
    format!("unmatched: dropped{}", if logged { ", logged" } else { "" })
}

/// No default action drops.
#[must_use]
pub fn unmatched_passes(logged: bool) -> String {
    format!("unmatched: passes{}", if logged { ", logged" } else { "" })
}

/// `92 rules in 10 groups`.
#[must_use]
pub fn counts(rules: usize, groups: usize) -> String {
    format!("{} in {}", count(rules, "rule", "rules"), count(groups, "group", "groups"))
}

/// Something that is being computed anew.
#[must_use]
pub fn stale(what: &str) -> String {
    format!("{what} …")
}

/// The number of problems is being looked for, and there were none before.
pub const PROBLEMS_SOUGHT: &str = "problems …";

/// `2 problems`.
#[must_use]
pub fn problems(n: usize) -> String {
    count(n, "problem", "problems")
}

/// `12 rules`.
#[must_use]
pub fn rules(n: usize) -> String {
    count(n, "rule", "rules")
}

/// What a hand-written row of several rules is shown as.
#[must_use]
pub fn by_hand(what: &str, more: usize) -> String {
    match more {
        0 => format!("{BY_HAND}: {what}"),
        _ => format!("{BY_HAND}: {what}, and {more} more"),
    }
}

/// `200 / 4  of payroll`.
#[must_use]
pub fn place(group: &str, priority: u32, position: usize) -> String {
    format!("{group} {priority} / {position}")
}

/// Where a carried rule was and would be.
#[must_use]
pub fn from_place(from: &str, to: &str) -> String {
    format!("{from} → {to}")
}

/// What there is to know of a rule's place.
#[must_use]
pub fn rule_place(group: &str, priority: u32, position: usize, enabled: bool) -> String {
    let off = if enabled { "" } else { "   off: not compiled" };
    format!("{}{off}", place(group, priority, position))
}

/// What there is to know of a group.
#[must_use]
pub fn group(priority: u32, rule_count: usize) -> String {
    format!("priority {priority}   {}", rules(rule_count))
}

/// Capacity units of a group.
#[must_use]
pub fn capacity(units: usize) -> String {
    count(units, "unit", "units")
}

/// `from payroll to .bank.example`.
#[must_use]
pub fn from_to(from: &str, to: &str) -> String {
    format!("from {from} to {to}")
}

/// What narrows a rule beyond its ends.
#[must_use]
pub fn narrowed(protocols: &str, ports: &str) -> String {
    let protocols = if protocols.is_empty() { String::new() } else { format!(", {protocols}") };
    let ports = if ports.is_empty() { String::new() } else { format!(", port {ports}") };
    protocols + &ports
}

/// The request in a line.
#[must_use]
pub fn request(from: &str, url: &str, dst: &str) -> String {
    let dst = if dst.is_empty() { String::new() } else { format!(" at {dst}") };
    format!("{from} → {url}{dst}")
}

/// A destination in a list of outcomes.
#[must_use]
pub fn to(addresses: &str) -> String {
    format!("to {addresses}")
}

/// What an action does to a packet, before the name of who does it.
#[must_use]
pub fn done_by(action: &str) -> &'static str {
    match action {
        "pass" | "alert" => "passed by",
        "reject" => "rejected by",
        _ => "dropped by",
    }
}

/// How many rules a row becomes.
#[must_use]
pub fn compiled_to(n: usize) -> String {
    format!("{} for Suricata", count(n, "rule", "rules"))
}

/// `41 ok`.
#[must_use]
pub fn ok(n: usize) -> String {
    format!("{n} {OK}")
}

/// `2 fail`.
#[must_use]
pub fn fail(n: usize) -> String {
    format!("{n} fail")
}

/// What the last edit did to the cases.
#[must_use]
pub fn last_edit(n: usize) -> String {
    format!("the last edit changed {n}")
}

/// `PASS → DROP`, and whether that is what the case expects.
#[must_use]
pub fn change(before: &str, after: &str, passes: bool) -> String {
    let what = if before == after {
        format!("{after}, other rule")
    } else {
        format!("{before} → {after}")
    };
    if passes { format!("{what}  ok") } else { format!("{what}  FAIL") }
}

/// How many cases an edit changes.
#[must_use]
pub fn cases_change(n: usize) -> String {
    match n {
        0 => "no case changes".to_owned(),
        1 => "1 case changes".to_owned(),
        n => format!("{n} cases change"),
    }
}

/// What a list leaves out.
#[must_use]
pub fn more(n: usize) -> String {
    format!("… and {n} more")
}

/// A rule is in the air.
#[must_use]
pub fn carrying(name: &str) -> String {
    format!("carrying {name}   · there no case changes")
}

/// The carried rule may not be put down here.
#[must_use]
pub fn cannot_stay(why: &str) -> String {
    format!("it cannot stand here: {why}")
}

/// An edit was made.
#[must_use]
pub fn done(words: &str) -> String {
    format!("{words}: done   `{{undo}}` takes it back")
}

/// An edit was refused.
#[must_use]
pub fn refused(words: &str, why: &str) -> String {
    format!("{words}: not done, {why}")
}

/// An edit was taken back.
#[must_use]
pub fn undone(words: &str) -> String {
    format!("undo: {words}   `{{redo}}` makes it again")
}

/// The word of the footer with what it would take back.
#[must_use]
pub fn would_undo(word: &str, words: &str) -> String {
    format!("{word}: {words}")
}

/// An edit was made again.
#[must_use]
pub fn redone(words: &str) -> String {
    format!("redo: {words}   `{{undo}}` takes it back")
}

/// The theme was switched.
#[must_use]
pub fn theme(name: &str) -> String {
    format!("theme {name}; settings keep it: `theme = \"{name}\"`")
}

/// The policy was written.
#[must_use]
pub fn saved(file: &str) -> String {
    format!("saved to {file}")
}

/// A case was put into the test bar.
#[must_use]
pub fn loaded(case: &str) -> String {
    format!("trying `{case}`")
}

/// A case that is kept expects what the request gets now.
#[must_use]
pub fn case_keeps(expect: &str) -> String {
    format!(
        "it expects {expect}, as now, and the rule that decides now; `tab` wants another verdict"
    )
}

/// A case that is kept expects what the request does not get yet.
#[must_use]
pub fn case_wants(expect: &str, now: Option<&str>) -> String {
    match now {
        Some(now) => {
            format!("it expects {expect} and gets {now} now: it fails until the policy is changed")
        }
        None => format!(
            "it expects {expect}, and what it gets now cannot be told: it fails until it can"
        ),
    }
}

/// A name for a case that is kept.
#[must_use]
pub fn case_name(who: &str, works: bool, host: &str) -> String {
    format!("{who} {} {host}", if works { "reaches" } else { "does not reach" })
}

/// Whether to leave.
#[must_use]
pub fn leave(file: &str) -> String {
    format!("{file} is not saved: leave without saving?")
}

/// Matches of a search.
#[must_use]
pub fn matches_found(n: usize) -> String {
    match n {
        0 => "not found".to_owned(),
        n => format!("{n} found"),
    }
}

/// A search came to its end.
#[must_use]
pub fn found_some(text: &str, n: usize) -> String {
    format!("`{text}`: {n} found   `{{next-match}}` next, `{{previous-match}}` before")
}

/// Where in the matches we are.
#[must_use]
pub fn found(text: &str, nth: usize, of: usize) -> String {
    format!("`{}`: {nth} of {of}", text.trim())
}

/// Nothing was found.
#[must_use]
pub fn nothing_found(text: &str) -> String {
    format!("no rule has `{text}` in what it says, nor means it")
}

/// Title of the form of a rule.
#[must_use]
pub fn form_of(name: &str) -> String {
    format!("Rule {name}")
}

/// Title of the form of a new rule.
#[must_use]
pub fn form_new(group: &str) -> String {
    format!("New rule in {group}")
}

/// The form cannot be accepted yet.
#[must_use]
pub fn form_has_problem(why: &str) -> String {
    format!("not accepted yet: {why}")
}

/// Title of the question for a group's priority.
#[must_use]
pub fn priority_of(group: &str) -> String {
    format!("Priority of {group}")
}

/// Between which groups a group stands, by name and priority.
#[must_use]
pub fn neighbours(above: Option<(String, u32)>, below: Option<(String, u32)>) -> String {
    let name = |(name, priority): (String, u32)| format!("{name} ({priority})");
    match (above.map(name), below.map(name)) {
        (Some(above), Some(below)) => format!("between {above} and {below}"),
        (Some(above), None) => format!("last, below {above}"),
        (None, Some(below)) => format!("first, above {below}"),
        (None, None) => "the only group".to_owned(),
    }
}
