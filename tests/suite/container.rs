//! Single files made by strangers: whatever they say, what is sound is shown, what is not is told, and nothing else happens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use offprint::model::{Edition as _, Origin};
use offprint::pack::{self, PackError, UnpackError};
use tempfile::TempDir;

use super::zipper::{End, Entry, close, zip, zip_with};

const MANIFEST: &str = r#"Pack(format: 1, id: "org.example.made", edition: "1", title: "Made", language: "en", published: "2025-09-01", sections: [Section(id: "s", title: "S", stories: [Story(id: "a", headline: "A")])])"#;
const BODY: &str = "The ferry leaves at nine from the old quay, as it always has.";

/// What is odd, and how an entry becomes so.
type Case = (&'static str, fn(&mut Entry));

struct Made {
    folder: TempDir,
}

impl Made {
    fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("made.offprint"), bytes).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("made.offprint")
    }

    fn open(&self) -> Result<pack::Pack, PackError> {
        let origin = Origin::Path(self.path());
        pack::open(&origin, &AtomicBool::new(false), &|_| {}).map(|(pack, _)| pack)
    }

    fn body(&self) -> Result<String, PackError> {
        self.open()?.source_text(0)
    }

    fn codes(&self) -> BTreeSet<&'static str> {
        let origin = Origin::Path(self.path());
        let problems = pack::check(&origin, &AtomicBool::new(false)).unwrap();
        problems.iter().map(|it| it.code).collect()
    }

    fn unpack(&self) -> Result<pack::Unpacked, UnpackError> {
        let to = self.folder.path().join("out").join("pack");
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        pack::unpack(&self.path(), &to, &AtomicBool::new(false), &|_, _| {})
    }

    /// Everything that is on the disk, by its name from the temporary folder on.
    fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, top: &Path, files: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, top, files);
                } else {
                    let name = path.strip_prefix(top).unwrap();
                    files.push(name.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        let mut files = Vec::new();
        walk(self.folder.path(), self.folder.path(), &mut files);
        files.sort();
        files
    }
}

/// A sound pack and one more entry.
fn with(entry: Entry) -> Made {
    Made::new(&zip(&[
        Entry::new("pack.ron", MANIFEST),
        Entry::deflated("stories/a.md", BODY),
        entry,
    ]))
}

/// A pack whose body is the given entry.
fn with_body(change: impl FnOnce(&mut Entry)) -> Made {
    let mut entry = Entry::deflated("stories/a.md", BODY);
    change(&mut entry);
    Made::new(&zip(&[Entry::new("pack.ron", MANIFEST), entry]))
}

#[test]
fn names_that_lead_elsewhere_are_told_and_never_written() {
    let long = "x".repeat(300);
    for name in [
        "../evil",
        "stories/../../evil",
        "/etc/evil",
        "C:/evil",
        "C:evil",
        "..\\evil",
        "stories\\evil",
        "evil\0.md",
        "evil\n.md",
        "evil\u{202E}dm.",
        "evil\u{2066}.md",
        "evil.",
        "evil ",
        "a//evil",
        "./evil",
        "stories/NUL.md",
        "aux",
        "evil:stream",
        "evil?.md",
        &long,
    ] {
        let made = with(Entry::new(name, "evil"));
        assert!(made.codes().contains("P040"), "{name:?}");
        assert_eq!(made.body().unwrap(), BODY, "{name:?}");
        let refused = made.unpack();
        let refused = matches!(
            refused,
            Err(UnpackError::Pack(PackError::UnsafeName { .. }))
        );
        assert!(refused, "{name:?}");
        assert_eq!(made.files(), ["made.offprint"], "{name:?}");
    }
    let mut odd = Entry::new("evil", "evil");
    odd.name = b"ev\xFFil".to_vec();
    let made = with(odd);
    assert!(made.codes().contains("P040"));
    assert!(made.unpack().is_err());
    assert_eq!(made.files(), ["made.offprint"]);
}

#[test]
fn names_that_some_systems_take_for_one_are_not_unpacked() {
    for name in ["stories/A.md", "Stories/a.md", "STORIES/A.MD", "Pack.ron"] {
        let made = with(Entry::new(name, "other"));
        assert!(made.codes().contains("P044"), "{name}");
        assert_eq!(made.body().unwrap(), BODY, "{name}");
        assert!(
            matches!(made.unpack(), Err(UnpackError::Collision { .. })),
            "{name}"
        );
        assert_eq!(made.files(), ["made.offprint"]);
    }
    let made = Made::new(&zip(&[
        Entry::new("pack.ron", MANIFEST),
        Entry::new("images/\u{e9}.png", "one"),
        Entry::new("images/e\u{301}.png", "two"),
    ]));
    assert!(made.codes().contains("P044"));
    assert!(matches!(made.unpack(), Err(UnpackError::Collision { .. })));
}

#[test]
fn links_and_devices_are_not_files() {
    for (mode, code) in [
        (0o120_777, "P042"),
        (0o020_666, "P041"),
        (0o010_666, "P041"),
    ] {
        let made = with_body(|entry| {
            *entry = Entry::new("stories/a.md", "/etc/passwd");
            entry.attributes = mode << 16;
        });
        assert!(made.codes().contains(code), "{mode:o}");
        assert!(made.body().is_err(), "{mode:o}");
        assert!(made.unpack().is_err(), "{mode:o}");
        assert_eq!(made.files(), ["made.offprint"]);
    }
}

#[test]
fn entries_of_unknown_kinds_are_told() {
    let cases: [Case; 4] = [
        ("encrypted", |it| it.flags |= 1),
        ("strongly encrypted", |it| it.flags |= 1 << 6),
        ("LZMA", |it| it.method = 14),
        ("Deflate64", |it| it.method = 9),
    ];
    for (what, change) in cases {
        let made = with_body(change);
        assert!(made.codes().contains("P041"), "{what}");
        assert!(
            matches!(made.body(), Err(PackError::Entry { .. })),
            "{what}"
        );
        assert_eq!(made.open().unwrap().count(), 1);
    }
}

#[test]
fn what_two_headers_say_differently_is_not_opened() {
    let cases: [Case; 3] = [
        ("name", |it| it.local_name = Some(b"stories/b.md".to_vec())),
        ("size", |it| it.local_size = Some(it.size + 1)),
        ("place", |it| it.offset = Some(10_000)),
    ];
    for (what, change) in cases {
        let made = with_body(change);
        assert!(made.codes().contains("P073"), "{what}");
        assert!(made.body().is_err(), "{what}");
    }
}

#[test]
fn sizes_and_sums_are_held_against_what_comes_out() {
    let cases: [Case; 5] = [
        ("larger", |it| it.size += 1),
        ("smaller", |it| it.size -= 1),
        ("huge", |it| it.size = u32::MAX - 1),
        ("another sum", |it| it.crc ^= 1),
        ("cut", |it| it.data.truncate(9)),
    ];
    for (what, change) in cases {
        let made = with_body(change);
        assert!(made.codes().contains("P041"), "{what}: {:?}", made.codes());
        assert!(made.body().is_err(), "{what}");
        assert!(made.unpack().is_err(), "{what}");
        assert_eq!(made.files(), ["made.offprint"]);
    }
}

#[test]
fn of_two_entries_with_one_name_the_last_counts_and_it_is_told() {
    let made = Made::new(&zip(&[
        Entry::new("pack.ron", MANIFEST),
        Entry::new("stories/a.md", "The first."),
        Entry::new("stories/a.md", "The second."),
    ]));
    assert!(made.codes().contains("P072"));
    assert_eq!(made.body().unwrap(), "The second.");
}

#[test]
fn entries_that_share_bytes_are_not_opened() {
    // Ten names for one content: the start of every bomb that is worth its name.
    let bomb = Entry::deflated("bomb", vec![0; 900_000]);
    let mut entries = vec![Entry::new("pack.ron", MANIFEST), bomb.clone()];
    let place = zip(&entries[..1]).len() as u32 - 22 - 46 - 8;
    for n in 0..10 {
        entries.push(Entry {
            name: format!("bomb{n}").into(),
            offset: Some(place),
            ..bomb.clone()
        });
    }
    let made = Made::new(&zip(&entries));
    assert!(made.codes().contains("P073"));
    assert!(made.unpack().is_err());
    assert_eq!(made.files(), ["made.offprint"]);
}

#[test]
fn an_entry_that_holds_the_archive_it_lies_in_is_not_opened() {
    // Such a file unpacks to itself for ever, for whoever looks into what comes out.
    let honest = zip(&[
        Entry::new("pack.ron", MANIFEST),
        Entry::new("self.offprint", ""),
    ]);
    let start = honest.len() - 22 - (46 + 8) - (46 + 13);
    let mut whole = honest.clone();
    let size = (honest.len() as u32 - 1).to_le_bytes();
    let [local, central] = [start - 30 - 13, start + 46 + 8];
    for (record, fields) in [(local, [18, 22]), (central, [20, 24])] {
        for field in fields {
            whole[record + field..record + field + 4].copy_from_slice(&size);
        }
    }
    let made = Made::new(&whole);
    assert!(made.codes().contains("P073"), "{:?}", made.codes());
    assert!(made.unpack().is_err());
    assert_eq!(made.files(), ["made.offprint"]);
}

#[test]
fn what_unpacks_to_a_thousand_times_its_size_is_not_unpacked() {
    let made = with(Entry::deflated("images/a.png", vec![0; 30 << 20]));
    assert!(fs::metadata(made.path()).unwrap().len() < 100_000);
    assert!(made.codes().contains("P041"));
    assert!(made.unpack().is_err());
    assert_eq!(made.files(), ["made.offprint"]);
}

#[test]
fn an_archive_inside_an_archive_is_never_looked_into() {
    let inner = zip(&[Entry::deflated("bomb", vec![0; 1 << 20])]);
    let mut made = with(Entry::new("inner.zip", &inner));
    for _ in 0..3 {
        let whole = fs::read(made.path()).unwrap();
        made = with(Entry::new("inner.offprint", &whole));
    }
    assert_eq!(made.body().unwrap(), BODY);
    assert!(made.unpack().is_ok());
    let files = made.files();
    assert_eq!(files.len(), 4, "{files:?}");
}

#[test]
fn ends_that_lie_are_refused() {
    let entries = [
        Entry::new("pack.ron", MANIFEST),
        Entry::deflated("stories/a.md", BODY),
    ];
    let of = |end: End| zip_with(&entries, &end);
    let mut prepended = b"#!/bin/sh\nexit\n".to_vec();
    prepended.extend(zip(&entries));
    let cases = [
        (
            "more entries than bytes",
            of(End {
                entries: Some(60_000),
                ..End::default()
            }),
        ),
        (
            "fewer entries",
            of(End {
                entries: Some(1),
                ..End::default()
            }),
        ),
        (
            "another volume",
            of(End {
                disk: 1,
                ..End::default()
            }),
        ),
        (
            "ZIP64 that disagrees",
            of(End {
                entries: Some(3),
                wide: true,
                ..End::default()
            }),
        ),
        ("something before it", prepended),
    ];
    for (what, bytes) in cases {
        let made = Made::new(&bytes);
        let error = made.open().map(|_| ()).unwrap_err();
        assert_eq!(error.code(), Some("P041"), "{what}");
        assert_eq!(made.codes(), BTreeSet::from(["P041"]), "{what}");
        assert!(made.unpack().is_err(), "{what}");
        assert_eq!(made.files(), ["made.offprint"]);
    }
}

#[test]
fn ends_that_are_unusual_are_read() {
    let entries = [
        Entry::new("pack.ron", MANIFEST),
        Entry::deflated("stories/a.md", BODY),
    ];
    let wide = zip_with(
        &entries,
        &End {
            wide: true,
            ..End::default()
        },
    );
    // A comment that looks like an end is none.
    let comment = [b"PK\x05\x06".to_vec(), vec![0; 30]].concat();
    let remarked = zip_with(
        &entries,
        &End {
            comment,
            ..End::default()
        },
    );
    for bytes in [wide, remarked] {
        let made = Made::new(&bytes);
        assert_eq!(made.body().unwrap(), BODY);
        assert!(!made.codes().contains("P074"));
    }
    let mut trailing = zip(&entries);
    trailing.extend([0; 512]);
    let made = Made::new(&trailing);
    assert_eq!(made.body().unwrap(), BODY);
    assert!(made.codes().contains("P074"));
}

#[test]
fn a_million_entries_are_a_limit() {
    for (extra, opens) in [(999_999, true), (1_000_000, false)] {
        let mut out = zip(&[Entry::new("pack.ron", MANIFEST)]);
        let start = out.len() - 22 - 46 - 8;
        out.truncate(out.len() - 22);
        let listed = out[start..start + 46].to_vec();
        for n in 0..extra {
            out.extend(&listed[..28]);
            out.extend(7_u16.to_le_bytes());
            out.extend(&listed[30..42]);
            out.extend(0xFFFF_0000_u32.to_le_bytes());
            out.extend(format!("{n:07x}").as_bytes());
        }
        let size = out.len() - start;
        let end = End {
            wide: true,
            ..End::default()
        };
        let made = Made::new(&close(out, extra + 1, size, start, &end));
        assert_eq!(made.open().is_ok(), opens, "{extra}");
    }
}

#[test]
fn every_changed_byte_and_every_cut_is_survived() {
    let sound = zip(&[
        Entry::new("mimetype", "application/vnd.offprint.pack+zip"),
        Entry::new("pack.ron", MANIFEST),
        Entry::deflated("stories/a.md", BODY),
    ]);
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 0x55;
        let made = Made::new(&changed);
        if let Ok(text) = made.body() {
            assert!(text == BODY || text.is_empty(), "{at}: {text}");
        }
        let cut = Made::new(&sound[..at]);
        if let Ok(text) = cut.body() {
            assert!(text == BODY || text.is_empty(), "{at}: {text}");
        }
    }
}
