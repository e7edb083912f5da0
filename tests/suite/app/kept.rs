//! Copies of stories in the window: made, there when the original is gone, taken away and put back.

use std::fs;

use eframe::egui::Role;

use super::reader::{Home, Reader, fixture};

const KEEP: &str = "Keep a copy (Shift+B)";
const KEPT: &str = "A copy is kept. Remove the copy";

/// A pack with a story that has a body, which is on the page.
fn in_a_story() -> Reader {
    let home = Home::new();
    let pack = home.pack(
        "gone",
        r#"Story(id: "a", headline: "A headline to keep", summary: "Its summary."),
           Story(id: "b", headline: "Another")"#,
    );
    home.write("gone/stories/a.md", "First words.\n\nMore words.\n");
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j"]);
    reader
}

fn keep(reader: &mut Reader) {
    reader.press(&["Shift+B"]);
    reader.wait_until("a copy is kept", |reader| reader.shows(Role::Button, KEPT));
}

#[test]
fn a_story_is_kept_and_bookmarked() {
    let mut reader = in_a_story();
    reader.place(Role::Button, KEEP);
    keep(&mut reader);
    reader.wait_until("it is bookmarked", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });
    assert_eq!(reader.notices(), [""; 0]);
    let folder = reader.home.path("data/kept/org.example.gone");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    // It is known after a restart as well.
    let mut reader = reader.restart(&[]);
    reader.press(&["j"]);
    reader.wait_until("the copy is known", |reader| {
        reader.shows(Role::Button, KEPT)
    });
}

#[test]
fn the_copy_opens_when_the_original_is_gone() {
    let mut reader = in_a_story();
    keep(&mut reader);
    let home = reader.quit();
    fs::remove_dir_all(home.path("gone")).unwrap();

    let mut reader = Reader::start(&home, &[fixture("good")]);
    reader.wait_until("the copies are known", |reader| {
        !reader.model().copies.is_empty()
    });
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the bookmarks are read", |reader| {
        reader.shows(Role::Button, "A headline to keep")
    });
    reader.click(Role::Button, "A headline to keep");
    reader.wait_until("the copy is open", |reader| {
        reader.shows(Role::Alert, "This is your copy")
            && reader.story() == "a"
            && reader.shows(Role::Paragraph, "First words.")
    });
    assert!(reader.says("kept from The gone, 1 September 2025"));
    // What belongs to the original belongs to it.
    assert!(reader.shows(Role::Button, "Remove the bookmark (B)"));
    assert!(reader.shows(Role::Button, KEPT));
    let recent = &reader.model().recent.entries;
    assert!(
        recent.iter().all(|pack| !pack.path.ends_with(".offprint")),
        "{recent:?}"
    );
    reader.press(&["b"]);
    reader.wait_until("the bookmark is off", |reader| {
        reader
            .home
            .read("data/bookmarks/org.example.gone.ron")
            .contains("removed:")
    });
    assert!(reader.shows(Role::Button, KEPT), "the copy stays");
}

#[test]
fn the_copy_opens_when_the_original_has_lost_the_story() {
    let mut reader = in_a_story();
    keep(&mut reader);
    let home = reader.quit();
    home.pack("gone", r#"Story(id: "b", headline: "Another")"#);
    let mut reader = Reader::start(&home, &[fixture("good")]);
    reader.wait_until("the copies are known", |reader| {
        !reader.model().copies.is_empty()
    });
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the bookmarks are read", |reader| {
        reader.shows(Role::Button, "A headline to keep")
    });
    reader.click(Role::Button, "A headline to keep");
    reader.wait_until("the copy is open", |reader| {
        reader.shows(Role::Alert, "This is your copy") && reader.story() == "a"
    });
}

#[test]
fn a_copy_is_removed_and_put_back() {
    let mut reader = in_a_story();
    keep(&mut reader);
    reader.click(Role::Button, KEPT);
    reader.wait_until("it is removed", |reader| {
        reader.shows(Role::Alert, "Copy removed. A headline to keep")
    });
    reader.place(Role::Button, KEEP);
    reader.click(Role::Button, "Undo");
    reader.wait_until("it is back", |reader| reader.shows(Role::Button, KEPT));
    assert!(!reader.shows(Role::Alert, "Copy removed"));
}

#[test]
fn a_copy_that_cannot_be_made_is_told() {
    let mut reader = in_a_story();
    // A file stands where the folder should be.
    reader.home.write("data/kept", "in the way");
    reader.click(Role::Button, KEEP);
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "No copy was made")
    });
    reader.place(Role::Button, KEEP);
    assert_eq!(reader.home.read("data/kept"), "in the way");
}

#[test]
fn a_copy_that_was_removed_can_be_put_back_after_a_restart() {
    let mut reader = in_a_story();
    keep(&mut reader);
    reader.click(Role::Button, KEPT);
    reader.wait_until("it is removed", |reader| reader.shows(Role::Button, KEEP));
    let mut reader = reader.restart(&[]);
    reader.press(&["Ctrl+B"]);
    let back = "Put the copy back: A headline to keep";
    reader.wait_until("it is offered", |reader| {
        reader.shows(Role::Button, back) && reader.says("Its copy was removed")
    });
    reader.click(Role::Button, back);
    reader.wait_until("it is kept again", |reader| reader.says("A copy is kept"));
    assert!(!reader.shows(Role::Button, back));
}
