//! Addresses by their class: which of those that no rule tells apart.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::net::AddressClass;

/// The classes of all addresses of both families, to be looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct Networks {
    v4: Vec<(u32, u32)>,
    v6: Vec<(u128, u32)>,
}

impl Networks {
    /// A table of these classes, of IPv4 and of IPv6.
    pub(super) fn new(v4: &[AddressClass], v6: &[AddressClass]) -> Self {
        let mut networks = Self::default();
        for (class, number) in v4.iter().chain(v6).zip(0_u32..) {
            for net in class.set.cidrs() {
                match net {
                    IpNet::V4(net) => networks.v4.push((net.network().to_bits(), number)),
                    IpNet::V6(net) => networks.v6.push((net.network().to_bits(), number)),
                }
            }
        }
        networks.v4.sort_unstable();
        networks.v4.dedup_by_key(|(_, class)| *class);
        networks.v6.sort_unstable();
        networks.v6.dedup_by_key(|(_, class)| *class);
        networks
    }

    /// The number of an address's class; another for each class, whatever its family.
    pub(super) fn class(&self, address: IpAddr) -> u32 {
        match address {
            IpAddr::V4(address) => at(&self.v4, address.to_bits()),
            IpAddr::V6(address) => at(&self.v6, address.to_bits()),
        }
    }
}

/// The class of the last network that begins at or before an address.
fn at<T: Ord + Copy>(starts: &[(T, u32)], address: T) -> u32 {
    let behind = starts.partition_point(|(start, _)| *start <= address);
    behind.checked_sub(1).and_then(|at| starts.get(at)).map_or(u32::MAX, |(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{IpSet, classes};

    #[test]
    fn class_of_an_address_is_the_one_that_holds_it() {
        let set = |text: &str| -> IpSet {
            text.split(' ').map(|c| crate::net::parse_cidr(c).unwrap()).collect()
        };
        let sets = [set("10.0.0.0/8 192.0.2.0/24 2001:db8::/32"), set("10.1.0.0/16 10.3.0.0/16")];
        let family = |like: &str| classes(&sets, like.parse().unwrap());
        let (v4, v6) = (family("1.1.1.1"), family("::1"));
        let networks = Networks::new(&v4, &v6);
        let texts =
            ["0.0.0.0", "9.255.255.255", "10.0.0.0", "10.1.2.3", "10.2.0.0", "10.3.255.255"];
        let more = ["255.255.255.255", "192.0.2.7", "::", "2001:db8::1", "2001:db9::", "ffff::"];
        for address in texts.iter().chain(&more).map(|t| t.parse::<IpAddr>().unwrap()) {
            let holds = |class: &&AddressClass| class.set.contains(address);
            let found: Vec<u32> =
                (0..).zip(v4.iter().chain(&v6)).filter(|(_, c)| holds(c)).map(|(n, _)| n).collect();
            assert_eq!(found, [networks.class(address)], "{address}");
        }
    }
}
