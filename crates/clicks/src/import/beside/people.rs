//! People: an export of Entra users, of Active Directory or of mailboxes, or any table of addresses and departments.
//!
//! Source: the columns of Entra's `Download users`, of `Get-ADUser`, `Get-User` and `Get-Mailbox`, of the table IdentityInfo.

use super::{Beside, Row, addresses_in};
use crate::beside::{GroupBy, Person, Tables};
use crate::import::log::Why;
use crate::model::is_concealed;

/// What each column is, behind the three that name a person.
const VALUES: [(usize, GroupBy); 7] = [
    (3, GroupBy::Group),
    (4, GroupBy::Department),
    (5, GroupBy::Company),
    (6, GroupBy::Office),
    (7, GroupBy::JobTitle),
    (8, GroupBy::Manager),
    (9, GroupBy::AccountType),
];

const TAGS: usize = 10;

/// Nobody has more addresses.
const MOST_NAMES: usize = 50;

/// Who somebody is.
const WHO: [&str; 10] = [
    "userprincipalname", "upn", "accountupn", "mail", "email", "emailaddress", "mailaddress", "primarysmtpaddress",
    "user", "username",
];

/// What nothing has but a person.
const WHAT: [&str; 9] = [
    "department", "companyname", "physicaldeliveryofficename", "officelocation", "jobtitle", "manager", "managername",
    "recipienttypedetails", "company",
];

/// What other things have as well.
const WHAT_ELSE: [&str; 8] = ["group", "groups", "groupname", "team", "office", "title", "usertype", "tags"];

/// What says what happened.
const HAPPENED: [&str; 7] = ["url", "originalurl", "link", "ipaddress", "clickedat", "subject", "raw"];

/// When something was so.
const TIMES: [&str; 5] = ["timegenerated", "when", "time", "date", "timestamp"];

/// Any table of people.
pub const PEOPLE: Beside = Beside {
    id: "people",
    label: "a directory of people",
    serves: "Clicks can be filtered and grouped by the groups in it.",
    columns: &[
        &["userprincipalname", "upn", "accountupn"],
        &["mail", "email", "emailaddress", "mailaddress", "primarysmtpaddress", "windowsemailaddress", "user", "username"],
        &["proxyaddresses", "emailaddresses", "othermails"],
        &["group", "groups", "groupname", "team"],
        &["department"],
        &["company", "companyname"],
        &["office", "physicaldeliveryofficename", "officelocation", "location"],
        &["title", "jobtitle"],
        &["manager.userprincipalname", "manager", "managername"],
        &["recipienttypedetails", "accounttype", "usertype"],
        &["tags", "priorityaccount", "prioritaccount"],
    ],
    sent_as: &[],
    fit: |names| {
        let any = |list: &[&str]| list.iter().any(|name| names.has(name));
        // Anything with these says what happened, not who somebody is. With a time only IdentityInfo is about people:
        // alerts, files and visits to pages have users, titles and departments too.
        let is_identity = names.has("accountupn") && any(&WHAT);
        any(&WHO) && !any(&HAPPENED) && (any(&WHAT) || any(&WHAT_ELSE)) && (is_identity || !any(&TIMES))
    },
    take,
};

fn take(row: &mut Row<'_>, tables: &mut Tables) -> Result<(), Why> {
    let mut names: Vec<String> = Vec::new();
    for column in 0..3 {
        for name in addresses_in(&row.text(column)) {
            let home = name.split_once("#ext#@").and_then(|(home, _)| home.rsplit_once('_'));
            // A guest has the address of home in the name: its last underscore was the @.
            let home = home.map(|(user, host)| format!("{user}@{host}"));
            for name in [Some(name), home].into_iter().flatten() {
                if names.len() < MOST_NAMES && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    if names.is_empty() {
        let concealed = (0..2).any(|column| is_concealed(&row.text(column)));
        return Err(if concealed { Why::Concealed } else { Why::Nobody });
    }
    let mut values: Vec<(GroupBy, String)> = Vec::new();
    for (column, by) in VALUES {
        let value = row.text(column);
        let value = if by == GroupBy::Manager { common_name(&value) } else { value };
        if !value.is_empty() {
            values.retain(|(known, _)| *known != by);
            values.push((by, value));
        }
    }
    let tags = row.key(TAGS);
    let is_priority = |tag: &str| matches!(tag.trim_matches(['"', '[', ']', ' ']), "priority account" | "priority");
    let priority = tags.split([';', ',', '|']).any(is_priority) || row.truth(TAGS) == Some(true);
    let (names, values) = (names.into_boxed_slice(), values.into_boxed_slice());
    tables.people.people.push(Person { names, values, priority, file: row.file });
    Ok(())
}

/// `Ana Silva` of `CN=Ana Silva,OU=People,DC=contoso,DC=com`; any other text as it is.
fn common_name(text: &str) -> String {
    let name = text.strip_prefix("CN=").or_else(|| text.strip_prefix("cn="));
    let Some(name) = name else { return text.to_owned() };
    let mut out = String::new();
    let mut chars = name.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            ',' => break,
            c => out.push(c),
        }
    }
    out
}
