//! Citing a story, and words of it.

use eframe::egui::{Event, Role, vec2};
use egui_kittest::kittest::{Queryable as _, by};
use offprint::interchange::CitationForm;
use offprint::model::{Overlay, Reference};

use super::reader::{Home, Reader, fixture};

const BUTTONS: [&str; 4] = [
    "Copy the text",
    "Copy the reference",
    "Copy BibTeX",
    "Copy CSL-JSON",
];

const QUAY: &str = "The quay opens at ten, says the harbour office, and closes at nine. Its number is Q-7, not Q-6.";

/// Presses a button and gives what it copied.
fn copy(reader: &mut Reader, button: &str) -> String {
    let at = reader.place(Role::Button, button);
    reader.click_at(at);
    let copied = reader.copied().expect("something was copied");
    reader.settle();
    copied
}

/// Selects the last text on the page with just these words.
fn select(reader: &mut Reader, role: Role, words: &str) {
    let found = reader.harness.query_all(by().role(role).label(words));
    let at = found.last().expect("a text").rect().left_top() + vec2(50.0, 12.0);
    reader.harness.event(Event::PointerMoved(at));
    for _ in 0..3 {
        reader.button(at, true);
        reader.button(at, false);
    }
    reader.step();
    reader.settle();
}

#[test]
fn c_shows_every_form_and_a_button_copies_each() {
    let mut reader = Reader::in_new_quay();
    reader.press(&["c"]);
    assert_eq!(reader.model().overlay, Some(Overlay::Cite(None)));
    assert!(reader.says("Cite this story"), "{}", reader.tree());
    for form in CitationForm::ALL {
        assert!(reader.says(&form.to_string()), "{form}");
    }
    let begins = [
        "Ana Lee and Jo Tan, “New quay opens on Saturday”, Harbour Post, The harbour office, 1 September 2025, https://harbour.example.org/quay (read 12 August 2025), offprint:",
        "offprint:org.example.good/2025-09-01/new-quay?sha256=",
        "@article{lee2025quay,\n",
        "[\n  {\n    \"id\": \"lee2025quay\"",
    ];
    for (button, begins) in BUTTONS.into_iter().zip(begins) {
        assert!(
            reader.shows(Role::Label, begins),
            "{begins}\n{}",
            reader.tree()
        );
        let copied = copy(&mut reader, button);
        assert!(copied.starts_with(begins), "{button}: {copied}");
        assert!(reader.shows(Role::Button, "Copied"), "{}", reader.tree());
    }
    // Under it the letters do nothing, and it is closed by Escape.
    reader.press(&["j", "b"]);
    assert_eq!(reader.story(), "new-quay");
    reader.press(&["Esc"]);
    assert_eq!(reader.model().overlay, None);
    reader.press(&["c"]);
    assert!(
        !reader.shows(Role::Button, "Copied"),
        "that was another time"
    );
}

#[test]
fn selected_words_are_cited_with_their_place() {
    let mut reader = Reader::in_new_quay();
    select(&mut reader, Role::Paragraph, QUAY);
    reader.press(&["c"]);
    let Some(Overlay::Cite(Some(quoted))) = reader.model().overlay.clone() else {
        panic!("{:?}", reader.model().overlay);
    };
    assert_eq!(quoted.block, 0);
    assert_eq!(quoted.words, QUAY);
    assert!(reader.says("Cite these words"));
    let text = copy(&mut reader, "Copy the text");
    assert!(text.starts_with(&format!("“{QUAY}”\n— Ana Lee")), "{text}");
    let reference = text.rsplit(' ').next().unwrap();
    assert_eq!(Reference::parse(reference).unwrap().block, Some(0));
    reader.press(&["Esc"]);

    // With everything selected the words begin at the first text of the body.
    reader.press(&["Ctrl+A", "c"]);
    let Some(Overlay::Cite(Some(quoted))) = reader.model().overlay.clone() else {
        panic!("{:?}", reader.model().overlay);
    };
    assert_eq!(quoted.block, 0);
    assert!(quoted.words.starts_with(QUAY), "{quoted:?}");
}

#[test]
fn a_headline_alone_is_the_story() {
    let mut reader = Reader::in_new_quay();
    select(&mut reader, Role::Heading, "New quay opens on Saturday");
    reader.press(&["c"]);
    assert_eq!(reader.model().overlay, Some(Overlay::Cite(None)));
}

#[test]
fn a_brief_is_cited_without_a_digest() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    reader.press(&["c"]);
    assert_eq!(reader.model().overlay, None, "there is no story to cite");
    reader.click_row("Grey cat missing since Tuesday");
    reader.press(&["c"]);
    let reference = copy(&mut reader, "Copy the reference");
    assert_eq!(reference, "offprint:org.example.good/2025-09-01/lost-cat");
}

#[test]
fn in_a_menu_it_stands_as_well() {
    let mut reader = Reader::in_new_quay();
    reader.click(Role::Button, "Help (F1)");
    reader.click(Role::Button, "Cite this story… C");
    assert_eq!(reader.model().overlay, Some(Overlay::Cite(None)));
}
