//! Which columns of a table are what, and what is a table of clicks.

use clicks::engine::DataToken;
use clicks::import::{Mapping, ReadAs};
use clicks::query::Around;
use clicks::session::{GivenFile, Session};

use super::{berlin, cells, common, open, sample};

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
        "User,Department,Website,Clicked on",
        "User,Department,Site,Last click",
        "User,Department,Page,Endpoint time",
        "User,Department,Web address,Event start",
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
        "mail,department,website,lastlogin",
    ] {
        let failure = open(format!("{names}\n{rows}").as_bytes(), "").err().expect("no click is in it");
        assert!(failure.message.original().contains("a directory of people"), "{names}: {failure:?}");
    }
    let numbers =
        "Mail,Department,Intranet,Cost center\nana@contoso.com,Finance,https://a.example/,1000000001\n";
    let failure = open(numbers.as_bytes(), "").err().expect("no click is in it");
    assert!(failure.message.original().contains("a directory of people"), "{failure:?}");
    let json = br#"[{"email":"ana@contoso.com","department":"Finance","photo":"https://a.example/p.png","lastLogin":"2026-05-01T08:00:00Z"}]"#;
    let failure = open(json, "").err().expect("no click is in it");
    assert!(failure.message.original().contains("a directory of people"), "{failure:?}");
}

#[test]
fn numbered_columns_that_hold_addresses_are_no_words_for_what_happened() {
    let said = "columns=time:%231%20of%204;url:%232%20of%204;user:%233%20of%204;rawAction:%234%20of%204";
    let sender_before_user = b"2026-05-04 09:12:33;https://a.example/;evil@spam.example;ana@contoso.com\n";
    assert!(open(sender_before_user, said).is_err());
    let long = |url: usize| {
        let url = "x".repeat(url);
        format!("\"2026-05-04 09:12:33\";\"https://a.example/{url}\";\"ben@contoso.com\";\"Blocked\"\n")
    };
    assert_eq!(open(long(3_000).as_bytes(), said).expect("a chain of URLs is long").1.rows, 1);
    let unseen = open(long(70_000).as_bytes(), said).err().expect("of what cannot be seen nothing is known");
    assert!(unseen.table.is_none(), "what cannot be seen cannot be named");
    let dashes = "2026-05-04 09:12:33;https://a.example/;ana@contoso.com;-\n".repeat(4);
    assert_eq!(open(dashes.as_bytes(), &said.replace("rawAction", "ip")).expect("clicks").1.rows, 1);
    let defanged = b"2026-05-04 09:12:33;hxxps://a[.]example/;ana@contoso[.]com;Blocked\n";
    assert_eq!(open(defanged, said).expect("clicks").1.rows, 1);
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
fn columns_beyond_those_that_are_offered_are_counted() {
    let head: Vec<String> = (0..250).map(|n| format!("link{n}")).collect();
    let row = vec!["x"; 250];
    let file = format!("{}\n{}\n", head.join(","), row.join(","));
    let table = open(file.as_bytes(), "").err().and_then(|failure| failure.table).expect("a table");
    assert_eq!((table.columns.len(), table.more_columns), (200, 50));
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
fn table_that_can_be_named_is_offered_before_what_nobody_can_do_anything_about() {
    let bytes = sample("packed/text-before-an-unknown-table.zip");
    let failure = open(&bytes, "").err().expect("nothing is read by a guess");
    assert!(failure.table.is_some(), "{failure:?}");
    let mut session = Session::new(Around::new(berlin()));
    let files: [&[u8]; 2] = [b"just a text\n", &sample("mapped/ticket-list.csv")];
    let given = ["readme.txt", "Tickets.csv"].into_iter().zip(files);
    let given = given.map(|(name, bytes)| GivenFile { name: name.to_owned(), size: bytes.len() as u64 });
    let mut opening = session.open_as(given.collect(), 7, ReadAs::default());
    common::read_all(&mut opening, &files);
    let failure = session.install(opening, DataToken(1)).expect_err("nothing is read by a guess");
    assert!(failure.table.is_some() && failure.also.len() == 1, "{failure:?}");
}

#[test]
fn directory_that_looks_like_clicks_can_be_named_all_the_same() {
    let csv =
        b"User,Department,Website,Started\nana@contoso.com,Finance,https://a.example/,2026-05-04 09:12:33\n";
    let failure = open(csv, "").err().expect("no click is in it");
    assert!(
        failure.message.original().contains("a directory of people") && failure.table.is_some(),
        "{failure:?}"
    );
    assert_eq!(open(csv, "columns=time:Started;url:Website;user:User").expect("clicks").1.rows, 1);
}

#[test]
fn bare_numbers_of_another_product_are_no_words_of_the_audit_log() {
    let csv = b"When,Link,Who,Status\n2026-05-04T09:12:33Z,https://a.example/,ana@contoso.com,1\n";
    let (mut session, _) = open(csv, "columns=time:When;url:Link;user:Who;rawAction:Status").expect("clicks");
    assert_eq!(cells(&mut session, csv, &["action", "rawAction"]), ["Unknown 1"]);
}

#[test]
fn threats_are_guessed_as_threats_and_what_was_not_named_is_not_said_to_be_missing() {
    let csv = b"When,Link,Who,What,Danger\n\
        2026-05-04T09:12:33Z,https://a.example/,ana@contoso.com,let in,\n\
        2026-05-04T09:12:34Z,https://b.example/,ana@contoso.com,kept out,Phish\n";
    let table = open(csv, "").err().and_then(|failure| failure.table).expect("a table");
    assert!(table.guesses.contains(&("threat".to_owned(), 4)), "{:?}", table.guesses);
    let (_, opened) = open(csv, "columns=time:When;url:Link;user:Who;verdict:Danger").expect("clicks");
    let codes: Vec<&str> = opened.files[0].notes.iter().map(|note| note.code.as_str()).collect();
    assert!(codes.contains(&"no-action") && !codes.contains(&"no-allowed"), "{codes:?}");
}
