//! `offprint preview`: the window on a folder that is being written.
//! It looks only whether there is such a folder; a manifest that is not there yet, or not right yet, is what a preview is for.

use std::fs;

use super::args::Preview;
use super::terminal::Terminal;
use super::{FAILED, Launch, Outcome};
use crate::model::Origin;
use crate::platform::{Paths, absolute};

pub(super) fn run(wish: &Preview, paths: Paths, terminal: &mut Terminal<'_>) -> Outcome {
    let mut folder = absolute(&wish.folder);
    // Whoever gives the manifest means the folder it lies in.
    if folder.is_file()
        && folder.file_name().is_some_and(|name| name == "pack.ron")
        && let Some(parent) = folder.parent()
    {
        folder = parent.to_path_buf();
    }
    let shown = folder.display();
    let refused = match fs::metadata(&folder) {
        Ok(there) if there.is_dir() => None,
        Ok(_) => Some(format!(
            "Only a folder can be written and seen at once; `offprint unpack` makes one of a file: {shown}"
        )),
        Err(error) => Some(format!(
            "There is no folder to look at ({error}); `offprint new` starts one: {shown}"
        )),
    };
    if let Some(sentence) = refused {
        terminal.message(&sentence);
        return Outcome::Exit(FAILED);
    }
    Outcome::Window(Launch {
        open: vec![Origin::Path(folder).into()],
        paths,
        measure_start: false,
        preview: true,
    })
}
