//! What is remembered, and that it is bounded.

use super::*;
use crate::typeset::atlas::{Atlas, Key, SIDE};
use crate::typeset::raster::{Bitmap, Pixels};

#[test]
fn the_same_text_is_shaped_once() {
    let mut typesetter = typesetter();
    let first = typesetter.set_plain(PROSE, &BODY, 660.0);
    let elsewhere = PROSE.to_owned();
    let again = typesetter.set_plain(&elsewhere, &BODY, 660.0);
    assert!(Rc::ptr_eq(&first, &again));
    assert_eq!(typesetter.stats().shaped, 1);
    // Another width or another ink arranges the same letters anew.
    let narrow = typesetter.set_plain(PROSE, &BODY, 300.0);
    assert!(narrow.line_count() > first.line_count());
    typesetter.set_plain(PROSE, &BODY.ink(Ink::Soft), 660.0);
    typesetter.set_plain(PROSE, &BODY.leading(2.0), 660.0);
    assert_eq!(typesetter.stats().shaped, 1);
    // Another weight, or marks, are other letters.
    typesetter.set_plain(PROSE, &BODY.weight(500.0), 660.0);
    let bold = Mark {
        bold: true,
        ..Mark::default()
    };
    let half = marked(&[(&PROSE[..40], bold), (&PROSE[40..], Mark::default())]);
    typesetter.set(&half, &BODY, 660.0);
    assert_eq!(typesetter.stats().shaped, 3);
}

#[test]
fn rebreaking_is_the_same_as_setting_anew() {
    let mut typesetter = typesetter();
    let ctx = context(1.0);
    for width in (150..900).step_by(37) {
        frame(&ctx, |ui| typesetter.begin_frame(ui.ctx())).drop_without_applying_deltas();
        let width = width as f32;
        for style in [BODY, HEADLINE, BODY.max_lines(2)] {
            let again = typesetter.set_plain(PROSE, &style, width);
            let fresh = set(PROSE, &style, width);
            assert_eq!(lines(&again), lines(&fresh));
            assert_eq!(again.size(), fresh.size());
            assert_eq!(again.rects(3..90), fresh.rects(3..90));
        }
    }
}

#[test]
fn settings_are_forgotten_by_size_and_by_age() {
    let mut typesetter = typesetter();
    let ctx = context(1.0);
    let mut most = 0;
    for number in 0..600 {
        frame(&ctx, |ui| typesetter.begin_frame(ui.ctx())).drop_without_applying_deltas();
        let long = format!("{number} {}", PROSE.repeat(5));
        typesetter.set_plain(&long, &BODY, 660.0);
        most = most.max(typesetter.stats().setting_bytes);
    }
    let limit = 8 * 1024 * 1024;
    assert!(most > limit / 2 && most < limit + 100_000, "{most} bytes");
    for _ in 0..800 {
        frame(&ctx, |ui| typesetter.begin_frame(ui.ctx())).drop_without_applying_deltas();
    }
    assert_eq!(typesetter.stats().settings, 0);
    assert_eq!(typesetter.stats().setting_bytes, 0);
}

#[test]
fn a_new_scale_or_language_starts_over() {
    let mut typesetter = typesetter();
    let before = typesetter.generation();
    typesetter.set_plain(PROSE, &BODY, 660.0);
    typesetter.set_language("ja");
    assert_eq!(typesetter.stats().settings, 0);
    typesetter.set_language("ja");
    frame(&context(1.5), |ui| typesetter.begin_frame(ui.ctx())).drop_without_applying_deltas();
    assert_eq!(typesetter.generation(), before + 2);
    typesetter.set_language("not a language at all");
}

fn square(side: usize) -> Bitmap {
    Bitmap {
        width: side,
        height: side,
        shrunk: 1,
        pixels: Pixels::Coverage(vec![200; side * side]),
        ..Bitmap::default()
    }
}

fn key(number: u32) -> Key {
    Key::new(number / 60_000, (number % 60_000) as u16, 0, true)
}

#[test]
fn the_atlas_is_bounded_and_keeps_what_is_shown() {
    let ctx = context(1.0);
    let mut atlas = Atlas::default();
    let glyph = square(99);
    let mut number = 0;
    for round in 0..400 {
        let output = frame(&ctx, |ui| {
            atlas.begin_frame();
            // A word that is always there, and letters that are never seen again.
            for shown in 0..20 {
                if atlas.get(key(shown)).is_none() {
                    atlas.put(ui.ctx(), key(shown), &glyph).unwrap();
                }
            }
            for _ in 0..50 {
                number += 1;
                assert!(atlas.put(ui.ctx(), key(1000 + number), &glyph).is_some());
            }
            for shown in 0..20 {
                assert!(atlas.get(key(shown)).is_some(), "round {round}");
            }
        });
        output.drop_without_applying_deltas();
        assert!(atlas.page_count() <= 16);
    }
    // When it grows quiet, a few pages are enough.
    for _ in 0..600 {
        frame(&ctx, |_| {
            atlas.begin_frame();
            for shown in 0..20 {
                atlas.get(key(shown));
            }
        })
        .drop_without_applying_deltas();
    }
    assert!(atlas.page_count() <= 4);
    assert!(atlas.glyph_count() < 500);
}

#[test]
fn a_frame_that_needs_more_than_everything_is_refused_not_broken() {
    let ctx = context(1.0);
    let mut atlas = Atlas::default();
    let glyph = square(SIDE - 1);
    frame(&ctx, |ui| {
        atlas.begin_frame();
        for number in 0..16 {
            assert!(atlas.put(ui.ctx(), key(number), &glyph).is_some());
        }
        assert!(atlas.put(ui.ctx(), key(16), &glyph).is_none());
        assert!(atlas.put(ui.ctx(), key(17), &square(SIDE)).is_none());
        assert!(atlas.put(ui.ctx(), key(18), &square(0)).unwrap().is_empty());
    })
    .drop_without_applying_deltas();
}

#[test]
fn no_two_glyphs_share_a_texel() {
    let ctx = context(1.0);
    let mut atlas = Atlas::default();
    let output = frame(&ctx, |ui| {
        atlas.begin_frame();
        for number in 0..900 {
            let side = 4 + (number as usize * 7919) % 37;
            atlas.put(ui.ctx(), key(number), &square(side)).unwrap();
        }
    });
    output.drop_without_applying_deltas();
    let slots: Vec<_> = (0..900)
        .filter_map(|number| atlas.get(key(number)))
        .collect();
    assert_eq!(slots.len(), 900);
    for (number, one) in slots.iter().enumerate() {
        for other in &slots[number + 1..] {
            let apart = one.page != other.page
                || !one.uv().shrink(1e-6).intersects(other.uv().shrink(1e-6));
            assert!(apart, "{one:?} {other:?}");
        }
    }
}
