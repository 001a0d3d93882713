//! Samples of the field, where they are there: what their README says must be concluded of them.

#[expect(dead_code, reason = "other tests open one file")]
#[path = "../../clicks/tests/common/mod.rs"]
mod common;

use std::path::Path;

use clicks::session::Session;
use common::{answer, session_in};
use insights::{AskSimulations, AskWorklist, SimulationsAnswer, Worklist};

/// The files of the folder that `CORPUS` names, opened together; none where it is not set.
fn session(paths: &[&str]) -> Option<Session> {
    let Some(folder) = std::env::var_os("CORPUS") else {
        println!("skipped: CORPUS is not set");
        return None;
    };
    let read = |path: &&str| std::fs::read(Path::new(&folder).join(path)).expect("a sample");
    let bytes: Vec<Vec<u8>> = paths.iter().map(read).collect();
    let files: Vec<(&str, &[u8])> = paths.iter().copied().zip(bytes.iter().map(Vec::as_slice)).collect();
    session_in(Box::new(|_, _, _| None), &files)
}

#[test]
fn one_url_bypassed_let_through_and_found_out_later_gives_three_people_to_look_after() {
    let Some(mut session) = session(&["field/08-one-attempt-four-rows-newest-first-and-retro.csv"]) else {
        return;
    };
    let list: Worklist = answer(&mut session, &AskWorklist::default(), &[]);
    let told: Vec<String> = list
        .entries
        .iter()
        .map(|one| {
            format!(
                "{}: {}",
                one.user.original(),
                one.happened.iter().map(|h| h.said.join("; ")).collect::<Vec<_>>().join(" | ")
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "bo@contoso.com: past the warning of a malicious page after 15 s",
            "cy@contoso.com: let through, malicious",
            "dee@contoso.com: let through 10 min before it was found to be bad",
        ]
    );
}

#[test]
fn sign_ins_of_four_safe_clicks_are_no_reason_to_act() {
    let Some(mut session) = session(&[
        "field/22b-clicks-for-the-signins.csv",
        "field/22a-entra-interactive-signins-duplicate-header-gsa.csv",
    ]) else {
        return;
    };
    let list: Worklist = answer(&mut session, &AskWorklist::default(), &[]);
    assert_eq!((list.total, list.entries.len()), (0, 0));
}

#[test]
fn simulation_counts_people_in_scope_without_the_machine() {
    let Some(mut session) = session(&[
        "constructed/A1_portal_urlclickevents.csv",
        "field/24-attack-simulation-guests-reported-before-click-3s-click.csv",
    ]) else {
        return;
    };
    let found: SimulationsAnswer = answer(&mut session, &AskSimulations::default(), &[]);
    // The vendor is a guest, nothing came to the shared mailbox, and Cy's click came three seconds after delivery.
    assert_eq!((found.tested, found.not_received, found.out_of_scope), (4, 1, 1));
    let [one] = found.campaigns.as_slice() else { panic!("{:?}", found.campaigns) };
    assert_eq!((one.delivered, one.clicked.count, one.false_clicks), (4, 2, 1));
    assert_eq!(
        (one.submitted.map(|rate| rate.count), one.reported.map(|rate| rate.count)),
        (Some(1), Some(2))
    );
    assert_eq!(one.by_code, 1);
}
