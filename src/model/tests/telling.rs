//! Notices.

use super::*;

#[test]
fn what_waits_to_be_saved_is_told_once_until_it_is_saved() {
    let mut desk = Desk::new(&[1]);
    for sentence in ["The disk is full.", "The disk is full.", "It is read-only."] {
        desk.hear(Event::SaveFailed(error(sentence)));
        assert_eq!(desk.titles(), ["Not saved yet"]);
        assert_eq!(desk.texts(), [sentence]);
        assert!(desk.model.unsaved);
    }
    let (_, notice) = desk.model.notices.iter().next().unwrap();
    let (_, again) = notice.offer.clone().unwrap();
    assert_eq!(desk.act(again), [Effect::SaveAgain]);
    desk.hear(Event::AllSaved);
    assert!(!desk.model.unsaved);
    assert_eq!(desk.titles(), [""; 0]);
}

#[test]
fn the_same_notice_is_never_there_twice_nor_are_there_too_many() {
    let mut desk = Desk::new(&[1]);
    for text in ["a", "b", "a", "c", "d", "e"] {
        desk.hear(Event::Notice(error(text)));
    }
    assert_eq!(desk.texts(), ["a", "c", "d", "e"]);
    desk.hear(Event::Notice(error("c")));
    assert_eq!(desk.texts(), ["a", "d", "e", "c"]);
    let ids: std::collections::HashSet<u64> =
        desk.model.notices.iter().map(|(id, _)| id.0).collect();
    assert_eq!(ids.len(), 4);
    let first = desk.model.notices.iter().next().unwrap().0;
    desk.act(Action::Dismiss(first));
    assert_eq!(desk.texts(), ["d", "e", "c"]);
    desk.dismiss_all();
    assert!(desk.model.notices.is_empty());
}

#[test]
fn what_was_wrong_with_the_readers_files_is_told_at_the_start() {
    let mut desk = Desk::new(&[1]);
    let kept = Kept {
        notices: vec![error("bookmarks/x.ron is damaged.")],
        ..Kept::default()
    };
    desk.hear(Event::Kept(kept));
    assert_eq!(desk.texts(), ["bookmarks/x.ron is damaged."]);
}
