//! `reading/<series>.ron` and its volumes: what is read, and how far. A record a story, each mark with its time, so that two files can be merged.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use ron::error::SpannedError;
use serde::Deserialize;

use super::class::Class;
use super::copies::copy_of;
use super::file::{Kind, mentions, records};
use super::marks::stamp;
use super::names::{file_stem, series_of_stem, series_stem};
use super::notice::ShelfNotice;
use super::outline::{Group, quote};
use super::quick::parse;
use super::series::stems;
use super::unknown::{has_unknown, take_unknown};
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{Place, Reading, ReadingChange, SeriesId, Stamp, StoryId};

pub(super) static CLASS: Class = Class {
    folder: "reading",
    kind: Kind {
        file: "Reading",
        version: 1,
        list: Some("stories"),
        record: "Story",
        understands: |text| parse::<ReadingRecord>(text).is_ok(),
    },
    fresh,
    key_field: "id",
    key: |text| Some(parse::<ReadingRecord>(text).ok()?.id),
    join: joined,
    counts: |it| &mut it.reading,
};

/// A record as version 1 has it. `read_at` and `place_at` are for merging.
#[derive(Deserialize)]
#[serde(rename = "Story")]
struct ReadingRecord {
    id: String,
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
        self.load_reading_files(&file_stem(series), Some(series))
    }

    /// The reading marks of every series. One whose id is too long for a file's name is called by the name of its file.
    pub fn load_all_reading(&self) -> Loaded<BTreeMap<SeriesId, Reading>> {
        let mut all = Loaded::<BTreeMap<SeriesId, Reading>>::default();
        let folder = self.folder().join(CLASS.folder);
        match stems(&folder, |name| series_stem(name).or_else(|| copy_of(name))) {
            Ok(stems) => {
                for stem in stems {
                    let series = series_of_stem(&stem);
                    let loaded = self.load_reading_files(&stem, series.as_ref());
                    let series = series.unwrap_or_else(|| SeriesId::new(&stem));
                    all.value.insert(series, loaded.value);
                    all.notices.extend(loaded.notices);
                }
            }
            Err(error) => all.notices.push(ShelfNotice::unreadable(&folder, &error)),
        }
        all
    }

    fn load_reading_files(&self, stem: &str, series: Option<&SeriesId>) -> Loaded<Reading> {
        let files = self.read_series(&CLASS, stem, series, |path, text, notices| {
            let kind = &CLASS.kind;
            records(kind, path, text, notices, parse::<ReadingRecord>)
        });
        let mut known: BTreeMap<String, ReadingRecord> = BTreeMap::new();
        for record in files.value.into_iter().flatten() {
            match known.entry(record.id.clone()) {
                Entry::Vacant(entry) => _ = entry.insert(record),
                Entry::Occupied(mut entry) => _ = entry.get_mut().join(&record),
            }
        }
        let mut reading = Reading::default();
        for record in known.into_values() {
            record.mark(&mut reading);
        }
        Loaded {
            value: reading,
            notices: files.notices,
        }
    }

    /// Applies changes to the reading marks of a series, and returns when they are on the disk.
    pub fn change_reading(
        &self,
        series: &SeriesId,
        changes: &[ReadingChange],
    ) -> Result<Saved, ShelfError> {
        let now = self.now();
        let names: Vec<&str> = changes.iter().map(|it| story_of(it).as_str()).collect();
        self.change_series(&CLASS, series, &names, |list, elsewhere| {
            apply(list, elsewhere, changes, now)
        })
    }
}

fn fresh(series: Option<&SeriesId>) -> String {
    let series = quote(series.map_or("", SeriesId::as_str));
    format!(
        "// Offprint keeps here what you have read, and how far.\nReading(\n    version: 1,\n    series: {series},\n    stories: [],\n)\n"
    )
}

/// Applies changes to the list; `false` where it stays as it is. `elsewhere` is what volumes have on the same stories.
fn apply(
    list: &mut Group<'_>,
    elsewhere: &[String],
    changes: &[ReadingChange],
    now: Stamp,
) -> bool {
    let wanted: Vec<&str> = changes.iter().map(|it| story_of(it).as_str()).collect();
    let mut known: BTreeMap<StoryId, (Option<usize>, String)> = BTreeMap::new();
    let in_list = list.values().enumerate().map(|(at, text)| (Some(at), text));
    let in_volumes = elsewhere.iter().map(|text| (None, text.as_str()));
    for (at, text) in in_volumes.chain(in_list) {
        if mentions(text, &wanted)
            && let Ok(record) = parse::<ReadingRecord>(text)
        {
            match known.entry(StoryId::new(record.id)) {
                Entry::Vacant(entry) => _ = entry.insert((at, text.to_owned())),
                Entry::Occupied(mut entry) => {
                    let (place, before) = entry.get_mut();
                    let base = if place.is_some() { &*before } else { text };
                    let other = if place.is_some() { text } else { &*before };
                    let joined = joined(base, &[other]).ok().flatten();
                    *before = joined.unwrap_or_else(|| base.to_owned());
                    *place = place.or(at);
                }
            }
        }
    }
    let mut before = Reading::default();
    for (_, text) in known.values() {
        if let Ok(record) = parse::<ReadingRecord>(text) {
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
        match known.get(story) {
            Some((Some(at), text)) => list.replace(*at, marked(text, read, place, now)),
            Some((None, text)) => list.push(marked(text, read, place, now), "        "),
            None => {
                let text = format!("Story(id: {})", quote(story.as_str()));
                list.push(marked(&text, read, place, now), "        ");
            }
        }
    }
    differs
}

/// A record of ours with what these of theirs know besides; `None` where that is nothing. Fails where one of them is not understood.
fn joined(ours: &str, theirs: &[&str]) -> Result<Option<String>, SpannedError> {
    const KNOWN: [&str; 5] = ["id", "read", "read_at", "place", "place_at"];
    let mut new: ReadingRecord = parse(ours)?;
    let (mut other_read, mut other_place) = (false, false);
    for text in theirs {
        let (read, place) = new.join(&parse(text)?);
        other_read |= read;
        other_place |= place;
    }
    let Ok(mut record) = Group::fields(ours) else {
        return Ok(None);
    };
    if other_read {
        record.set("read", new.read.unwrap_or_default().to_string());
        record.set("read_at", quote(&new.read_at));
    }
    if other_place && let Some(place) = &new.place {
        record.set("place", place.to_text());
        record.set("place_at", quote(&new.place_at));
    }
    let mut more = false;
    for text in theirs.iter().filter(|it| has_unknown(it, &KNOWN)) {
        more |= Group::fields(text).is_ok_and(|it| take_unknown(&mut record, &it, &KNOWN));
    }
    Ok((other_read || other_place || more).then(|| record.render()))
}

/// A record with new marks; everything else in it stays. They are later than those before, whatever the clock says.
fn marked(text: &str, read: Option<bool>, place: Option<&Place>, now: Stamp) -> String {
    let (Ok(mut record), Ok(old)) = (Group::fields(text), parse::<ReadingRecord>(text)) else {
        return text.to_owned();
    };
    let after = |before: &str| quote(&now.after(stamp(before)).to_string());
    if let Some(read) = read {
        record.set("read", read.to_string());
        record.set("read_at", after(&old.read_at));
    }
    if let Some(Place { block, offset }) = place.copied() {
        record.set("place", PlaceRecord { block, offset }.to_text());
        record.set("place_at", after(&old.place_at));
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

impl PlaceRecord {
    fn to_text(self) -> String {
        let Self { block, offset } = self;
        format!("Place(block: {block}, offset: {offset:?})")
    }
}

impl ReadingRecord {
    /// Takes in what another copy knows, and says whether that is another reading mark and another place. Of two the later one holds,
    /// and of two of the same time always the same one.
    fn join(&mut self, other: &Self) -> (bool, bool) {
        let read = |it: &Self| it.read.map(|read| (stamp(&it.read_at), read));
        let place = |it: &Self| {
            let place = it.place?;
            Some((stamp(&it.place_at), place.block, place.offset.to_bits()))
        };
        let (other_read, other_place) = (read(other) > read(self), place(other) > place(self));
        if other_read {
            (self.read, self.read_at) = (other.read, other.read_at.clone());
        }
        if other_place {
            (self.place, self.place_at) = (other.place, other.place_at.clone());
        }
        (other_read, other_place)
    }

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
