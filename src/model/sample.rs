//! A small edition for the tests of this folder.

use std::sync::Arc;

use super::edition::{Edition, EditionInfo, Section, Story};
use super::ids::{SeriesId, StoryId};

struct Sample {
    info: EditionInfo,
    sections: Vec<Section>,
}

/// An edition of the series `sample` with so many stories in each section; their ids are `s0`, `s1`, …
pub fn sample(counts: &[usize]) -> Arc<dyn Edition> {
    sample_of("sample", counts)
}

/// [`sample`] of another series.
pub fn sample_of(series: &str, counts: &[usize]) -> Arc<dyn Edition> {
    Arc::new(made(series, counts))
}

/// [`sample_of`], as a part of an edition.
pub fn excerpt_of(series: &str, counts: &[usize]) -> Arc<dyn Edition> {
    let mut sample = made(series, counts);
    sample.info.excerpt = true;
    Arc::new(sample)
}

fn made(series: &str, counts: &[usize]) -> Sample {
    let mut end = 0;
    let sections = counts
        .iter()
        .enumerate()
        .map(|(index, count)| {
            let start = end;
            end += count;
            Section {
                id: format!("sec{index}"),
                title: format!("Section {index}"),
                rows: start..end,
            }
        })
        .collect();
    Sample {
        info: EditionInfo {
            series: SeriesId::new(series),
            edition: "1".into(),
            title: format!("The {series}"),
            summary: String::new(),
            language: "en".into(),
            published: None,
            publisher: "Nobody".into(),
            publisher_url: String::new(),
            rights: String::new(),
            cover: None,
            excerpt: false,
        },
        sections,
    }
}

impl Edition for Sample {
    fn info(&self) -> &EditionInfo {
        &self.info
    }

    fn sections(&self) -> &[Section] {
        &self.sections
    }

    fn count(&self) -> usize {
        self.sections.last().map_or(0, |section| section.rows.end)
    }

    fn story(&self, row: usize) -> Option<Arc<Story>> {
        let section = self.sections.iter().position(|s| s.rows.contains(&row))?;
        Some(Arc::new(Story {
            id: StoryId::new(format!("s{row}")),
            section,
            headline: format!("Headline {row}"),
            summary: format!("Summary {row}"),
            byline: Vec::new(),
            published: None,
            updated: None,
            thumbnail: None,
            tags: Vec::new(),
            related: Vec::new(),
            source: None,
            brief: row % 2 == 1,
            clipped: None,
        }))
    }

    fn row_of(&self, id: &StoryId) -> Option<usize> {
        let row = id.as_str().strip_prefix('s')?.parse().ok()?;
        (row < self.count()).then_some(row)
    }
}
