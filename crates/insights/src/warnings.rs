//! Who goes past warnings: of the warnings shown, how many were clicked through, over time, by source, group and person.
//!
//! Owns into what the rate is divided, and who stands out. What an attempt and a warning are, [`clicks::query`] says: the
//! numbers are those of the tile.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::gaps;
use super::statistics::{FEW, Rate};
use clicks::Failure;
use clicks::import::Gap;
use clicks::model::sorting::sorted;
use clicks::model::{DAY_MS, Field, Untrusted, days_of_iso_date, iso_date_of_ms};
use clicks::query::{Ask, AskQuery, Cx, Filter, QueryParams, Table, Whom};

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
    /// By day, week or four weeks, whichever gives no more than [`TIMES`], the oldest first. An attempt of two days is one of each.
    pub over_time: Vec<Warned>,
    /// How long each of these is, in days.
    pub days_each: u32,
    /// By what else, the parts with most overrides first.
    pub parts: Vec<WarnedPart>,
    /// Seconds from a warning to the click past it, the median; none where no export tells both.
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

/// Stretches of time at the most.
const TIMES: usize = 16;
/// Values that are told.
const VALUES: usize = 6;
/// Values that are looked at for those that stand out: of users, those with most overrides.
const LOOKED_AT: u32 = 1_000;

impl Ask for AskWarnings {
    const NAME: &'static str = "warnings";
    type Answer = Warnings;

    fn answer(&self, cx: &mut Cx) -> Result<Warnings, Failure> {
        let filter = Filter::parse(&self.filter).unbent();
        let by = [Field::Time, Field::Source, Field::Group, Field::User];
        // People past a warning are people: what machines did is in the whole, as on the tile.
        let mut people = filter.clone();
        if Whom::of(&people) == Some(Whom::All) {
            Whom::People.set(&mut people);
        }
        let whole = QueryParams { group_by: Vec::new(), ..grouped(&filter, Field::Time) };
        let queries = std::iter::once(whole)
            .chain(by.map(|field| grouped(if field == Field::User { &people } else { &filter }, field)));
        let tables = AskQuery { queries: queries.collect() }.answer(cx)?;
        let number = |at: usize| {
            let row = tables.first().and_then(|table| table.rows.first());
            row.and_then(|row| row.get(at)?.as_u64()).unwrap_or_default()
        };
        let all = Rate::new(number(0), number(1));
        let mut answer = Warnings {
            all,
            rule: format!(
                "Of the attempts that were shown a warning or a waiting page, those that went past it. Somebody stands out whose rate is above that of all also at the lower end of its interval of 95 % (Wilson), of {FEW} warnings or more."
            ),
            ..Warnings::default()
        };
        let matters = |gap: Gap| matches!(gap, Gap::ClickThrough | Gap::Action);
        answer.unsaid = gaps::said(cx.files(), &gaps::missing(cx.files(), matters));
        if all.of == 0 {
            return Ok(answer);
        }
        for (field, table) in by.into_iter().zip(tables.iter().skip(1)) {
            let values = warned(table);
            if field == Field::Time {
                (answer.days_each, answer.over_time) = stretches(&values);
                continue;
            }
            if values.is_empty() {
                continue;
            }
            let is_told = answer.unsaid.is_empty();
            let values = values.into_iter().map(|one| if is_told { one.beside(&all) } else { one });
            // Those who stand out first: a rate of one of one is none.
            let key = |one: &Warned| (one.stands_out, one.rate.count, one.rate.of);
            let values = sorted(values.collect(), |a: &Warned, b: &Warned| key(b).cmp(&key(a)));
            let values = values.into_iter().filter(|one| field != Field::User || one.rate.count > 0);
            let values = values.take(VALUES).collect();
            answer.parts.push(WarnedPart { field: field.name().to_owned(), values });
        }
        let (_, selection) = cx.select(&filter.to_string())?;
        let data = cx.data();
        let facts = selection.hindsight.of(data);
        let mut pauses: Vec<i64> =
            selection.iter(data).filter_map(|row| facts.to_override(data, row)).collect();
        pauses.sort_unstable();
        answer.pause_s = pauses.get(pauses.len() / 2).map(|ms| ms.unsigned_abs() / 1_000);
        let closed =
            cx.tables().policies.rows.iter().filter(|policy| policy.allow_click_through == Some(false));
        answer.closed = closed.map(|policy| policy.name.clone()).collect();
        Ok(answer)
    }
}

impl Warned {
    fn beside(self, all: &Rate) -> Warned {
        let share = all.count as f64 / all.of.max(1) as f64;
        let stands_out = self.rate.of >= FEW && self.rate.low.is_some_and(|low| low > share);
        Warned { stands_out, ..self }
    }
}

/// The question for the attempts that were warned by a group, those with most overrides first.
fn grouped(filter: &Filter, by: Field) -> QueryParams {
    let names = ["overriddenAttempts", "warnedAttempts"].map(str::to_owned);
    QueryParams {
        filter: filter.to_string(),
        // There is no field of days: a time is grouped by its day.
        group_by: vec![if by == Field::Time { "day" } else { by.name() }.to_owned()],
        order_by: names.iter().map(|name| format!("-{name}")).collect(),
        measures: names.to_vec(),
        limit: (by == Field::User).then_some(LOOKED_AT),
        ..QueryParams::default()
    }
}

/// The groups with a value and a warning.
fn warned(table: &Table) -> Vec<Warned> {
    let line = |row: &Vec<Value>| {
        let number = |at: usize| row.get(at).and_then(Value::as_u64).unwrap_or_default();
        let value = row.first().and_then(Value::as_str).unwrap_or_default();
        (number(2) > 0 && !value.is_empty()).then(|| Warned {
            value: value.into(),
            rate: Rate::new(number(1), number(2)),
            stands_out: false,
        })
    };
    table.rows.iter().filter_map(line).collect()
}

/// Days put together so that there are few enough of them; those without a warning are there too.
fn stretches(days: &[Warned]) -> (u32, Vec<Warned>) {
    let dated = days.iter().filter_map(|day| Some((days_of_iso_date(day.value.original())?, day.rate)));
    let mut dated: Vec<(i64, Rate)> = dated.collect();
    dated.sort_unstable_by_key(|(day, _)| *day);
    let (Some((first, _)), Some((last, _))) = (dated.first(), dated.last()) else { return (1, Vec::new()) };
    // Weeks begin on Monday: 1970-01-01 was a Thursday.
    let span = last - first + 1;
    let each = [1, 7, 28]
        .into_iter()
        .find(|each| span / *each + 1 < TIMES as i64)
        .unwrap_or((span + 6) / TIMES as i64 / 7 * 7 + 7);
    let start = if each == 1 { *first } else { first - (first + 3).rem_euclid(7) };
    let many = usize::try_from((last - start) / each + 1).unwrap_or(1);
    let mut sums = vec![(0, 0); many];
    for (day, rate) in &dated {
        if let Some(sum) = usize::try_from((day - start) / each).ok().and_then(|at| sums.get_mut(at)) {
            *sum = (sum.0 + rate.count, sum.1 + rate.of);
        }
    }
    let told = |(at, (count, of)): (usize, (u64, u64))| Warned {
        value: iso_date_of_ms((start + at as i64 * each) * DAY_MS).as_str().into(),
        rate: Rate::new(count, of),
        stands_out: false,
    };
    (each.unsigned_abs() as u32, sums.into_iter().enumerate().map(told).collect())
}
