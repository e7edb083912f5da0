//! How much of anything a pack may hold. Each limit is kept while reading, whatever a pack says of its own sizes.

/// The most bytes of a manifest.
pub const MANIFEST_BYTES: u64 = 64 << 20;
/// The most names, tags or related stories of one story; further ones are passed over.
pub const STORY_LIST: usize = 1_000;
/// A list of a story that is longer than this by so much is no slip, and reading on would only take time.
pub const ABSURD_LIST: usize = 100_000;
/// The most unknown fields of one structure that are told.
pub const UNKNOWN_FIELDS: usize = 20;
/// The most bytes of a body.
pub const BODY_BYTES: u64 = 2 << 20;
/// The most bytes of a picture's file.
pub const PICTURE_BYTES: u64 = 32 << 20;
/// The most pixels of a picture, width times height.
pub const PICTURE_PIXELS: u64 = 40_000_000;
/// The most pixels of one whose pixels take twice the memory: a progressive JPEG, or more than eight bits a channel.
pub const COSTLY_PICTURE_PIXELS: u64 = 20_000_000;
/// The most entries of an archive.
pub const ARCHIVE_ENTRIES: u64 = 1_000_000;
/// The most bytes of a record that the container itself needs, other than its list of parts.
pub const SMALL_PART_BYTES: u64 = 64 << 10;
/// The most bytes of an archive's directory.
pub const DIRECTORY_BYTES: u64 = 128 << 20;
/// How many times its size in the archive an entry may unpack to, beyond [`EXPANSION_FREE`]. Text comes to ten, long tables to fifty.
pub const EXPANSION: u64 = 200;
/// The bytes an entry may unpack to however small it is in the archive.
pub const EXPANSION_FREE: u64 = 1 << 20;
/// The most bytes of a name inside a pack.
pub const NAME_BYTES: usize = 240;
/// The most bytes of an edition's name.
pub const EDITION_BYTES: usize = 128;
/// How deep values of a manifest may lie inside one another; what the format knows needs a third of it.
pub const MANIFEST_DEPTH: usize = 64;
/// The most characters of one text of the manifest that are shown, so that one absurd headline cannot hang the screen.
pub const TEXT_CHARS: usize = 4_000;
