//! `$EXTERNAL_NET` does not follow a group's own inside.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "external-net-of-policy",
    what: words(
        "A group has its own `home_net`, and its `$EXTERNAL_NET` is still the outside of the policy's.",
        "グループに独自の `home_net` があっても、`$EXTERNAL_NET` はポリシーの外側のままです。",
    ),
    why: words(
        "AWS negates the policy's `HOME_NET` for `EXTERNAL_NET`, also in a group that sets another `HOME_NET`. Rules from `$HOME_NET` to `$EXTERNAL_NET` then overlap, or match nothing.",
        "グループが別の `HOME_NET` を設定しても、AWS の `EXTERNAL_NET` はポリシーの `HOME_NET` の否定です。`$HOME_NET` から `$EXTERNAL_NET` へのルールは重なったり、何にも一致しなかったりします。",
    ),
    example: "home_net: [10.0.0.0/8]\nrule_groups:\n  - name: lab\n    priority: 100\n    home_net: [192.168.7.0/24]\n    rules:\n      - name: out\n        suricata: |\n          drop tcp $HOME_NET any -> $EXTERNAL_NET 25 (sid:1000001;)",
    remedy: words(
        "Set `external_net` of the group too, or leave its `home_net` out: a row's `from` says who asks.",
        "グループの `external_net` も書くか、`home_net` を外してください。誰が対象かは行の `from` で示せます。",
    ),
    references: &["AWS Network Firewall developer guide: rule variables"],
};
