//! Which rows pass a filter.
//!
//! Owns the meaning of every filter key. A selection keeps apart what is decided by the row's kind (a few
//! dozen combinations), by the row itself, and by time (rows are in the order of time, so that is a
//! range), so that each facet can be counted without its own part and nothing is computed twice.

use std::ops::Range;
use std::rc::Rc;

use super::find::containing;
use super::hours::Hours;
use super::{Filter, Key, Zone};
use crate::model::{Action, DAY_MS, Dataset, Dictionary, HOUR_MS, Kind, Verdict, hour_of_ms, weekday_of_ms};

/// The facets that a row's kind decides, one bit each.
pub const KIND_KEYS: [Key; 6] =
    [Key::Verdict, Key::Action, Key::RawAction, Key::Source, Key::Threat, Key::Reached];

/// Rows that pass.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Rows inside the time window.
    pub rows: Range<usize>,
    /// For each kind, a bit for every entry of [`KIND_KEYS`] that it fails.
    pub kind_fails: Vec<u8>,
    /// For each row of the data, 1 where it fails a part that its kind does not decide. None: no such part.
    pub row_fails: Option<Vec<u8>>,
    /// The time window (inclusive, exclusive), if there is one.
    pub window: Option<(i64, i64)>,
    /// The zone of days and hours, and the hours of the data in it.
    pub hours: Rc<Hours>,
    /// Parts of the filter that have no effect on this data, as written.
    pub ignored: Vec<String>,
}

impl Selection {
    /// Computes which rows pass.
    pub fn new(data: &Dataset, filter: &Filter, hours: Rc<Hours>) -> Selection {
        let mut ignored: Vec<String> = filter.unknown_keys().map(str::to_owned).collect();
        let window = window(data, filter, &hours.zone, &mut ignored);
        let rows = match window {
            Some((from, to)) => {
                let start = data.time.partition_point(|t| *t < from);
                start..data.time.partition_point(|t| *t < to).max(start)
            }
            None => 0..data.len(),
        };
        for key in [Key::Automation, Key::Campaign, Key::Group] {
            if filter.has_key(key) {
                ignored.push(key.name().to_owned());
            }
        }
        let kind_fails = data.kinds.iter().map(|kind| kind_fails(data, filter, kind)).collect();
        let mut selection = Selection { rows, kind_fails, row_fails: None, window, hours, ignored };
        selection.apply_row_keys(data, filter);
        selection
    }

    /// Whether a row inside [`Selection::rows`] passes.
    #[inline]
    pub fn passes(&self, data: &Dataset, row: usize) -> bool {
        self.kind_fails[data.kind[row] as usize] == 0
            && self.row_fails.as_ref().is_none_or(|fails| fails[row] == 0)
    }

    /// Whether every row inside [`Selection::rows`] passes.
    pub fn is_whole(&self) -> bool {
        self.row_fails.is_none() && self.kind_fails.iter().all(|fails| *fails == 0)
    }

    /// The passing rows, oldest first.
    pub fn iter<'a>(&'a self, data: &'a Dataset) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.rows.clone().filter(move |row| self.passes(data, *row))
    }

    /// How many rows pass.
    pub fn count(&self, data: &Dataset) -> usize {
        if self.is_whole() { self.rows.len() } else { self.iter(data).count() }
    }

    fn apply_row_keys(&mut self, data: &Dataset, filter: &Filter) {
        let exact: [(Key, &Dictionary, &[u32]); 3] = [
            (Key::User, &data.users, &data.user),
            (Key::Ip, &data.ips, &data.ip),
            (Key::Tenant, &data.tenants, &data.tenant),
        ];
        for (key, dictionary, column) in exact {
            if filter.has_key(key) {
                let pass = passing(filter, key, dictionary, equal_to);
                self.fail_rows(data, |row| !pass.of(column.get(row).copied()));
            }
        }
        if filter.has_key(Key::Host) || filter.has_key(Key::Url) {
            let by_host = passing(filter, Key::Host, &data.hosts, equal_to);
            let by_url = passing(filter, Key::Url, &data.urls, containing);
            let pass: Vec<bool> = (0..data.urls.len())
                .map(|url| by_url.of(Some(url as u32)) && by_host.of(data.host_of_url.get(url).copied()))
                .collect();
            self.fail_rows(data, |row| !pass.get(data.url[row] as usize).copied().unwrap_or(true));
        }
        if filter.has_key(Key::Text) {
            self.apply_text(data, filter);
        }
        if filter.has_key(Key::Weekday) || filter.has_key(Key::Hour) {
            self.apply_clock(data, filter);
        }
    }

    fn fail_rows(&mut self, data: &Dataset, fails: impl Fn(usize) -> bool) {
        let marks = self.row_fails.get_or_insert_with(|| vec![0; data.len()]);
        for row in self.rows.clone() {
            marks[row] |= u8::from(fails(row));
        }
    }

    /// Free text is looked for in every text that a row has.
    fn apply_text(&mut self, data: &Dataset, filter: &Filter) {
        let columns: [(&Dictionary, &[u32]); 6] = [
            (&data.urls, &data.url),
            (&data.users, &data.user),
            (&data.ips, &data.ip),
            (&data.tenants, &data.tenant),
            (&data.texts, &data.subject),
            (&data.texts, &data.sender),
        ];
        let hits_of = |part: &str| -> Vec<u8> {
            let mut hits = vec![0; data.len()];
            for (dictionary, column) in columns {
                if dictionary.is_empty() || column.is_empty() {
                    continue;
                }
                let found = containing(dictionary, part);
                if found.iter().any(|f| *f) {
                    for row in self.rows.clone() {
                        hits[row] |= u8::from(found.get(column[row] as usize).copied().unwrap_or(false));
                    }
                }
            }
            hits
        };
        let mut wanted: Option<Vec<u8>> = None;
        let mut unwanted: Vec<Vec<u8>> = Vec::new();
        for term in filter.terms(Key::Text) {
            let hits = hits_of(&term.value);
            match (&mut wanted, term.exclude) {
                (_, true) => unwanted.push(hits),
                (Some(wanted), false) => wanted.iter_mut().zip(hits).for_each(|(w, h)| *w |= h),
                (None, false) => wanted = Some(hits),
            }
        }
        self.fail_rows(data, |row| {
            wanted.as_ref().is_some_and(|w| w[row] == 0) || unwanted.iter().any(|u| u[row] != 0)
        });
    }

    fn apply_clock(&mut self, data: &Dataset, filter: &Filter) {
        let pass = |key: Key, number: usize| {
            let is = |value: &str| value.trim().parse() == Ok(number);
            let mut terms = filter.terms(key).filter(|t| !t.exclude).peekable();
            (terms.peek().is_none() || terms.any(|t| is(&t.value)))
                && !filter.terms(key).any(|t| t.exclude && is(&t.value))
        };
        let weekdays: [bool; 7] = std::array::from_fn(|i| pass(Key::Weekday, i));
        let hours: [bool; 24] = std::array::from_fn(|i| pass(Key::Hour, i));
        let mut marks = self.row_fails.take().unwrap_or_else(|| vec![0; data.len()]);
        for run in self.hours.runs(self.rows.clone()) {
            if !weekdays[weekday_of_ms(run.wall)] || !hours[hour_of_ms(run.wall)] {
                marks[run.rows].fill(1);
            }
        }
        self.row_fails = Some(marks);
    }
}

/// Which ids of a dictionary pass, and whether a row without a value does.
struct Passing {
    ids: Vec<bool>,
    without: bool,
}

impl Passing {
    fn of(&self, id: Option<u32>) -> bool {
        id.and_then(|id| self.ids.get(id as usize)).copied().unwrap_or(self.without)
    }
}

fn passing(
    filter: &Filter,
    key: Key,
    dictionary: &Dictionary,
    hits: fn(&Dictionary, &str) -> Vec<bool>,
) -> Passing {
    let includes = filter.terms(key).any(|t| !t.exclude);
    let mut ids = vec![!includes; dictionary.len()];
    for term in filter.terms(key).filter(|t| !t.exclude) {
        ids.iter_mut().zip(hits(dictionary, &term.value)).for_each(|(id, hit)| *id |= hit);
    }
    for term in filter.terms(key).filter(|t| t.exclude) {
        ids.iter_mut().zip(hits(dictionary, &term.value)).for_each(|(id, hit)| *id &= !hit);
    }
    Passing { ids, without: !includes }
}

fn equal_to(dictionary: &Dictionary, value: &str) -> Vec<bool> {
    let value = value.trim().to_lowercase();
    dictionary
        .iter()
        .map(|text| text.eq_ignore_ascii_case(&value) || (!text.is_ascii() && text.to_lowercase() == value))
        .collect()
}

fn kind_fails(data: &Dataset, filter: &Filter, kind: &Kind) -> u8 {
    let mut fails = 0;
    for (bit, key) in KIND_KEYS.into_iter().enumerate() {
        let is = |value: &str| kind_is(data, kind, key, value);
        let mut wanted = filter.terms(key).filter(|t| !t.exclude).peekable();
        let passes = (wanted.peek().is_none() || wanted.any(|t| is(&t.value)))
            && !filter.terms(key).any(|t| t.exclude && is(&t.value));
        fails |= u8::from(!passes) << bit;
    }
    fails
}

/// Whether a kind has a value of a key, as a filter writes it.
fn kind_is(data: &Dataset, kind: &Kind, key: Key, value: &str) -> bool {
    let value = value.trim();
    let same = |text: &str| text.trim().eq_ignore_ascii_case(value);
    match key {
        Key::Verdict => same(kind.verdict.name()) || same(kind.verdict.label()),
        Key::Action => {
            same(kind.action.name())
                || same(kind.action.label())
                || (value == "override" && kind.action.name() == "UserOverride")
        }
        Key::RawAction => same(data.raw_actions.get(kind.raw_action)),
        Key::Source => same(data.sources.get(kind.source)),
        Key::Threat => {
            let text = data.threat_texts.get(kind.threat_text);
            Dataset::threats_of_text(text).any(same)
                || (value.eq_ignore_ascii_case("none") && text.is_empty())
        }
        Key::Reached => {
            let reached = kind.action.reached();
            match value.to_ascii_lowercase().as_str() {
                "yes" | "true" | "1" => reached,
                "no" | "false" | "0" => !reached,
                "unsafe" => reached && kind.verdict != Verdict::Safe,
                "waiting" => kind.verdict == Verdict::Pending || kind.action == Action::None,
                _ => false,
            }
        }
        _ => true,
    }
}

fn window(data: &Dataset, filter: &Filter, zone: &Zone, ignored: &mut Vec<String>) -> Option<(i64, i64)> {
    let mut bound = |key: &str, text: &Option<String>| {
        let text = text.as_deref()?;
        let ms = zone.read(text);
        if ms.is_none() {
            ignored.push(format!("{key}={text}"));
        }
        ms
    };
    let from = bound("from", &filter.from);
    let to = bound("to", &filter.to);
    let range = filter.range.as_deref().and_then(|range| {
        let length = length_of_range(range);
        if length.is_none() {
            ignored.push(format!("range={range}"));
        }
        // Counted back from the newest click, which is inside.
        Some((data.span()?.1 - length?, data.span()?.1 + 1))
    });
    match (from, to, range) {
        (None, None, None) => None,
        (from, to, range) => {
            let (first, last) = range.unwrap_or((i64::MIN, i64::MAX));
            Some((from.unwrap_or(first).max(first), to.unwrap_or(last).min(last)))
        }
    }
}

/// Milliseconds of `30d`, `12h` or `4w`.
fn length_of_range(text: &str) -> Option<i64> {
    let text = text.trim();
    let unit = match text.as_bytes().last()? {
        b'd' | b'D' => DAY_MS,
        b'h' | b'H' => HOUR_MS,
        b'w' | b'W' => 7 * DAY_MS,
        _ => return None,
    };
    let number: i64 = text[..text.len() - 1].parse().ok()?;
    (1..=36_500).contains(&number).then_some(number * unit)
}
