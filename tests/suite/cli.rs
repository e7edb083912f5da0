//! The program without a window, as a script sees it: the real binary, its streams and its exit status.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use serde_json::Value;

/// A folder with a pack and a data folder, gone with the test.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        desk.write("pack/pack.ron", MANIFEST);
        desk.write(
            "pack/stories/storm.md",
            "The wind *rose*.\n\n> It was loud.\n> — Ada Mair, keeper\n",
        );
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Puts the stories `s0`, `s1` and so on into the pack.
    fn add_stories(&self, count: usize) {
        let story = |n| format!("Story(id: \"s{n}\", headline: \"Story {n}\"),\n");
        let mut stories: Vec<String> = (0..count).map(story).collect();
        let last = "Story(id: \"calm\"";
        stories.push(last.to_owned());
        let manifest = MANIFEST.replace(last, &stories.concat());
        self.write("pack/pack.ron", &manifest);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        command
            .current_dir(self.folder.path())
            .args(args)
            .arg("--data-dir=data")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(&self.command(args).output().unwrap())
    }
}

const MANIFEST: &str = r#"Pack(
    format: 1,
    id: "org.example.desk",
    edition: "2025-08-09",
    title: "The Desk",
    language: "en",
    published: "2025-08-09T06:00:00Z",
    publisher: Publisher(name: "Desk & Sons"),
    rights: "CC0 1.0",
    sections: [
        Section(id: "weather", title: "Weather", stories: [
            Story(id: "storm", headline: "A storm <came>", summary: "In the night.", byline: ["Ada Mair"], published: "2025-08-09T05:00:00Z", tags: ["sea"]),
            Story(id: "calm", headline: "A calm after it", summary: "In the morning."),
        ]),
    ],
)
"#;

/// What a run gave.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

#[test]
fn help_and_version_say_all_there_is_to_say() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (Some(0), ""));
    for expected in [
        "offprint [OPTIONS] [PACK]...",
        "list",
        "show",
        "check",
        "diff",
        "bookmarks",
        "new",
        "preview",
        "--data-dir",
        "--measure-start",
        "Examples:",
        "Exit status:",
        "Your files:",
        "Logs, and reports of crashes",
        "RUST_LOG",
        "OFFPRINT_RENDERER",
        "./list",
    ] {
        assert!(help.out.contains(expected), "{expected}\n{}", help.out);
    }
    let version = desk.run(&["--version"]);
    let first = version.out.lines().next().unwrap();
    assert_eq!(first, format!("offprint {}", env!("CARGO_PKG_VERSION")));
    assert_eq!(desk.run(&["-V"]).out.trim(), first);
    for command in ["list", "show", "check", "bookmarks"] {
        assert_eq!(desk.run(&[command, "--help"]).status, Some(0));
        assert_eq!(desk.run(&[command]).status, Some(2), "{command}");
    }
}

#[test]
fn the_exit_status_is_what_the_help_says() {
    let desk = Desk::new();
    for (args, status) in [
        (&["--version"][..], 0),
        (&["list", "pack"], 0),
        (&["diff", "pack", "pack"], 0),
        // Problems were found, or the wish was refused.
        (&["show", "pack", "snow"], 1),
        (&["diff", "world-desk", "guide"], 1),
        (&["bookmarks", "import", "pack/pack.ron"], 1),
        // It could not run.
        (&["list", "nowhere"], 2),
        (&["show", "pack"], 2),
        (&["list", "pack", "--loud"], 2),
        (&["nowhere"], 2),
        (&["list", "pack", "-o", "x"], 2),
    ] {
        let run = desk.run(args);
        assert_eq!(run.status, Some(status), "{args:?}: {run:?}");
        assert!(
            status == 0 || args[0] == "diff" || !run.err.is_empty(),
            "{args:?}: {run:?}"
        );
    }
}

#[test]
fn what_is_logged_is_asked_for_by_a_variable() {
    let desk = Desk::new();
    let run = |value: &str| {
        let mut command = desk.command(&["list", "pack"]);
        Run::of(&command.env("RUST_LOG", value).output().unwrap())
    };
    assert_eq!(run("off").err, "");
    let loud = run("offprint=loud");
    assert_eq!(loud.status, Some(0), "{loud:?}");
    assert!(
        loud.err.starts_with("offprint: RUST_LOG is not understood"),
        "{loud:?}"
    );
    // No window, so no file.
    assert!(!desk.path("data/state").exists());
}

#[test]
fn list_prints_headlines_and_json() {
    let desk = Desk::new();
    let list = desk.run(&["list", "pack"]);
    assert_eq!(list.status, Some(0), "{list:?}");
    let lines: Vec<&str> = list.out.lines().collect();
    assert!(lines[0].starts_with("storm ") && lines[0].ends_with(" A storm <came>"));
    assert_eq!(lines.len(), 2);

    let json = desk.run(&["list", "pack", "--json"]).json();
    assert_eq!(json["series"], "org.example.desk");
    assert_eq!(json["edition"], "2025-08-09");
    assert_eq!(json["title"], "The Desk");
    let story = &json["stories"][0];
    assert_eq!(story["id"], "storm");
    assert_eq!(story["headline"], "A storm <came>");
    assert_eq!(story["summary"], "In the night.");
    assert_eq!(story["section"], "weather");
    assert_eq!(story["published"], "2025-08-09T05:00:00");
    assert_eq!(json["stories"][1]["brief"], true);
}

#[test]
fn show_prints_a_story_in_four_forms() {
    let desk = Desk::new();
    let text = desk.run(&["show", "pack", "storm"]).out;
    assert!(text.starts_with("A storm <came>\n\nIn the night.\n\nAda Mair · 9 August 2025, 05:00 · The Desk, 2025-08-09\n\nThe wind rose."), "{text}");
    let markdown = desk.run(&["show", "pack", "storm", "--as", "md"]).out;
    assert!(markdown.starts_with("# A storm <came>\n") && markdown.contains("*rose*"));
    let html = desk.run(&["show", "--as=html", "pack", "storm"]).out;
    assert!(
        html.contains("<h1>A storm &lt;came&gt;</h1>") && html.contains("<em>rose</em>"),
        "{html}"
    );
    let json = desk.run(&["show", "pack", "storm", "--as", "json"]).json();
    assert_eq!(json["id"], "storm");
    assert_eq!(json["digest"].as_str().map(str::len), Some(64));
    let missing = desk.run(&["show", "pack", "snow"]);
    assert_eq!((missing.status, missing.out.as_str()), (Some(1), ""));
    assert!(
        missing.err.contains("offprint list pack"),
        "{}",
        missing.err
    );
}

#[test]
fn check_tells_by_its_status() {
    let desk = Desk::new();
    let clean = desk.run(&["check", "pack"]);
    assert_eq!(
        (clean.status, clean.out.as_str(), clean.err.as_str()),
        (Some(0), "", "offprint: pack: no problems in 2 files\n")
    );
    // A warning is told, and refused only where somebody says so.
    desk.write("pack/stories/calm.md", "Not a word of [it](story:gone).\n");
    let warned = desk.run(&["check", "pack"]);
    assert_eq!(
        (warned.status, warned.err.as_str()),
        (Some(0), "offprint: pack: 1 warning in 3 files\n"),
        "{warned:?}"
    );
    assert!(
        warned
            .out
            .starts_with("stories/calm.md:1:15: warning P024: The story “gone”"),
        "{warned:?}"
    );
    assert_eq!(
        desk.run(&["check", "pack", "--deny", "warnings"]).status,
        Some(1)
    );
    assert_eq!(
        desk.run(&["check", "pack", "--deny", "advice"]).status,
        Some(1)
    );
    let json = desk.run(&["check", "--json", "pack"]).json();
    let problem = &json["problems"][0];
    assert_eq!(
        (&problem["code"], &problem["line"], &problem["column"]),
        (&"P024".into(), &1.into(), &15.into())
    );
    assert_eq!(problem["severity"], "warning");
    assert_eq!(problem["rule"], "Link to a story that is not in the pack");
    assert_eq!(
        json["counts"],
        serde_json::json!({"errors": 0, "warnings": 1, "advice": 0})
    );
    assert_eq!(json["files"], 3);
    // Advice alone.
    desk.write("pack/stories/calm.md", "> Not a word.\n");
    assert_eq!(desk.run(&["check", "pack"]).status, Some(0));
    assert_eq!(
        desk.run(&["check", "pack", "--deny", "warnings"]).status,
        Some(0)
    );
    let advised = desk.run(&["check", "pack", "--deny=advice"]);
    assert_eq!(
        (advised.status, advised.err.as_str()),
        (Some(1), "offprint: pack: 1 piece of advice in 3 files\n")
    );
    // An error.
    fs::write(desk.path("pack/stories/calm.md"), b"caf\xE9").unwrap();
    let found = desk.run(&["check", "pack"]);
    assert_eq!(
        (found.status, found.err.as_str()),
        (Some(1), "offprint: pack: 1 error in 3 files\n"),
        "{found:?}"
    );
    desk.write("bad/pack.ron", "Pack(\n    format: 1,\n    id \"x\",\n)");
    assert_eq!(desk.run(&["check", "bad"]).status, Some(1));
    assert_eq!(desk.run(&["list", "bad"]).status, Some(2));
    let missing = desk.run(&["check", "nowhere"]);
    assert_eq!((missing.status, missing.out.as_str()), (Some(2), ""));
}

#[test]
fn check_explains_its_rules() {
    let desk = Desk::new();
    let one = desk.run(&["check", "--explain", "p060"]);
    assert_eq!((one.status, one.err.as_str()), (Some(0), ""), "{one:?}");
    assert!(
        one.out.starts_with("P060, advice: Quote without a name\n")
            && one.out.contains("\n    > — Ana Lee, harbour master\n"),
        "{one:?}"
    );
    let none = desk.run(&["check", "--explain", "P999"]);
    assert_eq!((none.status, none.out.as_str()), (Some(1), ""));
    assert!(none.err.contains("--rules"), "{none:?}");
    let all = desk.run(&["check", "--rules"]);
    assert_eq!(
        all.out.lines().filter(|it| it.starts_with("  P0")).count(),
        offprint::pack::rules().count()
    );
    let json = desk.run(&["check", "--rules", "--json"]).json();
    assert_eq!(json["rules"][0]["code"], "P001");
    assert_eq!(
        desk.run(&["check", "--explain", "P001", "--json"]).json()["rules"][0]["severity"],
        "error"
    );
    // A pack and a rule are two wishes.
    assert_eq!(desk.run(&["check", "pack", "--rules"]).status, Some(2));
}

#[test]
fn bookmarks_outlive_their_pack() {
    let desk = Desk::new();
    let none = desk.run(&["bookmarks", "list", "--json"]);
    assert_eq!(none.json()["bookmarks"], Value::Array(vec![]));
    assert!(!desk.path("data").exists());

    let added = desk.run(&["bookmarks", "add", "pack", "storm"]);
    assert_eq!(added.status, Some(0), "{added:?}");
    let again = desk.run(&["bookmarks", "add", "pack", "storm", "--json"]);
    assert_eq!(
        (again.status, &again.json()["changed"]),
        (Some(0), &false.into())
    );
    assert_eq!(
        desk.run(&["bookmarks", "add", "pack", "snow"]).status,
        Some(1)
    );
    let file = fs::read_to_string(desk.path("data/bookmarks/org.example.desk.ron")).unwrap();
    assert!(file.contains("headline: \"A storm <came>\","), "{file}");

    fs::remove_dir_all(desk.path("pack")).unwrap();
    let json = desk.run(&["bookmarks", "--json", "list"]).json();
    let kept = &json["bookmarks"][0];
    for (key, value) in [
        ("series", "org.example.desk"),
        ("edition", "2025-08-09"),
        ("story", "storm"),
        ("headline", "A storm <came>"),
        ("summary", "In the night."),
        ("publisher", "Desk & Sons"),
        ("published", "2025-08-09T05:00:00"),
    ] {
        assert_eq!(kept[key], value, "{key}");
    }
    let origin = kept["origin"].as_str().unwrap();
    assert!(
        Path::new(origin).is_absolute() && origin.ends_with("pack"),
        "{origin}"
    );
    assert!(kept["saved"].as_str().unwrap().ends_with('Z'));

    let gone = desk.run(&["bookmarks", "remove", "org.example.desk", "storm"]);
    assert_eq!(gone.status, Some(0), "{gone:?}");
    let again = desk.run(&["bookmarks", "remove", "org.example.desk", "storm"]);
    assert_eq!(
        (again.status, again.out.as_str()),
        (Some(1), ""),
        "{again:?}"
    );
    assert_eq!(desk.run(&["bookmarks", "list"]).out, "");
}

#[test]
fn bookmarks_are_tagged_noted_found_and_put_back() {
    let desk = Desk::new();
    let add = [
        "add",
        "pack",
        "storm",
        "--tag",
        " sea , air ",
        "--note",
        "Ask them",
    ];
    assert_eq!(
        desk.run(&[&["bookmarks"], &add[..]].concat()).status,
        Some(0)
    );
    let one = |arguments: &[&str]| {
        let run = desk.run(&[&["bookmarks", "list", "--json"], arguments].concat());
        let json = run.json();
        let found = json["bookmarks"].as_array().unwrap().clone();
        assert!(found.len() < 2, "{json}");
        found.into_iter().next()
    };
    let stored = one(&[]).unwrap();
    assert_eq!(stored["tags"], serde_json::json!(["sea air"]));
    assert_eq!(stored["note"], "Ask them");

    let tag = ["bookmarks", "tag", "org.example.desk", "storm"];
    let run = desk.run(&[&tag[..], &["weather", "to do"]].concat());
    assert_eq!(run.out, "Tagged: org.example.desk storm\n");
    let run = desk.run(&[&tag[..], &["--remove", "sea air", "to do"]].concat());
    assert_eq!(run.out, "No longer tagged: org.example.desk storm\n");
    assert_eq!(one(&[]).unwrap()["tags"], serde_json::json!(["weather"]));

    let note = ["bookmarks", "note", "pack", "storm"];
    assert_eq!(desk.run(&note).out, "Ask them\n");
    let run = desk.run(&[&note[..], &["Asked Łucja"]].concat());
    assert_eq!(run.out, "Noted: org.example.desk storm\n");
    for (arguments, found) in [
        (&["--find", "lucja WEATHER"][..], true),
        (&["--find", "nobody"], false),
        (&["--tag", "weather"], true),
        (&["--tag", "weather", "--tag", "sea air"], false),
        (&["--removed"], false),
    ] {
        assert_eq!(one(arguments).is_some(), found, "{arguments:?}");
    }

    desk.run(&["bookmarks", "remove", "pack", "storm"]);
    assert_eq!(one(&[]), None);
    assert!(one(&["--removed"]).unwrap()["removed"].is_string());
    let refused = desk.run(&[&tag[..], &["x"]].concat());
    assert_eq!(refused.status, Some(1));
    assert!(refused.err.contains("is not bookmarked"), "{}", refused.err);
    let back = desk.run(&["bookmarks", "restore", "pack", "storm"]);
    assert_eq!(back.out, "Bookmarked again: org.example.desk storm\n");
    assert_eq!(one(&[]).unwrap()["note"], "Asked Łucja");
    let unknown = desk.run(&["bookmarks", "restore", "pack", "nothing"]);
    assert_eq!(unknown.status, Some(1));
}

#[test]
fn bookmarks_are_listed_in_the_order_that_is_asked_for() {
    let desk = Desk::new();
    for story in ["storm", "calm"] {
        desk.run(&["bookmarks", "add", "pack", story]);
    }
    for sort in ["saved", "date", "publisher"] {
        let run = desk.run(&["bookmarks", "list", "--sort", sort]);
        assert_eq!(
            (run.status, run.out.lines().count()),
            (Some(0), 2),
            "{run:?}"
        );
    }
}

#[test]
fn bookmarks_go_out_and_other_copies_come_in() {
    let desk = Desk::new();
    desk.run(&["bookmarks", "add", "pack", "storm"]);
    for (form, part) in [
        ("md", "## A storm \\<came\\>"),
        ("csv", "bookmark,org.example.desk,2025-08-09,storm,"),
        ("html", "<h2>A storm &lt;came&gt;</h2>"),
        ("json", "\"kind\": \"offprint-marks\""),
        ("jsonld", "\"offprint:org.example.desk/2025-08-09/storm\""),
    ] {
        let run = desk.run(&["bookmarks", "export", "--as", form]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{form}");
        assert!(run.out.contains(part), "{form}: {}", run.out);
    }
    let to_file = ["bookmarks", "export", "--as=csv", "-o", "out.csv"];
    assert_eq!(desk.run(&to_file).status, Some(0));
    let again = desk.run(&to_file);
    assert_eq!(again.status, Some(1));
    assert!(again.err.contains("--force"), "{}", again.err);
    let none = desk.run(&[
        "bookmarks",
        "export",
        "--as=csv",
        "--series",
        "org.example.other",
    ]);
    assert_eq!(none.out.lines().count(), 1);

    let theirs = "Bookmarks(version: 2, series: \"org.example.desk\", bookmarks: [Bookmark(story: \"calm\", headline: \"A calm\")])";
    desk.write("stick/bookmarks/org.example.desk.ron", theirs);
    let merged = desk.run(&["bookmarks", "merge", "stick", "--json"]).json();
    assert_eq!(merged["bookmarks"]["added"], 1);
    let merged = desk.run(&["bookmarks", "merge", "stick"]);
    assert!(
        merged.out.contains("0 new, 0 changed, 1 as before"),
        "{}",
        merged.out
    );
    let list = desk.run(&["bookmarks", "list", "--json"]).json();
    assert_eq!(list["bookmarks"].as_array().unwrap().len(), 2);
    let refused = desk.run(&["bookmarks", "merge", "pack"]);
    assert_ne!(refused.status, Some(0));
    assert!(
        refused.err.contains("no files of Offprint"),
        "{}",
        refused.err
    );
}

#[test]
fn many_changes_come_in_line_by_line() {
    let desk = Desk::new();
    let apply = |input: &str| {
        use std::io::Write as _;
        let mut command = desk.command(&["bookmarks", "apply"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        Run::of(&child.wait_with_output().unwrap())
    };
    let series = "\"series\": \"org.example.desk\"";
    let good = format!(
        r#"{{"do": "add", "pack": "pack", "story": "storm"}}

{{"do": "tag", {series}, "story": "storm", "tag": "sea"}}
{{"do": "tag", {series}, "story": "storm", "tag": "sea"}}
{{"do": "note", {series}, "story": "storm", "text": "Ask Ada."}}
{{"do": "add", "pack": "pack", "story": "calm"}}
{{"do": "remove", {series}, "story": "calm"}}
{{"do": "restore", {series}, "story": "calm"}}
{{"do": "untag", {series}, "story": "calm", "tag": "sea"}}"#
    );
    let run = apply(&good);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let answers: Vec<Value> = run
        .out
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    let changed: Vec<(u64, bool)> = answers
        .iter()
        .map(|it| (it["line"].as_u64().unwrap(), it["changed"] == true))
        .collect();
    assert_eq!(
        changed,
        [
            (1, true),
            (3, true),
            (4, false),
            (5, true),
            (6, true),
            (7, true),
            (8, true),
            (9, false)
        ]
    );
    assert_eq!(answers[0]["series"], "org.example.desk");
    assert_eq!(answers[0]["story"], "storm");
    let list = desk.run(&["bookmarks", "list", "--json"]).json();
    assert_eq!(list["bookmarks"].as_array().unwrap().len(), 2);

    // What is wrong is told, and the rest is done.
    let long = format!("{{\"do\": \"{}\"}}", "x".repeat(1 << 20));
    let bad = [
        "add pack storm",
        r#"{"do": "burn", "story": "storm"}"#,
        r#"{"do": "remove", "story": "storm"}"#,
        r#"{"do": "add", "pack": "pack", "story": "snow"}"#,
        r#"{"do": "add", "pack": "nowhere", "story": "snow"}"#,
        &long,
        r#"{"do": "add", "pack": "pack", "story": "storm"}"#,
    ];
    let run = apply(&bad.join("\n"));
    assert_eq!(run.status, Some(1), "{run:?}");
    let told: Vec<&str> = run.err.lines().collect();
    let table = [
        "Line 1 was not done: expected value (column 1); `offprint bookmarks apply --help`",
        "Line 2 was not done: unknown variant `burn`, expected one of `add`, `remove`",
        "Line 3 was not done: missing field `series`",
        "Line 4 was not done: There is no story `snow`",
        "Line 5 was not done: ",
        "Line 6 was not done: it is longer than 1048576 bytes",
    ];
    assert_eq!(told.len(), table.len(), "{run:?}");
    for (told, expected) in told.iter().zip(table) {
        assert!(told.contains(expected), "{told}");
    }
    assert_eq!(run.out.lines().count(), 1);
    assert!(run.out.starts_with("{\"line\":7,"), "{}", run.out);
}

#[test]
fn a_damaged_bookmarks_file_is_told_and_kept() {
    let desk = Desk::new();
    desk.write("data/bookmarks/org.example.desk.ron", "");
    let list = desk.run(&["bookmarks", "list"]);
    assert_eq!(list.status, Some(1));
    assert!(list.err.contains("is empty. It is kept as"), "{list:?}");
    let added = desk.run(&["bookmarks", "add", "pack", "storm"]);
    assert_eq!((added.status, added.err.as_str()), (Some(0), ""));
    assert_eq!(
        fs::read_dir(desk.path("data/bookmarks")).unwrap().count(),
        2
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    let desk = Desk::new();
    for args in [
        &["lits", "pack"][..],
        &["pack", "list", "pack"],
        &["--nonsense"],
        &["show", "pack", "storm", "--as", "pdf"],
        &["list"],
    ] {
        let run = desk.run(args);
        assert_eq!(
            (run.status, run.out.as_str()),
            (Some(2), ""),
            "{args:?} {run:?}"
        );
        assert!(!run.err.is_empty());
    }
    desk.write("data", "a file");
    let run = desk.run(&["bookmarks", "add", "pack", "storm"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.err.contains("a file stands where its folder should be"),
        "{run:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_that_closes_is_no_error_and_a_full_disk_is_one() {
    let desk = Desk::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = desk.command(&["list", "pack"]);
    let output = command.stdout(writer).stderr(Stdio::piped()).output();
    let run = Run::of(&output.unwrap());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    if let Ok(full) = fs::File::options().write(true).open("/dev/full") {
        let run = desk
            .command(&["list", "pack"])
            .stdout(full)
            .status()
            .unwrap();
        assert_eq!(run.code(), Some(2));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_loses_nothing() {
    // A limit on file sizes fails a write half-way, as a full disk does, for every user.
    let desk = Desk::new();
    let program = env!("CARGO_BIN_EXE_offprint");
    let limited = |story: &str, blocks: u32| {
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec {program} bookmarks add pack {story} --data-dir data"
        );
        let output = Command::new("sh")
            .current_dir(desk.folder.path())
            .args(["-c", &script])
            .output();
        Run::of(&output.unwrap())
    };
    assert_eq!(
        desk.run(&["bookmarks", "add", "pack", "storm"]).status,
        Some(0)
    );
    let file = desk.path("data/bookmarks/org.example.desk.ron");
    let before = fs::read(&file).unwrap();
    let run = limited("calm", 0);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.err.contains("The disk is full"), "{run:?}");
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(
        fs::read_dir(desk.path("data/bookmarks")).unwrap().count(),
        1
    );
    assert_eq!(limited("calm", 64).status, Some(0));
}

#[test]
fn what_was_reported_saved_survives_a_kill() {
    const KILLS: usize = 40;
    let desk = Desk::new();
    desk.add_stories(KILLS);
    let mut acknowledged = Vec::new();
    let began = Instant::now();
    desk.run(&["bookmarks", "add", "pack", "storm"]);
    let whole = began.elapsed();
    for number in 0..KILLS {
        let story = format!("s{number}");
        let mut child = desk
            .command(&["bookmarks", "add", "pack", &story])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From before the program begins to long after it ends.
        std::thread::sleep(whole * 3 * number as u32 / KILLS as u32);
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        if output.stdout.ends_with(b"\n") {
            acknowledged.push(story);
        }
        let list = desk.run(&["bookmarks", "list", "--json"]);
        assert_eq!((list.status, list.err.as_str()), (Some(0), ""), "{list:?}");
        let json = list.json();
        let kept: Vec<&str> = json["bookmarks"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|it| it["story"].as_str())
            .collect();
        for story in &acknowledged {
            assert!(
                kept.contains(&story.as_str()),
                "{story} was saved: {kept:?}"
            );
        }
    }
    assert!(
        !acknowledged.is_empty(),
        "every program was killed too soon"
    );
}

#[test]
fn programs_at_the_same_time_lose_nothing() {
    let desk = Desk::new();
    desk.add_stories(24);
    let children: Vec<_> = (0..24)
        .map(|n| {
            let story = format!("s{n}");
            let mut command = desk.command(&["bookmarks", "add", "pack", &story]);
            command.stdout(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    assert_eq!(desk.run(&["bookmarks", "list"]).out.lines().count(), 24);
}

#[test]
fn a_pack_is_built_checked_unpacked_and_mended() {
    let desk = Desk::new();
    let built = desk.run(&["build", "pack", "-o", "desk.offprint"]);
    assert_eq!(built.status, Some(0), "{built:?}");
    assert!(built.out.starts_with("desk.offprint: "), "{built:?}");
    assert!(built.out.contains("text"), "{built:?}");
    assert_eq!(desk.run(&["check", "desk.offprint"]).status, Some(0));
    let list = desk.run(&["list", "desk.offprint"]);
    assert_eq!(list.out, desk.run(&["list", "pack"]).out);

    // Neither the clock nor the place has a part in it.
    let mut elsewhere = desk.command(&["build", "pack", "-o", "other.offprint"]);
    let elsewhere = elsewhere.env("TZ", "Pacific/Auckland").output().unwrap();
    assert!(elsewhere.status.success());
    let read = |name: &str| fs::read(desk.path(name)).unwrap();
    let sound = read("desk.offprint");
    assert!(read("other.offprint") == sound);

    let unpacked = desk.run(&["unpack", "desk.offprint", "-o", "again", "--json"]);
    assert_eq!(unpacked.json()["files"], 2);
    assert_eq!(read("again/pack.ron"), read("pack/pack.ron"));
    let refused = desk.run(&["unpack", "desk.offprint", "-o", "again"]);
    assert_eq!(refused.status, Some(1));
    assert!(
        refused.err.contains("nothing is written over"),
        "{refused:?}"
    );

    let mut damaged = sound.clone();
    let at = damaged.windows(8).position(|it| it == b"storm.md").unwrap() + 20;
    damaged[at] ^= 1;
    fs::write(desk.path("desk.offprint"), &damaged).unwrap();
    let check = desk.run(&["check", "desk.offprint"]);
    assert_eq!(check.status, Some(1), "{check:?}");
    assert!(check.out.contains("stories/storm.md"), "{check:?}");
    let show = desk.run(&["show", "desk.offprint", "calm"]);
    assert_eq!(show.status, Some(0), "{show:?}");
    let mended = desk.run(&["repair", "desk.offprint", "--from", "other.offprint"]);
    assert_eq!(mended.status, Some(0), "{mended:?}");
    assert!(mended.out.contains("mended stories/storm.md"), "{mended:?}");
    assert!(read("desk.offprint") == sound);
    assert!(read("desk.offprint.damaged") == damaged);
    let again = desk.run(&["repair", "desk.offprint", "--from", "other.offprint"]);
    assert_eq!(
        (again.status, again.out.trim()),
        (Some(0), "desk.offprint: nothing to mend")
    );
}

#[test]
fn what_is_not_fit_to_be_handed_out_is_not_built() {
    let desk = Desk::new();
    desk.write(
        "pack/pack.ron",
        &MANIFEST.replace(
            "title: \"The Desk\",",
            "mood: \"calm\",\n    title: \"The Desk\",",
        ),
    );
    let warned = desk.run(&["build", "pack", "-o", "desk.offprint", "--json"]);
    assert_eq!(warned.status, Some(0), "{warned:?}");
    assert!(warned.err.contains("P010"), "{warned:?}");
    assert!(warned.json()["warnings"].as_u64().unwrap() >= 1);
    let denied = desk.run(&[
        "build",
        "pack",
        "-o",
        "denied.offprint",
        "--deny",
        "warnings",
    ]);
    assert_eq!(denied.status, Some(1), "{denied:?}");
    desk.write("pack/pack.ron", "Pack(");
    let broken = desk.run(&["build", "pack", "-o", "broken.offprint"]);
    assert_eq!(broken.status, Some(1), "{broken:?}");
    assert!(
        broken.err.contains("P002") && broken.err.contains("Nothing was made"),
        "{broken:?}"
    );
    let named = desk.run(&["build", "pack", "-o", "pack.zip"]);
    assert_eq!(named.status, Some(1), "{named:?}");
    assert_eq!(
        desk.run(&["build", "gone", "-o", "a.offprint"]).status,
        Some(2)
    );
    for name in [
        "denied.offprint",
        "broken.offprint",
        "pack.zip",
        "a.offprint",
    ] {
        assert!(!desk.path(name).exists(), "{name}");
    }
}
/// The two editions of `tests/packs/series`.
fn editions() -> [String; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/series");
    ["1", "2"].map(|edition| folder.join(edition).display().to_string())
}

#[test]
fn diff_tells_what_changed_between_two_editions() {
    let desk = Desk::new();
    let [old, new] = editions();
    let run = Run::of(
        &desk
            .command(&["diff", &old, &new])
            .env("COLUMNS", "80")
            .output()
            .unwrap(),
    );
    assert_eq!((run.status, run.err.as_str()), (Some(1), ""));
    let expected = "\
--- Harbour Week, 2025-08-08
+++ Harbour Week, 2025-08-09

Pack
      Edition
    - 2025-08-08
    + 2025-08-09
      Published
    - 2025-08-08T06:00:00
    + 2025-08-09T06:00:00

Added
  + seal  A seal on the slipway

Removed
  - fish-market  Fish market moves indoors

Changed
  new-quay  New quay opens on Saturday
      Headline
    - New quay opens on Friday
    + New quay opens on Saturday
      Updated
    + 2025-08-09T05:30:00
    ~ The new quay opens on [-Friday at nine-]{+Saturday at ten+}, says the
      harbour office. It is a hundred metres long and has room for two ferries
      and a row of small boats.
    - Nobody has to pay in the first week.
    ~ (list item) Fishing boats up to [-12-]{+15+} m
    + (note) Correction
    + An earlier edition named the wrong day.

1 story added, 1 removed, 1 changed
";
    assert_eq!(run.out, expected);
}

#[test]
fn diff_in_json_says_what_changed_and_where() {
    let desk = Desk::new();
    let [old, new] = editions();
    let run = desk.run(&["diff", "--json", &old, &new]);
    assert_eq!((run.status, run.err.as_str()), (Some(1), ""));
    let json = run.json();
    assert_eq!(json["old"]["edition"], "2025-08-08");
    assert_eq!(json["new"]["pack"], new);
    assert_eq!(json["same_series"], true);
    assert_eq!(json["pack"][0]["field"], "edition");
    assert_eq!(json["added"][0]["id"], "seal");
    assert_eq!(json["removed"][0]["headline"], "Fish market moves indoors");
    let story = &json["changed"][0];
    assert_eq!(json["changed"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&story["id"], &story["body"]),
        (&"new-quay".into(), &"changed".into())
    );
    assert_eq!(story["fields"][0]["old"], "New quay opens on Friday");
    assert_eq!(story["fields"][1]["old"], Value::Null);
    let block = &story["blocks"][0];
    assert_eq!(
        (&block["change"], &block["kind"]),
        (&"changed".into(), &"paragraph".into())
    );
    let marked = |side: &Value| {
        let range = &side["marked"][0];
        let at = |end: usize| range[end].as_u64().unwrap() as usize;
        side["text"].as_str().unwrap()[at(0)..at(1)].to_owned()
    };
    assert_eq!(marked(&block["old"]), "Friday at nine");
    assert_eq!(marked(&block["new"]), "Saturday at ten");
    assert_eq!(story["blocks"][1]["new"], Value::Null);
    assert_eq!(story["blocks"][1]["old"]["at"], 1);
}

#[test]
fn diff_ends_with_nought_only_where_nothing_differs() {
    let desk = Desk::new();
    let [old, new] = editions();
    let same = desk.run(&["diff", "guide", "guide"]);
    assert_eq!((same.status, same.out.as_str()), (Some(0), ""));
    assert!(same.err.contains("no differences"));
    let same = desk.run(&["diff", &new, &new, "--json"]);
    assert_eq!((same.status, same.err.as_str()), (Some(0), ""));
    assert_eq!(same.json()["changed"], Value::Array(vec![]));

    let other = desk.run(&["diff", "pack", &old]);
    assert_eq!(other.status, Some(1));
    assert!(
        other
            .err
            .contains("of two series, org.example.desk and org.example.harbour-week"),
        "{other:?}"
    );
    let gone = desk.run(&["diff", "pack", "nowhere"]);
    assert_eq!((gone.status, gone.out.as_str()), (Some(2), ""));
    let help = desk.run(&["diff", "--help"]);
    for part in ["same_series", "Exit status:", "1  there are differences"] {
        assert!(help.out.contains(part), "{part}\n{}", help.out);
    }
}

#[test]
fn diff_goes_on_after_a_text_that_cannot_be_read() {
    let desk = Desk::new();
    desk.write("new/pack.ron", MANIFEST);
    fs::create_dir_all(desk.path("new/stories")).unwrap();
    fs::write(desk.path("new/stories/storm.md"), b"\xFF\xFE").unwrap();
    desk.write("pack/stories/calm.md", "*Quiet* now.\n");
    desk.write("new/stories/calm.md", "**Quiet** now.\n");
    let run = desk.run(&["diff", "pack", "new"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.err.contains("The text of `storm` cannot be compared"),
        "{run:?}"
    );
    assert!(run.out.contains("The text cannot be compared."), "{run:?}");
    assert!(run.out.contains("only its Markdown is another"), "{run:?}");
    let json = desk.run(&["diff", "pack", "new", "--json"]).json();
    let bodies: Vec<&Value> = json["changed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["body"])
        .collect();
    assert_eq!(bodies, ["unreadable", "same words"]);
}

#[test]
fn diff_lets_no_pack_steer_the_terminal() {
    let desk = Desk::new();
    desk.write("new/pack.ron", MANIFEST);
    desk.write("new/stories/storm.md", "The wind \u{1b}[2J fell.\n");
    let run = desk.run(&["diff", "pack", "new"]);
    assert_eq!(run.status, Some(1));
    assert!(!run.out.contains('\u{1b}'), "{run:?}");
}

#[test]
fn a_new_pack_is_well_and_says_what_to_do_next() {
    let desk = Desk::new();
    let made = desk.run(&["new", "village-news"]);
    assert_eq!((made.status, made.err.as_str()), (Some(0), ""), "{made:?}");
    for expected in [
        "“Village News”",
        "stories/first-story.md",
        "offprint preview village-news\n",
        "offprint build village-news -o village-news.offprint\n",
    ] {
        assert!(made.out.contains(expected), "{expected}: {}", made.out);
    }
    let check = desk.run(&["check", "village-news", "--json"]);
    assert_eq!(check.status, Some(0));
    assert_eq!(check.json()["problems"], serde_json::json!([]));
    let list = desk.run(&["list", "village-news", "--json"]).json();
    assert_eq!(list["series"], "org.example.village-news");
    assert_eq!(list["title"], "Village News");

    let again = desk.run(&["new", "village-news"]);
    assert_eq!((again.status, again.out.as_str()), (Some(1), ""));
    assert!(again.err.contains("nothing is written over"), "{again:?}");
    let orphan = desk.run(&["new", "nowhere/at/all"]);
    assert_eq!(orphan.status, Some(1), "{orphan:?}");
    assert!(!desk.path("nowhere").exists());
}

#[test]
fn a_new_pack_can_be_made_where_one_stands() {
    let desk = Desk::new();
    fs::create_dir(desk.path("here")).unwrap();
    let made = desk
        .command(&["new", "."])
        .current_dir(desk.path("here"))
        .output()
        .unwrap();
    let made = Run::of(&made);
    assert_eq!(made.status, Some(0), "{made:?}");
    assert!(made.out.contains("-o ../here.offprint"), "{}", made.out);
    assert_eq!(desk.run(&["check", "here"]).status, Some(0));
    assert_eq!(fs::read_dir(desk.path("here")).unwrap().count(), 3);
}

#[test]
fn a_preview_of_what_is_no_folder_is_refused_before_a_window_opens() {
    let desk = Desk::new();
    desk.write("file.offprint", "x");
    for (what, expected) in [
        ("nowhere", "There is no folder to look at"),
        ("file.offprint", "Only a folder can be written"),
    ] {
        let run = desk.run(&["preview", what]);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.err.contains(expected), "{run:?}");
    }
}
