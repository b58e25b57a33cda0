use super::fields::Reader;
use super::policy::named;
use crate::diagnostic::Place;
use crate::policy::tree::Node;
use crate::policy::value::word;
use crate::policy::{Case, CaseExpect};

/// The fields of a case, in the order in which they are usually written.
pub const FIELDS: [&str; 6] = ["name", "from", "url", "dst", "expect", "by"];

/// A case, and where it says which rule decides.
pub struct ReadCase {
    /// The case.
    pub case: Case,
    /// Where its name stands.
    pub by: Option<Place>,
}

/// Reads `cases`.
pub fn cases<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<ReadCase> {
    let nodes = reader.list(node, "cases");
    nodes.iter().filter_map(|node| case(reader, node)).collect()
}

fn case<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<ReadCase> {
    let of = reader.fields(node, "a case", &FIELDS)?;
    let name = named(reader, of, "a case");
    let line = |reader: &mut Reader<'a>, field| {
        let node = reader.required(of, "a case", field)?;
        reader.line(node, field)
    };
    let (from, url) = (line(reader, "from"), line(reader, "url"));
    let expect = reader.required(of, "a case", "expect").and_then(|node| {
        let text = reader.text(node, "expect")?;
        reader.take(node, expect(text))
    });
    let dst = of.get("dst").and_then(|node| reader.line(node, "dst"));
    let by = of.get("by").and_then(|node| reader.line(node, "by"));
    let by_place = of.get("by").map(|node| node.head(reader.text));
    let case =
        Case { name: name?, from: from?, url: url?, dst, expect: expect?, by, place: node.place() };
    Some(ReadCase { case, by: by_place })
}

/// Reads what a case expects.
pub fn expect(text: &str) -> Result<CaseExpect, crate::policy::fault::Fault> {
    let words = CaseExpect::ALL.map(CaseExpect::word);
    word("expectation of a case", text, &words, |t| {
        CaseExpect::ALL.into_iter().find(|e| e.word() == t)
    })
}
