//! What clicks can be grouped by, and the numbers of the groups.
//!
//! Owns the codes: one number for each grouping of a row. Code 0 is "no value", an id of a dictionary is one
//! up; days are numbered as they come, hours and weekdays are themselves and one up.

use std::rc::Rc;

use serde_json::{Value, json};

use crate::model::sorting::sort_ids;
use crate::model::{DAY_MS, Dataset, Field, FieldColumn, Ids, hour_of_ms, iso_date_of_ms, weekday_of_ms};
use crate::query::Selection;
use crate::query::find::containing_typed;
use crate::query::order::Ranks;

/// What clicks can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Calendar day.
    Day,
    /// Hour of the day.
    Hour,
    /// Weekday, 0 = Sunday.
    Weekday,
    /// Values of a field.
    Field(Field),
}

impl Group {
    /// The grouping of an exact name.
    pub fn parse(name: &str) -> Option<Group> {
        Some(match name {
            "day" => Group::Day,
            "hour" => Group::Hour,
            "weekday" => Group::Weekday,
            name => Group::Field(Field::of_name(name).filter(|f| f.def().group)?),
        })
    }

    /// All names.
    pub fn names() -> Vec<&'static str> {
        let fields = Field::ALL.iter().filter(|d| d.group).map(|d| d.name);
        ["day", "hour", "weekday"].into_iter().chain(fields).collect()
    }

    /// Whether it is told by the clock alone.
    pub const fn is_clock(self) -> bool {
        !matches!(self, Group::Field(_))
    }
}

/// The groupings of one question.
pub struct Groups<'a> {
    groups: Vec<Group>,
    columns: Vec<Option<FieldColumn<'a>>>,
    /// For each grouping how many codes it can have.
    pub sizes: Vec<u64>,
}

impl<'a> Groups<'a> {
    /// Groupings over the rows of a selection.
    pub fn new(data: &'a Dataset, selection: &'a Selection, groups: Vec<Group>) -> Groups<'a> {
        let column = |group: &Group| match group {
            Group::Field(field) => selection.column(data, *field),
            _ => None,
        };
        let columns: Vec<Option<FieldColumn<'_>>> = groups.iter().map(column).collect();
        let size = |(group, column): (&Group, &Option<FieldColumn<'_>>)| match group {
            Group::Day => days_at_most(data, selection) + 1,
            Group::Hour => 25,
            Group::Weekday => 8,
            Group::Field(_) => column.as_ref().map_or(0, |c| c.texts.len() as u64) + 1,
        };
        let sizes = groups.iter().zip(&columns).map(size).collect();
        Groups { groups, columns, sizes }
    }

    /// How many groupings there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether a row's kind and the clock decide all codes.
    pub fn are_of_kinds(&self) -> bool {
        self.columns.iter().flatten().all(|c| matches!(c.ids, Ids::Kind(..)))
    }

    /// Where the code of each grouping comes from.
    pub fn sources(&self) -> Vec<CodeOf<'_>> {
        let source =
            |(group, column): (&Group, &'_ Option<FieldColumn<'a>>)| match column.as_ref().map(|c| &c.ids) {
                _ if group.is_clock() => CodeOf::Clock,
                None => CodeOf::Nothing,
                Some(Ids::Kind(kinds, of_kind) | Ids::Label(kinds, of_kind)) => {
                    CodeOf::Kind(kinds, of_kind.iter().map(|id| id.wrapping_add(1)).collect())
                }
                Some(Ids::Row(ids)) => CodeOf::Row(ids),
                Some(Ids::Via(ids, of_id)) => CodeOf::Via(ids, of_id),
            };
        self.groups.iter().zip(&self.columns).map(source).collect()
    }

    /// Sets the codes that the clock tells; says whether one has changed. Days are numbered as they come.
    pub fn set_clock(&self, codes: &mut [u32], wall: i64, days: &mut Vec<i64>) -> bool {
        let mut changed = false;
        for (code, group) in codes.iter_mut().zip(&self.groups).filter(|(_, g)| g.is_clock()) {
            let now = match group {
                Group::Day => day_code(wall, days),
                Group::Hour => hour_of_ms(wall) as u32 + 1,
                _ => weekday_of_ms(wall) as u32 + 1,
            };
            changed |= *code != now;
            *code = now;
        }
        changed
    }

    /// The values of a group.
    pub fn names_of(&self, codes: &[u32], days: &[i64]) -> Vec<Value> {
        let name = |((group, column), code): ((&Group, &Option<FieldColumn<'_>>), &u32)| {
            let Some(id) = code.checked_sub(1) else { return Value::Null };
            match (group, column) {
                (Group::Day, _) => json!(days.get(id as usize).map(|ms| iso_date_of_ms(*ms))),
                (Group::Hour | Group::Weekday, _) => json!(id),
                (Group::Field(_), Some(column)) => json!(column.texts.get(id)),
                (Group::Field(_), None) => Value::Null,
            }
        };
        self.groups.iter().zip(&self.columns).zip(codes).map(name).collect()
    }

    /// Tells groups with a value that contains `part`, which somebody typed.
    pub fn holding(&self, part: &str) -> impl Fn(&[u32]) -> bool + use<> {
        let found: Vec<Vec<bool>> = self
            .columns
            .iter()
            .map(|column| column.as_ref().map_or_else(Vec::new, |c| containing_typed(c.texts, part)))
            .collect();
        move |codes| {
            let holds = |(found, code): (&Vec<bool>, &u32)| {
                code.checked_sub(1).is_some_and(|id| found.get(id as usize) == Some(&true))
            };
            found.iter().zip(codes).any(holds)
        }
    }

    /// The places of codes in the order to show.
    pub fn places(&self, data: &Dataset, ranks: &Ranks, days: &[i64]) -> Places {
        let ranks = self
            .groups
            .iter()
            .map(|group| match group {
                Group::Field(field) => Some(ranks.of(data, *field)),
                Group::Day => {
                    let mut order: Vec<u32> = (0..days.len() as u32).collect();
                    sort_ids(&mut order, &mut |a, b| days[a as usize].cmp(&days[b as usize]));
                    let mut places = vec![0; days.len()];
                    (0..).zip(order).for_each(|(place, id)| places[id as usize] = place);
                    Some(Rc::new(places))
                }
                Group::Hour | Group::Weekday => None,
            })
            .collect();
        Places { ranks }
    }
}

/// See [`Groups::sources`].
pub enum CodeOf<'a> {
    /// The clock tells it.
    Clock,
    /// There is none: the data has no such field.
    Nothing,
    /// That of the row's kind.
    Kind(&'a [u16], Vec<u32>),
    /// The id of the row, one up.
    Row(&'a [u32]),
    /// The id of the row's id, one up.
    Via(&'a [u32], &'a [u32]),
}

/// See [`Groups::places`].
pub struct Places {
    ranks: Vec<Option<Rc<Vec<u32>>>>,
}

impl Places {
    /// The place of a code of a grouping; none for no value.
    pub fn of(&self, grouping: usize, code: u32) -> Option<u64> {
        let id = code.checked_sub(1)?;
        match &self.ranks[grouping] {
            Some(ranks) => ranks.get(id as usize).map(|rank| u64::from(*rank)),
            None => Some(id.into()),
        }
    }
}

fn days_at_most(data: &Dataset, selection: &Selection) -> u64 {
    let ends = (data.time.get(selection.rows.start), selection.rows.end.checked_sub(1).map(|i| data.time[i]));
    // Two more for the zone's offset at either end.
    ends.0
        .zip(ends.1)
        .map_or(1, |(first, last)| (last.max(*first) - first).unsigned_abs() / DAY_MS as u64 + 3)
}

fn day_code(wall: i64, days: &mut Vec<i64>) -> u32 {
    let day = wall.div_euclid(DAY_MS) * DAY_MS;
    // A clock that goes back over midnight comes to a day again; it is one of the last.
    let recent = days.len().saturating_sub(3);
    if let Some(at) = days[recent..].iter().rposition(|d| *d == day) {
        return (recent + at) as u32 + 1;
    }
    days.push(day);
    days.len() as u32
}
