use std::rc::Rc;

/// A set of classes by their numbers, ascending; shared, since many cells have the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::analysis) struct ClassSet(Rc<[u32]>);

impl ClassSet {
    /// The classes from 0 up to `end`.
    pub(in crate::analysis) fn below(end: usize) -> Self {
        Self((0..u32::try_from(end).unwrap_or(u32::MAX)).collect())
    }

    /// These classes, in any order.
    pub(in crate::analysis) fn of(mut classes: Vec<u32>) -> Self {
        classes.sort_unstable();
        classes.dedup();
        Self(classes.into())
    }

    pub(in crate::analysis) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::analysis) fn len(&self) -> usize {
        self.0.len()
    }

    pub(in crate::analysis) fn first(&self) -> Option<u32> {
        self.0.first().copied()
    }

    pub(in crate::analysis) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied()
    }

    pub(in crate::analysis) fn has(&self, class: u32) -> bool {
        self.0.binary_search(&class).is_ok()
    }

    /// Whether some class is in both.
    pub(in crate::analysis) fn meets(&self, other: &Self) -> bool {
        let (few, many) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        if many.len() > 16 * few.len() {
            return few.iter().any(|class| many.has(class));
        }
        let (mut a, mut b) = (few.iter().peekable(), many.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
            }
        }
        false
    }

    /// The classes in both.
    pub(in crate::analysis) fn and(&self, other: &Self) -> Self {
        let (few, many) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        Self(few.iter().filter(|class| many.has(*class)).collect())
    }

    /// The classes in this or any of the others.
    pub(in crate::analysis) fn with<'s>(&'s self, others: impl Iterator<Item = &'s Self>) -> Self {
        Self::of(std::iter::once(self).chain(others).flat_map(Self::iter).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_where_they_have_a_class_in_common() {
        let (even, odd) = (ClassSet::of(vec![4, 0, 2]), ClassSet::of(vec![1, 3]));
        assert!(!even.meets(&odd) && even.meets(&even));
        assert_eq!(even.with([&odd].into_iter()), ClassSet::below(5));
        assert_eq!(even.and(&ClassSet::below(3)), ClassSet::of(vec![0, 2]));
        assert!(even.and(&odd).is_empty());
        assert!(ClassSet::below(100).meets(&odd));
    }
}
