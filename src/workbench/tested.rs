use thiserror::Error;

use super::answer::{Answer, completed, outcomes, outcomes_after};
use super::by_source::{Who, WhoError, by_source};
use super::refresh::TestInput;
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::messages::{Text, Words, verdict::request_note};
use crate::net::{IpSet, Request, RequestError, RequestNote};
use crate::policy::Policy;

/// So many outcomes of a request are told at once, where it depends on the server: more than a screen shows.
const OUTCOMES: usize = 16;

/// What came of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// The answer; where several addresses ask, that of the lowest.
    pub answer: Answer,
    /// Where several addresses ask: which of them get which answer, that of the lowest first. Else empty.
    pub by_source: Vec<(IpSet, Answer)>,
}

/// Why a test cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TestError {
    /// It is not clear who asks.
    #[error(transparent)]
    Who(#[from] WhoError),
    /// It is not clear what is asked for.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl TestError {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Who(error) => error.words(),
            Self::Request(error) => error.words(),
        }
    }
}

impl Tested {
    /// Whether the answer depends on which of the sources asks.
    #[must_use]
    pub fn depends_on_source(&self) -> bool {
        self.by_source.len() > 1
    }
}

/// Asks what the test bar, or the command line, holds: one address, a network, or a source by its name; of the last two
/// at most `most` classes of addresses.
///
/// # Errors
/// [`TestError`], which says what to write instead.
pub fn test(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    input: &TestInput,
    most: usize,
) -> Result<Tested, TestError> {
    let tested = asked(policy, compiled, evaluator, input, (most, usize::MAX))?;
    Ok(Tested { answer: completed(policy, compiled, evaluator, tested.answer), ..tested })
}

/// What [`asked_at_once`] gives, from what one address got by the same input `before`, of the evaluator given with it; nothing
/// where something may have changed.
pub(super) fn asked_after(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    (before, of): (&Tested, &Evaluator),
) -> Option<Tested> {
    if !before.by_source.is_empty() {
        return None;
    }
    let known = (&before.answer, of);
    let answer = outcomes_after(policy, compiled, evaluator, known, OUTCOMES)?;
    Some(Tested { answer, by_source: Vec::new() })
}

/// What [`test`] gives before anybody looked through the rows, and of many outcomes only the likeliest.
pub(super) fn asked_at_once(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    input: &TestInput,
    most: usize,
) -> Result<Tested, TestError> {
    asked(policy, compiled, evaluator, input, (most, OUTCOMES))
}

/// Of several addresses `most` classes are asked; of one address no more than so many `told` outcomes are looked for.
fn asked(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    input: &TestInput,
    (most, told): (usize, usize),
) -> Result<Tested, TestError> {
    let who = Who::read(policy, &input.from)?;
    let from = who.example().map(|address| address.to_string()).unwrap_or_default();
    let request = Request::parse(&from, &input.url, Some(&input.dst))?;
    let by_source = match who {
        Who::Address(_) => Vec::new(),
        Who::Several(set) => by_source(policy, compiled, evaluator, &request, &set, most)?,
    };
    let answer = match by_source.first() {
        Some((_, answer)) => answer.clone(),
        None => outcomes(policy, compiled, evaluator, &request, told),
    };
    Ok(Tested { answer, by_source })
}

/// What to tell a person about what was typed.
#[must_use]
pub const fn note_words(note: RequestNote) -> Words {
    match note {
        RequestNote::AssumedHttps => request_note::ASSUMED_HTTPS,
        RequestNote::PathHidden => request_note::PATH_HIDDEN,
        RequestNote::Normalised => request_note::NORMALISED,
    }
}
