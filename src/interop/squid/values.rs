use std::net::IpAddr;

use super::acl::{Asks, Value};
use crate::messages::{Text, squid as say};
use crate::net::{DomainPattern, IpSet, PortSet, parse_cidr};

/// Reads an address, a network with a length or a mask, or a range of addresses with or without a mask.
pub(super) fn address_set(text: &str) -> Result<IpSet, Text> {
    let bad = || say::bad_address(text);
    match text {
        "all"
        | "0.0.0.0/0"
        | "0/0"
        | "0.0.0.0/0.0.0.0"
        | "0.0.0.0-255.255.255.255"
        | "0.0.0.0-0.0.0.0/0" => return Ok(IpSet::any()),
        "ipv4" => return Ok(IpSet::any_v4()),
        "ipv6" => return Ok(IpSet::any_v6()),
        "none" => return Ok(IpSet::empty()),
        _ => {}
    }
    let (addresses, mask) = match text.split_once('/') {
        Some((addresses, mask)) => (addresses, Some(mask)),
        None => (text, None),
    };
    let length = |address: IpAddr| match mask {
        None => Ok(None),
        Some(mask) => prefix(mask, address).map(Some).ok_or_else(bad),
    };
    if let Some((low, high)) = addresses.split_once('-') {
        let (low, high): (IpAddr, IpAddr) =
            (low.parse().map_err(|_| bad())?, high.parse().map_err(|_| bad())?);
        if low.is_ipv4() != high.is_ipv4() || low > high {
            return Err(bad());
        }
        // A mask behind a range makes both ends networks.
        let length = length(low)?;
        let (first, last) = match length {
            Some(length) => (network(low, length), network(high, length)),
            None => (IpSet::host(low), IpSet::host(high)),
        };
        return match (first.first(), last.networks().is_empty()) {
            (Some(_), false) => Ok(IpSet::range(low, high).union(&first).union(&last)),
            _ => Err(bad()),
        };
    }
    let address: IpAddr = addresses.parse().map_err(|_| bad())?;
    // A network without a length is a host; Squid clears the bits behind the mask.
    Ok(match length(address)? {
        Some(length) => network(address, length),
        None => IpSet::host(address),
    })
}

fn network(address: IpAddr, length: u8) -> IpSet {
    ipnet::IpNet::new(address, length).map_or_else(|_| IpSet::empty(), |net| net.trunc().into())
}

/// The length of `24` or `255.255.255.0`; a mask with holes has none.
fn prefix(mask: &str, address: IpAddr) -> Option<u8> {
    let most = if address.is_ipv4() { 32 } else { 128 };
    match mask.parse::<u8>() {
        Ok(length) => (length <= most).then_some(length),
        Err(_) => {
            ipnet::ip_mask_to_prefix(mask.parse().ok()?).ok().filter(|length| *length <= most)
        }
    }
}

/// Reads `example.com`, or `.example.com` with all below it.
pub(super) fn host_name(text: &str) -> Result<DomainPattern, Text> {
    let bare = text.strip_prefix('.').unwrap_or(text);
    if bare.parse::<IpAddr>().is_ok() || parse_cidr(bare).is_ok() {
        return Err(say::address_as_name(text));
    }
    if text.starts_with('*') {
        return Err(say::star_in_name(text));
    }
    text.parse().map_err(|_| say::bad_name(text))
}

/// Reads `443` or `1025-65535`.
pub(super) fn port_set(text: &str) -> Result<PortSet, Text> {
    text.parse().map_err(|_| say::bad_port(text))
}

/// What an ACL of methods asks: of all methods only `CONNECT` can be told from others by a firewall, which sees a TLS
/// connection instead.
pub(super) fn methods(values: &[Value]) -> Asks {
    let is = |value: &Value, word: &str| value.text.eq_ignore_ascii_case(word);
    if values.iter().all(|value| is(value, "CONNECT")) {
        return Asks::Tunnel;
    }
    // Only caches are told to forget something.
    if values.iter().all(|value| is(value, "PURGE")) {
        return Asks::Never;
    }
    Asks::Unknown(say::not_asked("method"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_squid_reads_them() {
        let read = |text: &str| address_set(text).map(|set| set.to_string());
        assert_eq!(read("10.1.2.3/255.255.0.0").unwrap(), read("10.1.0.0/16").unwrap());
        assert_eq!(read("10.0.0.0-10.0.1.0/24").unwrap(), read("10.0.0.0/23").unwrap());
        assert_eq!(read("10.0.0.1").unwrap(), read("10.0.0.1/32").unwrap());
        assert!(read("10.0.0.0/255.0.255.0").is_err());
        assert!(read("10.0.0.9-10.0.0.1").is_err());
        assert!(read("host.example").is_err());
    }
}
