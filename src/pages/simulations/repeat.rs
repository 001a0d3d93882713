//! Who is compromised again and again: by which rule, how many by chance, and the lists to take away.

use std::sync::Arc;

use clicks::export::table_csv;
use insights::SimulationsAnswer;
use insights::simulated::TestedPerson;
use leptos::prelude::*;
use serde_json::Value;

use super::people::{HEADINGS, cells, people};
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
fn save(answer: Found, name: &str, make: fn(&[TestedPerson]) -> (usize, String)) -> String {
    let found = answer.read_untracked();
    let Some(list) = found.as_ref().map(|found| &found.repeat).filter(|list| list.people > 0) else {
        return "nobody is listed".to_owned();
    };
    let (saved, text) = make(&list.list);
    if !download::save_text(name, &text, "text/csv;charset=utf-8") {
        return "not allowed here".to_owned();
    }
    match saved as u64 {
        saved if saved == list.people => String::new(),
        saved => format!("{} of {} are in it", words::number(saved), words::number(list.people)),
    }
}

/// Addresses, one a line, and how many.
fn addresses(list: &[TestedPerson]) -> (usize, String) {
    let names: Vec<&str> =
        list.iter().filter(|one| is_address(one)).map(|one| one.person.original()).collect();
    let mut text = names.join("\r\n");
    if !names.is_empty() {
        text.push_str("\r\n");
    }
    (names.len(), text)
}

/// Somebody who can be written to, and whose name does nothing else in a spreadsheet or another line of the file: a guest
/// under the name that the tenant gave is no such, nor is what has invisible characters.
fn is_address(one: &TestedPerson) -> bool {
    let name = one.person.original();
    name.contains('@')
        && !clicks::beside::is_guest_name(name)
        && !name.starts_with(['=', '+', '-', '@'])
        && !name.contains([' ', ',', ';', '"'])
        && one.person.shown() == name
}

/// All that is known of them, and how many.
fn evidence(list: &[TestedPerson]) -> (usize, String) {
    let row = |one: &TestedPerson| -> Vec<Value> {
        cells(one, |text| text.original().to_owned()).into_iter().map(Value::from).collect()
    };
    let rows: Vec<Vec<Value>> = list.iter().map(row).collect();
    (rows.len(), table_csv(&HEADINGS, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_are_nothing_else() {
        let names = [
            "ana.ruiz@contoso.com",
            "vendor_fabrikam.example#ext#@contoso.com",
            "=cmd()@contoso.com",
            "two\r\nlines@contoso.com",
            "a,b@contoso.com",
            "shared invoices",
            "o'neil+x@contoso.com",
        ];
        let list = names.map(|name| TestedPerson { person: name.into(), ..TestedPerson::default() });
        assert_eq!(addresses(&list), (2, "ana.ruiz@contoso.com\r\no'neil+x@contoso.com\r\n".to_owned()));
        let (rows, text) = evidence(&list[..1]);
        assert_eq!(rows, 1);
        assert!(text.ends_with("\r\nana.ruiz@contoso.com,0,0,0,0,0,0,0,0,\r\n"), "{text}");
    }
}
