//! `dotprefix` without a dot.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "dotprefix-without-dot",
    what: words(
        "`dotprefix` stands in front of a content that does not begin with a dot.",
        "`dotprefix` の後の content が、ドットで始まっていません。",
    ),
    why: words(
        "`dotprefix` puts a dot before the name, so that `.amazon.com` with `endswith` finds `amazon.com` and `www.amazon.com`. Without the dot in the content it also finds `notamazon.com`. Published examples have this mistake.",
        "`dotprefix` は名前の前にドットを付け、`endswith` 付きの `.amazon.com` が `amazon.com` と `www.amazon.com` に一致するようにします。content にドットがなければ `notamazon.com` にも一致します。公開されている例にもこの誤りがあります。",
    ),
    example: "suricata: |\n  pass tls $HOME_NET any -> any any (tls.sni; dotprefix; content:\"amazon.com\"; nocase; endswith; flow:to_server, established; sid:1000001;)",
    remedy: words(
        "`tls.sni; dotprefix; content:\".amazon.com\"; nocase; endswith`, in this order: behind the content `dotprefix` does nothing.",
        "`tls.sni; dotprefix; content:\".amazon.com\"; nocase; endswith` と、この順序で書いてください。content の後の `dotprefix` は何もしません。",
    ),
    references: &["Suricata user guide: dotprefix", "measured on Suricata 7.0.10"],
};
