locals {
  names = concat(["bank.example"], var.more_names)
}

resource "aws_networkfirewall_rule_group" "names" {
  name     = "names"
  type     = "STATEFUL"
  capacity = 100

  rule_group {
    rules_source {
      rules_source_list {
        generated_rules_type = "DENYLIST"
        target_types         = ["TLS_SNI"]
        targets              = local.names
      }
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}

resource "aws_networkfirewall_rule_group" "text" {
  name     = "text-${var.stage}"
  type     = "STATEFUL"
  capacity = 100
  rule_group {
    rule_variables {
      ip_sets {
        key = "PAYROLL"
        ip_set {
          definition = ["10.1.0.0/16", data.aws_vpc.spoke.cidr_block]
        }
      }
      port_sets {
        key = "WEB"
        port_set {
          definition = ["443"]
        }
      }
    }
    rules_source {
      rules_string = <<-RULES
        # written by hand
        pass tcp $PAYROLL any -> any $WEB (msg:"a literal $${x}"; flow:to_server; sid:2001; rev:1;)
        pass tcp ${var.nowhere} any -> any $WEB (msg:"nobody knows"; flow:to_server; sid:2002; rev:1;)
      RULES
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}

resource "aws_networkfirewall_rule_group" "tuples" {
  name     = "tuples"
  type     = "STATEFUL"
  capacity = 10
  rule_group {
    rules_source {
      stateful_rule {
        action = "DROP"
        header {
          protocol         = "TCP"
          source           = "ANY"
          source_port      = "ANY"
          direction        = "FORWARD"
          destination      = "203.0.113.0/24"
          destination_port = "22"
        }
        rule_option {
          keyword  = "sid"
          settings = ["3001"]
        }
      }
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}
