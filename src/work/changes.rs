//! Finds what changed in a story since an earlier edition. Who waits for a body never waits for this.
//! That there is nothing to compare with is no news: whatever fails here fails in silence.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Receiver;

use super::Mailbox;
use super::packs::Packs;
use super::thread::Line;
use crate::model::{Edition as _, Event, Origin, PackKey, StoryBody, StoryId};
use crate::pack::{self, Pack};

/// What this thread does.
pub enum Job {
    /// Compare a story, whose body this is, with the one in the pack at this place.
    Compare(PackKey, StoryId, Arc<StoryBody>, Origin),
    /// Let a pack go, and the earlier one with it.
    Close(PackKey),
}

/// The earlier edition of the open pack, or none where it did not open; it is not tried again.
type Earlier = Option<(PackKey, Option<Pack>)>;

/// Starts the thread.
pub fn start(packs: Packs, reports: Mailbox) -> io::Result<Line<Job>> {
    let mut earlier: Earlier = None;
    Line::start("changes", reports.clone(), move |jobs: &Receiver<Job>| {
        match jobs.recv().ok()? {
            Job::Close(key) => _ = earlier.take_if(|(of, _)| *of == key),
            Job::Compare(key, story, body, place) => {
                if let Some(pack) = packs.get(key)
                    && let Some(before) = before(&mut earlier, key, &place, &pack)
                    && let Some(changes) = pack::changes(before, &pack, &story, &body)
                {
                    reports.event(Event::Changed(key, story, Arc::new(changes)));
                }
            }
        }
        Some(())
    })
}

/// The earlier edition, opened when it is first asked for and kept while its successor is open.
fn before<'a>(
    earlier: &'a mut Earlier,
    key: PackKey,
    place: &Origin,
    pack: &Pack,
) -> Option<&'a Pack> {
    if earlier.as_ref().is_none_or(|(of, _)| *of != key) {
        // Should opening it panic, it is not tried again either.
        *earlier = Some((key, None));
        let opened = pack::open(place, &AtomicBool::new(false), &|_| {});
        let before = match opened {
            Ok((before, _)) => Some(before).filter(|before| is_earlier(before, pack)),
            Err(error) => {
                log::info!("an earlier edition cannot be compared with: {error}");
                None
            }
        };
        *earlier = Some((key, before));
    }
    earlier.as_ref()?.1.as_ref()
}

/// Whether it is still what the list of recent packs said: another pack may lie in its place by now.
fn is_earlier(before: &Pack, pack: &Pack) -> bool {
    let (before, pack) = (before.info(), pack.info());
    before.series == pack.series && before.edition < pack.edition
}
