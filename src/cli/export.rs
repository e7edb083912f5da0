//! `offprint bookmarks export`: what the reader keeps, for other programs.

use std::collections::BTreeSet;

use super::bookmark_args::{Export, MarksForm};
use super::bookmarks::tell;
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::interchange::{ExportForm, export};
use crate::shelf::{Shelf, replace};

pub(super) fn run(
    wish: &Export,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let (mut bookmarks, mut highlights) = (shelf.load_all_bookmarks(), shelf.load_all_highlights());
    if let Some(series) = &wish.series {
        bookmarks.value.retain(|it| it.series.as_str() == series);
        highlights.value.retain(|it| it.series.as_str() == series);
    }
    if let Some(tag) = &wish.tag {
        bookmarks.value.retain(|it| it.tags.has(tag));
        let tagged: BTreeSet<_> = bookmarks
            .value
            .iter()
            .map(|it| (&it.series, &it.story))
            .collect();
        highlights
            .value
            .retain(|it| tagged.contains(&(&it.series, &it.story)));
    }
    let text = export(wish.form.form(), &bookmarks.value, &highlights.value);
    match &wish.output {
        None => terminal.line(text.trim_end_matches('\n'))?,
        Some(path) => {
            if !wish.force && path.exists() {
                let path = path.display();
                return Err(CliError::Refused(format!(
                    "{path} is there already; with --force it is written over"
                )));
            }
            replace(path, text.as_bytes()).map_err(|error| {
                CliError::Refused(format!("{} cannot be written: {error}", path.display()))
            })?;
        }
    }
    tell(&bookmarks.notices, terminal);
    tell(&highlights.notices, terminal);
    let is_clean = bookmarks.notices.is_empty() && highlights.notices.is_empty();
    Ok(if is_clean { DONE } else { PROBLEMS })
}

impl MarksForm {
    fn form(self) -> ExportForm {
        match self {
            Self::Md => ExportForm::Markdown,
            Self::Csv => ExportForm::Csv,
            Self::Html => ExportForm::Html,
            Self::Json => ExportForm::Json,
            Self::Jsonld => ExportForm::Annotations,
            Self::Netscape => ExportForm::Netscape,
        }
    }
}
