//! Who needs action, as a table, and what of it has been done already.

use std::path::PathBuf;

use clap::ArgMatches;
use clicks::model::iso_of_ms;
use insights::{AllHandled, Worklist};
use serde_json::{Value, json};

use crate::table::Table;
use crate::{Ended, Stop};

/// What was done, from the file that `--handled` names.
pub fn handled(given: &ArgMatches) -> Result<AllHandled, Stop> {
    let mut handled = AllHandled::default();
    if let Some(path) = given.get_one::<PathBuf>("handled") {
        let said = |why: String| Stop::Said(format!("{}: {why}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| said(format!("{error}.")))?;
        handled.take_json(&text).map_err(said)?;
    }
    Ok(handled)
}

/// Whether anybody needs action for whom nothing has been done.
pub fn ended(list: &Worklist, handled: &AllHandled) -> Ended {
    let is_open = |user| handled.of(user).is_open();
    if list.entries.iter().any(|entry| entry.urgency > 0 && is_open(&entry.user)) {
        Ended::NeedsAction
    } else if list.entries.is_empty() {
        Ended::NothingFound
    } else {
        Ended::Done
    }
}

/// The list as a table.
pub fn table(list: &Worklist, handled: &AllHandled) -> Table {
    let row = |entry: &insights::ToDo| -> Vec<Value> {
        let newest = entry.happened.first();
        vec![
            json!(entry.user),
            json!(entry.reason),
            json!(entry.urgency),
            json!(iso_of_ms(entry.last_ms)),
            json!(entry.happened.len() as u64 + entry.more),
            json!(newest.map(|click| click.url.original())),
            json!(handled.of(&entry.user).said()),
        ]
    };
    let columns = ["user", "why", "urgency", "last", "clicks", "newest url", "state"];
    let mut notes = Vec::new();
    let all = list.total + list.machines;
    if all > list.entries.len() as u64 {
        notes.push(format!("{} of {all}; --limit changes how many.", list.entries.len()));
    }
    if list.entries.is_empty() {
        notes.push("Nobody needs action.".to_owned());
    }
    if list.nameless > 0 {
        notes.push(format!("{} more clicks name no user.", list.nameless));
    }
    notes.extend([&list.sign_ins, &list.unsaid].into_iter().filter(|text| !text.is_empty()).cloned());
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: list.entries.iter().map(row).collect(),
        notes,
    }
}
