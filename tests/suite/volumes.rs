//! A series of many records is kept in volumes: a change touches none of them, nothing is cut off half-way, and all is found again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use offprint::model::{
    Anchor, Bookmark, BookmarkChange, Colour, Highlight, HighlightChange, HighlightId, Life,
    ReadingChange, SeriesId, Stamp, StoryId,
};
use offprint::shelf::{Counts, Fate, Shelf, ShelfError, Trouble};
use proptest::prelude::*;

const DESK: &str = "org.example.world-desk";
/// Four bookmarks or so.
const LARGE: usize = 1_500;

/// A data folder that goes with the test, with small volumes.
struct Data {
    folder: tempfile::TempDir,
    shelf: Shelf,
}

impl Data {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shelf = shelf(folder.path());
        Self { folder, shelf }
    }

    /// With bookmarks of these stories, a change each.
    fn with_stories(count: usize) -> Self {
        let data = Self::new();
        for number in 0..count {
            data.change(&[add(&format!("s{number}"), number as i64)]);
        }
        data
    }

    fn change(&self, changes: &[BookmarkChange]) -> bool {
        self.shelf
            .change_bookmarks(&desk(), changes)
            .unwrap()
            .changed
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn in_use(&self) -> PathBuf {
        self.path(&format!("bookmarks/{DESK}.ron"))
    }

    fn volume(&self, number: u32) -> PathBuf {
        self.path(&format!("bookmarks/{DESK}%v{number:04}.ron"))
    }

    /// Every file of bookmarks, by name.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path("bookmarks")).unwrap();
        let files = entries.map(|it| it.unwrap()).map(|it| {
            let name = it.file_name().into_string().unwrap();
            (name, fs::read(it.path()).unwrap())
        });
        files.collect()
    }

    /// The stories that are bookmarked; nothing is told.
    fn stories(&self) -> Vec<String> {
        let loaded = self.shelf.load_bookmarks(&desk());
        assert_eq!(loaded.notices, []);
        stories(&loaded.value)
    }
}

fn shelf(folder: &Path) -> Shelf {
    let clock = || "2025-08-12T10:11:12Z".parse().unwrap();
    Shelf::with_clock(folder, clock).with_volumes_of(LARGE)
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

fn note(story: &str, text: &str, minute: i64) -> BookmarkChange {
    let (story, text, at) = (StoryId::new(story), text.to_owned(), at(minute));
    BookmarkChange::Remark { story, text, at }
}

fn stories(bookmarks: &[Bookmark]) -> Vec<String> {
    let there = bookmarks.iter().filter(|it| it.is_there());
    there.map(|it| it.story.to_string()).collect()
}

fn numbered(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers.map(|it| format!("s{it}")).collect()
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bookmarks/volumes")
}

fn copy_fixture(data: &Data) {
    fs::create_dir_all(data.path("bookmarks")).unwrap();
    for file in fs::read_dir(fixture()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), data.path("bookmarks").join(file.file_name())).unwrap();
    }
}

#[test]
fn a_change_rewrites_one_small_file_and_no_volume() {
    let data = Data::with_stories(30);
    let before = data.files();
    assert!(before.len() > 5, "{:?}", before.keys());
    assert!(before.values().all(|it| it.len() < 3 * LARGE));
    assert_eq!(data.stories(), numbered(0..30));

    // What stands in a volume already is no change, and what is there is found.
    assert!(!data.change(&[add("s3", 99)]));
    assert_eq!(data.files(), before);
    assert!(data.change(&[remove("s3", 100), note("s4", "Ask \"Ada\".", 100)]));
    let after = data.files();
    let differ = |name: &&String| before.get(*name) != after.get(*name);
    let changed: Vec<&String> = after.keys().filter(differ).collect();
    assert_eq!(changed, [&format!("{DESK}.ron")]);
    let mut left = numbered(0..30);
    left.remove(3);
    assert_eq!(data.stories(), left);
    let loaded = data.shelf.load_bookmarks(&desk()).value;
    assert_eq!(loaded[4].remark.text(), "Ask \"Ada\".");
    assert_eq!(loaded[4].saved(), at(4));
    assert!(data.change(&[add("s3", 101)]));
    assert_eq!(data.stories(), numbered(0..30));
    assert_eq!(data.shelf.load_all_bookmarks().value.len(), 30);
}

#[test]
fn one_large_file_of_old_is_divided_by_the_next_change() {
    let data = Data::new();
    let large = Shelf::open(data.folder.path());
    let all: Vec<BookmarkChange> = (0..40).map(|it| add(&format!("s{it}"), it)).collect();
    large.change_bookmarks(&desk(), &all).unwrap();
    let text = fs::read_to_string(data.in_use()).unwrap();
    let text = text.replacen("version: 2", "shade: 7, /* mine */ version: 2", 1);
    fs::write(
        data.in_use(),
        text.replacen("story: \"s7\"", "mood: \"calm\", story: \"s7\"", 1),
    )
    .unwrap();
    assert!(data.change(&[remove("s39", 50)]));
    assert!(data.files().len() > 5);
    assert_eq!(data.stories(), numbered(0..39));
    for file in data.files().into_values() {
        let file = String::from_utf8(file).unwrap();
        assert!(file.contains("shade: 7, /* mine */") && file.len() < 3 * LARGE);
    }
    // What is not understood goes with the record.
    data.change(&[note("s7", "Still.", 60)]);
    let in_use = fs::read_to_string(data.in_use()).unwrap();
    assert!(in_use.contains("mood: \"calm\""), "{in_use}");
}

#[test]
fn volumes_of_every_version_load() {
    let data = Data::new();
    copy_fixture(&data);
    let expected = ["mexico-sovereignty", "storm", "harvest", "locks"];
    assert_eq!(data.stories(), expected);
    // Its name is written with an escape there.
    assert!(data.change(&[remove("harvest", 1_000_000), note("storm", "Loud.", 3)]));
    assert_eq!(data.stories(), ["mexico-sovereignty", "storm", "locks"]);
    let in_use = fs::read_to_string(data.in_use()).unwrap();
    assert!(in_use.contains("stars: 5"), "{in_use}");
    assert!(!data.change(&[add("mexico-sovereignty", 5), remove("hindi-brief", 5)]));
}

/// Whatever a killed program leaves of a division, in whichever order: all is there once, and the next change goes on from there.
#[test]
fn a_division_that_is_cut_off_loses_nothing() {
    let whole = Data::new();
    let all: Vec<BookmarkChange> = (0..20).map(|it| add(&format!("s{it}"), it)).collect();
    Shelf::open(whole.folder.path())
        .change_bookmarks(&desk(), &all)
        .unwrap();
    let before = fs::read(whole.in_use()).unwrap();
    assert!(whole.change(&[add("s20", 20)]));
    let after = whole.files();
    let volumes: Vec<(&String, &Vec<u8>)> = after.iter().filter(|it| it.0.contains("%v")).collect();
    assert!(volumes.len() > 2);
    for written in 0..=volumes.len() {
        let data = Data::new();
        fs::create_dir_all(data.path("bookmarks")).unwrap();
        fs::write(data.in_use(), &before).unwrap();
        for (name, bytes) in &volumes[..written] {
            fs::write(data.path("bookmarks").join(name), bytes).unwrap();
        }
        fs::write(data.path("bookmarks/.offprint-1.tmp"), "half").unwrap();
        assert_eq!(data.stories(), numbered(0..20), "{written}");
        assert!(data.change(&[add("s20", 20)]));
        assert_eq!(data.files(), after, "{written}");
    }
}

#[test]
fn a_series_may_have_nothing_but_volumes() {
    let data = Data::with_stories(30);
    let in_use = fs::read_to_string(data.in_use()).unwrap();
    fs::remove_file(data.in_use()).unwrap();
    let left: Vec<String> = data.stories();
    assert!(left.len() > 20 && left.len() < 30 || !in_use.contains("story:"));
    assert_eq!(data.shelf.load_all_bookmarks().value.len(), left.len());
    assert!(data.change(&[remove("s1", 99), add("s1", 100)]));
    assert_eq!(data.stories(), left);
}

#[test]
fn what_an_older_program_writes_beside_volumes_is_joined() {
    let data = Data::with_stories(30);
    // It knows nothing of volumes, so the story is new to it.
    fs::remove_file(data.in_use()).unwrap();
    let older = Data::new();
    older.change(&[add("s2", 500), note("s2", "Again.", 501)]);
    fs::copy(older.in_use(), data.in_use()).unwrap();
    let loaded = data.shelf.load_bookmarks(&desk()).value;
    let twice: Vec<&Bookmark> = loaded
        .iter()
        .filter(|it| it.story.as_str() == "s2")
        .collect();
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0].remark.text(), "Again.");
    assert_eq!(twice[0].saved(), at(500));
}

#[test]
fn a_story_that_stands_twice_in_a_file_is_one() {
    let data = Data::new();
    fs::create_dir_all(data.path("bookmarks")).unwrap();
    let text = "Bookmarks(bookmarks: [Bookmark(story: \"a\", note: \"one\"), Bookmark(story: \"b\"), Bookmark(story: \"a\", tags: [\"sea\"])])";
    fs::write(data.in_use(), text).unwrap();
    let loaded = data.shelf.load_bookmarks(&desk());
    assert_eq!(stories(&loaded.value), ["a", "b"]);
    assert_eq!(loaded.value[0].remark.text(), "one");
    assert!(loaded.value[0].tags.has("sea"));
    assert_eq!(data.shelf.load_all_bookmarks().value.len(), 2);
}

#[test]
fn a_damaged_volume_is_set_aside_and_hurts_only_itself() {
    for by_change in [false, true] {
        let data = Data::with_stories(30);
        let bytes = fs::read(data.volume(2)).unwrap();
        let cut = &bytes[..bytes.len() - 40];
        fs::write(data.volume(2), cut).unwrap();
        let notices = if by_change {
            // It is looked into, for it has the name.
            let text = String::from_utf8(bytes.clone()).unwrap();
            let story = text
                .split("story: \"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            data.shelf
                .change_bookmarks(&desk(), &[remove(story, 99)])
                .unwrap()
                .notices
        } else {
            data.shelf.load_bookmarks(&desk()).notices
        };
        let kept = data.path(&format!("bookmarks/{DESK}%v0002.kept-20250812-101112.ron"));
        let [notice] = &notices[..] else {
            panic!("{notices:?}")
        };
        assert!(
            matches!(&notice.fate, Fate::SetAside { kept: it, .. } if *it == kept),
            "{notice}"
        );
        assert_eq!(fs::read(kept).unwrap(), cut);
        let left = data.stories().len();
        assert_eq!(left, if by_change { 28 } else { 29 });
    }
}

#[test]
fn a_volume_of_a_newer_program_is_read_and_left() {
    let data = Data::with_stories(30);
    let text = fs::read_to_string(data.volume(1)).unwrap();
    let newer = text.replace("version: 2", "version: 9");
    fs::write(data.volume(1), &newer).unwrap();
    for _ in 0..2 {
        let loaded = data.shelf.load_bookmarks(&desk());
        assert_eq!(stories(&loaded.value), numbered(0..30));
        assert_eq!(loaded.notices.len(), 1);
        assert_eq!(loaded.notices[0].trouble, Trouble::Newer { version: 9 });
    }
    assert!(data.change(&[remove("s0", 99)]));
    let other = Data::new();
    other.change(&[note("s1", "Theirs.", 100)]);
    other.change(&[add("s1", 100), note("s1", "Theirs.", 101)]);
    data.shelf.merge(other.folder.path()).unwrap();
    let loaded = data.shelf.load_bookmarks(&desk()).value;
    assert_eq!(stories(&loaded), numbered(1..30));
    assert_eq!(loaded[1].remark.text(), "Theirs.");
    assert_eq!(fs::read_to_string(data.volume(1)).unwrap(), newer);
}

#[test]
fn a_volume_that_cannot_be_read_stops_changes_and_not_the_rest() {
    let data = Data::with_stories(30);
    fs::remove_file(data.volume(1)).unwrap();
    fs::create_dir(data.volume(1)).unwrap();
    let loaded = data.shelf.load_bookmarks(&desk());
    assert!(loaded.value.len() > 20);
    assert!(matches!(
        loaded.notices[0].trouble,
        Trouble::Unreadable { .. }
    ));
    // Whether the story is in there nobody can know.
    let before = fs::read(data.in_use()).unwrap();
    let failed = data.shelf.change_bookmarks(&desk(), &[add("new", 99)]);
    assert!(
        matches!(failed, Err(ShelfError::Unreadable { .. })),
        "{failed:?}"
    );
    assert_eq!(fs::read(data.in_use()).unwrap(), before);
}

#[test]
fn passages_and_reading_marks_have_volumes_too() {
    let data = Data::new();
    let id = |number: usize| HighlightId::new(format!("h{number}"));
    let story = |number: usize| StoryId::new(format!("s{number}"));
    for number in 0..20 {
        let highlight = Highlight {
            id: id(number),
            series: desk(),
            story: story(number),
            anchor: Anchor {
                quote: "the words".to_owned(),
                ..Anchor::default()
            },
            colour: (at(1), Colour::Green),
            life: Life::new(at(1)),
            ..Highlight::default()
        };
        let change = HighlightChange::Add(Box::new(highlight));
        data.shelf.change_highlights(&desk(), &[change]).unwrap();
        for number in [number, number + 100] {
            let read = ReadingChange::Read(story(number));
            data.shelf.change_reading(&desk(), &[read]).unwrap();
        }
    }
    let count = |folder: &str| fs::read_dir(data.path(folder)).unwrap().count();
    assert!(count("highlights") > 3 && count("reading") > 1);
    let colour = HighlightChange::Colour {
        id: id(0),
        colour: Colour::Blue,
        at: at(2),
    };
    assert!(
        data.shelf
            .change_highlights(&desk(), &[colour])
            .unwrap()
            .changed
    );
    let loaded = data.shelf.load_highlights(&desk()).value;
    assert_eq!((loaded.len(), loaded[0].colour.1), (20, Colour::Blue));
    assert_eq!(data.shelf.load_all_highlights().value.len(), 20);

    let unread = [ReadingChange::Unread(story(0))];
    assert!(data.shelf.change_reading(&desk(), &unread).unwrap().changed);
    assert!(!data.shelf.change_reading(&desk(), &unread).unwrap().changed);
    let read = data.shelf.load_reading(&desk()).value.read;
    assert_eq!(read.len(), 39);
    assert!(!read.contains(&story(0)));
}

#[test]
fn two_shelves_in_volumes_become_one() {
    let counts = |added, changed, same| Counts {
        added,
        changed,
        same,
    };
    let (a, b) = (Data::with_stories(30), Data::with_stories(25));
    b.change(&[remove("s3", 99), add("other", 99), note("s24", "Ask.", 99)]);
    let merged = a.shelf.merge(b.folder.path()).unwrap();
    assert_eq!(merged.bookmarks, counts(1, 2, 23));
    assert_eq!(merged.notices, []);
    let mut expected = numbered(0..30);
    expected.remove(3);
    expected.push("other".to_owned());
    assert_eq!(a.stories(), expected);
    let files = a.files();
    assert_eq!(
        a.shelf.merge(b.folder.path()).unwrap().bookmarks,
        counts(0, 0, 26)
    );
    assert_eq!(a.files(), files);
    // A single volume is as good as a folder.
    let c = Data::new();
    let volume = c.shelf.merge(&a.volume(1)).unwrap();
    assert!(volume.bookmarks.added > 3);
    c.shelf.merge(a.folder.path()).unwrap();
    b.shelf.merge(c.folder.path()).unwrap();
    let sorted = |data: &Data| {
        let mut all = data.shelf.load_bookmarks(&desk()).value;
        all.sort_by(|a, b| a.story.cmp(&b.story));
        all
    };
    assert_eq!(sorted(&a), sorted(&c));
    assert_eq!(sorted(&a), sorted(&b));
}

#[test]
fn a_copy_is_found_with_nothing_beside_it_and_beside_a_volume() {
    let long = "Bureau/".repeat(60);
    for series in [DESK, long.as_str()] {
        let data = Data::new();
        let series = SeriesId::new(series);
        data.shelf
            .change_bookmarks(&series, &[add("mine", 1)])
            .unwrap();
        let name = data.files().into_keys().next().unwrap();
        let stem = name.strip_suffix(".ron").unwrap();
        let file = data.path("bookmarks").join(&name);
        let copies = [
            format!("{stem} (conflicted copy 1).ron"),
            format!("{stem}%v0001.sync-conflict-20250809-101112-ABC7DEF.ron"),
        ];
        for (number, copy) in copies.iter().enumerate() {
            let text = fs::read_to_string(&file).unwrap();
            let text = text.replace("\"mine\"", &format!("\"theirs-{number}\""));
            fs::write(data.path("bookmarks").join(copy), text).unwrap();
        }
        fs::remove_file(&file).unwrap();
        let loaded = data.shelf.load_all_bookmarks();
        let mut found = stories(&loaded.value);
        found.sort();
        assert_eq!(found, ["theirs-0", "theirs-1"]);
        assert_eq!(loaded.notices.len(), 2, "{:?}", loaded.notices);
        let again = data.shelf.load_bookmarks(&series);
        assert_eq!((again.value.len(), again.notices.len()), (2, 0));
    }
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_in_one_piece() {
    let data = Data::new();
    let synced = data.path("synced.ron");
    fs::create_dir_all(data.path("bookmarks")).unwrap();
    std::os::unix::fs::symlink(&synced, data.in_use()).unwrap();
    for number in 0..20 {
        data.change(&[add(&format!("s{number}"), 1)]);
    }
    assert_eq!(data.files().len(), 1);
    assert!(fs::symlink_metadata(data.in_use()).unwrap().is_symlink());
    assert_eq!(data.stories().len(), 20);
}

fn change() -> impl Strategy<Value = BookmarkChange> {
    let story = prop::sample::select(vec!["s0", "s3", "s9", "new"]);
    (story, 0..6_u8, 100..120_i64).prop_map(|(story, kind, minute)| {
        let story_id = StoryId::new(story);
        let minute_at = at(minute);
        match kind {
            0 => add(story, minute),
            1 => remove(story, minute),
            2 => note(story, ["", "a", "b"][minute as usize % 3], minute),
            3 => BookmarkChange::Tag {
                story: story_id,
                tag: "sea".to_owned(),
                there: minute % 2 == 0,
                at: minute_at,
            },
            4 => BookmarkChange::Digest {
                story: story_id,
                digest: "ab".to_owned(),
            },
            _ => BookmarkChange::Restore {
                story: story_id,
                at: minute_at,
            },
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Where the records stand makes no difference to what a change does.
    #[test]
    fn volumes_say_what_one_file_would(changes in prop::collection::vec(change(), 1..16)) {
        let data = Data::with_stories(10);
        let mut all: Vec<Bookmark> = data.shelf.load_bookmarks(&desk()).value;
        for (number, change) in changes.iter().enumerate() {
            let at = all.iter().position(|it| it.story == *change.story());
            let mut record = at.and_then(|at| all.get(at).cloned());
            change.apply(&mut record);
            let differs = record != at.and_then(|at| all.get(at).cloned());
            prop_assert_eq!(data.change(std::slice::from_ref(change)), differs);
            match (at, record) {
                (Some(at), Some(record)) => all[at] = record,
                (None, Some(record)) => all.push(record),
                (_, None) => {}
            }
            // Others push the record out of the file in use.
            let filler: Vec<BookmarkChange> =
                (0..3).map(|it| add(&format!("filler-{number}-{it}"), 1)).collect();
            data.change(&filler);
            let mut found = data.shelf.load_bookmarks(&desk()).value;
            found.retain(|it| !it.story.as_str().starts_with("filler"));
            prop_assert_eq!(&found, &all);
        }
    }
}
