//! One story taken out of a pack, as a small pack that stands by itself: its body to the byte, its pictures, and where it came from.
//!
//! It keeps the series, the edition and the story's id, so that bookmarks and marks find it. It writes no file and knows no time: the same
//! story gives the same bytes.

use std::collections::BTreeMap;

use super::assembly::Assembly;
use super::build::Role;
use super::error::PackError;
use super::limits::{MANIFEST_BYTES, PICTURE_BYTES};
use super::manifest::{self, Pack as Written};
use super::manifest_out::{Fields, clipped, story_fields};
use super::name::Name;
use super::open::{Pack, body_text, path_of};
use super::parts::{META, SizeClass, digest, hexadecimal};
use super::source::MANIFEST;
use crate::article;
use crate::model::{Edition as _, SeriesId, StoryId};

/// A story that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// What the pack is an edition of.
    pub series: SeriesId,
    /// The story.
    pub story: StoryId,
    /// SHA-256 of its body, in hexadecimal.
    pub digest: String,
    /// The single file.
    pub bytes: Vec<u8>,
    /// Pictures the story names that could not be read, each with the reason; the copy is without them.
    pub missing: Vec<String>,
}

impl Pack {
    /// Makes a pack of its own of the story in row `row`.
    pub fn clip(&self, row: usize) -> Result<Clip, PackError> {
        let row = self.row(row)?;
        let id = &row.story.id;
        let written = self.source.read(&Name::new(MANIFEST)?, MANIFEST_BYTES)?;
        let (written, _) = manifest::parse(&written, path_of(self.origin()))?;
        // A folder may have been written to since it was opened.
        let section = row.spot.section.and_then(|at| written.sections.get(at));
        let story = section
            .zip(row.spot.story)
            .and_then(|(section, at)| section.stories.get(at))
            .filter(|story| story.id.as_deref() == Some(id.as_str()));
        let (Some(section), Some(story)) = (section, story) else {
            return Err(PackError::Missing {
                name: format!("story {id}"),
            });
        };

        let body = self.source_bytes(row)?;
        let sha256 = hexadecimal(&digest(&body));
        let text = body_text(&body, row.body.as_ref()).unwrap_or_default();
        let figures = article::parse(text);
        let figures = figures.figures().into_iter().map(|it| it.file.clone());
        let thumbnail = story.thumbnail.as_ref().and_then(|it| it.file.clone());
        let mut pictures = BTreeMap::new();
        let mut missing = Vec::new();
        for file in thumbnail.into_iter().chain(figures) {
            let Ok(name) = Name::new(&file) else {
                continue;
            };
            let is_ours = name.as_str().starts_with(META)
                || Some(&name) == row.body.as_ref()
                || Role::of(&name) != Role::Picture;
            if self.class() == SizeClass::Text || is_ours || pictures.contains_key(&name) {
                continue;
            }
            match self.source.read(&name, PICTURE_BYTES) {
                Ok(bytes) => _ = pictures.insert(name, bytes),
                Err(error) => missing.push(format!("{error}.")),
            }
        }

        let mut fields = head(&written, &self.info().series);
        let mut inside = story_fields(story, id.as_str(), row.body.as_ref(), |file| file);
        inside.value(
            "clipped",
            &match &story.clipped {
                // It was taken from somewhere else before, and that is where it is from.
                Some(before) => clipped(before, &sha256),
                None => clipped(&origin(&written, id), &sha256),
            },
        );
        let mut around = Fields::new("Section", 2);
        around.text("id", section.id.as_deref());
        around.text("title", section.title.as_deref());
        around.list("stories", &[inside]);
        fields.list("sections", &[around]);

        let failed = |error: std::io::Error| PackError::Archive {
            reason: error.to_string(),
            path: path_of(self.origin()).to_owned(),
        };
        let mut file = Assembly::new(Vec::new()).map_err(failed)?;
        let manifest = format!("{}\n", fields.finish());
        file.add(&Name::new(MANIFEST)?, manifest.into_bytes())
            .map_err(failed)?;
        if let Some(name) = &row.body {
            file.add(name, body).map_err(failed)?;
        }
        for (name, bytes) in pictures {
            file.add(&name, bytes).map_err(failed)?;
        }
        let (bytes, _) = file.finish(self.class()).map_err(failed)?;
        Ok(Clip {
            series: self.info().series.clone(),
            story: id.clone(),
            digest: sha256,
            bytes,
            missing,
        })
    }
}

/// What the pack says of itself, but for its cover and what it is in a sentence, which are the whole edition's.
fn head(written: &Written, series: &SeriesId) -> Fields {
    let mut fields = Fields::new("Pack", 0);
    fields.value("format", "1");
    fields.text("id", Some(series.as_str()));
    fields.text("edition", written.edition.as_deref());
    fields.text("title", written.title.as_deref());
    fields.text("language", written.language.as_deref());
    fields.text("published", written.published.as_deref());
    if let Some(publisher) = &written.publisher {
        let mut inside = Fields::new("Publisher", 1);
        inside.text("name", publisher.name.as_deref());
        inside.text("url", publisher.url.as_deref());
        fields.value("publisher", &inside.finish());
    }
    fields.text("rights", written.rights.as_deref());
    fields.value("excerpt", "true");
    fields
}

/// Where a story of this pack is from: here.
fn origin(written: &Written, story: &StoryId) -> manifest::Clipped {
    manifest::Clipped {
        series: written.id.clone(),
        edition: written.edition.clone(),
        title: written.title.clone(),
        published: written.published.clone(),
        publisher: written.publisher.as_ref().and_then(|it| it.name.clone()),
        rights: written.rights.clone(),
        language: written.language.clone(),
        story: Some(story.to_string()),
        digest: None,
        unknown: Vec::new(),
    }
}
