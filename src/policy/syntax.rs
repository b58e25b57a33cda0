//! What is wrong with text that is no YAML, in the words of this house.

use granit_parser::{ErrorKind, ScanError};

use super::fault::{Fault, fault};
use crate::messages::yaml as say;

/// The longest piece of a line that a message repeats.
const LONGEST: usize = 60;

/// What the parser stopped at; `rest` is the text from there on.
pub fn syntax(error: &ScanError, rest: &str) -> Fault {
    let word = first_word(rest);
    match error.kind() {
        ErrorKind::UnexpectedCharacter { character: '\t' }
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => fault("tab", say::tab()),
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            fault("control-character", say::control_character(*character))
        }
        ErrorKind::UnexpectedCharacter { .. } => fault("needs-quotes", say::needs_quotes(word)),
        ErrorKind::MissingAnchorOrAliasName if rest.starts_with('*') => alias(rest),
        ErrorKind::MappingValueNotAllowed => fault("not-yaml", say::stray_colon()),
        ErrorKind::UnclosedQuotedScalar => fault("not-yaml", say::unclosed_quote()),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => fault("not-yaml", say::unclosed_bracket()),
        ErrorKind::DirectiveDisallowed => fault("directive", say::directive()),
        ErrorKind::RecursionLimitExceeded => fault("too-deep", say::too_deep(super::tree::DEEPEST)),
        _ => fault("not-yaml", say::not_yaml(&error.info())),
    }
}

/// A value that begins with `*`: a name without its quotes, or a real alias.
pub fn alias(rest: &str) -> Fault {
    let word = first_word(rest);
    if word.starts_with("*.") || word == "*" {
        fault("needs-quotes", say::needs_quotes(word))
    } else {
        fault("alias", say::alias(word))
    }
}

/// The value that begins here, as far as can be told from a broken line.
fn first_word(rest: &str) -> &str {
    let end = rest.find([' ', ',', ']', '}', '\t', '\r', '\n']).unwrap_or(rest.len());
    let end = rest[..end].char_indices().nth(LONGEST).map_or(end, |(i, _)| i);
    &rest[..end]
}
