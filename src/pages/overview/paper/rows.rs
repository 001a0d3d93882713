//! The clicks that reached a page that was not safe, the gravest first: the only rows on the overview's paper.

use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::{AskRows, Dashboard, RowsAnswer, RowsParams};
use leptos::prelude::*;
use serde_json::Value;

use super::{Paper, knows_all, reached};
use crate::state::order;
use crate::ui::{ActionTag, Url, VerdictMark, words};

/// Rows on paper at the most.
const MOST: u64 = 100;

/// The columns, two fields under one another in each, so that a URL has half of the width.
const COLUMNS: [&[(Field, &str)]; 4] = [
    &[(Field::Time, "Date"), (Field::User, "user")],
    &[(Field::Url, "Original URL")],
    &[(Field::Verdict, "Verdict"), (Field::Action, "action")],
    &[(Field::Source, "Source"), (Field::Ip, "IP address")],
];

/// How many there are, and the rows.
#[component]
pub fn PaperRows(
    /// Where it stands
    paper: Paper,
) -> impl IntoView {
    move || {
        let dashboard = paper.dashboard.read();
        let d = dashboard.as_ref().filter(|d| d.totals.clicks > 0)?;
        let rows = paper.rows.read();
        Some(view! {
            <section class="paper paper_rows" data-testid="paper-rows">
                <h2>"Clicks that reached a page that was not safe by the verdict at the click"</h2>
                <p>{sentence(d, rows.as_deref())}</p>
                {rows.as_deref().map(|rows| table(rows, &d.zone))}
            </section>
        })
    }
}

/// The order of risk begins with exactly the clicks that reached a page that was not safe, so the filter stays as it is:
/// one that has a term of its own for what was reached could not take another.
pub(super) fn question(d: &Dashboard) -> Option<AskRows> {
    let most = d.totals.reached_unsafe.min(MOST);
    (most > 0).then(|| {
        AskRows(RowsParams {
            filter: d.filter.clone(),
            columns: COLUMNS.into_iter().flatten().map(|(field, _)| field.name().to_owned()).collect(),
            order_by: order::names(&order::default_order()),
            limit: u32::try_from(most).ok(),
            ..RowsParams::default()
        })
    })
}

fn sentence(d: &Dashboard, rows: Option<&RowsAnswer>) -> String {
    let what = match reached(d) {
        Ok(of) if knows_all(d) => {
            format!("{of} reached a page that was not safe by the verdict at the click")
        }
        Ok(of) => format!(
            "{of} reached a page that was not safe by the verdict at the click, as far as the data tell"
        ),
        Err(why) => return format!("Not known: {why}."),
    };
    let n = d.totals.reached_unsafe;
    match rows {
        None if n > 0 => format!("{what}. They had not been read yet when this was printed."),
        Some(rows) if (rows.rows.len() as u64) < n => {
            format!("{what}; below are the {} gravest.", words::number(rows.rows.len() as u64))
        }
        _ => format!("{what}."),
    }
}

/// A field that no export of the rows has is left out.
fn table(answer: &RowsAnswer, tz: &str) -> impl IntoView + use<> {
    let has = |field: Field| {
        let lacks = |file: &u32| {
            answer
                .absent
                .get(*file as usize)
                .is_some_and(|names| names.iter().any(|name| name == field.name()))
        };
        !answer.files.iter().all(lacks)
    };
    let columns = COLUMNS.map(|column| column.iter().filter(|(field, _)| has(*field)).collect::<Vec<_>>());
    let head = |column: &Vec<&(Field, &str)>| {
        let words: Vec<&str> = column.iter().map(|(_, word)| *word).collect();
        view! { <th>{words.join(", ")}</th> }
    };
    let row = |values: &Vec<Value>| {
        let text = |field: Field| {
            let at = answer.columns.iter().position(|name| name == field.name());
            at.and_then(|at| values.get(at)).and_then(Value::as_str).unwrap_or_default()
        };
        let line = |(field, _): &&(Field, &str)| line(*field, text(*field), text(Field::Verdict), tz);
        let cells = columns.iter().map(|column| view! { <td>{column.iter().map(line).collect_view()}</td> });
        view! { <tr data-testid="paper-row">{cells.collect_view()}</tr> }
    };
    view! {
        <table class="paper_table">
            <thead><tr>{columns.iter().map(head).collect_view()}</tr></thead>
            <tbody>{answer.rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// A value on a line of its own; the verdict decides how an action is called.
fn line(field: Field, text: &str, verdict: &str, tz: &str) -> AnyView {
    let value = Untrusted::from(text);
    let verdict = Verdict::from_word(verdict).unwrap_or_default();
    let text = match (field, Action::from_word(text)) {
        _ if text.is_empty() => "–".to_owned(),
        (Field::Url, _) => return view! { <Url value field told=true/> }.into_any(),
        (Field::Verdict, _) => return view! { <div><VerdictMark verdict/></div> }.into_any(),
        (Field::Action, Some(action)) => return view! { <div><ActionTag action verdict/></div> }.into_any(),
        _ => words::value_text(field, &value, tz),
    };
    view! { <div>{text}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use clicks::import::{Gap, Note};
    use clicks::query::Totals;

    use super::*;

    fn of(clicks: u64, reached_unsafe: u64) -> Dashboard {
        Dashboard {
            totals: Totals { clicks, reached_unsafe, ..Totals::default() },
            files: 1,
            ..Dashboard::default()
        }
    }

    fn rows(n: usize) -> RowsAnswer {
        RowsAnswer { rows: vec![Vec::new(); n], ..RowsAnswer::default() }
    }

    #[test]
    fn no_more_rows_are_asked_for_than_were_reached() {
        let limit = |n| question(&of(4_000, n)).and_then(|q| q.0.limit);
        assert_eq!((limit(0), limit(56), limit(560)), (None, Some(56), Some(100)));
    }

    #[test]
    fn sentence_says_of_how_many_and_what_is_not_known() {
        assert_eq!(
            sentence(&of(4_000, 0), None),
            "0 of 4,000 clicks reached a page that was not safe by the verdict at the click."
        );
        assert_eq!(
            sentence(&of(4_000, 56), Some(&rows(56))),
            "56 of 4,000 clicks reached a page that was not safe by the verdict at the click."
        );
        assert_eq!(
            sentence(&of(4_000, 560), Some(&rows(100))),
            "560 of 4,000 clicks reached a page that was not safe by the verdict at the click; below are the 100 gravest."
        );
        assert_eq!(
            sentence(&of(4_000, 5), None),
            "5 of 4,000 clicks reached a page that was not safe by the verdict at the click. They had not been read yet when this was printed."
        );
        let mut d = of(1, 0);
        d.notes = vec![Note { code: Gap::Threats.code().to_owned(), ..Note::default() }];
        assert_eq!(sentence(&d, None), "Not known: threats not in this export.");
    }
}
