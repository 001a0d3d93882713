//! Which order days and months have, and which clock times are of.

use clicks::engine::DataToken;
use clicks::import::ReadAs;
use clicks::query::{Around, AskRows, RowsParams};
use clicks::session::{GivenFile, Session};

use super::{berlin, cells, common, open};

#[test]
fn dates_that_read_both_ways_follow_what_was_said() {
    let bytes = b"Timestamp,Url,ActionType,AccountUpn\n\
        04/05/2026 09:12:33,https://a.example/,ClickAllowed,ana@contoso.com\n\
        06/07/2026 09:12:33,https://a.example/b,ClickAllowed,ana@contoso.com\n";
    let (mut session, opened) = open(bytes, "").expect("clicks");
    assert_eq!(opened.files[0].reads_both_ways, 2);
    assert_eq!(cells(&mut session, bytes, &["time"])[0], "2026-04-05T09:12:33Z");
    let (mut session, opened) = open(bytes, "dates=day-first").expect("clicks");
    assert_eq!(cells(&mut session, bytes, &["time"]), ["2026-05-04T09:12:33Z", "2026-07-06T09:12:33Z"]);
    assert!(opened.files[0].zone_why.original().contains("as you said"));
    assert!(!opened.files[0].notes.iter().any(|note| note.code == "date-order"));
}

#[test]
fn dates_of_a_file_that_says_its_order_do_not_follow_what_was_said() {
    let bytes = b"Timestamp,Url,ActionType,AccountUpn\n\
        05/04/2026 09:12:33,https://a.example/,ClickAllowed,ana@contoso.com\n\
        05/13/2026 09:12:33,https://a.example/b,ClickAllowed,ana@contoso.com\n";
    let (mut session, opened) = open(bytes, "dates=day-first").expect("clicks");
    assert_eq!(cells(&mut session, bytes, &["time"]), ["2026-05-04T09:12:33Z", "2026-05-13T09:12:33Z"]);
    assert!(opened.files[0].zone_why.original().contains("stands second"));
    // Of both orders in one file nothing is known but what was said.
    let bytes =
        [&bytes[..], b"14/05/2026 09:12:33,https://a.example/c,ClickAllowed,ana@contoso.com\n"].concat();
    let (mut session, opened) = open(&bytes, "").expect("clicks");
    assert_eq!(cells(&mut session, &bytes, &["time"])[0], "2026-05-04T09:12:33Z");
    assert!(opened.files[0].notes.iter().any(|note| note.code == "date-order"));
    let (mut session, _) = open(&bytes, "dates=day-first").expect("clicks");
    assert_eq!(cells(&mut session, &bytes, &["time"])[0], "2026-04-05T09:12:33Z");
}

/// Times of the second file, and what is noted of its dates.
fn opened_beside(first: &[u8], second: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut session = Session::new(Around::new(berlin()));
    let files = [("first.csv", first), ("second.csv", second)];
    let given = files.map(|(name, bytes)| GivenFile { name: name.to_owned(), size: bytes.len() as u64 });
    let mut opening = session.open_as(given.to_vec(), 7, ReadAs::default());
    common::read_all(&mut opening, &[first, second]);
    let opened = session.install(opening, DataToken(1)).expect("clicks");
    let ask = RowsParams {
        columns: vec!["time".to_owned(), "url".to_owned()],
        order_by: vec!["url".to_owned(), "time".to_owned()],
        limit: Some(100),
        ..RowsParams::default()
    };
    let rows = common::answer(&mut session, &AskRows(ask), &[first, second]).rows;
    let of_second = rows.iter().filter(|row| row[1].as_str().is_some_and(|url| url.contains("second")));
    let times = of_second.map(|row| row[0].as_str().unwrap_or("∅").to_owned()).collect();
    let notes = opened.files[1].notes.iter().filter(|note| note.code == "date-order");
    (times, notes.map(|note| format!("{} {}", note.title.original(), note.text.original())).collect())
}

#[test]
fn dates_of_another_file_decide_only_where_they_are_written_alike() {
    let day_first = b"Timestamp,Url,ActionType,AccountUpn\n\
        14/05/2026 09:12:33,https://first.example/,ClickAllowed,ana@contoso.com\n";
    let alike = b"Timestamp,Url,ActionType,AccountUpn\n\
        04/05/2026 09:12:33,https://second.example/,ClickAllowed,ana@contoso.com\n";
    let (times, notes) = opened_beside(day_first, alike);
    assert_eq!(times, ["2026-05-04T09:12:33Z"]);
    assert!(notes[0].contains("first.csv"), "{notes:?}");
    for another in ["4/5/2026 9:12:33 AM", "04-05-2026 09:12:33"] {
        let file = format!(
            "Timestamp,Url,ActionType,AccountUpn\n\"{another}\",https://second.example/,ClickAllowed,ana@contoso.com\n"
        );
        let (times, notes) = opened_beside(day_first, file.as_bytes());
        assert_eq!(times, ["2026-04-05T09:12:33Z"], "{another}");
        assert!(notes[0].contains("cannot be told apart"), "{notes:?}");
    }
}

#[test]
fn local_times_of_a_named_place_become_instants() {
    let bytes = b"Timestamp Local time,Url,ActionType,AccountUpn\n\
        2026-03-28 09:00:00,https://a.example/,ClickAllowed,ana@contoso.com\n\
        2026-03-30 09:00:00,https://a.example/b,ClickAllowed,ana@contoso.com\n";
    let (mut session, opened) = open(bytes, "").expect("clicks");
    assert_eq!(opened.files[0].zone_certainty, "local");
    assert_eq!(cells(&mut session, bytes, &["time"])[0], "2026-03-28T09:00:00");
    let (mut session, opened) = open(bytes, "times=Europe/Berlin").expect("clicks");
    assert_eq!(opened.files[0].zone_certainty, "told");
    assert!(!opened.files[0].notes.iter().any(|note| note.code == "local-time"));
    assert_eq!(cells(&mut session, bytes, &["time"]), ["2026-03-28T08:00:00Z", "2026-03-30T07:00:00Z"]);
    // A place that nobody knows changes nothing, and the file still says that its times are local.
    let (_, opened) = open(bytes, "times=Nowhere/Land").expect("clicks");
    assert_eq!(opened.files[0].zone_certainty, "local");
    // A file that says UTC is not moved.
    let utc = b"Timestamp,Url,ActionType,AccountUpn\n2026-03-28T09:00:00Z,https://a.example/,ClickAllowed,ana@contoso.com\n";
    let (mut session, _) = open(utc, "times=Europe/Berlin").expect("clicks");
    assert_eq!(cells(&mut session, utc, &["time"]), ["2026-03-28T09:00:00Z"]);
}

#[test]
fn order_that_was_said_against_what_the_source_keeps_is_read_and_doubted() {
    let days: String = (4..9)
        .map(|day| format!("5/{day}/2026 10:12:49,https://a.example/{day},ClickAllowed,ana@contoso.com\n"))
        .collect();
    let csv = format!("Timestamp,Url,ActionType,AccountUpn\n{days}");
    let doubted = |said: &str| {
        let (_, opened) = open(csv.as_bytes(), said).expect("clicks");
        opened.files[0].notes.iter().any(|note| note.code == "date-order")
    };
    assert!(!doubted("") && !doubted("dates=month-first"));
    assert!(doubted("dates=day-first"));
}
