//! Finds the stories that match what the reader types, in folded text made once a pack.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::mpsc::Receiver;

use super::Mailbox;
use super::packs::Packs;
use super::thread::Line;
use crate::model::{Edition, Event, PackKey, Query, RequestId, Show, StoryId, fold_into};

/// What this thread does.
pub enum Job {
    /// Find the rows that match.
    Find(PackKey, RequestId, Query),
    /// Forget a pack.
    Close(PackKey),
}

/// Starts the thread.
pub fn start(packs: Packs, reports: Mailbox) -> io::Result<Line<Job>> {
    let mut known: HashMap<PackKey, Folded> = HashMap::new();
    Line::start("filter", reports.clone(), move |jobs: &Receiver<Job>| {
        // Only the newest question is worth an answer.
        let mut newest = None;
        for job in std::iter::once(jobs.recv().ok()?).chain(jobs.try_iter()) {
            match job {
                Job::Find(key, request, query) => newest = Some((key, request, query)),
                Job::Close(key) => {
                    known.remove(&key);
                }
            }
        }
        if let Some((key, request, query)) = newest
            && let Some(pack) = packs.get(key)
        {
            let folded = known.entry(key).or_default();
            let rows = find(&*pack, folded, &query);
            reports.event(Event::Filtered(key, request, rows.into()));
        }
        Some(())
    })
}

/// What is searched, of every row one after the other, folded; made when a word is first looked for.
#[derive(Default)]
pub struct Folded {
    text: String,
    ends: Vec<usize>,
}

impl Folded {
    fn of(edition: &dyn Edition) -> Self {
        let mut folded = Self::default();
        for row in 0..edition.count() {
            if let Some(story) = edition.story(row) {
                fold_into(&story.headline, &mut folded.text);
                let parts = std::iter::once(&story.summary)
                    .chain(&story.byline)
                    .chain(&story.tags);
                for part in parts {
                    // No query has a line break in it, so no match spans two fields.
                    folded.text.push('\n');
                    fold_into(part, &mut folded.text);
                }
            }
            folded.ends.push(folded.text.len());
        }
        folded
    }

    fn row(&self, row: usize) -> &str {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(row).copied().unwrap_or_default();
        self.text
            .get(start.copied().unwrap_or_default()..end)
            .unwrap_or_default()
    }
}

/// The rows of an edition that match, ascending.
pub fn find(edition: &dyn Edition, folded: &mut Folded, query: &Query) -> Vec<u32> {
    if !query.words.is_empty() && folded.ends.len() != edition.count() {
        *folded = Folded::of(edition);
    }
    let marked: HashSet<&StoryId> = query.marked.iter().collect();
    let wanted = |row: usize| match query.show {
        Show::All => true,
        show => edition
            .story(row)
            .is_some_and(|story| marked.contains(&story.id) == (show == Show::Bookmarked)),
    };
    let address = query.address.as_deref().map(core_of);
    let appeared = |row: usize| {
        let story = edition.story(row);
        let source = story.as_ref().and_then(|story| story.source.as_deref());
        source.map(core_of) == address
    };
    let matches = |row: usize| {
        let text = folded.row(row);
        query.words.iter().all(|word| text.contains(word.as_str()))
    };
    (0..edition.count())
        .filter(|&row| {
            (query.words.is_empty() || matches(row))
                && wanted(row)
                && (address.is_none() || appeared(row))
        })
        .filter_map(|row| u32::try_from(row).ok())
        .collect()
}

/// What of an address tells two pages apart: neither the scheme, nor `www.`, nor a slash at its end, nor a place in the page.
fn core_of(address: &str) -> &str {
    let address = address.trim();
    let core = ["https://", "http://"]
        .into_iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address);
    let core = core.strip_prefix("www.").unwrap_or(core);
    let core = core.split('#').next().unwrap_or_default();
    core.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::core_of;

    #[test]
    fn an_address_is_known_in_its_usual_disguises() {
        for address in [
            "https://example.org/a",
            "http://example.org/a",
            "https://www.example.org/a/",
            " https://example.org/a#part ",
        ] {
            assert_eq!(core_of(address), "example.org/a", "{address}");
        }
        for other in [
            "https://example.org/b",
            "https://example.org/a?x=1",
            "https://example.org",
        ] {
            assert!(core_of(other) != "example.org/a", "{other}");
        }
    }
}
