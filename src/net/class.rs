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
    cut(sets, v4).classes(v4)
}

/// The same classes, and for each set the numbers of those that make it up, ascending.
#[must_use]
pub fn classes_of_each<'a>(
    sets: impl IntoIterator<Item = &'a IpSet> + Clone,
    like: IpAddr,
) -> (Vec<AddressClass>, Vec<Vec<u32>>) {
    let v4 = like.is_ipv4();
    let cut = cut(sets.clone(), v4);
    let each = sets.into_iter().map(|set| cut.of(set, v4)).collect();
    (cut.classes(v4), each)
}

/// The stretches of addresses between two borders: where each begins, ascending, and its class.
struct Cut {
    starts: Vec<u128>,
    class: Vec<usize>,
    classes: usize,
}

const fn last(v4: bool) -> u128 {
    if v4 { u32::MAX as u128 } else { u128::MAX }
}

fn cut<'a>(sets: impl IntoIterator<Item = &'a IpSet>, v4: bool) -> Cut {
    // Each set flips its own random-looking mark where it begins and where it ends: between two
    // borders the sum of the marks names the sets that are open there.
    let mut borders: BTreeMap<u128, u128> = BTreeMap::from([(0, 0)]);
    for (number, set) in (1_u64..).zip(sets) {
        for (low, high) in set.ranges(v4) {
            *borders.entry(low).or_default() ^= mark(number);
            if high < last(v4) {
                *borders.entry(high + 1).or_default() ^= mark(number);
            }
        }
    }
    let mut open = 0;
    let mut by_mark: HashMap<u128, usize> = HashMap::new();
    let class = |&flips: &u128| {
        open ^= flips;
        let next = by_mark.len();
        *by_mark.entry(open).or_insert(next)
    };
    let class = borders.values().map(class).collect();
    Cut { starts: borders.into_keys().collect(), class, classes: by_mark.len() }
}

impl Cut {
    fn classes(&self, v4: bool) -> Vec<AddressClass> {
        let mut ranges: Vec<Vec<(u128, u128)>> = vec![Vec::new(); self.classes];
        let ends = self.starts.iter().skip(1).map(|&next| next - 1).chain([last(v4)]);
        for ((&low, high), &class) in self.starts.iter().zip(ends).zip(&self.class) {
            ranges[class].push((low, high));
        }
        let class = |ranges: Vec<(u128, u128)>| {
            let representative = address(v4, ranges[0].0);
            AddressClass { set: IpSet::of_ranges(v4, ranges), representative }
        };
        ranges.into_iter().map(class).collect()
    }

    /// The classes of a set that this was cut by.
    fn of(&self, set: &IpSet, v4: bool) -> Vec<u32> {
        let mut of: Vec<u32> = Vec::new();
        for (low, high) in set.ranges(v4) {
            let first = self.starts.partition_point(|&start| start < low);
            let within = self.starts[first..].iter().take_while(|&&start| start <= high).count();
            let classes = &self.class[first..first + within];
            of.extend(classes.iter().filter_map(|&class| u32::try_from(class).ok()));
        }
        of.sort_unstable();
        of.dedup();
        of
    }
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

/// What belongs to the sets that hold an address, found without asking each set.
#[derive(Debug, Clone, Default)]
pub struct Holders {
    v4: Stretches,
    v6: Stretches,
    /// What belongs to sets that hold every address of both families.
    everywhere: Vec<u32>,
}

/// Where each stretch of addresses begins, ascending, and the ranges of sets that hold it.
#[derive(Debug, Clone, Default)]
struct Stretches {
    starts: Vec<u128>,
    class: Vec<usize>,
    /// The ranges that hold a class.
    ranges: Vec<Vec<u32>>,
    /// What belongs to the sets of a range: one range stands in many sets, such as a policy's home networks.
    items: Vec<Vec<u32>>,
}

impl Stretches {
    fn new(sets: &[(&IpSet, &u32)], v4: bool) -> Self {
        let mut numbers: HashMap<(u128, u128), usize> = HashMap::new();
        let (mut ranges, mut items) = (Vec::new(), Vec::new());
        for (set, item) in sets {
            for range in set.ranges(v4) {
                let number = *numbers.entry(range).or_insert(ranges.len());
                if number == ranges.len() {
                    ranges.push(IpSet::of_ranges(v4, vec![range]));
                    items.push(Vec::new());
                }
                items[number].push(**item);
            }
        }
        let cut = cut(&ranges, v4);
        let mut within = vec![Vec::new(); cut.classes];
        for (at, range) in (0..).zip(&ranges) {
            for class in cut.of(range, v4) {
                within[class as usize].push(at);
            }
        }
        Self { starts: cut.starts, class: cut.class, ranges: within, items }
    }
}

impl Holders {
    /// Sets, each with something that belongs to it: `items` are in the order of `sets`.
    #[must_use]
    pub fn new<'a>(sets: impl IntoIterator<Item = &'a IpSet>, items: &[u32]) -> Self {
        let all = sets.into_iter().zip(items);
        let (wide, narrow): (Vec<_>, Vec<_>) = all.partition(|(set, _)| set.is_any());
        Self {
            v4: Stretches::new(&narrow, true),
            v6: Stretches::new(&narrow, false),
            everywhere: wide.into_iter().map(|(_, item)| *item).collect(),
        }
    }

    /// What belongs to the sets that hold `address`.
    pub fn of(&self, address: IpAddr) -> impl Iterator<Item = u32> {
        let (stretches, bits) = match address {
            IpAddr::V4(address) => (&self.v4, u128::from(address.to_bits())),
            IpAddr::V6(address) => (&self.v6, address.to_bits()),
        };
        let at = stretches.starts.partition_point(|&start| start <= bits).checked_sub(1);
        let ranges = at.map_or(&[][..], |at| &stretches.ranges[stretches.class[at]]);
        let items = ranges.iter().flat_map(|range| &stretches.items[*range as usize]);
        items.chain(&self.everywhere).copied()
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
    fn each_set_is_the_classes_that_lie_in_it() {
        let sets = [set("10.0.0.0/8 192.0.2.0/24"), set("10.1.0.0/16"), IpSet::any(), set("::/0")];
        for like in ["1.1.1.1", "::1"] {
            let (classes, each) = classes_of_each(&sets, like.parse().unwrap());
            for (set, numbers) in sets.iter().zip(each) {
                let within = |class: &&AddressClass| set.contains(class.representative);
                let expected: Vec<&AddressClass> = classes.iter().filter(within).collect();
                let of: Vec<&AddressClass> =
                    numbers.iter().map(|n| &classes[*n as usize]).collect();
                assert_eq!(of, expected);
            }
        }
    }

    #[test]
    fn without_sets_there_is_one_class_of_everything() {
        let all = classes([], "::1".parse().unwrap());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].set, IpSet::any_v6());
    }

    #[test]
    fn what_holds_an_address_is_what_its_sets_say() {
        let wide = || set("10.0.0.0/8 ::1");
        let sets = [wide(), set("10.1.0.0/16"), IpSet::any(), IpSet::empty(), wide()];
        let holders = Holders::new(&sets, &[10, 11, 12, 13, 14]);
        for address in
            ["0.0.0.0", "10.0.0.0", "10.1.2.3", "10.255.255.255", "11.0.0.0", "::1", "::2"]
        {
            let address = address.parse().unwrap();
            let expected: Vec<u32> = (10..)
                .zip(&sets)
                .filter(|(_, set)| set.contains(address))
                .map(|(n, _)| n)
                .collect();
            let mut found: Vec<u32> = holders.of(address).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{address}");
        }
    }
}
