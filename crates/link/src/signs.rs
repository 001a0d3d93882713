//! What can be seen of a URL without opening it, each as one bit.
//!
//! Owns the signs, their names and lists, and what looks like the name of somebody else. Nothing is looked up: a sign says
//! what is there to be seen, never that a page is bad. Must not know who clicked, nor how a sign is shown.
//!
//! Signs of a host are found once a host, signs of a text once a URL: of these there may be a million.

mod lists;

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::Ipv4Addr;

use self::lists::{BRANDS, LISTS, MAIL_PROVIDERS, SHORTENERS};
use model::wrappers::{SAFE_LINKS, base64, decoded, inside, is_under, parted, unfanged, with_parents, wraps};
use model::{host_of_url, registrable_domain};

/// What can be seen of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Sign {
    /// The name of the host looks like one of the tenant's or of a brand.
    Lookalike,
    /// Letters of other scripts in the host.
    Punycode,
    /// The host is an address.
    Address,
    /// User information before the host.
    UserInfo,
    /// An address of mail in path, query or fragment.
    Targeted,
    /// A service that shortens URLs.
    Shortener,
    /// A free site.
    FreeHosting,
    /// A page or program in a cloud that takes anybody.
    Serverless,
    /// An ending that phishing prefers.
    AbusedTld,
    /// More than [`LONG`] characters.
    Long,
    /// Another vendor than Microsoft has wrapped it, or it leads to the wrapper of one.
    Wrapped,
}

/// A sign with its name and its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignDef {
    /// The sign.
    pub sign: Sign,
    /// Its name in filters and in the API.
    pub token: &'static str,
    /// What it is called on the page.
    pub label: &'static str,
    /// What it means, in a sentence.
    pub why: &'static str,
}

const fn def(sign: Sign, token: &'static str, label: &'static str, why: &'static str) -> SignDef {
    SignDef { sign, token, label, why }
}

impl Sign {
    /// How many there are.
    pub const COUNT: usize = 11;

    /// All of them, in the order in which they are shown.
    pub const ALL: [SignDef; Sign::COUNT] = [
        def(
            Sign::Lookalike,
            "lookalike",
            "Look-alike",
            "The host looks like a name of the tenant or of a brand, and is not theirs.",
        ),
        def(
            Sign::Punycode,
            "punycode",
            "Punycode",
            "The host has letters of other scripts, which may look like those of another name.",
        ),
        def(Sign::Address, "address", "IP address", "The host is an address and has no name."),
        def(
            Sign::UserInfo,
            "userInfo",
            "Text before @",
            "What stands before the @ is no host, however much it looks like one.",
        ),
        def(Sign::Targeted, "targeted", "Targeted", "It holds an address of mail: made for one recipient."),
        def(Sign::Shortener, "shortener", "Shortener", "A shortened URL does not say where it leads."),
        def(Sign::FreeHosting, "freeHosting", "Free hosting", "A site that anybody makes for nothing."),
        def(
            Sign::Serverless,
            "serverless",
            "Cloud page",
            "A page in a cloud that takes anybody, under the name of the cloud.",
        ),
        def(Sign::AbusedTld, "abusedTld", "Abused ending", "Phishing prefers this ending of names."),
        def(Sign::Long, "long", "Long", "More than 200 characters: what matters is out of sight."),
        def(
            Sign::Wrapped,
            "wrapped",
            "Wrapped",
            "Another service of mail security stands between this link and its target.",
        ),
    ];

    /// Its entry.
    pub const fn def(self) -> &'static SignDef {
        const ALL: &[SignDef; Sign::COUNT] = &Sign::ALL;
        &ALL[self as usize]
    }

    /// Its bit among signs.
    pub const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// The sign of a token, in any case.
    pub fn from_token(token: &str) -> Option<Sign> {
        let mut all = Sign::ALL.into_iter();
        all.find(|def| def.token.eq_ignore_ascii_case(token.trim())).map(|def| def.sign)
    }

    /// The signs of some bits, in the order of [`Sign::ALL`].
    pub fn of_bits(bits: u16) -> impl Iterator<Item = Sign> {
        Sign::ALL.into_iter().map(|def| def.sign).filter(move |sign| bits & sign.bit() != 0)
    }
}

/// More characters are long. Source: query 7.2 of the security-investigator collection.
pub const LONG: usize = 200;

/// Most domains of its own that a tenant is looked at with. No source: each costs time at every host.
const MOST_OWN: usize = 50;
/// Shorter names of a tenant stand for too much, as whole labels and as parts of them. No source.
const OWN_LABEL: usize = 4;
const OWN_PART: usize = 5;
/// From so many letters on, one slip is a likeness and not another word. No source.
const WITH_SLIP: usize = 6;
/// Longer names are in no DNS. Source: RFC 1035, 2.3.4.
const LONGEST_HOST: usize = 253;

/// The names that a host may look like: those of the tenant, and brands.
#[derive(Clone, Debug)]
pub struct Own {
    names: Vec<Known>,
    /// The entries of [`LISTS`], each with the bits of its signs.
    listed: HashMap<&'static str, u16>,
}

/// A name and the domain that it is of.
#[derive(Clone, Debug)]
struct Known {
    /// The name; empty where the whole domain alone counts.
    name: String,
    /// The name as [`folded`].
    folded: String,
    domain: String,
    is_own: bool,
}

impl Known {
    fn new(name: &str, domain: &str, is_own: bool) -> Known {
        let folded = folded(name).into_owned();
        Known { name: name.to_owned(), folded, domain: domain.to_owned(), is_own }
    }

    /// Whether a part of a host is this name, or is made to look like it.
    fn is_like(&self, part: &Part) -> bool {
        if self.name.is_empty() {
            return false;
        }
        if part.raw == self.name {
            // Services name their customers in labels of their own (`contoso.zendesk.com`), and brands have the domains
            // with their name in most countries.
            return match self.is_own {
                true => part.is_registered && (part.is_label || self.name.len() >= OWN_PART),
                false => !part.is_of_country,
            };
        }
        let may_slip = self.name.len() >= WITH_SLIP && (part.is_registered || !self.is_own);
        part.folded == self.folded || (may_slip && is_one_slip(&part.folded, &self.folded))
    }

    /// Whether a host has the whole domain before a domain of somebody else: `contoso.com.evil.example`,
    /// `contoso.com-login.example`. `registered` is where that begins.
    fn is_before(&self, host: &str, registered: usize) -> bool {
        let labels = host.match_indices('.').map(|(dot, _)| dot + 1);
        std::iter::once(0).chain(labels).take_while(|label| *label < registered).any(|label| {
            let behind = host.get(label..).and_then(|from| from.strip_prefix(self.domain.as_str()));
            let ends = label + self.domain.len();
            behind.is_some_and(|behind| {
                behind.starts_with('-') || (behind.starts_with('.') && ends < registered)
            })
        })
    }
}

impl Default for Own {
    /// Brands alone.
    fn default() -> Own {
        Own::new(std::iter::empty())
    }
}

impl Own {
    /// Of the domains of users, those with most users first: what is registered of the first fifty that are not of a provider of
    /// mail. Of `contoso.onmicrosoft.com` the name before the domain counts.
    pub fn new<'a>(domains: impl Iterator<Item = &'a str>) -> Own {
        let mut own = Own { names: Vec::new(), listed: HashMap::new() };
        for (sign, list) in LISTS {
            for word in list.split_ascii_whitespace() {
                *own.listed.entry(word).or_default() |= sign.bit();
            }
        }
        for domain in domains {
            if own.names.len() >= MOST_OWN {
                break;
            }
            own.add(domain);
        }
        for line in BRANDS.lines() {
            let told = line.split_ascii_whitespace().find(|word| word.contains('.')).unwrap_or_default();
            for word in line.split_ascii_whitespace() {
                let (name, domain) = if word.contains('.') { ("", word) } else { (word, told) };
                own.names.push(Known::new(name, domain, false));
            }
        }
        own
    }

    /// The domains of the tenant.
    pub fn domains(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter(|known| known.is_own).map(|known| known.domain.as_str())
    }

    fn add(&mut self, domain: &str) {
        let mut domain = domain.trim().to_ascii_lowercase();
        if !domain.is_ascii() {
            domain = host_of_url(&domain).into_owned();
        }
        let domain = match domain.strip_suffix(".onmicrosoft.com") {
            // `contoso.mail.onmicrosoft.com` routes mail and is nobody's name.
            Some(before) if before.contains('.') => return,
            Some(_) => domain.as_str(),
            None => registrable_domain(&domain),
        };
        let Some((label, _)) = domain.split_once('.') else { return };
        let is_providers = |word: &str| word == domain || word == label;
        let is_known = self.names.iter().any(|known| known.domain == domain);
        if label.is_empty() || is_known || MAIL_PROVIDERS.split_ascii_whitespace().any(is_providers) {
            return;
        }
        let shown = in_letters(label);
        let name = if shown.chars().count() >= OWN_LABEL { &*shown } else { "" };
        self.names.push(Known::new(name, domain, true));
    }
}

/// The signs of a URL, a bit each; of a wrapped one those of what is inside. `host` is that of the URL, as [`host_of_url`] gives
/// it.
pub fn signs_of(url: &str, host: &str, own: &Own) -> u16 {
    let of_host = match wraps(host).is_some() {
        true => signs_of_host(&host_of_url(&inside(url).0), own),
        false => signs_of_host(host, own),
    };
    of_host | signs_of_text(url, true)
}

/// The signs that a host has by itself, as [`host_of_url`] gives it. Of a host that wraps they are no signs of what is inside.
pub fn signs_of_host(host: &str, own: &Own) -> u16 {
    if host.is_empty() {
        return 0;
    }
    if is_address(host) {
        return Sign::Address.bit();
    }
    let listed = with_parents(host).filter_map(|known| own.listed.get(known));
    let mut signs = listed.fold(0, |signs, listed| signs | listed);
    if has_punycode(host) {
        signs |= Sign::Punycode.bit();
    }
    if resembles(host, own).is_some() {
        signs |= Sign::Lookalike.bit();
    }
    signs
}

/// The signs that a URL has whatever its host is; of a wrapped one those of what is inside. `may_be_wrapped`: its host [`wraps`]
/// something, or is not known. Linear in its length, and without allocation for a URL that is plain and has no sign.
pub fn signs_of_text(url: &str, may_be_wrapped: bool) -> u16 {
    let (inner, is_wrapped) = if may_be_wrapped { inside(url) } else { (unfanged(url), false) };
    let (authority, rest) = parted(&inner);
    let words = Words::of(rest);
    let has = [
        (Sign::UserInfo, authority.contains('@')),
        (Sign::Targeted, words.address(rest).is_some()),
        (Sign::Long, inner.len() > LONG && inner.chars().count() > LONG),
        (Sign::Wrapped, is_wrapped || (words.may_wrap && leads_to_wrapper(rest))),
    ];
    has.into_iter().filter(|(_, has)| *has).fold(0, |signs, (sign, _)| signs | sign.bit())
}

/// The address of mail in path, query or fragment of a URL, as it is, escaped or as base64; of a wrapped URL that of what is
/// inside. Whoever knows who clicked can tell whether it is theirs.
pub fn address_in(url: &str) -> Option<String> {
    let (inner, _) = inside(url);
    let (_, rest) = parted(&inner);
    Words::of(rest).address(rest)
}

/// The domain of the tenant or of a brand that a host looks like without being under it.
pub fn resembles(host: &str, own: &Own) -> Option<String> {
    if host.is_empty() || host.len() > LONGEST_HOST || is_address(host) {
        return None;
    }
    let registered = host.len() - registrable_domain(host).len();
    let shown = in_letters(host);
    let parts = parts_of(&shown, host, registered);
    let is_like =
        |known: &&Known| parts.iter().any(|part| known.is_like(part)) || known.is_before(host, registered);
    let found = own.names.iter().find(is_like)?;
    let is_theirs = own.names.iter().any(|known| is_under(host, &known.domain));
    (!is_theirs).then(|| found.domain.clone())
}

/// The entry that gives a host a sign of a list: the host, or what it stands under.
pub(super) fn listed(sign: Sign, host: &str) -> Option<&'static str> {
    let (_, list) = LISTS.into_iter().find(|(of, _)| *of == sign)?;
    list.split_ascii_whitespace().find(|word| is_under(host, word))
}

/// The services that shorten URLs.
pub fn shorteners() -> impl Iterator<Item = &'static str> {
    SHORTENERS.split_ascii_whitespace()
}

/// Whether a host is no name.
fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

fn has_punycode(host: &str) -> bool {
    host.starts_with("xn--") || host.contains(".xn--")
}

/// A host in the letters that its punycode stands for.
pub(super) fn in_letters(host: &str) -> Cow<'_, str> {
    match has_punycode(host) {
        true => {
            let label = |label: &str| {
                let decoded = label.strip_prefix("xn--").and_then(idna::punycode::decode_to_string);
                decoded.unwrap_or_else(|| label.to_owned())
            };
            Cow::Owned(host.split('.').map(label).collect::<Vec<String>>().join("."))
        }
        false => Cow::Borrowed(host),
    }
}

/// A label of a host, or a part of one between hyphens.
struct Part<'a> {
    /// As it is written; empty for a label without its hyphens.
    raw: &'a str,
    /// As [`folded`].
    folded: Cow<'a, str>,
    /// It is in the label that somebody registered, and not in one before it.
    is_registered: bool,
    is_label: bool,
    /// It is all that somebody registered under the ending of a country.
    is_of_country: bool,
}

/// The labels of a host before its public suffix, and their parts. `shown` is the host in letters, label by label.
fn parts_of<'a>(shown: &'a str, host: &str, registered: usize) -> Vec<Part<'a>> {
    let domain = host.get(registered..).unwrap_or_default();
    let before = host.bytes().take(registered).filter(|byte| *byte == b'.').count();
    let suffix = domain.split_once('.').map_or("", |(_, suffix)| suffix);
    // `de`, `co.uk`, `com.br`; `io` and `co` too, though they are sold as something else.
    let is_country = suffix.rsplit('.').next().is_some_and(|last| last.len() == 2)
        && suffix.split('.').all(|label| label.len() <= 3);
    let mut parts = Vec::new();
    for (place, label) in shown.split('.').take(before + 1).enumerate() {
        let is_registered = place == before;
        let mut push = |raw, folded, is_label| {
            let is_of_country = is_registered && is_label && is_country;
            parts.push(Part { raw, folded, is_registered, is_label, is_of_country });
        };
        push(label, folded(label), true);
        if label.contains('-') {
            for part in label.split('-').filter(|part| !part.is_empty()) {
                push(part, folded(part), false);
            }
            push("", Cow::Owned(folded(&label.replace('-', "")).into_owned()), false);
        }
    }
    parts
}

/// A name as somebody reads it who does not look closely: letters of other scripts as the Latin ones that they look like, `0` as
/// `o`, `1` as `l`, `rn` as `m`, `vv` as `w`.
fn folded(name: &str) -> Cow<'_, str> {
    let is_odd = |byte: u8| matches!(byte, b'0' | b'1') || !byte.is_ascii();
    if !name.bytes().any(is_odd) && !name.contains("rn") && !name.contains("vv") {
        return Cow::Borrowed(name);
    }
    let name: String = name.chars().map(latin).collect();
    Cow::Owned(name.replace("rn", "m").replace("vv", "w"))
}

/// The Latin letter that another one looks like: Latin with marks, Greek, Cyrillic, Armenian. Source: confusables.txt of UTS 39,
/// and letters that are read as these though they are not listed there.
const fn latin(c: char) -> char {
    match c {
        '\u{e0}'..='\u{e5}' | '\u{101}' | '\u{251}' | '\u{3b1}' | '\u{430}' | '\u{1ea1}' => 'a',
        '\u{432}' | '\u{44c}' => 'b',
        '\u{e7}' | '\u{107}' | '\u{10d}' | '\u{441}' => 'c',
        '\u{501}' => 'd',
        '\u{e8}'..='\u{eb}' | '\u{113}' | '\u{119}' | '\u{3b5}' | '\u{435}' | '\u{451}' | '\u{1eb9}' => 'e',
        '\u{11f}' | '\u{261}' => 'g',
        '\u{43d}' | '\u{4bb}' => 'h',
        '\u{ec}'..='\u{ef}' | '\u{12b}' | '\u{131}' | '\u{3b9}' | '\u{456}' | '\u{457}' | '\u{1ecb}' => 'i',
        '\u{458}' => 'j',
        '\u{3ba}' | '\u{43a}' => 'k',
        '1' | '\u{142}' | '\u{4cf}' => 'l',
        '\u{43c}' | '\u{1e43}' => 'm',
        '\u{f1}' | '\u{144}' | '\u{3b7}' | '\u{43f}' | '\u{578}' => 'n',
        '0' | '\u{f2}'..='\u{f6}' | '\u{14d}' | '\u{3bf}' | '\u{43e}' | '\u{585}' | '\u{1ecd}' => 'o',
        '\u{3c1}' | '\u{440}' => 'p',
        '\u{51b}' => 'q',
        '\u{433}' => 'r',
        '\u{15b}' | '\u{15f}' | '\u{161}' | '\u{455}' => 's',
        '\u{3c4}' | '\u{442}' | '\u{1e6d}' => 't',
        '\u{f9}'..='\u{fc}' | '\u{16b}' | '\u{3c5}' | '\u{57d}' | '\u{1ee5}' => 'u',
        '\u{3bd}' => 'v',
        '\u{3c9}' | '\u{51d}' => 'w',
        '\u{3c7}' | '\u{445}' => 'x',
        '\u{fd}' | '\u{ff}' | '\u{3b3}' | '\u{443}' => 'y',
        '\u{17a}' | '\u{17c}' | '\u{17e}' => 'z',
        other => other,
    }
}

/// Whether one letter more, less or another, or two in each other's place, make one text of another.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let first = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[first..], &b[first..]);
    let last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - last], &b[..b.len() - last]) {
        ([a, b], [c, d]) => a == d && b == c,
        (a, b) => a.len() <= 1 && b.len() <= 1,
    }
}

/// What one look at the words of a text finds: runs of letters and digits, without the digits of escapes.
#[derive(Default)]
struct Words {
    /// There is an escaped `@`.
    has_at: bool,
    /// The address of mail that a word is the base64 of.
    coded: Option<String>,
    /// There is the name of a service that wraps.
    may_wrap: bool,
}

impl Words {
    fn of(text: &str) -> Words {
        let mut words = Words::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if *byte == b'%' {
                words.has_at |= bytes[at..].starts_with(b"%40");
                at += 3;
                continue;
            }
            let len = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            words.add(&bytes[at..at + len]);
            at += len.max(1);
        }
        words
    }

    fn add(&mut self, word: &[u8]) {
        fn is_text(byte: u8) -> bool {
            (b' '..0x7f).contains(&byte)
        }
        self.may_wrap |= matches!(
            word,
            b"urldefense" | b"mimecast" | b"mimecastprotect" | b"linkprotect" | b"cisco" | b"sophos"
        ) || matches!(word, b"checkpoint" | b"clicktime" | b"fireeye");
        // Shorter ones hold no address; most of the others are no text from their first letters on.
        let starts_well = word.get(..8).is_some_and(|start| base64(start, &mut is_text));
        if self.coded.is_some() || !starts_well {
            return;
        }
        let mut text = String::new();
        base64(word, &mut |byte| {
            text.push(char::from(byte));
            is_text(byte)
        });
        self.coded = mail_in(&text).map(str::to_owned);
    }

    /// The first address of mail in the text that these are of.
    fn address(&self, text: &str) -> Option<String> {
        if let Some(address) = mail_in(text) {
            return Some(address.to_owned());
        }
        let escaped = self.has_at.then(|| decoded(text)).flatten();
        escaped.as_deref().and_then(mail_in).map(str::to_owned).or_else(|| self.coded.clone())
    }
}

/// The first address of mail in a text.
fn mail_in(text: &str) -> Option<&str> {
    /// What follows an `@` in names of files, before an ending that no domain has.
    const FILES: &str = "css gif html jpeg jpg js json mjs pdf php png svg ts webp";
    let bytes = text.as_bytes();
    let in_domain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let in_name = |byte: u8| in_domain(byte) || matches!(byte, b'_' | b'+');
    memchr::memchr_iter(b'@', bytes).find_map(|at| {
        let name = bytes[..at].iter().rev().take_while(|byte| in_name(**byte)).count();
        let domain = bytes[at + 1..].iter().take_while(|byte| in_domain(**byte)).count();
        let domain = text.get(at + 1..at + 1 + domain)?.trim_end_matches(['.', '-']);
        let (before, last) = domain.rsplit_once('.')?;
        let is_domain =
            !before.is_empty() && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
        let is_file = || FILES.split(' ').any(|file| last.eq_ignore_ascii_case(file));
        let is_address = name > 0 && is_domain && !is_file();
        is_address.then(|| text.get(at - name..at + 1 + domain.len())).flatten()
    })
}

/// Whether a host of another vendor's wrapper stands somewhere in a text.
fn leads_to_wrapper(text: &str) -> bool {
    let text = decoded(text).map_or(Cow::Borrowed(text), Cow::Owned);
    let mut hosts = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')));
    hosts.any(|host| wraps(host).is_some_and(|by| by != SAFE_LINKS))
}

#[cfg(test)]
mod tests;
