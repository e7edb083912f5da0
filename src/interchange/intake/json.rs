//! Our own JSON, as [`export`](crate::interchange::export) writes it. A record that is not one is told and left out; the others are taken.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::place::Lines;
use super::{Doubt, Going, ImportError, Imported, MAX_IMPORT_ENTRIES};
use crate::interchange::json::{KIND, VERSION};
use crate::model::{
    Anchor, Bookmark, Colour, Highlight, HighlightId, Life, Remark, SeriesId, Snapshot, Stamp,
    StoryId, Tags,
};

/// How many records are read between two looks at whether to go on.
const STRIDE: usize = 512;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    version: u32,
    #[serde(borrow, default)]
    bookmarks: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    highlights: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct BookmarkIn {
    series: String,
    story: String,
    #[serde(flatten)]
    was: WasIn,
    #[serde(flatten)]
    life: LifeIn,
    #[serde(default)]
    tags: Vec<String>,
    tags_at: Option<BTreeMap<String, String>>,
    #[serde(flatten)]
    remark: RemarkIn,
}

#[derive(Deserialize)]
struct PassageIn {
    id: String,
    series: String,
    story: String,
    #[serde(flatten)]
    was: WasIn,
    #[serde(flatten)]
    life: LifeIn,
    quote: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    block: usize,
    #[serde(default)]
    offset: usize,
    #[serde(default)]
    colour: String,
    colour_at: Option<String>,
    #[serde(flatten)]
    remark: RemarkIn,
}

#[derive(Deserialize)]
struct WasIn {
    #[serde(default)]
    edition: String,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    headline: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    publisher: String,
    #[serde(default)]
    pack_title: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    origin: String,
}

#[derive(Deserialize)]
struct LifeIn {
    #[serde(default)]
    saved: String,
    #[serde(default)]
    removed: String,
    #[serde(default)]
    restored: String,
}

#[derive(Deserialize)]
struct RemarkIn {
    #[serde(default)]
    notes: Vec<NoteIn>,
    #[serde(default)]
    notes_replaced: Vec<String>,
}

#[derive(Deserialize)]
struct NoteIn {
    #[serde(default)]
    at: String,
    text: String,
}

pub(super) fn read(text: &str, going: Going<'_>) -> Result<Imported, ImportError> {
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| {
        let what = format!("this is no JSON of Offprint’s ({})", reason(&error));
        let line = error.line().max(1);
        ImportError::Damaged { line, what }
    })?;
    if document.kind != KIND {
        let what = format!("this JSON is not of Offprint’s: its `kind` should be `{KIND}`");
        return Err(ImportError::Damaged { line: 1, what });
    }
    let mut imported = Imported::default();
    if document.version > VERSION {
        imported.doubts.push(Doubt {
            line: 1,
            what: "a newer Offprint wrote this; what this one understands of it was imported"
                .to_owned(),
            left_out: false,
        });
    }
    if document.bookmarks.len() + document.highlights.len() > MAX_IMPORT_ENTRIES {
        return Err(ImportError::TooMany);
    }
    let mut reader = Reader {
        text,
        going,
        doubts: &mut imported.doubts,
    };
    imported.bookmarks = reader.records(&document.bookmarks, bookmark)?;
    imported.highlights = reader.records(&document.highlights, highlight)?;
    Ok(imported)
}

struct Reader<'a> {
    text: &'a str,
    going: Going<'a>,
    doubts: &'a mut Vec<Doubt>,
}

impl Reader<'_> {
    /// The records of a list that are what they should be; the others become doubts.
    fn records<I: for<'b> Deserialize<'b>, T>(
        &mut self,
        list: &[&RawValue],
        make: fn(I, &mut Times) -> Option<T>,
    ) -> Result<Vec<T>, ImportError> {
        let mut lines = Lines::of(self.text);
        let mut records = Vec::new();
        for (count, raw) in list.iter().enumerate() {
            let at = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
            if count % STRIDE == 0 && !(self.going)(at, self.text.len()) {
                return Err(ImportError::Cancelled);
            }
            let line = lines.line(at);
            match serde_json::from_str::<I>(raw.get()) {
                Ok(record) => {
                    let mut times = Times { bad: None };
                    let made = make(record, &mut times);
                    if made.is_none() {
                        self.doubts.push(Doubt {
                            line,
                            what: "this entry is not one (it does not say of which story)"
                                .to_owned(),
                            left_out: true,
                        });
                    } else if let Some(bad) = times.bad {
                        let what = format!("the time “{bad}” is not understood; imported without");
                        self.doubts.push(Doubt {
                            line,
                            what,
                            left_out: false,
                        });
                    }
                    records.extend(made);
                }
                Err(error) => self.doubts.push(Doubt {
                    line: line + error.line().saturating_sub(1),
                    what: format!("this entry is not one ({})", reason(&error)),
                    left_out: true,
                }),
            }
        }
        Ok(records)
    }
}

/// What an error says, without its place in a part of the text.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text.get(..at).unwrap_or_default().to_owned(),
        None => text,
    }
}

/// Reads times, and remembers one that is none.
struct Times {
    bad: Option<String>,
}

impl Times {
    fn at(&mut self, text: &str) -> Stamp {
        if text.is_empty() {
            return Stamp::NEVER;
        }
        Stamp::parse(text).unwrap_or_else(|| {
            self.bad = Some(text.chars().take(40).collect());
            Stamp::NEVER
        })
    }

    fn life(&mut self, it: &LifeIn) -> Life {
        Life {
            made: self.at(&it.saved),
            removed: self.at(&it.removed),
            restored: self.at(&it.restored),
        }
    }

    fn remark(&mut self, it: &RemarkIn) -> Remark {
        let mut remark = Remark::default();
        for at in &it.notes_replaced {
            remark.note_replaced(self.at(at));
        }
        for note in &it.notes {
            remark.note(&note.text, self.at(&note.at));
        }
        remark
    }
}

fn bookmark(it: BookmarkIn, times: &mut Times) -> Option<Bookmark> {
    if it.series.is_empty() || it.story.is_empty() {
        return None;
    }
    let life = times.life(&it.life);
    let mut tags = Tags::default();
    // The first versions did not write when a tag was given.
    let otherwise = if it.tags_at.is_some() {
        Stamp::NEVER
    } else {
        life.made
    };
    let known = it.tags_at.unwrap_or_default();
    let there: BTreeSet<&String> = it.tags.iter().collect();
    for (tag, at) in &known {
        tags.note(tag, there.contains(tag), times.at(at));
    }
    for tag in there.into_iter().filter(|tag| !known.contains_key(*tag)) {
        tags.note(tag, true, otherwise);
    }
    Some(Bookmark {
        series: SeriesId::new(it.series),
        story: StoryId::new(it.story),
        was: it.was.into(),
        life,
        tags,
        remark: times.remark(&it.remark),
    })
}

fn highlight(it: PassageIn, times: &mut Times) -> Option<Highlight> {
    if it.series.is_empty() || it.story.is_empty() || it.id.is_empty() {
        return None;
    }
    let life = times.life(&it.life);
    let chosen = it.colour_at.map_or(life.made, |at| times.at(&at));
    Some(Highlight {
        id: HighlightId::new(it.id),
        series: SeriesId::new(it.series),
        story: StoryId::new(it.story),
        anchor: Anchor {
            quote: it.quote,
            before: it.before,
            after: it.after,
            block: it.block,
            offset: it.offset,
        },
        was: it.was.into(),
        colour: (chosen, Colour::named(&it.colour)),
        remark: times.remark(&it.remark),
        life,
    })
}

impl From<WasIn> for Snapshot {
    fn from(it: WasIn) -> Self {
        Self {
            edition: it.edition,
            digest: it.digest,
            headline: it.headline,
            summary: it.summary,
            publisher: it.publisher,
            pack_title: it.pack_title,
            published: it.published,
            origin: it.origin,
        }
    }
}
