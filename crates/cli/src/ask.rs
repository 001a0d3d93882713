//! Options as the parameters of the public API, which says what they mean and what is wrong with them.

use std::io::Read as _;
use std::path::PathBuf;

use clap::ArgMatches;
use clicks::ask::Written;
use serde_json::{Map, Value};

use crate::{Stop, filter};

/// The method of the API that a command asks, with the options that are its parameters.
const METHODS: [(&str, &str, &[&str]); 6] = [
    ("report", "report", &["columns", "order-by", "limit", "offset"]),
    ("top-urls", "topUrls", &["order-by", "limit", "offset"]),
    ("top-users", "topUsers", &["order-by", "limit", "offset"]),
    ("query", "query", &["group-by", "measures", "find", "order-by", "limit", "offset"]),
    ("needs-action", "worklist", &["limit"]),
    ("sweep", "sweep", &[]),
];

/// The question of a command.
pub fn question(command: &str, given: &ArgMatches) -> Result<Written, Stop> {
    let Some((_, method, options)) = METHODS.iter().find(|(name, ..)| *name == command) else {
        return Err(Stop::Usage(format!("There is no command “{command}”.")));
    };
    let mut params = params(given, options)?;
    if command == "sweep" {
        params.insert("text".to_owned(), indicators(given)?.into());
    }
    insights::api::question(method, &Value::Object(params)).map_err(Stop::from)
}

/// The parameters of some options.
pub fn params(given: &ArgMatches, options: &[&str]) -> Result<Map<String, Value>, Stop> {
    let mut params = Map::new();
    params.insert("filter".to_owned(), filter::text(given)?.into());
    for option in options {
        let value = match *option {
            "limit" | "offset" => given.get_one::<u32>(option).map(|number| (*number).into()),
            "find" => given.get_one::<String>(option).map(|text| text.as_str().into()),
            _ => given.get_many::<String>(option).map(|names| names.cloned().collect::<Vec<_>>().into()),
        };
        if let Some(value) = value {
            params.insert(parameter_of(option), value);
        }
    }
    Ok(params)
}

/// `order-by` is `orderBy`.
fn parameter_of(option: &str) -> String {
    let mut words = option.split('-');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

/// The text of all indicators.
fn indicators(given: &ArgMatches) -> Result<String, Stop> {
    let mut text = String::new();
    for path in given.get_many::<PathBuf>("indicators").into_iter().flatten() {
        let mut bytes = Vec::new();
        let read = match path.as_os_str() == "-" {
            true => std::io::stdin().lock().read_to_end(&mut bytes).map(|_len| ()),
            false => std::fs::read(path).map(|read| bytes = read),
        };
        read.map_err(|error| Stop::Said(format!("Cannot read {}: {error}.", path.display())))?;
        text.push_str(&String::from_utf8_lossy(&bytes));
        text.push('\n');
    }
    for indicator in given.get_many::<String>("indicator").into_iter().flatten() {
        text.push_str(indicator);
        text.push('\n');
    }
    match text.trim().is_empty() {
        true => Err(Stop::Usage("There is no indicator. Name a file of them with --indicators.".to_owned())),
        false => Ok(text),
    }
}
