//! Packs the lists of address ranges under `networks/` into a few kilobytes: as text they would be a tenth of the page.
//!
//! Owns the packed form, beside `src/lens/networks.rs`, which reads it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;
use std::{env, fs};

/// The lists, in the order of the numbers that stand for them.
const LISTS: [&str; 4] = ["microsoft-services", "microsoft", "vendors", "clouds"];

fn main() {
    println!("cargo::rerun-if-changed=networks");
    println!("cargo::rerun-if-changed=build.rs");
    let mut packed = Vec::new();
    for list in LISTS {
        let path = Path::new("networks").join(format!("{list}.txt"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        pack(&text, &mut packed);
    }
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("networks.bin"), packed).expect("the folder of cargo");
}

/// The prefixes of one owner and tier, of version 4 and of version 6: number and length of each.
type Families = [Vec<(u128, u8)>; 2];

/// The list's date, how many groups it has, and the groups: owner, tier, prefixes of version 4, of version 6.
fn pack(text: &str, out: &mut Vec<u8>) {
    let mut date = "";
    let mut groups: BTreeMap<(&str, &str), Families> = BTreeMap::new();
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            date = comment.trim().strip_prefix("date ").unwrap_or(date);
            continue;
        }
        let mut cells = line.split('\t');
        let (prefix, owner, tier) = (cells.next(), cells.next(), cells.next());
        let (Some(prefix), Some(owner), Some(tier)) = (prefix, owner, tier) else {
            panic!("no range: {line}")
        };
        let (address, bits) = prefix.split_once('/').unwrap_or_else(|| panic!("no prefix: {line}"));
        let bits: u8 = bits.parse().unwrap_or_else(|_| panic!("no length: {line}"));
        let address: IpAddr = address.parse().unwrap_or_else(|_| panic!("no address: {line}"));
        let (family, number) = match address {
            IpAddr::V4(v4) => (0, u128::from(u32::from(v4)) >> (32 - bits)),
            IpAddr::V6(v6) => (1, u128::from(v6) >> (128 - bits)),
        };
        groups.entry((owner, tier)).or_default()[family].push((number, bits));
    }
    pack_text(date, out);
    pack_number(groups.len() as u128, out);
    for ((owner, tier), families) in &mut groups {
        pack_text(owner, out);
        pack_text(tier, out);
        for family in families {
            family.sort_unstable_by_key(|(number, bits)| (*bits, *number));
            pack_number(family.len() as u128, out);
            let mut before = (0, 0);
            for (number, bits) in family {
                // Of one length each is told by how far it is from the one before it.
                let from = if before.1 == *bits { before.0 } else { 0 };
                out.push(*bits);
                pack_number(*number - from, out);
                before = (*number, *bits);
            }
        }
    }
}

fn pack_text(text: &str, out: &mut Vec<u8>) {
    pack_number(text.len() as u128, out);
    out.extend_from_slice(text.as_bytes());
}

/// Seven bits a byte, the lowest first; all but the last byte have the eighth set.
fn pack_number(mut number: u128, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
