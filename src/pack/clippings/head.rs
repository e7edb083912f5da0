//! The manifest of a pack of kept stories: what it says of itself follows from its stories alone.

use super::names::Names;
use super::{Item, body_name};
use crate::model::{Clipped, Date};
use crate::pack::manifest_out::{Fields, clipped, story_fields};
use crate::pack::parts::{digest, hexadecimal};

/// The manifest of the new pack.
pub(super) fn manifest_of(items: &[Item], ids: &[String], names: &Names, title: &str) -> String {
    let mut sections: Vec<(&Clipped, Vec<Fields>)> = Vec::new();
    for (item, id) in items.iter().zip(ids) {
        let body = item.body.as_ref().and_then(|_| body_name(id).ok());
        let mut story = story_fields(&item.written, id, body.as_ref(), |file| {
            names.renamed(item, file)
        });
        if let Some(from) = &item.written.clipped {
            story.value("clipped", &clipped(from, &item.digest));
        }
        match sections.last_mut() {
            Some((of, stories))
                if of.series == item.from.series && of.edition == item.from.edition =>
            {
                stories.push(story);
            }
            _ => sections.push((&item.from, vec![story])),
        }
    }
    let sections: Vec<Fields> = sections
        .into_iter()
        .enumerate()
        .map(|(number, (from, stories))| {
            let mut section = Fields::new("Section", 2);
            section.text("id", Some(&format!("from-{}", number + 1)));
            section.text("title", Some(&from.from()));
            section.list("stories", &stories);
            section
        })
        .collect();

    let mut fields = Fields::new("Pack", 0);
    fields.value("format", "1");
    fields.text("id", Some(&series_of(items, title)));
    let newest = newest(items);
    let day = newest.as_ref().and_then(|(date, _)| {
        let iso = date.iso();
        iso.get(..10).map(str::to_owned)
    });
    fields.text("edition", Some(day.as_deref().unwrap_or("1")));
    fields.text("title", Some(title));
    fields.text("language", language(items).as_deref());
    fields.text("published", newest.as_ref().map(|(_, text)| text.as_str()));
    fields.text("rights", rights(items));
    fields.list("sections", &sections);
    format!("{}\n", fields.finish())
}

/// A series of its own for these stories under this title: nobody's bookmarks of others are mixed with those of this pack.
fn series_of(items: &[Item], title: &str) -> String {
    let mut all = format!("{title}\n");
    for item in items {
        all.push_str(&item.key().join("\n"));
        all.push('\n');
    }
    let digest = hexadecimal(&digest(all.as_bytes()));
    format!("org.offprint.clippings.{}", digest.get(..16).unwrap_or("0"))
}

/// The newest day that a story or its edition gives, and how it is written there.
fn newest(items: &[Item]) -> Option<(Date, String)> {
    let written = items.iter().flat_map(|it| {
        let from = it.written.clipped.as_ref();
        [
            from.and_then(|it| it.published.clone()),
            it.written.published.clone(),
        ]
    });
    written
        .flatten()
        .filter_map(|text| Some((Date::parse(&text)?, text)))
        .max()
}

/// The language of all of them, or that there are several.
fn language(items: &[Item]) -> Option<String> {
    let mut languages = items.iter().map(|it| {
        let from = it.written.clipped.as_ref();
        from.and_then(|it| it.language.clone())
    });
    let first = languages.next()??;
    if languages.all(|it| it.as_ref() == Some(&first)) {
        Some(first)
    } else {
        Some("mul".to_owned())
    }
}

/// What one may do with all of them, if that is the same for all.
fn rights(items: &[Item]) -> Option<&str> {
    let first = items.first()?.from.rights.as_str();
    if items.iter().all(|it| it.from.rights == first) {
        (!first.is_empty()).then_some(first)
    } else {
        Some("Each story has rights of its own, which stand with it")
    }
}
