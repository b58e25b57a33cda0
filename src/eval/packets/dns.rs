//! The one thing rules ask of DNS: the name in the question.

use super::Transaction;
use crate::suricata::AppProto;

/// The transaction of a query.
pub(super) fn query(bytes: &[u8]) -> Option<Transaction> {
    let mut tx = Transaction::new(0, AppProto::DNS);
    tx.buffers.insert("dns.query", name(bytes)?);
    tx.fresh.push("dns.query");
    Some(tx)
}

/// The name asked for, in dots, as sent (RFC 1035).
pub(super) fn name(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.get(4..6)? != [0, 1] {
        return None;
    }
    let mut rest = bytes.get(12..)?;
    let mut name = Vec::new();
    loop {
        let (&len, after) = rest.split_first()?;
        if len == 0 {
            return (after.len() >= 4).then_some(name);
        }
        if len > 63 {
            return None;
        }
        if !name.is_empty() {
            name.push(b'.');
        }
        name.extend(after.get(..len.into())?);
        rest = &after[len.into()..];
    }
}
