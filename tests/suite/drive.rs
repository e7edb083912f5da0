//! Packs copied to a drive: what lies there, that it is whole, and what is refused before anything is written.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use offprint::drive::{DriveError, copy, prepare};
use offprint::model::{Copied, DriveStep, Origin};
use sha2::{Digest as _, Sha256};

/// A computer and a drive, gone with the test.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("stick")).unwrap();
        fs::write(folder.path().join("offprint"), "a program").unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn stick(&self) -> PathBuf {
        self.path("stick")
    }

    /// A pack of one story with this headline.
    fn pack(&self, name: &str, headline: &str) -> Origin {
        let manifest = format!(
            "Pack(format: 1, id: \"org.example.{name}\", edition: \"2025-08-09\", title: \"The {name}\", language: \"en\",
             publisher: Publisher(name: \"Desk\"), rights: \"CC0 1.0\",
             sections: [Section(id: \"a\", title: \"A\", stories: [Story(id: \"s\", headline: \"{headline}\")])])"
        );
        let folder = self.path(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("pack.ron"), manifest).unwrap();
        Origin::Path(folder)
    }

    fn copy(&self, packs: &[Origin]) -> Result<Copied, DriveError> {
        let never = AtomicBool::new(false);
        self.copy_until(packs, &never, &|_, _, _| {})
    }

    fn copy_until(
        &self,
        packs: &[Origin],
        cancel: &AtomicBool,
        progress: &dyn Fn(DriveStep, u64, u64),
    ) -> Result<Copied, DriveError> {
        let program = self.path("offprint");
        let ready = prepare(packs, Some(&program), &self.stick(), cancel, progress)?;
        copy(ready, cancel, progress)
    }

    /// The names on the stick, in order.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        list(&self.stick(), &self.stick(), &mut names);
        names.sort();
        names
    }
}

fn list(top: &Path, folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(top, &path, names);
        } else {
            names.push(path.strip_prefix(top).unwrap().display().to_string());
        }
    }
}

fn number(path: &Path) -> String {
    let digest = Sha256::digest(fs::read(path).unwrap());
    digest.iter().map(|it| format!("{it:02x}")).collect()
}

const ALL: [&str; 5] = [
    "SHA256SUMS",
    "Start here.html",
    "offprint",
    "packs/one-2025-08-09.offprint",
    "packs/world-desk-2025-08-09.offprint",
];

#[test]
fn everything_is_there_and_is_what_the_check_numbers_say() {
    let desk = Desk::new();
    let packs = [desk.pack("one", "First"), Origin::WorldDesk];
    let copied = desk.copy(&packs).unwrap();
    assert_eq!(desk.names(), ALL);
    assert!(desk.stick().join("portable").is_dir());
    assert_eq!(copied.files.len(), ALL.len());
    let sums = fs::read_to_string(desk.stick().join("SHA256SUMS")).unwrap();
    let page = fs::read_to_string(desk.stick().join("Start here.html")).unwrap();
    for file in &copied.files {
        let path = desk.stick().join(&file.name);
        assert_eq!(file.sha256, number(&path), "{}", file.name);
        assert_eq!(file.bytes, path.metadata().unwrap().len());
        if file.name != "SHA256SUMS" {
            assert!(
                sums.contains(&format!("{}  {}\n", file.sha256, file.name)),
                "{sums}"
            );
        }
    }
    assert!(
        page.contains("The one, 2025-08-09") && page.contains("World Desk"),
        "{page}"
    );
    // The pack can be read, and what comes with the program is handed on like any other.
    for name in &ALL[3..] {
        let pack = Origin::Path(desk.stick().join(name));
        offprint::pack::open(&pack, &AtomicBool::new(false), &|_| {}).unwrap();
    }
}

#[test]
fn what_is_there_already_is_read_and_not_written_again() {
    let desk = Desk::new();
    let one = [desk.pack("one", "First")];
    desk.copy(&one).unwrap();
    let pack = desk.stick().join("packs/one-2025-08-09.offprint");
    let before = pack.metadata().unwrap().modified().unwrap();
    // A corrected pack takes the place of ours; the earlier one stays on the list.
    let two = [desk.pack("two", "Second")];
    desk.copy(&two).unwrap();
    desk.copy(&one).unwrap();
    assert_eq!(pack.metadata().unwrap().modified().unwrap(), before);
    let corrected = [desk.pack("one", "Corrected")];
    desk.copy(&corrected).unwrap();
    let sums = fs::read_to_string(desk.stick().join("SHA256SUMS")).unwrap();
    for name in ["one", "two"] {
        let name = format!("packs/{name}-2025-08-09.offprint");
        let line = format!("{}  {name}\n", number(&desk.stick().join(&name)));
        assert!(sums.contains(&line), "{sums}");
    }
    // What was just copied can be copied on from there.
    let from_there = [Origin::Path(pack.clone())];
    desk.copy(&from_there).unwrap();
}

#[test]
fn nothing_of_somebody_elses_is_written_over() {
    for (name, text) in [
        ("packs/one-2025-08-09.offprint", "another"),
        ("offprint", "b program"),
        ("Start here.html", "<h1>Mine</h1>"),
        ("SHA256SUMS", "mine"),
    ] {
        let desk = Desk::new();
        let path = desk.stick().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let error = desk.copy(&[desk.pack("one", "First")]).unwrap_err();
        assert!(matches!(error, DriveError::Occupied { .. }) && error.is_refusal());
        assert!(error.to_string().contains(name), "{error}");
        assert_eq!(desk.names(), [name]);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    // One of ours that somebody has changed is no longer ours.
    let desk = Desk::new();
    let one = [desk.pack("one", "First")];
    desk.copy(&one).unwrap();
    fs::write(desk.stick().join("offprint"), "changed").unwrap();
    let error = desk.copy(&one).unwrap_err();
    assert!(matches!(error, DriveError::Occupied { .. }), "{error}");
}

#[test]
fn a_stick_pulled_out_half_way_is_told() {
    let desk = Desk::new();
    let packs = [desk.pack("one", "First"), desk.pack("two", "Second")];
    let written = Cell::new(0);
    let pull = |step, _, _| {
        if step == DriveStep::ReadingBack {
            written.set(written.get() + 1);
            // The list comes first, then one file after the other.
            if written.get() == 3 {
                fs::rename(desk.stick(), desk.path("pulled")).unwrap();
            }
        }
    };
    let error = desk.copy_until(&packs, &AtomicBool::new(false), &pull);
    let error = error.unwrap_err();
    assert!(matches!(error, DriveError::Gone { .. }), "{error:?}");
    for part in ["The drive is gone", "two-2025-08-09", "Put it in again"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    // What has its name is whole; put in again, it is finished, and nothing is left of what was cut off.
    fs::rename(desk.path("pulled"), desk.stick()).unwrap();
    let first = desk.stick().join("packs/one-2025-08-09.offprint");
    let before = number(&first);
    desk.copy(&packs).unwrap();
    assert_eq!(number(&first), before);
    assert!(desk.names().iter().all(|it| !it.contains("unfinished")));
}

#[test]
fn a_copy_that_is_stopped_leaves_whole_files_only() {
    let desk = Desk::new();
    let packs = [desk.pack("one", "First"), Origin::WorldDesk];
    // At each thing that is told, in turn.
    for at in 1.. {
        let (cancel, told) = (AtomicBool::new(false), Cell::new(0));
        let stop = |_, _, _| {
            told.set(told.get() + 1);
            if told.get() == at {
                cancel.store(true, Ordering::Relaxed);
            }
        };
        let result = desk.copy_until(&packs, &cancel, &stop);
        for name in desk.names() {
            assert!(ALL.contains(&name.as_str()), "{name} after {at}");
        }
        if told.get() < at {
            result.unwrap();
            break;
        }
        // The very last thing may be told when all is done.
        if let Err(error) = result {
            assert!(matches!(error, DriveError::Stopped), "{error:?}");
        }
    }
    assert_eq!(desk.names(), ALL);
}

#[test]
fn what_cannot_be_copied_is_told_before_anything_is_written() {
    let desk = Desk::new();
    let nowhere = Origin::Path(desk.path("nowhere"));
    let broken = desk.path("broken");
    fs::create_dir(&broken).unwrap();
    fs::write(broken.join("pack.ron"), "Pack(").unwrap();
    let good = desk.pack("one", "First");
    for pack in [nowhere, Origin::Path(broken)] {
        let error = desk.copy(&[good.clone(), pack]).unwrap_err();
        assert!(matches!(error, DriveError::Pack { .. }), "{error:?}");
        assert!(error.to_string().starts_with("Nothing was written"));
        assert_eq!(desk.names(), [""; 0]);
    }
    fs::remove_file(desk.path("offprint")).unwrap();
    let error = desk.copy(std::slice::from_ref(&good)).unwrap_err();
    assert!(matches!(error, DriveError::Program(_)), "{error:?}");
    assert_eq!(desk.names(), [""; 0]);
    fs::remove_dir(desk.stick()).unwrap();
    let error = desk.copy(&[good]).unwrap_err();
    assert!(matches!(error, DriveError::NoFolder(_)), "{error:?}");
    assert!(
        !desk.stick().exists(),
        "the folder of a drive is never made"
    );
}

#[test]
fn a_bundle_is_copied_with_all_its_files() {
    let desk = Desk::new();
    let bundle = desk.path("Offprint.app");
    for name in ["Contents/Info.plist", "Contents/MacOS/offprint"] {
        let path = bundle.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    let never = AtomicBool::new(false);
    let packs = [desk.pack("one", "First")];
    let ready = prepare(&packs, Some(&bundle), &desk.stick(), &never, &|_, _, _| {});
    copy(ready.unwrap(), &never, &|_, _, _| {}).unwrap();
    for name in ["Contents/Info.plist", "Contents/MacOS/offprint"] {
        let path = desk.stick().join("Offprint.app").join(name);
        assert_eq!(fs::read_to_string(path).unwrap(), name);
    }
    let page = fs::read_to_string(desk.stick().join("Start here.html")).unwrap();
    assert!(page.contains("On macOS, start <code>Offprint.app</code>"));
}

#[test]
fn the_command_line_does_the_same() {
    let desk = Desk::new();
    desk.pack("one", "First");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        command
            .current_dir(desk.path(""))
            .args(args)
            .stdin(Stdio::null());
        let output = command.arg("--data-dir=data").output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let drive = ["drive", "./one", "guide", "--to=stick", "--without-program"];
    let (status, out, err) = run(&[&drive[..], &["--json"]].concat());
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["files"][0]["name"], "packs/one-2025-08-09.offprint");
    assert_eq!(json["files"][1]["title"], "The Offprint Guide, 1");
    let digits = json["files"][0]["sha256"].as_str().unwrap();
    assert_eq!(
        digits,
        number(&desk.stick().join("packs/one-2025-08-09.offprint"))
    );
    let (status, out, _) = run(&drive);
    assert_eq!(status, Some(0));
    let first: String = digits.chars().take(8).collect();
    let (start, rest) = first.split_at(4);
    assert!(out.contains(&format!("  {start} {rest} ")), "{out}");
    // Two packs of one name are two files.
    fs::create_dir(desk.path("other")).unwrap();
    fs::rename(desk.path("one"), desk.path("other/one")).unwrap();
    desk.pack("one", "Another");
    fs::create_dir(desk.path("empty")).unwrap();
    let two = [
        "drive",
        "./one",
        "other/one",
        "--to=empty",
        "--without-program",
    ];
    let (status, out, _) = run(&two);
    assert_eq!(status, Some(0));
    assert!(out.contains("packs/one-2025-08-09-2.offprint"), "{out}");
    let (status, _, err) = run(&["drive", "./one", "--to=nowhere"]);
    assert_eq!(status, Some(1));
    assert!(err.contains("There is no folder"), "{err}");
}
