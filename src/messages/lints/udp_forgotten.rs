//! Time and other UDP are lost.

use super::Page;
use crate::messages::Lang::{English, Japanese};
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(by: &Text, request: &str) -> Text {
    Text::made(|lang| {
        let by = by.say(lang);
        match lang {
            English => format!(
                "no row passes UDP: time, and names asked for outside, are dropped by {by}, such as {request}"
            ),
            Japanese => format!(
                "UDP を通過させる行がありません: 時刻同期や外部への名前解決({request} など)は {by} がドロップします"
            ),
        }
    })
}

/// What to do about it.
pub const HELP: Words = words(
    "pass what is needed by address, protocol and port: `to: 203.0.113.123, protocol: udp, ports: [123]`",
    "必要なものをアドレス、プロトコル、ポートで通過させてください: `to: 203.0.113.123, protocol: udp, ports: [123]`",
);

/// The page.
pub const PAGE: Page = Page {
    code: "udp-forgotten",
    what: words(
        "Only names are passed, and the default action drops all UDP.",
        "名前だけを許可し、UDP はすべてデフォルトアクションがドロップします。",
    ),
    why: words(
        "UDP and ICMP know no connection: `drop_established` drops every packet of them. After a list of sites has taken the place of a proxy, clocks run away and names are not found. Where time and names come from the VPC itself (169.254.169.123, the VPC resolver) nothing is lost.",
        "UDP と ICMP には接続がないため、`drop_established` はそのすべてのパケットをドロップします。プロキシの代わりにサイトの一覧を置いた後、時計がずれ、名前が解決できなくなることがあります。時刻と名前を VPC 内(169.254.169.123、VPC リゾルバー)から得ているなら影響はありません。",
    ),
    example: "default_actions: [drop_established, alert_established]\nrule_groups:\n  - name: allowed\n    priority: 100\n    rules:\n      - {name: updates, action: pass, from: any, to: [.updates.example]}",
    remedy: words(
        "Write rows for time (udp 123), resolvers (udp and tcp 53) and ping, each to the addresses that are meant; or let a case say that they are blocked.",
        "時刻(udp 123)、リゾルバー(udp と tcp の 53)、ping の行を、意図したアドレス宛てに書いてください。",
    ),
    references: &[
        "AWS Network Firewall developer guide: drop established, connectionless protocols",
    ],
};
