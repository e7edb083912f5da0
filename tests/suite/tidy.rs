//! The rules that keep the sources easy to change, read off the sources themselves. Each says why when it is broken.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What a module of `src` may stand on, and why nothing else.
struct Layer {
    module: &'static str,
    /// The modules of ours that it may name.
    on: &'static [&'static str],
    /// What of other people's code it must not name.
    without: &'static [&'static str],
    why: &'static str,
}

/// What draws.
const SCREEN: &[&str] = &["egui", "eframe"];
/// What makes a result depend on more than what goes in, or draws it.
const IMPURE: &[&str] = &[
    "egui",
    "eframe",
    "serde",
    "ron",
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::sync::mpsc",
    "Instant",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
];
/// What may keep the screen waiting.
const SLOW: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "File::open",
];

const LAYERS: &[Layer] = &[
    Layer {
        module: "article",
        on: &[],
        without: IMPURE,
        why: "it turns text into blocks and stands on nothing, so that everything can stand on it",
    },
    Layer {
        module: "model",
        on: &["article"],
        without: IMPURE,
        why: "it is a pure table of what an action or an answer does: no screen, no file, no thread, no clock",
    },
    Layer {
        module: "pack",
        on: &["article", "model"],
        without: SCREEN,
        why: "it opens packs, for a window and for a script alike",
    },
    Layer {
        module: "interchange",
        on: &["model"],
        without: SLOW,
        why: "it turns records into text; who opens and writes files is not its business",
    },
    Layer {
        module: "shelf",
        on: &["model", "platform"],
        without: SCREEN,
        why: "it keeps the reader's files and knows of nothing that could harm them",
    },
    Layer {
        module: "backup",
        on: &["model", "pack", "shelf"],
        without: SCREEN,
        why: "it puts the shelf into an archive and back, for a window and for a script alike",
    },
    Layer {
        module: "drive",
        on: &["model", "pack", "platform"],
        without: SCREEN,
        why: "it copies packs to a drive and knows of nothing that is the reader's own",
    },
    Layer {
        module: "platform",
        on: &[],
        without: &[],
        why: "it is a leaf: what differs between systems is asked of it, and it asks nobody",
    },
    Layer {
        module: "journal",
        on: &["platform"],
        without: SCREEN,
        why: "it notes what any part of the program says, and so knows none of them",
    },
    Layer {
        module: "images",
        on: &["model"],
        without: SLOW,
        why: "it turns bytes into textures and needs the names of pictures, not the packs they are in",
    },
    Layer {
        module: "typeset",
        on: &["article"],
        without: &["std::fs", "serde"],
        why: "it sets text and knows of no pack, no theme and no model",
    },
    Layer {
        module: "theme",
        on: &["typeset"],
        without: SLOW,
        why: "it gives colours and faces to the inks and families that typeset names",
    },
    Layer {
        module: "ui",
        on: &[
            "article",
            "images",
            "interchange",
            "model",
            "theme",
            "typeset",
        ],
        without: SLOW,
        why: "it draws the model and reports what the reader does; whatever can wait for a disk is a job of work's",
    },
    Layer {
        module: "work",
        on: &[
            "backup",
            "drive",
            "images",
            "interchange",
            "model",
            "pack",
            "shelf",
        ],
        without: &[],
        why: "it runs the slow things off the screen's thread and neither draws nor decides",
    },
    Layer {
        module: "app",
        on: &[
            "images", "model", "platform", "theme", "typeset", "ui", "work",
        ],
        without: &["std::fs", "std::thread"],
        why: "it ties the model, the threads and the screen together; files are read and written on the threads",
    },
    Layer {
        module: "cli",
        on: &[
            "article",
            "backup",
            "drive",
            "interchange",
            "model",
            "pack",
            "platform",
            "shelf",
        ],
        without: SCREEN,
        why: "it is the same program without a window",
    },
    Layer {
        module: "window",
        on: &[
            "app", "cli", "images", "journal", "model", "platform", "shelf", "work",
        ],
        without: &["std::fs"],
        why: "it opens the window that app lives in",
    },
    Layer {
        module: "main",
        on: &["cli", "journal", "window"],
        without: &["std::fs", "egui", "eframe"],
        why: "it is a table of contents: command line or window",
    },
];

/// The files that are longer than a screenful or nine, and why they are.
const LONG: &[(&str, &str)] = &[
    (
        "src/article/markdown.rs",
        "one walk over CommonMark's events, which reads best in one piece",
    ),
    (
        "src/pack/lower.rs",
        "one function for each field of the manifest, in the manifest's order",
    ),
    (
        "src/ui/story/flow.rs",
        "one function for each kind of block; each both measures and draws, so that the two agree",
    ),
];

/// No file of `src` is longer unless [`LONG`] says why.
const LONGEST: usize = 450;

/// All that ships with the program may take no more than this.
const CONTENT_BYTES: u64 = 3_000_000;
/// A picture that ships with the program may take no more than this.
const PICTURE_BYTES: u64 = 80_000;

#[test]
fn modules_name_only_what_they_stand_on() {
    let mut broken = String::new();
    let known: BTreeSet<&str> = LAYERS.iter().map(|layer| layer.module).collect();
    for source in sources("src") {
        let module = source.module();
        if module == "lib" {
            continue;
        }
        let Some(layer) = LAYERS.iter().find(|layer| layer.module == module) else {
            writeln!(broken, "{}: which layer is it? Say so here.", source.name).unwrap();
            continue;
        };
        for (line, other) in source.imports() {
            let fits = other == module || layer.on.contains(&other.as_str());
            if known.contains(other.as_str()) && !fits {
                let (name, why) = (&source.name, layer.why);
                writeln!(
                    broken,
                    "{name}:{line}: {module} must not name {other}: {why}."
                )
                .unwrap();
            }
        }
        for (line, code) in source.code() {
            for word in layer.without.iter().filter(|word| has_path(code, word)) {
                let (name, why) = (&source.name, layer.why);
                writeln!(
                    broken,
                    "{name}:{line}: {module} must not name {word}: {why}."
                )
                .unwrap();
            }
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn only_platform_asks_which_system_this_is() {
    let asks = |code: &str| {
        let about = [
            "target_os",
            "target_family",
            "target_arch",
            "unix",
            "windows",
        ];
        let cfg = ["cfg(", "cfg!(", "cfg_attr("]
            .iter()
            .any(|cfg| code.contains(cfg));
        (cfg && about.iter().any(|word| has_word(code, word))) || code.contains("std::os::")
    };
    let broken: Vec<String> = sources("src")
        .iter()
        .filter(|source| source.module() != "platform")
        .flat_map(|source| source.places(asks))
        .collect();
    assert!(
        broken.is_empty(),
        "what differs between systems belongs into platform, where it can be tried on each: {broken:#?}"
    );
}

#[test]
fn colours_stand_in_the_themes() {
    // What a glyph's coverage becomes in its texture is no colour of the design's.
    const TEXELS: &str = "src/typeset/atlas.rs";
    let makes = |code: &str| {
        let own = code.split("Color32::").skip(1);
        own.map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .any(|name| {
            let neutral = ["TRANSPARENT", "WHITE", "PLACEHOLDER"].contains(&name);
            let makes = name.starts_with("from_") || name.chars().all(|c| !c.is_lowercase());
            makes && !neutral && !name.is_empty()
        }) || code.contains("Rgba::from_")
            || code.contains("Hsva::")
            || code.contains("hex_color!")
    };
    let broken: Vec<String> = sources("src")
        .iter()
        .filter(|source| source.module() != "theme" && source.name != TEXELS)
        .flat_map(|source| source.places(makes))
        .collect();
    assert!(
        broken.is_empty(),
        "a colour outside assets/themes/*.ron is wrong in three themes out of four: {broken:#?}"
    );
}

#[test]
fn every_file_says_what_it_is() {
    let folders = ["src", "tests", "examples", "benches"];
    let mut silent: Vec<String> = folders
        .into_iter()
        .flat_map(sources)
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.name)
        .collect();
    if !read("build.rs").starts_with("//! ") {
        silent.push("build.rs".to_owned());
    }
    assert!(
        silent.is_empty(),
        "the first line of a file says what it is for (`//! …`): {silent:#?}"
    );
}

#[test]
fn no_file_grows_without_a_reason() {
    for source in sources("src") {
        let lines = source.text.lines().count();
        let excused = LONG.iter().find(|(name, _)| *name == source.name);
        match excused {
            None => assert!(
                lines <= LONGEST,
                "{} has {lines} lines. Split it by what it does, or say in LONG why it reads best in one piece.",
                source.name
            ),
            Some((_, why)) => {
                assert!(why.len() > 20, "{}: {why:?} is no reason", source.name);
                assert!(
                    lines > LONGEST,
                    "{} has only {lines} lines by now and needs no excuse in LONG",
                    source.name
                );
            }
        }
    }
}

#[test]
fn no_text_names_the_machine_it_was_written_on() {
    // Written in two halves, so that this file does not name them either.
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/var/", "tmp"),
        concat!("../", "shared"),
    ];
    let mut broken = Vec::new();
    for path in files(&root()) {
        let Ok(text) = fs::read_to_string(&path) else {
            continue; // No text.
        };
        for (at, line) in text.lines().enumerate() {
            if words.iter().any(|word| starts_a_path(line, word)) {
                broken.push(format!("{}:{}: {line}", named(&path), at + 1));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "a folder that exists on one machine only helps nobody else: {broken:#?}"
    );
}

#[test]
fn what_ships_with_the_program_stays_small() {
    let mut sum = 0;
    for path in files(&root().join("content")) {
        let bytes = fs::metadata(&path).unwrap().len();
        sum += bytes;
        let picture = path
            .extension()
            .is_some_and(|it| it == "png" || it == "jpg" || it == "webp");
        assert!(
            !picture || bytes <= PICTURE_BYTES,
            "{} has {bytes} bytes; a picture that ships with the program has at most {PICTURE_BYTES}",
            named(&path)
        );
    }
    assert!(
        sum > 0 && sum <= CONTENT_BYTES,
        "content/ has {sum} bytes; it ships inside the program and may have {CONTENT_BYTES}"
    );
}

/// The rules are only as good as the eyes they have.
#[test]
fn the_reader_of_sources_sees_every_way_to_name_a_module() {
    let source = |name: &str, text: &str| Source {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let imports = |name: &str, text: &str| -> Vec<String> {
        let found = source(name, text).imports();
        found.into_iter().map(|(_, module)| module).collect()
    };
    let plain = "use crate::pack::open;\nfn f() { crate::shelf::replace(); }\n";
    assert_eq!(imports("src/ui/mod.rs", plain), ["pack", "shelf"]);
    let group = "use crate::{\n    model::{Action, View},\n    work, theme::scale as s,\n};\n";
    assert_eq!(imports("src/ui/a.rs", group), ["model", "work", "theme"]);
    let up = "use super::super::work::Worker;\nuse super::row;\n";
    assert_eq!(imports("src/ui/a.rs", up), ["work"]);
    assert_eq!(imports("src/app.rs", "use super::cli;"), ["cli"]);
    assert_eq!(
        imports("src/main.rs", "use offprint::pack::Pack;"),
        ["pack"]
    );
    let quiet = "//! See [`crate::work`].\n// crate::work\n/// `super::super::work`\n";
    assert_eq!(imports("src/ui/a.rs", quiet), [""; 0]);
    let tests = "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::work::Worker;\n}\n";
    assert_eq!(imports("src/ui/a.rs", tests), [""; 0]);

    for (code, path, named) in [
        ("use std::fs;", "std::fs", true),
        ("use std::{env, fs};", "std::fs", true),
        ("use std::{env, io::Read as _};", "std::fs", false),
        ("let x: eframe::Frame;", "eframe", true),
        ("let wall = Instant::now();", "Instant", true),
        ("let instantly = 1;", "Instant", false),
        ("Timestamp::from_second(1)", "Timestamp::now", false),
    ] {
        assert_eq!(has_path(code, path), named, "{code} {path}");
    }
    let machine = concat!("/wo", "rk/");
    assert!(starts_a_path(concat!("cd /wo", "rk/main"), machine));
    assert!(!starts_a_path(concat!("see src/wo", "rk/save.rs"), machine));
}

/// A source file.
struct Source {
    /// Its path from the package's folder, with `/`.
    name: String,
    text: String,
}

impl Source {
    /// The top-level module it belongs to.
    fn module(&self) -> String {
        let path = self.name.strip_prefix("src/").unwrap_or(&self.name);
        let first = path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first).to_owned()
    }

    /// The lines that are code, numbered from 1: no comments, and nothing of a test module.
    fn code(&self) -> Vec<(usize, &str)> {
        let tests = ["/tests.rs", "/tests/", "/sample.rs"];
        if tests.iter().any(|part| self.name.contains(part)) {
            return Vec::new();
        }
        let lines: Vec<&str> = self.text.lines().collect();
        // Test modules stand at the end of a file.
        let end = lines.windows(2).position(|pair| {
            pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
        });
        let code = |line: &'_ str| {
            let mut end = line.len();
            for (at, _) in line.match_indices("//") {
                // `https://` is no comment.
                if !line[..at].ends_with(':') {
                    end = at;
                    break;
                }
            }
            end
        };
        lines[..end.unwrap_or(lines.len())]
            .iter()
            .enumerate()
            .map(|(at, line)| (at + 1, &line[..code(line)]))
            .collect()
    }

    /// The top-level modules it names, with the line.
    fn imports(&self) -> Vec<(usize, String)> {
        let path = self.name.strip_prefix("src/").unwrap_or(&self.name);
        let path = path.strip_suffix("/mod.rs").unwrap_or(path);
        let depth = path.split('/').count();
        let roots = [
            "crate::".to_owned(),
            "offprint::".to_owned(),
            "super::".repeat(depth),
        ];
        // A group may go over several lines, so all of it is looked at as one, and a byte's line is found again.
        let mut all = String::new();
        let mut starts = Vec::new();
        for (number, line) in self.code() {
            starts.push((all.len(), number));
            all.push_str(line);
            all.push('\n');
        }
        let line_of = |byte: usize| {
            let at = starts.partition_point(|(start, _)| *start <= byte);
            starts[at - 1].1
        };
        let mut found = Vec::new();
        for root in &roots {
            for (at, _) in all.match_indices(root.as_str()) {
                let before = all[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                    continue;
                }
                let rest = &all[at + root.len()..];
                for (offset, name) in names(rest) {
                    found.push((line_of(at + root.len() + offset), name.to_owned()));
                }
            }
        }
        found
    }

    /// Where its code is so, as `file:line: code`.
    fn places(&self, is: impl Fn(&str) -> bool) -> Vec<String> {
        let name = &self.name;
        self.code()
            .into_iter()
            .filter(|(_, code)| is(code))
            .map(|(line, code)| format!("{name}:{line}: {}", code.trim()))
            .collect()
    }
}

/// The names a path goes on with: one, or each of a group in braces.
fn names(rest: &str) -> Vec<(usize, &str)> {
    let word = |from: usize| {
        let text = &rest[from..];
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
        &text[..end.unwrap_or(text.len())]
    };
    if !rest.starts_with('{') {
        return vec![(0, word(0))];
    }
    let mut found = Vec::new();
    let (mut depth, mut fresh) = (0, false);
    for (at, c) in rest.char_indices() {
        match c {
            '{' => (depth, fresh) = (depth + 1, true),
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' => fresh = true,
            c if c.is_whitespace() => {}
            _ => {
                if fresh && depth == 1 {
                    found.push((at, word(at)));
                }
                fresh = false;
            }
        }
    }
    found
}

/// Whether code names a path, written in full or as one of a group.
fn has_path(code: &str, path: &str) -> bool {
    if has_word(code, path) {
        return true;
    }
    path.rsplit_once("::").is_some_and(|(parent, last)| {
        let group = format!("{parent}::{{");
        code.match_indices(&group).any(|(at, _)| {
            let rest = &code[at + group.len() - 1..];
            names(rest).iter().any(|(_, name)| *name == last)
        })
    })
}

/// Whether a word stands in a text on its own.
fn has_word(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(joins) && !after.is_some_and(joins)
    })
}

/// Whether a path that begins with these folders stands in a line: `src/…` inside a longer path does not count.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "_.-}".contains(c))
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn named(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap();
    path.to_string_lossy().replace('\\', "/")
}

/// Every Rust file below a folder of the package; none where there is no such folder.
fn sources(folder: &str) -> Vec<Source> {
    let folder = root().join(folder);
    let rust = |path: &PathBuf| path.extension().is_some_and(|it| it == "rs");
    let all = files(&folder).into_iter().filter(rust);
    all.map(|path| Source {
        name: named(&path),
        text: fs::read_to_string(&path).unwrap(),
    })
    .collect()
}

/// Every file below a folder, but for what git and cargo make.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if name == ".git" || name == "target" || name == "__pycache__" {
            continue;
        }
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(files(&entry.path()));
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}
