//! The faces that come with the program, for the page and for the interface.

use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily};

use crate::typeset::{Face, Family};

const NEWSREADER: &[u8] = include_bytes!("../../assets/fonts/Newsreader.ttf");
const NEWSREADER_ITALIC: &[u8] = include_bytes!("../../assets/fonts/Newsreader-Italic.ttf");
const INTER: &[u8] = include_bytes!("../../assets/fonts/Inter.ttf");
const MONO: &[u8] = include_bytes!("../../assets/fonts/JetBrainsMono.ttf");

/// The faces of the page.
pub fn faces() -> [Face; 4] {
    [
        Face {
            family: Family::Serif,
            bytes: NEWSREADER,
        },
        Face {
            family: Family::Serif,
            bytes: NEWSREADER_ITALIC,
        },
        Face {
            family: Family::Sans,
            bytes: INTER,
        },
        Face {
            family: Family::Mono,
            bytes: MONO,
        },
    ]
}

/// The faces of buttons, menus and fields.
pub(super) fn interface() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("Inter", INTER), ("JetBrains Mono", MONO)] {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    let sans = vec!["Inter".to_owned(), "JetBrains Mono".to_owned()];
    let mono = vec!["JetBrains Mono".to_owned(), "Inter".to_owned()];
    fonts.families.insert(FontFamily::Proportional, sans);
    fonts.families.insert(FontFamily::Monospace, mono);
    fonts
}
