//! The commands and their options, from which help, man page and completions are made too.

use std::io::Write;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::filter;

/// All of it.
pub fn all() -> Command {
    Command::new("clickglass")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Who clicked what, who got through, who needs action: exports of Safe Links URL clicks, on the command line")
        .after_help(AFTER)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            rows(about("report", "Totals, and the clicks in view")),
            rows(about("top-urls", "URLs by malicious clicks, then clicks")),
            rows(about("top-users", "Users by blocked clicks, then overrides")),
            query(),
            needs_action(),
            sweep(),
            export(),
            answered(inputs(about("inspect", "What each file was taken for, and why"))),
            about("completions", "Completion of these commands, for a shell").arg(
                Arg::new("shell").required(true).value_parser(value_parser!(Shell)).help("The shell"),
            ),
            about("man", "The man page"),
        ])
}

const AFTER: &str = "Files may be exports, archives of them, folders, or - for standard input; files beside the clicks (people, sign-ins, messages …) \
are recognised. Nothing leaves the computer.

Exit codes: 0 done; 1 a file could not be read, or holds no clicks; 2 the command is not understood; 3 nothing passed the filter, or no indicator was \
clicked; 4 somebody needs action (needs-action).";

fn about(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about)
}

/// With the files, and how they are read.
fn inputs(command: Command) -> Command {
    command
        .arg(
            Arg::new("files")
                .value_name("FILES")
                .num_args(0..)
                .value_parser(value_parser!(PathBuf))
                .help("Exports, archives, folders; - is standard input"),
        )
        .arg(
            Arg::new("read-as")
                .long("read-as")
                .value_name("TEXT")
                .help("What files leave open, as the page has it in its address: columns=… zone=…"),
        )
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('Q')
                .action(ArgAction::SetTrue)
                .help("No progress on standard error"),
        )
}

/// With the form of an answer.
fn answered(command: Command) -> Command {
    command
        .arg(
            Arg::new("format")
                .long("format")
                .short('f')
                .value_name("FORM")
                .value_parser(["table", "json", "csv"])
                .help("table on a terminal, json elsewhere"),
        )
        .arg(
            Arg::new("tenant-from-path")
                .long("tenant-from-path")
                .action(ArgAction::SetTrue)
                .help("One answer for each folder below what is named: a folder is a tenant"),
        )
}

fn filtered(command: Command) -> Command {
    answered(inputs(command)).args(filter::options())
}

fn list(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("NAMES").value_delimiter(',').action(ArgAction::Append).help(help)
}

fn number(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("N").value_parser(value_parser!(u32)).help(help)
}

/// With which rows, in which order.
fn paged(command: Command) -> Command {
    command
        .arg(list("order-by", "Columns; - before one for descending").allow_hyphen_values(true))
        .arg(number("limit", "So many rows at the most"))
        .arg(number("offset", "So many rows are passed over"))
}

fn rows(command: Command) -> Command {
    let takes_columns = command.get_name() == "report";
    let command = paged(filtered(command));
    match takes_columns {
        true => command.arg(list("columns", "Columns of the clicks, in this order")),
        false => command,
    }
}

fn query() -> Command {
    paged(filtered(about("query", "Numbers by any groups")))
        .arg(list("group-by", "day, hour, weekday, user, host, url, verdict, action, automation, campaign …"))
        .arg(list("measures", "clicks, people, urls, malicious, reached, blocked, overridden, attempts …"))
        .arg(Arg::new("find").long("find").value_name("TEXT").help("Only groups with this text in a value"))
}

fn needs_action() -> Command {
    filtered(about(
        "needs-action",
        "Who reached a page that is not safe, as is known today, and what happened",
    ))
    .arg(number("limit", "So many people at the most"))
    .arg(
        Arg::new("handled")
            .long("handled")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help("What was done, as the page saves it: who is handled needs no action"),
    )
}

fn sweep() -> Command {
    filtered(about("sweep", "Who clicked any of these indicators, and which nobody clicked"))
        .arg(
            Arg::new("indicators")
                .long("indicators")
                .short('i')
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .action(ArgAction::Append)
                .help("Hosts, URLs, message ids, addresses, users, defanged or not, in any text; - is standard input"),
        )
        .arg(
            Arg::new("indicator")
                .long("indicator")
                .value_name("TEXT")
                .action(ArgAction::Append)
                .help("An indicator"),
        )
}

fn export() -> Command {
    inputs(about("export", "The clicks in view as a file"))
        .args(filter::options())
        .arg(
            Arg::new("format")
                .long("format")
                .short('f')
                .value_name("FORMAT")
                .default_value("csv")
                .value_parser(["csv", "json"])
                .help("csv is safe from formulas"),
        )
        .arg(
            Arg::new("raw")
                .long("raw")
                .action(ArgAction::SetTrue)
                .help("URLs as they were; they are defanged otherwise"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Where to; standard output otherwise"),
        )
        .arg(list("columns", "Columns of the clicks, in this order"))
        .arg(list("order-by", "Columns; - before one for descending").allow_hyphen_values(true))
        .arg(number("limit", "So many rows at the most"))
        .arg(number("offset", "So many rows are passed over"))
}

/// Writes the completion of a shell.
pub fn completions(given: &ArgMatches, out: &mut dyn Write) {
    if let Some(shell) = given.get_one::<Shell>("shell").copied() {
        clap_complete::generate(shell, &mut all(), "clickglass", &mut &mut *out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_well_formed() {
        all().debug_assert();
    }
}
