//! What is copied out of a view for other tools: the view as a query, the sign-ins around what happened, what to block.
//!
//! Owns the question; how the texts are written, [`super`] says.

use serde::{Deserialize, Serialize};

use super::malicious::{Malicious, malicious};
use super::{Kql, indicators, of_filter, sign_ins_around, sign_ins_around_in_sentinel};
use crate::worklist::clicks_to_do;
use clicks::Failure;
use clicks::model::text::counted;
use clicks::query::{Ask, Cx};

/// Asks for a text to copy, about the clicks that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskKql {
    /// Canonical text of a filter.
    pub filter: String,
    /// `view`: the same filter as a query; `signIns` and `signInsSentinel`: sign-ins an hour before and after what happened to
    /// the people who need action; `indicators`: hosts and URLs of malicious clicks. Empty for `view`.
    pub what: String,
}

/// Minutes before and after a click.
const AROUND: i64 = 60;

impl Ask for AskKql {
    const NAME: &'static str = "kql";
    type Answer = Kql;

    fn answer(&self, cx: &mut Cx) -> Result<Kql, Failure> {
        let plain = |text: String| Kql { text, left_out: Vec::new() };
        match self.what.as_str() {
            "" | "view" => {
                let (filter, selection) = cx.select(&self.filter)?;
                Ok(of_filter(
                    &filter,
                    selection.window.or(cx.data().span().map(|(first, last)| (first, last + 1))),
                ))
            }
            "signIns" => Ok(plain(sign_ins_around(&clicks_to_do(cx, &self.filter)?, AROUND))),
            "signInsSentinel" => {
                Ok(plain(sign_ins_around_in_sentinel(&clicks_to_do(cx, &self.filter)?, AROUND)))
            }
            "indicators" => {
                let Malicious { hosts, urls, shared } = malicious(cx, &self.filter)?;
                let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
                let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
                let mut found = indicators(&hosts, &urls, false);
                if shared > 0 {
                    found.left_out.push(format!(
                        "{} used by everybody, of a service that shortens or wraps links, or of the tenant: their URLs alone are in it.",
                        counted(shared, "host is", "hosts are")
                    ));
                }
                Ok(found)
            }
            other => Err(Failure::bad_request(format!(
                "There is no text “{other}”; there are view, signIns, signInsSentinel and indicators."
            ))),
        }
    }
}
