//! Web annotations: the W3C Web Annotation Data Model and Vocabulary (Recommendations of 23 February 2017), as JSON-LD.
//!
//! A bookmark is an annotation with the motivation `bookmarking`, a passage one with `highlighting`, or `commenting` where a note is
//! beside it. The source of a target is the story’s reference, or the address of a page of the web. Each annotation is made when it is
//! written, so that many take no more memory than their text.

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use super::entry::Entry;
use crate::model::{
    Bookmark, Highlight, Reference, Remark, SeriesId, Snapshot, Stamp, StoryId, percent_encoded,
};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'static str,
    total: usize,
    first: Page<'a>,
}

#[derive(Serialize)]
struct Page<'a> {
    id: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "startIndex")]
    start: usize,
    items: Items<'a>,
}

/// The annotations of these entries.
struct Items<'a>(&'a [Entry<'a>]);

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    created: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body<'a>>,
    target: Target<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    purpose: &'static str,
    format: &'static str,
}

#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: Source<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    selector: Vec<Selector<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'a str,
}

/// Where in its source a target is; each of several says the same.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    /// Section 4.2.4.
    #[serde(rename = "TextQuoteSelector")]
    Quote {
        exact: &'a str,
        prefix: &'a str,
        suffix: &'a str,
    },
    /// Section 4.2.1: a block of the story's text, counted from 1 as in a reference.
    #[serde(rename = "FragmentSelector")]
    Block {
        value: String,
        #[serde(rename = "refinedBy")]
        refined_by: Box<Selector<'a>>,
    },
    /// Section 4.2.5: characters, counted from 0, from the first to the one after the last.
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
}

pub(super) fn collection(entries: &[Entry<'_>]) -> String {
    let total = entries
        .iter()
        .map(|it| usize::from(it.bookmark.is_some()) + it.highlights.len());
    super::pretty(&Collection {
        context: CONTEXT,
        id: "urn:offprint:marks",
        kind: "AnnotationCollection",
        label: "Bookmarks and passages",
        total: total.sum(),
        first: Page {
            id: "urn:offprint:marks:1",
            kind: "AnnotationPage",
            start: 0,
            items: Items(entries),
        },
    })
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(None)?;
        for entry in self.0 {
            if let Some(it) = entry.bookmark {
                items.serialize_element(&bookmark(it))?;
            }
            for it in &entry.highlights {
                items.serialize_element(&highlight(it))?;
            }
        }
        items.end()
    }
}

fn bookmark(it: &Bookmark) -> Annotation<'_> {
    let name = [it.series.as_str(), it.story.as_str()].map(percent_encoded);
    let mut body: Vec<Body<'_>> = it.tags.iter().map(|tag| text(tag, "tagging")).collect();
    body.extend(remarks(&it.remark));
    let tagged = it.tags.marks().map(|(.., at)| at).max();
    let latest = it.life.latest().max(tagged.unwrap_or_default());
    Annotation {
        id: format!("urn:offprint:bookmark:{}", name.join(":")),
        kind: "Annotation",
        motivation: "bookmarking",
        created: it.saved().to_string(),
        modified: modified(it.saved(), latest, &it.remark),
        body,
        target: Target {
            kind: "SpecificResource",
            source: source(&it.series, &it.story, &it.was),
            selector: Vec::new(),
        },
    }
}

fn highlight(it: &Highlight) -> Annotation<'_> {
    let body: Vec<Body<'_>> = remarks(&it.remark).collect();
    let motivation = if body.is_empty() {
        "highlighting"
    } else {
        "commenting"
    };
    let anchor = &it.anchor;
    let mut selector = vec![Selector::Quote {
        exact: &anchor.quote,
        prefix: &anchor.before,
        suffix: &anchor.after,
    }];
    // A passage that goes over several texts has no one position in one of them.
    if !anchor.quote.contains("\n\n") {
        let end = anchor.offset.saturating_add(anchor.quote.chars().count());
        selector.push(Selector::Block {
            value: format!("block={}", anchor.block.saturating_add(1)),
            refined_by: Box::new(Selector::Position {
                start: anchor.offset,
                end,
            }),
        });
    }
    let latest = it.life.latest().max(it.colour.0);
    Annotation {
        id: format!("urn:offprint:highlight:{}", percent_encoded(it.id.as_str())),
        kind: "Annotation",
        motivation,
        created: it.life.made.to_string(),
        modified: modified(it.life.made, latest, &it.remark),
        body,
        target: Target {
            kind: "SpecificResource",
            source: source(&it.series, &it.story, &it.was),
            selector,
        },
    }
}

/// When something was last changed, if that was after it was made.
fn modified(made: Stamp, latest: Stamp, remark: &Remark) -> String {
    let written = remark.versions().next_back().map(|(at, _)| at);
    let latest = latest.max(written.unwrap_or_default());
    if latest > made {
        latest.to_string()
    } else {
        String::new()
    }
}

fn source<'a>(series: &SeriesId, story: &StoryId, was: &'a Snapshot) -> Source<'a> {
    let id = match was.web_address() {
        Some(address) => address.to_owned(),
        None => Reference::of_story(series, &was.edition, story).to_string(),
    };
    Source {
        id,
        kind: "Text",
        label: &was.headline,
    }
}

fn remarks(remark: &Remark) -> impl Iterator<Item = Body<'_>> {
    let versions = remark.versions().filter(|(_, text)| !text.is_empty());
    versions.map(|(_, note)| text(note, "commenting"))
}

fn text<'a>(value: &'a str, purpose: &'static str) -> Body<'a> {
    Body {
        kind: "TextualBody",
        value,
        purpose,
        format: "text/plain",
    }
}
