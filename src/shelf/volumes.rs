//! Volumes: however many records a series has, a change rewrites one small file.
//!
//! Where a file has grown large, its older records move to a volume beside it, `<name>%v0001.ron`, `<name>%v0002.ron` and so on:
//! files like any other, which no change touches again. A record that is changed later is written into the file in use once more, and
//! says there what both know; so a record may stand in several files of its series, and they are joined when they are read.
//!
//! A volume is on the disk before the file in use is written without its records. Who reads the file in use first and the volumes
//! after it misses nothing, and what is cut off half-way has some records twice, which says nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use memchr::memmem::Finder;
use memchr::{memchr_iter, memrchr};

use super::disk;
use super::file::Kind;
use super::folder::folder_of;
use super::names::{volume_of, volume_stem};
use super::outline::Group;
use super::parallel;
use super::replace::replace;

/// A file whose records have more bytes than this gives its older ones away; about 800 bookmarks.
pub(super) const LARGE: usize = 512 << 10;
/// So many volumes are written one after the other.
const FEW: usize = 8;

/// The volumes of the file at `path`, the oldest first. To be asked for after the file itself is read.
pub(super) fn volumes(path: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(numbered(path)?.into_values().collect())
}

fn numbered(path: &Path) -> io::Result<BTreeMap<u32, PathBuf>> {
    let stem = path.file_stem().and_then(|it| it.to_str());
    let entries = match fs::read_dir(folder_of(path)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let mut found = BTreeMap::new();
    for entry in entries {
        let name = entry?.file_name();
        let name = name.to_str().and_then(|it| it.strip_suffix(".ron"));
        if let Some((series, number)) = name.and_then(volume_of)
            && Some(series) == stem
        {
            found.insert(
                number,
                path.with_file_name(format!("{}.ron", volume_stem(series, number))),
            );
        }
    }
    Ok(found)
}

/// Writes what a file is to be to the disk; where it has more than `large` bytes, its older records go into volumes first. Needs the
/// lock.
pub(super) fn write(kind: &Kind, path: &Path, file: &Group<'_>, large: usize) -> io::Result<()> {
    let text = file.render();
    // Whoever linked a single file into another folder wants all of it there.
    if text.len() > large && !path.is_symlink() {
        let divided = split(kind, &text, large);
        let written = divided.map(|(parts, rest)| write_parts(path, &parts).map(|()| rest));
        match written {
            Some(Ok(rest)) => return replace(path, rest.as_bytes()),
            // One large file is as good, only slower.
            Some(Err(error)) => log::warn!("{} stays in one piece: {error}", path.display()),
            None => {}
        }
    }
    replace(path, text.as_bytes())
}

fn write_parts(path: &Path, parts: &[String]) -> io::Result<()> {
    let known = numbered(path)?;
    let mut next = known.last_key_value().map_or(1, |(number, _)| number + 1);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut new = Vec::new();
    for part in parts {
        if known.values().any(|it| has_bytes(it, part.as_bytes())) {
            // There already, where an earlier try was cut off; by its name perhaps not on the disk.
            disk::sync_folder(folder_of(path))?;
        } else {
            let name = format!("{}.ron", volume_stem(&stem, next));
            new.push((path.with_file_name(name), part));
            next += 1;
        }
    }
    if new.len() <= FEW {
        // Not one after the first that fails, so that the older stand in the lower numbers.
        return new
            .into_iter()
            .try_for_each(|(path, part)| replace(&path, part.as_bytes()));
    }
    let written = parallel::map(new, FEW, |(path, part)| replace(&path, part.as_bytes()));
    written.into_iter().collect()
}

fn has_bytes(path: &Path, bytes: &[u8]) -> bool {
    let same_size = fs::metadata(path).is_ok_and(|it| it.len() == bytes.len() as u64);
    same_size && disk::read(path).is_ok_and(|it| it == bytes)
}

/// A file in parts of not much more than `large` bytes of records, and the rest, which is less. `None` where that is all of it.
fn split(kind: &Kind, text: &str, large: usize) -> Option<(Vec<String>, String)> {
    let name = kind.list?;
    let mut file = Group::fields(text).ok()?;
    let list = Group::items(file.borrowed(name)?).ok()?;
    let mut part = |records: Range<usize>| {
        file.set(name, list.part(records).render());
        file.render()
    };
    let (mut parts, mut from, mut bytes) = (Vec::new(), 0, 0);
    for (at, size) in list.sizes().enumerate() {
        bytes += size;
        if bytes > large {
            parts.push(part(from..at + 1));
            (from, bytes) = (at + 1, 0);
        }
    }
    (from > 0).then(|| (parts, part(from..usize::MAX)))
}

/// Looks for records by their names, without reading a file as what it is.
pub(super) struct Search<'a> {
    key_field: &'a str,
    /// The names in quotation marks; none where they are too many to look for.
    names: Option<Vec<Finder<'static>>>,
    bytes: Vec<u8>,
}

impl<'a> Search<'a> {
    /// A search for records that have one of these `names` in their `key_field`.
    pub fn new(key_field: &'a str, names: &[&str]) -> Self {
        const FEW: usize = 8;
        let few = names.len() <= FEW;
        let quoted = |name: &&str| Finder::new(&format!("\"{name}\"")).into_owned();
        Self {
            key_field,
            names: few.then(|| names.iter().map(quoted).collect()),
            bytes: Vec::new(),
        }
    }

    /// Whether the file may have such a record: yes, where that cannot be told from its bytes.
    pub fn may_hold(&mut self, path: &Path) -> io::Result<bool> {
        let Some(names) = &self.names else {
            return Ok(true);
        };
        self.bytes.clear();
        match disk::read_into(path, &mut self.bytes) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
        Ok(names.iter().any(|it| it.find(&self.bytes).is_some())
            || has_escaped(&self.bytes, self.key_field))
    }
}

/// Whether the value of this field is written with a `\` somewhere, or may be: then a name is not found by its letters.
fn has_escaped(bytes: &[u8], field: &str) -> bool {
    memchr_iter(b'\\', bytes).any(|at| {
        // It is the first in its text, or an earlier one was looked at.
        let Some(quote) = memrchr(b'"', &bytes[..at]) else {
            return false;
        };
        let lead = bytes[..quote].trim_ascii_end();
        let label = lead.strip_suffix(b":").map(<[u8]>::trim_ascii_end);
        label.is_some_and(|it| it.ends_with(field.as_bytes()))
            || [Some(lead), label].into_iter().flatten().any(ends_oddly)
    })
}

/// Whether a text may end in a comment or in a blank of another script, so that what stands before is not seen.
fn ends_oddly(text: &[u8]) -> bool {
    const LONG: usize = 1024;
    let line = memrchr(b'\n', text).map_or(text, |it| &text[it..]);
    line.len() > LONG
        || text.ends_with(b"*/")
        || text.last().is_some_and(|it| !it.is_ascii())
        || line.windows(2).any(|it| it == b"//")
}

#[cfg(test)]
mod tests {
    use super::super::bookmarks::CLASS;
    use super::*;

    #[test]
    fn a_name_that_may_be_there_is_never_overlooked() {
        let table = [
            (r#"Bookmark(story: "a", headline: "x\ny")"#, false),
            (r#"Bookmark(headline: "the \"story\" of \\")"#, false),
            (r#"Bookmark(headline: "story", summary: "\n")"#, false),
            (r#"Bookmark(story: "a\u{62}")"#, true),
            (r#"Bookmark(story : "a\u{62}")"#, true),
            (r#"Bookmark(r#story: "\u{62}")"#, true),
            ("Bookmark(story: // \" it\n \"\\u{62}\")", true),
            ("Bookmark(story /* \" */ : \"\\u{62}\")", true),
            ("Bookmark(story: /* \" */ \"\\u{62}\")", true),
            ("Bookmark(story\u{2028}: \"\\u{62}\")", true),
            (r#"Bookmark(story: "\n\"", headline: "")"#, true),
        ];
        for (text, expected) in table {
            assert_eq!(has_escaped(text.as_bytes(), "story"), expected, "{text}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(
            &path,
            r##"Bookmark(story: "ab"), Bookmark(story: r#"c\"d"#)"##,
        )
        .unwrap();
        for (names, expected) in [
            (&["ab"][..], true),
            (&["a"], false),
            (&["x", "ab"], true),
            (&["c\\\"d"], true),
            (&["1", "2", "3", "4", "5", "6", "7", "8", "9"], true),
        ] {
            let mut search = Search::new("story", names);
            assert_eq!(search.may_hold(&path).unwrap(), expected, "{names:?}");
        }
        let missing = Search::new("story", &["a"]).may_hold(&folder.path().join("b.ron"));
        assert!(!missing.unwrap());
    }

    #[test]
    fn parts_have_every_record_once_and_all_that_stands_around_them() {
        let text = "// Mine.\nBookmarks(shade: 7, bookmarks: [\n    A(1), // one\n    // two\n    A(2),\n    A(3)\n    // end\n])\n";
        let (parts, rest) = split(&CLASS.kind, text, 10).unwrap();
        let records = |text: &str| -> Vec<String> {
            let file = Group::fields(text).unwrap();
            assert_eq!(file.get("shade"), Some("7"));
            let list = Group::items(file.get("bookmarks").unwrap()).unwrap();
            list.values().map(str::to_owned).collect()
        };
        let all: Vec<String> = parts
            .iter()
            .chain([&rest])
            .flat_map(|it| records(it))
            .collect();
        assert_eq!(all, ["A(1)", "A(2)", "A(3)"]);
        assert!(parts.len() > 1 && parts[0].contains("// Mine.") && parts[0].contains("// one"));
        assert_eq!(split(&CLASS.kind, text, 1000), None);
        assert_eq!(split(&CLASS.kind, "Bookmarks(bookmarks: [])", 0), None);
    }
}
