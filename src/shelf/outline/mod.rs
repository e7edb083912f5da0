//! A RON file as the text it is: entries with the comments and blanks around them, each kept to the byte unless changed.
//! It knows brackets, strings and comments, and nothing of what an entry means; `ron` reads the entries.

mod group;
mod scan;
mod text;
mod walk;

pub(super) use group::Group;
pub(super) use scan::{Fault, is_blank, value_end};
pub(super) use text::quote;
pub(super) use walk::Walk;
