//! Which rows pass a filter.
//!
//! Owns the meaning of every filter key. A selection keeps apart what is decided by the row's kind (a few
//! dozen combinations), by the row itself, and by time (rows are in the order of time, so that is a
//! range), so that each facet can be counted without its own part and nothing is computed twice.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use super::filter::{Filter, Key, action_of, length_of_range, without_of};
use super::find::containing_typed;
use super::hours::Hours;
use super::zone::Zone;
use crate::hindsight::Hindsight;
use crate::lens::Lens;
use crate::link::Sign;
use crate::model::ids::Id as _;
use crate::model::{Dataset, Field, FieldColumn, Ids, Kind, NONE, Texts, Verdict, hour_of_ms, weekday_of_ms};

/// The keys that a row's kind decides, one bit each.
pub const KIND_KEYS: [Key; 6] = [
    Key::Is(Field::Verdict),
    Key::Is(Field::Action),
    Key::Is(Field::RawAction),
    Key::Is(Field::Source),
    Key::Is(Field::Threat),
    Key::Reached,
];

/// Facets that the row itself decides, one bit each; all other parts share the last bit.
pub const ROW_FACETS: [Field; 3] = [Field::Tenant, Field::Group, Field::Automation];
const OTHER: u8 = 1 << 7;

/// What lies beside the data: labels that are made when somebody asks for them.
#[derive(Clone, Default)]
pub struct Beside {
    /// Who clicked.
    pub lens: Rc<Lens>,
    /// What all clicks together say.
    pub hindsight: Rc<Hindsight>,
}

/// Rows that pass.
#[derive(Clone)]
pub struct Selection {
    /// Rows inside the time window.
    pub rows: Range<usize>,
    /// For each kind, a bit for every entry of [`KIND_KEYS`] that it fails.
    pub kind_fails: Vec<u8>,
    /// For each row of the data, a bit for each part that its kind does not decide and that it fails. None: no
    /// such part.
    pub row_fails: Option<Vec<u8>>,
    /// The time window (inclusive, exclusive), if there is one.
    pub window: Option<(i64, i64)>,
    /// The zone of days and hours, and the hours of the data in it.
    pub hours: Rc<Hours>,
    /// Who clicked, under the settings of the filter.
    pub lens: Rc<Lens>,
    /// What all clicks together say.
    pub hindsight: Rc<Hindsight>,
    /// Parts of the filter that have no effect on this data, as written.
    pub ignored: Vec<String>,
}

impl Selection {
    /// Computes which rows pass. The filter has been checked: every value can be one of its key.
    pub fn new(data: &Dataset, filter: &Filter, hours: Rc<Hours>, beside: Beside) -> Selection {
        let window = window(data, filter, &hours.zone);
        let rows = match window {
            Some((from, to)) => {
                let start = data.time.partition_point(|t| *t < from);
                start..data.time.partition_point(|t| *t < to).max(start)
            }
            None => 0..data.len(),
        };
        let kind_fails = kind_fails(data, filter);
        let Beside { lens, hindsight } = beside;
        let ignored = filter.ignored();
        let mut selection =
            Selection { rows, kind_fails, row_fails: None, window, hours, lens, hindsight, ignored };
        selection.apply_row_keys(data, filter);
        selection
    }

    /// A field as a column: one of the data, or of the labels beside it.
    pub fn column<'a>(&'a self, data: &'a Dataset, field: Field) -> Option<FieldColumn<'a>> {
        match field {
            Field::Automation => Some(self.lens.labels(data).column()),
            Field::Campaign | Field::Attempt => self.hindsight.of(data).column(data, field),
            field => data.column(field),
        }
    }

    /// For each row whether it has a value of a field.
    fn has_value<'a>(&self, data: &'a Dataset, field: Field) -> Box<dyn Fn(usize) -> bool + 'a> {
        if field != Field::Campaign {
            return data.has_value(field);
        }
        let hindsight = self.hindsight.clone();
        Box::new(move |row| hindsight.of(data).campaign(data, row) != NONE)
    }

    /// Whether a row inside [`Selection::rows`] passes.
    #[inline]
    pub fn passes(&self, data: &Dataset, row: usize) -> bool {
        self.kind_fails[data.kind[row] as usize] == 0
            && self.row_fails.as_ref().is_none_or(|fails| fails[row] == 0)
    }

    /// Whether a row inside [`Selection::rows`] passes all parts but that of a facet of [`ROW_FACETS`].
    pub fn passes_without(&self, data: &Dataset, row: usize, facet: Field) -> bool {
        let own = bit_of(facet);
        self.kind_fails[data.kind[row] as usize] == 0
            && self.row_fails.as_ref().is_none_or(|fails| fails[row] & !own == 0)
    }

    /// Whether every row inside [`Selection::rows`] passes.
    pub fn is_whole(&self) -> bool {
        self.row_fails.is_none() && self.kind_fails.iter().all(|fails| *fails == 0)
    }

    /// The passing rows, oldest first.
    pub fn iter<'a>(&'a self, data: &'a Dataset) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.rows.clone().filter(move |row| self.passes(data, *row))
    }

    /// The passing rows of kinds that are wanted, oldest first. Most questions are about few kinds: no other row is looked at
    /// twice.
    pub fn rows_of(&self, data: &Dataset, is_wanted: &dyn Fn(Kind) -> bool) -> Vec<u32> {
        let kinds = data.kinds.iter().zip(&self.kind_fails);
        let wanted: Vec<bool> = kinds.map(|(kind, fails)| *fails == 0 && is_wanted(*kind)).collect();
        let fails = self.row_fails.as_deref();
        let mut rows = Vec::new();
        for (row, kind) in self.rows.clone().zip(&data.kind[self.rows.clone()]) {
            if wanted[*kind as usize] && fails.is_none_or(|fails| fails[row] == 0) {
                rows.push(row as u32);
            }
        }
        rows
    }

    /// The passing rows that reached a page which is not safe, as is known today, oldest first.
    pub fn reached_bad(&self, data: &Dataset) -> Vec<u32> {
        let facts = self.hindsight.of(data);
        let mut rows = self.rows_of(data, &|kind| kind.action.reached());
        rows.retain(|row| facts.has_reached_bad(data, *row as usize));
        rows
    }

    /// How many rows pass.
    pub fn count(&self, data: &Dataset) -> usize {
        if self.is_whole() { self.rows.len() } else { self.iter(data).count() }
    }

    fn apply_row_keys(&mut self, data: &Dataset, filter: &Filter) {
        for key in Key::ALL {
            let Key::Is(field) = key else { continue };
            let by_kind = KIND_KEYS.contains(&key);
            let of_url = matches!(field, Field::Host | Field::Url);
            if by_kind || of_url || !filter.has_key(key) {
                continue;
            }
            let bit = bit_of(field);
            let (lens, hindsight) = (self.lens.clone(), self.hindsight.clone());
            let column = match field {
                Field::Automation => Some(lens.labels(data).column()),
                Field::Campaign | Field::Attempt => hindsight.of(data).column(data, field),
                field => data.column(field),
            };
            match column {
                Some(column) => {
                    let pass = exactly(filter, key, column.texts);
                    self.fail_ids(data, &column.ids, bit, |id| pass.of(id));
                }
                None => self.apply_numbers(data, filter, field),
            }
        }
        self.apply_url(data, filter);
        if filter.has_key(Key::Text) {
            self.apply_text(data, filter);
        }
        if filter.has_key(Key::Without) {
            self.apply_without(data, filter);
        }
        if filter.has_key(Key::Sign) {
            self.apply_signs(data, filter);
        }
        if filter.has_key(Key::Weekday) || filter.has_key(Key::Hour) {
            self.apply_clock(data, filter);
        }
    }

    /// Ids that are kept as numbers. A field that no export has is a column without values.
    fn apply_numbers(&mut self, data: &Dataset, filter: &Filter, field: Field) {
        let key = Key::Is(field);
        let numbers = |exclude: bool| -> HashSet<u128> {
            let terms = filter.terms(key).filter(|t| t.exclude == exclude);
            terms.flat_map(|t| data.ids_of_text(&t.value)).collect()
        };
        let (wanted, unwanted) = (numbers(false), numbers(true));
        let any = !filter.terms(key).any(|t| !t.exclude);
        self.fail_rows(data, OTHER, |row| {
            let id = data.numbers(field).map_or(0, |column| column.at(row));
            !(any || wanted.contains(&id)) || unwanted.contains(&id)
        });
    }

    /// Host, URL and part of the URL are decided once a URL, not once a row.
    fn apply_url(&mut self, data: &Dataset, filter: &Filter) {
        let keys = [Key::Is(Field::Host), Key::Is(Field::Url), Key::UrlPart];
        if !keys.iter().any(|key| filter.has_key(*key)) {
            return;
        }
        let urls = data.urls.raw();
        let host = exactly(filter, Key::Is(Field::Host), data.hosts.raw());
        let whole = exactly(filter, Key::Is(Field::Url), urls);
        let part = passing(filter, Key::UrlPart, urls.len(), |value| containing_typed(urls, value));
        let pass: Vec<bool> = (0..urls.len() as u32)
            .map(|url| {
                let of_url = data.host_of_url.at(url as usize).raw();
                part.of(url) && whole.of(url) && host.of(of_url)
            })
            .collect();
        let ids = Ids::Row(data.url.raw());
        self.fail_ids(data, &ids, OTHER, |url| pass.get(url as usize).copied().unwrap_or(false));
    }

    fn fail_ids(&mut self, data: &Dataset, ids: &Ids<'_>, bit: u8, pass: impl Fn(u32) -> bool) {
        // The usual column is a plain slice; telling it apart for each row costs more than the test.
        match ids {
            Ids::Row(ids) => self.fail_rows(data, bit, |row| !pass(ids[row])),
            ids => self.fail_rows(data, bit, |row| !pass(ids.at(row))),
        }
    }

    fn fail_rows(&mut self, data: &Dataset, bit: u8, fails: impl Fn(usize) -> bool) {
        let marks = self.row_fails.get_or_insert_with(|| vec![0; data.len()]);
        for row in self.rows.clone() {
            marks[row] |= if fails(row) { bit } else { 0 };
        }
    }

    /// Free text is looked for in every text that a row has.
    fn apply_text(&mut self, data: &Dataset, filter: &Filter) {
        const SEARCHED: [Field; 6] =
            [Field::Url, Field::User, Field::Ip, Field::Tenant, Field::Subject, Field::Sender];
        let hits_of = |part: &str| -> Vec<u8> {
            let mut hits = vec![0; data.len()];
            for column in SEARCHED.into_iter().filter_map(|field| data.column(field)) {
                let found = containing_typed(column.texts, part);
                if found.iter().any(|f| *f) {
                    for row in self.rows.clone() {
                        let id = column.ids.at(row) as usize;
                        hits[row] |= u8::from(found.get(id).copied().unwrap_or(false));
                    }
                }
            }
            hits
        };
        let mut wanted: Option<Vec<u8>> = None;
        let mut unwanted: Option<Vec<u8>> = None;
        for term in filter.terms(Key::Text) {
            let hits = hits_of(&term.value);
            match if term.exclude { &mut unwanted } else { &mut wanted } {
                Some(all) => all.iter_mut().zip(hits).for_each(|(all, hit)| *all |= hit),
                none => *none = Some(hits),
            }
        }
        self.fail_rows(data, OTHER, |row| {
            wanted.as_ref().is_some_and(|w| w[row] == 0) || unwanted.as_ref().is_some_and(|u| u[row] != 0)
        });
    }

    fn apply_without(&mut self, data: &Dataset, filter: &Filter) {
        let of = |exclude: bool| {
            let terms = filter.terms(Key::Without).filter(move |t| t.exclude == exclude);
            let fields = terms.filter_map(|t| without_of(&t.value));
            fields.map(|field| self.has_value(data, field)).collect::<Vec<_>>()
        };
        let (lacking, having) = (of(false), of(true));
        self.fail_rows(data, OTHER, |row| {
            let lacks = lacking.is_empty() || lacking.iter().any(|has| !has(row));
            !lacks || having.iter().any(|has| !has(row))
        });
    }

    /// A URL may have several signs: one that is wanted is enough, one that is not wanted too.
    fn apply_signs(&mut self, data: &Dataset, filter: &Filter) {
        let bits = |exclude: bool| {
            let terms = filter.terms(Key::Sign).filter(|term| term.exclude == exclude);
            terms.filter_map(|term| Sign::from_token(&term.value)).fold(0, |bits, sign| bits | sign.bit())
        };
        let (wanted, unwanted) = (bits(false), bits(true));
        let hindsight = self.hindsight.clone();
        let signs = hindsight.signs(data);
        self.fail_rows(data, OTHER, |row| {
            let of_url = signs.get(data.url.at(row).raw() as usize).copied().unwrap_or_default();
            (wanted != 0 && of_url & wanted == 0) || of_url & unwanted != 0
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
                marks[run.rows].iter_mut().for_each(|mark| *mark |= OTHER);
            }
        }
        self.row_fails = Some(marks);
    }
}

fn bit_of(facet: Field) -> u8 {
    ROW_FACETS.iter().position(|f| *f == facet).map_or(OTHER, |bit| 1 << bit)
}

/// Which ids of a dictionary pass, and whether a row without a value does.
struct Passing {
    ids: Vec<bool>,
    without: bool,
}

impl Passing {
    fn of(&self, id: u32) -> bool {
        self.ids.get(id as usize).copied().unwrap_or(self.without)
    }
}

fn passing(filter: &Filter, key: Key, len: usize, hits: impl Fn(&str) -> Vec<bool>) -> Passing {
    let includes = filter.terms(key).any(|t| !t.exclude);
    let mut ids = vec![!includes; len];
    for term in filter.terms(key).filter(|t| !t.exclude) {
        ids.iter_mut().zip(hits(&term.value)).for_each(|(id, hit)| *id |= hit);
    }
    for term in filter.terms(key).filter(|t| t.exclude) {
        ids.iter_mut().zip(hits(&term.value)).for_each(|(id, hit)| *id &= !hit);
    }
    Passing { ids, without: !includes }
}

/// Ids whose text is one of the terms. However many terms there are, the texts are gone through once.
fn exactly(filter: &Filter, key: Key, texts: &Texts) -> Passing {
    let terms = |exclude: bool| -> HashSet<String> {
        filter.terms(key).filter(|t| t.exclude == exclude).map(|t| key.as_in_data(&t.value)).collect()
    };
    let (wanted, unwanted) = (terms(false), terms(true));
    if wanted.is_empty() && unwanted.is_empty() {
        return Passing { ids: vec![true; texts.len()], without: true };
    }
    let ids = texts
        .iter()
        .map(|text| {
            let folded = key.folded(text);
            (wanted.is_empty() || wanted.contains(&folded)) && !unwanted.contains(&folded)
        })
        .collect();
    Passing { ids, without: wanted.is_empty() }
}

fn kind_fails(data: &Dataset, filter: &Filter) -> Vec<u8> {
    let mut fails = vec![0; data.kinds.len()];
    for (bit, key) in KIND_KEYS.into_iter().enumerate().filter(|(_, key)| filter.has_key(*key)) {
        let passes = kinds_that_pass(data, filter, key);
        fails.iter_mut().zip(&data.kinds).for_each(|(fails, kind)| *fails |= u8::from(!passes(kind)) << bit);
    }
    fails
}

/// Whether a kind passes the terms of a key.
fn kinds_that_pass<'a>(data: &'a Dataset, filter: &'a Filter, key: Key) -> Box<dyn Fn(&Kind) -> bool + 'a> {
    match key {
        Key::Is(Field::RawAction) => {
            let pass = exactly(filter, key, data.raw_actions.raw());
            Box::new(move |kind| pass.of(kind.raw_action.raw()))
        }
        Key::Is(Field::Source) => {
            let pass = exactly(filter, key, data.sources.raw());
            Box::new(move |kind| pass.of(kind.source.raw()))
        }
        Key::Is(Field::Threat) => Box::new(threats_that_pass(data, filter, key)),
        _ => Box::new(move |kind| {
            let is = |value: &str| kind_is(kind, key, value);
            let mut wanted = filter.terms(key).filter(|t| !t.exclude).peekable();
            (wanted.peek().is_none() || wanted.any(|t| is(&t.value)))
                && !filter.terms(key).any(|t| t.exclude && is(&t.value))
        }),
    }
}

/// A click may have several threat types; `none` stands for clicks without any.
fn threats_that_pass<'a>(data: &'a Dataset, filter: &Filter, key: Key) -> impl Fn(&Kind) -> bool + 'a {
    let has = |exclude: bool| {
        let terms: HashSet<String> =
            filter.terms(key).filter(|t| t.exclude == exclude).map(|t| key.folded(&t.value)).collect();
        let any = !terms.is_empty();
        let none = terms.contains("none");
        let types: Vec<bool> = data.threats.iter().map(|text| terms.contains(&key.folded(text))).collect();
        move |kind: &Kind| -> Option<bool> {
            let set = data.threats_of_set.get(kind.threats.raw() as usize);
            let hit = match set {
                None => none,
                Some(set) => set.iter().any(|t| types.get(t.raw() as usize).copied().unwrap_or(false)),
            };
            any.then_some(hit)
        }
    };
    let (wanted, unwanted) = (has(false), has(true));
    move |kind| wanted(kind).unwrap_or(true) && !unwanted(kind).unwrap_or(false)
}

/// Whether a kind has a value of a key of few values.
fn kind_is(kind: &Kind, key: Key, value: &str) -> bool {
    match key {
        Key::Is(Field::Verdict) => Verdict::from_word(value) == Some(kind.verdict),
        Key::Is(Field::Action) => action_of(value) == Some(kind.action),
        Key::Reached => {
            let reached = kind.action.reached();
            match value.trim().to_lowercase().as_str() {
                "yes" | "true" | "1" => reached,
                "no" | "false" | "0" => !reached,
                "unsafe" => kind.is_reached_unsafe(),
                "waiting" => kind.is_waiting(),
                _ => false,
            }
        }
        _ => true,
    }
}

fn window(data: &Dataset, filter: &Filter, zone: &Zone) -> Option<(i64, i64)> {
    let bound = |text: &Option<String>| text.as_deref().and_then(|text| zone.read(text));
    let (from, to) = (bound(&filter.from), bound(&filter.to));
    let length = filter.range.as_deref().and_then(length_of_range);
    // Counted back from the newest click, which is inside.
    let range = length.and_then(|length| data.span().map(|(_, newest)| (newest - length, newest + 1)));
    match (from, to, range) {
        (None, None, None) => None,
        (from, to, range) => {
            let (first, last) = range.unwrap_or((i64::MIN, i64::MAX));
            Some((from.unwrap_or(first).max(first), to.unwrap_or(last).min(last)))
        }
    }
}
