//! The colours of a theme, by the names of what they are for. They stand in `assets/themes/*.ron` and nowhere else.

use eframe::egui::Color32;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::typeset::Ink;

/// The sets of colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Dark on light paper.
    Light,
    /// Light on dark.
    Dark,
    /// Brown on warm paper.
    Sepia,
    /// White on black, every edge drawn.
    Contrast,
}

impl Palette {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Sepia, Self::Contrast];
}

/// The colours of a theme.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// Whether light stands on dark.
    pub dark: bool,
    /// The ground of the page.
    #[serde(deserialize_with = "colour")]
    pub paper: Color32,
    /// The ground of the sidebar.
    #[serde(deserialize_with = "colour")]
    pub side: Color32,
    /// The ground of what lies on the page: menus, fields, notices.
    #[serde(deserialize_with = "colour")]
    pub card: Color32,
    /// What is read.
    #[serde(deserialize_with = "colour")]
    pub ink: Color32,
    /// Standfirsts, captions, times.
    #[serde(deserialize_with = "colour")]
    pub soft: Color32,
    /// Decoration; too weak for words.
    #[serde(deserialize_with = "colour")]
    pub faint: Color32,
    /// Hairlines.
    #[serde(deserialize_with = "colour")]
    pub rule: Color32,
    /// The one accent: labels, dots, ribbons, the bar of a quote.
    #[serde(deserialize_with = "colour")]
    pub accent: Color32,
    /// Words on the accent.
    #[serde(deserialize_with = "colour")]
    pub on_accent: Color32,
    /// The words of a quote.
    #[serde(deserialize_with = "colour")]
    pub quote: Color32,
    /// Links in prose.
    #[serde(deserialize_with = "colour")]
    pub link: Color32,
    /// The selected row.
    #[serde(deserialize_with = "colour")]
    pub select: Color32,
    /// What the pointer is over.
    #[serde(deserialize_with = "colour")]
    pub hover: Color32,
    /// The ground of a note.
    #[serde(deserialize_with = "colour")]
    pub note: Color32,
    /// The edge of a note.
    #[serde(deserialize_with = "colour")]
    pub note_edge: Color32,
    /// The ground of something that went wrong.
    #[serde(deserialize_with = "colour")]
    pub alert_ground: Color32,
    /// The words and edge of something that went wrong.
    #[serde(deserialize_with = "colour")]
    pub alert: Color32,
    /// The ground of code.
    #[serde(deserialize_with = "colour")]
    pub code_ground: Color32,
    /// The ground of selected text.
    #[serde(deserialize_with = "colour")]
    pub marked: Color32,
    /// The ground of a passage that the reader marked in yellow.
    #[serde(deserialize_with = "colour")]
    pub yellow: Color32,
    /// In green.
    #[serde(deserialize_with = "colour")]
    pub green: Color32,
    /// In blue.
    #[serde(deserialize_with = "colour")]
    pub blue: Color32,
    /// In pink.
    #[serde(deserialize_with = "colour")]
    pub pink: Color32,
    /// Whether such a passage has a line as well, another one for each colour.
    pub lined: bool,
    /// Where a picture will be.
    #[serde(deserialize_with = "colour")]
    pub shade: Color32,
    /// The ring around what has the keyboard.
    #[serde(deserialize_with = "colour")]
    pub focus: Color32,
    /// Laid over the page behind an overlay.
    #[serde(deserialize_with = "colour")]
    pub scrim: Color32,
}

impl Tokens {
    /// The colour of an ink.
    pub fn ink(&self, ink: Ink) -> Color32 {
        match ink {
            Ink::Text | Ink::Code => self.ink,
            Ink::Soft => self.soft,
            Ink::Faint => self.faint,
            Ink::Accent => self.accent,
            Ink::Quote => self.quote,
            Ink::Link => self.link,
            Ink::CodeGround => self.code_ground,
            Ink::OnAccent => self.on_accent,
            Ink::Alert => self.alert,
        }
    }

    /// The colours of a palette.
    pub fn of(palette: Palette) -> Self {
        let text = match palette {
            Palette::Light => LIGHT,
            Palette::Dark => DARK,
            Palette::Sepia => SEPIA,
            Palette::Contrast => CONTRAST,
        };
        // The files are part of the program and a test reads each of them.
        ron::from_str(text).unwrap_or_else(|error| unreachable!("an embedded theme: {error}"))
    }
}

const LIGHT: &str = include_str!("../../assets/themes/light.ron");
const DARK: &str = include_str!("../../assets/themes/dark.ron");
const SEPIA: &str = include_str!("../../assets/themes/sepia.ron");
const CONTRAST: &str = include_str!("../../assets/themes/contrast.ron");

/// Reads `#RRGGBB` or `#RRGGBBAA`.
fn colour<'de, D: Deserializer<'de>>(from: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(from)?;
    Color32::from_hex(&text).map_err(|_| D::Error::custom(format!("{text} is not a colour")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: Color32) -> f32 {
        let [r, g, b, _] = colour.to_array().map(|c| {
            let c = f32::from(c) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast ratio, WCAG 2.2.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_word_stands_out_from_its_ground() {
        for theme in Palette::ALL {
            {
                let t = Tokens::of(theme);
                let grounds = [t.paper, t.side, t.card, t.select, t.hover, t.note];
                for ground in grounds {
                    for word in [t.ink, t.soft, t.accent] {
                        assert!(
                            contrast(word, ground) >= 4.5,
                            "{theme:?} {word:?} on {ground:?}: {}",
                            contrast(word, ground)
                        );
                    }
                }
                for ground in [t.yellow, t.green, t.blue, t.pink] {
                    for word in [t.ink, t.soft, t.quote, t.link] {
                        assert!(
                            contrast(word, ground) >= 4.5,
                            "{theme:?} {word:?} on {ground:?}: {}",
                            contrast(word, ground)
                        );
                    }
                }
                for (word, ground) in [
                    (t.on_accent, t.accent),
                    (t.quote, t.paper),
                    (t.link, t.paper),
                    (t.link, t.note),
                    (t.ink, t.code_ground),
                    (t.ink, t.marked),
                    (t.quote, t.marked),
                    (t.alert, t.alert_ground),
                    (t.alert, t.side),
                    (t.alert, t.hover),
                    (t.ink, t.alert_ground),
                    (t.soft, t.alert_ground),
                    (t.ink, t.shade),
                    (t.soft, t.shade),
                ] {
                    assert!(
                        contrast(word, ground) >= 4.5,
                        "{theme:?} {word:?} on {ground:?}: {}",
                        contrast(word, ground)
                    );
                }
                assert!(contrast(t.focus, t.paper) >= 3.0);
            }
        }
    }
}
