//! Campaigns: the largest ones over time, small and beside each other, above the list of all.

use clicks::model::{DAY_MS, Field, Untrusted, days_of_iso_date, iso_date_of_ms};
use clicks::query::{AskQuery, Key, QueryParams, Table};
use leptos::prelude::*;
use serde_json::Value;

use super::lists::CAMPAIGNS;
use crate::state::asked::{kept, kept_if};
use crate::state::{AppState, use_state};
use crate::ui::{GroupList, Panel, Url, words};

const KEY: Key = Key::Is(Field::Campaign);

/// Campaigns that are drawn: as many as are seen at a glance.
const MOST: u32 = 8;
/// Columns of a drawing at the most; more days are put together.
const COLUMNS: i64 = 90;

/// The page.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    view! {
        <OverTime/>
        <GroupList def=&CAMPAIGNS/>
    }
}

/// A campaign with its people, and its clicks of each column.
struct Course {
    name: Untrusted,
    people: u64,
    clicks: Vec<u64>,
}

/// The drawings; nothing of less than two, which is the list below or a page of its own.
#[component]
fn OverTime() -> impl IntoView {
    let state = use_state();
    let largest = kept(state, move |_| {
        let mut filter = state.filter_of_people();
        filter.add(Key::Without, Field::Campaign.name(), true);
        let one = QueryParams {
            filter: filter.to_string(),
            group_by: vec![Field::Campaign.name().to_owned()],
            measures: vec!["people".to_owned()],
            order_by: vec!["-people".to_owned()],
            limit: Some(MOST),
            ..QueryParams::default()
        };
        AskQuery { queries: vec![one] }
    });
    let days = kept_if(state, move |_| {
        let largest = largest.get()?;
        let rows = largest.first().map(|table| &table.rows)?;
        let names: Vec<&str> = rows.iter().filter_map(|row| row.first()?.as_str()).collect();
        let mut filter = state.filter_of_people();
        filter.remove_key(KEY);
        names.iter().for_each(|name| filter.add(KEY, name, false));
        let one = QueryParams {
            filter: filter.to_string(),
            group_by: vec![Field::Campaign.name().to_owned(), "day".to_owned()],
            measures: vec!["clicks".to_owned()],
            ..QueryParams::default()
        };
        (names.len() > 1).then(|| AskQuery { queries: vec![one] })
    });
    let drawn = move || {
        let (largest, days) = (largest.get()?, days.get()?);
        let (first, each, courses) = courses(&largest, &days)?;
        Some(panel(state, first, each, courses))
    };
    move || drawn().filter(|_| state.filter.read().terms(KEY).count() != 1)
}

/// First day, days a column, and the campaigns in the order of their people; none where there are less than two.
fn courses(largest: &[Table], days: &[Table]) -> Option<(i64, i64, Vec<Course>)> {
    let cell = |row: &Vec<Value>| {
        let day = days_of_iso_date(row.get(1)?.as_str()?)?;
        Some((row.first()?.as_str()?.to_owned(), day, row.get(2)?.as_u64()?))
    };
    let cells: Vec<(String, i64, u64)> = days.first()?.rows.iter().filter_map(cell).collect();
    let first = cells.iter().map(|(_, day, _)| *day).min()?;
    let last = cells.iter().map(|(_, day, _)| *day).max()?;
    let each = (last - first) / COLUMNS + 1;
    let columns = usize::try_from((last - first) / each + 1).ok()?;
    let course = |row: &Vec<Value>| {
        let name = row.first()?.as_str()?;
        let mut clicks = vec![0; columns];
        for (_, day, n) in cells.iter().filter(|(of, ..)| of == name) {
            if let Some(sum) = usize::try_from((day - first) / each).ok().and_then(|at| clicks.get_mut(at)) {
                *sum += n;
            }
        }
        Some(Course { name: name.into(), people: row.get(1)?.as_u64()?, clicks })
    };
    let courses: Vec<Course> = largest.first()?.rows.iter().filter_map(course).collect();
    (courses.len() > 1).then_some((first, each, courses))
}

fn panel(state: AppState, first: i64, each: i64, courses: Vec<Course>) -> AnyView {
    let highest = courses.iter().flat_map(|one| &one.clicks).copied().max().unwrap_or(1).max(1);
    let columns = courses.first().map_or(0, |one| one.clicks.len()) as i64;
    let day = |column: i64| words::short_date(&iso_date_of_ms((first + column * each) * DAY_MS));
    let length = if each == 1 { "a day".to_owned() } else { format!("in {each} days") };
    let sub =
        format!("Clicks {length}, {} – {}; all on one scale, up to {highest}", day(0), day(columns - 1));
    let courses = courses.into_iter().map(|one| course(state, one, highest, &day)).collect_view();
    view! {
        <Panel title="The largest over time" testid="campaigns-over-time" sub=Signal::stored(sub)>
            <ul class="campaigns_over_time">{courses}</ul>
        </Panel>
    }
    .into_any()
}

/// One campaign: its name opens its page, its drawing says what the words beside it do.
fn course(state: AppState, one: Course, highest: u64, day: &dyn Fn(i64) -> String) -> impl IntoView + use<> {
    const HEIGHT: f64 = 30.0;
    let Course { name, people, clicks } = one;
    let ends = clicks.iter().position(|n| *n > 0).zip(clicks.iter().rposition(|n| *n > 0));
    let when = ends.map(|(from, to)| match (day(from as i64), day(to as i64)) {
        (from, to) if from == to => from,
        (from, to) => format!("{from} – {to}"),
    });
    let bar = |(at, n): (usize, &u64)| {
        let height = (*n as f64 / highest as f64 * HEIGHT).max(1.0);
        (*n > 0).then(|| {
            view! { <rect x=at.to_string() y=format!("{:.1}", HEIGHT - height) width="0.8" height=format!("{height:.1}")/> }
        })
    };
    let bars = clicks.iter().enumerate().map(bar).collect_view();
    let value = name.original().to_owned();
    let open = move |_| state.refine(|f| f.set(KEY, &value));
    view! {
        <li>
            <button class="campaigns_over_time-name" type="button" title="All about this campaign" on:click=open>
                <Url value=name field=Field::Host/>
            </button>
            <svg viewBox=format!("0 0 {} {HEIGHT}", clicks.len()) preserveAspectRatio="none" aria-hidden="true">{bars}</svg>
            <span class="panel-sub">
                {words::counted(people, "person", "people")} {when.map(|when| format!(" · {when}"))}
            </span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn table(rows: Value) -> [Table; 1] {
        let rows: Vec<Vec<Value>> = serde_json::from_value(rows).expect("rows");
        [Table { rows, ..Table::default() }]
    }

    #[test]
    fn courses_stand_on_one_axis_in_the_order_of_their_people() {
        let largest = table(json!([["b.example", 9], ["a.example", 4]]));
        let days = table(json!([
            ["a.example", "2026-04-01", 3],
            ["b.example", "2026-04-03", 5],
            ["b.example", "2026-04-01", 1],
            ["b.example", null, 7]
        ]));
        let (first, each, found) = courses(&largest, &days).expect("two");
        assert_eq!((iso_date_of_ms(first * DAY_MS).as_str(), each), ("2026-04-01", 1));
        let told: Vec<(&str, u64, Vec<u64>)> =
            found.iter().map(|one| (one.name.original(), one.people, one.clicks.clone())).collect();
        assert_eq!(told, [("b.example", 9, vec![1, 0, 5]), ("a.example", 4, vec![3, 0, 0])]);
        let (_, each, found) = courses(
            &largest,
            &table(json!([["a.example", "2020-01-01", 1], ["b.example", "2026-01-01", 2]])),
        )
        .expect("two");
        assert!(found[0].clicks.len() as i64 <= COLUMNS + 1, "{each}");
        assert!(courses(&table(json!([["a.example", 4]])), &days).is_none());
    }
}
