use super::*;

/// A literal as Kusto reads it.
fn read(literal: &str) -> String {
    let inside = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("quotes");
    let mut units: Vec<u16> = Vec::new();
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        assert!((' '..='~').contains(&c) && c != '"', "{literal}");
        if c != '\\' {
            units.push(c as u16);
            continue;
        }
        match chars.next() {
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).expect("four digits"));
            }
            Some(c @ ('"' | '\\')) => units.push(c as u16),
            other => panic!("{literal}: {other:?}"),
        }
    }
    String::from_utf16(&units).expect("a text")
}

fn lines(filter: &str) -> Vec<String> {
    let kql = of_filter(&Filter::parse(filter), None);
    let tests = kql.text.lines().filter_map(|line| line.strip_prefix("| where "));
    tests.map(str::to_owned).collect()
}

const HOSTILE: [&str; 16] = [
    "\"",
    "\\",
    "\\\"",
    "\" | union * //",
    "\\\\\" or true //",
    "a\nb",
    "a\r\n| where true",
    "\u{2028}| union *",
    "\u{85}",
    "\0\u{1b}[2J\u{7f}",
    "invoice\u{202e}fdp.exe",
    "\u{feff}\u{200b}\u{e0041}",
    "```",
    "'@\"h\"",
    "münchen 😀 ẞ",
    "",
];

#[test]
fn quoted_hostile_text_is_one_literal_of_printable_ascii_that_reads_as_it_was() {
    for text in HOSTILE {
        assert_eq!(read(&quoted(text)), text, "{text:?}");
    }
    assert_eq!(quoted("a\"b\\c\u{202e}😀"), r#""a\"b\\c\u202E\uD83D\uDE00""#);
}

#[test]
fn filter_hostile_values_add_no_line_to_the_query() {
    for key in Key::all() {
        let mut plain = Filter::default();
        plain.add(key, "x", false);
        let wanted = of_filter(&plain, None).text.lines().count();
        for value in HOSTILE.into_iter().filter(|value| !value.trim().is_empty()) {
            for exclude in [false, true] {
                let mut filter = Filter::default();
                filter.add(key, value, exclude);
                let text = of_filter(&filter, None).text;
                assert!(text.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b)), "{text}");
                assert_eq!(text.lines().count(), wanted, "{} {value:?}\n{text}", key.name());
            }
        }
    }
}

#[test]
fn filter_every_key_that_can_be_said_is_a_line() {
    for (filter, line) in [
        ("verdict=malicious", r#"Verdict == "Malicious""#),
        ("verdict=Block list,pending", r#"Verdict in ("Blocked", "Pending")"#),
        ("action=override,!allowed", r#"Action == "UserOverride" and not(Action == "Allowed")"#),
        ("reached=yes", r#"Action in ("Allowed", "UserOverride")"#),
        (
            "reached=unsafe,waiting",
            r#"((Action in ("Allowed", "UserOverride") and Verdict in ("Malicious", "Blocked", "Pending")) or (Verdict == "Pending" or Action == "None"))"#,
        ),
        ("rawAction=ClickBlocked", r#"ActionType =~ "clickblocked""#),
        ("source=!Teams", r#"not(Workload =~ "teams")"#),
        (
            "threat=Phish,none",
            r#"(ThreatTypes has "phish" or ThreatTypes in~ ("", "None", "NoThreatsFound"))"#,
        ),
        ("threat=!High conf", r#"not(ThreatTypes contains "high conf")"#),
        ("user=Ana@Contoso.com,bob@contoso.com", r#"AccountUpn in~ ("ana@contoso.com", "bob@contoso.com")"#),
        ("user=JÖRG@contoso.com", r#"tolower(AccountUpn) == "j\u00F6rg@contoso.com""#),
        ("host=Evil[.]example", r#"tostring(parse_url(Url).Host) =~ "evil.example""#),
        ("url=Login", r#"Url contains "Login""#),
        ("url=!É", r#"not(tolower(Url) contains_cs "\u00E9")"#),
        (
            "url=hxxps://evil[.]example",
            r#"(Url contains "hxxps://evil[.]example" or Url contains "https://evil.example")"#,
        ),
        ("urlIs=https://a.example/X", r#"Url == "https://a.example/X""#),
        ("ip=203.0.113.7:443", r#"IPAddress =~ "203.0.113.7""#),
        (
            "ip=2001:DB8::1",
            r#"(IPAddress =~ "2001:db8::1" or parse_ipv6(IPAddress) == "2001:0db8:0000:0000:0000:0000:0000:0001")"#,
        ),
        ("messageId={ABC-1}", r#"NetworkMessageId =~ "abc-1""#),
        (
            "without=user,messageId,!threat",
            r#"(isempty(AccountUpn) or NetworkMessageId in ("", "00000000-0000-0000-0000-000000000000")) and not(ThreatTypes in~ ("", "None", "NoThreatsFound"))"#,
        ),
        ("weekday=1,5", "toint(dayofweek(Timestamp) / 1d) in (1, 5)"),
        ("hour=!9&tz=-05:30", "not(hourofday(Timestamp - 330m) in (9))"),
        ("hour=23&tz=%2B02:00", "hourofday(Timestamp + 120m) in (23)"),
        ("q=bob", r#"(Url contains "bob" or AccountUpn contains "bob" or IPAddress contains "bob")"#),
    ] {
        assert_eq!(lines(filter), [line], "{filter}");
    }
}

#[test]
fn filter_what_cannot_be_said_is_left_out_and_said() {
    for (filter, key, still) in [
        ("group=Sales", "group", 0),
        ("automation=human,review", "automation", 0),
        ("campaign=x", "campaign", 0),
        ("attempt=exposed", "attempt", 0),
        ("tenant=Contoso", "tenant", 0),
        ("hour=9&tz=Europe/Berlin", "hour", 0),
        ("weekday=!1&tz=Europe/Berlin", "weekday", 0),
        ("without=user,subject", "without", 0),
        ("without=!user,!subject", "without", 1),
        ("q=bob", "q", 1),
        ("host=münchen.example", "host", 1),
        ("range=7d", "from", 0),
    ] {
        let kql = of_filter(&Filter::parse(filter), None);
        assert_eq!(kql.left_out.len(), 1, "{filter}: {:?}", kql.left_out);
        assert!(kql.left_out[0].starts_with(key), "{filter}: {:?}", kql.left_out);
        assert!(
            kql.text.contains(&format!("\n// Differs from the view: {}\n", kql.left_out[0])),
            "{}",
            kql.text
        );
        assert_eq!(lines(filter).len(), still, "{filter}");
    }
    for filter in ["verdict=safe&user=a,!b&url=x&without=ip&hour=1", "lens=strict&tz=Europe/Berlin&nokey=1"] {
        assert_eq!(of_filter(&Filter::parse(filter), None).left_out, [""; 0], "{filter}");
    }
}

#[test]
fn filter_impossible_values_let_nothing_through_and_shut_nothing_out() {
    let mut filter = Filter::default();
    filter.add(Key::Is(Field::Verdict), "junk", false);
    filter.add(Key::Reached, "junk", true);
    let text = of_filter(&filter, None).text;
    assert!(text.contains("\n| where false\n") && text.contains("\n| where not(false)\n"), "{text}");
}

#[test]
fn filter_whole_query_has_its_parts_in_order() {
    let filter = Filter::parse("range=7d&verdict=malicious&user=ana@contoso.com");
    let kql = of_filter(&filter, Some((1_777_885_953_000, 1_777_885_953_251)));
    let text = format!(
        "// Advanced hunting. In Sentinel write TimeGenerated for Timestamp\nUrlClickEvents\n\
         | where Timestamp >= datetime(2026-05-04T09:12:33Z) and Timestamp < datetime(2026-05-04T09:12:33.251Z)\n\
         {JUDGED}| where Verdict == \"Malicious\"\n| where AccountUpn =~ \"ana@contoso.com\"\n\
         | project-away Through, Threat, Verdict, Action\n\
         // The view counts equal rows once: add | distinct * to count as it does\n"
    );
    assert_eq!(kql, Kql { text, left_out: Vec::new() });
}

#[test]
fn span_open_ends_limit_nothing_and_far_ones_are_times_that_kusto_has() {
    assert_eq!(within((i64::MIN, i64::MAX)), None);
    assert_eq!(within((i64::MIN, 0)).as_deref(), Some("Timestamp < datetime(2000-01-01T00:00:00Z)"));
    assert_eq!(within((i64::MAX, i64::MAX)).as_deref(), Some("Timestamp >= datetime(2100-01-01T00:00:00Z)"));
}

#[test]
fn sign_ins_around_instants_are_asked_once_and_for_no_more_than_these_people() {
    assert_eq!(sign_ins_around(&[(" ".to_owned(), 0)], 60), "");
    let ana = |upn: &str, at: i64| (upn.to_owned(), at);
    let at = 1_777_885_953_000;
    let people = [ana("Ana@Contoso.com", at), ana("ana@contoso.com ", at), ana("\"]; drop", at + 60_000)];
    for text in [sign_ins_around(&people, 60), sign_ins_around_in_sentinel(&people, 60)] {
        let head = "let around = 60m;\nlet since = datetime(2026-05-04T08:12:33Z);\nlet until = datetime(2026-05-04T10:13:33Z);\n\
            let clicks = datatable(Upn: string, Clicked: datetime) [\n    \"ana@contoso.com\", datetime(2026-05-04T09:12:33Z),\n    \
            \"\\\"]; drop\", datetime(2026-05-04T09:13:33Z)\n];\nclicks\n| join kind=inner (\n";
        assert!(text.starts_with(head), "{text}");
    }
    let many: Vec<(String, i64)> = (0..340).map(|n| ana(&format!("u{n}@contoso.com"), at)).collect();
    let text = sign_ins_around(&many, i64::MAX);
    assert!(
        text.starts_with(
            "// Cut: the first 200 of 340 clicks, of 200 people at the most\nlet around = 10080m;"
        )
    );
    let often: Vec<(String, i64)> = (0..2_300).map(|n| ana("ana@contoso.com", at + n)).collect();
    let text = sign_ins_around(&often, -5);
    assert!(
        text.starts_with(
            "// Cut: the first 1,000 of 2,300 clicks, of 200 people at the most\nlet around = 1m;"
        )
    );
    assert!(!sign_ins_around(&[ana("a", i64::MIN), ana("b", i64::MAX)], 60).contains("datetime()"));
}

#[test]
fn indicators_are_entries_that_the_list_takes() {
    for (host, lines) in [
        ("evil.example", "~evil.example~\n"),
        ("hxxps://Evil[.]example/x", "~evil.example~\n"),
        ("münchen.example", "~xn--mnchen-3ya.example~\n"),
        ("203.0.113.9", "203.0.113.9\n203.0.113.9/*\n"),
        ("[2001:db8::1]", "2001:db8::1\n"),
        ("localhost", ""),
        ("https://*.example", ""),
        ("a.b", ""),
        ("", ""),
        ("x\ny.example", ""),
    ] {
        let made = indicators(&[host], &[], false);
        assert_eq!(made.text, lines, "{host}");
        assert_eq!(made.left_out.is_empty(), !lines.is_empty(), "{host}");
    }
    for (url, lines) in [
        ("https://ana:pw@Evil.example:8443/a/b?x=1#ana@contoso.com", "evil.example/a/b?x=1\n"),
        ("https://evil.example/", "~evil.example~\n"),
        ("hxxps://evil[.]example/it's \"ü\"", "evil.example/it%27s%20%22%C3%BC%22\n"),
        ("evil.example/x", "evil.example/x\n"),
        ("http://203.0.113.9/x", "203.0.113.9/x\n"),
        ("https://evil.example/*", ""),
        ("https://*.example/x", ""),
        ("https://a\"b.example/x", ""),
        ("https://evil.example/~bob", ""),
        ("https://[2001:db8::1]/x", ""),
        ("mailto:ana@contoso.com", ""),
        ("not a url", ""),
    ] {
        assert_eq!(indicators(&[], &[url], false).text, lines, "{url}");
    }
    let long = format!("https://evil.example/{}", "x".repeat(300));
    assert_eq!(indicators(&[], &[long.as_str()], false).text, "");
}

#[test]
fn indicators_are_listed_once_and_defanged_for_tickets() {
    let urls =
        ["https://evil.example/a", "https://evil.example:443/a#b", "https://evil.example", "file:///x"];
    let made = indicators(&["evil.example", "EVIL.example"], &urls, true);
    assert_eq!(made.text, "~evil[.]example~\nevil[.]example/a\n");
    assert_eq!(made.left_out.len(), 1);
    assert!(made.left_out[0].starts_with("1 of them cannot be an entry"), "{:?}", made.left_out);
}

#[test]
fn ready_queries_are_printable_and_name_no_column_twice() {
    for ready in READY {
        assert!(ready.text.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b)), "{}", ready.title);
        let (_, columns) = ready.text.rsplit_once("| project ").expect("columns");
        let mut columns: Vec<&str> = columns.split(',').map(str::trim).collect();
        let all = columns.len();
        columns.sort_unstable();
        columns.dedup();
        assert_eq!(columns.len(), all, "{}", ready.title);
    }
}
