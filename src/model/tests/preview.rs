//! A pack that is being written: its newest state comes in one step, and leaves no traces.

use super::*;

/// A preview of `packs/sample` with these sections, checked once.
fn preview(counts: &[usize]) -> Desk {
    let mut desk = Desk {
        model: Model::default(),
        keys: 0,
    };
    desk.model.preview = Some(Preview::new(path("sample")));
    let effects = desk.hear(Event::Kept(Kept::default()));
    assert_eq!(effects, [Effect::Follow(path("sample"))]);
    let effects = change(&mut desk);
    checked(&mut desk, &effects, &[]);
    opened(&mut desk, &effects, counts);
    desk
}

/// Something changed in the folder.
fn change(desk: &mut Desk) -> Vec<Effect> {
    desk.hear(Event::Edited)
}

/// Answers the check that was asked for.
fn checked(desk: &mut Desk, effects: &[Effect], findings: &[Finding]) {
    let check = effects.iter().find_map(|effect| match effect {
        Effect::Check(request, _) => Some(*request),
        _ => None,
    });
    let findings: Arc<[Finding]> = findings.into();
    desk.hear(Event::Checked(check.expect("a check"), findings));
}

fn asked_to_open(effects: &[Effect]) -> Option<RequestId> {
    effects.iter().find_map(|effect| match effect {
        Effect::Open(request, _) => Some(*request),
        _ => None,
    })
}

/// Answers the opening that was asked for.
fn opened(desk: &mut Desk, effects: &[Effect], counts: &[usize]) -> Vec<Effect> {
    desk.keys += 1;
    let opened = Opened {
        key: PackKey(desk.keys),
        origin: path("sample"),
        edition: sample_of("sample", counts),
        reading: Reading::default(),
        bookmarks: vec![],
        highlights: vec![],
        problems: vec!["Something.".into()],
    };
    let request = asked_to_open(effects).expect("an opening");
    desk.hear(Event::Opened(request, opened))
}

fn body(words: usize) -> Arc<StoryBody> {
    Arc::new(StoryBody {
        words,
        ..StoryBody::default()
    })
}

fn words(desk: &Desk) -> usize {
    match desk.model.body() {
        Some(BodyState::Ready(body)) => body.words,
        other => panic!("{other:?}"),
    }
}

fn finding(weight: Weight) -> Finding {
    Finding {
        weight,
        code: "P013".into(),
        file: "pack.ron".into(),
        line: Some(4),
        column: Some(7),
        message: "No.".into(),
        story: None,
    }
}

#[test]
fn the_newest_state_comes_with_the_open_story_s_text() {
    let mut desk = preview(&[3]);
    desk.show(1);
    desk.hear(Event::Body(PackKey(1), id(1), Ok(body(5))));
    let effects = change(&mut desk);
    let effects = opened(&mut desk, &effects, &[4]);
    assert_eq!(asked(&effects), ["s1"]);
    // Until the text is here, everything is as it was.
    assert_eq!((desk.pack().key, words(&desk)), (PackKey(1), 5));
    let effects = desk.hear(Event::Body(PackKey(2), id(1), Ok(body(6))));
    assert_eq!(effects[0], Effect::Renew(PackKey(1), PackKey(2)));
    assert_eq!(
        asked(&effects),
        ["s2", "s0"],
        "the neighbours are read anew"
    );
    assert_eq!((desk.pack().key, words(&desk)), (PackKey(2), 6));
    assert_eq!(desk.pack().since, PackKey(1));
    assert_eq!(desk.pack().edition.count(), 4);
    assert_eq!(desk.place(), "sample s1");
}

#[test]
fn a_text_in_which_nothing_changed_stays_the_same() {
    let mut desk = preview(&[3]);
    desk.show(1);
    let before = body(5);
    desk.hear(Event::Body(PackKey(1), id(1), Ok(before.clone())));
    let effects = change(&mut desk);
    opened(&mut desk, &effects, &[3]);
    desk.hear(Event::Body(PackKey(2), id(1), Ok(body(5))));
    match desk.model.body() {
        Some(BodyState::Ready(now)) => assert!(Arc::ptr_eq(now, &before)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_filter_holds_and_its_rows_come_with_the_newest_state() {
    let mut desk = preview(&[3]);
    let effects = desk.act(Action::Filter("headline".into()));
    desk.answer(&effects, &[0, 2]);
    let effects = change(&mut desk);
    let effects = opened(&mut desk, &effects, &[5]);
    assert_eq!(desk.rows(), [0, 2]);
    desk.answer(&effects, &[1, 4]);
    assert_eq!((desk.rows(), desk.pack().key), (vec![1, 4], PackKey(2)));
    assert_eq!(desk.pack().query, "headline");

    // The filter is changed while a newer state is on its way: its rows are asked for once more.
    let effects = change(&mut desk);
    let late = opened(&mut desk, &effects, &[6]);
    let effects = desk.act(Action::Filter("head".into()));
    desk.answer(&effects, &[3]);
    let effects = desk.answer(&late, &[0]);
    desk.answer(&effects[1..], &[5]);
    assert_eq!((desk.rows(), desk.pack().key), (vec![5], PackKey(3)));
}

#[test]
fn changes_that_come_faster_than_they_can_be_shown_are_shown_one_after_the_other() {
    let mut desk = preview(&[1]);
    let first = change(&mut desk);
    for _ in 0..3 {
        assert_eq!(asked_to_open(&change(&mut desk)), None);
    }
    let effects = opened(&mut desk, &first, &[2]);
    assert_eq!(desk.pack().edition.count(), 2);
    let effects = opened(&mut desk, &effects, &[3]);
    assert_eq!(desk.pack().edition.count(), 3);
    assert_eq!(asked_to_open(&effects), None);
}

#[test]
fn what_cannot_be_opened_leaves_the_last_good_page() {
    let mut desk = preview(&[2]);
    desk.show(1);
    let effects = change(&mut desk);
    let request = asked_to_open(&effects).unwrap();
    let said = desk.hear(Event::OpenFailed(request, error("It is broken.")));
    assert_eq!(said, []);
    assert_eq!((desk.place(), desk.titles()), ("sample s1".into(), vec![]));
    assert!(desk.model.previewing().unwrap().behind);
    let effects = change(&mut desk);
    opened(&mut desk, &effects, &[2]);
    desk.hear(Event::Body(PackKey(2), id(1), Ok(body(1))));
    assert!(!desk.model.previewing().unwrap().behind);
}

#[test]
fn only_the_newest_check_counts() {
    let mut desk = preview(&[1]);
    let old = change(&mut desk);
    let new = change(&mut desk);
    checked(&mut desk, &old, &[finding(Weight::Error)]);
    let count = |desk: &Desk, weight| desk.model.previewing().unwrap().count(weight);
    assert_eq!(count(&desk, Weight::Error), 0);
    let findings = [Weight::Warning, Weight::Advice, Weight::Advice].map(finding);
    checked(&mut desk, &new, &findings);
    let counts = Weight::ALL.map(|weight| count(&desk, weight));
    assert_eq!(counts, [0, 1, 2]);
    assert_eq!(findings[0].place(), "pack.ron:4:7");
}

#[test]
fn a_story_that_is_taken_out_gives_way_to_the_front_page() {
    let mut desk = preview(&[3]);
    desk.show(0);
    desk.show(2);
    let effects = change(&mut desk);
    opened(&mut desk, &effects, &[2]);
    assert_eq!(desk.place(), "sample front");
    assert_eq!(desk.titles(), ["The story is gone"]);
    // The way back leads past what is not there any more.
    desk.act(Action::Back);
    assert_eq!(desk.place(), "sample s0");
    let effects = change(&mut desk);
    desk.hear(Event::Body(PackKey(2), id(0), Ok(body(1))));
    opened(&mut desk, &effects, &[0]);
    desk.act(Action::Back);
    assert_eq!(desk.place(), "sample front");
    desk.act(Action::Forward);
    assert_eq!(desk.place(), "sample front");
}

#[test]
fn a_preview_leaves_no_traces_but_bookmarks() {
    let mut desk = preview(&[3]);
    assert_eq!(
        desk.titles(),
        [""; 0],
        "problems are listed beside the page"
    );
    let place = Place {
        block: 3,
        offset: 0.5,
    };
    let mut effects = desk.show(1);
    effects.extend(desk.act(Action::ToggleRead(id(1))));
    effects.extend(desk.act(Action::Reached(series(), id(1), place)));
    assert_eq!(
        saves(&effects),
        [&Save::Settings(SettingsChange::Theme(Theme::Dark)); 0]
    );
    assert_eq!(desk.pack().unread(), 3);
    assert_eq!(desk.pack().reading.places[&id(1)], place);
    let effects = desk.act(Action::ToggleBookmark(id(1)));
    assert!(matches!(saves(&effects)[..], [Save::Bookmark(..)]));
    // Another pack opened in this window is not listed as recent either.
    desk.act(Action::Open(path("other")));
    let effects = desk.give(&sample_of("other", &[1]), |_| {});
    assert!(saves(&effects).is_empty(), "{effects:?}");
}

#[test]
fn while_another_pack_is_read_only_the_check_goes_on() {
    let mut desk = preview(&[3]);
    let late = change(&mut desk);
    desk.act(Action::Open(path("other")));
    desk.give(&sample_of("other", &[1]), |_| {});
    assert!(desk.model.previewing().is_none());
    let effects = opened(&mut desk, &late, &[4]);
    assert!(matches!(effects[..], [Effect::Close(_)]), "{effects:?}");
    let effects = change(&mut desk);
    assert!(matches!(effects[..], [Effect::Check(..)]), "{effects:?}");
    // Back again, it is opened as it is now.
    let effects = desk.act(Action::Back);
    assert!(asked_to_open(&effects).is_some());
    desk.give(&sample_of("sample", &[5]), |_| {});
    assert_eq!(desk.model.previewing().unwrap().origin, path("sample"));
    assert_eq!(desk.pack().edition.count(), 5);
}

#[test]
fn a_window_for_reading_follows_nothing() {
    let mut desk = Desk::new(&[2]);
    assert_eq!(desk.hear(Event::Edited), []);
    assert!(desk.model.previewing().is_none());
}
