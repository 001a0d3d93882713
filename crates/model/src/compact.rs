//! A data set of some of the rows, with nothing in it that only the others had.
//!
//! Owns what both handing over a part and hiding names stand on: every table is built again, so that no user,
//! URL or id is left behind in memory or in a file made from it, and every text passes a rewriting. Must not
//! know why rows are chosen, nor what texts become.

use std::collections::BTreeMap;

use super::ids::{Id, IdColumn, ThreatId};
use super::sorting::sort_pairs;
use super::texts::Dictionary;
use super::wide::gather;
use super::{Dataset, Field, GuidColumn, Kind, NONE, Texts, host_of_url};

/// What a text of a field becomes. Texts that become the same are one afterwards; one that becomes empty is
/// no value; a click is never without a URL, whose place [`NO_URL`] takes.
pub type Rewrite<'a> = dyn FnMut(Field, &str) -> String + 'a;

/// Stands where a URL was taken out.
pub const NO_URL: &str = "-";

/// The clicks of `rows`, which ascend, with their texts as `rewrite` gives them: users, URLs, addresses,
/// tenants, subjects, senders, devices, raw actions and sources. Verdicts, threat types, ids and places in the
/// files stay; hosts follow from the URLs; whether a click shares its attempt is decided among these rows.
/// What is known of whole files ([`Dataset::files`], [`Dataset::look_alikes`]) is of the files as opened.
pub fn compact(data: &Dataset, rows: &[u32], rewrite: &mut Rewrite<'_>) -> Dataset {
    let mut d = Dataset {
        look_alikes: data.look_alikes,
        told_again: data.told_again,
        files: data.files.clone(),
        ..Dataset::default()
    };
    d.time = data.time.clone();
    d.kind = data.kind.clone();
    d.weight = data.weight.clone();
    d.line = data.line.clone();
    d.origin = data.origin.clone();
    gather(&mut d.time, rows);
    gather(&mut d.kind, rows);
    gather(&mut d.weight, rows);
    gather(&mut d.line, rows);
    d.origin.gather(rows);
    (d.user, d.users) = column(&data.user, &data.users, rows, &mut |text| rewrite(Field::User, text));
    (d.url, d.urls) = column(&data.url, &data.urls, rows, &mut |text| {
        let url = rewrite(Field::Url, text);
        if url.is_empty() { NO_URL.to_owned() } else { url }
    });
    (d.ip, d.ips) = column(&data.ip, &data.ips, rows, &mut |text| rewrite(Field::Ip, text));
    (d.tenant, d.tenants) =
        column(&data.tenant, &data.tenants, rows, &mut |text| rewrite(Field::Tenant, text));
    (d.subject, d.subjects) =
        column(&data.subject, &data.subjects, rows, &mut |text| rewrite(Field::Subject, text));
    (d.sender, d.senders) =
        column(&data.sender, &data.senders, rows, &mut |text| rewrite(Field::Sender, text));
    (d.device, d.devices) =
        column(&data.device, &data.devices, rows, &mut |text| rewrite(Field::Device, text));
    groups(&mut d, data, rows, rewrite);
    for (new, old) in
        [(&mut d.derived_devices, &data.derived_devices), (&mut d.messages_by_url, &data.messages_by_url)]
    {
        let marked = |row: &u32| old.binary_search(row).is_ok();
        *new = (0..).zip(rows).filter(|(_, row)| marked(row)).map(|(new, _)| new).collect();
    }
    let delivery = |(new, old): (u32, &u32)| Some((new, data.delivered_at(*old as usize)?));
    d.delivered = (0..).zip(rows).filter_map(delivery).collect();
    let mut new_url = vec![NONE; if data.found_malicious.is_empty() { 0 } else { data.urls.len() }];
    for (new, old) in rows.iter().enumerate() {
        if let Some(url) = new_url.get_mut(data.url.at(*old as usize).raw() as usize) {
            *url = d.url.at(new).raw();
        }
    }
    let found = data.found_malicious.iter().map(|(url, at)| (new_url[*url as usize], *at));
    d.found_malicious = found.filter(|(url, _)| *url != NONE).collect();
    hosts(&mut d, data.hosts.raw());
    kinds(&mut d, data, rewrite);
    (d.message, d.report) = numbers(data, rows, &mut d.odd_ids);
    relations(&mut d, data, rows);
    d
}

/// The groups of the users that are left. Of users that became one the first one's group counts.
fn groups(d: &mut Dataset, data: &Dataset, rows: &[u32], rewrite: &mut Rewrite<'_>) {
    if data.group_of_user.is_empty() {
        return;
    }
    let mut groups = vec![String::new(); d.users.len()];
    for (new, old) in rows.iter().enumerate() {
        let group = data.group_of_user.at(data.user.at(*old as usize).raw() as usize);
        if let Some(of_user) = groups.get_mut(d.user.at(new).raw() as usize)
            && of_user.is_empty()
            && !group.is_none()
        {
            *of_user = rewrite(Field::Group, data.groups.text(group));
        }
    }
    d.set_groups(&groups);
}

/// The ids of some rows and the texts that they use, in the order of the old ids.
fn column<I: Id>(
    ids: &IdColumn<I>,
    texts: &Dictionary<I>,
    rows: &[u32],
    rewrite: &mut dyn FnMut(&str) -> String,
) -> (IdColumn<I>, Dictionary<I>) {
    let mut column = ids.clone();
    gather(column.raw_mut(), rows);
    let (new, dictionary) = used(texts, column.raw().iter().copied(), rewrite);
    for id in column.raw_mut() {
        *id = new.get(*id as usize).copied().unwrap_or(NONE);
    }
    (column, dictionary)
}

/// For each old id the new one, and the texts of these.
fn used<I: Id>(
    texts: &Dictionary<I>,
    ids: impl Iterator<Item = u32>,
    rewrite: &mut dyn FnMut(&str) -> String,
) -> (Vec<u32>, Dictionary<I>) {
    let mut wanted = vec![false; texts.len()];
    for id in ids {
        if let Some(wanted) = wanted.get_mut(id as usize) {
            *wanted = true;
        }
    }
    let mut dictionary = Dictionary::default();
    *dictionary.raw_mut() = texts.raw().emptied();
    let kept = dictionary.raw_mut();
    let mut new = vec![NONE; texts.len()];
    for (old, _) in wanted.into_iter().enumerate().filter(|(_, wanted)| *wanted) {
        new[old] = kept.intern(rewrite(texts.raw().get(old as u32)).as_bytes());
    }
    kept.freeze();
    (new, dictionary)
}

fn hosts(d: &mut Dataset, before: &Texts) {
    let mut hosts = before.emptied();
    let of_url = d.urls.iter().map(|url| hosts.intern(host_of_url(url).as_bytes())).collect();
    hosts.freeze();
    *d.host_of_url.raw_mut() = of_url;
    *d.hosts.raw_mut() = hosts;
}

fn kinds(d: &mut Dataset, data: &Dataset, texts: &mut Rewrite<'_>) {
    let mut wanted = vec![false; data.kinds.len()];
    d.kind.iter().for_each(|kind| wanted[*kind as usize] = true);
    let of_rows = || data.kinds.iter().zip(&wanted).filter(|(_, wanted)| **wanted).map(|(kind, _)| kind);
    let (words, raw_actions) = used(&data.raw_actions, of_rows().map(|k| k.raw_action.raw()), &mut |text| {
        texts(Field::RawAction, text)
    });
    let (places, sources) =
        used(&data.sources, of_rows().map(|k| k.source.raw()), &mut |text| texts(Field::Source, text));
    let (sets, threat_sets) = used(&data.threat_sets, of_rows().map(|k| k.threats.raw()), &mut str::to_owned);
    threats(d, data, &sets);
    let new = |of: &[u32], old: u32| of.get(old as usize).copied().unwrap_or(NONE);
    let mut at = BTreeMap::new();
    for (old, kind) in data.kinds.iter().enumerate().filter(|(old, _)| wanted[*old]) {
        let kind = Kind {
            raw_action: Id::from_raw(new(&words, kind.raw_action.raw())),
            source: Id::from_raw(new(&places, kind.source.raw())),
            threats: Id::from_raw(new(&sets, kind.threats.raw())),
            ..*kind
        };
        let same = d.kinds.iter().position(|k| *k == kind);
        let place = same.unwrap_or_else(|| {
            d.kinds.push(kind);
            d.kinds.len() - 1
        });
        at.insert(old as u16, place as u16);
    }
    d.kind.iter_mut().for_each(|kind| *kind = at[kind]);
    (d.raw_actions, d.sources, d.threat_sets) = (raw_actions, sources, threat_sets);
}

/// The single threats of each set that is left. `sets`: the new id of each old set.
fn threats(d: &mut Dataset, data: &Dataset, sets: &[u32]) {
    let left = || data.threats_of_set.iter().zip(sets).filter(|(_, new)| **new != NONE);
    let ids = left().flat_map(|(set, _)| set.iter().map(|threat: &ThreatId| threat.raw()));
    let (new, threats) = used(&data.threats, ids, &mut str::to_owned);
    // Sets are rewritten to themselves: the new ids ascend with the old ones.
    d.threats_of_set = left()
        .map(|(set, _)| set.iter().map(|threat| Id::from_raw(new[threat.raw() as usize])).collect())
        .collect();
    d.threats = threats;
}

/// The ids of messages and reports; those that are no GUIDs name their texts anew.
fn numbers(data: &Dataset, rows: &[u32], odd: &mut Texts) -> (GuidColumn, GuidColumn) {
    *odd = data.odd_ids.emptied();
    let mut of = |column: &GuidColumn| {
        let mut new = GuidColumn::default();
        for row in rows {
            let id = column.at(*row as usize);
            let is_odd = id != 0 && u64::try_from(id).is_ok();
            new.push(if is_odd { u128::from(odd.intern(data.id_text(id).as_bytes())) + 1 } else { id });
        }
        new
    };
    let both = (of(&data.message), of(&data.report));
    odd.freeze();
    both
}

/// Which rows belong to one attempt, and which are in other files too.
fn relations(d: &mut Dataset, data: &Dataset, rows: &[u32]) {
    let mut attempts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (new, old) in (0..).zip(rows) {
        let attempt = data.attempt(*old as usize);
        if attempt != NONE {
            attempts.entry(attempt).or_default().push(new);
        }
        d.also_in.extend(data.other_files_of(*old as usize).map(|file| (new, file)));
    }
    attempts.retain(|_, rows| rows.len() > 1);
    d.shared_attempts = attempts.len() as u32;
    let sharing = (0..).zip(attempts.into_values());
    d.sharing = sharing.flat_map(|(attempt, rows)| rows.into_iter().map(move |row| (row, attempt))).collect();
    sort_pairs(&mut d.sharing);
}
