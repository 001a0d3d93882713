//! The clicks in memory: a struct of columns, in the order of time.
//!
//! Owns the layout and the invariants: every column is as long as `time` or empty (not in any export),
//! `time` ascends, every id is inside its dictionary or no value, the weights of all rows together fit 32
//! bits. Immutable once built; built by [`super::DatasetBuilder`]. Must not know formats, filters or text of
//! answers.

use super::builder::numbers_of_text;
use super::ids::{
    DeviceId, GroupId, HostId, Id as _, IdColumn, IpId, NONE, RawActionId, SenderId, SourceId, SubjectId,
    TenantId, ThreatId, ThreatSetId, UrlId, UserId,
};
use super::texts::Dictionary;
use super::{Action, Field, FieldSet, GuidColumn, OriginColumn, Texts, Verdict, iso_of_ms};

/// What one row says happened: the combination of all fields of few values. Rows carry a `u16` into
/// [`Dataset::kinds`], so that most questions are answered by counting kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    /// Canonical verdict.
    pub verdict: Verdict,
    /// Canonical action.
    pub action: Action,
    /// The export's word, in [`Dataset::raw_actions`].
    pub raw_action: RawActionId,
    /// Where the link was clicked, in [`Dataset::sources`].
    pub source: SourceId,
    /// The threat types, in [`Dataset::threat_sets`].
    pub threats: ThreatSetId,
    /// The export's word for "clicked through the warning": none, false, true.
    pub clicked_through: Option<bool>,
}

/// Where a row came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin(u64);

impl Origin {
    /// Files are counted in 16 bits, offsets in 48 (281 TB).
    pub const fn new(file: u16, offset: u64) -> Origin {
        Origin(((file as u64) << 48) | (offset & 0xffff_ffff_ffff))
    }

    /// Index of the file among those that gave clicks, in the order opened.
    pub const fn file(self) -> u16 {
        (self.0 >> 48) as u16
    }

    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    pub(super) const fn from_bits(bits: u64) -> Origin {
        Origin(bits)
    }

    /// Byte offset of the record in the text of the file (after decoding to UTF-8).
    pub const fn offset(self) -> u64 {
        self.0 & 0xffff_ffff_ffff
    }
}

/// What is known of all rows of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// The fields that its export has.
    pub fields: FieldSet,
    /// The same for files of one format.
    pub format: u64,
    /// The same for files of one format with the same columns.
    pub layout: u64,
    /// Its report ids are of its format's own kind: beside those of another format they say nothing.
    pub own_report_ids: bool,
    /// Its times are of an unknown place: they are wall clocks, not instants.
    pub local_times: bool,
    /// How many of its clicks are in an earlier file or in itself already and are not counted again.
    pub duplicates: u64,
    /// How many of those were let through.
    pub allowed_duplicates: u64,
}

/// Clicks as columns. One row is one click of an export, duplicates counted once.
#[derive(Clone, Default)]
pub struct Dataset {
    /// Unix milliseconds UTC, ascending.
    pub time: Vec<i64>,
    /// Into [`Dataset::kinds`].
    pub kind: Vec<u16>,
    /// How many clicks a row stands for; empty when every row is one.
    pub weight: Vec<u32>,
    /// Into [`Dataset::users`].
    pub user: IdColumn<UserId>,
    /// Into [`Dataset::urls`].
    pub url: IdColumn<UrlId>,
    /// Into [`Dataset::ips`].
    pub ip: IdColumn<IpId>,
    /// Network message id as a number, 0 for none. See [`Dataset::id_text`].
    pub message: GuidColumn,
    /// Report id as a number, 0 for none.
    pub report: GuidColumn,
    /// Into [`Dataset::subjects`].
    pub subject: IdColumn<SubjectId>,
    /// Into [`Dataset::senders`].
    pub sender: IdColumn<SenderId>,
    /// Into [`Dataset::devices`].
    pub device: IdColumn<DeviceId>,
    /// Into [`Dataset::tenants`].
    pub tenant: IdColumn<TenantId>,
    /// File and byte offset.
    pub origin: OriginColumn,
    /// Line of the file, from 1.
    pub line: Vec<u32>,

    /// The combinations of few-valued fields.
    pub kinds: Vec<Kind>,
    /// Host of each URL, into [`Dataset::hosts`].
    pub host_of_url: IdColumn<HostId>,
    /// The single threat types of each set, into [`Dataset::threats`].
    pub threats_of_set: Vec<Vec<ThreatId>>,
    /// The rows that share a report id and a user with another, ascending, each with the index of its
    /// attempt. Every other row is an attempt of its own.
    pub sharing: Vec<(u32, u32)>,
    /// How many attempts have more than one row.
    pub shared_attempts: u32,
    /// Rows whose device is concluded from a sign-in, ascending: no export says it.
    pub derived_devices: Vec<u32>,
    /// Rows whose subject and sender are those of a message that was found by its URL alone, ascending.
    pub messages_by_url: Vec<u32>,
    /// Rows whose message's delivery is known, ascending, each with that instant.
    pub delivered: Vec<(u32, i64)>,
    /// URLs that alerts and investigations name as malicious, each with the instant that is said; the end of the data where
    /// they do not say when.
    pub found_malicious: Vec<(u32, i64)>,
    /// Group of each user, into [`Dataset::groups`]; empty when nothing is known of people.
    pub group_of_user: IdColumn<GroupId>,
    /// Rows whose click is in another file too, ascending, each with that file.
    pub also_in: Vec<(u32, u16)>,
    /// Rows that share report id, user, time and URL with a row of another file and still differ from it.
    pub look_alikes: u64,
    /// Clicks that are not counted again because another export tells of them with more columns.
    pub told_again: u64,

    /// Users, one entry a person: spellings that differ in case are one.
    pub users: Dictionary<UserId>,
    /// URLs as exported.
    pub urls: Dictionary<UrlId>,
    /// Hosts as a browser would open them.
    pub hosts: Dictionary<HostId>,
    /// Addresses in their usual spelling.
    pub ips: Dictionary<IpId>,
    /// Tenants.
    pub tenants: Dictionary<TenantId>,
    /// Subjects.
    pub subjects: Dictionary<SubjectId>,
    /// Senders.
    pub senders: Dictionary<SenderId>,
    /// Devices.
    pub devices: Dictionary<DeviceId>,
    /// Groups of users.
    pub groups: Dictionary<GroupId>,
    /// Raw actions.
    pub raw_actions: Dictionary<RawActionId>,
    /// Sources.
    pub sources: Dictionary<SourceId>,
    /// Threat types, each alone.
    pub threats: Dictionary<ThreatId>,
    /// Threat types as they come together: `Malware, Phish`.
    pub threat_sets: Dictionary<ThreatSetId>,
    /// Ids that are no GUIDs. See [`Dataset::id_text`].
    pub odd_ids: Texts,
    /// What is known of each file, in the order of [`Origin::file`].
    pub files: Vec<FileFacts>,
    /// Words of the enums, so that they are fields like any other.
    pub(super) words: EnumWords,
}

/// The values of verdict and action as texts.
#[derive(Clone)]
pub(super) struct EnumWords {
    verdicts: Texts,
    actions: Texts,
}

impl Default for EnumWords {
    fn default() -> EnumWords {
        let texts = |names: &[&str]| {
            let mut texts = Texts::default();
            for name in names {
                texts.intern(name.as_bytes());
            }
            texts
        };
        EnumWords {
            verdicts: texts(&Verdict::ALL.map(Verdict::name)),
            actions: texts(&Action::ALL.map(Action::name)),
        }
    }
}

/// A field as a column of ids and the texts they stand for.
pub struct FieldColumn<'a> {
    /// The id of each row.
    pub ids: Ids<'a>,
    /// The texts of the ids.
    pub texts: &'a Texts,
    /// A row may have several values: those of each id, by number, with texts of their own.
    pub parts: Option<(&'a Texts, &'a [Vec<ThreatId>])>,
    /// Ids are in the order to show; others are in the order of their texts.
    pub ordered: bool,
}

/// The id of each row, however the field is stored.
#[derive(Clone)]
pub enum Ids<'a> {
    /// A number a row.
    Row(&'a [u32]),
    /// A number for each kind of row.
    Kind(&'a [u16], Vec<u32>),
    /// The same for labels that are beside the data: kinds do not decide them.
    Label(&'a [u16], Vec<u32>),
    /// A number for each value of another column.
    Via(&'a [u32], &'a [u32]),
}

impl Ids<'_> {
    /// The number of a row; [`NONE`] for no value.
    #[inline]
    pub fn at(&self, row: usize) -> u32 {
        match self {
            Ids::Row(ids) => ids.get(row).copied().unwrap_or(NONE),
            Ids::Kind(kinds, of_kind) | Ids::Label(kinds, of_kind) => {
                kinds.get(row).and_then(|kind| of_kind.get(*kind as usize)).copied().unwrap_or(NONE)
            }
            Ids::Via(ids, of_id) => {
                ids.get(row).and_then(|id| of_id.get(*id as usize)).copied().unwrap_or(NONE)
            }
        }
    }
}

impl Dataset {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there is no click.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// How many clicks a row stands for.
    #[inline]
    pub fn weight_of(&self, row: usize) -> u32 {
        self.weight.get(row).copied().unwrap_or(1)
    }

    /// Clicks of all rows.
    pub fn clicks(&self) -> u64 {
        if self.weight.is_empty() {
            return self.len() as u64;
        }
        self.weight.iter().map(|w| u64::from(*w)).sum()
    }

    /// Oldest and newest click.
    pub fn span(&self) -> Option<(i64, i64)> {
        Some((*self.time.first()?, *self.time.last()?))
    }

    /// A field as a column; none when no export has it, or when its values are no texts of a dictionary.
    pub fn column(&self, field: Field) -> Option<FieldColumn<'_>> {
        fn plain<'a>(ids: Ids<'a>, texts: &'a Texts) -> Option<FieldColumn<'a>> {
            Some(FieldColumn { ids, texts, parts: None, ordered: false })
        }
        let row = |raw| Ids::Row(raw);
        let kind = |of: fn(&Kind) -> u32| Ids::Kind(&self.kind, self.kinds.iter().map(of).collect());
        let column = match field {
            Field::User => plain(row(self.user.raw()), self.users.raw()),
            Field::Url => plain(row(self.url.raw()), self.urls.raw()),
            Field::Host => plain(Ids::Via(self.url.raw(), self.host_of_url.raw()), self.hosts.raw()),
            Field::Group if self.group_of_user.is_empty() => None,
            Field::Group => plain(Ids::Via(self.user.raw(), self.group_of_user.raw()), self.groups.raw()),
            Field::Ip => plain(row(self.ip.raw()), self.ips.raw()),
            Field::Tenant => plain(row(self.tenant.raw()), self.tenants.raw()),
            Field::Subject => plain(row(self.subject.raw()), self.subjects.raw()),
            Field::Sender => plain(row(self.sender.raw()), self.senders.raw()),
            Field::Device => plain(row(self.device.raw()), self.devices.raw()),
            Field::RawAction => plain(kind(|k| k.raw_action.raw()), self.raw_actions.raw()),
            Field::Source => plain(kind(|k| k.source.raw()), self.sources.raw()),
            Field::Threat => Some(FieldColumn {
                ids: kind(|k| k.threats.raw()),
                texts: self.threat_sets.raw(),
                parts: Some((self.threats.raw(), &self.threats_of_set)),
                ordered: false,
            }),
            Field::Verdict => Some(FieldColumn {
                ids: kind(|k| k.verdict as u32),
                texts: &self.words.verdicts,
                parts: None,
                ordered: true,
            }),
            Field::Action => Some(FieldColumn {
                ids: kind(|k| k.action as u32),
                texts: &self.words.actions,
                parts: None,
                ordered: true,
            }),
            Field::Time
            | Field::MessageId
            | Field::ReportId
            | Field::ClickedThrough
            | Field::Weight
            | Field::Automation
            | Field::Campaign
            | Field::Attempt => None,
        };
        column.filter(|c| !matches!(c.ids, Ids::Row(&[])))
    }

    /// The numbers of an id field, 0 for none.
    pub const fn numbers(&self, field: Field) -> Option<&GuidColumn> {
        match field {
            Field::MessageId => Some(&self.message),
            Field::ReportId => Some(&self.report),
            _ => None,
        }
    }

    /// For each row whether it has a value of a field.
    pub fn has_value(&self, field: Field) -> Box<dyn Fn(usize) -> bool + '_> {
        if let Some(numbers) = self.numbers(field) {
            return Box::new(move |row| numbers.at(row) != 0);
        }
        if field == Field::Time {
            return Box::new(|_| true);
        }
        match self.column(field) {
            Some(column) => Box::new(move |row| column.ids.at(row) != NONE),
            None => Box::new(|_| false),
        }
    }

    /// The kind of a row.
    pub fn kind_of(&self, row: usize) -> Kind {
        self.kinds[self.kind[row] as usize]
    }

    /// Index of the attempt that a row shares with another, or [`NONE`].
    pub fn attempt(&self, row: usize) -> u32 {
        let at = self.sharing.binary_search_by_key(&(row as u32), |(row, _)| *row);
        at.map_or(NONE, |at| self.sharing[at].1)
    }

    /// When the message of a row was delivered, where that is known: Unix milliseconds UTC.
    pub fn delivered_at(&self, row: usize) -> Option<i64> {
        let at = self.delivered.binary_search_by_key(&(row as u32), |(row, _)| *row).ok()?;
        Some(self.delivered[at].1)
    }

    /// The host of a row.
    pub fn host_of_row(&self, row: usize) -> HostId {
        self.host_of_url.at(self.url.at(row).raw() as usize)
    }

    /// The group of the user of a row.
    pub fn group_of_row(&self, row: usize) -> GroupId {
        self.group_of_user.at(self.user.at(row).raw() as usize)
    }

    /// What is known of the file of a row.
    pub fn file_of(&self, row: usize) -> FileFacts {
        self.files.get(self.origin.at(row).file() as usize).copied().unwrap_or_default()
    }

    /// Whether the file of a row has the field at all.
    pub fn has(&self, row: usize, field: Field) -> bool {
        self.file_of(row).fields.has(field) || self.knows(field)
    }

    /// Whether any file has the field.
    pub fn any_has(&self, field: Field) -> bool {
        self.files.iter().any(|f| f.fields.has(field)) || self.knows(field)
    }

    /// Whether a field is known from what stands beside the clicks, whatever their files have.
    fn knows(&self, field: Field) -> bool {
        field == Field::Group && !self.group_of_user.is_empty()
    }

    /// Files that have the click of a row too, beside its own.
    pub fn other_files_of(&self, row: usize) -> impl Iterator<Item = u16> + '_ {
        let from = self.also_in.partition_point(|(at, _)| (*at as usize) < row);
        self.also_in[from..].iter().take_while(move |(at, _)| *at as usize == row).map(|(_, file)| *file)
    }

    /// Time of a row in ISO 8601; without `Z` where its file says local time and nobody knows whose.
    pub fn time_text(&self, row: usize) -> String {
        let mut text = iso_of_ms(self.time[row]);
        if self.file_of(row).local_times {
            text.pop();
        }
        text
    }

    /// Text of a message or report id; empty for 0. Numbers below 2^64 name an entry of
    /// [`Dataset::odd_ids`], from 1; all others are GUIDs.
    pub fn id_text(&self, id: u128) -> String {
        if let Ok(odd) = u64::try_from(id) {
            let entry = odd.checked_sub(1).and_then(|entry| u32::try_from(entry).ok());
            return entry.map_or(String::new(), |entry| self.odd_ids.get(entry).to_owned());
        }
        let hex = format!("{id:032x}");
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

impl Dataset {
    /// The numbers of the ids that read so, in any case and with or without braces.
    pub fn ids_of_text(&self, text: &str) -> Vec<u128> {
        numbers_of_text(text, &self.odd_ids)
    }
}

impl Kind {
    /// Reached, and known not to be safe: malicious, on a block list, or not analysed yet. A verdict that is
    /// not known says nothing.
    pub const fn is_reached_unsafe(&self) -> bool {
        self.action.reached() && self.verdict.is_unsafe()
    }

    /// A warning or waiting page was shown: the user was told, and could go on or not. The denominator of the
    /// override rate.
    pub const fn was_warned(&self) -> bool {
        matches!(self.action, Action::Blocked | Action::UserOverride)
            || matches!(self.verdict, Verdict::Pending)
    }

    /// Still being analysed, or an error page was shown.
    pub const fn is_waiting(&self) -> bool {
        matches!(self.verdict, Verdict::Pending) || matches!(self.action, Action::None)
    }
}
