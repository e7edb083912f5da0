//! The files of a pack as its source lists them, beside what the edition uses of them.
//! It never opens one.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::Findings;
use crate::pack::folder::is_left_behind;
use crate::pack::limits::ARCHIVE_ENTRIES;
use crate::pack::name::{Name, alike};
use crate::pack::parts::META;
use crate::pack::source::{MANIFEST, Source};

/// The most files that nothing uses that are told one by one.
const MOST: usize = 50;

/// The names of the files that are there.
#[derive(Debug, Default)]
pub(super) struct Listing {
    names: BTreeSet<String>,
    /// The names by what some systems take them for.
    alike: BTreeMap<String, String>,
}

impl Listing {
    /// Lists a pack. Names that no reader opens are told and left out.
    pub(super) fn of(source: &Source, findings: &mut Findings) -> Self {
        let mut listing = Self::default();
        let names = match source {
            Source::Folder(folder) => folder.walk(ARCHIVE_ENTRIES as usize),
            Source::Archive(_) => source.entry_names(),
            Source::Embedded(_) => Vec::new(),
        };
        let top = top(&names);
        let is_archive = matches!(source, Source::Archive(_));
        for name in names {
            if let Err(error) = Name::new(name.trim_end_matches('/')) {
                let file: String = name.chars().filter(|c| !c.is_control()).take(240).collect();
                if is_archive {
                    // Entries that no reader will open are harmless here and a trap elsewhere.
                    findings.file("P040", &file, error.to_string());
                } else {
                    let message = "Nothing in the pack can use this file, for its name is not safe everywhere: rename it, or remove it.";
                    findings.file("P043", &file, message);
                }
                continue;
            }
            if let Some(name) = name.strip_prefix(&top)
                && !name.ends_with('/')
                && !(is_archive && name.starts_with(META))
                && !name.split('/').any(is_left_behind)
            {
                listing.names.insert(name.to_owned());
            }
        }
        for name in &listing.names {
            let key = alike(name);
            if let Some(other) = listing.alike.get(&key) {
                let message = format!(
                    "Many systems take this name and that of another file for one: rename it: {other}"
                );
                findings.file("P044", name, message);
            } else {
                listing.alike.insert(key, name.clone());
            }
        }
        listing
    }

    /// The names of the files that lie in the folder of `name`.
    pub(super) fn beside(&self, name: &Name) -> impl Iterator<Item = &str> {
        let (folder, _) = name.split();
        let start = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let names = self.names.range(start.clone()..).map(String::as_str);
        names.take_while(move |name| name.starts_with(&start))
    }

    /// What to say of a name that no file has, but some systems would find one for.
    pub(super) fn written_otherwise(&self, name: &Name) -> Option<String> {
        if self.names.contains(name.as_str()) {
            return None;
        }
        let other = self.alike.get(&alike(name.as_str()))?;
        Some(format!(
            "The file is named otherwise, and only some systems will find it: write {other}"
        ))
    }

    /// Tells of files that are not used.
    pub(super) fn compare(&self, used: &BTreeSet<Name>, findings: &mut Findings) {
        let used: BTreeSet<&str> = used.iter().map(Name::as_str).collect();
        let unused = |name: &&String| !used.contains(name.as_str()) && !goes_along(name);
        let unused: Vec<&String> = self.names.iter().filter(unused).collect();
        for name in unused.iter().take(MOST) {
            findings.file("P043", name, told(name));
        }
        if let Some(more) = unused.len().checked_sub(MOST).filter(|more| *more > 0) {
            let message = format!(
                "Besides, {more} more files are used by nothing: remove them, or name them."
            );
            findings.file("P043", MANIFEST, message);
        }
    }
}

/// The folder, with its `/`, that a pack was wrapped into by hand; what lies beside it does not count.
fn top(names: &[String]) -> String {
    if names.iter().any(|name| name == MANIFEST) {
        return String::new();
    }
    let folder = names.iter().find_map(|name| {
        let folder = name.strip_suffix(MANIFEST)?;
        (folder.matches('/').count() == 1 && folder.ends_with('/')).then_some(folder)
    });
    folder.unwrap_or_default().to_owned()
}

/// Whether a file may lie beside an edition without being shown.
fn goes_along(name: &str) -> bool {
    if name == MANIFEST || name == "mimetype" {
        return true;
    }
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.to_ascii_lowercase();
    let known = [
        "readme",
        "license",
        "licence",
        "copying",
        "notice",
        "changelog",
    ];
    !name.contains('/') && known.iter().any(|it| stem.starts_with(it))
}

fn told(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    match file.strip_suffix(".md") {
        Some(id) if folder == "stories" => format!("No story has the id “{id}”, so nobody sees this text: give it a story, or remove it."),
        Some(_) => "No story names this text as its `body`, so nobody sees it: name it, or remove it.".to_owned(),
        None => "Nothing in the pack uses this file, so nobody sees it: name it where it belongs, or remove it.".to_owned(),
    }
}
