//! Copies of stories: made, kept, listed, put together, removed and put back; and what happens when the disk does not play along.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::AtomicBool;

use offprint::model::{Edition as _, Origin, SeriesId, StoryId};
use offprint::pack::{self, Clip, Pack, Severity, clippings};
use offprint::shelf::{Shelf, is_sound};
use serde_json::Value;

/// Two packs of different series whose stories and pictures have the same names, and a data folder.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for (series, colour) in [("one", 10), ("two", 200)] {
            let manifest = MANIFEST.replace("SERIES", series);
            desk.write(&format!("{series}/pack.ron"), manifest.as_bytes());
            desk.write(&format!("{series}/stories/storm.md"), BODY.as_bytes());
            desk.write(&format!("{series}/images/sea.png"), &picture(colour));
            desk.write(&format!("{series}/images/thumb.png"), &picture(99));
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn shelf(&self) -> Shelf {
        Shelf::open(self.path("data"))
    }

    fn clip(&self, pack: &str, story: &str) -> Clip {
        let pack = open(&self.path(pack));
        pack.clip(pack.row_of(&StoryId::new(story)).unwrap())
            .unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_offprint"))
            .current_dir(self.folder.path())
            .args(args)
            .arg("--data-dir=data")
            .output()
            .unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}

const MANIFEST: &str = r#"Pack(
    format: 1,
    id: "org.example.SERIES",
    edition: "2025-08-09",
    title: "The \"SERIES\" Desk",
    language: "en-GB",
    published: "2025-08-09T06:00:00+02:00",
    publisher: Publisher(name: "Desk \\ Sons", url: "https://example.org"),
    rights: "CC0 1.0",
    sections: [
        Section(id: "sea", title: "The Sea", stories: [
            Story(
                id: "storm",
                headline: "A storm of SERIES",
                summary: "It blew.",
                byline: ["Ada Mair", "Bo"],
                published: "2025-08-08",
                updated: "2025-08-09T05:00:00Z",
                thumbnail: Image(file: "images/thumb.png", alt: "A boat", caption: "Out", credit: "Cy"),
                tags: ["sea", "wind"],
                related: ["calm"],
                source: "https://example.org/storm",
            ),
            Story(id: "calm", headline: "Calm", summary: "All is quiet."),
        ]),
    ],
)
"#;

const BODY: &str = "The wind rose, as in [the calm](story:calm).\r\n\r\n![Waves](images/sea.png \"Waves\")\r\n\r\n> It was loud.\r\n> — Ada\r\n";

/// A picture that is large enough for a thumbnail.
fn picture(colour: u8) -> Vec<u8> {
    let pixels = image::GrayImage::from_pixel(400, 300, image::Luma([colour]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn open(path: &Path) -> Pack {
    let origin = Origin::Path(path.to_owned());
    pack::open(&origin, &AtomicBool::new(false), &|_| {})
        .unwrap()
        .0
}

/// What `check` finds, but for advice.
fn problems(path: &Path) -> Vec<String> {
    let origin = Origin::Path(path.to_owned());
    pack::check(&origin, &AtomicBool::new(false))
        .unwrap()
        .iter()
        .filter(|it| it.severity != Severity::Advice)
        .map(ToString::to_string)
        .collect()
}

fn storm(series: &str) -> (SeriesId, StoryId) {
    (
        SeriesId::new(format!("org.example.{series}")),
        StoryId::new("storm"),
    )
}

#[test]
fn a_copy_is_the_story_and_says_where_it_is_from() {
    let desk = Desk::new();
    let clip = desk.clip("one", "storm");
    assert_eq!(clip.missing, [""; 0]);
    let stored = desk
        .shelf()
        .keep(&clip.series, &clip.story, &clip.bytes)
        .unwrap();
    assert!(stored.fresh && is_sound(&stored.path).unwrap());
    assert_eq!(problems(&stored.path), [""; 0]);

    let (old, new) = (open(&desk.path("one")), open(&stored.path));
    let (before, after) = (old.info(), new.info());
    assert!(after.excerpt && !before.excerpt);
    assert_eq!(after.series, before.series);
    assert_eq!(after.edition, before.edition);
    assert_eq!(after.title, before.title);
    assert_eq!(after.language, "en-GB");
    assert_eq!(after.publisher, before.publisher);
    assert_eq!(after.publisher_url, before.publisher_url);
    assert_eq!(after.rights, before.rights);
    assert_eq!(after.published, before.published);
    assert_eq!(new.count(), 1);
    let (was, is) = (old.story(0).unwrap(), new.story(0).unwrap());
    assert_eq!(is.id, was.id);
    assert_eq!(is.headline, was.headline);
    assert_eq!(is.byline, was.byline);
    assert_eq!(is.updated, was.updated);
    assert_eq!(is.tags, was.tags);
    assert_eq!(is.source, was.source);
    assert_eq!(is.thumbnail, was.thumbnail);
    assert!(is.related.is_empty());
    assert_eq!(new.digest(0).unwrap(), old.digest(0).unwrap());
    assert_eq!(new.source_text(0).unwrap(), BODY);
    for name in ["images/sea.png", "images/thumb.png"] {
        assert_eq!(new.picture(name).unwrap(), old.picture(name).unwrap());
    }
    let from = is.clipped.as_ref().unwrap();
    assert_eq!(from.from(), "The \"one\" Desk, 9 August 2025");
    assert_eq!(from.series, before.series);
    assert_eq!(from.digest, old.digest(0).unwrap());
    assert_eq!(from.rights, "CC0 1.0");
    // The link leads out of the copy: its words stay, and nothing is wrong.
    assert!(new.body(0).unwrap().body.warnings.is_empty());
}

#[test]
fn the_same_story_is_the_same_copy_and_a_corrected_one_another() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let clip = desk.clip("one", "storm");
    assert_eq!(clip, desk.clip("one", "storm"));
    let first = shelf.keep(&clip.series, &clip.story, &clip.bytes).unwrap();
    let again = shelf.keep(&clip.series, &clip.story, &clip.bytes).unwrap();
    assert!(!again.fresh);
    assert_eq!(again.path, first.path);

    // A copy of the copy is the same once more: it says the same of where it is from.
    let copied = open(&first.path).clip(0).unwrap();
    assert_eq!(copied.bytes, clip.bytes);

    desk.write("one/stories/storm.md", b"The wind fell.\n");
    let corrected = desk.clip("one", "storm");
    let second = shelf
        .keep(&corrected.series, &corrected.story, &corrected.bytes)
        .unwrap();
    assert_ne!(second.path, first.path);
    assert_eq!(fs::read(&first.path).unwrap(), clip.bytes);
    assert_eq!(shelf.kept_of(&clip.series, &clip.story).len(), 2);
}

#[test]
fn a_brief_and_a_story_without_its_pictures_are_kept_as_they_are() {
    let desk = Desk::new();
    let brief = desk.clip("one", "calm");
    desk.write("calm.offprint", &brief.bytes);
    assert_eq!(problems(&desk.path("calm.offprint")), [""; 0]);
    assert!(open(&desk.path("calm.offprint")).story(0).unwrap().brief);

    fs::remove_file(desk.path("one/images/sea.png")).unwrap();
    let clip = desk.clip("one", "storm");
    assert_eq!(clip.missing.len(), 1, "{:?}", clip.missing);
    assert!(clip.missing[0].contains("images/sea.png"));
    desk.write("storm.offprint", &clip.bytes);
    let copy = open(&desk.path("storm.offprint"));
    assert_eq!(copy.source_text(0).unwrap(), BODY);
}

#[test]
fn what_comes_along_with_the_program_can_be_kept() {
    let cancel = AtomicBool::new(false);
    let (pack, _) = pack::open(&Origin::WorldDesk, &cancel, &|_| {}).unwrap();
    let desk = Desk::new();
    for row in 0..pack.count() {
        let clip = pack.clip(row).unwrap();
        assert!(clip.missing.is_empty());
        let file = format!("{row}.offprint");
        desk.write(&file, &clip.bytes);
        assert_eq!(problems(&desk.path(&file)), [""; 0], "{row}");
        assert_eq!(clip.digest, pack.digest(row).unwrap());
    }
}

#[test]
fn a_damaged_copy_is_set_aside_and_never_written_over() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let clip = desk.clip("one", "storm");
    let stored = shelf.keep(&clip.series, &clip.story, &clip.bytes).unwrap();
    fs::write(&stored.path, b"broken").unwrap();
    assert!(!is_sound(&stored.path).unwrap());
    let again = shelf.keep(&clip.series, &clip.story, &clip.bytes).unwrap();
    assert!(again.fresh);
    let aside = again.set_aside.unwrap();
    assert_eq!(fs::read(aside).unwrap(), b"broken");
    assert_eq!(fs::read(&stored.path).unwrap(), clip.bytes);
    assert_eq!(shelf.kept().len(), 1);
}

#[test]
fn a_removed_copy_comes_back() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let (series, story) = storm("one");
    assert_eq!(shelf.remove_kept(&series, &story).unwrap(), 0);
    let clip = desk.clip("one", "storm");
    let path = shelf.keep(&series, &story, &clip.bytes).unwrap().path;
    assert_eq!(shelf.remove_kept(&series, &story).unwrap(), 1);
    assert!(!path.exists());
    assert!(shelf.kept().is_empty());
    assert_eq!(shelf.restore_kept(&series, &story).unwrap(), 1);
    assert_eq!(fs::read(&path).unwrap(), clip.bytes);
    // Twice removed and kept again in between: nothing is in the way of anything.
    shelf.remove_kept(&series, &story).unwrap();
    shelf.keep(&series, &story, &clip.bytes).unwrap();
    assert_eq!(shelf.restore_kept(&series, &story).unwrap(), 0);
    shelf.remove_kept(&series, &story).unwrap();
    assert_eq!(shelf.restore_kept(&series, &story).unwrap(), 1);
    assert_eq!(shelf.kept().len(), 1);
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let desk = Desk::new();
    let clip = desk.clip("one", "storm");
    // A file stands where the folder should be, as when a disk is full of other things.
    desk.write("data/kept", b"not a folder");
    let error = desk
        .shelf()
        .keep(&clip.series, &clip.story, &clip.bytes)
        .unwrap_err()
        .to_string();
    assert!(error.contains("kept"), "{error}");
    assert!(desk.shelf().kept().is_empty());
    assert_eq!(fs::read(desk.path("data/kept")).unwrap(), b"not a folder");
    let output = desk.run(&["bookmarks", "keep", "one", "storm"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn other_files_in_the_folder_are_no_copies() {
    let desk = Desk::new();
    let names = [
        "storm.offprint",
        "storm.0123456789abcdeg.offprint",
        "storm.0123456789abcdef.offprint.removed",
        ".offprint-x.tmp",
        "Storm.0123456789abcdef.offprint",
    ];
    for name in names {
        desk.write(&format!("data/kept/org.example.one/{name}"), b"x");
    }
    desk.write("data/kept/notes.txt", b"x");
    assert!(desk.shelf().kept().is_empty());
}

#[test]
fn clippings_are_one_pack_of_stories_that_keep_what_is_theirs() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let mut copies = Vec::new();
    for pack in ["two", "one"] {
        let clip = desk.clip(pack, "storm");
        let stored = shelf.keep(&clip.series, &clip.story, &clip.bytes).unwrap();
        copies.push(stored.path);
    }
    let cancel = AtomicBool::new(false);
    let (to, other) = (desk.path("a.offprint"), desk.path("b.offprint"));
    let made = clippings(&copies, "Mine", &to, &cancel, &|_| {}).unwrap();
    assert_eq!((made.stories, made.pictures), (2, 3));
    assert_eq!(problems(&to), [""; 0]);
    copies.reverse();
    clippings(&copies, "Mine", &other, &cancel, &|_| {}).unwrap();
    assert_eq!(fs::read(&to).unwrap(), fs::read(&other).unwrap());

    let pack = open(&to);
    assert_eq!(pack.info().title, "Mine");
    assert_eq!(pack.info().rights, "CC0 1.0");
    assert_eq!(pack.info().edition, "2025-08-09");
    assert!(!pack.info().excerpt);
    let titles: Vec<&str> = pack.sections().iter().map(|it| it.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "The \"one\" Desk, 9 August 2025",
            "The \"two\" Desk, 9 August 2025"
        ]
    );
    let (first, second) = (pack.story(0).unwrap(), pack.story(1).unwrap());
    assert_eq!(first.id.as_str(), "storm");
    assert_eq!(second.id.as_str(), "storm-2");
    assert_eq!(second.clipped.as_ref().unwrap().story.as_str(), "storm");
    // The first is as it was to the byte; the second calls its picture otherwise, and it is its own.
    assert_eq!(pack.source_text(0).unwrap(), BODY);
    for (row, colour) in [(0, 10), (1, 200)] {
        let body = pack.body(row).unwrap().body;
        let figure = body.figures()[0].file.clone();
        assert_eq!(pack.picture(&figure).unwrap(), picture(colour));
        assert_eq!(body.figures()[0].alt, "Waves");
    }
}

#[test]
fn a_link_between_clippings_means_the_story_of_its_own_series() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let keep = |pack: &str, story: &str| {
        let clip = desk.clip(pack, story);
        let stored = shelf.keep(&clip.series, &clip.story, &clip.bytes);
        stored.unwrap().path
    };
    let links = |copies: &[PathBuf]| {
        let to = desk.path("links.offprint");
        clippings(copies, "", &to, &AtomicBool::new(false), &|_| {}).unwrap();
        let pack = open(&to);
        let row = pack.row_of(&StoryId::new("storm")).unwrap();
        pack.body(row).unwrap().body.html().contains("href")
    };
    let storm = keep("one", "storm");
    assert!(links(&[storm.clone(), keep("one", "calm")]));
    assert!(!links(&[storm, keep("two", "calm")]));
}

#[test]
fn nothing_is_left_of_clippings_that_came_to_nothing() {
    let desk = Desk::new();
    let clip = desk.clip("one", "storm");
    let stored = desk
        .shelf()
        .keep(&clip.series, &clip.story, &clip.bytes)
        .unwrap();
    let to = desk.path("out/a.offprint");
    fs::create_dir(desk.path("out")).unwrap();
    let make = |copies: &[PathBuf], to: &Path, stop: bool| {
        clippings(copies, "Mine", to, &AtomicBool::new(stop), &|_| {}).unwrap_err()
    };
    make(std::slice::from_ref(&stored.path), &to, true);
    make(&[], &to, false);
    make(&[desk.path("gone.offprint")], &to, false);
    make(std::slice::from_ref(&stored.path), &stored.path, false);
    make(
        std::slice::from_ref(&stored.path),
        &desk.path("out/a.zip"),
        false,
    );
    assert_eq!(fs::read_dir(desk.path("out")).unwrap().count(), 0);
    assert!(is_sound(&stored.path).unwrap());
}

#[test]
fn the_command_line_keeps_lists_and_puts_together() {
    let desk = Desk::new();
    let kept = desk.json(&["bookmarks", "keep", "one", "storm", "--json"]);
    assert_eq!(kept["changed"], true);
    assert_eq!(kept["series"], "org.example.one");
    let again = desk.json(&["bookmarks", "keep", "one", "storm", "--json"]);
    assert_eq!(again["changed"], false);
    desk.run(&["bookmarks", "keep", "two", "storm"]);
    desk.run(&["bookmarks", "keep", "two", "calm"]);
    let marks = desk.json(&["bookmarks", "list", "--json"]);
    assert_eq!(marks["bookmarks"].as_array().unwrap().len(), 3);

    fs::remove_dir_all(desk.path("one")).unwrap();
    let list = desk.json(&["bookmarks", "kept", "--json"]);
    let first = &list["kept"][0];
    assert_eq!(first["headline"], "A storm of one");
    assert_eq!(first["edition"], "2025-08-09");
    assert_eq!(first["rights"], "CC0 1.0");
    assert_eq!(first["digest"], kept["digest"]);
    assert_eq!(first["sound"], true);

    let all = desk.json(&["clippings", "-o", "all.offprint", "--json"]);
    assert_eq!((&all["stories"], &all["pictures"]), (&3.into(), &3.into()));
    let story = "org.example.two/calm";
    let few = desk.json(&[
        "clippings",
        "-o",
        "few.offprint",
        "--story",
        story,
        "--json",
    ]);
    assert_eq!(few["stories"], 1);
    let series = "--series=org.example.two";
    let some = desk.json(&["clippings", "-o", "some.offprint", series, "--json"]);
    assert_eq!(some["stories"], 2);
    for refused in [
        ["--story", "org.example.two/gone"],
        ["--tag", "nothing has it"],
    ] {
        let output = desk.run(&[&["clippings", "-o", "no.offprint"][..], &refused].concat());
        assert_eq!(output.status.code(), Some(1), "{refused:?}");
    }
    assert!(!desk.path("no.offprint").exists());

    let path = PathBuf::from(kept["path"].as_str().unwrap());
    fs::write(&path, b"broken").unwrap();
    let output = desk.run(&["bookmarks", "kept"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("damaged"));
    assert_eq!(fs::read(&path).unwrap(), b"broken");
}
