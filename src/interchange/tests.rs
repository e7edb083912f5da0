//! Every form holds what is there, and takes no text for anything but text.

use serde_json::Value;

use super::*;
use crate::model::{
    Anchor, BookmarkChange, Colour, HighlightId, Life, Remark, SeriesId, Snapshot, Stamp, StoryId,
};

fn at(day: i64) -> Stamp {
    Stamp::from_millis(1_754_000_000_000 + day * 86_400_000)
}

fn was(headline: &str) -> Snapshot {
    Snapshot {
        edition: "2025-08-09".to_owned(),
        headline: headline.to_owned(),
        publisher: "Example Press".to_owned(),
        pack_title: "World Desk".to_owned(),
        origin: "/packs/desk.offprint".to_owned(),
        ..Snapshot::default()
    }
}

fn bookmark(story: &str, headline: &str, day: i64) -> Bookmark {
    let mut bookmark = Bookmark {
        series: SeriesId::new("org.example.desk"),
        story: StoryId::new(story),
        was: was(headline),
        life: Life::new(at(day)),
        ..Bookmark::default()
    };
    bookmark.tags.set("sea; land", true, at(day));
    bookmark.remark.write("Ask, “again”.\nThen = call", at(day));
    bookmark
}

fn highlight(story: &str, block: usize) -> Highlight {
    Highlight {
        id: HighlightId::new(format!("h{block}")),
        series: SeriesId::new("org.example.desk"),
        story: StoryId::new(story),
        anchor: Anchor {
            quote: "<b>words</b>, *these*".to_owned(),
            before: "the ".to_owned(),
            block,
            ..Anchor::default()
        },
        was: was("Passage only"),
        colour: (at(1), Colour::Blue),
        life: Life::new(at(1)),
        remark: Remark::default(),
    }
}

fn made(form: ExportForm) -> String {
    let mut gone = Some(bookmark("gone", "Taken away", 3));
    let story = StoryId::new("gone");
    BookmarkChange::Remove { story, at: at(4) }.apply(&mut gone);
    let bookmarks = [
        bookmark("old", "=SUM(A1), \"old\"", 1),
        bookmark("new", "<script>new</script>", 2),
        gone.unwrap(),
    ];
    let highlights = [
        highlight("new", 7),
        highlight("new", 2),
        highlight("other", 0),
    ];
    export(form, &bookmarks, &highlights)
}

#[test]
fn every_form_has_everything_that_is_there_and_nothing_that_is_not() {
    for form in ExportForm::ALL {
        let text = made(form);
        for part in ["org.example.desk", "Example Press", "words", "Ask", "land"] {
            // A web annotation and a link name what was read, not who printed it.
            let unsaid = matches!(form, ExportForm::Annotations | ExportForm::Netscape);
            let skip = unsaid && part == "Example Press";
            assert!(skip || text.contains(part), "{form}: {part}\n{text}");
        }
        assert!(!text.contains("Taken away"), "{form}");
        let place = |part: &str| {
            text.find(part)
                .unwrap_or_else(|| panic!("{form}: {part}\n{text}"))
        };
        // In JSON passages stand by themselves; in an annotation each says the headline anew.
        if !matches!(form, ExportForm::Json | ExportForm::Annotations) {
            assert!(place("new") < place("SUM"), "{form}");
            assert!(place("SUM") < place("Passage only"), "{form}");
        }
    }
}

#[test]
fn a_spreadsheet_runs_nothing_and_gets_every_line() {
    let text = made(ExportForm::Csv);
    assert!(text.contains(",\"'=SUM(A1), \"\"old\"\"\","));
    assert!(text.contains("\"Ask, “again”.\nThen = call\""));
    assert_eq!(text.matches("\r\n").count(), 1 + 2 + 3);
}

#[test]
fn a_page_has_no_tags_but_its_own() {
    let text = made(ExportForm::Html);
    assert!(text.contains("&lt;script&gt;new&lt;/script&gt;"));
    assert!(
        text.contains("<blockquote class=\"blue\">&lt;b&gt;words&lt;/b&gt;, *these*</blockquote>")
    );
    assert!(!text.contains("<script"));
    assert!(!text.contains("http"));
}

#[test]
fn markdown_takes_nothing_for_a_mark() {
    let text = made(ExportForm::Markdown);
    assert!(text.contains("## \\<script\\>new\\</script\\>"));
    assert!(text.contains("> \\<b\\>words\\</b\\>, \\*these\\*"));
    assert!(text.contains("Note: Ask, “again”.\\\nThen = call"));
}

#[test]
fn blanks_hide_no_mark() {
    let mut it = bookmark("x", " =cmd()", 1);
    it.remark.write("a\n # b\n - c\n===\n 1. d", at(9));
    let text = export(ExportForm::Markdown, &[it.clone()], &[]);
    assert!(
        text.contains("a\\\n\\# b\\\n\\- c\\\n\\===\\\n1\\. d"),
        "{text}"
    );
    let text = export(ExportForm::Csv, &[it], &[]);
    assert!(text.contains("\"' =cmd()\""), "{text}");
}

#[test]
fn json_is_json_and_passages_stand_in_the_order_of_the_text() {
    let json: Value = serde_json::from_str(&made(ExportForm::Json)).unwrap();
    assert_eq!(json["bookmarks"].as_array().unwrap().len(), 2);
    assert_eq!(json["bookmarks"][0]["tags"][0], "sea; land");
    assert_eq!(json["highlights"][0]["block"], 2);
    assert_eq!(json["highlights"][0]["colour"], "blue");
    let marks: Value = serde_json::from_str(&made(ExportForm::Annotations)).unwrap();
    assert_eq!(marks["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(marks["total"], 5);
    let items = marks["first"]["items"].as_array().unwrap();
    let passage = &items[1];
    assert_eq!(passage["motivation"], "highlighting");
    assert_eq!(passage["target"]["selector"][0]["prefix"], "the ");
    let position = &passage["target"]["selector"][1];
    assert_eq!(position["value"], "block=3");
    assert_eq!(position["refinedBy"]["type"], "TextPositionSelector");
    assert_eq!(position["refinedBy"]["start"], 0);
    assert_eq!(position["refinedBy"]["end"], 21);
    let source = "offprint:org.example.desk/2025-08-09/new";
    assert_eq!(passage["target"]["source"]["id"], source);
    assert_eq!(items[0]["body"][0]["purpose"], "tagging");
    assert!(items[0].get("modified").is_none(), "{}", items[0]);
}

#[test]
fn what_changed_later_and_what_is_not_known_is_said() {
    let mut it = bookmark("x", "A story", 1);
    it.was.edition.clear();
    it.remark.write("Once more", at(5));
    let mut web = bookmark("y", "Elsewhere", 1);
    "https://example.org/y".clone_into(&mut web.was.origin);
    let mut long = highlight("x", 0);
    "One.\n\nTwo.".clone_into(&mut long.anchor.quote);
    let text = export(ExportForm::Annotations, &[it, web], &[long]);
    let marks: Value = serde_json::from_str(&text).unwrap();
    let items = &marks["first"]["items"];
    assert_eq!(items[0]["created"], at(1).to_string());
    assert_eq!(items[0]["modified"], at(5).to_string());
    let source = |at: usize| &items[at]["target"]["source"]["id"];
    assert_eq!(*source(0), "offprint:org.example.desk//x");
    assert_eq!(*source(2), "https://example.org/y");
    // Over several texts it has no one place in one of them.
    let selector = items[1]["target"]["selector"].as_array();
    assert_eq!(selector.map(Vec::len), Some(1));
}

#[test]
fn nothing_marked_is_an_empty_document() {
    for form in ExportForm::ALL {
        assert!(!export(form, &[], &[]).is_empty());
    }
}
