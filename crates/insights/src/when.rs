//! When people click: by weekday and hour, how much of it outside of working hours, and the days that stand out.
//!
//! Owns what is counted, what working hours are, and which day is no day like the others.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::statistics::{FAR, Usual};
use clicks::Failure;
use clicks::hindsight::Facts;
use clicks::model::ids::Id as _;
use clicks::model::ids::{HostId, UserId};
use clicks::model::sorting::sorted;
use clicks::model::text::{counted, defanged, thousands};
use clicks::model::{DAY_MS, Dataset, NONE, Untrusted, Verdict, hour_of_ms, iso_date_of_ms, weekday_of_ms};
use clicks::query::{Ask, Cx, Selection};

/// Asks when the clicks that pass a filter were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AskWhen {
    /// Canonical text of a filter.
    pub filter: String,
    /// What is counted: one of [`COUNTED`]; empty for the first.
    pub by: String,
    /// The first working hour, from 0; none for [`WORK`].
    pub work_from: Option<u8>,
    /// The hour at which work ends, up to 24; none for [`WORK`].
    pub work_to: Option<u8>,
}

/// What can be counted, with its words.
pub const COUNTED: [(&str, &str); 4] = [
    ("clicks", "clicks"),
    ("people", "people"),
    ("malicious", "malicious clicks"),
    ("reached", "clicks that reached a page that is known today not to be safe"),
];

/// Working hours where nobody says others, of the wall clock, Monday to Friday. A convention, no finding: the answer says it.
pub const WORK: (u8, u8) = (8, 18);

/// When it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct When {
    /// What is counted: one of [`COUNTED`].
    pub by: String,
    /// Name of the zone of every hour and day here.
    pub zone: String,
    /// 7 × 24 counts, `[weekday][hour]`, weekday 0 = Sunday; empty without clicks. People are counted once an hour of the week.
    pub grid: Vec<Vec<u64>>,
    /// How many in all: of people, distinct ones.
    pub total: u64,
    /// Outside of working hours. Of people: those who have such a click.
    pub off_hours: u64,
    /// What working hours are, as a sentence.
    pub rule: String,
    /// The days that stand out, the newest first; at most [`DAYS`].
    pub days: Vec<OddDay>,
    /// How many there are.
    pub odd_days: u64,
    /// How a day stands out, as a sentence; where no day can, why not.
    pub odd_rule: String,
}

/// A day unlike the others of its kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OddDay {
    /// The day, `2026-04-06`.
    pub day: String,
    /// How many.
    pub n: u64,
    /// The median of the days of its kind.
    pub usual: u64,
    /// What most of it was, in words, the largest part first; empty where nothing is a third of it.
    pub why: Vec<Untrusted>,
}

/// Days that are told.
const DAYS: usize = 8;
/// So many days of a kind tell what is usual: five working weeks have 25, two have 10. No source.
const ENOUGH_DAYS: usize = 10;
/// A day that stands out has so many more than the median: of few clicks a handful would. No source.
const BY_MANY: u64 = 10;
/// One of so many parts of a day is a reason for it. No source: less explains little.
const A_REASON: u64 = 3;

impl Ask for AskWhen {
    const NAME: &'static str = "when";
    type Answer = When;

    fn answer(&self, cx: &mut Cx) -> Result<When, Failure> {
        let by = COUNTED.iter().position(|(name, _)| self.by.is_empty() || *name == self.by);
        let by = by.ok_or_else(|| {
            let names = COUNTED.map(|(name, _)| name).join(", ");
            Failure::bad_request(format!("“{}” is not known for by; there are {names}.", self.by))
        })?;
        let work = (self.work_from.unwrap_or(WORK.0), self.work_to.unwrap_or(WORK.1));
        if work.0 >= work.1 || work.1 > 24 {
            return Err(Failure::bad_request(
                "Working hours go from 0 to 24, workFrom before workTo.".to_owned(),
            ));
        }
        let (_, selection) = cx.select(&self.filter)?;
        let data = cx.data();
        let facts = selection.hindsight.of(data);
        let counts = Counts::new(data, &selection, facts, By::ALL[by], work);
        let mut answer = When {
            by: COUNTED[by].0.to_owned(),
            zone: selection.hours.zone.name.clone(),
            total: counts.total,
            off_hours: counts.off_hours,
            grid: counts.grid.iter().map(|hours| hours.to_vec()).collect(),
            rule: format!(
                "Working hours are Monday to Friday, {:02}:00 to {:02}:00, {}.",
                work.0, work.1, selection.hours.zone.name
            ),
            ..When::default()
        };
        if counts.total == 0 {
            return Ok(When { grid: Vec::new(), ..answer });
        }
        let odd = counts.odd_days(&mut answer);
        answer.odd_days = odd.len() as u64;
        let told: Vec<(i64, u64, u64)> = odd.into_iter().rev().take(DAYS).collect();
        answer.days = told_days(data, &selection, facts, By::ALL[by], &told);
        Ok(answer)
    }
}

/// What is counted, in the order of [`COUNTED`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Clicks,
    People,
    Malicious,
    Reached,
}

impl By {
    const ALL: [By; COUNTED.len()] = [By::Clicks, By::People, By::Malicious, By::Reached];

    /// Whether a row counts.
    fn takes(self, data: &Dataset, selection: &Selection, facts: &Facts, row: usize) -> bool {
        match self {
            By::Clicks => true,
            By::People => {
                data.user.at(row).raw() != NONE && selection.lens.labels(data).class(row).is_person()
            }
            By::Malicious => data.kind_of(row).verdict == Verdict::Malicious,
            By::Reached => facts.has_reached_bad(data, row),
        }
    }
}

/// Of a weekday, 0 = Sunday.
fn is_weekend(weekday: usize) -> bool {
    matches!(weekday, 0 | 6)
}

struct Counts {
    grid: [[u64; 24]; 7],
    total: u64,
    off_hours: u64,
    /// How many each day from the first to the last, by number of the day since 1970 on the wall.
    first_day: i64,
    days: Vec<u64>,
}

impl Counts {
    /// What is the same for an hour is found once an hour, not once a click.
    fn new(data: &Dataset, selection: &Selection, facts: &Facts, by: By, work: (u8, u8)) -> Counts {
        let mut counts =
            Counts { grid: [[0; 24]; 7], total: 0, off_hours: 0, first_day: 0, days: Vec::new() };
        // Of each user: the hours of the week seen, the last day, and whether they are in the two totals.
        let mut hours_of = vec![[0_u8; 21]; if by == By::People { data.users.len() } else { 0 }];
        let mut last_day = vec![i64::MIN; hours_of.len()];
        let mut off_of = vec![false; hours_of.len()];
        for run in selection.hours.runs(selection.rows.clone()) {
            let (weekday, hour) = (weekday_of_ms(run.wall), hour_of_ms(run.wall));
            let is_off = is_weekend(weekday) || !(usize::from(work.0)..usize::from(work.1)).contains(&hour);
            let day = run.wall.div_euclid(DAY_MS);
            let cell = weekday * 24 + hour;
            let (mut n, mut new, mut newly_off, mut new_today, mut new_in_cell) = (0, 0, 0, 0, 0);
            for row in run.rows {
                if !selection.passes(data, row) || !by.takes(data, selection, facts, row) {
                    continue;
                }
                n += u64::from(data.weight_of(row));
                if by != By::People {
                    continue;
                }
                let user = data.user.at(row).raw() as usize;
                let Some(seen) = hours_of.get_mut(user) else { continue };
                new_in_cell += u64::from(seen[cell / 8] & 1 << (cell % 8) == 0);
                seen[cell / 8] |= 1 << (cell % 8);
                new += u64::from(last_day[user] == i64::MIN);
                newly_off += u64::from(is_off && !off_of[user]);
                off_of[user] |= is_off;
                new_today += u64::from(std::mem::replace(&mut last_day[user], day) != day);
            }
            if n == 0 {
                continue;
            }
            if counts.days.is_empty() {
                counts.first_day = day;
            }
            let at = usize::try_from(day - counts.first_day).unwrap_or_default();
            if counts.days.len() <= at {
                counts.days.resize(at + 1, 0);
            }
            let [total, off, today, in_cell] = match by {
                By::People => [new, newly_off, new_today, new_in_cell],
                _ => [n, if is_off { n } else { 0 }, n, n],
            };
            counts.total += total;
            counts.off_hours += off;
            counts.days[at] += today;
            counts.grid[weekday][hour] += in_cell;
        }
        counts
    }

    /// Start of a day on the wall.
    fn day_ms(&self, at: usize) -> i64 {
        (self.first_day + at as i64) * DAY_MS
    }

    /// The days that stand out: start on the wall, how many, and the median of their kind. Writes down the rule.
    fn odd_days(&self, answer: &mut When) -> Vec<(i64, u64, u64)> {
        let kinds = [false, true].map(|weekend| {
            let days =
                (0..self.days.len()).filter(|at| is_weekend(weekday_of_ms(self.day_ms(*at))) == weekend);
            let counts: Vec<u64> = days.map(|at| self.days[at]).collect();
            let has_enough = counts.len() >= ENOUGH_DAYS;
            // Where most days have nothing, the filter or the files leave them out: nothing is usual.
            has_enough.then(|| Usual::of(counts)).filter(|usual| usual.median > 0)
        });
        if kinds.iter().all(Option::is_none) {
            answer.odd_rule = format!(
                "Which days stand out is told from {ENOUGH_DAYS} working days on of which most have something; in view are {}.",
                counted(self.days.iter().filter(|n| **n > 0).count() as u64, "such day", "such days")
            );
            return Vec::new();
        }
        answer.odd_rule = format!(
            "A day stands out that has more than the median of its kind, working days or weekends, by {FAR} robust standard deviations and by {BY_MANY}."
        );
        let odd = |at: usize| {
            let usual = kinds[usize::from(is_weekend(weekday_of_ms(self.day_ms(at))))].as_ref()?;
            let n = self.days[at];
            (usual.is_far_above(n) && n >= usual.median + BY_MANY).then(|| (self.day_ms(at), n, usual.median))
        };
        (0..self.days.len()).filter_map(odd).collect()
    }
}

/// The days with what most of each was.
fn told_days(
    data: &Dataset,
    selection: &Selection,
    facts: &Facts,
    by: By,
    odd: &[(i64, u64, u64)],
) -> Vec<OddDay> {
    let mut parts: Vec<Parts> = odd.iter().map(|_| Parts::default()).collect();
    let labels = selection.lens.labels(data);
    for run in selection.hours.runs(selection.rows.clone()) {
        let day = run.wall - run.wall.rem_euclid(DAY_MS);
        let Some(of) = odd.iter().position(|(start, ..)| *start == day).map(|at| &mut parts[at]) else {
            continue;
        };
        for row in run.rows {
            if !selection.passes(data, row) || !by.takes(data, selection, facts, row) {
                continue;
            }
            let n = u64::from(data.weight_of(row));
            of.all += n;
            of.machines += if labels.class(row).is_person() { 0 } else { n };
            *of.campaigns.entry(facts.campaign(data, row)).or_default() += n;
            *of.hosts.entry(data.host_of_row(row).raw()).or_default() += n;
            *of.users.entry(data.user.at(row).raw()).or_default() += n;
        }
    }
    let told = |((start, n, usual), parts): (&(i64, u64, u64), &Parts)| OddDay {
        day: iso_date_of_ms(*start),
        n: *n,
        usual: *usual,
        why: parts.reasons(data, facts),
    };
    odd.iter().zip(&parts).map(told).collect()
}

/// What the clicks of a day were.
#[derive(Default)]
struct Parts {
    all: u64,
    machines: u64,
    campaigns: HashMap<u32, u64>,
    hosts: HashMap<u32, u64>,
    users: HashMap<u32, u64>,
}

impl Parts {
    fn reasons(&self, data: &Dataset, facts: &Facts) -> Vec<Untrusted> {
        let most = |of: &HashMap<u32, u64>| {
            of.iter()
                .filter(|(id, _)| **id != NONE)
                .max_by_key(|(id, n)| (**n, std::cmp::Reverse(**id)))
                .map(|(id, n)| (*id, *n))
        };
        let is_reason = |n: u64| n * A_REASON >= self.all;
        let mut reasons: Vec<(u64, String)> = Vec::new();
        let mut add = |n: u64, what: &dyn Fn() -> String| {
            if is_reason(n) && n > 0 {
                let of = format!("{} of {} clicks", thousands(n), thousands(self.all));
                reasons.push((n, format!("{of} {}", what())));
            }
        };
        add(self.machines, &|| "by machines".to_owned());
        match most(&self.campaigns).filter(|(_, n)| is_reason(*n)) {
            Some((id, n)) => add(n, &|| format!("of the campaign {}", defanged(facts.campaigns().get(id)))),
            None => {
                if let Some((id, n)) = most(&self.hosts) {
                    add(n, &|| format!("on {}", defanged(data.hosts.text(HostId::from_raw(id)))));
                }
            }
        }
        if let Some((id, n)) = most(&self.users) {
            add(n, &|| format!("by {}", data.users.text(UserId::from_raw(id))));
        }
        sorted(reasons, |a, b| b.0.cmp(&a.0)).into_iter().map(|(_, text)| text.as_str().into()).collect()
    }
}
