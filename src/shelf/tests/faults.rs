//! Every call of a save fails, one at a time: the file is the old one or the new one, the person is told, and the next try does it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::seam::{Fault, watched};
use super::{add, desk, figure, full, ground, mark, shelf};
use crate::model::{BookmarkChange, SettingsChange, StoryId, Theme};
use crate::shelf::{Fate, Saved, Shelf, ShelfError, Trouble};

const KINDS: [ErrorKind; 7] = [
    ErrorKind::Other,
    ErrorKind::StorageFull,
    ErrorKind::Interrupted,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::PermissionDenied,
    ErrorKind::QuotaExceeded,
    ErrorKind::TimedOut,
];

/// A change to files that are there.
pub(super) struct Scene {
    pub name: &'static str,
    pub prepare: fn(&Path),
    pub change: fn(&Shelf) -> Result<Saved, ShelfError>,
    /// The bytes of a file that must be somewhere whatever happens.
    pub precious: Option<&'static [u8]>,
}

const TORN: &[u8] = include_bytes!("../../../tests/bookmarks/damaged/truncated.ron");
const TORN_VOLUME: &[u8] =
    b"Bookmarks(version: 2, bookmarks: [\n Bookmark(story: \"a\", saved: \"2025-08-10\"),\n Bookmark(story: \"b";
const ZEROS: &[u8] = &[0; 300];
const NEWER: &[u8] = include_bytes!("../../../tests/bookmarks/damaged/newer.ron");

pub(super) const SCENES: [Scene; 11] = [
    Scene {
        name: "the first bookmark of all",
        prepare: |_| {},
        change: add_c,
        precious: None,
    },
    Scene {
        name: "one more bookmark and one less",
        prepare: |folder| {
            let shelf = shelf(folder);
            for story in ["a", "b", "z"] {
                shelf.change_bookmarks(&desk(), &[add(story)]).unwrap();
            }
        },
        change: |shelf| {
            let (story, at) = (StoryId::new("a"), super::at(5));
            let remove = BookmarkChange::Remove { story, at };
            shelf.change_bookmarks(&desk(), &[add("c"), remove])
        },
        precious: None,
    },
    Scene {
        name: "a bookmark too many for one file",
        prepare: |folder| {
            let shelf = shelf(folder);
            let all = ["a", "b", "x", "y", "z"].map(add);
            shelf.change_bookmarks(&desk(), &all).unwrap();
        },
        change: |shelf| add_c(&small(shelf)),
        precious: None,
    },
    Scene {
        name: "a bookmark in a volume is taken away",
        prepare: |folder| {
            for story in ["a", "b", "x", "y", "z"] {
                let shelf = small(&shelf(folder));
                shelf.change_bookmarks(&desk(), &[add(story)]).unwrap();
            }
        },
        change: remove_a,
        precious: None,
    },
    Scene {
        name: "a bookmark in a torn volume is taken away",
        prepare: |folder| {
            for story in ["x", "y", "z"] {
                let shelf = small(&shelf(folder));
                shelf.change_bookmarks(&desk(), &[add(story)]).unwrap();
            }
            let volume = folder.join("data/bookmarks/desk%v0001.ron");
            assert!(volume.exists());
            fs::write(volume, TORN_VOLUME).unwrap();
        },
        change: remove_a,
        precious: Some(TORN_VOLUME),
    },
    Scene {
        name: "into a torn file",
        prepare: |folder| put(folder, TORN),
        change: add_c,
        precious: Some(TORN),
    },
    Scene {
        name: "into a file of zeros",
        prepare: |folder| put(folder, ZEROS),
        change: add_c,
        precious: Some(ZEROS),
    },
    Scene {
        name: "into a newer file",
        prepare: |folder| put(folder, NEWER),
        change: add_c,
        precious: Some(NEWER),
    },
    Scene {
        name: "a marked passage",
        prepare: |folder| {
            let shelf = shelf(folder);
            shelf.change_highlights(&desk(), &[mark("a")]).unwrap();
        },
        change: |shelf| shelf.change_highlights(&desk(), &[mark("b")]),
        precious: None,
    },
    Scene {
        name: "a setting",
        prepare: |folder| {
            let light = SettingsChange::Theme(Theme::Light);
            shelf(folder).change_settings(&[light]).unwrap();
        },
        change: |shelf| shelf.change_settings(&[SettingsChange::Theme(Theme::Dark)]),
        precious: None,
    },
    Scene {
        name: "a kept copy",
        prepare: |_| {},
        change: |shelf| {
            let stored = shelf.keep(&desk(), &StoryId::new("a"), &[7; 500])?;
            let changed = stored.fresh;
            Ok(Saved {
                changed,
                notices: vec![],
            })
        },
        precious: None,
    },
];

fn remove_a(shelf: &Shelf) -> Result<Saved, ShelfError> {
    let (story, at) = (StoryId::new("a"), super::at(5));
    let remove = BookmarkChange::Remove { story, at };
    small(shelf).change_bookmarks(&desk(), &[remove])
}

fn add_c(shelf: &Shelf) -> Result<Saved, ShelfError> {
    shelf.change_bookmarks(&desk(), &[add("c")])
}

/// The shelf with volumes of two bookmarks.
fn small(shelf: &Shelf) -> Shelf {
    shelf.clone().with_volumes_of(500)
}

fn put(folder: &Path, bytes: &[u8]) {
    let bookmarks = folder.join("data/bookmarks");
    fs::create_dir_all(&bookmarks).unwrap();
    fs::write(bookmarks.join("desk.ron"), bytes).unwrap();
}

/// All that a person sees of what is kept.
pub(super) fn look(folder: &Path) -> String {
    let shelf = shelf(folder);
    let kept = shelf.kept();
    let sound = kept
        .iter()
        .all(|it| crate::shelf::is_sound(&it.path).unwrap());
    assert!(sound, "a damaged copy");
    format!(
        "{:?} {:?} {:?} {}",
        shelf.load_bookmarks(&desk()).value,
        shelf.load_highlights(&desk()).value,
        shelf.load_settings().value.theme,
        kept.len(),
    )
}

/// Every file in a folder and those in it.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Whether this is a file that was never finished.
pub(super) fn is_temporary(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "tmp")
}

pub(super) fn is_somewhere(folder: &Path, bytes: &[u8]) -> bool {
    let files = files(&folder.join("data/bookmarks"));
    files.iter().any(|it| fs::read(it).unwrap() == bytes)
}

fn older_states(folder: &Path) -> usize {
    files(&folder.join("data/older")).len()
}

#[test]
fn whatever_call_fails_the_old_state_or_the_new_one_is_there() {
    let (mut faults, mut refused) = (0, 0);
    for scene in &SCENES {
        for no_links in [false, true] {
            let folder = prepared(scene);
            let old = look(prepared(scene).path());
            let copies = older_states(folder.path());
            let change = || (scene.change)(&shelf(folder.path()));
            let (saved, clean) = watched(None, no_links, change);
            assert!(saved.unwrap().changed, "{}", scene.name);
            let (new, states) = (look(folder.path()), older_states(folder.path()));
            let expected = Expected {
                old,
                new,
                no_links,
                keeps: states > copies,
            };
            for call in 0..clean.calls {
                let kinds = KINDS.into_iter().enumerate();
                let kinds = kinds.filter(|(at, _)| full() || call % KINDS.len() == *at);
                for (_, kind) in kinds {
                    for late in [false, true] {
                        if !full() && late == (call % 2 == usize::from(no_links)) {
                            continue;
                        }
                        let at = call;
                        let fault = Fault { at, kind, late };
                        refused += usize::from(!one_fault(scene, fault, &expected));
                        faults += 1;
                    }
                }
            }
        }
    }
    assert!(refused > 0 && refused < faults);
    figure(&format!(
        "{faults} faults injected into saves, {refused} told as not saved, 0 lost"
    ));
}

/// How it should be.
struct Expected {
    old: String,
    new: String,
    no_links: bool,
    /// Whether there is an older state to be kept.
    keeps: bool,
}

fn prepared(scene: &Scene) -> tempfile::TempDir {
    let folder = ground();
    (scene.prepare)(folder.path());
    folder
}

/// Whether the change was saved all the same.
fn one_fault(scene: &Scene, fault: Fault, expected: &Expected) -> bool {
    let Expected {
        old,
        new,
        no_links,
        keeps,
    } = expected;
    let folder = prepared(scene);
    let before = older_states(folder.path());
    let (result, seen) = watched(Some(fault), *no_links, || {
        (scene.change)(&shelf(folder.path()))
    });
    let failed = seen.failed.unwrap_or("nothing");
    let case = format!("{}: {failed} {fault:?}, links: {}", scene.name, !*no_links);
    let is_kept = |bytes| is_somewhere(folder.path(), bytes);
    assert!(scene.precious.is_none_or(is_kept), "{case}");
    let saved = result.is_ok();
    match result {
        Ok(saved) => {
            let told = |it: &Trouble| matches!(it, Trouble::NotKept { .. });
            let told = saved.notices.iter().any(|it| told(&it.trouble));
            let kept = older_states(folder.path()) >= before && !told;
            assert!(!keeps || kept || told, "{case}: {saved:?}");
            assert_eq!(look(folder.path()), *new, "{case}");
        }
        Err(error) => {
            let text = error.to_string();
            let data = folder.path().join("data").display().to_string();
            assert!(text.contains(&data), "{case}: {text}");
            let remedies = ["ry again", "--data-dir", "Check the"];
            assert!(
                remedies.iter().any(|it| text.contains(it)),
                "{case}: {text}"
            );
            let now = look(folder.path());
            assert!(now == *old || now == *new, "{case}: {now}");
        }
    }
    assert!(scene.precious.is_none_or(is_kept), "{case}");
    (scene.change)(&shelf(folder.path())).unwrap();
    assert_eq!(look(folder.path()), *new, "{case}");
    for file in files(folder.path()) {
        assert!(!is_temporary(&file), "{case}: {} is left", file.display());
    }
    saved
}

#[test]
fn whatever_call_fails_a_damaged_file_is_read_and_stays() {
    let run = |fault| {
        let folder = ground();
        put(folder.path(), TORN);
        let load = || shelf(folder.path()).load_bookmarks(&desk());
        let (loaded, seen) = watched(fault, false, load);
        assert!(is_somewhere(folder.path(), TORN), "{seen:?}");
        (loaded, seen)
    };
    let (clean, seen) = run(None);
    assert!(matches!(clean.notices[0].fate, Fate::SetAside { .. }));
    for at in 0..seen.calls {
        for late in [false, true] {
            let kind = KINDS[at % KINDS.len()];
            let (loaded, seen) = run(Some(Fault { at, kind, late }));
            assert_eq!(loaded.notices.len(), 1, "{seen:?}");
            if at > 0 {
                assert_eq!(loaded.value, clean.value, "{seen:?}");
            }
        }
    }
}

#[test]
fn that_no_older_state_is_kept_is_told_once() {
    let folder = ground();
    let shelf = shelf(folder.path());
    shelf.change_bookmarks(&desk(), &[add("a")]).unwrap();
    fs::write(folder.path().join("data/older"), "in the way").unwrap();
    let saved = shelf.change_bookmarks(&desk(), &[add("b")]).unwrap();
    let [notice] = &saved.notices[..] else {
        panic!("{saved:?}")
    };
    assert!(matches!(notice.trouble, Trouble::NotKept { .. }));
    let text = notice.to_string();
    assert!(text.contains("desk.ron was changed, but"), "{text}");
    assert!(text.contains("older ("), "{text}");
    assert!(text.ends_with("The change itself is saved."), "{text}");
    let saved = shelf.change_bookmarks(&desk(), &[add("c")]).unwrap();
    assert_eq!((saved.changed, saved.notices), (true, vec![]));
    assert_eq!(shelf.load_bookmarks(&desk()).value.len(), 3);
}
