//! What editions and stories say otherwise, which earlier edition is compared with, and what is shown of it.

use super::*;
use crate::article::{Block, Body, Text, compare};

/// An edition of the sample series that came out on `published`.
fn info(edition: &str, published: Option<&str>) -> EditionInfo {
    EditionInfo {
        edition: edition.to_owned(),
        published: published.and_then(Date::parse),
        ..sample(&[1]).info().clone()
    }
}

fn changed(since: &str) -> Arc<StoryChanges> {
    let body = |text: &str| Body {
        blocks: vec![Block::Paragraph(Text::plain(text))],
        ..Body::default()
    };
    let text = compare(&body("It was."), &body("It is."));
    Arc::new(StoryChanges::new(since.to_owned(), vec![], text))
}

/// What is compared, in order: the story and the place of the earlier edition.
fn compared(effects: &[Effect]) -> Vec<(&str, Origin)> {
    let compared = effects.iter().filter_map(|effect| match effect {
        Effect::Compare(_, id, _, earlier) => Some((id.as_str(), earlier.clone())),
        _ => None,
    });
    compared.collect()
}

type Change = fn(&mut Story);

#[test]
fn what_a_story_says_otherwise_is_named_field_by_field() {
    let (old, new) = (sample(&[1, 1]), sample(&[1, 1]));
    let story = old.story(0).unwrap();
    let picture = |file: &str| Picture {
        file: file.to_owned(),
        alt: "A sea".to_owned(),
        caption: String::new(),
        credit: String::new(),
    };
    let cases: [(Change, &str, &str, &str); 10] = [
        (
            |s| s.headline = "Other".into(),
            "headline",
            "Headline 0",
            "Other",
        ),
        (|s| s.summary.clear(), "summary", "Summary 0", ""),
        (
            |s| s.byline = vec!["A".into(), "B".into()],
            "byline",
            "",
            "A|B",
        ),
        (
            |s| s.published = Date::parse("2025-08-09"),
            "published",
            "",
            "2025-08-09",
        ),
        (
            |s| s.updated = Date::parse("2025-08-09T01:00:00Z"),
            "updated",
            "",
            "2025-08-09T01:00:00",
        ),
        (|s| s.section = 1, "section", "Section 0", "Section 1"),
        (|s| s.tags.push("sea".into()), "tags", "", "sea"),
        (|s| s.related.push(id(1)), "related", "", "s1"),
        (
            |s| s.source = Some("https://a.example".into()),
            "source",
            "",
            "https://a.example",
        ),
        (|s| s.brief = true, "brief", "no", "yes"),
    ];
    for (change, field, was, is) in cases {
        let mut other = (*story).clone();
        change(&mut other);
        let found = compare_stories((&*old, &story), (&*new, &other));
        let [found] = &found[..] else {
            panic!("{field}: {found:?}");
        };
        assert_eq!(found.field.name(), field);
        assert_eq!((&*found.old.join("|"), &*found.new.join("|")), (was, is));
    }
    let mut other = (*story).clone();
    other.thumbnail = Some(picture("a.png"));
    let found = compare_stories((&*old, &story), (&*new, &other));
    assert_eq!(found[0].new, ["a.png", "A sea", "", ""]);
    assert_eq!(compare_stories((&*old, &story), (&*new, &story)), []);
}

#[test]
fn an_edition_is_told_by_its_day_and_where_that_is_not_enough_by_more() {
    let cases = [
        (
            Some("2025-08-08T06:00:00Z"),
            Some("2025-08-09"),
            "8 August 2025",
        ),
        (Some("2025-08-08"), None, "8 August 2025"),
        (
            Some("2025-08-09T06:00:00Z"),
            Some("2025-08-09T12:00:00Z"),
            "9 August 2025, 06:00",
        ),
        (Some("2025-08-09"), Some("2025-08-09"), "edition 7"),
        (None, Some("2025-08-09"), "edition 7"),
    ];
    for (old, new, expected) in cases {
        assert_eq!(since(&info("7", old), &info("8", new)), expected);
    }
}

#[test]
fn the_newest_earlier_edition_in_another_place_is_compared_with() {
    let pack = |path: &str, series: &str, edition: &str| RecentPack {
        path: path.to_owned(),
        title: String::new(),
        series: series.to_owned(),
        edition: edition.to_owned(),
        opened: String::new(),
    };
    let recent = Recent {
        entries: vec![
            pack("here", "week", "5"),
            pack("later", "week", "6"),
            pack("before", "week", "4"),
            pack("copy of before", "week", "4"),
            pack("long before", "week", "2"),
            pack("other", "month", "4"),
            pack("unknown", "", "4"),
            pack("nameless", "week", ""),
        ],
    };
    let earlier = |edition: &str, path: &str| {
        let found = recent.earlier("week", edition, path);
        found.map(|it| it.path.as_str())
    };
    assert_eq!(earlier("5", "here"), Some("before"));
    assert_eq!(earlier("5", "before"), Some("copy of before"));
    assert_eq!(earlier("6", "later"), Some("here"));
    assert_eq!(earlier("3", "here"), Some("long before"));
    assert_eq!(earlier("2", "long before"), None);
    assert_eq!(recent.earlier("year", "9", "here"), None);
    assert_eq!(recent.earlier("", "9", "here"), None);
}

/// Edition 0 of the sample was open before edition 1, which is open now.
fn in_the_second() -> Desk {
    let mut desk = Desk::started();
    let earlier = RecentPack {
        path: "packs/first".into(),
        title: "The sample".into(),
        series: "sample".into(),
        edition: "0".into(),
        opened: String::new(),
    };
    desk.model.recent.entries.push(earlier);
    desk.give(&sample(&[20]), |_| {});
    desk
}

#[test]
fn a_body_that_came_is_compared_and_what_comes_of_it_is_shown() {
    let mut desk = in_the_second();
    desk.show(0);
    let body = |row| Event::Body(PackKey(1), id(row), Ok(Arc::default()));
    let effects = desk.hear(body(0));
    assert_eq!(compared(&effects), [("s0", path("first"))]);
    assert_eq!(desk.model.changes(), None);
    assert_eq!(desk.act(Action::ToggleChanges), []);
    assert!(!desk.model.changes_unfolded, "there is nothing to unfold");

    desk.hear(Event::Changed(PackKey(1), id(0), changed("8 August 2025")));
    assert_eq!(desk.model.changes().unwrap().since, "8 August 2025");
    assert!(!desk.model.changes_unfolded, "not unasked");
    for unfolded in [true, false, true] {
        desk.act(Action::ToggleChanges);
        assert_eq!(desk.model.changes_unfolded, unfolded);
    }
    // Another story is folded up.
    desk.show(1);
    assert!(!desk.model.changes_unfolded);
    assert_eq!(desk.model.changes(), None);
    // A body that could not be read is not compared, nor one of a pack that is closed.
    let failed = Event::Body(PackKey(1), id(1), Err("Not UTF-8.".into()));
    assert_eq!(desk.hear(failed), []);
    desk.open("other", &[3]);
    desk.show(0);
    assert_eq!(desk.hear(body(0)), []);
    desk.hear(Event::Changed(PackKey(1), id(0), changed("yesterday")));
    assert_eq!(desk.model.changes(), None);
}

#[test]
fn nothing_is_compared_without_an_earlier_edition() {
    let mut desk = Desk::new(&[3]);
    desk.show(0);
    let effects = desk.hear(Event::Body(PackKey(1), id(0), Ok(Arc::default())));
    assert_eq!(compared(&effects), []);
}

#[test]
fn what_changed_is_kept_as_long_as_its_body() {
    let mut desk = in_the_second();
    for row in 0..20 {
        desk.show(row);
        desk.hear(Event::Body(PackKey(1), id(row), Ok(Arc::default())));
        desk.hear(Event::Changed(PackKey(1), id(row), changed("yesterday")));
    }
    let pack = desk.pack();
    for row in 0..20 {
        let kept = pack.body(&id(row)).is_some();
        assert_eq!(pack.changes(&id(row)).is_some(), kept, "{row}");
    }
    assert!(pack.changes(&id(0)).is_none());
    // What comes too late is not kept.
    desk.hear(Event::Changed(PackKey(1), id(0), changed("yesterday")));
    assert!(desk.pack().changes(&id(0)).is_none());
}

#[test]
fn a_pack_asked_for_beside_another_keeps_what_is_known_of_it() {
    let mut desk = in_the_second();
    let first = desk.model.recent.entries.last().cloned().unwrap();
    desk.hear(Event::HandedOver(vec![
        path("new").into(),
        path("first").into(),
    ]));
    let kept = RecentPack {
        opened: NOW.into(),
        ..first
    };
    assert_eq!(desk.model.recent.entries[0], kept);
}
