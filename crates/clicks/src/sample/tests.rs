use super::*;

fn written(plan: &Plan) -> Vec<u8> {
    let mut out = Vec::new();
    write_clicks(plan, &mut out).expect("a vector takes all bytes");
    out
}

/// FNV-1a: enough to see that a byte changed.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Splits one row as RFC 4180 says; the made-up rows hold no line ends.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut left = line.chars().peekable();
    while let Some(c) = left.next() {
        match c {
            '"' if quoted && left.peek() == Some(&'"') => {
                left.next();
                cells.last_mut().expect("never empty").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("never empty").push(other),
        }
    }
    assert!(!quoted, "unclosed quote in {line}");
    cells
}

fn rows(plan: &Plan) -> Vec<Vec<String>> {
    let text = String::from_utf8(written(plan)).expect("UTF-8");
    let mut lines = text.strip_suffix("\r\n").expect("a last line end").split("\r\n");
    let header = cells(lines.next().expect("a header"));
    assert_eq!(header.len(), 15);
    assert_eq!((header[0].as_str(), header[14].as_str()), ("Timestamp", "SourceId"));
    lines.map(cells).inspect(|row| assert_eq!(row.len(), 15, "{row:?}")).collect()
}

#[test]
fn same_plan_same_bytes() {
    assert_eq!(hash(&sample_csv()), hash(&sample_csv()));
    assert_eq!(hash(&written(&Plan::bench(500))), hash(&written(&Plan::bench(500))));
    assert_ne!(written(&Plan { seed: 1, ..Plan::bench(50) }), written(&Plan { seed: 2, ..Plan::bench(50) }));
}

#[test]
fn the_sample_has_every_feature() {
    let rows = rows(&Plan::sample());
    assert_eq!(rows.len(), 4_000);
    let count = |test: &dyn Fn(&[String]) -> bool| rows.iter().filter(|row| test(row)).count();
    for action in
        ["ClickAllowed", "ClickBlocked", "ClickBlockedByTenantPolicy", "UrlErrorPage", "UrlScanInProgress"]
    {
        assert!(count(&|r| r[2] == action) >= 10, "{action}");
    }
    for source in ["Email", "Teams", "Office", "Copilot"] {
        assert!(count(&|r| r[4] == source) >= 50, "{source}");
    }
    for threat in ["Phish", "Malware", "Spam"] {
        assert!(count(&|r| r[6] == threat) >= 10, "{threat}");
    }
    assert!(count(&|r| r[2] == "ClickAllowed" && !r[6].is_empty()) >= 5, "let through though malicious");
    assert!(count(&|r| r[2] == "UrlScanInProgress" && r[9] == "1") >= 5, "clicked through while scanned");
    assert!(count(&|r| r[8] == "52.112.103.113") >= 50, "scanner");
    assert!(count(&|r| r[8].starts_with("2001:db8:")) >= 50, "IPv6");
    for part in ["://xn--", "@account-check.example", "http://203.0.113.66", "short.test"] {
        assert!(count(&|r| r[1].contains(part)) >= 5, "{part}");
    }
    assert!(count(&|r| r[1].len() > 1000) >= 3, "long URLs");
}

#[test]
fn an_override_is_a_second_row_with_the_report_id_of_the_block() {
    let rows = rows(&Plan::sample());
    let through: Vec<_> = rows.iter().filter(|r| r[2] == "ClickBlocked" && r[9] == "1").collect();
    assert!(through.len() >= 15, "{}", through.len());
    for row in through {
        let block = rows.iter().find(|r| r[11] == row[11] && r[9] == "0");
        let block = block.expect("a block row before the click-through");
        assert_eq!((&block[1], &block[3]), (&row[1], &row[3]));
        assert!(block[0] < row[0], "{} is not before {}", block[0], row[0]);
    }
}

#[test]
fn the_sample_lies_in_its_period_and_is_sorted() {
    let rows = rows(&Plan::sample());
    assert!(rows.is_sorted_by_key(|r| r[0].clone()));
    assert!(rows[0][0].as_str() >= "2026-09-22T" && rows[3_999][0].as_str() < "2026-11-21T");
    assert!(rows.iter().all(|r| r[0].len() == 28 && r[3].ends_with("@contoso.com")));
}

#[test]
fn bench_rows_are_as_large_and_as_skewed_as_real_ones() {
    let plan = Plan::bench(50_000);
    let bytes = written(&plan).len() as u64 / plan.rows;
    assert!((373..=393).contains(&bytes), "{bytes} bytes a row");
    let rows = rows(&plan);
    let share =
        |test: &dyn Fn(&[String]) -> bool| rows.iter().filter(|r| test(r)).count() * 1000 / rows.len();
    let malicious = share(&|r| !r[6].is_empty());
    assert!((50..=70).contains(&malicious), "{malicious} of 1000 malicious");
    let distinct =
        |cell: usize| rows.iter().map(|r| &r[cell]).collect::<std::collections::HashSet<_>>().len();
    let urls = distinct(1) * 1000 / rows.len();
    assert!((170..=230).contains(&urls), "{urls} of 1000 URLs distinct");
    assert!((3_500..=5_000).contains(&distinct(3)), "{} people", distinct(3));
    assert!((4_000..=8_001).contains(&distinct(8)), "{} addresses", distinct(8));
    assert!(!rows.is_sorted_by_key(|r| r[0].clone()));
}

#[test]
fn json_lines_are_json_and_say_the_same() {
    let plan = Plan { rows: 300, ..Plan::sample() };
    let csv = rows(&plan);
    let lines = String::from_utf8(written(&Plan { format: Format::JsonLines, ..plan })).expect("UTF-8");
    for (line, row) in lines.lines().zip(&csv) {
        let record: serde_json::Value = serde_json::from_str(line).expect("a JSON record");
        assert_eq!(record["category"], "AdvancedHunting-UrlClickEvents");
        let properties = &record["properties"];
        assert_eq!(properties["Url"], row[1].as_str());
        assert_eq!(properties["UrlChain"], row[10].as_str());
        assert_eq!(properties["DetectionMethods"].as_str().unwrap_or_default(), row[7]);
    }
    assert_eq!(lines.lines().count(), 300);
}
