//! Passages are marked, changed, taken away and put back, and looked for where a story is another one.

use super::*;
use crate::article::{Spot, Stretch, parse};

const TEXT: &str = "The quay opens on Saturday.\n\nNobody has to pay in the first week.";

/// A desk whose reader is in story 0, which says this.
fn desk(text: &str) -> Desk {
    let mut desk = Desk::new(&[3]);
    desk.show(0);
    desk.hear(body(1, text));
    desk
}

fn body(key: u64, text: &str) -> Event {
    let body = StoryBody {
        body: parse(text),
        digest: "d0".into(),
        ..StoryBody::default()
    };
    Event::Body(PackKey(key), id(0), Ok(Arc::new(body)))
}

/// The second paragraph of it from one byte to another.
fn words(from: usize, to: usize) -> Stretch {
    let spot = |byte| Spot { block: 1, byte };
    Stretch {
        start: spot(from),
        end: spot(to),
    }
}

fn mark(desk: &mut Desk, words: Stretch, colour: Option<Colour>) -> Vec<Effect> {
    desk.act(Action::Highlights(HighlightAction::Mark {
        words,
        colour,
        note: false,
    }))
}

fn act(desk: &mut Desk, action: impl Fn(SeriesId, HighlightId) -> HighlightAction) -> Vec<Effect> {
    let (series, id) = desk.model.highlights.keys().next().unwrap().clone();
    desk.act(Action::Highlights(action(series, id)))
}

/// The passages of story 0 that are marked.
fn marked(desk: &Desk) -> Vec<&Highlight> {
    let (series, story) = (series(), id(0));
    let passages =
        desk.model.highlights.iter().filter(|(_, passage)| {
            passage.highlight.story == story && passage.highlight.is_there()
        });
    let all: Vec<&Highlight> = passages.map(|(_, it)| &it.highlight).collect();
    // What is kept in mind of each story says the same.
    assert_eq!(desk.model.passages(&series, &story).count(), all.len());
    all
}

fn place(desk: &Desk) -> Whereabouts {
    desk.model.whereabouts(&marked(desk)[0].id)
}

#[test]
fn a_passage_is_marked_and_kept_with_what_its_story_was() {
    let mut desk = desk(TEXT);
    let effects = mark(&mut desk, words(0, 6), Some(Colour::Blue));
    let [Effect::Save(Save::Highlight(of, HighlightChange::Add(new)))] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!((of, &**new), (&series(), marked(&desk)[0]));
    assert_eq!((new.anchor.quote.as_str(), new.anchor.block), ("Nobody", 1));
    assert_eq!(
        (new.was.digest.as_str(), new.was.headline.as_str()),
        ("d0", "Headline 0")
    );
    assert_eq!(place(&desk), Whereabouts::Here(words(0, 6)));
    assert_eq!(desk.model.highlights.values().next().unwrap().waiting, 1);
    desk.hear(Event::HighlightsSaved(series(), vec![new.id.clone()]));
    assert_eq!(desk.model.highlights.values().next().unwrap().waiting, 0);
    // Again in the colour of the last time, other words, and nothing at all.
    assert_eq!(mark(&mut desk, words(7, 10), None).len(), 1);
    assert_eq!(marked(&desk).len(), 2);
    assert!(marked(&desk).iter().all(|it| it.colour.1 == Colour::Blue));
    assert_eq!(mark(&mut desk, words(6, 7), None), vec![], "a space");
    assert_eq!(mark(&mut desk, words(9, 4), None), vec![]);
    assert_eq!(mark(&mut desk, words(0, 999), None), vec![]);
    // The same words are the same passage.
    assert_eq!(mark(&mut desk, words(0, 6), Some(Colour::Pink)).len(), 1);
    assert_eq!(marked(&desk).len(), 2);
}

#[test]
fn nothing_is_marked_where_there_is_no_text() {
    let mut desk = Desk::new(&[3]);
    assert_eq!(mark(&mut desk, words(0, 6), None), vec![]);
    desk.show(0);
    assert_eq!(mark(&mut desk, words(0, 6), None), vec![]);
}

#[test]
fn what_is_too_long_is_refused_with_a_word() {
    let long = format!("One.\n\n{}", "word ".repeat(20_000));
    let mut desk = desk(&long);
    assert_eq!(mark(&mut desk, words(0, 90_000), None), vec![]);
    let (_, notice) = desk.model.notices.iter().next().unwrap();
    assert_eq!(notice.title, "This passage is too long to highlight");
}

#[test]
fn a_mark_is_changed_taken_away_and_put_back() {
    let mut desk = desk(TEXT);
    mark(&mut desk, words(0, 6), None);
    assert_eq!(
        act(&mut desk, |s, i| HighlightAction::Colour(
            s,
            i,
            Colour::Green
        ))
        .len(),
        1
    );
    assert_eq!(marked(&desk)[0].colour.1, Colour::Green);
    assert_eq!(
        act(&mut desk, |s, i| HighlightAction::Write(
            s,
            i,
            "Why?".into()
        ))
        .len(),
        1
    );
    assert_eq!(marked(&desk)[0].remark.text(), "Why?");
    act(&mut desk, |_, i| HighlightAction::Open(i));
    assert!(desk.model.highlighting.open.is_some());
    assert_eq!(act(&mut desk, HighlightAction::Remove).len(), 1);
    assert!(marked(&desk).is_empty() && desk.model.highlighting.open.is_none());
    let (_, notice) = desk.model.notices.iter().next().unwrap();
    let (_, undo) = notice.offer.clone().unwrap();
    assert_eq!(notice.text, "Nobody");
    desk.act(undo);
    assert!(desk.model.notices.is_empty());
    let back = marked(&desk)[0];
    assert_eq!(
        (back.colour.1, back.remark.text()),
        (Colour::Green, "Why?".into())
    );
    assert_eq!(place(&desk), Whereabouts::Here(words(0, 6)));
    // Marked anew in the same moment it is another one, and the one that was stays what it was.
    act(&mut desk, HighlightAction::Remove);
    mark(&mut desk, words(0, 6), None);
    assert_eq!((marked(&desk).len(), desk.model.highlights.len()), (1, 2));
}

#[test]
fn a_passage_that_went_elsewhere_is_looked_for_and_one_that_is_gone_is_kept() {
    for (text, expected) in [
        (
            TEXT.replace("The quay", "A new quay"),
            Some(Whereabouts::Here(words(0, 36))),
        ),
        (format!("New.\n\n{TEXT}"), None),
        ("Something else.".to_owned(), Some(Whereabouts::Lost)),
    ] {
        let mut desk = desk(TEXT);
        mark(&mut desk, words(0, 36), None);
        let kept = marked(&desk)[0].clone();
        // Another edition of the same series.
        desk.act(Action::Open(path("sample 2")));
        desk.give(&sample_of("sample", &[3]), |opened| {
            opened.highlights = vec![kept.clone()];
        });
        desk.show(0);
        assert_eq!(place(&desk), Whereabouts::Sought, "the text is not here");
        let effects = desk.hear(body(2, &text));
        let job = effects.into_iter().find_map(|effect| match effect {
            Effect::FindPassages(job) => Some(job),
            _ => None,
        });
        if let Some(job) = job {
            assert_eq!(place(&desk), Whereabouts::Sought);
            desk.hear(job.run());
        }
        match expected {
            Some(expected) => assert_eq!(place(&desk), expected, "{text}"),
            None => assert!(
                matches!(place(&desk), Whereabouts::Here(at) if at.start.block == 2),
                "{:?}",
                place(&desk)
            ),
        }
        assert_eq!(marked(&desk), [&kept]);
    }
}

#[test]
fn an_answer_about_another_page_is_dropped() {
    let mut desk = desk(TEXT);
    mark(&mut desk, words(0, 6), None);
    let found = vec![(marked(&desk)[0].id.clone(), None)];
    for (key, story) in [(2, id(0)), (1, id(1))] {
        desk.hear(Event::PassagesFound(PackKey(key), story, found.clone()));
        assert_eq!(place(&desk), Whereabouts::Here(words(0, 6)));
    }
}

#[test]
fn what_is_marked_elsewhere_comes_to_the_page() {
    let mut desk = desk(TEXT);
    mark(&mut desk, words(0, 6), None);
    let (mut moved, mut gone) = (marked(&desk)[0].clone(), marked(&desk)[0].clone());
    moved.id = HighlightId::new("elsewhere");
    moved.anchor.block = 7;
    gone.life.remove(Stamp::parse("2026-01-01").unwrap());
    let effects = desk.hear(Event::Marks(series(), vec![], vec![moved, gone]));
    assert_eq!(marked(&desk).len(), 1);
    let Some(Effect::FindPassages(job)) = effects.into_iter().next() else {
        panic!("it is not looked for");
    };
    desk.hear(job.run());
    assert_eq!(place(&desk), Whereabouts::Here(words(0, 6)));
}

#[test]
fn a_passage_of_another_story_or_pack_is_gone_to() {
    let mut desk = desk(TEXT);
    mark(&mut desk, words(0, 6), None);
    desk.show(2);
    act(&mut desk, HighlightAction::Show);
    assert_eq!(desk.model.story_id(), Some(&id(0)));
    let wanted = desk.model.highlighting.wanted.clone().map(|it| it.0);
    assert_eq!(wanted, Some(1));
    // Who goes to another story meanwhile is not sent to and fro.
    desk.show(2);
    assert!(desk.model.highlighting.wanted.is_none());
    desk.open("other", &[2]);
    let effects = act(&mut desk, HighlightAction::Show);
    assert!(matches!(&effects[..], [Effect::Open(_, origin)] if *origin == path("sample")));
    desk.give(&sample_of("sample", &[3]), |_| {});
    assert_eq!(desk.model.story_id(), Some(&id(0)));
    assert!(desk.model.highlighting.wanted.is_some());
}
