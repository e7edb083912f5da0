//! Go to…: by headline, number, path and reference, into the open pack and into another.

use eframe::egui::{Event, Role, Vec2};
use offprint::model::{Destination, Overlay, Reference, View};

use super::reader::{Home, Reader, fixture};

/// Puts text into the field in one go, as from the clipboard.
fn paste(reader: &mut Reader, text: &str) {
    if reader.model().overlay != Some(Overlay::GoTo) {
        reader.press(&["Ctrl+G"]);
    }
    reader.press(&["Ctrl+A"]);
    reader.harness.event(Event::Paste(text.to_owned()));
    reader.step();
    reader.settle();
    assert_eq!(reader.model().go_to.typed, text);
}

fn goals(reader: &Reader) -> Vec<String> {
    reader.all(Role::ListBoxOption)
}

/// A pack of one long story in paragraphs that say their number, and where it is.
fn long(home: &Home) -> offprint::model::Origin {
    let pack = home.pack("long", "Story(id: \"a\", headline: \"A long story\"),");
    let text: String = (1..=120)
        .map(|n| format!("Paragraph {n} of this story, in which it goes on for a while.\n\n"))
        .collect();
    home.write("long/stories/a.md", text);
    pack
}

#[test]
fn words_of_a_headline_lead_to_its_story() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    for keys in ["Ctrl+L", "Ctrl+G"] {
        reader.press(&[keys]);
        assert_eq!(reader.model().overlay, Some(Overlay::GoTo));
        assert!(
            reader.harness.ctx.text_edit_focused(),
            "one can type at once"
        );
        assert!(reader.says("Paste a reference to open what it names."));
        reader.press(&["Esc"]);
        assert_eq!(reader.model().overlay, None);
    }
    reader.press(&["Ctrl+G"]);
    reader.type_text("quay");
    reader.wait_until("a story is found", |reader| goals(reader).len() == 1);
    assert_eq!(
        goals(&reader),
        ["New quay opens on Saturday, 1  ·  The town"]
    );
    reader.press(&["Enter"]);
    assert_eq!(reader.story(), "new-quay");
    assert_eq!(reader.model().overlay, None);

    // The arrows choose, while letters are letters and the list stays as it is.
    reader.press(&["Ctrl+G"]);
    reader.type_text("s");
    reader.wait_until("all are found", |reader| goals(reader).len() == 3);
    reader.press(&["Down", "Down", "Up", "Enter"]);
    assert_eq!(reader.story(), "council-vote");
    assert_eq!(reader.rows().len(), 3);

    reader.press(&["Ctrl+G"]);
    reader.type_text("3");
    reader.click(
        Role::ListBoxOption,
        "Grey cat missing since Tuesday, 3  ·  People",
    );
    assert_eq!(reader.story(), "lost-cat");

    paste(&mut reader, "http://harbour.example.org/quay/");
    reader.wait_until("the story is found", |reader| goals(reader).len() == 1);
    reader.press(&["Enter"]);
    assert_eq!(reader.story(), "new-quay");
    paste(&mut reader, "https://harbour.example.org/");
    reader.wait_until("it is said", |reader| {
        reader.says("No story of this edition first appeared at this address")
    });
    reader.press(&["Esc"]);

    reader.press(&["Ctrl+G"]);
    reader.type_text("xyzzy");
    reader.wait_until("it is said", |reader| {
        reader.says("No story of this edition has these words.")
    });
    reader.press(&["Enter"]);
    assert_eq!(reader.model().overlay, Some(Overlay::GoTo));
}

#[test]
fn a_reference_leads_to_its_paragraph() {
    let home = Home::new();
    let mut reader = Reader::start(&home, &[long(&home)]);
    paste(&mut reader, " <offprint:org.example.long/1/a?block=80> ");
    assert_eq!(
        goals(&reader),
        ["A long story, The long  ·  edition 1  ·  block 80"]
    );
    reader.press(&["Enter"]);
    reader.wait_until("its paragraph is there", |reader| {
        reader.says("Paragraph 80 of this story")
    });
    reader.settle();
    assert!(
        !reader.says("Paragraph 1 of this story"),
        "{}",
        reader.tree()
    );
    assert_eq!(reader.notices(), [""; 0]);
    // What stands before it is in view as well.
    assert!(
        reader.says("Paragraph 79 of this story"),
        "{}",
        reader.tree()
    );

    // Who moves on is not brought back.
    reader.press(&["Home"]);
    assert!(reader.says("Paragraph 1 of this story"));
    reader.press(&["t", "b"]);
    assert!(!reader.says("Paragraph 80 of this story"));
    // The same reference once more goes there once more.
    paste(&mut reader, "offprint:org.example.long//a?block=80");
    reader.press(&["Enter"]);
    reader.settle();
    assert!(
        reader.says("Paragraph 80 of this story"),
        "{}",
        reader.tree()
    );
}

#[test]
fn a_cell_far_down_in_a_long_table_is_found() {
    let home = Home::new();
    let pack = home.pack("table", "Story(id: \"a\", headline: \"A long table\"),");
    let rows: String = (1..=200)
        .map(|n| format!("| name {n} | value {n} |\n"))
        .collect();
    let table = format!("Before it.\n\n| Name | Value |\n| --- | --- |\n{rows}\nAfter it.\n");
    home.write("table/stories/a.md", table);
    let mut reader = Reader::start(&home, &[pack]);
    // The paragraph, two cells of the head, and 2 × 150 cells before it.
    paste(&mut reader, "offprint:org.example.table/1/a?block=304");
    reader.press(&["Enter"]);
    reader.wait_until("its row is there", |reader| reader.says("name 151"));
    reader.settle();
    assert!(reader.says("name 151"), "{}", reader.tree());
    assert!(!reader.says("Before it."), "{}", reader.tree());
}

#[test]
fn the_page_numbers_its_texts_as_references_do() {
    use std::sync::atomic::AtomicBool;

    use offprint::model::{Edition as _, StoryId};

    let stop = AtomicBool::new(false);
    let (pack, _) = offprint::pack::open(&fixture("good"), &stop, &|_| {}).unwrap();
    let body = pack
        .body(pack.row_of(&StoryId::new("new-quay")).unwrap())
        .unwrap();
    let texts = body.body.texts();
    assert!(texts.len() > 20, "{texts:?}");

    let mut reader = Reader::in_new_quay();
    reader.press(&["Ctrl+A"]);
    reader.harness.event(Event::Copy);
    reader.step();
    let copied = reader.copied().unwrap();
    assert!(copied.contains(&texts.join("\n\n")), "{texts:#?}\n{copied}");
}

#[test]
fn what_differs_is_told() {
    let home = Home::new();
    let mut reader = Reader::start(&home, &[long(&home)]);
    let digest = "0".repeat(64);
    let text = format!("offprint:org.example.long/0/a?block=121&sha256={digest}");
    paste(&mut reader, &text);
    reader.press(&["Enter"]);
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "This is not quite what was cited")
    });
    reader.settle();
    for sentence in [
        "to edition 0; this is edition 1",
        "The story has changed since.",
        "It has no block 121 here.",
    ] {
        assert!(reader.shows(Role::Alert, sentence), "{}", reader.tree());
    }
}

#[test]
fn a_reference_into_a_pack_that_was_open_before_opens_it() {
    let home = Home::new();
    let mut reader = Reader::start(&home, &[long(&home)]);
    paste(&mut reader, fixture("good").typed().to_str().unwrap());
    assert!(
        goals(&reader)[0].starts_with("Open this pack, "),
        "{:?}",
        goals(&reader)
    );
    reader.press(&["Enter"]);
    reader.wait_until("it is open", |reader| {
        reader.shows(Role::Heading, "Harbour Post")
    });
    reader.settle();
    paste(&mut reader, "offprint:org.example.long/1/a?block=100");
    assert_eq!(
        goals(&reader),
        ["Open “a”, org.example.long  ·  edition 1  ·  block 100"]
    );
    reader.press(&["Enter"]);
    reader.wait_until("its paragraph is there", |reader| {
        reader.says("Paragraph 100 of this story")
    });
    reader.settle();
    reader.press(&["Alt+Left"]);
    reader.wait_until("the way back leads to the other pack", |reader| {
        reader.shows(Role::Heading, "Harbour Post") && reader.model().view == View::Front
    });

    paste(&mut reader, "offprint:org.example.nowhere/1/a");
    reader.press(&["Enter"]);
    reader.wait_until("it is told", |reader| {
        reader.shows(
            Role::Alert,
            "Open a pack of that series and go there again.",
        )
    });
}

#[test]
fn what_is_no_reference_says_where_and_why() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    for (text, sentence) in [
        ("offprint:a/b", "The story is missing at character 13"),
        (
            "offprint:a/b/c?block=x",
            "The block at character 16 is no number from 1",
        ),
    ] {
        paste(&mut reader, text);
        assert!(
            reader.shows(Role::Label, sentence),
            "{text}\n{}",
            reader.tree()
        );
        assert_eq!(goals(&reader), [""; 0]);
    }
}

#[test]
fn the_program_begins_where_a_reference_leads() {
    let home = Home::new();
    let pack = long(&home);
    drop(Reader::start(&home, &[pack]).quit());
    let place = Reference::parse("offprint:org.example.long/1/a?block=60").unwrap();
    let size = Vec2::new(1200.0, 800.0);
    let mut reader = Reader::begin_at(&home, vec![Destination::Place(place)], size);
    reader.wait_until("its paragraph is there", |reader| {
        reader.says("Paragraph 60 of this story")
    });
}
