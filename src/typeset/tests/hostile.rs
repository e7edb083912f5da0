//! Text that nobody would write: it may look odd, but it neither panics nor hangs.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::article::Link;

/// Asks everything that can be asked.
fn ask(setting: &Setting) {
    let text = setting.text();
    let size = setting.size();
    assert!(size.x.is_finite() && size.y.is_finite() && size.y >= 0.0);
    for x in [-10.0, 0.0, 7.0, 33.3, 150.0, 1e9, f32::NAN] {
        for y in [-10.0, 0.0, 25.0, 1e9, f32::NAN] {
            let hit = setting.hit(vec2(x, y));
            assert!(text.is_char_boundary(hit), "{hit} in {text:?}");
            let word = setting.word_at(hit);
            assert!(text.get(word.clone()).is_some(), "{word:?} in {text:?}");
            setting.link_at(vec2(x, y));
        }
    }
    let mut end = 0;
    for line in 0..setting.line_count() {
        let range = setting.line_range(line);
        assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
        assert!(range.start >= end, "lines overlap in {text:?}");
        end = range.end;
        assert!(setting.baseline(line).is_finite());
    }
    for rect in setting.rects(0..text.len()) {
        assert!(rect.is_finite());
    }
    setting.rects(text.len() / 2..text.len() / 2 + 1);
}

fn widths() -> impl Strategy<Value = f32> {
    prop_oneof![
        20.0..700.0f32,
        Just(0.0),
        Just(-5.0),
        Just(f32::INFINITY),
        Just(f32::NAN),
        Just(1e-9),
    ]
}

fn words() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        any::<char>(),
        Just('\n'),
        Just('\r'),
        Just('\t'),
        Just(' '),
        Just('\u{301}'),
        Just('\u{200d}'),
        Just('\u{fe0f}'),
        Just('\u{ad}'),
        Just('\u{202e}'),
        Just('\u{2029}'),
        Just('א'),
        Just('ب'),
        Just('f'),
        Just('i'),
        Just('日'),
        Just('म'),
        Just('\u{94d}'),
        Just('👩'),
        Just('🇲'),
        Just('\u{fdfd}'),
    ];
    prop_oneof![
        "\\PC{0,60}",
        prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter),
        prop::collection::vec(odd, 0..60).prop_map(String::from_iter),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_set(words in words(), width in widths(), choice in 0..6usize, cuts in prop::collection::vec(0..80usize, 0..6)) {
        let style = [
            BODY,
            HEADLINE,
            BODY.max_lines(1),
            HEADLINE.max_lines(2),
            Style::new(Family::Mono, 14.0),
            Style::new(Family::Sans, f32::NAN).weight(f32::NAN).leading(f32::NAN).tracking(f32::NAN).italic(),
        ][choice];
        // Spans as an author's tools might make them: out of order, out of bounds, inside a character.
        let spans = cuts.windows(2).map(|ends| Span {
            range: ends[0]..ends[1],
            mark: Mark {
                bold: ends[0] % 2 == 0,
                italic: ends[1] % 3 == 0,
                code: ends[0] % 5 == 0,
                strike: false,
                link: (ends[1] % 2 == 0).then(|| Link::Story(String::new())),
            },
        });
        let text = Text { spans: spans.collect(), plain: words };
        let mut typesetter = typesetter();
        let setting = typesetter.set(&text, &style, width);
        ask(&setting);
        drop(setting);
        ask(&typesetter.set(&text, &style, 99.0));
    }

    #[test]
    fn any_text_can_be_painted(words in words(), scale in 0.5..3.0f32) {
        let ctx = context(scale);
        let mut typesetter = typesetter();
        let output = frame(&ctx, |ui| {
            typesetter.begin_frame(ui.ctx());
            let setting = typesetter.set_plain(&words, &BODY, 300.0);
            typesetter.paint(ui.painter(), &setting, pos2(3.3, 4.4), &ink);
        });
        for clipped in &output.shapes {
            assert!(clipped.shape.visual_bounding_rect().is_finite() || words.trim().is_empty());
        }
        output.drop_without_applying_deltas();
    }
}

/// Linear work takes a second or two here, quadratic work takes hours; ten times the time is still not a hang.
fn soon(what: &str, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{what} took {took:?}");
}

#[test]
fn a_megabyte_without_a_space_is_set() {
    let long = "x".repeat(1 << 20);
    soon("a long word", || {
        let setting = set(&long, &BODY, 660.0);
        assert!(!setting.elided());
        assert!(setting.line_count() > 10_000);
        let last = setting.line_count() - 1;
        assert_eq!(setting.line_range(last).end, long.len());
        assert_eq!(setting.hit(vec2(1e9, 1e9)), long.len());
    });
    soon("a long headline", || {
        let setting = set(&long, &HEADLINE.max_lines(3), 300.0);
        assert_eq!(setting.line_count(), 3);
        assert!(setting.elided());
    });
}

#[test]
fn towers_of_marks_newlines_and_scripts_are_set() {
    for unit in [
        "\u{301}",
        "\u{200d}",
        "\n",
        "👩\u{200d}",
        "aא",
        "ﷺ ",
        "\u{202e}",
        "é\u{323}\u{302}",
        "\u{ad}",
        "\u{200b}",
        "\u{e0041}",
        "ש\u{5b8}",
        "→x★",
    ] {
        let long = unit.repeat(100_000 / unit.len());
        soon(unit, || {
            let setting = set(&long, &BODY, 660.0);
            let end = setting
                .line_range(setting.line_count().saturating_sub(1))
                .end;
            assert!(end + 1 >= long.len(), "{unit:?}: {end} of {}", long.len());
        });
    }
}

#[test]
fn what_is_beyond_reading_is_left_out_and_says_so() {
    let endless = "word ".repeat(1_200_000);
    soon("an endless text", || {
        let setting = set(&endless, &BODY, 660.0);
        assert!(setting.elided());
        assert_eq!(setting.text().len(), endless.len());
    });
}
