//! Marked passages in the window: made, seen, told, written beside, taken away and put back, and found in a corrected edition.

use eframe::egui::{Event, Pos2, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use offprint::model::{Colour, HighlightChange, Origin, Passage, SeriesId, Stamp};
use offprint::shelf::Shelf;

use super::reader::{Home, Reader};

const SERIES: &str = "org.example.week";
const FIRST: &str = "The quay opens on Friday at nine, says the harbour office.";
const SECOND: &str = "Nobody has to pay in the first week.";

/// An edition of the week with one story of these paragraphs, and one that has no body.
fn edition(home: &Home, number: &str, paragraphs: &[&str]) -> Origin {
    let manifest = format!(
        "Pack(format: 1, id: \"{SERIES}\", edition: \"{number}\", title: \"The Week\",
         sections: [Section(id: \"one\", title: \"One\", stories: [
             Story(id: \"a\", headline: \"The new quay\", summary: \"A standfirst.\"),
             Story(id: \"b\", headline: \"A brief\", summary: \"All that there is to say.\")])])"
    );
    home.write(&format!("{number}/pack.ron"), manifest);
    home.write(&format!("{number}/stories/a.md"), paragraphs.join("\n\n"));
    Origin::Path(home.path(number))
}

/// The story of the first edition on the page.
fn in_the_story() -> Reader {
    let home = Home::new();
    let pack = edition(&home, "1", &[FIRST, SECOND]);
    open(&home, pack)
}

fn open(home: &Home, pack: Origin) -> Reader {
    let mut reader = Reader::start(home, &[pack]);
    show(&mut reader);
    reader
}

fn show(reader: &mut Reader) {
    reader.click_row("The new quay");
    reader.wait_until("the body is there", |reader| {
        reader.shows(Role::Paragraph, "says the harbour office")
    });
    reader.settle();
}

/// The passages that are marked, with their colours and notes.
fn marked(reader: &Reader) -> Vec<(String, Colour, String)> {
    let all = reader.model().highlights.values();
    let there = all.filter(|it| it.highlight.is_there());
    let told = |it: &Passage| {
        let it = &it.highlight;
        (it.anchor.quote.clone(), it.colour.1, it.remark.text())
    };
    there.map(told).collect()
}

/// What the reader's file of passages holds, once it is written.
fn kept(reader: &mut Reader) -> String {
    reader.wait_until("it is saved", |reader| {
        let mut all = reader.model().highlights.values();
        all.all(|it| it.waiting == 0)
    });
    reader.settle();
    reader.home.read(&format!("data/highlights/{SERIES}.ron"))
}

fn write_note(reader: &mut Reader, text: &str) {
    let field = by().role(Role::MultilineTextInput).label("Your note");
    reader.harness.get(field).focus();
    reader.settle();
    reader.type_text(text);
}

/// Clicks the words of a passage in the text.
fn click_passage(reader: &mut Reader, words: &str) {
    let at = passage(reader, words);
    reader.click_at(at);
    reader.settle();
}

fn passage(reader: &Reader, words: &str) -> Pos2 {
    let found = reader.harness.query_all_by_role(Role::Mark);
    let mut found = found.filter(|it| {
        it.accesskit_node()
            .label()
            .is_some_and(|it| it.contains(words))
    });
    match found.next() {
        Some(node) => node.rect().center(),
        None => panic!("{words} is not marked\n{}", reader.tree()),
    }
}

#[test]
fn a_passage_is_marked_with_the_pointer_and_the_bar() {
    let mut reader = in_the_story();
    let words = reader.place(Role::Paragraph, SECOND);
    // A click elsewhere is no part of a double click any more after a while.
    for _ in 0..30 {
        reader.step();
    }
    reader.click_at(words);
    reader.click_at(words);
    reader.settle();
    assert!(marked(&reader).is_empty());
    reader.click(Role::Button, "Highlight in green");
    assert_eq!(marked(&reader).len(), 1);
    let (quote, colour, _) = marked(&reader).remove(0);
    assert!(SECOND.contains(&quote) && !quote.contains(' '), "{quote}");
    assert_eq!(colour, Colour::Green);
    assert!(reader.shows(Role::Mark, &format!("Highlighted in green: {quote}")));
    // The bar goes with the selection.
    assert!(!reader.shows(Role::Button, "Highlight in green"));
    assert!(kept(&mut reader).contains("colour: \"green\""));
    // It is listed under the story, and there after a restart.
    assert!(reader.shows(Role::Heading, "Your highlights"));
    reader.place(Role::Button, &format!("Go to the passage: {quote}"));
    let mut reader = reader.restart(&[]);
    show(&mut reader);
    assert!(reader.shows(Role::Mark, &format!("Highlighted in green: {quote}")));
}

#[test]
fn a_passage_is_marked_changed_and_removed_with_keys_alone() {
    let mut reader = in_the_story();
    reader.press(&["Shift+Down", "L"]);
    assert_eq!(
        marked(&reader),
        [(FIRST.into(), Colour::Yellow, String::new())]
    );
    // A word less at either end.
    reader.press(&[
        "Shift+Down",
        "Shift+Down",
        "Shift+Up",
        "Ctrl+Right",
        "Ctrl+Shift+Left",
        "Ctrl+Shift+Left",
        "L",
    ]);
    let quotes: Vec<String> = marked(&reader).into_iter().map(|it| it.0).collect();
    let within = "quay opens on Friday at nine, says the harbour";
    assert!(quotes.contains(&within.to_owned()), "{quotes:?}");
    // The passage is reached by Tab and opened by Enter; the buttons of its card likewise.
    let label = format!("Highlighted in yellow: {within}");
    let node = by().role(Role::Mark).label(&label);
    reader.harness.get(node).focus();
    reader.settle();
    reader.press(&["Enter"]);
    let blue = by().role(Role::RadioButton).label("Blue");
    reader.harness.get(blue).focus();
    reader.settle();
    reader.press(&["Enter"]);
    assert!(
        marked(&reader)
            .iter()
            .any(|it| it.0 == within && it.1 == Colour::Blue)
    );
    reader.press(&["Escape"]);
    assert!(!reader.shows(Role::RadioButton, "Blue"));
    assert_eq!(reader.story(), "a");
    // The colour of the last time is the one that L takes.
    reader.press(&["Shift+Down", "Shift+Down", "L"]);
    assert!(
        marked(&reader)
            .iter()
            .any(|it| it.0 == SECOND && it.1 == Colour::Blue)
    );
}

#[test]
fn a_note_is_written_beside_a_passage() {
    let mut reader = in_the_story();
    reader.press(&["Shift+Down"]);
    reader.click(Role::Button, "Highlight and write a note");
    // The field has the keyboard; letters are letters.
    reader.type_text("blight");
    reader.press(&["Escape"]);
    assert_eq!(marked(&reader)[0].2, "blight");
    assert!(reader.shows(Role::Mark, ". Note: blight"));
    assert!(reader.shows(Role::Paragraph, &format!("{FIRST}  ·  Note: blight")));
    assert!(kept(&mut reader).contains("note: \"blight\""));
    // Written further, and kept when another page comes, or the window closes.
    click_passage(&mut reader, FIRST);
    write_note(&mut reader, "ed ");
    reader.click_row("A brief");
    assert!(marked(&reader)[0].2.contains("blight") && marked(&reader)[0].2.contains("ed"));
    show(&mut reader);
    click_passage(&mut reader, FIRST);
    write_note(&mut reader, "more");
    let home = reader.quit();
    assert!(
        home.read(&format!("data/highlights/{SERIES}.ron"))
            .contains("more")
    );
}

#[test]
fn a_note_that_is_written_elsewhere_as_well_loses_nothing() {
    let mut reader = in_the_story();
    reader.press(&["Shift+Down"]);
    reader.click(Role::Button, "Highlight and write a note");
    reader.type_text("mine");
    kept(&mut reader);
    let id = reader.model().highlights.keys().next().unwrap().1.clone();
    let shelf = Shelf::with_clock(reader.home.data(), || {
        "2025-08-13T10:11:12Z".parse().unwrap()
    });
    let text = "theirs".to_owned();
    let at = Stamp::parse("2025-08-13T10:11:12Z").unwrap();
    let change = HighlightChange::Remark { id, text, at };
    shelf
        .change_highlights(&SeriesId::new(SERIES), &[change])
        .unwrap();
    reader.wait_until("it is seen", |reader| reader.says("theirs"));
    reader.click(Role::Button, "Done");
    let note = marked(&reader)[0].2.clone();
    assert!(note.contains("mine") && note.contains("theirs"), "{note}");
}

#[test]
fn a_mark_is_taken_away_and_put_back() {
    let mut reader = in_the_story();
    reader.press(&["Shift+Down", "L"]);
    click_passage(&mut reader, FIRST);
    reader.click(Role::Button, "Remove the highlight");
    assert!(marked(&reader).is_empty());
    assert!(!reader.shows(Role::Mark, "") && !reader.shows(Role::Heading, "Your highlights"));
    assert!(reader.shows(Role::Alert, "Highlight removed"));
    reader.click(Role::Button, "Undo");
    assert!(reader.shows(Role::Mark, FIRST));
    assert_eq!(reader.notices(), [""; 0]);
    // From the list as well.
    reader.click(Role::Button, &format!("Remove the highlight: {FIRST}"));
    assert!(marked(&reader).is_empty());
    assert!(kept(&mut reader).contains("removed:"));
    // The same words marked again are marked.
    reader.press(&["Shift+Down", "L"]);
    assert_eq!(marked(&reader).len(), 1);
}

#[test]
fn the_same_words_twice_are_one_passage() {
    let mut reader = in_the_story();
    reader.press(&["Shift+Down", "L", "Shift+Down"]);
    reader.click(Role::Button, "Highlight in pink");
    assert_eq!(
        marked(&reader),
        [(FIRST.into(), Colour::Pink, String::new())]
    );
}

#[test]
fn passages_are_found_in_a_corrected_edition_or_kept() {
    let home = Home::new();
    let pack = edition(&home, "1", &[FIRST, SECOND]);
    let mut reader = open(&home, pack);
    reader.press(&["Shift+Down", "L", "Shift+Down", "Shift+Down", "L"]);
    assert_eq!(marked(&reader).len(), 2);
    kept(&mut reader);

    let corrected = FIRST.replace("Friday", "Fridays");
    let second = edition(&home, "2", &["Something new comes first.", &corrected]);
    let mut reader = reader.restart(&[second]);
    show(&mut reader);
    reader.wait_until("it is found where it went", |reader| {
        reader.shows(
            Role::Mark,
            "Highlighted in yellow: The quay opens on Friday at nine",
        )
    });
    reader.wait_until("the other is not", |reader| {
        reader.shows(Role::Label, "Not found in this edition")
    });
    reader.settle();
    assert!(!reader.shows(Role::Mark, SECOND));
    assert!(reader.shows(
        Role::Paragraph,
        &format!("{SECOND}  ·  Yellow  ·  marked in edition 1")
    ));
    // A note can be written beside it, and it is back in the edition that has it.
    reader.click(Role::Button, &format!("Colour and note: {SECOND}"));
    write_note(&mut reader, "gone");
    reader.click(Role::Button, "Done");
    assert!(reader.shows(Role::Paragraph, &format!("{SECOND}  ·  Note: gone")));
    kept(&mut reader);
    let first = edition(&home, "1", &[FIRST, SECOND]);
    let mut reader = reader.restart(&[first]);
    show(&mut reader);
    assert!(
        reader.shows(Role::Mark, &format!("{SECOND}. Note: gone")),
        "{}",
        reader.tree()
    );
    assert!(!reader.says("Not found in this edition"));
}

#[test]
fn a_passage_goes_over_several_paragraphs() {
    let mut reader = in_the_story();
    reader.press(&["Ctrl+A", "L"]);
    let whole = format!("{FIRST}\n\n{SECOND}");
    assert_eq!(marked(&reader), [(whole, Colour::Yellow, String::new())]);
    assert!(reader.shows(Role::Mark, &FIRST[..40]));
}

#[test]
fn the_page_has_its_texts_in_the_order_by_which_passages_are_found() {
    let mut reader = Reader::in_new_quay();
    reader.press(&["Ctrl+A"]);
    reader.harness.event(Event::Copy);
    reader.step();
    let copied = reader.copied().unwrap();
    reader.press(&["L"]);
    let (whole, _, _) = marked(&reader).remove(0);
    assert!(whole.starts_with("The quay opens") && whole.ends_with("pays for this page."));
    assert!(copied.contains(&whole), "{copied}\n---\n{whole}");
}

#[test]
fn a_brief_and_what_is_no_text_of_the_story() {
    let mut reader = in_the_story();
    // The headline is not a part of the text.
    for _ in 0..30 {
        reader.step();
    }
    let headline = reader
        .harness
        .get(by().role(Role::Heading).label("The new quay"));
    let at = headline.rect().left_center() + eframe::egui::vec2(30.0, 0.0);
    reader.click_at(at);
    reader.click_at(at);
    reader.settle();
    reader.press(&["L"]);
    assert!(marked(&reader).is_empty());
    reader.click_row("A brief");
    reader.press(&["Shift+Down", "L"]);
    assert_eq!(marked(&reader)[0].0, "All that there is to say.");
    assert!(reader.shows(Role::Mark, "All that there is to say."));
}

#[test]
fn a_click_in_the_list_goes_to_the_passage() {
    let home = Home::new();
    let many: Vec<String> = (0..60)
        .map(|n| format!("Paragraph {n} says nothing of the harbour office."))
        .collect();
    let mut paragraphs: Vec<&str> = many.iter().map(String::as_str).collect();
    paragraphs.insert(0, FIRST);
    let pack = edition(&home, "1", &paragraphs);
    let mut reader = open(&home, pack);
    reader.press(&["Shift+Down", "L", "End"]);
    assert!(!reader.shows(Role::Mark, FIRST));
    reader.click(Role::Button, &format!("Go to the passage: {FIRST}"));
    assert!(reader.shows(Role::Mark, FIRST));
}

#[test]
fn what_another_window_marks_is_shown() {
    let mut reader = in_the_story();
    reader.press(&["Shift+Down", "L"]);
    kept(&mut reader);
    let home = reader.home.clone();
    let mut other = open(&home, Origin::Path(home.path("1")));
    other.press(&["Shift+Down", "Shift+Down"]);
    other.click(Role::Button, "Highlight in blue");
    let all = marked(&other);
    let new = all.iter().find(|it| it.1 == Colour::Blue);
    assert_eq!(new.map(|it| it.0.as_str()), Some(SECOND), "{all:?}");
    kept(&mut other);
    reader.wait_until("it is shown here as well", |reader| {
        reader.shows(Role::Mark, &format!("Highlighted in blue: {SECOND}"))
    });
}

#[test]
fn the_selected_words_are_copied_from_the_bar() {
    let mut reader = in_the_story();
    reader.press(&["Shift+Down"]);
    let at = reader.place(Role::Button, "Copy the selected words");
    reader.click_at(at);
    assert_eq!(reader.copied().as_deref(), Some(FIRST));
    reader.harness.event(Event::PointerGone);
    reader.settle();
}

#[test]
fn a_passage_stands_among_the_bookmarks_and_leads_back() {
    let mut reader = in_the_story();
    let words = reader.place(Role::Paragraph, SECOND);
    reader.click_at(words);
    reader.click_at(words);
    reader.settle();
    reader.click(Role::Button, "Highlight in green");
    let (quote, ..) = marked(&reader).remove(0);
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the marks are read", |reader| {
        reader.shows(Role::Tab, "Highlights 1")
    });
    reader.click(Role::Tab, "Highlights 1");
    let remove = format!("Remove the highlight: {quote}");
    reader.wait_until("it is listed", |reader| reader.shows(Role::Button, &remove));
    reader.click(Role::Button, &remove);
    reader.wait_until("it is no longer listed", |reader| {
        reader.shows(Role::Tab, "Removed 1") && !reader.shows(Role::Button, &remove)
    });
    reader.click(Role::Tab, "Removed 1");
    let back = format!("Put the highlight back: {quote}");
    reader.wait_until("it is among what was removed", |reader| {
        reader.shows(Role::Button, &back)
    });
    reader.click(Role::Button, &back);
    reader.wait_until("it is there again", |reader| {
        marked(reader).len() == 1 && reader.says("Nothing was removed.")
    });
    reader.settle();
    reader.click(Role::Tab, "Highlights 1");
    reader.wait_until("it is listed", |reader| reader.shows(Role::Button, &remove));
    reader.click(Role::Button, &quote);
    reader.wait_until("the story is back", |reader| {
        reader.shows(Role::Heading, "The new quay")
    });
    passage(&reader, &quote);
}
