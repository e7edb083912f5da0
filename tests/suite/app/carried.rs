//! The first start, files of an older place, a folder that takes nothing, and packs copied to a drive.

use std::fs;
use std::path::Path;

use eframe::egui::Role;
use offprint::model::{Action, DriveAction, Origin, VERSION, WELCOME};
use offprint::platform::Paths;
use offprint::shelf::Shelf;

use super::reader::{Home, Reader, fixture};

#[test]
fn the_first_start_says_three_sentences_until_they_are_dismissed() {
    let home = Home::new();
    let mut reader = Reader::start(&home, &[]);
    for sentence in WELCOME {
        assert!(reader.shows(Role::Paragraph, sentence), "{}", reader.tree());
    }
    assert_eq!(reader.notices(), [""; 0]);
    reader.click(Role::Button, "Dismiss the welcome");
    assert!(!reader.says(WELCOME[0]));
    reader.wait_until("it is kept", |reader| {
        let line = format!("seen: \"{VERSION}\"");
        reader.home.read("data/settings.ron").contains(&line)
    });
    let reader = reader.restart(&[]);
    assert!(!reader.says(WELCOME[0]));
}

#[test]
fn another_version_is_mentioned_and_leads_to_its_news() {
    let home = Home::new();
    home.write("data/settings.ron", "Settings(version: 1, seen: \"0.0.1\")");
    let mut reader = Reader::start(&home, &[]);
    assert_eq!(reader.notices(), [format!("This is Offprint {VERSION}")]);
    assert!(!reader.says(WELCOME[0]));
    reader.click(Role::Button, "What’s new");
    reader.wait_until("the news are on the page", |reader| {
        reader.shows(Role::Heading, "What’s new") && reader.model().story_id().is_some()
    });
    assert_eq!(reader.story(), "whats-new");
    let reader = reader.restart(&[]);
    assert_eq!(reader.notices(), [""; 0]);
}

#[test]
fn files_of_an_older_place_are_here_and_there() {
    let home = Home::new();
    home.write("old/settings.ron", "Settings(version: 1, theme: \"Sepia\")");
    let shelf = Shelf::at(Paths {
        data: home.path("new/offprint"),
        former: vec![home.path("old")],
        ..Paths::default()
    });
    let mut reader = Reader::on(&home, shelf, &[]);
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "Your files are here")
    });
    let old = home.path("old").display().to_string();
    assert!(reader.shows(Role::Alert, &old), "{}", reader.tree());
    assert_eq!(reader.model().settings.theme, offprint::model::Theme::Sepia);
    assert!(home.read("old/settings.ron").contains("Sepia"));
    assert!(home.read("new/offprint/came-from.txt").contains(&old));
}

/// A place in which no user may make files, root included; the tests of systems without one are run where there is one.
const NOBODYS: &str = "/sys";

#[test]
fn a_folder_that_takes_nothing_is_told_once_and_another_is_offered() {
    if !Path::new(NOBODYS).is_dir() {
        return;
    }
    let home = Home::new();
    let shelf = Shelf::at(Paths {
        data: Path::new(NOBODYS).join("offprint"),
        drive: Some(NOBODYS.into()),
        usual: Some(home.data()),
        ..Paths::default()
    });
    let title = "What you mark cannot be saved here";
    let mut reader = Reader::on(&home, shelf, &[fixture("good")]);
    reader.click_row("New quay opens on Saturday");
    reader.wait_until("it is told", |reader| reader.shows(Role::Alert, title));
    reader.click(Role::Button, "Dismiss");
    // Every further change fails as well, and is not told.
    reader.press(&["b"]);
    reader.press(&["j", "b"]);
    let start = std::time::Instant::now();
    while start.elapsed().as_millis() < 1500 {
        reader.step();
        assert_eq!(reader.notices(), [""; 0]);
    }
    assert!(reader.model().unsaved);
    assert!(reader.shows(Role::Button, "Bookmarked, not saved yet"));
    // Whoever asks is told again.
    reader.harness.state_mut().request(Action::SaveAgain);
    reader.step();
    reader.wait_until("it is told again", |reader| {
        reader.shows(Role::Alert, title)
    });
    reader.settle();
    reader.click(Role::Button, "Keep it on this computer");
    let kept = "Your files are kept on this computer";
    reader.wait_until("it is said", |reader| reader.shows(Role::Alert, kept));
    reader.wait_until("all is saved there", |reader| {
        reader
            .home
            .read("data/bookmarks/org.example.good.ron")
            .matches("story:")
            .count()
            == 2
    });
    reader.wait_until("and shown as saved", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });
    assert!(!reader.shows(Role::Alert, title));
    assert!(home.read("data/keeps-for-a-drive.txt").contains(NOBODYS));
}

#[test]
fn packs_are_copied_to_a_drive_from_the_menu() {
    let home = Home::new();
    let mut reader = Reader::start(&home, &[fixture("good")]);
    reader.click(Role::Button, "Open a pack (Ctrl+O)");
    reader.click(Role::Button, "Copy to a drive…");
    assert!(reader.shows(Role::Heading, "Copy to a drive"));
    let boxes = reader.all(Role::CheckBox);
    assert!(boxes.len() >= 4, "{boxes:?}");
    reader.click(
        Role::CheckBox,
        "Offprint itself, for this system, to be started from the drive",
    );
    assert!(!reader.model().drives.program);
    reader.click(Role::CheckBox, "The Offprint Guide");
    assert!(reader.model().drives.has_chosen(&Origin::Guide));
    fs::create_dir(home.path("stick")).unwrap();
    let to = DriveAction::CopyTo(home.path("stick"));
    reader.harness.state_mut().request(Action::Drive(to));
    reader.step();
    reader.wait_until("everything is there", |reader| {
        reader.shows(Role::Status, "was read back")
    });
    reader.settle();
    let sums = home.read("stick/SHA256SUMS");
    let (digits, _) = sums.split_once(' ').unwrap();
    assert!(
        reader.says(&offprint::model::in_groups(digits)),
        "{}",
        reader.tree()
    );
    assert!(reader.says("The Offprint Guide, 1"));
    // Something in the way is told on the sheet, and can be tried again.
    reader.press(&["Esc"]);
    reader.click(Role::Button, "Open a pack (Ctrl+O)");
    reader.click(Role::Button, "Copy to a drive…");
    home.write("stick/Start here.html", "mine");
    let to = DriveAction::CopyTo(home.path("stick"));
    reader.harness.state_mut().request(Action::Drive(to));
    reader.step();
    reader.wait_until("it is refused", |reader| {
        reader.shows(Role::Alert, "Start here.html")
    });
    assert!(reader.shows(Role::Button, "Choose the drive…"));
    assert_eq!(home.read("stick/Start here.html"), "mine");
}
