use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use thiserror::Error;

/// A set of IPv4 and IPv6 addresses, as sorted, disjoint, inclusive ranges per family.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct IpSet {
    v4: Vec<(u32, u32)>,
    v6: Vec<(u128, u128)>,
}

/// Why an address or CIDR cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseAddressError {
    /// Neither an address nor a CIDR.
    #[error("`{0}` is not an address: write `10.1.2.3`, `10.1.0.0/16` or an IPv6 form")]
    NotAnAddress(String),
    /// Bits are set outside the prefix.
    #[error("`{text}` has bits set outside its prefix: did you mean `{meant}`?")]
    HostBits {
        /// As written.
        text: String,
        /// The network it lies in.
        meant: IpNet,
    },
}

/// The address that a text is, as it stands or in brackets as in a URL; with one bracket it is none.
#[must_use]
pub fn literal(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok()
}

/// Reads an address or a CIDR; host bits are refused, because either could be meant.
///
/// # Errors
/// [`ParseAddressError`] with the network that was probably meant.
pub fn parse_cidr(text: &str) -> Result<IpNet, ParseAddressError> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Ok(IpNet::from(address));
    }
    let net: IpNet = text.parse().map_err(|_| ParseAddressError::NotAnAddress(text.to_owned()))?;
    if net.trunc() == net {
        Ok(net)
    } else {
        Err(ParseAddressError::HostBits { text: text.to_owned(), meant: net.trunc() })
    }
}

fn join<T: Copy + Ord>(mut ranges: Vec<(T, T)>, next: impl Fn(T) -> Option<T>) -> Vec<(T, T)> {
    ranges.sort_unstable();
    let mut joined: Vec<(T, T)> = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match joined.last_mut() {
            Some(last) if next(last.1).is_none_or(|n| low <= n) => last.1 = last.1.max(high),
            _ => joined.push((low, high)),
        }
    }
    joined
}

fn gaps<T: Copy + Ord>(
    ranges: &[(T, T)],
    first: T,
    last: T,
    next: impl Fn(T) -> Option<T>,
    before: impl Fn(T) -> Option<T>,
) -> Vec<(T, T)> {
    let mut out = Vec::new();
    let mut from = Some(first);
    for &(low, high) in ranges {
        if let (Some(from), Some(to)) = (from, before(low))
            && from <= to
        {
            out.push((from, to));
        }
        from = next(high);
    }
    if let Some(from) = from {
        out.push((from, last));
    }
    out
}

fn meet<T: Copy + Ord>(a: &[(T, T)], b: &[(T, T)]) -> Vec<(T, T)> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let (low, high) = (x.0.max(y.0), x.1.min(y.1));
        if low <= high {
            out.push((low, high));
        }
        if x.1 < y.1 { i += 1 } else { j += 1 }
    }
    out
}

impl IpSet {
    /// No address.
    #[must_use]
    pub const fn empty() -> Self {
        Self { v4: Vec::new(), v6: Vec::new() }
    }

    /// Every address of both families.
    #[must_use]
    pub fn any() -> Self {
        Self { v4: vec![(0, u32::MAX)], v6: vec![(0, u128::MAX)] }
    }

    /// Every IPv4 address.
    #[must_use]
    pub fn any_v4() -> Self {
        Self { v4: vec![(0, u32::MAX)], v6: Vec::new() }
    }

    /// Every IPv6 address.
    #[must_use]
    pub fn any_v6() -> Self {
        Self { v4: Vec::new(), v6: vec![(0, u128::MAX)] }
    }

    /// This address alone.
    #[must_use]
    pub fn host(address: IpAddr) -> Self {
        Self::range(address, address)
    }

    /// The addresses from `low` to `high`, both included; empty if the families differ or the range is inverted.
    #[must_use]
    pub fn range(low: IpAddr, high: IpAddr) -> Self {
        match (low, high) {
            (IpAddr::V4(low), IpAddr::V4(high)) if low <= high => {
                Self { v4: vec![(low.to_bits(), high.to_bits())], v6: Vec::new() }
            }
            (IpAddr::V6(low), IpAddr::V6(high)) if low <= high => {
                Self { v4: Vec::new(), v6: vec![(low.to_bits(), high.to_bits())] }
            }
            _ => Self::empty(),
        }
    }

    /// Whether no address is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Whether every address of both families is in the set.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.v4 == [(0, u32::MAX)] && self.v6 == [(0, u128::MAX)]
    }

    /// Whether some IPv4 (first) and some IPv6 (second) address is in the set.
    #[must_use]
    pub fn families(&self) -> (bool, bool) {
        (!self.v4.is_empty(), !self.v6.is_empty())
    }

    /// Whether `address` is in the set.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        fn within<T: Ord + Copy>(ranges: &[(T, T)], x: T) -> bool {
            ranges.partition_point(|r| r.0 <= x).checked_sub(1).is_some_and(|i| x <= ranges[i].1)
        }
        match address {
            IpAddr::V4(a) => within(&self.v4, a.to_bits()),
            IpAddr::V6(a) => within(&self.v6, a.to_bits()),
        }
    }

    /// All addresses that are in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            v4: join([&self.v4[..], &other.v4[..]].concat(), |x| x.checked_add(1)),
            v6: join([&self.v6[..], &other.v6[..]].concat(), |x| x.checked_add(1)),
        }
    }

    /// All addresses that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self { v4: meet(&self.v4, &other.v4), v6: meet(&self.v6, &other.v6) }
    }

    /// All addresses of both families that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self {
            v4: gaps(&self.v4, 0, u32::MAX, |x| x.checked_add(1), |x| x.checked_sub(1)),
            v6: gaps(&self.v6, 0, u128::MAX, |x| x.checked_add(1), |x| x.checked_sub(1)),
        }
    }

    /// All addresses of this set that are not in `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }

    /// Whether some address is in both sets.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// Whether every address of `other` is in this set.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.minus(self).is_empty()
    }

    /// The fewest CIDRs that make up the set, IPv4 first.
    #[must_use]
    pub fn cidrs(&self) -> Vec<IpNet> {
        let v4 = self.v4.iter().flat_map(|&(low, high)| {
            ipnet::Ipv4Subnets::new(Ipv4Addr::from_bits(low), Ipv4Addr::from_bits(high), 0)
                .map(IpNet::V4)
        });
        let v6 = self.v6.iter().flat_map(|&(low, high)| {
            ipnet::Ipv6Subnets::new(Ipv6Addr::from_bits(low), Ipv6Addr::from_bits(high), 0)
                .map(IpNet::V6)
        });
        v4.chain(v6).collect()
    }

    /// All addresses that are in any of the sets.
    #[must_use]
    pub fn joined<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for set in sets {
            v4.extend_from_slice(&set.v4);
            v6.extend_from_slice(&set.v6);
        }
        Self { v4: join(v4, |x| x.checked_add(1)), v6: join(v6, |x| x.checked_add(1)) }
    }

    /// How many addresses it holds; [`u128::MAX`] for more than can be counted.
    #[must_use]
    pub fn count(&self) -> u128 {
        let v4 = self.v4.iter().map(|&(low, high)| u128::from(high - low) + 1);
        let v6 = self.v6.iter().map(|&(low, high)| (high - low).saturating_add(1));
        v4.chain(v6).fold(0, u128::saturating_add)
    }

    /// The fewest CIDRs that make up the set, as text; a single address without its prefix length.
    #[must_use]
    pub fn networks(&self) -> Vec<String> {
        let text = |net: IpNet| {
            if net.prefix_len() == net.max_prefix_len() {
                net.addr().to_string()
            } else {
                net.to_string()
            }
        };
        self.cidrs().into_iter().map(text).collect()
    }

    /// The inclusive ranges of one family as numbers, sorted and disjoint.
    pub(super) fn ranges(&self, v4: bool) -> Vec<(u128, u128)> {
        if v4 {
            self.v4.iter().map(|&(low, high)| (low.into(), high.into())).collect()
        } else {
            self.v6.clone()
        }
    }

    /// The set of inclusive ranges of one family, in ascending order.
    pub(super) fn of_ranges(v4: bool, ranges: Vec<(u128, u128)>) -> Self {
        if !v4 {
            return Self { v4: Vec::new(), v6: join(ranges, |x| x.checked_add(1)) };
        }
        let low = |n: u128| u32::try_from(n).unwrap_or(u32::MAX);
        let ranges = ranges.into_iter().map(|(a, b)| (low(a), low(b))).collect();
        Self { v4: join(ranges, |x| x.checked_add(1)), v6: Vec::new() }
    }

    /// The lowest address of the set, IPv4 before IPv6.
    #[must_use]
    pub fn first(&self) -> Option<IpAddr> {
        let v4 = self.v4.first().map(|r| IpAddr::V4(Ipv4Addr::from_bits(r.0)));
        v4.or_else(|| self.v6.first().map(|r| IpAddr::V6(Ipv6Addr::from_bits(r.0))))
    }
}

impl From<IpNet> for IpSet {
    fn from(net: IpNet) -> Self {
        Self::range(net.network(), net.broadcast())
    }
}

impl FromIterator<IpNet> for IpSet {
    fn from_iter<I: IntoIterator<Item = IpNet>>(nets: I) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for net in nets {
            match net {
                IpNet::V4(n) => v4.push((n.network().to_bits(), n.broadcast().to_bits())),
                IpNet::V6(n) => v6.push((n.network().to_bits(), n.broadcast().to_bits())),
            }
        }
        Self { v4: join(v4, |x| x.checked_add(1)), v6: join(v6, |x| x.checked_add(1)) }
    }
}

/// Writes `any`, or the CIDRs with commas; a single address without its prefix length.
impl fmt::Display for IpSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_any() {
            return f.write_str("any");
        }
        f.write_str(&self.networks().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(nets: &[&str]) -> IpSet {
        nets.iter().map(|n| parse_cidr(n).unwrap()).collect()
    }

    #[test]
    fn host_bits_are_refused_with_the_network_meant() {
        let error = parse_cidr("10.1.2.3/16").unwrap_err().to_string();
        assert!(error.contains("10.1.0.0/16"), "{error}");
    }

    #[test]
    fn exclusion_leaves_the_rest_as_plain_cidrs() {
        let left = set(&["10.2.0.0/22"]).minus(&set(&["10.2.1.0/24"]));
        assert_eq!(left.to_string(), "10.2.0.0/24, 10.2.2.0/23");
    }

    proptest! {
        #[test]
        fn set_operations_agree_with_membership(a: [u32; 4], b: [u32; 4], x: u32) {
            let make = |v: [u32; 4]| IpSet {
                v4: join(vec![(v[0].min(v[1]), v[0].max(v[1])), (v[2].min(v[3]), v[2].max(v[3]))], |x| x.checked_add(1)),
                v6: Vec::new(),
            };
            let (a, b, x) = (make(a), make(b), IpAddr::V4(Ipv4Addr::from_bits(x)));
            prop_assert_eq!(a.union(&b).contains(x), a.contains(x) || b.contains(x));
            prop_assert_eq!(a.intersection(&b).contains(x), a.contains(x) && b.contains(x));
            prop_assert_eq!(a.minus(&b).contains(x), a.contains(x) && !b.contains(x));
            prop_assert_eq!(&a.complement().complement(), &a);
            prop_assert_eq!(a.cidrs().into_iter().collect::<IpSet>(), a);
        }
    }
}
