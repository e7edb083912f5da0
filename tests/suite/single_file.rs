//! Making a single file of a folder, taking it apart again, and mending it.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use offprint::model::{Edition as _, Origin};
use offprint::pack::{
    self, BuildError, BuildOptions, PackError, RepairError, Severity, SizeClass, UnpackError,
};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

static GO_ON: AtomicBool = AtomicBool::new(false);

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/packs")
        .join(name)
}

fn options(class: SizeClass) -> BuildOptions {
    BuildOptions {
        class,
        keep_metadata: false,
        deny: Severity::Error,
    }
}

/// A folder for what the tests make.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Builds the pack in `from`, and gives the file.
    fn build(&self, from: &Path, name: &str, class: SizeClass) -> PathBuf {
        let to = self.at(name);
        pack::build(from, &to, options(class), &GO_ON, &|_| {}).unwrap();
        to
    }

    fn good(&self, name: &str) -> PathBuf {
        self.build(&fixture("good"), name, SizeClass::Full)
    }

    /// A copy of a pack's folder, with other times on its files.
    fn copy(&self, from: &Path, name: &str) -> PathBuf {
        let to = self.at(name);
        copy(from, &to);
        to
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
            let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
            let file = File::options().write(true).open(&target).unwrap();
            file.set_modified(old).unwrap();
        }
    }
}

/// The names in a file, in the order of the directory, as another program sees them.
fn listed(path: &Path) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    (0..zip.len())
        .map(|index| zip.by_index(index).unwrap().name().unwrap().into_owned())
        .collect()
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

fn check(path: &Path) -> Vec<(&'static str, String)> {
    let problems = pack::check(&Origin::Path(path.to_owned()), &GO_ON).unwrap();
    problems.into_iter().map(|it| (it.code, it.file)).collect()
}

fn open(path: &Path) -> pack::Pack {
    pack::open(&Origin::Path(path.to_owned()), &GO_ON, &|_| {})
        .unwrap()
        .0
}

/// Whether a name is that of such a file.
fn is_a(name: &str, kind: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == kind)
}

/// Where a string of bytes lies in a file.
fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes
        .windows(wanted.len())
        .position(|it| it == wanted)
        .unwrap()
}

/// Changes one byte in the content of the entry `name`.
fn damage(path: &Path, name: &str) {
    let mut bytes = read(path);
    // The first place is the local header, whose content follows.
    let at = find(&bytes, name.as_bytes()) + name.len() + 20;
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

#[test]
fn the_same_input_gives_the_same_bytes_everywhere() {
    let bench = Bench::new();
    let first = read(&bench.good("first.offprint"));
    let copy = bench.copy(&fixture("good"), "elsewhere");
    let second = read(&bench.build(&copy, "second.offprint", SizeClass::Full));
    assert!(first == second);
    // What it came to when it was first made. A change means that files handed out before are no longer the same:
    // this is a new version of the container, to be told in FORMAT.md.
    let digest = Sha256::digest(&first);
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, GOLDEN);
}

const GOLDEN: &str = "c43fc53db2b1977fde690f7ad2e51aeef943dedfd1e740c394abda872b3c77a7";

#[test]
fn what_is_made_checks_clean_and_holds_the_same_edition() {
    let bench = Bench::new();
    for name in [
        "good",
        "scripts",
        "../../content/world-desk",
        "../../content/guide",
    ] {
        let from = fixture(name);
        let file = bench.build(&from, "made.offprint", SizeClass::Full);
        let serious = |path: &Path| {
            let problems = pack::check(&Origin::Path(path.to_owned()), &GO_ON).unwrap();
            problems
                .into_iter()
                .filter(|it| it.severity != Severity::Advice)
                .count()
        };
        assert_eq!(serious(&file), 0, "{name}");
        let (single, folder) = (open(&file), open(&from));
        assert_eq!(single.info(), folder.info());
        for row in 0..folder.count() {
            assert_eq!(single.story(row), folder.story(row));
            assert_eq!(single.body(row).unwrap(), folder.body(row).unwrap());
        }
    }
    assert_eq!(bench.names(), ["made.offprint"]);
}

#[test]
fn the_words_come_before_the_pictures_and_the_type_before_both() {
    let bench = Bench::new();
    let file = bench.good("a.offprint");
    let mut zip = zip::ZipArchive::new(File::open(&file).unwrap()).unwrap();
    let names = listed(&file);
    assert_eq!(names[..2], ["mimetype", "pack.ron"]);
    assert_eq!(names.last().unwrap(), "META/parts.ron");
    let place = |kind: &str| names.iter().position(|it| is_a(it, kind)).unwrap();
    assert!(place("md") < place("png"));
    let bytes = read(&file);
    assert_eq!(&bytes[30..71], b"mimetypeapplication/vnd.offprint.pack+zip");
    // Another program unpacks the same.
    for name in names.iter().filter(|it| is_a(it, "md") || is_a(it, "ron")) {
        let mut content = Vec::new();
        zip.by_name(name)
            .unwrap()
            .read_to_end(&mut content)
            .unwrap();
        if !name.starts_with("META/") {
            assert_eq!(content, read(&fixture("good").join(name)), "{name}");
        }
    }
}

#[test]
fn unpacking_and_building_again_gives_the_same_file() {
    let bench = Bench::new();
    for class in [SizeClass::Text, SizeClass::Small, SizeClass::Full] {
        let from = fixture("../../content/world-desk");
        let first = bench.build(&from, "first.offprint", class);
        let folder = bench.at("folder");
        let unpacked = pack::unpack(&first, &folder, &GO_ON, &|_, _| {}).unwrap();
        assert_eq!(unpacked.class, class);
        assert!(!folder.join("META").exists() && !folder.join("mimetype").exists());
        assert_eq!(read(&folder.join("pack.ron")), read(&from.join("pack.ron")));
        let second = bench.build(&folder, "second.offprint", class);
        assert!(read(&first) == read(&second), "{class:?}");
        fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn three_sizes_have_the_same_stories() {
    let bench = Bench::new();
    let from = fixture("../../content/world-desk");
    let [text, small, full] = [
        ("text.offprint", SizeClass::Text),
        ("small.offprint", SizeClass::Small),
        ("full.offprint", SizeClass::Full),
    ]
    .map(|(name, class)| bench.build(&from, name, class));
    let length = |path: &Path| fs::metadata(path).unwrap().len();
    assert!(length(&text) < length(&small) && length(&small) < length(&full));
    let packs = [&text, &small, &full].map(|it| open(it));
    for row in 0..packs[2].count() {
        let ids = packs.each_ref().map(|it| it.story(row).unwrap().id.clone());
        assert!(ids.iter().all(|it| *it == ids[2]));
        let digests = packs.each_ref().map(|it| it.body(row).unwrap().digest);
        assert!(digests.iter().all(|it| *it == digests[2]));
    }
    // Without pictures no place is kept for one, and none is missed.
    assert_eq!(packs[0].story(0).unwrap().thumbnail, None);
    let file = packs[1].story(0).unwrap().thumbnail.clone().unwrap().file;
    assert!(matches!(
        packs[0].picture(&file),
        Err(PackError::LeftOut { .. })
    ));
    assert_eq!(check(&text), []);
    assert_eq!(check(&small), []);
    let picture = packs[1].picture(&file).unwrap();
    let header = pack::PictureHeader::read(&picture).unwrap();
    assert_eq!(header.width.max(header.height), 480);
}

#[test]
fn pictures_tell_nothing_of_where_they_were_taken() {
    let bench = Bench::new();
    let from = bench.copy(&fixture("good"), "pack");
    let picture = from.join("images/harbour.png");
    let mut bytes = read(&picture);
    let secret = b"Taken at 52.5163N 13.3777E";
    let mut chunk = (secret.len() as u32).to_be_bytes().to_vec();
    chunk.extend(b"tEXt");
    chunk.extend(secret);
    let sum = crc32fast::hash(&chunk[4..]);
    chunk.extend(sum.to_be_bytes());
    bytes.splice(33..33, chunk);
    fs::write(&picture, &bytes).unwrap();
    let holds = |path: &Path| read(path).windows(secret.len()).any(|it| it == secret);

    let file = bench.build(&from, "bare.offprint", SizeClass::Full);
    assert!(!holds(&file));
    let kept = bench.at("kept.offprint");
    let options = BuildOptions {
        keep_metadata: true,
        ..options(SizeClass::Full)
    };
    pack::build(&from, &kept, options, &GO_ON, &|_| {}).unwrap();
    assert!(holds(&kept));
}

#[test]
fn what_the_edition_does_not_use_is_not_handed_out() {
    let bench = Bench::new();
    let from = bench.copy(&fixture("good"), "pack");
    for name in [
        "stories/draft-about-the-mayor.md",
        "notes.txt",
        "images/unused.png",
        ".DS_Store",
    ] {
        fs::write(from.join(name), "not yet").unwrap();
    }
    let file = bench.build(&from, "a.offprint", SizeClass::Full);
    assert!(read(&file) == read(&bench.good("b.offprint")));
}

#[test]
fn an_edition_with_errors_is_refused_and_what_was_there_stays() {
    let bench = Bench::new();
    let to = bench.at("a.offprint");
    fs::write(&to, "the edition of yesterday").unwrap();
    for from in ["garbled", "empty", "newer", "faults"] {
        let result = pack::build(
            &fixture(from),
            &to,
            options(SizeClass::Full),
            &GO_ON,
            &|_| {},
        );
        assert!(
            matches!(result, Err(BuildError::Refused(problems)) if !problems.is_empty()),
            "{from}"
        );
    }
    let gone = pack::build(
        &bench.at("gone"),
        &to,
        options(SizeClass::Full),
        &GO_ON,
        &|_| {},
    );
    assert!(matches!(
        gone,
        Err(BuildError::Pack(PackError::NotFound { .. }))
    ));
    let cancelled = AtomicBool::new(true);
    let given_up = pack::build(
        &fixture("good"),
        &to,
        options(SizeClass::Full),
        &cancelled,
        &|_| {},
    );
    assert!(matches!(
        given_up,
        Err(BuildError::Pack(PackError::Cancelled))
    ));
    assert_eq!(read(&to), b"the edition of yesterday");
    assert_eq!(bench.names(), ["a.offprint"]);
    // Nor is anything written that a reader would not know as a pack, such as the manifest itself.
    let from = bench.copy(&fixture("good"), "pack");
    let manifest = from.join("pack.ron");
    let before = read(&manifest);
    let misled = pack::build(&from, &manifest, options(SizeClass::Full), &GO_ON, &|_| {});
    assert!(matches!(misled, Err(BuildError::Name(_))));
    assert_eq!(read(&manifest), before);
}

#[test]
fn nothing_is_unpacked_over_something() {
    let bench = Bench::new();
    let file = bench.good("a.offprint");
    let to = bench.at("folder");
    fs::create_dir(&to).unwrap();
    fs::write(to.join("mine"), "mine").unwrap();
    let result = pack::unpack(&file, &to, &GO_ON, &|_, _| {});
    assert!(matches!(result, Err(UnpackError::Taken(_))));
    assert_eq!(fs::read_dir(&to).unwrap().count(), 1);
    fs::remove_file(to.join("mine")).unwrap();
    pack::unpack(&file, &to, &GO_ON, &|_, _| {}).unwrap();
    assert!(to.join("pack.ron").exists());
    assert!(matches!(
        pack::unpack(&to, &bench.at("b"), &GO_ON, &|_, _| {}),
        Err(UnpackError::IsFolder(_))
    ));
    assert_eq!(bench.names(), ["a.offprint", "folder"]);
}

/// A pack with three stories, made and broken.
struct Broken {
    bench: Bench,
    sound: Vec<u8>,
    file: PathBuf,
    other: PathBuf,
}

impl Broken {
    fn new() -> Self {
        let bench = Bench::new();
        let file = bench.good("a.offprint");
        let other = bench.good("b.offprint");
        Self {
            sound: read(&file),
            bench,
            file,
            other,
        }
    }

    fn repair(&self) -> Result<pack::Repaired, RepairError> {
        pack::repair(
            &self.file,
            std::slice::from_ref(&self.other),
            &GO_ON,
            &|_, _| {},
        )
    }
}

#[test]
fn a_damaged_part_is_named_and_the_rest_is_read() {
    let broken = Broken::new();
    let names = ["stories/new-quay.md", "images/harbour.png"];
    for name in names {
        damage(&broken.file, name);
    }
    let problems = check(&broken.file);
    for name in names {
        assert!(
            problems
                .iter()
                .any(|(code, file)| *code == "P041" && file == name),
            "{problems:?}"
        );
    }
    let pack = open(&broken.file);
    assert_eq!(pack.count(), 3);
    let sound = (0..3).filter(|row| pack.body(*row).is_ok()).count();
    assert_eq!(sound, 2);
    assert!(matches!(
        pack.picture(names[1]),
        Err(PackError::Entry { .. })
    ));

    let repaired = broken.repair().unwrap();
    let mut expected = names.to_vec();
    expected.sort_unstable();
    let mut mended = repaired.parts;
    mended.sort();
    assert_eq!(mended, expected);
    assert!(read(&broken.file) == broken.sound);
    let kept = repaired.kept.unwrap();
    assert_eq!(kept, broken.bench.at("a.offprint.damaged"));
    assert!(read(&kept) != broken.sound);
    assert_eq!(
        broken.bench.names(),
        ["a.offprint", "a.offprint.damaged", "b.offprint"]
    );
}

#[test]
fn two_copies_damaged_in_different_places_make_one_whole() {
    let broken = Broken::new();
    damage(&broken.file, "pack.ron");
    damage(&broken.other, "images/harbour.png");
    let before = read(&broken.other);
    let repaired = broken.repair().unwrap();
    assert_eq!(repaired.parts, ["pack.ron"]);
    assert!(read(&broken.file) == broken.sound);
    assert!(read(&broken.other) == before);
}

#[test]
fn what_is_lost_in_every_copy_is_told_and_nothing_is_changed() {
    let broken = Broken::new();
    for file in [&broken.file, &broken.other] {
        damage(file, "images/harbour.png");
    }
    let before = read(&broken.file);
    match broken.repair() {
        Err(RepairError::Lost(parts)) => assert_eq!(parts, ["images/harbour.png"]),
        other => panic!("{other:?}"),
    }
    assert!(read(&broken.file) == before);
    assert_eq!(broken.bench.names(), ["a.offprint", "b.offprint"]);
}

#[test]
fn half_a_download_shows_what_has_arrived_and_can_be_mended() {
    let broken = Broken::new();
    let cut = find(&broken.sound, b"images/") - 30;
    fs::write(&broken.file, &broken.sound[..cut]).unwrap();
    let pack = open(&broken.file);
    assert_eq!(pack.count(), 3);
    assert!((0..3).all(|row| pack.body(row).is_ok()));
    assert!(check(&broken.file).iter().any(|(code, _)| *code == "P071"));
    drop(pack);
    broken.repair().unwrap();
    assert!(read(&broken.file) == broken.sound);
}

#[test]
fn a_whole_file_is_left_alone_and_a_stranger_mends_nothing() {
    let broken = Broken::new();
    let repaired = broken.repair().unwrap();
    assert_eq!((repaired.parts.len(), repaired.kept), (0, None));
    let stranger = broken
        .bench
        .build(&fixture("scripts"), "c.offprint", SizeClass::Full);
    damage(&broken.file, "pack.ron");
    let result = pack::repair(&broken.file, &[stranger], &GO_ON, &|_, _| {});
    assert!(
        matches!(result, Err(RepairError::Different(_))),
        "{result:?}"
    );
    let small = broken.bench.at("text.offprint");
    pack::build(
        &fixture("good"),
        &small,
        options(SizeClass::Text),
        &GO_ON,
        &|_| {},
    )
    .unwrap();
    let result = pack::repair(&broken.file, &[small], &GO_ON, &|_, _| {});
    assert!(
        matches!(result, Err(RepairError::Different(_))),
        "{result:?}"
    );
}

#[test]
fn a_part_that_was_exchanged_is_found_out() {
    let bench = Bench::new();
    let file = bench.good("a.offprint");
    let folder = bench.at("folder");
    pack::unpack(&file, &folder, &GO_ON, &|_, _| {}).unwrap();
    // Another program makes a file of the parts, one of them changed, one more, one less.
    let mut zip = zip::ZipArchive::new(File::open(&file).unwrap()).unwrap();
    let names = listed(&file);
    let story = names.iter().find(|it| is_a(it, "md")).unwrap().clone();
    let picture = names.iter().find(|it| is_a(it, "png")).unwrap().clone();
    let changed = bench.at("b.offprint");
    let mut writer = zip::ZipWriter::new(File::create(&changed).unwrap());
    for name in names.iter().filter(|it| **it != picture) {
        let mut content = Vec::new();
        zip.by_name(name)
            .unwrap()
            .read_to_end(&mut content)
            .unwrap();
        if *name == story {
            content.extend(b"\nAnd something that nobody wrote.\n");
        }
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut writer, &content).unwrap();
    }
    writer
        .start_file("stories/more.md", zip::write::SimpleFileOptions::default())
        .unwrap();
    std::io::Write::write_all(&mut writer, b"More.").unwrap();
    writer.finish().unwrap();
    let problems = check(&changed);
    for expected in [
        ("P076", story.as_str()),
        ("P077", picture.as_str()),
        ("P078", "stories/more.md"),
    ] {
        assert!(
            problems
                .iter()
                .any(|(code, file)| (*code, file.as_str()) == expected),
            "{expected:?} {problems:?}"
        );
    }
}

#[test]
fn a_text_that_packs_too_well_is_not_taken_for_a_bomb() {
    let bench = Bench::new();
    let from = bench.copy(&fixture("good"), "pack");
    fs::write(from.join("stories/new-quay.md"), "la ".repeat(600_000)).unwrap();
    let file = bench.build(&from, "a.offprint", SizeClass::Full);
    assert_eq!(open(&file).source_text(0).unwrap().len(), 1_800_000);
    assert!(!check(&file).iter().any(|(code, _)| *code == "P041"));
}
