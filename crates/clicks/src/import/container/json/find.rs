//! Which of the objects inside an object is the record.
//!
//! Owns the search, for exports travel in the documents of other tools, as objects and as texts that hold JSON, and in
//! the envelope of a streaming service. Must not know what a record is one of: that is said by its keys.

use std::collections::HashMap;
use std::rc::Rc;

use super::cursor::{Cursor, Value, unescape};
use super::records::{At, Member, Records};
use super::routes::Route;
use crate::import::beside::BESIDES;
use crate::import::context::Context;
use crate::import::format::FORMATS;
use crate::import::log::Why;
use crate::model::sorting::sorted;
use crate::model::{Cells, Field, Span};

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

/// How deep records are looked for inside records.
pub(super) const DEEPEST: u8 = 6;

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
    /// Which of the elements of arrays it stands in; none outside of all.
    within: Option<usize>,
}

/// An element of an array that was opened.
struct Element {
    /// Which array.
    array: usize,
    /// The element that the array stands in.
    outer: Option<usize>,
}

/// Whether two elements stand in, or are, different elements of one array.
fn are_elements_of_one(elements: &[Element], one: Option<usize>, other: Option<usize>) -> bool {
    let chain = |from: Option<usize>| std::iter::successors(from, |at| elements.get(*at)?.outer);
    chain(one).any(|a| chain(other).any(|b| a != b && elements[a].array == elements[b].array))
}

/// How many places of equal records are compared with one more: copies of one event stand near each other.
const MOST_COMPARED: usize = 32;

/// Whether a record says again what one of those in `known` says, which are equal to it; else it is one of them from now
/// on. Those in different elements of one list are records each. A copy outside of a list stands for one inside it.
fn is_said_again(elements: &[Element], known: &mut Vec<Option<usize>>, here: Option<usize>) -> bool {
    let near = known.len().saturating_sub(MOST_COMPARED);
    let again = known[near..].iter_mut().find(|other| !are_elements_of_one(elements, **other, here));
    match again {
        Some(other) => {
            if other.is_none() {
                *other = here;
            }
            true
        }
        None => {
            known.push(here);
            false
        }
    }
}

/// Whether a value is an object, a list or a text that may be an object.
fn may_hold_a_record(text: &[u8], value: Value) -> bool {
    match value {
        Value::Object(..) | Value::Array(..) => true,
        Value::Text { from, .. } => text.get(from) == Some(&b'{'),
        Value::Word(..) | Value::Null => false,
    }
}

/// The numbers in JSON that are too long for a value of it to keep, in order: records differ in them. Of others the value
/// says enough, however it is spelled.
fn long_numbers(json: &[u8]) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let outside = json.split(|byte| {
        let was_quoted = quoted;
        quoted ^= *byte == b'"' && !escaped;
        escaped = was_quoted && *byte == b'\\' && !escaped;
        was_quoted || !matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E')
    });
    let is_too_long = |number: &&str| {
        let digits = number.trim_start_matches('-');
        match digits.bytes().all(|b| b.is_ascii_digit()) {
            true => digits.len() > 18 && number.parse::<u64>().is_err(),
            // Sixteen digits and a point: more than a number with a fraction is sure to tell apart.
            false => digits.len() > 16,
        }
    };
    let numbers = outside.filter_map(|number| std::str::from_utf8(number).ok()).filter(is_too_long);
    sorted(numbers.collect(), |a: &&str, b| a.cmp(b)).join(" ")
}

/// What a record says, however it is written; none where it is no JSON.
fn what_it_says(record: &[u8]) -> Option<String> {
    let value = serde_json::from_slice::<serde_json::Value>(record).ok()?;
    Some(format!("{value}{}", long_numbers(record)))
}

/// Whether text names a URL: that it was passed over has to be said.
fn names_url(text: &[u8]) -> bool {
    let mut from = 0;
    std::iter::from_fn(|| {
        let at = from + memchr::memchr2(b'u', b'U', &text[from..])?;
        from = at + 1;
        Some(&text[at..])
    })
    .any(|rest| matches!(rest, [_, b'r' | b'R', b'l' | b'L', b'"' | b'\\', ..]))
}

impl Records {
    /// Finds the record among the members or inside them.
    pub(super) fn find(&mut self, text: &[u8], cells: &mut Cells, at: At, cx: &mut Context<'_>) -> Found {
        match self.open_envelope(text, None, cells, at, cx) {
            Some(found) => {
                self.found_inside |= matches!(found, Found::In(_) | Found::Several(_));
                return found;
            }
            None => self.route = self.route_of(text, text, cx),
        }
        let mapped = self.route == Route::Mapped && self.resolves(text);
        let is_known = !matches!(self.route, Route::Unknown | Route::Mapped);
        if is_known || (self.has_url() && !mapped) {
            return Found::Here;
        }
        // What somebody named is read where nothing known is inside.
        let found = self.look_inside(text, mapped, at, cx);
        self.found_inside |= self.route != Route::Unknown || !matches!(found, Found::Here);
        found
    }

    pub(super) fn has_url(&self) -> bool {
        self.members.iter().any(|m| self.keys.holds(m.key, Field::Url))
    }

    /// Looks at the objects inside the members, in arrays and in texts, and at what is inside those that fit nothing. All
    /// that fit are records, but for one that says the same as one in another place: documents hold an event as text and
    /// parsed beside it. Equal ones side by side in an array are records of their own. Where none fits, those are that
    /// somebody named, the outer one first (`mapped`); where there is no such, the members stay those of the outer object.
    #[cold]
    fn look_inside(&mut self, text: &[u8], mapped: bool, at: At, cx: &mut Context<'_>) -> Found {
        let outer = self.members.clone();
        let mut texts: Vec<Rc<[u8]>> = Vec::new();
        let mut open: Vec<Place> = Vec::new();
        open.extend(self.places_inside(text, None, 0, self.array, None));
        let mut found: Vec<(Inner, Route)> = Vec::new();
        let mut named: Vec<(Inner, Route)> = Vec::new();
        let mut said: HashMap<String, Vec<Option<usize>>> = HashMap::new();
        let mut alone: Option<Option<usize>> = None;
        let mut elements: Vec<Element> = Vec::new();
        let mut passed_over = false;
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
            if looked_at > MOST_LOOKED_AT || place.depth >= DEEPEST {
                passed_over |= names_url(&held[place.value.range()]);
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
                    let array = elements.len();
                    loop {
                        cursor.blank_and_commas();
                        let Ok(value) = cursor.value() else { break };
                        if !may_hold_a_record(held, value) {
                            continue;
                        }
                        if open.len() + values.len() >= MOST_LOOKED_AT {
                            passed_over |= names_url(&held[value.range()]);
                            continue;
                        }
                        let within = Some(elements.len());
                        elements.push(Element { array, outer: place.within });
                        values.push(Place { value, depth: place.depth + 1, within, ..place });
                    }
                    open.extend(values.into_iter().rev());
                    continue;
                }
                _ => continue,
            };
            if self.object(&mut Cursor { text: &inner, at: 0 }).is_err() {
                // A text that was cut in the middle of a click.
                let cut = of.is_some() && names_url(&inner);
                broken = broken.or_else(|| cut.then(|| inner.clone()));
                continue;
            }
            let route = self.route_of(&inner, text, cx);
            if route == Route::Mapped && !mapped && self.resolves(&inner) {
                named.push(((inner.clone(), place.array), route));
            }
            if !matches!(route, Route::Unknown | Route::Mapped) || self.is_enveloped(&inner) {
                // Most documents hold one: what it says is asked only where another one may say the same.
                if let (Some(within), Some(((first, _), _))) = (alone.take(), found.first()) {
                    said.extend(what_it_says(first).map(|same| (same, vec![within])));
                }
                let is_again = |same| {
                    let known = said.entry(same).or_default();
                    is_said_again(&elements, known, place.within)
                };
                if found.is_empty() {
                    alone = Some(place.within);
                    found.push(((inner, place.array), route));
                } else if !what_it_says(&inner).is_some_and(is_again) {
                    found.push(((inner, place.array), route));
                }
                continue;
            }
            texts.push(inner.into());
            let number = texts.len() - 1;
            let holder = texts[number].clone();
            open.extend(self.places_inside(
                &holder,
                Some(number),
                place.depth + 1,
                place.array,
                place.within,
            ));
        }
        // Documents about a click say who clicked: that is no directory.
        if found.iter().any(|(_, route)| !route.is_people()) {
            found.retain(|(_, route)| !route.is_people());
        }
        if found.is_empty() {
            found = named;
        }
        let too_deep = !found.is_empty() && self.depth >= DEEPEST;
        if too_deep {
            found.clear();
        }
        let lost = [
            broken.map(|text| (Why::BrokenJson, text)),
            (passed_over || too_deep).then(|| (Why::TooDeep, Vec::new())),
        ];
        let mut lost = lost.into_iter().flatten().peekable();
        let none_but_lost = found.is_empty() && lost.peek().is_some();
        for (place, (why, text)) in lost.enumerate() {
            // The outer record was counted: it stands for the first loss where nothing else is in it.
            cx.log.records += u64::from(place > 0 || !none_but_lost);
            cx.log.note(why, u64::from(at.line), &text);
        }
        if !found.is_empty() {
            return Found::Several(found.into_iter().map(|(inner, _)| inner).collect());
        }
        if none_but_lost {
            return Found::Counted;
        }
        self.members = outer;
        self.route = if mapped { Route::Mapped } else { Route::Unknown };
        Found::Here
    }

    /// The values of the members at hand in which a record may be, the first one last.
    fn places_inside(
        &self,
        text: &[u8],
        of: Option<usize>,
        depth: u8,
        array: &'static str,
        within: Option<usize>,
    ) -> Vec<Place> {
        let place = |member: &Member| {
            let is_array = matches!(member.value, Value::Array(..));
            let name = text.get(member.name.0..member.name.1).unwrap_or_default();
            let array = if is_array { super::wrapper::array_of(name) } else { array };
            Place { value: member.value, of, depth, array, within }
        };
        let may = |member: &&Member| may_hold_a_record(text, member.value);
        self.members.iter().rev().filter(may).map(place).collect()
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

    /// Whether the members at hand, which may be those of an envelope that does not say so, are more of a record than those
    /// around them.
    fn is_of_use(
        &mut self,
        inside: &[u8],
        (outer, holder): (&[Member], &[u8]),
        text: &[u8],
        cx: &mut Context<'_>,
    ) -> bool {
        if self.route_of(inside, text, cx) != Route::Unknown {
            return true;
        }
        let has_url = self.has_url();
        let inner = std::mem::replace(&mut self.members, outer.to_vec());
        let outer_is_more = self.has_url() || self.route_of(holder, text, cx) != Route::Unknown;
        self.members = inner;
        has_url && !outer_is_more
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
        // Without a category an object of that name means nothing by itself: clicks may stand beside it.
        let holds_more = |member: &&Member| may_hold_a_record(holder, member.value);
        if !of_family && self.members.iter().filter(holds_more).count() > 1 {
            return None;
        }
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
        let outer = (!of_family).then(|| self.members.clone());
        let inside = body.as_deref().unwrap_or(holder);
        let mut cursor = Cursor { text: &inside[..to], at: from };
        cursor.blank();
        let broken = self.object(&mut cursor).is_err();
        if let Some(outer) = outer
            && (broken || !self.is_of_use(inside, (&outer, holder), text, cx))
        {
            self.members = outer;
            cells[Field::Tenant as usize] = Span::EMPTY;
            return None;
        }
        if broken {
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
            None => self.route_of(inside, text, cx),
        };
        Some(match (body, inner) {
            (Some(body), _) => Found::In(body),
            (None, Some(inner)) => Found::In(inner.to_vec()),
            (None, None) => Found::Here,
        })
    }
}
