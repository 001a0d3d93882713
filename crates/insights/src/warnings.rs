//! Who goes past warnings: of the warnings shown, how many were clicked through, over time, by source, group and person.
//!
//! Owns into what the rate is divided, and who stands out. What an attempt and a warning are, [`clicks::query`] says: the
//! numbers are those of the tile.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::gaps;
use super::statistics::{FEW, Rate, above_by_chance, median};
use clicks::Failure;
use clicks::import::Gap;
use clicks::model::sorting::sorted;
use clicks::model::{Action, DAY_MS, Dataset, Field, NONE, Untrusted, iso_date_of_ms};
use clicks::query::{Ask, Cx, Filter, Key, Selection};

/// Asks who goes past warnings, among the clicks that pass a filter but for what it says of actions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskWarnings {
    /// Canonical text of a filter.
    pub filter: String,
}

/// How warnings fared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Warnings {
    /// Attempts past a warning, of those that were warned.
    pub all: Rate,
    /// By day, week or four weeks, or more weeks, whichever gives no more than [`TIMES`], the oldest first. An attempt over the end
    /// of one is one of each.
    pub over_time: Vec<Warned>,
    /// How long each of these is, in days.
    pub days_each: u32,
    /// By what else, the parts with most overrides first.
    pub parts: Vec<WarnedPart>,
    /// Seconds from a warning to a person's click past it, the median; none where no export tells both.
    pub pause_s: Option<u64>,
    /// Policies that let nobody through.
    pub closed: Vec<Untrusted>,
    /// What the exports do not say, as the beginning of a sentence; the rate is at least as high then, and nobody stands out.
    pub unsaid: String,
    /// How it is counted and who stands out, as a sentence.
    pub rule: String,
}

/// What the rate is divided by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WarnedPart {
    /// Name of the field: `source`, `group` or `user`.
    pub field: String,
    /// Its values with most overrides, at most [`VALUES`].
    pub values: Vec<Warned>,
}

/// The rate of one value, or one stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Warned {
    /// The value; of a stretch its first day.
    pub value: Untrusted,
    /// So many of so many.
    pub rate: Rate,
    /// Above the rate of all, and not by chance.
    pub stands_out: bool,
}

/// Stretches of time at the most: as many as a panel has room for.
const TIMES: usize = 16;
/// Values that are told: a list that is read, not searched.
const VALUES: usize = 6;

impl Ask for AskWarnings {
    const NAME: &'static str = "warnings";
    type Answer = Warnings;

    fn answer(&self, cx: &mut Cx) -> Result<Warnings, Failure> {
        let filter = Filter::parse(&self.filter).unbent();
        let (filter, selection) = cx.select(&filter.to_string())?;
        let data = cx.data();
        let (facts, labels) = (selection.hindsight.of(data), selection.lens.labels(data));
        let rows = selection.rows_of(data, &|kind| kind.was_warned());
        let all = rates(data, &rows, 1, |_| 0).first().copied().unwrap_or_default();
        let mut answer = Warnings { all: all.told(), rule: rule(""), ..Warnings::default() };
        let matters = |gap: Gap| matches!(gap, Gap::ClickThrough | Gap::Action);
        answer.unsaid = gaps::said(cx.files(), &gaps::missing(cx.files(), matters));
        if all.warned == 0 {
            return Ok(answer);
        }
        (answer.days_each, answer.over_time) = stretches(data, &selection, &rows);
        // People past a warning are people: what machines did is in the whole, as on the tile, unless the filter says whom.
        let is_person = |row: u32| labels.class(row as usize).is_person();
        let by_people: Vec<u32> = match filter.has_key(Key::Is(Field::Automation)) {
            true => rows.clone(),
            false => rows.iter().copied().filter(|row| is_person(*row)).collect(),
        };
        for field in [Field::Source, Field::Group, Field::User] {
            let Some(column) = selection.column(data, field) else { continue };
            let of = if field == Field::User { &by_people } else { &rows };
            let found = rates(data, of, column.texts.len(), |row| column.ids.at(row));
            // Where overrides are not told everywhere, a rate is no rate, and nobody is above any.
            let is_told = answer.unsaid.is_empty();
            let told =
                (0..).zip(&found).filter(|(_, one)| one.warned > 0 && (field != Field::User || one.past > 0));
            let told = told.map(|(id, one)| (is_told && one.is_above(all), *one, id)).collect();
            // Those who stand out first: a rate of one of one is none.
            let order = |a: &(bool, Counted, u32), b: &(bool, Counted, u32)| {
                let key = |one: &(bool, Counted, u32)| (one.0, one.1.past, one.1.warned);
                key(b).cmp(&key(a)).then_with(|| column.texts.get(a.2).cmp(column.texts.get(b.2)))
            };
            let told = sorted(told, order);
            let value = |(stands_out, one, id): &(bool, Counted, u32)| Warned {
                value: column.texts.get(*id).into(),
                rate: one.told(),
                stands_out: *stands_out,
            };
            if field == Field::User && is_told {
                answer.rule = rule(&by_chance(&found, all));
            }
            if found.iter().any(|one| one.warned > 0) {
                let values = told.iter().take(VALUES).map(value).collect();
                answer.parts.push(WarnedPart { field: field.name().to_owned(), values });
            }
        }
        let pauses = by_people.iter().filter_map(|row| facts.to_override(*row as usize));
        answer.pause_s = median(&mut pauses.collect::<Vec<i64>>()).map(|ms| ms.unsigned_abs() / 1_000);
        let closed =
            cx.tables().policies.rows.iter().filter(|policy| policy.allow_click_through == Some(false));
        answer.closed = closed.map(|policy| policy.name.clone()).collect();
        Ok(answer)
    }
}

/// `more`: what chance would give, as the end of the last sentence.
fn rule(more: &str) -> String {
    format!(
        "Of the attempts that were shown a warning or a waiting page, those that went on. Stands out: a rate above that of all, also at the lower end of its interval of 95 % (Wilson), with {FEW} warnings or more{more}."
    )
}

/// How many would stand out if all went past warnings alike: of many some do.
fn by_chance(people: &[Counted], all: Counted) -> String {
    let mut of_many: HashMap<u64, f64> = HashMap::new();
    let many = people.iter().filter(|one| one.warned >= FEW).map(|one| one.warned);
    let chances: Vec<f64> =
        many.map(|n| *of_many.entry(n).or_insert_with(|| above_by_chance(all.share(), n))).collect();
    if chances.is_empty() {
        return String::new();
    }
    format!(
        "; of {} with so many {:.1} would by chance",
        clicks::model::text::counted(chances.len() as u64, "person", "people"),
        chances.iter().sum::<f64>()
    )
}

/// Attempts that were warned, and those of them that went past it.
#[derive(Clone, Copy, Default)]
struct Counted {
    past: u64,
    warned: u64,
}

impl Counted {
    fn told(self) -> Rate {
        Rate::new(self.past, self.warned)
    }

    fn share(self) -> f64 {
        self.past as f64 / self.warned.max(1) as f64
    }

    fn is_above(self, all: Counted) -> bool {
        self.warned >= FEW && self.told().low.is_some_and(|low| low > all.share())
    }
}

/// The attempts that some warned rows are of, by a number below `len` that each row has; [`NONE`] counts for nothing. An attempt
/// of rows with several numbers is one of each.
fn rates(data: &Dataset, rows: &[u32], len: usize, key: impl Fn(usize) -> u32) -> Vec<Counted> {
    let mut counts = vec![Counted::default(); len];
    // Number and attempt of each row of one that is shared, and whether it went past the warning.
    let mut shared: Vec<(u64, bool)> = Vec::new();
    for row in rows.iter().map(|row| *row as usize) {
        let key = key(row);
        let Some(count) = counts.get_mut(key as usize) else { continue };
        let is_past = data.kind_of(row).action == Action::UserOverride;
        let n = u64::from(data.weight_of(row));
        match data.attempt(row) {
            NONE => {
                count.warned += n;
                count.past += if is_past { n } else { 0 };
            }
            attempt => shared.push((u64::from(key) << 32 | u64::from(attempt), is_past)),
        }
    }
    // The last of several that are alike is one past the warning, where any is.
    shared.sort_unstable();
    for same in shared.chunk_by(|a, b| a.0 == b.0) {
        let Some((key, is_past)) = same.last() else { continue };
        if let Some(count) = counts.get_mut((key >> 32) as usize) {
            count.warned += 1;
            count.past += u64::from(*is_past);
        }
    }
    counts
}

/// Days put together so that there are few enough of them; those without a warning are there too.
fn stretches(data: &Dataset, selection: &Selection, rows: &[u32]) -> (u32, Vec<Warned>) {
    let zone = &selection.hours.zone;
    let day_of = |row: usize| zone.wall_of(data.time[row]).div_euclid(DAY_MS);
    let ends = rows.first().zip(rows.last());
    let Some((first, last)) = ends.map(|(a, b)| (day_of(*a as usize), day_of(*b as usize))) else {
        return (1, Vec::new());
    };
    // Weeks begin on Monday: 1970-01-01 was a Thursday.
    let span = last - first + 1;
    let each = [1, 7, 28]
        .into_iter()
        .find(|each| span / *each + 1 < TIMES as i64)
        .unwrap_or((span + 6) / TIMES as i64 / 7 * 7 + 7);
    let start = if each == 1 { first } else { first - (first + 3).rem_euclid(7) };
    let many = usize::try_from((last - start) / each + 1).unwrap_or(1);
    let counts = rates(data, rows, many, |row| {
        u32::try_from((day_of(row) - start).div_euclid(each)).unwrap_or_default()
    });
    let told = |(at, one): (usize, &Counted)| Warned {
        value: iso_date_of_ms((start + at as i64 * each) * DAY_MS).as_str().into(),
        rate: one.told(),
        stands_out: false,
    };
    (each.unsigned_abs() as u32, counts.iter().enumerate().map(told).collect())
}
