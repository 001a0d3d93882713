//! One click that several exports tell of.

#[expect(dead_code, reason = "other tests ask questions")]
mod common;

use clicks::query::{AskDetail, AskReport, Detail, Totals};

/// Rows that count when these files are opened together.
fn clicks(files: &[(&str, &str)]) -> u64 {
    totals(files).clicks
}

/// Those of them that reached the page.
fn reached(files: &[(&str, &str)]) -> u64 {
    totals(files).reached
}

fn totals(files: &[(&str, &str)]) -> Totals {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let mut session = common::session_in(Box::new(|_, _, _| None), &files).expect("clicks");
    let bytes: Vec<&[u8]> = files.iter().map(|(_, bytes)| *bytes).collect();
    common::answer(&mut session, &AskReport::default(), &bytes).totals
}

const HUNTING: &str = "Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,ReportId,IPAddress,ThreatTypes,IsClickedThrough\n\
    2026-03-01T09:00:00.4Z,https://a.example/,ClickBlocked,ana@contoso.com,Email,11111111-1111-1111-1111-111111111111,\
    aaaaaaaa-0000-0000-0000-000000000001,192.0.2.1,Phish,false\n";
const EXPLORER: &str = "Time clicked,Recipient,URL click action,URL,Network message ID,Click ID,Threat type\n\
    2026-03-01T09:00:01Z,ana@contoso.com,Block page,https://a.example/,11111111-1111-1111-1111-111111111111,\
    bbbbbbbb-0000-0000-0000-000000000002,Phish\n";

#[test]
fn click_that_explorer_calls_by_an_id_of_its_own_counts_once() {
    assert_eq!(clicks(&[("hunting.csv", HUNTING), ("explorer.csv", EXPLORER)]), 1);
    assert_eq!(clicks(&[("explorer.csv", EXPLORER), ("hunting.csv", HUNTING)]), 1);
}

/// How many clicks some files give, in each order of three of them.
fn in_any_order(files: [(&str, &str); 3]) -> [u64; 6] {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    orders.map(|order| clicks(&order.map(|at| files[at])))
}

#[test]
fn records_of_three_files_give_as_many_clicks_in_any_order() {
    let seconds = HUNTING.replace("09:00:00.4Z", "09:00:00Z");
    let minutes = HUNTING.replace("2026-03-01T09:00:00.4Z", "2026-03-01 09:00");
    let wider = minutes.replace("IsClickedThrough\n", "IsClickedThrough,\n").replace("false\n", "false,\n");
    let files = [("seconds.csv", &*seconds), ("minutes.csv", &*minutes), ("wider.csv", &*wider)];
    // The first two have the same columns and differ, so they are two clicks; the third says what the second does.
    assert_eq!(in_any_order(files), [2; 6]);
    assert_eq!(clicks(&files[1..]), 1);
}

#[test]
fn two_rows_of_one_file_stay_two_beside_a_projection_of_it() {
    let line = |time: &str, threat: &str, subject: &str| {
        format!("{time},https://a.example/,ClickAllowed,ana@contoso.com,Email,{threat}{subject}\n")
    };
    let head = "Timestamp,Url,ActionType,AccountUpn,Workload,ThreatTypes";
    // Without seconds equal rows are clicks of their own.
    let minute = "2026-03-01 09:00";
    let twice = line(minute, "", ",Hello").repeat(2);
    let (whole, part) =
        (format!("{head},Subject\n{twice}"), format!("{head}\n{}", line(minute, "", "").repeat(2)));
    assert_eq!(clicks(&[("whole.csv", &whole)]), 2);
    assert_eq!(in_any_order([("whole.csv", &whole), ("part.csv", &part), ("part-again.csv", &part)]), [2; 6]);
    // Two that differ are two, also where another file repeats one of them.
    let second = "2026-03-01T09:00:00Z";
    let whole = format!("{head},Subject\n{}{}", line(second, "", ",Hello"), line(second, "Phish", ",Hello"));
    let (part, other) =
        (format!("{head}\n{}", line(second, "", "")), format!("{head}\n{}", line(second, "Phish", "")));
    assert_eq!(clicks(&[("whole.csv", &whole), ("part.csv", &part)]), 2);
    assert_eq!(in_any_order([("whole.csv", &whole), ("part.csv", &part), ("other.csv", &other)]), [2; 6]);
}

#[test]
fn clicks_of_two_click_ids_in_two_files_of_explorer_count_twice() {
    let other = EXPLORER.replace("bbbbbbbb", "cccccccc").replace(",Threat type", ",Tags");
    assert_eq!(clicks(&[("one.csv", EXPLORER), ("other.csv", &other)]), 2);
}

#[test]
fn clicks_of_two_report_ids_in_two_formats_count_twice() {
    let flat = "Date,User,URL,Host,Verdict,Action,Raw Action,Message ID,Report ID\n\
        2026-03-01T09:00:00.9Z,ana@contoso.com,https://a.example/,a.example,Malicious,Blocked,ClickBlocked,\
        11111111-1111-1111-1111-111111111111,cccccccc-0000-0000-0000-000000000003\n";
    assert_eq!(clicks(&[("hunting.csv", HUNTING), ("flat.csv", flat)]), 2);
    let same = flat.replace("cccccccc-0000-0000-0000-000000000003", "aaaaaaaa-0000-0000-0000-000000000001");
    assert_eq!(clicks(&[("hunting.csv", HUNTING), ("flat.csv", &same)]), 1);
}

#[test]
fn one_text_in_a_list_is_the_same_however_json_is_laid_out() {
    let click = r#"{"Timestamp":"2026-03-01T09:00:00Z","Url":"https://a.example/","ActionType":"ClickBlocked","AccountUpn":"ana@contoso.com","Workload":"Email","ThreatTypes":["Phish"]}"#;
    let laid_out = click.replace("[\"Phish\"]", "[\n  \"Phish\"\n]");
    assert_eq!(clicks(&[("one.json", &format!("[{click},{laid_out}]"))]), 1);
}

#[test]
fn click_behind_one_that_stands_deeper_is_still_of_its_array() {
    let click = |second: u8| {
        format!(
            r#"{{"clickTime":"2026-03-01T09:00:0{second}Z","url":"https://a.example/{second}","recipient":"ana@contoso.com","clickIP":"192.0.2.1","classification":"phish","GUID":"g{second}","threatTime":"2026-03-01T09:00:00Z"}}"#
        )
    };
    let deeper = format!(r#"{{"clicksPermitted":[{},{{"x":{}}},{}]}}"#, click(1), click(2), click(3));
    let flat = format!(r#"{{"clicksPermitted":[{},{},{}]}}"#, click(1), click(2), click(3));
    assert_eq!(reached(&[("deeper.json", &deeper)]), 3);
    assert_eq!(reached(&[("flat.json", &flat)]), 3);
}

#[test]
fn each_of_many_clicks_that_only_their_subjects_tell_apart_says_where_else_it_is() {
    let mut text = "Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,Subject\n".to_owned();
    for subject in 0..100 {
        text.push_str(&format!(
            "2026-03-01T09:00:00Z,https://a.example/,ClickBlocked,ana@contoso.com,Email,11111111-1111-1111-1111-111111111111,Subject {subject}\n"
        ));
    }
    let files: [(&str, &[u8]); 2] = [("one.csv", text.as_bytes()), ("other.csv", text.as_bytes())];
    let bytes = files.map(|(_, bytes)| bytes);
    let mut session = common::session_in(Box::new(|_, _, _| None), &files).expect("clicks");
    assert_eq!(common::answer(&mut session, &AskReport::default(), &bytes).totals.clicks, 100);
    for row in 0..100 {
        let detail: Detail = common::answer(&mut session, &AskDetail { row, ..AskDetail::default() }, &bytes);
        let names: Vec<(u32, &str)> =
            detail.also_in.iter().map(|(place, name)| (*place, name.original())).collect();
        assert_eq!(names, [(1, "other.csv")], "{row}");
    }
}

#[test]
fn two_clicks_of_one_file_stay_two_beside_a_file_that_repeats_one_of_them() {
    // Equal but for a column that is not read; no report ids.
    let two = "Timestamp,Url,ActionType,AccountUpn,UrlChain\n\
        2026-03-01T09:00:00Z,https://a.example/,ClickBlocked,ana@contoso.com,one\n\
        2026-03-01T09:00:00Z,https://a.example/,ClickBlocked,ana@contoso.com,other\n";
    let one = "Timestamp,Url,ActionType,AccountUpn,UrlChain,Subject\n\
        2026-03-01T09:00:00Z,https://a.example/,ClickBlocked,ana@contoso.com,one,Hello\n";
    assert_eq!(clicks(&[("two.csv", two)]), 2);
    assert_eq!(clicks(&[("two.csv", two), ("one.csv", one)]), 2);
    assert_eq!(clicks(&[("one.csv", one), ("two.csv", two)]), 2);
}
