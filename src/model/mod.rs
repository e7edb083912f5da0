//! What the program knows. Actions go in, events go in, effects come out.
//! Pure: it draws nothing, reads no file, starts no thread and never asks for the time.

mod bookmark;
mod date;
mod edition;
mod ids;
mod reading;
mod settings;

pub use bookmark::{BUILT_IN, Bookmark, BookmarkChange};
pub use date::Date;
pub use edition::{Edition, EditionInfo, Picture, Section, Story};
pub use ids::{MAX_ID_BYTES, SeriesId, StoryId, is_valid_id};
pub use reading::{Place, Reading, ReadingChange};
pub use settings::{Recent, RecentChange, RecentPack, Settings, SettingsChange, Theme, WindowSize};
