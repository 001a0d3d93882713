//! What the reader of one file works with: the builder it fills, the log, the clock.

use super::log::ImportLog;
use super::when::Clock;
use crate::model::{Batch, DatasetBuilder, Judge};

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
    /// Index of the file.
    pub file: u16,
    /// What its words mean.
    pub judge: Judge,
}

impl Context<'_> {
    /// Hands the batch over; its spans point into `text`.
    pub fn flush(&mut self, text: &[u8]) {
        if !self.batch.is_empty() {
            self.builder.append(self.batch, text, self.judge);
        }
        self.batch.clear();
    }
}
