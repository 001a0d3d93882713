//! What a record is one of, by its keys.
//!
//! Owns that decision, and the memory of it. Must not know where the keys stand.

use super::record::inside;
use super::records::{Member, Records};
use crate::import::beside::BESIDES;
use crate::import::context::Context;
use crate::import::format::{FORMATS, Format};
use crate::import::names::Names;
use crate::import::unknown::{self, MayTell};
use crate::model::Field;

/// What a record is one of, by its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Route {
    /// A click of the format that reads the file.
    Click,
    /// A record of a format, by its place, without a place for a URL: not a click, and no reason to read others by it.
    Other(u16),
    /// A row of a table beside the clicks.
    Beside(u16),
    /// A record of no known kind, of which somebody said what it holds.
    Mapped,
    /// Nothing that is known.
    #[default]
    Unknown,
}

/// Records of more different sets of keys than this are not remembered: no export has as many, an attack may.
const MOST_ROUTES: usize = 2_000;

/// Longer lists of keys are not remembered.
const LONGEST_ROUTE: usize = 500;

impl Route {
    /// Whether it leads to a directory of people.
    pub(super) fn is_people(self) -> bool {
        matches!(self, Route::Beside(place) if BESIDES.get(place as usize).is_some_and(|b| b.is_people()))
    }
}

impl Records {
    /// What a record of these keys is one of. The first format that fits reads the file from then on. Until one
    /// does the first format reads the records: keys without a value may be left out of them. The members stand in `holder`.
    pub(super) fn route_of(&mut self, holder: &[u8], text: &[u8], cx: &mut Context<'_>) -> Route {
        let route = self.route_of_keys(text, cx);
        // Who it was may be said as in a directory: the values tell.
        if route.is_people() && self.tells_of_a_click(holder) {
            return if self.may_be_mapped(&self.names_at_hand()) { Route::Mapped } else { Route::Unknown };
        }
        route
    }

    fn names_at_hand(&self) -> Names {
        let name = |member: &Member| String::from_utf8_lossy(self.keys.text_of(member.key)).into_owned();
        Names::new(self.members.iter().map(name).collect())
    }

    /// Names are judged once a key: a directory may have a hundred thousand records of fifty members each.
    fn tells_of_a_click(&self, holder: &[u8]) -> bool {
        unknown::is_of_clicks(&|of: fn(MayTell) -> bool, is: fn(MayTell, &str) -> bool| {
            self.members.iter().any(|member| {
                let may = self.keys.may_tell(member.key);
                let text = || inside::<&str>(holder, member.value, &[]).unwrap_or_default();
                of(may) && is(may, String::from_utf8_lossy(&text()).trim())
            })
        })
    }

    /// Whether a record of these names may be one of which somebody said what it holds: not where another format reads.
    fn may_be_mapped(&self, names: &Names) -> bool {
        self.is_mapped(names) && (!self.decided || self.format.by_hand)
    }

    fn route_of_keys(&mut self, text: &[u8], cx: &mut Context<'_>) -> Route {
        let same = self.last.0.len() == self.members.len()
            && self.last.0.iter().zip(&self.members).all(|(key, member)| *key == member.key);
        if same {
            return self.last.1;
        }
        let keys: Vec<u32> = self.members.iter().map(|m| m.key).collect();
        let route = match self.routes.get(&keys) {
            Some(known) => *known,
            None => {
                // So many are no export: begin anew, for no click may be lost among them.
                if self.routes.len() >= MOST_ROUTES {
                    self.routes.clear();
                }
                self.decide(&keys, text, cx)
            }
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
            _ if self.may_be_mapped(&names) => Route::Mapped,
            _ => Route::Unknown,
        };
        if keys.len() <= LONGEST_ROUTE {
            self.routes.insert(keys.to_vec(), route);
        }
        route
    }

    pub(super) fn be_read_by(
        &mut self,
        place: usize,
        format: &'static Format,
        text: &[u8],
        cx: &mut Context<'_>,
    ) {
        let meaning = self.meaning();
        cx.flush_before(text, meaning);
        self.decided = true;
        self.format = format;
        self.place = place as u8;
        self.keys.bind(format);
        self.routes.clear();
        self.last.0.clear();
    }
}
