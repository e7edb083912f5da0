//! The typesetter without a screen: embedded faces only, so that every machine sets the same lines.

mod accessible;
mod hostile;
mod lines;
mod memory;
mod places;
mod shown;

use std::rc::Rc;

use eframe::egui::{Color32, Context, FontDefinitions, FullOutput, RawInput, Rect, Ui, pos2, vec2};

use super::{Face, Family, Ink, Setting, Style, Typesetter};
use crate::article::{Mark, Span, Text};

const FACES: [Face; 4] = [
    Face {
        family: Family::Serif,
        bytes: include_bytes!("../../../assets/fonts/Newsreader.ttf"),
    },
    Face {
        family: Family::Serif,
        bytes: include_bytes!("../../../assets/fonts/Newsreader-Italic.ttf"),
    },
    Face {
        family: Family::Sans,
        bytes: include_bytes!("../../../assets/fonts/Inter.ttf"),
    },
    Face {
        family: Family::Mono,
        bytes: include_bytes!("../../../assets/fonts/JetBrainsMono.ttf"),
    },
];

const BODY: Style = Style::new(Family::Serif, 19.0).leading(1.56);
const HEADLINE: Style = Style::new(Family::Serif, 40.0)
    .weight(600.0)
    .leading(1.12)
    .tracking(-0.6)
    .balance();

const PROSE: &str = "The answer from Mexico City came within days and left no room. There would be cooperation and there would be \
    shared intelligence, the president told reporters, but soldiers of another country would not operate on Mexican ground.";

fn typesetter() -> Typesetter {
    Typesetter::new(&FACES, || {})
}

fn set(text: &str, style: &Style, width: f32) -> Rc<Setting> {
    typesetter().set_plain(text, style, width)
}

/// Text made of words and their marks.
fn marked(parts: &[(&str, Mark)]) -> Text {
    let mut text = Text::default();
    for (words, mark) in parts {
        let start = text.plain.len();
        text.plain.push_str(words);
        if *mark != Mark::default() {
            text.spans.push(Span {
                range: start..text.plain.len(),
                mark: mark.clone(),
            });
        }
    }
    text
}

/// The lines of a setting, as words.
fn lines(setting: &Setting) -> Vec<&str> {
    (0..setting.line_count())
        .map(|line| &setting.text()[setting.line_range(line)])
        .collect()
}

fn ink(ink: Ink) -> Color32 {
    match ink {
        Ink::Link => Color32::BLUE,
        Ink::CodeGround => Color32::LIGHT_GRAY,
        _ => Color32::BLACK,
    }
}

/// A context that draws nothing, at so many pixels a point.
fn context(scale: f32) -> Context {
    let ctx = Context::default();
    ctx.set_fonts(FontDefinitions::empty());
    ctx.set_zoom_factor(scale);
    // The factor holds from the second pass on.
    frame(&ctx, |_| {}).drop_without_applying_deltas();
    ctx
}

fn frame(ctx: &Context, draw: impl FnMut(&mut Ui)) -> FullOutput {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 832.0))),
        ..RawInput::default()
    };
    ctx.run_ui(input, draw)
}
