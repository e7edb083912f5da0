//! Files of records that are marks of the reader's: bookmarks and highlights. A change is worked out on the record as the file
//! has it and written as the fields that differ; everything else in the record stays to the byte.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;

use ron::error::SpannedError;
use serde::Deserialize;

use super::class::Class;
use super::file::mentions;
use super::outline::{Group, quote};
use super::unknown::{has_unknown, take_unknown};
use crate::model::{Life, Remark, SeriesId, Snapshot, Stamp, Tags};

/// A field of a record: its name, its value as RON, and whether a new record is written with it.
pub(super) struct Field {
    pub name: &'static str,
    pub value: String,
    pub needed: bool,
}

/// A record of a mark, as a file has it.
pub(super) trait Mark: Clone + PartialEq {
    /// The name of its struct.
    const NAME: &'static str;
    /// The field with the name it has among those of its file.
    const KEY: &'static str;
    /// The fields that are understood.
    const FIELDS: &'static [&'static str];
    /// What can be done to it.
    type Change: Clone;

    /// The kind of files it stands in.
    fn class() -> &'static Class;
    /// Reads a record.
    fn read(text: &str) -> Result<Self, SpannedError>;
    /// The name it has among those of its file.
    fn key(&self) -> &str;
    /// The series it says it belongs to; empty where it leaves that to its file.
    fn series(&mut self) -> &mut SeriesId;
    /// Empties the parts in which the two are the same, so that what is left need not be compared field by field.
    fn shed(&mut self, other: &mut Self);
    /// What the story was, and where.
    fn was(&mut self) -> &mut Snapshot;
    /// Its fields in the order of the file.
    fn fields(&self) -> Vec<Field>;
    /// Takes in what another copy knows.
    fn join(&mut self, other: &Self);
    /// The name of the record a change is about.
    fn key_of(change: &Self::Change) -> &str;
    /// The record a change brings along.
    fn brought(change: &mut Self::Change) -> Option<&mut Self>;
    /// Applies a change.
    fn apply(change: &Self::Change, record: &mut Option<Self>);
}

/// A record as all files of its series have it.
struct Known<M> {
    /// Where it stands in the list, if it does.
    at: Option<usize>,
    /// Its text there, or in the volumes.
    text: String,
    /// What is known in all.
    mark: M,
}

/// Applies changes to the list; `false` where it stays as it is. `elsewhere` is what volumes have on the same records.
///
/// A name that is there twice, as after two copies of a file were put together by hand, is one record in two places: what it says is
/// what both know, and the first is the one that is written to.
pub(super) fn apply<M: Mark>(
    list: &mut Group<'_>,
    elsewhere: &[String],
    changes: &[M::Change],
) -> bool {
    let wanted: Vec<&str> = changes.iter().map(M::key_of).collect();
    let mut known: BTreeMap<String, Known<M>> = BTreeMap::new();
    let in_list = list.values().enumerate().map(|(at, text)| (Some(at), text));
    let in_volumes = elsewhere.iter().map(|text| (None, text.as_str()));
    for (at, text) in in_volumes.chain(in_list) {
        if !mentions(text, &wanted) {
            continue;
        }
        let Ok(mark) = M::read(text) else { continue };
        match known.entry(mark.key().to_owned()) {
            Entry::Vacant(entry) => {
                let text = text.to_owned();
                entry.insert(Known { at, text, mark });
            }
            Entry::Occupied(mut entry) => {
                let record = entry.get_mut();
                record.mark.join(&mark);
                if record.at.is_none() {
                    record.at = at;
                    // With what only the volumes have and nobody understands.
                    let joined = joined::<M>(text, &[&record.text]);
                    record.text = joined.ok().flatten().unwrap_or_else(|| text.to_owned());
                }
            }
        }
    }
    let mut order: Vec<&str> = Vec::new();
    let mut after: BTreeMap<&str, Option<M>> = BTreeMap::new();
    for change in changes {
        let key = M::key_of(change);
        let record = after.entry(key).or_insert_with(|| {
            order.push(key);
            known.get(key).map(|record| record.mark.clone())
        });
        M::apply(change, record);
    }
    let mut changed = false;
    for key in order {
        let Some(Some(new)) = after.get(key) else {
            continue;
        };
        match known.get(key) {
            Some(old) if old.mark == *new => continue,
            Some(Known { at, text, .. }) => {
                let text = rewritten(text, new);
                match at {
                    Some(at) => list.replace(*at, text),
                    None => list.push(text, "        "),
                }
            }
            None => list.push(written(new), "        "),
        }
        changed = true;
    }
    changed
}

/// A new record.
pub(super) fn written<M: Mark>(mark: &M) -> String {
    let mut text = format!("{}(\n", M::NAME);
    for Field { name, value, .. } in mark.fields().into_iter().filter(|it| it.needed) {
        // Writing to a string cannot fail.
        _ = writeln!(text, "            {name}: {value},");
    }
    text.push_str("        )");
    text
}

/// A record with other fields where it says something else than `new`.
fn rewritten<M: Mark>(text: &str, new: &M) -> String {
    let (Ok(old), Ok(mut record)) = (M::read(text), Group::fields(text)) else {
        return written(new);
    };
    set_fields(&mut record, old, new.clone());
    record.render()
}

/// Writes down what `new` says otherwise than `old`, which is what the record says.
fn set_fields<M: Mark>(record: &mut Group<'_>, mut old: M, mut new: M) {
    // What a story was is nearly always the same, and to write it out twice to see that would cost the most.
    old.shed(&mut new);
    for (before, after) in old.fields().into_iter().zip(new.fields()) {
        if before.value != after.value {
            record.set(after.name, after.value);
        }
    }
}

/// Empties two parts of records that are the same.
pub(super) fn shed<T: Default + PartialEq>(one: &mut T, other: &mut T) {
    if one == other {
        *one = T::default();
        *other = T::default();
    }
}

/// The name of a record that is understood.
pub(super) fn key<M: Mark>(text: &str) -> Option<String> {
    Some(M::read(text).ok()?.key().to_owned())
}

/// A record of ours with what these of theirs know besides; `None` where that is nothing. Fails where one of them is not understood.
pub(super) fn joined<M: Mark>(ours: &str, theirs: &[&str]) -> Result<Option<String>, SpannedError> {
    let mut old = M::read(ours)?;
    let mut records = theirs.iter().map(|it| M::read(it));
    let Some(mut new) = records.next().transpose()? else {
        return Ok(None);
    };
    for other in records {
        new.join(&other?);
    }
    // The order does not count, and so nothing has to be copied but what a record says of its place.
    new.join(&old);
    new.series().clone_from(old.series());
    let mut odd = theirs
        .iter()
        .filter(|it| has_unknown(it, M::FIELDS))
        .peekable();
    if new == old && odd.peek().is_none() {
        return Ok(None);
    }
    let Ok(mut record) = Group::fields(ours) else {
        return Ok(None);
    };
    let mut more = new != old;
    if more {
        set_fields(&mut record, old, new);
    }
    for text in odd {
        more |= Group::fields(text).is_ok_and(|it| take_unknown(&mut record, &it, M::FIELDS));
    }
    Ok(more.then(|| record.render()))
}

/// A version of a remark besides the newest, as a file has it.
#[derive(Deserialize)]
#[serde(rename = "Note")]
pub(super) struct OtherNote {
    #[serde(default)]
    at: String,
    #[serde(default)]
    text: String,
}

/// The time a file gives; never, where it gives none that can be read.
pub(super) fn stamp(text: &str) -> Stamp {
    Stamp::parse(text).unwrap_or_default()
}

/// The life of a record, as its three times have it.
pub(super) fn life(saved: &str, removed: &str, restored: &str) -> Life {
    Life {
        made: stamp(saved),
        removed: stamp(removed),
        restored: stamp(restored),
    }
}

/// The remark of a record, as its four fields have it.
pub(super) fn remark(note: &str, at: &str, others: &[OtherNote], replaced: &[String]) -> Remark {
    let mut remark = Remark::default();
    for at in replaced {
        remark.note_replaced(stamp(at));
    }
    if !note.is_empty() || !at.is_empty() {
        remark.note(note, stamp(at));
    }
    for other in others {
        remark.note(&other.text, stamp(&other.at));
    }
    remark
}

/// The tags of a record, as its two fields have them.
pub(super) fn tags(names: &[String], times: &BTreeMap<String, String>) -> Tags {
    let mut tags = Tags::default();
    for (name, at) in times {
        tags.note(name, names.contains(name), stamp(at));
    }
    for name in names.iter().filter(|it| !times.contains_key(*it)) {
        // Added by hand.
        tags.note(name, true, Stamp::NEVER);
    }
    tags
}

/// A field that is always written.
pub(super) fn text(name: &'static str, value: &str) -> Field {
    let value = quote(value);
    let needed = true;
    Field {
        name,
        value,
        needed,
    }
}

/// A field that is written where it says something.
pub(super) fn optional(name: &'static str, value: &str) -> Field {
    Field {
        needed: !value.is_empty(),
        ..text(name, value)
    }
}

/// A field that is written where its time is known.
pub(super) fn time(name: &'static str, at: Stamp) -> Field {
    optional(name, &at.to_string())
}

/// A list or a map that is written where something is in it.
pub(super) fn list(name: &'static str, items: &[String], brackets: [char; 2]) -> Field {
    let [open, close] = brackets;
    Field {
        name,
        value: format!("{open}{}{close}", items.join(", ")),
        needed: !items.is_empty(),
    }
}

/// The fields of a remark.
pub(super) fn remark_fields(remark: &Remark) -> [Field; 4] {
    let mut versions = remark.versions();
    let (at, note) = versions.next_back().unwrap_or_default();
    let others: Vec<String> = versions
        .map(|(at, text)| {
            format!(
                "Note(at: {}, text: {})",
                quote(&at.to_string()),
                quote(text)
            )
        })
        .collect();
    let replaced: Vec<String> = remark.replaced().map(|it| quote(&it.to_string())).collect();
    [
        optional("note", note),
        time("note_at", at),
        list("other_notes", &others, ['[', ']']),
        list("notes_replaced", &replaced, ['[', ']']),
    ]
}

/// The fields of tags.
pub(super) fn tag_fields(tags: &Tags) -> [Field; 2] {
    let names: Vec<String> = tags.iter().map(quote).collect();
    let times: Vec<String> = tags
        .marks()
        .filter(|(.., at)| !at.is_never())
        .map(|(name, _, at)| format!("{}: {}", quote(name), quote(&at.to_string())))
        .collect();
    [
        list("tags", &names, ['[', ']']),
        list("tags_at", &times, ['{', '}']),
    ]
}
