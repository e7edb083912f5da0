//! The headline list: filters, tabs, and who stays in it.

use super::*;

#[test]
fn a_filter_asks_for_folded_words_and_shows_what_comes_back() {
    let mut desk = Desk::new(&[2, 3]);
    let effects = desk.act(Action::Filter("  Méxi  CO ".into()));
    let [Effect::Filter(PackKey(1), _, query)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(query.words, ["mexi", "co"]);
    assert_eq!((query.show, query.marked.len()), (Show::All, 0));
    assert_eq!(desk.rows(), [0, 1, 2, 3, 4], "until the answer is here");
    desk.answer(&effects, &[1, 4]);
    assert_eq!(desk.rows(), [1, 4]);
    assert_eq!(desk.act(Action::Filter("   ".into())), []);
    assert_eq!(desk.rows(), [0, 1, 2, 3, 4]);
}

#[test]
fn an_older_filter_is_superseded() {
    let mut desk = Desk::new(&[5]);
    let first = desk.act(Action::Filter("m".into()));
    let second = desk.act(Action::Filter("me".into()));
    desk.answer(&second, &[3]);
    desk.answer(&first, &[0, 1, 2, 3]);
    assert_eq!(desk.rows(), [3]);
    // A filter that was cleared does not come back.
    let third = desk.act(Action::Filter("mex".into()));
    desk.act(Action::Filter(String::new()));
    desk.answer(&third, &[3]);
    assert_eq!(desk.rows(), [0, 1, 2, 3, 4]);
    // Nor does that of another pack.
    let fourth = desk.act(Action::Filter("m".into()));
    desk.open("other", &[2]);
    desk.answer(&fourth, &[0]);
    assert_eq!(desk.rows(), [0, 1]);
}

#[test]
fn unread_and_bookmarked_are_asked_for_by_what_is_marked() {
    let mut desk = Desk::new(&[4]);
    desk.show(2);
    desk.act(Action::ToggleBookmark(id(3)));
    for (show, marked) in [(Show::Unread, id(2)), (Show::Bookmarked, id(3))] {
        let effects = desk.act(Action::Show(show));
        let [Effect::Filter(_, _, query)] = &effects[..] else {
            panic!("{effects:?}");
        };
        assert_eq!((query.show, &query.marked[..]), (show, &[marked][..]));
        assert_eq!(query.words, [""; 0]);
    }
    assert_eq!(desk.act(Action::Show(Show::All)), []);
}

#[test]
fn what_is_read_stays_in_the_list_of_unread_until_it_is_asked_for_again() {
    let mut desk = Desk::new(&[4]);
    let effects = desk.act(Action::Show(Show::Unread));
    desk.answer(&effects, &[0, 1, 2, 3]);
    let effects = desk.show(1);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Filter(..))));
    assert_eq!(desk.rows(), [0, 1, 2, 3]);
    desk.act(Action::Go(Step::Next));
    assert_eq!(desk.place(), "sample s2");
}

#[test]
fn from_a_story_that_is_not_listed_one_goes_to_where_it_would_be() {
    let mut desk = Desk::new(&[6]);
    for (step, expected) in [(Step::Next, "s4"), (Step::Previous, "s1")] {
        desk.show(2);
        let effects = desk.act(Action::Filter("x".into()));
        desk.answer(&effects, &[0, 1, 4]);
        desk.act(Action::Go(step));
        assert_eq!(desk.place(), format!("sample {expected}"));
        desk.act(Action::Filter(String::new()));
    }
}

#[test]
fn what_now_belongs_into_the_list_comes_in_and_what_does_no_longer_stays() {
    let mut desk = Desk::new(&[4]);
    let effects = desk.act(Action::Show(Show::Bookmarked));
    desk.answer(&effects, &[]);
    desk.show(2);
    let effects = desk.act(Action::ToggleBookmark(id(2)));
    desk.answer(&effects[1..], &[2]);
    assert_eq!(desk.rows(), [2]);
    let effects = desk.act(Action::ToggleBookmark(id(2)));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Filter(..))));
    assert_eq!(desk.rows(), [2]);

    let effects = desk.act(Action::Show(Show::All));
    assert_eq!(effects, []);
    let effects = desk.act(Action::Filter("x".into()));
    desk.answer(&effects, &[1]);
    let effects = desk.act(Action::ToggleBookmark(id(3)));
    assert!(
        !effects.iter().any(|e| matches!(e, Effect::Filter(..))),
        "whether it is bookmarked is not asked here"
    );
    desk.act(Action::Filter(String::new()));

    let effects = desk.act(Action::Show(Show::Unread));
    desk.answer(&effects, &[0, 1, 3]);
    let effects = desk.act(Action::ToggleRead(id(2)));
    desk.answer(&effects[1..], &[0, 1, 2, 3]);
    assert_eq!(desk.rows(), [0, 1, 2, 3]);
}
