//! What the program knows. Actions go in, events go in, effects come out.
//! Pure: it draws nothing, reads no file, starts no thread and never asks for the time.

mod date;
mod edition;
mod ids;

pub use date::Date;
pub use edition::{Edition, EditionInfo, Picture, Section, Story};
pub use ids::{MAX_ID_BYTES, SeriesId, StoryId, is_valid_id};
