//! What packages for Linux are made of: names, media type and versions agree with the program, wherever they are written down.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use offprint::cli;
use offprint::pack::{self, BuildOptions, Severity, SizeClass};
use offprint::platform::APP_ID;

#[path = "../../examples/manual/pages.rs"]
mod pages;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const MEDIA_TYPE: &str = "application/vnd.offprint.pack+zip";
const SIZES: [u32; 9] = [16, 22, 24, 32, 48, 64, 128, 256, 512];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of `packaging/linux`.
fn read(name: &str) -> String {
    let path = root().join("packaging/linux").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between the first `before` and the next `after`.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let start = text.split_once(before);
    let (_, rest) = start.unwrap_or_else(|| panic!("{before} is missing"));
    rest.split_once(after)
        .unwrap_or_else(|| panic!("{after} is missing"))
        .0
}

/// Groups of a desktop entry, and their keys.
fn desktop_entry(text: &str) -> BTreeMap<&str, BTreeMap<&str, &str>> {
    let mut groups: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut group = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix('[') {
            group = name.strip_suffix(']').unwrap();
            assert!(
                groups.insert(group, BTreeMap::new()).is_none(),
                "{group} twice"
            );
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{line}"));
        let keys = groups.get_mut(group).unwrap();
        assert!(keys.insert(key, value).is_none(), "{key} twice in {group}");
    }
    groups
}

/// Fails where an element is not closed, or closed out of its order.
fn assert_nested(name: &str, text: &str) {
    let mut open = Vec::new();
    for part in text.split('<').skip(1) {
        let (tag, _) = part
            .split_once('>')
            .unwrap_or_else(|| panic!("{name}: <{part}"));
        if tag.starts_with(['?', '!']) || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}: </{closed}>"),
            None => open.push(tag.split_whitespace().next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} not closed");
}

#[test]
fn everything_goes_by_one_id() {
    let entry = read(&format!("{APP_ID}.desktop"));
    let entry = desktop_entry(&entry);
    let reference = read(&format!("{APP_ID}.Reference.desktop"));
    let reference = desktop_entry(&reference);
    for main in [&entry["Desktop Entry"], &reference["Desktop Entry"]] {
        assert_eq!(main["Icon"], APP_ID);
        assert_eq!(main["StartupWMClass"], APP_ID, "or the window has no icon");
        assert!(main["Exec"].starts_with("offprint %"));
    }
    for action in entry["Desktop Entry"]["Actions"].split_terminator(';') {
        let group = &entry[format!("Desktop Action {action}").as_str()];
        assert!(group["Exec"].starts_with("offprint "));
    }

    let metainfo = read(&format!("{APP_ID}.metainfo.xml"));
    assert_nested("metainfo", &metainfo);
    assert_eq!(between(&metainfo, "<id>", "</id>"), APP_ID);
    assert_eq!(
        between(&metainfo, "<launchable type=\"desktop-id\">", "</"),
        format!("{APP_ID}.desktop")
    );
    assert_eq!(between(&metainfo, "<icon type=\"stock\">", "</"), APP_ID);
    let flatpak = read(&format!("{APP_ID}.yml"));
    assert_eq!(between(&flatpak, "\nid: ", "\n"), APP_ID);
    assert!(!flatpak.contains("share=network"), "it needs no network");
}

#[test]
fn a_pack_is_known_by_its_name_and_by_its_first_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("good.offprint");
    let good = root().join("tests/packs/good");
    let options = BuildOptions {
        class: SizeClass::Full,
        keep_metadata: false,
        deny: Severity::Error,
    };
    pack::build(&good, &file, options, &AtomicBool::new(false), &|_| {}).unwrap();
    let bytes = fs::read(&file).unwrap();

    let info = read(&format!("{APP_ID}.xml"));
    assert_nested("media type", &info);
    assert_eq!(between(&info, "<mime-type type=\"", "\""), MEDIA_TYPE);
    assert_eq!(between(&info, "<glob pattern=\"", "\""), "*.offprint");
    let matches: Vec<&str> = info.split("<match ").skip(1).collect();
    assert_eq!(matches.len(), 3);
    for it in matches {
        let offset: usize = between(it, "offset=\"", "\"").parse().unwrap();
        let value = between(it, "value=\"", "\"");
        let value = value.replace("\\003", "\x03").replace("\\004", "\x04");
        let there = &bytes[offset..offset + value.len()];
        assert_eq!(there, value.as_bytes(), "at byte {offset} of a pack");
    }

    let entry = read(&format!("{APP_ID}.desktop"));
    let types = desktop_entry(&entry)["Desktop Entry"]["MimeType"].to_owned();
    assert_eq!(types, format!("{MEDIA_TYPE};"));
    let metainfo = read(&format!("{APP_ID}.metainfo.xml"));
    assert_eq!(
        between(&metainfo, "<mediatype>", "</mediatype>"),
        MEDIA_TYPE
    );
}

#[test]
fn versions_are_the_programs() {
    let metainfo = read(&format!("{APP_ID}.metainfo.xml"));
    assert_eq!(between(&metainfo, "<release version=\"", "\""), VERSION);
    let spec = read("offprint.spec");
    assert_eq!(between(&spec, "%global version_is ", "}"), VERSION);
}

#[test]
fn every_package_asks_for_what_the_program_loads() {
    let dev = fs::read_to_string(root().join("dev")).unwrap();
    let loaded: Vec<&str> = between(&dev, "needs_to_show='\n", "'")
        .lines()
        .map(|line| line.split_whitespace().nth(1).unwrap())
        .collect();
    assert!(loaded.len() > 5);
    let spec = read("offprint.spec");
    let asked: Vec<&str> = spec
        .lines()
        .filter_map(|line| {
            line.strip_prefix("Requires:")?
                .trim()
                .strip_suffix("()(64bit)")
        })
        .collect();
    assert_eq!(asked, loaded, "offprint.spec and needs_to_show of ./dev");
}

#[test]
fn icons_are_drawn_at_every_size() {
    let hicolor = root().join("assets/icon/hicolor");
    let names = [
        ("apps", APP_ID.to_owned()),
        ("mimetypes", MEDIA_TYPE.replace('/', "-")),
    ];
    for (folder, name) in names {
        for size in SIZES {
            let path = hicolor.join(format!("{size}x{size}/{folder}/{name}.png"));
            let bytes = fs::read(&path).unwrap_or_else(|_| panic!("{}", path.display()));
            // The header of a PNG has width and height at these places.
            let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            assert_eq!((side(16), side(20)), (size, size), "{}", path.display());
        }
        let vector = hicolor.join(format!("scalable/{folder}/{name}.svg"));
        assert_nested(&name, &fs::read_to_string(vector).unwrap());
    }
    let symbolic = hicolor.join(format!("symbolic/apps/{APP_ID}-symbolic.svg"));
    assert_nested("symbolic", &fs::read_to_string(symbolic).unwrap());
}

/// The names of a command and of all below it, as their pages have them.
fn commands(command: &clap::Command, before: &str, found: &mut Vec<(String, clap::Command)>) {
    let name = format!("{before}{}", command.get_name());
    for below in command.get_subcommands() {
        commands(below, &format!("{name}-"), found);
    }
    found.push((name, command.clone()));
}

#[test]
fn every_command_has_a_page_that_says_the_same_everywhere() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    pages::write(one.path()).unwrap();
    pages::write(two.path()).unwrap();
    let mut all = Vec::new();
    commands(&cli::definition(), "", &mut all);
    assert!(all.len() > 20, "the commands below `bookmarks` count too");
    let home = std::env::var("HOME").unwrap_or_else(|_| "/home/".to_owned());
    for (name, command) in all {
        let page = format!("man/man1/{name}.1");
        let text = fs::read_to_string(one.path().join(&page))
            .unwrap_or_else(|_| panic!("{name} has no page"));
        assert_eq!(text, fs::read_to_string(two.path().join(&page)).unwrap());
        assert!(text.starts_with(".ie") && text.contains(".TH"), "{page}");
        assert!(!text.contains(&home), "{page} names this machine: {home}");
        for option in command.get_opts().filter_map(clap::Arg::get_long) {
            let escaped = format!("\\-\\-{}", option.replace('-', "\\-"));
            assert!(text.contains(&escaped), "{page} lacks --{option}");
        }
    }
    let main = fs::read_to_string(one.path().join("man/man1/offprint.1")).unwrap();
    for section in ["EXAMPLES", "EXIT STATUS", "YOUR FILES"] {
        assert!(main.contains(section), "no {section} in the manual");
    }
    for shell in [
        "bash-completion/completions/offprint",
        "zsh/site-functions/_offprint",
        "fish/vendor_completions.d/offprint.fish",
    ] {
        let text = fs::read_to_string(one.path().join(shell)).unwrap();
        assert!(text.contains("bookmarks") && text.contains("measure-start"));
    }
}

/// Every file below a folder, named from there.
fn files(folder: &Path, from: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, from, found);
        } else {
            found.push(path.strip_prefix(from).unwrap().to_owned());
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_staged_is_where_the_system_looks() {
    let there = tempfile::tempdir().unwrap();
    let (manual, system) = (there.path().join("manual"), there.path().join("system"));
    pages::write(&manual).unwrap();
    let program = there.path().join("program");
    fs::write(&program, "a program").unwrap();
    let staged = Command::new(root().join("scripts/stage"))
        .args([&program, &system, Path::new("/usr"), &manual])
        .env("STRIP", "true")
        .output()
        .unwrap();
    assert!(staged.status.success(), "{staged:?}");
    let mut found = Vec::new();
    files(&system, &system, &mut found);
    let has = |name: &str| found.iter().any(|it| it == Path::new(name));
    for name in [
        "usr/bin/offprint",
        "usr/share/applications/org.offprint.Offprint.desktop",
        "usr/share/applications/org.offprint.Offprint.Reference.desktop",
        "usr/share/metainfo/org.offprint.Offprint.metainfo.xml",
        "usr/share/mime/packages/org.offprint.Offprint.xml",
        "usr/share/icons/hicolor/16x16/apps/org.offprint.Offprint.png",
        "usr/share/icons/hicolor/scalable/mimetypes/application-vnd.offprint.pack+zip.svg",
        "usr/share/icons/hicolor/symbolic/apps/org.offprint.Offprint-symbolic.svg",
        "usr/share/man/man1/offprint.1.gz",
        "usr/share/man/man1/offprint-bookmarks-list.1.gz",
        "usr/share/bash-completion/completions/offprint",
        "usr/share/zsh/site-functions/_offprint",
        "usr/share/fish/vendor_completions.d/offprint.fish",
    ] {
        assert!(has(name), "{name} is not in {found:#?}");
    }
    let few = Command::new(root().join("scripts/stage"))
        .arg("program")
        .output()
        .unwrap();
    assert_eq!(few.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&few.stderr).contains("usage: scripts/stage PROGRAM"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_is_carried_along_gets_into_the_menu_and_out_again() {
    let there = tempfile::tempdir().unwrap();
    let home = there.path().join("home");
    let program = there.path().join("program");
    fs::write(&program, "a program").unwrap();
    let integrate = |folder: &str, undo: &[&str]| {
        let folder = there.path().join(folder);
        fs::create_dir_all(&folder).unwrap();
        let script = folder.join("integrate");
        fs::copy(root().join("packaging/linux/integrate"), &script).unwrap();
        let staged = Command::new(root().join("scripts/stage"))
            .args([&program, &folder, Path::new("")])
            .env("STRIP", "true")
            .status();
        assert!(staged.unwrap().success());
        let mut command = Command::new(&script);
        command.args(undo).env("XDG_DATA_HOME", &home);
        command.output().unwrap()
    };
    let entry = home.join("applications/org.offprint.Offprint.desktop");
    let icon = home.join("icons/hicolor/scalable/apps/org.offprint.Offprint.svg");

    for name in ["on a stick", "this & that|'s"] {
        let done = integrate(name, &[]);
        assert!(done.status.success(), "{done:?}");
        let text = fs::read_to_string(&entry).unwrap();
        let command = format!("\"{}/offprint\"", there.path().join(name).display());
        let groups = desktop_entry(&text);
        assert_eq!(groups["Desktop Entry"]["Exec"], format!("{command} %F"));
        assert_eq!(
            groups["Desktop Action guide"]["Exec"],
            format!("{command} guide")
        );
        assert!(icon.is_file());
        let undone = integrate(name, &["--undo"]);
        assert!(undone.status.success(), "{undone:?}");
        assert!(!entry.exists() && !icon.exists());
    }

    let refused = integrate("costs $5", &[]);
    assert_eq!(refused.status.code(), Some(1));
    let sentence = String::from_utf8_lossy(&refused.stderr);
    assert!(sentence.contains("Give it another name"), "{sentence}");
    assert!(!entry.exists());
}
