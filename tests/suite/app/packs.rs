//! Opening packs, by dropping them, by name, from the list, and what happens when they are not well.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use eframe::egui::Role;
use offprint::model::{Origin, View};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::reader::{Home, Reader, fixture};

fn path(origin: &Origin) -> PathBuf {
    match origin {
        Origin::Path(path) => path.clone(),
        other => panic!("{other:?} has no path"),
    }
}

#[test]
fn a_bad_pack_is_told_in_a_sentence_and_the_old_one_stays() {
    let mut reader = Reader::in_new_quay();
    let home = reader.home.clone();
    let no_pack = home.write("notes/readme.txt", "Nothing to see.");
    let text = home.write("text.offprint", "Not a ZIP at all.");
    let half = {
        let whole = zipped(&[("pack.ron", b"Pack(")]);
        home.write("half.offprint", &whole[..whole.len() / 2])
    };
    let lying = home.write("lying.offprint", zipped(&[("../../pack.ron", b"Pack()")]));
    let empty_file = home.write("empty.offprint", "");
    let cases: [(PathBuf, &[&str]); 9] = [
        (
            path(&fixture("garbled")),
            &["pack.ron cannot be understood at line 5, column", "title:"],
        ),
        (
            path(&fixture("newer")),
            &["format 2", "get a newer Offprint"],
        ),
        (path(&fixture("empty")), &["There is no story in this pack"]),
        (home.path("nowhere"), &["There is nothing at this place"]),
        (
            no_pack.parent().unwrap().to_owned(),
            &["There is no pack.ron here"],
        ),
        (text, &["cannot be read as a pack"]),
        (half, &["cannot be read as a pack"]),
        (empty_file, &["cannot be read as a pack"]),
        (lying, &["pack.ron"]),
    ];
    for (path, parts) in cases {
        reader.drop_file(&path);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        reader.wait_until(&name, |reader| {
            reader.model().opening.is_none()
                && reader.shows(Role::Alert, "This pack cannot be opened")
        });
        for part in parts.iter().chain(&[&*name]) {
            assert!(
                reader.shows(Role::Alert, part),
                "{name}: {part} in {}",
                reader.tree()
            );
        }
        // What is told goes when the next one is tried, so there is one notice at most.
        assert_eq!(reader.notices(), ["This pack cannot be opened"]);
        assert_eq!(reader.story(), "new-quay");
        assert!(reader.says("The quay opens at ten"));
    }
    reader.click(Role::Button, "Dismiss");
    reader.settle();
    assert!(!reader.shows(Role::Alert, ""));
}

#[test]
fn a_pack_with_faults_opens_and_says_what_is_missing() {
    let mut reader = Reader::start(&Home::new(), &[fixture("faults")]);
    assert_eq!(reader.notices(), ["Something is missing in this pack"]);
    assert!(reader.shows(Role::Alert, "more problems were found."));
    reader.press(&["Enter"]);
    reader.wait_until("what is well is there", |reader| reader.says("words."));
    // HTML is shown as what it is: text.
    assert!(reader.says("<b>Bold</b> words."), "{}", reader.tree());
    reader.press(&["j", "j", "j", "j", "h"]);
    assert_eq!(reader.model().view, View::Front);
}

#[test]
fn a_dropped_folder_opens_and_is_listed_as_recent() {
    let home = Home::new();
    let mut reader = Reader::start(&home, &[Origin::WorldDesk]);
    let pack = home.briefs("dropped", 2);
    reader.drop_file(&path(&pack));
    reader.wait_until("it is open", |reader| {
        reader.shows(Role::Heading, "The dropped")
    });
    assert!(!reader.shows(Role::Heading, "World Desk"));
    reader.click(Role::Button, "Open a pack (Ctrl+O)");
    reader.settle();
    assert!(reader.says("The dropped, 1"), "{}", reader.tree());
    reader.click(Role::Button, "World Desk, the sample edition");
    reader.wait_until("the sample is open", |reader| {
        reader.shows(Role::Heading, "World Desk")
    });
    reader.press(&["Alt+Left"]);
    reader.wait_until("and the other again", |reader| {
        reader.shows(Role::Heading, "The dropped")
    });
}

#[test]
fn a_single_file_and_a_manifest_open_like_a_folder() {
    let home = Home::new();
    let folder = path(&fixture("good"));
    let mut entries = Vec::new();
    for name in ["pack.ron", "stories/new-quay.md", "images/harbour.png"] {
        entries.push((name, fs::read(folder.join(name)).unwrap()));
    }
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(n, b)| (*n, &b[..])).collect();
    let file = home.write("good.offprint", zipped(&entries));
    let mut reader = Reader::start(&home, &[Origin::WorldDesk]);
    for path in [file, folder.join("pack.ron")] {
        reader.drop_file(&path);
        reader.wait_until("it is open", |reader| {
            reader.model().opening.is_none() && reader.shows(Role::Heading, "Harbour Post")
        });
        reader.press(&["Enter"]);
        reader.wait_until("its body is there", |reader| {
            reader.says("The quay opens at ten")
        });
        reader.press(&["Ctrl+B"]);
    }
}

#[test]
fn a_pack_that_vanishes_while_it_is_open_can_still_be_looked_at() {
    let home = Home::new();
    let stories: String = (0..6)
        .map(|n| {
            format!("Story(id: \"s{n}\", headline: \"Headline {n}\", summary: \"Summary {n}.\"),")
        })
        .collect();
    let pack = home.pack("stick", &stories);
    for n in 0..6 {
        home.write(
            &format!("stick/stories/s{n}.md"),
            format!("The body of {n}."),
        );
    }
    let mut reader = Reader::start(&home, &[pack]);
    reader.press(&["j"]);
    reader.wait_until("the body is there", |reader| reader.says("The body of 0."));
    fs::remove_dir_all(home.path("stick")).unwrap();
    reader.click_row("Headline 4");
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "This story’s text cannot be shown")
    });
    assert!(reader.shows(Role::Heading, "Headline 4"));
    assert!(reader.shows(Role::Paragraph, "Summary 4."));
    assert!(reader.shows(Role::Alert, "stick"), "{}", reader.tree());
    // What was read before is at hand, and bookmarks are the reader's own.
    reader.click_row("Headline 0");
    reader.settle();
    assert!(reader.says("The body of 0."));
    reader.press(&["b"]);
    reader.wait_until("it is on disk", |reader| {
        reader
            .home
            .read("data/bookmarks/org.example.stick.ron")
            .contains("Headline 0")
    });
    // The stick comes back.
    let home = reader.home.clone();
    home.pack("stick", &stories);
    home.write("stick/stories/s4.md", "The body of 4, again.");
    reader.click_row("Headline 2");
    reader.click_row("Headline 4");
    reader.wait_until("the body is there", |reader| {
        reader.says("The body of 4, again.")
    });
}

#[test]
fn when_the_last_pack_is_gone_at_the_start_the_sample_is_there_instead() {
    let home = Home::new();
    let pack = home.briefs("last", 2);
    let reader = Reader::start(&home, &[pack]);
    fs::remove_dir_all(home.path("last")).unwrap();
    let mut reader = reader.restart(&[]);
    reader.wait_until("the sample is open", |reader| {
        reader.shows(Role::Heading, "World Desk")
    });
    assert!(reader.shows(Role::Alert, "There is nothing at this place"));
}

#[test]
fn about_this_edition_says_where_it_came_from() {
    let mut reader = Reader::start(&Home::new(), &[fixture("good")]);
    reader.click(Role::Button, "Help (F1)");
    reader.settle();
    reader.click(Role::Button, "About this edition");
    reader.settle();
    for part in [
        "org.example.good",
        "CC BY 4.0",
        "The harbour office",
        "tests/packs/good",
    ] {
        assert!(reader.says(part), "{part}");
    }
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
