//! What is wrong with a policy file, and what to do: two sentences for each problem.

use super::Text;

/// What is wrong, and what to do about it.
pub type Said = (Text, Text);

/// Both sentences.
pub(super) fn said(message: impl Into<Text>, help: impl Into<Text>) -> Said {
    (message.into(), help.into())
}

/// `did you mean …?` where something is close, else the choices.
fn or_choices(meant: Option<&str>, choices: &[&str]) -> String {
    meant.map_or_else(
        || format!("write one of {}", list(choices)),
        |m| format!("did you mean `{m}`?"),
    )
}

fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    words.join(", ")
}

/// A text cut for a message.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// How many problems are not shown.
#[must_use]
pub fn more_problems(left_out: usize) -> Text {
    format!("{left_out} more problems are not shown").into()
}

/// A character in a field that cannot be shown.
#[must_use]
pub fn control_in(field: &str, c: char) -> Said {
    said(
        format!("`{field}` contains the control character U+{:04X}", u32::from(c)),
        "write it without",
    )
}

/// No content.
#[must_use]
pub fn empty_file() -> Said {
    said(
        "the file is empty",
        "a policy begins with `sekisho: 1`, `name:`, `home_net:` and `rule_groups:`; `samples/first-steps` shows one",
    )
}

/// Not a mapping.
#[must_use]
pub fn not_a_policy() -> Said {
    said(
        "this is not a policy: it must consist of fields",
        "begin with `sekisho: 1`, `name:` and `home_net:`",
    )
}

/// The format version is missing.
#[must_use]
pub fn missing_version() -> Said {
    said(
        "the policy lacks `sekisho`, the version of its format",
        "begin the file with `sekisho: 1`",
    )
}

/// A format version that does not exist.
#[must_use]
pub fn unknown_version(written: &str) -> Said {
    said(
        format!("`{}` is no version of the format that this program knows", short(written)),
        "write `sekisho: 1`, or use a newer program",
    )
}

/// A field that does not exist.
#[must_use]
pub fn unknown_field(key: &str, what: &str, known: &[&str], meant: Option<&str>) -> Said {
    let help = meant
        .map_or_else(|| format!("{what} has {}", list(known)), |m| format!("did you mean `{m}`?"));
    said(format!("{what} has no field `{}`", short(key)), help)
}

/// A field that must be there.
#[must_use]
pub fn missing_field(what: &str, field: &str) -> Said {
    let example = match field {
        "name" => "name: some-name",
        "action" if what == "a stateless rule" => "action: forward` (`pass`, `drop`)`",
        "action" => "action: pass` (`drop`, `reject`, `alert`)`",
        "from" if what == "a case" => "from: 10.1.2.3",
        "from" => "from: any",
        "to" => "to: [.example.com]",
        "home_net" => "home_net: [10.0.0.0/8]",
        "priority" => "priority: 100",
        "rules" => "rules: []",
        "rule_groups" => "rule_groups: []",
        "url" => "url: \"https://www.example.com\"",
        "expect" => "expect: pass",
        _ => "",
    };
    let example = if example.is_empty() { format!("{field}: …") } else { example.to_owned() };
    said(format!("{what} lacks `{field}`"), format!("add `{}`", example.trim_end_matches('`')))
}

/// Something else where a mapping must be.
#[must_use]
pub fn expected_fields(what: &str, known: &[&str]) -> Said {
    said(format!("{what} must consist of fields"), format!("its fields are {}", list(known)))
}

/// Something else where names with values must be.
#[must_use]
pub fn expected_named(what: &str) -> Said {
    said(format!("`{what}` must be names with their values"), "write `name: value`, one a line")
}

/// Something else where a list must be.
#[must_use]
pub fn expected_list(what: &str) -> Said {
    said(
        format!("`{what}` must be a list"),
        "write `[a, b]`, or one entry a line with `- ` in front",
    )
}

/// Something else where a text must be.
#[must_use]
pub fn expected_text(field: &str) -> Said {
    said(
        format!("`{field}` must be a text here"),
        "a text that contains `: ` or begins with `{` or `[` needs double quotes",
    )
}

/// A plain word that YAML reads as a number or a boolean.
#[must_use]
pub fn not_a_text(field: &str, text: &str, kind: &str) -> Said {
    let text = short(text);
    said(
        format!("`{field}` must be a text, but YAML reads `{text}` as {kind}"),
        format!("put it between double quotes: \"{text}\""),
    )
}

/// Nothing written.
#[must_use]
pub fn empty(field: &str) -> Said {
    said(format!("`{field}` is empty"), "write something, or leave the field out")
}

/// A list with nothing in it.
#[must_use]
pub fn empty_list(field: &str) -> Said {
    said(format!("`{field}` is an empty list"), "write at least one entry")
}

/// Several lines where one is expected.
#[must_use]
pub fn several_lines(field: &str) -> Said {
    said(format!("`{field}` must fit on one line"), "use `note` for longer text")
}

/// Not a boolean.
#[must_use]
pub fn not_a_boolean(field: &str, text: &str) -> Said {
    let meant = match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" | "1" => "write `true`",
        "no" | "off" | "false" | "0" => "write `false`",
        _ => "write `true` or `false`",
    };
    said(format!("`{field}` must be `true` or `false`, not `{}`", short(text)), meant)
}

/// Not one of the words.
#[must_use]
pub fn unknown_word(what: &str, text: &str, words: &[&str], meant: Option<&str>) -> Said {
    said(format!("`{}` is no {what}", short(text)), or_choices(meant, words))
}

/// Not a name of a source or list.
#[must_use]
pub fn bad_name(what: &str, text: &str) -> Said {
    said(
        format!("`{}` cannot be the name of a {what}", short(text)),
        "use letters, digits, `-`, `_` and `.`; not `any`, and nothing that looks like an address",
    )
}

/// Blanks around a name.
#[must_use]
pub fn blank_around(what: &str, text: &str) -> Said {
    said(format!("the {what} `{}` begins or ends with a blank", short(text)), "write it without")
}

/// A name that is too long.
#[must_use]
pub fn long_name(what: &str) -> Said {
    said(
        format!("the {what} is longer than 200 characters"),
        "shorten it, and use `note` for the rest",
    )
}

/// A name with a meaning of its own.
#[must_use]
pub fn reserved_name(name: &str) -> Said {
    said(
        format!("a rule cannot be called `{name}`: in a case it means the default action"),
        "give it another name",
    )
}

/// The name of a variable.
#[must_use]
pub fn bad_variable(name: &str) -> Said {
    said(
        format!("`{}` cannot be the name of a variable", short(name)),
        "begin with a letter; letters, digits and `_` only, at most 32, and no `$`",
    )
}

/// A variable that the policy sets by itself.
#[must_use]
pub fn own_variable(name: &str) -> Said {
    said(
        format!("`{name}` follows from `home_net` and cannot be set"),
        "set `home_net`; EXTERNAL_NET is everything else",
    )
}

/// A name that exists already.
#[must_use]
pub fn duplicate_name(what: &str, name: &str, line: usize) -> Said {
    said(
        format!("a second {what} is called `{}`", short(name)),
        format!("the first is on line {line}; give one of them another name"),
    )
}

/// A priority that another group has.
#[must_use]
pub fn duplicate_priority(priority: u32, other: &str, free: Option<u32>) -> Said {
    let help = free.map_or_else(
        || "give it another number".to_owned(),
        |free| format!("every group needs its own number; {free} is free"),
    );
    said(format!("priority {priority} is taken by the group `{}`", short(other)), help)
}

/// Not a priority.
#[must_use]
pub fn bad_priority(text: &str) -> Said {
    said(
        format!("`{}` is no priority", short(text)),
        "write a number from 1 to 65535; lower numbers are asked first",
    )
}

/// Not a sid that may be written.
#[must_use]
pub fn bad_sid(text: &str) -> Said {
    said(
        format!("`{}` cannot be the sid of a rule", short(text)),
        "write a number from 1000 to 3999999999; the numbers below and above are kept free",
    )
}

/// Not a day.
#[must_use]
pub fn not_a_date(text: &str) -> Said {
    said(format!("`{}` is no date", short(text)), "write a day of the calendar, as in `2027-03-31`")
}

/// Host bits.
#[must_use]
pub fn host_bits(text: &str, meant: &str) -> Said {
    said(
        format!("`{text}` has bits set outside its prefix"),
        format!("did you mean the network `{meant}`? For one address leave the prefix out"),
    )
}

/// Not an address.
#[must_use]
pub fn not_an_address(text: &str) -> Said {
    said(
        format!("`{}` is not an address", short(text)),
        "write an address or a network: `10.1.2.3`, `10.1.0.0/16`, `2001:db8::/32`",
    )
}

/// A `!` in front.
#[must_use]
pub fn negation(text: &str) -> Said {
    said(
        format!("`{}`: nothing is negated in a rule", short(text)),
        "put a rule with the opposite action above, or use `except` in a source",
    )
}

/// Not a domain name.
#[must_use]
pub fn not_a_domain(text: &str, why: &str) -> Said {
    let written =
        if why.contains(text) { why.to_owned() } else { format!("`{}`: {why}", short(text)) };
    said(
        written,
        "write `example.com` for that name only, `.example.com` with everything below it, `\"*.example.com\"` for what is below it",
    )
}

/// `example.com/path`.
#[must_use]
pub fn path_without_scheme(text: &str, host: &str) -> Said {
    said(
        format!("`{}` has a path but no scheme", short(text)),
        format!(
            "write \"http://{text}\", or `{host}` for the whole name: over TLS a path cannot be seen"
        ),
    )
}

/// `example.com:8443`.
#[must_use]
pub fn port_in_name(text: &str, host: &str, port: &str) -> Said {
    said(
        format!("`{}` has a port but no scheme", short(text)),
        format!("write \"https://{host}:{port}\", or `{host}` and `ports: [{port}]`"),
    )
}

/// A path in an https URL.
#[must_use]
pub fn path_over_https(path: &str, host: &str) -> Said {
    said(
        format!(
            "the path `{}` cannot be checked over https: TLS hides it from the firewall",
            short(path)
        ),
        format!("write \"https://{host}\" for the whole name; a path is possible for http only"),
    )
}

/// A scheme that `to` does not know.
#[must_use]
pub fn url_scheme(scheme: &str) -> Said {
    said(
        format!("`{}://` cannot stand in `to`: only http and https can", short(scheme)),
        "for anything else write an address in `to`, and `protocol` and `ports` beside it",
    )
}

/// `https://*`.
#[must_use]
pub fn any_host(scheme: &str) -> Said {
    let protocol = if scheme.eq_ignore_ascii_case("https") { "tls" } else { "http" };
    said(
        format!("`{scheme}://*` names no site"),
        format!(
            "for every site write `to: any` and `protocol: {protocol}`; `http://*/path*` is a path on any site"
        ),
    )
}

/// An address in an https URL.
#[must_use]
pub fn address_over_https(host: &str) -> Said {
    said(
        format!("`https://{host}` can never match: clients send no server name for an address"),
        format!("write `to: {host}` and `protocol: tls`"),
    )
}

/// A character that no path contains.
#[must_use]
pub fn bad_path(path: &str, c: char) -> Said {
    said(
        format!("the path `{}` contains `{}`", short(path), c.escape_default()),
        "write it as clients send it, with `%20` for a blank",
    )
}

/// A star inside a path.
#[must_use]
pub fn inner_star(path: &str) -> Said {
    said(
        format!("`*` can only end the path `{}`", short(path)),
        "write `/path/*` for everything below, or hand-written Suricata with `http.uri` and `pcre`",
    )
}

/// A regular expression that does not compile.
#[must_use]
pub fn bad_regex(regex: &str, why: &str) -> Said {
    let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
    said(
        format!("the regular expression `{}` cannot be read: {}", short(regex), short(why)),
        "check its brackets; a point is written `\\.`",
    )
}

/// Not a port.
#[must_use]
pub fn bad_port(text: &str) -> Said {
    said(
        format!("`{}` is not a port", short(text)),
        "write a number from 1 to 65535, or a range like `8000-8010`",
    )
}

/// A range that ends before it begins.
#[must_use]
pub fn inverted_range(text: &str, low: &str, high: &str) -> Said {
    said(
        format!("the port range `{text}` ends before it begins"),
        format!("did you mean `{low}-{high}`?"),
    )
}

/// Something written twice in a list.
#[must_use]
pub fn twice(what: &str, word: &str) -> Said {
    said(format!("the {what} `{}` is written twice", short(word)), "keep one of the two")
}

/// `protocol` and `protocols`.
#[must_use]
pub fn protocol_twice() -> Said {
    said("`protocol` and `protocols` are the same field", "keep one of the two")
}

/// A protocol that a URL cannot have.
#[must_use]
pub fn url_against_protocol(protocol: &str, own: &str) -> Said {
    said(
        format!("`{protocol}` contradicts the URL in `to`, whose scheme means `{own}`"),
        "leave the protocol out, or write the name without scheme",
    )
}

/// A protocol that tells no names.
#[must_use]
pub fn name_against_protocol(protocol: &str, target: &str) -> Said {
    said(
        format!("`{protocol}` tells no names, but `to` asks for `{}`", short(target)),
        "names can be seen over tls, http, quic and dns; for the rest write addresses in `to`",
    )
}

/// A URL whose port is not among `ports`.
#[must_use]
pub fn url_against_ports(port: u16, ports: &str) -> Said {
    said(
        format!(
            "the URL's port {port} is not among `ports` ({}): it could never match",
            short(ports)
        ),
        "leave `ports` out: the port in the URL is enough",
    )
}

/// Ports of a protocol without ports.
#[must_use]
pub fn ports_on(protocol: &str) -> Said {
    let why =
        if protocol == "ip" { "`ip` is more than what has ports" } else { "icmp has no ports" };
    said(
        format!("`ports` cannot be asked for: {why}"),
        "write `protocol: tcp`, `udp`, or both; or leave `ports` out",
    )
}

/// Ports, but of what?
#[must_use]
pub fn ports_without_protocol() -> Said {
    said(
        "`ports` needs a protocol where `to` is `any` or an address",
        "write `protocol: tcp`, or `protocols: [tcp, udp]`",
    )
}

/// A source that does not exist.
#[must_use]
pub fn unknown_source(name: &str, meant: Option<&str>, any: bool) -> Said {
    let help = match (meant, any) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, true) => "write a name from `sources`, an address, or `any`".to_owned(),
        (None, false) => {
            format!("define it: `sources: {{{}: {{cidrs: [10.1.0.0/16]}}}}`", short(name))
        }
    };
    said(format!("there is no source `{}`", short(name)), help)
}

/// A list that does not exist.
#[must_use]
pub fn unknown_list(name: &str, meant: Option<&str>) -> Said {
    let help = meant.map_or_else(
        || "write the name of a list in `domain_lists`".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    said(format!("there is no domain list `{}`", short(name)), help)
}

/// A source with nothing in it.
#[must_use]
pub fn empty_source(name: &str) -> Said {
    said(
        format!("the source `{}` has no addresses", short(name)),
        "give it `cidrs: [10.1.0.0/16]`, or `of:` with other sources",
    )
}

/// `except` without anything to except from.
#[must_use]
pub fn except_without_cidrs() -> Said {
    said(
        "`except` takes networks out of this source's own `cidrs`, and there are none",
        "put it into the source that has the addresses",
    )
}

/// Sources that contain each other.
#[must_use]
pub fn circular_source(names: &[&str]) -> Said {
    let first = names.first().copied().unwrap_or_default();
    let names: Vec<String> =
        names.iter().chain([&first]).map(|n| format!("`{}`", short(n))).collect();
    said(
        format!("sources contain each other: {}", names.join(" of ")),
        "take one of them out of `of`",
    )
}

/// A case that names no rule.
#[must_use]
pub fn unknown_decider(by: &str, meant: Option<&str>) -> Said {
    let help = meant.map_or_else(
        || "write the name of a rule, `group/rule`, or `default`".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    said(format!("there is no rule `{}`", short(by)), help)
}

/// A case that names several rules.
#[must_use]
pub fn ambiguous_decider(by: &str, groups: &[&str]) -> Said {
    let names: Vec<String> =
        groups.iter().map(|g| format!("`{}/{}`", short(g), short(by))).collect();
    said(
        format!("several rules are called `{}`", short(by)),
        format!("write {}", names.join(" or ")),
    )
}

/// Default actions where there are none.
#[must_use]
pub fn default_in_action_order() -> Said {
    said(
        "action order has no default actions: what no rule matches passes",
        "take `default_actions` out, or write `rule_order: strict`",
    )
}

/// The same default action twice.
#[must_use]
pub fn default_twice(word: &str) -> Said {
    said(format!("`{word}` is written twice"), "keep one of the two")
}

/// Two default actions that drop.
#[must_use]
pub fn two_drops(one: &str, other: &str) -> Said {
    said(format!("`{one}` and `{other}` both drop: AWS takes one"), "keep the one you mean")
}

/// Default actions that AWS does not take together.
#[must_use]
pub fn mixed_defaults(one: &str, other: &str) -> Said {
    said(
        format!("`{one}` and `{other}` cannot exist together"),
        "take both from one family: `*_established`, or `*_established_app_layer…`",
    )
}

/// A hand-written rule with fields of the other kind.
#[must_use]
pub fn two_kinds(field: &str) -> Said {
    said(
        format!("`{field}` and `suricata` cannot be in one rule: the Suricata text says it all"),
        format!("take `{field}` out, or make two rules"),
    )
}

/// A hand-written rule whose end became a comment.
#[must_use]
pub fn text_lost() -> Said {
    said(
        "the text after ` #` is lost: in a plain value it is a comment",
        "write `suricata: |` and the rule on the next line, indented",
    )
}

/// A group that others keep, with rules or sets of its own.
#[must_use]
pub fn managed_with_own(field: &str) -> Said {
    let message = match field {
        "rules" => "a managed group has no rules of its own: AWS or a partner keeps them",
        _ => "a managed group has no variables of its own: it uses the policy's",
    };
    said(message, format!("take `{field}` out, or make a group of your own"))
}

/// A problem as an edit is refused with it: on one line.
#[must_use]
pub fn refused(message: &Text, help: Option<&Text>) -> String {
    let message = message.say(super::Lang::English);
    help.map_or_else(
        || message.to_owned(),
        |h| format!("{message}; {}", h.say(super::Lang::English)),
    )
}

/// A group that others keep.
#[must_use]
pub fn no_rules_here() -> String {
    "this group has no rules of its own".to_owned()
}

/// A rule that cannot be deleted, because cases name it.
#[must_use]
pub fn rule_is_named(rule: &str, cases: &[&str]) -> String {
    let first = cases.first().copied().unwrap_or_default();
    let who = match cases.len() {
        1 => format!("the case `{}` says", short(first)),
        2 => format!("the case `{}` and another say", short(first)),
        n => format!("the case `{}` and {} others say", short(first), n - 1),
    };
    format!(
        "{who} that `{}` decides; delete or change the case first, or disable the rule",
        short(rule)
    )
}

/// Text that did not read back as it was meant.
#[must_use]
pub fn not_as_meant() -> String {
    "the file is written in a way that this edit cannot keep: nothing was changed; edit it by hand"
        .to_owned()
}
