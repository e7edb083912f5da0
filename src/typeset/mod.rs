//! Text that is read: set by parley, painted from our own glyph atlas, hit and selected to the byte.
//! It knows nothing of packs or of the model; colours are asked for by name while painting.
//!
//! A [`Typesetter`] turns a text, a [`Style`] and a width into a [`Setting`], remembers it, and paints it:
//!
//! ```
//! # use eframe::egui::{Color32, Sense, Ui, accesskit::Role};
//! # use offprint::article::Text;
//! # use offprint::typeset::{Family, Style, Typesetter, access};
//! # fn show(ui: &mut Ui, typesetter: &mut Typesetter, paragraph: &Text) {
//! typesetter.begin_frame(ui.ctx());
//! let setting = typesetter.set(&paragraph, &Style::new(Family::Serif, 19.0).leading(1.56), 660.0);
//! let (rect, response) = ui.allocate_exact_size(setting.size(), Sense::click_and_drag());
//! access::describe(&response, Role::Paragraph, setting.text(), None);
//! typesetter.paint(ui.painter(), &setting, rect.min, &|ink| Color32::BLACK);
//! # }
//! ```

pub mod access;
mod arrange;
mod atlas;
mod bidi;
mod cuts;
mod fallback;
mod fonts;
mod harmless;
mod memo;
mod paint;
mod raster;
pub mod selection;
mod setting;
mod shape;
mod style;
mod typesetter;

pub use fonts::Face;
pub use selection::{Grain, Point, Selection};
pub use setting::Setting;
pub use style::{Align, Family, Ink, Style};
pub use typesetter::{Stats, Typesetter};

#[cfg(test)]
mod tests;
