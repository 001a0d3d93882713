//! What all tables beside the clicks have in common: rows that a file gave, some with a time.
//!
//! Owns what happens to all rows of a file at once. Must not know what the rows say.

use std::ops::Range;

use super::Stamp;

/// One row of a table.
pub(super) trait Row {
    /// Index of the file that it came from.
    fn file(&self) -> u16;

    /// Its time, where it has one.
    fn time(&mut self) -> Option<&mut Stamp> {
        None
    }
}

/// Rows in the order of the files that they came from.
pub(super) trait Table {
    /// Changes, or looks at, the times of a file.
    fn each_time(&mut self, file: u16, change: &mut dyn FnMut(&mut Stamp));

    /// Takes back what a file gave.
    fn forget(&mut self, file: u16);
}

impl<R: Row> Table for Vec<R> {
    fn each_time(&mut self, file: u16, change: &mut dyn FnMut(&mut Stamp)) {
        let rows = rows_of(self, file);
        self[rows].iter_mut().filter_map(Row::time).for_each(change);
    }

    fn forget(&mut self, file: u16) {
        self.drain(rows_of(self, file));
    }
}

/// Where the rows of a file are: found without a look at all others, for there may be thousands of files.
fn rows_of<R: Row>(rows: &[R], file: u16) -> Range<usize> {
    let from = rows.partition_point(|row| row.file() < file);
    from..from + rows[from..].partition_point(|row| row.file() == file)
}
