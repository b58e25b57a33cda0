//! The hello inside QUIC's first datagram.

use super::{Transaction, tls};
use crate::suricata::AppProto;

/// The transaction of a first datagram, as [`crate::net::wire`] writes it: the hello in the clear.
pub(super) fn initial(bytes: &[u8]) -> Option<Transaction> {
    if !bytes.starts_with(&[0xc0, 0, 0, 0, 1]) {
        return None;
    }
    let mut tx = Transaction::new(0, AppProto::QUIC);
    let hello = tls::client_hello(crypto(bytes)?)?;
    if let Some(name) = hello.sni {
        tx.buffers.insert("quic.sni", name);
        tx.fresh.push("quic.sni");
    }
    Some(tx)
}

/// The content of the CRYPTO frame.
fn crypto(bytes: &[u8]) -> Option<&[u8]> {
    let id_len = usize::from(*bytes.get(5)?);
    // Version and flags, both connection ids, the token's length, the length, the packet number, type and offset of the frame.
    let frame = 6 + id_len + 1 + 1 + 2 + 1 + 2;
    let len =
        usize::from(u16::from_be_bytes([*bytes.get(frame)?, *bytes.get(frame + 1)?]) & 0x3fff);
    bytes.get(frame + 2..frame + 2 + len)
}
