//! A JSON array of objects, one a line.

use serde_json::{Map, Value};

use super::{Format, RowWriter, Rows};
use crate::model::Field;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "json",
    media_type: "application/json",
    writer: |columns, defang| Box::new(JsonWriter { columns, defang, rows: 0 }),
};

struct JsonWriter {
    columns: Vec<Field>,
    defang: bool,
    rows: u64,
}

impl RowWriter for JsonWriter {
    fn head(&mut self, _rows: Rows<'_>, out: &mut Vec<u8>) {
        out.push(b'[');
    }

    fn row(&mut self, rows: Rows<'_>, row: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.rows == 0 { b"\n" } else { b",\n" });
        self.rows += 1;
        let mut object = Map::new();
        // A column that the export of this row does not have is left out; an empty cell is null.
        for column in self.columns.iter().filter(|c| c.def().concluded || rows.data.has(row, **c)) {
            let text = super::cell(rows, row, *column, self.defang);
            let value = if text.is_empty() { Value::Null } else { Value::String(text) };
            object.insert(column.name().to_owned(), value);
        }
        out.extend_from_slice(Value::Object(object).to_string().as_bytes());
    }

    fn tail(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]\n");
    }
}
