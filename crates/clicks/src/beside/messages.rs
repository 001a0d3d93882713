//! Messages that links came in: subject, sender, delivery, removal after delivery.
//!
//! Owns the rows, one a recipient, and the join by message id. Source of the rule: one message has a row for each of
//! its recipients (`EmailEvents`), and the address of a mailbox may differ from the UPN of its owner.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::Stamp;
use super::rows::Row;
use crate::model::{Dataset, Field};

/// One message, as one recipient got it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Its id, lower case and without braces.
    pub id: Rc<str>,
    /// Who got it, lower case.
    pub recipient: String,
    /// Its subject.
    pub subject: Rc<str>,
    /// Who sent it.
    pub sender: Rc<str>,
    /// When it came.
    pub received: Option<Stamp>,
    /// Where it was put, as the export says it: `Delivered, Inbox/folder`.
    pub delivery: Rc<str>,
    /// Index of the file.
    pub file: u16,
}

/// Something that was done to a message after it had been delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The id of the message, lower case and without braces.
    pub id: String,
    /// Whose copy, lower case.
    pub recipient: String,
    /// What was done: `ZAP: Moved to quarantine`.
    pub what: String,
    /// When.
    pub at: Option<Stamp>,
    /// Index of the file.
    pub file: u16,
}

/// A link in a message that was delivered, whether somebody clicked it or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The id of the message.
    pub id: String,
    /// The URL.
    pub url: String,
    /// In which part of the message it stands: `Body`, `QRCode`; of Teams `Teams`.
    pub place: String,
    /// Index of the file.
    pub file: u16,
}

impl Row for Message {
    fn file(&self) -> u16 {
        self.file
    }

    fn time(&mut self) -> Option<&mut Stamp> {
        self.received.as_mut()
    }
}

impl Row for Delivery {
    fn file(&self) -> u16 {
        self.file
    }

    fn time(&mut self) -> Option<&mut Stamp> {
        self.at.as_mut()
    }
}

impl Row for Link {
    fn file(&self) -> u16 {
        self.file
    }
}

/// All that is known of messages.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// Messages, one a recipient.
    pub messages: Vec<Message>,
    /// What was done after delivery.
    pub later: Vec<Delivery>,
    /// Links that were delivered.
    pub links: Vec<Link>,
}

/// How many clicks got subject and sender, and why others did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MessageJoin {
    /// Messages that are known, each counted once.
    pub messages: u64,
    /// Clicks whose message is known.
    pub joined: u64,
    /// Clicks of Teams whose message was found by its URL alone: same URL, that person among those who got it, sent before
    /// the click.
    pub by_url: u64,
    /// Clicks of which it is not known from which message they came: Teams, Office, drafts.
    pub no_id: u64,
    /// Clicks whose message is in no file that is open.
    pub not_in_files: u64,
    /// Clicks whose message has several rows that disagree, none of them that person's.
    pub unclear: u64,
    /// Clicks in messages that were removed after delivery.
    pub removed_later: u64,
}

/// What a message says to each of those who got it.
struct OfId<'a> {
    first: &'a Message,
    /// All rows say the same.
    agree: bool,
    by_recipient: HashMap<&'a str, &'a Message>,
}

impl<'a> OfId<'a> {
    fn add(&mut self, message: &'a Message) {
        self.agree &= message.subject == self.first.subject && message.sender == self.first.sender;
        let known = self.by_recipient.entry(&message.recipient).or_insert(message);
        // A message that is delivered again came when it came first.
        let is_earlier = message.received.is_some_and(|at| known.received.is_none_or(|first| at < first));
        if is_earlier && message.subject == known.subject && message.sender == known.sender {
            *known = message;
        }
    }

    /// The row of a recipient; else any, where all agree. None: they do not.
    fn row_for(&self, recipient: &str) -> Option<&'a Message> {
        let own = self.by_recipient.get(recipient).filter(|_| !recipient.is_empty()).copied();
        own.or_else(|| Some(self.first).filter(|_| self.agree))
    }
}

/// The place of a link in a message of Teams.
pub const TEAMS: &str = "Teams";

/// How many messages with one URL are looked at for a click.
const MOST_WITH_URL: usize = 64;

/// An id as it is compared.
pub fn bare_id(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    bare.to_ascii_lowercase()
}

impl Messages {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.later.is_empty() && self.links.is_empty()
    }

    /// Fills in subjects and senders that clicks lack.
    pub(super) fn join(&self, data: &mut Dataset) -> Option<MessageJoin> {
        if self.messages.is_empty() && self.later.is_empty() {
            return None;
        }
        let of_id = self.of_ids();
        let removed: BTreeSet<(&str, &str)> =
            self.later.iter().map(|l| (l.id.as_str(), l.recipient.as_str())).collect();
        let by_url = self.by_url();
        let mut join = MessageJoin { messages: of_id.len() as u64, ..MessageJoin::default() };
        // Clicks of one message and one person are answered once.
        let mut known: BTreeMap<(u128, u32), Option<usize>> = BTreeMap::new();
        let mut chosen: Vec<&Message> = Vec::new();
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut guessed: Vec<u32> = Vec::new();
        for row in 0..data.len() {
            let clicks = u64::from(data.weight_of(row));
            let id = data.message.at(row);
            if id == 0 {
                let source = data.sources.text(data.kind_of(row).source);
                let url = data.urls.text(data.url.at(row));
                let message = Some(url).filter(|_| source.is_empty() || source == TEAMS).and_then(|url| {
                    let person = data.users.text(data.user.at(row)).to_lowercase();
                    let ids = by_url.get(url)?;
                    last_before(ids.iter().filter_map(|id| of_id.get(id)), data.time[row], &person)
                });
                match message {
                    Some(message) => {
                        join.by_url += clicks;
                        guessed.push(row as u32);
                        chosen.push(message);
                        found.push((row, chosen.len() - 1));
                    }
                    None => join.no_id += clicks,
                }
                continue;
            }
            let user = data.user.at(row);
            let text = bare_id(&data.id_text(id));
            let person = data.users.text(user).to_lowercase();
            if removed.contains(&(text.as_str(), person.as_str())) {
                join.removed_later += clicks;
            }
            let Some(rows) = of_id.get(text.as_str()) else {
                join.not_in_files += clicks;
                continue;
            };
            let place = *known
                .entry((id, data.user.raw().get(row).copied().unwrap_or(crate::model::NONE)))
                .or_insert_with(|| {
                    let message = rows.row_for(&person)?;
                    chosen.push(message);
                    Some(chosen.len() - 1)
                });
            match place {
                Some(place) => {
                    join.joined += clicks;
                    found.push((row, place));
                }
                None => join.unclear += clicks,
            }
        }
        let subjects = found.iter().map(|(row, place)| (*row, &*chosen[*place].subject));
        data.fill(Field::Subject, subjects);
        let senders = found.iter().map(|(row, place)| (*row, &*chosen[*place].sender));
        data.fill(Field::Sender, senders);
        // Of a message that was only guessed it would be a guess too.
        let delivery = |(row, place): &(usize, usize)| {
            let is_guess = guessed.binary_search(&(*row as u32)).is_ok();
            // Others may have got it at another time.
            let is_own = chosen[*place].recipient == data.users.text(data.user.at(*row)).to_lowercase();
            Some((*row as u32, chosen[*place].received.filter(|_| is_own && !is_guess)?.ms))
        };
        data.delivered = found.iter().filter_map(delivery).collect();
        data.messages_by_url = guessed;
        Some(join)
    }

    /// Messages by their ids.
    fn of_ids(&self) -> HashMap<&str, OfId<'_>> {
        let mut of_id: HashMap<&str, OfId<'_>> = HashMap::new();
        for message in &self.messages {
            let new = || OfId { first: message, agree: true, by_recipient: HashMap::new() };
            of_id.entry(&message.id).or_insert_with(new).add(message);
        }
        of_id
    }

    /// Ids of messages of Teams by the URLs in them. Clicks there have no message id.
    fn by_url(&self) -> HashMap<&str, Vec<&str>> {
        let mut by_url: HashMap<&str, Vec<&str>> = HashMap::new();
        for link in self.links.iter().filter(|link| link.place == TEAMS) {
            let ids = by_url.entry(&link.url).or_default();
            if ids.len() < MOST_WITH_URL && !ids.contains(&link.id.as_str()) {
                ids.push(&link.id);
            }
        }
        by_url
    }
}

/// The last of some messages to a person that came before a click.
fn last_before<'m, 'a: 'm>(
    messages: impl Iterator<Item = &'m OfId<'a>>,
    click: i64,
    person: &str,
) -> Option<&'a Message> {
    let sent = |message: &&Message| message.received.map_or(i64::MAX, |at| at.ms);
    let theirs =
        messages.filter_map(|of| of.by_recipient.get(person).or_else(|| of.by_recipient.get("")).copied());
    theirs.filter(|message| sent(message) <= click).max_by_key(sent)
}
