//! Opens the files of a command, asks, and writes the answer in the form that is wanted.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::ArgMatches;
use clicks::ask::Written;
use clicks::model::text::thousands;
use insights::{AllHandled, Sweep, Worklist, worklist_csv};
use serde_json::{Value, json};

use crate::inputs::{self, Input};
use crate::reading::{Open, told};
use crate::table::Table;
use crate::{Ended, Stop, ask, inspect, say, worklist};

/// How an answer is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Table,
    Json,
    Csv,
}

impl Form {
    fn of(given: &ArgMatches) -> Form {
        match given.get_one::<String>("format").map(String::as_str) {
            Some("table") => Form::Table,
            Some("csv") => Form::Csv,
            None if io::stdout().is_terminal() => Form::Table,
            _ => Form::Json,
        }
    }
}

/// An answer in all its forms, of which one is written.
struct Answer {
    json: String,
    /// What stands above the table of people who read it.
    totals: Option<Table>,
    table: Table,
    /// As CSV, where that says more than the table.
    csv: Option<String>,
    ended: Ended,
}

impl Answer {
    fn csv(&self) -> String {
        self.csv.clone().unwrap_or_else(|| self.table.csv())
    }

    fn text(&self) -> String {
        match &self.totals {
            Some(totals) => format!("{}\n{}", totals.text(), self.table.text()),
            None => self.table.text(),
        }
    }
}

/// What a command asks.
enum Asked {
    /// Nothing more than what the files are.
    Files,
    /// A question of the API.
    Question(Written),
}

/// Does what a command says.
pub fn of(command: &str, given: &ArgMatches) -> Result<Ended, Stop> {
    if command == "export" {
        return export(given);
    }
    // What cannot be meant is said before anything is read.
    let asked = match command {
        "inspect" => Asked::Files,
        _ => Asked::Question(ask::question(command, given)?),
    };
    let handled = if command == "needs-action" { worklist::handled(given)? } else { AllHandled::default() };
    let form = Form::of(given);
    let mut out = BufWriter::new(io::stdout().lock());
    let inputs = given_inputs(given)?;
    if !given.get_flag("tenant-from-path") {
        let answer = answer(command, given, inputs, &asked, &handled)?;
        match form {
            Form::Json => writeln!(out, "{}", answer.json)?,
            Form::Csv => out.write_all(answer.csv().as_bytes())?,
            Form::Table => out.write_all(answer.text().as_bytes())?,
        }
        out.flush()?;
        return Ok(answer.ended);
    }
    let mut answers: Vec<(String, Result<Answer, Stop>)> = Vec::new();
    for (tenant, inputs) in inputs::by_tenant(inputs) {
        let answer = answer(command, given, inputs, &asked, &handled);
        // One that is broken is said, and does not stop the others.
        if let Err(stop) = &answer {
            say(&format!("{}: {}", crate::table::safe(&tenant), why(stop)));
        }
        answers.push((tenant, answer));
    }
    match form {
        Form::Json => {
            writeln!(out, "[{}]", answers.iter().map(json_of_tenant).collect::<Vec<_>>().join(","))?;
        }
        Form::Csv => out.write_all(joined(&answers).csv().as_bytes())?,
        Form::Table => {
            for (tenant, answer) in &answers {
                writeln!(out, "── {}", crate::table::safe(tenant))?;
                if let Ok(answer) = answer {
                    writeln!(out, "{}", answer.text())?;
                }
            }
        }
    }
    out.flush()?;
    if answers.iter().any(|(_, answer)| answer.is_err()) {
        let failed = answers.iter().filter(|(_, answer)| answer.is_err()).count();
        return Err(Stop::Said(format!("{failed} of {} tenants could not be read.", answers.len())));
    }
    let ends = || answers.iter().filter_map(|(_, answer)| answer.as_ref().ok()).map(|answer| answer.ended);
    match ends().all(|ended| ended == Ended::NothingFound) {
        true => Ok(Ended::NothingFound),
        false => Ok(ends().filter(|ended| *ended != Ended::NothingFound).max().unwrap_or(Ended::Done)),
    }
}

fn given_inputs(given: &ArgMatches) -> Result<Vec<Input>, Stop> {
    let mut paths: Vec<PathBuf> = given.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect();
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Stop::Usage(
                "There is no file. Name an export, a folder, or - for standard input.".to_owned(),
            ));
        }
        paths.push("-".into());
    }
    inputs::all(&paths).map_err(Stop::Said)
}

fn open(given: &ArgMatches, inputs: Vec<Input>) -> Result<Open, Stop> {
    let read_as = given.get_one::<String>("read-as").map_or("", String::as_str);
    let open = Open::new(inputs, read_as, given.get_flag("quiet"))?;
    for file in open.opened.files.iter().filter(|file| file.is_refused()) {
        say(&format!("{} was not taken: {}", file.name.shown(), crate::table::safe(file.why.original())));
    }
    Ok(open)
}

/// What is asked of some files.
fn answer(
    command: &str,
    given: &ArgMatches,
    inputs: Vec<Input>,
    asked: &Asked,
    handled: &AllHandled,
) -> Result<Answer, Stop> {
    let mut open = open(given, inputs)?;
    let Asked::Question(question) = asked else {
        let json = serde_json::to_string(&open.opened)?;
        let table = inspect::table(&open.opened);
        return Ok(Answer { json, totals: None, table, csv: None, ended: Ended::Done });
    };
    let json = open.ask(question)?;
    // One query is asked, and one table answers.
    let json = match command {
        "query" => json.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&json).to_owned(),
        _ => json,
    };
    if command == "needs-action" {
        let list: Worklist = serde_json::from_str(&json)?;
        let (table, csv) = (worklist::table(&list, handled), Some(worklist_csv(&list, handled)));
        return Ok(Answer { json, totals: None, table, csv, ended: worklist::ended(&list, handled) });
    }
    if command == "sweep" {
        let sweep: Sweep = serde_json::from_str(&json)?;
        let table = sweep_table(&sweep);
        return Ok(Answer { json, totals: None, table, csv: None, ended: ended(sweep.found) });
    }
    let answer: Value = serde_json::from_str(&json)?;
    let totals = (command == "report").then(|| totals(&answer));
    let ended = ended(answer["total"].as_u64().unwrap_or(0));
    Ok(Answer { json, totals, table: Table::of(&answer), csv: None, ended })
}

/// What an answer means for whoever only looks at the exit code, by how much was found.
const fn ended(found: u64) -> Ended {
    if found == 0 { Ended::NothingFound } else { Ended::Done }
}

/// The totals of a report, one a line.
fn totals(report: &Value) -> Table {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for name in ["from", "to"] {
        rows.push(vec![json!(name), report[name].clone()]);
    }
    for (name, value) in report["totals"].as_object().into_iter().flatten() {
        rows.push(vec![json!(name), value.clone()]);
    }
    Table { columns: vec!["what".to_owned(), "how many".to_owned()], rows, ..Table::default() }
}

fn sweep_table(sweep: &Sweep) -> Table {
    let columns = ["indicator", "kind", "clicks", "people", "through", "reached bad", "last"];
    let rows = sweep.lines.iter().map(|line| {
        vec![
            json!(line.indicator),
            json!(line.kind),
            json!(line.clicks),
            json!(line.people),
            json!(line.through),
            json!(line.reached),
            json!(line.last_ms.map(clicks::model::iso_of_ms)),
        ]
    });
    let mut notes =
        vec![format!("{} of {} indicators were clicked.", thousands(sweep.found), thousands(sweep.total))];
    if let Some((from, to)) = sweep.span {
        let (from, to) = (clicks::model::iso_of_ms(from), clicks::model::iso_of_ms(to));
        notes.push(format!("What is said of no click is said of {from} to {to}."));
    }
    if sweep.not_understood + sweep.left_out > 0 {
        notes.push(format!(
            "{} words are no indicator, {} were not looked at.",
            sweep.not_understood, sweep.left_out
        ));
    }
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect(), notes }
}

/// The clicks in view as a file.
fn export(given: &ArgMatches) -> Result<Ended, Stop> {
    let mut params = ask::params(given, &["columns", "order-by", "limit", "offset"])?;
    params.insert("format".to_owned(), json!(given.get_one::<String>("format")));
    params.insert("defang".to_owned(), json!(!given.get_flag("raw")));
    let order = clicks::api::export_order(&Value::Object(params))?.order;
    let mut open = open(given, given_inputs(given)?)?;
    let rows = match given.get_one::<PathBuf>("output") {
        None => open.export(&order, &mut BufWriter::new(io::stdout().lock()))?,
        Some(path) => {
            let file = File::create(path)
                .map_err(|error| Stop::Said(format!("Cannot write {}: {error}.", path.display())))?;
            open.export(&order, &mut BufWriter::new(file))?
        }
    };
    Ok(ended(rows))
}

fn json_of_tenant((tenant, answer): &(String, Result<Answer, Stop>)) -> String {
    match answer {
        Ok(answer) => format!("{{\"tenant\":{},\"answer\":{}}}", json!(tenant), answer.json),
        Err(stop) => format!("{{\"tenant\":{},\"error\":{}}}", json!(tenant), json!(why(stop))),
    }
}

/// The tables of all tenants as one, the tenant before each row.
fn joined(answers: &[(String, Result<Answer, Stop>)]) -> Table {
    let mut all = Table::default();
    for (tenant, answer) in answers {
        let Ok(answer) = answer else { continue };
        let table = &answer.table;
        if all.columns.is_empty() {
            all.columns = std::iter::once("tenant".to_owned()).chain(table.columns.iter().cloned()).collect();
        }
        let row = |row: &Vec<Value>| std::iter::once(json!(tenant)).chain(row.iter().cloned()).collect();
        all.rows.extend(table.rows.iter().map(row));
    }
    all
}

fn why(stop: &Stop) -> String {
    match stop {
        Stop::Failure(failure) => told(failure),
        Stop::Said(why) | Stop::Usage(why) => why.clone(),
        Stop::Closed => String::new(),
    }
}
