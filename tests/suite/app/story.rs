//! A story on the page: what stands there, where its links lead, and what can be selected of it.

use eframe::egui::{Event, Role};
use offprint::model::Overlay;

use super::reader::{Home, Reader, fixture};

#[test]
fn every_kind_of_block_is_there_and_says_what_it_is() {
    let mut reader = Reader::in_new_quay();
    let mut seen = Vec::new();
    // Only what is in view is in the tree, so all of it is paged through.
    for _ in 0..8 {
        for role in [
            Role::Heading,
            Role::Paragraph,
            Role::Blockquote,
            Role::ListItem,
            Role::Figure,
            Role::Caption,
            Role::Code,
            Role::Link,
            Role::Label,
        ] {
            seen.extend(reader.all(role).into_iter().map(|text| (role, text)));
        }
        reader.press(&["PageDown"]);
    }
    for (role, text) in [
        (Role::Heading, "New quay opens on Saturday"),
        (Role::Paragraph, "Every kind of block, in one story."),
        (Role::Figure, "A grey sea."),
        (Role::Caption, "The harbour at dawn."),
        (
            Role::Paragraph,
            "The quay opens at ten, says the harbour office, and closes at nine. Its number is Q-7, not Q-6.",
        ),
        (Role::Link, "the harbour office"),
        (Role::Label, "At a glance"),
        (Role::Heading, "Who may use it"),
        (Role::ListItem, "Ferries"),
        (Role::ListItem, "up to 12 m"),
        (Role::Blockquote, "“We have waited nine years for this.”"),
        (Role::Label, "Ana Lee"),
        (Role::Label, "harbour master"),
        (Role::Blockquote, "waited nine years"),
        (Role::Heading, "What it cost"),
        (Role::Figure, "Two bars."),
        (Role::Code, "Q-7  open"),
        (Role::Label, "Correction"),
        (Role::Label, "Since then"),
        (Role::Heading, "Related stories"),
    ] {
        assert!(
            seen.iter().any(|(r, t)| *r == role && t.trim() == text),
            "no {role:?} {text:?} in {seen:#?}"
        );
    }
}

#[test]
fn headings_have_their_levels() {
    use egui_kittest::kittest::NodeT as _;
    let mut reader = Reader::in_new_quay();
    reader.press(&["PageDown"]);
    let level = |text: &str| {
        let mut nodes = reader.harness.root().children_recursive();
        let node = nodes.find(|node| node.accesskit_node().label().as_deref() == Some(text));
        node.and_then(|node| node.accesskit_node().data().level())
    };
    assert_eq!(
        level("Who may use it"),
        Some(1),
        "the second level, counted from 0"
    );
}

#[test]
fn a_link_to_a_story_moves_inside_the_pack() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    reader.click_row("Council votes \"yes\" by one");
    reader.wait_until("the link is there", |reader| {
        reader.shows(Role::Link, "the quay")
    });
    reader.click(Role::Link, "the quay");
    assert_eq!(reader.story(), "new-quay");
    reader.press(&["Alt+Left"]);
    assert_eq!(reader.story(), "council-vote");
}

#[test]
fn a_link_to_the_web_shows_where_it_leads_before_it_opens() {
    let mut reader = Reader::in_new_quay();
    let address = "https://harbour.example.org/";
    let link = reader.place(Role::Link, "the harbour office");
    reader.click_at(link);
    assert_eq!(reader.opened_url(), None, "not without asking");
    assert_eq!(
        reader.model().overlay,
        Some(Overlay::Leaving(address.to_owned()))
    );
    reader.settle();
    assert!(reader.says(address));
    reader.click(Role::Button, "Stay here");
    assert_eq!(reader.model().overlay, None);

    reader.settle();
    reader.click_at(link);
    reader.settle();
    let open = reader.place(Role::Button, "Open in the browser");
    reader.harness.event(Event::PointerMoved(open));
    reader.button(open, true);
    reader.step();
    reader.button(open, false);
    reader.step();
    assert_eq!(reader.opened_url().as_deref(), Some(address));
    assert_eq!(reader.model().overlay, None);
}

#[test]
fn a_related_card_opens_its_story() {
    let mut reader = Reader::in_new_quay();
    reader.press(&["End"]);
    reader.click(Role::Button, "Grey cat missing since Tuesday");
    assert_eq!(reader.story(), "lost-cat");
    reader.settle();
    // A brief says all it has to say.
    assert!(reader.shows(Role::Heading, "Grey cat missing since Tuesday"));
    assert!(reader.shows(Role::Paragraph, "It answers to \"Smoke\"."));
    assert!(reader.shows(Role::Label, "In brief"));
}

/// Drags from one place to another and copies.
fn drag_and_copy(reader: &mut Reader, from: (Role, &str), to: (Role, &str)) -> Option<String> {
    use egui_kittest::kittest::{Queryable as _, by};
    let rect = |reader: &Reader, (role, words): (Role, &str)| {
        let found = reader
            .harness
            .query_all(by().role(role).label_contains(words));
        found.last().expect("the words are there").rect()
    };
    let start = rect(reader, from).left_top() + eframe::egui::vec2(1.0, 6.0);
    let end = rect(reader, to).right_bottom() - eframe::egui::vec2(1.0, 6.0);
    reader.harness.event(Event::PointerMoved(start));
    reader.step();
    reader.button(start, true);
    reader.step();
    for part in 1..=8 {
        let at = start + (end - start) * (part as f32 / 8.0);
        reader.harness.event(Event::PointerMoved(at));
        reader.step();
    }
    reader.button(end, false);
    reader.step();
    reader.harness.event(Event::Copy);
    reader.step();
    reader.copied()
}

#[test]
fn text_is_selected_over_paragraphs_and_copied_with_a_blank_line_between() {
    let home = Home::new();
    let pack = home.pack("two", r#"Story(id: "a", headline: "Two paragraphs")"#);
    home.write(
        "two/stories/a.md",
        "First *paragraph* here.\n\nSecond **one**, with [a link](https://example.org/).\n",
    );
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j"]);
    reader.wait_until("the body is there", |reader| reader.says("Second one"));
    reader.settle();
    let from = (Role::Paragraph, "First paragraph");
    let to = (Role::Paragraph, "Second one");
    let copied = drag_and_copy(&mut reader, from, to);
    let both = "First paragraph here.\n\nSecond one, with a link.";
    assert_eq!(copied.as_deref(), Some(both));
    // Backwards it is the same, and dragging over a link does not follow it.
    assert_eq!(reader.model().overlay, None);
    reader.press(&["Ctrl+A"]);
    reader.harness.event(Event::Copy);
    reader.step();
    let all = format!("Two paragraphs\n\n{both}");
    assert_eq!(reader.copied(), Some(all));
    // A click on nothing selects nothing.
    let beside = eframe::egui::pos2(1190.0, 700.0);
    reader.click_at(beside);
    reader.harness.event(Event::Copy);
    reader.step();
    assert_eq!(reader.copied(), None);
}

#[test]
fn a_double_click_takes_a_word_and_a_triple_click_a_paragraph() {
    let mut reader = Reader::in_new_quay();
    let words = "The quay opens at ten, says the harbour office, and closes at nine. Its number is Q-7, not Q-6.";
    use egui_kittest::kittest::{Queryable as _, by};
    let text = reader
        .harness
        .query_all(by().role(Role::Paragraph).label(words));
    let at = text.last().unwrap().rect().left_top() + eframe::egui::vec2(50.0, 12.0);
    for (clicks, expected) in [(2, "quay"), (3, words)] {
        // So that the click before does not count with these.
        for _ in 0..30 {
            reader.step();
        }
        reader.harness.event(Event::PointerMoved(at));
        for _ in 0..clicks {
            reader.button(at, true);
            reader.button(at, false);
        }
        reader.step();
        reader.harness.event(Event::Copy);
        reader.step();
        assert_eq!(reader.copied().as_deref(), Some(expected));
    }
}

#[test]
fn a_body_that_is_no_text_is_told_where_it_would_stand() {
    let home = Home::new();
    let pack = home.pack(
        "bytes",
        r#"Story(id: "a", headline: "Bytes"), Story(id: "b", headline: "Words")"#,
    );
    home.write("bytes/stories/a.md", b"Caf\xE9 \xFF");
    home.write("bytes/stories/b.md", "Well said.");
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j"]);
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "This story’s text cannot be shown")
    });
    assert!(reader.shows(Role::Alert, "UTF-8"), "{}", reader.tree());
    assert!(reader.shows(Role::Heading, "Bytes"));
    reader.press(&["j"]);
    reader.wait_until("the next is well", |reader| reader.says("Well said."));
    assert!(!reader.shows(Role::Alert, ""));
}

#[test]
fn a_picture_that_is_cut_short_leaves_the_story_readable() {
    let home = Home::new();
    let story = r#"Story(id: "a", headline: "A picture", thumbnail: Image(file: "images/a.png", alt: "Half a harbour"))"#;
    let pack = home.pack("torn", story);
    let whole = std::fs::read(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/packs/good/images/harbour.png"),
    )
    .unwrap();
    home.write("torn/images/a.png", &whole[..whole.len() / 2]);
    home.write("torn/stories/a.md", "Its words are whole.");
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j"]);
    reader.wait_until("the words are there", |reader| {
        reader.says("Its words are whole.")
    });
    assert!(reader.shows(Role::Figure, "Half a harbour"));
    reader.wait_until("it says why there is no picture", |reader| {
        reader.says("This picture cannot be shown: it is damaged")
    });
    assert!(reader.shows(Role::Heading, "A picture"));
}

#[test]
fn the_place_in_each_story_is_kept() {
    let home = Home::new();
    let pack = home.pack(
        "long",
        r#"Story(id: "a", headline: "Long"), Story(id: "b", headline: "Other")"#,
    );
    let body: String = (0..80)
        .map(|n| format!("Paragraph number {n} of the story.\n\n"))
        .collect();
    home.write("long/stories/a.md", body);
    let mut reader = Reader::start(&home, std::slice::from_ref(&pack));
    reader.press(&["j"]);
    reader.wait_until("the body is there", |reader| {
        reader.says("Paragraph number 0")
    });
    reader.press(&["PageDown", "PageDown"]);
    let first = |reader: &Reader| {
        let all = reader.all(Role::Paragraph);
        all.into_iter()
            .find(|it| it.starts_with("Paragraph number"))
    };
    let there = first(&reader);
    assert_ne!(there.as_deref(), Some("Paragraph number 0 of the story."));
    // Away at once, before the page has come to rest, and back.
    reader.press(&["j", "k"]);
    reader.wait_until("the body is there", |reader| {
        reader.says("Paragraph number")
    });
    reader.settle();
    assert_eq!(first(&reader), there);
    // And after a restart.
    let mut reader = reader.restart(&[pack]);
    reader.press(&["j"]);
    reader.wait_until("the body is there", |reader| {
        reader.says("Paragraph number")
    });
    reader.settle();
    assert_eq!(first(&reader), there);
}
