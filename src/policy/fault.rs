use crate::diagnostic::{Diagnostic, Place};
use crate::messages::policy::{Said, more_problems};

/// More problems than anybody reads.
const MOST: usize = 100;

/// What is wrong with a value, before it is known where the value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Kebab-case name of the problem.
    pub code: &'static str,
    /// What is wrong, and what to do.
    pub said: Said,
}

/// Makes a fault.
pub const fn fault(code: &'static str, said: Said) -> Fault {
    Fault { code, said }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Diagnostic>,
    left_out: usize,
}

impl Faults {
    /// Adds a problem that makes the policy unusable.
    pub fn add(&mut self, fault: Fault, place: impl Into<Option<Place>>) {
        if self.is_full() {
            self.left_out += 1;
            return;
        }
        let (message, help) = fault.said;
        self.found.push(Diagnostic::error(fault.code, place, message).help(help));
    }

    /// Whether nothing was found.
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether there are so many that no more are looked at closely.
    pub const fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// The problems in the order of the file.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|d| d.place.as_ref().map(|p| p.span.start));
        if self.left_out > 0 {
            self.found.push(Diagnostic::error("more-problems", None, more_problems(self.left_out)));
        }
        self.found
    }
}
