//! What the reader of one file works with: the builder it fills, the log, the clock.

use super::beside::{BESIDES, Row};
use super::log::{ImportLog, Why};
use super::when::Clock;
use crate::beside::Tables;
use crate::model::{Batch, DatasetBuilder, Meaning, Span};

/// Lent to a container while it takes records.
pub struct Context<'a> {
    /// Where clicks go.
    pub builder: &'a mut DatasetBuilder,
    /// Records on their way there.
    pub batch: &'a mut Batch,
    /// What is not counted.
    pub log: &'a mut ImportLog,
    /// How the file writes times.
    pub clock: &'a mut Clock,
    /// Rows whose day and month could change places.
    pub either: &'a mut Vec<u32>,
    /// What stands beside the clicks.
    pub tables: &'a mut Tables,
    /// How many records of each kind of that the file gave.
    pub kept: &'a mut Kept,
    /// Index of the file.
    pub file: u16,
}

/// How many records of a file went into tables beside the clicks, by the place of their kind in [`BESIDES`].
pub type Kept = std::collections::BTreeMap<u16, u64>;

impl Context<'_> {
    /// Hands the batch over; its spans point into `text`.
    pub fn flush(&mut self, text: &[u8], meaning: Meaning) {
        if !self.batch.is_empty() {
            self.builder.append(self.batch, text, meaning);
        }
        self.batch.clear();
    }

    /// Hands over what was taken before the record at hand, whose cells may be in the scratch already.
    pub fn flush_before(&mut self, text: &[u8], meaning: Meaning) {
        let scratch = std::mem::take(&mut self.batch.scratch);
        self.batch.scratch.clone_from(&scratch);
        self.flush(text, meaning);
        self.batch.scratch = scratch;
    }

    /// Takes a record that is no click and says something about clicks.
    pub fn beside(&mut self, place: u16, cells: &[&[u8]], line: u32, about: &str) {
        let Some(kind) = BESIDES.get(place as usize) else { return };
        let mut row = Row { cells, file: self.file, kind: kind.id, about, clock: self.clock };
        if self.tables.is_full() {
            self.log.note_record(Why::TooMany, u64::from(line), b"", &cells.join(&b" | "[..]));
            return;
        }
        let print = row.fingerprint(kind);
        if self.tables.has(print) {
            self.log.note_record(Why::SameAgain, u64::from(line), b"", &cells.join(&b" | "[..]));
            return;
        }
        match (kind.take)(&mut row, self.tables) {
            Ok(()) => {
                self.tables.remember(print, self.file);
                *self.kept.entry(place).or_default() += 1;
            }
            Err(why) => {
                let example = cells.iter().find(|cell| !cell.is_empty()).copied().unwrap_or_default();
                self.log.note_record(why, u64::from(line), example, &cells.join(&b" | "[..]));
            }
        }
    }

    /// Text of a span of the record at hand, for the log.
    pub fn example(&self, text: &[u8], span: Span) -> Vec<u8> {
        span.of(text, &self.batch.scratch).to_vec()
    }
}
