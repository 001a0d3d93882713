//! Clicks grouped by anything, measured in any way: the question behind every table of the API.
//!
//! Owns the words of the question. How groups are numbered is in `group`, how they are counted in `count`,
//! and what is asked and answered, in JSON, in `table`.

mod count;
mod group;
mod table;

use std::cmp::Ordering;

use serde_json::{Value, json};

use self::count::Counted;
use self::group::{Group, Groups};
pub(super) use self::table::table;
pub use self::table::{AskQuery, QueryParams, Table};
use super::Selection;
use super::order::Ranks;
use crate::model::Dataset;
use crate::model::sorting::sort_window;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Clicks,
    People,
    Urls,
    Malicious,
    Reached,
    ReachedUnsafe,
    Blocked,
    Overridden,
    Attempts,
    WarnedAttempts,
    OverriddenAttempts,
    ReachedBad,
    Exposed,
}

const MEASURES: [(&str, Measure); 13] = [
    ("clicks", Measure::Clicks),
    ("people", Measure::People),
    ("urls", Measure::Urls),
    ("malicious", Measure::Malicious),
    ("reached", Measure::Reached),
    ("reachedUnsafe", Measure::ReachedUnsafe),
    ("blocked", Measure::Blocked),
    ("overridden", Measure::Overridden),
    ("attempts", Measure::Attempts),
    ("warnedAttempts", Measure::WarnedAttempts),
    ("overriddenAttempts", Measure::OverriddenAttempts),
    ("reachedBad", Measure::ReachedBad),
    ("exposed", Measure::Exposed),
];

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// A word was not understood: which, and what there is.
    Word(String),
    /// More groups than fit: the sentence says how many.
    TooMany(String),
}

/// Answers one query.
pub fn aggregate(
    data: &Dataset,
    selection: &Selection,
    ranks: &Ranks,
    params: &QueryParams,
) -> Result<Table, NoAnswer> {
    let groups: Vec<Group> = params
        .group_by
        .iter()
        .map(|name| Group::parse(name).ok_or_else(|| unknown("groupBy", name, &Group::names())))
        .collect::<Result<_, _>>()?;
    let wanted: Vec<String> =
        if params.measures.is_empty() { vec!["clicks".to_owned()] } else { params.measures.clone() };
    let measure = |name: &String| {
        let known = MEASURES.iter().find(|(known, _)| known == name);
        known.map(|(_, measure)| *measure).ok_or_else(|| {
            let names: Vec<&str> = MEASURES.iter().map(|(name, _)| *name).collect();
            unknown("measures", name, &names)
        })
    };
    let measures: Vec<Measure> = wanted.iter().map(measure).collect::<Result<_, _>>()?;
    let mut columns = params.group_by.clone();
    columns.extend(wanted);
    let order = order_of(&columns, params)?;
    let groups = Groups::new(data, selection, groups);
    let counted = Counted::new(data, selection, &groups, &measures)?;
    let mut places: Vec<u32> = (0..counted.len() as u32).collect();
    let places_of = groups.places(data, ranks, &counted.days);
    let mut compare = |a: u32, b: u32| {
        let by = |at: usize, down: bool| match at.checked_sub(groups.len()) {
            None => {
                let place = |row: u32| places_of.of(at, counted.codes(row)[at]);
                in_order(place(a), place(b), down)
            }
            Some(measure) => {
                let number = |row: u32| counted.measure(measures[measure], row);
                let order = number(a).cmp(&number(b));
                if down { order.reverse() } else { order }
            }
        };
        let by_order = order.iter().map(|(at, down)| by(*at, *down));
        let by_group = (0..groups.len()).map(|at| by(at, false));
        by_order.chain(by_group).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    };
    if !params.find.is_empty() {
        let holds = groups.holding(&params.find);
        places.retain(|place| holds(counted.codes(*place)));
    }
    let total = places.len() as u64;
    let limit = params.limit.map_or(usize::MAX, |limit| limit as usize);
    // Only the groups asked for are put in order and written out.
    let window = sort_window(&mut places, params.offset as usize, limit, &mut compare);
    let row = |place: &u32| {
        let names = groups.names_of(counted.codes(*place), &counted.days);
        let numbers = measures.iter().map(|measure| json!(counted.measure(*measure, *place)));
        names.into_iter().chain(numbers).collect::<Vec<Value>>()
    };
    Ok(Table { columns, rows: window.iter().map(row).collect(), total, ignored: selection.ignored.clone() })
}

/// Values before no value, whatever the direction.
fn in_order(a: Option<u64>, b: Option<u64>, down: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if down => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.is_none().cmp(&b.is_none()),
    }
}

/// The columns to order by, and which of them descend.
fn order_of(columns: &[String], params: &QueryParams) -> Result<Vec<(usize, bool)>, NoAnswer> {
    let key = |name: &String| {
        let (down, bare) = match name.strip_prefix('-') {
            Some(bare) => (true, bare),
            None => (false, name.as_str()),
        };
        let known: Vec<&str> = columns.iter().map(String::as_str).collect();
        let at = columns.iter().position(|c| c == bare).ok_or_else(|| unknown("orderBy", bare, &known))?;
        Ok((at, down))
    };
    params.order_by.iter().map(key).collect()
}

fn unknown(parameter: &str, word: &str, known: &[&str]) -> NoAnswer {
    NoAnswer::Word(format!("“{word}” is not known for {parameter}; there are {}.", known.join(" ")))
}
