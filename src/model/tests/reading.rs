//! Stories, bodies, read marks and places.

use super::*;

fn read(id: StoryId) -> Save {
    Save::Reading(series(), ReadingChange::Read(id))
}

#[test]
fn a_story_comes_with_its_neighbours_and_is_marked_read() {
    let mut desk = Desk::new(&[2, 3]);
    assert_eq!(desk.pack().unread(), 5);
    let effects = desk.show(2);
    assert_eq!(asked(&effects), ["s2", "s3", "s1"]);
    assert_eq!(saves(&effects), [&read(id(2))]);
    assert_eq!(desk.place(), "sample s2");
    assert_eq!(desk.pack().unread(), 4);
    assert!(desk.pack().is_read(&id(2)) && !desk.pack().is_read(&id(3)));

    // What was asked for is not asked for again, and what is read is not written again.
    let effects = desk.act(Action::Go(Step::Next));
    assert_eq!(asked(&effects), ["s4"]);
    desk.act(Action::Go(Step::Previous));
    assert_eq!(desk.show(2), [], "it is there already");
    assert_eq!(desk.pack().unread(), 3);
    assert_eq!(desk.show(77), [], "no such story");
    assert_eq!(desk.place(), "sample s2");
}

#[test]
fn bodies_of_a_pack_that_was_closed_are_dropped() {
    let mut desk = Desk::new(&[3]);
    desk.show(0);
    desk.open("other", &[3]);
    desk.show(0);
    let body = Arc::new(StoryBody {
        words: 7,
        ..StoryBody::default()
    });
    desk.hear(Event::Body(PackKey(1), id(0), Ok(body.clone())));
    assert!(matches!(desk.model.body(), Some(BodyState::Wanted)));
    desk.hear(Event::Body(PackKey(2), id(0), Ok(body)));
    assert!(matches!(desk.model.body(), Some(BodyState::Ready(body)) if body.words == 7));
}

#[test]
fn a_body_that_could_not_be_read_is_asked_for_again_the_next_time() {
    let mut desk = Desk::new(&[3]);
    desk.show(0);
    desk.hear(Event::Body(PackKey(1), id(0), Err("Not UTF-8.".into())));
    assert!(matches!(desk.model.body(), Some(BodyState::Failed(why)) if why == "Not UTF-8."));
    desk.show(2);
    let effects = desk.show(0);
    assert_eq!(asked(&effects), ["s0"]);
}

#[test]
fn only_a_few_bodies_are_kept_and_the_open_one_is_among_them() {
    let mut desk = Desk::new(&[40]);
    for row in 0..40 {
        desk.show(row);
        for near in [row.saturating_sub(1), row, row + 1] {
            desk.hear(Event::Body(PackKey(1), id(near), Ok(Arc::default())));
        }
    }
    let kept = (0..40).filter(|row| desk.pack().body(&id(*row)).is_some());
    assert!(kept.count() <= 12);
    assert!(matches!(desk.model.body(), Some(BodyState::Ready(_))));
}

#[test]
fn a_story_one_comes_back_to_is_kept() {
    let mut desk = Desk::new(&[40]);
    desk.show(0);
    for row in [5, 10, 15, 20, 25, 30] {
        desk.show(row);
        assert_eq!(asked(&desk.show(0)), [""; 0], "after {row}");
    }
}

#[test]
fn next_and_previous_stop_at_the_ends() {
    let mut desk = Desk::new(&[2, 1]);
    for (step, expected) in [
        (Step::Previous, "front"),
        (Step::Next, "s0"),
        (Step::Previous, "s0"),
        (Step::Next, "s1"),
        (Step::Next, "s2"),
        (Step::Next, "s2"),
        (Step::First, "s0"),
    ] {
        desk.act(Action::Go(step));
        assert_eq!(desk.place(), format!("sample {expected}"), "{step:?}");
    }
}

#[test]
fn the_next_unread_story_is_found_from_the_top_again() {
    let mut desk = Desk::new(&[2, 3]);
    desk.show(1);
    desk.show(3);
    for expected in ["s4", "s0", "s2", "s2"] {
        desk.act(Action::Go(Step::NextUnread));
        assert_eq!(desk.place(), format!("sample {expected}"));
    }
    assert_eq!(desk.pack().unread(), 0);
}

#[test]
fn the_next_unread_story_is_looked_for_among_those_listed() {
    let mut desk = Desk::new(&[6]);
    desk.show(3);
    let effects = desk.act(Action::Filter("x".into()));
    desk.answer(&effects, &[1, 5]);
    desk.act(Action::Go(Step::NextUnread));
    assert_eq!(
        desk.place(),
        "sample s5",
        "3 is not listed; 5 comes after it"
    );
    desk.act(Action::Go(Step::NextUnread));
    assert_eq!(desk.place(), "sample s1");
    desk.act(Action::Go(Step::NextUnread));
    assert_eq!(desk.place(), "sample s1", "the others are not listed");
}

#[test]
fn the_next_unread_story_is_not_the_one_on_the_page() {
    let mut desk = Desk::new(&[3]);
    desk.show(1);
    desk.act(Action::ToggleRead(id(1)));
    desk.act(Action::Go(Step::NextUnread));
    assert_eq!(desk.place(), "sample s2");
}

#[test]
fn stories_can_be_marked_unread_and_read() {
    let mut desk = Desk::new(&[2]);
    desk.show(0);
    let effects = desk.act(Action::ToggleRead(id(0)));
    let unread = Save::Reading(series(), ReadingChange::Unread(id(0)));
    assert_eq!(effects, [Effect::Save(unread)]);
    assert_eq!(desk.pack().unread(), 2);
    assert_eq!(
        desk.act(Action::ToggleRead(id(1))),
        [Effect::Save(read(id(1)))]
    );
    assert_eq!(desk.pack().unread(), 1);
    assert_eq!(desk.place(), "sample s0");
}

#[test]
fn marks_of_stories_that_are_not_in_this_edition_do_not_count() {
    let mut desk = Desk::started();
    desk.give(&sample(&[3]), |opened| {
        for story in ["s1", "s9", "old"] {
            opened
                .reading
                .apply(&ReadingChange::Read(StoryId::new(story)));
        }
    });
    assert_eq!(desk.pack().unread(), 2);
}

#[test]
fn a_place_is_kept_once_and_for_its_own_series() {
    let mut desk = Desk::new(&[2]);
    let place = Place {
        block: 4,
        offset: 0.25,
    };
    let action = Action::Reached(series(), id(0), place);
    let save = Save::Reading(series(), ReadingChange::Place(id(0), place));
    assert_eq!(desk.act(action.clone()), [Effect::Save(save.clone())]);
    assert_eq!(desk.act(action.clone()), [], "it is there already");
    assert_eq!(desk.pack().reading.places[&id(0)], place);

    // The reader scrolled and at once opened another pack.
    desk.open("other", &[2]);
    assert_eq!(desk.act(action), [Effect::Save(save)]);
    assert!(
        desk.pack().reading.places.is_empty(),
        "it is not the other's"
    );
}

#[test]
fn a_place_is_always_within_its_block() {
    for (offset, tidy) in [(f32::NAN, 0.0), (-1.0, 0.0), (2.0, 1.0), (0.5, 0.5)] {
        assert_eq!(
            Place { block: 1, offset }.tidy(),
            Place {
                block: 1,
                offset: tidy
            }
        );
    }
}

#[test]
fn reading_marks_are_set_and_taken_away() {
    let mut reading = Reading::default();
    reading.apply(&ReadingChange::Read(id(1)));
    assert!(reading.read.contains(&id(1)));
    reading.apply(&ReadingChange::Unread(id(1)));
    assert_eq!(reading, Reading::default());
}
