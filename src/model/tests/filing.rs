//! Tags, notes, lists of marks, and how a bookmark stands to the pack that is open.

use std::sync::Arc;

use super::*;
use crate::model::{
    Bookmark, BookmarkChange, Draft, Drawer, FilingAction, FilingJob, Mark, MarkKey, Snapshot,
    Standing, StoryBody,
};

fn file(desk: &mut Desk, action: FilingAction) -> Vec<Effect> {
    desk.act(Action::Filing(action))
}

fn write(desk: &mut Desk, row: usize, tags: &[&str], note: &str) -> Vec<Effect> {
    let mut draft = desk.model.draft(&series(), &id(row));
    draft.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    note.clone_into(&mut draft.note);
    file(desk, FilingAction::Write(draft))
}

fn written(desk: &Desk, row: usize) -> (Vec<String>, String) {
    let draft = desk.model.draft(&series(), &id(row));
    (draft.tags, draft.note)
}

fn job(effects: &[Effect]) -> Option<&FilingJob> {
    effects.iter().find_map(|effect| match effect {
        Effect::File(job) => Some(job),
        _ => None,
    })
}

fn body(digest: &str) -> Arc<StoryBody> {
    Arc::new(StoryBody {
        digest: digest.into(),
        ..StoryBody::default()
    })
}

#[test]
fn writing_beside_a_story_bookmarks_it() {
    let mut desk = Desk::new(&[3]);
    assert_eq!(write(&mut desk, 1, &[], ""), [], "nothing was written");
    assert!(!desk.model.is_bookmarked(&series(), &id(1)));
    let effects = write(&mut desk, 1, &[" to  do ", ""], "Ask them");
    let changes: Vec<&Save> = saves(&effects);
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert_eq!(written(&desk, 1), (vec!["to do".into()], "Ask them".into()));
    let tags: Vec<(&str, usize)> = desk.model.filing.tag_counts().collect();
    assert_eq!(tags, [("to do", 1)]);
    // A bookmark that is taken away takes its tags out of the count, and brings them back.
    desk.act(Action::ToggleBookmark(id(1)));
    assert_eq!(desk.model.filing.tag_counts().count(), 0);
    assert_eq!(desk.model.filing.removed(), 1);
    desk.act(Action::RestoreBookmark(series(), id(1)));
    assert_eq!(desk.model.filing.tag_counts().count(), 1);
    assert_eq!(desk.model.filing.removed(), 0);
}

#[test]
fn what_is_taken_away_in_the_panel_can_be_undone() {
    let mut desk = Desk::new(&[3]);
    write(&mut desk, 1, &["a", "b"], "One");
    assert_eq!(desk.titles(), [""; 0]);
    write(&mut desk, 1, &["b", "c"], "Two");
    assert_eq!(desk.titles(), ["Tags and note changed"]);
    let (_, notice) = desk.model.notices.iter().next().unwrap().clone();
    desk.act(notice.offer.unwrap().1);
    assert_eq!(
        written(&desk, 1),
        (vec!["a".into(), "b".into()], "One".into())
    );
    // Going on writing takes nothing away.
    desk.dismiss_all();
    write(&mut desk, 1, &["a", "b", "c"], "One and more");
    assert_eq!(desk.titles(), [""; 0]);
}

#[test]
fn a_note_from_elsewhere_is_not_written_over() {
    let mut desk = Desk::new(&[3]);
    write(&mut desk, 1, &["a"], "Before");
    let mut draft = desk.model.draft(&series(), &id(1));
    draft.note = "Mine".into();
    draft.tags.push("mine".into());
    // Meanwhile another program writes.
    let mut record = Some((*desk.model.bookmark(&id(1)).unwrap().bookmark).clone());
    let (story, at) = (id(1), Stamp::parse("2030-01-01").unwrap());
    let theirs = [
        BookmarkChange::Remark {
            story: story.clone(),
            text: "Theirs".into(),
            at,
        },
        BookmarkChange::Tag {
            story,
            tag: "theirs".into(),
            there: true,
            at,
        },
    ];
    for change in theirs {
        change.apply(&mut record);
    }
    desk.hear(Event::Marks(series(), record.into_iter().collect(), vec![]));
    file(&mut desk, FilingAction::Write(draft));
    let tags = ["a", "mine", "theirs"].map(String::from).to_vec();
    assert_eq!(written(&desk, 1), (tags, "Theirs\n\nMine".into()));
}

#[test]
fn a_list_is_looked_for_only_where_it_is_looked_at_and_learned_once() {
    let mut desk = Desk::new(&[3]);
    for row in 0..3 {
        desk.act(Action::ToggleBookmark(id(row)));
    }
    assert_eq!(
        job(&file(&mut desk, FilingAction::Find("x y".into()))),
        None
    );
    assert_eq!(
        job(&desk.act(Action::ShowBookmarks)),
        None,
        "not all are here"
    );
    let effects = desk.hear(Event::AllMarks(vec![]));
    let first = job(&effects).unwrap().clone();
    assert_eq!(
        (first.learn.len(), &*first.query.words),
        (3, &["x".to_owned(), "y".into()][..])
    );
    assert_eq!(desk.model.marks_listed(), 0);
    assert!(first.afresh);
    // What changed is learned with the next question; an answer to an older one is dropped.
    let effects = desk.act(Action::RemoveBookmark(series(), id(2)));
    let second = job(&effects).unwrap().clone();
    let [Mark::Bookmark(changed)] = &second.learn[..] else {
        panic!("{second:?}")
    };
    assert!(changed.story == id(2) && !changed.is_there() && !second.afresh);
    let key = |row| MarkKey::Bookmark(series(), id(row));
    desk.hear(Event::Filed(first.request, [key(2)].into()));
    assert_eq!(desk.model.marks_listed(), 0);
    desk.hear(Event::Filed(second.request, [key(1), key(0)].into()));
    assert_eq!(desk.model.marks_listed(), 2);
    // The list of all is always there.
    assert_eq!(job(&file(&mut desk, FilingAction::Find(" ".into()))), None);
    assert_eq!(desk.model.marks_listed(), 2);
    let effects = file(&mut desk, FilingAction::Open(Drawer::Removed));
    let third = job(&effects).unwrap();
    assert_eq!(
        (third.learn.len(), third.query.drawer),
        (0, Drawer::Removed)
    );
}

#[test]
fn a_bookmark_says_how_it_stands_to_the_open_pack() {
    let mut desk = Desk::new(&[3]);
    let publisher = desk.pack().edition.info().publisher.clone();
    let bookmark = |row: usize, was: Snapshot| Bookmark {
        series: series(),
        story: id(row),
        was,
        ..Bookmark::default()
    };
    let was = Snapshot {
        headline: desk.pack().edition.story(1).unwrap().headline.clone(),
        publisher,
        digest: "d".into(),
        ..Snapshot::default()
    };
    let same = bookmark(1, was.clone());
    let gone = bookmark(7, was.clone());
    let foreign = bookmark(
        1,
        Snapshot {
            publisher: "Somebody else".into(),
            headline: "Something else".into(),
            ..was.clone()
        },
    );
    let renamed = bookmark(
        1,
        Snapshot {
            publisher: "An older name of theirs".into(),
            ..was.clone()
        },
    );
    let mut elsewhere = same.clone();
    elsewhere.series = SeriesId::new("elsewhere");
    let standing = |desk: &Desk, it: &Bookmark| desk.model.standing(it);
    assert_eq!(standing(&desk, &same), Standing::Unknown, "not read yet");
    assert_eq!(standing(&desk, &gone), Standing::Missing);
    assert_eq!(standing(&desk, &elsewhere), Standing::Unknown);
    assert_eq!(standing(&desk, &foreign), Standing::Another);
    assert_eq!(standing(&desk, &renamed), Standing::Unknown);
    desk.show(1);
    desk.hear(Event::Body(PackKey(1), id(1), Ok(body("d"))));
    assert_eq!(standing(&desk, &same), Standing::Same);
    desk.hear(Event::Body(PackKey(1), id(1), Ok(body("other"))));
    assert_eq!(standing(&desk, &same), Standing::Changed);
}

#[test]
fn a_story_that_changed_since_it_was_bookmarked_says_so_once() {
    let mut desk = Desk::new(&[3]);
    desk.show(1);
    desk.hear(Event::Body(PackKey(1), id(1), Ok(body("d"))));
    desk.act(Action::ToggleBookmark(id(1)));
    desk.show(2);
    desk.hear(Event::Body(PackKey(1), id(1), Ok(body("other"))));
    assert_eq!(desk.titles(), [""; 0], "it is not on the page");
    desk.show(1);
    let changed = "This story has changed since you bookmarked it";
    assert_eq!(desk.titles(), [changed]);
    desk.show(2);
    assert_eq!(desk.titles(), [""; 0], "it was about the other story");
    desk.show(1);
    assert_eq!(desk.titles(), [""; 0], "once is enough");
}

#[test]
fn a_pack_that_uses_the_same_names_does_not_pass_for_the_bookmarked_one() {
    let mut desk = Desk::new(&[3]);
    let foreign = Bookmark {
        series: series(),
        story: id(1),
        was: Snapshot {
            publisher: "Somebody else".into(),
            headline: "Something else".into(),
            digest: "e".into(),
            origin: "packs/elsewhere".into(),
            ..Snapshot::default()
        },
        ..Bookmark::default()
    };
    desk.hear(Event::Marks(series(), vec![foreign], vec![]));
    let effects = desk.act(Action::ShowBookmark(series(), id(1)));
    assert!(
        matches!(&effects[..], [Effect::Open(_, origin)] if *origin == path("elsewhere")),
        "{effects:?}"
    );
    desk.show(1);
    desk.hear(Event::Body(PackKey(1), id(1), Ok(body("d"))));
    assert_eq!(desk.titles(), ["Another pack uses the same names"]);
}

#[test]
fn a_draft_of_a_story_that_is_nowhere_is_dropped() {
    let mut desk = Desk::new(&[3]);
    let draft = Draft {
        series: SeriesId::new("nowhere"),
        story: id(1),
        note: "Lost?".into(),
        ..Draft::default()
    };
    assert_eq!(file(&mut desk, FilingAction::Write(draft)), []);
}
