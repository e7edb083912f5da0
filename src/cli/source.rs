//! From what was typed to an open pack.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::CliError;
use super::terminal::Terminal;
use crate::model::{Edition as _, Origin, StoryId};
use crate::pack::{Pack, PackError, Severity, open};
use crate::platform::absolute;

/// What was typed for a pack: a path, or one of two words where nothing of that name exists.
pub(super) fn origin(pack: &Path) -> Origin {
    match Origin::from_typed(pack.to_owned()) {
        Origin::Path(path) => Origin::Path(absolute(&path)),
        word if pack.exists() => Origin::Path(absolute(word.typed())),
        word => word,
    }
}

/// Opens a pack, and tells on the side if something is wrong with it.
pub(super) fn open_pack(pack: &Path, terminal: &mut Terminal<'_>) -> Result<Pack, PackError> {
    let (opened, problems) = open(&origin(pack), &AtomicBool::new(false), &|_| {})?;
    let count = problems
        .iter()
        .filter(|it| it.severity != Severity::Advice)
        .count();
    if count > 0 {
        let (pack, s) = (pack.display(), if count == 1 { "" } else { "s" });
        let message =
            format!("This pack has {count} problem{s}; `offprint check {pack}` says which");
        terminal.message(&message);
    }
    Ok(opened)
}

/// The row of a story that was typed.
pub(super) fn row(opened: &Pack, pack: &Path, story: &str) -> Result<usize, CliError> {
    opened.row_of(&StoryId::new(story)).ok_or_else(|| {
        CliError::Refused(format!(
            "There is no story `{story}` in this pack; `offprint list {}` prints the ids",
            pack.display()
        ))
    })
}
