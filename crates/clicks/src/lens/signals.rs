//! What speaks for a person or against one, each as one bit, with the points it is worth.
//!
//! Owns names and default points. Source of both: the catalogue of heuristics H1–H15 and X1–X3 in `docs/lens.md`. Must not
//! know how a signal is found.

/// What speaks for or against a person behind a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Signal {
    /// The address is one of a Microsoft service (H1). Decides alone.
    ServiceAddress,
    /// The link was opened before the message was delivered (H7). Decides alone.
    BeforeDelivery,
    /// Several different links of one message at once (H4). Decides alone.
    Burst,
    /// One address walks through recipients (H8). Decides alone.
    Walk,
    /// The address is one of a vendor of mail security (H2).
    VendorAddress,
    /// The address is in a cloud that anybody rents (H3).
    CloudAddress,
    /// The address is in Microsoft's cloud (H3).
    MicrosoftCloud,
    /// Links of one message faster than most people, but not at once (H4, strict).
    FewAtOnce,
    /// All links of the message within ten seconds (H5).
    AllLinks,
    /// Within seconds of delivery (H6).
    AtDelivery,
    /// Within half a minute of delivery (H6).
    SoonAfterDelivery,
    /// An error page, from a network where the user does nothing else (H9).
    ErrorAbroad,
    /// One address and several recipients, less than a walk (H8, strict).
    FewRecipients,
    /// A network in which the user clicked nothing else (H10).
    NewNetwork,
    /// The echo of a click: the same link from a second network (H11).
    Echo,
    /// Again and again at one interval (H12).
    Interval,
    /// Outside of the hours in which nearly all clicks are (H13). Counts beside another signal only.
    OffHours,
    /// Somebody went on past a warning (X1).
    Continued,
    /// The address that the user nearly always clicks from (X2).
    Habitual,
    /// The address of a proxy that people surf through (X3).
    PeopleProxy,
    /// An address of many users on several days: the company's own way out (H15).
    Egress,
    /// Somebody says that people are behind this address.
    SaidHuman,
    /// Somebody says that a machine is behind this address.
    SaidAutomated,
    /// No address that could be looked at.
    NoAddress,
    /// One link of one message, from several networks: a shared mailbox, or a link that was passed on.
    MaybeSomebodyElse,
}

/// A signal with its name in settings and its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignalDef {
    /// The signal.
    pub signal: Signal,
    /// Its name in settings and in the API.
    pub name: &'static str,
    /// Points towards a machine; negative ones speak for a person. 0: it decides alone, or is context only.
    pub points: i8,
    /// What it is called on the page.
    pub label: &'static str,
}

const fn def(signal: Signal, name: &'static str, points: i8, label: &'static str) -> SignalDef {
    SignalDef { signal, name, points, label }
}

impl Signal {
    /// How many there are.
    pub const COUNT: usize = 25;

    /// All of them, in the order in which reasons are given.
    pub const ALL: [SignalDef; Signal::COUNT] = [
        def(Signal::ServiceAddress, "service", 0, "Address of a Microsoft service"),
        def(Signal::BeforeDelivery, "beforeDelivery", 0, "Before delivery"),
        def(Signal::Burst, "burst", 0, "Many links at once"),
        def(Signal::Walk, "walk", 0, "One address, many recipients at once"),
        def(Signal::VendorAddress, "vendor", 3, "Address of a mail security vendor"),
        def(Signal::CloudAddress, "cloud", 3, "Address in a cloud"),
        def(Signal::MicrosoftCloud, "microsoftCloud", 2, "Address in Microsoft’s cloud"),
        def(Signal::FewAtOnce, "fewAtOnce", 2, "Two links at once"),
        def(Signal::AllLinks, "allLinks", 3, "All links of the message in ten seconds"),
        def(Signal::AtDelivery, "atDelivery", 2, "Seconds after delivery"),
        def(Signal::SoonAfterDelivery, "soonAfterDelivery", 1, "Half a minute after delivery"),
        def(Signal::ErrorAbroad, "errorAbroad", 2, "Error page from a foreign network"),
        def(Signal::FewRecipients, "fewRecipients", 2, "One address, a few recipients at once"),
        def(Signal::NewNetwork, "newNetwork", 1, "A network never seen again"),
        def(Signal::Echo, "echo", 2, "Echo of another click"),
        def(Signal::Interval, "interval", 2, "At one interval"),
        def(Signal::OffHours, "offHours", 1, "Outside of usual hours"),
        def(Signal::Continued, "continued", -5, "Went on past a warning"),
        def(Signal::Habitual, "habitual", -4, "The user’s usual address"),
        def(Signal::PeopleProxy, "proxy", -2, "A proxy of people"),
        def(Signal::Egress, "egress", -3, "The company’s own way out"),
        def(Signal::SaidHuman, "human", 0, "You say: people"),
        def(Signal::SaidAutomated, "automated", 0, "You say: a machine"),
        def(Signal::NoAddress, "noAddress", 0, "No usable address"),
        def(Signal::MaybeSomebodyElse, "maybeSomebodyElse", 0, "May be somebody else"),
    ];

    /// Its entry.
    pub const fn def(self) -> &'static SignalDef {
        const ALL: &[SignalDef; Signal::COUNT] = &Signal::ALL;
        &ALL[self as usize]
    }
}

/// Some of the signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Signals(u32);

impl Signals {
    /// No signal.
    pub const NONE: Signals = Signals(0);

    /// The set of these.
    pub fn of(signals: impl IntoIterator<Item = Signal>) -> Signals {
        signals.into_iter().fold(Signals::default(), Signals::with)
    }

    /// The set and one more.
    #[must_use]
    pub const fn with(self, signal: Signal) -> Signals {
        Signals(self.0 | 1 << signal as u32)
    }

    /// The set but for one.
    #[must_use]
    pub const fn without(self, signal: Signal) -> Signals {
        Signals(self.0 & !(1 << signal as u32))
    }

    /// Adds one.
    pub const fn add(&mut self, signal: Signal) {
        *self = self.with(signal);
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Signals) -> Signals {
        Signals(self.0 | other.0)
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub const fn minus(self, other: Signals) -> Signals {
        Signals(self.0 & !other.0)
    }

    /// The set as a number.
    pub(super) const fn bits(self) -> u128 {
        self.0 as u128
    }

    /// Whether the signal is in it.
    pub const fn has(self, signal: Signal) -> bool {
        self.0 & (1 << signal as u32) != 0
    }

    /// Whether any of those is in it.
    pub const fn has_any(self, others: Signals) -> bool {
        self.0 & others.0 != 0
    }

    /// The signals, in the order of [`Signal::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Signal> {
        Signal::ALL.into_iter().map(|def| def.signal).filter(move |signal| self.has(*signal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_stand_where_they_say_and_have_names_of_their_own() {
        for (place, def) in Signal::ALL.iter().enumerate() {
            assert_eq!(def.signal as usize, place, "{}", def.name);
            assert_eq!(Signal::ALL.iter().position(|d| d.name == def.name), Some(place), "{}", def.name);
        }
    }
}
