use super::Configuration;
use super::lines::Line;
use crate::messages::squid as say;

/// The conditional blocks that a line stands in: `if`, `else`, `endif`. What is known: whether each is taken.
///
/// Source: Squid 5.7, `squid.conf.documented`, conditional configuration: `true`, `false`, and comparisons of numbers with `=`,
/// `<` and `>`; measured with `if false`.
#[derive(Default)]
pub(super) struct Branches(Vec<Option<bool>>);

impl Branches {
    /// Whether the line counts; one in a block that cannot be told is said.
    pub fn takes(&mut self, conf: &mut Configuration, line: &Line) -> bool {
        let words: Vec<&str> = line.words.iter().map(|word| word.text.as_str()).collect();
        match words[..] {
            ["if", ref condition @ ..] => self.0.push(holds(condition)),
            ["else"] => {
                if let Some(last) = self.0.last_mut() {
                    *last = last.map(|taken| !taken);
                }
            }
            ["endif"] => {
                self.0.pop();
            }
            _ => return self.counts(conf, line, &words),
        }
        false
    }

    fn counts(&self, conf: &mut Configuration, line: &Line, words: &[&str]) -> bool {
        if self.0.contains(&Some(false)) {
            return false;
        }
        let decides = matches!(words.first(), Some(&("acl" | "http_access")));
        let open = words.iter().any(|word| word.contains("${"));
        if decides && (self.0.contains(&None) || open) {
            conf.lose(&line.origin, "squid-conditional", say::NOT_TOLD);
            return false;
        }
        true
    }
}

/// Whether a condition holds, where that can be told.
fn holds(condition: &[&str]) -> Option<bool> {
    let number = |word: &str| word.parse::<i64>().ok();
    match condition {
        ["true"] => Some(true),
        ["false"] => Some(false),
        [one, sign, other] => {
            let (one, other) = (number(one)?, number(other)?);
            match *sign {
                "=" => Some(one == other),
                "<" => Some(one < other),
                ">" => Some(one > other),
                _ => None,
            }
        }
        _ => None,
    }
}
