//! The tables of Pocket and Instapaper. Columns are found by their names, in any order; one that is not there is empty.

use std::borrow::Cow;

use super::link::Link;
use super::place::Lines;
use super::table::Rows;
use super::{Doubt, Going, ImportError, ImportForm, Imported, MAX_IMPORT_ENTRIES};

/// How many rows are read between two looks at whether to go on.
const STRIDE: usize = 512;

/// What is in which column.
#[derive(Default)]
struct Columns {
    url: Option<usize>,
    title: Option<usize>,
    added: Option<usize>,
    tags: Option<usize>,
    /// Where the other program keeps it: not everything is unread.
    state: Option<usize>,
    note: Option<usize>,
    is_instapaper: bool,
}

impl Columns {
    fn of(row: &[Cow<'_, str>]) -> Self {
        let mut columns = Self::default();
        for (at, name) in row.iter().enumerate() {
            let column = match name.trim().to_ascii_lowercase().as_str() {
                "url" => &mut columns.url,
                "title" => &mut columns.title,
                "time_added" => &mut columns.added,
                "tags" => &mut columns.tags,
                "status" => &mut columns.state,
                "selection" => {
                    columns.is_instapaper = true;
                    &mut columns.note
                }
                "folder" => {
                    columns.is_instapaper = true;
                    &mut columns.state
                }
                "timestamp" => {
                    columns.is_instapaper = true;
                    &mut columns.added
                }
                _ => continue,
            };
            column.get_or_insert(at);
        }
        columns
    }
}

/// Which table a text is, by its first row.
pub(super) fn recognise(text: &str) -> Option<ImportForm> {
    let (_, first) = Rows::of(text).next()?;
    let columns = Columns::of(&first);
    columns.url?;
    Some(if columns.is_instapaper {
        ImportForm::InstapaperCsv
    } else {
        ImportForm::PocketCsv
    })
}

pub(super) fn read(
    text: &str,
    form: ImportForm,
    going: Going<'_>,
) -> Result<Imported, ImportError> {
    let (mut rows, mut lines) = (Rows::of(text), Lines::of(text));
    let first = rows.next();
    let columns = first.as_ref().map(|(_, row)| Columns::of(row));
    let Some(columns) = columns.filter(|it| it.url.is_some()) else {
        let line = first.map_or(1, |(at, _)| lines.line(at));
        let what = "the first row should name the columns, and one of them should be `url`";
        return Err(ImportError::Damaged {
            line,
            what: what.to_owned(),
        });
    };
    let mut imported = Imported::default();
    for (count, (at, row)) in rows.enumerate() {
        if count >= MAX_IMPORT_ENTRIES {
            return Err(ImportError::TooMany);
        }
        if count % STRIDE == 0 && !going(at, text.len()) {
            return Err(ImportError::Cancelled);
        }
        let line = lines.line(at);
        let link = link(&columns, &row, form, line, &mut imported.doubts);
        let bookmark = link.bookmark(line, &mut imported.doubts);
        imported.bookmarks.extend(bookmark);
    }
    Ok(imported)
}

fn link<'a>(
    columns: &Columns,
    row: &'a [Cow<'_, str>],
    form: ImportForm,
    line: usize,
    doubts: &mut Vec<Doubt>,
) -> Link<'a> {
    let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", |it| it.trim());
    let tags = cell(columns.tags);
    let mut tags: Vec<Cow<'a, str>> = if form == ImportForm::InstapaperCsv && tags.starts_with('[')
    {
        if let Ok(tags) = serde_json::from_str::<Vec<String>>(tags) {
            tags.into_iter().map(Cow::Owned).collect()
        } else {
            doubts.push(Doubt {
                line,
                what: "the tags are not understood; imported without".to_owned(),
                left_out: false,
            });
            Vec::new()
        }
    } else {
        tags.split(['|', ',']).map(Cow::Borrowed).collect()
    };
    let state = cell(columns.state);
    if !state.eq_ignore_ascii_case("unread") {
        tags.push(Cow::Borrowed(state));
    }
    Link {
        address: cell(columns.url).into(),
        title: cell(columns.title).into(),
        added: cell(columns.added).into(),
        tags,
        note: cell(columns.note).into(),
    }
}
