//! What can be seen of a URL without opening it, each as one bit.
//!
//! Owns the signs, their names and lists, and what looks like the name of somebody else. Nothing is looked up: a sign says
//! what is there to be seen, never that a page is bad. Must not know who clicked, nor how a sign is shown.
//!
//! Signs of a host are found once a host, signs of a text once a URL: of these there may be a million.

use std::borrow::Cow;
use std::net::Ipv4Addr;

use model::wrappers::{SAFE_LINKS, base64, decoded, inside, is_under, parted, wraps};
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

/// Services that shorten URLs for anybody. Source: the best known of the collection github.com/PeterDaveHello/url-shorteners.
const SHORTENERS: &str = "adf.ly bit.ly bitly.com bl.ink buff.ly clck.ru cutt.ly dlvr.it dub.sh goo.gl goo.su is.gd j.mp \
    kutt.it lnkd.in n9.cl ouo.io ow.ly qrco.de rb.gy rebrand.ly reurl.cc s.id short.gy shorturl.at shorturl.com snip.ly \
    surl.li t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com trib.al u.to urlz.fr v.gd vk.cc x.gd";

/// Makers of sites and free hosting, the best known. Sources: “Phishing in the Free Waters” (ACM IMC 2023, arXiv 2212.02563)
/// measures phishing on seventeen of the kind; services that give names to customers are in the private part of publicsuffix.org.
const FREE_HOSTING: &str = "000webhostapp.com altervista.org blogspot.com carrd.co duckdns.org epizy.com framer.app \
    framer.website gitbook.io github.io gitlab.io godaddysites.com hpage.com infinityfreeapp.com jimdofree.com \
    jimdosite.com lovable.app my.canva.site mystrikingly.com neocities.org notion.site rf.gd sites.google.com square.site \
    strikingly.com systeme.io tilda.ws typedream.app webflow.io webnode.page weebly.com weeblysite.com wixsite.com \
    wordpress.com yolasite.com zohosites.com";

/// Clouds where anybody runs a page, a program, a tunnel or keeps a file, under a name of the cloud; the best known. Sources:
/// `vercel.app`, `workers.dev`, `railway.app` in hunting for device code phishing (security-investigator, query 5), names of the
/// kind in the private part of publicsuffix.org.
const SERVERLESS: &str = "amazonaws.com amplifyapp.com appspot.com azureedge.net azurefd.net azurestaticapps.net \
    azurewebsites.net backblazeb2.com blob.core.windows.net cloudapp.azure.com cloudapp.net cloudflare-ipfs.com \
    cloudfront.net cloudfunctions.net deno.dev digitaloceanspaces.com dweb.link firebaseapp.com \
    firebasestorage.googleapis.com fly.dev glitch.me herokuapp.com ipfs.io linodeobjects.com netlify.app ngrok-free.app \
    ngrok.io on.aws ondigitalocean.app onrender.com pages.dev r2.dev railway.app repl.co replit.app replit.dev run.app \
    storage.googleapis.com surge.sh trycloudflare.com vercel.app web.app web.core.windows.net workers.dev";

/// Endings of names that phishing prefers. Sources: of the twenty with most phishing domains those with more than 150 such
/// domains among 10,000, cybercrimeinfocenter.org, years to April 2025 and quarters to April and October 2025; `cyou` in its five
/// years; `zip` and `mov`, which look like files, from public hunting queries.
const ABUSED_TLDS: &str = "bond cfd cyou icu live lol mobi mov pro sbs shop top vip world xin xyz zip";

/// The signs that are lists of hosts.
const LISTS: [(Sign, &str); 4] = [
    (Sign::Shortener, SHORTENERS),
    (Sign::FreeHosting, FREE_HOSTING),
    (Sign::Serverless, SERVERLESS),
    (Sign::AbusedTld, ABUSED_TLDS),
];

/// Names that phishing borrows, a line each: names, and domains that are theirs, the first of which is told; among them a few
/// that only look like theirs and are well known. A name of six letters and more is also looked for with a slip in it, so none
/// stands here that is one slip away from a common word (`icloud`, `twitter`), and none that is one itself or that others name
/// their servers by (`office`, `outlook`, `zoom`, `okta`). Sources: brand phishing reports of Check Point Research, 2020 to 2024,
/// and the baits in hunting for device code phishing (security-investigator, query 5); the selection is ours.
const BRANDS: &str = "\
microsoft microsoftonline office365 onedrive sharepoint microsoft.com microsoftonline.com office.com office365.com live.com \
outlook.com sharepoint.com sharepoint.us onedrive.com onmicrosoft.com mcas.ms cloud.microsoft microsoft.github.io
google gmail google.com gmail.com googlemail.com google-analytics.com google.github.io
apple apple.com icloud.com apple.news
amazon amazon.com amazon-adsystem.com amazon.jobs amazone.de
facebook facebook.com facebook.net
instagram instagram.com
whatsapp whatsapp.com whatsapp.net
linkedin linkedin.com
adobe adobe.com adobe.io
docusign docusign.com docusign.net
dropbox dropbox.com
wetransfer wetransfer.com
paypal paypal.com paypal.me paypay.ne.jp
netflix netflix.com
spotify spotify.com
yahoo yahoo.com yahoo.net
dhl dhl.com
fedex fedex.com
usps usps.com usps.gov
alibaba alibaba.com
ebay ebay.com
airbnb airbnb.com
walmart walmart.com
wellsfargo wellsfargo.com
hsbc hsbc.com
citibank citibank.com
santander santander.com
barclays barclays.com barclay.com
mastercard mastercard.com
americanexpress americanexpress.com
coinbase coinbase.com
metamask metamask.io
quickbooks intuit.com
steamcommunity steamcommunity.com
roblox roblox.com";

/// Where people have mailboxes of their own: domains, and names in any country. Nobody's own domains. Source: ours.
const MAIL_PROVIDERS: &str = "aol gmail gmx googlemail hotmail icloud outlook protonmail yahoo yandex 126.com 163.com att.net \
    btinternet.com comcast.net fastmail.com free.fr libero.it live.com mac.com mail.com mail.ru me.com msn.com naver.com \
    orange.fr proton.me qq.com t-online.de verizon.net wanadoo.fr web.de wp.pl zoho.com";

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
        let mut own = Own { names: Vec::new() };
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
    of_host | signs_of_text(url)
}

/// The signs that a host has by itself, as [`host_of_url`] gives it. Of a host that wraps they are no signs of what is inside.
pub fn signs_of_host(host: &str, own: &Own) -> u16 {
    if host.is_empty() {
        return 0;
    }
    if is_address(host) {
        return Sign::Address.bit();
    }
    let listed = LISTS.into_iter().map(|(sign, _)| sign).filter(|sign| listed(*sign, host).is_some());
    let mut signs = listed.fold(0, |signs, sign| signs | sign.bit());
    if has_punycode(host) {
        signs |= Sign::Punycode.bit();
    }
    if resembles(host, own).is_some() {
        signs |= Sign::Lookalike.bit();
    }
    signs
}

/// The signs that a URL has whatever its host is; of a wrapped one those of what is inside. Linear in its length, and without
/// allocation for a URL that is plain and has no sign.
pub fn signs_of_text(url: &str) -> u16 {
    let (inner, is_wrapped) = inside(url);
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

/// Whether a host is one of a service that shortens URLs.
pub fn is_shortener(host: &str) -> bool {
    listed(Sign::Shortener, host).is_some()
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
mod tests {
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
            assert_eq!(signs_of_text(&url) == Sign::Long.bit(), expected, "{letter} {letters}");
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
            assert_eq!(signs_of_text(url) & Sign::Targeted.bit() != 0, address.is_some(), "{url}");
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
        for odd in [
            "@",
            "%40",
            "a@",
            "a@b.",
            "%",
            "YW5h",
            "a.",
            "-",
            "xn--",
            "\u{202e}",
            "é",
            "urldefense.",
            "=",
            "/",
        ] {
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
}
