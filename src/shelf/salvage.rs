//! What is whole in a damaged file, record by record.

use super::file::{Kind, edit_list};
use super::outline::{Group, value_end};

/// A new file with the records of a damaged one that are whole, wherever in it they stand.
pub(super) fn salvage(kind: &Kind, text: &str, fresh: &str) -> (String, usize) {
    let found = salvaged(kind, text);
    let Ok(mut file) = Group::fields(fresh) else {
        return (fresh.to_owned(), 0);
    };
    edit_list(kind, &mut file, |list| {
        for record in &found {
            list.push((*record).to_owned(), "        ");
        }
        !found.is_empty()
    });
    (file.render(), found.len())
}

/// The records that are whole and understood, wherever in the text they stand.
pub(super) fn salvaged<'a>(kind: &Kind, text: &'a str) -> Vec<&'a str> {
    /// More than any record has; keeps a lost quotation mark from costing the square of a large file.
    const LONGEST: usize = 1 << 20;
    let opening = format!("{}(", kind.record);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(&opening) {
        at += step;
        let limit = text.floor_char_boundary((at + LONGEST).min(text.len()));
        let record = value_end(&text[..limit], at).map(|end| &text[at..end]);
        match record {
            Ok(record) if (kind.understands)(record) => {
                found.push(record);
                at += record.len();
            }
            _ => at += opening.len(),
        }
    }
    found
}
