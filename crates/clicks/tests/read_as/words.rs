//! What words mean, and whose clicks they are.

use clicks::engine::DataToken;
use clicks::import::ReadAs;
use clicks::query::{Around, AskRows, AskTrust, RowsParams};
use clicks::session::{GivenFile, Session};

use super::{berlin, cells, common, open, sample};

#[test]
fn words_mean_what_somebody_says_whatever_the_format_does() {
    let bytes = sample("mapped/ticket-list.csv");
    let named = "columns=time:When;url:Link;user:Who;rawAction:Result;ip:From%20where";
    let actions = |read_as: &str| {
        let (mut session, opened) = open(&bytes, read_as).expect("clicks");
        let unknown = opened.files[0].unknown_actions.len();
        (cells(&mut session, &bytes, &["rawAction", "verdict", "action"]), unknown)
    };
    let (before, unknown) = actions(named);
    assert!(before.contains(&"let in Unknown Unknown".to_owned()), "{before:?}");
    assert_eq!(unknown, 1);
    let (after, unknown) = actions(&format!("{named}&meanings=Let%20In:/Allowed;Blocked:Pending/"));
    assert!(after.contains(&"let in Unknown Allowed".to_owned()), "{after:?}");
    assert!(after.contains(&"Blocked Pending Blocked".to_owned()), "{after:?}");
    let (_, opened) = open(&bytes, &format!("{named}&meanings=Let%20In:/Allowed")).expect("clicks");
    let said = opened.files[0].notes.iter().find(|note| note.code == "meanings-said").expect("it is said");
    assert!(said.text.original().contains("“let in” is Allowed (1 click)"), "{}", said.text.original());
    assert_eq!(unknown, 0);
}

#[test]
fn tenant_that_somebody_says_is_of_clicks_that_name_none() {
    let bytes = sample("mapped/two-mail-columns.csv");
    let named = "columns=time:Opened;url:Target;user:Mailbox";
    let (_, opened) = open(&bytes, named).expect("clicks");
    assert!(opened.files[0].absent.contains(&"Tenant".to_owned()));
    let (mut session, opened) =
        open(&bytes, &format!("{named}&tenants=unknown:Contoso;other:x")).expect("clicks");
    assert_eq!(cells(&mut session, &bytes, &["tenant"]), ["Contoso", "Contoso"]);
    assert!(!opened.files[0].absent.contains(&"Tenant".to_owned()));
    // Clicks that name one keep it.
    let streamed = sample("streaming/blob-jsonl-crlf.json");
    let (mut session, _) = open(&streamed, "").expect("clicks");
    let before = cells(&mut session, &streamed, &["tenant"]);
    let (mut session, _) = open(&streamed, "tenants=unknown:Contoso").expect("clicks");
    assert_eq!(cells(&mut session, &streamed, &["tenant"]), before);
}

#[test]
fn words_are_meant_before_it_is_decided_which_records_are_one_click() {
    let hunting: &[u8] = b"Timestamp,Url,ActionType,AccountUpn\n\
        2026-05-04T09:12:33Z,https://a.example/,ClickAllowed,ana@contoso.com\n";
    let list: &[u8] =
        b"When,Link,Who,Result\n2026-05-04T09:12:33Z,https://a.example/,ana@contoso.com,stopped\n";
    let open_both = |said: &str| {
        let mut session = Session::new(Around::new(berlin()));
        let files = [("a.csv", hunting), ("b.csv", list)];
        let given = files.map(|(name, bytes)| GivenFile { name: name.to_owned(), size: bytes.len() as u64 });
        let read_as = format!("columns=time:When;url:Link;user:Who;rawAction:Result{said}");
        let mut opening = session.open_as(given.to_vec(), 7, ReadAs::parse(&read_as));
        common::read_all(&mut opening, &[hunting, list]);
        session.install(opening, DataToken(1)).expect("clicks").rows
    };
    assert_eq!(open_both(""), 1);
    assert_eq!(open_both("&meanings=stopped:/Blocked"), 2);
    assert_eq!(open_both("&tenants=a.csv:Contoso"), 1, "whose click it is does not make it two");
    // A report that says what happened in a column says something without a word.
    let flat = sample("flat-csv/nine-columns.csv");
    let (mut session, _) = open(&flat, "").expect("clicks");
    let before = cells(&mut session, &flat, &["verdict", "action"]);
    let (mut session, _) = open(&flat, "meanings=:Pending/None").expect("clicks");
    assert_eq!(cells(&mut session, &flat, &["verdict", "action"]), before);
}

#[test]
fn clicks_without_a_word_keep_the_verdict_that_their_threats_say() {
    let csv = b"Timestamp,Url,AccountUpn,ActionType,ThreatTypes,IsClickedThrough,Workload\n\
        2026-05-04T09:12:33Z,https://a.example/,ana@contoso.com,,Phish,false,Email\n\
        2026-05-04T09:13:33Z,https://b.example/,ana@contoso.com,,,false,Email\n";
    let (mut session, _) = open(csv, "meanings=:Safe/Allowed").expect("clicks");
    let found = cells(&mut session, csv, &["verdict", "action"]);
    assert!(found[0].starts_with("Malicious"), "{found:?}");
}

#[test]
fn files_of_one_name_have_tenants_of_their_own() {
    let line = "2026-05-04T09:12:33Z,https://a.example/,ClickAllowed";
    let file = |user: &str| format!("Timestamp,Url,ActionType,AccountUpn\n{line},{user}\n").into_bytes();
    let files = [file("ana@contoso.com"), file("ben@fabrikam.com")];
    let mut session = Session::new(Around::new(berlin()));
    let given = files.iter().map(|f| GivenFile { name: "clicks.csv".to_owned(), size: f.len() as u64 });
    let read_as = ReadAs::parse("tenants=clicks.csv:Contoso;clicks.csv*2:Fabrikam");
    let mut opening = session.open_as(given.collect(), 7, read_as.clone());
    let bytes: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    common::read_all(&mut opening, &bytes);
    session.install(opening, DataToken(1)).expect("clicks");
    let params = RowsParams {
        columns: vec!["user".to_owned(), "tenant".to_owned()],
        limit: Some(10),
        ..RowsParams::default()
    };
    let rows = format!("{:?}", common::answer(&mut session, &AskRows(params), &bytes).rows);
    assert!(rows.contains("Contoso") && rows.contains("Fabrikam"), "{rows}");
    let mut said = read_as;
    said.forget_file("clicks.csv", 1);
    assert_eq!(said.to_string(), "tenants=clicks.csv:Fabrikam");
}

#[test]
fn url_that_was_found_malicious_later_is_said_with_its_clicks() {
    let bytes = sample("audit/mixed-record-types.json");
    let (mut session, opened) = open(&bytes, "").expect("clicks");
    assert_eq!(opened.rows, 2, "an alert is no click");
    let trust = common::answer(&mut session, &AskTrust {}, &[&bytes]);
    let join = trust.joins.verdicts.expect("an alert and an investigation");
    assert_eq!((join.urls, join.clicks, join.not_known, join.not_in_files), (1, 2, 1, 0));
    assert_eq!(
        cells(&mut session, &bytes, &["verdict"]),
        ["Safe", "Malicious"],
        "an export says what was known at the click"
    );
}

#[test]
fn tenant_that_was_said_of_a_name_is_a_point_to_check() {
    let bytes = sample("hunting-csv/plain.csv");
    let (_, opened) = open(&bytes, "tenants=unknown:Contoso").expect("clicks");
    assert!(opened.files[0].notes.iter().any(|note| note.code == "tenant-said"));
}
