//! A URL read without opening it: what stands inside of its wrappers, whose it is, and what can be seen of it.
//!
//! Owns the answer in sentences, with the values in them made safe to look at. What a wrapper is, `wrappers` says, what a sign is,
//! `signs`. Must not know clicks, nor who asks. Nothing is fetched, nothing looked up.

mod signs;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use model::text::{shown_url, thousands};
use model::wrappers::{self, Layer, layers};
use model::{Untrusted, host_of_url, registrable_domain};

pub use self::signs::{
    LONG, Own, Sign, SignDef, address_in, resembles, shorteners, signs_of, signs_of_host, signs_of_text,
};

/// What a URL says by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UrlReading {
    /// What stands inside, the outermost layer first; nothing for a URL that is not wrapped.
    pub layers: Vec<UrlLayer>,
    /// The host of the innermost URL.
    pub host: Untrusted,
    /// What somebody registered of it.
    pub domain: Untrusted,
    /// What can be seen of the innermost URL, in the order of [`Sign::ALL`].
    pub signs: Vec<UrlSignSaid>,
}

/// What stands inside of a wrapper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UrlLayer {
    /// The service around it, see [`Layer::by`].
    pub by: String,
    /// The URL inside; its host where no more can be told.
    pub url: Untrusted,
}

/// A sign, said of one URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UrlSignSaid {
    /// Its name in filters.
    pub sign: String,
    /// What it is called on the page.
    pub label: String,
    /// A sentence with the value that it was found by, safe to look at.
    pub why: String,
}

/// Reads a URL, and what is inside of it.
pub fn read(url: &str, own: &Own) -> UrlReading {
    let layers = layers(url);
    let inner = match layers.last() {
        Some(layer) => Cow::Borrowed(layer.url.as_str()),
        None => wrappers::unfanged(url),
    };
    let host = host_of_url(&inner);
    let bits = signs_of_host(&host, own) | signs_of_text(url, true);
    let say = |sign: Sign| UrlSignSaid {
        sign: sign.def().token.to_owned(),
        label: sign.def().label.to_owned(),
        why: sentence(sign, &inner, &host, &layers, own).unwrap_or_else(|| sign.def().why.to_owned()),
    };
    UrlReading {
        signs: Sign::of_bits(bits).map(say).collect(),
        domain: registrable_domain(&host).into(),
        host: Untrusted::from(&*host),
        layers: layers
            .iter()
            .map(|layer| UrlLayer { by: layer.by.to_owned(), url: layer.url.as_str().into() })
            .collect(),
    }
}

/// A sign with its value. Texts of the URL and names of domains are defanged, what is invisible in them can be seen, and they are
/// cut.
fn sentence(sign: Sign, inner: &str, host: &str, layers: &[Layer], own: &Own) -> Option<String> {
    let listed = signs::listed(sign, host).map(shown_url);
    Some(match sign {
        Sign::Lookalike => {
            format!("The host resembles {} and is not under it.", shown_url(&resembles(host, own)?))
        }
        Sign::Punycode => format!(
            "The host {} reads “{}” in letters of other scripts.",
            shown_url(host),
            shown_url(&signs::in_letters(host))
        ),
        Sign::Address => format!("The host is the address {} and has no name.", shown_url(host)),
        Sign::UserInfo => {
            let (user, _) = wrappers::parted(inner).0.rsplit_once('@')?;
            format!("“{}” before the @ is no host: this opens {}.", shown_url(user), shown_url(host))
        }
        Sign::Targeted => format!("It holds the address of mail {}.", shown_url(&address_in(inner)?)),
        Sign::Shortener => format!("{} shortens URLs and does not say where they lead.", listed?),
        Sign::FreeHosting => format!("{} has sites of anybody, for nothing.", listed?),
        Sign::Serverless => format!("{} runs pages of anybody under its own name.", listed?),
        Sign::AbusedTld => format!("Phishing prefers the ending .{}.", listed?),
        Sign::Long => {
            format!("{} characters long, more than {LONG}.", thousands(inner.chars().count() as u64))
        }
        Sign::Wrapped => {
            let others: Vec<&str> =
                layers.iter().map(|layer| layer.by).filter(|by| *by != wrappers::SAFE_LINKS).collect();
            match others.is_empty() {
                true => "It leads to the wrapper of another service of mail security.".to_owned(),
                false => format!("Wrapped by {}.", others.join(", then ")),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(url: &str) -> UrlReading {
        read(url, &Own::new(["contoso.com"].into_iter()))
    }

    fn whys(url: &str) -> Vec<String> {
        reading(url).signs.into_iter().map(|said| said.why).collect()
    }

    #[test]
    fn reading_of_a_wrapped_url_is_that_of_what_is_inside() {
        let url = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Flogin.c0ntoso.example%2F%3Fu%3Dana%40contoso.com__%3B!!x!y%24&data=05";
        let reading = reading(url);
        let layer = |by: &str, url: &str| UrlLayer { by: by.to_owned(), url: url.into() };
        let layers = [
            layer(
                "Safe Links",
                "https://urldefense.com/v3/__https://login.c0ntoso.example/?u=ana@contoso.com__;!!x!y$",
            ),
            layer("Proofpoint", "https://login.c0ntoso.example/?u=ana@contoso.com"),
        ];
        assert_eq!(reading.layers, layers);
        assert_eq!(reading.host, "login.c0ntoso.example");
        assert_eq!(reading.domain, "c0ntoso.example");
        let said: Vec<(&str, &str)> =
            reading.signs.iter().map(|said| (said.sign.as_str(), said.why.as_str())).collect();
        let expected = [
            ("lookalike", "The host resembles contoso[.]com and is not under it."),
            ("targeted", "It holds the address of mail ana@contoso[.]com."),
            ("wrapped", "Wrapped by Proofpoint."),
        ];
        assert_eq!(said, expected);
        assert_eq!(reading.signs[0].label, "Look-alike");
    }

    #[test]
    fn each_sign_says_the_value_that_it_was_found_by() {
        let long = format!("https://evil.example/{}", "x".repeat(1_979));
        let cases = [
            ("https://203.0.113.9/", "The host is the address 203[.]0[.]113[.]9 and has no name."),
            (
                "https://login.example.net@evil.example/",
                "“login[.]example[.]net” before the @ is no host: this opens evil[.]example.",
            ),
            (
                "https://xn--mnchen-3ya.example/",
                "The host xn--mnchen-3ya[.]example reads “münchen[.]example” in letters of other scripts.",
            ),
            ("https://bit.ly/x", "bit[.]ly shortens URLs and does not say where they lead."),
            ("https://x.weebly.com/", "weebly[.]com has sites of anybody, for nothing."),
            ("https://x.pages.dev/", "pages[.]dev runs pages of anybody under its own name."),
            ("https://evil.top/", "Phishing prefers the ending .top."),
            (long.as_str(), "2,000 characters long, more than 200."),
            (
                "https://evil.example/?r=https://urldefense.com/v3/__",
                "It leads to the wrapper of another service of mail security.",
            ),
            ("https://protect-us.mimecast.com/s/x?domain=evil.example", "Wrapped by Mimecast."),
        ];
        for (url, why) in cases {
            assert_eq!(whys(url), [why], "{url}");
        }
    }

    #[test]
    fn text_of_an_attacker_in_a_sentence_is_made_safe() {
        let said = whys("https://\u{202e}login.example\u{200b}@evil.example/");
        let shown = "“⟨U+202E⟩login[.]example⟨U+200B⟩” before the @ is no host: this opens evil[.]example.";
        assert_eq!(said, [shown]);
        let user = format!("https://{}@evil.example/", "a".repeat(100_000));
        assert!(whys(&user).iter().all(|why| why.len() < 3_000));
        let address = format!("https://evil.example/{}@contoso.com", "a".repeat(100_000));
        assert!(whys(&address).iter().all(|why| why.len() < 3_000));
    }

    #[test]
    fn what_is_no_url_reads_as_nothing() {
        for url in ["", " ", "\u{0}", "javascript:alert(1)", "ana@contoso.com", "https://", "/relative", "é"]
        {
            assert_eq!(reading(url), UrlReading::default(), "{url:?}");
        }
    }
}
