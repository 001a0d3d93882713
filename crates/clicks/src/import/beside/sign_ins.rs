//! Sign-in logs of Entra: the portal's CSV, Graph, Log Analytics, advanced hunting.
//!
//! Source: the columns of the portal's export (names repeat, end in blanks and have two blanks inside), Microsoft's
//! reference of `signIn`, `SigninLogs` and `EntraIdSignInEvents`. Three addresses can name where somebody was.

use super::{Beside, Row};
use crate::beside::{SignIn, Stamp, Tables};
use crate::import::agent::device_of_agent;
use crate::import::log::Why;
use crate::model::{address, is_empty_word};

const FOR_DEVICES: &str =
    "Clicks of the same person from the same address within twelve hours get the device from it.";

const PERSON: usize = 0;
const TIME: usize = 1;
const IPS: [usize; 3] = [2, 3, 4];
const SYSTEM: usize = 5;
const BROWSER: usize = 6;
const RESULT: usize = 7;
const AGENT: usize = 8;
const CODE: usize = 9;

/// The portal's export, interactive sign-ins and others.
pub const ENTRA: Beside = Beside {
    id: "sign-ins-csv",
    label: "a sign-in log of Entra (CSV)",
    serves: FOR_DEVICES,
    columns: &[
        &["username", "userprincipalname"],
        &["date(utc)", "date", "createddatetime"],
        &["ipaddress"],
        &["ipaddress(seenbyresource)"],
        &["globalsecureaccessipaddress", "globalsecureaccessip", "throughglobalsecureaccessipaddress"],
        &["operatingsystem"],
        &["browser"],
        &["status"],
        &["useragent"],
        &["signinerrorcode"],
    ],
    sent_as: &[],
    fit: |names| {
        names.has("ipaddress")
            && names.has("username")
            && (names.has("operatingsystem") || names.has("useragent"))
            && names.has("status")
            && (names.has("requestid") || names.has("applicationid") || names.has("clientapp"))
    },
    take,
};

/// Graph's `auditLogs/signIns`.
pub const GRAPH: Beside = Beside {
    id: "sign-ins-json",
    label: "a sign-in log of Entra (Graph JSON)",
    serves: FOR_DEVICES,
    columns: &[
        &["userprincipalname"],
        &["createddatetime"],
        &["ipaddress"],
        &["ipaddressfromresourceprovider"],
        &["globalsecureaccessipaddress"],
        &["devicedetail.operatingsystem"],
        &["devicedetail.browser"],
        &["status.errorcode"],
        &["useragent"],
    ],
    sent_as: &[],
    fit: |names| {
        ["userprincipalname", "createddatetime", "ipaddress", "devicedetail"].iter().all(|n| names.has(n))
    },
    take,
};

/// The table `SigninLogs` of Log Analytics.
pub const LOG_ANALYTICS: Beside = Beside {
    id: "sign-ins-log-analytics",
    label: "the table SigninLogs of Log Analytics",
    serves: FOR_DEVICES,
    columns: &[
        &["userprincipalname"],
        &["timegenerated", "createddatetime"],
        &["ipaddress"],
        &["ipaddressfromresourceprovider"],
        &["globalsecureaccessipaddress"],
        &["devicedetail.operatingsystem"],
        &["devicedetail.browser"],
        &["resulttype"],
        &["useragent"],
    ],
    sent_as: &[],
    fit: |names| {
        ["userprincipalname", "timegenerated", "ipaddress", "resulttype"].iter().all(|n| names.has(n))
    },
    take,
};

/// The tables `EntraIdSignInEvents` and `AADSignInEventsBeta` of advanced hunting.
pub const HUNTING: Beside = Beside {
    id: "sign-ins-hunting",
    label: "sign-ins from Advanced hunting",
    serves: FOR_DEVICES,
    columns: &[
        &["accountupn"],
        &["timestamp"],
        &["ipaddress"],
        &[],
        &["globalsecureaccessipaddress"],
        &["osplatform"],
        &["browser"],
        &["errorcode"],
        &["useragent"],
    ],
    sent_as: &["AdvancedHunting-EntraIdSignInEvents", "AdvancedHunting-AADSignInEventsBeta"],
    fit: |names| {
        ["accountupn", "timestamp", "ipaddress", "errorcode"].iter().all(|n| names.has(n))
            && !names.has("url")
            && (names.has("osplatform") || names.has("logontype"))
    },
    take,
};

fn take(row: &mut Row<'_>, tables: &mut Tables) -> Result<(), Why> {
    let person = row.key(PERSON);
    if person.is_empty() {
        return Err(Why::Nobody);
    }
    let Some(at) = row.time(TIME).map(Stamp::from) else { return Err(Why::BadTime) };
    let mut ips: Vec<String> = Vec::new();
    for column in IPS {
        let text = row.text(column);
        let ip = address(&text).into_owned();
        if !ip.is_empty() && !ips.contains(&ip) {
            ips.push(ip);
        }
    }
    let result = row.key(RESULT);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let succeeded = match (result.as_str(), row.cells.get(CODE).map_or(&b""[..], |cell| cell.trim_ascii())) {
        ("0" | "success", _) => true,
        ("failure" | "interrupted" | "", _) => false,
        (code, _) if is_number(code) => false,
        // The portal writes its words in the language of who saves them: the code is a number, or a word for none.
        (_, code) if is_number(&String::from_utf8_lossy(code)) => code == b"0",
        (_, b"") => return Err(Why::BadResult),
        (_, code) => is_empty_word(code),
    };
    let device = match (row.text(SYSTEM), row.text(AGENT)) {
        (system, _) if !system.is_empty() => device_of_system(&system),
        (_, agent) if !agent.is_empty() => device_of_agent(&agent),
        _ => row.text(BROWSER),
    };
    tables.sign_ins.rows.push(SignIn { person, at, ips, device, succeeded, file: row.file });
    Ok(())
}

/// Device type and operating system, from the name of the latter as sign-in logs write it (`Windows10`, `Ios 17.4`).
fn device_of_system(system: &str) -> String {
    let lower = system.to_lowercase();
    let device = match lower.as_str() {
        s if s.starts_with("ios") || s.starts_with("android") || s.starts_with("windowsphone") => "Phone",
        s if s.starts_with("ipados") => "Tablet",
        s if ["windows", "macos", "mac os", "linux", "chrome", "ubuntu"].iter().any(|d| s.starts_with(d)) => {
            "Desktop"
        }
        _ => return system.to_owned(),
    };
    const NAMES: [(&str, &str); 7] = [
        ("windows", "Windows"),
        ("macos", "macOS"),
        ("ios", "iOS"),
        ("ipados", "iPadOS"),
        ("android", "Android"),
        ("linux", "Linux"),
        ("chromeos", "ChromeOS"),
    ];
    // A number is written against the name.
    let split = system.find(|c: char| c.is_ascii_digit()).filter(|at| {
        system[..*at].chars().all(char::is_alphabetic)
    });
    let name = split.map_or_else(|| system.to_owned(), |at| format!("{} {}", &system[..at], &system[at..]));
    let known = NAMES.iter().find_map(|(lower, written)| {
        let rest = name.get(lower.len()..)?;
        name[..lower.len()].eq_ignore_ascii_case(lower).then(|| format!("{written}{rest}"))
    });
    format!("{device}, {}", known.unwrap_or(name))
}
