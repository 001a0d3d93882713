//! Which keys of JSON are what.

use super::{cells, open, sample};

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
fn fifth_nested_record_is_shown_as_the_four_before_it() {
    let record = r#"{"req":{"url":"https://a.example/","ts":"2026-05-04T09:12:33Z"},"who":{"mail":"ana@contoso.com"}}"#;
    let json = format!("[{}]", [record; 6].join(","));
    let table = open(json.as_bytes(), "").err().and_then(|failure| failure.table).expect("a table");
    let names: Vec<&str> = table.columns.iter().map(clicks::model::Untrusted::original).collect();
    assert_eq!((names, table.rows.len()), (vec!["req.ts", "req.url", "who.mail"], 5));
}

#[test]
fn records_that_differ_beyond_the_digits_of_a_fraction_are_records_each() {
    let click = |n: &str| {
        format!(
            r#"{{"Timestamp":"2026-05-04T09:12:33Z","Url":"https://a.example/","ActionType":"ClickAllowed","AccountUpn":"ana@contoso.com","Workload":"Email","took":{n}}}"#
        )
    };
    let json = |a: &str, b: &str| format!(r#"{{"a":{},"b":{}}}"#, click(a), click(b));
    let records = |json: String| open(json.as_bytes(), "").expect("clicks").1.files[0].records;
    assert_eq!(records(json("1777885953.123456781", "1777885953.123456789")), 2);
    assert_eq!(records(json("1.50", "1.5")), 1);
}
