//! The cells of a record that are kept.

use super::Column;

/// A cell that the data set keeps or that decides what a record means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Cell {
    /// Time of the click.
    Time,
    /// The original URL.
    Url,
    /// The export's word for what happened.
    RawAction,
    /// Who clicked.
    User,
    /// Where the link was clicked.
    Source,
    /// Network message id.
    Message,
    /// Report id.
    Report,
    /// Threat types.
    Threats,
    /// Address the click came from.
    Ip,
    /// Whether a warning was clicked through.
    Clicked,
    /// Subject of the message.
    Subject,
    /// Sender of the message.
    Sender,
    /// Entra tenant.
    Tenant,
    /// Device.
    Device,
}

impl Cell {
    /// How many cells there are.
    pub const COUNT: usize = 14;

    /// The column of the data set that the cell fills, if it fills one by itself.
    pub const fn column(self) -> Option<Column> {
        Some(match self {
            Cell::Time => Column::Time,
            Cell::Url => Column::Url,
            Cell::RawAction => Column::RawAction,
            Cell::User => Column::User,
            Cell::Source => Column::Source,
            Cell::Message => Column::MessageId,
            Cell::Report => Column::ReportId,
            Cell::Threats => Column::Threat,
            Cell::Ip => Column::Ip,
            Cell::Subject => Column::Subject,
            Cell::Sender => Column::Sender,
            Cell::Tenant => Column::Tenant,
            Cell::Device => Column::Device,
            Cell::Clicked => return None,
        })
    }
}
