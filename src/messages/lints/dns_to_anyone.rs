//! Names asked for at any resolver.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(row: &str, resolver: &str) -> Text {
    (
        format!("`{row}` lets clients ask any resolver for names, such as {resolver}: a DNS firewall is passed by"),
        format!("`{row}` により、クライアントは {resolver} など任意のリゾルバーに問い合わせできます: DNS ファイアウォールを迂回されます"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "pass port 53 to your resolvers only, and drop it to all others above this row",
    "53 番ポートは自分のリゾルバー宛てだけを通過させ、それ以外はこの行より上でドロップしてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "dns-to-anyone",
    what: words(
        "Clients may send DNS to any server outside.",
        "クライアントが、外部の任意のサーバーに DNS を送れます。",
    ),
    why: words(
        "Filters on names, such as Route 53 Resolver DNS Firewall, see only what is asked through them. A client that asks another resolver is not filtered, and data can be carried out in the names that are asked for.",
        "Route 53 Resolver DNS Firewall のような名前のフィルターは、そこを通る問い合わせしか見ません。ほかのリゾルバーに問い合わせるクライアントは対象外となり、問い合わせる名前に載せてデータを持ち出すこともできます。",
    ),
    example: "- {name: names, action: pass, from: any, to: any, protocols: [udp, tcp], ports: [53]}",
    remedy: words(
        "Pass DNS to the resolvers that are meant, by address, and drop the rest of port 53. DNS over HTTPS is a matter of names: block the names of public resolvers.",
        "意図したリゾルバーのアドレス宛ての DNS だけを通過させ、53 番ポートの残りはドロップしてください。DNS over HTTPS は、公開リゾルバーの名前を遮断して防ぎます。",
    ),
    references: &["AWS Network Firewall best-practices guide: direct DNS to external resolvers"],
};
