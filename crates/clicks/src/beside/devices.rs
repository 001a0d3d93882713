//! Devices of clicks, from sign-ins of the same person from the same address around the same time.
//!
//! Owns the rule. A device that was found so is marked: it is likely, and not what an export says.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::SignIns;
use crate::model::sorting::sorted;
use crate::model::{Dataset, Field};

/// How far a sign-in may be from the click: twelve hours, half a day of work, as addresses at home and at work
/// change hands between days.
pub const AROUND_MS: i64 = 12 * 3_600_000;

/// How many clicks got a device, and why others did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DeviceJoin {
    /// Sign-ins that went well.
    pub sign_ins: u64,
    /// Sign-ins that failed and are not looked at.
    pub failed: u64,
    /// Clicks that got a device.
    pub joined: u64,
    /// Clicks whose export says the device itself.
    pub had_one: u64,
    /// Clicks without a user or an address.
    pub no_key: u64,
    /// Clicks of people who did not sign in from that address within twelve hours.
    pub none_near: u64,
}

impl SignIns {
    /// Gives clicks without a device that of the sign-in nearest in time.
    pub(super) fn join(&self, data: &mut Dataset) -> Option<DeviceJoin> {
        if self.rows.is_empty() {
            return None;
        }
        let good = self.rows.iter().filter(|row| row.succeeded);
        let mut join = DeviceJoin { sign_ins: good.clone().count() as u64, ..DeviceJoin::default() };
        join.failed = self.rows.len() as u64 - join.sign_ins;
        let mut near: HashMap<(&str, &str), Vec<(i64, &str)>> = HashMap::new();
        for row in good.filter(|row| !row.device.is_empty()) {
            for ip in &row.ips {
                near.entry((&row.person, ip)).or_default().push((row.at.ms, &row.device));
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is put in order by itself")]
        for list in near.values_mut() {
            *list = sorted(std::mem::take(list), Ord::cmp);
        }
        let mut found: Vec<(usize, &str)> = Vec::new();
        for row in 0..data.len() {
            let clicks = u64::from(data.weight_of(row));
            if !data.devices.text(data.device.at(row)).is_empty() {
                join.had_one += clicks;
                continue;
            }
            let (user, ip) = (data.users.text(data.user.at(row)), data.ips.text(data.ip.at(row)));
            if user.is_empty() || ip.is_empty() {
                join.no_key += clicks;
                continue;
            }
            let person = user.to_lowercase();
            let time = data.time[row];
            let nearest = near.get(&(person.as_str(), ip)).and_then(|list| {
                let after = list.partition_point(|(at, _)| *at < time);
                let around = list[after.saturating_sub(1)..].iter().take(2);
                around.min_by_key(|(at, _)| (at - time).abs())
            });
            let nearest = nearest.filter(|(at, _)| (at - time).abs() <= AROUND_MS);
            match nearest {
                Some((_, device)) => {
                    join.joined += clicks;
                    found.push((row, device));
                }
                None => join.none_near += clicks,
            }
        }
        data.derived_devices = found.iter().map(|(row, _)| *row as u32).collect();
        data.fill(Field::Device, found.into_iter());
        Some(join)
    }
}
