//! Breaking, balancing, leaving out, aligning.

use super::*;
use crate::typeset::Align;

#[test]
fn prose_fills_its_lines_and_loses_no_word() {
    let setting = set(PROSE, &BODY, 660.0);
    assert_eq!(setting.line_count(), 3);
    assert_eq!(lines(&setting).concat(), PROSE);
    assert!(setting.ink_width() <= 660.0 && setting.ink_width() > 600.0);
    assert_eq!(setting.size().x, 660.0);
    // 19 × 1.56 is 29.64: whole pixels keep one rhythm.
    assert_eq!(setting.size().y, 90.0);
    assert_eq!(setting.baseline(1) - setting.baseline(0), 30.0);
    assert!(setting.first_baseline() > 15.0 && setting.first_baseline() < 25.0);
    assert_eq!(setting.last_baseline(), setting.baseline(2));
}

#[test]
fn what_was_measured_fits() {
    let mut typesetter = typesetter();
    for words in [
        "Open",
        "Bookmarked 2",
        "Wörter, die passen müssen",
        "fi ffl",
    ] {
        for size in [11.5, 13.0, 19.3, 40.0] {
            let style = Style::new(Family::Sans, size);
            let free = typesetter.set_plain(words, &style, f32::INFINITY);
            let bound = typesetter.set_plain(words, &style, free.ink_width());
            assert_eq!(bound.line_count(), 1, "{words} at {size}");
        }
    }
}

#[test]
fn headlines_are_balanced_and_end_in_no_lone_word() {
    let words = "Mexico rules out U.S. troops as pressure on cartels grows";
    let setting = set(words, &HEADLINE, 660.0);
    let found = lines(&setting);
    assert_eq!(
        found,
        [
            "Mexico rules out U.S. troops ",
            "as pressure on cartels grows"
        ]
    );

    for (words, width) in [
        ("Peru and Chile sign a treaty on water", 430.0),
        (
            "Two fugitive officials leave the party with hard questions",
            560.0,
        ),
        ("Shallow quake shakes Oaxaca; no major damage", 620.0),
        ("Tariff threat puts trade and security gains at risk", 700.0),
    ] {
        let plain = Style {
            balance: false,
            ..HEADLINE
        };
        let greedy = set(words, &plain, width);
        let setting = set(words, &HEADLINE, width);
        assert_eq!(setting.line_count(), greedy.line_count(), "{words}");
        let found = lines(&setting);
        let last = found.last().unwrap().trim();
        assert!(last.contains(' '), "a lone word: {found:?}");
        assert!(setting.ink_width() <= greedy.ink_width() + 0.1);
    }
}

#[test]
fn balancing_breaks_no_word() {
    let words = "Donaudampfschifffahrtsgesellschaft und Rindfleischetikettierung verhandeln";
    let setting = set(words, &HEADLINE, 700.0);
    for line in lines(&setting) {
        assert!(
            line.ends_with(' ') || line.ends_with("verhandeln"),
            "{line}"
        );
    }
}

#[test]
fn too_many_lines_end_in_an_ellipsis_after_a_word() {
    let style = BODY.max_lines(2);
    let setting = set(PROSE, &style, 300.0);
    assert!(setting.elided());
    assert_eq!(setting.line_count(), 2);
    assert_eq!(setting.text(), PROSE);
    let shown = lines(&setting).concat();
    assert!(PROSE.starts_with(&shown));
    let next = PROSE[shown.len()..].chars().next();
    assert!(next.is_some_and(|c| !c.is_alphanumeric()), "{shown}");
    // What is shown can be selected, and what is not shown cannot be hit.
    assert_eq!(setting.hit(vec2(10_000.0, 10_000.0)), shown.len());
    assert!(!setting.rects(0..PROSE.len()).is_empty());

    let whole = set("Short.", &style, 300.0);
    assert!(!whole.elided());
    assert_eq!(whole.line_count(), 1);
}

#[test]
fn an_ellipsis_fits_even_a_column_of_one_word() {
    for width in [0.0, 5.0, 20.0, 60.0] {
        let setting = set("Unterseekabelverlegung", &BODY.max_lines(1), width);
        assert!(setting.elided());
        assert_eq!(setting.line_count(), 1);
    }
}

#[test]
fn lines_stand_where_the_style_says() {
    let left = |align, words| {
        let setting = set(words, &BODY.align(align), 500.0);
        setting.rects(0..words.len())[0].left()
    };
    let width = set("word", &BODY, 500.0).ink_width();
    assert_eq!(left(Align::Start, "word"), 0.0);
    assert!((left(Align::Centre, "word") - (500.0 - width) / 2.0).abs() < 0.1);
    assert!((left(Align::End, "word") - (500.0 - width)).abs() < 0.1);
    assert_eq!(left(Align::End, "עולם"), 0.0);
    assert!(left(Align::Start, "עולם") > 300.0);
}

#[test]
fn newlines_are_lines_and_the_last_one_is_none() {
    let code = Style::new(Family::Mono, 14.0);
    let setting = set("a\n\n\tb\r\nc\n", &code, 400.0);
    assert_eq!(lines(&setting), ["a", "", "\tb", "c"]);
    let b = setting.rects(4..5)[0];
    let a = setting.rects(0..1)[0];
    assert!(
        (b.left() - 4.0 * a.width()).abs() < 0.1,
        "a tab is four letters wide"
    );
    assert!((b.top() - 2.0 * setting.line_height()).abs() < 0.1);
}

#[test]
fn empty_text_takes_no_room() {
    for style in [BODY, HEADLINE.max_lines(2)] {
        let setting = set("", &style, 300.0);
        assert_eq!(setting.line_count(), 0);
        assert_eq!(setting.size(), vec2(300.0, 0.0));
        assert_eq!(setting.hit(vec2(5.0, 5.0)), 0);
        assert_eq!(setting.word_at(0), 0..0);
        assert_eq!(setting.baseline(0), 0.0);
        assert_eq!(setting.rects(0..10), []);
        assert!(!setting.elided());
    }
}

#[test]
fn scales_give_whole_pixels() {
    for scale in [1.0, 1.25, 1.5, 1.75, 2.0] {
        let ctx = context(scale);
        let mut typesetter = typesetter();
        frame(&ctx, |ui| {
            typesetter.begin_frame(ui.ctx());
            let setting = typesetter.set_plain(PROSE, &BODY, 660.0);
            for at in [setting.line_height(), setting.first_baseline()] {
                let pixels = at * scale;
                assert!(
                    (pixels - pixels.round()).abs() < 1e-3,
                    "{pixels} at {scale}"
                );
            }
            assert_eq!(lines(&setting).concat(), PROSE);
        })
        .drop_without_applying_deltas();
    }
}

#[test]
fn pointed_words_are_broken_between_words_only() {
    for words in [
        "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ׃ וְהָאָרֶץ הָיְתָה תֹהוּ וָבֹהוּ",
        "مُقَدِّمَةٌ مُخْتَصَرَةٌ مُشَكَّلَةٌ تُكْتَبُ مُعَلَّمَةً بِالحَرَكَاتِ كُلِّهَا",
        "offi שָׁלוֹם offi שָׁלוֹם offi שָׁלוֹם offi שָׁלוֹם offi שָׁלוֹם",
    ] {
        for width in [170.0, 240.0, 333.0] {
            let setting = set(words, &BODY, width);
            let found = lines(&setting);
            assert!(found.len() > 1);
            assert_eq!(found.concat(), words);
            let last = found.len() - 1;
            for line in &found[..last] {
                assert!(line.ends_with(' '), "{line:?} at {width}");
            }
            for line in 0..=last {
                for rect in setting.rects(setting.line_range(line)) {
                    assert!(rect.left() > -0.1 && rect.right() < width + 0.1);
                }
            }
        }
    }
}

#[test]
fn a_long_word_from_right_to_left_is_broken_between_letters() {
    let word = "שָׁלוֹם".repeat(20);
    let setting = set(&word, &BODY, 100.0);
    assert!(setting.line_count() > 3);
    assert_eq!(lines(&setting).concat(), word);
    for line in lines(&setting) {
        assert!(!line.starts_with(crate::typeset::harmless::hangs));
    }
    let headline = set(
        "رئيسة المكسيك ترفض دخول القوات الأجنبية إلى البلاد",
        &HEADLINE,
        500.0,
    );
    assert!(headline.line_count() > 1);
    assert!(lines(&headline).last().unwrap().trim().contains(' '));
}
