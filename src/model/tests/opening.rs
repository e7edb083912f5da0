//! Packs come, and do not come.

use super::*;

#[test]
fn the_first_pack_is_the_one_asked_for_else_the_last_else_the_sample() {
    let recent = |path: &str| RecentPack {
        path: path.to_owned(),
        title: String::new(),
        series: String::new(),
        edition: String::new(),
        opened: String::new(),
    };
    let last = vec![recent("last"), recent("older")];
    for (first, entries, expected) in [
        (vec![Origin::Guide], last.clone(), Origin::Guide),
        (vec![], last, Origin::Path("last".into())),
        (vec![], vec![], Origin::WorldDesk),
    ] {
        let mut model = Model {
            first: first.into_iter().map(Into::into).collect(),
            ..Model::default()
        };
        let mut kept = Kept {
            recent: Recent { entries },
            ..Kept::default()
        };
        VERSION.clone_into(&mut kept.settings.seen);
        let effects = model.handle(Event::Kept(kept));
        assert_eq!(effects, [Effect::Open(RequestId(1), expected)]);
    }
}

#[test]
fn of_several_packs_one_is_opened_and_the_others_are_one_click_away() {
    for handed_over in [false, true] {
        let mut desk = Desk::new(&[1]);
        let packs = ["a", "b", "c"]
            .map(|name| Origin::Path(name.into()).into())
            .to_vec();
        let effects = if handed_over {
            desk.hear(Event::HandedOver(packs))
        } else {
            desk.model.first = packs;
            desk.hear(Event::Kept(Kept::default()))
        };
        let opens =
            |e: &&Effect| matches!(e, Effect::Open(_, Origin::Path(p)) if p.as_os_str() == "a");
        assert_eq!(effects.iter().filter(opens).count(), 1);
        let recent: Vec<&str> = desk.model.recent.entries.iter().map(|r| &*r.path).collect();
        assert_eq!(recent[..2], ["c", "b"]);
        assert_eq!(saves(&effects).len(), 2);
    }
}

#[test]
fn the_open_pack_stays_until_the_new_one_is_there() {
    let mut desk = Desk::new(&[2]);
    desk.show(1);
    let effects = desk.act(Action::Open(path("other")));
    assert!(matches!(effects[..], [Effect::Open(_, ref origin)] if *origin == path("other")));
    assert_eq!(desk.place(), "sample s1");
    let request = desk.model.opening.as_ref().unwrap().request;
    desk.hear(Event::Opening(request, 7));
    assert_eq!(desk.model.opening.as_ref().unwrap().stories, 7);
    desk.hear(Event::Opening(RequestId(request.0 - 1), 9));
    assert_eq!(desk.model.opening.as_ref().unwrap().stories, 7, "stale");

    let effects = desk.give(&sample_of("other", &[1]), |_| {});
    assert_eq!(desk.place(), "other front");
    assert!(desk.model.opening.is_none());
    assert!(effects.contains(&Effect::Close(PackKey(1))));
}

#[test]
fn only_the_newest_request_is_answered() {
    let mut desk = Desk::new(&[1]);
    desk.act(Action::Open(path("slow")));
    let slow = desk.model.opening.as_ref().unwrap().request;
    let effects = desk.act(Action::Open(path("quick")));
    assert_eq!(effects[0], Effect::CancelOpen(slow));
    desk.give(&sample_of("quick", &[1]), |_| {});

    let late = Opened {
        key: PackKey(99),
        origin: path("slow"),
        edition: sample_of("slow", &[1]),
        reading: Reading::default(),
        bookmarks: vec![],
        highlights: vec![],
        problems: vec!["A sentence.".into()],
    };
    let effects = desk.hear(Event::Opened(slow, late));
    assert_eq!(effects, [Effect::Close(PackKey(99))]);
    assert_eq!(desk.place(), "quick front");
    assert_eq!(desk.hear(Event::OpenFailed(slow, error("Gone."))), []);
    assert_eq!(desk.texts(), [""; 0]);
}

#[test]
fn opening_can_be_cancelled() {
    let mut desk = Desk::new(&[1]);
    assert_eq!(desk.act(Action::CancelOpening), []);
    desk.act(Action::Open(path("other")));
    let request = desk.model.opening.as_ref().unwrap().request;
    let effects = desk.act(Action::CancelOpening);
    assert_eq!(effects, [Effect::CancelOpen(request)]);
    assert!(desk.model.opening.is_none());
    assert_eq!(desk.place(), "sample front");
}

#[test]
fn a_pack_that_does_not_open_is_told_once_and_the_old_one_stays() {
    let mut desk = Desk::new(&[2]);
    desk.show(1);
    for _ in 0..2 {
        desk.act(Action::Open(path("bad")));
        assert_eq!(
            desk.titles(),
            [""; 0],
            "the next try takes the last one's away"
        );
        assert_eq!(desk.fail("It has no manifest."), []);
        assert_eq!(desk.titles(), ["This pack cannot be opened"]);
        assert_eq!(desk.texts(), ["It has no manifest."]);
        assert_eq!(desk.place(), "sample s1");
        assert!(desk.model.opening.is_none());
    }
    assert!(
        !desk
            .model
            .recent
            .entries
            .iter()
            .any(|r| r.path.contains("bad"))
    );
}

#[test]
fn with_nothing_to_read_the_sample_is_opened_instead() {
    let mut desk = Desk::started();
    let effects = desk.fail("It is gone.");
    assert!(matches!(effects[..], [Effect::Open(_, Origin::WorldDesk)]));
    assert_eq!(desk.texts(), ["It is gone."]);
    // And if even that fails there is no end of tries.
    assert_eq!(desk.fail("So is this."), []);
    assert!(desk.model.open.is_none() && desk.model.opening.is_none());
}

#[test]
fn what_is_wrong_with_a_pack_is_told_until_the_next_one_is_open() {
    let mut desk = Desk::new(&[1]);
    for (problems, text) in [
        (vec!["A."], "A."),
        (vec!["A.", "B."], "A. One more problem was found."),
        (vec!["A.", "B.", "C."], "A. 2 more problems were found."),
    ] {
        desk.act(Action::Open(path("other")));
        desk.give(&sample(&[1]), |opened| {
            opened.problems = problems.iter().map(ToString::to_string).collect();
        });
        assert_eq!(desk.texts(), [text]);
    }
    desk.open("fine", &[1]);
    assert_eq!(desk.texts(), [""; 0]);
}

#[test]
fn packs_with_a_path_are_listed_as_recent_and_can_be_forgotten() {
    let mut desk = Desk::started();
    let effects = desk.give(&sample(&[1]), |_| {});
    let pack = RecentPack {
        path: "packs/sample".into(),
        title: "The sample".into(),
        series: "sample".into(),
        edition: "1".into(),
        opened: NOW.into(),
    };
    assert_eq!(
        saves(&effects),
        [&Save::Recent(RecentChange::Opened(pack.clone()))]
    );
    assert_eq!(desk.model.recent.entries, [pack]);
    desk.act(Action::Open(Origin::Guide));
    let effects = desk.give(&sample_of("guide", &[1]), |_| {});
    assert!(saves(&effects).is_empty());
    assert_eq!(desk.model.recent.entries.len(), 1);

    let effects = desk.act(Action::Forget("packs/sample".into()));
    let change = RecentChange::Forget("packs/sample".into());
    assert_eq!(effects, [Effect::Save(Save::Recent(change))]);
    assert_eq!(desk.model.recent.entries, []);
}

#[test]
fn picked_files_are_opened_and_a_missing_dialog_is_told() {
    let mut desk = Desk::new(&[1]);
    assert_eq!(desk.act(Action::PickFile), [Effect::PickFile]);
    assert_eq!(desk.act(Action::PickFolder), [Effect::PickFolder]);
    assert_eq!(desk.hear(Event::Picked(Ok(None))), []);
    let effects = desk.hear(Event::Picked(Ok(Some("new".into()))));
    assert!(matches!(&effects[..], [Effect::Open(_, Origin::Path(p))] if p.as_os_str() == "new"));
    desk.hear(Event::Picked(Err(error("No dialog."))));
    assert_eq!(desk.texts(), ["No dialog."]);
}
