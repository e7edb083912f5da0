//! What the manifest says becomes what the program knows, once; what cannot be used is left out and told.
//! It reads no file: whether a body exists is asked of a function it is given.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::model::{
    Clipped, Date, EditionInfo, Picture, Section, SeriesId, Story, StoryId, is_valid_id,
};

use super::error::PackError;
use super::limits::{EDITION_BYTES, TEXT_CHARS};
use super::manifest::{self as wire, syntax_error};
use super::name::Name;
use super::nearest::hint;
use super::places::{Places, Spot};
use super::problem::Problem;
use super::source::MANIFEST;

/// How often it is guessed which story is meant; that takes a look at many.
const HINTS: usize = 20;

/// A problem that waits for its line and column.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) problem: Problem,
    pub(super) spot: Spot,
}

/// A story and where its body lies.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) story: Arc<Story>,
    pub(super) body: Option<Name>,
    /// Where the manifest speaks of it.
    pub(super) spot: Spot,
}

/// A manifest that has been understood.
#[derive(Debug)]
pub(super) struct Lowered {
    pub(super) info: EditionInfo,
    pub(super) sections: Vec<Section>,
    pub(super) rows: Vec<Row>,
    pub(super) ids: HashMap<StoryId, usize>,
    pub(super) problems: Vec<Pending>,
}

/// Gives problems their lines and columns.
pub(super) fn resolve(pending: Vec<Pending>, manifest: &[u8]) -> Vec<Problem> {
    if pending.is_empty() {
        return Vec::new();
    }
    let text = &String::from_utf8_lossy(manifest);
    let places = Places::find(text, pending.iter().map(|p| &p.spot));
    let place = |Pending { mut problem, spot }| {
        if let Some((line, column)) = places.get(&spot) {
            problem.line = Some(line);
            problem.column = Some(column);
        }
        problem
    };
    pending.into_iter().map(place).collect()
}

/// Lowers a manifest. `exists` tells whether a file lies in the pack, `stop` whether nobody wants the answer any more.
pub(super) fn lower(
    pack: wire::Pack,
    text: &str,
    path: &Path,
    exists: &mut dyn FnMut(&Name) -> bool,
    stop: &mut dyn FnMut(usize) -> Result<(), PackError>,
) -> Result<Lowered, PackError> {
    let mut lowering = Lowering {
        problems: Vec::new(),
        spot: Spot::default(),
        rows: Vec::new(),
        ids: HashMap::new(),
        exists,
    };
    let wire::Pack {
        format,
        id,
        edition,
        title,
        summary,
        language,
        published,
        publisher,
        rights,
        cover,
        excerpt,
        sections,
        unknown,
    } = pack;
    let demand = |field: &str, reason: &str| fault(text, path, field, reason);
    if format != Some(wire::FORMAT) {
        return Err(demand(
            "format",
            "it does not say its format; write `format: 1,` first",
        ));
    }
    let id = id.filter(|id| is_valid_id(id)).ok_or_else(|| {
        demand(
            "id",
            "the pack’s id is missing or wrong; it has small letters, digits and `.`, `_`, `-`, such as \"org.example.news\"",
        )
    })?;
    let edition = words(edition).filter(|edition| edition.len() <= EDITION_BYTES);
    let edition = edition.ok_or_else(|| demand("edition", "the edition is missing or longer than 128 bytes; write for example `edition: \"2025-08-09\"`"))?;
    let title = words(title)
        .ok_or_else(|| demand("title", "the title is missing; write `title: \"…\"`"))?;
    lowering.unknown(&unknown, "Pack", wire::Pack::FIELDS, "");
    let (publisher, publisher_url) = lowering.publisher(publisher);
    let info = EditionInfo {
        series: SeriesId::new(id),
        edition,
        title,
        summary: words(summary).unwrap_or_default(),
        language: words(language)
            .filter(|tag| is_language(tag))
            .unwrap_or_default(),
        published: lowering.date(published, "published"),
        publisher,
        publisher_url,
        rights: words(rights).unwrap_or_default(),
        cover: lowering.picture(cover, "cover"),
        excerpt: excerpt.unwrap_or_default(),
    };
    let sections = lowering.sections(sections, stop)?;
    lowering.relate();
    let Lowering {
        problems,
        rows,
        ids,
        ..
    } = lowering;
    Ok(Lowered {
        info,
        sections,
        rows,
        ids,
        problems,
    })
}

/// A fault of the manifest's head, without which there is no telling what the pack is.
fn fault(text: &str, path: &Path, field: &str, reason: &str) -> PackError {
    let spot = Spot {
        field: field.to_owned(),
        ..Spot::default()
    };
    let places = Places::find(text, std::iter::once(&spot));
    let (line, column) = places.get(&spot).unwrap_or((1, 1));
    syntax_error(text, line, column, reason.to_owned(), path)
}

struct Lowering<'a> {
    problems: Vec<Pending>,
    /// The structure that is being read.
    spot: Spot,
    rows: Vec<Row>,
    ids: HashMap<StoryId, usize>,
    exists: &'a mut dyn FnMut(&Name) -> bool,
}

impl Lowering<'_> {
    fn problem(&mut self, code: &'static str, field: &str, message: String) {
        self.problems.push(Pending {
            problem: Problem::new(code, MANIFEST, message),
            spot: Spot {
                field: field.to_owned(),
                ..self.spot.clone()
            },
        });
    }

    fn unknown(&mut self, fields: &[String], structure: &str, known: &[&str], inside: &str) {
        for field in fields {
            let shown: String = field.chars().take(80).collect();
            let meant = hint(field, known.iter().copied());
            let message = format!(
                "“{shown}” is no field of {structure} and is ignored{meant}: correct its spelling, or leave it out."
            );
            let path = if inside.is_empty() {
                field.clone()
            } else {
                format!("{inside}.{field}")
            };
            self.problem("P010", &path, message);
        }
    }

    fn date(&mut self, text: Option<String>, field: &str) -> Option<Date> {
        let text = words(text)?;
        let date = Date::parse(&text);
        if date.is_none() {
            let shown: String = text.chars().take(80).collect();
            let message = format!(
                "“{shown}” is no date and is left out: write 2025-08-09 or 2025-08-09T06:00:00Z."
            );
            self.problem("P013", field, message);
        }
        date
    }

    fn name(&mut self, text: &str, field: &str) -> Option<Name> {
        match Name::new(text) {
            Ok(name) => Some(name),
            Err(error) => {
                self.problem("P040", field, error.to_string());
                None
            }
        }
    }

    fn web(&mut self, address: Option<String>, field: &str) -> Option<String> {
        let address = words(address)?;
        let lower = address.to_ascii_lowercase();
        let rest = lower
            .strip_prefix("https://")
            .or_else(|| lower.strip_prefix("http://"));
        if rest.is_some_and(|rest| !rest.is_empty()) {
            return Some(address);
        }
        let shown: String = address.chars().take(80).collect();
        self.problem(
            "P025",
            field,
            format!(
                "“{shown}” is no web address and is left out: write one that starts with https://."
            ),
        );
        None
    }

    fn publisher(&mut self, publisher: Option<wire::Publisher>) -> (String, String) {
        let Some(wire::Publisher { name, url, unknown }) = publisher else {
            return (String::new(), String::new());
        };
        self.unknown(&unknown, "Publisher", wire::Publisher::FIELDS, "publisher");
        let url = self.web(url, "publisher.url").unwrap_or_default();
        (words(name).unwrap_or_default(), url)
    }

    fn picture(&mut self, image: Option<wire::Image>, field: &str) -> Option<Picture> {
        let wire::Image {
            file,
            alt,
            caption,
            credit,
            unknown,
        } = image?;
        self.unknown(&unknown, "Image", wire::Image::FIELDS, field);
        let name = self.name(&file.unwrap_or_default(), &format!("{field}.file"))?;
        let alt = words(alt).unwrap_or_default();
        if alt.is_empty() {
            let message = format!(
                "The picture has no alternative text: say in `alt` what it shows, for those who cannot see it: {name}"
            );
            self.problem("P033", field, message);
        }
        Some(Picture {
            file: name.to_string(),
            alt,
            caption: words(caption).unwrap_or_default(),
            credit: words(credit).unwrap_or_default(),
        })
    }

    fn sections(
        &mut self,
        sections: Vec<wire::Section>,
        stop: &mut dyn FnMut(usize) -> Result<(), PackError>,
    ) -> Result<Vec<Section>, PackError> {
        let mut lowered = Vec::new();
        for (number, section) in sections.into_iter().enumerate() {
            let at_section = Spot {
                section: Some(number),
                ..Spot::default()
            };
            self.spot = at_section.clone();
            self.unknown(&section.unknown, "Section", wire::Section::FIELDS, "");
            let first = self.rows.len();
            let count = section.stories.len();
            for (number, story) in section.stories.into_iter().enumerate() {
                if number % 1000 == 0 {
                    stop(self.rows.len())?;
                }
                self.spot.story = Some(number);
                self.story(story, lowered.len());
            }
            self.spot = at_section;
            let id = words(section.id).unwrap_or_else(|| format!("section-{}", number + 1));
            let title = words(section.title);
            if title.is_none() {
                self.problem(
                    "P016",
                    "",
                    format!(
                        "The section has no title, so its id is shown: write `title: \"…\"`: {id}"
                    ),
                );
            }
            let title = title.unwrap_or_else(|| id.clone());
            let rows = first..self.rows.len();
            if rows.is_empty() {
                if count == 0 {
                    self.problem("P015", "", format!("The section “{title}” has no stories and is not shown: remove it, or add stories."));
                }
                continue;
            }
            lowered.push(Section { id, title, rows });
        }
        self.spot = Spot::default();
        Ok(lowered)
    }

    fn story(&mut self, story: wire::Story, section: usize) {
        let wire::Story {
            id,
            headline,
            summary,
            byline,
            published,
            updated,
            thumbnail,
            tags,
            related,
            source,
            body,
            clipped,
            unknown,
        } = story;
        self.unknown(&unknown, "Story", wire::Story::FIELDS, "");
        let id = id.unwrap_or_default();
        if !is_valid_id(&id) {
            let shown: String = id.chars().take(80).collect();
            let message = format!(
                "“{shown}” cannot be a story’s id, so the story is left out: use small letters, digits and `.`, `_`, `-`, at most 128."
            );
            self.problem("P012", "id", message);
            return;
        }
        let id = StoryId::new(id);
        if self.ids.contains_key(&id) {
            let message = format!(
                "The id “{id}” belongs to an earlier story, so this one is left out: give it an id of its own."
            );
            self.problem("P011", "id", message);
            return;
        }
        let headline = words(headline).unwrap_or_else(|| {
            self.problem(
                "P016",
                "headline",
                format!(
                    "The story has no headline, so its id is shown: write `headline: \"…\"`: {id}"
                ),
            );
            id.to_string()
        });
        let body = self.body(body, &id);
        let story = Story {
            section,
            headline,
            summary: words(summary).unwrap_or_default(),
            byline: byline
                .into_iter()
                .filter_map(|name| words(Some(name)))
                .collect(),
            published: self.date(published, "published"),
            updated: self.date(updated, "updated"),
            thumbnail: self.picture(thumbnail, "thumbnail"),
            tags: tags
                .into_iter()
                .filter_map(|tag| words(Some(tag)))
                .collect(),
            related: related.into_iter().map(StoryId::new).collect(),
            source: self.web(source, "source"),
            brief: body.is_none(),
            clipped: self.clipped(clipped),
            id: id.clone(),
        };
        self.ids.insert(id, self.rows.len());
        self.rows.push(Row {
            story: Arc::new(story),
            body,
            spot: self.spot.clone(),
        });
    }

    /// Where the story was taken from; a record without a sound series and story says nothing.
    fn clipped(&mut self, clipped: Option<wire::Clipped>) -> Option<Box<Clipped>> {
        let it = clipped?;
        self.unknown(&it.unknown, "Clipped", wire::Clipped::FIELDS, "clipped");
        let sound = |id: Option<String>| id.filter(|id| is_valid_id(id));
        Some(Box::new(Clipped {
            series: SeriesId::new(sound(it.series)?),
            story: StoryId::new(sound(it.story)?),
            edition: words(it.edition).unwrap_or_default(),
            title: words(it.title).unwrap_or_default(),
            published: self.date(it.published, "clipped.published"),
            publisher: words(it.publisher).unwrap_or_default(),
            rights: words(it.rights).unwrap_or_default(),
            digest: words(it.digest).unwrap_or_default(),
        }))
    }

    fn body(&mut self, body: Option<String>, id: &StoryId) -> Option<Name> {
        let Some(body) = body else {
            let usual = Name::new(&format!("stories/{id}.md")).ok()?;
            return (self.exists)(&usual).then_some(usual);
        };
        let name = self.name(&body, "body")?;
        if (self.exists)(&name) {
            return Some(name);
        }
        let message = format!(
            "The body is missing, so only headline and summary are shown: add the file, or take `body` out: {name}"
        );
        self.problem("P020", "body", message);
        None
    }

    /// Takes out relations that lead nowhere, now that every story is known.
    fn relate(&mut self) {
        let mut missing = Vec::new();
        for row in &mut self.rows {
            if row.story.related.is_empty() {
                continue;
            }
            let mut seen = HashSet::new();
            let id = &row.story.id;
            let sound = |other: &StoryId| self.ids.contains_key(other) && other != id;
            if row
                .story
                .related
                .iter()
                .all(|other| sound(other) && seen.insert(other.clone()))
            {
                continue;
            }
            seen.clear();
            let mut story = Story::clone(&row.story);
            story.related.retain(|other| {
                if !self.ids.contains_key(other) {
                    missing.push((row.spot.clone(), other.clone()));
                }
                sound(other) && seen.insert(other.clone())
            });
            row.story = Arc::new(story);
        }
        for (number, (spot, id)) in missing.into_iter().enumerate() {
            self.spot = spot;
            let shown: String = id.as_str().chars().take(80).collect();
            let meant = if number < HINTS {
                hint(
                    id.as_str(),
                    self.rows.iter().map(|row| row.story.id.as_str()),
                )
            } else {
                String::new()
            };
            self.problem("P014", "related", format!("The related story “{shown}” is not in this pack and is skipped{meant}: correct or remove the id."));
        }
    }
}

/// Text in one line without space at its ends, or nothing.
fn words(text: Option<String>) -> Option<String> {
    let mut text = text?;
    // Nearly every text is in order already, and there may be a million of them.
    if text.contains(char::is_control) {
        text = text.replace(char::is_control, " ");
    }
    if text.len() > TEXT_CHARS
        && let Some((end, _)) = text.char_indices().nth(TEXT_CHARS)
    {
        text.truncate(end);
        text.push('…');
    }
    match text.trim() {
        "" => None,
        trimmed if trimmed.len() == text.len() => Some(text),
        trimmed => Some(trimmed.to_owned()),
    }
}

/// Whether text has the shape of a BCP 47 tag.
pub(super) fn is_language(tag: &str) -> bool {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    tag.len() <= 64 && tag.split('-').all(part)
}
