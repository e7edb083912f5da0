//! When a run of changes has come to rest. It asks nobody for the time.

use std::time::{Duration, Instant};

/// So long nothing must change.
const QUIET: Duration = Duration::from_millis(60);
/// A run of changes that does not end is told of all the same after so long.
const LATE: Duration = Duration::from_millis(200);

/// A run of changes.
#[derive(Debug, Default)]
pub struct Calm {
    first_and_last: Option<(Instant, Instant)>,
}

impl Calm {
    /// Something changed.
    pub fn stir(&mut self, now: Instant) {
        let first = self.first_and_last.map_or(now, |(first, _)| first);
        self.first_and_last = Some((first, now));
    }

    /// When to tell, if there is anything to tell.
    pub fn due(&self) -> Option<Instant> {
        let (first, last) = self.first_and_last?;
        Some((last + QUIET).min(first + LATE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_changes_is_told_of_when_it_rests_or_goes_on_too_long() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        for (changes, due) in [
            (&[][..], None),
            (&[0], Some(60)),
            (&[0, 50], Some(110)),
            (&[0, 50, 100, 139], Some(199)),
            (&[0, 50, 100, 150, 190], Some(200)),
            (&[5, 204], Some(205)),
        ] {
            let mut calm = Calm::default();
            for ms in changes {
                calm.stir(at(*ms));
            }
            assert_eq!(calm.due(), due.map(at), "{changes:?}");
        }
    }
}
