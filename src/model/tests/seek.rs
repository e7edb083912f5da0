//! References are followed: into the open pack, into one that is known, or nowhere.

use crate::article::parse;

use super::*;

const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn follow(desk: &mut Desk, reference: &str) -> Vec<Effect> {
    let reference = Reference::parse(reference).expect("a reference");
    desk.hear(Event::HandedOver(vec![Destination::Place(reference)]))
}

/// The packs that are opened for a reference, none of which can be, until it is given up.
fn tried(desk: &mut Desk, reference: &str) -> Vec<String> {
    let mut tried = Vec::new();
    let mut effects = follow(desk, reference);
    loop {
        effects = match &effects[..] {
            [Effect::Open(_, origin)] => {
                tried.push(origin.typed().display().to_string());
                desk.fail("It is gone.")
            }
            [Effect::LoadAllMarks] => {
                tried.push("marks".to_owned());
                desk.hear(Event::AllMarks(vec![]))
            }
            [] => return tried,
            _ => panic!("{effects:?}"),
        }
    }
}

fn recent(series: &str, edition: &str, path: &str) -> RecentPack {
    RecentPack {
        path: path.to_owned(),
        title: format!("The {series}"),
        series: series.to_owned(),
        edition: edition.to_owned(),
        opened: NOW.to_owned(),
    }
}

fn bookmark(series: &str, story: &str, edition: &str, origin: &str) -> Bookmark {
    Bookmark {
        series: SeriesId::new(series),
        story: StoryId::new(story),
        was: Snapshot {
            edition: edition.to_owned(),
            origin: origin.to_owned(),
            ..Snapshot::default()
        },
        ..Bookmark::default()
    }
}

/// The body of the story on the page comes.
fn give_body(desk: &mut Desk, markdown: &str, digest: &str) {
    let key = desk.pack().key;
    let id = desk.model.story_id().expect("a story").clone();
    let body = StoryBody {
        body: parse(markdown),
        digest: digest.to_owned(),
        ..StoryBody::default()
    };
    desk.hear(Event::Body(key, id, Ok(body.into())));
}

#[test]
fn a_story_of_the_open_pack_is_shown_at_once() {
    let mut desk = Desk::new(&[3]);
    let effects = follow(&mut desk, "offprint:sample/1/s1?block=2");
    assert!(asked(&effects).contains(&"s1"), "{effects:?}");
    assert_eq!(desk.place(), "sample s1");
    let first = desk.model.target.clone().expect("a target");
    follow(&mut desk, "offprint:sample//s1?block=2");
    let second = desk.model.target.clone().expect("a target");
    assert_eq!(first.reference.block, Some(1));
    assert!(first.number != second.number, "it is gone to once more");
    give_body(&mut desk, "One.\n\nTwo.", HEX);
    assert_eq!(desk.titles(), [""; 0]);
    desk.act(Action::Back);
    assert_eq!(desk.place(), "sample front");
}

#[test]
fn packs_are_tried_the_likeliest_first() {
    let mut desk = Desk::new(&[3]);
    desk.model.recent.entries = vec![
        recent("news", "3", "news-3"),
        recent("other", "2", "other-2"),
        recent("news", "2", "news-2"),
        recent("", "2", "unknown"),
        recent("news", "4", "news-4"),
    ];
    desk.hear(Event::Marks(
        SeriesId::new("news"),
        vec![
            bookmark("news", "s7", "2", "marked-2"),
            bookmark("news", "s8", "1", "marked-1"),
            bookmark("news", "s9", "3", "news-3"),
            bookmark("news", "s9b", "3", ""),
        ],
        vec![],
    ));
    let copy = |story: &str, path: &str| (SeriesId::new("news"), StoryId::new(story), path.into());
    let copies = vec![copy("s1", "copy"), copy("s2", "copy of another")];
    desk.hear(Event::Copies(CopyEvent::Listed(copies, vec![])));

    let order = [
        "news-2", "marked-2", "copy", "news-4", "news-3", "marked-1", "marks",
    ];
    assert_eq!(tried(&mut desk, "offprint:news/2/s1"), order);
    assert_eq!(desk.titles(), ["The story is in no pack at hand"]);
    assert_eq!(
        desk.texts(),
        [
            "It is “s1” of “The news”, edition 2. The editions opened lately do not have it, or are not where they were: open the one that has it and go there again."
        ]
    );
    assert_eq!(desk.place(), "sample front", "what is open stays");

    // Any edition will do where none is named; and the marks are read but once.
    let order = ["news-4", "news-3", "news-2", "marked-2", "marked-1"];
    assert_eq!(tried(&mut desk, "offprint:news//s9"), order);
    assert_eq!(desk.titles().len(), 1, "the older one is taken away");
}

#[test]
fn a_pack_that_bookmarks_came_from_is_found_when_they_are_read() {
    let mut desk = Desk::new(&[3]);
    let effects = follow(&mut desk, "offprint:far/9/s1");
    assert_eq!(effects, [Effect::LoadAllMarks]);
    let marks = vec![bookmark("far", "s5", "9", "far-9")];
    desk.hear(Event::SomeMarks(marks, vec![]));
    let effects = desk.hear(Event::AllMarks(vec![]));
    let there = Origin::Path("far-9".into());
    assert!(
        matches!(&effects[..], [Effect::Open(_, origin)] if *origin == there),
        "{effects:?}"
    );
    desk.give(&sample_of("far", &[3]), |_| {});
    assert_eq!(desk.place(), "far s1");
}

#[test]
fn what_comes_with_the_program_needs_no_path() {
    for (reference, word) in [
        ("offprint:org.offprint.guide/1/keys", "guide"),
        ("offprint:org.offprint.world-desk/1/a", "world-desk"),
    ] {
        let mut desk = Desk::new(&[1]);
        assert_eq!(tried(&mut desk, reference), [word, "marks"]);
    }
}

#[test]
fn a_pack_that_lost_the_story_or_became_another_is_passed_by() {
    let mut desk = Desk::new(&[3]);
    desk.model.recent.entries = vec![
        recent("news", "3", "a"),
        recent("news", "3", "b"),
        recent("news", "3", "c"),
    ];
    follow(&mut desk, "offprint:news/3/s4");
    let effects = desk.give(&sample_of("else", &[9]), |_| {});
    assert!(
        matches!(effects[..], [Effect::Close(_), Effect::Open(..)]),
        "{effects:?}"
    );
    let effects = desk.give(&sample_of("news", &[2]), |_| {});
    assert!(
        matches!(effects[..], [Effect::Close(_), Effect::Open(..)]),
        "{effects:?}"
    );
    assert_eq!(desk.place(), "sample front");
    desk.give(&sample_of("news", &[9]), |_| {});
    assert_eq!(desk.place(), "news s4");
    desk.act(Action::Back);
    let there = desk.model.opening.clone().expect("the pack before");
    assert_eq!(
        there.origin,
        path("sample"),
        "the way back leads over no pack that was tried"
    );
}

#[test]
fn what_is_not_what_was_cited_is_told() {
    let told = |reference: &str, markdown: &str, digest: &str| {
        let mut desk = Desk::new(&[4]);
        follow(&mut desk, reference);
        // The open pack is of edition 1; bookmarks may lead to others.
        if desk.model.story_id().is_none() {
            desk.hear(Event::AllMarks(vec![]));
        }
        give_body(&mut desk, markdown, digest);
        desk.texts().concat()
    };
    let cases = [
        ("offprint:sample/1/s2", "One.", "", ""),
        ("offprint:sample/1/s2?block=1&sha256=HEX", "One.", HEX, ""),
        (
            "offprint:sample/1/s2?sha256=HEX",
            "One.",
            "other",
            "The story has changed since.",
        ),
        (
            "offprint:sample/1/s2?block=3",
            "One.",
            "",
            "It has no block 3 here.",
        ),
        (
            "offprint:sample/0/s2?block=2&sha256=HEX",
            "One.",
            "other",
            "The reference is to edition 0; this is edition 1, the one at hand. The story has changed since. It has no block 2 here.",
        ),
    ];
    for (reference, markdown, digest, text) in cases {
        let reference = reference.replace("HEX", HEX);
        assert_eq!(told(&reference, markdown, digest), text, "{reference}");
    }
}

#[test]
fn a_text_that_cannot_be_read_is_no_changed_one() {
    let mut desk = Desk::new(&[4]);
    follow(
        &mut desk,
        &format!("offprint:sample/1/s2?block=4&sha256={HEX}"),
    );
    let (key, id) = (desk.pack().key, id(2));
    desk.hear(Event::Body(key, id, Err("It cannot be read.".to_owned())));
    assert_eq!(desk.titles(), [""; 0]);
}

#[test]
fn a_kept_copy_says_that_it_is_one() {
    let mut desk = Desk::new(&[3]);
    let copy = (SeriesId::new("news"), StoryId::new("s1"), "copy".into());
    desk.hear(Event::Copies(CopyEvent::Listed(vec![copy], vec![])));
    follow(&mut desk, "offprint:news/1/s1");
    desk.give(&excerpt_of("news", &[2]), |_| {});
    assert_eq!(desk.place(), "news s1");
    give_body(&mut desk, "One.", HEX);
    assert_eq!(desk.titles(), ["This is your copy"]);
}

#[test]
fn the_first_thing_may_be_a_reference_and_packs_given_with_it_come_first() {
    let reference = Reference::parse("offprint:news/3/s1").expect("a reference");
    let mut model = Model {
        first: vec![
            Destination::Place(reference),
            Origin::Path("given".into()).into(),
        ],
        ..Model::default()
    };
    let kept = Kept {
        recent: Recent {
            entries: vec![recent("news", "3", "news-3")],
        },
        ..Kept::default()
    };
    let opened = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Open(request, origin) => Some((*request, origin.clone())),
            _ => None,
        })
    };
    let mut effects = model.handle(Event::Kept(kept));
    let mut tried = Vec::new();
    for _ in 0..9 {
        if let Some((request, origin)) = opened(&effects) {
            tried.push(origin.typed().display().to_string());
            effects = model.handle(Event::OpenFailed(request, error("It is gone.")));
        } else if effects.contains(&Effect::LoadAllMarks) {
            effects = model.handle(Event::AllMarks(vec![]));
        }
    }
    // With nothing to read the last pack is opened, and then what comes along.
    assert_eq!(tried, ["given", "news-3", "given", "world-desk"]);
}

#[test]
fn somewhere_else_ends_the_search() {
    let mut desk = Desk::new(&[3]);
    desk.model.recent.entries = vec![recent("news", "3", "a"), recent("news", "2", "b")];
    follow(&mut desk, "offprint:news/3/s1");
    desk.act(Action::Open(path("other")));
    desk.fail("It is gone.");
    assert_eq!(desk.model.opening, None, "b is not tried for it");
    desk.act(Action::Open(path("news")));
    desk.give(&sample_of("news", &[3]), |_| {});
    assert_eq!(desk.place(), "news front");
    assert_eq!(desk.model.target, None);
}

#[test]
fn what_is_typed_is_a_reference_a_word_or_a_path() {
    for text in [
        "offprint:a/b/c?block=2",
        "guide",
        "world-desk",
        "packs/a",
        "offprint:a",
    ] {
        let destination = Destination::from_typed(text.into());
        assert_eq!(destination.typed(), std::path::PathBuf::from(text));
        let place = matches!(destination, Destination::Place(_));
        assert_eq!(place, text.contains("/b/c"), "{text}");
    }
}
