//! The parts of a URL on the screen: whatever an attacker writes, what is marked as host is the host.

use clicks::model::{Part, ShownUrl, Untrusted, host_of_url, registrable_domain};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What URLs are made of, and what they are made to look like with.
const PIECES: &[&str] = &[
    "http",
    "https",
    "HTTPS",
    "ftp",
    "hxxps",
    "fxp",
    "mailto",
    "javascript",
    ":",
    "://",
    "[:]//",
    "[://]",
    ":\\\\",
    ":/",
    "/",
    "\\",
    "?",
    "#",
    "@",
    "@",
    ".",
    ".",
    ".",
    "[.]",
    "(.)",
    "。",
    "．",
    "%2e",
    "%41",
    "%40",
    "[",
    "]",
    "[2001:db8::1]",
    ":443",
    ":",
    "login",
    "contoso",
    "com",
    "evil",
    "example",
    "co.uk",
    "github.io",
    "www.ck",
    "kobe.jp",
    "münchen",
    "xn--mnchen-3ya",
    "ＥＶＩＬ",
    "0xC0000207",
    "3221225991",
    "203.0.113.9",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "⟨U+200B⟩",
    "⟨U+0009⟩",
    "\t",
    "\n",
    " ",
    "\u{a0}",
    "_",
    "-",
    "=",
    "\"",
    "<",
    "|",
    "é",
];

fn check(url: &str) -> Result<(), TestCaseError> {
    let value = Untrusted::from(url);
    let shown = value.url_parts();
    let parts =
        [Part::Scheme, Part::User, Part::Subdomain, Part::Domain, Part::Rest].map(|part| shown.part(part));
    prop_assert_eq!(parts.concat(), shown.text());
    prop_assert_eq!(shown.text(), value.shown_url());
    let host = host_of_url(url);
    // These dots, in their brackets, are read by people alone.
    let read = |text: &str| {
        ["。", "．", "｡"].iter().fold(text.to_owned(), |text, dot| text.replace(&format!("[{dot}]"), dot))
    };
    let marked = format!("{}{}", shown.part(Part::Subdomain), shown.part(Part::Domain));
    if host.is_empty() {
        prop_assert_eq!((&*marked, shown.opens()), ("", None));
        return Ok(());
    }
    // A host of this name loses its teeth like the scheme.
    if host.contains("http") || host.contains("ftp") {
        return Ok(());
    }
    let of = |text: &str| match host_of_url(&format!("http://{text}")) {
        alone if alone == host => alone.into_owned(),
        // What could not be divided is all host.
        _ => host_of_url(text).into_owned(),
    };
    prop_assert_eq!(&of(&read(&marked)), &host, "{} is marked in {}", marked, shown.text());
    let domain = host_of_url(&format!("http://{}", read(shown.part(Part::Domain)))).into_owned();
    match shown.opens() {
        None => prop_assert_eq!(domain, registrable_domain(&host)),
        Some(opens) => prop_assert_eq!(opens, Untrusted::from(&*host).shown_url()),
    }
    Ok(())
}

proptest! {
    #[test]
    fn parts_of_made_up_urls_cover_the_text_and_mark_the_host(pieces in vec(select(PIECES), 0..14)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn parts_of_hostile_authorities_mark_the_host(
        scheme in select(&["https://", "hxxps://", "http:", "HTTP:\\\\", "hxxp[:]//", " https:///"][..]),
        pieces in vec(select(PIECES), 1..10),
        end in select(&["", "/x", "?x=a.b@c", "#@x", ":8443/", ".", ".:1"][..]),
    ) {
        check(&format!("{scheme}{}.example{end}", pieces.concat()))?;
    }

    #[test]
    fn parts_of_any_text_cover_it(text in "\\PC{0,40}") {
        check(&text)?;
    }
}

/// What somebody sees, part by part, of the tricks that are in use.
#[test]
fn parts_of_known_tricks_show_whose_it_is() {
    let cases = [
        ("https://evil.example/a", ["hxxps://", "", "", "evil[.]example", "/a"], None),
        (
            "https://login.contoso.com@account.evil.example/",
            ["hxxps://", "login[.]contoso[.]com@", "account[.]", "evil[.]example", "/"],
            None,
        ),
        (
            "https://login.contoso.com.evil.co.uk",
            ["hxxps://", "", "login[.]contoso[.]com[.]", "evil[.]co[.]uk", ""],
            None,
        ),
        (
            "https://contoso.com\\@evil.example/",
            ["hxxps://", "", "", "contoso[.]com", "\\@evil.example/"],
            None,
        ),
        ("https://a@b@EVIL.example.:8443/x", ["hxxps://", "a@b@", "", "EVIL[.]example", "[.]:8443/x"], None),
        ("hxxps[:]//www[.]evil[.]example/x", ["hxxps[:]//", "", "www[.]", "evil[.]example", "/x"], None),
        (
            "https://x.evil。example/",
            ["hxxps://", "", "x[.]", "evil[。]example", "/"],
            Some("x[.]evil[.]example"),
        ),
        (
            "https://a.münchen.example/",
            ["hxxps://", "", "a[.]", "münchen[.]example", "/"],
            Some("a[.]xn--mnchen-3ya[.]example"),
        ),
        ("https://0xc0000207/", ["hxxps://", "", "", "0xc0000207", "/"], Some("192[.]0[.]2[.]7")),
        ("https://evil%2eexample/x", ["hxxps://", "", "", "evil%2eexample", "/x"], Some("evil[.]example")),
        ("https://[2001:db8::1]:8443/", ["hxxps://", "", "", "[2001:db8::1]", ":8443/"], None),
        ("www.evil.example/x", ["", "", "www[.]", "evil[.]example", "/x"], None),
        ("mailto:ana@contoso.com", ["", "", "", "", "mailto:ana@contoso[.]com"], None),
    ];
    for (url, parts, opens) in cases {
        let shown = Untrusted::from(url).url_parts();
        let all = [Part::Scheme, Part::User, Part::Subdomain, Part::Domain, Part::Rest];
        assert_eq!(all.map(|part| shown.part(part)), parts, "{url}");
        assert_eq!(shown.opens(), opens, "{url}");
    }
}

#[test]
fn host_alone_has_its_domain_marked() {
    let parts = |host: &str| {
        let shown = ShownUrl::of_host(host);
        (shown.part(Part::Subdomain).to_owned(), shown.part(Part::Domain).to_owned())
    };
    assert_eq!(parts("a.b.co.uk"), ("a[.]".to_owned(), "b[.]co[.]uk".to_owned()));
    assert_eq!(parts("[2001:db8::1]"), (String::new(), "[2001:db8::1]".to_owned()));
    assert_eq!(parts("intranet"), (String::new(), "intranet".to_owned()));
}

/// Kilobytes before the `@` are an old way to push the host out of sight.
#[test]
fn domain_behind_very_much_text_is_still_there() {
    for before in ["contoso.com/".replace('/', "%2f").repeat(900) + "@", "a.".repeat(60)] {
        let shown =
            Untrusted::from(format!("https://{before}evil.example/{}", "x".repeat(9_000))).url_parts();
        assert_eq!(shown.part(Part::Domain), "evil[.]example");
        assert!(shown.text().chars().count() < 2_100, "{}", shown.text().len());
        assert!(shown.text().ends_with("more characters)"));
    }
}
