//! Results of phishing simulations: Microsoft's attack simulation training, GoPhish, KnowBe4.
//!
//! Source: Microsoft's `attack-simulation-training-insights` and its Graph reference; GoPhish's own export
//! (`campaign_results.js`); KnowBe4's reporting API and its campaign CSV of 2018 and of today.

use std::net::IpAddr;

use super::{Beside, Row};
use crate::beside::{Simulated, Stage, Stamp, Tables, is_guest_name};
use crate::import::agent::device_of_agent;
use crate::import::log::Why;
use crate::model::address;

const OWN_TABLE: &str = "It is kept as a table of its own and never mixed into clicks.";

/// The users of an attack simulation, as the portal exports them.
pub const ATTACK_SIMULATION: Beside = Beside {
    id: "attack-simulation",
    label: "the users of an attack simulation",
    serves: OWN_TABLE,
    columns: &[
        &["usermail"],
        &["successfullydeliveredemailtimestamp", "justsimulationmessagedeliveredtimestamp"],
        &["failedtodeliveremailtimestamp", "justsimulationmessagefailedtimestamp"],
        &["messagereadtimestamp"],
        &["emaillinkclickedtimestamp"],
        &["attachmentlinkclickedtimestamp"],
        &["attachmentopenedtimestamp"],
        &["credsuppliedtimestamp(compromised)", "credsuppliedtimestamp"],
        &["phishingreportedon", "reportedon"],
        &["compromised"],
        &["emaillinkclickedip"],
        &["emaillinkclickeddevice"],
        &["emaillinkclickedbrowser"],
        &["emaillinkclickedclicksource"],
        &["username"],
    ],
    sent_as: &[],
    fit: |names| names.has("usermail") && names.has("emaillinkclickedtimestamp"),
    take: |row, tables| {
        let mut one = Person::of(row, 0)?;
        one.is_guest = is_guest_name(&row.text(14));
        let device = [row.text(11), row.text(12)].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
        let click = Click { ip: row.text(10), device, how: row.text(13) };
        one.at(row, tables, &[(1, Stage::Delivered), (2, Stage::Failed), (3, Stage::Opened)], &Click::NONE);
        one.at(row, tables, &[(4, Stage::Clicked), (5, Stage::Clicked), (6, Stage::Clicked)], &click);
        one.at(row, tables, &[(7, Stage::Submitted), (8, Stage::Reported)], &Click::NONE);
        if row.truth(9) == Some(true) && row.text(7).is_empty() {
            one.event(tables, Stage::Submitted, None, &Click::NONE);
        }
        Ok(())
    },
};

/// The same by Graph: `simulationUsers`.
pub const GRAPH_USERS: Beside = Beside {
    id: "attack-simulation-graph",
    label: "the users of an attack simulation (Graph)",
    serves: OWN_TABLE,
    columns: &[
        &["simulationuser.email"],
        &["simulationevents"],
        &["reportedphishdatetime"],
        &["iscompromised"],
        &["compromiseddatetime"],
    ],
    sent_as: &[],
    fit: |names| names.has("simulationuser"),
    take: |row, tables| {
        let one = Person::of(row, 0)?;
        let events: Vec<serde_json::Value> =
            serde_json::from_slice(row.cells.get(1).copied().unwrap_or_default()).unwrap_or_default();
        for event in &events {
            let text = |name: &str| event.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
            let Some(stage) = stage_of_word(&text("eventName")) else { continue };
            let at = row.clock.read(text("eventDateTime").as_bytes()).map(Stamp::from);
            let device = [text("osPlatformDeviceDetails"), text("browser")];
            let device = device.into_iter().find(|t| !t.is_empty()).unwrap_or_default();
            let click = Click { ip: text("ipAddress"), device, how: text("clickSource") };
            one.event(tables, stage, at, &click);
        }
        one.at(row, tables, &[(2, Stage::Reported), (4, Stage::Submitted)], &Click::NONE);
        if row.truth(3) == Some(true) && row.text(4).is_empty() {
            one.event(tables, Stage::Submitted, None, &Click::NONE);
        }
        if events.is_empty() {
            one.event(tables, Stage::Delivered, None, &Click::NONE);
        }
        Ok(())
    },
};

/// The events of a GoPhish campaign, as CSV or as `timeline` of its API.
pub const GOPHISH_EVENTS: Beside = Beside {
    id: "gophish-events",
    label: "the events of a GoPhish campaign",
    serves: OWN_TABLE,
    columns: &[&["email"], &["time"], &["message"], &["details"], &["campaignid"]],
    sent_as: &[],
    fit: |names| ["email", "time", "message", "details"].iter().all(|n| names.has(n)),
    take: |row, tables| {
        let Some(stage) = stage_of_word(&row.text(2)) else { return Err(Why::NothingDone) };
        let one = Person::of_event(row, 0, 4)?;
        let details: serde_json::Value =
            serde_json::from_slice(row.cells.get(3).copied().unwrap_or_default()).unwrap_or_default();
        let browser = |name: &str| {
            details.get("browser").and_then(|b| b.get(name)).and_then(|v| v.as_str()).unwrap_or_default()
        };
        let click = Click {
            ip: browser("address").to_owned(),
            device: device_of_agent(browser("user-agent")),
            how: String::new(),
        };
        let Some(at) = row.time(1) else { return Err(Why::BadTime) };
        one.event(tables, stage, Some(at.into()), &click);
        Ok(())
    },
};

/// The results of a GoPhish campaign: the furthest stage of each person.
pub const GOPHISH_RESULTS: Beside = Beside {
    id: "gophish-results",
    label: "the results of a GoPhish campaign",
    serves: OWN_TABLE,
    columns: &[&["email"], &["status"], &["senddate"], &["modifieddate"], &["reported"], &["ip"]],
    sent_as: &[],
    fit: |names| {
        let known = ["id", "email", "firstname", "lastname", "position", "status"];
        known.iter().all(|n| names.has(n)) && !names.has("url")
    },
    take: |row, tables| {
        let one = Person::of(row, 0)?;
        let stage = stage_of_word(&row.text(1));
        let click = Click { ip: row.text(5), ..Click::default() };
        match stage {
            Some(stage @ (Stage::Delivered | Stage::Failed)) => {
                let at = row.time(2).map(Stamp::from);
                one.event(tables, stage, at, &Click::NONE);
            }
            Some(stage) => {
                let (sent, at) = (row.time(2).map(Stamp::from), row.time(3).map(Stamp::from));
                one.event(tables, Stage::Delivered, sent, &Click::NONE);
                one.event(tables, stage, at, &click);
            }
            // On its way, or a word that nobody documents.
            None => one.event(tables, Stage::Targeted, None, &Click::NONE),
        }
        if row.truth(4) == Some(true) {
            one.event(tables, Stage::Reported, None, &Click::NONE);
        }
        Ok(())
    },
};

/// The columns of KnowBe4 that say when something happened, in CSV.
const KNOWBE4_STAGES: [(usize, Stage); 9] = [
    (1, Stage::Delivered),
    (2, Stage::Failed),
    (3, Stage::Opened),
    (4, Stage::Clicked),
    (5, Stage::Clicked),
    (6, Stage::Clicked),
    (7, Stage::Submitted),
    (8, Stage::Reported),
    (9, Stage::Submitted),
];

/// A campaign of KnowBe4 as CSV, in its shape of 2018 and of today.
pub const KNOWBE4: Beside = Beside {
    id: "knowbe4",
    label: "the results of a KnowBe4 campaign",
    serves: OWN_TABLE,
    columns: &[
        &["email"],
        &["deliveredat"],
        &["bouncedat"],
        &["openedat"],
        &["clickedat"],
        &["attachmentopenedat"],
        &["qrcodescannedat", "qrcodescanned"],
        &["dataenteredat"],
        &["reported", "reportedat"],
        &["macroenabledat"],
        &["ipaddress"],
        &["operatingsystem"],
        &["emailtemplate"],
        &["failureignoredat"],
    ],
    sent_as: &[],
    fit: |names| ["email", "clickedat", "deliveredat"].iter().all(|n| names.has(n)),
    take: knowbe4,
};

/// The recipients of a security test, by the API of KnowBe4.
pub const KNOWBE4_API: Beside = Beside {
    id: "knowbe4-api",
    label: "the recipients of a KnowBe4 simulation",
    serves: OWN_TABLE,
    columns: &[
        &["user.email"],
        &["deliveredat"],
        &["bouncedat"],
        &["openedat"],
        &["clickedat"],
        &["attachmentopenedat"],
        &["qrcodescanned"],
        &["dataenteredat"],
        &["reportedat"],
        &["macroenabledat"],
        &["ip"],
        &["os"],
        &["template.name"],
        &["failureignoredat"],
    ],
    sent_as: &[],
    fit: |names| ["recipientid", "pstid", "user"].iter().all(|n| names.has(n)),
    take: knowbe4,
};

fn knowbe4(row: &mut Row<'_>, tables: &mut Tables) -> Result<(), Why> {
    let mut one = Person::of(row, 0)?;
    if one.campaign.is_empty() {
        one.campaign = row.text(12);
    }
    let click = Click { ip: row.text(10), device: row.text(11), how: String::new() };
    // Somebody looked at the failure and found that nobody made it.
    let ignored = !row.text(13).is_empty();
    for (column, stage) in KNOWBE4_STAGES {
        if ignored && matches!(stage, Stage::Clicked | Stage::Submitted) {
            continue;
        }
        let how = if column == 6 { "QRCode" } else { "" };
        let click = match stage {
            Stage::Clicked => Click { how: how.to_owned(), ..click.clone() },
            _ => Click::NONE,
        };
        one.at(row, tables, &[(column, stage)], &click);
    }
    Ok(())
}

/// Audit records of type 85: what happened in an attack simulation, one at a time.
pub const AUDIT_SIMULATION: Beside = Beside {
    id: "audit-simulation",
    label: "audit records of attack simulations",
    serves: OWN_TABLE,
    columns: &[
        &["attacksimuserid", "userid"],
        &["attacksimevent", "attacksimeventtype"],
        &["attacksimeventdatetime", "eventdatetime", "creationtime"],
        &["clientip", "userip"],
        &["simulationname", "campaignid"],
        &["attacksimdevicedetails"],
    ],
    sent_as: &[],
    fit: |names| names.has("attacksimevent") || names.has("attacksimeventtype"),
    take: |row, tables| {
        // Source: Microsoft's schema of the audit log, AttackSimEventType.
        let stage = match row.key(1).as_str() {
            "1" | "messagedelivered" => Stage::Delivered,
            "2" | "messagefailed" => Stage::Failed,
            "12" | "messageread" => Stage::Opened,
            "8" | "linkclicked" | "10" | "attachmentopened" => Stage::Clicked,
            "6" | "credentialentered" | "7" | "permissiongranted" => Stage::Submitted,
            "15" | "reported" | "messagereported" => Stage::Reported,
            _ => return Err(Why::NothingDone),
        };
        let one = Person::of_event(row, 0, 4)?;
        let click = Click { ip: row.text(3), device: row.text(5), how: String::new() };
        let at = row.time(2).map(Stamp::from);
        one.event(tables, stage, at, &click);
        Ok(())
    },
};

/// Who a row is about.
struct Person {
    campaign: String,
    person: String,
    is_guest: bool,
    file: u16,
    list: Option<&'static str>,
}

/// How something was clicked.
#[derive(Clone, Default)]
struct Click {
    ip: String,
    device: String,
    how: String,
}

impl Click {
    const NONE: Click = Click { ip: String::new(), device: String::new(), how: String::new() };
}

impl Person {
    fn of(row: &Row<'_>, column: usize) -> Result<Person, Why> {
        let person = row.key(column);
        if person.is_empty() {
            return Err(Why::Nobody);
        }
        let is_guest = is_guest_name(&person);
        Ok(Person { campaign: row.about.to_owned(), person, is_guest, file: row.file, list: Some(row.kind) })
    }

    /// The same where each thing that happened is a record, which may name its campaign in a column.
    fn of_event(row: &Row<'_>, column: usize, campaign: usize) -> Result<Person, Why> {
        let one = Person::of(row, column)?;
        let campaign = if one.campaign.is_empty() { row.text(campaign) } else { one.campaign };
        Ok(Person { campaign, list: None, ..one })
    }

    fn event(&self, tables: &mut Tables, stage: Stage, at: Option<Stamp>, click: &Click) {
        tables.simulations.events.push(Simulated {
            campaign: self.campaign.clone(),
            person: self.person.clone(),
            is_guest: self.is_guest,
            stage,
            at,
            // A masked address is none.
            ip: Some(address(&click.ip).into_owned()).filter(|ip| ip.parse::<IpAddr>().is_ok()).unwrap_or_default(),
            device: click.device.clone(),
            how: click.how.clone(),
            file: self.file,
            list: self.list,
        });
    }

    /// The stages whose columns hold a time, or a word that says that they were reached.
    fn at(&self, row: &mut Row<'_>, tables: &mut Tables, stages: &[(usize, Stage)], click: &Click) {
        for (column, stage) in stages {
            let at = row.time(*column).map(Stamp::from);
            if at.is_some() || row.truth(*column) == Some(true) {
                self.event(tables, *stage, at, click);
            }
        }
    }
}

/// The stage that a word of GoPhish or of Graph names. What only says that mail is on its way names none.
fn stage_of_word(word: &str) -> Option<Stage> {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match letters.as_str() {
        "emailsent" | "messagedelivered" | "successfullydeliveredemail" | "delivered" => {
            Stage::Delivered
        }
        "errorsendingemail" | "error" | "messagefailed" | "failedtodeliveremail" => Stage::Failed,
        "emailopened" | "messageread" => Stage::Opened,
        "clickedlink" | "linkclicked" | "emaillinkclicked" | "attachmentopened" | "attachmentlinkclicked" => {
            Stage::Clicked
        }
        "submitteddata" | "credsupplied" | "credentialentered" | "proxiedrequest" | "permissiongranted" => {
            Stage::Submitted
        }
        "emailreported" | "reportedphish" | "messagereported" | "reported" => Stage::Reported,
        _ => return None,
    })
}
