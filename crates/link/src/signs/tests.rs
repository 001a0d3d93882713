use super::lists::{ABUSED_TLDS, FREE_HOSTING, SERVERLESS, SHORTENERS};
use super::*;

fn contoso() -> Own {
    Own::new(["Contoso.com", "gmail.com", "fabrikam.onmicrosoft.com", "mail.contoso.com"].into_iter())
}

fn tokens(bits: u16) -> Vec<&'static str> {
    Sign::of_bits(bits).map(|sign| sign.def().token).collect()
}

fn signs(url: &str) -> Vec<&'static str> {
    tokens(signs_of(url, &host_of_url(url), &contoso()))
}

#[test]
fn signs_stand_where_they_say_and_have_names_of_their_own() {
    for (place, def) in Sign::ALL.iter().enumerate() {
        assert_eq!(def.sign as usize, place, "{}", def.token);
        assert_eq!(Sign::ALL.iter().position(|d| d.token == def.token), Some(place), "{}", def.token);
        assert_eq!(Sign::from_token(&def.token.to_ascii_uppercase()), Some(def.sign));
        assert_eq!(tokens(def.sign.bit()), [def.token]);
    }
    assert_eq!(Sign::from_token("nothing"), None);
    assert_eq!(tokens(u16::MAX).len(), Sign::COUNT);
}

#[test]
fn each_sign_is_seen_in_a_url_that_has_it() {
    let cases: [(&str, &[&str]); 28] = [
        ("https://www.example.org/a/b?c=d#e", &[]),
        ("", &[]),
        ("mailto:ana@contoso.com", &[]),
        ("ana@contoso.com", &[]),
        ("https://xn--mnchen-3ya.example/", &["punycode"]),
        ("https://münchen.example/", &["punycode"]),
        ("https://203.0.113.9/x", &["address"]),
        ("https://0xC0000207/", &["address"]),
        ("https://[2001:db8::1]/x", &["address"]),
        ("https://login.example.net@evil.example/", &["userInfo"]),
        ("https://evil.example/@login.example.net", &[]),
        ("https://bit.ly/3abc", &["shortener"]),
        ("https://evilbit.ly/3abc", &[]),
        ("https://shop.weebly.com/", &["freeHosting"]),
        ("https://sites.google.com/view/x", &["freeHosting"]),
        ("https://x.pages.dev/", &["serverless"]),
        ("https://x.s3.amazonaws.com/y", &["serverless"]),
        ("https://evil.top/", &["abusedTld"]),
        ("https://evil.top.example/", &[]),
        ("https://evil.example/?u=ana@contoso.com", &["targeted"]),
        ("https://evil.example/ana%40contoso.com/x", &["targeted"]),
        ("https://evil.example/#YW5hQGNvbnRvc28uY29t", &["targeted"]),
        ("https://evil.example/a%2FYW5hQGNvbnRvc28uY29t%3D", &["targeted"]),
        ("https://evil.example/?d=eyJlbWFpbCI6ImFuYUBjb250b3NvLmNvbSJ9", &["targeted"]),
        ("https://urldefense.com/v3/__https://evil.example/a__;!!x!y$", &["wrapped"]),
        ("https://evil.example/?r=https%3A%2F%2Furldefense.com%2Fv3%2F__", &["wrapped"]),
        ("https://evil.example/?r=https://protect-us.mimecast.com/s/x", &["wrapped"]),
        ("https://evil.example/mimecast-review?u=urldefense", &[]),
    ];
    for (url, expected) in cases {
        assert_eq!(signs(url), expected, "{url}");
    }
}

#[test]
fn wrapped_url_has_the_signs_of_what_is_inside() {
    let safe_link = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbit.ly%2F3abc&data=05%7C01%7Cana%40contoso.com%7C3d94d8a8f971462e334308dbb5638175%7Cb95a24d4bf23485495ba52535e36a689%7C0%7C0%7C638302&sdata=x&reserved=0";
    assert!(safe_link.len() > LONG);
    assert_eq!(signs(safe_link), ["shortener"]);
    assert_eq!(
        signs("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.top%2f&c=E"),
        ["abusedTld", "wrapped"]
    );
    assert_eq!(signs("https://protect-us.mimecast.com/s/x?domain=evil.top"), ["abusedTld", "wrapped"]);
    assert_eq!(signs("hxxps://login[.]example@evil[.]top/"), ["userInfo", "abusedTld"]);
}

#[test]
fn length_is_counted_in_characters() {
    let start = "https://evil.example/";
    for (letter, letters, expected) in
        [("a", 179, false), ("a", 180, true), ("é", 179, false), ("é", 180, true)]
    {
        let url = format!("{start}{}", letter.repeat(letters));
        assert_eq!(signs_of_text(&url, true) == Sign::Long.bit(), expected, "{letter} {letters}");
    }
}

#[test]
fn address_of_mail_is_told_and_what_looks_like_one_is_not() {
    let cases = [
        ("https://evil.example/?u=ana.m+x@contoso.com&v", Some("ana.m+x@contoso.com")),
        ("https://evil.example/?u=ana%2Bx%40contoso.com.", Some("ana+x@contoso.com")),
        ("https://evil.example/#a_YW5hQGNvbnRvc28uY29t", Some("ana@contoso.com")),
        ("https://evil.example/?x=@&y=@@&z=b@c.de", Some("b@c.de")),
        ("https://medium.example/@ana/story", None),
        ("https://maps.example/@52.1,13.4,15z", None),
        ("https://cdn.example/npm/bootstrap@5.3.0/dist/a.js", None),
        ("https://cdn.example/logo@2x.png", None),
        ("https://cdn.example/vue@3.2.js", None),
        ("https://evil.example/ana@localhost", None),
        ("https://evil.example/ana%40", None),
        ("https://evil.example/%40%4", None),
        ("https://evil.example/%FF%40contoso.com", None),
        ("https://ana@evil.example/", None),
        ("https://evil.example/é@contoso.com", None),
        ("https://evil.example/YW5hYW5hYW5hYW5hYW5h", None),
        ("", None),
    ];
    for (url, address) in cases {
        assert_eq!(address_in(url).as_deref(), address, "{url}");
        assert_eq!(signs_of_text(url, true) & Sign::Targeted.bit() != 0, address.is_some(), "{url}");
    }
}

#[test]
fn host_made_to_look_like_a_name_tells_which() {
    let cases = [
        // Letters that look alike.
        ("c0ntoso.com", "contoso.com"),
        ("login.c0ntoso.example", "contoso.com"),
        ("c0ntoso.zendesk.com", "contoso.com"),
        ("rnicrosoft.com", "microsoft.com"),
        ("paypa1.com", "paypal.com"),
        ("g00gle.example", "google.com"),
        ("app1e.example", "apple.com"),
        ("vvellsfargo.example", "wellsfargo.com"),
        // Letters of other scripts.
        ("xn--micrsoft-qbh.com", "microsoft.com"),
        ("xn--ypl-5cdc6g.com", "paypal.com"),
        ("xn--80ak6aa92e.com", "apple.com"),
        ("login.xn--contso-zqf.example", "contoso.com"),
        ("xn--ggle-0nda.example", "google.com"),
        // A slip.
        ("mircosoft.com", "microsoft.com"),
        ("microsft.example", "microsoft.com"),
        ("microsooft.example", "microsoft.com"),
        ("contosa.com", "contoso.com"),
        ("contoso-s.net", "contoso.com"),
        ("fabrikan.example", "fabrikam.onmicrosoft.com"),
        // The name in the domain of somebody else.
        ("microsoft-login.example", "microsoft.com"),
        ("login-microsoftonline.evil.example", "microsoft.com"),
        ("microsoft.evil.example", "microsoft.com"),
        ("microsoft-login.pages.dev", "microsoft.com"),
        ("pay-pal.example", "paypal.com"),
        ("contoso-login.example", "contoso.com"),
        ("contoso.example", "contoso.com"),
        ("contoso.com.br", "contoso.com"),
        ("contoso.com.evil.example", "contoso.com"),
        ("login.contoso.com.evil.co.uk", "contoso.com"),
        ("contoso.com-login.example", "contoso.com"),
        ("www.office.com.evil.example", "office.com"),
        ("google.zip", "google.com"),
        ("dhl-parcel.de", "dhl.com"),
    ];
    for (host, name) in cases {
        assert_eq!(resembles(host, &contoso()).as_deref(), Some(name), "{host}");
    }
}

#[test]
fn host_of_the_name_itself_and_other_words_look_like_nothing() {
    for host in [
        "",
        ".",
        "..",
        "com",
        "contoso.com",
        "www.contoso.com",
        "fabrikam.onmicrosoft.com",
        "other.onmicrosoft.com",
        "login.microsoftonline.com",
        "www.office.com",
        "contoso.sharepoint.com",
        "contoso-my.sharepoint.com",
        "contoso.sharepoint.com.mcas.ms",
        "contoso.zendesk.com",
        "contoso-sso.vendor.example",
        "contosa.vendor.example",
        "google.de",
        "www.google.co.uk",
        "google.com.br",
        "amazon.com.au",
        "www.google-analytics.com",
        "microsoft.github.io",
        "example.com",
        "cloud.example.com",
        "finance.example.com",
        "outlook.example.com",
        "gmail.com",
        "203.0.113.9",
        "[2001:db8::1]",
        "xn--mnchen-3ya.example",
        "a-.-b.example",
    ] {
        let found = resembles(host, &contoso());
        assert!(found.is_none(), "{host} {found:?}");
    }
    // Brands are known where no tenant is.
    assert_eq!(resembles("contosa.com", &Own::default()), None);
    assert_eq!(resembles("mircosoft.com", &Own::default()).as_deref(), Some("microsoft.com"));
}

#[test]
fn short_names_of_a_tenant_count_as_whole_domains_alone() {
    let own = Own::new(["abc.com", "acme.example", "", "localhost", ".", "a..b"].into_iter());
    assert_eq!(resembles("abc.example", &own), None);
    assert_eq!(resembles("abc-news.example", &own), None);
    assert_eq!(resembles("abc.com.evil.example", &own).as_deref(), Some("abc.com"));
    assert_eq!(resembles("acme.com", &own).as_deref(), Some("acme.example"));
    assert_eq!(resembles("acme-tools.com", &own), None);
    assert_eq!(resembles("acne.com", &own), None);
}

#[test]
fn domains_of_a_tenant_are_the_first_fifty() {
    let many: Vec<String> = (0..1_000).map(|n| format!("mail.tenant-number-{n:04}.com")).collect();
    let own = Own::new(many.iter().chain(&many).map(String::as_str));
    assert_eq!(own.names.iter().filter(|known| known.is_own).count(), MOST_OWN);
    assert_eq!(own.names[MOST_OWN - 1].domain, "tenant-number-0049.com");
    let umlaut = Own::new(["müller.example"].into_iter());
    assert_eq!(resembles("xn--mller-kva.example", &umlaut), None);
    assert_eq!(resembles("muller.com", &umlaut).as_deref(), Some("xn--mller-kva.example"));
}

#[test]
fn one_slip_is_one_and_no_more() {
    for (a, b) in
        [("contoso", "contso"), ("contoso", "contosos"), ("contoso", "xontoso"), ("contoso", "cnotoso")]
    {
        assert!(is_one_slip(a, b) && is_one_slip(b, a), "{a} {b}");
    }
    for (a, b) in [
        ("contoso", "conto"),
        ("contoso", "cantosa"),
        ("contoso", "ocntsoo"),
        ("spotify", "shopify"),
        ("", "ab"),
    ] {
        assert!(!is_one_slip(a, b) && !is_one_slip(b, a), "{a} {b}");
    }
}

#[test]
fn lists_are_words_of_hosts_in_order_and_brands_have_a_domain() {
    for list in [SHORTENERS, FREE_HOSTING, SERVERLESS, ABUSED_TLDS] {
        let words: Vec<&str> = list.split_ascii_whitespace().collect();
        let mut sorted = words.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(words, sorted);
        assert!(words.iter().all(|word| {
            word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b))
        }));
    }
    for line in BRANDS.lines() {
        let mut words = line.split_ascii_whitespace();
        assert!(
            !words.next().unwrap_or_default().contains('.') && words.any(|word| word.contains('.')),
            "{line}"
        );
    }
}

#[test]
fn hostile_urls_are_looked_at_once() {
    let own = contoso();
    for odd in
        ["@", "%40", "a@", "a@b.", "%", "YW5h", "a.", "-", "xn--", "\u{202e}", "é", "urldefense.", "=", "/"]
    {
        let many = odd.repeat(50_000 / odd.len());
        for start in ["https://evil.example/", "https://", "https://a@", ""] {
            let url = format!("{start}{many}");
            let host = host_of_url(&url);
            signs_of(&url, &host, &own);
            resembles(&many, &own);
        }
    }
    let url = format!("https://evil.example/{}", "a".repeat(1_000_000));
    assert_eq!(signs(&url), ["long"]);
}
