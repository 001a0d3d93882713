//! Files as accidents leave them: joined, cut, paged, moved back.

#[expect(dead_code, reason = "other tests ask about clicks")]
mod common;

use clicks::Failure;
use clicks::engine::DataToken;
use clicks::import::{FileReport, Level, Opened};
use clicks::query::{Around, AskReport, AskTrust, Trust};
use clicks::session::{GivenFile, Session};

fn open(files: &[(&str, &[u8])]) -> Result<(Session, Opened), Failure> {
    let mut session = Session::new(Around::new(Box::new(|_, _, _| None)));
    let given =
        |(name, bytes): &(&str, &[u8])| GivenFile { name: (*name).to_owned(), size: bytes.len() as u64 };
    let mut opening = session.open(files.iter().map(given).collect(), 7);
    common::read_all(&mut opening, &files.iter().map(|(_, bytes)| *bytes).collect::<Vec<_>>());
    let opened = session.install(opening, DataToken(1))?;
    Ok((session, opened))
}

fn trust(files: &[(&str, &[u8])]) -> Trust {
    let (mut session, _) = open(files).expect("clicks");
    common::answer(&mut session, &AskTrust {}, &files.iter().map(|(_, bytes)| *bytes).collect::<Vec<_>>())
}

fn codes(file: &FileReport) -> Vec<&str> {
    file.notes.iter().map(|note| note.code.as_str()).collect()
}

const PLAIN: &[u8] = b"Timestamp,Url,ActionType,AccountUpn,NetworkMessageId\n\
    2026-05-04T09:12:33Z,https://a.example/,ClickAllowed,ana@contoso.com,11111111-1111-1111-1111-111111111111\n";

#[test]
fn click_of_a_clock_that_is_years_ahead_is_said() {
    let export = |last: &str| {
        let mut csv = "Timestamp,Url,ActionType,AccountUpn,Workload\n".to_owned();
        for day in 1..=29 {
            csv.push_str(&format!(
                "2026-03-{day:02}T09:00:00Z,https://a.example/{day},ClickAllowed,ana@contoso.com,Email\n"
            ));
        }
        csv.push_str(&format!("{last}T09:00:00Z,https://a.example/x,ClickAllowed,ana@contoso.com,Email\n"));
        csv
    };
    let said = |last: &str| {
        let csv = export(last);
        let notes = trust(&[("clicks.csv", csv.as_bytes())]).notes;
        notes.into_iter().find(|note| note.code == "far-newest").map(|note| note.title.original().to_owned())
    };
    assert_eq!(said("2036-03-29").as_deref(), Some("1 click is of 2036-03-29, long after all others"));
    assert_eq!(said("2026-12-29"), None);
}

#[test]
fn exports_joined_with_their_marks_are_read_on_in_any_order_of_columns() {
    let record = |id: u32| {
        format!(
            r#""{{""Operation"":""TIUrlClickData"",""RecordType"":41,""Id"":""{id}"",""UserId"":""ana@contoso.com"",""TimeOfClick"":""2026-05-14T09:33:{id}"",""Url"":""https://a.example/{id}"",""UrlClickAction"":2}}""#
        )
    };
    let one = format!("\u{feff}RecordId,Operation,AuditData\n1,TIUrlClickData,{}\n", record(10));
    let same = format!("\u{feff}RecordId,Operation,AuditData\n2,TIUrlClickData,{}\n", record(11));
    let other =
        format!("\u{feff}\"AuditData\",\"RecordId\",\"Operation\"\n{},3,TIUrlClickData\n", record(12));
    let joined = [one, same, other].concat();
    let (_, opened) = open(&[("audit.csv", joined.as_bytes())]).expect("clicks");
    assert_eq!((opened.rows, opened.files[0].refused), (3, 0), "{:?}", opened.files[0].reasons);
}

#[test]
fn answer_cut_before_its_first_record_is_no_empty_export() {
    let cut = br#"{"schema":[{"name":"Timestamp","type":"DateTime"},{"name":"Url","type":"String"},{"name":"ActionType","type":"String"},{"name":"AccountUpn","type":"String"}],"results":["#;
    let (_, opened) = open(&[("plain.csv", PLAIN), ("cut.json", cut), ("none.csv", b"")]).expect("clicks");
    for place in [1, 2] {
        let note = &opened.files[place].notes[0];
        assert_eq!(note.level, Level::Bad, "{note:?}");
    }
    assert!(opened.files[1].notes[0].title.original().contains("ends before it is complete"));
    let whole = [&cut[..], b"]}"].concat();
    let (_, opened) = open(&[("plain.csv", PLAIN), ("empty.json", &whole)]).expect("clicks");
    assert_eq!(opened.files[1].notes[0].level, Level::Info, "nothing is missing");
}

#[test]
fn pages_of_one_answer_in_one_file_are_all_of_it() {
    let page = |n: u32, next: &str| {
        format!(
            r#"{{"meta":{{"pagination":{{"pageSize":1,"totalCount":2{next}}}}},"data":[{{"clickLogs":[{{"userEmailAddress":"ana@contoso.com","url":"https://a.example/{n}","ttpDefinition":"Default","action":"allow","adminOverride":"N/A","userOverride":"None","scanResult":"clean","category":"x","sendingIp":"192.0.2.1","userAwarenessAction":"N/A","date":"2026-05-04T09:12:3{n}+0000","actions":"Allow","route":"inbound","creationMethod":"User Click"}}]}}]}}"#
        )
    };
    let both = [page(1, r#","next":"abc""#), page(2, "")].concat();
    let (_, opened) = open(&[("mimecast.json", both.as_bytes())]).expect("clicks");
    assert_eq!(opened.rows, 2);
    assert!(!codes(&opened.files[0]).contains(&"one-page"), "{:?}", opened.files[0].notes);
    let (_, opened) = open(&[("mimecast.json", page(1, r#","next":"abc""#).as_bytes())]).expect("clicks");
    assert!(codes(&opened.files[0]).contains(&"one-page"));
}

#[test]
fn message_that_was_put_back_was_not_removed() {
    let later = b"Timestamp,NetworkMessageId,RecipientEmailAddress,ActionType,Action,ActionTrigger,ActionResult\n\
        2026-05-04T10:00:00Z,11111111-1111-1111-1111-111111111111,ana@contoso.com,Manual Remediation,Moved to inbox,AdminAction,Success\n";
    let removed = String::from_utf8_lossy(later).replace("Moved to inbox", "Moved to quarantine");
    let of = |later: &[u8]| {
        trust(&[("plain.csv", PLAIN), ("later.csv", later)]).joins.messages.map(|join| join.removed_later)
    };
    assert_eq!(of(removed.as_bytes()), Some(1));
    assert_ne!(of(later), Some(1));
}

#[test]
fn two_simulations_without_a_name_are_two() {
    let results = |clicked: &str| {
        format!(
            "id,status,ip,latitude,longitude,send_date,reported,modified_date,email,first_name,last_name,position\n\
            abc,{clicked},,0,0,2026-05-04T09:00:00Z,false,2026-05-04T09:12:33Z,ana@contoso.com,Ana,Ruiz,\n"
        )
    };
    let (one, two) = (results("Clicked Link"), results("Email Sent"));
    let both = [("plain.csv", PLAIN), ("may.csv", one.as_bytes()), ("june.csv", two.as_bytes())];
    assert_eq!(trust(&both).simulated, 2);
}

#[test]
fn equal_sign_in_the_middle_of_a_value_is_no_name() {
    let cef = format!(
        "CEF:0|Trend Micro|TMES|1.0.0.0|500101|CTP_DETECTION|8|rt=2026-05-04 23:30:00 cs2Label=timeOfClick cs2=2026-05-04 09:11:33 \
        msg=Hello cs1Label=messageId cs1=<m2@supplier.example> suser=it@supplier.example \
        duser=ana@contoso.com request=http://evil.example/?d={}= act=blocked\n",
        "QUJD".repeat(20)
    );
    let (mut session, _) = open(&[("t.cef", cef.as_bytes())]).expect("clicks");
    let rows = common::answer(&mut session, &AskReport::default(), &[cef.as_bytes()]).rows;
    assert!(format!("{rows:?}").contains("QUJD="), "{rows:?}");
}

#[test]
fn sign_in_in_another_language_is_told_by_its_code() {
    let log = |status: &str, code: &str| {
        format!(
            "Date (UTC),Request ID,Username,IP address,Status,Sign-in error code,Operating System\n\
            2026-05-04T09:00:00Z,1,ana@contoso.com,203.0.113.7,{status},{code},Windows10\n"
        )
    };
    let clicks: &[u8] = b"Timestamp,Url,ActionType,AccountUpn,IPAddress\n\
        2026-05-04T09:12:33Z,https://a.example/,ClickAllowed,ana@contoso.com,203.0.113.7\n";
    let filled = |log: String| {
        let trust = trust(&[("clicks.csv", clicks), ("log.csv", log.as_bytes())]);
        trust.joins.devices.map(|join| (join.joined, join.failed))
    };
    assert_eq!(filled(log("Erfolgreich", "None")), Some((1, 0)));
    assert_eq!(filled(log("Fehler", "50126")), Some((0, 1)));
    let unclear = log("Erfolgreich", "");
    let (_, opened) = open(&[("clicks.csv", clicks), ("log.csv", unclear.as_bytes())]).expect("clicks");
    assert_eq!(opened.files[1].refused + u64::from(opened.files[1].is_refused()), 1, "{:?}", opened.files[1]);
}

#[test]
fn identities_of_advanced_hunting_are_a_directory_and_alerts_are_none() {
    let identities: &[u8] =
        b"Timestamp,ReportId,AccountObjectId,AccountUpn,EmailAddress,JobTitle,Department\n\
        2026-05-04T09:12:33Z,1,2,ana@contoso.com,ana@contoso.com,Buyer,Finance\n";
    let (_, opened) = open(&[("plain.csv", PLAIN), ("identities.csv", identities)]).expect("clicks");
    assert_eq!(opened.files[1].kind, "people");
    let alerts: &[u8] =
        b"Timestamp,AlertId,Title,AccountUpn\n2026-05-04T09:12:33Z,1,Malware,ana@contoso.com\n";
    let (_, opened) = open(&[("plain.csv", PLAIN), ("alerts.csv", alerts)]).expect("clicks");
    assert!(opened.files[1].is_refused());
    assert!(opened.files[1].table.is_none(), "no column of it may be a URL");
}

#[test]
fn policy_that_the_clicks_speak_against_is_said_to_be_another_one() {
    let policy: &[u8] = b"Name,TrackClicks,AllowClickThrough\nDefault,True,False\n";
    let through: &[u8] = b"Timestamp,Url,ActionType,AccountUpn,IsClickedThrough\n\
        2026-05-04T09:12:33Z,https://a.example/,UrlScanInProgress,ana@contoso.com,1\n";
    let said = |clicks: &[u8]| {
        let notes = trust(&[("clicks.csv", clicks), ("policy.csv", policy)]).notes;
        let note = notes.into_iter().find(|note| note.code == "no-way-through").expect("a note");
        note.text.original().contains("went through one all the same")
    };
    assert!(said(through) && !said(PLAIN));
}

#[test]
fn directory_that_was_cut_in_an_archive_is_not_left_out_as_complete() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/samples/packed/cut-inside-its-second-file.zip");
    let bytes = std::fs::read(path).expect("a sample");
    let (_, opened) = open(&[("May.zip", &bytes)]).expect("clicks");
    let (clicks, people) = (&opened.files[0], &opened.files[1]);
    assert!(!codes(clicks).contains(&"packed-damaged"), "it was whole: {:?}", clicks.notes);
    assert_eq!(people.notes[0].level, Level::Bad, "{:?}", people.notes);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/samples/packed/cut-inside-a-text.zip");
    let bytes = std::fs::read(path).expect("a sample");
    let (_, opened) = open(&[("May.zip", &bytes)]).expect("clicks");
    let notes: Vec<_> = opened.files.iter().flat_map(|file| &file.notes).collect();
    assert!(notes.iter().any(|note| note.title.original().contains("cut off")), "{notes:?}");
}

#[test]
fn month_that_is_missing_is_a_point_and_quiet_days_are_none() {
    let csv = |days: &[u32], a_day: u32| {
        let rows = days.iter().flat_map(|day| (0..a_day).map(move |n| (day, n)));
        let row = |(day, n): (&u32, u32)| {
            let (month, day) = (1 + day / 28, 1 + day % 28);
            format!(
                "2026-{month:02}-{day:02}T09:{:02}:{:02}Z,https://a.example/{n},ClickAllowed,ana@contoso.com\n",
                n / 60,
                n % 60
            )
        };
        format!("Timestamp,Url,ActionType,AccountUpn\n{}", rows.map(row).collect::<String>())
    };
    let months: Vec<u32> = (0..28).chain(56..84).collect();
    let busy = csv(&months, 5);
    let trust_of = |csv: &str| trust(&[("clicks.csv", csv.as_bytes())]);
    let known = trust_of(&busy);
    let note = known.notes.iter().find(|note| note.code == "days-missing").expect("a note");
    assert!(note.title.original().contains("2026-01-29 to 2026-02-28"), "{note:?}");
    assert_eq!((known.coverage.missing[0].days, known.coverage.missing[0].expected), (31, 99));
    assert_eq!(
        (known.coverage.lines[0].from.as_str(), known.coverage.lines[0].to.as_str()),
        ("2026-01-01", "2026-03-28")
    );
    let quiet = csv(&[0, 40, 83], 2);
    assert!(trust_of(&quiet).notes.iter().all(|note| note.code != "days-missing"));
}
