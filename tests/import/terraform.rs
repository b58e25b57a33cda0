//! What is written in Terraform's language.

use super::*;

#[test]
fn what_terraform_leaves_in_rules_at_the_top_of_a_resource_is_said() {
    let rules = "resource \"aws_networkfirewall_rule_group\" \"a\" {\n  name = \"a\"\n  rules = <<EOT\n\
                 pass tls any any -> any any (tls.sni; content:\"${var.nope}\"; sid:1;)\n\
                 pass tls any any -> any any (tls.sni; content:\"b.example\"; sid:2;)\nEOT\n}\n";
    let made = imported("a.tf", rules);
    let said: Vec<&str> =
        made.report.problems.iter().map(|p| p.diagnostic.message.say(Lang::English)).collect();
    assert!(
        said.iter().any(|said| said.contains("what `${var.nope}` is, no file says")),
        "{said:?}"
    );
    assert!(made.report.has_losses());
}

/// A group whose stateful rules are made by a dynamic block, over a list that is written or that only Terraform knows.
fn dynamic_group(over: &str) -> String {
    format!(
        r#"
locals {{
  ports = ["443", "8443"]
}}
resource "aws_networkfirewall_rule_group" "made" {{
  name     = "made"
  type     = "STATEFUL"
  capacity = 10
  rule_group {{
    rule_variables {{
      dynamic "ip_sets" {{
        for_each = {{ APPS = ["10.1.0.0/16"], DATA = ["10.2.0.0/16"] }}
        content {{
          key = ip_sets.key
          ip_set {{ definition = ip_sets.value }}
        }}
      }}
    }}
    rules_source {{
      dynamic "stateful_rule" {{
        for_each = {over}
        iterator = it
        content {{
          action = "PASS"
          header {{
            protocol         = "TCP"
            source           = "$APPS"
            source_port      = "ANY"
            direction        = "FORWARD"
            destination      = "203.0.113.0/24"
            destination_port = it.value
          }}
          rule_option {{
            keyword  = "sid"
            settings = ["${{it.value}}"]
          }}
        }}
      }}
    }}
  }}
}}
"#
    )
}

#[test]
fn dynamic_blocks_are_repeated_where_the_files_say_over_what() {
    for over in ["local.ports", r#"["443", "8443"]"#, "toset(local.ports)"] {
        let made = imported("main.tf", &dynamic_group(over));
        assert!(!codes(&made).contains(&"unresolved"), "{over}: {:?}", codes(&made));
        let policy = made.policy.unwrap();
        for part in ["any -> 203.0.113.0/24 443", "any -> 203.0.113.0/24 8443", "APPS", "DATA"] {
            assert!(policy.contains(part), "{over}, {part}: {policy}");
        }
    }
    let made = imported("main.tf", &dynamic_group("data.aws_ports.all.list"));
    assert!(codes(&made).contains(&"unresolved"), "{:?}", codes(&made));
    assert!(made.policy.unwrap_or_default().find("203.0.113.0").is_none());
}

#[test]
fn resources_are_made_as_often_as_their_files_say() {
    let module = |repeat: &str, name: &str, reference: &str| {
        format!(
            r#"
resource "aws_networkfirewall_rule_group" "many" {{
  {repeat}
  name     = "{name}"
  type     = "STATEFUL"
  capacity = 10
  rule_group {{
    rules_source {{
      rules_string = "pass tcp any any -> any 22 (msg:\"{name}\"; sid:1;)"
    }}
    stateful_rule_options {{ rule_order = "STRICT_ORDER" }}
  }}
}}
resource "aws_networkfirewall_firewall_policy" "all" {{
  name = "all"
  firewall_policy {{
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    stateful_engine_options {{ rule_order = "STRICT_ORDER" }}
    stateful_rule_group_reference {{
      priority     = 7
      resource_arn = aws_networkfirewall_rule_group.many{reference}.arn
    }}
  }}
}}
"#
        )
    };
    let groups = |module: &str| {
        let made = imported("main.tf", module);
        let policy = made.policy.clone().unwrap();
        let named = document(&policy).policy().rule_groups.clone();
        let named = named.iter().map(|group| (group.name.value.clone(), group.priority.value));
        (named.collect::<Vec<_>>(), codes(&made))
    };
    let each = r#"for_each = { a = "x", b = "y" }"#;
    let (named, said) = groups(&module(each, "rg-${each.key}-${each.value}", r#"["b"]"#));
    // The copy that nothing refers to is left out, and that is said.
    assert_eq!(named, [("rg-b-y".to_owned(), 7)]);
    assert_eq!(said, ["no-home-net", "unused-group"]);
    let (named, said) = groups(&module("count = 2", "rg-${count.index}", "[1]"));
    assert_eq!(named, [("rg-1".to_owned(), 7)]);
    assert_eq!(said, ["no-home-net", "unused-group"]);
    let (named, said) = groups(&module("count = var.unknown", "rg", "[0]"));
    assert_eq!(named, [("rg".to_owned(), 7)]);
    assert!(said.contains(&"unresolved"), "{said:?}");
}

#[test]
fn names_that_lead_to_names_are_looked_up_once() {
    let start = std::time::Instant::now();
    let mut template = String::from("Conditions:\n");
    for number in 0..29 {
        let next = number + 1;
        template += &format!(
            "  C{number}: {{Fn::And: [{{Condition: C{next}}}, {{Condition: C{next}}}]}}\n"
        );
    }
    template += "  C29: {Fn::Equals: [a, a]}\nResources:\n  G:\n    Type: AWS::NetworkFirewall::RuleGroup\n    \
                 Condition: C0\n    Properties:\n      RuleGroupName: g\n      RuleGroup: {RulesSource: {RulesString: \
                 'pass tls any any -> any any (sid:1;)'}}\n";
    let made = imported("a.yaml", &template);
    assert_eq!(made.report.imported, 1, "{:?}", codes(&made));
    assert!(!codes(&made).contains(&"unresolved"), "the condition holds");

    let mut module = String::from("locals {\n  l0 = \"192.0.2.1\"\n");
    for number in 1..15 {
        let of = number - 1;
        module += &format!("  l{number} = [local.l{of}, local.l{of}, local.l{of}, local.l{of}]\n");
    }
    module += "}\nresource \"aws_networkfirewall_rule_group\" \"a\" {\n  name = \"a\"\n  rule_group {\n    \
               rule_variables {\n      ip_sets {\n        key = \"A\"\n        ip_set {\n          definition = \
               concat([\"192.0.2.2\"], local.l14)\n        }\n      }\n    }\n    rules_source {\n      rules_string = \
               \"pass tls $A any -> any any (sid:1;)\"\n    }\n  }\n}\n";
    let made = imported("a.tf", &module);
    assert!(codes(&made).contains(&"not-whole"), "what does not fit is said: {:?}", codes(&made));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn functions_of_terraform_do_what_they_do_there() {
    let module = "locals {\n  names = compact([\"203.0.113.9\", null, \"\", \"192.0.2.1\", \"192.0.2.1\"])\n}\n\
                  resource \"aws_networkfirewall_rule_group\" \"a\" {\n  name = \"a\"\n  rule_group {\n    \
                  rule_variables {\n      ip_sets {\n        key = \"A\"\n        ip_set { definition = local.names }\n      }\n      \
                  ip_sets {\n        key = \"B\"\n        ip_set { definition = sort(local.names) }\n      }\n      \
                  ip_sets {\n        key = \"C\"\n        ip_set { definition = distinct(local.names) }\n      }\n    }\n    \
                  rules_source {\n      rules_string = chomp(\"  # $A $B $C\\npass tls $A any -> any any (sid:1;)\\n\\n\")\n    }\n  }\n}\n";
    let made = imported("a.tf", module);
    let policy = made.policy.clone().unwrap();
    for set in [
        "A: [203.0.113.9, 192.0.2.1, 192.0.2.1]\n",
        "B: [192.0.2.1, 192.0.2.1, 203.0.113.9]\n",
        "C: [203.0.113.9, 192.0.2.1]\n",
    ] {
        assert!(policy.contains(set), "{set}{policy}");
    }
    assert!(!codes(&made).contains(&"set-incomplete"), "{:?}", codes(&made));
}
