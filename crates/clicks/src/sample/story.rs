//! Sixty days at Contoso: everyday clicks, seven campaigns, a scanner, and the rows that reports get wrong.

use super::Plan;
use super::click::{Click, TICKS};
use super::company::{Calendar, SCANNER, SITES, address, person};
use super::random::{Random, Weighted, guid, mix};
use crate::model::sorting::sorted;

/// One wave of messages with one link.
struct Campaign {
    /// The link; `{}` in it is a token of the recipient's own.
    url: &'static str,
    landing: &'static str,
    threat: &'static str,
    technique: &'static str,
    source: (&'static str, &'static str),
    /// Days before the end, and hour of that day in UTC.
    day: i64,
    hour: i64,
    clicks: u64,
    /// How long it goes on; most of it happens in the first tenth.
    hours: u64,
    /// Of a thousand clicks, so many come before the link is known to be bad.
    unknown: u64,
    /// Of a thousand later clicks, so many are let through although it is known to be bad.
    let_through: u64,
    /// Of a thousand block pages, so many are clicked through.
    overridden: u64,
}

const MAIL: (&str, &str) = ("Email", "Mail");
const TEAMS: (&str, &str) = ("Teams", "Teams");
const OFFICE: (&str, &str) = ("Office", "Word");
const COPILOT: (&str, &str) = ("Copilot", "Copilot");

const REPUTATION: &str = "URL detonation reputation";

#[rustfmt::skip]
const CAMPAIGNS: [Campaign; 8] = [
    // A look-alike of the company's own sign-in page: a burst, allowed at first, then blocked.
    Campaign { url: "https://contoso-login.example/owa/auth/{}", landing: "", threat: "Phish", technique: "URL detonation",
        source: MAIL, day: 26, hour: 7, clicks: 92, hours: 30, unknown: 190, let_through: 30, overridden: 120 },
    // A shortened link that leads to a kit: the largest one, two waves.
    Campaign { url: "https://short.test/r/{}", landing: "https://docu-review.example/s/9f2c/sign", threat: "Phish", technique: REPUTATION,
        source: MAIL, day: 25, hour: 8, clicks: 118, hours: 46, unknown: 120, let_through: 45, overridden: 90 },
    // A shared file in a chat.
    Campaign { url: "https://sharepoint-files.test/:x:/g/{}?e=4%3aQ3", landing: "", threat: "Phish", technique: REPUTATION,
        source: TEAMS, day: 12, hour: 9, clicks: 44, hours: 52, unknown: 150, let_through: 60, overridden: 100 },
    // The o of the name is a Cyrillic letter.
    Campaign { url: "https://xn--contso-zqf.example/reset?u={}", landing: "", threat: "Phish", technique: REPUTATION,
        source: MAIL, day: 8, hour: 13, clicks: 31, hours: 20, unknown: 100, let_through: 40, overridden: 80 },
    // What stands before the @ is a user name, not the host.
    Campaign { url: "https://login.contoso.com@account-check.example/verify/{}", landing: "", threat: "Phish", technique: "URL detonation",
        source: MAIL, day: 40, hour: 10, clicks: 26, hours: 12, unknown: 240, let_through: 60, overridden: 60 },
    // A document with a link to an address without a name.
    Campaign { url: "http://203.0.113.66:8080/invoice/{}.php", landing: "http://203.0.113.66:8080/dl/INV-4711.zip", threat: "Malware", technique: "File detonation",
        source: OFFICE, day: 33, hour: 8, clicks: 19, hours: 9, unknown: 50, let_through: 50, overridden: 110 },
    Campaign { url: "https://fabrikam-invoice.test/INV-4711/{}", landing: "", threat: "Malware", technique: "URL detonation",
        source: MAIL, day: 4, hour: 9, clicks: 37, hours: 60, unknown: 160, let_through: 30, overridden: 70 },
    Campaign { url: "https://prize-draw.example/win?c={}", landing: "", threat: "Spam", technique: "URL malicious reputation",
        source: MAIL, day: 51, hour: 6, clicks: 40, hours: 500, unknown: 0, let_through: 120, overridden: 50 },
];

/// On the tenant's block list: prevented, whatever the scan says.
const LISTED: [&str; 3] = [
    "https://casino.example/lobby",
    "https://file-drop.test/upload",
    "https://old-partner.example/portal/login",
];

/// The first few people in the list of the company click on whatever comes.
const CLICK_ON_ANYTHING: u64 = 4;

struct Story {
    random: Random,
    calendar: Calendar,
    days: i64,
    people: u64,
    clicks: Vec<Click>,
}

/// Exactly `plan.rows` clicks, oldest first.
pub(super) fn clicks(plan: &Plan) -> Vec<Click> {
    let mut story = Story {
        random: Random::new(plan.seed),
        calendar: Calendar::new(plan.end_ms, plan.days),
        days: i64::from(plan.days.max(1)),
        people: u64::from(plan.people.max(1)),
        clicks: Vec::with_capacity(plan.rows as usize),
    };
    for (number, campaign) in (1u64..).zip(&CAMPAIGNS) {
        story.campaign(number, campaign);
    }
    for number in 0..14 {
        story.scanned_message(number);
    }
    let rows = plan.rows as usize;
    let who = Weighted::skewed(story.people as usize, 60);
    while story.clicks.len() < rows {
        let person = who.draw(&mut story.random) as u64;
        story.everyday(person);
    }
    story.clicks.truncate(rows);
    // The ids make the order of two clicks in one instant the same everywhere.
    let key = |click: &Click| (click.ticks, click.report, click.through);
    sorted(story.clicks, |a, b| key(a).cmp(&key(b)))
}

impl Story {
    /// A click of a person from where that person usually is, with nothing else known.
    fn click_of(&mut self, who: u64, ticks: i64) -> Click {
        // Spread over the names, so that the most active are not the first of the alphabet.
        let name = (who * 37 + 11) % self.people;
        let place = if self.random.chance(620) { who % 5 } else { 5 + mix(who) % 400 };
        let mut ip = String::new();
        address(place as usize, &mut ip);
        let report = self.random.guid();
        Click { ticks, user: person(name as usize), ip, report, action: "ClickAllowed", ..Click::default() }
    }

    fn campaign(&mut self, number: u64, campaign: &Campaign) {
        let day = (self.days - campaign.day).max(0);
        let start = (self.calendar.midnight(day) + campaign.hour * 3600) * TICKS;
        let length = campaign.hours * 3600 * TICKS as u64;
        let end = self.calendar.midnight(self.days) * TICKS;
        let unknown_until = length / 1000 * campaign.unknown / 12;
        for _ in 0..campaign.clicks {
            let late = if self.random.chance(700) { length / 10 } else { length };
            let after = self.random.below(late);
            let who = if self.random.chance(230) {
                self.random.below(CLICK_ON_ANYTHING)
            } else {
                CLICK_ON_ANYTHING + self.random.below(self.people)
            };
            let mut click = self.click_of(who, (start + after as i64).min(end - TICKS));
            let token = format!("{:010x}", mix((who << 8) | number) >> 24);
            click.url = campaign.url.replace("{}", &token);
            campaign.landing.clone_into(&mut click.landing);
            (click.workload, click.app) = campaign.source;
            if click.workload == "Email" {
                // Three mailings a campaign: people in one list got one message.
                click.message = guid(mix(number), mix(number * 3 + who % 3));
            }
            if after >= unknown_until {
                click.threat = campaign.threat;
                click.technique = campaign.technique;
                if !self.random.chance(campaign.let_through) {
                    click.action = "ClickBlocked";
                }
            }
            let through = click.action == "ClickBlocked" && self.random.chance(campaign.overridden);
            self.clicks.push(click.clone());
            if through {
                // The block and the click-through are two rows with one report id.
                click.ticks += (3 + self.random.below(14) as i64) * TICKS;
                click.through = true;
                self.clicks.push(click);
            }
        }
    }

    /// A service fetches every link of one message within a second, in the recipient's name.
    fn scanned_message(&mut self, number: u64) {
        let mut ticks = self.calendar.draw(&mut self.random);
        let message = self.random.guid();
        let who = self.random.below(self.people);
        for link in 0..4 + number % 3 {
            let mut click = self.click_of(who, ticks);
            SCANNER.clone_into(&mut click.ip);
            (click.workload, click.app) = MAIL;
            click.message = message;
            click.url = match link {
                0 if number.is_multiple_of(4) => {
                    format!("https://contoso-login.example/owa/auth/{number:010x}")
                }
                0 => format!("https://click.mail.example/open?m={:x}", mix(number)),
                1 => format!("https://unsubscribe.example/u/{:x}", mix(number) >> 20),
                _ => {
                    format!("{}{}", SITES[((number + link * 5) % SITES.len() as u64) as usize], 100 + number)
                }
            };
            if link == 0 && number.is_multiple_of(4) {
                (click.threat, click.technique, click.action) = ("Phish", REPUTATION, "ClickBlocked");
            }
            self.clicks.push(click);
            ticks += 300_000 + self.random.below(2_000_000) as i64;
        }
    }

    fn everyday(&mut self, who: u64) {
        let ticks = self.calendar.draw(&mut self.random);
        let mut click = self.click_of(who, ticks);
        (click.workload, click.app) = match self.random.below(100) {
            0..68 => MAIL,
            68..88 => TEAMS,
            88..96 => OFFICE,
            _ => COPILOT,
        };
        let site = self.random.below(60) * self.random.below(60) / 60;
        click.url = format!("{}{}", SITES[(site % 24) as usize], 1000 + site * 3);
        match self.random.below(1000) {
            0..11 => click.action = "UrlErrorPage",
            11..23 => {
                click.url = format!("https://files.partner{}.example/q3/{:x}", site % 5, ticks);
                click.action = "UrlScanInProgress";
                click.through = self.random.chance(300);
            }
            23..32 => {
                click.url = (*self.random.pick(&LISTED)).to_owned();
                click.action = "ClickBlockedByTenantPolicy";
                click.through = self.random.chance(80);
            }
            32..62 => click.url = tracking(self.random.next()),
            62..66 => click.url = long(self.random.next()),
            66..70 => click.url = format!("https://xn--bcher-kva.example/shop?item={site}"),
            _ => {}
        }
        if click.workload == "Email" {
            let week = ticks / (7 * 86_400 * TICKS);
            click.message = guid(mix(site), mix((week.unsigned_abs() << 8) | (who % 8)));
        }
        self.clicks.push(click);
    }
}

/// A link of a newsletter: nobody else has it.
fn tracking(bits: u64) -> String {
    let other = mix(bits);
    format!("https://click.mail.example/ls/click?upn={bits:016x}{other:016x}&r=ana,ben&l={}", bits % 9)
}

/// A link as single sign-on makes them: longer than any cell shows.
fn long(bits: u64) -> String {
    use std::fmt::Write;
    let mut url = String::from("https://sso.example/saml2?RelayState=%2Fhome&SAMLRequest=");
    for step in 0..90 {
        let written = write!(url, "{:016x}", mix(bits ^ step));
        debug_assert!(written.is_ok(), "a string takes all text");
    }
    url
}
