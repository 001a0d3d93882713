//! Any split of the bytes of an export gives the same data set: a property, tried on exports that are put
//! together from hostile parts.

use clicks::import::Loader;
use clicks::model::Field;
use clicks::query::values;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a file comes to, in full: every cell, line and reason. An error is a result too.
fn everything(bytes: &[u8], cuts: &[usize]) -> String {
    let mut loader = Loader::default();
    loader.start_file("unknown", bytes.len() as u64);
    let mut rest = bytes;
    let mut cuts = cuts.iter().cycle();
    while !rest.is_empty() {
        let len = cuts.next().map_or(rest.len(), |c| (*c).clamp(1, rest.len()));
        let (piece, after) = rest.split_at(len);
        loader.push(piece);
        rest = after;
    }
    match loader.end_file() {
        Err(failure) => format!("{failure:?}"),
        Ok(report) => {
            let data = loader.finish().data;
            let mut text = format!("{report:?}\n");
            for row in 0..data.len() {
                let cells: Vec<String> =
                    Field::columns().map(|field| values::text(&data, row, field)).collect();
                text.push_str(&format!("{} {:?} {cells:?}\n", data.line[row], data.origin.at(row)));
            }
            text
        }
    }
}

fn cell() -> impl Strategy<Value = String> {
    select(vec![
        "",
        "plain",
        "\"quoted\"",
        "\"a,b\"",
        "\"line\nbreak\"",
        "\"dou\"\"bled\"",
        "5\" disk",
        "\"open",
        "é",
        "\r",
        "\"[\"\"https://a.example/\"\",\"\"https://b.example/\"\"]\"",
        "=cmd",
        "\u{202e}",
        ";",
        "\t",
        "a,b",
    ])
    .prop_map(str::to_owned)
}

fn csv_row() -> impl Strategy<Value = String> {
    let time = select(vec!["2026-05-04T09:12:33Z", "", "never", "04/05/2026 10:00", "2026-05-04 09:12:33.5"]);
    let url =
        select(vec!["https://a.example/x", "", "\"https://b.example/?q=\"\"1\"\"\"", "hxxp://c[.]example"]);
    let action = select(vec!["ClickAllowed", "ClickBlocked", "UrlErrorPage", "Nonsense", ""]);
    (time, url, action, cell(), cell(), select(vec!["\n", "\r\n"])).prop_map(
        |(time, url, action, user, other, end)| format!("{time},{url},{action},{user},{other}{end}"),
    )
}

fn json_record() -> impl Strategy<Value = String> {
    select(vec![
        r#"{"Timestamp":"2026-05-04T09:12:33Z","Url":"https://a.example/","ActionType":"ClickAllowed","AccountUpn":"ana@contoso.com"}"#,
        r#"{ "AccountUpn" : "b\u00f6@contoso.com", "Url":"https:\/\/b.example\/", "Timestamp":"2026-05-05T00:00:00Z", "IsClickedThrough": true }"#,
        r#"{"category":"AdvancedHunting-EmailEvents","properties":{"Subject":"x"}}"#,
        r#"{"category":"AdvancedHunting-UrlClickEvents","tenantId":"t","properties":{"Timestamp":"2026-05-04T09:12:33Z","Url":"u.example","ActionType":"ClickBlocked","AccountUpn":"c","UrlChain":"[\"a\"]"}}"#,
        r#"{"Url":null,"ActionType":"ClickAllowed"}"#,
        r#"{"Timestamp":"2026-05-04T09:12:34Z","Url":"https://a.example/","ActionType":"ClickAllowed","AccountUpn":"d","ThreatTypes":"Phish"}"#,
        r#"{"broken": }"#,
        r#"[1,2]"#,
        "null",
        "{\"a\":\"}\\\"\"}",
    ])
    .prop_map(str::to_owned)
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let csv = vec(csv_row(), 0..12).prop_map(|rows| {
        format!("Timestamp,Url,ActionType,AccountUpn,Other\n{}", rows.concat()).into_bytes()
    });
    let lines = vec(json_record(), 1..8).prop_map(|records| records.join("\n").into_bytes());
    let array = vec(json_record(), 0..8).prop_map(|records| format!("[{}]", records.join(",")).into_bytes());
    let results = vec(json_record(), 0..8).prop_map(|records| {
        format!("{{\"schema\":[],\"results\":[{}],\"x\":1}}", records.join(",")).into_bytes()
    });
    let plain = prop_oneof![csv, lines, array, results];
    let formed = (plain, 0..4_u8).prop_map(|(bytes, form)| match (form, String::from_utf8(bytes.clone())) {
        (1, Ok(text)) => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        (2, _) => [b"\xef\xbb\xbf", &bytes[..]].concat(),
        // Cut in the middle of a record.
        (3, _) => bytes[..bytes.len() * 4 / 5].to_vec(),
        _ => bytes,
    });
    // The start of a file is looked at whole, so what is to come in pieces must stand behind it.
    (formed, any::<bool>()).prop_map(|(bytes, far)| if far { [far_off(), bytes].concat() } else { bytes })
}

/// As much white space as is looked at before it is decided what a file is, and a little less.
fn far_off() -> Vec<u8> {
    [vec![b' '; 4_080], vec![b'\n']].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn file_any_split_gives_the_same_result(bytes in file(), cuts in vec(1..40_usize, 1..6)) {
        prop_assert_eq!(everything(&bytes, &[usize::MAX]), everything(&bytes, &cuts));
    }

    #[test]
    fn file_of_any_bytes_never_panics(bytes in vec(any::<u8>(), 0..3_000), cut in 1..500_usize) {
        everything(&bytes, &[cut]);
    }

    #[test]
    fn file_with_any_change_never_panics(
        mut bytes in file(),
        changes in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
    ) {
        prop_assume!(!bytes.is_empty());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        everything(&bytes, &[7]);
    }
}

/// A line without end once kept the reader looking for it for ever.
#[test]
fn record_longer_than_any_real_one_is_refused_alone() {
    let row = "2026-05-04T09:12:33Z,https://a.example/,ClickAllowed,ana@contoso.com\n";
    let long = format!("2026-05-04T09:12:33Z,{},ClickAllowed,ana@contoso.com\n", "x".repeat(9 << 20));
    let file = format!("Timestamp,Url,ActionType,AccountUpn\n{row}{long}{row}");
    for size in [1 << 20, usize::MAX] {
        let mut loader = Loader::default();
        loader.start_file("long.csv", file.len() as u64);
        file.as_bytes().chunks(size.min(file.len())).for_each(|piece| loader.push(piece));
        let report = loader.end_file().expect("two clicks");
        assert_eq!((report.rows, report.refused), (2, 1), "{:?}", report.reasons);
        assert_eq!(report.reasons[0].code, "too-long");
        assert_eq!(
            loader.finish().data.line.iter().max(),
            Some(&2),
            "identical rows count once, the first stays"
        );
    }
}

/// Records that were read before the first one with threat types were once judged as if nobody could know any.
#[test]
fn json_threat_types_of_a_later_record_are_known_of_all_however_the_file_is_split() {
    let record = |n: u32, more: &str| {
        format!(
            r#"{{"Timestamp":"2026-05-04T09:12:3{n}Z","Url":"u.example","ActionType":"ClickAllowed","AccountUpn":"a"{more}}}"#
        )
    };
    let file = [record(1, ""), record(2, ""), record(3, r#","ThreatTypes":"Phish""#)].join("\n");
    let whole = everything(file.as_bytes(), &[usize::MAX]);
    assert_eq!(
        (whole.matches("\"Safe\"").count(), whole.matches("\"Malicious\"").count()),
        (2, 1),
        "{whole}"
    );
    for size in [1, 60, 130] {
        assert_eq!(everything(file.as_bytes(), &[size]), whole, "in pieces of {size}");
    }
}

/// A broken record at the start of a piece was once taken to begin its line, and what shares the line was lost.
#[test]
fn json_broken_record_in_the_middle_of_a_line_costs_itself_alone_however_the_file_is_split() {
    let record = |n: u32, url: &str| {
        format!(
            r#"{{"Timestamp":"2026-05-04T09:12:3{n}Z","Url":{url},"ActionType":"ClickAllowed","AccountUpn":"a"}}"#
        )
    };
    let records = [record(1, r#""u""#), record(2, r#""u""#), record(3, "broken:"), record(4, r#""u""#)];
    let file = [far_off(), vec![b' '; 16], format!("[{}]", records.join(",")).into_bytes()].concat();
    let whole = everything(&file, &[usize::MAX]);
    assert!(whole.contains("records: 4, rows: 3, refused: 1"), "{whole}");
    for size in [1, 7, 50, 100] {
        assert_eq!(everything(&file, &[size]), whole, "in pieces of {size}");
    }
}
