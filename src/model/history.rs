//! Back and forward, as in a browser.

use super::action::Origin;
use super::ids::StoryId;

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The front page.
    #[default]
    Front,
    /// A story.
    Story(StoryId),
    /// The bookmarks of every pack.
    Bookmarks,
}

/// A place one can come back to: a view of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The pack.
    pub origin: Origin,
    /// What was shown of it.
    pub view: View,
}

/// The way the reader came, and the way back.
#[derive(Debug, Default)]
pub struct History {
    back: Vec<Stop>,
    forward: Vec<Stop>,
}

/// Nobody goes further back than this.
const MOST: usize = 200;

impl History {
    /// The reader leaves `stop` for somewhere new.
    pub fn leave(&mut self, stop: Stop) {
        self.forward.clear();
        if self.back.last() != Some(&stop) {
            self.back.push(stop);
        }
        if self.back.len() > MOST {
            self.back.remove(0);
        }
    }

    /// The stop `way` steps back (negative) or forward (positive).
    pub fn at(&self, way: isize) -> Option<&Stop> {
        let steps = way.unsigned_abs();
        let stack = if way < 0 { &self.back } else { &self.forward };
        stack.get(stack.len().checked_sub(steps)?)
    }

    /// Goes from `here` to the stop `way` steps back or forward, if there is one.
    pub fn travel(&mut self, here: Stop, way: isize) -> Option<Stop> {
        self.at(way)?;
        let (from, to) = if way < 0 {
            (&mut self.back, &mut self.forward)
        } else {
            (&mut self.forward, &mut self.back)
        };
        let mut at = here;
        for _ in 0..way.unsigned_abs() {
            let next = from.pop()?;
            to.push(std::mem::replace(&mut at, next));
        }
        Some(at)
    }

    /// Forgets the stop `way` steps back or forward: it cannot be reached any more.
    pub fn forget(&mut self, way: isize) {
        let steps = way.unsigned_abs();
        let stack = if way < 0 {
            &mut self.back
        } else {
            &mut self.forward
        };
        if steps > 0 && steps <= stack.len() {
            stack.remove(stack.len() - steps);
        }
    }

    /// Whether one can go back.
    pub fn has_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// Whether one can go forward.
    pub fn has_forward(&self) -> bool {
        !self.forward.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(id: &str) -> Stop {
        Stop {
            origin: Origin::WorldDesk,
            view: View::Story(StoryId::new(id)),
        }
    }

    #[test]
    fn goes_back_and_forward_and_forgets_the_way_not_taken() {
        let mut history = History::default();
        history.leave(stop("a"));
        history.leave(stop("b"));
        assert_eq!(history.travel(stop("c"), -1), Some(stop("b")));
        assert_eq!(history.travel(stop("b"), 1), Some(stop("c")));
        assert_eq!(history.travel(stop("c"), -1), Some(stop("b")));
        history.leave(stop("b"));
        assert!(!history.has_forward());
        assert_eq!(history.travel(stop("d"), -1), Some(stop("b")));
        assert_eq!(history.travel(stop("b"), -1), Some(stop("a")));
        assert_eq!(history.travel(stop("a"), -1), None);
    }

    #[test]
    fn goes_several_steps_at_once() {
        let mut history = History::default();
        for id in ["a", "b", "c"] {
            history.leave(stop(id));
        }
        assert_eq!(history.at(-3), Some(&stop("a")));
        assert_eq!(history.at(-4), None);
        assert_eq!(history.travel(stop("d"), -4), None);
        assert_eq!(history.travel(stop("d"), -2), Some(stop("b")));
        assert_eq!(history.at(1), Some(&stop("c")));
        assert_eq!(history.travel(stop("b"), 2), Some(stop("d")));
        assert_eq!(history.at(-1), Some(&stop("c")));
    }

    #[test]
    fn what_cannot_be_reached_is_forgotten_alone() {
        let mut history = History::default();
        for id in ["a", "b", "c"] {
            history.leave(stop(id));
        }
        history.forget(-2);
        assert_eq!(history.at(-1), Some(&stop("c")));
        assert_eq!(history.at(-2), Some(&stop("a")));
        history.forget(-3);
        history.forget(1);
        history.forget(0);
        assert_eq!(history.at(-2), Some(&stop("a")));
    }

    #[test]
    fn the_way_has_an_end() {
        let mut history = History::default();
        for number in 0..MOST + 5 {
            history.leave(stop(&number.to_string()));
        }
        assert_eq!(history.at(-(MOST as isize)), Some(&stop("5")));
        assert_eq!(history.at(-(MOST as isize) - 1), None);
        history.leave(stop("204"));
        assert_eq!(history.at(-2), Some(&stop("203")), "no stop twice in a row");
    }
}
