//! The reader's files: written whole, changed by many at once, damaged in every way we know.

use std::fs;
use std::path::{Path, PathBuf};

use offprint::model::{
    Bookmark, BookmarkChange, Life, Place, ReadingChange, RecentChange, RecentPack, SeriesId,
    Settings, SettingsChange, Snapshot, Stamp, StoryId, Theme, WindowPlace,
};
use offprint::shelf::{Fate, Shelf, ShelfError, ShelfNotice, Trouble};

const DESK: &str = "org.example.world-desk";

/// A data folder that goes with the test.
struct Data {
    folder: tempfile::TempDir,
    shelf: Shelf,
}

impl Data {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::with_clock(folder.path().join("data"), || {
            "2025-08-12T10:11:12Z".parse().unwrap()
        });
        Self { folder, shelf }
    }

    /// With this file as the bookmarks of the desk.
    fn with_bookmarks(bytes: &[u8]) -> Self {
        let data = Self::new();
        fs::create_dir_all(data.path("bookmarks")).unwrap();
        fs::write(data.bookmarks(), bytes).unwrap();
        data
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("data").join(name)
    }

    fn bookmarks(&self) -> PathBuf {
        self.path(&format!("bookmarks/{DESK}.ron"))
    }

    fn kept(&self) -> PathBuf {
        self.path(&format!("bookmarks/{DESK}.kept-20250812-101112.ron"))
    }

    /// The stories bookmarked in the desk, and what is told.
    fn stories(&self) -> (Vec<String>, Vec<ShelfNotice>) {
        let loaded = self.shelf.load_bookmarks(&desk());
        let stories = there(&loaded.value)
            .map(|it| it.story.to_string())
            .collect();
        (stories, loaded.notices)
    }
}

fn desk() -> SeriesId {
    SeriesId::new(DESK)
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/bookmarks")
        .join(name);
    fs::read(&path).unwrap()
}

fn now() -> Stamp {
    Stamp::parse("2025-08-12T10:11:12Z").unwrap()
}

fn bookmark(story: &str) -> Bookmark {
    Bookmark {
        series: desk(),
        story: StoryId::new(story),
        was: Snapshot {
            edition: "2025-08-09".to_owned(),
            headline: format!("The headline of “{story}”\n\\ \u{202e}"),
            publisher: "The desk".to_owned(),
            pack_title: "World Desk".to_owned(),
            origin: "built in".to_owned(),
            ..Snapshot::default()
        },
        life: Life::new(now()),
        ..Bookmark::default()
    }
}

fn add(story: &str) -> BookmarkChange {
    BookmarkChange::Add(Box::new(bookmark(story)))
}

fn remove(story: &str) -> BookmarkChange {
    let (story, at) = (StoryId::new(story), now());
    BookmarkChange::Remove { story, at }
}

fn there(bookmarks: &[Bookmark]) -> impl Iterator<Item = &Bookmark> {
    bookmarks.iter().filter(|it| it.is_there())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn nothing_is_touched_before_the_first_change() {
    let data = Data::new();
    assert_eq!(data.stories(), (vec![], vec![]));
    assert!(data.shelf.load_all_bookmarks().value.is_empty());
    assert_eq!(data.shelf.load_settings().value, Settings::default());
    assert!(!data.shelf.change_bookmarks(&desk(), &[]).unwrap().changed);
    let data = Data::new();
    assert!(data.shelf.load_recent().value.entries.is_empty());
    assert!(!data.path("").exists());
}

#[test]
fn bookmarks_come_back_as_they_were() {
    let data = Data::new();
    let changes = [add("a"), add("b"), remove("a"), add("c"), add("b")];
    assert!(
        data.shelf
            .change_bookmarks(&desk(), &changes)
            .unwrap()
            .changed
    );
    let loaded = data.shelf.load_bookmarks(&desk());
    let found: Vec<Bookmark> = there(&loaded.value).cloned().collect();
    assert_eq!(found, [bookmark("b"), bookmark("c")]);
    assert_eq!(loaded.notices, []);
    let again = data
        .shelf
        .change_bookmarks(&desk(), &[add("c"), remove("a")]);
    assert!(!again.unwrap().changed);
    assert_eq!(names(&data.path("bookmarks")), [format!("{DESK}.ron")]);

    // The file is RON to others too.
    let text = fs::read_to_string(data.bookmarks()).unwrap();
    let ron = ron::from_str::<ron::Value>(&text);
    assert!(ron.is_ok(), "{ron:?}\n{text}");
}

#[test]
fn a_digest_is_filled_in_once_and_only_where_there_is_none() {
    let fill = |story: &str, digest: &str| BookmarkChange::Digest {
        story: StoryId::new(story),
        digest: digest.to_owned(),
    };
    let bare = |story: &str| {
        let mut bare = bookmark(story);
        bare.was.digest.clear();
        BookmarkChange::Add(Box::new(bare))
    };
    let data = Data::new();
    data.shelf
        .change_bookmarks(&desk(), &[bare("early")])
        .unwrap();
    let changes = [
        fill("early", "aa"),
        fill("early", "bb"),
        bare("late"),
        fill("late", "cc"),
        fill("never", "dd"),
    ];
    data.shelf.change_bookmarks(&desk(), &changes[..1]).unwrap();
    data.shelf.change_bookmarks(&desk(), &changes[1..]).unwrap();
    let digests: Vec<(String, String)> = data
        .shelf
        .load_bookmarks(&desk())
        .value
        .into_iter()
        .map(|it| (it.story.to_string(), it.was.digest))
        .collect();
    let expected = [("early", "aa"), ("late", "cc")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(digests, expected);
}

#[test]
fn every_version_ever_written_loads() {
    let data = Data::with_bookmarks(&fixture("v1/plain.ron"));
    let loaded = data.shelf.load_bookmarks(&desk());
    assert_eq!(loaded.notices, []);
    assert_eq!(loaded.value.len(), 2);
    let (first, second) = (&loaded.value[0], &loaded.value[1]);
    assert_eq!(first.was.headline, "A line in the “sand”");
    assert_eq!(first.was.published.as_deref(), Some("2025-08-09T05:00:00Z"));
    assert!(first.was.digest.starts_with("9f86d081"));
    assert_eq!(second.was.published, None);
    assert_eq!(
        second.was.origin,
        "/media/stick/C:\\news\\\"quoted\".offprint"
    );
}

#[test]
fn what_is_written_today_is_what_was_written_first() {
    let data = Data::with_bookmarks(&fixture("v2/plain.ron"));
    let loaded = data.shelf.load_bookmarks(&desk());
    assert_eq!(loaded.notices, []);
    let [first, second] = &loaded.value[..] else {
        panic!("{loaded:?}")
    };
    assert_eq!(
        first.tags.iter().collect::<Vec<_>>(),
        ["borders", "class 7b"]
    );
    assert_eq!(first.remark.text(), "Compare with the map.\n\nAsk Ada.");
    assert!(!second.is_there(), "it was taken away");
    let data = Data::new();
    let joins: Vec<_> = loaded
        .value
        .into_iter()
        .map(|it| BookmarkChange::Join(Box::new(it)))
        .collect();
    data.shelf.change_bookmarks(&desk(), &joins).unwrap();
    let written = fs::read_to_string(data.bookmarks()).unwrap();
    assert_eq!(written, String::from_utf8(fixture("v2/plain.ron")).unwrap());
}

#[test]
fn what_a_person_wrote_is_read_and_kept_to_the_byte() {
    let before = String::from_utf8(fixture("v1/by-hand.ron")).unwrap();
    let data = Data::with_bookmarks(before.as_bytes());
    let (stories, notices) = data.stories();
    assert_eq!(stories, ["mexico-sovereignty", "storm"]);
    let [notice] = &notices[..] else {
        panic!("{notices:?}")
    };
    assert!(
        matches!(
            notice.trouble,
            Trouble::Entries {
                count: 2,
                line: 10,
                ..
            }
        ),
        "{notice}"
    );
    assert_eq!(notice.fate, Fate::Used);
    let loaded = data.shelf.load_all_bookmarks().value;
    assert_eq!(loaded[1].series, desk());
    assert_eq!(loaded[1].was.headline, "A \"line\"");

    data.shelf
        .change_bookmarks(&desk(), &[add("new"), remove("storm")])
        .unwrap();
    let after = fs::read_to_string(data.bookmarks()).unwrap();
    let record = &after[after.find("        Bookmark(\n").unwrap()..after.rfind("    ],").unwrap()];
    let storm = before.lines().find(|it| it.contains("storm")).unwrap();
    let expected = before
        .replace("stars: 5)\n", "stars: 5),\n")
        .replace(
            storm,
            &storm.replace("Z\", )", "Z\", removed: \"2025-08-12T10:11:12Z\" )"),
        )
        .replace("    ],\n)", &format!("{record}    ],\n)"));
    assert_eq!(after, expected);
}

#[test]
fn what_is_added_stands_beside_what_nobody_understands() {
    for name in ["v1/not-a-value.ron", "v2/comment-of-lines.ron"] {
        let data = Data::with_bookmarks(&fixture(name));
        let (before, _) = data.stories();
        assert_eq!(before, ["mexico-sovereignty", "storm"]);
        data.shelf.change_bookmarks(&desk(), &[add("new")]).unwrap();
        assert_eq!(data.stories().0, ["mexico-sovereignty", "storm", "new"]);
        assert!(!data.kept().exists(), "{name}: what was written is sound");
    }
}

#[test]
fn a_damaged_file_is_set_aside_and_what_is_whole_is_salvaged() {
    let table: [(&str, usize, &str); 12] = [
        ("empty", 0, "is empty"),
        ("blank", 0, "is empty"),
        ("zeros", 0, "nothing but zeros"),
        (
            "truncated",
            1,
            "line 24, column 23: a text in quotation marks has no end",
        ),
        ("tail-zeros", 1, "is damaged"),
        ("not-utf8", 2, "is not text"),
        ("lost-quote", 1, "is damaged"),
        (
            "wrong-file",
            0,
            "a `Bookmarks` is expected, and this is a `Settings`",
        ),
        ("json", 0, "line 1, column 1"),
        ("no-list", 2, "one list named `bookmarks`"),
        (
            "version-lost",
            2,
            "line 3, column 14: the version is not a number",
        ),
        ("newer-other-shape", 0, "newer Offprint (version 8)"),
    ];
    for (name, salvaged, what) in table {
        let bytes = fixture(&format!("damaged/{name}.ron"));
        let data = Data::with_bookmarks(&bytes);
        let (stories, mut notices) = data.stories();
        assert_eq!(stories.len(), salvaged, "{name}");
        if name.starts_with("newer") {
            assert_eq!(notices[0].fate, Fate::Left { salvaged }, "{name}");
            assert_eq!(names(&data.path("bookmarks")).len(), 1);
            notices = data.shelf.change_bookmarks(&desk(), &[]).unwrap().notices;
        }
        let kept = data.kept();
        assert_eq!(notices[0].fate, Fate::SetAside { kept, salvaged }, "{name}");
        assert!(
            notices[0].to_string().contains(what),
            "{name}: {}",
            notices[0]
        );
        assert_eq!(fs::read(data.kept()).unwrap(), bytes, "{name}");

        // From here on everything is well.
        let saved = data.shelf.change_bookmarks(&desk(), &[add("new")]).unwrap();
        assert_eq!(saved.notices, [], "{name}");
        assert_eq!(data.stories().0.len(), salvaged + 1, "{name}");
        assert_eq!(data.stories().1, [], "{name}");
        assert_eq!(fs::read(data.kept()).unwrap(), bytes, "{name}");
    }
}

#[test]
fn a_change_sets_a_damaged_file_aside_by_itself() {
    let bytes = fixture("damaged/truncated.ron");
    let data = Data::with_bookmarks(&bytes);
    fs::write(data.kept(), "an earlier one").unwrap();
    let saved = data.shelf.change_bookmarks(&desk(), &[add("new")]).unwrap();
    assert_eq!(saved.notices.len(), 1);
    assert_eq!(data.stories().0, ["mexico-sovereignty", "new"]);
    let second = data.path(&format!("bookmarks/{DESK}.kept-20250812-101112-2.ron"));
    assert_eq!(fs::read(second).unwrap(), bytes);
    assert_eq!(fs::read(data.kept()).unwrap(), b"an earlier one");
    // Files set aside are nobody's bookmarks.
    assert_eq!(data.shelf.load_all_bookmarks().value.len(), 2);
}

#[test]
fn a_newer_file_is_read_and_set_aside_only_by_a_change() {
    let bytes = fixture("damaged/newer.ron");
    let data = Data::with_bookmarks(&bytes);
    let (stories, notices) = data.stories();
    assert_eq!(stories.len(), 2);
    assert_eq!(notices[0].trouble, Trouble::Newer { version: 7 });
    assert_eq!(fs::read(data.bookmarks()).unwrap(), bytes);
    data.shelf.change_bookmarks(&desk(), &[add("new")]).unwrap();
    assert_eq!(fs::read(data.kept()).unwrap(), bytes);
    let text = fs::read_to_string(data.bookmarks()).unwrap();
    for carried in ["version: 2,", "shelves: [\"new\"],", "colour: Blue,"] {
        assert!(text.contains(carried), "{text}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_never_written_over() {
    // A folder in its place fails for every user on every system.
    let data = Data::new();
    fs::create_dir_all(data.bookmarks().join("inside")).unwrap();
    let (_, notices) = data.stories();
    assert!(matches!(notices[0].trouble, Trouble::Unreadable { .. }));
    let error = data
        .shelf
        .change_bookmarks(&desk(), &[add("a")])
        .unwrap_err();
    assert!(matches!(error, ShelfError::Unreadable { .. }), "{error}");
    assert!(data.bookmarks().join("inside").is_dir());
    // One damaged file hurts only itself.
    let other = SeriesId::new("other");
    data.shelf.change_bookmarks(&other, &[add("b")]).unwrap();
    let all = data.shelf.load_all_bookmarks();
    assert_eq!((all.value.len(), all.notices.len()), (1, 1));
}

#[test]
fn a_file_that_is_read_only_is_respected() {
    let data = Data::with_bookmarks(&fixture("v1/plain.ron"));
    let set_readonly = |readonly| {
        let mut permissions = fs::metadata(data.bookmarks()).unwrap().permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(data.bookmarks(), permissions).unwrap();
    };
    set_readonly(true);
    let error = data
        .shelf
        .change_bookmarks(&desk(), &[add("a")])
        .unwrap_err();
    assert!(matches!(error, ShelfError::Denied { .. }), "{error:?}");
    assert_eq!(fs::read(data.bookmarks()).unwrap(), fixture("v1/plain.ron"));
    assert_eq!(names(&data.path("bookmarks")).len(), 1);
    set_readonly(false);
    data.shelf.change_bookmarks(&desk(), &[add("a")]).unwrap();
}

#[test]
fn a_file_in_place_of_the_folder_is_told() {
    let data = Data::new();
    fs::write(data.path(""), "not a folder").unwrap_err();
    fs::write(data.folder.path().join("data"), "not a folder").unwrap();
    let error = data
        .shelf
        .change_bookmarks(&desk(), &[add("a")])
        .unwrap_err();
    assert!(matches!(error, ShelfError::NotAFolder { .. }), "{error:?}");
    let error = data.shelf.change_settings(&[]).unwrap_err();
    assert!(error.to_string().contains("--data-dir"), "{error}");
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    const EACH: usize = 40;
    let data = Data::new();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let shelf = data.shelf.clone();
            let run = move || {
                for number in 0..EACH {
                    let change = add(&format!("{writer}-{number}"));
                    shelf.change_bookmarks(&desk(), &[change]).unwrap();
                    if number % 4 == 3 {
                        let gone = remove(&format!("{writer}-{}", number - 1));
                        shelf.change_bookmarks(&desk(), &[gone]).unwrap();
                    }
                }
            };
            let thread = std::thread::Builder::new().name(format!("writer {writer}"));
            thread.spawn_scoped(scope, run).unwrap();
        }
        // Readers meanwhile see only whole files.
        for _ in 0..100 {
            assert_eq!(data.stories().1, []);
        }
    });
    let (stories, _) = data.stories();
    assert_eq!(stories.len(), 4 * (EACH - EACH / 4));
    assert_eq!(names(&data.path("bookmarks")), [format!("{DESK}.ron")]);
}

#[test]
fn litter_of_a_killed_process_goes_with_the_next_change() {
    let data = Data::with_bookmarks(&fixture("v1/plain.ron"));
    fs::write(data.path("bookmarks/.offprint-Xy12.tmp"), "half").unwrap();
    data.shelf.change_bookmarks(&desk(), &[add("a")]).unwrap();
    assert_eq!(names(&data.path("bookmarks")), [format!("{DESK}.ron")]);
}

#[test]
fn every_cut_of_a_file_keeps_the_records_before_it() {
    let whole = fixture("v1/plain.ron");
    let text = String::from_utf8(whole.clone()).unwrap();
    let ends: Vec<usize> = text
        .match_indices("        )")
        .map(|(at, it)| at + it.len())
        .collect();
    for cut in (0..whole.len()).step_by(7) {
        let data = Data::with_bookmarks(&whole[..cut]);
        let expected = ends.iter().filter(|it| **it <= cut).count();
        assert_eq!(data.stories().0.len(), expected, "cut at {cut}");
        assert_eq!(fs::read(data.kept()).unwrap(), whole[..cut], "cut at {cut}");
    }
}

#[test]
fn every_changed_byte_leaves_the_other_record() {
    let whole = fixture("v1/plain.ron");
    let text = String::from_utf8(whole.clone()).unwrap();
    let second = text.rfind("        Bookmark(").unwrap();
    for at in (0..whole.len()).step_by(5) {
        for byte in [0, b'"', b')', b'x', 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] = byte;
            let data = Data::with_bookmarks(&bytes);
            let (stories, _) = data.stories();
            let other = usize::from(at < second);
            let ids = ["mexico-sovereignty", "hindi-brief"];
            let kept = fs::read(data.kept()).is_ok_and(|it| it == bytes);
            let in_place = fs::read(data.bookmarks()).unwrap() == bytes;
            assert!(kept || in_place, "byte {at} as {byte}");
            assert!(
                stories.iter().any(|it| it == ids[other]),
                "byte {at} as {byte}: {stories:?}"
            );
        }
    }
}

#[test]
fn reading_marks_come_back_and_keep_what_they_do_not_know() {
    let data = Data::new();
    let place = |block, offset| Place { block, offset };
    let story = StoryId::new;
    let changes = [
        ReadingChange::Read(story("a")),
        ReadingChange::Read(story("b")),
        ReadingChange::Place(story("b"), place(3, 0.25)),
        ReadingChange::Place(story("b"), place(4, f32::NAN)),
        ReadingChange::Unread(story("a")),
        ReadingChange::Place(story("c"), place(1, 7.0)),
    ];
    assert!(
        data.shelf
            .change_reading(&desk(), &changes)
            .unwrap()
            .changed
    );
    let loaded = data.shelf.load_reading(&desk());
    assert_eq!(loaded.notices, []);
    assert_eq!(loaded.value.read, [story("b")].into());
    assert_eq!(loaded.value.places[&story("b")], place(4, 0.0));
    assert_eq!(loaded.value.places[&story("c")], place(1, 1.0));

    let path = data.path(&format!("reading/{DESK}.ron"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replace("Story(id: \"b\"", "Story(note: \"mine\", id: \"b\""),
    )
    .unwrap();
    assert!(
        !data
            .shelf
            .change_reading(&desk(), &changes[1..2])
            .unwrap()
            .changed
    );
    data.shelf
        .change_reading(&desk(), &[ReadingChange::Unread(story("b"))])
        .unwrap();
    let text = fs::read_to_string(&path).unwrap();
    // In the same millisecond, and yet later than what it undoes.
    let at = "2025-08-12T10:11:12Z";
    let line = format!(
        "        Story(note: \"mine\", id: \"b\", read: false, read_at: \"2025-08-12T10:11:12.001Z\", place: Place(block: 4, offset: 0.0), place_at: \"{at}\"),\n"
    );
    assert!(text.contains(&line), "{text}");
}

#[test]
fn settings_change_one_by_one_and_survive_odd_values() {
    let data = Data::new();
    fs::create_dir_all(data.path("")).unwrap();
    let path = data.path("settings.ron");
    fs::write(&path, "Settings(\n    theme: Solarized, // later\n    text_size: 99.0,\n    sidebar_width: \"wide\",\n    fancy: [1],\n)\n").unwrap();
    let loaded = data.shelf.load_settings();
    assert_eq!(loaded.value.theme, Theme::System);
    assert!((loaded.value.text_size - Settings::TEXT_SIZES.end()).abs() < 1e-6);
    assert!(matches!(
        loaded.notices[0].trouble,
        Trouble::Entries {
            count: 2,
            line: 2,
            ..
        }
    ));
    let window = WindowPlace {
        width: 1200.0,
        height: 800.0,
        at: Some([-40, 12]),
        maximized: false,
    };
    let changes = [
        SettingsChange::TextSize(1.25),
        SettingsChange::Window(window),
    ];
    data.shelf.change_settings(&changes).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(
        text,
        "Settings(\n    theme: Solarized, // later\n    text_size: 1.25,\n    sidebar_width: \"wide\",\n    fancy: [1],\n    window: Window(width: 1200.0, height: 800.0, maximized: false, at: (-40, 12)),\n)\n"
    );
    data.shelf
        .change_settings(&[SettingsChange::Theme(Theme::Sepia)])
        .unwrap();
    let settings = data.shelf.load_settings().value;
    assert_eq!(
        (settings.theme, settings.window),
        (Theme::Sepia, Some(window))
    );
}

#[test]
fn recent_packs_are_kept_newest_first() {
    let data = Data::new();
    let pack = |path: &str, title: &str| RecentPack {
        path: path.to_owned(),
        title: title.to_owned(),
        series: "org.example.desk".to_owned(),
        edition: "1".to_owned(),
        opened: String::new(),
    };
    for (path, title) in [
        ("/a", "A"),
        ("/b", "B"),
        ("/c", "C"),
        ("/a", "A2"),
        ("/a", "A2"),
    ] {
        let change = RecentChange::Opened(pack(path, title));
        data.shelf.change_recent(&[change]).unwrap();
    }
    data.shelf
        .change_recent(&[RecentChange::Forget("/c".to_owned())])
        .unwrap();
    let loaded = data.shelf.load_recent();
    assert_eq!(loaded.value.entries, [pack("/a", "A2"), pack("/b", "B")]);
    assert_eq!(loaded.notices, []);
}

/// A file as it was written before a pack's series was kept, and as a later version might write it.
const OLD_RECENT: &str = include_str!("../recent/v1/no-series.ron");

#[test]
fn a_recent_list_without_series_is_read_and_learns_them_one_by_one() {
    let data = Data::new();
    fs::create_dir_all(data.path("")).unwrap();
    fs::write(data.path("recent.ron"), OLD_RECENT).unwrap();
    let loaded = data.shelf.load_recent();
    assert_eq!(loaded.notices, []);
    let entries = &loaded.value.entries;
    let paths: Vec<&str> = entries.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["/packs/week-2", "/packs/week-1"]);
    assert!(entries.iter().all(|it| it.series.is_empty()));

    let opened = RecentPack {
        series: "org.example.week".to_owned(),
        opened: "2025-08-12T10:11:12Z".to_owned(),
        ..entries[1].clone()
    };
    let change = RecentChange::Opened(opened.clone());
    data.shelf.change_recent(&[change]).unwrap();
    assert_eq!(data.shelf.load_recent().value.entries[0], opened);
    let text = fs::read_to_string(data.path("recent.ron")).unwrap();
    // What is not understood goes with its pack, and the other pack's text is not touched.
    let (first, rest) = text.split_once("/packs/week-2").unwrap();
    assert!(first.contains("pinned: true"), "{text}");
    assert!(first.contains("org.example.week"), "{text}");
    assert!(rest.contains("colour: \"blue\""), "{text}");
    assert!(text.contains("sorted_by: \"hand\""), "{text}");
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_linked() {
    let data = Data::new();
    let synced = data.folder.path().join("synced.ron");
    fs::create_dir_all(data.path("bookmarks")).unwrap();
    std::os::unix::fs::symlink(&synced, data.bookmarks()).unwrap();
    data.shelf.change_bookmarks(&desk(), &[add("a")]).unwrap();
    assert!(fs::symlink_metadata(data.bookmarks()).unwrap().is_symlink());
    assert!(
        fs::read_to_string(&synced)
            .unwrap()
            .contains("story: \"a\"")
    );
    // What is set aside goes beside the file, not beside the link.
    fs::write(&synced, "").unwrap();
    let (_, notices) = data.stories();
    let kept = data.folder.path().join("synced.kept-20250812-101112.ron");
    assert_eq!(notices[0].fate, Fate::SetAside { kept, salvaged: 0 });
}
