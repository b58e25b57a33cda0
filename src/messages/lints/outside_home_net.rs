//! Sources that rows from `any` do not see.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(source: &str, networks: &str, more: bool) -> Text {
    let more = if more { ", …" } else { "" };
    (
        format!("`{source}` has addresses outside `home_net` ({networks}{more}): rows from `any`, and `$HOME_NET` in rules written by hand, do not see them"),
        format!("`{source}` には `home_net` の外のアドレス({networks}{more})があります: `from: any` の行や、手書きルールの `$HOME_NET` はこれらを対象にしません"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "add the networks to `home_net`, or name the source in the rows that are about it",
    "`home_net` にネットワークを加えるか、対象とする行に送信元の名前を書いてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "outside-home-net",
    what: words(
        "A source has addresses that the policy does not count to the inside.",
        "送信元のアドレスが、ポリシーの内側(`home_net`)に含まれていません。",
    ),
    why: words(
        "`from: any` means `$HOME_NET`, and so do the rules that AWS makes from domain lists. What comes from elsewhere matches none of them: it is neither passed nor blocked by them. AWS takes the network of the firewall's own VPC where a policy says nothing, so that in a central design the traffic of other VPCs is not seen at all.",
        "`from: any` は `$HOME_NET` を意味し、AWS がドメインリストから作るルールも同じです。その外から来る通信には一致せず、許可も遮断もされません。ポリシーで指定しなければ AWS はファイアウォール自身の VPC のネットワークを使うため、集約構成ではほかの VPC の通信がまったく対象になりません。",
    ),
    example: "home_net: [10.0.0.0/8]\nsources:\n  office: {cidrs: [172.16.0.0/12]}   # outside\nrule_groups:\n  - name: blocked\n    priority: 100\n    rules:\n      - {name: paste-sites, action: drop, from: any, to: [.paste.example]}",
    remedy: words(
        "Write every network behind the firewall into `home_net`; it becomes the policy variable `HOME_NET`. If a source is outside on purpose, name it in the rows that are about it.",
        "ファイアウォールの内側にあるすべてのネットワークを `home_net` に書いてください。ポリシー変数 `HOME_NET` になります。意図して外に置く送信元は、対象とする行に名前を書いてください。",
    ),
    references: &[
        "AWS Network Firewall developer guide: stateful domain list rule groups, HOME_NET",
        "AWS Network Firewall API: FirewallPolicy, PolicyVariables",
    ],
};
