//! What differs from system to system, behind one interface: the only place that asks which system this is.
//! A leaf: it knows nothing of packs, of the model or of the window.

mod files;

pub use files::{copy_owner, create_private_folder, link_target, sync_folder};
