use aes_gcm::aes::Aes128;
use aes_gcm::aes::cipher::BlockEncrypt;
use aes_gcm::{AeadInPlace, Aes128Gcm, KeyInit};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::net::{Flow, Talk, WirePacket, wire};

/// What the initial keys are made of, together with the connection id. Source: RFC 9001 §5.2.
const SALT: [u8; 20] = [
    0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad,
    0xcc, 0xbb, 0x7f, 0x0a,
];

/// Bytes that encryption adds.
const TAG: usize = 16;

/// The packets of a flow as they are on the wire: QUIC's first datagram is encrypted there, with keys
/// that everybody can derive.
#[must_use]
pub fn on_the_wire(flow: &Flow) -> Vec<WirePacket> {
    let mut packets = wire(flow);
    if matches!(flow.talk, Talk::Quic(_)) {
        for packet in packets.iter_mut().filter(|packet| packet.to_server) {
            if let Some(sealed) = sealed(&packet.payload) {
                packet.payload = sealed;
            }
        }
    }
    packets
}

/// Encrypts a client's Initial packet (RFC 9001 §5), as long as it was where its padding allows it; `None` when it is none.
///
/// It has a packet number of one byte, a length of two, and no token.
fn sealed(datagram: &[u8]) -> Option<Vec<u8>> {
    let id_length = usize::from(*datagram.get(5)?);
    let id = datagram.get(6..6 + id_length)?;
    let source_length = usize::from(*datagram.get(6 + id_length)?);
    // Source connection id with its length, length of the token.
    let length_at = 6 + id_length + 1 + source_length + 1;
    let number_at = length_at + 2;
    let mut header = datagram.get(..=number_at)?.to_vec();
    let padded = &datagram[number_at + 1..];
    let frames = padded.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let mut body = padded.to_vec();
    body.resize(frames.max(padded.len().saturating_sub(TAG)), 0);
    let length = u16::try_from(1 + body.len() + TAG).ok().filter(|length| *length < 0x4000)?;
    header[length_at..number_at].copy_from_slice(&(0x4000 | length).to_be_bytes());

    let keys = Keys::of_client(id)?;
    // The packet number is 0: the nonce is the vector itself.
    let tag = Aes128Gcm::new(&keys.key.into())
        .encrypt_in_place_detached(&keys.vector.into(), &header, &mut body)
        .ok()?;
    let mut out = header;
    out.extend(body);
    out.extend(tag);
    let mut mask: [u8; 16] = out.get(number_at + 4..number_at + 20)?.try_into().ok()?;
    Aes128::new(&keys.protection.into()).encrypt_block((&mut mask).into());
    out[0] ^= mask[0] & 0x0f;
    out[number_at] ^= mask[1];
    Some(out)
}

struct Keys {
    key: [u8; 16],
    vector: [u8; 12],
    protection: [u8; 16],
}

impl Keys {
    /// The client's initial keys for a connection id.
    fn of_client(id: &[u8]) -> Option<Self> {
        let initial = Hkdf::<Sha256>::new(Some(&SALT), id);
        let secret: [u8; 32] = derived(&initial, "client in")?;
        let secret = Hkdf::<Sha256>::from_prk(&secret).ok()?;
        Some(Self {
            key: derived(&secret, "quic key")?,
            vector: derived(&secret, "quic iv")?,
            protection: derived(&secret, "quic hp")?,
        })
    }
}

/// `HKDF-Expand-Label` with an empty context. Source: RFC 8446 §7.1.
fn derived<const N: usize>(secret: &Hkdf<Sha256>, label: &str) -> Option<[u8; N]> {
    let length = u16::try_from(N).ok()?.to_be_bytes();
    let label_length = [u8::try_from("tls13 ".len() + label.len()).ok()?];
    let parts: [&[u8]; 5] = [&length, &label_length, b"tls13 ", label.as_bytes(), &[0]];
    let mut out = [0; N];
    secret.expand_multi_info(&parts, &mut out).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_standard() {
        // RFC 9001, appendix A.1.
        let keys = Keys::of_client(&[0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08]).unwrap();
        assert_eq!(keys.key[..4], [0x1f, 0x36, 0x96, 0x13]);
        assert_eq!(keys.vector[..4], [0xfa, 0x04, 0x4b, 0x2f]);
        assert_eq!(keys.protection[..4], [0x9f, 0x50, 0x44, 0x9e]);
    }
}
