//! The program without a window, as a script sees it: the real binary, its streams and its exit status.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

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
    publisher: Publisher(name: "Desk & Sons"),
    sections: [
        Section(id: "weather", title: "Weather", stories: [
            Story(id: "storm", headline: "A storm <came>", summary: "In the night.", byline: ["Ada Mair"], published: "2025-08-09T05:00:00Z", tags: ["sea"]),
            Story(id: "calm", headline: "A calm after it"),
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
        "bookmarks",
        "new",
        "preview",
        "--data-dir",
        "--measure-start",
        "Examples:",
        "Exit status:",
        "Your files:",
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
        (clean.status, clean.out.as_str()),
        (Some(0), ""),
        "{clean:?}"
    );
    desk.write("pack/stories/calm.md", "Not a word of [it](story:gone).\n");
    let found = desk.run(&["check", "pack"]);
    assert_eq!(found.status, Some(1), "{found:?}");
    assert!(
        found.out.contains("stories/calm.md:1") && found.out.contains("P024"),
        "{found:?}"
    );
    let json = desk.run(&["check", "--json", "pack"]).json();
    let problem = &json["problems"][0];
    assert_eq!(
        (&problem["code"], &problem["line"]),
        (&"P024".into(), &1.into())
    );
    desk.write("bad/pack.ron", "Pack(\n    format: 1,\n    id \"x\",\n)");
    assert_eq!(desk.run(&["check", "bad"]).status, Some(1));
    assert_eq!(desk.run(&["list", "bad"]).status, Some(2));
    let missing = desk.run(&["check", "nowhere"]);
    assert_eq!((missing.status, missing.out.as_str()), (Some(2), ""));
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
    for number in 0..KILLS {
        let story = format!("s{number}");
        let mut child = desk
            .command(&["bookmarks", "add", "pack", &story])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From before the program begins to after it ends.
        std::thread::sleep(Duration::from_micros(400 * number as u64));
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
