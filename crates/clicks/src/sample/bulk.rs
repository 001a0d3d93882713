//! Volume with a realistic skew, one reused row at a time.
//!
//! Rows come in no order: an advanced-hunting query without `order by` exports shards in the order in which
//! they answer, and no order at all is the harder case for whoever sorts.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Plan;
use super::click::{Click, RowWriter, TICKS};
use super::company::{Calendar, SCANNER, SITES, address, person};
use super::random::{Random, Weighted, guid, mix};

/// Addresses in all; the first few are offices, where most people are.
const ADDRESSES: usize = 8_000;

/// Sites of mailings, each with links of its own for every recipient.
const MAILINGS: u64 = 2_400;

/// Of a thousand clicks, so many are on a URL that nobody else has.
const UNIQUE: u64 = 185;

/// Of a thousand clicks, so many are malicious.
const MALICIOUS: u64 = 56;

struct Bulk {
    random: Random,
    people: Vec<String>,
    who: Weighted,
    calendar: Calendar,
    /// How often each of the shared URLs is clicked.
    shared: Weighted,
    bad: Weighted,
    row: u64,
}

/// Writes exactly `plan.rows` clicks.
pub(super) fn write<W: Write>(plan: &Plan, writer: &mut RowWriter<'_, W>) -> io::Result<()> {
    let people = plan.people.max(1) as usize;
    let shared = (plan.rows / 50).clamp(20, 20_000) as usize;
    let mut bulk = Bulk {
        random: Random::new(plan.seed),
        people: (0..people).map(person).collect(),
        who: Weighted::skewed(people, 40),
        calendar: Calendar::new(plan.end_ms, plan.days),
        shared: Weighted::skewed(shared, 6),
        bad: Weighted::skewed((shared / 10).clamp(8, 1_500), 3),
        row: 0,
    };
    let mut click = Click::default();
    while bulk.row < plan.rows {
        bulk.fill(&mut click);
        writer.click(&click)?;
        bulk.row += 1;
        if click.action == "ClickBlocked" && bulk.row < plan.rows && bulk.random.chance(60) {
            // The click-through is a row of its own, seconds later, with the report id of the block.
            click.through = true;
            click.ticks += (2 + bulk.random.below(20) as i64) * TICKS;
            writer.click(&click)?;
            bulk.row += 1;
        }
    }
    Ok(())
}

impl Bulk {
    fn fill(&mut self, click: &mut Click) {
        let random = &mut self.random;
        let who = self.who.draw(random);
        click.ticks = self.calendar.draw(random);
        click.user.clone_from(&self.people[who]);
        click.report = random.guid();
        click.through = false;
        click.landing.clear();
        click.threat = "";
        click.technique = "";
        click.action = "ClickAllowed";
        (click.workload, click.app) = match random.below(100) {
            0..78 => ("Email", "Mail"),
            78..92 => ("Teams", "Teams"),
            92..98 => ("Office", "Word"),
            _ => ("Copilot", "Copilot"),
        };
        // Most work in an office; the others each have a few addresses of their own.
        match random.below(1000) {
            0..4 => SCANNER.clone_into(&mut click.ip),
            4..520 => address(who % 23, &mut click.ip),
            _ => {
                let own = mix(who as u64) + random.below(3);
                address(23 + mix(own) as usize % (ADDRESSES - 23), &mut click.ip);
            }
        }
        let subject = if random.chance(MALICIOUS) { self.malicious(click) } else { self.harmless(click) };
        click.message = match click.workload {
            // A mailing is a few messages, not one a recipient.
            "Email" => guid(mix(subject), mix(subject ^ (who as u64 % 16))),
            _ => 0,
        };
    }

    /// Fills in a harmless click and returns what it was on.
    fn harmless(&mut self, click: &mut Click) -> u64 {
        let random = &mut self.random;
        match random.below(1000) {
            0..12 => click.action = "UrlErrorPage",
            12..20 => {
                click.action = "UrlScanInProgress";
                click.through = random.chance(350);
            }
            20..26 => click.action = "ClickBlockedByTenantPolicy",
            _ => {}
        }
        if random.chance(UNIQUE) {
            let mailing = random.below(MAILINGS);
            click.url.clear();
            let (a, b) = (random.next(), random.next());
            let path = ["t", "ls/click", "track", "CL0"][mailing as usize % 4];
            put(
                &mut click.url,
                format_args!("https://click.mail{mailing}.example/{path}/{a:016x}{b:016x}?u={:08x}", a >> 32),
            );
            return mailing;
        }
        let which = self.shared.draw(random) as u64;
        shared_url(which, &mut click.url);
        if which.is_multiple_of(9) {
            put(&mut click.landing, format_args!("https://www.landing{}.example/{which:x}", which % 700));
        }
        which << 20
    }

    /// Fills in a malicious click and returns the campaign it belongs to.
    fn malicious(&mut self, click: &mut Click) -> u64 {
        let random = &mut self.random;
        let which = self.bad.draw(random) as u64;
        click.url.clear();
        let word = ["login", "review", "secure-mail", "invoice", "parcel"][which as usize % 5];
        let token = mix(which ^ random.below(4));
        put(
            &mut click.url,
            format_args!(
                "https://{word}-{:x}.test/{token:016x}/session?id={which}&r={:06x}",
                which * 7 + 11,
                token >> 40
            ),
        );
        if which.is_multiple_of(3) {
            put(&mut click.landing, format_args!("https://kit-{:x}.test/index.php", which / 3));
        }
        (click.threat, click.technique) = match which % 10 {
            0..7 => ("Phish", "URL detonation reputation"),
            7 | 8 => ("Spam", "URL malicious reputation"),
            _ => ("Malware", "URL detonation"),
        };
        if random.chance(870) {
            click.action = "ClickBlocked";
        }
        which << 40
    }
}

/// Writes one of the URLs that many people share. Always the same text for the same number.
fn shared_url(which: u64, out: &mut String) {
    let bits = mix(which);
    out.clear();
    match which % 4 {
        0 | 1 => {
            out.push_str(SITES[which as usize / 4 % SITES.len()]);
            put(
                out,
                format_args!(
                    "{which}/{:012x}/overview?tab=files&session={:012x}",
                    bits >> 16,
                    mix(bits) >> 16
                ),
            );
        }
        2 => put(
            out,
            format_args!(
                "https://www.site{}.example/article/{:010x}?utm_source=newsletter&utm_campaign={:x}",
                which / 5,
                bits >> 24,
                bits & 0xff_ffff
            ),
        ),
        _ => put(
            out,
            format_args!(
                "https://app{}.test/{:08x}/view,page={}?from=mail&lang=en-GB",
                which / 7,
                bits >> 32,
                which
            ),
        ),
    }
}

/// Appends formatted text; a string never refuses it.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    let written = out.write_fmt(text);
    debug_assert!(written.is_ok(), "a string takes all text");
}
