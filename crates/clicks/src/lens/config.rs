//! How strict the lens is, what each signal is worth, and whose addresses somebody knows better.
//!
//! Owns the settings, their text form, and the judgement: which signals make which class. Source of thresholds and points:
//! `docs/lens.md`, which names where each comes from.
//!
//! ```
//! use clicks::lens::Config;
//! let config = Config::parse("strict,cloud:4,human:10.0.0.0/8").expect("settings");
//! assert_eq!(config.to_string(), "strict,cloud:4,human:10.0.0.0/8");
//! assert_eq!(Config::parse("balanced").expect("settings"), Config::default());
//! ```

use std::fmt;
use std::net::IpAddr;

use super::Class;
use super::signals::{Signal, Signals};

/// How soon something is called automated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Rather a person too many left out.
    Strict,
    /// The default.
    #[default]
    Balanced,
    /// Rather a machine too many left in.
    Lenient,
}

impl Preset {
    /// All, strictest first.
    pub const ALL: [(Preset, &'static str); 3] =
        [(Preset::Strict, "strict"), (Preset::Balanced, "balanced"), (Preset::Lenient, "lenient")];

    /// Its name in settings.
    pub fn name(self) -> &'static str {
        Preset::ALL.iter().find(|(preset, _)| *preset == self).map_or("", |(_, name)| name)
    }

    /// H4: so many different links of one message within so many milliseconds.
    pub const fn burst(self) -> (usize, i64) {
        match self {
            Preset::Strict => (2, 1_000),
            Preset::Balanced => (3, 1_000),
            Preset::Lenient => (3, 0),
        }
    }

    /// H6: milliseconds after delivery.
    pub const fn at_delivery_ms(self) -> i64 {
        match self {
            Preset::Strict => 10_000,
            Preset::Balanced => 5_000,
            Preset::Lenient => 2_000,
        }
    }

    /// H8: so many recipients within so many milliseconds.
    pub const fn walk(self) -> (usize, i64) {
        match self {
            Preset::Strict => (3, 10_000),
            Preset::Balanced => (5, 60_000),
            Preset::Lenient => (10, 60_000),
        }
    }
}

/// A range of addresses that somebody knows better than the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnRange {
    /// First address.
    address: IpAddr,
    /// Bits of the prefix.
    bits: u8,
    /// People are behind it; else a machine is.
    pub is_human: bool,
}

impl OwnRange {
    fn parse(text: &str, is_human: bool) -> Option<OwnRange> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, bits)| (a, Some(bits)));
        let address: IpAddr = address.trim().parse().ok()?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(width), |bits| bits.trim().parse().ok())?;
        if bits > width {
            return None;
        }
        // Two spellings of one range are one, and version 4 inside version 6 is version 4, as in the data.
        let (address, bits) = match address {
            IpAddr::V6(v6) if bits >= 96 && v6.to_ipv4_mapped().is_some() => {
                (IpAddr::V4(v6.to_ipv4_mapped()?), bits - 96)
            }
            address => (address, bits),
        };
        let cut = |number: u128, width: u32| {
            let spare = width - u32::from(bits);
            number.checked_shr(spare).unwrap_or(0).checked_shl(spare).unwrap_or(0)
        };
        let address = match address {
            IpAddr::V4(v4) => IpAddr::V4((cut(u32::from(v4).into(), 32) as u32).into()),
            IpAddr::V6(v6) => IpAddr::V6(cut(v6.into(), 128).into()),
        };
        Some(OwnRange { address, bits, is_human })
    }

    /// Whether an address is in it.
    pub fn holds(&self, address: IpAddr) -> bool {
        let differ = |width: u32, a: u128, b: u128| {
            (a ^ b).checked_shr(width - u32::from(self.bits)).unwrap_or(0) != 0
        };
        match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => !differ(32, u32::from(a).into(), u32::from(b).into()),
            (IpAddr::V6(a), IpAddr::V6(b)) => !differ(128, a.into(), b.into()),
            _ => false,
        }
    }

    /// The range as `10.0.0.0/8`, an address alone as itself.
    pub fn text(&self) -> String {
        match (self.address, self.bits) {
            (IpAddr::V4(_), 32) | (IpAddr::V6(_), 128) => self.address.to_string(),
            (address, bits) => format!("{address}/{bits}"),
        }
    }
}

/// More points than these say nothing more.
pub const MOST_POINTS: i8 = 20;
/// From so many points on a click is likely automated.
pub const LIKELY: i8 = 4;
/// From so many points on it is automated.
pub const AUTOMATED: i8 = 7;

/// All settings of the lens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How strict it is.
    pub preset: Preset,
    /// Points of each signal.
    points: [i8; Signal::COUNT],
    /// Addresses that somebody knows better.
    pub ranges: Vec<OwnRange>,
}

impl Default for Config {
    fn default() -> Config {
        Config { preset: Preset::default(), points: Signal::ALL.map(|def| def.points), ranges: Vec::new() }
    }
}

impl Config {
    /// Reads settings: a preset, `signal:points`, `human:range`, `automated:range`, between commas.
    ///
    /// # Errors
    /// A sentence that names the first word that is no setting.
    pub fn parse(text: &str) -> Result<Config, String> {
        let (config, wrong) = Config::read(text);
        match wrong {
            None => Ok(config),
            Some(word) => Err(format!(
                "“lens={word}” is no setting. Use strict, balanced or lenient, a signal and its points (cloud:4), human:10.0.0.0/8 or automated:198.51.100.7."
            )),
        }
    }

    /// The settings that are some, and the first word that is none.
    pub fn read(text: &str) -> (Config, Option<&str>) {
        let mut config = Config::default();
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        let mut wrong = None;
        for word in words {
            if config.set(word).is_none() {
                wrong = wrong.or(Some(word));
            }
        }
        (config, wrong)
    }

    fn set(&mut self, word: &str) -> Option<()> {
        if let Some((preset, _)) = Preset::ALL.iter().find(|(_, name)| name.eq_ignore_ascii_case(word)) {
            self.preset = *preset;
            return Some(());
        }
        // The first colon: an address of version 6 has more.
        let (name, value) = word.split_once(':')?;
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        if is("human") || is("automated") {
            OwnRange::parse(value, is("human"))?;
            self.say(value, Some(is("human")));
            return Some(());
        }
        let def = Signal::ALL.iter().find(|def| is(def.name) && def.points != 0)?;
        self.points[def.signal as usize] =
            value.trim().parse().ok().filter(|n| (-MOST_POINTS..=MOST_POINTS).contains(n))?;
        Some(())
    }

    /// Takes note of what somebody says of a range: `10.0.0.0/8` or one address. What was said of it before is gone; none
    /// takes it back.
    pub fn say(&mut self, range: &str, is_human: Option<bool>) {
        let Some(said) = OwnRange::parse(range, is_human.unwrap_or_default()) else { return };
        self.ranges.retain(|known| (known.address, known.bits) != (said.address, said.bits));
        if is_human.is_some() {
            self.ranges.push(said);
        }
    }

    /// Changes the points of a signal; those beyond what can be are cut.
    pub fn set_points(&mut self, signal: Signal, points: i8) {
        if signal.def().points != 0 {
            self.points[signal as usize] = points.clamp(-MOST_POINTS, MOST_POINTS);
        }
    }

    /// Points of a signal.
    pub const fn points(&self, signal: Signal) -> i8 {
        self.points[signal as usize]
    }

    /// What somebody says of an address; of several ranges the narrowest holds.
    pub fn said_of(&self, address: IpAddr) -> Option<OwnRange> {
        self.ranges.iter().filter(|range| range.holds(address)).max_by_key(|range| range.bits).copied()
    }

    /// Whether a signal decides alone.
    pub fn decides(signal: Signal) -> bool {
        Config::deciding(Signals::of([signal])).is_some()
    }

    /// Whether one of these decides alone, and which does.
    pub fn deciding(signals: Signals) -> Option<Signal> {
        const ALONE: [Signal; 4] =
            [Signal::ServiceAddress, Signal::BeforeDelivery, Signal::Burst, Signal::Walk];
        // A scanner's address, and something that scanners do.
        const BESIDE_VENDOR: [Signal; 6] = [
            Signal::AllLinks,
            Signal::AtDelivery,
            Signal::SoonAfterDelivery,
            Signal::FewRecipients,
            Signal::ErrorAbroad,
            Signal::Echo,
        ];
        let alone = ALONE.into_iter().find(|signal| signals.has(*signal));
        let beside = || signals.has(Signal::VendorAddress) && signals.has_any(Signals::of(BESIDE_VENDOR));
        alone.or_else(|| beside().then_some(Signal::VendorAddress))
    }

    /// The points that a signal counts beside others; 0 where it does not.
    pub fn counted(&self, signals: Signals, signal: Signal) -> i8 {
        // Where somebody is and when says little, together or beside a cloud that people use too: a person with a VPN at
        // night would be a machine.
        const CONTEXT: Signals = Signals::NONE.with(Signal::NewNetwork).with(Signal::OffHours);
        const CLOUDS: Signals = Signals::NONE.with(Signal::CloudAddress).with(Signal::MicrosoftCloud);
        let against = |signal: Signal| self.points(signal) > 0;
        let acts = || signals.minus(CONTEXT).minus(CLOUDS).iter().any(against);
        let all_at_once = || signals.has_any(CLOUDS) && signals.union(CONTEXT) == signals;
        // A scanner that comes again and again has habits too, and so has a monitor.
        let no_habit = signals.has(Signal::Burst) || signals.has(Signal::Interval);
        let counts = match signal {
            Signal::NewNetwork | Signal::OffHours => acts() || all_at_once(),
            Signal::Habitual => !no_habit,
            _ => true,
        };
        if counts { self.points(signal) } else { 0 }
    }

    /// The sum of points.
    pub fn sum(&self, signals: Signals) -> i32 {
        signals.iter().map(|signal| i32::from(self.counted(signals, signal))).sum()
    }

    /// The class of a click with these signals.
    pub fn judge(&self, signals: Signals) -> Class {
        if signals.has(Signal::SaidHuman) {
            return Class::Human;
        }
        let continued = signals.has(Signal::Continued);
        if signals.has(Signal::SaidAutomated) || Config::deciding(signals).is_some() {
            // Strong signals disagree: a machine presses no button on a warning page.
            return if continued { Class::Review } else { Class::Automated };
        }
        match self.sum(signals) {
            sum if sum >= AUTOMATED.into() => Class::Automated,
            sum if sum >= LIKELY.into() => Class::Likely,
            _ => Class::Human,
        }
    }
}

impl fmt::Display for Config {
    /// Only what differs from the default; empty for the default.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        if self.preset != Preset::default() {
            words.push(self.preset.name().to_owned());
        }
        for def in Signal::ALL.iter().filter(|def| self.points(def.signal) != def.points) {
            words.push(format!("{}:{}", def.name, self.points(def.signal)));
        }
        for range in &self.ranges {
            words.push(format!("{}:{}", if range.is_human { "human" } else { "automated" }, range.text()));
        }
        f.write_str(&words.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_none_are_named() {
        for text in [
            "loud",
            "cloud:x",
            "cloud:99",
            "cloud:-128",
            "service:3",
            "human:10.0.0.0/33",
            "human:home",
            "offhours",
        ] {
            let said = Config::parse(text).expect_err(text);
            assert!(said.contains(text), "{said}");
        }
    }

    #[test]
    fn own_range_narrowest_holds() {
        let config =
            Config::parse("automated:10.0.0.0/8,human:10.1.0.0/16,human:2001:db8::/32,automated:0.0.0.0/0")
                .expect("settings");
        let said = |address: &str| config.said_of(address.parse().expect("an address")).map(|r| r.is_human);
        assert_eq!(said("10.1.2.3"), Some(true));
        assert_eq!(said("10.2.2.3"), Some(false));
        assert_eq!(said("2001:db8:1::1"), Some(true));
        assert_eq!(said("2001:db9::1"), None);
        assert_eq!(said("192.0.2.1"), Some(false));
        let turned =
            Config::parse("human:10.0.0.5/8,automated:10.0.0.0/8,human:::ffff:192.0.2.7").expect("settings");
        assert_eq!(turned.to_string(), "automated:10.0.0.0/8,human:192.0.2.7");
    }

    #[test]
    fn judgement_follows_points_and_what_decides_alone() {
        use Signal::{
            Burst, CloudAddress, Continued, Echo, ErrorAbroad, Habitual, OffHours, ServiceAddress,
            VendorAddress,
        };
        let config = Config::default();
        for (signals, class) in [
            (vec![], Class::Human),
            (vec![ServiceAddress], Class::Automated),
            (vec![ServiceAddress, Continued], Class::Review),
            (vec![VendorAddress], Class::Human),
            (vec![VendorAddress, ErrorAbroad], Class::Automated),
            (vec![CloudAddress, OffHours], Class::Human),
            (vec![CloudAddress, Signal::NewNetwork], Class::Human),
            (vec![CloudAddress, Signal::NewNetwork, OffHours], Class::Likely),
            (vec![OffHours], Class::Human),
            (vec![CloudAddress, Echo], Class::Likely),
            (vec![CloudAddress, Echo, ErrorAbroad], Class::Automated),
            (vec![CloudAddress, Echo, Habitual], Class::Human),
            (vec![Burst, Habitual], Class::Automated),
            (vec![Signal::SaidHuman, ServiceAddress], Class::Human),
            (vec![Signal::SaidAutomated], Class::Automated),
        ] {
            assert_eq!(config.judge(Signals::of(signals.clone())), class, "{signals:?}");
        }
    }
}
