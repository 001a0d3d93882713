//! Rows as a file: which, in what format, with which columns.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::job::{Job, Manifest};
use super::{Format, RowWriter, Rows, format_of};
use crate::failure::Failure;
use crate::model::Dataset;
use crate::query::{Conclusions, Cx, Filter, RowsParams, columns_of, rows_of};

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
        let name = named(&Filter::parse(&self.params.filter));
        let (rows, _) = rows_of(cx, &self.params, self.params.limit.unwrap_or(u32::MAX))?;
        let told = Conclusions::of(&cx.select(&self.params.filter)?.1);
        let writer = (format.writer)(columns, self.defang);
        Ok(Box::new(RowsJob {
            data: cx.shared_data(),
            told,
            format,
            writer,
            name,
            rows,
            done: 0,
            ended: false,
        }))
    }
}

/// Letters of one value in the name of a file, and of all of them.
const LONGEST: (usize, usize) = (28, 70);

/// The name of a file of the rows that pass a filter: files of different filters must not be alike.
fn named(filter: &Filter) -> String {
    let mut name = "clickglass-clicks".to_owned();
    let first = name.len();
    for chip in filter.chips().iter().filter(|chip| chip.key != "tz") {
        let says_itself = matches!(chip.key, "verdict" | "action" | "source");
        let words = match chip.key {
            _ if says_itself => String::new(),
            "q" => "with".to_owned(),
            "range" => "last".to_owned(),
            "urlIs" => "url".to_owned(),
            key => key.to_owned(),
        };
        let not = if chip.exclude { "not" } else { "" };
        let value: String = plain(chip.value.original()).chars().take(LONGEST.0).collect();
        let part = [words.as_str(), not, value.trim_end_matches('-')];
        let part = part.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("-");
        if name.len() - first + part.len() > LONGEST.1 {
            return format!("{name}-and-more");
        }
        name = format!("{name}-{part}");
    }
    name
}

/// Letters and digits that every file system takes, all else a dash.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out
}

/// Rows being written, of the data that it began on.
struct RowsJob {
    data: Rc<Dataset>,
    told: Conclusions,
    format: &'static Format,
    writer: Box<dyn RowWriter>,
    /// The first part of the file's name.
    name: String,
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
        let of = Rows { data: &self.data, told: &self.told };
        if self.done == 0 {
            self.writer.head(of, &mut out);
        }
        let end = (self.done + rows).min(self.rows.len());
        for row in &self.rows[self.done..end] {
            self.writer.row(of, *row as usize, &mut out);
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
            name: self.name.clone(),
            extension: self.format.name.to_owned(),
            media_type: self.format.media_type.to_owned(),
            rows: self.rows.len() as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_of_a_filter_says_it_in_its_name() {
        let name = |filter: &str| named(&Filter::parse(filter));
        assert_eq!(name(""), "clickglass-clicks");
        assert_eq!(name("tz=Asia/Tokyo"), "clickglass-clicks");
        assert_eq!(name("verdict=malicious&action=!blocked"), "clickglass-clicks-malicious-not-blocked");
        assert_eq!(name("user=Ana@contoso.com&range=7d"), "clickglass-clicks-last-7d-user-ana-contoso-com");
        assert_eq!(name("q=../../etc/passwd"), "clickglass-clicks-with-etc-passwd");
        let many = (0..99).map(|n| format!("somebody{n}")).collect::<Vec<_>>().join(",");
        assert!(name(&format!("user={many}")).ends_with("-and-more"));
        assert!(name(&format!("user={many}")).len() < 110);
    }
}
