use super::verify::Question;
use crate::eval::Evaluator;
use crate::net::{Request, RequestError};
use crate::policy::Case;

/// The questions that cases ask, and those that cannot be read as one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfCases {
    /// The questions, each named after its case.
    pub questions: Vec<Question>,
    /// The names of the others, and why.
    pub left_out: Vec<(String, RequestError)>,
}

/// What `cases` ask; without a destination a case asks about one address of each class that the rules tell apart.
#[must_use]
pub fn questions_of(cases: &[Case], evaluator: &Evaluator) -> OfCases {
    let mut of_cases = OfCases::default();
    for case in cases {
        let name = case.name.value.clone();
        match Request::parse(&case.from, &case.url, case.dst.as_deref()) {
            Ok(request) => of_cases.questions.push(Question::new(name, &request, evaluator)),
            Err(error) => of_cases.left_out.push((name, error)),
        }
    }
    of_cases
}
