//! Copies of stories: one stands in for a pack that is gone, and a pack is made of them.

use std::path::PathBuf;

use super::*;

fn copy(name: &str) -> PathBuf {
    PathBuf::from(format!("kept/{name}"))
}

/// A desk with another pack open, a bookmark of the sample's first story, and two copies of it.
fn elsewhere() -> Desk {
    let mut desk = Desk::new(&[2]);
    desk.act(Action::ToggleBookmark(id(0)));
    desk.open("other", &[1]);
    let listed = vec![
        (series(), id(0), copy("new")),
        (series(), id(0), copy("old")),
    ];
    desk.hear(Event::Copies(CopyEvent::Listed(listed, vec![])));
    desk
}

fn opening(effects: &[Effect]) -> Option<&Origin> {
    effects.iter().find_map(|effect| match effect {
        Effect::Open(_, origin) => Some(origin),
        _ => None,
    })
}

#[test]
fn copies_are_tried_one_after_the_other() {
    let mut desk = elsewhere();
    let effects = desk.act(Action::ShowBookmark(series(), id(0)));
    assert_eq!(opening(&effects), Some(&path("sample")));
    let effects = desk.fail("It is gone.");
    assert_eq!(opening(&effects), Some(&Origin::Path(copy("new"))));
    let effects = desk.fail("It is damaged.");
    assert_eq!(opening(&effects), Some(&Origin::Path(copy("old"))));
    desk.give(&sample(&[1]), |_| {});
    assert_eq!(desk.place(), "sample s0");
    assert_eq!(desk.titles(), ["This is your copy"]);

    // The next pack takes the notice away.
    desk.open("other", &[1]);
    assert_eq!(desk.titles(), [""; 0]);
}

#[test]
fn where_no_copy_opens_either_that_is_told_once() {
    let mut desk = elsewhere();
    desk.act(Action::ShowBookmark(series(), id(0)));
    for _ in 0..2 {
        desk.fail("It is gone.");
    }
    let effects = desk.fail("It is gone.");
    assert_eq!(opening(&effects), None);
    assert_eq!(desk.titles(), ["This pack cannot be opened"]);
    assert_eq!(desk.place(), "other front");
}

#[test]
fn a_pack_of_another_series_is_not_taken_for_the_original() {
    let mut desk = elsewhere();
    desk.act(Action::ShowBookmark(series(), id(0)));
    let effects = desk.give(&sample_of("stranger", &[2]), |_| {});
    assert!(matches!(effects[0], Effect::Close(_)), "{effects:?}");
    assert_eq!(opening(&effects), Some(&Origin::Path(copy("new"))));
}

#[test]
fn an_original_that_is_there_needs_no_copy() {
    let mut desk = elsewhere();
    desk.act(Action::ShowBookmark(series(), id(0)));
    desk.give(&sample(&[2]), |_| {});
    assert_eq!(desk.titles(), [""; 0]);
    assert_eq!(desk.place(), "sample s0");
    // Opening something else that fails has nothing to do with it.
    desk.act(Action::Open(path("gone")));
    let effects = desk.fail("It is gone.");
    assert_eq!(opening(&effects), None);
}

#[test]
fn a_copy_is_shown_as_kept_when_the_disk_says_so() {
    let mut desk = Desk::new(&[2]);
    let effects = desk.act(Action::Copies(CopyAction::Keep(id(1))));
    let key = desk.pack().key;
    let job = CopyJob::Make(key, series(), id(1));
    assert!(effects.contains(&Effect::Copies(job)), "{effects:?}");
    assert!(desk.model.bookmark(&id(1)).is_some());
    assert_eq!(desk.model.copy(&id(1)), Some(&CopyState::Coming));
    assert_eq!(desk.act(Action::Copies(CopyAction::Keep(id(1)))), []);
    let failed = Err("The disk is full.".to_owned());
    desk.hear(Event::Copies(CopyEvent::Made(series(), id(1), failed)));
    assert_eq!(desk.model.copy(&id(1)), None);
    assert_eq!(desk.texts(), ["The disk is full."]);
    desk.act(Action::Copies(CopyAction::Keep(id(1))));
    assert_eq!(desk.titles(), [""; 0]);
    let made = Ok((vec![copy("a")], vec![]));
    desk.hear(Event::Copies(CopyEvent::Made(series(), id(1), made)));
    let here = CopyState::Here(vec![copy("a")]);
    assert_eq!(desk.model.copy(&id(1)), Some(&here));
}

#[test]
fn a_pack_is_made_of_the_newest_copies() {
    let mut desk = elsewhere();
    let effects = desk.act(Action::Copies(CopyAction::Export(vec![])));
    assert_eq!(effects, [Effect::Copies(CopyJob::AskWhere)]);
    let effects = desk.hear(Event::Copies(CopyEvent::Place(Some("to".into()))));
    let job = CopyJob::Export(vec![copy("new")], "to".into());
    assert_eq!(effects, [Effect::Copies(job)]);
    assert_eq!(desk.model.copies.exporting, Some((0, 1)));
    // One at a time.
    assert_eq!(desk.act(Action::Copies(CopyAction::Export(vec![]))), []);
    let done = Some(Ok(("to".into(), 1)));
    desk.hear(Event::Copies(CopyEvent::Exported(done)));
    assert_eq!(desk.model.copies.exporting, None);
    assert_eq!(desk.texts(), ["One story is in to"]);
    let nobody = vec![(SeriesId::new("other"), id(5))];
    assert_eq!(desk.act(Action::Copies(CopyAction::Export(nobody))), []);
}
