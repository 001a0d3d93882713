//! What somebody says about files that do not say it themselves.

#[expect(dead_code, reason = "other tests open files of which nobody says anything")]
mod common;

use clicks::Failure;
use clicks::engine::DataToken;
use clicks::import::{Mapping, Opened, ReadAs};
use clicks::query::{Around, AskRows, AskTrust, RowsParams, Zone, ZoneSource};
use clicks::session::{GivenFile, Session};

/// Berlin, as far as these files go: summer time from 29 March 2026.
fn berlin() -> ZoneSource {
    Box::new(|name, _, _| {
        let offsets = vec![(0, 60), (1_774_746_000_000, 120)];
        (name == "Europe/Berlin").then(|| Zone { name: name.to_owned(), offsets })
    })
}

fn open(bytes: &[u8], read_as: &str) -> Result<(Session, Opened), Failure> {
    let mut session = Session::new(Around::new(berlin()));
    let given = vec![GivenFile { name: "unknown".to_owned(), size: bytes.len() as u64 }];
    let mut opening = session.open_as(given, 7, ReadAs::parse(read_as));
    common::read_all(&mut opening, &[bytes]);
    let opened = session.install(opening, DataToken(1))?;
    Ok((session, opened))
}

/// Some columns of all clicks, oldest first.
fn cells(session: &mut Session, bytes: &[u8], columns: &[&str]) -> Vec<String> {
    let params = RowsParams {
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        order_by: vec!["time".to_owned()],
        limit: Some(100),
        ..RowsParams::default()
    };
    let rows = common::answer(session, &AskRows(params), &[bytes]).rows;
    let text = |row: &Vec<serde_json::Value>| {
        row.iter().map(|cell| cell.as_str().unwrap_or("∅")).collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(text).collect()
}

fn sample(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn table_of_no_known_kind_is_refused_with_its_columns_and_guesses() {
    let bytes = sample("mapped/ticket-list.csv");
    let failure = open(&bytes, "").err().expect("nothing is read by a guess");
    let table = failure.table.expect("a table");
    assert_eq!(table.columns.len(), 7);
    assert_eq!(table.rows.len(), 5);
    let guess = |field: &str| {
        let place = table.guesses.iter().find(|(f, _)| f == field).map(|(_, place)| *place as usize);
        place.map(|place| table.columns[place].original())
    };
    assert_eq!(
        ["time", "url", "user", "ip", "rawAction", "verdict", "sender"].map(guess),
        [Some("When"), Some("Link"), Some("Who"), Some("From where"), Some("Result"), Some("Rating"), None]
    );
}

#[test]
fn table_whose_columns_are_named_gives_clicks_and_says_what_it_refused() {
    let bytes = sample("mapped/ticket-list.csv");
    let read_as = "columns=time:When;url:Link;user:Who;rawAction:Result;verdict:Rating;ip:From%20where";
    let (mut session, opened) = open(&bytes, read_as).expect("clicks");
    assert_eq!((opened.rows, opened.files[0].refused), (5, 1));
    assert_eq!(opened.files[0].kind, "mapped-csv");
    assert_eq!(
        cells(&mut session, &bytes, &["user", "verdict", "action", "rawAction"]),
        [
            "ana.ruiz@contoso.com Safe Allowed ClickAllowed",
            "ben.hoff@contoso.com Malicious Blocked Blocked",
            "ben.hoff@contoso.com Malicious UserOverride Block page override",
            // A word of no export is unknown, never allowed.
            "carla.ito@contoso.com Unknown Unknown let in",
            "carla.ito@contoso.com Blocked UserOverride User override",
        ]
    );
}

#[test]
fn table_without_a_header_is_asked_by_numbers_and_loses_no_click() {
    let bytes = b"sep=;\n2026-05-04 09:12:33;https://a.example/;ana@contoso.com;blocked\n\
        2026-05-04 09:13:33;https://a.example/b;ben@contoso.com;allowed\n\
        odd;https://a.example/c;;allowed\n";
    let failure = open(bytes, "").err().expect("nothing is read by a guess");
    assert!(failure.message.original().contains("no line of column names"));
    let table = failure.table.expect("a table");
    let names: Vec<&str> = table.columns.iter().map(clicks::model::Untrusted::original).collect();
    assert_eq!(names, ["#1 of 4", "#2 of 4", "#3 of 4", "#4 of 4"]);
    assert_eq!(table.rows.len(), 3);
    assert!(table.guesses.contains(&("time".to_owned(), 0)), "one odd cell says nothing of a column");
    assert!(table.guesses.contains(&("rawAction".to_owned(), 3)), "its words are those of what happened");
    let read_as = "columns=time:%231%20of%204;url:%232%20of%204;user:%233%20of%204;rawAction:%234%20of%204";
    let (mut session, opened) = open(bytes, read_as).expect("clicks");
    assert_eq!((opened.files[0].records, opened.rows, opened.files[0].refused), (3, 2, 1));
    assert_eq!(opened.files[0].reasons[0].lines, [4]);
    assert_eq!(
        cells(&mut session, bytes, &["user", "action"]),
        ["ana@contoso.com Blocked", "ben@contoso.com Allowed"]
    );
}

#[test]
fn table_is_not_read_by_names_of_another_one() {
    let bytes = sample("mapped/two-mail-columns.csv");
    assert!(open(&bytes, "columns=time:When;url:Link;user:Who").is_err());
    let (mut session, opened) =
        open(&bytes, "columns=time:Opened;url:Target;user:Mailbox;sender:Sender").expect("clicks");
    assert_eq!(opened.rows, 2);
    assert_eq!(
        cells(&mut session, &bytes, &["user", "sender"]),
        ["ana.ruiz@contoso.com it@supplier.example", "carla.ito@contoso.com win@casino.example"]
    );
}

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
fn json_of_no_known_kind_is_read_by_the_keys_that_somebody_names() {
    let bytes = br#"{"tool":"proxy","entries":[
        {"at":"2026-05-04T09:12:33Z","who":{"mail":"ana@contoso.com","name":"Ana"},"req":{"url":"https://a.example/","m":"GET"},"verdict":{"what":"Blocked"}},
        {"at":"2026-05-04T09:13:33Z","who":{"mail":"ben@contoso.com","name":"Ben"},"req":{"url":"https://a.example/b"},"verdict":{"what":"Allowed"}},
        {"at":"noon","who":{"mail":"carla@contoso.com"},"req":{"url":"https://a.example/c"},"verdict":{}}]}"#;
    let failure = open(bytes, "").err().expect("nothing is read by a guess");
    let table = failure.table.expect("a table");
    let names: Vec<&str> = table.columns.iter().map(clicks::model::Untrusted::original).collect();
    assert_eq!(names, ["at", "req.m", "req.url", "verdict.what", "who.mail", "who.name"]);
    assert_eq!(table.rows.len(), 3);
    let guess = |field: &str| {
        let place = table.guesses.iter().find(|(f, _)| f == field).map(|(_, place)| *place as usize);
        place.map(|place| names[place])
    };
    assert_eq!(["time", "url", "user"].map(guess), [Some("at"), Some("req.url"), Some("who.mail")]);
    let read_as = "columns=time:at;url:req.url;user:who.mail;rawAction:verdict.what";
    let (mut session, opened) = open(bytes, read_as).expect("clicks");
    assert_eq!(opened.files[0].kind, "mapped-json");
    assert_eq!((opened.files[0].records, opened.rows, opened.files[0].refused), (3, 2, 1));
    assert_eq!(
        cells(&mut session, bytes, &["user", "url", "action"]),
        ["ana@contoso.com https://a.example/ Blocked", "ben@contoso.com https://a.example/b Allowed"]
    );
    // One record a line, and names with a point in them.
    let lines = br#"{"ts":1777885953000,"src.user":"ana@contoso.com","dst.url":"https://a.example/","x":1}
{"ts":1777885954000,"src.user":"ana@contoso.com","dst.url":"https://a.example/","x":2}
"#;
    let (mut session, opened) = open(lines, "columns=time:ts;url:dst.url;user:src.user").expect("clicks");
    assert_eq!((opened.rows, opened.files[0].duplicates), (2, 0));
    assert_eq!(cells(&mut session, lines, &["user"]).len(), 2);
    // A known kind is not read by it.
    let known = sample("streaming/blob-jsonl-crlf.json");
    let (_, opened) = open(&known, "columns=time:ts;url:properties;user:properties").expect("clicks");
    assert_eq!(opened.files[0].kind, "streaming-jsonl");
}

#[test]
fn what_was_named_for_one_file_is_not_read_into_another() {
    // A document that holds a known click, whatever keys are around it.
    let known = br#"{"event":{"created":"2026-05-04T09:12:33Z","url":"https://b.example/","user":"x@contoso.com","original":"{\"Timestamp\":\"2026-05-04T09:12:33Z\",\"Url\":\"https://a.example/\",\"ActionType\":\"ClickAllowed\",\"AccountUpn\":\"ana@contoso.com\"}"}}"#;
    let (mut session, opened) =
        open(known, "columns=time:event.created;url:event.url;user:event.user").expect("clicks");
    assert_eq!((opened.rows, opened.files[0].refused), (1, 0));
    assert_eq!(cells(&mut session, known, &["user"]), ["ana@contoso.com"]);
    // Numbers of columns hold for files of as many.
    let four = b"2026-05-04 09:12:33,https://a.example/,mallory@evil.example,ana@contoso.com\n";
    assert!(open(four, "columns=time:%231%20of%203;url:%232%20of%203;user:%233%20of%203").is_err());
}

#[test]
fn json_keys_are_found_as_they_are_written() {
    let dotted = br#"{"_id":"1","fields":{"url.full":["https://a.example/"],"user.email":["ana@contoso.com"],"@timestamp":["2026-05-04T09:12:33.000Z"]}}"#;
    let failure = open(dotted, "").err().expect("nothing is read by a guess");
    let table = failure.table.expect("a table");
    let names: Vec<&str> = table.columns.iter().map(clicks::model::Untrusted::original).collect();
    assert_eq!(names, ["@timestamp", "url.full", "user.email"]);
    for read_as in [
        "columns=time:%40timestamp;url:url.full;user:user.email",
        "columns=time:fields.%40timestamp;url:fields.url.full;user:fields.user.email",
    ] {
        let (mut session, _) = open(dotted, read_as).expect("clicks");
        assert_eq!(cells(&mut session, dotted, &["time", "user"]), ["2026-05-04T09:12:33Z ana@contoso.com"]);
    }
    // Two keys that differ little.
    let two = br#"{"Click time":"2026-05-04T11:12:33Z","Click time (UTC)":"2026-05-04T09:12:33Z","user_id":"770","userId":"ana@contoso.com","link":"https://a.example/"}"#;
    let (mut session, _) =
        open(two, "columns=time:Click%20time%20%28UTC%29;url:link;user:userId").expect("clicks");
    assert_eq!(cells(&mut session, two, &["time", "user"]), ["2026-05-04T09:12:33Z ana@contoso.com"]);
    // Pretty-printed, with a null at the end, inside a wrapper that has a time of its own.
    let pretty = br#"{
  "generatedAt": "2026-05-05T00:00:00Z",
  "events": [
    { "when": "2026-05-04T09:12:33Z", "link": "https://a.example/", "who": "ana@contoso.com", "note": null }
  ]
}"#;
    let table = open(pretty, "").err().and_then(|failure| failure.table).expect("a table");
    let names: Vec<&str> = table.columns.iter().map(clicks::model::Untrusted::original).collect();
    assert_eq!(names, ["link", "when", "who"]);
}

#[test]
fn json_with_endless_keys_is_looked_at_in_no_time() {
    let long = "k".repeat(1_000_000);
    let members: String = (0..50_000).map(|n| format!("\"n{n}\":{n},")).collect();
    let json = format!(
        "{{\"{long}\":{{\"url\":\"https://a.example/\",\"t\":\"2026-05-04T09:12:33Z\",{members}\"z\":0}}}}"
    );
    let started = std::time::Instant::now();
    assert!(open(json.as_bytes(), "").is_err());
    assert!(started.elapsed().as_secs() < 20, "it took {:?}", started.elapsed());
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
fn each_kind_of_table_keeps_what_was_said_of_its_columns() {
    let first = b"When,Link,Who\n2026-05-04 09:12:33,https://a.example/,ana@contoso.com\n";
    let second = b"At;Target;Name\n2026-05-04 09:12:33;https://b.example/;ben@contoso.com\n";
    let table = open(first, "").err().and_then(|failure| failure.table).expect("a table");
    let other = open(second, "").err().and_then(|failure| failure.table).expect("a table");
    let mapping = |names: [&str; 3]| {
        let pairs = ["time", "url", "user"].into_iter().zip(names);
        Mapping(pairs.map(|(field, column)| (field.to_owned(), column.to_owned())).collect())
    };
    let mut said = ReadAs::default();
    said.say_columns(&table, mapping(["When", "Link", "Who"]));
    said.say_columns(&other, mapping(["At", "Target", "Name"]));
    assert_eq!(said.to_string(), "columns=time:When;url:Link;user:Who&columns=time:At;url:Target;user:Name");
    for file in [&first[..], &second[..]] {
        assert_eq!(open(file, &said.to_string()).expect("clicks").1.rows, 1);
    }
    // Said once more of the same table, it takes the place of what was said before.
    said.say_columns(&table, mapping(["When", "Link", "Link"]));
    assert_eq!(said.columns.len(), 2);
}

#[test]
fn numbered_columns_are_not_read_by_what_was_said_of_another_table() {
    let first = b"2026-05-04 09:12:33;https://a.example/;ana@contoso.com\n";
    let turned = b"2026-05-04 09:12:33;ben@contoso.com;https://b.example/\n";
    let said = "columns=time:%231%20of%203;url:%232%20of%203;user:%233%20of%203";
    assert_eq!(open(first, said).expect("clicks").1.rows, 1);
    let failure = open(turned, said).err().expect("its user would be a URL");
    let mut both = ReadAs::parse(said);
    let pairs = [("time", "#1 of 3"), ("url", "#3 of 3"), ("user", "#2 of 3")];
    let pairs = pairs.map(|(field, column)| (field.to_owned(), column.to_owned())).to_vec();
    both.say_columns(&failure.table.expect("a table"), Mapping(pairs));
    for (file, user) in [(&first[..], "ana@contoso.com"), (&turned[..], "ben@contoso.com")] {
        let (mut session, _) = open(file, &both.to_string()).expect("clicks");
        assert_eq!(cells(&mut session, file, &["user"]), [user]);
    }
}

#[test]
fn clicks_with_names_of_people_are_no_directory() {
    let rows = "ana@contoso.com,Free pizza,https://a.example/,2026-05-04 09:12:33\nben@contoso.com,Prize,,\n";
    for names in [
        "user,title,target,at",
        "User,Department,Page visited,Clicked on",
        "Email,Job title,Destination URL,Event time",
    ] {
        let csv = format!("{names}\n{rows}");
        let failure = open(csv.as_bytes(), "").err().expect("nothing is read by a guess");
        assert!(failure.table.is_some(), "{names}: {failure:?}");
    }
    let json = br#"[{"user":"ana@contoso.com","title":"Free pizza","target":"https:\/\/a.example\/","at":"2026-05-04T09:12:33Z"}]"#;
    assert!(open(json, "").err().is_some_and(|failure| failure.table.is_some()));
    let opened = open(json, "columns=time:at;url:target;user:user").expect("clicks").1;
    assert_eq!((opened.rows, opened.files[0].beside.len()), (1, 0));
}

#[test]
fn directory_with_pictures_and_dates_stays_one() {
    let rows = "ana@contoso.com,Finance,https://a.example/p.png,2019-01-02 08:00:00\n";
    for names in [
        "Email,Department,Photo URL,Hire date",
        "userPrincipalName,department,photo,createdDateTime",
        "Mail,Department,Profile picture,Last sign-in",
        "PrimarySmtpAddress,RecipientTypeDetails,OwaUrl,WhenCreated",
    ] {
        let failure = open(format!("{names}\n{rows}").as_bytes(), "").err().expect("no click is in it");
        assert!(failure.message.original().contains("a directory of people"), "{names}: {failure:?}");
    }
    let json = br#"[{"email":"ana@contoso.com","department":"Finance","photo":"https://a.example/p.png","lastLogin":"2026-05-01T08:00:00Z"}]"#;
    let failure = open(json, "").err().expect("no click is in it");
    assert!(failure.message.original().contains("a directory of people"), "{failure:?}");
}

#[test]
fn numbered_columns_that_hold_addresses_are_no_words_for_what_happened() {
    let said = "columns=time:%231%20of%204;url:%232%20of%204;user:%233%20of%204;rawAction:%234%20of%204";
    let sender_before_user = b"2026-05-04 09:12:33;https://a.example/;evil@spam.example;ana@contoso.com\n";
    assert!(open(sender_before_user, said).is_err());
    let unseen = format!(
        "\"2026-05-04 09:12:33\";\"ben@contoso.com\";\"https://a.example/{}\";\"Blocked\"\n",
        "x".repeat(3_000)
    );
    assert!(open(unseen.as_bytes(), said).is_err(), "of what cannot be seen nothing is known");
    let defanged = b"2026-05-04 09:12:33;hxxps://a[.]example/;ana@contoso[.]com;Blocked\n";
    assert_eq!(open(defanged, said).expect("clicks").1.rows, 1);
}

#[test]
fn nested_record_is_offered_with_what_stands_beside_its_url() {
    let json = br#"[{"id":1,"req":{"url":"https://a.example/","ts":"2026-05-04T09:12:33Z"},"who":{"mail":"ana@contoso.com"},"outcome":{"word":"Blocked"}}]"#;
    let table = open(json, "").err().and_then(|failure| failure.table).expect("a table");
    let names: Vec<&str> = table.columns.iter().map(clicks::model::Untrusted::original).collect();
    for name in ["req.url", "req.ts", "who.mail", "outcome.word"] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    let (mut session, _) =
        open(json, "columns=time:req.ts;url:req.url;user:who.mail;rawAction:outcome.word").expect("clicks");
    assert_eq!(cells(&mut session, json, &["user", "action"]), ["ana@contoso.com Blocked"]);
}

#[test]
fn named_columns_are_not_read_where_a_known_format_reads() {
    let json = br#"[{"Timestamp":"2026-05-04T09:12:33Z","Url":"https://a.example/","ActionType":"ClickAllowed","AccountUpn":"ana@contoso.com","Workload":"Email"},{"user":"ana@contoso.com","title":"Free pizza","target":"https://b.example/","at":"2026-05-04T09:13:00Z"}]"#;
    let opened = open(json, "columns=time:at;url:target;user:user").expect("clicks").1;
    assert_eq!((opened.rows, opened.files[0].skipped), (1, 1));
}

#[test]
fn audit_click_with_the_keys_of_alerts_is_a_click() {
    let json = br#"[{"Operation":"TIUrlClickData","RecordType":41,"UserId":"ana@contoso.com","TimeOfClick":"2026-05-04T09:12:33","Url":"https://a.example/","UrlClickAction":2,"AlertId":null,"AlertEntityId":null,"Data":null}]"#;
    assert_eq!(open(json, "").expect("clicks").1.rows, 1);
}

#[test]
fn broken_line_does_not_hide_that_columns_can_be_named() {
    let lines = b"{\"when\":\"2026-05-04T09:12:33Z\",\"link\":\"https://a.example/\",\"who\":\"ana@contoso.com\"}\n{\"when\":\"2026\n";
    let failure = open(lines, "").err().expect("nothing is read by a guess");
    assert!(failure.table.is_some(), "{failure:?}");
    assert!(!failure.message.original().contains("Not one of"), "{failure:?}");
}

#[test]
fn key_with_dots_is_shown_as_it_is_read() {
    let json = br#"[{"req":{"url":"https://inner.example/"},"req.url":"https://outer.example/","at":"2026-05-04T09:12:33Z","who":"ana@contoso.com"}]"#;
    let table = open(json, "").err().and_then(|failure| failure.table).expect("a table");
    let place = table.columns.iter().position(|name| name.original() == "req.url").expect("the way");
    assert_eq!(table.rows[0][place].original(), "https://outer.example/");
    let (mut session, _) = open(json, "columns=time:at;url:req.url;user:who").expect("clicks");
    assert_eq!(cells(&mut session, json, &["url"]), ["https://outer.example/"]);
}

#[test]
fn columns_beyond_those_that_are_offered_are_counted() {
    let head: Vec<String> = (0..250).map(|n| format!("c{n}")).collect();
    let row = vec!["x"; 250];
    let file = format!("{}\n{}\n", head.join(","), row.join(","));
    let table = open(file.as_bytes(), "").err().and_then(|failure| failure.table).expect("a table");
    assert_eq!((table.columns.len(), table.more_columns), (200, 50));
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
fn table_of_no_known_kind_inside_an_archive_can_be_named() {
    let bytes = sample("packed/unknown-table-beside-an-export.zip");
    let (_, opened) = open(&bytes, "").expect("the export beside it");
    let names: Vec<&str> = opened.files.iter().map(|file| file.name.original()).collect();
    assert_eq!(
        names,
        ["unknown › April.csv", "unknown › Tickets.csv"],
        "what holds no clicks is named in a note"
    );
    assert!(opened.files[1].is_refused() && opened.files[1].table.is_some());
    let (_, opened) = open(&bytes, "columns=time:When;url:Link;user:Who;rawAction:Result").expect("clicks");
    assert_eq!(opened.rows, 4);
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
