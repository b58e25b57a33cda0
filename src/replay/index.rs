//! Which row a request is counted in, found without looking at the rows.

use std::hash::{BuildHasher, Hash, Hasher};
use std::net::IpAddr;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::seen::Unsaid;
use super::tally::Row;
use crate::net::Scheme;

/// What tells a row apart from others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'k> {
    pub from: IpAddr,
    pub scheme: Scheme,
    pub host: &'k str,
    pub port: u16,
    /// The path, where it is part of what tells rows apart.
    pub path: Option<&'k str>,
    pub class: [u32; 2],
    pub unsaid: Option<Unsaid>,
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
        }
    }
}

/// Rows by their keys. Names stand once, however many ask for them; what is looked at for a request lies side by side.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// All names, one behind the other; a path follows its host.
    text: String,
    names: HashTable<Name>,
    spots: HashTable<Spot>,
    hasher: DefaultHashBuilder,
}

/// A host, or a host and a path.
#[derive(Debug, Clone, Copy)]
struct Name {
    hash: u64,
    begin: usize,
    host: u32,
    path: Option<u32>,
}

/// A row by the name that is asked for: where that begins.
#[derive(Debug, Clone, Copy)]
struct Spot {
    asked: Asked,
    row: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Asked {
    name: usize,
    from: IpAddr,
    class: [u32; 2],
    port: u16,
    scheme: Scheme,
    unsaid: Option<Unsaid>,
    by_path: bool,
}

impl Asked {
    const fn of(key: &Key<'_>, name: usize) -> Self {
        let Key { from, class, port, scheme, unsaid, .. } = *key;
        Self { name, from, class, port, scheme, unsaid, by_path: key.path.is_some() }
    }

    fn hash(&self, hasher: &DefaultHashBuilder) -> u64 {
        let mut hasher = hasher.build_hasher();
        hasher.write_usize(self.name);
        match self.from {
            IpAddr::V4(address) => hasher.write_u32(address.to_bits()),
            IpAddr::V6(address) => hasher.write_u128(address.to_bits()),
        }
        let small =
            u64::from(self.port) | (self.scheme as u64) << 16 | u64::from(self.by_path) << 32;
        hasher.write_u64(small | u64::from(self.class[0]) << 33);
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
        let asked = Asked::of(key, self.name(key, self.name_hash(key))?);
        let spot = self.spots.find(asked.hash(&self.hasher), |spot| spot.asked == asked)?;
        Some(spot.row)
    }

    /// Adds a row that is not there.
    pub(super) fn add(&mut self, key: &Key<'_>, row: u32) {
        let hash = self.name_hash(key);
        let name = self.name(key, hash).unwrap_or_else(|| {
            let begin = self.text.len();
            self.text.push_str(key.host);
            self.text.push_str(key.path.unwrap_or_default());
            let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
            let name = Name { hash, begin, host: length(key.host), path: key.path.map(length) };
            self.names.insert_unique(hash, name, |name| name.hash);
            // Also a name without any text has a place of its own.
            self.text.push('\n');
            begin
        });
        let asked = Asked::of(key, name);
        let hasher = &self.hasher;
        let spot = Spot { asked, row };
        self.spots.insert_unique(asked.hash(hasher), spot, |spot| spot.asked.hash(hasher));
    }

    fn name(&self, key: &Key<'_>, hash: u64) -> Option<usize> {
        self.names.find(hash, |name| name.is(&self.text, hash, key)).map(|name| name.begin)
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
