variable "stage" {
  default = "live"
}

variable "more_names" {
  type    = list(string)
  default = [".paste.example"]
}

resource "aws_networkfirewall_rule_group" "broken" {
  name = "the bracket is missing
}

resource "aws_networkfirewall_firewall_policy" "egress" {
  name = "egress"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_default_actions           = ["aws:drop_established"]
    stateful_engine_options {
      rule_order              = "STRICT_ORDER"
      stream_exception_policy = "REJECT"
    }
    policy_variables {
      rule_variables {
        key = "HOME_NET"
        ip_set {
          definition = ["10.0.0.0/8"]
        }
      }
    }
    stateful_rule_group_reference {
      priority     = 10
      resource_arn = aws_networkfirewall_rule_group.names.arn
    }
    stateful_rule_group_reference {
      priority     = 20
      resource_arn = aws_networkfirewall_rule_group.text.arn
    }
    stateful_rule_group_reference {
      priority     = 30
      resource_arn = aws_networkfirewall_rule_group.tuples.arn
    }
    dynamic "stateful_rule_group_reference" {
      for_each = var.managed
      content {
        priority     = 40
        resource_arn = stateful_rule_group_reference.value
      }
    }
  }
}
