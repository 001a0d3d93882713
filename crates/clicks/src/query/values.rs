//! The value of a cell as text.

use crate::model::{Dataset, Field};

/// The text of a cell; empty where there is none. Times of an unknown place have no `Z`: they are no instants.
pub fn text(data: &Dataset, row: usize, field: Field) -> String {
    if let Some(numbers) = data.numbers(field) {
        return data.id_text(numbers.at(row));
    }
    if field == Field::Time {
        return data.time_text(row);
    }
    // One row at a time: building the whole column first would cost more than the answer.
    let kind = data.kind_of(row);
    match field {
        Field::User => data.users.text(data.user.at(row)),
        Field::Url => data.urls.text(data.url.at(row)),
        Field::Ip => data.ips.text(data.ip.at(row)),
        Field::Tenant => data.tenants.text(data.tenant.at(row)),
        Field::Subject => data.subjects.text(data.subject.at(row)),
        Field::Sender => data.senders.text(data.sender.at(row)),
        Field::Device => data.devices.text(data.device.at(row)),
        Field::Host => data.hosts.text(data.host_of_row(row)),
        Field::Verdict => kind.verdict.name(),
        Field::Action => kind.action.name(),
        Field::RawAction => data.raw_actions.text(kind.raw_action),
        Field::Source => data.sources.text(kind.source),
        Field::Group => data.groups.text(data.group_of_row(row)),
        Field::Threat => data.threat_sets.text(kind.threats),
        _ => "",
    }
    .to_owned()
}
