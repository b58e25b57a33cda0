//! Row order that the engine does not keep.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "order-not-kept",
    what: words(
        "A row further down, or the default action, decides before a row above is asked.",
        "上の行が問われる前に、下の行やデフォルトアクションが決めてしまいます。",
    ),
    why: words(
        "The engine asks packet by packet. A rule about addresses decides on the first packet, one about a name only when the client has said it. A plain `pass tcp … 443` lower down lets the whole connection through before a drop by name above is asked, and a plain `drop tcp` kills the handshake of what is passed by name. A pass by name holds for the connection: further requests on it are not asked any more.",
        "エンジンはパケットごとにルールを問います。アドレスのルールは最初のパケットで決まり、名前のルールはクライアントが名前を送ってから決まります。下にある単純な `pass tcp … 443` は、上の名前による drop が問われる前に接続全体を通し、単純な `drop tcp` は名前で許可したもののハンドシェイクを壊します。名前による pass は接続全体に及び、その接続の以降のリクエストは問われません。",
    ),
    example: "- name: bad-site\n  suricata: |\n    drop tls any any -> any any (tls.sni; content:\"bad.example\"; startswith; nocase; endswith; sid:1000001;)\n- name: web\n  suricata: |\n    pass tcp any any -> any 443 (sid:1000002;)",
    remedy: words(
        "Write the rule as a row in the words of the policy: it is compiled so that it waits. By hand: `flow:to_server` at the pass, and what a drop must wait for, such as `ssl_state:client_hello`. `sekisho try` with the request of the finding shows the packets.",
        "ポリシーの言葉で行として書けば、待つようにコンパイルされます。手書きなら pass に `flow:to_server` を、drop に `ssl_state:client_hello` のような待つべき条件を加えてください。指摘のリクエストを `sekisho try` で試すと、パケットごとの様子が見えます。",
    ),
    references: &[
        "AWS re:Post: rules out of order; AWS Network Firewall best-practices guide: customer managed rules",
        "Suricata 7.0.10, detect-engine-build.c, SignatureSetType; each finding is tried",
    ],
};
