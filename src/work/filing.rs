//! Finds and orders the reader's marks, in folded text made once a mark.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::Receiver;

use super::Mailbox;
use super::thread::Line;
use crate::model::{
    Date, Drawer, Event, FilingJob, FilingQuery, Mark, MarkKey, Sort, Stamp, fold_into,
};

/// Starts the thread.
pub fn start(reports: Mailbox) -> io::Result<Line<FilingJob>> {
    let mut known = Known::default();
    Line::start(
        "filing",
        reports.clone(),
        move |jobs: &Receiver<FilingJob>| {
            // What is to be learned is learned of every job; only the newest question is worth an answer.
            let mut newest = None;
            for job in std::iter::once(jobs.recv().ok()?).chain(jobs.try_iter()) {
                if job.afresh {
                    known = Known::default();
                }
                for mark in job.learn {
                    known.learn(mark);
                }
                newest = Some((job.request, job.query));
            }
            if let Some((request, query)) = newest {
                reports.event(Event::Filed(request, known.find(&query).into()));
            }
            Some(())
        },
    )
}

/// Every mark, ready to be looked through.
#[derive(Default)]
pub struct Known {
    marks: BTreeMap<MarkKey, Folded>,
}

/// A mark as it is looked for.
struct Folded {
    mark: Mark,
    /// What it is looked for by.
    text: String,
    published: Option<Date>,
    publisher: String,
}

impl Known {
    /// Takes in a mark that is new, or other than it was.
    pub fn learn(&mut self, mark: Mark) {
        let key = match &mark {
            Mark::Bookmark(it) => MarkKey::Bookmark(it.series.clone(), it.story.clone()),
            Mark::Highlight(it) => MarkKey::Highlight(it.series.clone(), it.id.clone()),
        };
        self.marks.insert(key, Folded::of(mark));
    }

    /// The marks that are wanted, in their order.
    pub fn find(&self, query: &FilingQuery) -> Vec<MarkKey> {
        let mut found: Vec<(&MarkKey, &Folded)> = self
            .marks
            .iter()
            .filter(|(_, it)| it.is_wanted(query))
            .collect();
        let removed = query.drawer == Drawer::Removed;
        let time = |it: &Folded| Reverse(it.time(removed));
        match query.sort {
            Sort::Saved => found.sort_by_cached_key(|(_, it)| time(it)),
            Sort::StoryDate => {
                // Reversed, what has no date is last.
                found.sort_by_cached_key(|(_, it)| (Reverse(it.published), time(it)));
            }
            Sort::Publisher => found.sort_by(|(_, a), (_, b)| {
                let key = |it: &Folded| (it.publisher.is_empty(), time(it));
                let (a_key, b_key) = (key(a), key(b));
                (a_key.0, &a.publisher, a_key.1).cmp(&(b_key.0, &b.publisher, b_key.1))
            }),
        }
        found.into_iter().map(|(key, _)| key.clone()).collect()
    }
}

impl Folded {
    fn of(mark: Mark) -> Self {
        let (text, was) = match &mark {
            Mark::Bookmark(it) => (it.folded(), &it.was),
            Mark::Highlight(it) => (it.folded(), &it.was),
        };
        let published = was.published.as_deref().and_then(Date::parse);
        let mut publisher = String::new();
        fold_into(&was.publisher, &mut publisher);
        Self {
            mark,
            text,
            published,
            publisher,
        }
    }

    fn is_wanted(&self, query: &FilingQuery) -> bool {
        let in_drawer = match (&self.mark, query.drawer) {
            (Mark::Bookmark(it), Drawer::Bookmarks) => it.is_there(),
            (Mark::Highlight(it), Drawer::Highlights) => it.is_there(),
            (Mark::Bookmark(it), Drawer::Removed) => !it.is_there(),
            (Mark::Highlight(it), Drawer::Removed) => !it.is_there(),
            (Mark::Bookmark(_), Drawer::Highlights) | (Mark::Highlight(_), Drawer::Bookmarks) => {
                false
            }
        };
        let has = |tag: &String| match &self.mark {
            Mark::Bookmark(it) => it.tags.has(tag),
            Mark::Highlight(_) => false,
        };
        in_drawer
            && query.tags.iter().all(has)
            && query
                .words
                .iter()
                .all(|word| self.text.contains(word.as_str()))
    }

    /// When it was made, or taken away.
    fn time(&self, removed: bool) -> Stamp {
        let life = match &self.mark {
            Mark::Bookmark(it) => &it.life,
            Mark::Highlight(it) => &it.life,
        };
        if removed { life.removed } else { life.made }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Bookmark, Highlight, HighlightId, Life, SeriesId, Snapshot, StoryId};

    fn bookmark(story: &str, saved: i64, publisher: &str, published: Option<&str>) -> Bookmark {
        Bookmark {
            series: SeriesId::new("s"),
            story: StoryId::new(story),
            was: Snapshot {
                headline: format!("Headline of {story}"),
                publisher: publisher.to_owned(),
                published: published.map(Into::into),
                ..Snapshot::default()
            },
            life: Life::new(Stamp::from_millis(saved)),
            ..Bookmark::default()
        }
    }

    fn known() -> Known {
        let mut known = Known::default();
        let mut tagged = bookmark("a", 1, "zeta", Some("2025-01-03"));
        tagged.tags.set("Climate", true, Stamp::from_millis(5));
        tagged
            .remark
            .write("Ask Łucja\nabout it", Stamp::from_millis(6));
        let mut gone = bookmark("d", 4, "beta", None);
        gone.life.remove(Stamp::from_millis(9));
        let passage = Highlight {
            id: HighlightId::new("h"),
            series: SeriesId::new("s"),
            story: StoryId::new("a"),
            life: Life::new(Stamp::from_millis(7)),
            ..Highlight::default()
        };
        for bookmark in [
            tagged,
            bookmark("b", 2, "Alpha", Some("2025-02-01")),
            bookmark("c", 3, "", None),
            gone,
        ] {
            known.learn(Mark::Bookmark(Arc::new(bookmark)));
        }
        known.learn(Mark::Highlight(Arc::new(passage)));
        known
    }

    fn names(known: &Known, query: &FilingQuery) -> String {
        let name = |key: &MarkKey| match key {
            MarkKey::Bookmark(_, story) => story.to_string(),
            MarkKey::Highlight(_, id) => id.to_string(),
        };
        known
            .find(query)
            .iter()
            .map(name)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn marks_are_found_and_ordered_as_asked() {
        let known = known();
        let words = |text: &str| text.split_whitespace().map(Into::into).collect();
        for (drawer, sort, find, tags, expected) in [
            (Drawer::Bookmarks, Sort::Saved, "", &[][..], "c b a"),
            (Drawer::Bookmarks, Sort::StoryDate, "", &[], "b a c"),
            (Drawer::Bookmarks, Sort::Publisher, "", &[], "b a c"),
            (Drawer::Bookmarks, Sort::Saved, "lucja about", &[], "a"),
            (Drawer::Bookmarks, Sort::Saved, "climate", &[], "a"),
            (Drawer::Bookmarks, Sort::Saved, "headline alpha", &[], "b"),
            (Drawer::Bookmarks, Sort::Saved, "", &["Climate"], "a"),
            (Drawer::Bookmarks, Sort::Saved, "", &["climate"], ""),
            (Drawer::Highlights, Sort::Saved, "", &[], "h"),
            (Drawer::Removed, Sort::Saved, "", &[], "d"),
        ] {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            let query = FilingQuery {
                drawer,
                sort,
                words: words(find),
                tags,
            };
            assert_eq!(names(&known, &query), expected, "{query:?}");
        }
    }

    #[test]
    fn what_changed_is_found_as_it_is_now() {
        let mut known = known();
        let mut back = bookmark("d", 4, "beta", None);
        back.life.remove(Stamp::from_millis(9));
        back.life.restore(Stamp::from_millis(10));
        known.learn(Mark::Bookmark(Arc::new(back)));
        assert_eq!(names(&known, &FilingQuery::default()), "d c b a");
    }
}
