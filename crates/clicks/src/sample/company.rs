//! The people, networks, sites and working hours of a made-up company.

use super::random::{Random, Weighted, mix};

const FIRST: [&str; 40] = [
    "ana", "ben", "carla", "dmitri", "elena", "farid", "greta", "hugo", "ines", "jonas", "kiran", "lena",
    "marco", "nadia", "oscar", "priya", "quentin", "rosa", "samir", "tove", "ulla", "viktor", "wanda",
    "xavier", "yara", "zeno", "aino", "bruno", "chioma", "dario", "edith", "femi", "gita", "henrik", "imani",
    "joana", "kenji", "lucia", "mehmet", "noor",
];

const LAST: [&str; 40] = [
    "adler",
    "bakker",
    "conti",
    "diaz",
    "eriksen",
    "fontaine",
    "garcia",
    "hoff",
    "ito",
    "jensen",
    "kowalski",
    "lind",
    "moreau",
    "novak",
    "okafor",
    "peters",
    "quist",
    "ruiz",
    "svensson",
    "tanaka",
    "ueda",
    "vargas",
    "weber",
    "ximenez",
    "yilmaz",
    "zeman",
    "aalto",
    "berger",
    "cruz",
    "dubois",
    "engel",
    "ferrari",
    "gruber",
    "horvat",
    "ivanova",
    "johansson",
    "keller",
    "larsen",
    "marino",
    "nowak",
];

/// Address of one of the company's people. The number of names is 1,600; from there on they are numbered.
pub(super) fn person(index: usize) -> String {
    let first = FIRST[index % 40];
    let round = index / 40;
    let last = LAST[(index * 7 + round) % 40];
    match index / 1600 {
        0 => format!("{first}.{last}@contoso.com"),
        again => format!("{first}.{last}{}@contoso.com", again + 1),
    }
}

/// Weight of each hour of a working day in UTC, for people in Europe: a lunch dip, a few late ones.
const WORKDAY: [u64; 24] =
    [1, 1, 1, 1, 2, 5, 22, 60, 105, 120, 115, 80, 70, 100, 112, 90, 52, 24, 12, 8, 6, 5, 3, 2];

/// The same for a Saturday or Sunday.
const WEEKEND: [u64; 24] = [1, 0, 0, 0, 0, 1, 1, 2, 4, 5, 6, 5, 4, 4, 5, 5, 4, 4, 4, 5, 4, 3, 2, 1];

/// Draws instants with the rhythm of a working week.
pub(super) struct Calendar {
    /// Midnight UTC of the first day, in seconds since 1970.
    start: i64,
    hours: Weighted,
}

impl Calendar {
    pub(super) fn new(end_ms: i64, days: u32) -> Calendar {
        let days = i64::from(days.max(1));
        let end_day = end_ms.div_euclid(86_400_000);
        let mut weights = Vec::with_capacity(days as usize * 24);
        for day in end_day - days..end_day {
            // 1970-01-01 was a Thursday, so day 2 was a Saturday.
            let weekend = matches!((day + 5).rem_euclid(7), 0 | 1);
            let hours = if weekend { WEEKEND } else { WORKDAY };
            // Some days are busier than others.
            let busy = 80 + mix(day.unsigned_abs()) % 40;
            weights.extend(hours.map(|hour| hour * busy));
        }
        Calendar { start: (end_day - days) * 86_400, hours: Weighted::new(&weights) }
    }

    /// Midnight of a day of the period, in seconds since 1970.
    pub(super) const fn midnight(&self, day: i64) -> i64 {
        self.start + day * 86_400
    }

    /// An instant in 100-nanosecond ticks.
    pub(super) fn draw(&self, random: &mut Random) -> i64 {
        let hour = self.hours.draw(random) as i64;
        let within = random.below(3_600 * super::click::TICKS as u64) as i64;
        (self.start + hour * 3_600) * super::click::TICKS + within
    }
}

/// Writes the address of one of the networks: three ranges for documentation first, then the range reserved
/// for benchmarks, and IPv6 for every eighth.
pub(super) fn address(index: usize, out: &mut String) {
    use std::fmt::Write;
    out.clear();
    let host = index / 8 * 7 + index % 8;
    let written = match (index % 8, host) {
        (7, _) => write!(out, "2001:db8:{:x}::{:x}", index / 8 % 512, 16 + index / 4096),
        (_, 0..250) => write!(out, "203.0.113.{}", host + 2),
        (_, 250..500) => write!(out, "198.51.100.{}", host - 248),
        (_, 500..750) => write!(out, "192.0.2.{}", host - 498),
        _ => write!(out, "198.18.{}.{}", (host - 750) / 250, (host - 750) % 250 + 2),
    };
    debug_assert!(written.is_ok(), "a string takes all text");
}

/// The Microsoft address that has been seen to fetch links in people's names.
pub(super) const SCANNER: &str = "52.112.103.113";

/// Where the company's people go when nothing is wrong.
pub(super) const SITES: [&str; 24] = [
    "https://intranet.contoso.com/news/",
    "https://learn.contoso.com/course/",
    "https://contoso.com/benefits/",
    "https://travel.contoso.com/request/",
    "https://tickets.contoso.com/browse/IT-",
    "https://www.northwindtraders.com/orders/",
    "https://portal.fabrikam.com/project/",
    "https://files.fabrikam.com/share/q3-report-",
    "https://www.tailwindtraders.com/offer/",
    "https://meet.example/join/",
    "https://docs.example/d/",
    "https://survey.example/form/",
    "https://calendar.example/event?eid=",
    "https://bank.example/statement/",
    "https://news.example/2026/technology/",
    "https://parcel.example/track?no=",
    "https://wiki.example/index.php?title=Release_",
    "https://jobs.example/candidate/",
    "https://git.example/platform/pull/",
    "https://video.example/watch?v=",
    "https://hotel.example/booking/",
    "https://events.test/webinar/",
    "https://supplier.test/invoice/",
    "https://links.test/r/",
];
