//! Packs and a data folder, what is done to its bookmarks, and what must be there then.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

use offprint::model::SeriesId;
use offprint::shelf::Shelf;
use serde_json::{Value, json};

use super::Chance;

const SERIES: [&str; 3] = ["org.example.a", "org.example.b", "org.example.c"];

/// A folder with packs and the reader's files, gone with the test.
pub(super) struct Desk {
    folder: tempfile::TempDir,
}

/// One line for `bookmarks apply`.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub series: usize,
    pub story: String,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Add,
    Remove,
    Restore,
    Tag(String),
    Untag(String),
    Note(String),
}

/// What is known of a story that was bookmarked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    there: bool,
    tags: BTreeSet<String>,
    note: String,
}

/// What must be in the reader's files: records by series and story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State(BTreeMap<(usize, String), Record>);

impl Desk {
    /// With three packs of so many stories.
    pub fn new(stories: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (at, series) in SERIES.iter().enumerate() {
            let stories: String = (0..stories)
                .map(|n| format!("Story(id: \"s{n}\", headline: \"The “{n}th” (of [many])\"),\n"))
                .collect();
            let manifest = format!(
                "Pack(format: 1, id: \"{series}\", edition: \"2025-08-09\", title: \"Desk\", language: \"en\",\n\
                 sections: [Section(id: \"all\", title: \"All\", stories: [\n{stories}])])"
            );
            let pack = folder.path().join(format!("pack-{at}"));
            fs::create_dir(&pack).unwrap();
            fs::write(pack.join("pack.ron"), manifest).unwrap();
        }
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, which makes the changes that come in.
    pub fn apply(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        command
            .current_dir(self.folder.path())
            .args(["bookmarks", "apply", "--data-dir=data"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// What is in the reader's files, and what is told of them.
    pub fn state(&self) -> (State, Vec<String>) {
        let shelf = Shelf::open(self.path("data"));
        let (mut state, mut told) = (State::default(), Vec::new());
        for (at, series) in SERIES.iter().enumerate() {
            let loaded = shelf.load_bookmarks(&SeriesId::new(*series));
            told.extend(loaded.notices.iter().map(ToString::to_string));
            for it in loaded.value {
                let record = Record {
                    there: it.is_there(),
                    tags: it.tags.iter().map(str::to_owned).collect(),
                    note: it.remark.text(),
                };
                let twice = state.0.insert((at, it.story.to_string()), record);
                assert!(twice.is_none(), "{} is there twice", it.story);
            }
        }
        (state, told)
    }

    /// The names of the files with bookmarks, and beside them.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("data/bookmarks"));
        let entries = entries.into_iter().flatten();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

impl Change {
    /// Some change to one of so many stories.
    pub fn any(chance: &mut Chance, stories: usize) -> Self {
        let kind = match chance.below(10) {
            0..=3 => Kind::Add,
            4 => Kind::Remove,
            5 => Kind::Restore,
            6 | 7 => Kind::Tag(format!("tag {}", chance.below(4))),
            8 => Kind::Untag(format!("tag {}", chance.below(4))),
            _ => Kind::Note(format!("“Note” (no. {})\n\\ ]", chance.below(1000))),
        };
        Self {
            series: chance.below(SERIES.len()),
            story: format!("s{}", chance.below(stories)),
            kind,
        }
    }

    pub fn line(&self) -> String {
        let (series, story) = (SERIES[self.series], &self.story);
        let line = match &self.kind {
            Kind::Add => {
                json!({"do": "add", "pack": format!("pack-{}", self.series), "story": story})
            }
            Kind::Remove => json!({"do": "remove", "series": series, "story": story}),
            Kind::Restore => json!({"do": "restore", "series": series, "story": story}),
            Kind::Tag(tag) => json!({"do": "tag", "series": series, "story": story, "tag": tag}),
            Kind::Untag(tag) => {
                json!({"do": "untag", "series": series, "story": story, "tag": tag})
            }
            Kind::Note(text) => {
                json!({"do": "note", "series": series, "story": story, "text": text})
            }
        };
        format!("{line}\n")
    }
}

impl State {
    pub fn take(&mut self, change: &Change) {
        let key = (change.series, change.story.clone());
        if matches!(change.kind, Kind::Add) {
            self.0.entry(key.clone()).or_default().there = true;
        }
        let Some(record) = self.0.get_mut(&key) else {
            return;
        };
        match &change.kind {
            Kind::Add | Kind::Restore => record.there = true,
            Kind::Remove => record.there = false,
            Kind::Tag(tag) => _ = record.tags.insert(tag.clone()),
            Kind::Untag(tag) => _ = record.tags.remove(tag),
            Kind::Note(text) => record.note.clone_from(text),
        }
    }

    pub fn with(mut self, changes: &[Change]) -> Self {
        for change in changes {
            self.take(change);
        }
        self
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The program at work on some changes.
pub(super) struct Applying {
    pub child: Child,
    answers: BufReader<ChildStdout>,
    feed: JoinHandle<()>,
    /// How many changes were reported as saved.
    pub saved: usize,
}

impl Applying {
    pub fn start(mut command: Command, changes: &[Change]) -> Self {
        let mut child = command.spawn().unwrap();
        let lines: String = changes.iter().map(Change::line).collect();
        let mut input = child.stdin.take().unwrap();
        let feed = thread::Builder::new().spawn(move || {
            // Whoever was killed reads no further.
            input.write_all(lines.as_bytes()).ok();
        });
        Self {
            answers: BufReader::new(child.stdout.take().unwrap()),
            child,
            feed: feed.unwrap(),
            saved: 0,
        }
    }

    /// Waits for the next answer; `false` where there is none any more.
    pub fn wait_for_one(&mut self) -> bool {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        if !line.ends_with('\n') {
            return false;
        }
        let answer: Value = serde_json::from_str(&line).unwrap();
        self.saved += 1;
        let number = answer["line"].as_u64().unwrap() as usize;
        assert!(number >= self.saved, "{line}");
        true
    }

    /// Waits for the end: the exit status and the messages.
    pub fn end(mut self) -> (usize, Option<i32>, String) {
        while self.wait_for_one() {}
        self.feed.join().unwrap();
        let output = self.child.wait_with_output().unwrap();
        let messages = String::from_utf8(output.stderr).unwrap();
        (self.saved, output.status.code(), messages)
    }
}
