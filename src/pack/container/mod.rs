//! The single file: a ZIP archive of which little is believed. [`Directory`] says what is in it, [`SharedFile`] reads it from any thread,
//! [`Writer`] makes one that is the same to the byte for the same input.
//!
//! The layout is that of PKWARE's APPNOTE 6.3; `content/FORMAT.md` says which part of it packs use. Entries are known by their name as it
//! stands, unsafe names included; what may be opened is decided by who asks.

mod directory;
mod end;
mod entry;
mod fields;
mod file;
mod salvage;
mod writer;

pub(super) use directory::{Directory, DirectoryError};
pub(super) use entry::{Entry, EntryError};
pub(super) use file::SharedFile;
pub(super) use writer::{Packed, Writer};

/// The name of the entry that comes first.
pub(super) const MIMETYPE: &str = "mimetype";
/// Its content.
pub(super) const MEDIA_TYPE: &str = "application/vnd.offprint.pack+zip";

/// Entries that are stored as they are.
const STORED: u16 = 0;
/// Entries compressed by Deflate (RFC 1951).
const DEFLATED: u16 = 8;
