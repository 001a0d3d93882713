//! From JSON objects to records: which of the objects inside an object is the record, what it is a record of, and
//! what its members are.
//!
//! Owns the search for the record, for exports travel in the documents of other tools, as objects and as texts that
//! hold JSON. Must not know where the objects stand in a file.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::cursor::{Cursor, Stop, Value, unescape};
use super::keys::Keys;
use crate::import::beside::{self, BESIDES};
use crate::import::context::Context;
use crate::import::format::{FORMATS, Format};
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Cells, Field, FieldSet, Meaning, Span};

/// One member of a record.
#[derive(Clone, Copy)]
pub struct Member {
    /// Number of its key in [`Keys`].
    pub key: u32,
    /// Where its key stands; nowhere in rows of tables.
    pub name: (usize, usize),
    /// Its value.
    pub value: Value,
}

/// Where a record stands.
#[derive(Clone, Copy)]
pub struct At {
    /// Place in the file's text.
    pub offset: u64,
    /// Line of the file, from 1.
    pub line: u32,
}

/// What a record is one of, by its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Route {
    /// A click of the format that reads the file.
    Click,
    /// A record of a format, by its place, without a place for a URL: not a click, and no reason to read others by it.
    Other(u16),
    /// A row of a table beside the clicks.
    Beside(u16),
    /// Nothing that is known.
    #[default]
    Unknown,
}

/// Where the record was found.
pub(super) enum Found {
    /// Among the members of the text at hand.
    Here,
    /// In a text that a member held.
    In(Vec<u8>),
    /// Several of them somewhere inside, each with the name of the array that held it.
    Several(Vec<Inner>),
    /// Nowhere; what stood there was counted.
    Counted,
}

/// A record inside another, and the name of the array that held it.
pub(super) type Inner = (Vec<u8>, &'static str);

/// Reads the members of records, whatever container they stand in.
pub struct Records {
    /// Records travel in the envelope of their format.
    pub streaming: bool,
    /// The members of the object at hand.
    pub members: Vec<Member>,
    /// Keys by number.
    pub keys: Keys,
    /// Name of the array that holds the records, where that name says something.
    pub array: &'static str,
    /// What the document around the records is called, such as a campaign.
    pub about: String,
    pub(super) format: &'static Format,
    /// A format of which records are there that are no clicks.
    leaning: Option<&'static Format>,
    place: u8,
    decided: bool,
    /// Keys of records that were looked at.
    routes: HashMap<Vec<u32>, Route>,
    /// The one before, for records of one export repeat their keys.
    last: (Vec<u32>, Route),
    pub(super) route: Route,
    /// Records stand inside other objects, or in texts: a record is shown with what is inside it.
    pub found_inside: bool,
    /// Which keys records that were clicks had, by number.
    pub(super) of_clicks: Vec<bool>,
    /// Fields of the clicks that were taken, and of the schema.
    pub(super) seen: FieldSet,
    /// How deep the arrays are that are being read inside records.
    depth: u8,
    /// Records were taken before one named the threat types.
    judged_early: bool,
    /// Room for cells that are part of a record without being kept.
    pub(super) doubled: Vec<u8>,
    pub(super) bindings: beside::Bindings,
}

/// Keys by higher numbers are not told apart.
const MOST_KEYS: usize = 10_000;

/// Records of more different sets of keys than this are not remembered: no export has as many, an attack may.
const MOST_ROUTES: usize = 2_000;

/// How deep records are looked for inside records.
const DEEPEST: u8 = 6;

/// How many values inside one record are looked at: more than a document of a day's events has.
const MOST_LOOKED_AT: usize = 100_000;

/// A value in which a record may be.
#[derive(Clone, Copy)]
struct Place {
    value: Value,
    /// The text that holds it, where that is not the outer one.
    of: Option<usize>,
    depth: u8,
    /// The name of the array around it.
    array: &'static str,
}

/// Whether a route leads to a directory of people.
fn is_people(route: Route) -> bool {
    matches!(route, Route::Beside(place) if BESIDES.get(place as usize).is_some_and(|b| b.id == "people"))
}

/// Longer lists of keys are not remembered.
const LONGEST_ROUTE: usize = 500;

impl Records {
    /// None yet.
    pub fn new() -> Records {
        let format = FORMATS[0];
        Records {
            streaming: false,
            members: Vec::new(),
            keys: Keys::new(format),
            array: "",
            about: String::new(),
            format,
            leaning: None,
            place: 0,
            decided: false,
            routes: HashMap::new(),
            last: Default::default(),
            route: Route::Unknown,
            found_inside: false,
            of_clicks: Vec::new(),
            seen: FieldSet::default(),
            depth: 0,
            judged_early: false,
            doubled: Vec::new(),
            bindings: beside::Bindings::default(),
        }
    }

    /// The format of the clicks, or of what else is there.
    pub fn format(&self) -> &'static Format {
        if self.decided { self.format } else { self.leaning.unwrap_or(self.format) }
    }

    /// The table beside the clicks that the record before belongs to.
    pub const fn beside(&self) -> Option<u16> {
        match self.route {
            Route::Beside(place) => Some(place),
            _ => None,
        }
    }

    /// The keys of records that were clicks, and those of the schema.
    pub fn names_of_clicks(&self) -> Names {
        let is_of_click = |key: &u32| self.of_clicks.get(*key as usize).copied().unwrap_or_default();
        let keys = (0..self.keys.names().len() as u32).filter(is_of_click);
        Names::new(keys.map(|key| String::from_utf8_lossy(self.keys.text_of(key)).into_owned()).collect())
    }

    /// All keys seen.
    pub fn names(&self) -> Names {
        Names::new(self.keys.names())
    }

    /// The fields that the export has.
    pub fn fields(&self) -> FieldSet {
        if self.streaming { self.seen.with(Field::Tenant) } else { self.seen }
    }

    /// Takes note of a key that clicks have.
    pub(super) fn mark(&mut self, key: u32) {
        let key = key as usize;
        if key >= self.of_clicks.len() && key < MOST_KEYS {
            self.of_clicks.resize(key + 1, false);
        }
        if let Some(is) = self.of_clicks.get_mut(key) {
            *is = true;
        }
    }

    /// Takes note of columns that no record may name.
    pub fn learn(&mut self, names: &[String]) {
        self.keys.learn(names);
        for name in names {
            let key = self.keys.of(name.as_bytes(), usize::MAX);
            self.mark(key);
        }
        let fields = Names::new(names.to_vec()).fields(self.format);
        self.seen = self.seen.union(fields);
    }

    /// How the words of records are to be understood, as far as that is known by now.
    pub fn meaning(&mut self) -> Meaning {
        let knows_threats = self.seen.has(Field::Threat);
        self.judged_early |= !knows_threats;
        Meaning { judge: self.format.judge, format: self.place, knows_threats }
    }

    /// How the words of all records are to be understood, where the first were taken before a later one, or the
    /// schema, named the threat types.
    pub fn meaning_after_all(&mut self) -> Option<Meaning> {
        let early = std::mem::take(&mut self.judged_early);
        Some(self.meaning()).filter(|meaning| early && meaning.knows_threats)
    }

    /// An object into `members`.
    pub fn object(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        self.members.clear();
        cursor.expect(b'{')?;
        loop {
            cursor.blank_and_commas();
            if cursor.peek()? == b'}' {
                cursor.at += 1;
                return Ok(());
            }
            let (from, to) = cursor.key()?;
            self.member(cursor, from, to)?;
        }
    }

    /// The value of a key that was read, into `members`.
    #[inline]
    pub fn member(&mut self, cursor: &mut Cursor<'_>, from: usize, to: usize) -> Result<(), Stop> {
        let value = cursor.value()?;
        cursor.blank();
        if !matches!(cursor.peek()?, b',' | b'}') {
            return Err(Stop::Bad);
        }
        let key = self.keys.of(&cursor.text[from..to], self.members.len());
        self.members.push(Member { key, name: (from, to), value });
        Ok(())
    }

    /// Takes the members as one record, or the record that they hold.
    pub fn take(&mut self, text: &[u8], at: At, cx: &mut Context<'_>) {
        cx.log.records += 1;
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        let found = self.find(text, &mut cells, at, cx);
        match found {
            Found::Counted => {}
            Found::Here => self.read(text, None, cells, at, cx),
            Found::In(inner) => self.read(text, Some(&inner), cells, at, cx),
            Found::Several(texts) => {
                // What was taken before points into the file's text; from here on it is others.
                let meaning = self.meaning();
                cx.flush_before(text, meaning);
                self.take_each(&texts, at, cx);
            }
        }
    }

    /// Takes each object of an array. The one that held them was counted as a record.
    fn take_each(&mut self, texts: &[Inner], at: At, cx: &mut Context<'_>) {
        cx.log.records -= 1;
        self.depth += 1;
        let outer = self.array;
        for (text, array) in texts {
            self.array = array;
            if self.object(&mut Cursor { text, at: 0 }).is_ok() {
                self.take_apart(text, at, cx);
            }
        }
        self.depth -= 1;
        // The records after it are of the same array still.
        self.array = outer;
    }

    /// [`Records::take`] of members that stand in a text which is gone before the batch is handed over.
    pub fn take_apart(&mut self, inner: &[u8], at: At, cx: &mut Context<'_>) {
        cx.log.records += 1;
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        let found = self.find(inner, &mut cells, at, cx);
        match found {
            Found::Counted => {}
            Found::Here => self.read(inner, Some(inner), cells, at, cx),
            Found::In(text) => self.read(inner, Some(&text), cells, at, cx),
            Found::Several(texts) => self.take_each(&texts, at, cx),
        }
    }

    /// Finds the record among the members or inside them.
    fn find(&mut self, text: &[u8], cells: &mut Cells, at: At, cx: &mut Context<'_>) -> Found {
        match self.open_envelope(text, None, cells, at, cx) {
            Some(found) => {
                self.found_inside |= matches!(found, Found::In(_) | Found::Several(_));
                return found;
            }
            None => self.route = self.route_of(text, cx),
        }
        if self.route != Route::Unknown || self.has_url() {
            return Found::Here;
        }
        let found = self.look_inside(text, at, cx);
        self.found_inside |= self.route != Route::Unknown || !matches!(found, Found::Here);
        found
    }

    pub(super) fn has_url(&self) -> bool {
        self.members.iter().any(|m| self.keys.holds(m.key, Field::Url))
    }

    /// Looks at the objects inside the members, in arrays and in texts, and at what is inside those that fit nothing. All
    /// that fit are records, but for one that says the same as another: documents hold an event as text and parsed beside
    /// it. Where none fits, the members stay those of the outer object.
    #[cold]
    fn look_inside(&mut self, text: &[u8], at: At, cx: &mut Context<'_>) -> Found {
        let outer = self.members.clone();
        let mut texts: Vec<Rc<[u8]>> = Vec::new();
        let mut open: Vec<Place> = Vec::new();
        open.extend(self.places_inside(text, None, 0, self.array));
        let mut found: Vec<(Inner, Route)> = Vec::new();
        let mut said: HashSet<String> = HashSet::new();
        let mut broken: Option<Vec<u8>> = None;
        let mut looked_at = 0;
        while let Some(place) = open.pop() {
            let holder: Rc<[u8]>;
            let held: &[u8] = match place.of {
                Some(of) => {
                    holder = texts.get(of).cloned().unwrap_or_default();
                    &holder
                }
                None => text,
            };
            looked_at += 1;
            if looked_at > MOST_LOOKED_AT || place.depth > DEEPEST {
                continue;
            }
            let (inner, of) = match place.value {
                Value::Object(from, to) => (held[from..to].to_vec(), None),
                Value::Text { from, to, .. } if held[from..to].starts_with(b"{") => {
                    let mut inner = Vec::new();
                    unescape(&held[from..to], &mut inner);
                    (inner, Some(()))
                }
                Value::Array(from, to) => {
                    let mut cursor = Cursor { text: &held[..to], at: from + 1 };
                    let mut values = Vec::new();
                    loop {
                        cursor.blank_and_commas();
                        let Ok(value) = cursor.value() else { break };
                        values.push(Place { value, depth: place.depth + 1, ..place });
                    }
                    open.extend(values.into_iter().rev());
                    continue;
                }
                _ => continue,
            };
            if self.object(&mut Cursor { text: &inner, at: 0 }).is_err() {
                // A text that was cut in the middle of a click.
                let names_url = memchr::memmem::find(&inner, b"\"Url\"").is_some();
                broken = broken.or_else(|| (of.is_some() && names_url).then(|| inner.clone()));
                continue;
            }
            let route = self.route_of(text, cx);
            if route != Route::Unknown || self.is_enveloped(&inner) {
                let same = serde_json::from_slice::<serde_json::Value>(&inner).map(|v| v.to_string());
                if same.map_or(true, |same| said.insert(same)) {
                    found.push(((inner, place.array), route));
                }
                continue;
            }
            texts.push(inner.into());
            let number = texts.len() - 1;
            let holder = texts[number].clone();
            open.extend(self.places_inside(&holder, Some(number), place.depth + 1, place.array));
        }
        // Documents about a click say who clicked: that is no directory.
        if found.iter().any(|(_, route)| !is_people(*route)) {
            found.retain(|(_, route)| !is_people(*route));
        }
        if !found.is_empty() && self.depth < DEEPEST {
            return Found::Several(found.into_iter().map(|(inner, _)| inner).collect());
        }
        if let Some(broken) = broken {
            cx.log.note(Why::BrokenJson, u64::from(at.line), &broken);
            return Found::Counted;
        }
        self.members = outer;
        self.route = Route::Unknown;
        Found::Here
    }

    /// The values of the members at hand in which a record may be, the first one last.
    fn places_inside(&self, text: &[u8], of: Option<usize>, depth: u8, array: &'static str) -> Vec<Place> {
        let place = |member: &Member| {
            let is_array = matches!(member.value, Value::Array(..));
            let name = text.get(member.name.0..member.name.1).unwrap_or_default();
            let array = if is_array { super::wrapper::array_of(name) } else { array };
            Place { value: member.value, of, depth, array }
        };
        self.members.iter().rev().map(place).collect()
    }

    /// Whether the members are the envelope of a streaming service.
    fn is_enveloped(&self, text: &[u8]) -> bool {
        let Some(envelope) = FORMATS.iter().find_map(|format| format.envelope_of_records) else {
            return false;
        };
        let is_table = |m: &Member| self.keys.text_of(m.key) == envelope.table.as_bytes();
        self.members.iter().filter(|m| is_table(m)).any(|m| match m.value {
            Value::Text { from, to, .. } => text[from..to].starts_with(envelope.family.as_bytes()),
            _ => false,
        })
    }

    /// What a record of these keys is one of. The first format that fits reads the file from then on. Until one
    /// does the first format reads the records: keys without a value may be left out of them.
    fn route_of(&mut self, text: &[u8], cx: &mut Context<'_>) -> Route {
        let same = self.last.0.len() == self.members.len()
            && self.last.0.iter().zip(&self.members).all(|(key, member)| *key == member.key);
        if same {
            return self.last.1;
        }
        let keys: Vec<u32> = self.members.iter().map(|m| m.key).collect();
        let route = match self.routes.get(&keys) {
            Some(known) => *known,
            // So many are no export; looking at each anew would take longer than all else.
            None if self.routes.len() >= MOST_ROUTES => Route::Unknown,
            None => self.decide(&keys, text, cx),
        };
        self.last = (keys, route);
        route
    }

    #[cold]
    fn decide(&mut self, keys: &[u32], text: &[u8], cx: &mut Context<'_>) -> Route {
        let written = |key: &u32| String::from_utf8_lossy(self.keys.text_of(*key)).into_owned();
        let names = Names::new(keys.iter().map(written).collect());
        let fits = FORMATS.iter().enumerate().find(|(_, format)| (format.fit)(&names));
        let beside = BESIDES.iter().position(|beside| (beside.fit)(&names));
        let route = match fits {
            // No click has what these are known by; a format may be known by less.
            _ if beside.is_some() => beside.map_or(Route::Unknown, |place| Route::Beside(place as u16)),
            _ if self.decided && (self.format.fit)(&names) && names.fields(self.format).has(Field::Url) => {
                Route::Click
            }
            Some((place, format)) if !names.fields(format).has(Field::Url) => {
                self.leaning = Some(format);
                Route::Other(place as u16)
            }
            Some((place, format)) if !self.decided => {
                self.be_read_by(place, format, text, cx);
                Route::Click
            }
            _ => Route::Unknown,
        };
        if keys.len() <= LONGEST_ROUTE {
            self.routes.insert(keys.to_vec(), route);
        }
        route
    }

    fn be_read_by(&mut self, place: usize, format: &'static Format, text: &[u8], cx: &mut Context<'_>) {
        let meaning = self.meaning();
        cx.flush_before(text, meaning);
        self.decided = true;
        self.format = format;
        self.place = place as u8;
        self.keys.bind(format);
        self.routes.clear();
        self.last.0.clear();
    }

    /// Goes inside the envelope in which a streaming service sends records, if there is one. None: there is not.
    /// `inner` is the text that holds the members, where that is not `text`.
    fn open_envelope(
        &mut self,
        text: &[u8],
        inner: Option<&[u8]>,
        cells: &mut Cells,
        at: At,
        cx: &mut Context<'_>,
    ) -> Option<Found> {
        // Only one format travels in an envelope; another that was found has none.
        let (number, format) =
            FORMATS.iter().enumerate().find(|(_, format)| format.envelope_of_records.is_some())?;
        let envelope = format.envelope_of_records?;
        if self.decided && !std::ptr::eq(*format, self.format) {
            return None;
        }
        let holder = inner.unwrap_or(text);
        let find = |name: &str| {
            self.members.iter().find(|m| self.keys.text_of(m.key) == name.as_bytes()).map(|m| m.value)
        };
        let body = find(envelope.inside)?;
        let table = match find(envelope.table) {
            Some(Value::Text { from, to, .. }) => Some(holder[from..to].to_vec()),
            _ => None,
        };
        let of_family = table.as_ref().is_some_and(|t| t.starts_with(envelope.family.as_bytes()));
        let tenant = find(envelope.tenant);
        let (body, from, to): (Option<Vec<u8>>, usize, usize) = match body {
            Value::Object(from, to) => (None, from, to),
            // A text that holds the record, as some forwarders write it.
            Value::Text { from, to, .. } if table.is_some() => {
                let mut unescaped = Vec::new();
                unescape(&holder[from..to], &mut unescaped);
                let to = unescaped.len();
                (Some(unescaped), 0, to)
            }
            _ => return None,
        };
        let other = table.as_ref().filter(|_| of_family).filter(|t| t.as_slice() != envelope.own.as_bytes());
        let beside = other.and_then(|table| BESIDES.iter().position(|b| b.is_sent_as(table)));
        if let (Some(table), None) = (other, beside) {
            self.streaming = true;
            cx.log.note(Why::OtherTable, u64::from(at.line), table);
            return Some(Found::Counted);
        }
        if let Some(value) = tenant.filter(|_| beside.is_none()) {
            let span = super::record::span_of(holder, value, &mut cx.batch.scratch);
            cells[Field::Tenant as usize] = cx.batch.kept(span, holder);
        }
        let inside = body.as_deref().unwrap_or(holder);
        let mut cursor = Cursor { text: &inside[..to], at: from };
        cursor.blank();
        if self.object(&mut cursor).is_err() {
            cx.log.note(Why::BrokenJson, u64::from(at.line), &inside[from..to]);
            return Some(Found::Counted);
        }
        self.streaming |= of_family && beside.is_none();
        self.route = match beside {
            Some(place) => Route::Beside(place as u16),
            None if of_family && !self.decided => {
                // What it is was said; keys without a value may be left out.
                self.be_read_by(number, format, text, cx);
                Route::Click
            }
            None if of_family => Route::Click,
            None => self.route_of(text, cx),
        };
        Some(match (body, inner) {
            (Some(body), _) => Found::In(body),
            (None, Some(inner)) => Found::In(inner.to_vec()),
            (None, None) => Found::Here,
        })
    }
}
