//! From the few-valued cells of a row to its kind.
//!
//! Owns the kinds while they are collected: what they mean is said by the judge of the format, once for each
//! combination. Must not know formats.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::super::ids::{Id, RawActionId, SourceId, ThreatSetId};
use super::super::sorting::sort_ids;
use super::super::texts::{Dictionary, NearIds};
use super::super::{Action, Dataset, Field, Kind, NONE, Texts, Verdict, hash, is_empty_word, source_of_word};
use super::batch::{Batch, Column};
use super::spellings::{Merged, Same};
use super::truth::{Truth, truth_of};

/// The cells that decide what a click means, as the export has them.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The export's word for what happened.
    pub raw_action: &'a str,
    /// Clicked through a warning, where the export says so.
    pub clicked_through: Option<bool>,
    /// Whether a threat was found; none where the export cannot say.
    pub threat: Option<bool>,
    /// The threat types as the export has them, or as they were understood.
    pub threats: &'a str,
    /// Verdict and action in words of ours, in exports that carry them.
    pub verdict: &'a str,
    /// See `verdict`.
    pub action: &'a str,
}

/// Says what the words of one format mean.
pub type Judge = fn(&Words<'_>) -> (Verdict, Action);

/// How the cells of a batch are to be understood.
#[derive(Clone, Copy)]
pub struct Meaning {
    /// What the words mean.
    pub judge: Judge,
    /// Place of the format in the list of them: equal words of two formats may mean different things.
    pub format: u8,
    /// The export has threat types: where a row has none, none was found.
    pub knows_threats: bool,
}

/// More combinations than this are no export but an attack on memory: later ones share [`MANY`].
pub const MAX_KINDS: usize = 60_000;

/// Shown for words beyond [`MAX_KINDS`] combinations. Verdict and action are still those of the row.
pub const MANY: &str = "(more than 60,000 words)";

/// Words of verdicts and actions are numbered in 16 bits; those beyond are words that nobody knows.
const LAST_WORD: u32 = 0xfffe;
const NO_WORD: u32 = 0xffff;

/// What is kept of words while files are read.
#[derive(Clone)]
pub struct WordsSoFar {
    kinds: HashMap<Key, u16>,
    /// Kinds by what they say, and whether the export said the verdict itself: exports spell one thing in
    /// several ways.
    known: HashMap<(Kind, bool), u16>,
    /// The kinds met last, by [`Key::place`].
    near: Box<[(Key, u16); 256]>,
    /// The raw actions, threat texts, sources, verdicts and actions met last.
    near_words: [NearIds; 5],
    /// Texts of threat types as exported, and the set that each of them is.
    threat_texts: Texts,
    set_of_text: Vec<u32>,
    sets: Vec<Vec<u32>>,
    known_sets: HashMap<Vec<u32>, u32>,
    /// Words of verdicts and actions, in exports that carry them.
    verdicts_and_actions: Texts,
    /// Words that should have been a boolean: the word, how many rows, the first line.
    pub strange: Vec<(String, u64, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    raw_action: u32,
    threats: u32,
    source: u32,
    said: u32,
    /// Bits: clicked through, knows threats, format.
    flags: u32,
}

impl Key {
    const fn place(&self) -> usize {
        (self
            .raw_action
            .wrapping_add(self.threats.wrapping_mul(5))
            .wrapping_add(self.source.wrapping_mul(29))
            .wrapping_add(self.said.wrapping_mul(61))
            .wrapping_add(self.flags.wrapping_mul(83))
            & 255) as usize
    }
}

impl WordsSoFar {
    /// No words yet; `key` is that of [`Texts::with_key`].
    pub fn with_key(key: u64) -> WordsSoFar {
        // No key has these ids: dictionaries end before them.
        let never = NONE - 1;
        let nothing = Key { raw_action: never, threats: never, source: never, said: never, flags: never };
        WordsSoFar {
            kinds: HashMap::new(),
            known: HashMap::new(),
            near: Box::new([(nothing, 0); 256]),
            near_words: Default::default(),
            threat_texts: Texts::with_key(key),
            set_of_text: Vec::new(),
            sets: vec![Vec::new()],
            known_sets: HashMap::from([(Vec::new(), 0)]),
            verdicts_and_actions: Texts::with_key(key),
            strange: Vec::new(),
        }
    }

    /// Adds the kind of each row of a batch to the data. `rest` are the hashes of these rows: where a kind
    /// no longer says what the words are, they do.
    pub fn append(
        &mut self,
        d: &mut Dataset,
        batch: &Batch,
        text: &[u8],
        rest: &mut [u64],
        meaning: Meaning,
    ) {
        let scratch = &batch.scratch[..];
        let [actions, threats, sources, clicked, verdicts, said] = [
            Field::RawAction,
            Field::Threat,
            Field::Source,
            Field::ClickedThrough,
            Field::Verdict,
            Field::Action,
        ]
        .map(|field| batch.column(field));
        let shared = (u32::from(meaning.format) << 8) | (u32::from(meaning.knows_threats) << 2);
        for (row, rest) in rest.iter_mut().enumerate() {
            let cell = |column: Column<'_>| column.at(row).of(text, scratch);
            let [near_actions, near_threats, near_sources, near_verdicts, near_said] = &mut self.near_words;
            let truth = match truth_of(cell(clicked)) {
                Truth::Empty => 0,
                Truth::No => 1,
                Truth::Yes => 2,
                Truth::Strange => {
                    note_strange(&mut self.strange, cell(clicked), batch.line[row]);
                    // Taken for no, and yet another record than one that says no, or nothing.
                    let mixed = hash::mix(*rest, hash::hash_bytes(cell(clicked)));
                    *rest = hash::finish(mixed) & !1 | *rest & 1;
                    0
                }
            };
            let words = &mut self.verdicts_and_actions;
            let mut word = |near: &mut NearIds, column: Column<'_>| match near.intern(words, cell(column)) {
                NONE => NO_WORD,
                id => id.min(LAST_WORD),
            };
            let key = Key {
                raw_action: near_actions.intern(d.raw_actions.raw_mut(), cell(actions)),
                threats: near_threats.intern(&mut self.threat_texts, cell(threats)),
                source: near_sources.intern(d.sources.raw_mut(), cell(sources)),
                said: (word(near_verdicts, verdicts) << 16) | word(near_said, said),
                flags: shared | truth,
            };
            // The few combinations of an export find a place of their own here; asking the map for every
            // row would cost more than all else that is done with these cells.
            let near = self.near[key.place()];
            let kind = if near.0 == key {
                near.1
            } else {
                let kind = match self.kinds.get(&key) {
                    Some(known) => *known,
                    None => self.add(d, key, meaning),
                };
                self.near[key.place()] = (key, kind);
                kind
            };
            if kind as usize >= MAX_KINDS {
                let words = [actions, threats, sources].map(|column| hash::hash_bytes(cell(column)));
                let mixed = words.into_iter().fold(*rest, hash::mix);
                *rest = hash::finish(mixed) & !1 | *rest & 1;
            }
            d.kind.push(kind);
        }
    }

    #[cold]
    fn add(&mut self, d: &mut Dataset, key: Key, meaning: Meaning) -> u16 {
        let set = self.set_of(d, key.threats);
        let threat = !self.sets[set as usize].is_empty();
        let word = |id: u32| match id {
            NO_WORD => "",
            LAST_WORD => MANY,
            id => self.verdicts_and_actions.get(id),
        };
        let present = |text: &'_ str| !is_empty_word(text.as_bytes());
        let raw_action = Some(d.raw_actions.raw().get(key.raw_action)).filter(|t| present(t)).unwrap_or("");
        let clicked_through = match key.flags & 3 {
            0 => None,
            code => Some(code == 2),
        };
        let words = Words {
            raw_action,
            clicked_through,
            threat: meaning.knows_threats.then_some(threat),
            threats: self.threat_texts.get(key.threats),
            verdict: word(key.said >> 16),
            action: word(key.said & 0xffff),
        };
        let (verdict, action) = (meaning.judge)(&words);
        let not_ours = (verdict == Verdict::Unknown
            && present(words.verdict)
            && Verdict::from_word(words.verdict).is_none())
            || (action == Action::Unknown
                && present(words.action)
                && Action::from_word(words.action).is_none());
        let raw_action = match raw_action.is_empty() {
            false => key.raw_action,
            // Words that nobody understands are kept where the word of an export stands.
            true if not_ours => {
                let said = format!("{} / {}", words.verdict.trim(), words.action.trim());
                d.raw_actions.raw_mut().intern(said.as_bytes())
            }
            true => NONE,
        };
        let source_name = d.sources.raw().get(key.source).trim();
        let source = match source_of_word(source_name) {
            Some(name) => d.sources.raw_mut().intern(name.as_bytes()),
            None if present(source_name) => key.source,
            None => NONE,
        };
        let mut kind = Kind {
            verdict,
            action,
            raw_action: RawActionId::from_raw(raw_action),
            source: SourceId::from_raw(source),
            threats: ThreatSetId::from_raw(set),
            clicked_through,
        };
        let says_verdict = key.said != NO_WORD << 16 | NO_WORD;
        if d.kinds.len() >= MAX_KINDS && !self.known.contains_key(&(kind, says_verdict)) {
            kind.raw_action = RawActionId::from_raw(d.raw_actions.raw_mut().intern(MANY.as_bytes()));
            kind.source = SourceId::from_raw(d.sources.raw_mut().intern(MANY.as_bytes()));
            if threat {
                let many = self.threat_texts.intern(MANY.as_bytes());
                kind.threats = ThreatSetId::from_raw(self.set_of(d, many));
            }
        }
        let id = self.place_of(d, kind, says_verdict);
        self.kinds.insert(key, id);
        id
    }

    /// The number of a kind, added when it is new.
    fn place_of(&mut self, d: &mut Dataset, kind: Kind, says_verdict: bool) -> u16 {
        let next = d.kinds.len() as u16;
        let id = *self.known.entry((kind, says_verdict)).or_insert(next);
        if id == next {
            d.kinds.push(kind);
        }
        id
    }

    /// The set of threat types that a text names; set 0 has none.
    fn set_of(&mut self, d: &mut Dataset, threat_text: u32) -> u32 {
        if threat_text == NONE {
            return 0;
        }
        if let Some(set) = self.set_of_text.get(threat_text as usize).filter(|set| **set != NONE) {
            return *set;
        }
        let types = threats_in(self.threat_texts.get(threat_text));
        let mut set: Vec<u32> = types.map(|threat| d.threats.raw_mut().intern(threat.as_bytes())).collect();
        set.sort_unstable();
        set.dedup();
        let next = self.sets.len() as u32;
        let place = *self.known_sets.entry(set).or_insert_with_key(|set| {
            self.sets.push(set.clone());
            next
        });
        self.set_of_text.resize(self.threat_texts.len(), NONE);
        self.set_of_text[threat_text as usize] = place;
        place
    }

    /// For each kind the number of the first that has the same words. Verdict and action that were concluded
    /// from the words, and from which columns the export has, are no part of a record.
    pub fn same_words(&self, d: &Dataset) -> Vec<u16> {
        let says_verdict = self.which_say_verdicts(d);
        let mut first = HashMap::with_capacity(d.kinds.len());
        (0..)
            .zip(d.kinds.iter().zip(says_verdict))
            .map(|(place, (kind, says))| {
                let (verdict, action) =
                    if says { (kind.verdict, kind.action) } else { (Verdict::Unknown, Action::Unknown) };
                *first.entry((Kind { verdict, action, ..*kind }, says)).or_insert(place)
            })
            .collect()
    }

    /// For each kind whether the export said the verdict itself.
    fn which_say_verdicts(&self, d: &Dataset) -> Vec<bool> {
        let mut say_verdicts = vec![false; d.kinds.len()];
        // The order in which they come does not matter.
        #[expect(clippy::iter_over_hash_type)]
        for ((_, says), place) in &self.known {
            say_verdicts[*place as usize] = *says;
        }
        say_verdicts
    }

    /// Judges the words of some rows once more: only now is it known which columns their export has.
    #[cold]
    pub fn judge_again(&mut self, d: &mut Dataset, rows: Range<usize>, meaning: Meaning) {
        let say_verdicts = self.which_say_verdicts(d);
        let mut again: HashMap<u16, u16> = HashMap::new();
        for row in rows {
            let old = d.kind[row];
            d.kind[row] = *again.entry(old).or_insert_with(|| match say_verdicts[old as usize] {
                true => old,
                false => self.judged(d, old, meaning),
            });
        }
    }

    fn judged(&mut self, d: &mut Dataset, old: u16, meaning: Meaning) -> u16 {
        let kind = d.kinds[old as usize];
        let threat = !self.sets[kind.threats.raw() as usize].is_empty();
        let raw_action = d.raw_actions.text(kind.raw_action);
        let names: Vec<&str> =
            self.sets[kind.threats.raw() as usize].iter().map(|id| d.threats.raw().get(*id)).collect();
        let threats = names.join(",");
        let (verdict, action) = (meaning.judge)(&Words {
            raw_action,
            clicked_through: kind.clicked_through,
            threat: meaning.knows_threats.then_some(threat),
            threats: &threats,
            verdict: "",
            action: "",
        });
        let kind = Kind { verdict, action, ..kind };
        let is_beyond = raw_action == MANY || d.kinds.len() >= MAX_KINDS;
        if is_beyond && !self.known.contains_key(&(kind, false)) {
            return old;
        }
        self.place_of(d, kind, false)
    }

    /// One spelling for each word, and sets of threat types in one order.
    pub fn finish(self, d: &mut Dataset) {
        let mut rows = vec![0_u64; d.kinds.len()];
        for (row, kind) in d.kind.iter().enumerate() {
            rows[*kind as usize] += u64::from(d.weight_of(row));
        }
        let count = |len: usize, id_of: &dyn Fn(&Kind) -> u32| {
            let mut counts = vec![0; len];
            for (kind, rows) in d.kinds.iter().zip(&rows) {
                if let Some(count) = counts.get_mut(id_of(kind) as usize) {
                    *count += rows;
                }
            }
            counts
        };
        let of_actions = count(d.raw_actions.len(), &|k| k.raw_action.raw());
        let of_sources = count(d.sources.len(), &|k| k.source.raw());
        let of_sets = count(self.sets.len(), &|k| k.threats.raw());
        let mut of_threats = vec![0; d.threats.len()];
        for (set, rows) in self.sets.iter().zip(&of_sets) {
            set.iter().for_each(|threat| of_threats[*threat as usize] += rows);
        }
        let actions = one_spelling(&mut d.raw_actions, &of_actions);
        let sources = one_spelling(&mut d.sources, &of_sources);
        let threats = one_spelling(&mut d.threats, &of_threats);
        let mut places = Vec::with_capacity(self.sets.len());
        for set in &self.sets {
            let mut ids: Vec<u32> = set.iter().map(|id| threats.id(*id)).filter(|id| *id != NONE).collect();
            let lower = |id: u32| d.threats.raw().get(id).to_lowercase();
            sort_ids(&mut ids, &mut |a, b| lower(a).cmp(&lower(b)));
            ids.dedup();
            let names: Vec<&str> = ids.iter().map(|id| d.threats.raw().get(*id)).collect();
            let place = d.threat_sets.raw_mut().intern(names.join(", ").as_bytes());
            if place as usize == d.threats_of_set.len() {
                d.threats_of_set.push(ids.into_iter().map(super::super::ids::ThreatId::from_raw).collect());
            }
            places.push(place);
        }
        for kind in &mut d.kinds {
            kind.raw_action = RawActionId::from_raw(actions.id(kind.raw_action.raw()));
            kind.source = SourceId::from_raw(sources.id(kind.source.raw()));
            let set = places.get(kind.threats.raw() as usize).copied().unwrap_or(NONE);
            kind.threats = ThreatSetId::from_raw(set);
        }
    }
}

/// One spelling a word, by how many clicks have each.
fn one_spelling<I: Id>(words: &mut Dictionary<I>, counts: &[u64]) -> Merged {
    Same::words(words).merge(words, counts, &|text| Cow::Borrowed(text.trim()))
}

/// Words that scripts write where nothing was found.
fn says_no_threat(word: &str) -> bool {
    ["NoThreatsFound", "NoThreats", "NoThreat", "No", "False", "0"]
        .iter()
        .any(|no| no.eq_ignore_ascii_case(word))
}

#[cold]
fn note_strange(strange: &mut Vec<(String, u64, u32)>, cell: &[u8], line: u32) {
    let word: String = super::super::windows_1252(cell).chars().take(40).collect();
    match strange.iter().position(|(known, _, _)| *known == word) {
        Some(place) => strange[place].1 += 1,
        // A few words are named; the rest are counted under the last of them.
        None if strange.len() < 8 => strange.push((word, 1, line)),
        None => strange[7].1 += 1,
    }
}

/// The threat types in a cell: `Phish, Malware`, `Phish;Malware`, `["Phish"]`; none where it names none.
pub fn threats_in(text: &str) -> impl Iterator<Item = &str> {
    let outside = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '[' | ']');
    text.split([',', ';'])
        .map(move |threat| threat.trim_matches(outside))
        .filter(|threat| !is_empty_word(threat.as_bytes()) && !says_no_threat(threat))
}
