//! The reader's files when the disk is not well: nothing is lost, and the reader is told at once.

use std::fs;
use std::path::Path;
use std::thread;

use eframe::egui::Role;
use offprint::journal;
use offprint::model::{BookmarkChange, Origin, Save, SeriesId};
use offprint::shelf::Shelf;
use offprint::work::{Worker, on_panic};

use super::reader::{Home, Reader, fixture};

const FILE: &str = "data/bookmarks/org.example.good.ron";

/// A reader in a story whose data folder has become a file.
fn without_folder() -> Reader {
    let mut reader = Reader::in_new_quay();
    // What was done so far comes first, and is not what fails.
    reader.wait_until("the story's mark is saved", |reader| {
        reader
            .home
            .data()
            .join("reading/org.example.good.ron")
            .exists()
    });
    let data = reader.home.data();
    fs::rename(&data, reader.home.path("away")).unwrap();
    reader.home.write("data", "in the way");
    reader
}

fn mend(reader: &Reader) {
    fs::remove_file(reader.home.data()).unwrap();
    fs::rename(reader.home.path("away"), reader.home.data()).unwrap();
}

#[test]
fn what_cannot_be_saved_is_told_at_once_and_shown_as_unsaved() {
    let mut reader = without_folder();
    reader.press(&["b"]);
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "Not saved yet")
    });
    assert!(
        reader.shows(Role::Alert, "a file stands where its folder should be"),
        "{}",
        reader.tree()
    );
    assert!(reader.shows(Role::Alert, "org.example.good.ron"));
    // The change is there, and it is not passed off as saved.
    assert!(reader.shows(Role::Button, "Bookmarked, not saved yet"));
    assert_eq!(reader.rows()[0], "New quay opens on Saturday, bookmarked");
    reader.press(&["Ctrl+B"]);
    reader.wait_until("the bookmarks are listed", |reader| {
        reader.says("Not saved yet")
    });
    reader.press(&["Ctrl+B", "j"]);

    // Another try tells it again, once.
    reader.click(Role::Button, "Try again");
    reader.settle();
    assert_eq!(reader.notices(), ["Not saved yet"]);

    mend(&reader);
    // It is tried again every few seconds by itself; on a slow machine that may have come first.
    if reader.shows(Role::Button, "Try again") {
        reader.click(Role::Button, "Try again");
    }
    reader.wait_until("it is saved", |reader| {
        reader.home.read(FILE).contains("new-quay") && reader.notices().is_empty()
    });
    reader.wait_until("and shown as saved", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });
}

#[test]
fn what_could_not_be_saved_is_tried_again_without_being_asked() {
    let mut reader = without_folder();
    reader.press(&["b"]);
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "Not saved yet")
    });
    // Whoever has read it once is not told the same every few seconds.
    reader.click(Role::Button, "Dismiss");
    let start = std::time::Instant::now();
    while start.elapsed().as_secs() < 5 {
        reader.step();
        thread::sleep(std::time::Duration::from_millis(20));
        assert_eq!(reader.notices(), [""; 0]);
    }
    mend(&reader);
    reader.wait_until("it is saved", |reader| {
        reader.home.read(FILE).contains("new-quay")
    });
    reader.wait_until("and shown as saved", |reader| {
        reader.shows(Role::Button, "Remove the bookmark (B)")
    });
}

#[test]
fn what_could_not_be_saved_is_saved_when_the_program_ends() {
    let mut reader = without_folder();
    reader.press(&["b"]);
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "Not saved yet")
    });
    mend(&reader);
    let home = reader.quit();
    assert!(home.read(FILE).contains("new-quay"));
}

#[test]
fn a_folder_that_was_never_there_does_not_keep_one_from_reading() {
    let home = Home::new();
    home.write("data", "in the way");
    let mut reader = Reader::start(&home, &[fixture("good")]);
    assert!(reader.rows().len() == 3);
    reader.press(&["j"]);
    reader.wait_until("the body is there", |reader| {
        reader.says("The quay opens at ten")
    });
    reader.wait_until("it is told", |reader| {
        reader.shows(Role::Alert, "Not saved yet")
    });
    assert_eq!(home.read("data"), "in the way");
}

#[test]
fn a_damaged_bookmarks_file_is_kept_and_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bookmarks/damaged");
    for name in ["truncated.ron", "zeros.ron", "empty.ron", "newer.ron"] {
        let damaged = fs::read(folder.join(name)).unwrap();
        let home = Home::new();
        home.write(FILE, &damaged);
        let mut reader = Reader::start(&home, &[fixture("good")]);
        reader.wait_until("it is told", |reader| {
            reader.shows(Role::Alert, "One of your files is not as it should be")
        });
        assert!(reader.shows(Role::Alert, "org.example.good.ron"), "{name}");
        reader.press(&["j", "b"]);
        reader.wait_until("a bookmark is saved", |reader| {
            reader.shows(Role::Button, "Remove the bookmark (B)")
        });
        assert!(home.read(FILE).contains("new-quay"));
        let kept = fs::read_dir(home.path("data/bookmarks")).unwrap();
        let kept: Vec<Vec<u8>> = kept
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.to_string_lossy().contains("kept"))
            .map(|path| fs::read(path).unwrap())
            .collect();
        assert!(
            kept.contains(&damaged),
            "{name}: what it was is beside it, to the byte"
        );
    }
}

#[test]
fn settings_that_make_no_sense_do_not_keep_the_program_from_starting() {
    let home = Home::new();
    home.write(
        "data/settings.ron",
        "Settings(version: 1, theme: \"Purple\", text_size: 1e30, sidebar_width: -4, mood: 7)",
    );
    home.write("data/recent.ron", b"\0\0\0");
    let mut reader = Reader::start(&home, &[Origin::WorldDesk]);
    assert!(reader.shows(Role::Heading, "World Desk"));
    assert!(reader.model().settings.text_size <= 3.0);
    reader.press(&["t"]);
    let settings = reader.quit().read("data/settings.ron");
    assert!(
        settings.contains("Light") && settings.contains("mood: 7"),
        "{settings}"
    );
}

#[test]
fn a_panic_on_the_screens_thread_leaves_what_was_to_be_saved_on_disk() {
    let home = Home::new();
    let data = home.data();
    let state = home.path("state");
    let first = home.path("data/bookmarks/org.example.panic.ron");
    let shelf = Shelf::open(&data);
    let screen = thread::Builder::new()
        .name("screen".to_owned())
        .spawn(move || {
            let mut worker = Worker::start(shelf, || {}).unwrap();
            on_panic(worker.flusher(), move |info| {
                // By then everything is on the disk.
                let saved = fs::read_to_string(&first).unwrap_or_default();
                assert!(saved.contains("\"s19\""), "{saved}");
                journal::report(&state, info).unwrap();
            });
            for number in 0..20 {
                let bookmark = offprint::model::Bookmark {
                    series: SeriesId::new("org.example.panic"),
                    story: offprint::model::StoryId::new(format!("s{number}")),
                    life: offprint::model::Life::new(worker.now()),
                    ..Default::default()
                };
                let series = bookmark.series.clone();
                worker.save(Save::Bookmark(
                    series,
                    BookmarkChange::Add(Box::new(bookmark)),
                ));
            }
            // As when the program is torn down without a chance to tidy up.
            std::mem::forget(worker);
            panic!("this panic is part of a test");
        })
        .unwrap();
    assert!(screen.join().is_err());
    let file = home.read("data/bookmarks/org.example.panic.ron");
    for number in 0..20 {
        assert!(file.contains(&format!("\"s{number}\"")), "{number}: {file}");
    }
    let reports = fs::read_dir(home.path("state")).unwrap();
    let reports: Vec<_> = reports.map(|it| it.unwrap().path()).collect();
    let [report] = &reports[..] else {
        panic!("{reports:?}")
    };
    let report = fs::read_to_string(report).unwrap();
    assert!(
        report.contains("Message: this panic is part of a test"),
        "{report}"
    );
}
