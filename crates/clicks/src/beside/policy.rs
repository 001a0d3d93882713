//! What Safe Links was told to do: whether clicks are tracked, and whether a warning can be clicked through.
//!
//! Owns the policies of `Get-SafeLinksPolicy`. Source: Microsoft's reference of the cmdlet.

use super::rows::Row;
use crate::model::Untrusted;
use serde::{Deserialize, Serialize};

/// One policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Policy {
    /// Its name.
    pub name: Untrusted,
    /// Clicks are recorded; none where the export does not say.
    pub track_clicks: Option<bool>,
    /// Users may go on from a warning.
    pub allow_click_through: Option<bool>,
    /// Links in mail are protected.
    pub email: Option<bool>,
    /// Links in Teams are protected.
    pub teams: Option<bool>,
    /// Links in Office documents are protected.
    pub office: Option<bool>,
    /// URLs that are not rewritten, and so not recorded.
    pub not_rewritten: Vec<Untrusted>,
    /// The file does not hold that list: it was saved by `Export-Csv`.
    pub list_lost: bool,
    /// Index of the file.
    #[serde(skip)]
    pub file: u16,
}

impl Row for Policy {
    fn file(&self) -> u16 {
        self.file
    }
}

/// All policies.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// In the order of the files.
    pub rows: Vec<Policy>,
}
