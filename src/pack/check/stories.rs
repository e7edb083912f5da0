//! Sections and stories, as the manifest has them: what is said twice, too long, too early or not at all.

use std::collections::{HashMap, HashSet};

use super::dates::is_after;
use super::findings::{Findings, shortened};
use super::language::Letters;
use crate::model::{fold, is_valid_id};
use crate::pack::lower::Row;
use crate::pack::manifest::{Pack, Section, Story};
use crate::pack::places::Spot;

/// The most characters of a headline.
const HEADLINE: usize = 150;
/// The most characters of a summary above a body.
const SUMMARY: usize = 1_000;
/// The most characters of a summary that is all there is.
const BRIEF: usize = 2_500;

/// Looks at every section and story. `rows` are the stories that are shown, in the manifest’s order.
pub(super) fn look(pack: &Pack, rows: &[Row], letters: &mut Letters, findings: &mut Findings) {
    let mut stories = Stories {
        published: pack.published.as_deref().unwrap_or_default(),
        english: is_english(pack.language.as_deref()),
        headlines: HashMap::new(),
        letters,
        findings,
    };
    let mut sections = HashSet::new();
    let mut rows = rows.iter().peekable();
    for (number, section) in pack.sections.iter().enumerate() {
        let spot = Spot {
            section: Some(number),
            ..Spot::default()
        };
        stories.section(section, &spot, &mut sections);
        for (number, story) in section.stories.iter().enumerate() {
            let spot = Spot {
                story: Some(number),
                ..spot.clone()
            };
            // Stories that were left out have a problem already.
            if let Some(row) = rows.next_if(|row| row.spot == spot) {
                stories.story(story, row, &spot);
            }
        }
    }
}

struct Stories<'a> {
    /// When the edition came out, as it is written.
    published: &'a str,
    /// Whether the pack is in English, or may be.
    english: bool,
    /// The stories by their folded headlines.
    headlines: HashMap<String, &'a str>,
    letters: &'a mut Letters,
    findings: &'a mut Findings,
}

impl<'a> Stories<'a> {
    fn section(&mut self, section: &'a Section, spot: &Spot, known: &mut HashSet<&'a str>) {
        self.letters
            .count(section.title.as_deref().unwrap_or_default());
        let id = section.id.as_deref().unwrap_or_default().trim();
        let message = if id.is_empty() {
            "The section has no id, by which programs know it: write for example `id: \"world\"`."
                .to_owned()
        } else if !is_valid_id(id) {
            let shown = shortened(id);
            format!(
                "“{shown}” is no sound id of a section: use small letters, digits and `.`, `_`, `-`, at most 128."
            )
        } else if !known.insert(id) {
            format!("The id “{id}” belongs to an earlier section: give this one an id of its own.")
        } else {
            return;
        };
        self.findings.field("P019", spot, "id", message);
    }

    fn story(&mut self, story: &'a Story, row: &Row, spot: &Spot) {
        let headline = text(story.headline.as_ref());
        let summary = text(story.summary.as_ref());
        self.letters.count(headline);
        self.letters.count(summary);
        self.headline(headline, story.id.as_deref().unwrap_or_default(), spot);
        // A body that is named and missing is another matter.
        let is_brief = row.body.is_none() && story.body.is_none();
        self.summary(headline, summary, is_brief, spot);
        self.list("byline", &story.byline, spot);
        self.list("tags", &story.tags, spot);
        self.dates(story, spot);
        self.related(story, spot);
    }

    fn headline(&mut self, headline: &str, id: &'a str, spot: &Spot) {
        if headline.is_empty() {
            return;
        }
        let length = headline.chars().count();
        if length > HEADLINE {
            let message = format!(
                "The headline has {length} characters, and a list shows three lines of it: keep it under {HEADLINE}."
            );
            self.findings.field("P059", spot, "headline", message);
        }
        match self.headlines.entry(fold(headline)) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(id);
            }
            std::collections::hash_map::Entry::Occupied(taken) => {
                let message = format!(
                    "The story “{}” has the same headline: remove one of them, or give each a headline of its own.",
                    taken.get()
                );
                self.findings.field("P058", spot, "headline", message);
            }
        }
    }

    fn summary(&mut self, headline: &str, summary: &str, is_brief: bool, spot: &Spot) {
        if summary.is_empty() {
            if is_brief {
                let message = "The story has neither a summary nor a body, so there is nothing to read: write one of them.";
                self.findings.field("P049", spot, "", message);
            }
            return;
        }
        let plain = |text: &str| fold(text.trim_end_matches(['.', ' ']));
        if !headline.is_empty() && plain(headline) == plain(summary) {
            let message = "The summary repeats the headline above it: say what the headline leaves open, or leave it out.";
            self.findings.field("P053", spot, "summary", message);
        }
        let (length, most) = (
            summary.chars().count(),
            if is_brief { BRIEF } else { SUMMARY },
        );
        if length > most {
            let message = format!(
                "The summary has {length} characters: keep it under {most}, and put the rest into the body."
            );
            self.findings.field("P059", spot, "summary", message);
        }
    }

    fn list(&mut self, field: &str, entries: &[String], spot: &Spot) {
        let mut known = HashSet::new();
        for entry in entries {
            let entry = entry.trim();
            let message = if entry.is_empty() {
                format!("An entry of `{field}` is empty and is dropped: take it out.")
            } else if !known.insert(fold(entry)) {
                format!(
                    "“{}” stands in `{field}` twice: take one out.",
                    shortened(entry)
                )
            } else if field == "byline" && self.english && begins_with_by(entry) {
                format!(
                    "“{}” begins with “By”, which belongs to no name: write the name alone.",
                    shortened(entry)
                )
            } else {
                continue;
            };
            self.findings.field("P054", spot, field, message);
        }
    }

    fn dates(&mut self, story: &Story, spot: &Spot) {
        let published = text(story.published.as_ref());
        let updated = text(story.updated.as_ref());
        if is_after(published, self.published) {
            let message = format!(
                "The story is dated {published}, after its edition, which came out {}: correct one of the dates.",
                self.published
            );
            self.findings.field("P055", spot, "published", message);
        }
        if is_after(published, updated) {
            let message = format!(
                "The story was updated {updated}, before it was published {published}: correct one of the dates."
            );
            self.findings.field("P056", spot, "updated", message);
        }
    }

    fn related(&mut self, story: &Story, spot: &Spot) {
        let mut known = HashSet::new();
        for other in story.related.iter() {
            let message = if Some(other) == story.id.as_ref() {
                "The story is related to itself, which is skipped: take its id out of `related`."
                    .to_owned()
            } else if !known.insert(other.as_str()) {
                format!(
                    "“{}” stands in `related` twice: take one out.",
                    shortened(other)
                )
            } else {
                continue;
            };
            self.findings.field("P057", spot, "related", message);
        }
    }
}

fn text(text: Option<&String>) -> &str {
    text.map(|it| it.trim()).unwrap_or_default()
}

/// In other languages `By` may be a name.
fn is_english(language: Option<&str>) -> bool {
    let tag = language.unwrap_or_default().trim().to_ascii_lowercase();
    tag.is_empty() || tag == "en" || tag.starts_with("en-")
}

fn begins_with_by(name: &str) -> bool {
    let (first, rest) = name.split_at_checked(3).unwrap_or_default();
    first.eq_ignore_ascii_case("by ") && !rest.trim().is_empty()
}
