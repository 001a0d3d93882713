//! What happened in simulations, person by person: who clicked, and whether it was a machine.
//!
//! Owns which events are of one simulation, their order, and which clicks are those of machines. Must not know real clicks,
//! nor what follows from anything.

use super::{Behind, Rules};
use clicks::beside::{Simulated, Stage};
use clicks::lens::{CLOCKS_MS, clocks_differ};
use clicks::model::sorting::sort_ids;
use clicks::model::text::counted;
use clicks::model::{MINUTE_MS, NONE, Texts};

/// When something happened, where that is said.
fn ms_of(event: &Simulated) -> Option<i64> {
    event.at.map(|at| at.ms).filter(|ms| *ms != 0)
}

/// Which of the simulations without a name an event is of: as `Simulations::people` tells them apart.
struct Unnamed<'a>(Vec<(&'a str, u16)>);

impl<'a> Unnamed<'a> {
    fn new(events: &'a [Simulated]) -> Unnamed<'a> {
        let mut lists: Vec<(&str, u16)> = Vec::new();
        for event in events.iter().filter(|event| event.campaign.is_empty()) {
            let one = event.list.map(|list| (list, event.file));
            // A file is read as a whole: its rows stand together.
            if let Some(one) = one.filter(|one| lists.last() != Some(one) && !lists.contains(one)) {
                lists.push(one);
            }
        }
        Unnamed(lists)
    }

    /// Counted from 1; 0 for events that may be of any.
    fn nth(&self, event: &Simulated) -> usize {
        match event.list {
            Some(list) => 1 + self.0.iter().position(|one| *one == (list, event.file)).unwrap_or_default(),
            None => usize::from(self.0.len() == 1),
        }
    }
}

/// What happened, by person and simulation.
pub(super) struct Told<'a> {
    events: &'a [Simulated],
    /// Everybody who is named, lower case.
    pub(super) people: Texts,
    /// Who each event is about.
    person: Vec<u32>,
    /// The place in the order of time of the simulation of each event.
    rank: Vec<u32>,
    /// Whether times of a file have seconds. One that has none at all has lost them: what is at once cannot be told of it.
    has_seconds: Vec<bool>,
}

/// A simulation, and what is counted of it.
#[derive(Default)]
pub(super) struct Campaign<'a> {
    pub(super) name: &'a str,
    is_there: bool,
    pub(super) first: Option<i64>,
    /// Exports of its kind say of somebody that data was given away, or that something was reported.
    pub(super) tells_submitted: bool,
    pub(super) tells_reported: bool,
    /// Clicks of which is known how long after delivery they came, and those before it.
    timed: u32,
    early: u32,
    pub(super) delivered: u64,
    pub(super) clicked: u64,
    pub(super) submitted: u64,
    pub(super) reported: u64,
    pub(super) by_code: u64,
    pub(super) why: Vec<(Why, u64)>,
}

/// Why a click is a machine's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Soon,
    Before,
    Machine(&'static str),
}

/// What was left undecided.
#[derive(Default)]
pub(super) struct Said {
    /// Clicks in files whose times have no seconds.
    pub(super) coarse: u64,
    /// People in simulations of whose clicks is known that they were, and no more.
    pub(super) untold: u64,
}

impl<'a> Told<'a> {
    /// Also the simulations, in the order of time, those without any last.
    pub(super) fn new(events: &'a [Simulated]) -> (Told<'a>, Vec<Campaign<'a>>) {
        let (mut people, mut names) = (Texts::default(), Texts::default());
        let person = events.iter().map(|event| people.intern(event.person.as_bytes())).collect();
        let mut of: Vec<u32> = events.iter().map(|event| names.intern(event.campaign.as_bytes())).collect();
        let (submitted, reported) =
            (kinds_that_tell(events, Stage::Submitted), kinds_that_tell(events, Stage::Reported));
        let unnamed = Unnamed::new(events);
        let mut campaigns: Vec<Campaign<'a>> = Vec::new();
        let mut has_seconds: Vec<bool> = Vec::new();
        for (event, of) in events.iter().zip(&mut of) {
            if *of == NONE {
                *of = (names.len() + unnamed.nth(event)) as u32;
            }
            let (at, file) = (*of as usize, usize::from(event.file));
            if campaigns.len() <= at {
                campaigns.resize_with(at + 1, Campaign::default);
            }
            if has_seconds.len() <= file {
                has_seconds.resize(file + 1, false);
            }
            let campaign = &mut campaigns[at];
            campaign.is_there = true;
            campaign.name = &event.campaign;
            campaign.tells_submitted |= submitted.contains(&event.list);
            campaign.tells_reported |= reported.contains(&event.list);
            if let Some(ms) = ms_of(event) {
                campaign.first = Some(campaign.first.map_or(ms, |first| first.min(ms)));
                has_seconds[file] |= ms % MINUTE_MS != 0;
            }
        }
        let mut order: Vec<u32> =
            (0..campaigns.len() as u32).filter(|at| campaigns[*at as usize].is_there).collect();
        let first = |at: u32| campaigns[at as usize].first.unwrap_or(i64::MAX);
        sort_ids(&mut order, &mut |a, b| first(a).cmp(&first(b)).then(a.cmp(&b)));
        let mut ranks = vec![0_u32; campaigns.len()];
        for (rank, at) in (0..).zip(&order) {
            ranks[*at as usize] = rank;
        }
        let rank = of.iter().map(|of| ranks[*of as usize]).collect();
        let in_order = order.iter().map(|at| std::mem::take(&mut campaigns[*at as usize])).collect();
        (Told { events, people, person, rank, has_seconds }, in_order)
    }
}

/// The kinds of lists, or of single events, that say of anybody that this happened.
fn kinds_that_tell(events: &[Simulated], stage: Stage) -> Vec<Option<&'static str>> {
    let mut kinds = Vec::new();
    for event in events.iter().filter(|event| event.stage == stage) {
        if !kinds.contains(&event.list) {
            kinds.push(event.list);
        }
    }
    kinds
}

/// What one person did in one simulation that they received.
pub(super) struct Entry {
    pub(super) person: u32,
    /// Place of the simulation in the order of time.
    pub(super) rank: u32,
    pub(super) clicked: bool,
    pub(super) submitted: bool,
    pub(super) reported: bool,
    /// A machine clicked, and nobody else.
    pub(super) is_false: bool,
}

/// Clicks and submissions of one person in one simulation that count alike.
#[derive(Clone, Copy, Default)]
struct Acts {
    any: bool,
    submitted: bool,
    by_code: bool,
}

impl Acts {
    fn add(&mut self, event: &Simulated) {
        self.any = true;
        self.submitted |= event.stage == Stage::Submitted;
        self.by_code |= event.how == "QRCode";
    }
}

/// Entries by person, of each in the order of time; and counts them in their simulations.
pub(super) fn judged(
    told: &Told<'_>,
    campaigns: &mut [Campaign<'_>],
    rules: &Rules<'_>,
    said: &mut Said,
) -> Vec<Entry> {
    let key = |event: u32| (told.person[event as usize], told.rank[event as usize]);
    let mut order: Vec<u32> = (0..told.events.len() as u32).filter(|event| key(*event).0 != NONE).collect();
    sort_ids(&mut order, &mut |a, b| key(a).cmp(&key(b)).then(a.cmp(&b)));
    let groups = || order.chunk_by(move |a, b| key(*a) == key(*b));
    let judge = |delivered| Judge { has_seconds: &told.has_seconds, rules, delivered };

    // Clocks first: they are those of the whole simulation.
    for group in groups() {
        let Some(first) = group.first() else { continue };
        let campaign = &mut campaigns[key(*first).1 as usize];
        let events = || group.iter().map(|at| &told.events[*at as usize]);
        let delivered = delivered_at(events());
        for click in events().filter(|event| event.stage == Stage::Clicked && ms_of(event).is_some()) {
            match judge(delivered).after(click) {
                Some(after) => {
                    campaign.timed += 1;
                    campaign.early += u32::from(after < -CLOCKS_MS);
                }
                None => said.coarse += u64::from(delivered.is_some()),
            }
        }
    }

    let mut entries = Vec::new();
    for group in groups() {
        let Some(first) = group.first() else { continue };
        let (person, rank) = key(*first);
        let campaign = &mut campaigns[rank as usize];
        let events = || group.iter().map(|at| &told.events[*at as usize]);
        let judge = judge(delivered_at(events()).filter(|_| !campaign.clocks_differ()));
        let (mut by_person, mut untold, mut why) = (Acts::default(), Acts::default(), None);
        let (mut is_received, mut reported) = (false, false);
        for event in events() {
            is_received |= !matches!(event.stage, Stage::Targeted | Stage::Failed);
            reported |= event.stage == Stage::Reported;
            if matches!(event.stage, Stage::Clicked | Stage::Submitted) {
                match judge.who(event) {
                    Who::Person => by_person.add(event),
                    Who::Untold => untold.add(event),
                    Who::Machine(because) => why = why.or(Some(because)),
                }
            }
        }
        if !is_received {
            continue;
        }
        let because = why.filter(|_| !by_person.any);
        if let Some(because) = because {
            // What is only said to have happened follows from the machine's click.
            untold = Acts::default();
            campaign.add_false(because);
        }
        let entry = Entry {
            person,
            rank,
            clicked: by_person.any || untold.any,
            submitted: by_person.submitted || untold.submitted,
            reported,
            is_false: because.is_some(),
        };
        said.untold += u64::from(untold.any && !by_person.any);
        campaign.delivered += 1;
        campaign.clicked += u64::from(entry.clicked);
        campaign.submitted += u64::from(entry.submitted);
        campaign.reported += u64::from(entry.reported);
        campaign.by_code += u64::from(by_person.by_code || untold.by_code);
        entries.push(entry);
    }
    entries
}

/// When the mail came to one person: the first time, where there are several.
fn delivered_at<'e>(events: impl Iterator<Item = &'e Simulated>) -> Option<i64> {
    events.filter(|event| event.stage == Stage::Delivered).filter_map(ms_of).min()
}

/// Says who did what one person is said to have done in one simulation.
struct Judge<'a> {
    has_seconds: &'a [bool],
    rules: &'a Rules<'a>,
    /// When the mail came; none also where clocks differ.
    delivered: Option<i64>,
}

/// Who did it.
enum Who {
    /// A person, as far as can be told.
    Person,
    /// Neither time nor address are known.
    Untold,
    /// A machine.
    Machine(Why),
}

impl Judge<'_> {
    /// How long after delivery something happened, where that can be told.
    fn after(&self, event: &Simulated) -> Option<i64> {
        let is_fine = self.has_seconds.get(usize::from(event.file)).copied().unwrap_or_default();
        let (ms, delivered) = (ms_of(event)?, self.delivered?);
        Some(ms.saturating_sub(delivered)).filter(|_| is_fine)
    }

    /// Who gives data away is a person, whatever the address, unless it is done as fast as only machines are.
    fn who(&self, event: &Simulated) -> Who {
        let ip = if event.stage == Stage::Clicked { event.ip.as_str() } else { "" };
        if ip.is_empty() && ms_of(event).is_none() {
            return Who::Untold;
        }
        let after = self.after(event);
        let behind = if ip.is_empty() { Behind::Unknown } else { (self.rules.behind)(ip, after) };
        match (behind, after) {
            (Behind::Machine(whose), _) => Who::Machine(Why::Machine(whose)),
            (Behind::Unknown, Some(after)) if after < -CLOCKS_MS => Who::Machine(Why::Before),
            (Behind::Unknown, Some(after)) if after <= self.rules.soon_ms => Who::Machine(Why::Soon),
            _ => Who::Person,
        }
    }
}

impl Campaign<'_> {
    fn add_false(&mut self, why: Why) {
        match self.why.iter_mut().find(|(known, _)| *known == why) {
            Some((_, people)) => *people += 1,
            None => self.why.push((why, 1)),
        }
    }

    pub(super) fn clocks_differ(&self) -> bool {
        clocks_differ(self.early.into(), self.timed.into())
    }

    /// People who were compromised: gave data away, or clicked where no export of the kind says that anybody did.
    pub(super) const fn compromised(&self) -> u64 {
        if self.tells_submitted { self.submitted } else { self.clicked }
    }
}

impl Why {
    pub(super) fn in_words(self, people: u64, rules: &Rules<'_>) -> String {
        match self {
            Why::Soon => format!("{people} within {} of delivery", seconds(rules.soon_ms)),
            Why::Before => format!("{people} before delivery"),
            Why::Machine(whose) => format!("{people} from {whose}"),
        }
    }
}

pub(super) fn seconds(ms: i64) -> String {
    counted(ms.max(0) as u64 / 1_000, "second", "seconds")
}
