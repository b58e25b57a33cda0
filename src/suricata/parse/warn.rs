//! What the engine loads without a word although it does not do what it seems to.

use super::reader::Reader;
use super::scan::Piece;

/// Warnings about a rule as a whole.
pub(super) fn whole_rule(_reader: &mut Reader<'_>, _fields: &[Piece<'_>; 7]) {}
