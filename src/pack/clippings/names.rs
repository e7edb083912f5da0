//! What pictures are called where stories of several packs come together: as before, or where two differ under one name, by their digest.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use super::{ClippingsError, Item};
use crate::article;
use crate::pack::name::{Name, alike};
use crate::pack::open::body_text;
use crate::pack::parts::{Sha, hexadecimal};

/// What the pictures are called in the new pack.
#[derive(Default)]
pub(super) struct Names {
    /// The new names, and where each picture lies.
    pub(super) files: BTreeMap<Name, (PathBuf, Name)>,
    /// The pictures of each copy that are called otherwise, old and new.
    renamed: HashMap<PathBuf, BTreeMap<String, String>>,
}

impl Names {
    pub(super) fn of(items: &[Item]) -> Self {
        let mut names = Self::default();
        let mut known: HashMap<String, (Name, Sha)> = HashMap::new();
        for item in items {
            for (name, sha) in &item.pictures {
                let mut new = name.clone();
                loop {
                    let taken = known
                        .entry(alike(new.as_str()))
                        .or_insert_with(|| (new.clone(), *sha));
                    if *taken == (new.clone(), *sha) {
                        break;
                    }
                    // The digest's first half tells any two pictures apart; the whole of it would do so in any case.
                    let digest = hexadecimal(sha);
                    let extension = name.extension().unwrap_or_default();
                    let digest = digest.get(..32).unwrap_or(&digest);
                    match Name::new(&format!("images/{digest}.{extension}")) {
                        Ok(other) if other != new => new = other,
                        _ => break,
                    }
                }
                if new != *name {
                    let renamed = names.renamed.entry(item.path.clone()).or_default();
                    renamed.insert(name.to_string(), new.to_string());
                }
                names
                    .files
                    .entry(new)
                    .or_insert_with(|| (item.path.clone(), name.clone()));
            }
        }
        names
    }

    pub(super) fn renamed<'a>(&'a self, item: &Item, file: &'a str) -> &'a str {
        let renamed = self.renamed.get(&item.path);
        renamed
            .and_then(|it| it.get(file))
            .map_or(file, String::as_str)
    }

    /// A body in which pictures have their new names; as it is, to the byte, where none has one.
    pub(super) fn in_text(&self, item: &Item, bytes: Vec<u8>) -> Result<Vec<u8>, ClippingsError> {
        let Some(renamed) = self.renamed.get(&item.path) else {
            return Ok(bytes);
        };
        let Ok(text) = body_text(&bytes, item.body.as_ref()) else {
            // What is no text names no pictures.
            return Ok(bytes);
        };
        let mut new = text.to_owned();
        for (old, name) in renamed {
            new = with_name(&new, old, name);
        }
        let (before, after) = (article::parse(text), article::parse(&new));
        let named = |body: &article::Body, file: &dyn Fn(&str) -> String| -> Vec<String> {
            body.figures().iter().map(|it| file(&it.file)).collect()
        };
        let wanted = named(&before, &|file| self.renamed(item, file).to_owned());
        // Nothing but the names of pictures may be another.
        if named(&after, &str::to_owned) != wanted || before.plain() != after.plain() {
            return Err(ClippingsError::Picture {
                story: item.story.headline.clone(),
                name: renamed.keys().next().cloned().unwrap_or_default(),
            });
        }
        Ok(new.into_bytes())
    }
}

/// Markdown in which the pictures at `old` are at `new`: where the name stands alone between the signs that set off an address.
fn with_name(text: &str, old: &str, new: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, from) = rest.split_at(at);
        let after = from.get(old.len()..).unwrap_or_default();
        let opens = before.ends_with(['(', '<', ' ', '\t', '\n']);
        let closes = after.is_empty() || after.starts_with([')', '>', ' ', '\t', '\n', '\r']);
        out.push_str(before);
        out.push_str(if opens && closes { new } else { old });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::with_name;

    #[test]
    fn only_whole_names_are_changed() {
        for (text, expected) in [
            ("![a](images/a.png)", "![a](n)"),
            ("![a](images/a.png \"t\")", "![a](n \"t\")"),
            ("![a](<images/a.png>)", "![a](<n>)"),
            ("[a]: images/a.png\n", "[a]: n\n"),
            ("![a](images/a.png.jpg)", "![a](images/a.png.jpg)"),
            ("![a](more/images/a.png)", "![a](more/images/a.png)"),
        ] {
            assert_eq!(with_name(text, "images/a.png", "n"), expected);
        }
    }
}
