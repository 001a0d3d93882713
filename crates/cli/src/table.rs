//! Answers for people: aligned on a terminal, or as CSV.
//!
//! Owns widths and what a cell looks like. Whatever stands in an export may be written by an attacker: nothing of it reaches a
//! terminal as a control character or a link.

use clicks::export::table_csv;
use clicks::model::text::{defanged, defanged_inside, has_link, shown, thousands};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

/// A table with its headings.
#[derive(Default)]
pub struct Table {
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, as wide as the headings.
    pub rows: Vec<Vec<Value>>,
    /// What stands below it, in sentences.
    pub notes: Vec<String>,
}

/// Wider cells are cut: a table is to be read, and the other forms have all of it.
const WIDEST: usize = 72;

impl Table {
    /// The table of an answer of the API that has `columns` and `rows`.
    pub fn of(answer: &Value) -> Table {
        let columns = answer["columns"].as_array().map(Vec::as_slice).unwrap_or_default();
        let rows = answer["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut table = Table {
            columns: columns.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect(),
            rows: rows.iter().map(|row| row.as_array().cloned().unwrap_or_default()).collect(),
            ..Table::default()
        };
        let total = answer["total"].as_u64().unwrap_or(0);
        if total > table.rows.len() as u64 {
            let is = thousands(table.rows.len() as u64);
            table.notes.push(format!("{is} of {}; --limit changes how many.", thousands(total)));
        }
        table
    }

    /// As CSV, in which no program sees a formula or a link.
    pub fn csv(&self) -> String {
        let headings: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        table_csv(&headings, &self.rows)
    }

    /// As lines of a terminal.
    pub fn text(&self) -> String {
        let heading = self.columns.iter().map(|column| column.to_uppercase()).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| cut(&plain(cell))).collect()).collect();
        let mut widths: Vec<usize> = heading.iter().map(|text| text.width()).collect();
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        let mut out = String::new();
        if !rows.is_empty() {
            line(&heading, &widths, &[], &mut out);
        }
        for (row, cells) in rows.iter().zip(&self.rows) {
            line(row, &widths, cells, &mut out);
        }
        for note in &self.notes {
            out.push_str(note);
            out.push('\n');
        }
        out
    }
}

/// One line: numbers stand to the right.
fn line(texts: &[String], widths: &[usize], cells: &[Value], out: &mut String) {
    let from = out.len();
    for (place, (text, width)) in texts.iter().zip(widths).enumerate() {
        if place > 0 {
            out.push_str("  ");
        }
        let gap = " ".repeat(width.saturating_sub(text.width()));
        let is_number = cells.get(place).is_some_and(Value::is_number);
        let (before, behind) = if is_number { (gap.as_str(), "") } else { ("", gap.as_str()) };
        out.push_str(before);
        out.push_str(text);
        out.push_str(behind);
    }
    out.truncate(from + out[from..].trim_end().len());
    out.push('\n');
}

/// A cell as it is safe to look at.
pub fn plain(cell: &Value) -> String {
    match cell {
        Value::Null => "–".to_owned(),
        Value::Number(number) => number.as_u64().map_or_else(|| number.to_string(), thousands),
        Value::String(text) => safe(text),
        other => safe(&other.to_string()),
    }
}

/// A text without a live link and without what cannot be seen.
pub fn safe(text: &str) -> String {
    let inside = defanged_inside(text);
    shown(&if has_link(&inside) { defanged(&inside) } else { inside })
}

fn cut(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() >= WIDEST - 1 {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
