use std::fmt::Write as _;

use super::scopes::{in_scope, name_in_scope, reference_in_scope};
use crate::net::StreamPolicy;
use crate::suricata::{Ruleset, addresses, ports};

/// The largest number of rules that the engine keeps for one packet.
///
/// Source: Suricata 7.0.10, `packet-alert-max`: 255 is the most it takes (measured).
pub const MOST_ALERTS: usize = 255;

/// The configuration of a run, whatever the machine's own says: what a firewall in line sees, every match of every packet.
///
/// A buffer is asked about on the packet that completes it (inline), as in AWS Network Firewall. An error
/// of a protocol's parser drops nothing: no rule says so, and what AWS sets there is not known.
/// The protocols are those of the engine's own configuration.
#[must_use]
pub fn configuration(ruleset: &Ruleset, midstream: StreamPolicy) -> String {
    let (address_groups, port_groups) = groups(ruleset);
    let midstream = match midstream {
        StreamPolicy::Drop => "drop-flow",
        StreamPolicy::Reject => "reject",
        StreamPolicy::Continue => "ignore",
    };
    format!(
        "%YAML 1.1\n---\nvars:\n  address-groups:\n{address_groups}  port-groups:\n{port_groups}{FIXED}  midstream-policy: {midstream}\npacket-alert-max: {MOST_ALERTS}\n"
    )
}

/// The variables of all scopes that can be read; the engine would not start with another.
fn groups(ruleset: &Ruleset) -> (String, String) {
    let (mut as_addresses, mut as_ports) = (String::new(), String::new());
    for (scope, variables) in ruleset.scopes.iter().enumerate() {
        let line = |to: &mut String, name: &str, value: &str| {
            let (name, value) = (name_in_scope(name, scope), in_scope(value, scope));
            _ = writeln!(to, "    {name}: '{}'", value.replace('\'', "''"));
        };
        for (name, value) in &variables.addresses {
            if addresses(value, variables).is_ok() {
                line(&mut as_addresses, name, value);
            }
        }
        for (name, contents) in &variables.references {
            if let Some(value) = contents {
                let name = reference_in_scope(name, scope);
                _ = writeln!(as_addresses, "    {name}: '{value}'");
            }
        }
        for (name, value) in &variables.ports {
            if ports(value, variables).is_ok() {
                line(&mut as_ports, name, value);
            }
        }
    }
    (as_addresses, as_ports)
}

const FIXED: &str = "\
runmode: single
exception-policy: ignore
default-rule-path: .
stats:
  enabled: no
logging:
  default-log-level: notice
  outputs:
    - file:
        enabled: yes
        level: info
        filename: suricata.log
outputs:
  - eve-log:
      enabled: yes
      filetype: regular
      filename: eve.json
      types:
        - alert:
            payload: yes
            payload-buffer-size: 16
            metadata: no
            tagged-packets: no
        - drop:
            alerts: yes
            flows: all
engine-analysis:
  rules: yes
  rules-fast-pattern: no
detect:
  profile: medium
app-layer:
  error-policy: ignore
  protocols:
    tls:
      enabled: yes
      detection-ports:
        dp: 443
    http:
      enabled: yes
      libhtp:
        default-config:
          personality: IDS
    dns:
      tcp:
        enabled: yes
        detection-ports:
          dp: 53
      udp:
        enabled: yes
        detection-ports:
          dp: 53
    smb:
      enabled: yes
      detection-ports:
        dp: 139, 445
    rfb:
      enabled: yes
      detection-ports:
        dp: 5900, 5901, 5902, 5903, 5904, 5905, 5906, 5907, 5908, 5909
    imap:
      enabled: detection-only
    modbus:
      enabled: no
    dnp3:
      enabled: no
    enip:
      enabled: no
    pgsql:
      enabled: no
    telnet: { enabled: yes }
    mqtt: { enabled: yes }
    krb5: { enabled: yes }
    bittorrent-dht: { enabled: yes }
    snmp: { enabled: yes }
    ike: { enabled: yes }
    dcerpc: { enabled: yes }
    ftp: { enabled: yes }
    ssh: { enabled: yes }
    http2: { enabled: yes }
    smtp: { enabled: yes }
    nfs: { enabled: yes }
    tftp: { enabled: yes }
    ntp: { enabled: yes }
    quic: { enabled: yes }
    dhcp: { enabled: yes }
    sip: { enabled: yes }
    rdp: { enabled: yes }
stream:
  inline: yes
  checksum-validation: no
  reassembly:
    depth: 1mb
";
