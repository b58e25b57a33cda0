use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::IpSet;

/// Addresses that a collection of sets does not tell apart, with one of them to stand for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressClass {
    /// Every address of the class.
    pub set: IpSet,
    /// One address of the class.
    pub representative: IpAddr,
}

/// The classes of addresses, of the family of `like`, that no set of `sets` tells apart, in the
/// order of their lowest addresses. Together they are all addresses of the family.
#[must_use]
pub fn classes<'a>(sets: impl IntoIterator<Item = &'a IpSet>, like: IpAddr) -> Vec<AddressClass> {
    let v4 = like.is_ipv4();
    let last = if v4 { u128::from(u32::MAX) } else { u128::MAX };
    // Each set flips its own random-looking mark where it begins and where it ends: between two
    // borders the sum of the marks names the sets that are open there.
    let mut borders: BTreeMap<u128, u128> = BTreeMap::from([(0, 0)]);
    for (number, set) in (1_u64..).zip(sets) {
        for (low, high) in set.ranges(v4) {
            *borders.entry(low).or_default() ^= mark(number);
            if high < last {
                *borders.entry(high + 1).or_default() ^= mark(number);
            }
        }
    }
    let mut open = 0;
    let mut order: Vec<Vec<(u128, u128)>> = Vec::new();
    let mut by_mark: HashMap<u128, usize> = HashMap::new();
    let ends = borders.keys().skip(1).map(|&next| next - 1).chain([last]);
    for ((&low, &flips), high) in borders.iter().zip(ends) {
        open ^= flips;
        let class = *by_mark.entry(open).or_insert_with(|| {
            order.push(Vec::new());
            order.len() - 1
        });
        order[class].push((low, high));
    }
    let class = |ranges: Vec<(u128, u128)>| {
        let representative = address(v4, ranges[0].0);
        AddressClass { set: IpSet::of_ranges(v4, ranges), representative }
    };
    order.into_iter().map(class).collect()
}

/// 128 bits for a set's number (`splitmix64`, twice): that two unions of sets have the same sum by chance
/// is as unlikely as a broken memory cell.
fn mark(number: u64) -> u128 {
    let mix = |seed: u64| {
        let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    u128::from(mix(number)) << 64 | u128::from(mix(number ^ 0x5bf0_3635_d4f9_28a1))
}

fn address(v4: bool, bits: u128) -> IpAddr {
    if v4 {
        IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(bits).unwrap_or(u32::MAX)))
    } else {
        IpAddr::V6(Ipv6Addr::from_bits(bits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> IpSet {
        text.split(' ').map(|c| super::super::parse_cidr(c).unwrap()).collect()
    }

    #[test]
    fn classes_are_what_the_sets_tell_apart() {
        let (a, b) = (set("10.0.0.0/8 192.0.2.0/24"), set("10.1.0.0/16"));
        let classes = classes([&a, &b], "1.1.1.1".parse().unwrap());
        let texts: Vec<String> = classes.iter().skip(1).map(|c| c.set.to_string()).collect();
        assert_eq!(classes.len(), 3);
        assert_eq!(texts[0], a.minus(&b).to_string());
        assert_eq!(texts[1], "10.1.0.0/16");
    }

    #[test]
    fn without_sets_there_is_one_class_of_everything() {
        let all = classes([], "::1".parse().unwrap());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].set, IpSet::any_v6());
    }
}
