//! The program on a stick that cannot be written to: mounted so, started from there, read, told, and kept elsewhere.
//! `./dev torture` runs it; it needs the right to mount.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use eframe::egui::Role;
use offprint::model::{Origin, RecentChange, RecentPack, SettingsChange, Theme};
use offprint::platform::Paths;
use offprint::shelf::Shelf;

use super::disk::{Mount, mount};
use super::figure;
use crate::app::reader::{Home, Reader, fixture};

/// The program that lies on the stick.
fn run(stick: &Path, home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(stick.join("offprint"));
    command
        .args(args)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env_remove("APPIMAGE")
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout).trim().to_owned(),
        text(output.stderr),
    )
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_tree(&source, &target);
        } else {
            fs::copy(source, target).unwrap();
        }
    }
}

fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            all.extend(bytes(&entry.path()));
        } else {
            all.push((entry.path(), fs::read(entry.path()).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
#[ignore = "needs the right to mount; ./dev torture runs it"]
fn a_read_only_stick_is_read_told_once_and_kept_elsewhere() {
    let home = Home::new();
    let (stick, user) = (home.path("stick"), home.path("user"));
    fs::create_dir(&stick).unwrap();
    fs::create_dir(&user).unwrap();
    let disk = Mount::with(stick.clone(), &["-t", "tmpfs", "-o", "size=900m", "tmpfs"]);
    let portable = stick.join("portable");
    fs::create_dir(&portable).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_offprint"), stick.join("offprint")).unwrap();
    let Origin::Path(good) = fixture("good") else {
        panic!()
    };
    let pack = stick.join("packs/good");
    copy_tree(&good, &pack);
    let typed = pack.display().to_string();
    let (status, _, err) = run(&stick, &user, &["bookmarks", "add", &typed, "new-quay"]);
    assert_eq!(status, Some(0), "{err}");
    let on_stick = Shelf::at(Paths {
        data: portable.clone(),
        drive: Some(stick.clone()),
        ..Paths::default()
    });
    let sepia = SettingsChange::Theme(Theme::Sepia);
    on_stick.change_settings(&[sepia]).unwrap();
    let opened = RecentPack {
        path: typed.clone(),
        title: "Good".to_owned(),
        series: "org.example.good".to_owned(),
        edition: "1".to_owned(),
        opened: String::new(),
    };
    on_stick
        .change_recent(&[RecentChange::Opened(opened)])
        .unwrap();
    let text = fs::read_to_string(portable.join("recent.ron")).unwrap();
    assert!(text.contains("drive:packs/good"), "{text}");
    let text = fs::read_to_string(portable.join("bookmarks/org.example.good.ron")).unwrap();
    assert!(text.contains("drive:packs/good"), "{text}");
    assert!(bytes(&user).is_empty(), "nothing is left on the computer");

    mount(&stick, &["-o", "remount,ro"]);
    let before = bytes(&portable);
    let (_, place, _) = run(&stick, &user, &["where"]);
    assert_eq!(Path::new(&place), portable);
    let (status, out, err) = run(&stick, &user, &["list", &typed]);
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    let (status, out, _) = run(&stick, &user, &["bookmarks", "list"]);
    assert_eq!(status, Some(0));
    assert!(out.contains("New quay"), "{out}");
    let (status, _, err) = run(&stick, &user, &["bookmarks", "remove", &typed, "new-quay"]);
    assert!(status != Some(0) && err.contains("read-only"), "{err}");

    // The window, with the folders that the program finds there.
    let shelf = Shelf::at(Paths {
        data: portable.clone(),
        drive: Some(stick.clone()),
        usual: Some(user.join("data/offprint")),
        ..Paths::default()
    });
    let title = "What you mark cannot be saved here";
    let mut reader = Reader::on(&home, shelf, &[]);
    assert_eq!(reader.model().settings.theme, Theme::Sepia);
    assert_eq!(reader.rows().len(), 3, "the pack of last time is open");
    reader.press(&["j"]);
    reader.wait_until("it is told", |reader| reader.shows(Role::Alert, title));
    reader.settle();
    assert_eq!(reader.notices(), [title]);
    reader.click(Role::Button, "Dismiss");
    reader.press(&["j", "b"]);
    let start = std::time::Instant::now();
    while start.elapsed().as_secs() < 6 {
        reader.step();
        std::thread::sleep(std::time::Duration::from_millis(10));
        assert_eq!(reader.notices(), [""; 0]);
    }
    assert_eq!(reader.model().bookmarked_count(), 2, "kept for the session");
    reader
        .harness
        .state_mut()
        .request(offprint::model::Action::KeepElsewhere);
    reader.step();
    let there = user.join("data/offprint/bookmarks/org.example.good.ron");
    reader.wait_until("both are kept elsewhere", |_| {
        let text = fs::read_to_string(&there).unwrap_or_default();
        text.matches("story:").count() == 2
    });
    drop(reader.quit());
    assert_eq!(bytes(&portable), before, "the stick is as it was");

    // The next start finds them, and the stick’s own when it takes files again.
    let (_, place, err) = run(&stick, &user, &["where"]);
    assert_eq!(Path::new(&place), user.join("data/offprint"));
    assert!(err.contains("in place of"), "{err}");
    let (_, out, _) = run(&stick, &user, &["bookmarks", "list", "--json"]);
    assert_eq!(out.matches("\"story\"").count(), 2, "{out}");
    mount(&stick, &["-o", "remount,rw"]);
    let (_, place, _) = run(&stick, &user, &["where"]);
    assert_eq!(Path::new(&place), portable);
    drop(disk);
    figure(
        "a read-only stick: read, told once, kept elsewhere with all that is on it, 0 bytes of it changed",
    );
}

#[test]
#[ignore = "needs the right to mount; ./dev torture runs it"]
fn a_full_stick_is_refused_and_a_pulled_one_told() {
    let home = Home::new();
    let stick = home.path("stick");
    fs::create_dir(&stick).unwrap();
    let disk = Mount::with(stick.clone(), &["-t", "tmpfs", "-o", "size=200k", "tmpfs"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
    command.args(["drive", "world-desk", "--without-program", "--to"]);
    let output = command.arg(&stick).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(
        err.contains("is needed and") && err.contains("is free"),
        "{err}"
    );
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
    mount(&stick, &["-o", "remount,ro,size=90m"]);
    let output = command.output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("Check the drive"), "{err}");
    drop(disk);
    figure("a drive without room, and one that is read-only: told before anything is there");
}
