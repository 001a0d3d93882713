//! Clicks grouped by anything, measured in any way: the question behind every table of the API.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Selection;
use super::measure::Counts;
use crate::model::{Dataset, NONE, hour_of_ms, iso_date_of_ms, weekday_of_ms};
use crate::protocol::{QueryParams, Table};

/// What clicks can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Calendar day.
    Day,
    /// Hour of the day.
    Hour,
    /// Weekday, 0 = Sunday.
    Weekday,
    /// User.
    User,
    /// Host.
    Host,
    /// URL.
    Url,
    /// Verdict.
    Verdict,
    /// Action.
    Action,
    /// The export's word for what happened.
    RawAction,
    /// Source.
    Source,
    /// Tenant.
    Tenant,
    /// Address.
    Ip,
    /// Threat types, as the export lists them.
    Threat,
    /// A grouping that no export of this version has a column for: one group without a name.
    Nothing,
}

impl Group {
    fn parse(name: &str) -> Option<Group> {
        Some(match name {
            "day" => Group::Day,
            "hour" => Group::Hour,
            "weekday" => Group::Weekday,
            "user" => Group::User,
            "host" => Group::Host,
            "url" => Group::Url,
            "verdict" => Group::Verdict,
            "action" => Group::Action,
            "rawAction" => Group::RawAction,
            "source" => Group::Source,
            "tenant" => Group::Tenant,
            "ip" => Group::Ip,
            "threat" => Group::Threat,
            "group" | "automation" | "campaign" => Group::Nothing,
            _ => return None,
        })
    }

    const fn is_clock(self) -> bool {
        matches!(self, Group::Day | Group::Hour | Group::Weekday)
    }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Clicks,
    People,
    Urls,
    Malicious,
    Reached,
    Blocked,
    Overridden,
    Attempts,
}

impl Measure {
    fn parse(name: &str) -> Option<Measure> {
        Some(match name {
            "clicks" => Measure::Clicks,
            "people" => Measure::People,
            "urls" => Measure::Urls,
            "malicious" => Measure::Malicious,
            "reached" => Measure::Reached,
            "blocked" => Measure::Blocked,
            "overridden" => Measure::Overridden,
            "attempts" => Measure::Attempts,
            _ => return None,
        })
    }

    /// Counting these needs to remember who was counted already.
    const fn is_distinct(self) -> bool {
        matches!(self, Measure::People | Measure::Urls | Measure::Attempts)
    }
}

/// Answers one query; the message of an error says which word was not understood.
pub fn aggregate(data: &Dataset, selection: &Selection, params: &QueryParams) -> Result<Table, String> {
    let groups: Vec<Group> = params
        .group_by
        .iter()
        .map(|name| Group::parse(name).ok_or_else(|| unknown("groupBy", name, GROUPS)))
        .collect::<Result<_, _>>()?;
    let wanted: Vec<String> =
        if params.measures.is_empty() { vec!["clicks".to_owned()] } else { params.measures.clone() };
    let measures: Vec<Measure> = wanted
        .iter()
        .map(|name| Measure::parse(name).ok_or_else(|| unknown("measures", name, MEASURES)))
        .collect::<Result<_, _>>()?;
    let mut columns = params.group_by.clone();
    columns.extend(wanted);
    let order = order_of(&columns, params)?;
    let grouped = Grouped::new(data, selection, &groups, &measures);
    let mut rows = grouped.rows(data, &groups, &measures);
    rows.sort_by(|a, b| {
        let by_order = order.iter().map(|(at, down)| {
            let order = compare(&a[*at], &b[*at]);
            if *down { order.reverse() } else { order }
        });
        let by_group = (0..groups.len()).map(|at| compare(&a[at], &b[at]));
        by_order.chain(by_group).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    let total = rows.len() as u64;
    let limit = if params.limit == 0 { usize::MAX } else { params.limit as usize };
    let rows = rows.into_iter().skip(params.offset as usize).take(limit).collect();
    Ok(Table { columns, rows, total })
}

const GROUPS: &str = "day hour weekday user host url verdict action rawAction source tenant group ip threat automation campaign";
const MEASURES: &str = "clicks people urls malicious reached blocked overridden attempts";

fn unknown(what: &str, name: &str, known: &str) -> String {
    format!("{what} does not know “{name}”; it knows {known}")
}

fn order_of(columns: &[String], params: &QueryParams) -> Result<Vec<(usize, bool)>, String> {
    let place = |text: &String| {
        let (down, name) = text.strip_prefix('-').map_or((false, text.as_str()), |name| (true, name));
        let at = columns.iter().position(|c| c == name);
        at.map(|at| (at, down)).ok_or_else(|| unknown("orderBy", name, &columns.join(" ")))
    };
    params.order_by.iter().map(place).collect()
}

/// Numbers by size, texts by letter, what has no value last.
fn compare(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_u64().cmp(&b.as_u64()),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => a.is_null().cmp(&b.is_null()),
    }
}

/// Groups as numbers, and what was counted in each.
struct Grouped {
    /// For each group: one code a grouping.
    codes: Vec<Vec<u32>>,
    counts: Vec<Counts>,
    /// Distinct users, URLs and shared attempts of each group, as far as asked for.
    distinct: [Vec<u32>; 3],
    /// Days that were seen, by code.
    days: Vec<i64>,
}

/// More places than this are not counted in one array: 4 bytes a place and measure.
const DENSE: u64 = 4_000_000;

impl Grouped {
    fn new(data: &Dataset, selection: &Selection, groups: &[Group], measures: &[Measure]) -> Grouped {
        let ones = Counts::of_kinds(data);
        let sizes: Vec<u64> = groups.iter().map(|g| size_of(data, selection, *g)).collect();
        let places: u64 = sizes.iter().fold(1, |all, size| all.saturating_mul(*size));
        let mut index = if places <= DENSE {
            Index::Dense(vec![NONE; places as usize])
        } else {
            Index::Sparse(HashMap::new())
        };
        let mut out =
            Grouped { codes: Vec::new(), counts: Vec::new(), distinct: Default::default(), days: Vec::new() };
        let need_distinct = measures.iter().any(|m| m.is_distinct());
        let mut members: Vec<(u32, u32)> = Vec::new();
        let mut codes = vec![0_u32; groups.len()];
        let only_kinds = groups.iter().all(|g| g.is_clock() || is_kind(*g)) && !need_distinct;
        let mut by_kind = vec![0_u32; data.kinds.len()];
        let whole = selection.is_whole();
        let of_kinds: Vec<Vec<u32>> = groups
            .iter()
            .map(|g| {
                if is_kind(*g) {
                    (0..data.kinds.len()).map(|k| kind_code(data, *g, k)).collect()
                } else {
                    Vec::new()
                }
            })
            .collect();
        let mut pending = false;
        for run in selection.hours.runs(selection.rows.clone()) {
            let before = codes.clone();
            for (code, group) in codes.iter_mut().zip(groups).filter(|(_, g)| g.is_clock()) {
                *code = clock_code(*group, run.wall, &mut out.days);
            }
            if only_kinds {
                // Kinds are counted until the clock moves on: by day, that is once in 24 hours.
                let moved = groups.iter().enumerate().any(|(i, g)| g.is_clock() && codes[i] != before[i]);
                if pending && moved {
                    out.take_kinds(&mut index, &sizes, before, &of_kinds, &ones, &mut by_kind);
                }
                pending = true;
                for row in run.rows {
                    if whole || selection.passes(data, row) {
                        by_kind[data.kind[row] as usize] += 1;
                    }
                }
                continue;
            }
            for row in run.rows {
                if !(whole || selection.passes(data, row)) {
                    continue;
                }
                let kind = data.kind[row] as usize;
                for ((code, group), of_kind) in codes.iter_mut().zip(groups).zip(&of_kinds) {
                    match of_kind.get(kind) {
                        Some(of_kind) => *code = *of_kind,
                        None if group.is_clock() => {}
                        None => *code = row_code(data, *group, row),
                    }
                }
                let at = out.place(&mut index, &sizes, &codes);
                out.counts[at].add(&ones[kind], 1);
                if need_distinct {
                    members.push((at as u32, row as u32));
                }
            }
        }
        if pending {
            out.take_kinds(&mut index, &sizes, codes, &of_kinds, &ones, &mut by_kind);
        }
        if need_distinct {
            out.count_distinct(data, &members, measures);
        }
        out
    }

    /// Books what was counted by kind under the codes of the clock, and starts again from zero.
    fn take_kinds(
        &mut self,
        index: &mut Index,
        sizes: &[u64],
        mut codes: Vec<u32>,
        of_kinds: &[Vec<u32>],
        ones: &[Counts],
        by_kind: &mut [u32],
    ) {
        for (kind, n) in by_kind.iter_mut().enumerate().filter(|(_, n)| **n > 0) {
            for (code, of_kind) in codes.iter_mut().zip(of_kinds).filter(|(_, k)| !k.is_empty()) {
                *code = of_kind[kind];
            }
            let at = self.place(index, sizes, &codes);
            self.counts[at].add(&ones[kind], std::mem::take(n));
        }
    }

    #[inline]
    fn place(&mut self, index: &mut Index, sizes: &[u64], codes: &[u32]) -> usize {
        let place =
            sizes.iter().zip(codes).fold(0_u64, |place, (size, code)| place * size + u64::from(*code));
        let next = self.codes.len() as u32;
        let at = match index {
            Index::Dense(places) => {
                let slot = &mut places[place as usize];
                if *slot == NONE {
                    *slot = next;
                }
                *slot
            }
            // Codes may be more than 64 bits together; then their hash tells them apart no longer, so the
            // codes themselves are the key.
            Index::Sparse(places) => *places.entry(codes.to_vec()).or_insert(next),
        };
        if at == next {
            self.codes.push(codes.to_vec());
            self.counts.push(Counts::default());
        }
        at as usize
    }

    fn count_distinct(&mut self, data: &Dataset, members: &[(u32, u32)], measures: &[Measure]) {
        let wants = [Measure::People, Measure::Urls, Measure::Attempts];
        for (slot, measure) in wants.into_iter().enumerate() {
            if !measures.contains(&measure) {
                continue;
            }
            let of = |row: usize| match measure {
                Measure::People => data.user[row],
                Measure::Urls => data.url[row],
                _ => data.attempt(row),
            };
            let mut pairs: Vec<u64> = members
                .iter()
                .map(|(at, row)| (u64::from(*at) << 32) | u64::from(of(*row as usize)))
                .collect();
            pairs.sort_unstable();
            let mut counts = vec![0_u32; self.codes.len()];
            for run in pairs.chunk_by(|a, b| a == b) {
                let at = (run[0] >> 32) as usize;
                let nobody = run[0] as u32 == NONE;
                counts[at] += match (measure, nobody) {
                    // A row that shares its attempt with no other is one of its own.
                    (Measure::Attempts, true) => run.len() as u32,
                    (_, true) => 0,
                    _ => 1,
                };
            }
            self.distinct[slot] = counts;
        }
    }

    fn rows(&self, data: &Dataset, groups: &[Group], measures: &[Measure]) -> Vec<Vec<Value>> {
        let mut rows = Vec::with_capacity(self.codes.len());
        for (at, codes) in self.codes.iter().enumerate() {
            let c = &self.counts[at];
            let of_groups = groups.iter().zip(codes).map(|(g, code)| self.name(data, *g, *code));
            let of_measures = measures.iter().map(|measure| {
                json!(match measure {
                    Measure::Clicks => c.clicks,
                    Measure::Malicious => c.malicious,
                    Measure::Reached => c.reached,
                    Measure::Blocked => c.blocked,
                    Measure::Overridden => c.overridden,
                    Measure::People => self.distinct[0][at],
                    Measure::Urls => self.distinct[1][at],
                    Measure::Attempts => self.distinct[2][at],
                })
            });
            rows.push(of_groups.chain(of_measures).collect());
        }
        // A question without groups has one answer, also where there is nothing to count.
        if rows.is_empty() && groups.is_empty() {
            rows.push(vec![json!(0); measures.len()]);
        }
        rows
    }

    fn name(&self, data: &Dataset, group: Group, code: u32) -> Value {
        // Codes of dictionary entries are one up, so that 0 is "no value".
        let entry = |d: &crate::model::Dictionary| match code.checked_sub(1) {
            Some(id) => json!(d.get(id)),
            None => Value::Null,
        };
        match group {
            Group::Day => json!(iso_date_of_ms(self.days[code as usize])),
            Group::Hour | Group::Weekday => json!(code),
            Group::User => entry(&data.users),
            Group::Host => entry(&data.hosts),
            Group::Url => entry(&data.urls),
            Group::Tenant => entry(&data.tenants),
            Group::Ip => entry(&data.ips),
            Group::RawAction => entry(&data.raw_actions),
            Group::Source => entry(&data.sources),
            Group::Threat => entry(&data.threat_texts),
            Group::Verdict => json!(data.kinds[code as usize].verdict.name()),
            Group::Action => json!(data.kinds[code as usize].action.name()),
            Group::Nothing => Value::Null,
        }
    }
}

enum Index {
    Dense(Vec<u32>),
    Sparse(HashMap<Vec<u32>, u32>),
}

const fn is_kind(group: Group) -> bool {
    matches!(
        group,
        Group::Verdict | Group::Action | Group::RawAction | Group::Source | Group::Threat | Group::Nothing
    )
}

fn size_of(data: &Dataset, selection: &Selection, group: Group) -> u64 {
    let entries = |d: &crate::model::Dictionary| d.len() as u64 + 1;
    match group {
        Group::Day => {
            let ends = (
                data.time.get(selection.rows.start),
                selection.rows.end.checked_sub(1).map(|i| data.time[i]),
            );
            // Two more for the zone's offset at either end.
            ends.0.zip(ends.1).map_or(1, |(first, last)| ((last - first) / crate::model::DAY_MS) as u64 + 3)
        }
        Group::Hour => 24,
        Group::Weekday => 7,
        Group::User => entries(&data.users),
        Group::Host => entries(&data.hosts),
        Group::Url => entries(&data.urls),
        Group::Tenant => entries(&data.tenants),
        Group::Ip => entries(&data.ips),
        Group::RawAction => entries(&data.raw_actions),
        Group::Source => entries(&data.sources),
        Group::Threat => entries(&data.threat_texts),
        Group::Verdict | Group::Action => data.kinds.len() as u64 + 1,
        Group::Nothing => 1,
    }
}

/// The code of a clock grouping; 0 for others, which set theirs later. Days are numbered as they come.
fn clock_code(group: Group, wall: i64, days: &mut Vec<i64>) -> u32 {
    match group {
        Group::Day => {
            let day = wall.div_euclid(crate::model::DAY_MS) * crate::model::DAY_MS;
            // A clock that goes back over midnight comes to a day again; it is one of the last.
            let recent = days.len().saturating_sub(3);
            if let Some(at) = days[recent..].iter().rposition(|d| *d == day) {
                return (recent + at) as u32;
            }
            days.push(day);
            days.len() as u32 - 1
        }
        Group::Hour => hour_of_ms(wall) as u32,
        Group::Weekday => weekday_of_ms(wall) as u32,
        _ => 0,
    }
}

/// Kinds with the same value share the code of the first of them.
fn kind_code(data: &Dataset, group: Group, kind: usize) -> u32 {
    let k = &data.kinds[kind];
    let first =
        |same: &dyn Fn(&crate::model::Kind) -> bool| data.kinds.iter().position(same).unwrap_or(kind) as u32;
    match group {
        Group::Verdict => first(&|other| other.verdict == k.verdict),
        Group::Action => first(&|other| other.action == k.action),
        Group::RawAction => k.raw_action.wrapping_add(1),
        Group::Source => k.source.wrapping_add(1),
        Group::Threat => k.threat_text.wrapping_add(1),
        _ => 0,
    }
}

fn row_code(data: &Dataset, group: Group, row: usize) -> u32 {
    let of = |ids: &[u32]| ids.get(row).copied().unwrap_or(NONE).wrapping_add(1);
    match group {
        Group::User => of(&data.user),
        Group::Url => of(&data.url),
        Group::Ip => of(&data.ip),
        Group::Tenant => of(&data.tenant),
        Group::Host => data.host_of(row).wrapping_add(1),
        _ => 0,
    }
}
