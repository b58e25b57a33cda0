//! Policy files in every style that YAML has, with comments everywhere, made from decisions.

/// Decisions, taken one after the other; when they run out the answer is 0.
pub struct Choices<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Choices<'a> {
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub fn below(&mut self, limit: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % limit.max(1)
    }

    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// Writes a policy in every style that YAML has, with comments everywhere.
pub fn awkward(choices: &mut Choices<'_>) -> String {
    let mut out = frame(choices);
    let mut number = 0;
    let mut names = Vec::new();
    for group in 0..=choices.below(3) {
        if choices.yes() {
            out += &format!("\n  # group{group} heading\n\n");
        }
        let count = choices.below(4);
        let rules: Vec<String> = (number..number + count).map(|n| format!("r{n}_")).collect();
        number += count;
        names.extend(rules.iter().map(|rule| (format!("g{group}"), rule.clone())));
        match choices.below(5) {
            0 => flow_group(&mut out, group, &rules),
            1 => flow_lines_group(&mut out, choices, group, &rules),
            style => {
                let indent = if style == 2 { 6 } else { 8 };
                block_group(&mut out, choices, group, indent, &rules);
            }
        }
    }
    out += "# the cases\ncases:\n";
    for (n, (group, rule)) in names.iter().enumerate() {
        let by = if n % 2 == 0 { rule.clone() } else { format!("{group}/{rule}") };
        match choices.below(4) {
            0 => {
                out += &format!(
                    "  # case of {rule}\n  - {{name: c{n}, from: 10.1.1.1, url: \"https://x\", expect: pass, by: {by}}} # {rule}\n"
                )
            }
            1 => {
                out += &format!(
                    "  - name: c{n}\n    from: 10.1.1.1\n    url: https://x.example # url\n    expect: drop\n    by: \"{by}\" # {rule}\n"
                )
            }
            _ => {}
        }
    }
    if out.ends_with("cases:\n") {
        out = out.replace("cases:\n", "cases: [] # none\n");
    }
    if choices.yes() {
        out += "\n# the end\n";
    }
    if choices.yes() {
        out.truncate(out.trim_end().len());
    }
    if choices.yes() {
        out = out.replace('\n', "\r\n");
    }
    if choices.yes() {
        out.insert(0, '\u{feff}');
    }
    out
}

/// What stands above the groups: its lines carry the names of the field, source or list that they belong to.
fn frame(choices: &mut Choices<'_>) -> String {
    let mut out = String::from("# first line\nsekisho: 1   # version\nname: 関所\n");
    out += [
        "",
        "default_actions: [] # default_actions: none\n",
        "default_actions: # default_actions\n",
        "default_actions: [aws:drop_established, 'alert_established'] # default_actions\n",
        "default_actions: # default_actions\n  - aws:drop_strict # default_actions one\n  # default_actions above\n  - \"alert_strict\"\n",
    ][choices.below(5)];
    out += [
        "home_net: [10.0.0.0/8]\n\n",
        "home_net: 10.0.0.0/8 # home_net\n\n",
        "rule_order: 'strict'  # rule_order\nhome_net: [10.0.0.0/8, # home_net\n  192.168.0.0/16] # home_net\n",
    ][choices.below(3)];
    out += "sources: # all of them\n";
    out += [
        "  a: {cidrs: [10.1.0.0/16]} # src_a\n",
        "  a: # src_a\n    # src_a above\n    owner: team # src_a\n    cidrs: # src_a\n      - 172.16.1.1/32 # src_a\n      # src_a two\n      - '172.16.2.0/24'\n    note: |\n      src_a text\n",
        "  a:\n    cidrs: 172.16.1.0/24 # src_a\n",
        "  a: {of: [b], # src_a\n    note: src_a} # src_a\n",
    ][choices.below(4)];
    out += "  # between\n  b: {cidrs: [10.2.0.0/16]}\ndomain_lists:\n";
    out += [
        "  l: [x.example, .L1.Example] # lst_l\n",
        "  l: # lst_l\n    - x.example # lst_l one\n    # lst_l above two\n    - '*.l2.example'\n",
        "  l: [\n    # lst_l above\n    x.example, # lst_l\n    \"*.l3.example\"\n  ] # lst_l end\n",
    ][choices.below(3)];
    out += "  other: [other.example]\n";
    out += [
        "",
        "variables: # variables\n  IN: [10.1.0.0/16, '!10.1.2.0/24'] # var_in\n",
        "variables: # variables\n  # var_in above\n  IN: # var_in\n    - 10.1.0.0/16 # var_in one\n    # var_in two\n    - '!10.1.2.0/24'\n",
        "variables: {IN: 10.1.0.0/16} # var_in\n",
    ][choices.below(4)];
    out += [
        "",
        "port_sets: # port_sets\n  WEB: [80, 8000:8010] # prt_web\n",
        "port_sets: {} # prt_web\n",
    ][choices.below(3)];
    out += [
        "",
        "stateless: # sls\n  default_action: forward # sls\n  rule_groups: # sls\n    - name: w0group # sls\n      priority: 7 # sls\n      rules: # sls\n        # sls above\n        - {name: w1n, action: pass, from: [10.0.0.0/8], to: any} # sls\n        - name: w2n # sls\n          action: drop # sls\n          from: any # sls\n          protocols: tcp # sls\n          tcp_flags: # sls\n            - flags: [SYN] # sls first\n              masks: [SYN, ACK] # sls masks\n            - {flags: [FIN]} # sls\n",
        "stateless: {default_action: drop, rule_groups: [{name: w0group, priority: 7, rules: [{name: w1n, action: pass, to: any}]}]} # sls\n",
    ][choices.below(3)];
    out + "# groups\nrule_groups:\n"
}

fn flow_rule(rule: &str) -> String {
    format!(
        "{{name: {rule}, sid: {}, action: pass, from: a, to: [\"*.{rule}x.example\", .y.example]}}",
        sid(rule)
    )
}

fn sid(rule: &str) -> usize {
    5_000 + rule.trim_matches(['r', '_']).parse::<usize>().unwrap()
}

fn flow_group(out: &mut String, group: usize, rules: &[String]) {
    let rules: Vec<String> = rules.iter().map(|rule| flow_rule(rule)).collect();
    *out += &format!(
        "  - {{name: g{group}, priority: {}, rules: [{}]}} # flow{group}\n",
        group + 1,
        rules.join(", ")
    );
}

fn flow_lines_group(out: &mut String, choices: &mut Choices<'_>, group: usize, rules: &[String]) {
    *out += &format!("  - name: g{group}\n    priority: {}\n    rules: [\n", group + 1);
    for (i, rule) in rules.iter().enumerate() {
        if choices.yes() {
            *out += &format!("      # {rule} above\n");
        }
        let comma = if i + 1 < rules.len() || choices.yes() { "," } else { "" };
        let beside = if choices.yes() { format!(" # {rule} beside") } else { String::new() };
        *out += &format!("      {}{comma}{beside}\n", flow_rule(rule));
    }
    *out += "    ]\n";
}

fn block_group(
    out: &mut String,
    choices: &mut Choices<'_>,
    group: usize,
    indent: usize,
    rules: &[String],
) {
    let note = if choices.yes() {
        format!("    note: \"group {group}\"   # why\n")
    } else {
        String::new()
    };
    *out += &format!("  - name: g{group} # g{group}\n    priority: {}\n{note}", group + 1);
    if rules.is_empty() {
        *out += ["    rules: []\n", "    rules: [] # none yet\n", "    rules:\n"][choices.below(3)];
        return;
    }
    *out += "    rules: # its rules\n";
    let pad = " ".repeat(indent);
    let spaced = choices.yes();
    for (i, rule) in rules.iter().enumerate() {
        if spaced && i > 0 {
            *out += "\n";
        }
        if choices.yes() {
            *out += &format!("{pad}# {rule} above\n{pad}#   関所 {rule}\n");
        }
        let beside = if choices.yes() { format!("  # {rule} beside") } else { String::new() };
        match choices.below(5) {
            0 => *out += &format!("{pad}- {}{beside}\n", flow_rule(rule)),
            1 => *out += &format!(
                "{pad}- name: {rule}{beside}\n{pad}  # {rule} inside\n{pad}  action: drop # {rule}\n{pad}  from: [a, b] # {rule}\n{pad}  to:  # {rule}\n{pad}    - .{rule}x.example # {rule} one\n{pad}    # {rule} above two\n{pad}    - '*.{rule}y.example'\n{pad}  log: true # {rule}\n{pad}  # {rule} below\n"
            ),
            2 => *out += &format!(
                "{pad}- name: {rule}{beside}\n{pad}  note: >- # {rule}\n{pad}    folded {rule}\n{pad}    text {rule}\n{pad}  suricata: |\n{pad}    drop tls $IN any -> any $WEB (msg:\"{rule} # no comment\"; content:\"$IN $WEB\"; sid:{};)\n{pad}    # {rule} is a comment of the engine\n",
                sid(rule)
            ),
            3 => *out += &format!(
                "{pad}- # {rule} behind the dash\n{pad}  sid: {}\n{pad}  name: '{rule}'\n{pad}  action: reject\n{pad}  from: any\n{pad}  to: 203.0.113.{} # {rule}\n{pad}  protocol: tcp\n{pad}  ports: [22, 8000-8010] # {rule}\n",
                sid(rule), sid(rule) % 200
            )
            .replace("action: reject\n", &format!("action: reject # {rule}\n"))
            .replace("from: any\n", &format!("from: any # {rule}\n"))
            .replace("protocol: tcp\n", &format!("protocol: tcp # {rule}\n")),
            _ => *out += &format!(
                "{pad}- {{name: {rule}, action: pass,{beside}\n{pad}   from: a, to: [.{rule}x.example, # {rule}\n{pad}    .{rule}y.example]}}\n"
            ),
        }
    }
}
