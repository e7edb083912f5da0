//! Bookmarks by their time: to put one in, to take one out and to find the one at a place cost little, however many there are.

use super::ids::{SeriesId, StoryId};
use super::stamp::Stamp;

/// A bookmark's place in the order; the later, the further up.
pub(super) type Entry = (Stamp, (SeriesId, StoryId));

/// A run that is longer is split.
const LONGEST: usize = 512;

/// Entries in ascending order, in runs short enough to be changed in no time.
#[derive(Default)]
pub(super) struct Order {
    /// No run is empty.
    runs: Vec<Vec<Entry>>,
    count: usize,
}

impl Order {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The entry in this place, the newest being in place 0.
    pub fn newest(&self, mut place: usize) -> Option<&(SeriesId, StoryId)> {
        for run in self.runs.iter().rev() {
            if let Some(rest) = place.checked_sub(run.len()) {
                place = rest;
            } else {
                return run.get(run.len() - 1 - place).map(|(_, key)| key);
            }
        }
        None
    }

    /// Puts an entry in; one that is there stays.
    pub fn insert(&mut self, entry: Entry) {
        let at = self.run_of(&entry).min(self.runs.len().saturating_sub(1));
        let Some(run) = self.runs.get_mut(at) else {
            self.runs.push(vec![entry]);
            self.count += 1;
            return;
        };
        let Err(within) = run.binary_search(&entry) else {
            return;
        };
        run.insert(within, entry);
        self.count += 1;
        if run.len() > LONGEST {
            let upper = run.split_off(LONGEST / 2);
            self.runs.insert(at + 1, upper);
        }
    }

    /// Takes an entry out.
    pub fn remove(&mut self, entry: &Entry) {
        let at = self.run_of(entry);
        let Some(run) = self.runs.get_mut(at) else {
            return;
        };
        if let Ok(within) = run.binary_search(entry) {
            run.remove(within);
            self.count -= 1;
            if run.is_empty() {
                self.runs.remove(at);
            }
        }
    }

    /// The first run that does not end before the entry.
    fn run_of(&self, entry: &Entry) -> usize {
        self.runs
            .partition_point(|run| run.last().is_some_and(|last| last < entry))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn entry((at, name): (i64, u8)) -> Entry {
        let story = StoryId::new(name.to_string());
        (Stamp::from_millis(at), (SeriesId::default(), story))
    }

    proptest! {
        #[test]
        fn it_orders_as_a_set_does(changes in proptest::collection::vec((any::<bool>(), 0_i64..400, 0_u8..9), 0..3000)) {
            let (mut order, mut set) = (Order::default(), BTreeSet::new());
            for (there, at, name) in changes {
                let entry = entry((at, name));
                if there {
                    order.insert(entry.clone());
                    set.insert(entry);
                } else {
                    order.remove(&entry);
                    set.remove(&entry);
                }
            }
            prop_assert_eq!(order.count(), set.len());
            for (place, (_, key)) in set.iter().rev().enumerate() {
                prop_assert_eq!(order.newest(place), Some(key));
            }
            prop_assert_eq!(order.newest(set.len()), None);
        }
    }
}
