//! Which bad URLs are of one campaign: those of one domain or form, those that came in one message or in messages of one
//! sender with one subject, and those whose form is too much of its own for chance.
//!
//! Owns the clustering and the names. Works on URLs, so that clicks in Teams and Copilot, which have no message, are told
//! apart too. Must not know people.

use std::collections::HashMap;

use super::known_bad::KnownBad;
use super::shape::is_telling;
use crate::model::ids::Id as _;
use crate::model::{Dataset, NONE, Texts};

/// A message with links of more campaigns than this is a list of them, as analysts send each other: it joins none. No
/// source: the most that a lure was seen to carry are a few.
const MOST_IN_ONE_MESSAGE: usize = 8;

/// The campaign of each URL, and their names, by the time of the first bad click.
pub(super) fn campaigns(data: &Dataset, known: &KnownBad) -> (Vec<u32>, Texts) {
    let mut sets = Sets { parent: (0..known.units as u32).collect() };
    join_messages(data, known, &mut sets);
    join_forms(data, known, &mut sets);
    let mut numbers = vec![NONE; known.units];
    let mut count = 0;
    let mut of_url = vec![NONE; data.urls.len()];
    let bad_rows = data.url.raw().iter().zip(&data.kind).filter(|(_, kind)| known.is_bad[**kind as usize]);
    let in_order = bad_rows.map(|(url, _)| *url).chain(0..data.urls.len() as u32);
    for url in in_order {
        let unit = known.unit.get(url as usize).copied().unwrap_or(NONE);
        if unit == NONE || of_url[url as usize] != NONE {
            continue;
        }
        let number = &mut numbers[sets.root(unit) as usize];
        if *number == NONE {
            *number = count;
            count += 1;
        }
        of_url[url as usize] = *number;
    }
    let names = names(data, known, &of_url, count);
    (of_url, names)
}

/// Units that are one campaign.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn root(&mut self, unit: u32) -> u32 {
        let mut at = unit;
        while self.parent[at as usize] != at {
            // Halving the way keeps it short.
            self.parent[at as usize] = self.parent[self.parent[at as usize] as usize];
            at = self.parent[at as usize];
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller one stays, so that the order of joining says nothing.
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

/// Bad clicks of one message, or of one sender with one subject.
fn join_messages(data: &Dataset, known: &KnownBad, sets: &mut Sets) {
    // By message or letter: its units, as far as they are not too many.
    let mut units: HashMap<u128, Vec<u32>> = HashMap::new();
    for (row, kind) in data.kind.iter().enumerate() {
        if !known.is_bad[*kind as usize] {
            continue;
        }
        let unit = known.unit.get(data.url.at(row).raw() as usize).copied().unwrap_or(NONE);
        if unit == NONE {
            continue;
        }
        let (subject, sender) = (data.subject.at(row), data.sender.at(row));
        let letter = match subject.is_none() || sender.is_none() {
            true => 0,
            // No message id has such a number: the rest of it would be zeros.
            false => u128::from(subject.raw()) << 32 | u128::from(sender.raw()) | 1 << 64,
        };
        for key in [data.message.at(row), letter].into_iter().filter(|key| *key != 0) {
            let of_key = units.entry(key).or_default();
            if of_key.len() <= MOST_IN_ONE_MESSAGE && !of_key.contains(&unit) {
                of_key.push(unit);
            }
        }
    }
    // In whatever order sets are joined, they are the same.
    for of_key in units.values().filter(|units| units.len() <= MOST_IN_ONE_MESSAGE) {
        for unit in of_key.iter().skip(1) {
            sets.join(of_key[0], *unit);
        }
    }
}

/// URLs that were judged themselves and have one telling form on several domains.
fn join_forms(data: &Dataset, known: &KnownBad, sets: &mut Sets) {
    let mut kits = Texts::default();
    let mut unit_of_kit: Vec<u32> = Vec::new();
    for url in 0..data.urls.len() {
        let unit = known.unit[url];
        let domain = known.domain_of_url.get(url).copied().unwrap_or(NONE) as usize;
        let is_shared = known.is_platform.get(domain).copied().unwrap_or(true);
        if unit == NONE || known.since[url].1 != super::Ground::Url || is_shared {
            continue;
        }
        let form = known.forms.get(known.form_of_url[url]);
        let form = form.find(['/', '?']).and_then(|at| form.get(at..)).unwrap_or_default();
        if !is_telling(form) {
            continue;
        }
        let kit = kits.intern(form.as_bytes()) as usize;
        match unit_of_kit.get(kit) {
            Some(first) => {
                sets.join(*first, unit);
            }
            None => unit_of_kit.push(unit),
        }
    }
}

/// A campaign is called by the domain that most of its clicks were on; where two would be called alike, with the form too.
fn names(data: &Dataset, known: &KnownBad, of_url: &[u32], count: u32) -> Texts {
    let domain_of = |url: u32| known.domain_of_url.get(url as usize).copied().unwrap_or(NONE);
    // Of each URL the place of its campaign and domain.
    let mut places: HashMap<u64, u32> = HashMap::new();
    let place_of = |(url, campaign): (u32, &u32)| {
        let next = places.len() as u32;
        let of_both = u64::from(*campaign) << 32 | u64::from(domain_of(url));
        if *campaign == NONE { NONE } else { *places.entry(of_both).or_insert(next) }
    };
    let place_of_url: Vec<u32> = (0..).zip(of_url).map(place_of).collect();
    let mut clicks = vec![0_u32; places.len()];
    // Of each campaign the URL with the domain that leads, and its clicks.
    let mut best = vec![(0_u32, NONE); count as usize];
    for url in data.url.raw() {
        let place = place_of_url.get(*url as usize).copied().unwrap_or(NONE);
        let Some(n) = clicks.get_mut(place as usize) else { continue };
        *n += 1;
        if let Some(lead) = best.get_mut(of_url[*url as usize] as usize).filter(|lead| *n > lead.0) {
            *lead = (*n, *url);
        }
    }
    let mut names = Texts::default();
    for (number, (_, url)) in (0..).zip(best) {
        let domain = domain_of(url);
        let domain = if domain == NONE { "no host" } else { known.domains.get(domain) };
        let form = known.form_of_url.get(url as usize).map_or("", |form| known.forms.get(*form));
        let is_new = |names: &Texts, name: &str| !name.is_empty() && names.find(name).is_none();
        let form = form.get(..80).unwrap_or(form);
        let mut name = domain.to_owned();
        if !is_new(&names, &name) {
            name = form.to_owned();
        }
        if !is_new(&names, &name) {
            name = format!("{domain} ({})", number + 1);
        }
        // Numbers are places: a name that is taken all the same gets one more sign.
        while names.intern(name.as_bytes()) < number {
            name.push('′');
        }
    }
    names
}
