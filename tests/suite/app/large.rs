//! Packs larger than anybody prints take the same path as small ones.

use eframe::egui::Role;
use egui_kittest::kittest::NodeT as _;

use super::reader::{Home, Reader};

#[test]
fn of_a_hundred_thousand_stories_only_the_visible_are_there() {
    let home = Home::new();
    let pack = home.briefs("big", 100_000);
    let mut reader = Reader::start(&home, &[pack]);
    assert!(reader.says("100,000 stories"));
    let nodes = |reader: &Reader| reader.harness.root().children_recursive().count();
    let few = nodes(&reader);
    assert!(few < 150, "{few} nodes");
    assert_eq!(reader.rows()[0], "Headline 0 of big, unread");
    assert!(reader.rows().len() < 40);

    let inside = reader.row("Headline 2 of big");
    for _ in 0..20 {
        reader.wheel(inside, 3000.0);
    }
    let rows = reader.rows();
    assert!(rows.len() < 40 && nodes(&reader) < 150, "{rows:?}");
    let first: usize = number(&rows[0]);
    assert!(first > 300, "{first}");
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(number(row), first + at, "in order, without a gap");
    }

    // The last one is as near as the first.
    reader.press(&["/"]);
    reader.type_text("99999");
    reader.wait_until("it is found", |reader| reader.rows().len() == 1);
    reader.press(&["Enter", "Esc", "Esc"]);
    reader.wait_until("all are listed", |reader| reader.rows().len() > 1);
    assert_eq!(reader.story(), "s99999");
    assert!(reader.shows(Role::Heading, "Headline 99999 of big"));
    reader.press(&["k"]);
    assert_eq!(reader.story(), "s99998");
    reader.row("Headline 99998 of big");
    assert!(nodes(&reader) < 150);
}

#[test]
fn opening_takes_its_time_says_so_and_can_be_cancelled() {
    let home = Home::new();
    let mut reader = Reader::start(&home, &[super::reader::fixture("good")]);
    home.briefs("slow", 150_000);
    for by_key in [true, false] {
        reader.drop_file(&home.path("slow"));
        // The window's clock goes by frames, a thirtieth of a second each.
        reader.wait_until("it says what is being opened", |reader| {
            reader.says("Opening slow…")
        });
        reader.press(&["j"]);
        assert_eq!(reader.story(), "new-quay", "reading goes on meanwhile");
        if by_key {
            reader.press(&["Esc"]);
        } else {
            reader.click(Role::Button, "Cancel");
        }
        assert!(reader.model().opening.is_none());
        assert!(!reader.says("Opening slow…"));
        reader.press(&["h"]);
    }
    let start = std::time::Instant::now();
    while start.elapsed().as_millis() < 1500 {
        reader.step();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(
        reader.shows(Role::Heading, "Harbour Post"),
        "it does not come after all"
    );
    assert_eq!(reader.notices(), [""; 0]);
}

fn number(row: &str) -> usize {
    row.split(' ').nth(1).unwrap().parse().unwrap()
}
