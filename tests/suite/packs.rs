//! Opening and checking packs: good ones, and every kind of bad one that somebody may hand to a reader.

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use offprint::article::{Block, NoteKind};
use offprint::model::{Edition as _, Origin, StoryId};
use offprint::pack::{self, Pack, PackError, Problem, Severity};
use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

static NOT_CANCELLED: AtomicBool = AtomicBool::new(false);

/// A fixture of `tests/packs`.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/packs")
        .join(name)
}

fn open(path: &Path) -> Result<(Pack, Vec<Problem>), PackError> {
    pack::open(&Origin::Path(path.to_owned()), &NOT_CANCELLED, &|_| {})
}

fn open_error(path: &Path) -> PackError {
    open(path).map(|(_, problems)| problems).unwrap_err()
}

/// Code and line of every problem, without the advice that the bare packs of this page deserve.
fn check(path: &Path) -> Vec<(&'static str, Option<usize>)> {
    let problems = pack::check(&Origin::Path(path.to_owned()), &NOT_CANCELLED).unwrap();
    let told = |p: &&Problem| p.severity != Severity::Advice || ["P033", "P034"].contains(&p.code);
    problems
        .iter()
        .filter(told)
        .map(|p| (p.code, p.line))
        .collect()
}

fn codes(path: &Path) -> Vec<&'static str> {
    check(path).into_iter().map(|(code, _)| code).collect()
}

fn row(pack: &Pack, id: &str) -> usize {
    pack.row_of(&StoryId::new(id)).unwrap()
}

/// A pack in a folder of its own, with one story `a` and whatever else a test puts beside it.
struct Made {
    folder: TempDir,
}

impl Made {
    fn new() -> Self {
        Self::with_story(r#"Story(id: "a", headline: "A")"#)
    }

    /// `story` is one or more stories in RON.
    fn with_story(story: &str) -> Self {
        let made = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        made.file("pack.ron", manifest(story))
    }

    fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn manifest(story: &str) -> String {
    format!(
        r#"Pack(format: 1, id: "org.example.made", edition: "1", title: "Made", sections: [Section(id: "s", title: "S", stories: [{story}])])"#
    )
}

fn with_picture(file: &str) -> String {
    format!(r#"Story(id: "a", headline: "A", thumbnail: Image(file: "{file}", alt: "x"))"#)
}

/// A ZIP of the given entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let media_type: &[u8] = b"application/vnd.offprint.pack+zip";
    let mut all = vec![("mimetype", media_type)];
    all.extend(entries);
    zipped_by_hand(&all)
}

/// The same as somebody would make it who knows nothing of the type.
fn zipped_by_hand(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = match *name {
            "mimetype" => {
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
            }
            _ => SimpleFileOptions::default(),
        };
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A ZIP in a file of its own.
fn archive(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.offprint");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The start of a PNG of that size, with its end but without pixels.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    png.extend(width.to_be_bytes());
    png.extend(height.to_be_bytes());
    png.extend(b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xAE\x42\x60\x82");
    png
}

#[test]
fn a_good_pack_has_no_problems() {
    let path = fixture("good");
    let found = pack::check(&Origin::Path(path.clone()), &NOT_CANCELLED);
    assert_eq!(found.unwrap(), []);
    let (pack, problems) = open(&path).unwrap();
    assert_eq!(problems, []);
    assert_eq!(pack.info().title, "Harbour Post");
    assert_eq!(pack.count(), 3);
    assert_eq!(pack.sections()[1].rows, 2..3);
    let story = pack.story(0).unwrap();
    assert_eq!(story.byline, ["Ana Lee", "Jo Tan"]);
    assert_eq!(story.updated.unwrap().long(), "1 September 2025, 09:30");
    assert_eq!(
        pack.story(1).unwrap().headline,
        "Council votes \"yes\" by one"
    );
    assert!(!pack.story(1).unwrap().brief);
    assert!(pack.story(2).unwrap().brief);
    assert_eq!(pack.story(3), None);
}

#[test]
fn a_body_has_every_kind_of_block() {
    let (pack, _) = open(&fixture("good")).unwrap();
    let body = pack.body(0).unwrap();
    assert_eq!(body.body.warnings, []);
    let kinds: Vec<&str> = body
        .body
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(_) => "paragraph",
            Block::Heading { .. } => "heading",
            Block::Quote(_) => "quote",
            Block::PullQuote(_) => "pull quote",
            Block::List { .. } => "list",
            Block::Figure(_) => "figure",
            Block::Note {
                kind: NoteKind::Editor,
                ..
            } => "note",
            Block::Note {
                kind: NoteKind::Correction,
                ..
            } => "correction",
            Block::Note {
                kind: NoteKind::Update,
                ..
            } => "update",
            Block::Note {
                kind: NoteKind::KeyFacts,
                ..
            } => "key facts",
            Block::Table { .. } => "table",
            Block::Rule => "rule",
            Block::Code { .. } => "code",
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "paragraph",
            "key facts",
            "heading",
            "list",
            "quote",
            "pull quote",
            "heading",
            "table",
            "figure",
            "code",
            "rule",
            "correction",
            "update",
            "note",
        ]
    );
    assert_eq!(body.sizes["images/harbour.png"], (384, 256));
    assert_eq!(body.sizes["images/chart.png"], (64, 48));
    assert_eq!(body.digest.len(), 64);
    assert!(pack.source_text(0).unwrap().starts_with("The quay opens"));
    let brief = pack.body(2).unwrap();
    assert!(brief.body.is_empty());
    assert_eq!(
        brief.digest,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn four_scripts_open() {
    let path = fixture("scripts");
    assert_eq!(check(&path), []);
    let (pack, _) = open(&path).unwrap();
    for row in 0..pack.count() {
        let body = pack.body(row).unwrap().body;
        assert!(body.blocks.len() > 5);
        assert!(body.words() > 50, "{}", body.words());
    }
}

#[test]
fn packs_inside_the_program_open() {
    for origin in [Origin::WorldDesk, Origin::Guide] {
        match pack::open(&origin, &NOT_CANCELLED, &|_| {}) {
            Ok((pack, problems)) => {
                assert_eq!(problems, [], "{origin:?}");
                for row in 0..pack.count() {
                    pack.body(row).unwrap();
                }
                assert_eq!(
                    pack::check(&origin, &NOT_CANCELLED).unwrap(),
                    [],
                    "{origin:?}"
                );
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn the_same_edition_from_either_form() {
    let folder = fixture("good");
    let mut entries = Vec::new();
    for name in [
        "pack.ron",
        "stories/new-quay.md",
        "texts/vote.md",
        "images/harbour.png",
        "images/chart.png",
        "images/cover.png",
    ] {
        entries.push((name, fs::read(folder.join(name)).unwrap()));
    }
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    let (_kept, path) = archive(&zipped(&entries));
    assert_eq!(check(&path), []);
    let ((zip, _), (folder, _)) = (open(&path).unwrap(), open(&folder).unwrap());
    assert_eq!(zip.info(), folder.info());
    for row in 0..folder.count() {
        assert_eq!(zip.story(row), folder.story(row));
        assert_eq!(zip.body(row).unwrap(), folder.body(row).unwrap());
    }
    // From several threads at once.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(zip.body(0).unwrap().body, folder.body(0).unwrap().body);
                    assert!(zip.picture("images/harbour.png").is_ok());
                }
            });
        }
    });
}

#[test]
fn a_manifest_opens_its_folder_and_a_wrapped_pack_is_found() {
    let path = fixture("good").join("pack.ron");
    assert_eq!(open(&path).unwrap().0.count(), 3);

    let outer = tempfile::tempdir().unwrap();
    let inner = outer.path().join("edition");
    fs::create_dir_all(inner.join("stories")).unwrap();
    fs::write(
        inner.join("pack.ron"),
        manifest(r#"Story(id: "a", headline: "A")"#),
    )
    .unwrap();
    fs::write(inner.join("stories/a.md"), "Words.").unwrap();
    let (pack, problems) = open(outer.path()).unwrap();
    assert!(!pack.story(0).unwrap().brief);
    assert_eq!(problems[0].severity, Severity::Advice);

    let manifest = manifest(r#"Story(id: "a", headline: "A")"#);
    let (_kept, path) = archive(&zipped(&[
        ("edition/pack.ron", manifest.as_bytes()),
        ("__MACOSX/x", b""),
        ("edition/stories/a.md", b"Words."),
    ]));
    let (pack, _) = open(&path).unwrap();
    assert_eq!(pack.body(0).unwrap().body.plain(), "Words.");
    let (_kept, path) = archive(&zipped(&[
        ("a/pack.ron", manifest.as_bytes()),
        ("b/x", b""),
    ]));
    assert_eq!(open_error(&path).code(), Some("P001"));
}

#[test]
fn every_fault_has_its_code_and_line() {
    assert_eq!(
        check(&fixture("faults")),
        [
            ("P010", Some(6)),
            ("P013", Some(9)),
            ("P011", Some(10)),
            ("P012", Some(11)),
            ("P040", Some(15)),
            ("P014", Some(16)),
            ("P020", Some(17)),
            ("P016", Some(19)),
            ("P033", Some(21)),
            ("P030", Some(21)),
            ("P025", Some(22)),
            ("P015", Some(25)),
            ("P023", Some(1)),
            ("P024", Some(3)),
            ("P025", Some(3)),
            ("P030", Some(5)),
            ("P033", Some(5)),
            ("P031", Some(7)),
            ("P040", Some(9)),
            ("P025", Some(11)),
        ]
    );
    let (pack, problems) = open(&fixture("faults")).unwrap();
    assert_eq!(pack.count(), 3);
    assert_eq!(pack.sections().len(), 1);
    assert_eq!(pack.story(2).unwrap().headline, "fifth");
    assert_eq!(problems[0].column, Some(5));
    // The dead link is plain text, and said so.
    let body = pack.body(0).unwrap();
    assert!(body.body.html().contains("<p>A link, and another.</p>"));
    assert!(body.body.warnings.iter().any(|w| w.code == "P024"));
}

#[test]
fn no_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let error = open_error(folder.path());
    assert_eq!(error.code(), Some("P001"));
    assert!(
        error
            .to_string()
            .ends_with(&folder.path().display().to_string())
    );
    assert_eq!(codes(folder.path()), ["P001"]);
    let (_kept, path) = archive(&zipped(&[("readme.txt", b"hello")]));
    assert_eq!(open_error(&path).code(), Some("P001"));
}

#[test]
fn an_unreadable_manifest_says_where_and_what() {
    let error = open_error(&fixture("garbled"));
    let PackError::ManifestSyntax {
        line,
        column,
        text,
        reason,
        ..
    } = &error
    else {
        panic!("{error}");
    };
    assert_eq!((*line, *column), (5, 5), "{error}");
    assert_eq!(text, r#"title: "A comma is missing above","#);
    assert!(reason.contains("comma") || reason.contains(')'), "{reason}");
    assert_eq!(check(&fixture("garbled")), [("P002", Some(5))]);

    let long = format!("Pack(format: 1, x: {}", "é".repeat(5000));
    let deep = format!("Pack(format: 1, x: {})", "[".repeat(200_000));
    let deep_comment = format!("{}Pack(", "/*".repeat(200_000));
    let named: Vec<String> = (0..100_000).map(|n| format!("a(b{n}:")).collect();
    let deep_unknown = format!("Pack(format: 1, x: {})", named.concat());
    let cases: [(&[u8], usize); 13] = [
        (b"", 1),
        (b"\0\0\0\0", 1),
        (b"Pack(\n  format: 1,\n  title: \"\xFF\",\n)", 3),
        (b"Pack(\n  format: \"one\")", 2),
        (b"Pack(\n\n  format: 1,\n  format: 1)", 4),
        (b"{\"format\": 1}", 1),
        (b"Pack(format: 1,\n id: \"x y\")", 2),
        (b"Pack(format: 1, id: \"x\",\n edition: \"\")", 2),
        (b"Pack(id: \"x\")", 1),
        (long.as_bytes(), 1),
        (deep.as_bytes(), 1),
        (deep_comment.as_bytes(), 1),
        (deep_unknown.as_bytes(), 1),
    ];
    for (bytes, expected) in cases {
        let made = Made::new().file("pack.ron", bytes);
        let error = open_error(made.path());
        let PackError::ManifestSyntax { line, text, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(*line, expected, "{error}");
        assert!(text.chars().count() <= 121);
    }
    // A hole in a file: as long as it says, and no disk is filled.
    let made = Made::new().file("pack.ron", b"");
    let manifest = File::options()
        .write(true)
        .open(made.path().join("pack.ron"));
    manifest
        .unwrap()
        .set_len(pack::limits::MANIFEST_BYTES + 1)
        .unwrap();
    assert!(matches!(
        open_error(made.path()),
        PackError::ManifestTooLarge { .. }
    ));
}

#[test]
fn hostile_manifests_leave_a_worker_thread_standing() {
    let texts = [
        format!("Pack(format: 1, x: {})", "(a:".repeat(100_000)),
        format!("Pack(format: 1, x: {})", "Some(".repeat(100_000)),
        format!("Pack(format: 1, x: {})", "{1:".repeat(100_000)),
        "/*".repeat(1_000_000),
        "(".repeat(1_000_000),
    ];
    for text in texts {
        let made = Made::new().file("pack.ron", text);
        let path = made.path().to_owned();
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        let opened = thread.spawn(move || open_error(&path)).unwrap().join();
        assert_eq!(opened.unwrap().code(), Some("P002"));
    }
}

#[test]
fn a_newer_format_asks_for_a_newer_program() {
    let error = open_error(&fixture("newer"));
    assert!(
        matches!(error, PackError::NewerFormat { format: 2, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("newer Offprint"));
    assert_eq!(codes(&fixture("newer")), ["P003"]);
}

#[test]
fn no_story() {
    assert_eq!(open_error(&fixture("empty")).code(), Some("P004"));
    assert_eq!(codes(&fixture("empty")), ["P004"]);
}

#[test]
fn missing_body_and_picture() {
    let made = Made::with_story(
        r#"Story(id: "a", headline: "A", body: "stories/b.md", thumbnail: Image(file: "images/x.png", alt: "x"))"#,
    );
    assert_eq!(codes(made.path()), ["P020", "P030"]);
    let (pack, problems) = open(made.path()).unwrap();
    assert_eq!(problems.len(), 1);
    assert!(pack.story(0).unwrap().brief);
    assert!(matches!(
        pack.picture("images/x.png"),
        Err(PackError::Missing { .. })
    ));
    assert!(pack.body(0).unwrap().sizes.is_empty());
}

#[test]
fn bad_pictures() {
    let good = fs::read(fixture("good/images/harbour.png")).unwrap();
    let mut made = Made::with_story(&with_picture("images/x.png"));
    let cases: [(&str, Vec<u8>, &[&str]); 7] = [
        ("sound", good.clone(), &[]),
        ("cut off", good[..good.len() / 2].to_vec(), &["P031"]),
        ("no picture", b"<svg xmlns='x'/>".to_vec(), &["P031"]),
        ("empty", Vec::new(), &["P031"]),
        (
            "another type",
            b"RIFF\x1E\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x1F\0\0\x1F\0\0VP8 \0\0\0\0".to_vec(),
            &["P034"],
        ),
        ("huge", png_header(30_000, 30_000), &["P032"]),
        ("absurd", png_header(u32::MAX, u32::MAX), &["P032"]),
    ];
    for (what, bytes, expected) in cases {
        made = made.file("images/x.png", bytes);
        assert_eq!(codes(made.path()), expected, "{what}");
    }
}

#[test]
fn too_many_pixels_are_not_handed_out() {
    let made = Made::with_story(&with_picture("images/x.png"))
        .file("images/x.png", png_header(30_000, 30_000));
    let (pack, _) = open(made.path()).unwrap();
    assert!(matches!(
        pack.picture("images/x.png"),
        Err(PackError::TooManyPixels {
            width: 30_000,
            height: 30_000,
            ..
        })
    ));
    assert!(pack.body(0).unwrap().sizes.is_empty());
}

#[test]
fn bad_bodies() {
    let made = Made::new().file("stories/a.md", b"Sound.\n\ncaf\xE9\n");
    assert_eq!(check(made.path()), [("P021", Some(3))]);
    let (pack, _) = open(made.path()).unwrap();
    assert!(matches!(
        pack.body(0),
        Err(PackError::NotUtf8 { line: 3, .. })
    ));

    // Fifty megabytes that take no room on the disk.
    let made = Made::new().file("stories/a.md", "");
    File::create(made.path().join("stories/a.md"))
        .unwrap()
        .set_len(50_000_000)
        .unwrap();
    assert_eq!(codes(made.path()), ["P022"]);
    let (pack, _) = open(made.path()).unwrap();
    assert!(matches!(pack.body(0), Err(PackError::TooLarge { .. })));

    // A folder where the body should be.
    let made = Made::new().file("stories/a.md/x", "");
    assert_eq!(codes(made.path()), ["P020"]);
    let (pack, _) = open(made.path()).unwrap();
    assert!(matches!(pack.body(0), Err(PackError::NotAFile { .. })));
}

#[test]
fn names_that_leave_the_pack_are_refused() {
    for name in [
        "../secret.png",
        "/etc/passwd",
        "images/../../secret.png",
        "C:/secret.png",
        "a\\\\b.png",
    ] {
        let made = Made::with_story(&with_picture(name));
        assert_eq!(codes(made.path()), ["P040"], "{name}");
        let (pack, _) = open(made.path()).unwrap();
        assert_eq!(pack.story(0).unwrap().thumbnail, None);
        assert!(matches!(
            pack.picture(name),
            Err(PackError::UnsafeName { .. })
        ));
    }
    let made = Made::with_story(r#"Story(id: "a", headline: "A", body: "/etc/passwd")"#);
    assert_eq!(codes(made.path()), ["P040"]);
    assert!(open(made.path()).unwrap().0.story(0).unwrap().brief);
}

#[test]
fn archives_with_unsafe_entries_are_told_and_harmless() {
    let manifest = manifest(r#"Story(id: "a", headline: "A")"#);
    let (_kept, path) = archive(&zipped(&[
        ("pack.ron", manifest.as_bytes()),
        ("../../evil", b"x"),
        ("/etc/evil", b"x"),
    ]));
    assert_eq!(codes(&path), ["P040", "P040"]);
    assert_eq!(open(&path).unwrap().0.count(), 1);
}

#[test]
fn files_that_are_no_archives() {
    let manifest = manifest(r#"Story(id: "a", headline: "A")"#);
    let sound = zipped_by_hand(&[
        ("pack.ron", manifest.as_bytes()),
        ("stories/a.md", "Words. ".repeat(500).as_bytes()),
    ]);
    let mut counted = sound.clone();
    let end = counted.len() - 22;
    counted[end + 10] = 0xFF;
    let mut wide = sound.clone();
    let end_record = wide.split_off(end);
    let at = wide.len() as u64;
    wide.extend(b"PK\x06\x06\x2C\0\0\0\0\0\0\0\x2D\0\x2D\0\0\0\0\0\0\0\0\0");
    wide.extend([0xFF_u8; 16].iter().map(|b| b & 0x0F));
    wide.extend([0; 16]);
    wide.extend(b"PK\x06\x07\0\0\0\0");
    wide.extend(at.to_le_bytes());
    wide.extend(1_u32.to_le_bytes());
    wide.extend(end_record);
    let cases: [(&str, &[u8]); 8] = [
        ("empty", b""),
        ("text", b"hello"),
        ("the start of one", b"PK\x03\x04"),
        ("cut off", &sound[..sound.len() / 2]),
        ("without its end", &sound[..sound.len() - 22]),
        ("without its start", &sound[60..]),
        ("more entries than there are", &counted),
        ("more entries than there can be", &wide),
    ];
    for (what, bytes) in cases {
        let (_kept, path) = archive(bytes);
        assert_eq!(open_error(&path).code(), Some("P041"), "{what}");
        assert_eq!(codes(&path), ["P041"], "{what}");
    }
    // Every way of cutting and of changing one byte is survived.
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 0x55;
        let (_kept, path) = archive(&changed);
        if let Ok((pack, _)) = open(&path) {
            drop(pack.body(0));
        }
    }
}

#[test]
fn an_archive_that_lies_about_sizes() {
    let manifest = manifest(r#"Story(id: "a", headline: "A")"#);
    let long = "Words. ".repeat(20_000);
    let sound = zipped(&[
        ("pack.ron", manifest.as_bytes()),
        ("stories/a.md", long.as_bytes()),
    ]);
    let (_kept, path) = archive(&sound);
    assert_eq!(
        open(&path).unwrap().0.source_text(0).unwrap().len(),
        long.len()
    );

    // The size, wherever it is written, becomes ten bytes.
    let mut lying = sound;
    let size = (long.len() as u32).to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4)
        .filter(|&at| lying[at..at + 4] == size)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let (_kept, path) = archive(&lying);
    assert_eq!(codes(&path), ["P041"]);
    let (pack, _) = open(&path).unwrap();
    assert!(matches!(pack.body(0), Err(PackError::Entry { .. })));
}

#[test]
fn an_archive_that_unpacks_to_more_than_the_limit() {
    let manifest = manifest(&with_picture("images/x.png"));
    let (_kept, path) = archive(&zipped(&[
        ("pack.ron", manifest.as_bytes()),
        ("stories/a.md", &vec![b'a'; 9 << 20]),
        ("images/x.png", &vec![0; 33 << 20]),
    ]));
    assert!(fs::metadata(&path).unwrap().len() < 1 << 20);
    // Once for what they are to the edition, once for what they are to whoever unpacks them.
    assert_eq!(codes(&path), ["P032", "P041", "P022", "P041"]);
    let (pack, _) = open(&path).unwrap();
    assert!(matches!(pack.body(0), Err(PackError::TooLarge { .. })));
    assert!(matches!(
        pack.picture("images/x.png"),
        Err(PackError::TooLarge { .. })
    ));
}

#[test]
fn places_that_are_no_packs() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("gone");
    let error = open_error(&missing);
    assert!(matches!(error, PackError::NotFound { .. }));
    assert!(error.to_string().ends_with(&missing.display().to_string()));
    assert!(pack::check(&Origin::Path(missing), &NOT_CANCELLED).is_err());
    // A folder where the manifest should be.
    fs::create_dir(folder.path().join("pack.ron")).unwrap();
    assert_eq!(open_error(folder.path()).code(), Some("P001"));
}

#[test]
fn a_pack_that_vanishes_while_it_is_open() {
    let made = Made::new().file("stories/a.md", "Words.");
    let (pack, _) = open(made.path()).unwrap();
    let row = row(&pack, "a");
    assert!(pack.body(row).is_ok());
    fs::remove_file(made.path().join("stories/a.md")).unwrap();
    assert!(matches!(pack.body(row), Err(PackError::Missing { .. })));
    drop(made);
    assert!(matches!(pack.body(row), Err(PackError::Vanished { .. })));
    assert!(matches!(
        pack.picture("images/x.png"),
        Err(PackError::Vanished { .. })
    ));
    // What was read stays readable.
    assert_eq!(pack.story(row).unwrap().headline, "A");
}

#[test]
fn opening_can_be_cancelled() {
    let cancel = AtomicBool::new(true);
    let opened = pack::open(&Origin::Path(fixture("good")), &cancel, &|_| {});
    assert!(matches!(opened, Err(PackError::Cancelled)));
    let cancel = AtomicBool::new(false);
    let opened = pack::open(&Origin::Path(fixture("good")), &cancel, &|_| {
        cancel.store(true, Ordering::Relaxed);
    });
    assert!(matches!(opened, Err(PackError::Cancelled)));
}

#[test]
fn a_hundred_thousand_stories_are_one_path() {
    let story = |n| format!("Story(id:\"s{n}\",headline:\"Headline number {n}\"),");
    let stories = (0..100_000).map(story).collect::<Vec<String>>().concat();
    let made = Made::with_story(&stories).file("stories/s77777.md", "Words.");
    let (pack, problems) = open(made.path()).unwrap();
    assert_eq!(problems, []);
    assert_eq!(pack.count(), 100_000);
    assert_eq!(row(&pack, "s77777"), 77_777);
    assert!(!pack.story(77_777).unwrap().brief);
    assert!(pack.story(77_778).unwrap().brief);
}

/// What only some systems have: links, pipes and rights.
#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn links_that_leave_the_pack() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "Secret.").unwrap();
        fs::write(outside.path().join("secret.png"), png_header(1, 1)).unwrap();
        let made = Made::with_story(&with_picture("images/x.png"))
            .file("stories/x", "")
            .file("images/y", "");
        symlink(
            outside.path().join("secret.md"),
            made.path().join("stories/a.md"),
        )
        .unwrap();
        symlink(
            outside.path().join("secret.png"),
            made.path().join("images/x.png"),
        )
        .unwrap();
        assert_eq!(codes(made.path()), ["P042", "P042"]);
        let (pack, _) = open(made.path()).unwrap();
        assert!(matches!(pack.body(0), Err(PackError::LeavesPack { .. })));
        assert!(matches!(
            pack.picture("images/x.png"),
            Err(PackError::LeavesPack { .. })
        ));

        // A folder that is a link, and a link that stays inside.
        let made = Made::new().file("texts/b.md", "Words.");
        symlink(outside.path(), made.path().join("images")).unwrap();
        fs::create_dir(made.path().join("stories")).unwrap();
        symlink("../texts/b.md", made.path().join("stories/a.md")).unwrap();
        let (pack, _) = open(made.path()).unwrap();
        assert_eq!(pack.body(0).unwrap().body.plain(), "Words.");
        assert!(matches!(
            pack.picture("images/secret.png"),
            Err(PackError::LeavesPack { .. })
        ));

        // A manifest that is a link out of the pack.
        let made = Made::new();
        fs::rename(
            made.path().join("pack.ron"),
            outside.path().join("pack.ron"),
        )
        .unwrap();
        symlink(
            outside.path().join("pack.ron"),
            made.path().join("pack.ron"),
        )
        .unwrap();
        assert!(matches!(
            open_error(made.path()),
            PackError::LeavesPack { .. }
        ));
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let made = Made::new().file("stories/x", "");
        let pipe = made.path().join("stories/a.md");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let (pack, _) = open(made.path()).unwrap();
        assert!(matches!(pack.body(0), Err(PackError::NotAFile { .. })));
        assert_eq!(codes(made.path()), ["P020"]);
        assert!(matches!(open_error(&pipe), PackError::NotAPlace { .. }));
    }

    /// Rights do not bind the superuser, so the whole program is asked as somebody else where the tests run as one.
    #[test]
    fn no_right_to_read() {
        const ASKED: &str = "OFFPRINT_TEST_FORBIDDEN";
        if let Some(folder) = std::env::var_os(ASKED) {
            let error = open_error(Path::new(&folder));
            assert!(matches!(error, PackError::Denied { .. }), "{error}");
            return;
        }
        let made = Made::new();
        fs::set_permissions(made.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let manifest = made.path().join("pack.ron");
        fs::set_permissions(&manifest, fs::Permissions::from_mode(0o000)).unwrap();
        if let Err(error) = fs::read(&manifest) {
            assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
            assert!(matches!(open_error(made.path()), PackError::Denied { .. }));
            return;
        }
        // A copy of this test where anybody may run it.
        let tests = made.path().join("tests");
        fs::copy(std::env::current_exe().unwrap(), &tests).unwrap();
        fs::set_permissions(&tests, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command
            .arg(&tests)
            .args(["--exact", "packs::unix::no_right_to_read", "--nocapture"]);
        let output = command
            .env(ASKED, made.path())
            .current_dir("/")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{said}"
        );
    }
}
