//! Two copies of the reader's files become one: in any order, any number of times, with nothing lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use offprint::model::{
    Anchor, Bookmark, BookmarkChange, Colour, Highlight, HighlightChange, HighlightId, Life, Place,
    Reading, ReadingChange, SeriesId, Stamp, StoryId,
};
use offprint::shelf::{Counts, Shelf};
use proptest::prelude::*;

const DESK: &str = "org.example.world-desk";

/// Two data folders that go with the test.
struct Two {
    folder: tempfile::TempDir,
}

impl Two {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shelf(&self, name: &str) -> Shelf {
        Shelf::with_clock(self.path(name), || "2025-08-12T10:11:12Z".parse().unwrap())
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn desk() -> SeriesId {
    SeriesId::new(DESK)
}

fn at(minute: i64) -> Stamp {
    Stamp::from_millis(1_754_000_000_000 + minute * 60_000)
}

fn add(story: &str, minute: i64) -> BookmarkChange {
    BookmarkChange::Add(Box::new(Bookmark {
        series: desk(),
        story: StoryId::new(story),
        life: Life::new(at(minute)),
        ..Bookmark::default()
    }))
}

fn remove(story: &str, minute: i64) -> BookmarkChange {
    let (story, at) = (StoryId::new(story), at(minute));
    BookmarkChange::Remove { story, at }
}

fn tag(story: &str, tag: &str, there: bool, minute: i64) -> BookmarkChange {
    BookmarkChange::Tag {
        story: StoryId::new(story),
        tag: tag.to_owned(),
        there,
        at: at(minute),
    }
}

fn note(story: &str, text: &str, minute: i64) -> BookmarkChange {
    BookmarkChange::Remark {
        story: StoryId::new(story),
        text: text.to_owned(),
        at: at(minute),
    }
}

fn bookmarks(shelf: &Shelf) -> Vec<Bookmark> {
    let mut loaded = shelf.load_bookmarks(&desk());
    assert_eq!(loaded.notices, []);
    loaded.value.sort_by(|a, b| a.story.cmp(&b.story));
    loaded.value
}

fn reading(shelf: &Shelf) -> Reading {
    shelf.load_reading(&desk()).value
}

#[test]
fn each_side_gets_what_the_other_has() {
    let two = Two::new();
    let (a, b) = (two.shelf("a"), two.shelf("b"));
    a.change_bookmarks(
        &desk(),
        &[add("one", 1), add("both", 2), tag("both", "sea", true, 3)],
    )
    .unwrap();
    b.change_bookmarks(
        &desk(),
        &[
            add("both", 2),
            note("both", "ask", 4),
            add("gone", 1),
            remove("gone", 5),
        ],
    )
    .unwrap();
    let highlight = Highlight {
        id: HighlightId::new("h1"),
        series: desk(),
        story: StoryId::new("one"),
        anchor: Anchor {
            quote: "the words".to_owned(),
            ..Anchor::default()
        },
        colour: (at(6), Colour::Green),
        life: Life::new(at(6)),
        ..Highlight::default()
    };
    b.change_highlights(
        &desk(),
        &[HighlightChange::Add(Box::new(highlight.clone()))],
    )
    .unwrap();
    b.change_reading(&desk(), &[ReadingChange::Read(StoryId::new("one"))])
        .unwrap();

    let before = fs::read(two.path("b/bookmarks").join(format!("{DESK}.ron"))).unwrap();
    let merged = a.merge(b.folder()).unwrap();
    let counts = |added, changed, same| Counts {
        added,
        changed,
        same,
    };
    assert_eq!(merged.bookmarks, counts(1, 1, 0));
    assert_eq!(merged.highlights, counts(1, 0, 0));
    assert_eq!(merged.reading, counts(1, 0, 0));
    assert_eq!(merged.notices, []);
    let after = fs::read(two.path("b/bookmarks").join(format!("{DESK}.ron"))).unwrap();
    assert_eq!(before, after, "the other copy is only read");

    let all = bookmarks(&a);
    let names: Vec<_> = all.iter().map(|it| it.story.as_str()).collect();
    assert_eq!(names, ["both", "gone", "one"]);
    assert!(all[0].tags.has("sea"));
    assert_eq!(all[0].remark.text(), "ask");
    assert!(!all[1].is_there());
    assert_eq!(a.load_highlights(&desk()).value, [highlight]);
    assert!(reading(&a).read.contains(&StoryId::new("one")));

    let again = a.merge(b.folder()).unwrap();
    assert_eq!(again.bookmarks.added + again.bookmarks.changed, 0);
    b.merge(a.folder()).unwrap();
    assert_eq!(bookmarks(&b), all);
}

#[test]
fn what_is_not_understood_comes_along() {
    let two = Two::new();
    let (mine, theirs) = (
        format!("a/bookmarks/{DESK}.ron"),
        format!("b/bookmarks/{DESK}.ron"),
    );
    two.write(
        &mine,
        "Bookmarks(version: 2, series: \"org.example.world-desk\", bookmarks: [\n    Bookmark(story: \"x\", saved: \"2025-08-01T00:00:00Z\"), // mine\n])\n",
    );
    two.write(
        &theirs,
        "Bookmarks(version: 2, shade: 7, bookmarks: [Bookmark(story: \"x\", saved: \"2025-08-01T00:00:00Z\", mood: \"calm\"), Ribbon(1)])\n",
    );
    two.shelf("a").merge(&two.path(&theirs)).unwrap();
    let text = fs::read_to_string(two.path(&mine)).unwrap();
    for part in ["// mine", "mood: \"calm\"", "Ribbon(1)", "shade: 7"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        two.shelf("a")
            .merge(&two.path(&theirs))
            .unwrap()
            .bookmarks
            .added
            == 0
    );
}

#[test]
fn of_two_reading_marks_the_later_holds() {
    let two = Two::new();
    let file =
        |records: &str| format!("Reading(version: 1, series: \"{DESK}\", stories: [{records}])\n");
    let name = |side: &str| format!("{side}/reading/{DESK}.ron");
    two.write(
        &name("a"),
        &file("Story(id: \"x\", read: true, read_at: \"2025-08-02T00:00:00Z\", place: Place(block: 3, offset: 0.5), place_at: \"2025-08-01T00:00:00Z\")"),
    );
    two.write(
        &name("b"),
        &file("Story(id: \"x\", read: false, read_at: \"2025-08-01T00:00:00Z\", place: Place(block: 9, offset: 0.0), place_at: \"2025-08-03T00:00:00Z\")"),
    );
    let (a, b) = (two.shelf("a"), two.shelf("b"));
    a.merge(b.folder()).unwrap();
    b.merge(a.folder()).unwrap();
    let x = StoryId::new("x");
    for shelf in [&a, &b] {
        let reading = reading(shelf);
        assert!(reading.read.contains(&x));
        let place = Place {
            block: 9,
            offset: 0.0,
        };
        assert_eq!(reading.places.get(&x), Some(&place));
    }
}

#[test]
fn a_damaged_copy_gives_what_is_whole_in_it_and_stays() {
    let two = Two::new();
    let theirs = format!("b/bookmarks/{DESK}.ron");
    let text = "Bookmarks(version: 2, bookmarks: [Bookmark(story: \"x\"), Bookmark(story: \"y";
    two.write(&theirs, text);
    let merged = two.shelf("a").merge(&two.path("b")).unwrap();
    assert_eq!(merged.bookmarks.added, 1);
    assert_eq!(merged.notices.len(), 1);
    assert_eq!(bookmarks(&two.shelf("a"))[0].story.as_str(), "x");
    assert_eq!(fs::read_to_string(two.path(&theirs)).unwrap(), text);
}

#[test]
fn copies_that_programs_leave_beside_a_file_are_taken_in_and_set_aside() {
    let names = [
        "{}.sync-conflict-20250809-101112-ABC7DEF.ron",
        "{} (Study's conflicted copy 2025-08-09).ron",
        "{} (conflicted copy 2025-08-09 101112).ron",
        "{} (Case Conflict 1).ron",
    ];
    for name in names {
        let two = Two::new();
        let a = two.shelf("a");
        a.change_bookmarks(&desk(), &[add("mine", 1)]).unwrap();
        let copy = two.path("a/bookmarks").join(name.replace("{}", DESK));
        fs::write(
            &copy,
            "Bookmarks(version: 2, bookmarks: [Bookmark(story: \"theirs\")])",
        )
        .unwrap();
        // Another series of a longer name, and a file of somebody's own.
        let others = [
            format!("{DESK}.copy.ron"),
            "notes (conflicted copy).txt".to_owned(),
        ];
        for other in &others {
            fs::write(two.path("a/bookmarks").join(other), "").unwrap();
        }
        let loaded = a.load_bookmarks(&desk());
        let stories: Vec<_> = loaded.value.iter().map(|it| it.story.as_str()).collect();
        assert_eq!(stories, ["mine", "theirs"], "{name}");
        let [notice] = &loaded.notices[..] else {
            panic!("{:?}", loaded.notices);
        };
        assert!(notice.to_string().contains("another copy"), "{notice}");
        assert!(!copy.exists());
        assert_eq!(bookmarks(&a).len(), 2, "told once");
        for other in &others {
            assert!(two.path("a/bookmarks").join(other).exists());
        }
    }
}

#[test]
fn a_copy_that_cannot_be_taken_in_stays() {
    let two = Two::new();
    let a = two.shelf("a");
    a.change_bookmarks(&desk(), &[add("mine", 1)]).unwrap();
    let copy = two
        .path("a/bookmarks")
        .join(format!("{DESK} (conflicted copy 1).ron"));
    fs::write(&copy, "no bookmarks at all").unwrap();
    let loaded = a.load_bookmarks(&desk());
    assert_eq!(loaded.value.len(), 1);
    assert_eq!(loaded.notices.len(), 1);
    assert!(copy.exists());
}

#[test]
fn what_is_no_copy_is_refused_in_a_sentence() {
    let two = Two::new();
    fs::create_dir_all(two.path("empty")).unwrap();
    two.write("other.ron", "Settings(version: 1)");
    let refused = |name: &str| {
        two.shelf("a")
            .merge(Path::new(&two.path(name)))
            .unwrap_err()
    };
    assert!(
        refused("empty")
            .to_string()
            .contains("no files of Offprint")
    );
    assert!(
        refused("other.ron")
            .to_string()
            .contains("no file of bookmarks")
    );
    assert!(refused("missing.ron").to_string().contains("missing.ron"));
    assert!(!two.path("a").exists());
}

fn change() -> impl Strategy<Value = BookmarkChange> {
    let story = prop::sample::select(vec!["x", "y", "z"]);
    (story, 0..4_u8, 0..20_i64).prop_map(|(story, kind, minute)| match kind {
        0 => add(story, minute),
        1 => remove(story, minute),
        2 => tag(
            story,
            ["sea", "sky"][minute as usize % 2],
            minute % 3 > 0,
            minute,
        ),
        _ => note(story, ["", "a", "b"][minute as usize % 3], minute),
    })
}

fn highlight_change() -> impl Strategy<Value = HighlightChange> {
    let id = prop::sample::select(vec!["h1", "h2"]);
    (id, 0..5_u8, 0..20_i64).prop_map(|(id, kind, minute)| {
        let name = HighlightId::new(id);
        let when = at(minute);
        match kind {
            0 | 1 => HighlightChange::Add(Box::new(Highlight {
                id: name,
                series: desk(),
                story: StoryId::new("x"),
                anchor: Anchor {
                    quote: format!("the words {}", minute % 3),
                    ..Anchor::default()
                },
                colour: (when, Colour::ALL[minute as usize % 4]),
                life: Life::new(when),
                ..Highlight::default()
            })),
            2 => HighlightChange::Remove { id: name, at: when },
            3 => HighlightChange::Colour {
                id: name,
                colour: Colour::ALL[minute as usize % 3],
                at: when,
            },
            _ => HighlightChange::Remark {
                id: name,
                text: ["", "a", "b"][minute as usize % 3].to_owned(),
                at: when,
            },
        }
    })
}

fn reading_change() -> impl Strategy<Value = ReadingChange> {
    let story = prop::sample::select(vec!["x", "y", "z"]);
    (story, 0..4_u8, 0..3_usize).prop_map(|(story, kind, block)| {
        let (story, offset) = (StoryId::new(story), 0.5);
        match kind {
            0 => ReadingChange::Read(story),
            1 => ReadingChange::Unread(story),
            _ => ReadingChange::Place(story, Place { block, offset }),
        }
    })
}

/// What one machine did, and what a newer program wrote into its first bookmark.
#[derive(Clone, Debug)]
struct Machine {
    bookmarks: Vec<BookmarkChange>,
    highlights: Vec<HighlightChange>,
    reading: Vec<ReadingChange>,
    mood: Option<u8>,
}

fn machine() -> impl Strategy<Value = Machine> {
    let bookmarks = prop::collection::vec(change(), 0..6);
    let highlights = prop::collection::vec(highlight_change(), 0..5);
    let reading = prop::collection::vec(reading_change(), 0..5);
    let all = (bookmarks, highlights, reading, prop::option::of(0..3_u8));
    all.prop_map(|(bookmarks, highlights, reading, mood)| Machine {
        bookmarks,
        highlights,
        reading,
        mood,
    })
}

impl Machine {
    fn write(&self, two: &Two, name: &str) {
        let clock: fn() -> jiff::Timestamp = match name {
            "a" => || "2025-08-12T10:11:12Z".parse().unwrap(),
            "b" => || "2025-08-12T10:11:13Z".parse().unwrap(),
            _ => || "2025-08-12T10:11:14Z".parse().unwrap(),
        };
        // One of them has volumes.
        let large = if name == "c" { 300 } else { 100_000 };
        let shelf = Shelf::with_clock(two.path(name), clock).with_volumes_of(large);
        for change in &self.bookmarks {
            let change = std::slice::from_ref(change);
            shelf.change_bookmarks(&desk(), change).unwrap();
        }
        for change in &self.highlights {
            let change = std::slice::from_ref(change);
            shelf.change_highlights(&desk(), change).unwrap();
        }
        shelf.change_reading(&desk(), &self.reading).unwrap();
        let file = two.path(name).join(format!("bookmarks/{DESK}.ron"));
        if let (Some(mood), Ok(text)) = (self.mood, fs::read_to_string(&file)) {
            let mood = format!("            mood: {mood},\n            saved:");
            fs::write(file, text.replacen("            saved:", &mood, 1)).unwrap();
        }
    }
}

/// All that a shelf has, in one order.
#[derive(Debug, PartialEq)]
struct Everything {
    bookmarks: Vec<Bookmark>,
    highlights: Vec<Highlight>,
    reading: Reading,
    moods: BTreeSet<(String, String)>,
}

fn everything(shelf: &Shelf) -> Everything {
    let mut highlights = shelf.load_highlights(&desk()).value;
    highlights.sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
    let mut moods = BTreeSet::new();
    let files = fs::read_dir(shelf.folder().join("bookmarks"));
    for file in files.into_iter().flatten() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for record in text.split("Bookmark(").skip(1) {
            let field = |name: &str| {
                let line = record.lines().find(|it| it.trim_start().starts_with(name));
                line.map(|it| it.trim().to_owned())
            };
            moods.extend(field("story:").zip(field("mood:")));
        }
    }
    Everything {
        bookmarks: bookmarks(shelf),
        highlights,
        reading: reading(shelf),
        moods,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Merging is commutative, associative and idempotent, through the files.
    #[test]
    fn the_order_of_merges_does_not_count(machines in prop::collection::vec(machine(), 3)) {
        let two = Two::new();
        let names = ["a", "b", "c"];
        for (name, machine) in names.iter().zip(&machines) {
            machine.write(&two, name);
        }
        let into = |name: &str, others: &[&str]| {
            let shelf = two.shelf(name);
            for other in others {
                // A machine on which nothing was done has no files.
                if let Err(error) = shelf.merge(&two.path(other)) {
                    assert!(error.to_string().contains("no files of Offprint"), "{error}");
                }
            }
            everything(&shelf)
        };
        let all = into("abc", &["a", "b", "c"]);
        prop_assert_eq!(&all, &into("cab", &["c", "a", "b", "a", "c"]));
        into("bc", &["b", "c"]);
        prop_assert_eq!(&all, &into("a-bc", &["a", "bc"]));
        // Into what is there already.
        prop_assert_eq!(&all, &into("b", &["a", "c"]));
    }
}
