//! What packages for Windows and macOS, and the workflows that make them, are made of: names, versions and pins agree wherever they are
//! written down. The packages themselves are tried by the `try` of their folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use offprint::platform::APP_ID;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const MEDIA_TYPE: &str = "application/vnd.offprint.pack+zip";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The element after a key of a property list, as it is written.
fn value<'a>(plist: &'a str, key: &str) -> &'a str {
    let key = format!("<key>{key}</key>");
    let (_, rest) = plist
        .split_once(key.as_str())
        .unwrap_or_else(|| panic!("{key} is missing"));
    assert!(!rest.contains(key.as_str()), "{key} twice");
    let rest = rest.trim_start();
    let tag = &rest[1..rest.find('>').unwrap()];
    match tag.strip_suffix('/') {
        Some(_) => &rest[..=tag.len() + 1],
        None => rest.split_once(&format!("</{tag}>")).unwrap().0,
    }
}

fn text<'a>(plist: &'a str, key: &str) -> &'a str {
    let it = value(plist, key);
    it.strip_prefix("<string>")
        .unwrap_or_else(|| panic!("{key}: {it}"))
}

fn list<'a>(plist: &'a str, key: &str) -> Vec<&'a str> {
    let it = value(plist, key);
    let items = it.strip_prefix("<array>").unwrap().split("<string>");
    items
        .skip(1)
        .map(|it| it.split_once("</string>").unwrap().0)
        .collect()
}

#[test]
fn the_bundle_says_who_it_is_and_what_it_opens() {
    let plist = read("packaging/macos/Info.plist");
    assert_eq!(text(&plist, "CFBundleIdentifier"), APP_ID);
    assert_eq!(text(&plist, "CFBundleShortVersionString"), VERSION);
    assert_eq!(text(&plist, "CFBundleVersion"), VERSION);
    assert_eq!(text(&plist, "CFBundleExecutable"), "offprint");
    for key in ["CFBundleIconFile", "CFBundleTypeIconFile", "UTTypeIconFile"] {
        let icon = format!("assets/icon/{}.icns", text(&plist, key));
        assert!(root().join(&icon).is_file(), "{key}: {icon}");
    }
    assert_eq!(
        text(&plist, "LSApplicationCategoryType"),
        "public.app-category.news"
    );
    assert_eq!(value(&plist, "NSHighResolutionCapable"), "<true/>");

    let kind = text(&plist, "UTTypeIdentifier");
    assert_eq!(kind, "org.offprint.pack");
    assert_eq!(list(&plist, "LSItemContentTypes"), [kind]);
    assert_eq!(list(&plist, "public.filename-extension"), ["offprint"]);
    assert_eq!(list(&plist, "public.mime-type"), [MEDIA_TYPE]);
    assert_eq!(list(&plist, "CFBundleURLSchemes"), ["offprint"]);

    // What Rust, Objective-C and the bundle are made for is the same system.
    let oldest = text(&plist, "LSMinimumSystemVersion");
    let package = read("packaging/macos/package");
    assert!(package.contains(&format!("MACOSX_DEPLOYMENT_TARGET={oldest}\n")));
    assert!(read("build.rs").contains(&format!("-mmacosx-version-min={oldest}")));
}

#[test]
fn the_installer_opens_packs_and_takes_out_all_that_it_puts_in() {
    let script = read("packaging/windows/offprint.nsi");
    let lines: Vec<&str> = script.lines().map(str::trim).collect();
    let mut defined = BTreeMap::new();
    for line in &lines {
        if let Some((name, rest)) = line
            .strip_prefix("!define ")
            .and_then(|it| it.split_once(' '))
        {
            defined.insert(format!("${{{name}}}"), rest.trim_matches('"').to_owned());
        }
    }
    let plain = |word: &str| {
        let mut word = word.to_owned();
        // A name may be made of another.
        for _ in 0..2 {
            for (name, is) in &defined {
                word = word.replace(name, is);
            }
        }
        word
    };
    // The words of a line that stand in quotes of either kind.
    let quoted = |line: &str| -> Vec<String> {
        let mut words = Vec::new();
        let mut rest = line;
        while let Some(at) = rest.find(['"', '\'']) {
            let quote = &rest[at..=at];
            let Some((word, behind)) = rest[at + 1..].split_once(quote) else {
                break;
            };
            words.push(plain(word));
            rest = behind;
        }
        words
    };
    let that_begin = |with: &str| -> Vec<Vec<String>> {
        let found = lines.iter().filter(|line| line.starts_with(with));
        found.map(|line| quoted(line)).collect()
    };

    let written = that_begin("WriteReg");
    let says = |key: &str, name: &str, value: &str| {
        let wanted = [key, name, value];
        assert!(written.iter().any(|it| it == &wanted), "{wanted:?}");
    };
    let command = r#""$INSTDIR\offprint.exe" "%1""#;
    let kind = "Offprint.Pack.1";
    let of_pack = format!(r"Software\Classes\{kind}\shell\open\command");
    says(&of_pack, "", command);
    says(r"Software\Classes\offprint\shell\open\command", "", command);
    says(r"Software\Classes\.offprint", "", kind);
    says(r"Software\Classes\.offprint", "Content Type", MEDIA_TYPE);
    says(r"Software\Classes\.offprint\OpenWithProgids", kind, "");
    says(
        r"Software\Offprint\Capabilities\FileAssociations",
        ".offprint",
        kind,
    );

    let gone = that_begin("DeleteReg");
    for it in &written {
        let (key, name) = (&it[0], it.get(1).map_or("", String::as_str));
        let is_gone = gone.iter().any(|gone| match gone.as_slice() {
            [tree] => key == tree || key.starts_with(&format!(r"{tree}\")),
            [of, value] => key == of && name == value,
            _ => false,
        });
        assert!(is_gone, "uninstalling leaves {key} {name}");
    }
    for file in that_begin("File ") {
        let name = file.last().unwrap().as_str();
        let deleted = that_begin("Delete ");
        let is_gone = deleted.contains(&vec![format!(r"$INSTDIR\{name}")]);
        assert!(
            is_gone || name == "${NAME}",
            "uninstalling leaves the file {name}"
        );
    }

    // For one user, without rights, and with nothing that could be the reader's in the way.
    assert!(lines.contains(&"RequestExecutionLevel user"));
    assert!(!script.contains("HKLM") && !script.contains("HKCR"));
    assert!(!script.contains("RMDir /r"), "a folder may be the reader's");
}

#[test]
fn the_program_of_windows_is_sharp_and_takes_long_paths() {
    let manifest = read("packaging/windows/offprint.manifest");
    for said in [
        ">PerMonitorV2, PerMonitor</dpiAwareness>",
        ">true</longPathAware>",
        "level=\"asInvoker\"",
        "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}",
    ] {
        assert!(manifest.contains(said), "{said}");
    }
    let build = read("build.rs");
    for file in [
        "packaging/windows/offprint.manifest",
        "assets/icon/offprint.ico",
        "assets/icon/pack.ico",
        "packaging/macos/documents.m",
    ] {
        assert!(build.contains(file), "build.rs does not put in {file}");
        assert!(root().join(file).is_file(), "{file}");
    }
}

/// The width that a picture in PNG states, which is its height as well.
fn side(png: &[u8]) -> u32 {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(number(16), number(20));
    number(16)
}

#[test]
fn icons_have_the_sizes_they_state() {
    for name in ["offprint", "pack"] {
        assert_windows_icon(&bytes(&format!("assets/icon/{name}.ico")));
        assert_macos_icon(&bytes(&format!("assets/icon/{name}.icns")));
    }
}

fn assert_windows_icon(ico: &[u8]) {
    let short = |at: usize| usize::from(u16::from_le_bytes([ico[at], ico[at + 1]]));
    let long = |at: usize| u32::from_le_bytes(ico[at..at + 4].try_into().unwrap()) as usize;
    let mut sides = Vec::new();
    for entry in (0..short(4)).map(|at| 6 + at * 16) {
        let stated = if ico[entry] == 0 {
            256
        } else {
            ico[entry].into()
        };
        let (from, length) = (long(entry + 12), long(entry + 8));
        assert_eq!(side(&ico[from..from + length]), stated);
        sides.push(stated);
    }
    assert_eq!(sides, [16, 24, 32, 48, 64, 128, 256]);
}

fn assert_macos_icon(icns: &[u8]) {
    assert_eq!(&icns[..4], b"icns");
    let length = |at: usize| u32::from_be_bytes(icns[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!(length(4), icns.len());
    let mut stated = BTreeMap::from([
        (*b"ic07", 128),
        (*b"ic08", 256),
        (*b"ic09", 512),
        (*b"ic10", 1024),
        (*b"ic11", 32),
        (*b"ic12", 64),
        (*b"ic13", 256),
        (*b"ic14", 512),
    ]);
    let mut at = 8;
    while at < icns.len() {
        let kind: [u8; 4] = icns[at..at + 4].try_into().unwrap();
        if let Some(wanted) = stated.remove(&kind) {
            assert_eq!(side(&icns[at + 8..at + length(at + 4)]), wanted, "{kind:?}");
        }
        at += length(at + 4);
    }
    assert!(stated.is_empty(), "{stated:?} missing");
}

/// What a workflow pins badly, as `line: why`.
fn badly_pinned(workflow: &str) -> Vec<String> {
    let hex = |text: &str, digits: usize| {
        text.len() == digits && text.bytes().all(|it| it.is_ascii_hexdigit())
    };
    let mut found = Vec::new();
    for (at, line) in workflow.lines().enumerate() {
        let line = line.trim().trim_start_matches("- ");
        let (what, remark) = line.split_once(" #").unwrap_or((line, ""));
        let bad = if let Some(used) = what.strip_prefix("uses: ") {
            let pinned = used
                .split_once('@')
                .is_some_and(|(_, commit)| hex(commit, 40));
            let named = remark.trim().starts_with('v');
            !(used.starts_with("./") || pinned && named)
        } else if let Some(image) = what
            .strip_prefix("image: ")
            .or_else(|| what.strip_prefix("container: "))
        {
            let runner = image.starts_with("windows-") || image.starts_with("macos-");
            let pinned = image
                .split_once("@sha256:")
                .is_some_and(|(_, digest)| hex(digest, 64));
            !runner && !pinned
        } else {
            false
        };
        if bad {
            found.push(format!("{}: {line}", at + 1));
        }
    }
    found
}

#[test]
fn workflows_use_only_what_is_pinned() {
    let folder = root().join(".github/workflows");
    let mut uses = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let workflow = fs::read_to_string(entry.unwrap().path()).unwrap();
        uses += workflow.matches("uses: ").count();
        assert_eq!(badly_pinned(&workflow), [""; 0]);
        assert!(!workflow.contains('\t'), "YAML takes no tabs");
        assert!(
            workflow.contains("\npermissions: {}\n"),
            "nothing by default"
        );
        for line in workflow.lines().filter(|line| line.contains("RUST: ")) {
            let stated = env!("CARGO_PKG_RUST_VERSION");
            let used = line.trim().strip_prefix("RUST: ").unwrap();
            assert!(used.starts_with(stated), "{used}: Cargo.toml says {stated}");
        }
    }
    assert!(uses > 5, "{uses}");

    let commit = "0123456789abcdef0123456789abcdef01234567";
    assert_eq!(badly_pinned(&format!("- uses: a/b@{commit} # v1")), [""; 0]);
    for bad in [
        "- uses: a/b@v1 # v1".to_owned(),
        format!("uses: a/b@{commit}"),
        format!("uses: a/b@{} # v1", &commit[1..]),
        "container: rust:1".to_owned(),
        "  image: rust:1@sha256:12".to_owned(),
    ] {
        assert_eq!(badly_pinned(&bad).len(), 1, "{bad}");
    }
}

/// Scripts that need nothing but a shell.
#[cfg(unix)]
mod scripts {
    use std::process::{Command, Output};

    use super::{VERSION, fs, root};

    fn run(script: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new("bash");
        command.arg(root().join(script)).args(arguments);
        command.output().unwrap()
    }

    #[test]
    fn a_bundle_is_put_together() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("built");
        fs::write(&program, "a program").unwrap();
        let made = folder.path().join("made");
        let [program, made_at] = [&program, &made].map(|it| it.to_str().unwrap());
        let output = run("packaging/macos/bundle", &[program, made_at]);
        assert!(output.status.success(), "{output:?}");
        let contents = made.join("Offprint.app/Contents");
        assert_eq!(
            fs::read(contents.join("MacOS/offprint")).unwrap(),
            b"a program"
        );
        assert_eq!(
            fs::read(contents.join("Info.plist")).unwrap(),
            fs::read(root().join("packaging/macos/Info.plist")).unwrap()
        );
        assert!(contents.join("Resources/offprint.icns").is_file());

        let output = run("packaging/macos/bundle", &["/no/such/program", made_at]);
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, "There is no program /no/such/program.\n");
    }

    #[test]
    fn a_release_of_another_version_is_refused() {
        let output = run("packaging/notes", &["99.0.0"]);
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            said,
            format!("Cargo.toml has version {VERSION}, and not 99.0.0.\n")
        );
    }
}
