//! Rows that let the handshake through.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "waits-for-names",
    what: words(
        "A row about addresses waits for names, because rows above it ask for names.",
        "上に名前の行があるため、アドレスの行が名前を待ちます。",
    ),
    why: words(
        "Row order can only be kept if the row below lets the handshake through until the name is known. The port then looks open to a scan, and bytes that never become a name get through.",
        "行の順序を守るには、名前が分かるまで下の行がハンドシェイクを通す必要があります。ポートスキャンには開いて見え、名前にならないデータは通ります。",
    ),
    example: "- {name: bank, action: pass, from: any, to: [api.bank.example]}\n- {name: no-mail, action: drop, from: any, to: any, protocol: tcp, ports: [25]}",
    remedy: words(
        "Put rows that block addresses above rows about names: they then act on the first packet.",
        "アドレスを遮断する行を、名前の行より上に置いてください。最初のパケットで効くようになります。",
    ),
    references: &["docs/compile-table.md; measured on Suricata 7.0.10"],
};
