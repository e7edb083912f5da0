//! Bookmarks of other programs in the window: taken in, told, shown, and written again.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Event, Role};
use offprint::model::{Action, ExchangeAction};

use super::reader::Reader;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/imports")
        .join(name)
}

fn act(reader: &mut Reader, action: ExchangeAction) {
    reader.harness.state_mut().request(Action::Exchange(action));
    reader.step();
}

fn import(reader: &mut Reader, file: PathBuf, told: &str) {
    act(reader, ExchangeAction::ImportFrom(file));
    reader.wait_until("it is told", |reader| reader.shows(Role::Alert, told));
    reader.settle();
}

#[test]
fn the_menu_offers_both_ways() {
    let mut reader = Reader::in_world_desk();
    reader.click(Role::Button, "Help (F1)");
    reader.place(Role::Button, "Import bookmarks…");
    reader.place(Role::Button, "Export bookmarks…");
}

#[test]
fn what_was_taken_in_is_told_and_listed_and_leads_to_the_browser() {
    let mut reader = Reader::in_world_desk();
    let told = "Bookmarks imported. 3 new, one line not understood.";
    import(&mut reader, fixture("pocket.html"), told);
    reader.click(Role::Button, "Details");
    assert!(reader.says("line 12: this is no address of the web: ftp://example.org/file"));
    assert!(reader.says("Pocket, HTML"));
    reader.click(Role::Button, "Close");
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the bookmarks are listed", |reader| {
        reader.shows(Role::Button, "Tides & times")
    });
    reader.click(Role::Button, "Tides & times");
    assert!(reader.says("example.net  ·  on the web  ·  https://example.net/no-tags"));
    assert!(reader.says("This story is on the web"));
    assert!(reader.says("https://example.net/no-tags"));
    let open = reader.place(Role::Button, "Open in the browser");
    reader.harness.event(Event::PointerMoved(open));
    reader.button(open, true);
    reader.step();
    reader.button(open, false);
    reader.step();
    assert_eq!(
        reader.opened_url().as_deref(),
        Some("https://example.net/no-tags")
    );

    // Removed, it stays removed; and it is told.
    reader.click(Role::Button, "Remove the bookmark: Tides & times");
    reader.wait_until("it is saved", |reader| {
        reader
            .home
            .read("data/bookmarks/web.ron")
            .contains("removed:")
    });
    let told = "0 new, 3 here already, one of them removed before, which stays so, one line not understood.";
    import(&mut reader, fixture("pocket.html"), told);
    reader.click(Role::Button, "Details");
    assert!(reader.says("Removed before, and still so"));
    assert!(!reader.shows(Role::Button, "Tides & times"));
}

#[test]
fn a_page_that_is_open_shows_what_came() {
    let mut reader = Reader::in_world_desk();
    reader.press(&["Ctrl+B"]);
    reader.wait_until("there are none", |reader| {
        reader.says("Press B while reading")
    });
    import(
        &mut reader,
        fixture("browser.html"),
        "4 new, 3 lines not understood.",
    );
    reader.wait_until("they are listed", |reader| {
        reader.shows(Role::Button, "The harbour")
    });
}

#[test]
fn the_ending_says_in_which_form_bookmarks_are_written() {
    let mut reader = Reader::in_world_desk();
    import(&mut reader, fixture("pocket.html"), "3 new");
    for (name, part) in [
        ("a.md", "## Tides & times"),
        ("a.HTM", "<!DOCTYPE NETSCAPE"),
        ("a.json", "offprint-marks"),
    ] {
        let file = reader.home.path(name);
        act(&mut reader, ExchangeAction::ExportTo(file.clone()));
        reader.wait_until("it is told", |reader| {
            reader.shows(
                Role::Alert,
                &format!("3 bookmarks are in {}", file.display()),
            )
        });
        let text = fs::read_to_string(file).unwrap().replace('\\', "");
        assert!(text.contains(part), "{name}: {text}");
    }
    let file = reader.home.path("bookmarks.doc");
    act(&mut reader, ExchangeAction::ExportTo(file.clone()));
    reader.wait_until("it is refused", |reader| {
        reader.shows(
            Role::Alert,
            "Nothing was exported. The ending of the name says",
        )
    });
    assert!(!file.exists());
}

#[test]
fn a_file_that_is_none_is_told() {
    let mut reader = Reader::in_world_desk();
    let file = reader.home.write("note.txt", "Dear diary,");
    let told = "Nothing was imported. This is no file that bookmarks can be imported from";
    import(&mut reader, file, told);
    let missing = reader.home.path("missing.csv");
    import(&mut reader, missing, "missing.csv cannot be read");
    assert!(!reader.home.path("data/bookmarks").exists());
}
