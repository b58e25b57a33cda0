//! Rows that overlap and act differently: the one that stands first decides.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// Two rows, and a request that shows that their order decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The row that stands first.
    pub above: Text,
    /// The row that stands further down.
    pub below: Text,
    /// The request.
    pub request: String,
    /// Who sends it.
    pub from: String,
    /// The address that it goes to.
    pub to: String,
    /// The word of what becomes of it: `pass`, `drop`, `reject`, `half`.
    pub now: &'static str,
    /// The word of what would.
    pub then: &'static str,
}

fn more_rows(number: usize) -> String {
    match number {
        1 => "1 more row".to_owned(),
        more => format!("{more} more rows"),
    }
}

/// Rows overlap, and each may be about requests that the other is not about; `more`: how many more rows further down overlap
/// with the upper one.
#[must_use]
pub fn correlated(example: &Example, more: usize) -> Text {
    let Example { request, from, to, now, then, .. } = example;
    Text::made(|lang| {
        let (above, below) = (example.above.say(lang), example.below.say(lang));
        match (lang, more) {
            (English, 0) => format!(
                "{above} and {below} overlap: {request} from {from} to {to} gets `{now}` since the first stands above, and would get `{then}` if the second did"
            ),
            (English, more) => format!(
                "{above} overlaps with {below} and with {} below it: {request} from {from} to {to} gets `{now}` since the first stands above, and would get `{then}` if the second did",
                more_rows(more)
            ),
            (Japanese, 0) => format!(
                "{above} と {below} は対象が重なります: {from} から {request} (宛先 {to}) は、前者が上にあるため `{now}`、後者が上なら `{then}` になります"
            ),
            (Japanese, more) => format!(
                "{above} は {below} と、さらに下の {more} 行と対象が重なります: {from} から {request} (宛先 {to}) は、前者が上にあるため `{now}`、後者が上なら `{then}` になります"
            ),
        }
    })
}

/// What to do about rows that overlap.
pub const CORRELATED_HELP: Words = words(
    "nothing, if that order is meant: keep it when you move them; `sekisho access --rule NAME` tells every row that it holds for",
    "その順序が意図どおりなら、何もする必要はありません。移すときは順序を保ってください。`sekisho access --rule 名前` で、重なる行をすべて確かめられます",
);

/// The lower row is about all that the upper one is about, and more; `more`: how many more rows above are exceptions to it.
#[must_use]
pub fn generalised(example: &Example, more: usize) -> Text {
    let Example { request, from, to, now, then, .. } = example;
    Text::made(|lang| {
        let (above, below) = (example.above.say(lang), example.below.say(lang));
        match (lang, more) {
            (English, 0) => format!(
                "{above} is an exception to {below}: {request} from {from} to {to} gets `{now}` since the first stands above, and would get `{then}` if the second did"
            ),
            (English, more) => format!(
                "{above} and {} above are exceptions to {below}: {request} from {from} to {to} gets `{now}` since the first stands above, and would get `{then}` if {below} stood above it",
                more_rows(more)
            ),
            (Japanese, 0) => format!(
                "{above} は {below} の例外です: {from} から {request} (宛先 {to}) は、前者が上にあるため `{now}`、後者が上なら `{then}` になります"
            ),
            (Japanese, more) => format!(
                "{above} と、ほかに上の {more} 行は {below} の例外です: {from} から {request} (宛先 {to}) は、{above} が上にあるため `{now}`、{below} がその上なら `{then}` になります"
            ),
        }
    })
}

/// What to do about exceptions.
pub const GENERALISED_HELP: Words = words(
    "nothing, if these are exceptions: keep them above; below the wide row they would decide nothing that usual clients send",
    "例外のつもりなら、何もする必要はありません。上に置いたままにしてください。広い行の下では、通常のクライアントの通信については何も決めなくなります",
);

/// The lower row is about nothing that the upper one is not about.
#[must_use]
pub fn shadowed(example: &Example) -> Text {
    let Example { request, from, to, now, then, .. } = example;
    Text::made(|lang| {
        let (above, below) = (example.above.say(lang), example.below.say(lang));
        match lang {
            English => format!(
                "{above} is about all that {below} is about, which never decides anything: {request} from {from} to {to} gets `{now}` since the first stands above, and would get `{then}` if the second did"
            ),
            Japanese => format!(
                "{above} は {below} の対象をすべて含み、{below} は何も決めません: {from} から {request} (宛先 {to}) は、前者が上にあるため `{now}`、後者が上なら `{then}` になります"
            ),
        }
    })
}

/// Findings that are not shown one by one: how many rows they are about.
#[must_use]
pub fn more(rows: usize) -> Text {
    Text::made(|lang| match (lang, rows) {
        (English, 1) => "1 more row overlaps with others that act differently".to_owned(),
        (English, _) => format!("{rows} more rows overlap with others that act differently"),
        (Japanese, _) => format!("ほかに {rows} 行が、動作の異なる行と対象が重なります"),
    })
}

/// Rows of which not everything is known.
#[must_use]
pub fn open(rows: usize) -> Text {
    Text::made(|lang| {
        match (lang, rows) {
        (English, 1) => "1 row may overlap with more than is told: of some of its flows it cannot be told, or there are too many".to_owned(),
        (English, _) => format!(
            "{rows} rows may overlap with more than is told: of some of their flows it cannot be told, or there are too many"
        ),
        (Japanese, _) => format!(
            "{rows} 行は、ここに挙げたほかにも重なっているかもしれません: 一部のフローは判断できないか、数が多すぎます"
        ),
    }
    })
}

/// The order of this row and others decides.
pub const ORDER_DECIDES: Words =
    words("Where its place among other rows decides:", "ほかの行との順序で結果が変わるもの:");

/// One of two rows, beside the other: where it stands, and what becomes of the request if they changed places.
#[must_use]
pub fn brief(other: &str, is_above: bool, then: &str) -> Text {
    Text::made(|lang| match (lang, is_above) {
        (English, true) => format!("{other} above; swapped: {then}"),
        (English, false) => format!("{other} below; swapped: {then}"),
        (Japanese, true) => format!("上に {other}。入れ替えると {then}"),
        (Japanese, false) => format!("下に {other}。入れ替えると {then}"),
    })
}

/// Nothing hangs on where a row stands.
pub const NONE: Words = words(
    "its place among the other rows decides nothing",
    "ほかの行との順序で結果が変わるものはありません",
);

/// Not all is known of one row.
pub const OPEN: Words = words(
    "there may be more: of some flows it cannot be told, or there are too many",
    "ほかにもあるかもしれません: 一部のフローは判断できないか、数が多すぎます",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_is_not_told_as_many() {
        for (one, many) in [(more(1), more(2)), (open(1), open(2))] {
            assert!(!one.say(English).contains("rows"), "{}", one.say(English));
            assert!(many.say(English).contains("2"), "{}", many.say(English));
            assert!(one.say(Japanese).contains("1 行"), "{}", one.say(Japanese));
        }
        let left_out = super::super::reach::not_looked_at(1);
        assert!(left_out.say(English).contains("1 was not"), "{}", left_out.say(English));
    }
}
