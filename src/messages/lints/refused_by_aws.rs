//! What AWS refuses although the engine takes it.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "refused-by-aws",
    what: words(
        "A rule that Suricata loads is refused by AWS Network Firewall.",
        "Suricata は読み込めても、AWS Network Firewall が拒否するルールです。",
    ),
    why: words(
        "AWS leaves out some keywords and protocols (datasets, file keywords, Lua), takes `priority` and `classtype` in action order only, `reject` for what runs over TCP only, and `pcre` only beside a content or one of a few buffers. It refuses the whole group. Thresholds and xbits it lists as not supported too, yet uses them in rules that it publishes: there only a dry run tells.",
        "AWS は一部のキーワードとプロトコル(dataset、ファイル系、Lua)に対応せず、`priority` と `classtype` はアクション順だけ、`reject` は TCP 上のものだけ、`pcre` は content か特定のバッファーと一緒のときだけ受け付けます。拒否されるのはグループ全体です。しきい値と xbits も非対応とされていますが、AWS が公開するルールでは使われているため、確かめるにはドライランしかありません。",
    ),
    example: "suricata: |\n  reject udp $HOME_NET any -> any 53 (sid:1000001;)",
    remedy: words(
        "Take the keyword out, or write `drop` for `reject`. In strict order the place in the list says what `priority` says.",
        "キーワードを取り除くか、`reject` の代わりに `drop` と書いてください。strict では一覧の位置が `priority` の役割を果たします。",
    ),
    references: &[
        "AWS Network Firewall developer guide: limitations and caveats for stateful rules",
        "errors of the AWS API",
    ],
};
