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

    /// Where back leads, from `here`.
    pub fn back(&mut self, here: Stop) -> Option<Stop> {
        let stop = self.back.pop()?;
        self.forward.push(here);
        Some(stop)
    }

    /// Where forward leads, from `here`.
    pub fn forward(&mut self, here: Stop) -> Option<Stop> {
        let stop = self.forward.pop()?;
        self.back.push(here);
        Some(stop)
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
        assert_eq!(history.back(stop("c")), Some(stop("b")));
        assert_eq!(history.forward(stop("b")), Some(stop("c")));
        assert_eq!(history.back(stop("c")), Some(stop("b")));
        history.leave(stop("b"));
        assert!(!history.has_forward());
        assert_eq!(history.back(stop("d")), Some(stop("b")));
        assert_eq!(history.back(stop("b")), Some(stop("a")));
        assert_eq!(history.back(stop("a")), None);
    }
}
