//! Tags and notes: written in a panel, found again by them, and back after they were taken away.

use eframe::egui::Role;
use offprint::model::{Action, FilingAction, Sort};

use super::reader::{Home, Reader, fixture};

const FILE: &str = "data/bookmarks/org.example.good.ron";

/// A reader who is looking at the bookmarks of these stories of a pack of briefs.
fn in_bookmarks(home: &Home, count: usize) -> Reader {
    let pack = home.briefs("desk", count);
    let mut reader = Reader::start(home, &[pack]);
    for _ in 0..count {
        reader.press(&["j", "b"]);
    }
    // Another pack beside the list, in which no ribbon has the same name.
    let mut reader = reader.restart(&[fixture("good")]);
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the bookmarks are read", |reader| {
        reader.model().all_marks_here() && reader.says("kept on this computer.")
    });
    reader
}

fn is_listed(reader: &Reader, headline: &str) -> bool {
    let name = format!("Remove the bookmark: {headline}");
    reader.all(Role::Button).contains(&name)
}

#[test]
fn what_is_written_beside_a_story_is_kept_when_the_panel_closes() {
    let mut reader = Reader::in_new_quay();
    reader.press(&["e"]);
    reader.settle();
    assert!(reader.says("What you write here bookmarks the story."));
    reader.type_text("Ask the harbour office");
    reader.click(Role::TextInput, "Tags");
    reader.type_text("harbour, to do");
    // No button: out of the panel with a key.
    reader.press(&["Escape"]);
    reader.settle();
    reader.wait_until("it is on disk", |reader| {
        let file = reader.home.read(FILE);
        file.contains("note: \"Ask the harbour office\"")
            && file.contains("\"harbour\"")
            && file.contains("\"to do\"")
    });
    reader.wait_until("the ribbon is filled", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });

    // Under the story itself.
    reader.press(&["End"]);
    reader.settle();
    assert!(reader.shows(Role::Heading, "Your note"));
    assert!(reader.shows(Role::Button, "Change tags and note (E)"));

    // In the list of bookmarks as well, and found by both.
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the bookmarks are read", |reader| {
        reader.says("Note: Ask the harbour office")
    });
    reader.press(&["/"]);
    reader.settle();
    reader.type_text("nothing like it");
    reader.wait_until("nothing is found", |reader| {
        reader.says("Nothing is found.")
    });
    reader.click(Role::Button, "Clear the field");
    reader.wait_until("all are listed", |reader| {
        reader.says("One story, kept on this computer.")
    });
    reader.click(Role::Button, "Tag to do, 1");
    reader.wait_until("it is found", |reader| reader.says("One is found."));
}

#[test]
fn a_note_that_is_taken_away_comes_back() {
    let mut reader = Reader::in_new_quay();
    reader.press(&["e"]);
    reader.settle();
    reader.type_text("Worth keeping");
    reader.click(Role::Button, "Done");
    reader.settle();
    reader.press(&["e"]);
    reader.settle();
    reader.press(&["Ctrl+A", "Delete", "Escape"]);
    reader.settle();
    assert!(reader.shows(Role::Alert, "Tags and note changed"));
    reader.click(Role::Button, "Undo");
    reader.wait_until("it is on disk again", |reader| {
        reader.home.read(FILE).contains("note: \"Worth keeping\"")
    });
}

#[test]
fn a_note_in_the_making_is_kept_when_the_window_closes() {
    let mut reader = Reader::in_new_quay();
    reader.press(&["b", "e"]);
    reader.settle();
    reader.type_text("Half a thou");
    let home = reader.quit();
    assert!(home.read(FILE).contains("note: \"Half a thou\""));
}

#[test]
fn what_was_removed_is_listed_after_a_restart_and_put_back() {
    let home = Home::new();
    let mut reader = in_bookmarks(&home, 3);
    reader.click(Role::Button, "Remove the bookmark: Headline 1 of desk");
    reader.settle();
    let mut reader = reader.restart(&[]);
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the bookmarks are read", |reader| {
        reader.says("2 stories, kept on this computer.")
    });
    reader.click(Role::Tab, "Removed 1");
    reader.wait_until("it is listed", |reader| {
        reader.shows(Role::Button, "Put the bookmark back: Headline 1 of desk")
    });
    reader.click(Role::Button, "Put the bookmark back: Headline 1 of desk");
    reader.wait_until("it is no longer listed here", |reader| {
        reader.says("Nothing was removed.")
    });
    reader.click(Role::Tab, "Bookmarks 3");
    reader.wait_until("it is back", |reader| {
        is_listed(reader, "Headline 1 of desk")
    });
}

#[test]
fn bookmarks_are_ordered_as_asked() {
    let home = Home::new();
    let pack = home.pack(
        "dates",
        r#"
        Story(id: "old", headline: "The old one", published: "2024-01-02"),
        Story(id: "new", headline: "The new one", published: "2025-01-02"),
        Story(id: "bare", headline: "The bare one"),
        "#,
    );
    let mut reader = Reader::start(&home, &[pack]);
    for _ in 0..3 {
        reader.press(&["j", "b"]);
    }
    let mut reader = reader.restart(&[fixture("good")]);
    reader.press(&["Ctrl+B"]);
    reader.wait_until("they are read", |reader| {
        reader.says("3 stories, kept on this computer.")
    });
    let order = |reader: &Reader| -> Vec<String> {
        let all = reader.all(Role::Button);
        let names = all
            .iter()
            .filter_map(|it| it.strip_prefix("Remove the bookmark: The "));
        names
            .map(|it| it.trim_end_matches(" one").to_owned())
            .collect()
    };
    let mut newest = order(&reader);
    newest.sort();
    assert_eq!(newest, ["bare", "new", "old"]);
    reader.click(Role::Button, "Order: Saved last");
    reader.settle();
    reader.click(Role::Button, "Story date");
    reader.wait_until("they are in that order", |reader| {
        order(reader) == ["new", "old", "bare"]
    });
    assert_eq!(reader.model().filing.sort, Sort::StoryDate);
}

#[test]
fn several_are_chosen_and_removed_and_put_back_with_one_word() {
    let home = Home::new();
    let mut reader = in_bookmarks(&home, 3);
    reader.click(Role::Button, "Choose…");
    reader.settle();
    for headline in ["Headline 0 of desk", "Headline 2 of desk"] {
        reader.click(Role::CheckBox, headline);
        reader.settle();
    }
    assert!(reader.says("2 chosen, 0 kept as copies"));
    reader.click(Role::Button, "Remove");
    reader.settle();
    assert!(reader.says("One story, kept on this computer."));
    assert!(reader.shows(Role::Alert, "2 bookmarks removed"));
    reader.click(Role::Button, "Undo");
    reader.settle();
    assert!(reader.says("3 stories, kept on this computer."));
}

#[test]
fn a_list_that_was_found_follows_what_changes() {
    let home = Home::new();
    let mut reader = in_bookmarks(&home, 3);
    let find = FilingAction::Find("headline".to_owned());
    reader.harness.state_mut().request(Action::Filing(find));
    reader.wait_until("they are found", |reader| {
        reader.says("3 bookmarks are found.")
    });
    reader.click(Role::Button, "Remove the bookmark: Headline 2 of desk");
    reader.wait_until("it is no longer there", |reader| {
        reader.says("2 bookmarks are found.")
    });
    reader.click(Role::Button, "Undo");
    reader.wait_until("it is there again", |reader| {
        reader.says("3 bookmarks are found.")
    });
}
