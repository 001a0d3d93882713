//! Exports as they were recorded in the wild. They lie outside the project, in the folder that `CORPUS`
//! names; without it these tests say that they were skipped.

use std::path::PathBuf;

use clicks::Failure;
use clicks::import::{Loaded, Loader};
use clicks::model::{Action, Verdict};

fn corpus(path: &str) -> Option<Vec<u8>> {
    let Some(root) = std::env::var_os("CORPUS") else {
        println!("skipped: CORPUS is not set");
        return None;
    };
    let path = PathBuf::from(root).join(path);
    Some(std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

fn load(name: &str, bytes: &[u8]) -> Result<Loaded, Failure> {
    let mut loader = Loader::default();
    loader.start_file(name, bytes.len() as u64);
    bytes.chunks(100_000).for_each(|piece| loader.push(piece));
    loader.end_file()?;
    Ok(loader.finish())
}

#[test]
fn portal_union_of_129_rows_holds_6_clicks() {
    let Some(bytes) = corpus("hunting/portal-union-129-rows.csv") else { return };
    let loaded = load("unknown", &bytes).expect("a click export");
    let file = &loaded.files[0];
    assert_eq!((file.records, file.rows, file.skipped, file.refused), (129, 6, 123, 0), "{file:?}");
    assert_eq!(file.kind, "hunting-csv");
    assert_eq!(file.zone_certainty, "utc");
    let count = |action| (0..6).filter(|row| loaded.data.kind_of(*row).action == action).count();
    assert_eq!((count(Action::Allowed), count(Action::Blocked), count(Action::None)), (2, 2, 2));
    let threats: Vec<&str> = loaded.data.threats.iter().collect();
    assert!(threats.contains(&"Phish") && threats.contains(&"Spam"), "{threats:?}");
}

#[test]
fn log_analytics_dump_holds_5_allowed_clicks_and_no_tenant() {
    let Some(bytes) = corpus("log-analytics/sdk-dump.csv") else { return };
    let loaded = load("unknown", &bytes).expect("a click export");
    assert_eq!(loaded.files[0].kind, "log-analytics-csv");
    assert_eq!(loaded.data.len(), 5);
    assert!((0..5).all(|row| loaded.data.kind_of(row).action == Action::Allowed));
    assert!(loaded.data.tenants.is_empty(), "TenantId is the workspace there");
}

#[test]
fn constructed_exports_give_what_their_format_says() {
    let cases: [(&str, &str, usize); 8] = [
        ("constructed/F_opspilot_style.csv", "flat-csv", 1),
        ("constructed/A1_portal_urlclickevents.csv", "hunting-csv", 0),
        ("constructed/A2_graph_runHuntingQuery.json", "graph-json", 1),
        ("constructed/A4_loganalytics_portal.csv", "log-analytics-csv", 1),
        ("constructed/A5_loganalytics_api.json", "log-analytics-json", 1),
        ("constructed/A6_blob_PT1H.json", "streaming-jsonl", 0),
        ("constructed/A6_eventhub_records.json", "event-hub-json", 0),
        ("log-analytics/sdk-dump.csv", "log-analytics-csv", 5),
    ];
    for (path, kind, rows) in cases {
        let Some(bytes) = corpus(path) else { return };
        let loaded = load(path, &bytes).unwrap_or_else(|e| panic!("{path}: {e:?}"));
        assert_eq!(loaded.files[0].kind, kind, "{path}");
        assert_eq!(loaded.files[0].refused, 0, "{path}");
        if rows > 0 {
            assert_eq!(loaded.data.len(), rows, "{path}");
        }
        println!("{path}: {:?}", loaded.files[0]);
    }
}

#[test]
fn override_rows_of_one_report_are_one_attempt() {
    let Some(bytes) = corpus("constructed/A1_portal_urlclickevents.csv") else { return };
    let loaded = load("a.csv", &bytes).expect("a click export");
    let d = &loaded.data;
    assert_eq!(d.shared_attempts, 1);
    let actions: Vec<Action> = (0..2).map(|row| d.kind_of(row).action).collect();
    assert_eq!(actions, [Action::Blocked, Action::UserOverride]);
    assert_eq!(d.kind_of(1).verdict, Verdict::Malicious);
    assert_eq!((d.attempt(0), d.attempt(1)), (0, 0));
}

#[test]
fn other_exports_are_named_and_refused() {
    for (path, word) in [
        ("not-clicks/cloud-apps-activity-log.csv", "Cloud Apps"),
        ("not-clicks/log-analytics-utc.csv", "devices"),
        ("not-clicks/log-analytics-local-time.csv", "devices"),
        ("not-clicks/purview-219-rows.csv", "audit"),
        ("not-clicks/hunting-api-device-rows.json", "devices"),
        ("constructed/B_safelinksaggregatereport_REFUSE.csv", "Aggregate"),
        ("constructed/E_emailevents_join.csv", "EmailEvents"),
        ("constructed/G2_gophish_events.csv", "GoPhish"),
        ("simulation/knowbe4-recipient.json", "KnowBe4"),
        ("detail-report/detail-report.json", "Get-SafeLinksDetailReport"),
        ("proofpoint/blocked-clicks.json", "Proofpoint"),
        ("proofpoint/permitted-clicks.json", "Proofpoint"),
        ("constructed/B_safelinksdetailreport_ps51_enUS.csv", "Get-SafeLinksDetailReport"),
        ("constructed/B_safelinksdetailreport_ps7_deDE_semicolon.csv", "Get-SafeLinksDetailReport"),
        ("constructed/C1_url_protection_report.csv", "URL protection report"),
        ("constructed/C2_explorer_url_clicks.csv", "Threat Explorer"),
        ("constructed/D_purview_recordtype41.csv", "audit"),
    ] {
        let Some(bytes) = corpus(path) else { return };
        let failure = load(path, &bytes).err().unwrap_or_else(|| panic!("{path} was taken for clicks"));
        assert_eq!(failure.kind.name(), "not-clicks", "{path}: {failure:?}");
        assert!(failure.message.original().contains(word), "{path}: {failure:?}");
        assert!(failure.instead.is_some(), "{path}");
    }
}
