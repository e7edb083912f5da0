//! Reads bodies: the story on the page first, for it is asked for first, then its neighbours.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::Mailbox;
use super::packs::Packs;
use super::thread::Line;
use crate::model::{Edition as _, Event, PackKey, StoryBody, StoryId};
use crate::pack::Pack;

/// What this thread does.
pub enum Job {
    /// Read a story's body.
    Read(PackKey, StoryId),
    /// Let a pack go.
    Close(PackKey),
}

/// Starts the thread.
pub fn start(packs: Packs, reports: Mailbox) -> io::Result<Line<Job>> {
    Line::start("bodies", reports.clone(), move |jobs: &Receiver<Job>| {
        match jobs.recv().ok()? {
            Job::Close(key) => packs.remove(key),
            Job::Read(key, story) => {
                if let Some(pack) = packs.get(key) {
                    let body = read(&pack, &story).map(Arc::new);
                    reports.event(Event::Body(key, story, body));
                }
            }
        }
        Some(())
    })
}

fn read(pack: &Pack, story: &StoryId) -> Result<StoryBody, String> {
    let row = pack
        .row_of(story)
        .ok_or_else(|| format!("This edition has no story named {story}."))?;
    pack.body(row).map_err(|error| format!("{error}."))
}
