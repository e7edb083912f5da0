//! Every version ever written of a file of the reader's loads, without a word about it.

use std::fs;
use std::path::Path;

use offprint::model::{Colour, SeriesId, StoryId, Theme};
use offprint::shelf::Shelf;

const SERIES: &str = "org.example.week";

/// A data folder with this file in it, as an older program left it.
fn shelf(kind: &str, version: &str, to: &str) -> (tempfile::TempDir, Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(kind)
        .join(version)
        .join("plain.ron");
    let path = folder.path().join(to);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::copy(fixture, path).unwrap();
    let shelf = Shelf::open(folder.path());
    (folder, shelf)
}

#[test]
fn marked_passages_of_version_1() {
    let (_folder, shelf) = shelf("highlights", "v1", "highlights/org.example.week.ron");
    let loaded = shelf.load_highlights(&SeriesId::new(SERIES));
    assert_eq!(loaded.notices, []);
    let [first, gone] = &loaded.value[..] else {
        panic!("{:?}", loaded.value)
    };
    assert_eq!(
        first.anchor.quote,
        "The crane stands still.\n\nNobody knows why."
    );
    assert_eq!((first.anchor.block, first.anchor.offset), (2, 26));
    assert_eq!(first.colour.1, Colour::Blue);
    assert_eq!(first.remark.text(), "Ask the harbour office");
    assert_eq!(first.was.headline, "The new quay");
    assert!(first.is_there() && !gone.is_there());
}

#[test]
fn reading_marks_of_version_1() {
    let (_folder, shelf) = shelf("reading", "v1", "reading/org.example.week.ron");
    let loaded = shelf.load_reading(&SeriesId::new(SERIES));
    assert_eq!(loaded.notices, []);
    let read: Vec<&str> = loaded.value.read.iter().map(StoryId::as_str).collect();
    assert_eq!(read, ["ferry", "quay"]);
    assert_eq!(loaded.value.places[&StoryId::new("quay")].block, 49);
}

#[test]
fn settings_of_version_1() {
    let (_folder, shelf) = shelf("settings", "v1", "settings.ron");
    let loaded = shelf.load_settings();
    assert_eq!(loaded.notices, []);
    assert_eq!(loaded.value.theme, Theme::Sepia);
    assert!((loaded.value.text_size - 1.25).abs() < 1e-6);
    assert!((loaded.value.sidebar_width - 312.0).abs() < 1e-6);
    let window = loaded.value.window.unwrap();
    assert!((window.width - 1280.0).abs() < 1e-6 && !window.maximized);
    assert_eq!(window.at, None, "that file says nothing of it");
}
