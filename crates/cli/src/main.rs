//! Clickglass on the command line: one engine, one protocol, no page.
//!
//! Owns how a question is put on a command line and how its answer is written there. What is counted and what it means, the core
//! says: `report` here is `report` of the JavaScript API, byte for byte. Documented in `docs/cli.md`.

mod answer;
mod ask;
mod command;
mod filter;
mod inputs;
mod inspect;
mod reading;
mod table;
mod worklist;
mod zones;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::ArgMatches;
use clicks::Failure;

/// How a run ended, as its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum Ended {
    /// It is done.
    Done = 0,
    /// Nothing passed the filter, or none of the indicators was clicked.
    NothingFound = 3,
    /// Somebody needs action.
    NeedsAction = 4,
}

/// It could not be done: a file that cannot be read, a question that has no answer. clap says 2 for what it does not understand.
const FAILED: u8 = 1;
/// What is asked is not understood.
const USAGE: u8 = 2;

/// Why a run failed.
enum Stop {
    /// In a way that the core tells.
    Failure(Box<Failure>),
    /// Nobody reads any more: `clickglass … | head`.
    Closed,
    /// Of what was given, in a sentence.
    Said(String),
    /// What is asked cannot be meant, in a sentence.
    Usage(String),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(Box::new(failure))
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Closed,
            _ => Stop::Said(format!("Cannot write: {error}.")),
        }
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Stop {
        Stop::Said(format!(
            "The engine answered in a way that nobody understands: {error}. This is a defect of Clickglass."
        ))
    }
}

fn main() -> ExitCode {
    match run(&command::all().get_matches()) {
        Ok(ended) => ExitCode::from(ended as u8),
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Failure(failure)) => {
            say(&reading::told(&failure));
            ExitCode::from(if failure.kind == clicks::FailureKind::BadRequest { USAGE } else { FAILED })
        }
        Err(Stop::Said(why)) => {
            say(&why);
            ExitCode::from(FAILED)
        }
        Err(Stop::Usage(why)) => {
            say(&why);
            ExitCode::from(USAGE)
        }
    }
}

fn run(matches: &ArgMatches) -> Result<Ended, Stop> {
    let Some((name, given)) = matches.subcommand() else {
        return Err(Stop::Usage("There is no command. Run `clickglass --help`.".to_owned()));
    };
    match name {
        "completions" => {
            command::completions(given, &mut io::stdout().lock());
            Ok(Ended::Done)
        }
        "man" => {
            clap_mangen::Man::new(command::all()).render(&mut io::stdout().lock())?;
            Ok(Ended::Done)
        }
        _ => answer::of(name, given),
    }
}

/// A line for people, beside the answer.
fn say(text: &str) {
    // Where even that cannot be written nobody is left to be told.
    writeln!(io::stderr().lock(), "clickglass: {text}").ok();
}
