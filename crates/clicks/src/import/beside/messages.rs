//! Messages and the links in them: `EmailEvents`, `EmailPostDeliveryEvents`, `EmailUrlInfo` and their like of Teams,
//! message traces, audit records of mail that carried a threat.
//!
//! Source: Microsoft's references of these tables, of `Get-MessageTrace`, and of the audit schema (record type 28).

use super::{Beside, Row, addresses_in};
use crate::beside::{Delivery, Link, Message, Stamp, TEAMS, Tables, bare_id};
use crate::import::log::Why;

const FOR_SUBJECTS: &str = "Subject and sender of clicks are taken from it.";

/// The table `EmailEvents`.
pub const EVENTS: Beside = Beside {
    id: "email-events",
    label: "the table EmailEvents: messages delivered, not links clicked",
    serves: FOR_SUBJECTS,
    columns: &[
        &["networkmessageid"],
        &["recipientemailaddress"],
        &["subject"],
        &["senderfromaddress", "sendermailfromaddress"],
        &["timestamp", "timegenerated"],
        &["deliveryaction"],
        &["latestdeliverylocation", "deliverylocation"],
    ],
    sent_as: &["AdvancedHunting-EmailEvents"],
    fit: |names| {
        ["networkmessageid", "subject", "recipientemailaddress"].iter().all(|n| names.has(n))
            && !names.has("url")
            && !names.has("isclickedthrough")
    },
    take: message,
};

/// A message trace, of the portal, of PowerShell or of its web service.
pub const TRACE: Beside = Beside {
    id: "message-trace",
    label: "a message trace: messages delivered, not links clicked",
    serves: FOR_SUBJECTS,
    columns: &[
        &["networkmessageid", "messagetraceid"],
        &["recipientaddress", "recipientstatus"],
        &["messagesubject", "subject"],
        &["senderaddress"],
        &["origintimestamp", "origintimestamputc", "received"],
        &["status"],
        &[],
    ],
    sent_as: &[],
    fit: |names| {
        names.has("senderaddress")
            && (names.has("messagesubject") || names.has("subject"))
            && (names.has("networkmessageid") || names.has("messagetraceid"))
            && (names.has("recipientaddress") || names.has("recipientstatus"))
            && !names.has("url")
    },
    take: message,
};

/// Audit records of type 28: mail in which a threat was found.
pub const AUDIT: Beside = Beside {
    id: "audit-mail",
    label: "audit records about messages with threats (TIMailData)",
    serves: FOR_SUBJECTS,
    columns: &[
        &["networkmessageid"],
        &["recipients"],
        &["subject"],
        &["p2sender", "p1sender"],
        &["messagetime"],
        &["deliveryaction"],
        &["latestdeliverylocation"],
    ],
    sent_as: &[],
    fit: |names| {
        ["networkmessageid", "subject", "messagetime"].iter().all(|n| names.has(n))
            && (names.has("p1sender") || names.has("p2sender"))
    },
    take: message,
};

fn message(row: &mut Row<'_>, tables: &mut Tables) -> Result<(), Why> {
    let id = bare_id(&row.text(0));
    if id.is_empty() || id.bytes().all(|b| matches!(b, b'0' | b'-')) {
        return Err(Why::NoMessage);
    }
    let received = row.time(4).map(Stamp::from);
    let delivery: Vec<String> = [row.text(5), row.text(6)].into_iter().filter(|t| !t.is_empty()).collect();
    let made = Message {
        id: id.into(),
        recipient: String::new(),
        subject: row.text(2).into(),
        sender: row.text(3).into(),
        received,
        delivery: delivery.join(", ").into(),
        file: row.file,
    };
    let mut recipients = addresses_in(&row.text(1));
    if recipients.is_empty() {
        // It still names its message.
        recipients.push(row.key(1));
    }
    for recipient in recipients {
        tables.messages.messages.push(Message { recipient, ..made.clone() });
    }
    Ok(())
}

/// The table `EmailPostDeliveryEvents`.
pub const POST_DELIVERY: Beside = Beside {
    id: "post-delivery",
    label: "the table EmailPostDeliveryEvents: what was done to messages after delivery",
    serves: "Clicks in messages that were removed later are counted.",
    columns: &[
        &["networkmessageid"],
        &["recipientemailaddress"],
        &["actiontype"],
        &["action"],
        &["timestamp", "timegenerated"],
        &["actionresult"],
    ],
    sent_as: &["AdvancedHunting-EmailPostDeliveryEvents"],
    fit: |names| {
        names.has("networkmessageid")
            && (names.has("actiontrigger") || names.has("actionresult"))
            && !names.has("url")
    },
    take: |row, tables| {
        let id = bare_id(&row.text(0));
        if id.is_empty() {
            return Err(Why::NoMessage);
        }
        // What was tried and did not succeed removed nothing.
        let result = row.key(5);
        if result.contains("error") || result.contains("fail") {
            return Err(Why::NothingDone);
        }
        // What came back to where people see it was not removed either.
        let (kind, action) = (row.key(2), row.key(3));
        if action.contains("inbox") || action.contains("deliver") || kind.contains("deliver") {
            return Err(Why::NothingRemoved);
        }
        let parts: Vec<String> = [row.text(2), row.text(3)].into_iter().filter(|t| !t.is_empty()).collect();
        let at = row.time(4).map(Stamp::from);
        let later = Delivery { id, recipient: row.key(1), what: parts.join(": "), at, file: row.file };
        tables.messages.later.push(later);
        Ok(())
    },
};

/// The table `EmailUrlInfo`.
pub const LINKS: Beside = Beside {
    id: "email-links",
    label: "the table EmailUrlInfo: links delivered, not links clicked",
    serves: "It says which links came in which message.",
    columns: &[&["networkmessageid"], &["url"], &["urllocation"]],
    sent_as: &["AdvancedHunting-EmailUrlInfo"],
    fit: |names| {
        ["networkmessageid", "url"].iter().all(|n| names.has(n))
            && ["urldomain", "urllocation", "urlchainid"].iter().any(|n| names.has(n))
            // Reports of clicks name the domain of the URL too.
            && !["isclickedthrough", "actiontype", "action", "clicktime", "timeclicked"].iter().any(|n| names.has(n))
    },
    take: link,
};

/// The table `MessageUrlInfo`: links in messages of Teams.
pub const TEAMS_LINKS: Beside = Beside {
    id: "teams-links",
    label: "the table MessageUrlInfo: links in Teams messages, not links clicked",
    serves: "It says which links came in which message.",
    columns: &[&["teamsmessageid"], &["url"], &[]],
    sent_as: &["AdvancedHunting-MessageUrlInfo"],
    fit: |names| names.has("teamsmessageid") && names.has("url"),
    take: |row, tables| {
        link(row, tables)?;
        if let Some(link) = tables.messages.links.last_mut() {
            TEAMS.clone_into(&mut link.place);
        }
        Ok(())
    },
};

/// The table `MessageEvents`: messages of Teams.
pub const TEAMS_MESSAGES: Beside = Beside {
    id: "teams-messages",
    label: "the table MessageEvents: messages of Teams, not links clicked",
    serves: "It says who wrote which message.",
    columns: &[
        &["teamsmessageid"],
        &["recipientdetails"],
        &["subject"],
        &["senderemailaddress"],
        &["timestamp", "timegenerated"],
        &["deliveryaction"],
        &["deliverylocation"],
    ],
    sent_as: &["AdvancedHunting-MessageEvents"],
    fit: |names| names.has("teamsmessageid") && names.has("senderemailaddress"),
    take: message,
};

fn link(row: &mut Row<'_>, tables: &mut Tables) -> Result<(), Why> {
    let (id, url) = (bare_id(&row.text(0)), row.text(1));
    if id.is_empty() || url.is_empty() {
        return Err(if url.is_empty() { Why::NoUrl } else { Why::NoMessage });
    }
    tables.messages.links.push(Link { id, url, place: row.text(2), file: row.file });
    Ok(())
}
