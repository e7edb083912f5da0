//! What differs from system to system, behind one interface: the only place that asks which system this is.
//! A leaf: it knows nothing of packs, of the model or of what the window shows.

mod dialogs;
mod drive;
mod failure;
mod files;
mod instance;
mod memory;
mod paths;
mod reveal;
mod system;

pub use dialogs::{
    DialogError, Pick, pick_bookmarks, pick_new_backup, pick_new_bookmarks, pick_new_pack,
    pick_pack,
};
pub use drive::{Format, can_write, drive_of, forget, format_of};
pub use failure::show_failure;
pub use files::{copy_owner, create_private_folder, link_target, sync_folder};
pub use instance::{First, Instance, Second};
pub use memory::peak_memory_kb;
pub use paths::{NoDataFolder, PORTABLE, Paths, STAND_IN, absolute, program};
pub use reveal::{RevealError, open_address, reveal_folder};
pub use system::system;

/// The name by which a desktop knows the program: that of its desktop entry, its icons and its windows.
pub const APP_ID: &str = "org.offprint.Offprint";
