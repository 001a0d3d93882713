//! What each file was taken for, and why.

use clicks::import::Opened;
use serde_json::json;

use crate::table::Table;

/// The files as a table.
pub fn table(opened: &Opened) -> Table {
    let columns =
        ["file", "taken for", "clicks", "records", "refused", "skipped", "duplicates", "from", "to", "why"];
    let rows = opened.files.iter().map(|file| {
        vec![
            json!(file.name),
            json!(file.kind_label),
            json!(file.rows),
            json!(file.records),
            json!(file.refused),
            json!(file.skipped),
            json!(file.duplicates),
            json!(file.from),
            json!(file.to),
            json!(file.why),
        ]
    });
    let mut notes = Vec::new();
    for file in &opened.files {
        for note in &file.notes {
            notes.push(format!(
                "{}: {}: {}",
                file.name.shown(),
                note.title.shown(),
                crate::table::safe(note.text.original())
            ));
        }
    }
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect(), notes }
}
