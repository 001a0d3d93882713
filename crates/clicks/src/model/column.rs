//! The columns of a click, as the table, the API and the exports name them.

/// One column of a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Column {
    /// Time of the click, UTC.
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
    /// Threat types at click time, comma separated.
    Threat,
    /// Host of the URL.
    Host,
    /// Network message id.
    MessageId,
    /// Report id: shared by a block and its click-through.
    ReportId,
}

impl Column {
    /// All columns, in the order of the table: the nine of the report first.
    pub const ALL: [Column; 16] = [
        Column::Time,
        Column::User,
        Column::Url,
        Column::Verdict,
        Column::Action,
        Column::Source,
        Column::Ip,
        Column::Device,
        Column::Subject,
        Column::Sender,
        Column::Tenant,
        Column::RawAction,
        Column::Threat,
        Column::Host,
        Column::MessageId,
        Column::ReportId,
    ];

    /// Name in the API, in requests and in JSON exports.
    pub const fn name(self) -> &'static str {
        match self {
            Column::Time => "time",
            Column::User => "user",
            Column::Url => "url",
            Column::Verdict => "verdict",
            Column::Action => "action",
            Column::Source => "source",
            Column::Ip => "ip",
            Column::Device => "device",
            Column::Subject => "subject",
            Column::Sender => "sender",
            Column::Tenant => "tenant",
            Column::RawAction => "rawAction",
            Column::Threat => "threat",
            Column::Host => "host",
            Column::MessageId => "messageId",
            Column::ReportId => "reportId",
        }
    }

    /// Heading on the page and in CSV exports.
    pub const fn label(self) -> &'static str {
        match self {
            Column::Time => "Date",
            Column::User => "User",
            Column::Url => "Original URL",
            Column::Verdict => "Verdict",
            Column::Action => "Action",
            Column::Source => "Click Source",
            Column::Ip => "IP Address",
            Column::Device => "Device",
            Column::Subject => "Message Subject",
            Column::Sender => "Sender",
            Column::Tenant => "Tenant",
            Column::RawAction => "Raw Action",
            Column::Threat => "Threat Types",
            Column::Host => "Host",
            Column::MessageId => "Message ID",
            Column::ReportId => "Report ID",
        }
    }

    /// The column of a name or heading, in any case.
    pub fn from_name(name: &str) -> Option<Column> {
        Column::ALL
            .into_iter()
            .find(|c| c.name().eq_ignore_ascii_case(name) || c.label().eq_ignore_ascii_case(name))
    }
}
