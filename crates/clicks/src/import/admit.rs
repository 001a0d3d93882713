//! The one door by which records become clicks, whatever they were written in.
//!
//! Owns what is asked of every record: is it a click of this format, can its time be read, how many clicks is
//! it. Must not know containers; they hand over cells by field.

use super::context::Context;
use super::format::{Admit, EXTRA, Format, Record};
use super::log::Why;
use crate::model::{Cells, Facts, Field, Origin, Span, hash, is_empty_word};

/// A record as a container hands it over.
pub struct Found<'a> {
    /// Its cells; spans point into the text and into the batch's scratch.
    pub cells: &'a mut Cells,
    /// Those of [`Format::extra`].
    pub extra: [Span; EXTRA],
    /// Place in the file's text.
    pub offset: u64,
    /// Line of the file, from 1.
    pub line: u32,
    /// Sum of the hashes of all its other cells.
    pub rest: u64,
    /// What the format has a place for in the record.
    pub has: Has,
    /// The fields that a record of the container may have.
    pub fields: &'a [Field],
    /// The name of the array that held it, where that says something.
    pub array: &'static str,
}

/// What a header, or the keys of a record, have a place for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Has {
    /// A user.
    pub user: bool,
    /// A URL.
    pub url: bool,
    /// Words about what happened to a click.
    pub click_words: bool,
    /// Columns of other tables.
    pub foreign: bool,
    /// Columns that the format does not know.
    pub mixed: bool,
}

/// What became of a record.
pub enum Outcome {
    /// It is in the batch.
    Taken,
    /// It was not taken: why, and the cell that shows it. To be counted by the container, which may know better.
    Left(Why, Span),
}

/// Takes a record into the batch, or says why not. `text` is what the spans of its cells point into.
#[inline]
pub fn admit(format: &Format, found: &mut Found<'_>, text: &[u8], cx: &mut Context<'_>) -> Outcome {
    let mut record = Record {
        cells: found.cells,
        extra: &found.extra,
        text,
        scratch: &mut cx.batch.scratch,
        has: found.has,
        array: found.array,
        example: Span::EMPTY,
    };
    if let Admit::Leave(why) = (format.admit)(&mut record) {
        let example = match record.example {
            Span::EMPTY if why == Why::OtherTable => record.cells[Field::RawAction as usize],
            example => example,
        };
        return Outcome::Left(why, example);
    }
    let scratch = &cx.batch.scratch;
    let span = |field: Field| found.cells[field as usize];
    let cell = |field: Field| span(field).of(text, scratch);
    let when = cell(Field::Time);
    let Some(moment) = cx.clock.read(when) else {
        let why = if is_empty_word(when) { Why::NoTime } else { Why::BadTime };
        return Outcome::Left(why, span(Field::Time));
    };
    let weight = match cell(Field::Weight) {
        b"" => 1,
        digits => match std::str::from_utf8(digits).ok().and_then(|d| d.trim().parse().ok()) {
            Some(weight) if weight > 0 && cx.builder.takes_weight(weight) => weight,
            _ => return Outcome::Left(Why::BadWeight, span(Field::Weight)),
        },
    };
    if moment.either {
        cx.either.push((cx.builder.len() + cx.batch.len()) as u32);
    }
    let facts = Facts {
        time: moment.ms,
        weight,
        origin: Origin::new(cx.file, found.offset),
        line: found.line,
        // A sum, so that the order of cells does not matter; hashes in a sum need no order themselves.
        rest: found.rest.wrapping_add(hash::finish(u64::from(moment.ticks) + 1)),
        distinct: moment.coarse || format.counted_once,
    };
    cx.batch.push(facts, found.cells, found.fields);
    Outcome::Taken
}

/// The part of one cell in [`Found::rest`]: nothing where it is empty. `number` is that of its name.
pub fn of_cell(number: u64, value: &[u8], scratch: &mut Vec<u8>) -> u64 {
    if memchr::memchr(b'"', value).is_none() {
        return of_doubled(number, value);
    }
    scratch.clear();
    let mut from = 0;
    for quote in memchr::memchr_iter(b'"', value) {
        scratch.extend_from_slice(&value[from..=quote]);
        // The next piece begins with the quote once more.
        from = quote;
    }
    scratch.extend_from_slice(&value[from..]);
    of_doubled(number, scratch)
}

/// [`of_cell`] of a cell as CSV has it between quotes, with every quote inside it twice. Cells count as this
/// form of them, for cells of many quotes come like that by the million.
#[inline]
pub fn of_doubled(number: u64, value: &[u8]) -> u64 {
    if number == 0 || is_empty_word(value) { 0 } else { hash::hash_under(number, value) }
}
