//! Every form of a citation, of stories that are well and of such as somebody wrote to break it.

use serde_json::{Value, json};

use super::*;
use crate::model::{Clipped, SeriesId, StoryId};

const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn info() -> EditionInfo {
    EditionInfo {
        series: SeriesId::new("org.example.desk"),
        edition: "2025-08-09".into(),
        title: "The Desk".into(),
        summary: String::new(),
        language: "en".into(),
        published: Date::parse("2025-08-09T06:00:00Z"),
        publisher: "Desk & Sons".into(),
        publisher_url: String::new(),
        rights: String::new(),
        cover: None,
        excerpt: false,
    }
}

fn story() -> Story {
    Story {
        id: StoryId::new("storm"),
        section: 0,
        headline: "A storm came".into(),
        summary: String::new(),
        byline: vec!["Ada Mair".into(), "Bo Öst".into()],
        published: Date::parse("2025-08-08T22:00:00Z"),
        updated: None,
        thumbnail: None,
        tags: vec![],
        related: vec![],
        source: Some("https://example.org/storm_1?a=b&c#d".into()),
        brief: false,
        clipped: None,
    }
}

fn today() -> Option<Date> {
    Date::parse("2025-09-01")
}

fn cited(change: impl FnOnce(&mut EditionInfo, &mut Story)) -> Citation {
    let (mut info, mut story) = (info(), story());
    change(&mut info, &mut story);
    Citation::of(&info, &story, HEX, None, today())
}

#[test]
fn a_sentence_says_who_what_where_and_when() {
    let reference = format!("offprint:org.example.desk/2025-08-09/storm?sha256={HEX}");
    let cases = [
        (
            cited(|_, _| {}),
            format!(
                "Ada Mair and Bo Öst, “A storm came”, The Desk, edition 2025-08-09, Desk & Sons, 8 August 2025, https://example.org/storm_1?a=b&c#d (read 1 September 2025), {reference}"
            ),
        ),
        (
            // The edition is the day, and the publisher the pack.
            cited(|info, story| {
                story.published = None;
                story.source = None;
                story.byline.clear();
                info.publisher = "The Desk".into();
            }),
            format!("“A storm came”, The Desk, 9 August 2025, {reference}"),
        ),
        (
            cited(|info, story| {
                story.byline = ["A", "B", "C"].map(Into::into).into();
                story.published = None;
                story.source = None;
                info.published = None;
                info.edition = String::new();
                info.title = String::new();
                info.publisher = String::new();
            }),
            format!(
                "A, B and C, “A storm came”, org.example.desk, offprint:org.example.desk//storm?sha256={HEX}"
            ),
        ),
    ];
    for (cited, sentence) in cases {
        assert_eq!(cited.write(CitationForm::Text), sentence);
    }
}

#[test]
fn the_words_come_first_and_the_reference_leads_to_them() {
    let quoted = Quoted::new(3, "The wind\nrose.");
    let cited = Citation::of(&info(), &story(), "", Some(&quoted), None);
    let text = cited.write(CitationForm::Text);
    assert!(
        text.starts_with("“The wind rose.”\n— Ada Mair and Bo Öst, “A storm came”, "),
        "{text}"
    );
    let reference = "offprint:org.example.desk/2025-08-09/storm?block=4";
    assert!(text.ends_with(reference), "{text}");
    assert!(!text.contains("read"), "{text}");
    assert_eq!(cited.write(CitationForm::Reference), reference);
    let bibtex = cited.write(CitationForm::Bibtex);
    assert!(
        bibtex.contains("annote    = {“The wind rose.”},"),
        "{bibtex}"
    );
    let csl: Value = serde_json::from_str(&cited.write(CitationForm::Csl)).unwrap();
    assert_eq!(csl[0]["annote"], "“The wind rose.”");
    assert_eq!(csl[0]["note"], reference);
}

#[test]
fn bibtex_has_its_fields_and_escapes_what_means_something() {
    let entry = cited(|_, _| {}).write(CitationForm::Bibtex);
    let expected = format!(
        "\
@article{{mair2025storm,
  author    = {{{{Ada Mair}} and {{Bo Öst}}}},
  title     = {{{{A storm came}}}},
  journal   = {{The Desk}},
  number    = {{2025-08-09}},
  publisher = {{Desk \\& Sons}},
  year      = {{2025}},
  month     = aug,
  day       = {{8}},
  url       = {{https://example.org/storm_1?a=b&c#d}},
  urldate   = {{2025-09-01}},
  note      = {{offprint:org.example.desk/2025-08-09/storm?sha256={HEX}}},
}}"
    );
    assert_eq!(entry, expected);

    let cases = [
        ("50 % & #1_a $2", "50 \\% \\& \\#1\\_a \\$2"),
        ("{", "\\textbraceleft{}"),
        (
            "}}, evil = {",
            "\\textbraceright{}\\textbraceright{}, evil = \\textbraceleft{}",
        ),
        (
            "\\input{x}",
            "\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}",
        ),
        ("a~b^c", "a\\textasciitilde{}b\\textasciicircum{}c"),
        ("<b>|", "\\textless{}b\\textgreater{}\\textbar{}"),
        (
            "line\r\n@article{x,\u{0}",
            "line @article\\textbraceleft{}x,",
        ),
    ];
    for (headline, title) in cases {
        let entry = cited(|_, story| story.headline = headline.into()).write(CitationForm::Bibtex);
        assert!(
            entry.contains(&format!("title     = {{{{{title}}}}},\n")),
            "{entry}"
        );
    }
}

#[test]
fn no_field_breaks_out_of_its_entry() {
    let evil = "}\n}@comment{ \\ { \" ' %\n~# <x> \u{7} =,";
    let all = cited(|info, story| {
        story.headline = evil.into();
        story.byline = vec![evil.into(), " \n ".into(), "and".into()];
        story.source = Some(format!("https://example.org/{evil}"));
        story.id = StoryId::new(evil);
        for text in [&mut info.title, &mut info.publisher, &mut info.edition] {
            *text = evil.into();
        }
        info.publisher.push('2');
        info.series = SeriesId::new(evil);
    });
    let entry = all.write(CitationForm::Bibtex);
    let mut depth = 0_i32;
    for (at, c) in entry.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        assert!(
            depth > 0 || at == entry.len() - 1 || at < 9,
            "{at}: {entry}"
        );
    }
    assert_eq!(depth, 0, "{entry}");
    assert_eq!(entry.lines().count(), 13, "{entry}");
    // A comment in TeX begins with a % that is not escaped; an address is not set by TeX.
    for line in entry.lines().filter(|line| !line.starts_with("  url")) {
        let bare = line.replace("\\%", "");
        assert!(!bare.contains('%'), "{line}");
    }

    let csl: Value = serde_json::from_str(&all.write(CitationForm::Csl)).unwrap();
    assert_eq!(csl[0]["author"].as_array().unwrap().len(), 2);
    let text = all.write(CitationForm::Text);
    assert_eq!(text.lines().count(), 1, "{text}");
    let back = text.rsplit(' ').next().unwrap();
    assert_eq!(Reference::parse(back), Ok(all.reference));
}

#[test]
fn the_key_is_plain_and_says_who_when_and_what() {
    let cases: [(&[&str], &str, &str, &str); 8] = [
        (&["Ada Mair"], "A storm came", "Desk", "mair2025storm"),
        (
            &["José Ñandú-Pérez"],
            "¿Qué pasó ayer?",
            "Desk",
            "perez2025paso",
        ),
        (&[], "A storm came", "Desk & Sons", "desk2025storm"),
        (&[], "It is so", "", "the2025it"),
        (&["Анна Ким"], "Шторм", "Desk", "desk2025storm"),
        (&["李 明"], "暴風", "新聞", "the2025storm"),
        (&["O’Neill"], "“Storm’s end”", "Desk", "oneill2025storms"),
        (&["}{"], "%%%%%", "\\", "the2025storm"),
    ];
    for (byline, headline, publisher, key) in cases {
        let cited = cited(|info, story| {
            story.byline = byline.iter().map(|&name| name.into()).collect();
            story.headline = headline.into();
            info.publisher = publisher.into();
        });
        assert_eq!(cited.key(), key, "{byline:?} {headline}");
    }
    assert_eq!(Citation::default().key(), "story");
    let long = cited(|_, story| story.headline = "a".repeat(5000));
    assert!(long.key().len() < 60);
}

#[test]
fn csl_is_one_item_with_the_names_of_its_schema() {
    let csl: Value = serde_json::from_str(&cited(|_, _| {}).write(CitationForm::Csl)).unwrap();
    let expected = json!([{
        "id": "mair2025storm",
        "type": "article-newspaper",
        "title": "A storm came",
        "author": [{"literal": "Ada Mair"}, {"literal": "Bo Öst"}],
        "container-title": "The Desk",
        "issue": "2025-08-09",
        "publisher": "Desk & Sons",
        "issued": {"date-parts": [[2025, 8, 8]]},
        "URL": "https://example.org/storm_1?a=b&c#d",
        "accessed": {"date-parts": [[2025, 9, 1]]},
        "language": "en",
        "note": format!("offprint:org.example.desk/2025-08-09/storm?sha256={HEX}"),
    }]);
    assert_eq!(csl, expected);

    let bare = cited(|info, story| {
        story.byline.clear();
        story.source = None;
        story.published = None;
        info.published = None;
        info.publisher.clear();
        info.language.clear();
    });
    let csl: Value = serde_json::from_str(&bare.write(CitationForm::Csl)).unwrap();
    let names: Vec<&String> = csl[0].as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        ["container-title", "id", "issue", "note", "title", "type"]
    );
}

#[test]
fn a_story_from_elsewhere_is_cited_as_it_was_there() {
    let clipped = |digest: &str| Clipped {
        series: SeriesId::new("org.example.other"),
        story: StoryId::new("there"),
        edition: "7".into(),
        title: "The Other".into(),
        published: Date::parse("2025-07-01"),
        publisher: "Others".into(),
        rights: String::new(),
        digest: digest.into(),
    };
    let of = |digest: &str| {
        cited(|_, story| {
            story.published = None;
            story.source = None;
            story.clipped = Some(Box::new(clipped(digest)));
        })
    };
    let sentence = format!(
        "Ada Mair and Bo Öst, “A storm came”, The Other, edition 7, Others, 1 July 2025, offprint:org.example.other/7/there?sha256={HEX}"
    );
    assert_eq!(of(HEX).write(CitationForm::Text), sentence);
    assert_eq!(of("nonsense&block=2").reference.digest, "");
    assert_eq!(of("nonsense").language, "");
}

#[test]
fn quotation_marks_are_not_doubled() {
    for (words, marked) in [
        ("The wind rose.", "“The wind rose.”"),
        ("“The wind rose.”", "“The wind rose.”"),
        ("«Le vent.»", "«Le vent.»"),
        ("“Yes,” he said, “no.”", "““Yes,” he said, “no.””"),
        ("“", "““”"),
        ("", "“”"),
    ] {
        assert_eq!(in_marks(words), marked);
    }
}
