//! Bookmarks are kept, taken away and put back, and say whether the disk knows.

use super::*;

fn at(text: &str) -> Stamp {
    Stamp::parse(text).unwrap()
}

fn bookmark() -> Bookmark {
    Bookmark {
        series: series(),
        story: id(1),
        was: Snapshot {
            edition: "1".into(),
            digest: "d1".into(),
            headline: "Headline 1".into(),
            summary: "Summary 1".into(),
            publisher: "Nobody".into(),
            pack_title: "The sample".into(),
            published: None,
            origin: "packs/sample".into(),
        },
        life: Life::new(at(NOW)),
        ..Bookmark::default()
    }
}

fn save(change: BookmarkChange) -> Effect {
    Effect::Save(Save::Bookmark(series(), change))
}

fn add() -> Effect {
    save(BookmarkChange::Add(Box::new(bookmark())))
}

fn remove() -> Effect {
    let (story, at) = (id(1), at(NOW));
    save(BookmarkChange::Remove { story, at })
}

/// A desk whose reader is in story 1, with its body there.
fn desk() -> Desk {
    let mut desk = Desk::new(&[3]);
    desk.show(1);
    let body = StoryBody {
        digest: "d1".into(),
        ..StoryBody::default()
    };
    desk.hear(Event::Body(PackKey(1), id(1), Ok(Arc::new(body))));
    desk
}

fn saved(desk: &Desk) -> Option<bool> {
    desk.model.bookmark(&id(1)).map(Marked::is_saved)
}

/// So many changes to the bookmark are on the disk.
fn done(changes: usize) -> Event {
    Event::BookmarksSaved(series(), vec![id(1); changes])
}

#[test]
fn a_bookmark_says_what_the_story_was_and_whether_the_disk_knows() {
    let mut desk = desk();
    assert_eq!(desk.act(Action::ToggleBookmark(id(1))), [add()]);
    assert_eq!(saved(&desk), Some(false));
    assert_eq!(desk.model.bookmarked_count(), 1);
    desk.hear(done(1));
    assert_eq!(saved(&desk), Some(true));
    assert_eq!(
        desk.act(Action::ToggleBookmark(id(77))),
        [],
        "no such story"
    );
}

#[test]
fn a_bookmark_taken_away_can_be_put_back() {
    let mut desk = desk();
    desk.act(Action::ToggleBookmark(id(1)));
    desk.hear(done(1));
    assert_eq!(desk.act(Action::ToggleBookmark(id(1))), [remove()]);
    assert_eq!(saved(&desk), None);
    assert_eq!(desk.model.bookmarked_count(), 0);
    assert_eq!(desk.model.bookmarks_in_all(), 0);
    desk.hear(done(1));

    let (_, notice) = desk.model.notices.iter().next().unwrap();
    assert_eq!(
        (&*notice.title, &*notice.text),
        ("Bookmark removed", "Headline 1")
    );
    let (label, undo) = notice.offer.clone().unwrap();
    assert_eq!(label, "Undo");
    let later = at("2025-08-13");
    desk.model.now = later;
    let story = id(1);
    let restore = BookmarkChange::Restore { story, at: later };
    assert_eq!(desk.act(undo), [save(restore)]);
    let saved_at = desk.model.bookmark(&id(1)).map(|it| it.bookmark.saved());
    assert_eq!(saved_at, Some(at(NOW)), "when it was first saved");
    assert_eq!(saved(&desk), Some(false));
    assert_eq!(
        desk.titles(),
        [""; 0],
        "what can no longer be undone is not offered"
    );
}

#[test]
fn removing_two_offers_the_newer_one_back() {
    let mut desk = desk();
    for row in [0, 2] {
        desk.act(Action::ToggleBookmark(id(row)));
    }
    desk.act(Action::RemoveBookmark(series(), id(0)));
    desk.act(Action::RemoveBookmark(series(), id(2)));
    assert_eq!(desk.texts(), ["Headline 2"]);
    assert_eq!(desk.act(Action::RemoveBookmark(series(), id(77))), []);
}

#[test]
fn an_answer_about_an_older_change_does_not_pass_for_the_newest() {
    let mut desk = desk();
    desk.act(Action::ToggleBookmark(id(1)));
    desk.act(Action::ToggleBookmark(id(1)));
    desk.act(Action::RestoreBookmark(series(), id(1)));
    desk.hear(done(1));
    desk.hear(done(1));
    assert_eq!(saved(&desk), Some(false), "the disk has it not");
    desk.hear(done(1));
    assert_eq!(saved(&desk), Some(true));
    // Several changes in one write.
    desk.act(Action::ToggleBookmark(id(1)));
    desk.act(Action::ToggleBookmark(id(1)));
    desk.hear(done(2));
    assert_eq!(saved(&desk), Some(true));
}

#[test]
fn what_the_disk_held_does_not_undo_what_the_reader_did_meanwhile() {
    let mut desk = Desk::new(&[3]);
    desk.act(Action::ToggleBookmark(id(1)));
    let mut older = bookmark();
    older.was.headline = "Older".into();
    older.life = Life::new(at("2025-08-01"));
    let mut other = bookmark();
    other.series = SeriesId::new("elsewhere");
    desk.hear(Event::SomeMarks(vec![older, other], vec![]));
    let marked = desk.model.bookmark(&id(1)).unwrap();
    assert_eq!(
        (&*marked.bookmark.was.headline, marked.is_saved()),
        ("Headline 1", false)
    );
    assert_eq!(desk.model.bookmarks.len(), 2);
    let from_disk = &desk.model.bookmarks[&(SeriesId::new("elsewhere"), id(1))];
    assert!(from_disk.is_saved() && from_disk.is_there());
    assert_eq!(
        desk.model.bookmarked_count(),
        1,
        "the other is of another series"
    );
}

#[test]
fn the_newest_stand_first() {
    let mut desk = Desk::new(&[3]);
    for (row, now) in [(0, "2025-01-02"), (1, "2025-01-03"), (2, "2025-01-01")] {
        desk.model.now = at(now);
        desk.act(Action::ToggleBookmark(id(row)));
    }
    let newest = (0..4).filter_map(|place| desk.model.newest_bookmark(place));
    let stories: Vec<&str> = newest.map(|m| m.bookmark.story.as_str()).collect();
    assert_eq!(stories, ["s1", "s0", "s2"]);
}

#[test]
fn a_bookmark_opens_its_story_wherever_that_is() {
    let mut desk = desk();
    desk.act(Action::ToggleBookmark(id(1)));
    desk.act(Action::ShowFront);
    // In the open pack: at once.
    let show = Action::ShowBookmark(series(), id(1));
    assert_eq!(desk.act(show.clone()), []);
    assert_eq!(desk.place(), "sample s1");
    // In another: after it is open.
    desk.open("other", &[3]);
    let effects = desk.act(show.clone());
    assert!(matches!(&effects[..], [Effect::Open(_, origin)] if *origin == path("sample")));
    assert_eq!(desk.place(), "other front");
    desk.give(&sample(&[3]), |_| {});
    assert_eq!(desk.place(), "sample s1");
    assert!(desk.pack().is_read(&id(1)));
    // In a pack that is another edition by now: the front, and a word about it.
    desk.open("other", &[3]);
    desk.act(show.clone());
    desk.give(&sample(&[1]), |_| {});
    assert_eq!(desk.place(), "sample front");
    assert_eq!(desk.titles(), ["The story is not in this edition"]);
    assert_eq!(desk.model.bookmarks.len(), 1, "it is kept");
    // In one that is gone: what is open stays.
    desk.open("other", &[3]);
    assert_eq!(desk.titles(), [""; 0]);
    desk.act(show);
    desk.fail("It is gone.");
    assert_eq!(desk.place(), "other front");
    assert_eq!(desk.texts(), ["It is gone."]);
    assert_eq!(
        desk.act(Action::ShowBookmark(series(), id(2))),
        [],
        "no such bookmark"
    );
}

#[test]
fn a_story_of_the_web_is_never_opened_as_a_pack() {
    let mut desk = Desk::new(&[3]);
    let mut web = bookmark();
    web.series = SeriesId::new(WEB_SERIES);
    web.was.origin = "https://example.org/a".into();
    let (key, story) = (web.series.clone(), web.story.clone());
    desk.hear(Event::Marks(key.clone(), vec![web], vec![]));
    let place = desk.place();
    assert_eq!(
        desk.act(Action::ShowBookmark(key.clone(), story.clone())),
        []
    );
    let leaving = Overlay::Leaving("https://example.org/a".into());
    assert_eq!(desk.model.overlay, Some(leaving));
    assert_eq!(desk.place(), place);
    assert!(desk.model.opening.is_none());
    // Nor by a reference to another story of the web.
    let reference = Reference::of_story(&key, "", &StoryId::new("other"));
    desk.model.follow(reference, vec![]);
    assert!(desk.model.opening.is_none());
}

#[test]
fn a_bookmark_that_names_no_place_is_looked_for() {
    let mut desk = Desk::new(&[3]);
    let mut from_a_browser = bookmark();
    from_a_browser.was.origin.clear();
    from_a_browser.story = id(2);
    desk.hear(Event::Marks(series(), vec![from_a_browser], vec![]));
    desk.open("other", &[1]);
    desk.act(Action::ShowBookmark(series(), id(2)));
    let opening = desk.model.opening.as_ref().map(|it| &it.origin);
    assert_eq!(opening, Some(&path("sample")), "it was opened lately");
}

#[test]
fn origins_are_written_so_that_they_are_found_again() {
    let guide = SeriesId::new("org.offprint.guide");
    let desk = SeriesId::new("org.offprint.world-desk");
    for (origin, series) in [
        (Origin::WorldDesk, &desk),
        (Origin::Guide, &guide),
        (path("x"), &desk),
        (path("x"), &guide),
    ] {
        assert_eq!(Origin::from_text(&origin.to_text(), series), origin);
    }
}

#[test]
fn a_story_bookmarked_before_it_was_read_gets_its_digest_from_its_own_edition() {
    let body = |digest: &str| {
        let body = StoryBody {
            digest: digest.into(),
            ..StoryBody::default()
        };
        Ok(Arc::new(body))
    };
    let mut desk = Desk::new(&[5]);
    desk.show(1);
    let effects = desk.act(Action::ToggleBookmark(id(4)));
    assert_eq!(asked(&effects), ["s4"], "so that there is a digest soon");
    assert_eq!(desk.hear(Event::Body(PackKey(1), id(3), body("d3"))), []);
    let effects = desk.hear(Event::Body(PackKey(1), id(4), body("d4")));
    let change = BookmarkChange::Digest {
        story: id(4),
        digest: "d4".into(),
    };
    let save = Effect::Save(Save::Bookmark(series(), change));
    assert_eq!(effects, [save]);
    assert_eq!(desk.hear(Event::Body(PackKey(1), id(4), body("d5"))), []);
    let marked = desk.model.bookmark(&id(4)).unwrap();
    assert_eq!(marked.bookmark.was.digest, "d4", "the first one holds");

    // The same story in another edition may read otherwise.
    let mut older = bookmark();
    (older.was.edition, older.was.digest) = ("0".into(), String::new());
    desk.hear(Event::SomeMarks(vec![older], vec![]));
    assert_eq!(desk.hear(Event::Body(PackKey(1), id(1), body("d1"))), []);
    assert_eq!(desk.model.bookmark(&id(1)).unwrap().bookmark.was.digest, "");
}

#[test]
fn the_marks_of_every_series_are_asked_for_once_and_only_where_they_are_needed() {
    let mut desk = Desk::new(&[3]);
    assert_eq!(desk.act(Action::ShowBookmarks), [Effect::LoadAllMarks]);
    assert!(!desk.model.all_marks_here());
    desk.act(Action::ShowFront);
    assert_eq!(desk.act(Action::ShowBookmarks), []);
    desk.act(Action::ToggleBookmark(id(2)));
    let mut other = bookmark();
    other.series = SeriesId::new("elsewhere");
    desk.hear(Event::SomeMarks(vec![other], vec![]));
    assert!(!desk.model.all_marks_here(), "more may come");
    desk.hear(Event::AllMarks(vec![error("One is bad.")]));
    assert!(desk.model.all_marks_here());
    assert_eq!(desk.model.bookmarks_in_all(), 2);
    assert_eq!(desk.texts(), ["One is bad."]);
    desk.act(Action::ShowFront);
    assert_eq!(desk.act(Action::ShowBookmarks), []);
}

#[test]
fn what_was_read_before_a_change_was_saved_does_not_undo_it() {
    let mut desk = Desk::new(&[3]);
    desk.act(Action::ToggleBookmark(id(1)));
    let read = (*desk.model.bookmark(&id(1)).unwrap().bookmark).clone();
    desk.act(Action::ToggleBookmark(id(1)));
    desk.hear(Event::BookmarksSaved(series(), vec![id(1), id(1)]));
    desk.hear(Event::Marks(series(), vec![read.clone()], vec![]));
    assert_eq!(desk.model.bookmark(&id(1)), None);
    assert_eq!(
        (desk.model.bookmarked_count(), desk.model.bookmarks_in_all()),
        (0, 0)
    );
    // What another program puts back or takes away is shown.
    let mut elsewhere = Some(read);
    let (later, latest) = (at("2030-01-01"), at("2030-01-02"));
    let story = id(1);
    BookmarkChange::Remove {
        story: story.clone(),
        at: at("2029-01-01"),
    }
    .apply(&mut elsewhere);
    BookmarkChange::Restore {
        story: story.clone(),
        at: later,
    }
    .apply(&mut elsewhere);
    desk.hear(Event::Marks(
        series(),
        elsewhere.iter().cloned().collect(),
        vec![],
    ));
    assert_eq!(
        (desk.model.bookmarked_count(), desk.model.bookmarks_in_all()),
        (1, 1)
    );
    BookmarkChange::Remove { story, at: latest }.apply(&mut elsewhere);
    desk.hear(Event::Marks(
        series(),
        elsewhere.into_iter().collect(),
        vec![],
    ));
    assert_eq!(
        (desk.model.bookmarked_count(), desk.model.bookmarks_in_all()),
        (0, 0)
    );
}
