//! The rules of `check`: each has a pack that breaks it and one that nearly does, and each is explained in `content/RULES.md`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use offprint::model::Origin;
use offprint::pack::{self, Group, PackError, Problem, Report, Severity, rules};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder with what belongs to a rule.
fn folder(code: &str) -> PathBuf {
    root().join("tests/packs/rules").join(code)
}

/// The pack of a rule that is named `pass` or `fail`: a folder or a file.
fn fixture(code: &str, name: &str) -> PathBuf {
    let path = folder(code).join(name);
    if path.is_dir() {
        return path;
    }
    let file = path.with_extension("offprint");
    assert!(
        file.is_file(),
        "{code} has no {name}: add it to scripts/rule-fixtures.py, or put a pack there"
    );
    file
}

fn check(path: &Path) -> Report {
    let origin = Origin::Path(path.to_owned());
    pack::check_with(&origin, &AtomicBool::new(false), &|_, _| {}).unwrap()
}

/// `file:line:column`, as far as they are known.
fn place(problem: &Problem) -> String {
    let parts = [problem.line, problem.column];
    let parts = parts.into_iter().flatten().map(|part| format!(":{part}"));
    format!("{}{}", problem.file, parts.collect::<String>())
}

#[test]
fn each_rule_finds_what_breaks_it_and_where() {
    let mut wrong = String::new();
    for rule in rules() {
        let code = rule.code;
        let expected = fs::read_to_string(folder(code).join("expect.txt"));
        let expected = expected.unwrap_or_else(|_| panic!("{code} has no expect.txt"));
        let lines = |start: &'static str| {
            let lines = expected.lines();
            lines.filter_map(move |line| line.strip_prefix(start))
        };
        // A few rules cannot be broken alone.
        let also: Vec<&str> = lines("also: ").collect();
        let expected: Vec<&str> = lines("expect: ").collect();
        let found = check(&fixture(code, "fail")).problems;
        let (of_rule, other): (Vec<_>, Vec<_>) = found.iter().partition(|it| it.code == code);
        let places: Vec<String> = of_rule.iter().map(|it| place(it)).collect();
        if expected.is_empty() || places != expected {
            writeln!(wrong, "{code} fail: {places:?}, expected {expected:?}").unwrap();
        }
        for problem in of_rule {
            if problem.severity != rule.severity {
                writeln!(wrong, "{code} fail: another weight: {problem}").unwrap();
            }
        }
        for problem in other {
            // Who breaks one rule may deserve advice of another kind.
            if problem.severity != Severity::Advice && !also.contains(&problem.code) {
                writeln!(wrong, "{code} fail: besides: {problem}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn no_rule_cries_wolf_at_its_nearest_sound_neighbour() {
    let mut wrong = String::new();
    for rule in rules() {
        for problem in check(&fixture(rule.code, "pass")).problems {
            writeln!(wrong, "{} pass: {problem}", rule.code).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_code_in_the_sources_is_a_rule_and_every_rule_is_used() {
    let mut used = BTreeSet::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                // The table itself proves nothing.
                if !path.ends_with("pack/rules") {
                    folders.push(path);
                }
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            for quoted in text.split('"') {
                let digits = quoted.strip_prefix('P').unwrap_or_default();
                if digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()) {
                    used.insert(quoted.to_owned());
                }
            }
        }
    }
    let table: BTreeSet<String> = rules().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(used, table, "a code without a rule, or a rule without use");
    assert_eq!(table.len(), rules().count(), "a code that is used twice");
}

#[test]
fn rules_are_told_in_whole_sentences() {
    for rule in rules() {
        let code = rule.code;
        for sentence in [rule.why, rule.remedy] {
            assert!(sentence.ends_with('.'), "{code}: {sentence}");
        }
        assert!(
            !rule.title.ends_with('.') && rule.title.len() < 60,
            "{code}"
        );
        let digits = code.strip_prefix('P').unwrap();
        assert!(
            digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()),
            "{code}"
        );
        assert_eq!(pack::rule(&code.to_lowercase()), Some(rule));
    }
    assert_eq!(pack::rule("P9"), None);
}

#[test]
fn the_page_of_rules_is_that_of_the_table() {
    let path = root().join("content/RULES.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "content/RULES.md is not what the table says; `UPDATE_DOCS=1 ./dev test rules` writes it anew"
    );
}

/// `content/RULES.md`.
fn page() -> String {
    let mut page = String::from(
        "# The rules of `offprint check`

This page is written from the table in `src/pack/rules/`; `UPDATE_DOCS=1 ./dev test rules` renews it. What a *reader* must do with a faulty
pack is in [FORMAT.md](FORMAT.md#9-problems).

- An **error** means that something the author put in cannot be shown at all, or that nothing can.
- A **warning** means that it is shown, but otherwise than the author will have meant, or that a mistake is likely.
- **Advice** means that all is shown, and the author could do better.

Codes keep their meaning for ever. `offprint check --explain P012` says of one rule what is said here, and `offprint check --deny warnings`
takes warnings for errors.

",
    );
    let mut group = None;
    for rule in rules() {
        if group != Some(rule.group) {
            let title = rule.group.title();
            let lead = title.to_lowercase().replace(',', "").replace(' ', "-");
            writeln!(page, "- [{title}](#{lead})").unwrap();
            group = Some(rule.group);
        }
    }
    group = None;
    for rule in rules() {
        if group != Some(rule.group) {
            writeln!(page, "\n## {}", rule.group.title()).unwrap();
            group = Some(rule.group);
        }
        let severity = rule.severity.as_str();
        let (code, title, why, remedy) = (rule.code, rule.title, rule.why, rule.remedy);
        writeln!(
            page,
            "\n### {code}: {title}\n\n*{severity}.* {why}\n\n**What to do:** {remedy}"
        )
        .unwrap();
        if !rule.example.is_empty() {
            let fence = match rule.group {
                Group::Bodies | Group::Quotes | Group::Texts | Group::Pictures => "markdown",
                _ => "ron",
            };
            writeln!(page, "\n```{fence}\n{}\n```", rule.example).unwrap();
        }
    }
    page
}

#[test]
fn a_check_tells_what_it_used_and_can_be_watched_and_cancelled() {
    let origin = Origin::Path(root().join("tests/packs/good"));
    let seen = std::cell::RefCell::new(Vec::new());
    let report = pack::check_with(&origin, &AtomicBool::new(false), &|done, all| {
        seen.borrow_mut().push((done, all));
    });
    let report = report.unwrap();
    let used: Vec<&str> = report.used.iter().map(pack::Name::as_str).collect();
    assert_eq!(
        used,
        [
            "pack.ron",
            "images/chart.png",
            "images/cover.png",
            "images/harbour.png",
            "stories/new-quay.md",
            "texts/vote.md",
        ]
    );
    assert_eq!(report.files, used.len());
    let done: Vec<usize> = seen.borrow().iter().map(|(done, _)| *done).collect();
    assert_eq!(done, [1, 2, 3, 4, 5, 6]);
    assert!(seen.borrow().iter().all(|(done, all)| done <= all));
    assert_eq!(seen.borrow().last(), Some(&(6, 6)));

    let cancel = AtomicBool::new(false);
    let stopped = pack::check_with(&origin, &cancel, &|done, _| {
        assert!(done <= 2, "nobody wants to know any more");
        cancel.store(done == 2, Ordering::Relaxed);
    });
    assert!(matches!(stopped, Err(PackError::Cancelled)));
}

#[test]
fn files_that_are_missing_are_not_used_and_damaged_ones_are() {
    for (code, picture_is_used) in [("P030", false), ("P031", true), ("P032", true)] {
        let report = check(&fixture(code, "fail"));
        assert_eq!(report.used.len() == 2, picture_is_used, "{code}");
    }
    assert!(check(&fixture("P001", "fail")).used.is_empty());
}

#[test]
fn a_pack_without_a_story_left_says_what_became_of_them() {
    let made = tempfile::tempdir().unwrap();
    let sound = fs::read_to_string(fixture("P012", "pass").join("pack.ron")).unwrap();
    let bad = sound
        .replace("\"bridge\"", "\"The Bridge\"")
        .replace("\"ferry\"", "\"The Ferry\"");
    fs::write(made.path().join("pack.ron"), bad).unwrap();
    let report = check(made.path());
    let codes: Vec<&str> = report.problems.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["P004", "P012", "P012"]);
    assert!(report.used.is_empty());
    let origin = Origin::Path(made.path().to_owned());
    let opened = pack::open(&origin, &AtomicBool::new(false), &|_| {});
    assert!(matches!(opened, Err(PackError::NoStory { .. })));
}

#[test]
fn a_hostile_body_is_not_told_of_a_million_times() {
    let made = tempfile::tempdir().unwrap();
    fs::write(
        made.path().join("pack.ron"),
        fs::read(fixture("P026", "pass").join("pack.ron")).unwrap(),
    )
    .unwrap();
    fs::create_dir(made.path().join("stories")).unwrap();
    let units = [
        "[here](story:gone) ",
        "![](images/gone.png) ",
        "<b>\n\n",
        "##\n\n",
        "> [!PULLQUOTE]\n> gone\n\n",
        "\u{202E}Ã©\u{FFFD}\n",
        "[a]: story:gone\n",
    ];
    for unit in units {
        let body = unit.repeat(20_000);
        fs::write(made.path().join("stories/bridge.md"), body).unwrap();
        let found = check(made.path()).problems.len();
        assert!((10..400).contains(&found), "{unit:?}: {found}");
    }
}

#[test]
fn a_wrapped_archive_uses_what_is_in_its_folder() {
    let made = tempfile::tempdir().unwrap();
    let path = made.path().join("wrapped.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let manifest = fs::read(fixture("P026", "pass").join("pack.ron")).unwrap();
    for (name, content) in [
        ("village/pack.ron", manifest.as_slice()),
        ("village/stories/bridge.md", b"Words."),
        ("village/stories/bride.md", b"Words."),
        ("__MACOSX/village/stories/._bridge.md", b"x"),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut zip, content).unwrap();
    }
    zip.finish().unwrap();
    let report = check(&path);
    let found: Vec<String> = report.problems.iter().map(place).collect();
    // Made by hand, it says nothing of its type.
    assert_eq!(found, ["pack.ron:1:1", "stories/bride.md", "wrapped.zip"]);
    assert_eq!(report.problems[0].code, "P001");
    assert_eq!(report.problems[1].code, "P043");
}

#[test]
fn slips_are_guessed() {
    let made = tempfile::tempdir().unwrap();
    let manifest = fs::read_to_string(fixture("P014", "pass").join("pack.ron")).unwrap();
    let manifest = manifest
        .replace("related: [\"bridge\"]", "related: [\"brdige\"]")
        .replace("rights:", "right:");
    fs::write(made.path().join("pack.ron"), manifest).unwrap();
    for (name, text) in [
        (
            "stories/bridge.md",
            "See [it](story:fery).\n\n![A map.](images/mpa.png)\n",
        ),
        ("images/map.png", ""),
    ] {
        let path = made.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let problems = check(made.path()).problems;
    for (code, meant) in [
        ("P010", "rights"),
        ("P014", "bridge"),
        ("P024", "ferry"),
        ("P030", "images/map.png"),
    ] {
        let told = problems.iter().find(|it| it.code == code).unwrap();
        let guess = format!("(perhaps “{meant}” is meant)");
        assert!(told.message.contains(&guess), "{told}");
    }
}
