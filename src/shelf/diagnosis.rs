//! Tells a sound file of the reader's from a damaged one, and both from one that a newer program wrote.

use std::path::Path;

use super::file::Kind;
use super::notice::{Fate, ShelfNotice, Trouble};
use super::outline::Group;
use super::salvage::{hides, salvage, salvaged, swallows};

/// What a file's bytes are.
pub(super) enum Found {
    Sound(String),
    Newer { version: u32, text: String },
    Damaged(Trouble),
}

/// The text of a file that is not ours to change, as far as it is sound, and what is wrong with it.
pub(super) fn readable(
    kind: &Kind,
    path: &Path,
    bytes: &[u8],
    fresh: &str,
) -> (String, Option<ShelfNotice>) {
    let (trouble, (text, salvaged)) = match diagnose(kind, bytes) {
        Found::Sound(text) => return (text, None),
        Found::Newer { version, text } => {
            (Trouble::Newer { version }, downgrade(kind, &text, fresh))
        }
        Found::Damaged(trouble) => {
            let text = String::from_utf8_lossy(bytes);
            (trouble, salvage(kind, &text, fresh))
        }
    };
    let notice = ShelfNotice {
        file: path.to_owned(),
        trouble,
        fate: Fate::Left { salvaged },
    };
    (text, Some(notice))
}

/// What the bytes of a file are.
pub(super) fn diagnose(kind: &Kind, bytes: &[u8]) -> Found {
    if bytes.trim_ascii().is_empty() {
        return Found::Damaged(Trouble::Empty);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Found::Damaged(Trouble::Zeros);
    }
    let Ok(text) = str::from_utf8(bytes) else {
        return Found::Damaged(Trouble::NotText);
    };
    let sound = || {
        let file = Group::fields(text).map_err(|it| damaged(text, it.at, it.what))?;
        let version = version_of(kind, &file, text)?;
        if version <= kind.version {
            check_list(kind, &file, text)?;
        }
        Ok(version)
    };
    match sound() {
        Ok(version) if version > kind.version => Found::Newer {
            version,
            text: text.to_owned(),
        },
        Ok(_) => Found::Sound(text.to_owned()),
        Err(trouble) => Found::Damaged(trouble),
    }
}

/// The version of a file that has the right name. A file without one was written by hand.
fn version_of(kind: &Kind, file: &Group<'_>, text: &str) -> Result<u32, Trouble> {
    if !file.name().is_empty() && file.name() != kind.file {
        let what = format!(
            "a `{}` is expected, and this is a `{}`",
            kind.file,
            file.name()
        );
        return Err(damaged(text, 0, &what));
    }
    match file.borrowed("version") {
        None => Ok(kind.version),
        Some(version) => version
            .parse()
            .map_err(|_| damaged(text, offset(text, version), "the version is not a number")),
    }
}

/// Whether the file has its list, and no record in it hides another.
fn check_list(kind: &Kind, file: &Group<'_>, text: &str) -> Result<(), Trouble> {
    let Some(name) = kind.list else { return Ok(()) };
    let Some(list) = file.borrowed(name) else {
        let what = format!("there should be one list named `{name}`");
        return Err(damaged(text, 0, &what));
    };
    let start = offset(text, list);
    let list = Group::items(list).map_err(|it| damaged(text, start + it.at, it.what))?;
    // A lost quotation mark may end a record in the middle of a later one.
    for (at, record) in list.borrowed_values().enumerate() {
        let is_sound = |it: &str| (kind.understands)(it) && !hides(kind, it);
        if swallows(kind, record) && !is_sound(record) {
            let start = offset(text, record);
            let rest = list.borrowed_values().skip(at);
            let understood = rest.filter(|it| is_sound(it)).count();
            if salvaged(kind, &text[start..]).len() > understood {
                return Err(damaged(text, start, "an entry that has no proper end"));
            }
        }
    }
    Ok(())
}

/// A newer file as one of our version, with everything in it, or what can be salvaged.
pub(super) fn downgrade(kind: &Kind, text: &str, fresh: &str) -> (String, usize) {
    let Ok(mut file) = Group::fields(text) else {
        return salvage(kind, text, fresh);
    };
    if check_list(kind, &file, text).is_err() {
        return salvage(kind, text, fresh);
    }
    file.set("version", kind.version.to_string());
    let mut count = 0;
    for_each_record(kind, text, |record| {
        count += usize::from((kind.understands)(record));
    });
    (file.render(), count)
}

/// Where in `text` its part `part` begins.
pub(super) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

fn damaged(text: &str, at: usize, what: &str) -> Trouble {
    let (line, column) = position(text, at);
    Trouble::Damaged {
        line,
        column,
        what: what.to_owned(),
    }
}

/// Line and column of a byte, counted from 1.
pub(super) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    (
        before.matches('\n').count() + 1,
        before[line..].chars().count() + 1,
    )
}

/// Hands every record of a file to `each`.
pub(super) fn for_each_record<'a>(kind: &Kind, text: &'a str, mut each: impl FnMut(&'a str)) {
    let Some(name) = kind.list else { return };
    let Ok(file) = Group::fields(text) else {
        return;
    };
    let Some(list) = file.borrowed(name) else {
        return;
    };
    let Ok(list) = Group::items(list) else { return };
    list.borrowed_values().for_each(&mut each);
}
