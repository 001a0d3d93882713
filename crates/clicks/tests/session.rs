//! A whole load and what is asked after it, through a session, however the bytes come.

mod common;

use clicks::ask::{self, Written};
use clicks::engine::DataToken;
use clicks::model::Field;
use clicks::query::{Around, AskDetail, AskNotTaken, AskTrust, Detail, Trust};
use clicks::session::{GivenFile, Opening, Session, Want, Wants};
use clicks::{Failure, FailureKind};

const HEADER: &str = "Timestamp,Url,ActionType,AccountUpn,UrlChain\n";

fn export(user: &str, rows: u32) -> Vec<u8> {
    let row = |n: u32| {
        let chain = format!("\"[\"\"https://a.example/{n}\"\",\"\"https://b.example/\"\"]\"");
        format!("2026-05-04T09:12:{n:02}Z,https://a.example/{n},ClickAllowed,{user}@contoso.com,{chain}\n")
    };
    format!("{HEADER}{}", (0..rows).map(row).collect::<String>()).into_bytes()
}

fn session() -> Session {
    Session::new(Around { reader: "The test", ..Around::new(Box::new(|_, _, _| None)) })
}

fn begin(session: &Session, files: &[&[u8]]) -> Opening {
    let given = files
        .iter()
        .zip(1..)
        .map(|(bytes, n)| GivenFile { name: format!("{n}.csv"), size: bytes.len() as u64 });
    session.open(given.collect(), 7)
}

/// Reads all that is wanted in pieces, and stops with an error when a file has given so many bytes.
fn read_in_pieces(work: &mut dyn Wants, files: &[&[u8]], piece: usize, broken: Option<(usize, usize)>) {
    while let Want::Read { file, from, len } = work.want() {
        let wanted = &files[file][from as usize..(from + len) as usize];
        let mut given = 0;
        let stopped = wanted.chunks(piece).any(|piece| {
            let breaks = broken.is_some_and(|(at, after)| at == file && given >= after);
            given += piece.len();
            breaks || !work.feed(piece)
        });
        match broken {
            Some((at, after)) if at == file && stopped && given > after => {
                work.fail("the stick was pulled out");
            }
            _ => work.end(),
        }
    }
}

#[test]
fn open_and_detail_are_the_same_in_pieces_of_any_size() {
    let (one, two) = (export("ana", 40), export("bo", 30));
    let files: [&[u8]; 2] = [&one, &two];
    let all = |piece: usize| {
        let mut session = session();
        let mut opening = begin(&session, &files);
        read_in_pieces(&mut opening, &files, piece, None);
        assert_eq!(opening.want(), Want::Idle);
        let opened = session.install(opening, DataToken(1)).expect("clicks");
        let details: Vec<Detail> = (0..opened.rows as u32)
            .map(|row| {
                let question =
                    ask::read(&Written::of(&AskDetail { row, ..AskDetail::default() })).expect("a question");
                let mut asking = session.ask(DataToken(1), question).expect("data");
                read_in_pieces(&mut asking, &files, piece, None);
                serde_json::from_str(&session.answer(asking).expect("a row")).expect("a detail")
            })
            .collect();
        (opened, details)
    };
    let (opened, details) = all(usize::MAX);
    assert_eq!((opened.rows, opened.files.len(), details.len()), (70, 2, 70));
    for detail in &details {
        assert_eq!(detail.chain.len(), 2, "{detail:?}");
        assert!(detail.raw.iter().any(|(_, cell)| *cell == detail.chain[0]), "{detail:?}");
    }
    for piece in [1, 7, 64] {
        assert!((opened.clone(), details.clone()) == all(piece), "in pieces of {piece}");
    }
}

#[test]
fn file_that_stops_in_the_middle_is_left_out_and_the_others_are_open() {
    let (one, two, three) = (export("ana", 10), export("bo", 50), export("cy", 20));
    let files: [&[u8]; 3] = [&one, &two, &three];
    let mut session = session();
    let mut opening = begin(&session, &files);
    read_in_pieces(&mut opening, &files, 100, Some((1, 1_000)));
    let opened = session.install(opening, DataToken(1)).expect("clicks");
    assert_eq!(opened.rows, 30);
    let why = &opened.files[1].why.original();
    assert!(why.starts_with("The test could not read the file: the stick was pulled out."), "{why}");
    // Records are looked for in the files that gave clicks.
    for row in 0..30 {
        let detail: Detail = common::answer(&mut session, &AskDetail { row, ..AskDetail::default() }, &files);
        assert!(detail.raw_missing.is_none() && detail.file != "2.csv", "{detail:?}");
    }
}

#[test]
fn file_that_gives_less_than_it_has_is_not_half_read() {
    let whole = export("ana", 50);
    let mut session = session();
    let mut opening = begin(&session, &[&whole]);
    opening.feed(&whole[..2_000]);
    assert_eq!((opening.progress().bytes, opening.progress().bytes_total), (2_000, whole.len() as u64));
    opening.end();
    let failure = session.install(opening, DataToken(1)).expect_err("half a file");
    assert_eq!(failure.kind, FailureKind::Unreadable);
    assert!(
        failure.message.original().contains("gave 2000 of") && failure.file == Some("1.csv".into()),
        "{failure:?}"
    );
}

#[test]
fn file_that_is_something_else_is_not_read_to_its_end() {
    let other = b"%PDF-1.7 and much more".repeat(1_000);
    let mut opening = begin(&session(), &[&other]);
    let fed = other.chunks(100).take_while(|piece| opening.feed(piece)).count();
    assert!(fed < 50, "{fed} pieces were taken");
    opening.end();
    assert_eq!(opening.want(), Want::Idle);
}

#[test]
fn refused_file_has_no_column_that_the_others_lack() {
    let (clicks, refused) = (export("ana", 3), b"PK\x03\x04 no export".to_vec());
    let files: [&[u8]; 2] = [&clicks, &refused];
    let mut session = session();
    let mut opening = begin(&session, &files);
    read_in_pieces(&mut opening, &files, 1000, None);
    let opened = session.install(opening, DataToken(1)).expect("clicks");
    assert_eq!(opened.files.len(), 2, "the refused one is listed");
    assert!(opened.has(Field::RawAction));
    assert!(!opened.has(Field::Device));
}

#[test]
fn load_without_clicks_leaves_what_was_open() {
    let good = export("ana", 3);
    let mut session = session();
    let mut opening = begin(&session, &[&good]);
    common::read_all(&mut opening, &[&good]);
    session.install(opening, DataToken(1)).expect("clicks");
    let mut opening = begin(&session, &[b"", b"a,b\n1,2\n"]);
    common::read_all(&mut opening, &[b"", b"a,b\n1,2\n"]);
    let failure = session.install(opening, DataToken(2)).expect_err("no clicks");
    assert_eq!((failure.kind, failure.file), (FailureKind::Empty, Some("1.csv".into())));
    let trust: Trust = common::answer(&mut session, &AskTrust {}, &[]);
    assert_eq!(trust.clicks, 3);
    let nothing = begin(&session, &[]);
    assert_eq!(session.install(nothing, DataToken(3)).map_err(|f| f.kind), Err(FailureKind::BadRequest));
}

#[test]
fn record_read_while_other_files_were_opened_is_no_answer() {
    let (one, two) = (export("ana", 3), export("bo", 3));
    let mut session = common::session_of("1.csv", &one).expect("clicks");
    let question =
        ask::read(&Written::of(&AskDetail { row: 1, ..AskDetail::default() })).expect("a question");
    let mut asking = session.ask(DataToken(1), question).expect("data");
    let mut opening = begin(&session, &[&two]);
    common::read_all(&mut opening, &[&two]);
    session.install(opening, DataToken(2)).expect("clicks");
    common::read_all(&mut asking, &[&one]);
    let answer: Result<String, Failure> = session.answer(asking);
    assert_eq!(answer.map_err(|f| f.kind), Err(FailureKind::NoData));
}

/// What of the records of the only file was not taken.
fn left_of(file: &[u8]) -> Vec<(u64, String)> {
    let mut session = session();
    let mut opening = begin(&session, &[file]);
    read_in_pieces(&mut opening, &[file], 64, None);
    session.install(opening, DataToken(1)).expect("clicks");
    let asked = AskNotTaken { file: 0 };
    let rows = common::answer(&mut session, &asked, &[file]).rows;
    rows.into_iter().map(|row| (row.line, row.text.original().to_owned())).collect()
}

#[test]
fn records_that_were_not_taken_are_listed_whole() {
    let bad = "2026-05-04 noon,https://a.example/x,ClickAllowed,bo@contoso.com,";
    let csv = format!("{}{bad}\n", String::from_utf8_lossy(&export("ana", 2)));
    assert_eq!(left_of(csv.as_bytes()), [(4, bad.to_owned())]);
    let good = r#"{"Timestamp":"2026-05-04T09:12:33Z","Url":"https://a.example/","ActionType":"ClickAllowed","AccountUpn":"ana@contoso.com"}"#;
    let bad = good.replace("2026-05-04T09:12:33Z", "noon");
    let json = format!("{good}\n{bad}\n");
    assert_eq!(left_of(json.as_bytes()), [(2, bad)]);
}

#[test]
fn file_that_stands_beside_clicks_alone_is_refused_by_its_name() {
    let people: &[u8] = b"UserPrincipalName,Department\nana@contoso.com,Sales\n";
    let mut session = session();
    let mut opening = begin(&session, &[people, b"nothing,of,that\n1,2,3\n"]);
    read_in_pieces(&mut opening, &[people, b"nothing,of,that\n1,2,3\n"], 64, None);
    let failure = session.install(opening, DataToken(1)).expect_err("no clicks");
    assert_eq!(failure.file.map(|name| name.original().to_owned()).as_deref(), Some("1.csv"));
    assert_eq!(failure.also.len(), 1);
}

fn sample(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// All that is known and all clicks after files were opened together, or `first` of them and then the others.
fn all_of(files: &[&[u8]], first: Option<usize>) -> (clicks::import::Opened, Trust, String) {
    let mut session = session();
    let given = |files: &[&[u8]]| -> Vec<GivenFile> {
        let named = files.iter().zip(1..);
        named.map(|(bytes, n)| GivenFile { name: format!("{n}.csv"), size: bytes.len() as u64 }).collect()
    };
    let read_as = clicks::import::ReadAs::default();
    let mut opening = session.open_as(given(&files[..first.unwrap_or(files.len())]), 7, read_as.clone());
    read_in_pieces(&mut opening, files, usize::MAX, None);
    let mut opened = session.install(opening, DataToken(1)).expect("clicks");
    let mut token = DataToken(1);
    if let Some(first) = first {
        let mut opening = session.open_more((DataToken(1), first), given(files), 7, read_as);
        assert_eq!(opening.want(), Want::Read { file: first, from: 0, len: files[first].len() as u64 });
        read_in_pieces(&mut opening, files, usize::MAX, None);
        token = DataToken(2);
        opened = session.install(opening, token).expect("clicks");
    }
    let trust = common::answer_about(&mut session, token, &AskTrust {}, files);
    let ask = clicks::query::RowsParams {
        columns: ["time", "user", "url", "verdict", "action", "subject", "tenant", "rawAction"]
            .map(str::to_owned)
            .to_vec(),
        order_by: vec!["time".to_owned(), "url".to_owned(), "user".to_owned()],
        limit: Some(1_000),
        ..clicks::query::RowsParams::default()
    };
    let rows = common::answer_about(&mut session, token, &clicks::query::AskRows(ask), files);
    (opened, trust, format!("{:?}", rows.rows))
}

#[test]
fn files_that_are_added_give_what_all_of_them_give_opened_together() {
    let sets: [&[&str]; 4] = [
        &["hunting-csv/plain.csv", "hunting-csv/plain.csv", "hunting-csv/bad-rows.csv"],
        &[
            "hunting-csv/numeric-date-ambiguous.csv",
            "hunting-csv/plain.csv",
            "packed/two-exports-and-junk.zip",
        ],
        &[
            "audit/purview-search.csv",
            "messages/emailevents-one-row-a-recipient.csv",
            "hunting-csv/plain.csv",
            "invalid/broken.json",
        ],
        &[
            "packed/nested.zip",
            "invalid/empty.csv",
            "people/mail-department-manager.csv",
            "detail-report/fr-fr-only-the-span-decides.csv",
        ],
    ];
    for set in sets {
        let bytes: Vec<Vec<u8>> = set.iter().map(|name| sample(name)).collect();
        let files: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
        let together = all_of(&files, None);
        for first in 1..files.len() {
            assert!(together.2.len() > 100, "{set:?}");
            assert!(together == all_of(&files, Some(first)), "{set:?}, after {first}");
        }
    }
}
