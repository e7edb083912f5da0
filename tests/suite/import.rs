//! What other programs wrote of bookmarks, taken in by the real binary: all of it once, and nothing of it twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use offprint::model::SeriesId;
use offprint::shelf::Shelf;
use serde_json::Value;

/// A folder with the reader's files in `data`, gone with the test.
struct Desk {
    folder: tempfile::TempDir,
}

struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn bookmarks(&self, args: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_offprint"))
            .current_dir(self.folder.path())
            .args(["--data-dir=data", "bookmarks"])
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run {
            status: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    fn json(&self, args: &[&str]) -> Value {
        let run = self.bookmarks(&[args, &["--json"]].concat());
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err))
    }

    /// Every file of the reader's, by name, without older states.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in ["bookmarks", "highlights", "reading"] {
            for entry in fs::read_dir(self.path("data").join(folder))
                .into_iter()
                .flatten()
            {
                let path = entry.unwrap().path();
                files.insert(path.clone(), fs::read(path).unwrap());
            }
        }
        files
    }
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/imports")
        .join(name);
    path.to_str().unwrap().to_owned()
}

#[test]
fn every_form_is_taken_in_once() {
    for (name, form, new, doubts) in [
        ("pocket.csv", "pocket-csv", 4, 2),
        ("pocket.html", "pocket-html", 3, 1),
        ("instapaper.csv", "instapaper-csv", 4, 2),
        ("browser.html", "browser", 4, 3),
    ] {
        let desk = Desk::new();
        let file = fixture(name);
        let tried = desk.json(&["import", &file, "--dry-run"]);
        assert_eq!(
            (&tried["form"], &tried["dry_run"]),
            (&form.into(), &true.into())
        );
        assert_eq!(tried["bookmarks"]["added"], new, "{name}");
        assert!(!desk.path("data").exists(), "{name}: nothing is written");

        let run = desk.bookmarks(&["import", &file]);
        assert_eq!(run.status, Some(1), "{name}: {}", run.err);
        assert!(
            run.out
                .contains(&format!("{new} new, 0 changed, 0 as before")),
            "{}",
            run.out
        );
        assert_eq!(run.err.lines().count(), doubts, "{name}: {}", run.err);
        assert!(run.err.contains("offprint: line "), "{}", run.err);
        let list = desk.json(&["list"]);
        assert_eq!(list["bookmarks"].as_array().unwrap().len(), new, "{name}");

        let files = desk.files();
        let again = desk.json(&["import", &file]);
        assert_eq!(again["bookmarks"]["same"], new, "{name}: {again}");
        assert_eq!(again["bookmarks"]["added"], 0);
        assert_eq!(again["doubts"].as_array().unwrap().len(), doubts);
        assert_eq!(
            desk.files(),
            files,
            "{name}: the second time changes nothing"
        );
    }
}

#[test]
fn tags_of_two_files_come_together() {
    let desk = Desk::new();
    for name in [
        "pocket.csv",
        "browser.html",
        "pocket.html",
        "instapaper.csv",
    ] {
        desk.bookmarks(&["import", &fixture(name)]);
    }
    let marks = desk.bookmarks(&["export", "--as", "json"]).out;
    let marks: Value = serde_json::from_str(&marks).unwrap();
    let marks = marks["bookmarks"].as_array().unwrap();
    let harbour = marks
        .iter()
        .find(|it| it["origin"] == "https://example.org/harbour");
    let harbour = harbour.unwrap();
    let tags = ["Sea & land", "long read", "pier", "sea"];
    assert_eq!(harbour["tags"], serde_json::json!(tags));
    // The browser's was saved later; both notes stay.
    assert_eq!(harbour["notes"].as_array().unwrap().len(), 2);
    assert_eq!(harbour["saved"], "2023-11-14T22:15:00Z");
}

#[test]
fn what_was_removed_stays_removed_and_is_told() {
    let desk = Desk::new();
    let file = fixture("pocket.html");
    desk.bookmarks(&["import", &file]);
    let list = desk.json(&["list"]);
    let tides = list["bookmarks"].as_array().unwrap().iter();
    let tides = tides
        .clone()
        .find(|it| it["headline"] == "Tides & times")
        .unwrap();
    assert_eq!(tides["publisher"], "example.net");
    let story = tides["story"].as_str().unwrap();
    assert_eq!(desk.bookmarks(&["remove", "web", story]).status, Some(0));
    let files = desk.files();
    let again = desk.bookmarks(&["import", &file]);
    let told = "removed before, and stays so: Tides & times";
    assert!(again.out.contains(told), "{}", again.out);
    assert_eq!(desk.files(), files);
    assert_eq!(
        desk.json(&["list"])["bookmarks"].as_array().unwrap().len(),
        2
    );
}

const MARKS: &str = r#"Bookmarks(version: 2, series: "org.example.desk", bookmarks: [
    Bookmark(story: "storm", edition: "2025-08-09", headline: "A storm", saved: "2025-08-10T07:08:09.123Z",
        removed: "2025-08-11T00:00:00Z", restored: "2025-08-12T00:00:00Z", origin: "/packs/desk.offprint",
        tags: ["by hand", "sea"], tags_at: {"sea": "2025-08-10T08:00:00Z", "gone": "2025-08-10T09:00:00Z"},
        note: "One.\n\nTwo.", note_at: "2025-08-10T10:00:00Z",
        other_notes: [Note(at: "2025-08-10T09:30:00Z", text: "Elsewhere")],
        notes_replaced: ["2025-08-10T09:00:00Z"]),
    Bookmark(story: "calm", headline: "A calm", published: "2025-08-09"),
])"#;
const PASSAGES: &str = r#"Highlights(version: 1, series: "org.example.desk", highlights: [
    Highlight(id: "h1", story: "storm", quote: "The wind “rose”.", before: "a", after: "b", block: 3, offset: 7,
        colour: "blue", colour_at: "2025-08-10T11:00:00Z", saved: "2025-08-10T10:30:00Z", headline: "A storm"),
])"#;

#[test]
fn our_own_json_gives_an_equal_shelf() {
    let desk = Desk::new();
    desk.write("data/bookmarks/org.example.desk.ron", MARKS);
    desk.write("data/highlights/org.example.desk.ron", PASSAGES);
    let to_file = ["export", "--as=json", "-o", "marks.json"];
    assert_eq!(desk.bookmarks(&to_file).status, Some(0));

    let other = Desk::new();
    let file = desk.path("marks.json");
    let file = file.to_str().unwrap();
    let run = other.bookmarks(&["import", file]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.contains("bookmarks   2 new"), "{}", run.out);
    assert!(run.out.contains("highlights  1 new"), "{}", run.out);
    let series = SeriesId::new("org.example.desk");
    let shelves = [&desk, &other].map(|it| Shelf::open(it.path("data")));
    let [ours, theirs] = shelves.each_ref().map(|it| {
        let mut bookmarks = it.load_bookmarks(&series);
        bookmarks.value.sort_by(|a, b| a.story.cmp(&b.story));
        (bookmarks, it.load_highlights(&series))
    });
    assert_eq!(ours.0.value.len(), 2);
    assert_eq!(ours, theirs);
    // The same file taken in at home changes nothing either.
    let files = desk.files();
    assert_eq!(desk.json(&["import", file])["bookmarks"]["same"], 2);
    assert_eq!(desk.files(), files);
}

#[test]
fn one_of_our_own_files_is_taken_in_whole() {
    let desk = Desk::new();
    let more = MARKS.replace("headline: \"A calm\"", "headline: \"A calm\", later: 1");
    desk.write("stick/any name.ron", &more);
    let tried = desk.json(&["import", "stick/any name.ron", "--dry-run"]);
    assert_eq!(
        (&tried["form"], &tried["bookmarks"]["added"]),
        (&"ron".into(), &2.into())
    );
    assert_eq!(desk.files().len(), 0);
    let run = desk.bookmarks(&["import", "stick/any name.ron"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let kept = fs::read_to_string(desk.path("data/bookmarks/org.example.desk.ron")).unwrap();
    assert!(
        kept.contains("later: 1"),
        "what is not understood comes along: {kept}"
    );
    let again = desk.json(&["import", "stick/any name.ron", "--dry-run"]);
    assert_eq!(again["bookmarks"]["same"], 2);
}

#[test]
fn what_cannot_be_imported_is_refused() {
    let desk = Desk::new();
    desk.write("note.txt", "Dear diary,\nnothing.\n");
    desk.write(
        "half.json",
        "{\"kind\": \"offprint-marks\",\n \"bookmarks\": [{\"series\"",
    );
    for (args, status, part) in [
        (
            &["note.txt"][..],
            1,
            "no file that bookmarks can be imported from",
        ),
        (&["half.json"], 1, "Line 2: this is no JSON of Offprint’s"),
        (
            &["note.txt", "--from=pocket-csv"],
            1,
            "one of them should be `url`",
        ),
        (&["missing.csv"], 2, "missing.csv cannot be read"),
        (&["."], 2, "it is a folder"),
    ] {
        let run = desk.bookmarks(&[&["import"], args].concat());
        assert_eq!(run.status, Some(status), "{args:?}: {}", run.err);
        assert!(run.err.contains(part), "{args:?}: {}", run.err);
    }
    assert!(!desk.path("data").exists());
}

#[test]
fn a_browser_gets_back_what_it_gave() {
    let desk = Desk::new();
    desk.bookmarks(&["import", &fixture("browser.html")]);
    let page = desk.bookmarks(&["export", "--as", "netscape"]).out;
    let other = Desk::new();
    other.write("back.html", &page);
    let run = other.bookmarks(&["import", "back.html"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(other.json(&["list"]), desk.json(&["list"]));
}
