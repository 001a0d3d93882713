//! The filter of a call: `--filter` in its text form, and an option for each of its keys.
//!
//! Owns how options become that text. Keys, values and what is wrong with them are the core's.

use clap::{Arg, ArgAction, ArgMatches};
use clicks::query::{Filter, Key};

use crate::Stop;

/// The keys that take one value, each with what it says.
const SINGLE: [(&str, &str); 5] = [
    ("from", "Clicks from this date or time on"),
    ("to", "Clicks before this date or time"),
    ("range", "Clicks not older than so much before the newest one: 7d, 12h, 4w"),
    ("tz", "Time zone of dates, days and hours: Europe/Berlin, +02:00; UTC otherwise"),
    ("lens", "Settings of who is taken for a machine"),
];

/// The options.
pub fn options() -> Vec<Arg> {
    let mut options = vec![
        Arg::new("filter")
            .long("filter")
            .value_name("TEXT")
            .help("The filter as the page has it behind # in its address: verdict=malicious&range=30d")
            .help_heading(HEADING),
    ];
    for (name, help) in SINGLE {
        options.push(Arg::new(name).long(name).value_name("VALUE").help(help).help_heading(HEADING));
    }
    for key in Key::all() {
        options.push(
            Arg::new(key.name())
                .long(option_of(key))
                .value_name("VALUE")
                .action(ArgAction::Append)
                .help(help_of(key))
                .help_heading(HEADING),
        );
    }
    options
}

const HEADING: &str = "Filter (several values with commas or again; ! before one excludes it)";

/// `rawAction` is `--raw-action`.
fn option_of(key: Key) -> String {
    let mut option = String::new();
    for c in key.name().chars() {
        if c.is_ascii_uppercase() {
            option.push('-');
        }
        option.push(c.to_ascii_lowercase());
    }
    option
}

fn help_of(key: Key) -> &'static str {
    match key.name() {
        "verdict" => "safe, malicious, blocked, pending, unknown",
        "action" => "allowed, blocked, useroverride, none, unknown",
        "rawAction" => "The export's own word for what happened",
        "source" => "Where the link was clicked: Email, Teams, Office …",
        "user" => "This user",
        "group" => "Users of this group, where people are among the files",
        "host" => "URLs of this host",
        "url" => "URLs with this text in them",
        "urlIs" => "Exactly this URL; case matters, commas are part of it",
        "messageId" => "This message",
        "tenant" => "This tenant",
        "ip" => "This address",
        "threat" => "This type of threat; none for clicks without",
        "automation" => "human, review, likely, automated",
        "campaign" => "This campaign",
        "attempt" => "overridden, reached, exposed, missed, stopped, waiting, simulation, safe, unknown",
        "without" => "Clicks without a value of this field",
        "weekday" => "0 (Sunday) to 6",
        "hour" => "0 to 23",
        "reached" => "yes, no, unsafe, waiting",
        "sign" => "URLs that show this: lookalike, punycode, shortener …",
        _ => "This text anywhere in URL, user, address, tenant, subject or sender",
    }
}

/// The filter of the options, in its one form. What cannot be meant is said.
pub fn text(given: &ArgMatches) -> Result<String, Stop> {
    let mut filter = Filter::parse(given.get_one::<String>("filter").map_or("", String::as_str));
    for (name, _) in SINGLE {
        if let Some(value) = given.get_one::<String>(name) {
            if value.trim().is_empty() {
                return Err(Stop::Usage(format!("--{name} has no value.")));
            }
            filter.set_single(name, value);
        }
    }
    for key in Key::all() {
        let values = given.get_many::<String>(key.name()).into_iter().flatten();
        // A URL may have a comma in it.
        let parts = values.flat_map(|value| match key.name() {
            "urlIs" => vec![value.as_str()],
            _ => value.split(',').collect(),
        });
        let terms: Vec<(String, bool)> = parts
            .map(|value| match value.strip_prefix('!') {
                Some(excluded) => (excluded.to_owned(), true),
                None => (value.to_owned(), false),
            })
            .collect();
        // An empty watch list must not mean everything.
        if terms.iter().any(|(value, _)| value.trim().is_empty()) {
            return Err(Stop::Usage(format!(
                "--{} has an empty value. Leave it out for no filter; for clicks without one use --without.",
                option_of(key)
            )));
        }
        filter.add_all(key, terms.into_iter());
    }
    filter.check().map_err(Stop::Usage)?;
    let ignored = filter.ignored();
    if !ignored.is_empty() {
        crate::say(&format!("of the filter this has no effect: {}", ignored.join(", ")));
    }
    Ok(filter.to_string())
}
