//! Packs: opening and checking them, wherever they lie: in a folder, in one file, or inside the program.
//! Content that is odd gives problems and a usable edition; only the environment and the four fatal faults give errors.
//! It never writes into a pack, never follows a link out of one, and never decides when it runs.

mod archive;
mod assembly;
mod build;
mod changes;
mod check;
mod clip;
mod clippings;
mod container;
mod draft;
mod embedded;
mod ends;
mod error;
mod folder;
pub mod limits;
mod lower;
mod manifest;
mod manifest_out;
mod metadata;
mod name;
mod nearest;
mod open;
mod owner;
mod parts;
mod picture;
mod picture_extras;
mod places;
mod plain;
mod problem;
mod repair;
mod rules;
mod shrink;
mod source;
mod template;
mod unpack;

pub use build::{BuildError, BuildOptions, BuildStep, Built, Tally, build, build_origin};
pub use changes::changes;
pub use check::{Report, check, check_with};
pub use clip::Clip;
pub use clippings::{Clippings, ClippingsError, ClippingsStep, clippings};
// What opening takes and reading gives are the model's own; they have a name here for those who only open packs.
pub use error::PackError;
pub use metadata::without_metadata;
pub use name::Name;
pub use open::{Pack, Progress, open};
pub use owner::owners;
pub use parts::SizeClass;
pub use picture::{Kind, PictureHeader};
pub use plain::{ArchiveError, ArchiveReader, ArchiveWriter, is_safe_part};
pub use problem::{Problem, Severity};
pub use repair::{RepairError, Repaired, repair};
pub use rules::{Group, Rule, rule, rules};
pub use template::{Template, TemplateFile};
pub use unpack::{UnpackError, Unpacked, unpack};
