//! What changed in a story since an earlier edition that the reader had open: the line, the panel, and when there is neither.

use eframe::egui::{Event, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use offprint::model::{BodyState, Origin};

use super::reader::{Home, Reader, fixture};

const LINE: &str = "Changed since 8 August 2025";

fn path(origin: &Origin) -> std::path::PathBuf {
    origin.typed().to_owned()
}

/// The second edition of a series in a window that had the first open before, its changed story on the page.
fn in_the_second_edition() -> Reader {
    let mut reader = Reader::start(&Home::new(), &[fixture("series/1")]);
    reader.drop_file(&path(&fixture("series/2")));
    reader.wait_until("the second edition is open", |reader| {
        let open = reader.model().open.as_ref();
        open.is_some_and(|open| open.edition.info().edition == "2025-08-09")
    });
    reader.settle();
    reader.click_row("New quay opens on Saturday");
    reader.wait_until("the line is there", |reader| {
        reader.shows(Role::Button, LINE)
    });
    reader.settle();
    reader
}

fn is_expanded(reader: &Reader) -> Option<bool> {
    let line = reader.harness.get(by().role(Role::Button).label(LINE));
    line.accesskit_node().data().is_expanded()
}

/// Runs frames until all bodies that were asked for are here and nothing more comes.
fn rest(reader: &mut Reader) {
    reader.wait_until("the body is there", |reader| {
        matches!(reader.model().body(), Some(BodyState::Ready(_)))
    });
    for _ in 0..30 {
        reader.step();
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_story_that_changed_says_so_and_what() {
    let mut reader = in_the_second_edition();
    assert_eq!(is_expanded(&reader), Some(false));
    assert!(!reader.says("removed:"));

    reader.click(Role::Button, LINE);
    assert_eq!(is_expanded(&reader), Some(true));
    for told in [
        "Headline: New quay opens on (removed: Friday) (added: Saturday)",
        "Updated: 9 August 2025, 05:30",
        "Changed: The new quay opens on (removed: Friday at nine) (added: Saturday at ten), says the harbour office.",
        "Removed: Nobody has to pay in the first week.",
        "Changed: Fishing boats up to (removed: 12) (added: 15) m",
        "Added: An earlier edition named the wrong day.",
    ] {
        assert!(
            reader.shows(Role::Paragraph, told),
            "{told}\n{}",
            reader.tree()
        );
    }
    assert!(reader.says("What is struck through is gone; what is bold is new."));

    // A second click folds it up, and so does Escape.
    reader.click(Role::Button, LINE);
    assert_eq!(is_expanded(&reader), Some(false));
    assert!(!reader.says("removed:"));
    reader.click(Role::Button, LINE);
    assert!(reader.says("removed:"));
    reader.press(&["Escape"]);
    assert!(!reader.says("removed:"));
    assert_eq!(reader.story(), "new-quay");
}

#[test]
fn the_line_is_reached_and_unfolded_by_keys() {
    let mut reader = in_the_second_edition();
    let line = reader.harness.get(by().role(Role::Button).label(LINE));
    line.focus();
    reader.settle();
    reader.press(&["Enter"]);
    assert_eq!(is_expanded(&reader), Some(true));
    assert!(reader.says("removed: Friday"));
    reader.press(&["Enter"]);
    assert_eq!(is_expanded(&reader), Some(false));
    reader.press(&["Enter", "Escape"]);
    assert_eq!(is_expanded(&reader), Some(false));
}

#[test]
fn what_changed_can_be_selected_and_copied() {
    let mut reader = in_the_second_edition();
    reader.click(Role::Button, LINE);
    reader.press(&["Ctrl+A"]);
    reader.harness.event(Event::Copy);
    reader.step();
    let copied = reader.copied().unwrap();
    for part in [
        "New quay opens on Friday Saturday",
        "Nobody has to pay in the first week.",
        "The new quay opens on Saturday at ten, says",
    ] {
        assert!(copied.contains(part), "{copied}");
    }
}

#[test]
fn another_story_is_folded_up_and_one_that_did_not_change_says_nothing() {
    let mut reader = in_the_second_edition();
    reader.click(Role::Button, LINE);
    for unchanged in ["The old crane stays", "A seal on the slipway"] {
        reader.click_row(unchanged);
        rest(&mut reader);
        assert!(!reader.says("Changed since"), "{unchanged}");
        assert!(!reader.says("removed:"));
    }
    reader.click_row("New quay opens on Saturday");
    rest(&mut reader);
    assert_eq!(is_expanded(&reader), Some(false));
}

#[test]
fn a_first_edition_says_nothing_whatever_came_after_it() {
    let mut reader = in_the_second_edition();
    reader.drop_file(&path(&fixture("series/1")));
    reader.wait_until("the first edition is open", |reader| {
        let open = reader.model().open.as_ref();
        open.is_some_and(|open| open.edition.info().edition == "2025-08-08")
    });
    reader.settle();
    reader.click_row("New quay opens on Friday");
    rest(&mut reader);
    assert!(!reader.says("Changed since"));
}

#[test]
fn an_earlier_edition_that_is_gone_or_another_by_now_is_passed_over_in_silence() {
    for put_another_there in [false, true] {
        let home = Home::new();
        let edition = |name: &str, edition: &str, body: &str| {
            let manifest = format!(
                "Pack(format: 1, id: \"org.example.week\", edition: \"{edition}\", title: \"The Week\",
                 sections: [Section(id: \"one\", title: \"One\", stories: [Story(id: \"a\", headline: \"Hello\")])])"
            );
            home.write(&format!("{name}/pack.ron"), manifest);
            home.write(&format!("{name}/stories/a.md"), body);
            Origin::Path(home.path(name))
        };
        let old = edition("old", "1", "It was so.");
        let new = edition("new", "2", "It is otherwise.");
        let mut reader = Reader::start(&home, &[old]);
        std::fs::remove_dir_all(home.path("old")).unwrap();
        if put_another_there {
            edition("old", "3", "It will be otherwise still.");
        }
        reader.drop_file(&path(&new));
        reader.wait_until("the new edition is open", |reader| {
            let open = reader.model().open.as_ref();
            open.is_some_and(|open| open.edition.info().edition == "2")
        });
        reader.settle();
        reader.click_row("Hello");
        rest(&mut reader);
        assert!(reader.says("It is otherwise."));
        assert!(!reader.says("Changed since"));
        assert_eq!(reader.notices(), [""; 0]);
    }
}

#[test]
fn what_changed_is_still_known_after_a_restart() {
    let reader = in_the_second_edition();
    let mut reader = reader.restart(&[fixture("series/2")]);
    reader.press(&["j"]);
    reader.wait_until("the line is there", |reader| {
        reader.shows(Role::Button, LINE)
    });
}
