//! From places to bytes and back, in both directions of reading.

use super::*;
use crate::article::Link;

#[test]
fn every_letter_is_hit_where_it_is_shown() {
    for (words, style) in [
        (PROSE, BODY),
        ("office affluent fjord — “quoted”, 1,234", BODY),
        ("שלום עולם in the middle שוב and after", BODY),
        ("قالت رئيسة المكسيك 2025 إن", BODY.weight(700.0)),
        ("naïve café e\u{301}clair", BODY.italic()),
    ] {
        let setting = set(words, &style, 300.0);
        for (at, c) in words.char_indices() {
            let end = at + c.len_utf8();
            let Some(rect) = setting.rects(at..end).first().copied() else {
                continue; // Space at a line's end takes no room.
            };
            if rect.width() < 2.0 {
                continue;
            }
            let quarter = rect.width() / 4.0;
            let hits = [rect.left() + quarter, rect.right() - quarter]
                .map(|x| setting.hit(vec2(x, rect.center().y)));
            for hit in hits {
                assert!(words.is_char_boundary(hit));
                assert!(
                    hit.abs_diff(at) <= 4,
                    "{c:?} at {at} was hit as {hit} in {words}"
                );
            }
            assert_eq!(
                setting.line_at(at),
                (rect.top() / setting.line_height()).round() as usize
            );
        }
    }
}

#[test]
fn hebrew_runs_from_right_to_left() {
    let words = "שלום עולם";
    let setting = set(words, &BODY, 400.0);
    assert!(setting.is_rtl());
    let first = setting.rects(0..2)[0];
    let last = setting.rects(words.len() - 2..words.len())[0];
    assert!(first.left() > last.right());
    assert!(
        (first.right() - 400.0).abs() < 0.5,
        "it starts at the right"
    );
    assert_eq!(setting.hit(vec2(399.0, 5.0)), 0);
    assert_eq!(setting.hit(vec2(0.0, 5.0)), words.len());
}

#[test]
fn a_latin_name_in_arabic_keeps_its_own_order() {
    let words = "قالت Claudia Sheinbaum إن";
    let setting = set(words, &BODY, 600.0);
    assert!(setting.is_rtl());
    let c = words.find('C').unwrap();
    let m = words.rfind('m').unwrap();
    let (c, m) = (setting.rects(c..c + 1)[0], setting.rects(m..m + 1)[0]);
    assert!(c.right() < m.left());
    let first = setting.rects(0..2)[0];
    assert!(first.left() > m.right());
}

#[test]
fn a_selection_over_both_directions_is_several_boxes() {
    let words = "one שלום two";
    let setting = set(words, &BODY, 600.0);
    assert_eq!(setting.rects(0..words.len()).len(), 1);
    // From inside the English into the Hebrew.
    assert_eq!(setting.rects(2..8).len(), 2);
}

#[test]
fn boxes_are_whole_lines_high_and_leave_no_gap() {
    let setting = set(PROSE, &BODY, 300.0);
    let boxes = setting.rects(10..PROSE.len());
    assert_eq!(boxes.len(), setting.line_count());
    for pair in boxes.windows(2) {
        assert!((pair[0].bottom() - pair[1].top()).abs() < 0.01);
    }
    assert!(boxes[0].left() > 0.0);
    assert!(boxes.iter().all(|rect| rect.right() <= 300.1));
}

#[test]
fn accents_stay_with_their_letters() {
    let words = "e\u{301}e\u{301}👩🏽\u{200d}🚀x";
    let setting = set(words, &BODY, 400.0);
    let joined: Vec<usize> = (0..400).map(|x| setting.hit(vec2(x as f32, 5.0))).collect();
    for hit in joined {
        let after = &words[hit..];
        assert!(
            !after.starts_with(['\u{301}', '\u{200d}', '🏽', '🚀']),
            "{hit} parts a letter from what hangs on it"
        );
    }
}

#[test]
fn words_are_found_from_any_of_their_letters() {
    let words = "The “U.S.–Mexico” border’s 1,234 km; naïve.";
    let setting = set(words, &BODY, 2000.0);
    let word = |at: &str| {
        let byte = words.find(at).unwrap();
        &words[setting.word_at(byte)]
    };
    assert_eq!(word("The"), "The");
    assert_eq!(word("exico"), "Mexico");
    assert_eq!(word("rder"), "border’s");
    assert_eq!(word("234"), "1,234");
    assert_eq!(word("ïve"), "naïve");
    assert_eq!(word(" km"), " ");
    assert_eq!(&words[setting.word_at(words.len())], ".");
    assert_eq!(setting.word_at(usize::MAX), words.len() - 1..words.len());
}

#[test]
fn a_word_broken_over_lines_is_one_word_and_two_lines_are_two() {
    let long = "Rindfleischetikettierungsüberwachung";
    let setting = set(long, &BODY, 100.0);
    assert!(setting.line_count() > 2);
    for at in [0, 10, 30] {
        assert_eq!(setting.word_at(at), 0..long.len());
    }
    let verse = set("one\ntwo", &BODY, 400.0);
    assert_eq!(verse.word_at(1), 0..3);
    assert_eq!(verse.word_at(5), 4..7);
}

#[test]
fn links_are_found_under_their_letters_only() {
    let link = Link::Web("https://example.org".to_owned());
    let text = marked(&[
        ("See ", Mark::default()),
        (
            "the report",
            Mark {
                link: Some(link.clone()),
                ..Mark::default()
            },
        ),
        (".", Mark::default()),
    ]);
    let setting = typesetter().set(&text, &BODY, 500.0);
    assert_eq!(setting.links().collect::<Vec<_>>(), [(4..14, &link)]);
    let rect = setting.rects(4..14)[0];
    assert_eq!(
        setting.link_at(rect.center().to_vec2()),
        Some((4..14, &link))
    );
    assert_eq!(
        setting.link_at(vec2(rect.left() - 3.0, rect.center().y)),
        None
    );
    assert_eq!(
        setting.link_at(vec2(rect.right() + 9.0, rect.center().y)),
        None
    );
    assert_eq!(
        setting.link_at(rect.center().to_vec2() + vec2(0.0, 100.0)),
        None
    );
}
