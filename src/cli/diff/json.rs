//! What `diff --json` prints. Fields may be added, never renamed or taken away.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::{BodyDiff, Comparison, StoryDiff};
use crate::article::{Change, Passage};
use crate::cli::args::Diff;
use crate::cli::list::StoryJson;
use crate::model::{Edition as _, FieldChange, Story};
use crate::pack::Pack;

#[derive(Serialize)]
pub(super) struct DiffJson<'a> {
    old: PackJson<'a>,
    new: PackJson<'a>,
    same_series: bool,
    /// What the packs say of themselves.
    pack: Vec<FieldJson<'a>>,
    /// In the new pack only, as `list --json` gives them.
    added: Added<'a>,
    /// In the old pack only.
    removed: Removed<'a>,
    changed: Changed<'a>,
}

#[derive(Serialize)]
struct PackJson<'a> {
    /// As it was typed.
    pack: String,
    series: &'a str,
    edition: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct FieldJson<'a> {
    field: &'a str,
    old: Value<'a>,
    new: Value<'a>,
}

/// A list for a field that may hold one, else a text or null.
#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    One(Option<&'a str>),
    Many(&'a [String]),
}

#[derive(Serialize)]
struct ChangedJson<'a> {
    id: &'a str,
    headline: &'a str,
    fields: Vec<FieldJson<'a>>,
    /// `same`; `same words`: only its Markdown is another; `changed`; or `unreadable`.
    body: &'a str,
    blocks: Vec<BlockJson<'a>>,
}

/// A paragraph, a heading, an item and so on that is not as it was.
#[derive(Serialize)]
struct BlockJson<'a> {
    /// `added`, `removed` or `changed`.
    change: &'a str,
    kind: &'a str,
    old: Option<SideJson<'a>>,
    new: Option<SideJson<'a>>,
}

#[derive(Serialize)]
struct SideJson<'a> {
    /// Its number in its body, counted from 0.
    at: usize,
    text: &'a str,
    /// The bytes of the UTF-8 text that the other side has not, each as start and end; of a changed block only.
    marked: Vec<[usize; 2]>,
}

/// A story at a time: a million of them need no more memory than one.
struct Added<'a>(&'a Comparison<'a>);
struct Removed<'a>(&'a Comparison<'a>);
struct Changed<'a>(&'a Comparison<'a>);

impl<'a> DiffJson<'a> {
    pub fn of(wish: &Diff, comparison: &'a Comparison<'a>, pack: &'a [FieldChange]) -> Self {
        let (old, new) = (comparison.old, comparison.new);
        Self {
            old: PackJson::of(wish.old.display().to_string(), old),
            new: PackJson::of(wish.new.display().to_string(), new),
            same_series: old.info().series == new.info().series,
            pack: pack.iter().map(FieldJson::of).collect(),
            added: Added(comparison),
            removed: Removed(comparison),
            changed: Changed(comparison),
        }
    }
}

impl<'a> PackJson<'a> {
    fn of(pack: String, opened: &'a Pack) -> Self {
        let info = opened.info();
        Self {
            pack,
            series: info.series.as_str(),
            edition: &info.edition,
            title: &info.title,
        }
    }
}

impl<'a> FieldJson<'a> {
    fn of(change: &'a FieldChange) -> Self {
        let value = |values: &'a Vec<String>| {
            if change.field.is_list() {
                Value::Many(values)
            } else {
                Value::One(values.first().map(String::as_str))
            }
        };
        Self {
            field: change.field.name(),
            old: value(&change.old),
            new: value(&change.new),
        }
    }
}

impl<'a> ChangedJson<'a> {
    fn of(diff: &'a StoryDiff) -> Self {
        let (body, changes) = match &diff.body {
            BodyDiff::Same => ("same", &[][..]),
            BodyDiff::SameWords => ("same words", &[][..]),
            BodyDiff::Changed(changes) => ("changed", &changes[..]),
            BodyDiff::Unreadable => ("unreadable", &[][..]),
        };
        Self {
            id: diff.story.id.as_str(),
            headline: &diff.story.headline,
            fields: diff.fields.iter().map(FieldJson::of).collect(),
            body,
            blocks: changes.iter().map(BlockJson::of).collect(),
        }
    }
}

impl<'a> BlockJson<'a> {
    fn of(change: &'a Change) -> Self {
        let (change, kind, old, new) = match change {
            Change::Added(it) => ("added", it.kind, None, Some(SideJson::of(it, &[]))),
            Change::Removed(it) => ("removed", it.kind, Some(SideJson::of(it, &[])), None),
            Change::Changed(edit) => (
                "changed",
                edit.new.kind,
                Some(SideJson::of(&edit.old, &edit.gone)),
                Some(SideJson::of(&edit.new, &edit.come)),
            ),
        };
        Self {
            change,
            kind: kind.name(),
            old,
            new,
        }
    }
}

impl<'a> SideJson<'a> {
    fn of(passage: &'a Passage, marked: &[Range<usize>]) -> Self {
        Self {
            at: passage.at,
            text: &passage.text,
            marked: marked
                .iter()
                .map(|range| [range.start, range.end])
                .collect(),
        }
    }
}

impl Serialize for Added<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        stories(self.0.added(), self.0.new, serializer)
    }
}

impl Serialize for Removed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        stories(self.0.removed(), self.0.old, serializer)
    }
}

impl Serialize for Changed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq as _;
        let mut list = serializer.serialize_seq(None)?;
        for diff in self.0.changed() {
            list.serialize_element(&ChangedJson::of(&diff))?;
        }
        list.end()
    }
}

fn stories<S: Serializer>(
    stories: impl Iterator<Item = std::sync::Arc<Story>>,
    pack: &Pack,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeSeq as _;
    let mut list = serializer.serialize_seq(None)?;
    for story in stories {
        list.serialize_element(&StoryJson::of(&story, pack))?;
    }
    list.end()
}
