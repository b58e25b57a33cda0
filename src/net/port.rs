use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A set of ports as sorted, disjoint, inclusive ranges.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PortSet {
    ranges: Vec<(u16, u16)>,
}

/// Why a port or a range of ports cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PortError {
    /// Not a number from 0 to 65535, nor a range of two.
    #[error("`{0}` is not a port: write a number from 0 to 65535, or a range like `8000-8010`")]
    NotAPort(String),
    /// The range ends before it begins.
    #[error("the port range `{0}` ends before it begins")]
    Inverted(String),
}

impl PortSet {
    /// The ports 0 to 65535.
    #[must_use]
    pub fn any() -> Self {
        Self { ranges: vec![(0, u16::MAX)] }
    }

    /// Builds a set from inclusive ranges in any order; overlapping ones are joined.
    #[must_use]
    pub fn from_ranges(mut ranges: Vec<(u16, u16)>) -> Self {
        ranges.sort_unstable();
        let mut joined: Vec<(u16, u16)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match joined.last_mut() {
                Some(last) if u32::from(low) <= u32::from(last.1) + 1 => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        Self { ranges: joined }
    }

    /// The inclusive ranges, sorted and disjoint.
    #[must_use]
    pub fn ranges(&self) -> &[(u16, u16)] {
        &self.ranges
    }

    /// Whether every port is in the set.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.ranges == [(0, u16::MAX)]
    }

    /// Whether the set has no port at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether `port` is in the set.
    #[must_use]
    pub fn contains(&self, port: u16) -> bool {
        self.ranges.iter().any(|&(low, high)| (low..=high).contains(&port))
    }

    /// Whether some port is in both sets.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.ranges.iter().any(|a| other.ranges.iter().any(|b| a.0 <= b.1 && b.0 <= a.1))
    }

    /// All ports that are in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_ranges(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    /// All ports that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::new();
        let mut next = 0_u32;
        for &(low, high) in &self.ranges {
            if let (Ok(from), Some(to)) = (u16::try_from(next), low.checked_sub(1))
                && from <= to
            {
                gaps.push((from, to));
            }
            next = u32::from(high) + 1;
        }
        if let Ok(from) = u16::try_from(next) {
            gaps.push((from, u16::MAX));
        }
        Self { ranges: gaps }
    }

    /// All ports that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.minus(&other.complement())
    }

    /// All ports of this set that are not in `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.complement().union(other).complement()
    }
}

/// Reads one entry of a policy's `ports`: `443` or `8000-8010`.
impl FromStr for PortSet {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        let port =
            |s: &str| s.trim().parse::<u16>().map_err(|_| PortError::NotAPort(text.to_owned()));
        let (low, high) = match text.split_once('-') {
            Some((low, high)) => (port(low)?, port(high)?),
            None => (port(text)?, port(text)?),
        };
        if low > high {
            return Err(PortError::Inverted(text.to_owned()));
        }
        Ok(Self { ranges: vec![(low, high)] })
    }
}

/// Writes the set as a policy file does: `22, 8000-8010`, or `any`.
impl fmt::Display for PortSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_any() {
            return f.write_str("any");
        }
        for (i, (low, high)) in self.ranges.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            if low == high {
                write!(f, "{comma}{low}")?;
            } else {
                write!(f, "{comma}{low}-{high}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complement_of_complement_is_the_set() {
        for text in ["0", "443", "8000-8010", "65535", "0-65535"] {
            let set: PortSet = text.parse().unwrap();
            assert_eq!(set.complement().complement(), set, "{text}");
        }
    }

    #[test]
    fn touching_ranges_are_joined() {
        let set = PortSet::from_ranges(vec![(5, 9), (10, 12), (1, 2)]);
        assert_eq!(set.to_string(), "1-2, 5-12");
    }

    #[test]
    fn inverted_range_is_refused() {
        assert_eq!("90-80".parse::<PortSet>(), Err(PortError::Inverted("90-80".into())));
    }
}
