//! Rules of the engine, in words.

use super::Text;

/// What a rule's type means, by the engine's word for it: when the rule is asked, and how far its action reaches.
#[must_use]
pub fn rule_type(word: &str) -> Text {
    match word {
        "ip_only" => {
            "asked on the first packet each way (for TCP the SYN and its answer), before any name is \
             known; its action holds for the whole flow"
        }
        "like_ip_only" => {
            "asked on every packet, from the SYN on, because an address is negated; its action holds \
             for the whole flow"
        }
        "pd_only" => {
            "asked once the engine knows which protocol is spoken, or that it is none it knows; its \
             action holds for the whole flow"
        }
        "de_only" => "asked of packets that are broken; its action holds for that packet only",
        "app_layer" => {
            "asked on every packet from the first that shows the protocol, in both directions, before \
             a name is known; its action holds for the whole flow"
        }
        "app_tx" => {
            "asked once the packet is there that completes what it looks at, such as the ClientHello; \
             its action holds for the whole flow"
        }
        "stream" => {
            "asked on packets with data, of all the data so far; its action holds for the whole flow"
        }
        "pkt_stream" => {
            "asked on packets with data, of the packet and of all the data so far; its action holds \
             for the whole flow of TCP, and for that packet only elsewhere"
        }
        "pkt" => "asked on every packet; its action holds for each packet that matches, one by one",
        _ => "not known to this version",
    }
    .into()
}

/// What an action does, by its word.
#[must_use]
pub fn action(word: &str) -> Text {
    match word {
        "pass" => "lets through, and asks no rule below on this packet",
        "drop" => "discards without a word; the client waits until it gives up",
        "reject" | "rejectsrc" => "discards and answers with a TCP reset or an ICMP error",
        "rejectdst" => "discards and resets the server's side",
        "rejectboth" => "discards and resets both sides",
        "alert" => "writes a log line and decides nothing",
        _ => "sets the engine itself; decides nothing",
    }
    .into()
}

/// How the list of keywords begins that are evaluated.
pub const EVALUATED: &str = "Evaluated: a rule with these gets a verdict";
/// How the list of keywords begins that are only carried.
pub const CARRIED: &str = "Read and kept, but not evaluated: a rule with one of these cannot be told \
                           wherever it could decide";
/// What can be explained.
pub const TOPICS: &str =
    "what can be explained: `keywords`, `exit-codes`, and a rule in quotes behind `rule`";
/// The exit codes, one a line.
pub const EXIT_CODES: &str = "\
0  all is well
1  it could not run: a file, the disk, or wrong usage
2  findings, failed cases, or a verdict other than the one expected
3  the input is not valid
";
