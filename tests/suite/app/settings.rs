//! The settings: how it looks, where the files are, a backup of all of them, and one put back after it was said what that changes.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::Role;
use offprint::model::{Action, BackupAction, Theme};

use super::reader::{Home, Reader, fixture};

const RESTORE: &str = "Restore";

/// The settings over the fixture `good`, with one bookmark; what there is was read.
fn in_settings(home: &Home) -> Reader {
    let mut reader = Reader::start(home, &[fixture("good")]);
    reader.press(&["j", "b"]);
    reader.press(&["Ctrl+,"]);
    reader.wait_until("the files were looked at", |reader| {
        reader.says("1 bookmark, no highlights, no kept copies")
    });
    reader
}

fn ask(reader: &mut Reader, action: BackupAction) {
    reader.harness.state_mut().request(Action::Backup(action));
    reader.step();
}

/// A backup of what there is, made from the settings.
fn backed_up(reader: &mut Reader) -> PathBuf {
    let path = reader.home.path("all.zip");
    ask(reader, BackupAction::BackUpTo(path.clone()));
    reader.wait_until("the backup is made", |reader| {
        reader.shows(Role::Status, "Everything is backed up and was read back: ")
    });
    reader.settle();
    path
}

fn offered(reader: &mut Reader, path: &Path) {
    ask(reader, BackupAction::RestoreFrom(path.to_owned()));
    reader.wait_until("the backup was read", |reader| {
        reader.shows(Role::RadioButton, "Add what is missing. ")
    });
    reader.settle();
}

#[test]
fn the_settings_open_by_key_and_from_the_menu() {
    let mut reader = in_settings(&Home::new());
    for name in [
        "Settings",
        "Appearance",
        "Your files",
        "Backup",
        "Files that were set aside",
    ] {
        assert!(
            reader.shows(Role::Heading, name),
            "{name}\n{}",
            reader.tree()
        );
    }
    let folder = reader.home.data().display().to_string();
    assert!(reader.says(&folder));
    let copy = reader.place(Role::Button, "Copy the path");
    reader.click_at(copy);
    assert_eq!(reader.copied().as_deref(), Some(&*folder));
    reader.press(&["Esc"]);
    assert!(!reader.shows(Role::Heading, "Appearance"));
    reader.click(Role::Button, "Help (F1)");
    let buttons = reader.all(Role::Button);
    let entry = buttons.iter().find(|it| it.starts_with("Settings…"));
    reader.click(Role::Button, entry.unwrap());
    assert!(reader.shows(Role::Heading, "Appearance"));
    reader.press(&["Ctrl+,"]);
    assert!(!reader.shows(Role::Heading, "Appearance"));
}

#[test]
fn colours_and_text_size_are_chosen_there() {
    let mut reader = in_settings(&Home::new());
    reader.click(Role::RadioButton, "Sepia");
    assert_eq!(reader.model().settings.theme, Theme::Sepia);
    assert!(reader.says("Text size 100 %"));
    reader.click(Role::Button, "Larger");
    assert!(reader.says("Text size 110 %"));
    reader.click(Role::Button, "As designed");
    assert!(reader.says("Text size 100 %"));
    reader.wait_until("it is kept", |reader| {
        reader
            .home
            .read("data/settings.ron")
            .contains("theme: Sepia")
    });
}

#[test]
fn everything_is_backed_up_and_added_again() {
    let home = Home::new();
    let mut reader = in_settings(&home);
    let path = backed_up(&mut reader);
    assert!(path.is_file());
    // Another reader, who has a mark of their own.
    drop(reader.quit());
    let other = Home::new();
    let mut reader = Reader::start(&other, &[fixture("good")]);
    reader.press(&["j", "j", "b", "Ctrl+,"]);
    offered(&mut reader, &path);
    assert!(reader.shows(
        Role::RadioButton,
        "Make everything as it was. 1 bookmark is added."
    ));
    assert!(reader.says("Backup of 12 August 2025, 10:11 UTC"));
    reader.click(Role::Button, RESTORE);
    reader.wait_until("it is back", |reader| {
        reader.shows(Role::Status, "The backup is back")
    });
    reader.wait_until("the marks are here", |reader| {
        reader.model().bookmarks_in_all() == 2
    });
    // Once more, there is nothing to add.
    offered(&mut reader, &path);
    assert!(reader.shows(
        Role::RadioButton,
        "Add what is missing. Nothing changes: all of it is here already."
    ));
    reader.click(Role::Button, "Leave everything as it is");
    assert!(!reader.shows(Role::RadioButton, "Add what is missing"));
    reader.place(Role::Button, "Back up…");
}

#[test]
fn exactly_takes_away_what_came_later_and_says_where_it_is() {
    let mut reader = in_settings(&Home::new());
    let path = backed_up(&mut reader);
    reader.press(&["Esc", "j", "b", "t", "Ctrl+,"]);
    reader.wait_until("the files were looked at again", |reader| {
        reader.says("2 bookmarks, ")
    });
    assert_eq!(reader.model().bookmarks_in_all(), 2);
    offered(&mut reader, &path);
    assert!(reader.shows(Role::RadioButton, "1 bookmark is removed."));
    let way = reader
        .all(Role::RadioButton)
        .into_iter()
        .find(|it| it.starts_with("Make everything"))
        .unwrap();
    reader.click(Role::RadioButton, &way);
    reader.click(Role::Button, RESTORE);
    reader.wait_until("it is back", |reader| {
        reader.shows(Role::Status, "What was there before is in ")
    });
    reader.wait_until("the marks are as they were", |reader| {
        reader.model().all_marks_here()
    });
    assert_eq!(reader.model().bookmarks_in_all(), 1);
    assert_eq!(reader.model().settings.theme, Theme::System);
    let before = fs::read_dir(reader.home.path("data/backups")).unwrap();
    assert_eq!(before.count(), 1);
}

#[test]
fn what_is_no_backup_is_told_and_changes_nothing() {
    let home = Home::new();
    let path = home.write("holiday.zip", "hello");
    let mut reader = in_settings(&home);
    ask(&mut reader, BackupAction::RestoreFrom(path));
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "This is not a backup (")
    });
    reader.settle();
    reader.place(Role::Button, "Restore…");
    // Told beside the page, where the settings were closed meanwhile.
    reader.press(&["Esc"]);
    let path = home.path("missing.zip");
    ask(&mut reader, BackupAction::RestoreFrom(path));
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "Your files. The backup could not be read")
    });
    reader.settle();
    reader.click(Role::Button, "Settings");
    assert!(reader.shows(Role::Heading, "Appearance"));
}

#[test]
fn a_damaged_file_is_told_at_once_and_listed_later() {
    let home = Home::new();
    home.write("data/settings.ron", "Settings(version: 1, theme: Dark");
    let reader = Reader::start(&home, &[fixture("good")]);
    let told = reader.all(Role::Alert).join(" ");
    for part in [
        "settings.ron is damaged: line 1",
        "It is kept as ",
        "settings.kept-20250812-101112.ron",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let mut reader = reader.restart(&[fixture("good")]);
    assert_eq!(reader.notices(), [""; 0]);
    reader.press(&["Ctrl+,"]);
    reader.wait_until("it is listed", |reader| {
        reader.says("Set aside 12 August 2025, 10:11 UTC. It is damaged: line 1")
    });
    reader.place(Role::Button, "Show settings.kept-20250812-101112.ron");
}
