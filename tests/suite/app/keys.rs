//! The keyboard alone does everything.

use eframe::egui::Role;
use offprint::model::{Overlay, Theme, View};

use super::reader::{Home, Reader, fixture};

#[test]
fn down_and_up_go_through_the_stories_by_letter_and_by_arrow() {
    let home = Home::new();
    let pack = home.briefs("letters", 4);
    for [next, previous] in [["j", "k"], ["Down", "Up"]] {
        let mut reader = Reader::start(&home, std::slice::from_ref(&pack));
        for (key, story) in [
            (previous, ""),
            (next, "s0"),
            (next, "s1"),
            (previous, "s0"),
            (previous, "s0"),
        ] {
            reader.press(&[key]);
            assert_eq!(reader.story(), story, "{key}");
        }
        reader.press(&[next, next, next, next]);
        assert_eq!(reader.story(), "s3");
        assert_eq!(reader.model().open.as_ref().unwrap().unread(), 0);
    }
}

#[test]
fn enter_opens_the_first_story_and_h_goes_back_to_the_front() {
    let mut reader = Reader::in_world_desk();
    reader.press(&["Enter"]);
    assert_eq!(reader.story(), "mexico-sovereignty");
    reader.press(&["h"]);
    assert_eq!(reader.model().view, View::Front);
    reader.press(&["Alt+Left"]);
    assert_eq!(reader.story(), "mexico-sovereignty");
    reader.press(&["Alt+Left"]);
    assert_eq!(reader.model().view, View::Front);
    reader.press(&["Alt+Right", "Alt+Right"]);
    assert_eq!(reader.model().view, View::Front);
    assert!(!reader.model().history.has_forward());
}

#[test]
fn space_pages_down_and_then_goes_to_the_next_unread_story() {
    let home = Home::new();
    let long = "A paragraph of some length, which is followed by others like it.\n\n".repeat(60);
    let stories =
        ["a", "b", "c"].map(|id| format!("Story(id: \"{id}\", headline: \"Story {id}\"),"));
    let pack = home.pack("long", &stories.concat());
    home.write("long/stories/a.md", format!("{long}The end of a."));
    home.write("long/stories/c.md", "All of c.");
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j"]);
    reader.wait_until("the body is there", |reader| reader.says("A paragraph of"));
    reader.settle();
    assert!(!reader.says("The end of a."), "{}", reader.tree());
    reader.press(&["Space"]);
    assert_eq!(reader.story(), "a", "it paged");
    assert!(
        !reader.shows(Role::Heading, "Story a"),
        "the headline is scrolled out"
    );
    reader.press(&["Shift+Space"]);
    assert!(reader.shows(Role::Heading, "Story a"), "and is back");

    let mut pages = 0;
    while reader.story() == "a" {
        reader.press(&["Space"]);
        pages += 1;
        assert!(pages < 30, "it never ends");
    }
    assert!(pages > 3, "{pages} pages");
    assert_eq!(reader.story(), "b");
    // Of those that are read already none is shown again.
    reader.press(&["k"]);
    reader.press(&["End", "Space"]);
    assert_eq!(reader.story(), "c");
    reader.wait_until("the body is there", |reader| reader.says("All of c."));
    reader.press(&["Space"]);
    assert_eq!(reader.story(), "c", "everything is read");
}

#[test]
fn home_and_end_and_the_page_keys_move_through_the_text() {
    let mut reader = Reader::in_new_quay();
    let top = "New quay opens on Saturday";
    reader.press(&["End"]);
    assert!(!reader.shows(Role::Heading, top));
    assert!(reader.shows(Role::Heading, "Related stories"));
    reader.press(&["Home"]);
    assert!(reader.shows(Role::Heading, top));
    reader.press(&["PageDown"]);
    assert!(!reader.shows(Role::Heading, top));
    reader.press(&["PageUp"]);
    assert!(reader.shows(Role::Heading, top));
}

#[test]
fn text_grows_and_shrinks_and_the_window_does_not() {
    let mut reader = Reader::in_new_quay();
    for (key, size) in [
        ("+", 1.1),
        ("=", 1.25),
        ("-", 1.1),
        ("0", 1.0),
        ("Ctrl++", 1.1),
        ("Ctrl+-", 1.0),
        ("Ctrl+-", 0.9),
        ("Ctrl+0", 1.0),
    ] {
        reader.press(&[key]);
        let now = reader.model().settings.text_size;
        assert!((now - size).abs() < 1e-6, "{key}: {now}");
        let zoom = reader.harness.ctx.zoom_factor();
        assert!((zoom - 1.0).abs() < 1e-6, "{key}: {zoom}");
    }
    // Changes that follow each other at once may be one write, and these led back to where they began.
    reader.press(&["+"]);
    let settings = reader.quit().read("data/settings.ron");
    assert!(settings.contains("text_size: 1.1"), "{settings}");
}

#[test]
fn t_goes_through_the_colours() {
    use Theme::{Contrast, Dark, Light, Sepia};
    let mut reader = Reader::in_world_desk();
    let mut seen = Vec::new();
    for _ in 0..5 {
        reader.press(&["t"]);
        seen.push(reader.model().settings.theme);
    }
    assert_eq!(seen, [Light, Dark, Sepia, Contrast, Light]);
    assert!(!reader.harness.ctx.global_style().visuals.dark_mode);
}

#[test]
fn the_question_mark_lists_all_keys_and_escape_closes_the_list() {
    let mut reader = Reader::in_world_desk();
    reader.press(&["?"]);
    assert_eq!(reader.model().overlay, Some(Overlay::Keys));
    for (keys, what) in offprint::ui::KEYS {
        assert!(reader.says(keys) && reader.says(what), "{keys}: {what}");
    }
    // Under the list the letters do nothing.
    reader.press(&["j", "t"]);
    assert_eq!(reader.model().view, View::Front);
    assert_eq!(reader.model().settings.theme, Theme::System);
    reader.press(&["Esc"]);
    assert_eq!(reader.model().overlay, None);
    reader.press(&["?", "?"]);
    assert_eq!(reader.model().overlay, None);
    assert!(!reader.says("The next colours"));
}

#[test]
fn in_the_filter_field_letters_are_letters() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    reader.press(&["/"]);
    assert!(reader.harness.ctx.text_edit_focused());
    reader.press(&["b", "j", "t", "+"]);
    let open = reader.model().open.as_ref().unwrap();
    assert_eq!(open.query, "bjt+");
    assert_eq!(reader.story(), "");
    assert_eq!(reader.model().settings.theme, Theme::System);
    reader.press(&["Esc"]);
    assert_eq!(reader.model().open.as_ref().unwrap().query, "");
    assert!(!reader.harness.ctx.text_edit_focused());
    reader.press(&["j"]);
    assert_eq!(reader.story(), "new-quay");
    reader.press(&["Ctrl+F"]);
    assert!(reader.harness.ctx.text_edit_focused());
}

#[test]
fn enter_in_the_filter_field_opens_the_first_match() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    reader.press(&["/"]);
    reader.type_text("cat");
    reader.wait_until("the list is narrowed", |reader| reader.rows().len() == 1);
    reader.press(&["Enter"]);
    assert_eq!(reader.story(), "lost-cat");
}

#[test]
fn tab_reaches_a_headline_and_enter_opens_it() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    for _ in 0..40 {
        reader.press(&["Tab"]);
        let focused = reader.harness.root();
        let on_row = {
            use egui_kittest::kittest::NodeT as _;
            focused.children_recursive().any(|node| {
                let node = node.accesskit_node();
                node.is_focused()
                    && node
                        .label()
                        .is_some_and(|it| it.starts_with("Council votes"))
            })
        };
        if on_row {
            reader.press(&["Enter"]);
            assert_eq!(reader.story(), "council-vote");
            return;
        }
    }
    panic!("no Tab leads to the headline\n{}", reader.tree());
}

#[test]
fn f1_opens_the_guide_and_alt_left_leads_back() {
    let mut reader = Reader::in_new_quay();
    reader.press(&["F1"]);
    reader.wait_until("the guide is open", |reader| {
        reader.shows(Role::Heading, "Offprint Guide")
    });
    reader.press(&["Alt+Left"]);
    reader.wait_until("the story is back", |reader| {
        reader.says("The quay opens at ten")
    });
    assert_eq!(reader.story(), "new-quay");
}

#[test]
fn m_marks_a_story_unread_and_read() {
    let mut reader = Reader::in_new_quay();
    assert_eq!(reader.rows()[0], "New quay opens on Saturday");
    reader.press(&["m"]);
    assert_eq!(reader.rows()[0], "New quay opens on Saturday, unread");
    reader.press(&["m"]);
    assert_eq!(reader.rows()[0], "New quay opens on Saturday");
}
