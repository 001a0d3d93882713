//! The fields of a click: one registry from which columns, filters, groups, facets, orders, suggestions and
//! exports follow.
//!
//! Owns names and what can be done with each field. Must not know formats: how an export calls a field is
//! said in its format.

/// One field of a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// Time of the click.
    Time,
    /// Who clicked: the account's UPN or address.
    User,
    /// The URL before rewriting.
    Url,
    /// Canonical verdict.
    Verdict,
    /// Canonical action.
    Action,
    /// Where the link was clicked.
    Source,
    /// Address the click came from.
    Ip,
    /// Device type and operating system; absent from every Microsoft export.
    Device,
    /// Subject of the message.
    Subject,
    /// Sender of the message.
    Sender,
    /// Entra tenant.
    Tenant,
    /// The export's own word for what happened.
    RawAction,
    /// Threat types at click time.
    Threat,
    /// Host of the URL.
    Host,
    /// Network message id.
    MessageId,
    /// Report id: shared by a block and its click-through.
    ReportId,
    /// Whether a warning was clicked through, as the export says it. Decides the action; no column of its own.
    ClickedThrough,
    /// How many clicks the record stands for, in a rollup made elsewhere. No column of its own.
    Weight,
    /// Group of the user, from a directory that is opened beside the clicks.
    Group,
    /// Whether a person clicked, see [`crate::lens`]: a label beside the data.
    Automation,
    /// Campaign that the URL belongs to, see `hindsight` of the core: a label beside the data.
    Campaign,
    /// What came of the attempt, see `hindsight::Outcome` of the core: a label beside the data.
    Attempt,
}

/// What can be done with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldDef {
    /// The field.
    pub field: Field,
    /// Name in the API, in requests, filters and JSON exports.
    pub name: &'static str,
    /// Heading on the page and in CSV exports.
    pub label: &'static str,
    /// A filter can ask for exactly one of its values, by this name.
    pub filter: Option<&'static str>,
    /// Clicks can be grouped by it.
    pub group: bool,
    /// It is a column of exports.
    pub column: bool,
    /// It is concluded, or stands beside the clicks: a column of tables and exports for those who ask for it.
    pub concluded: bool,
    /// Few values: all of them are counted for the overview.
    pub facet: bool,
    /// The page and the files say when an export does not have it.
    pub reported: bool,
}

const fn def(field: Field, name: &'static str, label: &'static str) -> FieldDef {
    FieldDef {
        field,
        name,
        label,
        filter: None,
        group: false,
        column: true,
        concluded: false,
        facet: false,
        reported: true,
    }
}

impl FieldDef {
    const fn grouped(self) -> FieldDef {
        FieldDef { filter: Some(self.name), group: true, ..self }
    }

    const fn facet(self) -> FieldDef {
        FieldDef { facet: true, ..self.grouped() }
    }

    const fn without_column(self) -> FieldDef {
        FieldDef { column: false, ..self }
    }

    const fn concluded(self) -> FieldDef {
        FieldDef { column: false, concluded: true, reported: false, ..self }
    }

    const fn unreported(self) -> FieldDef {
        FieldDef { reported: false, ..self }
    }
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = 22;

    /// The registry, in the order of tables: the nine of the report first.
    pub const ALL: [FieldDef; Field::COUNT] = [
        def(Field::Time, "time", "Date"),
        def(Field::User, "user", "User").grouped(),
        // `url` alone looks for a part of it, which is what people type.
        FieldDef { filter: Some("urlIs"), ..def(Field::Url, "url", "Original URL").grouped() },
        def(Field::Verdict, "verdict", "Verdict").facet(),
        def(Field::Action, "action", "Action").facet(),
        def(Field::Source, "source", "Click Source").facet(),
        def(Field::Ip, "ip", "IP Address").grouped(),
        def(Field::Device, "device", "Device"),
        def(Field::Subject, "subject", "Message Subject"),
        def(Field::Sender, "sender", "Sender"),
        def(Field::Tenant, "tenant", "Tenant").facet(),
        def(Field::RawAction, "rawAction", "Raw Action").facet(),
        def(Field::Threat, "threat", "Threat Types").facet(),
        def(Field::Host, "host", "Host").grouped(),
        // Not for groups: nearly every message is one of its own.
        FieldDef { filter: Some("messageId"), ..def(Field::MessageId, "messageId", "Message ID") },
        def(Field::ReportId, "reportId", "Report ID"),
        def(Field::ClickedThrough, "clickedThrough", "Clicked Through").without_column(),
        def(Field::Weight, "weight", "Clicks").without_column().unreported(),
        def(Field::Group, "group", "Group").facet().concluded(),
        def(Field::Automation, "automation", "Clicked By").facet().concluded(),
        def(Field::Campaign, "campaign", "Campaign").grouped().concluded(),
        def(Field::Attempt, "attempt", "What Came Of It").grouped().concluded(),
    ];

    /// Its entry of the registry.
    pub const fn def(self) -> &'static FieldDef {
        const REGISTRY: &[FieldDef; Field::COUNT] = &Field::ALL;
        &REGISTRY[self as usize]
    }

    /// See [`FieldDef::name`].
    pub const fn name(self) -> &'static str {
        self.def().name
    }

    /// See [`FieldDef::label`].
    pub const fn label(self) -> &'static str {
        self.def().label
    }

    /// The fields that are columns of exports.
    pub fn columns() -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(|d| d.column).map(|d| d.field)
    }

    /// The columns that a table can have: those of exports, then what is concluded.
    pub fn table_columns() -> impl Iterator<Item = Field> {
        let concluded = Field::ALL.into_iter().filter(|d| d.concluded).map(|d| d.field);
        Field::columns().chain(concluded)
    }

    /// The fields that are counted by value for the overview.
    pub fn facets() -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(|d| d.facet).map(|d| d.field)
    }

    /// The column of a name or heading, in any case.
    pub fn column_of_name(name: &str) -> Option<Field> {
        let is = |d: &FieldDef| d.name.eq_ignore_ascii_case(name) || d.label.eq_ignore_ascii_case(name);
        Field::ALL.into_iter().find(|d| (d.column || d.concluded) && is(d)).map(|d| d.field)
    }

    /// The field of an exact name.
    pub fn of_name(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|d| d.name == name).map(|d| d.field)
    }
}

/// Some of the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldSet(u32);

impl FieldSet {
    /// The set of these.
    pub fn of(fields: impl IntoIterator<Item = Field>) -> FieldSet {
        fields.into_iter().fold(FieldSet::default(), FieldSet::with)
    }

    /// The set and one more.
    pub const fn with(self, field: Field) -> FieldSet {
        FieldSet(self.0 | 1 << field as u32)
    }

    /// The set but for one.
    pub const fn without(self, field: Field) -> FieldSet {
        FieldSet(self.0 & !(1 << field as u32))
    }

    /// What is in either.
    pub const fn union(self, other: FieldSet) -> FieldSet {
        FieldSet(self.0 | other.0)
    }

    /// The fields that an export without them is said not to have.
    pub fn missing(self) -> impl Iterator<Item = &'static FieldDef> {
        const REGISTRY: &[FieldDef] = &Field::ALL;
        REGISTRY.iter().filter(move |d| d.reported && !self.has(d.field))
    }

    /// How many of the columns it has that say something of a click beside its time: of two exports with one click that of
    /// more is believed.
    pub fn told(self) -> usize {
        const TELLING: [Field; 13] = [
            Field::User,
            Field::Url,
            Field::Source,
            Field::Ip,
            Field::Device,
            Field::Subject,
            Field::Sender,
            Field::Tenant,
            Field::RawAction,
            Field::Threat,
            Field::MessageId,
            Field::ReportId,
            Field::ClickedThrough,
        ];
        TELLING.iter().filter(|field| self.has(**field)).count()
    }

    /// Whether the field is in it.
    pub const fn has(self, field: Field) -> bool {
        self.0 & (1 << field as u32) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_entries_stand_where_their_fields_say() {
        for (place, def) in Field::ALL.iter().enumerate() {
            assert_eq!(def.field as usize, place, "{}", def.name);
            assert_eq!(Field::of_name(def.name), Some(def.field));
        }
        assert_eq!(Field::column_of_name("IP address"), Some(Field::Ip));
        assert_eq!(Field::columns().count(), 16);
    }
}
