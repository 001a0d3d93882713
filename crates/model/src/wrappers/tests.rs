use super::*;
use crate::text::defanged;

/// What services and places stand around, outermost first.
fn told(url: &str) -> Vec<(&'static str, String)> {
    layers(url).into_iter().map(|layer| (layer.by, layer.url)).collect()
}

fn escaped(text: &str) -> String {
    let one = |byte: u8| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

fn safe_link(url: &str) -> String {
    format!(
        "https://nam02.safelinks.protection.outlook.com/?url={}&data=05%7C01%7Cana%40contoso.com%7C1&reserved=0",
        escaped(url)
    )
}

#[test]
fn link_of_each_service_says_what_is_inside() {
    let cases = [
        (
            "https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Fa%3Fb%3Dc%26d&data=05%7C01&reserved=0",
            SAFE_LINKS,
            "https://evil.example/a?b=c&d",
        ),
        (
            "https://EUR01.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3a%2f%2fevil.example%2f",
            SAFE_LINKS,
            "https://evil.example/",
        ),
        (
            "https://usg02.safelinks.protection.office365.us/?url=http%3A%2F%2Fevil.example&amp;data=1",
            SAFE_LINKS,
            "http://evil.example",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?amp;data=1&amp;url=http%3A%2F%2Fevil.example",
            SAFE_LINKS,
            "http://evil.example",
        ),
        (
            "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Fevil.example%2Fx&locale=en-us",
            SAFE_LINKS,
            "https://evil.example/x",
        ),
        (
            "https://urldefense.proofpoint.com/v1/url?u=http://www.bouncycastle.org/&k=oIvRg1%2BdGAgOoM1BIlLLqw%3D%3D%0A",
            "Proofpoint",
            "http://www.bouncycastle.org/",
        ),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_a-5Fb-3Fc-3Dd-26e&d=BwdwBAg&c=TIw",
            "Proofpoint",
            "https://www.example.org/a_b?c=d&e",
        ),
        (
            "https://urldefense.com/v3/__https://google.com:443/search?q=a*test&gs=ps__;Kw!-612Flbf0JvQ3kNJkRi5Jg!Ue6tQudNKaShHg93trcdjqDP8se2ySE65jyCIe2K1D_uNjZ1Lnf6YLQERujngZv9UWf66ujQIQ$",
            "Proofpoint",
            "https://google.com:443/search?q=a+test&gs=ps",
        ),
        (
            "https://urldefense.com/v3/__https://x.example/a**Ab__;Kys!abc$",
            "Proofpoint",
            "https://x.example/a++b",
        ),
        (
            "https://urldefense.us/v3/__https:/wiki.example/Changing*Dates*of*a*Run__;KysrKw!!PDiH4ENfjr2_Jw!E0A9$",
            "Proofpoint",
            "https://wiki.example/Changing+Dates+of+a+Run",
        ),
        (
            "https://protect-us.mimecast.com/s/OIjKCYElMWILm81Rs3W63v?domain=evil.example",
            "Mimecast",
            "evil.example",
        ),
        (
            "https://url.uk.m.mimecastprotect.com/s/8oK3Cq717ycn?domain=evil.example",
            "Mimecast",
            "evil.example",
        ),
        (
            "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.example%2f&c=E,1,hA45iW0GZJ&typo=1",
            "Barracuda",
            "https://evil.example/",
        ),
        (
            "https://linkprotect.cudasvc.com/url?a=http://www.codestore.net&c=E,1,5bE",
            "Barracuda",
            "http://www.codestore.net",
        ),
        (
            "https://secure-web.cisco.com/1EH1B-CLV31_x/https%3A%2F%2Fevil.example%2Fa",
            "Cisco",
            "https://evil.example/a",
        ),
        (
            "https://eu-central-1.protection.sophos.com/?d=evil.example&u=aHR0cHM6Ly9ldmlsLmV4YW1wbGUveA%3D%3D&i=NWY1",
            "Sophos",
            "https://evil.example/x",
        ),
        ("https://us-west-2.protection.sophos.com?d=evil.example&b=990260", "Sophos", "evil.example"),
        (
            "https://protect.checkpoint.com/v2/r02/___https://evil.example/a?b___.YzJlOmNwYWxs",
            "Check Point",
            "https://evil.example/a?b",
        ),
        (
            "https://clicktime.symantec.com/38YrYPLx?u=https%3A%2F%2Fevil.example%2Fabs",
            "Symantec",
            "https://evil.example/abs",
        ),
        (
            "https://protect2.fireeye.com/v1/url?k=aad6-f5&q=1&e=2d7&u=https%3A%2F%2Fevil.example%2F%23id",
            "Trellix",
            "https://evil.example/#id",
        ),
    ];
    for (url, by, inner) in cases {
        assert_eq!(told(url), [(by, inner.to_owned())], "{url}");
    }
}

#[test]
fn wrapper_in_wrapper_is_opened_layer_by_layer() {
    let proofpoint = "https://urldefense.com/v3/__https://evil.example/a*b__;Kw!x!y$";
    let barracuda = format!("https://linkprotect.cudasvc.com/url?a={}&c=E", escaped(proofpoint));
    let url = safe_link(&barracuda);
    let all = [
        (SAFE_LINKS, barracuda),
        ("Barracuda", proofpoint.to_owned()),
        ("Proofpoint", "https://evil.example/a+b".to_owned()),
    ];
    assert_eq!(told(&url), all);
    assert_eq!(bare(&url), "https://evil.example/a+b");
}

#[test]
fn nesting_without_end_is_opened_eight_times() {
    let mut url = "https://evil.example/".to_owned();
    for _ in 0..12 {
        url = safe_link(&url);
    }
    let layers = layers(&url);
    assert_eq!(layers.len(), MOST_LAYERS);
    assert!(layers[MOST_LAYERS - 1].url.starts_with("https://nam02.safelinks.protection.outlook.com/?url="));
}

#[test]
fn inside_that_cannot_be_read_is_no_layer() {
    for url in [
        "",
        "https://nam02.safelinks.protection.outlook.com/",
        "https://nam02.safelinks.protection.outlook.com/?url=",
        "https://nam02.safelinks.protection.outlook.com/?url=%FF%FE",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2F%C3",
        "https://nam02.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)",
        "https://nam02.safelinks.protection.outlook.com/?data=https%3A%2F%2Fevil.example",
        "https://nam02.safelinks.protection.outlook.com/#?url=https%3A%2F%2Fevil.example",
        "https://urldefense.com/v3/__https://evil.example/a",
        "https://urldefense.com/v3/__;!!",
        "https://urldefense.com/v3/__https://evil.example/*__;_w!x!y$",
        "https://urldefense.com/v2/url?d=x",
        "https://urldefense.com/",
        "https://protect-us.mimecast.com/s/OIjKCYElMWILm81Rs3W63v",
        "https://community.mimecast.com/s/article?domain=evil.example",
        "https://secure-web.cisco.com/1EH1B",
        "https://protect.checkpoint.com/v2/evil.example",
        // Hosts that only look like one.
        "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
        "https://nam02.safelinks.protection.outlook.com@evil.example/?url=https%3A%2F%2Fa.example",
        "https://evilurldefense.com/v3/__https://a.example/__;!!",
        "https://evil.example/?url=https%3A%2F%2Fa.example",
        "https://teams.cdn.office.net/other?url=https%3A%2F%2Fa.example",
    ] {
        assert!(layers(url).is_empty(), "{url}");
        assert_eq!(bare(url), url);
    }
}

#[test]
fn broken_escapes_and_stars_stay_as_they_are() {
    let cases = [
        (
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2F%zz%4%",
            "https://evil.example/%zz%4%",
        ),
        (
            "https://urldefense.com/v3/__https://evil.example/a*b*c**__;Kw!x!y$",
            "https://evil.example/a+b*c**",
        ),
        ("https://urldefense.com/v3/__https://evil.example/a**é__;Kw!x!y$", "https://evil.example/a+*é"),
        ("https://urldefense.com/v3/__https://evil.example/a**_b__;Kw!x!y$", "https://evil.example/a+b"),
    ];
    for (url, inner) in cases {
        assert_eq!(bare(url), inner, "{url}");
    }
}

#[test]
fn defanged_twin_is_the_same_url() {
    for url in [
        "http://a.example",
        "HTTPS://A.Example/x.y",
        "https://a.example/?u=https://c.example/e&v=HTTP://d.example",
        "ftp://f.example/x",
        "https://[2001:db8::1]/a",
        "evil.example/x",
        "https://evil.example/invoice\u{202e}fdp.exe",
        "https://a.example:8443/?u=www.evil.example",
        "https://urldefense.com/v3/__https://evil.example/a*b__;Kw!x!y$",
        "https://linkprotect.cudasvc.com/url?a=http://www.codestore.net&c=E,1,5bE",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Fa&data=1",
    ] {
        assert_eq!(bare(&defanged(url)), bare(url), "{url}");
    }
    let of_defanged = safe_link("hxxps://evil[.]example/a");
    assert_eq!(bare(&of_defanged), "https://evil.example/a");
}

/// Whoever knows the host of a URL spares the look for a wrapper, and must not miss one.
#[test]
fn url_of_known_host_is_the_same_bare() {
    let wrapped = safe_link("https://evil.example/a");
    let plain = [
        "https://evil.example/a?u=b",
        "evil.example/x",
        "mailto:ana@contoso.com",
        "",
        " \t https://a.example/",
        "https://user@evil.example:8443/",
        "https://[2001:db8::1]/a",
        "javascript:alert(1)",
        "https://linkprotect.cudasvc.com/url?a=http://www.codestore.net&c=E,1,5bE",
        "HTTPS://URLDEFENSE.COM/v3/__https://evil.example/a*b__;Kw!x!y$",
        "//nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example",
        "https://x@nam02.safelinks.protection.outlook.com:443/?url=https%3A%2F%2Fevil.example",
        "https:\\\\nam02.safelinks.protection.outlook.com\\?url=https%3A%2F%2Fevil.example",
        &wrapped,
    ];
    for url in plain.into_iter().flat_map(|url| [url.to_owned(), defanged(url), format!("  {url}")]) {
        assert_eq!(bare_of(&url, wraps(&host_of_url(&url)).is_some()), bare(&url), "{url}");
    }
}

#[test]
fn host_with_parents_ends_with_its_last_label() {
    assert_eq!(with_parents("a.b.example").collect::<Vec<_>>(), ["a.b.example", "b.example", "example"]);
    assert_eq!(with_parents("").collect::<Vec<_>>(), [""]);
}

#[test]
fn plain_url_is_borrowed() {
    for url in [
        "https://evil.example/a(b)[c]?d=e",
        "https://[::1]/x",
        "hxyz",
        "",
        "é(",
        "https://evil.example/⟨x⟩",
        "https://xhxxp.example/hxxp",
    ] {
        assert!(matches!(bare(url), Cow::Borrowed(same) if same == url), "{url}");
    }
    assert!(matches!(bare(" \t https://a.example/"), Cow::Borrowed("https://a.example/")));
}

#[test]
fn domain_alone_is_no_target_to_compare() {
    let url = "https://protect-us.mimecast.com/s/OIjKCYElMWILm81Rs3W63v?domain=evil.example";
    assert_eq!(bare(url), url);
    assert_eq!(bare(&safe_link(url)), url);
    assert_eq!(inside(&safe_link(url)), (Cow::from("evil.example"), true));
}

#[test]
fn long_urls_cost_no_more_than_their_length() {
    let long = format!("https://evil.example/{}", "a".repeat(1_000_000));
    assert_eq!(bare(&safe_link(&long)), long);
    for odd in ["%", "*", "**", "&", "hxxp", "___", "[.]", "é", "⟨U+", "__;", "amp;url="] {
        let many = odd.repeat(50_000 / odd.len());
        for start in [
            "https://nam02.safelinks.protection.outlook.com/?url=",
            "https://urldefense.com/v3/__https://evil.example/",
            "https://evil.example/",
            "",
        ] {
            let url = format!("{start}{many}");
            assert!(bare(&url).len() <= url.len());
        }
    }
}

#[test]
fn authority_is_what_a_browser_takes_for_it() {
    let cases = [
        ("https://a@b.example:1/x?y", "a@b.example:1", "/x?y"),
        ("https:\\\\b.example\\x", "b.example", "\\x"),
        ("HTTP:b.example", "b.example", ""),
        ("b.example:8080/x", "b.example:8080", "/x"),
        ("b.example/a:b", "b.example", "/a:b"),
        ("b.example?u=https://c", "b.example", "?u=https://c"),
        ("mailto:ana@contoso.com", "", ""),
        ("ana@contoso.com", "", ""),
        ("data:text/html,x", "", ""),
        ("", "", ""),
    ];
    for (url, authority, rest) in cases {
        assert_eq!(parted(url), (authority, rest), "{url}");
    }
}
