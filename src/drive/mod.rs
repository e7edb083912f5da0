//! Packs copied to a drive, to be handed on: each as one file, with the program for this system, a page to start from and check numbers.
//!
//! Nothing is written before it is known that everything fits and that nothing of somebody else's is in the way. A file gets its name when
//! it was read back from the drive and is what it should be; so what is there under its name is whole.

mod copy;
mod error;
mod page;
mod plan;
mod sums;

pub use copy::copy;
pub use error::DriveError;
pub use plan::{Planned, Ready, prepare};
// What is copied as the program, for those who do not ask the system themselves.
pub use crate::platform::program;

use crate::model::DriveStep;

/// Who is told how far it is: so much of so much.
pub type Progress<'a> = &'a dyn Fn(DriveStep, u64, u64);

/// The folder of the packs.
const PACKS: &str = "packs";
/// The list of check numbers, as `sha256sum` has it.
const SUMS: &str = "SHA256SUMS";
/// The page to start from.
const PAGE: &str = "Start here.html";
