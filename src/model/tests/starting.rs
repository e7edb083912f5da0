//! The first start, the first of another version, a folder that takes nothing, and packs for a drive.

use super::*;

/// A model whose files said this, with nothing asked for on the command line.
fn begun(seen: &str, packs: usize) -> Desk {
    let mut desk = Desk {
        model: Model::default(),
        keys: 0,
    };
    let mut kept = Kept::default();
    seen.clone_into(&mut kept.settings.seen);
    for number in 0..packs {
        kept.recent.entries.push(RecentPack {
            path: format!("packs/{number}"),
            title: format!("Pack {number}"),
            series: String::new(),
            edition: number.to_string(),
            opened: String::new(),
        });
    }
    let effects = desk.hear(Event::Kept(kept));
    let seen_now = saves(&effects) == [&Save::Settings(SettingsChange::Seen(VERSION))];
    assert_eq!(
        seen_now,
        desk.model.settings.seen == VERSION && seen != VERSION
    );
    desk
}

#[test]
fn the_first_start_says_how_to_begin_until_that_is_dismissed() {
    let mut desk = begun("", 0);
    assert_eq!(desk.titles(), [""; 0]);
    desk.give(&sample(&[2]), |_| {});
    assert!(desk.model.shows_welcome());
    desk.show(0);
    assert!(!desk.model.shows_welcome());
    desk.act(Action::ShowFront);
    assert!(desk.model.shows_welcome());
    let effects = desk.act(Action::DismissWelcome);
    assert_eq!(
        saves(&effects),
        [&Save::Settings(SettingsChange::Seen(VERSION))]
    );
    assert!(!desk.model.shows_welcome());
    assert!(!begun(VERSION, 0).model.welcome);
}

#[test]
fn who_has_read_before_or_was_given_a_pack_is_not_welcomed() {
    let desk = begun("", 2);
    assert_eq!((desk.model.welcome, desk.titles().len()), (false, 0));
    assert!(!Desk::started().model.welcome);
}

#[test]
fn another_version_is_mentioned_once_and_leads_to_the_news() {
    let mut desk = begun("0.0.9", 1);
    assert_eq!(desk.titles(), [format!("This is Offprint {VERSION}")]);
    let (_, notice) = desk.model.notices.iter().next().unwrap().clone();
    assert_eq!(notice.level, Level::Info);
    let (_, action) = notice.offer.unwrap();
    let effects = desk.act(action);
    let is_guide = |it: &Effect| matches!(it, Effect::Open(_, Origin::Guide));
    assert!(effects.iter().any(is_guide), "{effects:?}");
    let opening = desk.model.opening.clone().unwrap();
    assert_eq!(opening.then, View::Story(StoryId::new("whats-new")));
    assert_eq!(begun(VERSION, 1).titles(), [""; 0]);
}

#[test]
fn a_folder_that_takes_nothing_is_told_with_another_place() {
    let mut desk = Desk::new(&[1]);
    let nothing = |place: Option<&str>| Event::TakesNothing {
        folder: "stick/portable".into(),
        elsewhere: place.map(Into::into),
        remembered: place == Some("usual"),
    };
    desk.hear(nothing(Some("usual")));
    assert!(desk.model.unsaved);
    let text = desk.texts()[0].to_owned();
    for part in [
        "stick/portable",
        "usual",
        "until Offprint is closed",
        "whenever it starts on this computer",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let offer = |desk: &Desk| {
        desk.model
            .notices
            .iter()
            .next()
            .unwrap()
            .1
            .offer
            .clone()
            .unwrap()
    };
    let (label, action) = offer(&desk);
    assert_eq!(label, "Keep it on this computer");
    assert_eq!(desk.act(action), [Effect::KeepElsewhere]);
    // Where that fails it can be tried again, and where it works nothing is left of it.
    desk.hear(Event::KeptElsewhere(Err("It is full.".to_owned())));
    let (_, again) = offer(&desk);
    assert_eq!(desk.act(again), [Effect::KeepElsewhere]);
    desk.hear(Event::KeptElsewhere(Ok("usual".into())));
    desk.hear(Event::AllSaved);
    assert_eq!(desk.titles(), ["Your files are kept on this computer"]);
    assert!(!desk.model.unsaved);
    desk.dismiss_all();
    desk.hear(nothing(Some("another")));
    assert!(desk.texts()[0].contains("without --data-dir"));
    desk.dismiss_all();
    desk.hear(nothing(None));
    let (label, action) = offer(&desk);
    assert_eq!((label.as_str(), action), ("Try again", Action::SaveAgain));
}

#[test]
fn packs_are_chosen_copied_and_told() {
    let drive = |it| Action::Drive(it);
    let mut desk = begun(VERSION, 2);
    desk.act(Action::Open(path("open")));
    desk.give(&sample(&[2]), |_| {});
    desk.act(drive(DriveAction::Show));
    assert_eq!(desk.model.overlay, Some(Overlay::Drive));
    let names: Vec<String> = desk
        .model
        .packs_at_hand()
        .into_iter()
        .map(|it| it.1)
        .collect();
    // The open one is on the list of recent packs as well.
    assert_eq!(
        names,
        [
            "The sample, 1",
            "Pack 0, 0",
            "Pack 1, 1",
            "World Desk, the sample edition",
            "The Offprint Guide"
        ]
    );
    desk.act(drive(DriveAction::Toggle(Origin::Guide)));
    desk.act(drive(DriveAction::ToggleProgram));
    assert_eq!(
        desk.act(drive(DriveAction::Copy)),
        [Effect::Drive(DriveJob::AskWhere)]
    );
    assert_eq!(desk.act(drive(DriveAction::Copy)), []);
    let effects = desk.hear(Event::Drive(DriveEvent::Place(Some("stick".into()))));
    let wish = DriveWish {
        packs: vec![path("open"), Origin::Guide],
        program: false,
        to: "stick".into(),
    };
    assert_eq!(effects, [Effect::Drive(DriveJob::Copy(wish))]);
    desk.hear(Event::Drive(DriveEvent::Going(DriveStep::Writing, 1, 2)));
    assert_eq!(desk.model.drives.going, Some((DriveStep::Writing, 1, 2)));
    // Who goes on reading hears of it.
    desk.act(Action::CloseOverlay);
    let copied = Copied {
        folder: "stick".into(),
        files: vec![],
        from_drive: true,
    };
    desk.hear(Event::Drive(DriveEvent::Done(Some(Ok(copied.clone())))));
    assert_eq!(desk.texts(), ["Everything is in stick."]);
    assert_eq!(desk.model.drives.done, Some(Ok(copied)));
    // The next time begins afresh.
    desk.act(drive(DriveAction::Show));
    assert_eq!(desk.model.drives.done, None);
    assert!(!desk.model.drives.has_chosen(&Origin::Guide));
    desk.act(drive(DriveAction::CopyTo("stick".into())));
    desk.hear(Event::Drive(DriveEvent::Done(None)));
    let said = desk.model.drives.done.clone().unwrap().unwrap_err();
    assert!(said.starts_with("It was stopped."), "{said}");
    desk.hear(Event::Drive(DriveEvent::NotAsked("No dialog.".to_owned())));
    assert!(desk.model.drives.is_free());
}

#[test]
fn nothing_is_copied_where_nothing_is_chosen() {
    let mut desk = Desk::new(&[1]);
    desk.act(Action::Drive(DriveAction::Show));
    desk.act(Action::Drive(DriveAction::Toggle(path("sample"))));
    for action in [DriveAction::Copy, DriveAction::CopyTo("stick".into())] {
        assert_eq!(desk.act(Action::Drive(action)), []);
    }
}
