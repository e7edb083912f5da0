//! Web annotations: the W3C Web Annotation Data Model and Vocabulary (Recommendations of 23 February 2017), as JSON-LD.
//!
//! A bookmark is an annotation with the motivation `bookmarking`, a passage one with `highlighting`, or `commenting` where a note is
//! beside it. The source of a target is the story's reference.

use serde_json::{Map, Value, json};

use super::entry::Entry;
use crate::model::{
    Bookmark, Highlight, Reference, Remark, SeriesId, Snapshot, StoryId, percent_encoded,
};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

pub(super) fn collection(entries: &[Entry<'_>]) -> String {
    let mut items: Vec<Value> = Vec::new();
    for entry in entries {
        items.extend(entry.bookmark.map(bookmark));
        items.extend(entry.highlights.iter().map(|it| highlight(it)));
    }
    super::pretty(&json!({
        "@context": CONTEXT,
        "id": "urn:offprint:marks",
        "type": "AnnotationCollection",
        "label": "Bookmarks and passages",
        "total": items.len(),
        "first": {
            "id": "urn:offprint:marks:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }))
}

fn bookmark(it: &Bookmark) -> Value {
    let mut bodies: Vec<Value> = it.tags.iter().map(|tag| text(tag, "tagging")).collect();
    bodies.extend(remarks(&it.remark));
    let source = source(&it.series, &it.story, &it.was);
    let name = [it.series.as_str(), it.story.as_str()].map(percent_encoded);
    let id = format!("urn:offprint:bookmark:{}", name.join(":"));
    annotation(id, "bookmarking", &it.saved().to_string(), bodies, source)
}

fn highlight(it: &Highlight) -> Value {
    let bodies: Vec<Value> = remarks(&it.remark).collect();
    let motivation = if bodies.is_empty() {
        "highlighting"
    } else {
        "commenting"
    };
    let mut target = source(&it.series, &it.story, &it.was);
    let anchor = &it.anchor;
    target["selector"] = json!({
        "type": "TextQuoteSelector",
        "exact": anchor.quote,
        "prefix": anchor.before,
        "suffix": anchor.after,
    });
    let id = format!("urn:offprint:highlight:{}", percent_encoded(it.id.as_str()));
    annotation(id, motivation, &it.life.made.to_string(), bodies, target)
}

fn annotation(
    id: String,
    motivation: &str,
    created: &str,
    bodies: Vec<Value>,
    target: Value,
) -> Value {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), id.into());
    fields.insert("type".to_owned(), "Annotation".into());
    fields.insert("motivation".to_owned(), motivation.into());
    if !created.is_empty() {
        fields.insert("created".to_owned(), created.into());
    }
    if !bodies.is_empty() {
        fields.insert("body".to_owned(), bodies.into());
    }
    fields.insert("target".to_owned(), target);
    fields.into()
}

fn source(series: &SeriesId, story: &StoryId, was: &Snapshot) -> Value {
    json!({
        "type": "SpecificResource",
        "source": {
            "id": Reference::of_story(series, &was.edition, story).to_string(),
            "type": "Text",
            "label": was.headline,
        },
    })
}

fn remarks(remark: &Remark) -> impl Iterator<Item = Value> {
    let versions = remark.versions().filter(|(_, text)| !text.is_empty());
    versions.map(|(_, note)| text(note, "commenting"))
}

fn text(value: &str, purpose: &str) -> Value {
    json!({"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"})
}
