//! Values of one field that contain a text: what a filter picker offers.

use super::find::containing;
use super::{Key, Selection};
use crate::model::{Dataset, Dictionary};
use crate::protocol::FacetValue;

/// Values by clicks, and how many match in all. `selection` is the filter in force without its part for
/// `key`.
pub fn suggest(
    data: &Dataset,
    selection: &Selection,
    key: Key,
    text: &str,
    limit: usize,
) -> Option<(Vec<FacetValue>, u64)> {
    let kind_column =
        |ids: fn(&crate::model::Kind) -> u32| -> Vec<u32> { data.kinds.iter().map(ids).collect() };
    let (dictionary, counts) = match key {
        Key::User => (&data.users, count(data, selection, &data.users, |row| data.user[row])),
        Key::Ip => (&data.ips, count(data, selection, &data.ips, |row| data.ip[row])),
        Key::Url => (&data.urls, count(data, selection, &data.urls, |row| data.url[row])),
        Key::Host => (&data.hosts, count(data, selection, &data.hosts, |row| data.host_of(row))),
        Key::Tenant => {
            let tenant = |row: usize| data.tenant.get(row).copied().unwrap_or(crate::model::NONE);
            (&data.tenants, count(data, selection, &data.tenants, tenant))
        }
        Key::RawAction => {
            let ids = kind_column(|k| k.raw_action);
            (&data.raw_actions, count(data, selection, &data.raw_actions, |row| ids[data.kind[row] as usize]))
        }
        Key::Source => {
            let ids = kind_column(|k| k.source);
            (&data.sources, count(data, selection, &data.sources, |row| ids[data.kind[row] as usize]))
        }
        Key::Threat => {
            let ids = kind_column(|k| k.threat_text);
            (
                &data.threat_texts,
                count(data, selection, &data.threat_texts, |row| ids[data.kind[row] as usize]),
            )
        }
        _ => return None,
    };
    let found = containing(dictionary, text);
    let mut ids: Vec<u32> =
        (0..dictionary.len() as u32).filter(|id| found[*id as usize] && counts[*id as usize] > 0).collect();
    let total = ids.len() as u64;
    let by_clicks = |a: &u32, b: &u32| {
        counts[*b as usize].cmp(&counts[*a as usize]).then_with(|| dictionary.get(*a).cmp(dictionary.get(*b)))
    };
    if limit < ids.len() {
        ids.select_nth_unstable_by(limit, by_clicks);
        ids.truncate(limit);
    }
    ids.sort_unstable_by(by_clicks);
    let values = ids.into_iter().map(|id| FacetValue {
        value: dictionary.get(id).to_owned(),
        label: dictionary.get(id).to_owned(),
        clicks: counts[id as usize].into(),
    });
    Some((values.collect(), total))
}

fn count(
    data: &Dataset,
    selection: &Selection,
    dictionary: &Dictionary,
    id: impl Fn(usize) -> u32,
) -> Vec<u32> {
    let mut counts = vec![0; dictionary.len()];
    for row in selection.iter(data) {
        if let Some(count) = counts.get_mut(id(row) as usize) {
            *count += 1;
        }
    }
    counts
}
