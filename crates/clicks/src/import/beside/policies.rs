//! What `Get-SafeLinksPolicy` gives, saved by `Export-Csv` or `ConvertTo-Json`.
//!
//! Source: Microsoft's reference of the cmdlet.

use super::Beside;
use crate::beside::Policy;
use crate::import::log::Why;
use crate::model::Untrusted;

/// Policies of Safe Links.
pub const POLICY: Beside = Beside {
    id: "policy",
    label: "policies of Safe Links (Get-SafeLinksPolicy)",
    serves: "It says whether clicks are tracked and whether a warning can be clicked through.",
    columns: &[
        &["name", "identity"],
        &["trackclicks", "trackuserclicks"],
        &["allowclickthrough"],
        &["enablesafelinksforemail", "isenabled"],
        &["enablesafelinksforteams"],
        &["enablesafelinksforoffice"],
        &["donotrewriteurls"],
        &["donotallowclickthrough"],
        &["donottrackuserclicks"],
    ],
    sent_as: &[],
    fit: |names| {
        (names.has("allowclickthrough") || names.has("donotallowclickthrough"))
            && (names.has("name") || names.has("identity"))
            && !names.has("url")
    },
    take: |row, tables| {
        let name = row.text(0);
        if name.is_empty() {
            return Err(Why::Nobody);
        }
        let said = |column: usize| row.truth(column);
        let outside = |c: char| c.is_whitespace() || matches!(c, '"' | '[' | ']' | '{' | '}');
        let list = row.text(6);
        // Export-Csv writes the name of its type where a list was.
        let lost = list.starts_with("System.");
        let list = if lost { String::new() } else { list };
        let list = list.split([',', ';', '|', ' ']).map(|url| url.trim_matches(outside).to_owned());
        tables.policies.rows.push(Policy {
            name: name.into(),
            track_clicks: said(1).or_else(|| said(8).map(|not| !not)),
            allow_click_through: said(2).or_else(|| said(7).map(|not| !not)),
            email: said(3),
            teams: said(4),
            office: said(5),
            list_lost: lost,
            not_rewritten: list.filter(|url| !url.is_empty()).map(Untrusted::from).collect(),
            file: row.file,
        });
        Ok(())
    },
};
