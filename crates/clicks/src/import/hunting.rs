//! The table `UrlClickEvents` of advanced hunting, in any container: what its words mean.
//!
//! Source: Microsoft's reference of the table, `advanced-hunting-urlclickevents-table`, and recorded exports.

use crate::model::{Action, Verdict, Words};

/// The documented values of `ActionType`; they also tell clicks from rows of other tables.
const CLICK_ACTIONS: [&str; 5] =
    ["ClickAllowed", "ClickBlocked", "ClickBlockedByTenantPolicy", "UrlErrorPage", "UrlScanInProgress"];

/// Whether a word is an `ActionType` of this table.
pub fn is_click_action(word: &[u8]) -> bool {
    CLICK_ACTIONS.iter().any(|a| a.as_bytes().eq_ignore_ascii_case(word))
}

/// Verdict and action of a row.
///
/// `IsClickedThrough` is only ever true for "Continue anyway" on a warning page: it makes any row an
/// override. Where it is false the action type alone decides; a plain `ClickAllowed` reached the site.
/// An export without `ActionType` says nothing about what happened: unknown, never allowed.
pub fn judge(words: Words<'_>) -> (Verdict, Action) {
    let action = words.raw_action.trim();
    let is = |name: &str| action.eq_ignore_ascii_case(name);
    let threat = !words.threats.is_empty();
    let overridden = words.clicked_through == Some(true);
    let (verdict, plain) = if is("ClickAllowed") {
        (if threat { Verdict::Malicious } else { Verdict::Safe }, Action::Allowed)
    } else if is("ClickBlocked") {
        (if threat { Verdict::Malicious } else { Verdict::Blocked }, Action::Blocked)
    } else if is("ClickBlockedByTenantPolicy") {
        (Verdict::Blocked, Action::Blocked)
    } else if is("UrlErrorPage") {
        (Verdict::Unknown, Action::None)
    } else if is("UrlScanInProgress") {
        (Verdict::Pending, Action::None)
    } else {
        (if threat { Verdict::Malicious } else { Verdict::Unknown }, Action::Unknown)
    };
    if !overridden {
        return (verdict, plain);
    }
    let verdict = match verdict {
        _ if is("UrlScanInProgress") => Verdict::Pending,
        _ if threat => Verdict::Malicious,
        _ => Verdict::Blocked,
    };
    (verdict, Action::UserOverride)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judge_every_documented_action_with_and_without_threat_and_override() {
        use Verdict::{Blocked, Malicious, Pending, Safe, Unknown};
        let cases = [
            ("ClickAllowed", "", false, Safe, Action::Allowed),
            ("ClickAllowed", "Phish", false, Malicious, Action::Allowed),
            ("clickallowed", "Phish", true, Malicious, Action::UserOverride),
            ("ClickBlocked", "Phish", false, Malicious, Action::Blocked),
            ("ClickBlocked", "", false, Blocked, Action::Blocked),
            ("ClickBlocked", "Phish", true, Malicious, Action::UserOverride),
            ("ClickBlocked", "", true, Blocked, Action::UserOverride),
            ("ClickBlockedByTenantPolicy", "", false, Blocked, Action::Blocked),
            ("ClickBlockedByTenantPolicy", "", true, Blocked, Action::UserOverride),
            ("UrlErrorPage", "", false, Unknown, Action::None),
            ("UrlScanInProgress", "", false, Pending, Action::None),
            ("UrlScanInProgress", "", true, Pending, Action::UserOverride),
            ("DpapiAccessed", "", false, Unknown, Action::Unknown),
            ("", "Phish", false, Malicious, Action::Unknown),
            ("", "", true, Blocked, Action::UserOverride),
        ];
        for (raw_action, threats, through, verdict, action) in cases {
            let words = Words { raw_action, threats, clicked_through: Some(through) };
            assert_eq!(judge(words), (verdict, action), "{raw_action} {threats} {through}");
        }
    }
}
