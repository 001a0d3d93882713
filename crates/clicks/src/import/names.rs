//! The names of an export's columns or keys, and which field each of them holds.
//!
//! Owns the reading of names, for CSV headers and JSON keys alike. Must not know containers; what a format
//! calls its fields is said by the format.

use std::collections::BTreeSet;

use super::format::Format;
use crate::model::{Field, FieldSet, hash};

/// A name with everything gone that exports vary in: case, spaces, `_`, `-`, byte order mark, quotes, and
/// the suffixes by which Log Analytics names zones.
pub fn normalised(name: &str) -> String {
    let name = name.trim_matches(['\u{feff}', '"', ' ', '\t', '\r']);
    let (name, _zone) = zone_of(name);
    let lower: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '\u{a0}'))
        .flat_map(char::to_lowercase)
        .collect();
    lower.strip_prefix("auditdata.").map(str::to_owned).unwrap_or(lower)
}

/// The zone a name carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameZone {
    /// ` [UTC]`
    Utc,
    /// ` [Local Time]`, ` Local time`
    Local,
}

fn zone_of(name: &str) -> (&str, Option<NameZone>) {
    let lower = name.to_ascii_lowercase();
    for (suffix, zone) in [
        (" [utc]", NameZone::Utc),
        (" [local time]", NameZone::Local),
        (" local time", NameZone::Local),
        (" (utc)", NameZone::Utc),
        (" utc", NameZone::Utc),
    ] {
        if lower.ends_with(suffix) {
            return (&name[..name.len() - suffix.len()], Some(zone));
        }
    }
    (name, None)
}

/// The names of a header, or all keys of some records.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// As written.
    pub written: Vec<String>,
    normal: Vec<String>,
    /// Some name carries a zone in brackets: only Log Analytics writes that.
    pub zoned: bool,
    /// Types were stripped from the names (`Url_s`): a custom table.
    pub typed: bool,
}

impl Names {
    /// Reads names.
    pub fn new(written: Vec<String>) -> Names {
        let typed = written.iter().any(|n| bare(n).eq_ignore_ascii_case("Url_s"));
        let normal = written.iter().map(|n| if typed { untyped(n) } else { normalised(n) }).collect();
        let zoned = written.iter().map(|n| bare(n)).any(|n| n.ends_with(']') && zone_of(n).1.is_some());
        Names { written, normal, zoned, typed }
    }

    /// Whether a normalised name is there.
    pub fn has(&self, name: &str) -> bool {
        self.normal.iter().any(|n| n == name)
    }

    /// The same for all sets of names that a format reads in the same way, whatever their order; the time and what belongs to the
    /// envelope have no part in it.
    pub fn layout(&self, format: &Format) -> u64 {
        let number = |name: &String| match use_of(format, name) {
            (NameUse::Envelope | NameUse::Field(Field::Time, _), _) => None,
            (NameUse::Field(field, _), _) => Some(field as u64 + 1),
            (_, number) => Some(number),
        };
        let columns: BTreeSet<u64> = self.written.iter().filter_map(number).collect();
        columns.into_iter().fold(hash::hash_bytes(format.id.as_bytes()), hash::mix)
    }

    /// The place of a normalised name.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.normal.iter().position(|n| n == name)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.written.len()
    }

    /// The names of a format's fields that are there.
    pub fn fields(&self, format: &Format) -> FieldSet {
        FieldSet::of(
            format
                .names
                .iter()
                .filter(|(_, names)| names.iter().any(|n| self.has(n)))
                .map(|(field, _)| *field),
        )
    }

    /// Whether one of the names says that records of other tables may be here.
    pub fn has_foreign(&self, format: &Format) -> bool {
        self.normal.iter().any(|n| format.foreign.contains(&n.as_str()))
    }

    /// Whether every name is one that the format itself knows.
    pub fn are_all_known(&self, format: &Format) -> bool {
        let listed = |name: &str| format.own.contains(&name) || format.envelope.contains(&name);
        self.normal.iter().all(|n| n.is_empty() || rank(format, n).is_some() || listed(n))
    }
}

fn bare(name: &str) -> &str {
    name.trim_matches(['\u{feff}', '"', ' ', '\t', '\r'])
}

/// A custom table types every column: `Url_s`, `NetworkMessageId_g`, `IsClickedThrough_b`.
fn untyped(name: &str) -> String {
    let (plain, _zone) = zone_of(bare(name));
    match plain.rsplit_once('_') {
        Some((base, "s" | "g" | "b" | "d" | "t")) if !base.is_empty() => normalised(base),
        _ => normalised(name),
    }
}

/// What a name is good for in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameUse {
    /// It holds a field; of two names for one field the lower rank wins.
    Field(Field, u8),
    /// It decides about the record without being kept: its place in [`Format::extra`].
    Extra(u8),
    /// It says that the record is of another table. Its value is part of the record.
    Foreign,
    /// It belongs to the envelope in which a record travels, not to the record.
    Envelope,
    /// Not kept; part of the record.
    Other,
}

/// What one name is good for, and a number by which its values are told from those of other names.
pub fn use_of(format: &Format, name: &str) -> (NameUse, u64) {
    let normal = normalised(name);
    let plain = untyped(name);
    let number = |n: &str| hash::hash_bytes(n.as_bytes()) | 1;
    if let Some((field, rank)) = rank(format, &normal) {
        // A time beside the time of the click says when somebody stored the record.
        let stored = field == Field::Time && rank > 0;
        return (NameUse::Field(field, rank), if stored { 0 } else { number(&normal) });
    }
    // `Url_s` means the same as `Url`, as long as the format has no name that ends so.
    if let Some((field, rank)) = rank(format, &plain) {
        return (NameUse::Field(field, rank), number(&plain));
    }
    let is = |list: &[&str]| list.contains(&normal.as_str());
    if let Some(place) = format.extra.iter().position(|names| is(names)) {
        return (NameUse::Extra(place as u8), number(&normal));
    }
    if is(format.envelope) || name.contains("@odata.") {
        return (NameUse::Envelope, 0);
    }
    (if is(format.foreign) { NameUse::Foreign } else { NameUse::Other }, number(&normal))
}

fn rank(format: &Format, normal: &str) -> Option<(Field, u8)> {
    format.names.iter().find_map(|(field, names)| {
        let rank = names.iter().position(|n| *n == normal)?;
        Some((*field, rank as u8))
    })
}

/// Which column of a header holds which field of a format.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The names.
    pub names: Names,
    /// For each field, the place of its column.
    place: [Option<usize>; Field::COUNT],
    /// For each of [`Format::extra`], the place of its column.
    pub extra: Vec<(usize, usize)>,
    /// The column that has the time where that of the field is empty.
    pub spare_time: Option<usize>,
    /// For each column the number of its name, 0 where its value is no part of the record.
    numbers: Vec<u64>,
    /// Zone that the name of the time carries.
    pub zone: Option<NameZone>,
    /// Columns of other tables are there: rows may be no clicks.
    pub union: bool,
    /// Columns are there that the format does not know.
    pub mixed: bool,
}

impl Binding {
    /// Binds the names of a header to the fields of a format.
    pub fn new(names: Names, format: &Format) -> Binding {
        let mut place = [None; Field::COUNT];
        let mut best = [u8::MAX; Field::COUNT];
        let mut numbers = Vec::with_capacity(names.len());
        let mut extra = Vec::new();
        for (column, name) in names.written.iter().enumerate() {
            let (what, number) = use_of(format, name);
            numbers.push(number);
            if let NameUse::Field(field, rank) = what
                && rank < best[field as usize]
            {
                best[field as usize] = rank;
                place[field as usize] = Some(column);
            }
            if let NameUse::Extra(of) = what {
                extra.push((of as usize, column));
            }
        }
        let is_spare = |column: &usize| {
            place[Field::Time as usize].is_some_and(|time| time != *column)
                && untyped(&names.written[*column]) == "timegenerated"
        };
        let spare_time = (0..names.len()).find(is_spare);
        let zone = place[Field::Time as usize].and_then(|column| zone_of(bare(&names.written[column])).1);
        let (union, mixed) = (names.has_foreign(format), !names.are_all_known(format));
        Binding { names, place, extra, spare_time, numbers, zone, union, mixed }
    }

    /// The place of a field's column.
    pub const fn place(&self, field: Field) -> Option<usize> {
        self.place[field as usize]
    }

    /// The fields that have a column, with its place.
    pub fn places(&self) -> Vec<(Field, usize)> {
        Field::ALL.iter().filter_map(|d| Some((d.field, self.place(d.field)?))).collect()
    }

    /// The columns that hold no field but are part of a record, with the numbers of their names.
    pub fn rest(&self) -> Vec<(usize, u64)> {
        let kept: Vec<usize> = self.place.iter().flatten().copied().collect();
        self.numbers
            .iter()
            .copied()
            .enumerate()
            .filter(|(column, number)| *number != 0 && !kept.contains(column))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::format::HUNTING;

    fn names(names: &str) -> Names {
        Names::new(names.split(',').map(str::to_owned).collect())
    }

    #[test]
    fn names_spellings_of_one_column_are_found() {
        for text in [
            "Timestamp,Url,ActionType,AccountUpn",
            "\u{feff}\"Timestamp\",URL,Action Type,account_upn",
            "TimeGenerated [UTC],Url,ActionType,AccountUpn",
            "TimeGenerated_t,Url_s,ActionType_s,AccountUpn_s,IsClickedThrough_b",
            "Timestamp1,Url,Timestamp Local time,AccountUpn,Workload",
            "Url_s,TimeGenerated [UTC],AccountUpn_s , Workload_s",
        ] {
            let b = Binding::new(names(text), &HUNTING);
            for field in [Field::Url, Field::User, Field::Time] {
                assert!(b.place(field).is_some(), "{text}: {field:?}");
            }
        }
        let local = Binding::new(names("Timestamp Local time,Url"), &HUNTING);
        assert_eq!((local.zone, local.names.zoned), (Some(NameZone::Local), false));
        assert!(names("\"TimeGenerated [UTC]\",Url").zoned);
    }

    #[test]
    fn names_that_repeat_are_told_apart_by_place() {
        let b = Binding::new(names("Url,Timestamp,Url,AccountUpn,AppName,AppName"), &HUNTING);
        assert_eq!(b.place(Field::Url), Some(0));
        let rest: Vec<usize> = b.rest().iter().map(|(column, _)| *column).collect();
        assert_eq!(rest, [2, 4, 5]);
    }
}
