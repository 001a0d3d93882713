//! CSV that Excel opens as it is: UTF-8 with byte order mark, CRLF, headings of the report.

use std::borrow::Cow;

use serde_json::Value;

use super::{Format, RowWriter, Rows};
use crate::model::text::{defanged, defanged_inside, has_link};
use crate::model::{Field, formula};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    media_type: "text/csv;charset=utf-8",
    writer: |columns, defang| Box::new(CsvWriter { columns, defang }),
};

struct CsvWriter {
    columns: Vec<Field>,
    defang: bool,
}

impl RowWriter for CsvWriter {
    fn head(&mut self, rows: Rows<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice("\u{feff}".as_bytes());
        // As the portal writes it: opened again, the times are as local as before.
        let files = &rows.data.files;
        let local = !files.is_empty() && files.iter().all(|file| file.local_times);
        let labels = self.columns.iter().map(|c| match c {
            Field::Time if local => format!("{} [Local Time]", c.label()),
            _ => c.label().to_owned(),
        });
        line(labels, out);
    }

    fn row(&mut self, rows: Rows<'_>, row: usize, out: &mut Vec<u8>) {
        line(self.columns.iter().map(|c| super::cell(rows, row, *c, self.defang)), out);
    }

    fn tail(&mut self, _out: &mut Vec<u8>) {}
}

/// Rows of a table as such a file, with headings of their own. Texts are made safe to look at: what cannot be seen is written out,
/// and no link in them is live, whatever they are values of.
pub fn table_csv(headings: &[&str], rows: &[Vec<Value>]) -> String {
    let mut out = "\u{feff}".as_bytes().to_vec();
    line(headings.iter().map(|heading| (*heading).to_owned()), &mut out);
    for row in rows {
        line(row.iter().map(plain), &mut out);
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Text in which no program sees a link: whole URLs stay readable, what is a link in any other way is taken apart.
fn inert(text: &str) -> String {
    let defanged_inside = defanged_inside(text);
    let is_live = has_link(&defanged_inside) || defanged_inside.to_ascii_lowercase().contains("www.");
    if is_live { defanged(&defanged_inside) } else { defanged_inside }
}

fn plain(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => inert(text),
        other => other.to_string(),
    }
}

fn line(cells: impl Iterator<Item = String>, out: &mut Vec<u8>) {
    let start = out.len();
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        escape(&cell, out);
    }
    // A line without a byte is no record: the one cell of a table with one column says that it is there.
    if out.len() == start {
        out.extend_from_slice(b"\"\"");
    }
    out.extend_from_slice(b"\r\n");
}

/// Quotes where needed, and keeps spreadsheets from running a formula: see [`formula`].
fn escape(cell: &str, out: &mut Vec<u8>) {
    let dangerous = formula::is_dangerous(cell);
    let safe = if dangerous { Cow::Owned(formula::disarmed(cell)) } else { Cow::Borrowed(cell) };
    let quoted = dangerous || cell.contains(['"', ',', '\n', '\r', ';', '\t']) || cell.starts_with(' ');
    if quoted {
        out.push(b'"');
    }
    for byte in safe.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    if quoted {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_of_one_empty_cell_is_still_a_record() {
        let mut out = Vec::new();
        line(std::iter::once(String::new()), &mut out);
        line([String::new(), String::new()].into_iter(), &mut out);
        assert_eq!(String::from_utf8_lossy(&out), "\"\"\r\n,\r\n");
    }

    #[test]
    fn table_of_the_api_is_written_with_its_headings() {
        let rows = [
            vec![Value::from("=1+1"), Value::from(3)],
            vec![Value::Null, Value::from(0)],
            vec![Value::from("[ana](http://evil.example)\r\n"), Value::from(1)],
            vec![Value::from("www.evil.example"), Value::from(2)],
        ];
        let lines = [
            "\u{feff}User,Clicks",
            "\"'=1+1\",3",
            ",0",
            "[ana](hxxp://evil[.]example)⟨U+000D⟩⟨U+000A⟩,1",
            "www[.]evil[.]example,2",
            "",
        ];
        assert_eq!(table_csv(&["User", "Clicks"], &rows), lines.join("\r\n"));
    }

    #[test]
    fn escape_formulas_and_separators_are_harmless() {
        for (cell, written) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
            ("  +1", "\"'  +1\""),
            ("\t=1", "\"'\t'=1\""),
            ("https://a;=cmd|'/C calc'!A0", "\"https://a;'=cmd|'/C calc'!A0\""),
            ("@x", "\"'@x\""),
            ("-1", "\"'-1\""),
            ("", ""),
        ] {
            let mut out = Vec::new();
            escape(cell, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), written, "{cell}");
        }
    }
}
