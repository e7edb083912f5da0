//! A font that comes with the program.
//! The bytes are borrowed for ever; nothing here reads a file.

use super::Family;

/// A font file inside the program.
#[derive(Clone, Copy)]
pub struct Face {
    /// The family it belongs to; upright and italic files of one family share it.
    pub family: Family,
    /// The whole file, TrueType or OpenType.
    pub bytes: &'static [u8],
}
