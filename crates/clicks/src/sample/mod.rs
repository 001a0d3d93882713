//! Makes exports of clicks that never happened: the built-in sample, and big files to measure with.
//!
//! Owns what a made-up export looks like. Deterministic: the same [`Plan`] gives the same bytes on every
//! machine (integers only, a seeded generator, no clock). Must not know how an export is read. Nobody in it
//! is real: hosts are reserved or documentation names, addresses are from the documentation and benchmark
//! ranges, the one exception being the Microsoft address that fetches links in people's names.

mod bulk;
mod click;
mod company;
mod random;
mod story;

use std::io::{self, Write};

use click::RowWriter;

/// 2026-11-21T00:00:00Z: the end of the built-in sample, so that its dates do not depend on a clock.
const SAMPLE_END_MS: i64 = 1_795_219_200_000;

/// How the export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As the portal exports advanced-hunting results: header, CRLF, minimal quoting, no BOM.
    Csv,
    /// As the streaming API writes a blob: a record a line, in its envelope, CRLF.
    JsonLines,
}

/// What the clicks tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// A company with campaigns, overrides and scanners: every feature of the report has something to show.
    /// Sorted by time. Built in memory, so meant for thousands of rows.
    Story,
    /// Nothing but volume with a realistic skew, in no order, as an unsorted query exports it. Streams.
    Bulk,
}

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many clicks, exactly.
    pub rows: u64,
    /// Another seed gives another export of the same kind.
    pub seed: u64,
    /// Clicks are older than this instant, in Unix milliseconds UTC. Meant to be a midnight.
    pub end_ms: i64,
    /// Length of the period; at least one day.
    pub days: u32,
    /// How many people there are; not all of them need to click.
    pub people: u32,
    /// How it is written.
    pub format: Format,
    /// What the clicks tell.
    pub theme: Theme,
}

impl Plan {
    /// The built-in sample: 4,000 clicks of Contoso in 60 days.
    pub const fn sample() -> Plan {
        Plan {
            rows: 4_000,
            seed: 0x5afe_11c5,
            end_ms: SAMPLE_END_MS,
            days: 60,
            people: 320,
            format: Format::Csv,
            theme: Theme::Story,
        }
    }

    /// An export to measure with: about 383 bytes a row in CSV, 5,000 people, 8,000 addresses, a fifth of the
    /// URLs distinct, six in a hundred clicks malicious, 90 days.
    pub const fn bench(rows: u64) -> Plan {
        Plan {
            rows,
            seed: 0x00be_7c11,
            end_ms: SAMPLE_END_MS,
            days: 90,
            people: 5_000,
            format: Format::Csv,
            theme: Theme::Bulk,
        }
    }
}

/// Writes the export of a plan. [`Theme::Bulk`] needs a few hundred kilobytes of memory, whatever the number
/// of rows.
///
/// ```
/// use clicks::sample::{Plan, write_clicks};
/// let mut csv = Vec::new();
/// write_clicks(&Plan::bench(3), &mut csv).expect("a vector takes all bytes");
/// assert_eq!(csv.split(|&b| b == b'\n').count(), 1 + 3 + 1, "a header, three clicks, a last line end");
/// ```
pub fn write_clicks(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let mut writer = RowWriter::new(plan.format, out);
    writer.header()?;
    match plan.theme {
        Theme::Story => {
            for click in story::clicks(plan) {
                writer.click(&click)?;
            }
        }
        Theme::Bulk => bulk::write(plan, &mut writer)?,
    }
    writer.finish()
}

/// The built-in sample as a CSV file.
pub fn sample_csv() -> Vec<u8> {
    let mut csv = Vec::with_capacity(1_600_000);
    // A vector never refuses bytes, so there is no error to hand on.
    match write_clicks(&Plan::sample(), &mut csv) {
        Ok(()) | Err(_) => csv,
    }
}

#[cfg(test)]
mod tests;
