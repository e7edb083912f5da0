//! What is noted, where it goes, and what is told of a crash.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;

use log::Level;

use super::*;

fn journal(asked: Option<&str>) -> Journal {
    let (journal, error) = Journal::new(asked);
    assert_eq!(error, None);
    journal
}

fn log(journal: &Journal, level: Level, target: &str, text: &str) {
    let mut record = Record::builder();
    let record = record.level(level).target(target);
    journal.log(&record.args(format_args!("{text}")).build());
}

fn texts(folder: &Path) -> Vec<String> {
    let files = names::files(folder, "", ".txt");
    let read = |path: PathBuf| fs::read_to_string(path).unwrap();
    files.into_iter().map(read).collect()
}

#[test]
fn the_variable_says_what_is_noted() {
    for (asked, level, target, noted) in [
        (None, Level::Warn, "offprint::shelf", true),
        (None, Level::Info, "offprint::shelf", false),
        (Some(""), Level::Error, "winit", true),
        (Some("debug"), Level::Debug, "winit", true),
        (Some("offprint=debug"), Level::Debug, "offprint::work", true),
        (Some("offprint=debug"), Level::Error, "winit", false),
        (
            Some("warn,offprint::pack=trace"),
            Level::Trace,
            "offprint::pack::open",
            true,
        ),
        (Some("off"), Level::Error, "offprint", false),
    ] {
        let journal = journal(asked);
        log(&journal, level, target, "text");
        let seen = !journal.last().is_empty();
        assert_eq!(seen, noted, "{asked:?} {level} {target}");
    }
}

#[test]
fn a_variable_that_is_not_understood_is_told_and_the_usual_noted() {
    let (journal, error) = Journal::new(Some("offprint=loud"));
    let error = error.unwrap();
    assert!(error.starts_with("RUST_LOG is not understood"), "{error}");
    log(&journal, Level::Warn, "offprint", "noted");
    log(&journal, Level::Info, "offprint", "not noted");
    assert_eq!(journal.last().len(), 1);
}

#[test]
fn a_record_is_one_line_of_bounded_length() {
    let journal = journal(None);
    log(
        &journal,
        Level::Warn,
        "offprint",
        &format!("one\ntwo{}", "é".repeat(LONGEST)),
    );
    let line = journal.last().remove(0);
    assert!(
        line.contains("WARN  offprint [") && line.contains("one two"),
        "{line}"
    );
    assert!(
        line.len() <= LONGEST + 4 && line.ends_with("…\n"),
        "{}",
        line.len()
    );
    assert_eq!(line.lines().count(), 1);
}

#[test]
fn the_file_is_made_with_the_first_line_and_has_what_came_before_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("state/offprint");
    let journal = journal(None);
    journal
        .keep(&folder, |_| panic!("nothing has crashed"))
        .unwrap();
    journal.flush();
    assert!(!folder.exists(), "there is nothing to write");

    let journal = super::tests::journal(None);
    log(&journal, Level::Warn, "offprint", "before");
    journal.keep(&folder, |_| {}).unwrap();
    log(&journal, Level::Error, "offprint", "after");
    journal.flush();
    let [text] = &texts(&folder)[..] else {
        panic!("one file")
    };
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].ends_with("] before") && lines[1].ends_with("] after"),
        "{text}"
    );
}

#[test]
fn a_file_has_an_end_and_few_of_them_stay() {
    let home = tempfile::tempdir().unwrap();
    for day in 1..=9 {
        fs::write(
            home.path()
                .join(format!("log-2024-01-0{day}T00-00-00Z-1.txt")),
            "",
        )
        .unwrap();
    }
    fs::write(home.path().join("mine.txt"), "stays").unwrap();
    let mut pen = Pen::new(home.path(), false);
    let line = format!("{}\n", "x".repeat(999));
    for _ in 0..=pen::MOST / line.len() + 10 {
        pen.take(Entry::Line(line.clone(), 0));
    }
    let logs = names::files(home.path(), "log-", ".txt");
    assert_eq!(logs.len(), names::KEPT);
    let text = fs::read_to_string(logs.last().unwrap()).unwrap();
    assert!(
        text.len() <= pen::MOST + 100 && text.len() > pen::MOST / 2,
        "{}",
        text.len()
    );
    assert!(text.ends_with("not in it.)\n"));
    assert!(
        logs[0].ends_with("log-2024-01-06T00-00-00Z-1.txt"),
        "{logs:?}"
    );
    assert!(home.path().join("mine.txt").exists());
}

#[test]
fn lost_lines_are_counted() {
    let home = tempfile::tempdir().unwrap();
    let mut pen = Pen::new(home.path(), false);
    pen.take(Entry::Line("after\n".to_owned(), 3));
    assert_eq!(
        texts(home.path()),
        ["(3 lines came too fast and are lost)\nafter\n"]
    );
}

#[test]
fn where_nothing_can_be_written_nothing_breaks() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a file");
    fs::write(&file, "").unwrap();
    let journal = journal(None);
    journal.keep(&file.join("below"), |_| {}).unwrap();
    log(&journal, Level::Warn, "offprint", "noted all the same");
    journal.flush();
    assert_eq!(journal.last().len(), 1);
    let error = crash::write(&file.join("below"), &Timestamp::now(), "", &[]);
    assert!(error.is_err());
}

/// What a panic on another thread leaves in the folder.
fn crash(folder: &Path, words: &'static str) -> PathBuf {
    let (sender, report) = mpsc::channel();
    let folder = folder.to_owned();
    let breaking = Builder::new().name("breaking".to_owned());
    let thread = breaking.spawn(move || {
        // The hook is the process's, and other tests break things at the same time.
        let mine = thread::current().id();
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == mine {
                sender.send(report_of(&folder, info)).unwrap();
            } else {
                usual(info);
            }
        }));
        panic::catch_unwind(AssertUnwindSafe(|| panic!("{words}"))).unwrap_err();
        drop(panic::take_hook());
    });
    thread.unwrap().join().unwrap();
    report.recv().unwrap()
}

fn report_of(folder: &Path, info: &PanicHookInfo<'_>) -> PathBuf {
    let last = ["a line of the log\n".to_owned()];
    crash::write(folder, &Timestamp::now(), &crash::describe(info), &last).unwrap()
}

#[test]
fn a_crash_leaves_a_report_that_is_told_once() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("state");
    let path = crash(&folder, "this panic is part of a test");
    let text = fs::read_to_string(&path).unwrap();
    for part in [
        concat!("Version: ", env!("CARGO_PKG_VERSION")),
        &system_line(),
        "Thread: breaking",
        concat!("Place: ", file!()),
        "Message: this panic is part of a test",
        "a line of the log",
        // The name of the function that broke is among the calls.
        "journal::tests::crash",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }

    let told = crash::untold(&folder).unwrap();
    assert_eq!(fs::read_to_string(&told).unwrap(), text);
    assert_eq!(crash::untold(&folder), None, "it is told once");
    assert!(told.exists(), "and stays");
}

fn system_line() -> String {
    format!("System: {}", crate::platform::system())
}

#[test]
fn of_several_reports_the_newest_is_told_and_the_oldest_go() {
    let home = tempfile::tempdir().unwrap();
    for day in 1..=8 {
        let now: Timestamp = format!("2024-01-0{day}T00:00:00Z").parse().unwrap();
        crash::write(home.path(), &now, &day.to_string(), &[]).unwrap();
    }
    let (sender, told) = mpsc::channel();
    let journal = journal(None);
    journal
        .keep(home.path(), move |report| sender.send(report).unwrap())
        .unwrap();
    let told = told.recv_timeout(Duration::from_secs(20)).unwrap();
    let name = told.file_name().unwrap().to_string_lossy();
    assert!(name.starts_with("crash-2024-01-08T00-00-00Z-"), "{name}");
    assert!(!name.contains("new"), "{name}");
    assert_eq!(texts(home.path()).len(), names::KEPT);
}
