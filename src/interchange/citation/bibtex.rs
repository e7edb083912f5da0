//! A citation as an entry of a BibTeX file, which biblatex reads as well. In UTF-8; what means something to TeX is escaped.

use std::fmt::Write as _;

use super::{Citation, in_marks, iso};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

pub(super) fn entry(cited: &Citation) -> String {
    let mut entry = format!("@article{{{},\n", cited.key());
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            // Writing to a string cannot fail.
            _ = writeln!(entry, "  {name:<9} = {value},");
        }
    };
    // Whole names and titles in a second pair of braces: a name is not taken apart, and capital letters stay.
    let names: Vec<String> = cited
        .authors
        .iter()
        .map(|name| braced(&escaped(name)))
        .collect();
    match &names[..] {
        [] => {
            // What it is sorted by.
            let by = if cited.publisher.is_empty() {
                &cited.publication
            } else {
                &cited.publisher
            };
            field("key", &braced(&escaped(by)));
        }
        names => field("author", &braced(&names.join(" and "))),
    }
    field("title", &braced(&braced(&escaped(&cited.headline))));
    field("journal", &braced(&escaped(&cited.publication)));
    if !cited.edition.is_empty() {
        field("number", &braced(&escaped(&cited.edition)));
    }
    if !cited.publisher.is_empty() {
        field("publisher", &braced(&escaped(&cited.publisher)));
    }
    if let Some(date) = cited.published {
        let (year, month, day) = date.ymd();
        let month = usize::from(month.unsigned_abs()).wrapping_sub(1);
        field("year", &braced(&year.to_string()));
        field("month", MONTHS.get(month).copied().unwrap_or_default());
        field("day", &braced(&day.to_string()));
    }
    if let Some(address) = &cited.address {
        // As it stands: what sets an address wants it so.
        field("url", &braced(address));
        if let Some(read) = cited.read {
            field("urldate", &braced(&iso(read.ymd())));
        }
    }
    if !cited.quote.is_empty() {
        field("annote", &braced(&escaped(&in_marks(&cited.quote))));
    }
    field("note", &braced(&escaped(&cited.reference.to_string())));
    entry.push('}');
    entry
}

fn braced(text: &str) -> String {
    format!("{{{text}}}")
}

/// Braces by name: BibTeX counts even those after a backslash.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => plain.push_str("\\textbackslash{}"),
            '{' => plain.push_str("\\textbraceleft{}"),
            '}' => plain.push_str("\\textbraceright{}"),
            '~' => plain.push_str("\\textasciitilde{}"),
            '^' => plain.push_str("\\textasciicircum{}"),
            '<' => plain.push_str("\\textless{}"),
            '>' => plain.push_str("\\textgreater{}"),
            '|' => plain.push_str("\\textbar{}"),
            '&' | '%' | '#' | '_' | '$' => plain.extend(['\\', c]),
            _ => plain.push(c),
        }
    }
    plain
}
