//! What changed in a story since an earlier edition, as lines to be set: words only, no sizes.
//! Nothing is told by colour alone: what went is struck through, what came is bold, and both are named aloud.

use std::fmt::Write as _;

use super::piece::Leaf;
use crate::article::{Change, Edit, Kind, Mark, Run, Span, Text, shortened};
use crate::model::{Date, Field, FieldChange, StoryChanges};

/// What is longer than this is cut short, in bytes.
const LONGEST: usize = 1200;
/// How much of what stayed stands beside a change, in bytes.
const AROUND: usize = 160;

/// What changed in the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The line that says so.
    pub line: String,
    /// Whether the rest is shown.
    pub unfolded: bool,
    /// What happened, in a word; the changed text; and both for those who listen. None while it is folded up.
    pub lines: Vec<(&'static str, Leaf, String)>,
    /// What the marks mean and how much is left out, or empty.
    pub remark: String,
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is, or what happened to it.
    pub label: &'static str,
    /// The words, with what went struck through and what came in bold.
    pub text: Text,
    /// The same for those who listen.
    pub spoken: String,
}

/// What changed, a line each.
pub fn lines(changes: &StoryChanges) -> Vec<Line> {
    let fields = changes.fields.iter().map(field);
    fields.chain(changes.text.iter().map(change)).collect()
}

/// Whether marks within the lines want a word of explanation.
pub fn has_marks(changes: &StoryChanges) -> bool {
    let edited = |change: &Change| matches!(change, Change::Changed(_));
    let replaced = |change: &FieldChange| !change.old.is_empty() && !change.new.is_empty();
    changes.fields.iter().any(replaced) || changes.text.iter().any(edited)
}

fn field(change: &FieldChange) -> Line {
    let said = |values: &[String]| match (change.field, values) {
        (Field::Published | Field::Updated, [date]) => {
            Date::parse(date).map_or_else(|| date.clone(), Date::long)
        }
        _ => values.join(", "),
    };
    let (label, old, new) = (change.field.label(), said(&change.old), said(&change.new));
    if old.is_empty() {
        return whole(label, &new, &Mark::default());
    }
    edited(label, &Edit::of(Kind::Paragraph, &old, &new))
}

fn change(change: &Change) -> Line {
    match change {
        Change::Added(passage) => whole("Added", &passage.text, &Mark::default()),
        Change::Removed(passage) => whole("Removed", &passage.text, &gone()),
        Change::Changed(edit) => edited("Changed", edit),
    }
}

fn whole(label: &'static str, words: &str, mark: &Mark) -> Line {
    let mut text = Text::default();
    push(&mut text, &cut(words), mark);
    Line {
        label,
        spoken: format!("{label}: {}", text.plain),
        text,
    }
}

fn edited(label: &'static str, edit: &Edit) -> Line {
    let mut text = Text::default();
    let mut spoken = format!("{label}: ");
    let runs = shortened(edit.runs(), AROUND);
    for (nth, run) in runs.iter().enumerate() {
        match run {
            Run::Same(words) => {
                push(&mut text, words, &Mark::default());
                spoken.push_str(words);
            }
            Run::Gone(words) => {
                push(&mut text, &cut(words), &gone());
                say(&mut spoken, "removed", words);
                // What comes in its place is told from it by more than its marks.
                if let Some(Run::Come(_)) = runs.get(nth + 1) {
                    push(&mut text, " ", &Mark::default());
                    spoken.push(' ');
                }
            }
            Run::Come(words) => {
                push(&mut text, &cut(words), &come());
                say(&mut spoken, "added", words);
            }
            Run::LeftOut => {
                push(&mut text, " … ", &Mark::default());
                spoken.push_str(" … ");
            }
        }
    }
    Line {
        label,
        text: text.trimmed(),
        spoken,
    }
}

/// Says aloud what the marks show. A space has no sound.
fn say(spoken: &mut String, what: &str, words: &str) {
    if words.trim().is_empty() {
        spoken.push_str(words);
    } else {
        // Writing to a string cannot fail.
        _ = write!(spoken, "({what}: {})", cut(words).trim());
    }
}

fn gone() -> Mark {
    Mark {
        strike: true,
        ..Mark::default()
    }
}

fn come() -> Mark {
    Mark {
        bold: true,
        ..Mark::default()
    }
}

fn push(text: &mut Text, words: &str, mark: &Mark) {
    let start = text.plain.len();
    text.plain.push_str(words);
    if *mark != Mark::default() && !words.is_empty() {
        text.spans.push(Span {
            range: start..text.plain.len(),
            mark: mark.clone(),
        });
    }
}

/// The words, or their beginning.
fn cut(words: &str) -> String {
    if words.len() <= LONGEST {
        return words.to_owned();
    }
    let short = words
        .get(..words.floor_char_boundary(LONGEST))
        .unwrap_or(words);
    let end = short.rfind(char::is_whitespace).unwrap_or(short.len());
    format!("{}…", short.get(..end).unwrap_or(short).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{compare, parse};

    fn told(old: &str, new: &str) -> StoryChanges {
        let text = compare(&parse(old), &parse(new));
        StoryChanges::new("8 August 2025".to_owned(), Vec::new(), text)
    }

    /// Words struck through in `~`, bold ones in `*`.
    fn marked(text: &Text) -> String {
        let mut marked = text.plain.clone();
        for span in text.spans.iter().rev() {
            let sign = if span.mark.strike { "~" } else { "*" };
            marked.insert_str(span.range.end, sign);
            marked.insert_str(span.range.start, sign);
        }
        marked
    }

    #[test]
    fn every_change_is_told_in_words_and_signs() {
        let changes = StoryChanges {
            fields: vec![
                FieldChange {
                    field: Field::Headline,
                    old: vec!["Quay opens on Friday".to_owned()],
                    new: vec!["Quay opens on Saturday".to_owned()],
                },
                FieldChange {
                    field: Field::Updated,
                    old: vec![],
                    new: vec!["2025-08-09T05:30:00".to_owned()],
                },
            ],
            ..told(
                "It opens at nine, says the office.\n\nGone for good.",
                "It opens at ten, says the office.\n\n- New here",
            )
        };
        let lines = lines(&changes);
        let seen: Vec<(&str, String, &str)> = lines
            .iter()
            .map(|it| (it.label, marked(&it.text), it.spoken.as_str()))
            .collect();
        let expected = [
            (
                "Headline",
                "Quay opens on ~Friday~ *Saturday*",
                "Headline: Quay opens on (removed: Friday) (added: Saturday)",
            ),
            (
                "Updated",
                "9 August 2025, 05:30",
                "Updated: 9 August 2025, 05:30",
            ),
            (
                "Changed",
                "It opens at ~nine~ *ten*, says the office.",
                "Changed: It opens at (removed: nine) (added: ten), says the office.",
            ),
            ("Removed", "~Gone for good.~", "Removed: Gone for good."),
            ("Added", "New here", "Added: New here"),
        ];
        let expected = expected.map(|(label, text, spoken)| (label, text.to_owned(), spoken));
        assert_eq!(seen, expected);
        assert_eq!(changes.left_out, 0);
        assert!(has_marks(&changes));
    }

    #[test]
    fn what_is_too_much_is_counted_and_what_is_too_long_is_cut() {
        let many: Vec<String> = (0..100).map(|n| format!("Paragraph {n} of it.")).collect();
        let many = many.join("\n\n");
        let changes = told("", &many);
        assert_eq!((lines(&changes).len(), changes.left_out), (60, 40));
        assert!(!has_marks(&changes));
        let changes = told("", &"wörd ".repeat(1000));
        let all = lines(&changes);
        assert!(all[0].text.plain.ends_with("wörd…"));
        assert!(all[0].text.plain.len() < 1210);
    }
}
