//! The value of a cell, as JSON and as text.

use serde_json::Value;

use crate::model::{Column, Dataset, NONE, iso_of_ms};

/// The text of a cell; empty where there is none.
pub fn text(data: &Dataset, row: usize, column: Column) -> String {
    let of = |dictionary: &crate::model::Dictionary, ids: &[u32]| {
        dictionary.get(ids.get(row).copied().unwrap_or(NONE)).to_owned()
    };
    let kind = data.kind_of(row);
    match column {
        Column::Time => iso_of_ms(data.time[row]),
        Column::User => of(&data.users, &data.user),
        Column::Url => of(&data.urls, &data.url),
        Column::Verdict => kind.verdict.name().to_owned(),
        Column::Action => kind.action.name().to_owned(),
        Column::Source => data.sources.get(kind.source).to_owned(),
        Column::Ip => of(&data.ips, &data.ip),
        Column::Device => of(&data.texts, &data.device),
        Column::Subject => of(&data.texts, &data.subject),
        Column::Sender => of(&data.texts, &data.sender),
        Column::Tenant => of(&data.tenants, &data.tenant),
        Column::RawAction => data.raw_actions.get(kind.raw_action).to_owned(),
        Column::Threat => {
            let threats: Vec<&str> =
                Dataset::threats_of_text(data.threat_texts.get(kind.threat_text)).collect();
            threats.join(", ")
        }
        Column::Host => data.hosts.get(data.host_of(row)).to_owned(),
        Column::MessageId => data.id_text(data.message.at(row)),
        Column::ReportId => data.id_text(data.report.at(row)),
    }
}

/// The cell as JSON: text, or null where there is none.
pub fn json(data: &Dataset, row: usize, column: Column) -> Value {
    let text = text(data, row, column);
    if text.is_empty() { Value::Null } else { Value::String(text) }
}
