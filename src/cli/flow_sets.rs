//! Sets of flows as lines and as JSON.

use std::io;

use serde_json::{Value, json};

use super::page::{Page, fill};
use crate::net::Request;
use crate::workbench::{FlowWords, example_words};

/// Cells of what becomes of flows.
const HEAD: usize = 14;

/// What is said of a set of flows beside the set: what becomes of it, and why.
#[derive(PartialEq)]
pub struct Said {
    /// In a word or two.
    pub head: String,
    /// In a sentence.
    pub why: String,
}

/// A set of flows, what is said of it, and one of the flows.
pub type Set = (FlowWords, Said, Request);

/// Prints sets of flows, those of several protocols in one.
pub fn print(sets: Vec<Set>, page: &mut Page<'_>) -> io::Result<()> {
    let lang = page.lang;
    for (flows, said, request) in sets {
        let details = [said.why, example_words(&request, lang)];
        print_set(&said.head, &flows.line(lang), details, page)?;
    }
    Ok(())
}

/// Prints what becomes of a set of flows, the set, and what else is said of it.
pub fn print_set(
    head: &str,
    set: &str,
    details: impl IntoIterator<Item = String>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    page.gap()?;
    page.line(&format!("{}  {set}", fill(head, HEAD)))?;
    for detail in details {
        page.line(&format!("{:HEAD$}  {detail}", ""))?;
    }
    Ok(())
}

/// A request as `try` takes it.
pub fn witness(request: &Request) -> Value {
    json!({
        "from": request.from.to_string(),
        "url": request.to_string(),
        "dst": request.dst.map(|to| to.to_string()),
    })
}
