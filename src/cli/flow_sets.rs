//! Sets of flows as lines and as JSON.

use std::io;

use serde_json::{Value, json};

use super::page::{Page, fill};
use crate::messages::{Lang, flows as words};
use crate::net::Request;
use crate::workbench::FlowWords;

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
        page.gap()?;
        page.line(&format!("{}  {}", fill(&said.head, HEAD), flows.line(lang)))?;
        for detail in [said.why, example(&request, lang)] {
            page.line(&format!("{:HEAD$}  {detail}", ""))?;
        }
    }
    Ok(())
}

/// A request as the example for others.
pub fn example(request: &Request, lang: Lang) -> String {
    let to = request.dst.map(|to| to.to_string()).unwrap_or_default();
    words::example(&request.to_string(), &request.from.to_string(), &to).say(lang).to_owned()
}

/// A request as `try` takes it.
pub fn witness(request: &Request) -> Value {
    json!({
        "from": request.from.to_string(),
        "url": request.to_string(),
        "dst": request.dst.map(|to| to.to_string()),
    })
}
