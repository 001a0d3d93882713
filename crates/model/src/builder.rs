//! From batches of cells to the columns of a [`Dataset`].
//!
//! Owns everything that happens once for the whole data: interning, order of time, duplicates, attempts,
//! spellings that mean the same. Must not know formats: importers hand over cells that are already named
//! and a judge that says what they mean.

use std::ops::Range;

mod across;
mod attempts;
mod batch;
mod duplicates;
mod ids;
mod order;
mod spellings;
mod truth;
mod words;

use self::ids::number_of_id;
pub(super) use self::ids::numbers_of_text;
use self::spellings::{Rows, Same};
use super::ids::{Id, IdColumn};
use super::sorting::sort_pairs;
use super::texts::Dictionary;
use super::{Action, Dataset, Field, FileFacts, NONE, Texts, Verdict, host_of_url};
pub use across::APART_MS;
use batch::Column;
pub use batch::{Batch, Cells, Facts, Span};
pub use truth::yes_or_no;
pub use words::{Judge, MANY, MAX_KINDS, Meaning, Words, threats_in};

/// Collects clicks of one or many files.
#[derive(Clone)]
pub struct DatasetBuilder {
    data: Dataset,
    rest: Vec<u64>,
    words: words::WordsSoFar,
    /// Some rows were taken back: dictionaries hold texts that no row has.
    forgot: bool,
    /// Sum of all weights: what fits 32 bits is counted in 32 bits everywhere.
    weights: u64,
}

impl Default for DatasetBuilder {
    fn default() -> DatasetBuilder {
        DatasetBuilder::with_key(0)
    }
}

impl DatasetBuilder {
    /// A builder whose dictionaries cannot be slowed down by somebody who does not know `key`.
    pub fn with_key(key: u64) -> DatasetBuilder {
        let mut data = Dataset::default();
        for texts in [data.users.raw_mut(), data.urls.raw_mut(), data.ips.raw_mut()] {
            *texts = Texts::with_key(key);
        }
        for texts in [data.subjects.raw_mut(), data.senders.raw_mut(), data.devices.raw_mut()] {
            *texts = Texts::with_key(key);
        }
        data.odd_ids = Texts::with_key(key);
        for texts in [data.raw_actions.raw_mut(), data.sources.raw_mut(), data.threats.raw_mut()] {
            *texts = Texts::with_key(key);
        }
        *data.hosts.raw_mut() = Texts::with_key(key);
        *data.tenants.raw_mut() = Texts::with_key(key);
        DatasetBuilder {
            data,
            rest: Vec::new(),
            words: words::WordsSoFar::with_key(key),
            forgot: false,
            weights: 0,
        }
    }

    /// Announces a file; returns its index.
    pub fn start_file(&mut self) -> u16 {
        self.words.strange.clear();
        self.data.files.push(FileFacts::default());
        u16::try_from(self.data.files.len() - 1).unwrap_or(u16::MAX)
    }

    /// What is known of a file, once that is so.
    pub fn set_facts(&mut self, file: u16, known: FileFacts) {
        if let Some(facts) = self.data.files.get_mut(file as usize) {
            *facts = known;
        }
    }

    /// The times of a file are instants now, whatever it says of them.
    pub fn set_known_zone(&mut self, file: u16) {
        if let Some(facts) = self.data.files.get_mut(file as usize) {
            facts.local_times = false;
        }
    }

    /// Words mean what somebody says: verdict and action each, or one of them. No word is one only where the export says
    /// nothing of what happened.
    pub fn mean(&mut self, meaning_of: impl Fn(&str) -> Option<(Option<Verdict>, Option<Action>)>) {
        let d = &mut self.data;
        for kind in &mut d.kinds {
            let word = d.raw_actions.text(kind.raw_action);
            let says_nothing = word.trim().is_empty();
            if says_nothing && kind.action != Action::Unknown {
                continue;
            }
            if let Some((verdict, action)) = meaning_of(word) {
                // Threats may say it.
                let verdict = verdict.filter(|_| !says_nothing || kind.verdict == Verdict::Unknown);
                kind.verdict = verdict.unwrap_or(kind.verdict);
                kind.action = action.unwrap_or(kind.action);
            }
        }
    }

    /// Judges rows of the file announced last once more, see [`Meaning::knows_threats`].
    pub fn judge_again(&mut self, rows: Range<usize>, meaning: Meaning) {
        self.words.judge_again(&mut self.data, rows, meaning);
    }

    /// Whether one of these rows has a raw action: a report without that column has some where its words for verdict
    /// and action are not ours.
    pub fn keeps_words(&self, rows: Range<usize>) -> bool {
        let kinds = self.data.kind.get(rows).unwrap_or_default();
        kinds.iter().any(|kind| !self.data.kinds[*kind as usize].raw_action.is_none())
    }

    /// Words of the file announced last that should have been a boolean: the word, how many rows, the first
    /// line.
    pub fn strange_booleans(&self) -> &[(String, u64, u32)] {
        &self.words.strange
    }

    /// Bytes of all distinct texts so far.
    pub fn text_bytes(&self) -> usize {
        let d = &self.data;
        [d.users.raw(), d.urls.raw(), d.ips.raw(), d.subjects.raw(), d.senders.raw(), d.devices.raw()]
            .into_iter()
            .chain([d.raw_actions.raw(), d.sources.raw(), d.tenants.raw(), &d.odd_ids])
            .map(|texts| texts.arena().0.len())
            .sum()
    }

    /// Bytes of distinct URLs so far.
    pub fn url_bytes(&self) -> usize {
        self.data.urls.raw().arena().0.len()
    }

    /// Rows so far.
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Whether rows of so many more clicks fit: all of them together are counted in 32 bits.
    pub fn takes_weight(&mut self, weight: u32) -> bool {
        let sum = self.weights + u64::from(weight);
        // The other half is for rows without a weight, of which there are never as many.
        let fits = sum <= u64::from(u32::MAX / 2);
        if fits {
            self.weights = sum;
        }
        fits
    }

    /// Texts that were not UTF-8 so far.
    pub fn transcoded(&self) -> u64 {
        let d = &self.data;
        [d.users.raw(), d.urls.raw(), d.ips.raw(), d.subjects.raw(), d.senders.raw(), d.devices.raw()]
            .into_iter()
            .chain([d.raw_actions.raw(), d.sources.raw(), d.tenants.raw(), d.threats.raw()])
            .map(|texts| texts.transcoded)
            .sum()
    }

    /// Room for about so many more rows and bytes of URLs, so that they do not grow by copying: then the old
    /// and the new would be in memory at once. Room that is not used costs addresses, not memory.
    pub fn reserve(&mut self, rows: usize, url_bytes: usize) {
        let d = &mut self.data;
        d.urls.raw_mut().reserve(url_bytes);
        d.time.reserve(rows);
        d.kind.reserve(rows);
        for column in [d.user.raw_mut(), d.url.raw_mut(), d.ip.raw_mut(), &mut d.line] {
            column.reserve(rows);
        }
        d.message.reserve(rows);
        d.report.reserve(rows);
        d.origin.reserve(rows);
        self.rest.reserve(rows);
    }

    /// Time of a row, for a decision that can only be made at the end of all files.
    pub fn time_mut(&mut self, row: usize) -> Option<&mut i64> {
        self.data.time.get_mut(row)
    }

    /// Times of some rows.
    pub fn times(&self, rows: Range<usize>) -> &[i64] {
        self.data.time.get(rows).unwrap_or_default()
    }

    /// Drops the rows from `row` on and forgets the file announced last: its load failed.
    pub fn forget_file(&mut self, row: usize) {
        self.forgot = true;
        let d = &mut self.data;
        let gone: u64 = d.weight.get(row..).unwrap_or_default().iter().map(|w| u64::from(*w)).sum();
        self.weights = self.weights.saturating_sub(gone);
        d.time.truncate(row);
        d.kind.truncate(row);
        for column in [d.user.raw_mut(), d.url.raw_mut(), d.ip.raw_mut(), &mut d.line, &mut d.weight] {
            column.truncate(row);
        }
        for column in [d.subject.raw_mut(), d.sender.raw_mut(), d.device.raw_mut(), d.tenant.raw_mut()] {
            column.truncate(row);
        }
        d.message.truncate(row);
        d.report.truncate(row);
        d.origin.truncate(row);
        self.rest.truncate(row);
        d.files.pop();
    }

    /// Adds a batch. `text` is what its spans point into.
    pub fn append(&mut self, batch: &Batch, text: &[u8], meaning: Meaning) {
        let scratch = &batch.scratch[..];
        let before = self.data.len();
        let d = &mut self.data;
        if !batch.weight.is_empty() || !d.weight.is_empty() {
            d.weight.resize(before, 1);
            d.weight.extend(&batch.weight);
            d.weight.resize(before + batch.len(), 1);
        }
        d.time.extend_from_slice(&batch.time);
        d.origin.extend(&batch.origin);
        d.line.extend_from_slice(&batch.line);
        self.rest.extend_from_slice(&batch.rest);
        let cells = |field: Field| batch.column(field);
        let rows = before..before + batch.len();
        intern(&mut d.url, &mut d.urls, cells(Field::Url), text, scratch);
        intern_or_none(&mut d.user, &mut d.users, cells(Field::User), text, scratch, rows.end);
        intern_or_none(&mut d.ip, &mut d.ips, cells(Field::Ip), text, scratch, rows.end);
        intern_sparse(&mut d.subject, &mut d.subjects, cells(Field::Subject), text, scratch, &rows);
        intern_sparse(&mut d.sender, &mut d.senders, cells(Field::Sender), text, scratch, &rows);
        intern_sparse(&mut d.device, &mut d.devices, cells(Field::Device), text, scratch, &rows);
        intern_sparse(&mut d.tenant, &mut d.tenants, cells(Field::Tenant), text, scratch, &rows);
        for (column, field) in [(&mut d.message, Field::MessageId), (&mut d.report, Field::ReportId)] {
            let (odd, spans) = (&mut d.odd_ids, batch.column(field));
            for row in 0..batch.len() {
                let cell = spans.at(row).of(text, scratch);
                column.push(number_of_id(cell, odd));
            }
        }
        self.words.append(d, batch, text, &mut self.rest[before..], meaning);
    }

    /// Puts everything in order: duplicates counted once, one spelling a person, attempts joined, by time.
    pub fn finish(self) -> Dataset {
        let DatasetBuilder { mut data, rest, words, forgot, .. } = self;
        let d = &mut data;
        if forgot {
            drop_unused_urls(d);
        }
        // Records are compared as they are in the files, people as they are in the world.
        let people = Same::words(&d.users);
        let same_words = words.same_words(d);
        let rows = duplicates::Rows { d, rest: &rest, people: &people, words: &same_words };
        let (mut duplicates, mut attempts) = attempts::join(&rows);
        drop((rest, same_words));
        let layouts: Vec<u64> = d.files.iter().map(|file| file.layout).collect();
        across::join(d, &people, &layouts, &mut duplicates, &mut attempts);
        // From here on ids are only read; the room of the tables serves for putting rows in order.
        for texts in [d.users.raw_mut(), d.urls.raw_mut(), d.ips.raw_mut(), d.subjects.raw_mut()] {
            texts.freeze();
        }
        for row in &duplicates.rows {
            let file = d.origin.at(*row as usize).file() as usize;
            if let Some(facts) = d.files.get_mut(file) {
                let clicks = u64::from(d.weight.get(*row as usize).copied().unwrap_or(1));
                let allowed = d.kinds[d.kind[*row as usize] as usize].action == Action::Allowed;
                facts.duplicates += clicks;
                facts.allowed_duplicates += if allowed { clicks } else { 0 };
            }
        }
        let other = |(row, of): &(u32, u32)| (*of, u32::from(d.origin.at(*row as usize).file()));
        let is_other = |(of, file): &(u32, u32)| u32::from(d.origin.at(*of as usize).file()) != *file;
        let mut also_in: Vec<(u32, u32)> = duplicates.of.iter().map(other).filter(is_other).collect();
        sort_pairs(&mut also_in);
        also_in.dedup();
        d.also_in = also_in.into_iter().map(|(row, file)| (row, file as u16)).collect();
        d.look_alikes = attempts.look_alikes;
        d.told_again = duplicates.told_again;
        d.sharing = attempts.sharing;
        d.shared_attempts = attempts.count;
        order::by_time(d, &duplicates.rows);
        // What is shown is chosen among the clicks that count, so that a repeated record has no say.
        one_spelling_each(d, people, !forgot && duplicates.rows.is_empty());
        words.finish(d);
        add_hosts(d);
        data
    }
}

#[inline]
fn intern<I: Id>(
    column: &mut IdColumn<I>,
    dictionary: &mut Dictionary<I>,
    spans: Column<'_>,
    text: &[u8],
    scratch: &[u8],
) {
    dictionary.raw_mut().intern_all(spans.iter().map(|span| span.of(text, scratch)), column.raw_mut());
}

/// A column that all data has, filled up where this batch has no such cells.
fn intern_or_none<I: Id>(
    column: &mut IdColumn<I>,
    dictionary: &mut Dictionary<I>,
    spans: Column<'_>,
    text: &[u8],
    scratch: &[u8],
    rows: usize,
) {
    intern(column, dictionary, spans, text, scratch);
    column.raw_mut().resize(rows, NONE);
}

/// Columns that most exports lack stay empty until the first value comes.
fn intern_sparse<I: Id>(
    column: &mut IdColumn<I>,
    dictionary: &mut Dictionary<I>,
    spans: Column<'_>,
    text: &[u8],
    scratch: &[u8],
    rows: &Range<usize>,
) {
    if column.is_empty() && spans.iter().all(Span::is_empty) {
        return;
    }
    column.raw_mut().resize(rows.start, NONE);
    intern_or_none(column, dictionary, spans, text, scratch, rows.end);
}

/// Chooses what is shown of texts that say the same, and drops those that no click has. `all_used`: there is
/// none of these.
fn one_spelling_each(d: &mut Dataset, people: Same, all_used: bool) {
    let weights = &d.weight;
    let merged = people.merge_words(&mut d.users, &Rows { column: &d.user, weights }, all_used);
    merged.apply(&mut d.user);
    let addresses = Same::addresses(&d.ips);
    let merged = addresses.merge_addresses(&mut d.ips, &Rows { column: &d.ip, weights }, all_used);
    merged.apply(&mut d.ip);
    let tenants = Same::words(&d.tenants);
    let merged = tenants.merge_words(&mut d.tenants, &Rows { column: &d.tenant, weights }, all_used);
    merged.apply(&mut d.tenant);
    for texts in [d.users.raw_mut(), d.ips.raw_mut()] {
        texts.freeze();
    }
    drop_empty(&mut d.subjects, &mut d.subject, weights);
    drop_empty(&mut d.senders, &mut d.sender, weights);
    drop_empty(&mut d.devices, &mut d.device, weights);
}

fn drop_empty<I: Id>(dictionary: &mut Dictionary<I>, column: &mut IdColumn<I>, weights: &[u32]) {
    let merged = Same::texts(dictionary).merge_texts(dictionary, &Rows { column, weights });
    merged.apply(column);
    dictionary.raw_mut().freeze();
}

/// URLs of files that were given up.
fn drop_unused_urls(d: &mut Dataset) {
    spellings::drop_unused(&mut d.urls, &d.url).apply(&mut d.url);
}

fn add_hosts(d: &mut Dataset) {
    let hosts = d.hosts.raw_mut();
    let of_url = d.host_of_url.raw_mut();
    for url in d.urls.iter() {
        of_url.push(hosts.intern(host_of_url(url).as_bytes()));
    }
    d.hosts.raw_mut().freeze();
}
