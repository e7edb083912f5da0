//! Back and forward, also across packs and past those that are gone.

use super::*;

#[test]
fn back_and_forward_go_across_packs() {
    let mut desk = Desk::new(&[3]);
    desk.show(0);
    desk.act(Action::ShowBookmarks);
    desk.open("other", &[3]);
    desk.show(2);
    desk.act(Action::Back);
    assert_eq!(desk.place(), "other front");
    let effects = desk.act(Action::Back);
    assert!(matches!(&effects[..], [Effect::Open(_, origin)] if *origin == path("sample")));
    desk.give(&sample(&[3]), |_| {});
    assert_eq!(desk.place(), "sample bookmarks");
    desk.act(Action::Back);
    assert_eq!(desk.place(), "sample s0");
    for expected in ["sample bookmarks", "other front", "other s2"] {
        desk.act(Action::Forward);
        if desk.model.opening.is_some() {
            desk.give(&sample_of("other", &[3]), |_| {});
        }
        assert_eq!(desk.place(), expected);
    }
    assert!(!desk.model.history.has_forward());
    assert_eq!(desk.act(Action::Forward), []);
}

#[test]
fn back_from_a_vanished_pack_stays_and_the_next_back_goes_past_it() {
    let mut desk = Desk::new(&[3]);
    desk.open("gone", &[3]);
    desk.open("here", &[3]);
    desk.show(1);
    desk.act(Action::ShowFront);
    desk.act(Action::Back);
    desk.act(Action::Back);
    assert_eq!(desk.place(), "here front");
    desk.act(Action::Back);
    desk.fail("It is gone.");
    assert_eq!(desk.place(), "here front");
    assert_eq!(desk.texts(), ["It is gone."]);
    // Forward leads where it led before.
    desk.act(Action::Forward);
    assert_eq!(desk.place(), "here s1");
    desk.act(Action::Back);
    desk.act(Action::Back);
    desk.give(&sample(&[3]), |_| {});
    assert_eq!(desk.place(), "sample front");
    assert!(!desk.model.history.has_back());
    desk.act(Action::Forward);
    assert_eq!(desk.model.opening.as_ref().unwrap().origin, path("here"));
}

#[test]
fn a_second_back_while_a_pack_is_on_its_way_goes_one_further() {
    let mut desk = Desk::new(&[1]);
    desk.open("b", &[1]);
    desk.open("c", &[1]);
    desk.act(Action::Back);
    let first = desk.model.opening.as_ref().unwrap().request;
    let effects = desk.act(Action::Back);
    assert_eq!(effects[0], Effect::CancelOpen(first));
    desk.give(&sample(&[1]), |_| {});
    assert_eq!(desk.place(), "sample front");
    // And forward comes by both.
    desk.act(Action::Forward);
    assert_eq!(desk.model.opening.as_ref().unwrap().origin, path("b"));
    desk.act(Action::Forward);
    assert_eq!(desk.model.opening.as_ref().unwrap().origin, path("c"));
    // There and back again before anything came: nothing happens.
    desk.act(Action::Back);
    let effects = desk.act(Action::Back);
    assert!(matches!(effects[..], [Effect::CancelOpen(_)]));
    assert!(desk.model.opening.is_none());
    assert_eq!(desk.place(), "sample front");
}

#[test]
fn cancelling_the_way_back_leaves_history_as_it_was() {
    let mut desk = Desk::new(&[1]);
    desk.open("b", &[1]);
    desk.act(Action::Back);
    desk.act(Action::CancelOpening);
    assert!(desk.model.history.has_back() && !desk.model.history.has_forward());
    desk.act(Action::Back);
    desk.give(&sample(&[1]), |_| {});
    assert_eq!(desk.place(), "sample front");
}

#[test]
fn reading_on_while_a_pack_is_on_its_way_makes_it_a_new_place() {
    let mut desk = Desk::new(&[3]);
    desk.open("b", &[3]);
    desk.act(Action::Back);
    desk.show(2);
    desk.give(&sample(&[3]), |_| {});
    assert_eq!(desk.place(), "sample front");
    desk.act(Action::Back);
    desk.give(&sample_of("b", &[3]), |_| {});
    assert_eq!(desk.place(), "b s2");
    desk.act(Action::Back);
    assert_eq!(desk.place(), "b front");
}

#[test]
fn the_same_place_is_not_left() {
    let mut desk = Desk::new(&[1]);
    assert_eq!(desk.act(Action::ShowFront), []);
    assert!(!desk.model.history.has_back());
    assert_eq!(desk.act(Action::Back), []);
}
