//! The names of an export's columns: which cell each one holds, and what the names say the file is.
//!
//! Owns the reading of header names, for CSV headers and JSON keys alike. Must not know containers.

use crate::model::{Cell, Column};

/// Names of each cell, normalised, the best first. `TimeGenerated` stands in where Log Analytics has no
/// `Timestamp`; the names ending in 1 are Kusto's for the second of two equal columns.
const NAMES: [(Cell, &[&str]); 12] = [
    (Cell::Time, &["timestamp", "timegenerated", "timestamp1", "timegenerated1"]),
    (Cell::Url, &["url", "url1"]),
    (Cell::RawAction, &["actiontype", "actiontype1"]),
    (
        Cell::User,
        &[
            "accountupn",
            "accountupn1",
            "userprincipalname",
            "upn",
            "user",
            "accountname",
            "recipientemailaddress",
        ],
    ),
    (Cell::Source, &["workload", "workload1"]),
    (Cell::Message, &["networkmessageid", "networkmessageid1"]),
    (Cell::Report, &["reportid", "reportidstring", "reportid1"]),
    (Cell::Threats, &["threattypes", "threattypes1"]),
    (Cell::Ip, &["ipaddress", "ipaddress1"]),
    (Cell::Clicked, &["isclickedthrough", "isclickedthrough1"]),
    (Cell::Subject, &["subject", "emailsubject"]),
    (Cell::Sender, &["senderfromaddress", "sendermailfromaddress", "senderaddress"]),
];

/// The cell that a name stands for, and how good a name it is for it: 0 is best.
pub fn rank_of_name(name: &str) -> Option<(Cell, u8)> {
    let name = normalised(name);
    for (cell, wanted) in NAMES {
        if let Some(rank) = wanted.iter().position(|w| *w == name) {
            return Some((cell, rank as u8));
        }
    }
    None
}

/// Whether a name says that the record is of another table.
pub fn is_foreign(name: &str) -> bool {
    let name = normalised(name);
    FOREIGN.contains(&name.as_str()) || LINK_TABLE.contains(&name.as_str())
}

/// Columns of `EmailUrlInfo`, which has URLs that nobody clicked.
const LINK_TABLE: [&str; 3] = ["urllocation", "urldomain", "urlchainid"];

/// Columns that a result has only when other tables are in it.
const FOREIGN: [&str; 14] = [
    "deviceid",
    "devicename",
    "filename",
    "folderpath",
    "sha1",
    "sha256",
    "registrykey",
    "remoteip",
    "remoteurl",
    "logontype",
    "initiatingprocessfilename",
    "initiatingprocessaccountupn",
    "emaildirection",
    "deliveryaction",
];

/// A header name with everything gone that exports vary in: case, spaces, `_`, `-`, byte order mark,
/// quotes, and the suffixes by which Log Analytics names zones and types.
pub fn normalised(name: &str) -> String {
    let name = name.trim_matches(['\u{feff}', '"', ' ', '\t', '\r']);
    let (name, _zone) = zone_of(name);
    let lower: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '\u{a0}'))
        .flat_map(char::to_lowercase)
        .collect();
    lower.strip_prefix("auditdata.").map(str::to_owned).unwrap_or(lower)
}

/// The zone a header name carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameZone {
    /// ` [UTC]`
    Utc,
    /// ` [Local Time]`, ` Local time`
    Local,
}

fn zone_of(name: &str) -> (&str, Option<NameZone>) {
    let lower = name.to_ascii_lowercase();
    for (suffix, zone) in [
        (" [utc]", NameZone::Utc),
        (" [local time]", NameZone::Local),
        (" local time", NameZone::Local),
        (" (utc)", NameZone::Utc),
        (" utc", NameZone::Utc),
    ] {
        if lower.ends_with(suffix) {
            return (&name[..name.len() - suffix.len()], Some(zone));
        }
    }
    (name, None)
}

/// What the names of a header say.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The names as written.
    pub names: Vec<String>,
    normal: Vec<String>,
    /// For each cell, the place of its column.
    place: [Option<usize>; Cell::COUNT],
    /// Zone that the time column's name carries.
    pub zone: Option<NameZone>,
    /// Some name carries a zone in brackets: a Log Analytics export.
    pub zoned: bool,
    /// Columns of other tables are there: rows may be no clicks.
    pub union: bool,
    /// Column types were stripped from the names (`Url_s`).
    pub custom_table: bool,
}

impl Header {
    /// Reads the names of a header.
    pub fn new(names: Vec<String>) -> Header {
        let mut normal: Vec<String> = names.iter().map(|n| normalised(n)).collect();
        // A custom table types every column: Url_s, NetworkMessageId_g, IsClickedThrough_b.
        let typed = |n: &str| matches!(n.rsplit_once('_'), Some((base, "s" | "g" | "b" | "d" | "t")) if !base.is_empty());
        let custom_table = names.iter().any(|n| n.eq_ignore_ascii_case("Url_s"));
        if custom_table {
            for (name, normal) in names.iter().zip(&mut normal) {
                if typed(zone_of(name.trim_matches('"')).0) {
                    normal.pop();
                }
            }
        }
        let mut header = Header { custom_table, ..Header::default() };
        // Only Log Analytics writes the zone in brackets; the hunting page writes "Timestamp Local time".
        header.zoned =
            names.iter().map(|n| n.trim_matches('"')).any(|n| n.ends_with(']') && zone_of(n).1.is_some());
        for (cell, wanted) in NAMES {
            let place = wanted.iter().find_map(|w| normal.iter().position(|n| n == w));
            header.place[cell as usize] = place;
        }
        header.zone = header.place(Cell::Time).and_then(|i| zone_of(names[i].trim_matches('"')).1);
        header.union = normal.iter().any(|n| FOREIGN.contains(&n.as_str()));
        header.names = names;
        header.normal = normal;
        header
    }

    /// The place of a cell's column.
    pub fn place(&self, cell: Cell) -> Option<usize> {
        self.place[cell as usize]
    }

    /// The cells that have a column, with its place.
    pub fn places(&self) -> Vec<(Cell, usize)> {
        NAMES.iter().filter_map(|(cell, _)| Some((*cell, self.place(*cell)?))).collect()
    }

    /// Whether a normalised name is there.
    pub fn has(&self, name: &str) -> bool {
        self.normal.iter().any(|n| n == name)
    }

    /// The columns that the export has.
    pub fn present(&self) -> Vec<Column> {
        let mut present: Vec<Column> = self.places().iter().filter_map(|(cell, _)| cell.column()).collect();
        present.push(Column::Host);
        // Verdict and action are derived from these.
        if self.place(Cell::RawAction).is_some() || self.place(Cell::Clicked).is_some() {
            present.push(Column::Action);
        }
        if present.contains(&Column::Action) || present.contains(&Column::Threat) {
            present.push(Column::Verdict);
        }
        present
    }

    /// Whether these are the columns of `UrlClickEvents`, whole or a projection: a URL, a time, a user, and
    /// nothing that says it is another table.
    pub fn is_clicks(&self) -> bool {
        let sign = ["actiontype", "isclickedthrough", "urlchain", "workload"].iter().any(|n| self.has(n));
        let need = [Cell::Url, Cell::Time, Cell::User].iter().all(|c| self.place(*c).is_some());
        let links = LINK_TABLE.iter().any(|n| self.has(n));
        let click_words = self.has("isclickedthrough") || (self.has("actiontype") && self.has("workload"));
        let other = self.union || links;
        need && if other { click_words } else { sign || self.has("accountupn") || self.has("threattypes") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Header {
        Header::new(names.split(',').map(str::to_owned).collect())
    }

    #[test]
    fn header_spellings_of_one_column_are_found() {
        for names in [
            "Timestamp,Url,ActionType,AccountUpn",
            "\u{feff}\"Timestamp\",URL,Action Type,account_upn",
            "TimeGenerated [UTC],Url,ActionType,AccountUpn",
            "TimeGenerated_t,Url_s,ActionType_s,AccountUpn_s,IsClickedThrough_b",
            "Timestamp1,Url,Timestamp Local time,AccountUpn,Workload",
        ] {
            let h = header(names);
            assert!(h.is_clicks(), "{names}");
            assert!(h.place(Cell::Url).is_some() && h.place(Cell::User).is_some(), "{names}");
        }
        let local = header("Timestamp Local time,Url");
        assert_eq!((local.zone, local.zoned), (Some(NameZone::Local), false));
        assert!(header("\"TimeGenerated [UTC]\",Url").zoned);
    }

    #[test]
    fn header_of_other_tables_is_no_click_table() {
        for names in [
            "Timestamp,DeviceId,DeviceName,ActionType,RemoteUrl",
            "Timestamp,NetworkMessageId,Url,UrlDomain,UrlLocation,ReportId",
            "Timestamp,NetworkMessageId,SenderFromAddress,RecipientEmailAddress,Subject",
            "Event ID,User,Date,IP address",
        ] {
            assert!(!header(names).is_clicks(), "{names}");
        }
    }
}
