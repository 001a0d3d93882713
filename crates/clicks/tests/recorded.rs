//! Exports as they were recorded in the wild, and those that were written after public bug reports: each line of the
//! README beside them is asserted. They lie outside the project, in the folder that `CORPUS` names; without it these
//! tests say that they were skipped.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clicks::Failure;
use clicks::import::{FileReport, Loaded, Loader};
use clicks::lens::{Config, Labels};
use clicks::model::{Action, Dataset, Field, Verdict, iso_of_ms};
use clicks::query::values;

fn corpus(path: &str) -> Option<Vec<u8>> {
    let Some(root) = std::env::var_os("CORPUS") else {
        println!("skipped: CORPUS is not set");
        return None;
    };
    let path = PathBuf::from(root).join(path);
    Some(std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

fn load_all(files: &[(&str, &[u8])]) -> Result<Loaded, Failure> {
    let mut loader = Loader::default();
    for (name, bytes) in files {
        loader.start_file(name, bytes.len() as u64);
        bytes.chunks(100_000).for_each(|piece| loader.push(piece));
        loader.end_file()?;
    }
    Ok(loader.finish())
}

/// One file by no telling name; it must be read.
fn load(path: &str) -> Option<Loaded> {
    let bytes = corpus(path)?;
    Some(load_all(&[("unknown", &bytes)]).unwrap_or_else(|failure| panic!("{path}: {failure:?}")))
}

/// Columns of all clicks in the order of time, a click a line.
fn cells(d: &Dataset, fields: &[Field]) -> Vec<String> {
    let line = |row| fields.iter().map(|f| values::text(d, row, *f)).collect::<Vec<_>>().join(" ");
    (0..d.len()).map(line).collect()
}

/// Verdict and action of each click, in the order of time.
fn meanings(d: &Dataset) -> Vec<String> {
    cells(d, &[Field::Verdict, Field::Action]).into_iter().map(|line| line.replace(' ', "/")).collect()
}

/// How many clicks have each value.
fn counts(d: &Dataset, field: Field) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in 0..d.len() {
        *counts.entry(values::text(d, row, field)).or_insert(0) += 1;
    }
    counts
}

fn has_note(file: &FileReport, code: &str) -> bool {
    file.notes.iter().any(|note| note.code == code)
}

#[test]
fn every_export_of_clicks_is_read_as_its_kind() {
    // Path, kind, clicks, duplicates, skipped.
    let cases: [(&str, &str, u64, u64, u64); 35] = [
        ("hunting/portal-union-129-rows.csv", "hunting-csv", 6, 0, 123),
        ("log-analytics/sdk-dump.csv", "log-analytics-csv", 5, 0, 0),
        ("detail-report/detail-report.json", "detail-report-json", 1, 0, 0),
        ("proofpoint/blocked-clicks.json", "proofpoint-json", 1, 0, 0),
        ("proofpoint/permitted-clicks.json", "proofpoint-json", 1, 0, 0),
        ("constructed/A1_portal_urlclickevents.csv", "hunting-csv", 6, 0, 0),
        ("constructed/A2_graph_runHuntingQuery.json", "graph-json", 1, 0, 0),
        ("constructed/A4_loganalytics_portal.csv", "log-analytics-csv", 1, 0, 0),
        ("constructed/A5_loganalytics_api.json", "log-analytics-json", 1, 0, 0),
        ("constructed/A6_blob_PT1H.json", "streaming-jsonl", 1, 1, 0),
        ("constructed/A6_eventhub_records.json", "event-hub-json", 1, 1, 0),
        ("constructed/B_safelinksdetailreport_ps51_enUS.csv", "detail-report-csv", 8, 0, 0),
        ("constructed/B_safelinksdetailreport_ps7_deDE_semicolon.csv", "detail-report-csv", 8, 0, 0),
        ("constructed/C1_url_protection_report.csv", "url-protection-csv", 6, 0, 0),
        ("constructed/C2_explorer_url_clicks.csv", "explorer-csv", 8, 0, 0),
        ("constructed/D_purview_recordtype41.csv", "audit-csv", 5, 0, 0),
        ("constructed/F_opspilot_style.csv", "flat-csv", 1, 0, 0),
        ("field/01-excel-de-resaved-semicolon-cp1252-wahr-falsch.csv", "hunting-csv", 4, 0, 0),
        ("field/02-excel-us-resaved-TRUE-FALSE-blank-rows-and-columns.csv", "hunting-csv", 4, 0, 0),
        ("field/03-sep-line-and-bom.csv", "hunting-csv", 4, 0, 0),
        ("field/05-hunting-second-sheet-date-serials-bool-cells.xlsx", "hunting-csv", 4, 0, 0),
        ("field/07-PT1H.json.gz", "streaming-jsonl", 3, 1, 0),
        ("field/08-one-attempt-four-rows-newest-first-and-retro.csv", "hunting-csv", 5, 1, 0),
        ("field/10-ual-lines-urlclickaction-names-numbers-unknown.json", "audit-jsonl", 8, 0, 0),
        ("field/11-microsoft-ips-eop-azure-teams-shared-mailbox.csv", "hunting-csv", 8, 0, 0),
        ("field/13-human-then-scanner-12s-every-link.csv", "hunting-csv", 5, 0, 0),
        ("field/14-account-empty-null-guest-case-guid-copilot.csv", "hunting-csv", 7, 0, 0),
        ("field/16-threattypes-lists-detection-broken-json-chain-cut-32767.csv", "hunting-csv", 7, 0, 0),
        ("field/18-detail-report-fr-FR-exactly-1000-rows.csv", "detail-report-csv", 1000, 0, 0),
        ("field/21-proofpoint-lines-event-type.json", "proofpoint-jsonl", 4, 0, 0),
        ("field/22b-clicks-for-the-signins.csv", "hunting-csv", 4, 0, 0),
        // The headers that come again are skipped.
        ("field/25-concatenated-exports-repeated-and-reordered-header.csv", "hunting-csv", 5, 0, 2),
        ("field/27-ip-empty-mapped-port-list-invalid.csv", "hunting-csv", 9, 0, 0),
        ("constructed/F_opspilot_style.csv", "flat-csv", 1, 0, 0),
        ("log-analytics/sdk-dump.csv", "log-analytics-csv", 5, 0, 0),
    ];
    let mut wrong = Vec::new();
    for (path, kind, rows, duplicates, skipped) in cases {
        let Some(loaded) = load(path) else { return };
        let file = &loaded.files[0];
        let found = (file.kind.as_str(), file.rows, file.duplicates, file.skipped);
        if found != (kind, rows, duplicates, skipped) {
            wrong.push(format!("{path}: {found:?}, not {:?}", (kind, rows, duplicates, skipped)));
        }
        // Only one line of one file is cut.
        let refused = u64::from(path.ends_with("07-PT1H.json.gz"));
        if file.refused != refused {
            wrong.push(format!("{path}: {} refused: {:?}", file.refused, file.reasons));
        }
    }
    assert!(wrong.is_empty(), "kind, clicks, duplicates, skipped:\n{}", wrong.join("\n"));
}

#[test]
fn every_export_beside_clicks_is_kept_as_its_kind() {
    let cases = [
        ("constructed/E_emailevents_join.csv", "email-events", 2),
        ("constructed/G2_gophish_events.csv", "gophish-events", 2),
        ("simulation/knowbe4-recipient.json", "knowbe4-api", 1),
        ("field/22a-entra-interactive-signins-duplicate-header-gsa.csv", "sign-ins-csv", 4),
        ("field/24-attack-simulation-guests-reported-before-click-3s-click.csv", "attack-simulation", 6),
    ];
    for (path, kind, records) in cases {
        let Some(loaded) = load(path) else { return };
        let kept: Vec<(&str, u64)> =
            loaded.files[0].beside.iter().map(|b| (b.kind.as_str(), b.records)).collect();
        assert_eq!(kept, [(kind, records)], "{path}");
        assert!(loaded.data.is_empty(), "{path}: never mixed into clicks");
    }
}

#[test]
fn files_that_are_no_click_data_are_named_and_refused() {
    for (path, word) in [
        ("not-clicks/cloud-apps-activity-log.csv", "Cloud Apps"),
        ("not-clicks/log-analytics-utc.csv", "devices"),
        ("not-clicks/log-analytics-local-time.csv", "devices"),
        ("not-clicks/purview-219-rows.csv", "219 records"),
        ("not-clicks/hunting-api-device-rows.json", "devices"),
        ("constructed/B_safelinksaggregatereport_REFUSE.csv", "Aggregate"),
    ] {
        let Some(bytes) = corpus(path) else { return };
        let failure = load_all(&[("unknown", &bytes)]).err().unwrap_or_else(|| panic!("{path}: read"));
        assert_eq!(failure.kind.name(), "not-clicks", "{path}: {failure:?}");
        assert!(failure.message.original().contains(word), "{path}: {failure:?}");
        assert!(failure.instead.is_some(), "{path}");
    }
}

#[test]
fn portal_union_of_129_rows_holds_6_clicks() {
    let Some(loaded) = load("hunting/portal-union-129-rows.csv") else { return };
    let count = |action| (0..6).filter(|row| loaded.data.kind_of(*row).action == action).count();
    assert_eq!((count(Action::Allowed), count(Action::Blocked), count(Action::None)), (2, 2, 2));
    let threats: Vec<&str> = loaded.data.threats.iter().collect();
    assert!(threats.contains(&"Phish") && threats.contains(&"Spam"), "{threats:?}");
    assert_eq!(loaded.files[0].zone_certainty, "utc");
}

#[test]
fn log_analytics_dump_holds_5_allowed_clicks_and_no_tenant() {
    let Some(loaded) = load("log-analytics/sdk-dump.csv") else { return };
    assert!((0..5).all(|row| loaded.data.kind_of(row).action == Action::Allowed));
    assert!(loaded.data.tenants.is_empty(), "TenantId is the workspace there");
}

#[test]
fn detail_report_of_a_product_is_one_allowed_click_without_an_address() {
    let Some(loaded) = load("detail-report/detail-report.json") else { return };
    let fields = [Field::Time, Field::Source, Field::Action, Field::Ip];
    assert_eq!(cells(&loaded.data, &fields), ["2022-08-01T10:12:49Z Email Allowed "]);
    assert!(loaded.files[0].absent.contains(&"IP Address".to_owned()));
}

#[test]
fn proofpoint_says_by_the_array_what_was_done() {
    let Some(blocked) = load("proofpoint/blocked-clicks.json") else { return };
    let Some(permitted) = load("proofpoint/permitted-clicks.json") else { return };
    assert_eq!(meanings(&blocked.data), ["Malicious/Blocked"]);
    assert_eq!(meanings(&permitted.data), ["Malicious/Allowed"]);
}

#[test]
fn override_rows_of_one_report_are_one_attempt() {
    let Some(loaded) = load("constructed/A1_portal_urlclickevents.csv") else { return };
    let d = &loaded.data;
    assert_eq!(d.shared_attempts, 1);
    let actions: Vec<Action> = (0..2).map(|row| d.kind_of(row).action).collect();
    assert_eq!(actions, [Action::Blocked, Action::UserOverride]);
    assert_eq!(d.kind_of(1).verdict, Verdict::Malicious);
    assert_eq!((d.attempt(0), d.attempt(1)), (0, 0));
}

/// The words of the documentation, one click each.
#[test]
fn constructed_words_mean_what_the_documentation_says() {
    let eight = [
        "Safe/Allowed",
        "Malicious/Blocked",
        "Pending/UserOverride",
        "Malicious/UserOverride",
        "Pending/None",
        "Safe/Allowed",
        "Blocked/Blocked",
        "Blocked/UserOverride",
    ];
    for path in [
        "constructed/B_safelinksdetailreport_ps51_enUS.csv",
        "constructed/B_safelinksdetailreport_ps7_deDE_semicolon.csv",
    ] {
        let Some(loaded) = load(path) else { return };
        assert_eq!(meanings(&loaded.data), eight, "{path}");
        assert_eq!(values::text(&loaded.data, 0, Field::Time), "2022-08-01T10:10:49Z", "{path}");
    }
    let Some(portal) = load("constructed/C1_url_protection_report.csv") else { return };
    assert_eq!(
        meanings(&portal.data),
        [
            "Malicious/Blocked",
            "Blocked/Blocked",
            "Malicious/UserOverride",
            "Blocked/UserOverride",
            "Pending/UserOverride",
            "Pending/None"
        ]
    );
    assert!(has_note(&portal.files[0], "no-allowed"));
    let Some(explorer) = load("constructed/C2_explorer_url_clicks.csv") else { return };
    assert_eq!(
        meanings(&explorer.data),
        [
            "Safe/Allowed",
            "Malicious/Blocked",
            "Malicious/UserOverride",
            "Unknown/None",
            "Unknown/Unknown",
            "Unknown/Unknown",
            "Pending/None",
            "Pending/UserOverride"
        ]
    );
    let Some(audit) = load("constructed/D_purview_recordtype41.csv") else { return };
    assert_eq!(
        meanings(&audit.data),
        [
            "Malicious/Blocked",
            "Pending/None",
            "Malicious/UserOverride",
            "Pending/UserOverride",
            "Unknown/Unknown"
        ]
    );
    assert_eq!(values::text(&audit.data, 0, Field::Time), "2022-07-07T09:33:33Z", "not CreationTime");
    let Some(flat) = load("constructed/F_opspilot_style.csv") else { return };
    assert_eq!(cells(&flat.data, &[Field::Device, Field::Subject]), ["Desktop, Windows 11 Invoice 4711"]);
}

/// Set A of the README: three attempts, one override of one warning.
#[test]
fn set_a_is_the_same_out_of_every_program() {
    for path in [
        "field/01-excel-de-resaved-semicolon-cp1252-wahr-falsch.csv",
        "field/02-excel-us-resaved-TRUE-FALSE-blank-rows-and-columns.csv",
        "field/03-sep-line-and-bom.csv",
        "field/05-hunting-second-sheet-date-serials-bool-cells.xlsx",
    ] {
        let Some(loaded) = load(path) else { return };
        let d = &loaded.data;
        assert_eq!(
            meanings(d),
            ["Malicious/Blocked", "Malicious/UserOverride", "Safe/Allowed", "Unknown/None"],
            "{path}"
        );
        let users = counts(d, Field::User);
        assert_eq!(users.get("jürgen@contoso.com"), Some(&1), "{path}: {users:?}");
        assert_eq!(d.shared_attempts, 1, "{path}");
        let sources: Vec<String> = counts(d, Field::Source).into_keys().collect();
        assert_eq!(sources, ["Email", "Office", "Teams"], "{path}");
        let last = iso_of_ms(d.time[3]);
        assert!(last.starts_with("2026-05-31"), "{path}: {last}, day first");
        assert!(counts(d, Field::Url).keys().any(|url| url.contains("müller")), "{path}");
    }
    let Some(resaved) = load("field/01-excel-de-resaved-semicolon-cp1252-wahr-falsch.csv") else { return };
    assert!(has_note(&resaved.files[0], "seconds-lost"));
    assert_eq!(resaved.files[0].encoding, "Windows-1252");
}

#[test]
fn zip_with_junk_gives_its_exports_and_names_the_rest() {
    let Some(loaded) = load("field/06-two-exports-macosx-junk-nested.zip") else { return };
    let sum = |of: fn(&FileReport) -> u64| loaded.files.iter().map(of).sum::<u64>();
    assert_eq!((sum(|f| f.rows), sum(|f| f.duplicates)), (4, 1), "{:#?}", loaded.files);
    let skipped: String = loaded
        .files
        .iter()
        .flat_map(|f| &f.notes)
        .filter(|note| note.code == "skipped-inside")
        .map(|note| note.text.original().to_owned())
        .collect();
    for name in ["__MACOSX", ".DS_Store"] {
        assert!(skipped.contains(name), "{name}: {skipped}");
    }
    let refused: Vec<&FileReport> = loaded.files.iter().filter(|file| file.is_refused()).collect();
    assert!(
        refused.iter().any(|file| file.name.original().ends_with(".zip")),
        "a nested archive may hold clicks"
    );
}

#[test]
fn gzip_of_lines_gives_tenant_and_says_where_it_was_cut() {
    let Some(loaded) = load("field/07-PT1H.json.gz") else { return };
    assert_eq!(loaded.data.tenants.len(), 1);
    assert!(loaded.files[0].reasons.iter().any(|r| r.code == "cut-off"), "{:?}", loaded.files[0].reasons);
}

#[test]
fn one_attempt_of_four_rows_ends_in_an_override() {
    let Some(loaded) = load("field/08-one-attempt-four-rows-newest-first-and-retro.csv") else { return };
    let d = &loaded.data;
    let of = |user: &str| -> Vec<usize> {
        (0..d.len()).filter(|row| values::text(d, *row, Field::User).starts_with(user)).collect()
    };
    let bo = of("bo@");
    assert!(bo.iter().all(|row| d.attempt(*row) == d.attempt(bo[0])), "one attempt");
    assert_eq!(d.kind_of(bo[2]).action, Action::UserOverride);
    assert_eq!((d.time[bo[2]] - d.time[bo[1]], d.time[bo[2]] - d.time[bo[0]]), (15_000, 19_000));
    assert_eq!(meanings(d)[of("cy@")[0]], "Malicious/Allowed");
    assert_eq!(meanings(d)[of("dee@")[0]], "Safe/Allowed");
}

#[test]
fn audit_actions_are_read_by_name_and_by_number() {
    let Some(loaded) = load("field/10-ual-lines-urlclickaction-names-numbers-unknown.json") else { return };
    assert_eq!(
        meanings(&loaded.data),
        [
            "Malicious/Blocked",
            "Malicious/UserOverride",
            "Pending/None",
            "Pending/UserOverride",
            "Unknown/Unknown",
            "Pending/None",
            "Malicious/UserOverride",
            "Unknown/Unknown"
        ]
    );
    assert_eq!(values::text(&loaded.data, 4, Field::RawAction), "clickedeventhoughblocked", "verbatim");
}

#[test]
fn accounts_in_every_form_are_three_people_and_two_rows_of_nobody() {
    let Some(loaded) = load("field/14-account-empty-null-guest-case-guid-copilot.csv") else { return };
    let users = counts(&loaded.data, Field::User);
    assert_eq!(
        (users.len(), users.get(""), users.get("ana@contoso.com")),
        (4, Some(&2), Some(&3)),
        "{users:?}"
    );
    assert_eq!(counts(&loaded.data, Field::Source).get("Copilot"), Some(&1));
}

#[test]
fn threat_types_in_every_form_are_read_or_said_to_be_none() {
    let path = "field/16-threattypes-lists-detection-broken-json-chain-cut-32767.csv";
    let Some(loaded) = load(path) else { return };
    assert_eq!(
        meanings(&loaded.data),
        [
            "Malicious/Blocked",
            "Malicious/Allowed",
            "Safe/Allowed",
            "Safe/Allowed",
            "Malicious/Blocked",
            "Pending/UserOverride",
            "Blocked/UserOverride"
        ]
    );
}

#[test]
fn detail_report_of_exactly_1000_rows_is_day_first_and_probably_cut() {
    let Some(loaded) = load("field/18-detail-report-fr-FR-exactly-1000-rows.csv") else { return };
    let file = &loaded.files[0];
    assert!(has_note(file, "probably-truncated"));
    assert!(file.zone_why.original().contains("day before month"), "{}", file.zone_why.original());
    let actions = counts(&loaded.data, Field::Action);
    let number = |word: &str| actions.get(word).copied().unwrap_or(0);
    assert_eq!(
        ["Allowed", "Blocked", "UserOverride", "None"].map(number),
        [250, 250, 375, 125],
        "{actions:?}"
    );
    let verdicts: Vec<usize> = counts(&loaded.data, Field::Verdict).into_values().collect();
    assert_eq!(verdicts, [250; 4]);
    let sources: Vec<usize> = counts(&loaded.data, Field::Source).into_values().collect();
    assert_eq!(sources, [250; 4]);
}

#[test]
fn proofpoint_lines_keep_what_was_permitted_and_what_was_cleared() {
    let Some(loaded) = load("field/21-proofpoint-lines-event-type.json") else { return };
    assert_eq!(
        meanings(&loaded.data),
        ["Malicious/Allowed", "Malicious/Blocked", "Safe/Allowed", "Safe/Blocked"]
    );
}

#[test]
fn sign_ins_give_devices_to_clicks_of_the_same_person_and_address() {
    let Some(sign_ins) = corpus("field/22a-entra-interactive-signins-duplicate-header-gsa.csv") else {
        return;
    };
    let Some(clicks) = corpus("field/22b-clicks-for-the-signins.csv") else { return };
    let loaded = load_all(&[("a", &sign_ins), ("b", &clicks)]).expect("clicks");
    let mut devices = cells(&loaded.data, &[Field::User, Field::Device]);
    devices.sort();
    assert_eq!(
        devices,
        [
            "ana@contoso.com Desktop, Windows 10",
            "bo@contoso.com Desktop, macOS",
            "cy@contoso.com ",
            "dee@contoso.com "
        ]
    );
    let join = loaded.joins.devices.expect("a join");
    assert_eq!((join.sign_ins, join.failed, join.joined, join.none_near), (3, 1, 2, 2));
    assert_eq!(loaded.data.derived_devices.len(), 2, "marked as concluded");
}

#[test]
fn messages_give_subjects_and_never_another_click() {
    let Some(mail) = corpus("constructed/E_emailevents_join.csv") else { return };
    let Some(clicks) = corpus("constructed/A1_portal_urlclickevents.csv") else { return };
    let loaded = load_all(&[("a", &clicks), ("b", &mail)]).expect("clicks");
    assert_eq!(loaded.data.len(), 6);
    let subjects = counts(&loaded.data, Field::Subject);
    assert_eq!(subjects.get("Invoice 4711, please pay"), Some(&4), "{subjects:?}");
    let join = loaded.joins.messages.expect("a join");
    assert_eq!((join.joined, join.no_id), (4, 2));
}

#[test]
fn simulation_is_kept_person_by_person() {
    let path = "field/24-attack-simulation-guests-reported-before-click-3s-click.csv";
    let Some(loaded) = load(path) else { return };
    let people = loaded.tables.simulations.people();
    let with = |stage: &str| people.iter().filter(|p| p.stages.contains_key(stage)).count();
    assert_eq!(people.len(), 6);
    let stages = ["delivered", "failed", "clicked", "submitted", "reported"];
    // The third click, three seconds after delivery, is told apart by whoever counts people.
    assert_eq!(stages.map(with), [5, 1, 3, 1, 2]);
    let early = people.iter().find(|p| p.person == "bo@contoso.com").expect("bo");
    assert!(early.stages["reported"] < early.stages["clicked"]);
    assert_eq!(early.how, "QRCode");
}

#[test]
fn headers_that_come_again_begin_sections_of_their_own() {
    let path = "field/25-concatenated-exports-repeated-and-reordered-header.csv";
    let Some(loaded) = load(path) else { return };
    let urls = counts(&loaded.data, Field::Url);
    assert!(urls.keys().all(|url| url.starts_with("http")), "{urls:?}");
    assert_eq!(loaded.files[0].refused, 0);
}

#[test]
fn addresses_of_every_form_are_one_each() {
    let Some(loaded) = load("field/27-ip-empty-mapped-port-list-invalid.csv") else { return };
    let ips = counts(&loaded.data, Field::Ip);
    let number = |ip: &str| ips.get(ip).copied().unwrap_or(0);
    assert_eq!(["203.0.113.7", "2001:db8::1", "", "300.1.1.1"].map(number), [3, 2, 3, 1], "{ips:?}");
}

/// Address and class of each click, in the order of time.
fn who_clicked(path: &str) -> Option<Vec<String>> {
    let loaded = load(path)?;
    let labels = Labels::new(&loaded.data, &Config::default());
    let line = |row| format!("{} {}", values::text(&loaded.data, row, Field::Ip), labels.class(row).token());
    Some((0..loaded.data.len()).map(line).collect())
}

#[test]
fn addresses_of_microsoft_are_machines_and_people_in_its_cloud_are_not() {
    let Some(who) = who_clicked("field/11-microsoft-ips-eop-azure-teams-shared-mailbox.csv") else { return };
    let expected = [
        "52.112.103.113 automated",
        "40.94.20.11 automated",
        "40.94.20.11 automated",
        "40.94.20.11 automated",
        "20.42.65.92 human",
        "203.0.113.80 human",
        "198.51.100.81 human",
        "2603:1063::1 automated",
    ];
    assert_eq!(who, expected);
}

#[test]
fn scanner_that_opens_every_link_after_a_person_is_a_machine_and_the_person_is_none() {
    let Some(who) = who_clicked("field/13-human-then-scanner-12s-every-link.csv") else { return };
    let machines: Vec<&String> = who.iter().filter(|click| click.ends_with("automated")).collect();
    assert_eq!(machines, ["198.51.100.133 automated"; 3].iter().collect::<Vec<_>>());
    assert_eq!(who.iter().filter(|click| click.ends_with("human")).count(), 2);
}

#[test]
fn error_pages_of_a_cloud_and_a_mail_gateway_are_machines() {
    let Some(who) = who_clicked("hunting/portal-union-129-rows.csv") else { return };
    let of = |address: &str| who.iter().find(|click| click.starts_with(address)).map(String::as_str);
    assert_eq!(of("52.202.23.14"), Some("52.202.23.14 automated"));
    assert_eq!(of("67.231.155.249"), Some("67.231.155.249 automated"));
    assert_eq!(who.iter().filter(|click| click.ends_with("human")).count(), 4);
}

#[test]
fn exports_of_the_same_days_give_as_many_clicks_in_any_order() {
    let names = [
        "01-excel-de-resaved-semicolon-cp1252-wahr-falsch.csv",
        "02-excel-us-resaved-TRUE-FALSE-blank-rows-and-columns.csv",
        "03-sep-line-and-bom.csv",
        "05-hunting-second-sheet-date-serials-bool-cells.xlsx",
        "25-concatenated-exports-repeated-and-reordered-header.csv",
    ];
    let bytes: Option<Vec<Vec<u8>>> = names.iter().map(|name| corpus(&format!("field/{name}"))).collect();
    let Some(bytes) = bytes else { return };
    let files: Vec<(&str, &[u8])> = names.into_iter().zip(bytes.iter().map(Vec::as_slice)).collect();
    let clicks = |order: &[usize]| {
        let files: Vec<(&str, &[u8])> = order.iter().map(|at| files[*at]).collect();
        load_all(&files).expect("clicks").data.clicks()
    };
    for a in 0..5 {
        for b in (0..5).filter(|b| *b != a) {
            for c in (0..5).filter(|c| *c != a && *c != b) {
                let mut sorted = [a, b, c];
                sorted.sort_unstable();
                let all = clicks(&sorted);
                assert_eq!(clicks(&[a, b, c]), all, "{:?}", [a, b, c].map(|at| names[at]));
                assert!(
                    [a, b, c].iter().all(|one| clicks(&[*one]) <= all),
                    "no file loses a click by another"
                );
            }
        }
    }
}
