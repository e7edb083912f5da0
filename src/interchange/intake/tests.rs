//! Every form is known by its content and read with all that is in it; nothing is dropped in silence, and no text ends the program.

use super::*;
use crate::interchange::{ExportForm, export};
use crate::model::{SeriesId, Snapshot, StoryId};

const ON: Going<'static> = &|_, _| true;

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/imports/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

/// What was read, a line a bookmark: address, headline, time, tags, note.
fn told(imported: &Imported) -> Vec<String> {
    let bookmarks = imported.bookmarks.iter().map(|it| {
        let tags: Vec<&str> = it.tags.iter().collect();
        let note = it.remark.text().replace('\n', "/");
        let (was, saved) = (&it.was, it.saved());
        let tags = tags.join("|");
        assert!(it.web_address().is_some(), "{it:?}");
        assert_eq!(it.series.as_str(), "web");
        format!("{} {} {saved} [{tags}] {note}", was.origin, was.headline)
    });
    bookmarks.collect()
}

fn doubts(imported: &Imported) -> Vec<String> {
    imported.doubts.iter().map(ToString::to_string).collect()
}

fn read(bytes: &[u8]) -> Imported {
    let form = ImportForm::recognise(bytes).unwrap();
    import(bytes, form, ON).unwrap()
}

#[test]
fn pocket_csv() {
    let bytes = fixture("pocket.csv");
    assert_eq!(ImportForm::recognise(&bytes), Some(ImportForm::PocketCsv));
    let imported = read(&bytes);
    assert_eq!(
        told(&imported),
        [
            "https://example.org/harbour?page=1&from=home The harbour, rebuilt 2023-11-14T22:13:20Z [long read|sea] ",
            "https://example.org/archive An archived one 2023-11-14T22:15:00Z [archive] ",
            "https://example.net/ Say \"no\" 2023-11-14T22:16:40Z [sea] ",
            "https://example.org/bad-time Bad time  [] ",
        ]
    );
    assert_eq!(
        doubts(&imported),
        [
            "line 5: “No address” has no address",
            "line 6: the time “soon” is not understood; imported without",
        ]
    );
    // Tags have the time of the link, not the present.
    let tags: Vec<_> = imported.bookmarks[0].tags.marks().collect();
    let saved = imported.bookmarks[0].saved();
    assert!(tags.iter().all(|(_, there, at)| *there && *at == saved));
}

#[test]
fn pocket_html() {
    let bytes = fixture("pocket.html");
    assert_eq!(ImportForm::recognise(&bytes), Some(ImportForm::PocketHtml));
    let imported = read(&bytes);
    assert_eq!(
        told(&imported),
        [
            "https://example.org/harbour?page=1&from=home The harbour, rebuilt 2023-11-14T22:13:20Z [long read|sea] ",
            "https://example.net/no-tags Tides & times 2023-11-14T22:16:40Z [] ",
            "https://example.org/archive An archived one 2023-11-14T22:15:00Z [archive] ",
        ]
    );
    assert_eq!(
        doubts(&imported),
        ["line 12: this is no address of the web: ftp://example.org/file"]
    );
    // The same links in both of Pocket's forms are the same bookmarks.
    let table = read(&fixture("pocket.csv"));
    assert_eq!(imported.bookmarks[0], table.bookmarks[0]);
    assert_eq!(imported.bookmarks[2], table.bookmarks[1]);
}

#[test]
fn instapaper_csv() {
    let bytes = fixture("instapaper.csv");
    let form = ImportForm::recognise(&bytes);
    assert_eq!(form, Some(ImportForm::InstapaperCsv));
    let imported = read(&bytes);
    assert_eq!(
        told(&imported),
        [
            "https://example.org/harbour The harbour 2023-11-14T22:13:20Z [long read|sea] The pier was the first thing/they rebuilt.",
            "https://example.org/archive An archived one 2023-11-14T22:15:00Z [Archive] ",
            "https://example.net/liked Liked, and filed 2023-11-14T22:16:40Z [Starred] ",
            "https://example.org/odd-tags Odd tags 2023-11-14T22:20:00Z [] ",
        ]
    );
    assert_eq!(
        doubts(&imported),
        [
            "line 6: this is no address of the web: example.org/no-scheme",
            "line 7: the tags are not understood; imported without",
        ]
    );
}

#[test]
fn browser_bookmarks() {
    let bytes = fixture("browser.html");
    assert_eq!(ImportForm::recognise(&bytes), Some(ImportForm::Browser));
    let imported = read(&bytes);
    assert_eq!(
        told(&imported),
        [
            "https://example.org/top Not in a folder 2023-11-14T22:13:20Z [] ",
            "https://example.org/harbour The harbour 2023-11-14T22:15:00Z [Sea & land|long read|pier] Ask about the pier./Then write.",
            "https://example.org/tides Tides 2023-11-14T22:16:40Z [Sea & land|Tides] ",
            "https://example.net/toolbar On the toolbar 2023-11-14T22:20:00Z [] ",
        ]
    );
    assert_eq!(
        doubts(&imported),
        [
            "line 11: what is written about the folder “Sea & land” was left out",
            "line 21: this is no address of the web: javascript:alert('x')",
            "line 27: this is no address of the web: place:sort=8&maxResults=10",
        ]
    );
}

#[test]
fn what_a_file_is_stands_in_it() {
    let cases = [
        ("\u{FEFF} {\"kind\": 1}", Some(ImportForm::Json)),
        ("// mine\n\nBookmarks(\n", Some(ImportForm::Ron)),
        ("Highlights (version: 1)", Some(ImportForm::Ron)),
        ("Bookmarks are good", None),
        ("url\nhttps://a.example", Some(ImportForm::PocketCsv)),
        ("\"Title\";\"URL\"\n", Some(ImportForm::PocketCsv)),
        ("URL,Timestamp\n", Some(ImportForm::InstapaperCsv)),
        ("<dl><dt><a href=x>", Some(ImportForm::Browser)),
        ("<html><p>Hello", None),
        ("", None),
        ("hello, world", None),
        ("%PDF-1.7", None),
    ];
    for (text, form) in cases {
        assert_eq!(ImportForm::recognise(text.as_bytes()), form, "{text:?}");
    }
    let wide: Vec<u8> = "\u{FEFF}url\nhttps://a.example"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        told(&read(&wide)),
        ["https://a.example/ https://a.example/  [] "]
    );
}

#[test]
fn bytes_that_are_no_text_and_columns_in_any_order() {
    let imported =
        read(b"\xEF\xBB\xBFtags,URL\r\na|b,https://a.example/\r\n\xFF,https://b.example/");
    assert_eq!(
        told(&imported),
        [
            "https://a.example/ https://a.example/  [a|b] ",
            "https://b.example/ https://b.example/  [\u{FFFD}] ",
        ]
    );
    assert_eq!(imported.doubts, []);
}

#[test]
fn what_is_too_much_or_not_the_form_is_told() {
    let fails = |text: &str, form| import(text.as_bytes(), form, ON).unwrap_err().to_string();
    let cases = [
        (
            "title\nx",
            ImportForm::PocketCsv,
            "Line 1: the first row should name",
        ),
        (
            "",
            ImportForm::InstapaperCsv,
            "Line 1: the first row should name",
        ),
        (
            "{\n\"kind\": \"x\"}",
            ImportForm::Json,
            "its `kind` should be",
        ),
        (
            "{\n\"bookmarks\": [}",
            ImportForm::Json,
            "Line 2: this is no JSON",
        ),
        ("[]", ImportForm::Json, "this JSON is not of Offprint’s"),
    ];
    for (text, form, part) in cases {
        let told = fails(text, form);
        assert!(told.contains(part), "{text:?}: {told}");
    }
    let many = "url\n".to_owned() + &"x\n".repeat(MAX_IMPORT_ENTRIES + 1);
    assert!(fails(&many, ImportForm::PocketCsv).contains("more than 1000000 entries"));
    let large = vec![b' '; MAX_IMPORT_BYTES + 1];
    let error = import(&large, ImportForm::PocketCsv, ON);
    assert_eq!(error, Err(ImportError::TooLarge));
    for form in [ImportForm::PocketCsv, ImportForm::Browser] {
        let stopped = import(b"<a url\nx\n", form, &|_, _| false);
        assert!(stopped.is_err(), "{form}");
    }
    let stopped = import(&fixture("browser.html"), ImportForm::Browser, &|_, _| false);
    assert_eq!(stopped, Err(ImportError::Cancelled));
}

#[test]
fn records_of_json_that_are_none_are_told_with_their_line() {
    let text = r#"{"kind": "offprint-marks", "version": 2, "bookmarks": [
        {"series": "a", "story": "s", "saved": "2025-08-09T00:00:00Z", "tags": ["old"]},
        {"series": "a",
         "story": 7},
        {"series": "a", "story": ""},
        {"series": "a", "story": "t", "saved": "soon", "more": {}}
    ]}"#;
    let imported = read(text.as_bytes());
    let stories = imported.bookmarks.iter().map(|it| it.story.as_str());
    assert_eq!(stories.collect::<Vec<_>>(), ["s", "t"]);
    // The first versions did not write when a tag was given.
    let tag = imported.bookmarks[0].tags.marks().next();
    assert_eq!(tag, Some(("old", true, imported.bookmarks[0].saved())));
    let doubts = doubts(&imported);
    assert_eq!(doubts.len(), 4, "{doubts:#?}");
    assert!(doubts[0].starts_with("line 1: a newer Offprint"));
    assert!(
        doubts[1].starts_with("line 4: this entry is not one (invalid type"),
        "{doubts:#?}"
    );
    assert!(doubts[2].starts_with("line 5: this entry is not one (it does not say"));
    assert!(doubts[3].starts_with("line 6: the time “soon”"));
}

#[test]
fn a_million_unclosed_marks_take_no_time_to_speak_of() {
    for part in [
        "<a href=\"",
        "<!--",
        "<a b='",
        "\"",
        "<dl>",
        "&",
        "<",
        "<h3>x<dd>y",
    ] {
        let text = format!("<a x>\n{}", part.repeat(300_000));
        for form in [ImportForm::Browser, ImportForm::PocketHtml] {
            import(text.as_bytes(), form, ON).unwrap();
        }
        let table = format!("url\n{}", part.repeat(300_000));
        import(table.as_bytes(), ImportForm::PocketCsv, ON).unwrap();
    }
}

#[test]
fn what_browsers_are_given_comes_back() {
    let mut bookmark = read(&fixture("browser.html")).bookmarks.remove(1);
    bookmark.was.headline = "A <b> & \"c\"".to_owned();
    let page = export(ExportForm::Netscape, &[bookmark.clone()], &[]);
    let back = read(page.as_bytes());
    assert_eq!(
        (back.bookmarks, back.doubts),
        (vec![bookmark.clone()], vec![])
    );
    // A story of a pack is known by its reference.
    bookmark.series = SeriesId::new("org.example.desk");
    bookmark.story = StoryId::new("storm");
    bookmark.was = Snapshot {
        edition: "2025-08-09".to_owned(),
        headline: "A storm".to_owned(),
        ..Snapshot::default()
    };
    let page = export(ExportForm::Netscape, &[bookmark.clone()], &[]);
    let back = read(page.as_bytes());
    assert_eq!((back.bookmarks, back.doubts), (vec![bookmark], vec![]));
}
