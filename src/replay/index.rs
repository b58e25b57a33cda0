//! Which row a request is counted in, found without looking at the rows.

use std::hash::{BuildHasher, Hash, Hasher};
use std::net::IpAddr;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::client::{as_told, kept};
use super::seen::Unsaid;
use super::tally::Row;
use crate::interop::Told;
use crate::net::{Manner, Scheme};

/// What tells a row apart from others.
#[derive(Debug, Clone)]
pub(super) struct Key<'k> {
    pub from: IpAddr,
    pub scheme: Scheme,
    pub host: &'k str,
    pub port: u16,
    /// The path, where it is part of what tells rows apart.
    pub path: Option<&'k str>,
    pub class: [u32; 2],
    pub unsaid: Option<Unsaid>,
    pub manner: Told<'k>,
}

impl Row {
    pub(super) fn key(&self) -> Key<'_> {
        Key {
            from: self.request.from,
            scheme: self.request.scheme,
            host: &self.request.host,
            port: self.request.port,
            path: self.by_path.then_some(self.request.path.as_str()),
            class: self.class,
            unsaid: self.unsaid,
            manner: as_told(&self.manner),
        }
    }
}

/// Rows by their keys. Names and clients stand once; what is looked at for each request is small and lies side by side, since
/// most of the time goes into waiting for memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// All names, one behind the other; a path follows its host.
    text: String,
    names: HashTable<Name>,
    clients: HashMap<IpAddr, u32>,
    /// All manners but the usual one, which is 0.
    manners: HashMap<Manner, u32>,
    spots: HashTable<(Spot, u32)>,
    hasher: DefaultHashBuilder,
}

/// A host, or a host and a path.
#[derive(Debug, Clone, Copy)]
struct Name {
    hash: u64,
    number: u32,
    begin: usize,
    host: u32,
    path: Option<u32>,
}

/// What tells rows apart, with numbers for name and client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    name: u32,
    client: u32,
    manner: u32,
    class: [u32; 2],
    port: u16,
    scheme: Scheme,
    unsaid: Option<Unsaid>,
}

impl Spot {
    const fn of(key: &Key<'_>, name: u32, client: u32, manner: u32) -> Self {
        let Key { class, port, scheme, unsaid, .. } = *key;
        Self { name, client, manner, class, port, scheme, unsaid }
    }

    fn hash(&self, hasher: &DefaultHashBuilder) -> u64 {
        let mut hasher = hasher.build_hasher();
        hasher.write_u64(u64::from(self.name) | u64::from(self.client) << 32);
        let small = u64::from(self.port) | (self.scheme as u64) << 16;
        let small = small ^ u64::from(self.manner) << 20;
        hasher.write_u64(small | u64::from(self.class[0]) << 32);
        hasher.finish()
    }
}

impl Name {
    fn is(&self, text: &str, hash: u64, key: &Key<'_>) -> bool {
        let host = self.begin + self.host as usize;
        let same = |path: u32, other: &str| {
            text.as_bytes().get(host..host + path as usize) == Some(other.as_bytes())
        };
        self.hash == hash
            && text.as_bytes().get(self.begin..host) == Some(key.host.as_bytes())
            && match (self.path, key.path) {
                (None, None) => true,
                (Some(path), Some(other)) => same(path, other),
                (Some(_), None) | (None, Some(_)) => false,
            }
    }
}

impl Index {
    /// The row with this key.
    pub(super) fn find(&self, key: &Key<'_>) -> Option<u32> {
        self.spot(key).and_then(|(hash, spot)| self.at(hash, &spot))
    }

    /// Where the row with this key is looked for; nothing where there is none for certain.
    pub(super) fn spot(&self, key: &Key<'_>) -> Option<(u64, Spot)> {
        let name = self.name(key, self.name_hash(key))?;
        let spot = Spot::of(key, name, *self.clients.get(&key.from)?, self.manner(&key.manner)?);
        Some((spot.hash(&self.hasher), spot))
    }

    /// The row that is there.
    pub(super) fn at(&self, hash: u64, spot: &Spot) -> Option<u32> {
        self.spots.find(hash, |(other, _)| other == spot).map(|(_, row)| *row)
    }

    /// Adds a row that is not there.
    pub(super) fn add(&mut self, key: &Key<'_>, row: u32) {
        let hash = self.name_hash(key);
        let name = self.name(key, hash).unwrap_or_else(|| self.add_name(key, hash));
        let new = u32::try_from(self.clients.len()).unwrap_or(u32::MAX);
        let client = *self.clients.entry(key.from).or_insert(new);
        let manner = self.manner(&key.manner).unwrap_or_else(|| {
            let new = u32::try_from(self.manners.len() + 1).unwrap_or(u32::MAX);
            self.manners.insert(kept(&key.manner), new);
            new
        });
        let spot = Spot::of(key, name, client, manner);
        let hasher = &self.hasher;
        self.spots.insert_unique(spot.hash(hasher), (spot, row), |(spot, _)| spot.hash(hasher));
    }

    fn manner(&self, manner: &Told<'_>) -> Option<u32> {
        if *manner == Told::default() { Some(0) } else { self.manners.get(manner).copied() }
    }

    fn add_name(&mut self, key: &Key<'_>, hash: u64) -> u32 {
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let (begin, host, path) = (self.text.len(), length(key.host), key.path.map(length));
        self.text.push_str(key.host);
        self.text.push_str(key.path.unwrap_or_default());
        let name = Name { hash, number, begin, host, path };
        self.names.insert_unique(hash, name, |name| name.hash);
        number
    }

    fn name(&self, key: &Key<'_>, hash: u64) -> Option<u32> {
        self.names.find(hash, |name| name.is(&self.text, hash, key)).map(|name| name.number)
    }

    fn name_hash(&self, key: &Key<'_>) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(key.host.as_bytes());
        if let Some(path) = key.path {
            path.hash(&mut hasher);
        }
        hasher.finish()
    }
}
