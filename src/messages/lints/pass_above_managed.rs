//! Passes that a managed group never inspects.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(row: &str, group: &str) -> Text {
    (
        format!("`{row}` passes whole connections by address before the managed group `{group}` is asked: it never inspects them"),
        format!("`{row}` は、マネージドグループ `{group}` が問われる前にアドレスで接続全体を通過させます: そのグループは検査しません"),
    )
        .into()
}

/// The same of the default action.
#[must_use]
pub fn default(group: &str) -> Text {
    (
        format!("the managed group `{group}` is asked after the rules that say the default action: it never inspects what they block"),
        format!("マネージドグループ `{group}` は、デフォルトアクションを表すルールの後に問われます: それらが止める通信は検査しません"),
    )
        .into()
}

/// What to do about that.
pub const DEFAULT_HELP: Words = words(
    "give the managed group a lower priority number than your last group",
    "マネージドグループの優先度の数値を、自分の最後のグループより小さくしてください",
);

/// What to do about it.
pub const HELP: Words = words(
    "give the managed group a lower priority number, or pass names in place of addresses",
    "マネージドグループの優先度の数値を小さくするか、アドレスではなく名前で通過させてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "pass-above-managed",
    what: words(
        "A wide pass, or the rules that say the default action, stand above a rule group that others keep, such as threat signatures.",
        "脅威シグネチャなど、他者が管理するルールグループの上に、広い pass か、デフォルトアクションを表すルールがあります。",
    ),
    why: words(
        "A pass ends inspection: what it passes by address is passed from the first packet on, and no rule below sees what is said. Threat signatures then find nothing. The rules that say the default action are deployed in the last of your groups, so a managed group behind it sees only what they leave.",
        "pass は検査を終わらせます。アドレスで許可された通信は最初のパケットから通過し、下のルールは中身を見ません。脅威シグネチャは何も見つけられなくなります。デフォルトアクションを表すルールは自分の最後のグループに配備されるので、その後のマネージドグループには残りしか見えません。",
    ),
    example: "rule_groups:\n  - name: network\n    priority: 100\n    rules:\n      - {name: partner, action: pass, from: any, to: 203.0.113.0/24, protocol: ip}\n  - name: threats\n    priority: 200\n    managed: arn:aws:network-firewall:eu-central-1:aws-managed:stateful-rulegroup/ThreatSignaturesBotnetStrictOrder",
    remedy: words(
        "Put managed groups first, and keep passes narrow.",
        "マネージドグループを先頭に置き、pass は狭くしてください。",
    ),
    references: &["AWS Network Firewall best-practices guide: managed rule groups first"],
};
