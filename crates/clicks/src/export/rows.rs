//! Rows as a file: which, in what format, with which columns.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::job::{Job, Manifest};
use super::{Format, RowWriter, format_of};
use crate::failure::Failure;
use crate::model::Dataset;
use crate::query::{Cx, RowsParams, columns_of, rows_of};

/// An export as it is ordered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Name of the format.
    pub format: String,
    /// Which rows and columns; without a limit all rows.
    pub params: RowsParams,
    /// Whether URLs are defanged.
    pub defang: bool,
}

impl Order {
    /// Begins it.
    pub fn begin(&self, cx: &mut Cx) -> Result<Box<dyn Job>, Failure> {
        let columns = columns_of(&self.params.columns)?;
        let format = format_of(&self.format)?;
        let (rows, _) = rows_of(cx, &self.params, self.params.limit.unwrap_or(u32::MAX))?;
        let writer = (format.writer)(columns, self.defang);
        Ok(Box::new(RowsJob { data: cx.shared_data(), format, writer, rows, done: 0, ended: false }))
    }
}

/// Rows being written, of the data that it began on.
struct RowsJob {
    data: Rc<Dataset>,
    format: &'static Format,
    writer: Box<dyn RowWriter>,
    rows: Vec<u32>,
    done: usize,
    ended: bool,
}

impl Job for RowsJob {
    fn next(&mut self, rows: usize) -> Option<Vec<u8>> {
        if self.ended {
            return None;
        }
        let mut out = Vec::new();
        if self.done == 0 {
            self.writer.head(&self.data, &mut out);
        }
        let end = (self.done + rows).min(self.rows.len());
        for row in &self.rows[self.done..end] {
            self.writer.row(&self.data, *row as usize, &mut out);
        }
        self.done = end;
        if end == self.rows.len() {
            self.ended = true;
            self.writer.tail(&mut out);
        }
        Some(out)
    }

    fn manifest(&self) -> Manifest {
        Manifest {
            name: "clickglass-clicks".to_owned(),
            extension: self.format.name.to_owned(),
            media_type: self.format.media_type.to_owned(),
            rows: self.rows.len() as u64,
        }
    }
}
