//! A list of indicators against the clicks: who clicked any of them, who got through, and which nobody clicked.
//!
//! Owns how a list is read (hosts, URLs, message ids, addresses, users; defanged or not; from a mail, a CSV, a feed) and what is a
//! match. Must not know where a list comes from.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use clicks::Failure;
use clicks::hindsight::page_of;
use clicks::model::ids::Id as _;
use clicks::model::sorting::sorted;
use clicks::model::text::refanged;
use clicks::model::{Dataset, Field, NONE, Untrusted, address, bare, host_of_url, wraps};
use clicks::query::{Ask, Cx, Filter, Key, Selection};

/// Asks for the clicks on indicators, among those that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskSweep {
    /// Canonical text of a filter.
    pub filter: String,
    /// The indicators, in any text.
    pub text: String,
}

/// What became of a list of indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Sweep {
    /// Indicators, those with clicks first, most that reached a bad page first; then in the order given.
    pub lines: Vec<SweepLine>,
    /// How many indicators were understood.
    pub total: u64,
    /// How many of them somebody clicked.
    pub found: u64,
    /// Words that are no indicator.
    pub not_understood: u64,
    /// Words that were not looked at: there are too many.
    pub left_out: u64,
    /// First and last click in view: what is said of no click is said of this time.
    pub span: Option<(i64, i64)>,
}

/// One indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SweepLine {
    /// As it was understood: refanged.
    pub indicator: Untrusted,
    /// `host`, `url`, `message`, `address`, `range` or `user`.
    pub kind: String,
    /// Clicks.
    pub clicks: u64,
    /// Distinct users, machines left out.
    pub people: u64,
    /// Clicks that reached a page that is not safe, as is known today.
    pub reached: u64,
    /// Clicks that reached any page.
    pub through: u64,
    /// Newest click, Unix milliseconds.
    pub last_ms: Option<i64>,
    /// The filter that lets exactly these clicks through; empty where there are none, or too many values for a filter.
    pub filter: String,
}

/// More indicators than these are not looked at.
const MOST: usize = 50_000;
/// Lines of an answer.
const LINES: usize = 5_000;
/// Values that a door can have.
const DOOR: usize = 40;

/// What an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum What {
    Host,
    Url,
    Message,
    Address,
    Range,
    User,
}

impl What {
    const fn name(self) -> &'static str {
        match self {
            What::Host => "host",
            What::Url => "url",
            What::Message => "message",
            What::Address => "address",
            What::Range => "range",
            What::User => "user",
        }
    }
}

impl Ask for AskSweep {
    const NAME: &'static str = "sweep";
    type Answer = Sweep;

    fn answer(&self, cx: &mut Cx) -> Result<Sweep, Failure> {
        let (filter, selection) = cx.select(&self.filter)?;
        Ok(sweep(cx.data(), &selection, &filter, &self.text))
    }
}

/// Indicators by what they are compared with.
#[derive(Default)]
struct Wanted {
    given: Vec<(What, String)>,
    by_key: HashMap<String, u32>,
    /// A URL may hold what also divides a list: such a one is an indicator where somebody clicked it, and then what it
    /// holds is none. Each with the parts it would be.
    doubtful: Vec<(u32, Vec<u32>)>,
    not_understood: u64,
    /// Words beyond [`MOST`] indicators.
    left_out: u64,
}

impl Wanted {
    fn read(text: &str) -> Wanted {
        let mut wanted = Wanted::default();
        let is_end =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '|' | '<' | '>' | '`' | '“' | '”');
        for word in text.split(is_end) {
            let parts = word.split([',', ';']).filter_map(|part| wanted.add(part)).collect::<Vec<u32>>();
            let scheme = word.find("://").filter(|_| word.contains([',', ';']));
            let start = scheme.and_then(|at| word.get(..at)?.rfind([',', ';'])).map_or(0, |at| at + 1);
            if scheme.is_some()
                && let Some(whole) = word.get(start..).and_then(|whole| wanted.add(whole))
                && !parts.contains(&whole)
            {
                wanted.doubtful.push((whole, parts));
            }
        }
        wanted
    }

    /// Takes a word in; none where it is no indicator.
    fn add(&mut self, word: &str) -> Option<u32> {
        let word = word.trim_matches(['.', '(', ')', '{', '}', '*', ',', ';']);
        if word.is_empty() {
            return None;
        }
        if self.given.len() == MOST {
            self.left_out += 1;
            return None;
        }
        let Some((what, shown)) = understood(word) else {
            self.not_understood += 1;
            return None;
        };
        let next = self.given.len() as u32;
        let known = *self.by_key.entry(key(what, &shown)).or_insert(next);
        if known == next {
            self.given.push((what, shown));
        }
        Some(known)
    }

    /// The indicators that a host is, or is under. An address as a host is one of the kind of addresses.
    fn of_host(&self, host: &str) -> Vec<u32> {
        let parents = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
        let names = std::iter::once(host).chain(parents.filter(|parent| parent.contains('.')));
        let found = names.map(|name| self.find(What::Host, name));
        let address = std::iter::once_with(|| self.find(What::Address, host.trim_matches(['[', ']'])));
        found.chain(address).filter(|hit| *hit != NONE).collect()
    }

    fn find(&self, what: What, value: &str) -> u32 {
        self.by_key.get(&key(what, value)).copied().unwrap_or(NONE)
    }
}

/// What indicators are compared by: two spellings of one have one key.
fn key(what: What, value: &str) -> String {
    match what {
        What::Url => {
            let inside = bare(value);
            format!("url {}{}", host_of_url(&inside), page_of(&inside))
        }
        what => format!("{} {}", what.name(), value.to_lowercase()),
    }
}

/// What a word is; none where it is no indicator.
fn understood(word: &str) -> Option<(What, String)> {
    let plain = refanged(word);
    if let Ok(ip) = plain.trim_matches(['[', ']']).parse::<IpAddr>() {
        return Some((What::Address, address(&ip.to_string()).into_owned()));
    }
    let digits = plain.bytes().filter(u8::is_ascii_hexdigit).count();
    if plain.len() == 36 && digits == 32 {
        return Some((What::Message, plain.to_lowercase()));
    }
    if let Some(range) = range_of(&plain) {
        return Some((What::Range, range));
    }
    let host = host_of_url(&plain).into_owned();
    // A URL without a page is its host.
    if plain.contains("://") && !host.is_empty() && page_of(&bare(&plain)).is_empty() {
        let inside = host_of_url(&bare(&plain)).into_owned();
        let is_address = inside.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        let what = if is_address { What::Address } else { What::Host };
        return Some((what, inside.trim_matches(['[', ']']).to_owned()));
    }
    if plain.contains("://") || (plain.contains('/') && host.contains('.')) {
        return (!host.is_empty()).then_some((What::Url, plain));
    }
    if let Some((name, domain)) = plain.rsplit_once('@') {
        return (!name.is_empty() && domain.contains('.')).then(|| (What::User, plain.to_lowercase()));
    }
    let is_name = host.contains('.')
        && host
            .rsplit('.')
            .next()
            .is_some_and(|last| last.len() > 1 && !last.starts_with(|c: char| c.is_ascii_digit()));
    is_name.then_some((What::Host, host))
}

/// `203.0.113.0/24` as it is; none where it is no range of addresses.
fn range_of(text: &str) -> Option<String> {
    let (address, bits) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let bits: u8 = bits.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    (bits <= most).then(|| format!("{address}/{bits}"))
}

/// Whether an address is in a range as [`range_of`] writes it.
fn is_in(range: &str, address: IpAddr) -> bool {
    let Some((start, bits)) = range.split_once('/') else { return false };
    let (Ok(start), Ok(bits)) = (start.parse::<IpAddr>(), bits.parse::<u32>()) else { return false };
    match (start, address) {
        (IpAddr::V4(start), IpAddr::V4(address)) => {
            let shift = 32_u32.saturating_sub(bits);
            shift == 32 || (start.to_bits() >> shift) == (address.to_bits() >> shift)
        }
        (IpAddr::V6(start), IpAddr::V6(address)) => {
            let shift = 128_u32.saturating_sub(bits);
            shift == 128 || (start.to_bits() >> shift) == (address.to_bits() >> shift)
        }
        _ => false,
    }
}

/// What is counted of one indicator.
#[derive(Clone, Default)]
struct Count {
    clicks: u64,
    reached: u64,
    through: u64,
    last: Option<i64>,
    values: Vec<u32>,
}

fn sweep(data: &Dataset, selection: &Selection, filter: &Filter, text: &str) -> Sweep {
    let wanted = Wanted::read(text);
    let facts = selection.hindsight.of(data);
    let labels = selection.lens.labels(data);
    let of_host: Vec<Vec<u32>> = data.hosts.iter().map(|host| wanted.of_host(host)).collect();
    // What a scanner has wrapped is looked for by the host inside.
    let wraps: Vec<bool> = data.hosts.iter().map(|host| wraps(host).is_some()).collect();
    let of_wrapped: HashMap<u32, Vec<u32>> = (0..)
        .zip(data.urls.iter())
        .filter(|(url, _)| wraps.get(data.host_of_url.at(*url as usize).raw() as usize) == Some(&true))
        .map(|(url, text)| (url, wanted.of_host(&host_of_url(&bare(text)))))
        .collect();
    let has_urls = wanted.given.iter().any(|(what, _)| *what == What::Url);
    let of_url: Vec<u32> = match has_urls {
        true => data.urls.iter().map(|url| wanted.find(What::Url, url)).collect(),
        false => Vec::new(),
    };
    let ranges: Vec<(u32, &str)> = (0..)
        .zip(&wanted.given)
        .filter(|(_, (what, _))| *what == What::Range)
        .map(|(at, (_, range))| (at, range.as_str()))
        .collect();
    let of_ip: Vec<Vec<u32>> = data
        .ips
        .iter()
        .map(|ip| {
            let address = ip.parse::<IpAddr>().ok();
            let holds = |(_, range): &&(u32, &str)| address.is_some_and(|address| is_in(range, address));
            let inside = ranges.iter().filter(holds).map(|(at, _)| *at);
            inside.chain([wanted.find(What::Address, ip)]).filter(|hit| *hit != NONE).collect()
        })
        .collect();
    let of_user: Vec<u32> = data.users.iter().map(|user| wanted.find(What::User, user)).collect();
    let of_message: HashMap<u128, u32> = (0..)
        .zip(&wanted.given)
        .filter(|(_, (what, _))| *what == What::Message)
        .flat_map(|(at, (_, text))| data.ids_of_text(text).into_iter().map(move |id| (id, at)))
        .collect();
    let mut counts = vec![Count::default(); wanted.given.len()];
    let mut people: HashSet<u64> = HashSet::new();
    let mut span = None;
    for row in selection.iter(data) {
        let time = data.time[row];
        span = Some((span.map_or(time, |(first, _)| first), time));
        let (url, ip, user) = (data.url.at(row).raw(), data.ip.at(row).raw(), data.user.at(row).raw());
        let host = data.host_of_row(row).raw();
        let at = |all: &[u32], id: u32| all.get(id as usize).copied().unwrap_or(NONE);
        let is_person = labels.class(row).is_person();
        let inside = of_wrapped.get(&url).filter(|hits| !hits.is_empty());
        let of_its_host = inside.or_else(|| of_host.get(host as usize)).map_or(&[][..], Vec::as_slice);
        // The door of what is wrapped cannot be one of hosts.
        let host = if inside.is_some() { NONE } else { host };
        let of_its_ip = of_ip.get(ip as usize).map_or(&[][..], Vec::as_slice);
        let is_address = |hit: u32| matches!(wanted.given.get(hit as usize), Some((What::Address, _)));
        // An address that was opened is no address that somebody clicked from: no door is of both.
        let of_its_host = of_its_host.iter().map(|hit| (*hit, if is_address(*hit) { NONE } else { host }));
        let hits = of_its_host.chain(of_its_ip.iter().map(|hit| (*hit, ip))).chain([
            (at(&of_url, url), url),
            (at(&of_user, user), user),
            (of_message.get(&data.message.at(row)).copied().unwrap_or(NONE), 0),
        ]);
        for (hit, value) in hits {
            let Some(count) = counts.get_mut(hit as usize) else { continue };
            let n = u64::from(data.weight_of(row));
            let is_through = data.kind_of(row).action.reached();
            count.clicks += n;
            count.through += n * u64::from(is_through);
            count.reached += n * u64::from(facts.has_reached_bad(data, row));
            count.last = Some(time);
            if count.values.len() <= DOOR && !count.values.contains(&value) {
                count.values.push(value);
            }
            if user != NONE && is_person {
                people.insert(u64::from(hit) << 32 | u64::from(user));
            }
        }
    }
    let mut people_of = vec![0_u64; counts.len()];
    people.iter().for_each(|pair| people_of[(pair >> 32) as usize] += 1);
    let mut is_left = vec![true; counts.len()];
    for (whole, parts) in &wanted.doubtful {
        let is_clicked = counts[*whole as usize].clicks > 0;
        is_left[*whole as usize] &= is_clicked;
        for part in parts.iter().filter(|_| is_clicked) {
            is_left[*part as usize] &= counts[*part as usize].clicks > 0;
        }
    }
    let found = counts.iter().filter(|count| count.clicks > 0).count() as u64;
    let line = |((what, indicator), (count, people)): (&(What, String), (&Count, u64))| SweepLine {
        indicator: indicator.as_str().into(),
        kind: what.name().to_owned(),
        clicks: count.clicks,
        people,
        reached: count.reached,
        through: count.through,
        last_ms: count.last,
        filter: door(data, filter, *what, indicator, count),
    };
    let total = is_left.iter().filter(|is| **is).count() as u64;
    let all = wanted.given.iter().zip(counts.iter().zip(people_of));
    let lines = all.zip(is_left).filter(|(_, is_left)| *is_left).map(|(one, _)| line(one)).collect();
    let mut lines = sorted(lines, |a: &SweepLine, b: &SweepLine| {
        let rank = |line: &SweepLine| (line.clicks > 0, line.reached, line.people);
        rank(b).cmp(&rank(a))
    });
    lines.truncate(LINES);
    Sweep { lines, total, found, not_understood: wanted.not_understood, left_out: wanted.left_out, span }
}

fn door(data: &Dataset, filter: &Filter, what: What, indicator: &str, count: &Count) -> String {
    if count.clicks == 0 || count.values.len() > DOOR || count.values.contains(&NONE) {
        return String::new();
    }
    let (field, text): (Field, &dyn Fn(u32) -> String) = match what {
        What::Host => (Field::Host, &|id| data.hosts.raw().get(id).to_owned()),
        What::Url => (Field::Url, &|id| data.urls.raw().get(id).to_owned()),
        What::User => (Field::User, &|id| data.users.raw().get(id).to_owned()),
        What::Message => (Field::MessageId, &|_| indicator.to_owned()),
        What::Address | What::Range => (Field::Ip, &|id| data.ips.raw().get(id).to_owned()),
    };
    let mut filter = filter.clone();
    filter.remove_key(Key::Is(field));
    count.values.iter().for_each(|id| filter.add(Key::Is(field), &text(*id), false));
    filter.to_string()
}
