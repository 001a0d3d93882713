//! Exports that a test makes up, click by click.

use std::fmt::Write as _;

const HEAD: &str = "Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,ThreatTypes,IPAddress,IsClickedThrough,ReportId\n";

/// One click of a made-up export.
#[derive(Clone, Copy)]
pub struct Click<'a> {
    /// UTC without its letter, to the second or to the minute.
    pub time: &'a str,
    pub user: &'a str,
    pub url: &'a str,
    pub action: &'a str,
    pub threat: &'a str,
    pub ip: &'a str,
    pub through: u8,
    /// 0 for one of its own.
    pub report: u32,
    /// 0 for none.
    pub message: u32,
}

/// The clicks as an export of advanced hunting.
pub fn export(clicks: &[Click<'_>]) -> String {
    let mut csv = HEAD.to_owned();
    for (at, c) in (1..).zip(clicks) {
        let report = if c.report == 0 { at + 1_000 } else { c.report };
        let message = if c.message == 0 {
            String::new()
        } else {
            format!("{:08x}-1111-4222-8333-444455556666", c.message)
        };
        let seconds = if c.time.len() == "2026-04-06T09:00".len() { ":00" } else { "" };
        writeln!(
            csv,
            "{}{seconds}Z,{},{},{},Email,{message},{},{},{},{report:08x}-2222-4222-8333-444455556666",
            c.time, c.url, c.action, c.user, c.threat, c.ip, c.through
        )
        .expect("a string");
    }
    csv
}
