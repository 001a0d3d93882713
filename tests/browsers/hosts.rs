//! Hosts are read by the browser that the page runs in, and by a crate everywhere else: both must say the same.

use clicks::model::host_of_url;
use harness::{Browser, Launch, Page, drive, file_url, packed};
use serde_json::{Value, json};

/// URLs as an attacker writes them; those with commas and quotes are in the samples of exports. Punycode that stands for
/// nothing is not among them: Chromium takes it for a name, the standard does not (docs/decisions/013).
const URLS: [&str; 29] = [
    "https://login.example.net/a?x=1",
    "HTTPS://EVIL.EXAMPLE.",
    "https:\\\\evil.example\\a",
    "https://[2001:DB8:0::1]:443/",
    "http://203.0.113.9/x",
    "https://a@b@c.example/",
    "https://evil.example:8443/a",
    "https://evil.example:99999/a",
    "evil.example/x",
    "javascript:alert(1)",
    "file:///C:/Users/x.docx",
    "ana@contoso.com",
    "/relative",
    "https:///evil.example",
    "https://host:99",
    "https://MÜNCHEN.example/",
    "https://xn--mnchen-3ya.example/",
    "https://ｅｖｉｌ.example/",
    "https://evil。example/",
    "https://𝐞𝐯𝐢𝐥.example/",
    "https://faß.example/",
    "https://0xC0000207/",
    "https://3221225991/",
    "https://ex%61mple.com/",
    "hxxps[:]//evil[.]example/",
    "https://пример.example/",
    "https://a b.example/",
    "https://evil.example/?",
    "https://a..example/",
];

async fn reads_hosts(page: Page) {
    page.open(&file_url(&packed())).await;
    let mut csv = "Timestamp,Url,ActionType,AccountUpn,Workload\n".to_owned();
    for url in URLS {
        csv.push_str(&format!("2026-04-06T09:00:00Z,{url},ClickAllowed,ana@contoso.com,Email\n"));
    }
    page.ask(&format!("clickglass.open([new File([{}], 'clicks.csv')])", json!(csv))).await;
    let table = page.ask("clickglass.query({ groupBy: ['url', 'host'] })").await;
    let rows = table["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), URLS.len());
    for row in rows {
        let url = row[0].as_str().unwrap_or_default();
        let expected = host_of_url(url).into_owned();
        let expected = if expected.is_empty() { Value::Null } else { Value::from(expected) };
        assert_eq!(row[1], expected, "{url}");
    }
}

#[test]
fn hosts_in_chromium_are_those_of_the_core() {
    drive(&Launch::new(Browser::Chromium), reads_hosts);
}

#[test]
fn hosts_in_firefox_are_those_of_the_core() {
    drive(&Launch::new(Browser::Firefox), reads_hosts);
}

#[test]
fn hosts_in_webkit_are_those_of_the_core() {
    drive(&Launch::new(Browser::WebKit), reads_hosts);
}
