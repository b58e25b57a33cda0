//! Names that no rule tells apart, found without playing flows: for who asks about many of them.

use std::net::IpAddr;

use super::index::{directions, ending};
use super::prepare::Prepared;
use super::{Evaluator, Met};

/// A buffer that holds the name of a request, ready to be asked about: see [`Evaluator::asking`].
#[derive(Debug, Clone)]
pub struct Asking {
    buffer: &'static str,
    /// The slots of the rules that ask it and are found by the ending of another buffer.
    elsewhere: Vec<u32>,
}

impl Evaluator {
    /// Makes ready what rules ask of a buffer. `None` where what becomes of it does not hang on the bytes of the buffer alone:
    /// behind stateless rules the engine may take a server for a client, and what is late may be looked at without transforms.
    #[must_use]
    pub fn asking(&self, buffer: &'static str) -> Option<Asking> {
        let late = |rule: &Prepared| {
            let mut asked = rule.buffers.iter().filter(|asked| asked.name == buffer);
            !rule.searches && asked.any(|asked| !asked.transforms.is_empty())
        };
        if self.stateless.is_some() || self.rules.iter().any(late) {
            return None;
        }
        let elsewhere = |rule: &Prepared| {
            asks(rule, buffer) && ending(rule).is_some_and(|(by, _)| by != buffer)
        };
        let slots = self.rules.slots().iter().copied();
        let elsewhere = slots.filter(|slot| elsewhere(&self.rules.in_slot(*slot).rule)).collect();
        Some(Asking { buffer, elsewhere })
    }

    /// Finds the rules that may be about this client and ask the buffer for what it holds, or may hold, where it is `said`:
    /// twice the number of each, and one more where it only may. Two names of which the same is found are the same to all
    /// rules that ask for names in this buffer only.
    pub fn named(&self, asking: &Asking, client: IpAddr, said: &[u8], found: &mut Vec<u32>) {
        found.clear();
        self.index.find(client, &[(asking.buffer, said)], found);
        let holding = |slot: u32| {
            let rule = self.rules.place(slot).map(|_| &self.rules.in_slot(slot).rule)?;
            if !asks(rule, asking.buffer) || !may_be_about(rule, client) {
                return None;
            }
            match rule.holds(asking.buffer, said) {
                Met::No => None,
                Met::Yes => Some(2 * slot),
                Met::Unknown => Some(2 * slot + 1),
            }
        };
        found.retain_mut(|slot| match holding(*slot) {
            Some(holds) => {
                *slot = holds;
                true
            }
            None => false,
        });
        found.extend(asking.elsewhere.iter().filter_map(|slot| holding(*slot)));
        found.sort_unstable();
        found.dedup();
    }
}

fn asks(rule: &Prepared, buffer: &str) -> bool {
    rule.buffers.iter().any(|asked| asked.name == buffer)
}

/// Whether a rule can match any packet of flows of this client.
fn may_be_about(rule: &Prepared, client: IpAddr) -> bool {
    let [to_server, to_client] = directions(rule);
    (to_server && rule.source.has(client) != Met::No)
        || (to_client && rule.destination.has(client) != Met::No)
}
