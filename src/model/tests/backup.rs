//! All of the reader's files: one thing at a time, told where the reader looks, and read anew when a backup is back.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;

fn do_it(desk: &mut Desk, action: BackupAction) -> Vec<BackupJob> {
    jobs(desk.act(Action::Backup(action)))
}

fn tell(desk: &mut Desk, event: BackupEvent) -> Vec<Effect> {
    desk.hear(Event::Backup(event))
}

fn jobs(effects: Vec<Effect>) -> Vec<BackupJob> {
    let job = |effect| match effect {
        Effect::Backup(job) => Some(job),
        _ => None,
    };
    effects.into_iter().filter_map(job).collect()
}

fn zip() -> PathBuf {
    PathBuf::from("all.zip")
}

fn offer() -> BackupEvent {
    BackupEvent::Prepared(Some(Ok(Box::new(Offer {
        path: zip(),
        made: None,
        merging: Plan::default(),
        exactly: Plan::default(),
        way: Way::default(),
    }))))
}

fn back(way: Way) -> BackupEvent {
    BackupEvent::Restored(Some(Ok(Box::new(PutBack {
        way,
        before: Some("backups/before.zip".into()),
        remarks: vec!["One remark.".to_owned()],
        kept: Kept::default(),
        reading: BTreeMap::from([(
            series(),
            Reading {
                read: [id(2)].into(),
                ..Reading::default()
            },
        )]),
    }))))
}

#[test]
fn the_settings_ask_for_what_there_is() {
    let mut desk = Desk::new(&[1]);
    let effects = desk.act(Action::Toggle(Overlay::Settings));
    assert_eq!(jobs(effects), [BackupJob::Survey]);
    assert_eq!(desk.act(Action::Toggle(Overlay::Settings)), []);
}

#[test]
fn one_thing_is_done_at_a_time() {
    let mut desk = Desk::new(&[1]);
    assert_eq!(
        do_it(&mut desk, BackupAction::BackUp),
        [BackupJob::AskWhere]
    );
    for action in [BackupAction::BackUp, BackupAction::Restore] {
        assert_eq!(do_it(&mut desk, action), [], "a dialog is open");
    }
    assert_eq!(tell(&mut desk, BackupEvent::Place(None)), []);
    do_it(&mut desk, BackupAction::BackUp);
    let effects = tell(&mut desk, BackupEvent::Place(Some(zip())));
    assert_eq!(jobs(effects), [BackupJob::BackUp(zip())]);
    assert_eq!(do_it(&mut desk, BackupAction::RestoreFrom(zip())), []);
    tell(&mut desk, BackupEvent::Going(3, 9));
    assert_eq!(desk.model.backups.going, Some((Doing::BackingUp, 3, 9)));
    tell(&mut desk, BackupEvent::BackedUp(None));
    assert!(desk.model.backups.is_free());

    do_it(&mut desk, BackupAction::RestoreFrom(zip()));
    tell(&mut desk, offer());
    assert_eq!(
        do_it(&mut desk, BackupAction::BackUp),
        [],
        "a question is open"
    );
    assert_eq!(do_it(&mut desk, BackupAction::Leave), [BackupJob::Leave]);
    assert_eq!(do_it(&mut desk, BackupAction::Confirm), []);
    assert!(desk.model.backups.is_free());
}

#[test]
fn what_came_of_it_is_told_where_the_reader_looks() {
    let mut desk = Desk::new(&[1]);
    tell(
        &mut desk,
        BackupEvent::BackedUp(Some(Err("No room.".to_owned()))),
    );
    assert_eq!(desk.texts(), ["No room."]);
    desk.dismiss_all();
    desk.act(Action::Toggle(Overlay::Settings));
    tell(
        &mut desk,
        BackupEvent::BackedUp(Some(Err("No room.".to_owned()))),
    );
    assert_eq!(desk.texts(), [""; 0]);
    let said = desk.model.backups.said.clone();
    assert_eq!(said, Some((false, "No room.".to_owned())));
    // It is not told again the next time.
    desk.act(Action::CloseOverlay);
    desk.act(Action::Toggle(Overlay::Settings));
    assert_eq!(desk.model.backups.said, None);
}

#[test]
fn a_question_comes_to_the_front_and_the_way_is_chosen() {
    let mut desk = Desk::new(&[1]);
    do_it(&mut desk, BackupAction::RestoreFrom(zip()));
    tell(&mut desk, offer());
    assert_eq!(desk.model.overlay, Some(Overlay::Settings));
    // To close the settings is to leave it.
    desk.act(Action::CloseOverlay);
    let effects = desk.act(Action::Toggle(Overlay::Settings));
    assert_eq!(jobs(effects), [BackupJob::Leave, BackupJob::Survey]);
    assert!(desk.model.backups.is_free());

    do_it(&mut desk, BackupAction::RestoreFrom(zip()));
    tell(&mut desk, offer());
    assert_eq!(do_it(&mut desk, BackupAction::Choose(Way::Exactly)), []);
    assert_eq!(
        do_it(&mut desk, BackupAction::Confirm),
        [BackupJob::Restore(Way::Exactly)]
    );
    assert!(!desk.model.backups.is_free());
}

#[test]
fn what_is_back_is_read_anew_and_what_waits_stays() {
    let mut desk = Desk::new(&[3]);
    for row in [0, 1] {
        desk.act(Action::ToggleBookmark(id(row)));
    }
    desk.hear(Event::BookmarksSaved(series(), vec![id(0)]));
    desk.act(Action::SetTheme(Theme::Dark));
    for row in [1, 2] {
        desk.show(row);
    }
    let effects = tell(&mut desk, back(Way::Merging));
    assert_eq!(desk.pack().unread(), 1);
    assert!(effects.contains(&Effect::LoadAllMarks), "{effects:?}");
    assert!(
        effects.contains(&Effect::Copies(CopyJob::List)),
        "{effects:?}"
    );
    assert_eq!(desk.model.bookmarks_in_all(), 2);
    assert_eq!(desk.model.settings.theme, Theme::System);

    let effects = tell(&mut desk, back(Way::Exactly));
    assert!(effects.contains(&Effect::LoadAllMarks), "{effects:?}");
    assert_eq!(desk.pack().unread(), 2);
    // Of the other one the disk knows, and says it again.
    assert_eq!(desk.model.bookmarks_in_all(), 1);
    assert_eq!(desk.model.bookmarked_count(), 1);
    assert!(desk.model.bookmark(&id(1)).is_some());
    assert_eq!(
        desk.texts(),
        ["The backup is back. What was there before is in backups/before.zip. One remark"]
    );
}
