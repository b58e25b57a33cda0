//! Row order of which it is not known whether the engine keeps it.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "order-not-known",
    what: words(
        "Whether hand-written rules keep the order of rows cannot be told for every flow.",
        "手書きルールが行の順序を守るかどうかを、すべてのフローについては判断できません。",
    ),
    why: words(
        "All flows that a hand-written rule is about are looked at, class by class. Where a rule asks for what a class does not say (an expression, a text in the middle of a name, sizes, the client's port, keywords that are not modelled), one flow does not stand for the others; and of very many classes only a part is looked at. No other finding about the order does not mean that there is nothing to find there.",
        "手書きルールの対象となるすべてのフローを、種類ごとに調べます。種類からは分からない条件 (正規表現、名前の途中の文字列、サイズ、クライアントのポート、モデル化されていないキーワード) をルールが問う場合、1 つのフローはほかのフローの代わりになりません。種類が多すぎれば一部しか調べません。順序についてほかに指摘がなくても、問題がないとは限りません。",
    ),
    example: "- name: good\n  suricata: |\n    pass tls any any -> any any (ssl_state:client_hello; tls.sni; pcre:\"/^(a|b)[.]example$/\"; flow:to_server; sid:1000001;)",
    remedy: words(
        "Write the rule as a row in the words of the policy, or ask for whole names and for endings instead of expressions. Try with `sekisho try` the requests that matter.",
        "ポリシーの言葉で行として書くか、正規表現の代わりに名前全体または末尾を条件にしてください。重要なリクエストは `sekisho try` で試してください。",
    ),
    references: &["exact over the flows that docs/flows.md describes"],
};
