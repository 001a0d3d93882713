//! Who is compromised again and again: by which rule, how many by chance, and the lists to take away.

use std::sync::Arc;

use clicks::export::table_csv;
use insights::SimulationsAnswer;
use insights::simulated::TestedPerson;
use leptos::prelude::*;
use serde_json::Value;

use super::people::{HEADINGS, cells, people};
use crate::pages::addresses::lines;
use crate::platform::download;
use crate::state::use_state;
use crate::ui::words;

/// So many simulations in a row can be asked for.
const RUNS: [u32; 3] = [2, 3, 4];

/// The answer of the page, once it has come.
type Found = RwSignal<Option<Arc<SimulationsAnswer>>>;

/// The panel. What can be pressed stays while answers come and go.
#[component]
pub fn Repeat(
    /// What was found
    answer: Found,
    /// How many in a row make a repeat offender
    run: RwSignal<u32>,
) -> impl IntoView {
    let state = use_state();
    let said = RwSignal::new(String::new());
    let choice = move |n: u32| {
        view! {
            <button class="whom-one" type="button" data-testid=format!("run-{n}")
                aria-pressed=move || (run.get() == n).to_string()
                on:click=move |_| run.set(n)>{n.to_string()}</button>
        }
    };
    let save_addresses = move |_| said.set(save(answer, "clickglass-training-addresses.csv", addresses));
    let save_evidence = move |_| said.set(save(answer, "clickglass-repeat-offenders.csv", evidence));
    let list = move || {
        answer.read().as_ref().map(|found| {
            let count = words::counted(found.repeat.people, "person", "people");
            let count = format!("{count}, where {:.1} would be by chance.", found.repeat_by_chance);
            view! {
                <p data-testid="repeat-said">{count}</p>
                {people(state, "Repeat offenders", &found.repeat)}
                <p class="panel-sub">{found.repeat_rule.clone()}</p>
            }
        })
    };
    view! {
        <section class="panel" data-testid="simulations-repeat" aria-label="Repeat offenders">
            <div class="panel-head simulations-head">
                <h2>"Repeat offenders"</h2>
                <div class="panel-tools">
                    <span role="status" class="panel-sub">{said}</span>
                    <span>"In a row:"</span>
                    <div class="whom" role="group" aria-label="Simulations in a row">{RUNS.map(choice).collect_view()}</div>
                    <button class="link" type="button" data-testid="repeat-addresses"
                        title="One a line, without a heading, for a training tool; who has no plain mail address is not in it"
                        on:click=save_addresses>"Addresses"</button>
                    <button class="link" type="button" data-testid="repeat-csv" title="The list with all its numbers" on:click=save_evidence>"CSV"</button>
                </div>
            </div>
            {list}
        </section>
    }
}

/// Saves the people as a file, and says what there is to say of it.
fn save(answer: Found, name: &str, make: fn(&[TestedPerson]) -> (String, String)) -> String {
    let found = answer.read_untracked();
    let Some(list) = found.as_ref().map(|found| &found.repeat).filter(|list| list.people > 0) else {
        return "nobody is listed".to_owned();
    };
    let (text, note) = make(&list.list);
    if !download::save_text(name, &text, "text/csv;charset=utf-8") {
        return "not allowed here".to_owned();
    }
    match list.list.len() as u64 {
        listed if listed == list.people => note,
        listed => format!("{note}; the first {} of {}", words::number(listed), words::number(list.people)),
    }
}

/// Those who can be written to.
fn addresses(list: &[TestedPerson]) -> (String, String) {
    lines(list.iter().map(|one| &one.person))
}

/// All that is known of them.
fn evidence(list: &[TestedPerson]) -> (String, String) {
    let row = |one: &TestedPerson| -> Vec<Value> {
        cells(one, |text| text.original().to_owned()).into_iter().map(Value::from).collect()
    };
    let rows: Vec<Vec<Value>> = list.iter().map(row).collect();
    (table_csv(&HEADINGS, &rows), words::counted(rows.len() as u64, "person", "people"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_has_a_line_for_each_person() {
        let list = [TestedPerson { person: "ana.ruiz@contoso.com".into(), ..TestedPerson::default() }];
        let (text, note) = evidence(&list);
        assert_eq!(note, "1 person");
        assert!(text.ends_with("\r\nana.ruiz@contoso.com,0,0,0,0,0,0,0,0,\r\n"), "{text}");
    }
}
