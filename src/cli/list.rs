//! `offprint list`: the headlines of a pack.

use serde::{Serialize, Serializer};

use super::args::List;
use super::source::open_pack;
use super::terminal::Terminal;
use super::{CliError, DONE};
use crate::model::{Date, Edition as _, Story, StoryId};
use crate::pack::Pack;

/// What `list --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct ListJson<'a> {
    series: &'a str,
    edition: &'a str,
    title: &'a str,
    publisher: &'a str,
    published: Option<String>,
    language: &'a str,
    stories: Stories<'a>,
}

/// A row at a time: a million headlines need no more memory than one.
struct Stories<'a>(&'a Pack);

/// A story without its body.
#[derive(Serialize)]
pub(super) struct StoryJson<'a> {
    id: &'a str,
    headline: &'a str,
    summary: &'a str,
    /// The section's id.
    section: &'a str,
    section_title: &'a str,
    byline: &'a [String],
    published: Option<String>,
    updated: Option<String>,
    thumbnail: Option<&'a str>,
    tags: &'a [String],
    related: Vec<&'a str>,
    source: Option<&'a str>,
    brief: bool,
}

pub(super) fn run(wish: &List, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let pack = open_pack(&wish.pack, terminal)?;
    if wish.json {
        let info = pack.info();
        terminal.json(&ListJson {
            series: info.series.as_str(),
            edition: &info.edition,
            title: &info.title,
            publisher: &info.publisher,
            published: info.published.map(Date::iso),
            language: &info.language,
            stories: Stories(&pack),
        })?;
    } else {
        for story in (0..pack.count()).filter_map(|row| pack.story(row)) {
            terminal.line(format_args!(
                "{:<28}  {}",
                story.id.as_str(),
                story.headline
            ))?;
        }
    }
    Ok(DONE)
}

impl Serialize for Stories<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq as _;
        let mut list = serializer.serialize_seq(Some(self.0.count()))?;
        for story in (0..self.0.count()).filter_map(|row| self.0.story(row)) {
            list.serialize_element(&StoryJson::of(&story, self.0))?;
        }
        list.end()
    }
}

impl<'a> StoryJson<'a> {
    pub(super) fn of(story: &'a Story, pack: &'a Pack) -> Self {
        let section = pack.sections().get(story.section);
        Self {
            id: story.id.as_str(),
            headline: &story.headline,
            summary: &story.summary,
            section: section.map_or("", |it| &it.id),
            section_title: section.map_or("", |it| &it.title),
            byline: &story.byline,
            published: story.published.map(Date::iso),
            updated: story.updated.map(Date::iso),
            thumbnail: story.thumbnail.as_ref().map(|it| it.file.as_str()),
            tags: &story.tags,
            related: story.related.iter().map(StoryId::as_str).collect(),
            source: story.source.as_deref(),
            brief: story.brief,
        }
    }
}
