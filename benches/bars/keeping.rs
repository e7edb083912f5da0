//! The bars of what a reader keeps: how soon a bookmark is on the disk, how long a merge takes, and how long a frame while
//! bookmarks come and go, each with a hundred thousand of them.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use offprint::model::{Action, Bookmark, BookmarkChange, Life, SeriesId, Snapshot, Stamp, StoryId};
use offprint::shelf::Shelf;

use crate::{Desk, millis, row, verdict};

/// The series of the wide pack, whose stories are `s0`, `s1` and so on.
const SERIES: &str = "org.example.wide";
const MANY: usize = 100_000;
const SAVES: usize = 300;
const MERGES: usize = 5;
const FRAMES: usize = 3_000;

/// All of them; `pack` has a hundred thousand stories.
pub fn run(pack: &Path, folder: &Path) {
    saves(folder, 100, Duration::from_millis(20));
    saves(folder, MANY, Duration::from_millis(50));
    merges(folder);
    storm(pack, folder);
}

fn series() -> SeriesId {
    SeriesId::new(SERIES)
}

fn at(second: usize) -> Stamp {
    Stamp::from_millis(1_754_000_000_000 + second as i64 * 1000)
}

fn add(story: &str, second: usize) -> BookmarkChange {
    BookmarkChange::Add(Box::new(Bookmark {
        series: series(),
        story: StoryId::new(story),
        was: Snapshot {
            edition: "2025-01-01".to_owned(),
            digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            headline: format!("What officials described as orderly talks end in {story}"),
            summary:
                "Neither side would say what had been promised; figures released on Friday show \
                      seizures at the border down by half."
                    .to_owned(),
            publisher: "The wide desk".to_owned(),
            pack_title: "wide".to_owned(),
            published: Some("2025-01-01T05:00:00Z".to_owned()),
            origin: "/media/stick/wide.offprint".to_owned(),
        },
        life: Life::new(at(second)),
        ..Bookmark::default()
    }))
}

fn remove(story: &str, second: usize) -> BookmarkChange {
    let (story, at) = (StoryId::new(story), at(second));
    BookmarkChange::Remove { story, at }
}

/// Bookmarks of so many stories, from `s<from>` on.
fn fill(shelf: &Shelf, from: usize, count: usize) {
    let all: Vec<BookmarkChange> = (from..from + count)
        .map(|number| add(&format!("s{number}"), number))
        .collect();
    shelf
        .change_bookmarks(&series(), &all)
        .expect("bookmarks are written");
}

fn at_share(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    let index = ((times.len() - 1) as f64 * share) as usize;
    times.get(index).copied().unwrap_or_default()
}

/// How soon a bookmark is on the disk: new ones, and old ones taken away.
fn saves(folder: &Path, count: usize, bar: Duration) {
    let shelf = Shelf::open(folder.join(format!("saves-{count}")));
    fill(&shelf, 0, count);
    let mut times: Vec<Duration> = (0..SAVES)
        .map(|number| {
            let change = match number % 3 {
                0 => remove(&format!("s{}", number * count / SAVES), count + number),
                _ => add(&format!("new-{number}"), count + number),
            };
            let began = Instant::now();
            let saved = shelf.change_bookmarks(&series(), &[change]);
            let took = began.elapsed();
            assert!(saved.expect("a bookmark is saved").changed);
            took
        })
        .collect();
    let what = format!("bookmark to disk, {count} in its series");
    row(
        &format!("{what}: median"),
        &millis(at_share(&mut times, 0.5)),
        "",
    );
    let p95 = at_share(&mut times, 0.95);
    row(
        &format!("{what}: p95"),
        &millis(p95),
        &verdict(p95 <= bar, &format!("{} ms", bar.as_millis())),
    );
    let longest = at_share(&mut times, 1.0);
    row(&format!("{what}: longest"), &millis(longest), "");
}

/// Two shelves of a hundred thousand bookmarks become one.
fn merges(folder: &Path) {
    let one = folder.join("one");
    fill(&Shelf::open(&one), 0, MANY);
    let other = folder.join("other");
    fill(&Shelf::open(&other), MANY, MANY);
    let tagged = folder.join("tagged");
    copy(&one, &tagged);
    let tags: Vec<BookmarkChange> = (0..MANY)
        .map(|number| BookmarkChange::Tag {
            story: StoryId::new(format!("s{number}")),
            tag: "later".to_owned(),
            there: true,
            at: at(MANY + number),
        })
        .collect();
    Shelf::open(&tagged)
        .change_bookmarks(&series(), &tags)
        .expect("tags are written");
    for (what, theirs, expected) in [
        ("nothing new", &one, (0, 0)),
        ("all new", &other, (MANY, 0)),
        ("all changed", &tagged, (0, MANY)),
    ] {
        let mut times: Vec<Duration> = (0..MERGES)
            .map(|_| {
                let ours = folder.join("ours");
                copy(&one, &ours);
                let began = Instant::now();
                let merged = Shelf::open(&ours).merge(theirs).expect("a merge");
                let took = began.elapsed();
                let counts = merged.bookmarks;
                assert_eq!((counts.added, counts.changed), expected, "{what}");
                fs::remove_dir_all(&ours).expect("a folder goes");
                took
            })
            .collect();
        let median = at_share(&mut times, 0.5);
        row(
            &format!("merge of two shelves of {MANY}: {what}"),
            &millis(median),
            &verdict(median <= Duration::from_secs(1), "1 s"),
        );
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            if entry.file_name() != "older" {
                copy(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// A bookmark comes or goes in every frame.
fn storm(pack: &Path, folder: &Path) {
    let data = folder.join("storm");
    fill(&Shelf::open(data.join("data")), 0, MANY);
    let mut desk = Desk::open(pack, &data);
    desk.until("the bookmarks are there", |app| {
        app.model().bookmarked_count() >= MANY
    });
    for _ in 0..50 {
        desk.frame(vec![]);
    }
    let mut times: Vec<Duration> = (0..FRAMES)
        .map(|number| {
            let story = StoryId::new(format!("s{}", number * 31 % MANY));
            desk.act(Action::ToggleBookmark(story));
            desk.frame(vec![])
        })
        .collect();
    let what = format!("bookmarks coming and going, {MANY} there");
    row(
        &format!("{what}: a frame, median"),
        &millis(at_share(&mut times, 0.5)),
        "",
    );
    let p99 = at_share(&mut times, 0.99);
    row(
        &format!("{what}: a frame, p99"),
        &millis(p99),
        &verdict(p99 <= Duration::from_millis(4), "4 ms"),
    );
    let longest = at_share(&mut times, 1.0);
    row(&format!("{what}: a frame, longest"), &millis(longest), "");
}
