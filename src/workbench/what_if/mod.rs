//! What would give a request the verdict that is wanted: real edits, each tried before it is offered.
//!
//! Start at [`what_if`]. [`Goal`](goal) is the request with what is known about it; `moves`, `widen`, `narrow`, `add` and
//! `defaults` propose edits, the likeliest first; `search` applies each to a copy of the document, asks the engine's
//! verdict, and says what else changes: the cases exactly, other flows by a sample (`sample`). `reorder` says why no
//! other order of the rows would do.

mod add;
mod defaults;
mod goal;
mod moves;
mod narrow;
mod offer;
mod reorder;
mod sample;
mod search;
mod widen;

pub use offer::{FlowChange, Offer, OfferKind, Wanted, WhatIf};
pub use search::what_if;
