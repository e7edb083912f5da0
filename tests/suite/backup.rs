//! Everything of the reader's in one file, and back: to the byte, without loss, and never a change that was not told before.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use offprint::backup::{BackupError, Prepared, Restored, back_up, default_name, prepare};
use offprint::model::{
    Bookmark, BookmarkChange, Difference, Life, Plan, ReadingChange, SeriesId, SettingsChange,
    Snapshot, Stamp, StoryId, Theme, Way,
};
use offprint::shelf::Shelf;
use proptest::prelude::*;
use serde_json::Value;

/// A folder with data folders and backups.
struct Desk {
    folder: tempfile::TempDir,
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

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn shelf(&self, name: &str) -> Shelf {
        Shelf::open(self.path(name))
    }

    /// A data folder with something of every kind.
    fn full(&self, name: &str) -> Shelf {
        let shelf = self.shelf(name);
        for story in ["storm", "tide"] {
            shelf
                .change_bookmarks(&series("desk"), &[add("desk", story, 10)])
                .unwrap();
        }
        let read = ReadingChange::Read(StoryId::new("storm"));
        shelf.change_reading(&series("desk"), &[read]).unwrap();
        let theme = SettingsChange::Theme(Theme::Sepia);
        shelf.change_settings(&[theme]).unwrap();
        let bytes = vec![7; 300];
        shelf
            .keep(&series("desk"), &StoryId::new("storm"), &bytes)
            .unwrap();
        self.write(
            &format!("{name}/recent.ron"),
            "Recent(version: 1, packs: [Pack(path: \"/a\", title: \"A\")])",
        );
        self.write(&format!("{name}/highlights/desk.ron"), HIGHLIGHTS);
        shelf
    }

    fn back_up(&self, shelf: &Shelf, name: &str) -> PathBuf {
        let path = self.path(name);
        let made = back_up(shelf, &path, &AtomicBool::new(false), &|_| {}).unwrap();
        assert_eq!(made.left_out, [""; 0]);
        path
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_offprint"))
            .current_dir(self.folder.path())
            .args(args)
            .output()
            .unwrap()
    }
}

const HIGHLIGHTS: &str = "Highlights(version: 1, series: \"desk\", highlights: [
    Highlight(id: \"h1\", story: \"storm\", quote: \"words\", saved: \"2026-01-01T00:00:00Z\"),
])\n";

fn series(name: &str) -> SeriesId {
    SeriesId::new(name)
}

fn add(of: &str, story: &str, second: i64) -> BookmarkChange {
    BookmarkChange::Add(Box::new(Bookmark {
        series: series(of),
        story: StoryId::new(story),
        was: Snapshot {
            headline: format!("About {story}"),
            ..Snapshot::default()
        },
        life: Life::new(Stamp::from_millis(second * 1000)),
        ..Bookmark::default()
    }))
}

fn remove(story: &str, second: i64) -> BookmarkChange {
    BookmarkChange::Remove {
        story: StoryId::new(story),
        at: Stamp::from_millis(second * 1000),
    }
}

fn ready(shelf: &Shelf, path: &Path) -> Result<Prepared, BackupError> {
    prepare(shelf, path, &AtomicBool::new(false), &|_| {})
}

fn restore(shelf: &Shelf, path: &Path, way: Way) -> (Plan, Restored) {
    let prepared = ready(shelf, path).unwrap();
    let restored = prepared.restore(shelf, way, &AtomicBool::new(false), &|_| {});
    (prepared.plan(way).clone(), restored.unwrap())
}

/// Every file that a backup holds, with its bytes, which are text here.
fn bytes(shelf: &Shelf) -> BTreeMap<String, String> {
    let files = shelf.files().unwrap().into_iter();
    files
        .map(|it| (it.name, fs::read_to_string(it.path).unwrap()))
        .collect()
}

fn stories(shelf: &Shelf) -> Vec<String> {
    let loaded = shelf.load_all_bookmarks();
    let there = loaded.value.iter().filter(|it| it.is_there());
    let mut stories: Vec<String> = there.map(|it| it.story.to_string()).collect();
    stories.sort();
    stories
}

fn only_added(added: usize) -> Difference {
    Difference {
        added,
        ..Difference::default()
    }
}

#[test]
fn a_backup_in_an_empty_folder_gives_equal_bytes() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    desk.write("data/bookmarks/desk.kept-20250101-101112.ron", "Bookmarks(");
    desk.write("data/.lock", "");
    desk.write("data/notes.txt", "not ours");
    desk.write("data/older/bookmarks/desk.20250101-101112-000.ron", "old");
    let path = desk.back_up(&shelf, "all.zip");
    for way in [Way::Merging, Way::Exactly] {
        let other = desk.shelf(&format!("{way:?}"));
        let (plan, restored) = restore(&other, &path, way);
        assert_eq!(bytes(&other), bytes(&shelf), "{way:?}");
        assert_eq!(restored, Restored::default());
        assert_eq!(plan.bookmarks, only_added(2));
        assert_eq!(plan.highlights, only_added(1));
        assert_eq!(plan.copies, only_added(1));
        assert_eq!(plan.reading, only_added(1));
        assert_eq!(plan.recent, only_added(1));
        assert_eq!(plan.settings, ["theme"]);
    }
    assert!(!desk.path("Merging/notes.txt").exists());
    assert!(!desk.path("Merging/older").exists());
}

#[test]
fn any_archive_program_reads_it() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let path = desk.back_up(&shelf, "all.zip");
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut names: Vec<String> = archive
        .file_names()
        .map(|it| it.unwrap().into_owned())
        .collect();
    names.sort();
    let mut expected: Vec<String> = bytes(&shelf).into_keys().collect();
    expected.push("backup.ron".to_owned());
    expected.sort();
    assert_eq!(names, expected);
    let mut text = String::new();
    let mut entry = archive.by_name("backup.ron").unwrap();
    entry.read_to_string(&mut text).unwrap();
    assert!(text.contains("format: 1"), "{text}");
    assert!(
        text.contains("File(name: \"bookmarks/desk.ron\", bytes: "),
        "{text}"
    );
}

#[test]
fn to_add_what_is_missing_loses_nothing() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let path = desk.back_up(&shelf, "all.zip");
    // Since then: one more, one less, another theme.
    let of = series("desk");
    shelf
        .change_bookmarks(&of, &[add("desk", "fog", 20)])
        .unwrap();
    shelf.change_bookmarks(&of, &[remove("tide", 30)]).unwrap();
    shelf
        .change_settings(&[
            SettingsChange::Theme(Theme::Dark),
            SettingsChange::TextSize(1.25),
        ])
        .unwrap();
    let before = bytes(&shelf);
    let prepared = ready(&shelf, &path).unwrap();
    assert_eq!(bytes(&shelf), before, "a plan changes nothing");
    assert_eq!(prepared.merging.bookmarks, Difference::default());
    assert_eq!(prepared.merging.settings, ["theme"]);
    restore(&shelf, &path, Way::Merging);
    // What was taken away later stays away, and what came later is there.
    assert_eq!(stories(&shelf), ["fog", "storm"]);
    let settings = shelf.load_settings().value;
    assert_eq!(settings.theme, Theme::Sepia);
    assert!((settings.text_size - 1.25).abs() < f32::EPSILON);
    let once = bytes(&shelf);
    let (plan, restored) = restore(&shelf, &path, Way::Merging);
    assert!(plan.is_none(), "{plan:?}");
    assert_eq!(restored, Restored::default());
    assert_eq!(bytes(&shelf), once);
}

#[test]
fn exactly_is_exactly_and_what_was_there_is_kept() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let wanted = bytes(&shelf);
    let path = desk.back_up(&shelf, "all.zip");
    let of = series("desk");
    shelf
        .change_bookmarks(&of, &[add("desk", "fog", 20)])
        .unwrap();
    shelf.change_bookmarks(&of, &[remove("tide", 30)]).unwrap();
    shelf
        .change_bookmarks(&series("other"), &[add("other", "x", 20)])
        .unwrap();
    let copy = StoryId::new("fog");
    shelf.keep(&of, &copy, b"a later copy").unwrap();
    let later = bytes(&shelf);
    let (plan, restored) = restore(&shelf, &path, Way::Exactly);
    assert_eq!(
        plan.bookmarks,
        Difference {
            added: 1,
            changed: 0,
            removed: 2
        }
    );
    assert_eq!(plan.copies.removed, 1);
    assert_eq!(bytes(&shelf), wanted);
    // And back again.
    let before = restored.before.unwrap();
    assert!(before.starts_with(desk.path("data/backups")), "{before:?}");
    restore(&shelf, &before, Way::Exactly);
    assert_eq!(bytes(&shelf), later);
}

#[test]
fn a_damaged_copy_is_replaced_and_set_aside() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let path = desk.back_up(&shelf, "all.zip");
    let copy = shelf.kept().remove(0).path;
    fs::write(&copy, "rotten").unwrap();
    restore(&shelf, &path, Way::Merging);
    assert_eq!(fs::read(&copy).unwrap(), vec![7; 300]);
    let aside = shelf.set_aside().unwrap();
    assert_eq!(aside.len(), 1);
    assert_eq!(fs::read(&aside[0].path).unwrap(), b"rotten");
}

#[test]
fn a_damaged_list_in_a_backup_gives_what_can_be_read() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let file = desk.path("data/bookmarks/desk.ron");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.trim_end().trim_end_matches(')')).unwrap();
    let path = desk.back_up(&shelf, "all.zip");
    let other = desk.shelf("other");
    let (plan, _) = restore(&other, &path, Way::Merging);
    assert_eq!(plan.bookmarks, only_added(2));
    assert_eq!(plan.remarks.len(), 1, "{plan:?}");
    let remark = &plan.remarks[0];
    assert!(
        remark.starts_with("bookmarks/desk.ron in the backup is damaged: line "),
        "{remark}"
    );
    assert_eq!(stories(&other), ["storm", "tide"]);
}

#[test]
fn a_copy_that_a_sync_program_left_is_taken_in_once() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let other = desk.shelf("elsewhere");
    other
        .change_bookmarks(&series("desk"), &[add("desk", "ice", 5)])
        .unwrap();
    fs::rename(
        desk.path("elsewhere/bookmarks/desk.ron"),
        desk.path("data/bookmarks/desk.sync-conflict-20250809-101112-ABC7DEF.ron"),
    )
    .unwrap();
    let path = desk.back_up(&shelf, "all.zip");
    let third = desk.shelf("third");
    restore(&third, &path, Way::Merging);
    assert_eq!(stories(&third), ["ice", "storm", "tide"]);
    let once = bytes(&third);
    restore(&third, &path, Way::Merging);
    assert_eq!(bytes(&third), once);
}

#[test]
fn a_series_in_volumes_comes_back_whole() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let volume = "Bookmarks(version: 2, series: \"desk\", bookmarks: [
    Bookmark(series: \"desk\", story: \"ebb\", headline: \"Ebb\", saved: \"1999-01-01T00:00:00Z\"),
])\n";
    desk.write("data/bookmarks/desk%v0001.ron", volume);
    assert_eq!(stories(&shelf), ["ebb", "storm", "tide"]);
    let path = desk.back_up(&shelf, "all.zip");
    let empty = desk.shelf("empty");
    let (plan, _) = restore(&empty, &path, Way::Merging);
    assert_eq!(plan.bookmarks, only_added(3));
    assert_eq!(bytes(&empty), bytes(&shelf));

    // Where there is a file of the series already, the volume is merged into what is there.
    let other = desk.shelf("other");
    other
        .change_bookmarks(&series("desk"), &[add("desk", "fog", 20)])
        .unwrap();
    restore(&other, &path, Way::Merging);
    assert_eq!(stories(&other), ["ebb", "fog", "storm", "tide"]);
    let once = bytes(&other);
    let (plan, _) = restore(&other, &path, Way::Merging);
    assert!(plan.is_none(), "{plan:?}");
    assert_eq!(bytes(&other), once);
    restore(&other, &path, Way::Exactly);
    assert_eq!(bytes(&other), bytes(&shelf));
}

/// A backup with these entries; `backup.ron` comes with it.
fn made_of(desk: &Desk, name: &str, manifest: &str, entries: &[(&str, &str)]) -> PathBuf {
    let path = desk.path(name);
    let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in entries.iter().chain([&("backup.ron", manifest)]) {
        if !text.is_empty() {
            archive.start_file(*name, options).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
    }
    archive.finish().unwrap();
    path
}

fn listed(files: &[(&str, &str)]) -> String {
    use sha2::{Digest as _, Sha256};
    let parts: Vec<String> = files
        .iter()
        .map(|(name, content)| {
            let digest: String = Sha256::digest(content.as_bytes())
                .iter()
                .map(|it| format!("{it:02x}"))
                .collect();
            let bytes = content.len();
            format!("File(name: {name:?}, bytes: {bytes}, sha256: \"{digest}\")")
        })
        .collect();
    format!(
        "Backup(format: 1, program: \"0.1\", made: \"\", files: [{}])",
        parts.join(", ")
    )
}

#[test]
fn what_is_no_sound_backup_changes_nothing_and_is_told() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let before = bytes(&shelf);
    let sound = desk.back_up(&shelf, "sound.zip");
    let whole = fs::read(&sound).unwrap();
    let cut = desk.write("cut.zip", &whole[..whole.len() * 2 / 3]);
    let settings = "Settings(version: 1)";
    let other = ("settings.ron", "Settings(version: 1, theme: \"Dark\")");
    let manifest = listed(&[("settings.ron", settings)]);
    let table = [
        (desk.write("text.zip", "hello"), "This is not a backup ("),
        (desk.write("empty.zip", ""), "This is not a backup ("),
        (desk.path("data"), "it is a folder"),
        (desk.path("missing.zip"), "could not be read"),
        (
            cut,
            "This backup is damaged, so nothing was changed: the end of the file: ",
        ),
        (
            made_of(&desk, "none.zip", "", &[("settings.ron", settings)]),
            "it has no backup.ron",
        ),
        (
            made_of(
                &desk,
                "newer.zip",
                "Backup(format: 2, program: \"7.0\")",
                &[],
            ),
            "A newer Offprint (7.0) made this backup",
        ),
        (
            made_of(&desk, "bad.zip", "Backup(format: 1,", &[]),
            "damaged, so nothing was changed: backup.ron: line 1: ",
        ),
        (
            made_of(&desk, "bare.zip", &listed(&[]), &[]),
            "there are no files of yours in it",
        ),
        (
            made_of(&desk, "missing-part.zip", &manifest, &[]),
            "damaged, so nothing was changed: settings.ron: it is missing",
        ),
        (
            made_of(&desk, "other.zip", &manifest, &[other]),
            "damaged, so nothing was changed: settings.ron: it is not what backup.ron says of it",
        ),
        (
            made_of(
                &desk,
                "outside.zip",
                &listed(&[
                    ("../outside.ron", settings),
                    ("bookmarks/../../b.ron", settings),
                ]),
                &[
                    ("../outside.ron", settings),
                    ("bookmarks/../../b.ron", settings),
                ],
            ),
            "there are no files of yours in it",
        ),
    ];
    for (path, expected) in table {
        let error = ready(&shelf, &path).unwrap_err().to_string();
        assert!(error.contains(expected), "{path:?}: {error}");
        assert!(error.contains(&path.display().to_string()), "{error}");
    }
    assert_eq!(bytes(&shelf), before);
    assert!(!desk.path("outside.ron").exists() && !desk.path("b.ron").exists());
}

#[test]
fn one_wrong_byte_is_found_wherever_it_is() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let before = bytes(&shelf);
    let whole = fs::read(desk.back_up(&shelf, "all.zip")).unwrap();
    let damaged = desk.path("damaged.zip");
    let mut refused = 0;
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        fs::write(&damaged, bytes).unwrap();
        // Some bytes mean nothing, such as a date of the archive; then everything in it is what it was.
        match ready(&shelf, &damaged) {
            Err(_) => refused += 1,
            Ok(prepared) => assert!(prepared.merging.is_none(), "{at}"),
        }
    }
    assert!(refused > whole.len() / 7 / 2, "{refused}");
    assert_eq!(bytes(&shelf), before);
}

#[test]
fn what_is_not_known_stays_in_the_backup_and_is_told() {
    let desk = Desk::new();
    let settings = "Settings(version: 1, theme: Dark)";
    let files = [
        ("settings.ron", settings),
        ("tunes/a.ogg", "x"),
        ("../b.ron", "y"),
    ];
    let path = made_of(&desk, "more.zip", &listed(&files), &files);
    let shelf = desk.shelf("data");
    let (plan, _) = restore(&shelf, &path, Way::Exactly);
    assert_eq!(plan.settings, ["theme"]);
    assert_eq!(
        plan.remarks,
        [
            "2 files, such as tunes/a.ogg, are not known to this version of Offprint and stay in the backup."
        ]
    );
    assert_eq!(bytes(&shelf).len(), 1);
    assert!(!desk.path("b.ron").exists());
}

#[test]
fn a_backup_that_is_stopped_or_fails_leaves_what_was_there() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let path = desk.write("all.zip", "before");
    let cancel = AtomicBool::new(false);
    let stop = |_| cancel.store(true, Ordering::Relaxed);
    let stopped = back_up(&shelf, &path, &cancel, &stop);
    assert!(matches!(stopped, Err(BackupError::Stopped)), "{stopped:?}");
    assert_eq!(fs::read(&path).unwrap(), b"before");

    let nowhere = desk.path("no/such/folder.zip");
    let error = back_up(&shelf, &nowhere, &AtomicBool::new(false), &|_| {}).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("The backup could not be written"),
        "{error}"
    );
    let empty = desk.shelf("nothing");
    let error = back_up(&empty, &path, &AtomicBool::new(false), &|_| {}).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("There is nothing to back up yet"),
        "{error}"
    );
    assert!(!desk.path("nothing").exists());
    let left = fs::read_dir(desk.path("")).unwrap().count();
    assert_eq!(left, 2, "no litter");
}

#[test]
fn a_restore_that_cannot_write_says_what_became_of_it() {
    let desk = Desk::new();
    let path = desk.back_up(&desk.full("data"), "all.zip");
    let other = desk.shelf("other");
    // A file stands where a folder should be.
    desk.write("other/kept", "in the way");
    let prepared = ready(&other, &path).unwrap();
    let error = prepared.restore(&other, Way::Merging, &AtomicBool::new(false), &|_| {});
    let error = error.unwrap_err().to_string();
    assert!(
        error.starts_with("Not everything could be put back. "),
        "{error}"
    );
    assert!(
        error.contains("put the backup back again to have the rest"),
        "{error}"
    );
    assert_eq!(fs::read(desk.path("other/kept")).unwrap(), b"in the way");
    assert_eq!(stories(&other), ["storm", "tide"]);
}

#[test]
fn the_name_has_the_day() {
    assert_eq!(
        default_name("2026-01-02T03:04:05Z"),
        "offprint-backup-2026-01-02.zip"
    );
}

#[test]
fn the_command_line_backs_up_and_puts_back() {
    let desk = Desk::new();
    desk.full("data");
    let made = desk.run(&["--data-dir=data", "backup", "all.zip", "--json"]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let json: Value = serde_json::from_slice(&made.stdout).unwrap();
    assert_eq!(
        (&json["files"], &json["path"]),
        (&6.into(), &"all.zip".into())
    );
    let again = desk.run(&["--data-dir=data", "backup", "all.zip"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force writes over it"));
    assert_eq!(
        desk.run(&["--data-dir=data", "backup", "all.zip", "--force"])
            .status
            .code(),
        Some(0)
    );
    let in_folder = desk.run(&["--data-dir=data", "backup", "."]);
    let line = String::from_utf8_lossy(&in_folder.stdout).into_owned();
    assert!(line.starts_with("./offprint-backup-20"), "{line}");

    let planned = desk.run(&["--data-dir=new", "restore", "all.zip", "--dry-run"]);
    assert_eq!(planned.status.code(), Some(0), "{planned:?}");
    let text = String::from_utf8_lossy(&planned.stdout).into_owned();
    assert!(text.starts_with("2 bookmarks are added.\n"), "{text}");
    assert!(text.ends_with("Nothing is removed.\n"), "{text}");
    assert!(!desk.path("new").exists());
    let done = desk.run(&[
        "--data-dir=new",
        "restore",
        "all.zip",
        "--exactly",
        "--json",
    ]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let json: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        (&json["done"], &json["exactly"]),
        (&true.into(), &true.into())
    );
    assert_eq!(json["bookmarks"]["added"], 2);
    assert_eq!(json["before"], Value::Null);
    assert_eq!(bytes(&desk.shelf("new")), bytes(&desk.shelf("data")));
    let done = desk.run(&["--data-dir=new", "restore", "all.zip", "--exactly"]);
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        text.contains("Done.\nWhat was there before is in "),
        "{text}"
    );

    let bad = desk.write("bad.zip", "hello");
    let refused = desk.run(&["--data-dir=new", "restore", bad.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
}

#[test]
fn the_command_line_tells_where_the_files_are() {
    let desk = Desk::new();
    desk.full("data");
    desk.write("data/settings.kept-20250810-101112.ron", "");
    let told = desk.run(&["--data-dir=data", "where"]);
    let folder = desk.path("data").canonicalize().unwrap();
    let said = PathBuf::from(String::from_utf8(told.stdout).unwrap().trim_end());
    assert_eq!(said.canonicalize().unwrap(), folder);
    let told = desk.run(&["--data-dir=data", "where", "--json"]);
    let json: Value = serde_json::from_slice(&told.stdout).unwrap();
    for (field, count) in [
        ("bookmarks", 2),
        ("highlights", 1),
        ("copies", 1),
        ("copies_bytes", 300),
    ] {
        assert_eq!(json[field], count, "{field}");
    }
    let aside = &json["aside"][0];
    assert_eq!(aside["name"], "settings.ron");
    assert_eq!(aside["at"], "2025-08-10T10:11:12Z");
    assert_eq!(aside["what"], "It is empty. Nothing in it could be read.");
}

#[test]
fn the_command_line_removes_a_kept_copy() {
    let desk = Desk::new();
    let shelf = desk.full("data");
    let gone = desk.run(&["--data-dir=data", "bookmarks", "unkeep", "desk", "storm"]);
    assert_eq!(gone.status.code(), Some(0), "{gone:?}");
    assert_eq!(gone.stdout, b"No longer kept: desk storm\n");
    assert!(shelf.kept().is_empty());
    assert_eq!(stories(&shelf), ["storm", "tide"], "the bookmark stays");
    let again = desk.run(&["--data-dir=data", "bookmarks", "unkeep", "desk", "storm"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("`offprint bookmarks kept`"));
    let again = desk.run(&[
        "--data-dir=data",
        "bookmarks",
        "unkeep",
        "desk",
        "storm",
        "--json",
    ]);
    assert_eq!(again.status.code(), Some(1));
    let json: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(
        (&json["changed"], &json["removed"]),
        (&false.into(), &0.into())
    );
    let back = [
        "--data-dir=data",
        "bookmarks",
        "unkeep",
        "desk",
        "storm",
        "--undo",
    ];
    let run = desk.run(&back);
    assert_eq!(run.stdout, b"Kept again: desk storm\n");
    assert_eq!(shelf.kept().len(), 1);
    let again = desk.run(&back);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("No removed copy of `storm`"));
}

/// What a reader may do in one of two series.
#[derive(Clone, Debug)]
enum Did {
    Add(u8, u8),
    Remove(u8, u8),
    Read(u8, u8),
    Keep(u8),
    Theme(u8),
}

fn did() -> impl Strategy<Value = Vec<Did>> {
    let one = prop_oneof![
        (0..2_u8, 0..5_u8).prop_map(|(a, b)| Did::Add(a, b)),
        (0..2_u8, 0..5_u8).prop_map(|(a, b)| Did::Remove(a, b)),
        (0..2_u8, 0..5_u8).prop_map(|(a, b)| Did::Read(a, b)),
        (0..4_u8).prop_map(Did::Keep),
        (0..5_u8).prop_map(Did::Theme),
    ];
    prop::collection::vec(one, 0..12)
}

fn act(shelf: &Shelf, all: &[Did], from: i64) {
    for (at, it) in all.iter().enumerate() {
        let second = from + at as i64;
        match it {
            Did::Add(of, story) => {
                let of = format!("s{of}");
                let change = add(&of, &format!("t{story}"), second);
                shelf.change_bookmarks(&series(&of), &[change]).unwrap();
            }
            Did::Remove(of, story) => {
                let change = remove(&format!("t{story}"), second);
                shelf
                    .change_bookmarks(&series(&format!("s{of}")), &[change])
                    .unwrap();
            }
            Did::Read(of, story) => {
                let change = ReadingChange::Read(StoryId::new(format!("t{story}")));
                shelf
                    .change_reading(&series(&format!("s{of}")), &[change])
                    .unwrap();
            }
            Did::Keep(number) => {
                let bytes = vec![*number; 50];
                shelf
                    .keep(&series("s0"), &StoryId::new("t0"), &bytes)
                    .unwrap();
            }
            Did::Theme(number) => {
                let theme = Theme::ALL[usize::from(*number)];
                shelf
                    .change_settings(&[SettingsChange::Theme(theme)])
                    .unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_restore_does_what_its_plan_says(then in did(), since in did()) {
        let desk = Desk::new();
        let shelf = desk.shelf("data");
        act(&shelf, &then, 100);
        if shelf.files().unwrap().is_empty() {
            return Ok(());
        }
        let wanted = bytes(&shelf);
        let path = desk.back_up(&shelf, "all.zip");
        act(&shelf, &since, 200);
        let later = stories(&shelf);

        let (_, merged) = restore(&shelf, &path, Way::Merging);
        prop_assert_eq!(merged.remarks, Vec::<String>::new());
        let with = stories(&shelf);
        // Everything that was done since is newer than the backup.
        prop_assert_eq!(&with, &later);
        let once = bytes(&shelf);
        let (plan, _) = restore(&shelf, &path, Way::Merging);
        prop_assert!(plan.is_none(), "{:?}", plan);
        prop_assert_eq!(bytes(&shelf), once);

        let (_, _) = restore(&shelf, &path, Way::Exactly);
        prop_assert_eq!(bytes(&shelf), wanted.clone());
        let empty = desk.shelf("empty");
        restore(&empty, &path, Way::Merging);
        prop_assert_eq!(bytes(&empty), wanted);
    }
}
