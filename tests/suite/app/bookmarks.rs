//! Bookmarks: on disk at once, there after a restart, and there still when their pack is gone.

use std::fs;

use eframe::egui::Role;
use offprint::model::View;

use super::reader::{Home, Reader, fixture};

const FILE: &str = "data/bookmarks/org.example.good.ron";

#[test]
fn b_keeps_a_story_on_disk_and_says_so() {
    let mut reader = Reader::in_new_quay();
    reader.place(Role::Button, "Bookmark this story (B)");
    reader.press(&["b"]);
    reader.wait_until("it is on disk", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });
    // Whoever kills the program now takes nothing away.
    let file = reader.home.read(FILE);
    for part in [
        "series: \"org.example.good\"",
        "story: \"new-quay\"",
        "edition: \"2025-09-01\"",
        "headline: \"New quay opens on Saturday\"",
        "publisher: \"The harbour office\"",
        "saved: \"2025-08-12T10:11:12Z\"",
    ] {
        assert!(file.contains(part), "{part} in {file}");
    }
    let digest = file.split("digest: \"").nth(1).map(|it| &it[..64]);
    assert!(
        digest.is_some_and(|it| it.bytes().all(|b| b.is_ascii_hexdigit())),
        "{file}"
    );
    assert_eq!(reader.rows()[0], "New quay opens on Saturday, bookmarked");
    assert!(reader.shows(Role::Tab, "Bookmarked 1"));

    reader.press(&["b"]);
    reader.wait_until("it is off the disk", |reader| {
        let file = reader.home.read(FILE);
        file.contains("removed: \"2025-08-12T10:11:12.001Z\"")
    });
    reader.place(Role::Button, "Bookmark this story (B)");
    assert!(reader.shows(Role::Alert, "Bookmark removed. New quay"));
    reader.click(Role::Button, "Undo");
    reader.wait_until("it is on disk again", |reader| {
        let file = reader.home.read(FILE);
        file.contains("restored: \"2025-08-12T10:11:12.002Z\"")
    });
    reader.settle();
    assert!(!reader.shows(Role::Alert, "Bookmark removed"));
}

#[test]
fn the_ribbon_in_the_bar_and_in_the_list_do_the_same() {
    let mut reader = Reader::in_new_quay();
    reader.click(Role::Button, "Bookmark this story (B)");
    reader.settle();
    assert!(reader.shows(Role::Tab, "Bookmarked 1"));
    // Over a row of the list its ribbon is offered.
    let row = reader.row("Grey cat missing since Tuesday");
    reader.harness.hover_at(row);
    reader.step();
    reader.settle();
    reader.click(Role::Button, "Bookmark: Grey cat missing since Tuesday");
    reader.settle();
    assert!(reader.shows(Role::Tab, "Bookmarked 2"));
    assert_eq!(reader.story(), "new-quay", "the row itself was not clicked");
    reader.click(
        Role::Button,
        "Remove the bookmark: Grey cat missing since Tuesday",
    );
    reader.settle();
    assert!(reader.shows(Role::Tab, "Bookmarked 1"));
}

#[test]
fn a_bookmark_says_what_it_was_when_its_pack_is_gone() {
    let home = Home::new();
    let gone = home.pack(
        "gone",
        r#"Story(id: "a", headline: "A headline to keep", summary: "Its summary.", published: "2025-08-01")"#,
    );
    let mut reader = Reader::start(&home, &[gone]);
    reader.press(&["j", "b"]);
    reader.wait_until("it is on disk", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });
    let home = reader.quit();
    fs::remove_dir_all(home.path("gone")).unwrap();

    let mut reader = Reader::start(&home, &[fixture("good")]);
    reader.press(&["Ctrl+B"]);
    assert_eq!(reader.model().view, View::Bookmarks);
    assert!(reader.shows(Role::Heading, "Bookmarks"));
    reader.wait_until("the bookmarks are read", |reader| {
        reader.says("One story, kept on this computer.")
    });
    let words = reader
        .all(Role::Paragraph)
        .into_iter()
        .find(|it| it.contains("Its summary."))
        .expect("the entry says what it was");
    let path = home.path("gone").to_string_lossy().into_owned();
    for part in [
        "The gone desk",
        "1 August 2025",
        "The gone, edition 1",
        &path,
        "Bookmarked 12 August 2025, 10:11 UTC",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }

    // Opening it says what is the matter; it stays.
    reader.click(Role::Button, "A headline to keep");
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "This pack cannot be opened")
    });
    assert!(reader.shows(Role::Alert, &path));
    assert_eq!(reader.model().view, View::Bookmarks);
    reader.place(Role::Button, "A headline to keep");
    assert!(
        home.read("data/bookmarks/org.example.gone.ron")
            .contains("A headline to keep")
    );
}

#[test]
fn bookmarks_of_all_packs_stand_in_one_view_and_open() {
    let home = Home::new();
    let pack = home.briefs("other", 3);
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j", "j", "b"]);
    reader.drop_file(&match fixture("good") {
        offprint::model::Origin::Path(path) => path,
        origin => panic!("{origin:?}"),
    });
    reader.wait_until("the other pack is open", |reader| {
        reader.shows(Role::Heading, "Harbour Post")
    });
    reader.press(&["j", "b", "Ctrl+B"]);
    reader.wait_until("the bookmarks are read", |reader| {
        reader.says("2 stories, kept on this computer.")
    });
    reader.click(Role::Button, "Headline 1 of other");
    reader.wait_until("its story is on the page", |reader| {
        reader.shows(Role::Heading, "Headline 1 of other")
    });
    assert_eq!(reader.story(), "s1");
    // Back to where the reader was: the view, in the pack before.
    reader.press(&["Alt+Left"]);
    reader.wait_until("the view is back", |reader| {
        reader.model().view == View::Bookmarks && reader.model().opening.is_none()
    });
    assert!(
        reader.shows(Role::Button, "Harbour Post"),
        "in the pack before"
    );
    reader.click(Role::Button, "Remove the bookmark: Headline 1 of other");
    reader.settle();
    assert!(reader.says("One story, kept on this computer."));
    reader.press(&["Ctrl+B"]);
    assert_eq!(reader.model().view, View::Front);
}

#[test]
fn without_bookmarks_the_view_says_how_to_make_one() {
    let mut reader = Reader::in_world_desk();
    reader.click(Role::Button, "All bookmarks (Ctrl+B)");
    reader.wait_until("it says so", |reader| {
        reader.says("Press B while reading a story, or click its ribbon")
    });
}

#[test]
fn what_was_read_and_chosen_is_there_after_a_restart() {
    let home = Home::new();
    let pack = home.briefs("again", 4);
    let mut reader = Reader::start(&home, std::slice::from_ref(&pack));
    reader.press(&["j", "j", "b", "t", "t", "+"]);
    // Without naming the pack: what was open last is opened.
    let reader = reader.restart(&[]);
    let model = reader.model();
    assert_eq!(model.open.as_ref().unwrap().origin, pack);
    assert_eq!(model.settings.theme, offprint::model::Theme::Dark);
    assert!((model.settings.text_size - 1.1).abs() < 1e-6);
    assert_eq!(
        reader.rows(),
        [
            "Headline 0 of again",
            "Headline 1 of again, bookmarked",
            "Headline 2 of again, unread",
            "Headline 3 of again, unread",
        ]
    );
    assert!(reader.harness.ctx.global_style().visuals.dark_mode);
    assert_eq!(model.view, View::Front);
}

#[test]
fn what_another_program_changes_is_shown() {
    use offprint::model::{BookmarkChange, ReadingChange, SeriesId, StoryId};
    use offprint::shelf::Shelf;

    let home = Home::new();
    let pack = home.briefs("shared", 3);
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j", "b"]);
    reader.wait_until("it is on disk", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });
    let other = Shelf::open(home.data());
    let series = SeriesId::new("org.example.shared");
    let mut second = other.load_bookmarks(&series).value.remove(0);
    second.story = StoryId::new("s2");
    let add = BookmarkChange::Add(Box::new(second));
    let (story, at) = (StoryId::new("s0"), other.now());
    let remove = BookmarkChange::Remove { story, at };
    other.change_bookmarks(&series, &[add, remove]).unwrap();
    reader.wait_until("one came and one went", |reader| {
        reader.model().bookmark(&StoryId::new("s2")).is_some()
            && reader.shows(Role::Button, "Bookmark this story (B)")
    });
    assert!(reader.shows(Role::Tab, "Bookmarked 1"));
    let read = ReadingChange::Read(StoryId::new("s1"));
    other.change_reading(&series, &[read]).unwrap();
    reader.wait_until("it is read here too", |reader| {
        reader
            .model()
            .open
            .as_ref()
            .is_some_and(|open| open.unread() == 1)
    });
    assert_eq!(reader.notices(), [""; 0]);
}
