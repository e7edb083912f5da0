//! What reaches the painter: real faces, whole pixels, only what is seen.

use eframe::egui::{Mesh, Shape, epaint::ClippedShape};

use super::*;
use crate::article::Link;

fn meshes(shapes: &[ClippedShape]) -> Vec<&Mesh> {
    shapes
        .iter()
        .filter_map(|clipped| match &clipped.shape {
            Shape::Mesh(mesh) => Some(&**mesh),
            _ => None,
        })
        .collect()
}

/// Paints one text at a place and gives its shapes to be looked at.
fn painted(text: &Text, style: &Style, scale: f32, at: (f32, f32), look: impl Fn(&[ClippedShape])) {
    let ctx = context(scale);
    let mut typesetter = typesetter();
    let output = frame(&ctx, |ui| {
        typesetter.begin_frame(ui.ctx());
        let setting = typesetter.set(text, style, 500.0);
        typesetter.paint(ui.painter(), &setting, pos2(at.0, at.1), &ink);
    });
    look(&output.shapes);
    output.drop_without_applying_deltas();
}

#[test]
fn glyphs_stand_on_whole_pixels_at_every_scale() {
    for scale in [1.0, 1.25, 1.5, 2.0, 2.6] {
        painted(&Text::plain(PROSE), &BODY, scale, (10.3, 20.7), |shapes| {
            let meshes = meshes(shapes);
            assert_eq!(meshes.len(), 1, "one page, one mesh");
            assert!(meshes[0].vertices.len() > 4 * 150);
            for vertex in &meshes[0].vertices {
                let pixel = vertex.pos * scale;
                let off = (pixel - pixel.round()).length();
                assert!(off < 2e-3, "{off} of a pixel off at {scale}");
                let texel = vertex.uv * 1024.0;
                assert_eq!(texel, texel.round());
            }
        });
    }
}

#[test]
fn bold_and_italic_are_faces_of_their_own() {
    let mut typesetter = typesetter();
    let mut width = |style: &Style| {
        typesetter
            .set_plain("hamburgefonts", style, 900.0)
            .ink_width()
    };
    let regular = width(&BODY);
    assert!(width(&BODY.weight(700.0)) > regular * 1.03);
    assert!((width(&BODY.italic()) - regular).abs() > 1.0);
    // The size decides the drawing: display letters are tighter than text letters made large.
    let (small, large) = (
        width(&Style::new(Family::Serif, 10.0)),
        width(&Style::new(Family::Serif, 60.0)),
    );
    assert!(large < small * 5.9);

    let bold = Mark {
        bold: true,
        ..Mark::default()
    };
    let marked = marked(&[("ham", Mark::default()), ("burgefonts", bold)]);
    let some = typesetter.set(&marked, &BODY, 900.0).ink_width();
    assert!(some > regular);
}

#[test]
fn ligatures_are_set_unless_letters_are_spaced() {
    painted(&Text::plain("ffi"), &BODY, 1.0, (0.0, 0.0), |shapes| {
        assert_eq!(meshes(shapes)[0].vertices.len(), 4);
    });
    painted(
        &Text::plain("ffi"),
        &BODY.tracking(2.0),
        1.0,
        (0.0, 0.0),
        |shapes| {
            assert_eq!(meshes(shapes)[0].vertices.len(), 12);
        },
    );
}

#[test]
fn marks_draw_their_grounds_and_lines() {
    let text = marked(&[
        ("plain ", Mark::default()),
        (
            "code",
            Mark {
                code: true,
                ..Mark::default()
            },
        ),
        (" ", Mark::default()),
        (
            "gone",
            Mark {
                strike: true,
                ..Mark::default()
            },
        ),
        (" ", Mark::default()),
        (
            "there",
            Mark {
                link: Some(Link::Story("x".to_owned())),
                ..Mark::default()
            },
        ),
    ]);
    painted(&text, &BODY, 1.0, (0.0, 0.0), |shapes| {
        let is_ground =
            |shape: &Shape| matches!(shape, Shape::Rect(rect) if rect.fill == Color32::LIGHT_GRAY);
        let order: Vec<_> = shapes
            .iter()
            .map(|clipped| match &clipped.shape {
                shape if is_ground(shape) => "ground",
                Shape::Mesh(mesh) if mesh.vertices.len() == 8 => "lines",
                Shape::Mesh(_) => "letters",
                _ => "?",
            })
            .collect();
        assert_eq!(order, ["ground", "letters", "lines"]);
        let letters = meshes(shapes)[0];
        let blue = letters.vertices.iter().filter(|v| v.color == Color32::BLUE);
        assert_eq!(blue.count(), 4 * "there".len());
    });
}

#[test]
fn lines_out_of_sight_cost_nothing() {
    let ctx = context(1.0);
    let mut typesetter = typesetter();
    let long = PROSE.repeat(200);
    let output = frame(&ctx, |ui| {
        typesetter.begin_frame(ui.ctx());
        let setting = typesetter.set_plain(&long, &BODY, 660.0);
        assert!(setting.size().y > 15_000.0);
        typesetter.paint(ui.painter(), &setting, pos2(0.0, -7000.0), &ink);
    });
    output.drop_without_applying_deltas();
    let painted = typesetter.stats().painted;
    assert!((1500..2500).contains(&painted), "{painted} glyphs");
}

#[test]
fn letters_without_a_font_are_not_boxes_while_the_system_is_asked() {
    use std::sync::mpsc::channel;
    let (send, receive) = channel();
    let mut typesetter = Typesetter::new(&FACES, move || send.send(()).unwrap());
    let ctx = context(1.0);
    // A letter of a script nobody has a font for, and one we have.
    let words = "\u{10ffff}a";
    let before = typesetter.generation();
    let mut count = || {
        let output = frame(&ctx, |ui| {
            typesetter.begin_frame(ui.ctx());
            let setting = typesetter.set_plain(words, &BODY, 660.0);
            typesetter.paint(ui.painter(), &setting, pos2(0.0, 0.0), &ink);
        });
        output.drop_without_applying_deltas();
        (typesetter.stats().painted, typesetter.generation())
    };
    assert_eq!(count(), (1, before), "the box is not shown yet");
    receive.recv().unwrap();
    let (shown, generation) = count();
    assert_eq!(shown, 2, "nothing better will come");
    assert!(generation > before, "heights may have changed");
}
