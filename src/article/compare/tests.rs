//! Which changes are found between two texts, and that nothing is lost between them.

use proptest::prelude::*;

use super::*;
use crate::article::parse;

/// The changes in short: `+` added, `-` removed, `~` changed with `[what went]` and `{what came}`.
fn written(old: &str, new: &str) -> Vec<String> {
    let changes = compare(&parse(old), &parse(new));
    changes.iter().map(line).collect()
}

fn line(change: &Change) -> String {
    let whole = |it: &Passage| match it.kind {
        Kind::Paragraph => it.text.clone(),
        kind => format!("({}) {}", kind.name(), it.text),
    };
    match change {
        Change::Added(it) => format!("+{}", whole(it)),
        Change::Removed(it) => format!("-{}", whole(it)),
        Change::Changed(edit) => format!("~{}", inline(edit.runs())),
    }
}

fn inline(runs: Vec<Run<'_>>) -> String {
    let runs = runs.into_iter().map(|run| match run {
        Run::Same(text) => text.to_owned(),
        Run::Gone(text) => format!("[{text}]"),
        Run::Come(text) => format!("{{{text}}}"),
        Run::LeftOut => "…".to_owned(),
    });
    runs.collect()
}

#[test]
fn tells_added_removed_and_changed_passages() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("", "", &[]),
        ("One.\n\nTwo.", "One.\n\nTwo.", &[]),
        ("One.", "One.\n\nTwo.", &["+Two."]),
        ("One.\n\nTwo.", "Two.", &["-One."]),
        ("", "One.", &["+One."]),
        (
            "Storm ends.",
            "Cats purr loudly.",
            &["-Storm ends.", "+Cats purr loudly."],
        ),
        (
            "The quay opens at nine on Friday.",
            "The quay opens at ten on Friday.",
            &["~The quay opens at [nine]{ten} on Friday."],
        ),
        (
            "A first.\n\nThe quay opens at nine.\n\nA last.",
            "A first.\n\nA new one here.\n\nThe quay opens at ten.\n\nA last.",
            &["+A new one here.", "~The quay opens at [nine]{ten}."],
        ),
        // Emphasis and links are no words.
        ("A *storm*.", "A **storm**.", &[]),
        (
            "[Here](https://a.example/).",
            "[Here](https://b.example/).",
            &[],
        ),
        // A level is no word either.
        ("## Who", "### Who", &[]),
        ("## Who", "Who", &["-(heading) Who", "+Who"]),
        ("- a\n- b", "- a\n- c\n- b", &["+(list item) c"]),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "| a | b |\n|---|---|\n| 1 | 3 |",
            &["~1\t[2]{3}"],
        ),
        (
            "> Said.\n> — Ana Lee, mayor",
            "> Said.\n> — Ana Lee, former mayor",
            &["~Ana Lee, {former }mayor"],
        ),
        (
            "Words.",
            "Words.\n\n> [!CORRECTION]\n> It was blue.",
            &["+(note) Correction", "+It was blue."],
        ),
        (
            "![A map](images/a.png)",
            "![A map](images/b.png)",
            &["~A map (images/[a]{b}.png)"],
        ),
        ("a\n\n---\n\nb", "a\n\nb", &["-(rule) * * *"]),
        (
            "    one\n    two",
            "    one\n    three",
            &["~one\n[two]{three}"],
        ),
    ];
    for (old, new, expected) in cases {
        assert_eq!(written(old, new), *expected, "{old:?} → {new:?}");
    }
}

#[test]
fn words_are_told_apart_where_readers_would() {
    let cases = [
        // What two changes share by chance is part of them.
        (
            "They sold the red house in May to friends.",
            "They sold a blue boat in May to friends.",
            "They sold [the red house]{a blue boat} in May to friends.",
        ),
        (
            "It cost 1,200.50 euros, said the office.",
            "It cost 1,300.50 euros, said the office.",
            "It cost [1,200.50]{1,300.50} euros, said the office.",
        ),
        (
            "We don’t know who came in the night.",
            "We didn’t know who came in the night.",
            "We [don’t]{didn’t} know who came in the night.",
        ),
        (
            "列車は九時に出る",
            "列車は十時に出る",
            "列車は[九]{十}時に出る",
        ),
        (
            "הספרייה נפתחת ביום ראשון בבוקר",
            "הספרייה נפתחת ביום שני בבוקר",
            "הספרייה נפתחת ביום [ראשון]{שני} בבוקר",
        ),
        // An accent by itself is not a change: its letter is.
        (
            "Il dit que ce cafe ferme",
            "Il dit que ce cafe\u{301} ferme",
            "Il dit que ce [cafe]{cafe\u{301}} ferme",
        ),
    ];
    for (old, new, expected) in cases {
        assert_eq!(written(old, new), [format!("~{expected}")]);
    }
}

#[test]
fn the_nearest_passages_are_paired() {
    let old =
        "The ferry leaves at nine from the old pier.\n\nThe bus leaves at noon from the square.";
    let new = "Nobody knows why the lights went out.\n\nThe bus leaves at one from the square.";
    assert_eq!(
        written(old, new),
        [
            "-The ferry leaves at nine from the old pier.",
            "+Nobody knows why the lights went out.",
            "~The bus leaves at [noon]{one} from the square.",
        ]
    );
}

#[test]
fn long_unchanged_parts_can_be_left_out() {
    let words = "word ".repeat(60);
    let old = format!("{words}nine {words}end");
    let new = format!("{words}ten {words}end");
    let changes = compare(&parse(&old), &parse(&new));
    let [Change::Changed(edit)] = &changes[..] else {
        panic!("{changes:?}");
    };
    let short = inline(shortened(edit.runs(), 20));
    assert_eq!(short, "…word word word [nine]{ten} word word word…");
    // Letters are never cut in two.
    let (old, new) = ("語".repeat(90), format!("{}a", "語".repeat(90)));
    let changes = compare(&parse(&old), &parse(&new));
    let [Change::Changed(edit)] = &changes[..] else {
        panic!("{changes:?}");
    };
    assert_eq!(inline(shortened(edit.runs(), 10)), "…語語語{a}");
}

/// The passages that `changes` make of `old`.
fn applied(old: &Body, changes: &[Change]) -> Vec<(Kind, String)> {
    let mut made = Vec::new();
    let old = passages(old);
    let mut at = 0;
    let copy = |made: &mut Vec<(Kind, String)>, some: Range<usize>| {
        made.extend(old[some].iter().map(|it| (it.kind, it.text.to_string())));
    };
    for change in changes {
        match change {
            Change::Removed(it) => {
                copy(&mut made, at..it.at);
                assert_eq!((it.kind, &*it.text), (old[it.at].kind, &*old[it.at].text));
                at = it.at + 1;
            }
            Change::Added(it) => {
                let missing = it.at - made.len();
                copy(&mut made, at..at + missing);
                at += missing;
                made.push((it.kind, it.text.clone()));
            }
            Change::Changed(edit) => {
                copy(&mut made, at..edit.old.at);
                at = edit.old.at + 1;
                assert_eq!(made.len(), edit.new.at);
                assert_sound(edit);
                made.push((edit.new.kind, edit.new.text.clone()));
            }
        }
    }
    copy(&mut made, at..old.len());
    made
}

/// What is marked accounts for the whole difference, and the runs give either text again.
fn assert_sound(edit: &Edit) {
    let rest = |text: &str, marked: &[Range<usize>]| {
        let mut rest = text.to_owned();
        for range in marked.iter().rev() {
            assert!(!range.is_empty());
            rest.replace_range(range.clone(), "");
        }
        rest
    };
    assert_eq!(
        rest(&edit.old.text, &edit.gone),
        rest(&edit.new.text, &edit.come)
    );
    let (mut old, mut new) = (String::new(), String::new());
    for run in edit.runs() {
        match run {
            Run::Same(text) => {
                old.push_str(text);
                new.push_str(text);
            }
            Run::Gone(text) => old.push_str(text),
            Run::Come(text) => new.push_str(text),
            Run::LeftOut => panic!("nothing is left out unasked"),
        }
    }
    assert_eq!((old, new), (edit.old.text.clone(), edit.new.text.clone()));
    for around in [0, 1, 7, 40] {
        shortened(edit.runs(), around);
    }
}

fn assert_applies(old: &str, new: &str) {
    let (old, new) = (parse(old), parse(new));
    let changes = compare(&old, &new);
    let expected: Vec<(Kind, String)> = passages(&new)
        .iter()
        .map(|it| (it.kind, it.text.to_string()))
        .collect();
    assert_eq!(applied(&old, &changes), expected);
}

fn story() -> impl Strategy<Value = String> {
    let sentence = proptest::collection::vec(
        proptest::sample::select(vec![
            "the", "quay", "opens", "at", "ten", "nine", "café", "日本", "don’t", "1,5", ",",
            "שלום",
        ]),
        1..9,
    )
    .prop_map(|words| words.join(" "));
    let block = (
        proptest::sample::select(vec!["", "", "", "## ", "- ", "> ", "> [!NOTE]\n> "]),
        sentence,
    );
    let block = block.prop_map(|(mark, words)| format!("{mark}{words}"));
    proptest::collection::vec(block, 0..14).prop_map(|blocks| blocks.join("\n\n"))
}

proptest! {
    #[test]
    fn the_changes_applied_to_the_old_give_the_new(old in story(), new in story()) {
        assert_applies(&old, &new);
    }

    #[test]
    fn any_two_texts_can_be_compared(old in any::<String>(), new in any::<String>()) {
        assert_applies(&old, &new);
    }

    #[test]
    fn nothing_changed_between_a_text_and_itself(text in story()) {
        let body = parse(&text);
        prop_assert_eq!(compare(&body, &body), vec![]);
    }
}
