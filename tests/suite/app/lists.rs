//! The sidebar: the filter, the three tabs, and what they say when there is nothing.

use std::fmt::Write as _;

use eframe::egui::Role;
use offprint::model::Show;

use super::reader::{Home, Reader, fixture};

fn accents() -> Reader {
    let home = Home::new();
    let pack = home.pack(
        "accents",
        r#"Story(id: "a", headline: "Café in MÉXICO", summary: "About coffee."),
        Story(id: "b", headline: "Łódź", byline: ["Zoë Müller"]),
        Story(id: "c", headline: "Nothing", tags: ["Économie"]),"#,
    );
    Reader::start(&home, &[pack])
}

#[test]
fn the_filter_ignores_case_and_accents_and_looks_everywhere() {
    let mut reader = accents();
    for (typed, left) in [
        ("mexico cafe", &["Café in MÉXICO, unread"][..]),
        ("COFFEE", &["Café in MÉXICO, unread"]),
        ("lodz", &["Łódź, unread"]),
        ("zoe muller", &["Łódź, unread"]),
        ("economie", &["Nothing, unread"]),
    ] {
        reader.press(&["Ctrl+F"]);
        reader.type_text(typed);
        reader.wait_until(typed, |reader| reader.rows() == left);
        reader.click(Role::Button, "Clear the filter");
        reader.wait_until("all are listed again", |reader| reader.rows().len() == 3);
    }
}

#[test]
fn a_filter_without_a_match_says_so_and_can_be_cleared() {
    let mut reader = accents();
    reader.press(&["/"]);
    reader.type_text("zebra");
    reader.wait_until("nothing is listed", |reader| {
        reader.says("Nothing here matches “zebra”.")
    });
    assert_eq!(reader.rows(), [""; 0]);
    let names = reader.all(Role::Button);
    let clear: Vec<_> = names
        .iter()
        .filter(|it| *it == "Clear the filter")
        .collect();
    assert_eq!(clear.len(), 2, "beside the field and under the sentence");
    reader.press(&["Esc"]);
    reader.wait_until("all are listed again", |reader| reader.rows().len() == 3);
}

#[test]
fn the_tabs_list_unread_and_bookmarked_stories_and_say_how_many() {
    let home = Home::new();
    let pack = home.briefs("tabs", 5);
    let mut reader = Reader::start(&home, &[pack]);
    reader.click_row("Headline 1 of tabs");
    reader.press(&["b"]);
    reader.click_row("Headline 3 of tabs");
    assert_eq!(reader.all(Role::Tab), ["All", "Unread 3", "Bookmarked 1"]);

    reader.click(Role::Tab, "Unread 3");
    reader.wait_until("unread ones are listed", |reader| {
        reader.rows() == [0, 2, 4].map(|row| format!("Headline {row} of tabs, unread"))
    });
    // The one that is opened stays, read, and so does the list's place.
    reader.click_row("Headline 2 of tabs");
    assert_eq!(reader.rows().len(), 3);
    assert_eq!(reader.rows()[1], "Headline 2 of tabs");
    assert_eq!(reader.all(Role::Tab)[1], "Unread 2");

    reader.click(Role::Tab, "Bookmarked 1");
    reader.wait_until("the bookmarked one is listed", |reader| {
        reader.rows() == ["Headline 1 of tabs, bookmarked"]
    });
    reader.click(Role::Tab, "All");
    reader.wait_until("all are listed", |reader| reader.rows().len() == 5);
}

#[test]
fn empty_tabs_say_what_would_be_there() {
    let home = Home::new();
    let pack = home.briefs("short", 2);
    let mut reader = Reader::start(&home, &[pack]);
    reader.click(Role::Tab, "Bookmarked 0");
    reader.wait_until("it says how to bookmark", |reader| {
        reader.says("No bookmarks in this edition yet. Press B")
    });
    reader.click(Role::Button, "Headline 0 of short");
    reader.press(&["b"]);
    reader.wait_until("the newcomer is listed", |reader| {
        reader.rows() == ["Headline 0 of short, bookmarked"]
    });
    reader.click(Role::Tab, "All");
    reader.press(&["j", "j"]);
    reader.click(Role::Tab, "Unread 0");
    reader.wait_until("it says that all is read", |reader| {
        reader.says("You have read every story of this edition.")
    });
    reader.click(Role::Button, "Show all stories");
    reader.wait_until("all are listed", |reader| reader.rows().len() == 2);
    assert_eq!(reader.model().open.as_ref().unwrap().show, Show::All);
}

#[test]
fn the_list_keeps_its_place_when_another_story_is_chosen() {
    let home = Home::new();
    let pack = home.briefs("many", 60);
    let mut reader = Reader::start(&home, &[pack]);
    let inside = reader.row("Headline 3 of many");
    reader.wheel(inside, 900.0);
    let before = reader.rows();
    assert!(
        !before.contains(&"Headline 0 of many, unread".to_owned()),
        "{before:?}"
    );
    let chosen = before[before.len() / 2].clone();
    let headline = chosen.split(',').next().unwrap().to_owned();
    let at = reader.row(&headline);
    reader.click_at(at);
    reader.settle();
    assert_eq!(reader.row(&headline), at, "it did not move");
    assert_eq!(reader.rows().len(), before.len());
    // One that is out of sight comes into sight.
    reader.press(&["h", "Enter"]);
    reader.row("Headline 0 of many");
}

#[test]
fn each_row_is_as_high_as_its_headline_whatever_was_there_before() {
    let home = Home::new();
    let long = "a headline that goes on for so long that it takes three whole lines of the list";
    let stories = [
        ("alpha", format!("Alpha, {long}")),
        ("alpha", "Alpha".to_owned()),
        ("beta", "Beta".to_owned()),
        ("beta", format!("Beta, {long}")),
    ];
    let mut text = String::new();
    for (n, (tag, headline)) in stories.iter().enumerate() {
        _ = write!(
            text,
            "Story(id: \"s{n}\", headline: \"{headline}\", tags: [\"{tag}\"]),"
        );
    }
    let pack = home.pack("heights", &text);
    let mut reader = Reader::start(&home, &[pack]);
    for (word, high, low) in [("alpha", 0, 1), ("beta", 3, 2)] {
        reader.press(&["Esc", "Esc", "/"]);
        reader.type_text(word);
        let [high, low] = [high, low].map(|n: usize| stories[n].1.as_str());
        reader.wait_until(word, |reader| {
            let rows = reader.rows();
            rows.len() == 2 && rows.iter().any(|row| row.starts_with(high))
        });
        reader.settle();
        let (high, low) = (
            reader.row_rect(high).height(),
            reader.row_rect(low).height(),
        );
        assert!(high > low + 10.0, "{word}: {high} and {low}");
    }
}

#[test]
fn each_story_is_listed_once_and_its_section_above_it() {
    let reader = Reader::start(&Home::new(), &[fixture("good")]);
    assert_eq!(reader.rows().len(), 3);
    let headings = reader.all(Role::Heading);
    for section in ["The town", "People"] {
        let count = headings.iter().filter(|it| *it == section).count();
        assert_eq!(count, 2, "{section}: once in the list, once on the page");
    }
}
