//! Passages in stories that were corrected.

use proptest::prelude::*;

use super::prose::BETWEEN;
use super::*;
use crate::article::parse;

/// A story of paragraphs with the passage between brackets, and what is kept of it.
fn marked(story: &str) -> (Prose, Anchor) {
    let prose = plain(&story.replace(['[', ']'], ""));
    let start = story.find('[').unwrap();
    let end = story.find(']').unwrap() - 1;
    let words = prose.stretch(&(start..end)).unwrap();
    let anchor = Anchor::of(&prose, words).unwrap();
    (prose, anchor)
}

fn plain(story: &str) -> Prose {
    Prose::new(story.split(BETWEEN))
}

/// The story with brackets around a stretch of it.
fn shown(prose: &Prose, words: Option<Stretch>) -> String {
    let mut story = prose.text().to_owned();
    let Some(range) = words.and_then(|it| prose.bytes(it)) else {
        return format!("not found in: {story}");
    };
    story.insert(range.end, ']');
    story.insert(range.start, '[');
    story
}

const LONG: &str = "The harbour office says that the new quay, which took three years and cost twice what was planned, opens on Saturday at ten, and that boats of up to twelve metres may lie there for a day without paying anything at all for it.";

#[test]
fn passages_are_found_where_they_went() {
    let long = format!("Before it. [{LONG}] After it.");
    let rewritten = format!(
        "Before it. [{}] After it.",
        LONG.replace("three years", "four years")
            .replace("twelve", "15")
    );
    let other_middle = format!(
        "Before it. {}{}{} After it.",
        &LONG[..64],
        " and so on with other words".repeat(4),
        &LONG[LONG.len() - 64..]
    );
    for (old, new) in [
        // Nothing changed, or something elsewhere.
        ("One [two] three.", "One [two] three."),
        ("One [two] three.", "Nought. One [two] three."),
        (
            "One.\n\nTwo [three] four.",
            "One.\n\nNew.\n\nTwo [three] four.",
        ),
        ("One.\n\nTwo [three] four.", "Two [three] four."),
        (
            "Yes.\n\n[No.]\n\nYes.\n\nNo.",
            "Yes.\n\n[No.]\n\nYes.\n\nNo.",
        ),
        // Of words that stand there several times, those with the same around them.
        (
            "There is a boat. It is a large [boat] of his.",
            "It is a large [boat] of his. There is a boat.",
        ),
        (
            "The quay is [open]. It is open.",
            "It is open. The quay is [open].",
        ),
        // Those of them that stand nearest to where they stood.
        (
            "Long as it is.\n\nThe same words here.\n\n[The same words here.]",
            "Long as it is!\n\nThe same words here.\n\n[The same words here.]",
        ),
        // Over several texts, also when they become one or more.
        (
            "One.\n\nTwo [three.\n\nFour] five.",
            "Two [three.\n\nFour] five.",
        ),
        (
            "The quay opens [on Saturday at ten. It closes] at six.",
            "The quay opens [on Saturday at ten.\n\nIt closes] at six.",
        ),
        // The words themselves were corrected.
        (
            "He said [the quay opens on Friday at nine] to all.",
            "He said [the quay opens on Fridays at nine] to all.",
        ),
        (
            "It is [a boat of twelve metres, they say], or so.",
            "Now. It is [a boat of twelve meters, they say], or so.",
        ),
        (&long, &rewritten),
        (
            "Über [die Brücke führt ein schmaler Weg] ans Meer.",
            "Über [die Brücke führt ein schmaler Steg] ans Meer.",
        ),
        (
            "新しい[埠頭は土曜日の十時に開くと港の事務所は言う]。",
            "今日、新しい[埠頭は日曜日の十時に開くと港の事務所は言う]。",
        ),
        // They are gone.
        ("One [two] three.", "not found in: Four five six."),
        ("One [two] three.", "not found in: There are two of them."),
        (
            "One [the quay is open] three.",
            "not found in: The key is opened by nobody.",
        ),
        (&long, &format!("not found in: {other_middle}")),
        ("One [two] three.", "not found in: "),
    ] {
        let (_, anchor) = marked(old);
        let new_prose = plain(&new.replace("not found in: ", "").replace(['[', ']'], ""));
        let found = anchor.find(&new_prose, &mut Patience::default());
        assert_eq!(shown(&new_prose, found), new, "from {old}");
    }
}

#[test]
fn a_passage_that_stands_where_it_stood_is_known_without_looking_elsewhere() {
    for (old, new, there) in [
        ("One [two] three.", "One two three.", true),
        ("One [two] three.", "One two four.", true),
        ("One [two] three.", "Two two four.", false),
        ("One.\n\nTwo [three].", "Nought.\n\nTwo three.", true),
        ("One.\n\nTwo [three].", "Two three.", false),
    ] {
        let (_, anchor) = marked(old);
        let prose = plain(new);
        assert_eq!(anchor.in_place(&prose).is_some(), there, "{old} in {new}");
    }
}

#[test]
fn what_is_kept_of_a_passage() {
    let (prose, anchor) = marked("Öl und Wasser.\n\nÄpfel, [ Birnen \n\nund] mehr.");
    let expected = Anchor {
        quote: "Birnen \n\nund".to_owned(),
        before: "Öl und Wasser.\n\nÄpfel,  ".to_owned(),
        after: " mehr.".to_owned(),
        block: 1,
        offset: 8,
    };
    assert_eq!(anchor, expected);
    let nothing = Stretch {
        start: Spot { block: 0, byte: 3 },
        end: Spot { block: 0, byte: 4 },
    };
    assert_eq!(Anchor::of(&prose, nothing), None, "a space");
    for (block, byte) in [(0, 1), (0, 99), (7, 0), (usize::MAX, usize::MAX)] {
        let end = Spot { block, byte };
        let start = Spot::default();
        assert_eq!(Anchor::of(&prose, Stretch { start, end }), None);
    }
}

#[test]
fn a_text_without_words_takes_no_room() {
    let prose = Prose::of(&parse("| a | |\n|---|---|\n| b | c |"));
    assert_eq!(prose.texts().collect::<Vec<_>>(), ["a", "", "b", "c"]);
    assert_eq!(prose.text(), "a\n\nb\n\nc");
}

#[test]
fn what_is_not_worth_looking_for_long_is_given_up() {
    let prose = Prose::new(["ab".repeat(5000).as_str()]);
    let anchor = Anchor {
        quote: "ba".repeat(400) + "x" + &"ab".repeat(400),
        ..Anchor::default()
    };
    let mut patience = Patience(30_000);
    anchor.find(&prose, &mut patience);
    assert!(patience.0 < 30_000);
    let before = patience.0;
    while patience.0 >= 2 * prose.text().len() {
        anchor.find(&prose, &mut patience);
    }
    assert_eq!(anchor.find(&prose, &mut patience), None);
    assert!(patience.0 <= before);
    // Nor is anything else that a file may hold more than it can take.
    for (block, offset) in [(0, usize::MAX), (usize::MAX, 0)] {
        let anchor = Anchor {
            quote: "ab".to_owned(),
            block,
            offset,
            ..Anchor::default()
        };
        anchor.in_place(&prose);
        anchor.find(&prose, &mut Patience::default());
    }
}

/// Paragraphs of words of which no two are the same.
fn story() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(1..30_usize, 1..8).prop_map(|lengths| {
        let mut words = (0..).map(|n| format!("w{n}é"));
        let paragraph = |length| words.by_ref().take(length).collect();
        lengths.into_iter().map(paragraph).collect()
    })
}

fn written(story: &[Vec<String>]) -> String {
    let paragraphs = story.iter().map(|words| words.join(" "));
    paragraphs.collect::<Vec<_>>().join(BETWEEN)
}

proptest! {
    /// Whatever is put in, taken out or replaced elsewhere: the passage is where it went, to the letter.
    #[test]
    fn an_edit_elsewhere_never_loses_a_passage(
        story in story(),
        places in prop::array::uniform4(any::<prop::sample::Index>()),
        new in "([a-z]{1,9}( |\n\n)){0,12}",
        after in any::<bool>(),
    ) {
        let text = written(&story);
        let boundary = |index: &prop::sample::Index| text.floor_char_boundary(index.index(text.len() + 1));
        let mut places: Vec<usize> = places.iter().map(boundary).collect();
        places.sort_unstable();
        let (words, edit) = if after {
            (places[0]..places[1], places[2]..places[3])
        } else {
            (places[2]..places[3], places[0]..places[1])
        };
        let prose = plain(&text);
        let Some(anchor) = prose.stretch(&words).and_then(|it| Anchor::of(&prose, it)) else {
            return Ok(());
        };
        let mut edited = text.clone();
        edited.replace_range(edit.clone(), &new);
        let edited = plain(&edited);
        let found = anchor.find(&edited, &mut Patience::default());
        let range = found.and_then(|it| edited.bytes(it));
        let range = range.ok_or_else(|| TestCaseError::fail(format!("{anchor:?} is lost in {}", edited.text())))?;
        prop_assert_eq!(&edited.text()[range.clone()], &anchor.quote);
        // Short words stand there many times; where others do, it is not another one that has more of the same around it.
        if anchor.quote.len() > 20 {
            let first = edited.text().find(&anchor.quote);
            prop_assert_eq!(first, Some(range.start));
        }
    }

    /// Nothing that a file may hold makes it fall over, and what is found is a place in the story.
    #[test]
    fn whatever_is_looked_for_what_is_found_is_there(
        texts in prop::collection::vec("[a-cé \n]{0,40}", 0..6),
        quote in "[a-cé \n]{0,90}",
        around in "[a-cé ]{0,40}",
        (block, offset) in (0..9_usize, 0..50_usize),
    ) {
        let prose = Prose::new(texts.iter().map(String::as_str));
        let (before, after) = (around.clone(), around);
        let anchor = Anchor { quote, before, after, block, offset };
        for found in [anchor.in_place(&prose), anchor.find(&prose, &mut Patience::default())].into_iter().flatten() {
            prop_assert!(found.start <= found.end, "{found:?}");
            for (number, text) in prose.texts().enumerate() {
                if let Some(range) = found.range_in(number, text.len()) {
                    prop_assert!(text.get(range).is_some());
                }
            }
        }
    }
}
