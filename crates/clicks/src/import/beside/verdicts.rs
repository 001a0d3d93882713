//! Records of the audit log that say that a clicked URL is malicious: alerts (type 40) and investigations (type 64).
//!
//! Source: Microsoft's schema of the Management Activity API (`AlertEntityGenerated`, `AirInvestigationData`), and parsers of
//! recorded alerts: `AlertEntityId` and `eid` are the URL, `lon` is `MaliciousUrlClick` or the name tells of a click. What an
//! investigation found stands in `Data`, as a text that holds JSON: entities, those of the type `url` among them.

use serde_json::Value as Json;

use super::{Beside, Row};
use crate::beside::{FoundMalicious, Stamp, Tables};
use crate::import::log::Why;

/// Entities of one investigation beyond these are an attack on memory.
const MOST_ENTITIES: usize = 1_000;

const DATA: usize = 0;
const ALERT_URL: usize = 1;
const CREATED: usize = 2;
const STARTED: usize = 3;
const INVESTIGATION: usize = 4;
const NAME: usize = 5;

/// Alerts and investigations.
pub const VERDICTS: Beside = Beside {
    id: "verdicts",
    label: "alerts and investigations of clicked URLs",
    serves: "They say which clicked URLs were found malicious.",
    columns: &[
        &["data"],
        &["alertentityid"],
        &["creationtime"],
        &["starttimeutc"],
        &["investigationtype"],
        &["name"],
    ],
    sent_as: &[],
    fit: |names| {
        names.has("operation")
            && !names.has("url")
            && !names.has("timeofclick")
            && ((names.has("alertid") && (names.has("alertentityid") || names.has("data")))
                || (names.has("investigationid") && names.has("investigationtype")))
    },
    take,
};

fn take(row: &mut Row<'_>, tables: &mut Tables) -> Result<(), Why> {
    let data = serde_json::from_str::<Json>(&row.text(DATA)).unwrap_or_default();
    let investigation = row.key(INVESTIGATION);
    if investigation.is_empty() { alert(row, &data, tables) } else { verdict_change(row, &investigation, &data, tables) }
}

fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json.get(key).and_then(Json::as_str).unwrap_or_default().trim()
}

/// An alert about a click on a malicious URL; others are about mail, files, rules.
fn alert(row: &mut Row<'_>, data: &Json, tables: &mut Tables) -> Result<(), Why> {
    let name = row.key(NAME);
    let is_of_click = text(data, "lon").eq_ignore_ascii_case("MaliciousUrlClick")
        || (name.contains("click") && name.contains("url"));
    let own = row.text(ALERT_URL);
    let url = [text(data, "eid"), own.as_str()].into_iter().find(|url| url.contains("://"));
    let Some(url) = url.filter(|_| is_of_click) else { return Err(Why::OtherTable) };
    let at = row.time(CREATED).map(Stamp::from);
    tables.verdicts.rows.push(FoundMalicious { url: url.to_owned(), at, file: row.file });
    Ok(())
}

/// An investigation that began because the verdict of a clicked URL had changed.
fn verdict_change(row: &mut Row<'_>, kind: &str, data: &Json, tables: &mut Tables) -> Result<(), Why> {
    let at = [STARTED, CREATED].into_iter().find_map(|column| row.time(column)).map(Stamp::from);
    let entities = data.get("Entities").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let of_type = |wanted: &'static str| {
        entities.iter().take(MOST_ENTITIES).filter(move |e| text(e, "Type").eq_ignore_ascii_case(wanted))
    };
    let urls: Vec<&str> = of_type("url").map(|url| text(url, "Url")).filter(|url| !url.is_empty()).collect();
    if !kind.starts_with("urlverdictchange") || urls.is_empty() {
        return Err(Why::OtherTable);
    }
    for url in urls {
        tables.verdicts.rows.push(FoundMalicious { url: url.to_owned(), at, file: row.file });
    }
    Ok(())
}
