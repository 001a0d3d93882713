//! What is copied out of a view for other tools: the view as a query, the sign-ins around what happened, what to block.
//!
//! Owns the question; how the texts are written, [`super::kql`] says.

use serde::{Deserialize, Serialize};

use super::kql::{Kql, indicators, of_filter, sign_ins_around, sign_ins_around_in_sentinel};
use super::signed::malicious;
use super::worklist::AskWorklist;
use clicks::Failure;
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
        let people = |cx: &mut Cx| -> Result<Vec<(String, i64)>, Failure> {
            let list = AskWorklist { filter: self.filter.clone(), limit: None }.answer(cx)?;
            let clicks = list.entries.into_iter().flat_map(|one| {
                let user = one.user.into_original();
                one.happened.into_iter().map(move |click| (user.clone(), click.time_ms))
            });
            Ok(clicks.filter(|(user, _)| !user.is_empty()).collect())
        };
        let plain = |text: String| Kql { text, left_out: Vec::new() };
        match self.what.as_str() {
            "" | "view" => {
                let (filter, selection) = cx.select(&self.filter)?;
                Ok(of_filter(
                    &filter,
                    selection.window.or(cx.data().span().map(|(first, last)| (first, last + 1))),
                ))
            }
            "signIns" => Ok(plain(sign_ins_around(&people(cx)?, AROUND))),
            "signInsSentinel" => Ok(plain(sign_ins_around_in_sentinel(&people(cx)?, AROUND))),
            "indicators" => {
                let (hosts, urls) = malicious(cx, &self.filter)?;
                let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
                let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
                Ok(indicators(&hosts, &urls, false))
            }
            other => Err(Failure::bad_request(format!(
                "There is no text “{other}”; there are view, signIns, signInsSentinel and indicators."
            ))),
        }
    }
}
