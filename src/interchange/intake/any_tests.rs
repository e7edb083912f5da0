//! Whatever a shelf holds comes back from its own JSON, and whatever a file holds is read without harm.

use proptest::prelude::*;

use super::*;
use crate::interchange::{ExportForm, export};
use crate::model::{
    Anchor, BookmarkChange, Colour, HighlightChange, HighlightId, Life, Remark, SeriesId, Snapshot,
    Stamp, StoryId, Tags,
};

const ON: Going<'static> = &|_, _| true;

fn stamp() -> impl Strategy<Value = Stamp> {
    prop_oneof![
        1 => Just(Stamp::NEVER),
        4 => (0i64..4_000_000_000_000).prop_map(Stamp::from_millis),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,12}", Just("a\n\"b\" \\ \u{2028}".to_owned())]
}

fn snapshot() -> impl Strategy<Value = Snapshot> {
    let texts = prop::collection::vec(text(), 7);
    (texts, prop::option::of(text())).prop_map(|(texts, published)| {
        let [
            edition,
            digest,
            headline,
            summary,
            publisher,
            pack_title,
            origin,
        ] = <[String; 7]>::try_from(texts).unwrap();
        Snapshot {
            edition,
            digest,
            headline,
            summary,
            publisher,
            pack_title,
            published,
            origin,
        }
    })
}

fn life() -> impl Strategy<Value = Life> {
    (stamp(), stamp(), stamp()).prop_map(|(made, removed, restored)| Life {
        made,
        removed,
        restored,
    })
}

fn remark() -> impl Strategy<Value = Remark> {
    let versions = prop::collection::vec((text(), stamp(), any::<bool>()), 0..4);
    versions.prop_map(|versions| {
        let mut remark = Remark::default();
        for (text, at, replaced) in versions {
            if replaced {
                remark.note_replaced(at);
            } else {
                remark.note(&text, at);
            }
        }
        remark
    })
}

fn tags() -> impl Strategy<Value = Tags> {
    let marks = prop::collection::vec(("[a-d,é ]{0,3}", any::<bool>(), stamp()), 0..5);
    marks.prop_map(|marks| {
        let mut tags = Tags::default();
        for (tag, there, at) in marks {
            tags.note(&tag, there, at);
        }
        tags
    })
}

fn bookmark() -> impl Strategy<Value = Bookmark> {
    let parts = ("[ab]", "[a-e]", snapshot(), life(), tags(), remark());
    parts.prop_map(|(series, story, was, life, tags, remark)| Bookmark {
        series: SeriesId::new(series),
        story: StoryId::new(story),
        was,
        life,
        tags,
        remark,
    })
}

fn highlight() -> impl Strategy<Value = Highlight> {
    let anchor = (text(), text(), text(), 0usize..9, any::<usize>());
    let anchor = anchor.prop_map(|(quote, before, after, block, offset)| Anchor {
        quote,
        before,
        after,
        block,
        offset,
    });
    let colour = (stamp(), prop::sample::select(&Colour::ALL[..]));
    let parts = (
        "[a-e]",
        "[ab]",
        anchor,
        snapshot(),
        colour,
        life(),
        remark(),
    );
    parts.prop_map(|(id, story, anchor, was, colour, life, remark)| Highlight {
        id: HighlightId::new(id),
        series: SeriesId::new("s"),
        story: StoryId::new(story),
        anchor,
        was,
        colour,
        remark,
        life,
    })
}

/// A folder of the reader's: each change is applied to its record.
fn shelf(bookmarks: &[Bookmark], highlights: &[Highlight]) -> (Vec<Bookmark>, Vec<Highlight>) {
    let mut kept = std::collections::BTreeMap::new();
    for it in bookmarks {
        let record = kept
            .entry((it.series.clone(), it.story.clone()))
            .or_default();
        BookmarkChange::Join(Box::new(it.clone())).apply(record);
    }
    let mut marked = std::collections::BTreeMap::new();
    for it in highlights {
        let record = marked
            .entry((it.series.clone(), it.id.clone()))
            .or_default();
        HighlightChange::Join(Box::new(it.clone())).apply(record);
    }
    let kept = kept.into_values().flatten().collect();
    (kept, marked.into_values().flatten().collect())
}

proptest! {
    #[test]
    fn json_gives_back_all_that_is_there(
        bookmarks in prop::collection::vec(bookmark(), 0..6),
        highlights in prop::collection::vec(highlight(), 0..6),
    ) {
        let (bookmarks, highlights) = shelf(&bookmarks, &highlights);
        let text = export(ExportForm::Json, &bookmarks, &highlights);
        let back = import(text.as_bytes(), ImportForm::Json, ON).unwrap();
        prop_assert_eq!(&back.doubts, &vec![]);
        let there = (
            bookmarks.iter().filter(|it| it.is_there()).cloned().collect::<Vec<_>>(),
            highlights.iter().filter(|it| it.is_there()).cloned().collect::<Vec<_>>(),
        );
        prop_assert_eq!(shelf(&back.bookmarks, &back.highlights), there);
        // What is read into a shelf that knows it already changes nothing.
        let twice = [&bookmarks[..], &back.bookmarks].concat();
        let marked = [&highlights[..], &back.highlights].concat();
        prop_assert_eq!(shelf(&twice, &marked), (bookmarks, highlights));
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        for bytes in [text.as_bytes(), &bytes] {
            ImportForm::recognise(bytes);
            for form in FORMS {
                _ = import(bytes, form, ON);
            }
        }
    }

    #[test]
    fn no_page_is_too_odd(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        let page = parts.concat();
        for form in FORMS {
            if let Ok(imported) = import(page.as_bytes(), form, ON) {
                // Reading it twice is reading it once.
                let once = shelf(&imported.bookmarks, &[]);
                let twice = [&imported.bookmarks[..], &imported.bookmarks].concat();
                prop_assert_eq!(shelf(&twice, &[]), once);
                let lines = page.lines().count().max(1);
                prop_assert!(imported.doubts.iter().all(|it| (1..=lines).contains(&it.line)));
            }
        }
    }

    #[test]
    fn every_row_is_a_bookmark_or_a_doubt(rows in prop::collection::vec(".{0,20}", 1..20)) {
        let quoted = |it: &String| format!("\"{}\",x\r\n", it.replace('"', "\"\""));
        let table = format!("url,title\r\n{}", rows.iter().map(quoted).collect::<Vec<_>>().concat());
        let imported = import(table.as_bytes(), ImportForm::PocketCsv, ON).unwrap();
        prop_assert_eq!(imported.bookmarks.len() + imported.doubts.len(), rows.len());
    }
}

const FORMS: [ImportForm; 6] = [
    ImportForm::Json,
    ImportForm::Ron,
    ImportForm::PocketCsv,
    ImportForm::PocketHtml,
    ImportForm::InstapaperCsv,
    ImportForm::Browser,
];

/// What pages and tables are made of, whole and in halves.
const PARTS: &[&str] = &[
    "<dl><p>",
    "</dl>",
    "<dt>",
    "<dd>",
    "<h3>",
    "</h3>",
    "<h1>",
    "</h1>",
    "<li>",
    "</li>",
    "<a ",
    "href=\"https://a.example/",
    "\"",
    "'",
    ">",
    "<",
    "=",
    "&amp;",
    "&#x",
    ";",
    "</a>",
    " ",
    "\n",
    "\r\n",
    ",",
    "|",
    "url,title,tags\n",
    "URL,Folder\n",
    "https://b.example/",
    "é",
    "🙂",
    "\u{0}",
    "1700000000",
    "<!--",
    "-->",
    "tags=",
    "add_date=\"99\"",
    "personal_toolbar_folder",
];
