//! `reading/<series>.ron`: what is read, and how far. A record a story, each mark with its time, so that two files can be merged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;

use super::file::{Kind, edit_list, mentions, parse, records};
use super::marks::stamp;
use super::merge::joined_unknown;
use super::names::file_stem;
use super::outline::{Group, quote};
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{Place, Reading, ReadingChange, SeriesId, StoryId};

pub(super) const KIND: Kind = Kind {
    file: "Reading",
    version: 1,
    list: Some("stories"),
    record: "Story",
    understands: |text| parse::<ReadingRecord>(text).is_ok(),
};

/// A record as version 1 has it. `read_at` and `place_at` are for merging.
#[derive(Deserialize)]
#[serde(rename = "Story")]
pub(super) struct ReadingRecord {
    pub id: String,
    #[serde(default)]
    read: Option<bool>,
    #[serde(default)]
    read_at: String,
    #[serde(default)]
    place: Option<PlaceRecord>,
    #[serde(default)]
    place_at: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename = "Place")]
struct PlaceRecord {
    block: usize,
    #[serde(default)]
    offset: f32,
}

impl Shelf {
    /// The reading marks of a series.
    pub fn load_reading(&self, series: &SeriesId) -> Loaded<Reading> {
        let path = self.reading_path(series);
        let copies = self.take_in_copies(&path, series);
        let mut loaded = self.load_file(&KIND, &path, &fresh(series), |text, notices| {
            let mut reading = Reading::default();
            for record in records(&KIND, &path, text, notices, parse::<ReadingRecord>) {
                record.mark(&mut reading);
            }
            reading
        });
        loaded.notices.splice(0..0, copies);
        loaded
    }

    /// Applies changes to the reading marks of a series, and returns when they are on the disk.
    pub fn change_reading(
        &self,
        series: &SeriesId,
        changes: &[ReadingChange],
    ) -> Result<Saved, ShelfError> {
        let now = self.now().to_string();
        self.change_file(&KIND, &self.reading_path(series), &fresh(series), |file| {
            edit_list(&KIND, file, |list| apply(list, changes, &now))
        })
    }

    fn reading_path(&self, series: &SeriesId) -> PathBuf {
        let name = format!("{}.ron", file_stem(series));
        self.folder().join("reading").join(name)
    }
}

pub(super) fn fresh(series: &SeriesId) -> String {
    let series = quote(series.as_str());
    format!(
        "// Offprint keeps here what you have read, and how far.\nReading(\n    version: 1,\n    series: {series},\n    stories: [],\n)\n"
    )
}

/// Applies changes to the list; `false` where it stays as it is.
fn apply(list: &mut Group<'_>, changes: &[ReadingChange], now: &str) -> bool {
    let wanted: Vec<&str> = changes.iter().map(|it| story_of(it).as_str()).collect();
    let mut before = Reading::default();
    let mut places = BTreeMap::new();
    for (at, text) in list.values().enumerate() {
        if mentions(text, &wanted)
            && let Ok(record) = parse::<ReadingRecord>(text)
        {
            places.insert(StoryId::new(&record.id), (at, text.to_owned()));
            record.mark(&mut before);
        }
    }
    let mut after = before.clone();
    for change in changes {
        after.apply(change);
    }
    let stories: BTreeSet<&StoryId> = changes.iter().map(story_of).collect();
    let mut differs = false;
    for story in stories {
        let read = after.read.contains(story);
        let place = after.places.get(story);
        let other_read = read != before.read.contains(story);
        let place = place.filter(|it| Some(*it) != before.places.get(story));
        if !other_read && place.is_none() {
            continue;
        }
        differs = true;
        let read = other_read.then_some(read);
        if let Some((at, text)) = places.get(story) {
            list.replace(*at, marked(text, read, place, now));
        } else {
            let text = format!("Story(id: {})", quote(story.as_str()));
            list.push(marked(&text, read, place, now), "        ");
        }
    }
    differs
}

/// A record of ours with what theirs knows besides; `None` where that is nothing. Of two marks the later one holds, and of two of the
/// same time always the same one.
pub(super) fn joined(ours: &str, theirs: &str) -> Option<String> {
    let known = ["id", "read", "read_at", "place", "place_at"];
    let old: ReadingRecord = parse(ours).ok()?;
    let other: ReadingRecord = parse(theirs).ok()?;
    let mut record = Group::fields(ours).ok()?;
    if other.read.is_some() && (stamp(&other.read_at), other.read) > (stamp(&old.read_at), old.read)
    {
        record.set("read", other.read.unwrap_or_default().to_string());
        record.set("read_at", quote(&other.read_at));
    }
    let order = |it: &ReadingRecord| {
        let place = it.place.map(|place| (place.block, place.offset.to_bits()));
        (stamp(&it.place_at), place)
    };
    if let Some(PlaceRecord { block, offset }) = other.place
        && order(&other) > order(&old)
    {
        record.set(
            "place",
            format!("Place(block: {block}, offset: {offset:?})"),
        );
        record.set("place_at", quote(&other.place_at));
    }
    let text = record.render();
    let text = joined_unknown(&text, theirs, &known).unwrap_or(text);
    (text != ours).then_some(text)
}

/// A record with new marks; everything else in it stays.
fn marked(text: &str, read: Option<bool>, place: Option<&Place>, now: &str) -> String {
    let Ok(mut record) = Group::fields(text) else {
        return text.to_owned();
    };
    if let Some(read) = read {
        record.set("read", read.to_string());
        record.set("read_at", quote(now));
    }
    if let Some(place) = place {
        let Place { block, offset } = place;
        record.set(
            "place",
            format!("Place(block: {block}, offset: {offset:?})"),
        );
        record.set("place_at", quote(now));
    }
    record.render()
}

fn story_of(change: &ReadingChange) -> &StoryId {
    match change {
        ReadingChange::Read(story)
        | ReadingChange::Unread(story)
        | ReadingChange::Place(story, _) => story,
    }
}

impl ReadingRecord {
    fn mark(self, reading: &mut Reading) {
        let story = StoryId::new(self.id);
        match self.read {
            Some(true) => reading.apply(&ReadingChange::Read(story.clone())),
            Some(false) => reading.apply(&ReadingChange::Unread(story.clone())),
            None => {}
        }
        if let Some(PlaceRecord { block, offset }) = self.place {
            let place = Place { block, offset };
            reading.apply(&ReadingChange::Place(story, place));
        }
    }
}
