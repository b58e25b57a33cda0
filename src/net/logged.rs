use std::net::IpAddr;

/// An address as logs write it; dotted quads, which most are, are read by hand. One of IPv4 that is written as one of IPv6
/// (`::ffff:10.1.2.3`) is that of IPv4: it is what goes over the network.
#[must_use]
pub fn logged_address(text: &[u8]) -> Option<IpAddr> {
    quad(text).or_else(|| {
        let address: IpAddr = std::str::from_utf8(text).ok()?.parse().ok()?;
        Some(address.to_canonical())
    })
}

/// A dotted quad in its plain form; `None` sends it to the library's reader.
fn quad(text: &[u8]) -> Option<IpAddr> {
    let (mut address, mut part, mut digits, mut dots) = (0_u32, 0_u32, 0, 0);
    for byte in text {
        match byte {
            b'0'..=b'9' if digits < 3 && !(digits == 1 && part == 0) => {
                part = part * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'.' if digits > 0 && part < 256 && dots < 3 => {
                address = address << 8 | part;
                (part, digits, dots) = (0, 0, dots + 1);
            }
            _ => return None,
        }
    }
    (dots == 3 && digits > 0 && part < 256)
        .then(|| IpAddr::from((address << 8 | part).to_be_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ipv4_are_known_in_the_dress_of_ipv6() {
        assert_eq!(logged_address(b"::ffff:10.1.2.3"), "10.1.2.3".parse().ok());
        assert_eq!(logged_address(b"2001:db8::1"), "2001:db8::1".parse().ok());
    }

    #[test]
    fn quads_are_read_as_the_library_reads_them() {
        for text in [
            "10.1.2.3",
            "255.255.255.255",
            "0.0.0.0",
            "256.1.1.1",
            "1.2.3",
            "01.2.3.4",
            "1.2.3.4.5",
            "1..2.3",
            "1.2.3.",
            "1234.1.1.1",
        ] {
            assert_eq!(logged_address(text.as_bytes()), text.parse().ok(), "{text}");
        }
    }
}
