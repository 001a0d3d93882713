//! From a cell as it stands in the file to its text.
//!
//! Owns the undoing of quotes and of the signs against formulas. Must not know records.

use super::slow;
use crate::model::{Batch, Span, formula};

pub(super) fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
}

/// A cell with all quoting undone.
#[inline]
pub(super) fn undone<'a>(text: &'a [u8], (from, to): (usize, usize), scratch: &'a mut Vec<u8>) -> &'a [u8] {
    let cell = text.get(from..to).unwrap_or_default();
    match cell {
        [b'"', inner @ .., b'"'] if memchr::memchr(b'"', inner).is_none() => inner,
        [b'"', ..] => {
            scratch.clear();
            slow::undo_quotes(cell, scratch);
            scratch
        }
        cell => cell,
    }
}

/// The span of a cell with all quoting undone, and a `'` that disarmed a formula if `disarmed` says that there may be one.
#[inline(always)]
pub(super) fn unquoted(batch: &mut Batch, text: &[u8], (from, to): (usize, usize), disarmed: bool) -> Span {
    if disarmed {
        return rearmed(batch, text, (from, to));
    }
    match text.get(from..to) {
        Some([b'"', inner @ .., b'"']) if memchr::memchr(b'"', inner).is_none() => {
            Span::text(from + 1, to - 1)
        }
        Some(cell @ [b'"', ..]) => {
            let start = batch.scratch.len();
            slow::undo_quotes(cell, &mut batch.scratch);
            Span::scratch(start, batch.scratch.len())
        }
        _ => Span::text(from, to),
    }
}

fn rearmed(batch: &mut Batch, text: &[u8], place: (usize, usize)) -> Span {
    let mut scratch = Vec::new();
    let cell = undone(text, place, &mut scratch);
    match std::str::from_utf8(cell) {
        Ok(text) if formula::is_dangerous(text) => add(batch, formula::rearmed(text).as_bytes()),
        _ => add(batch, cell),
    }
}

fn add(batch: &mut Batch, cell: &[u8]) -> Span {
    let start = batch.scratch.len();
    batch.scratch.extend_from_slice(cell);
    Span::scratch(start, batch.scratch.len())
}
