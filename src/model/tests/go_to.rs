//! What is typed into Go to…, and where it leads.

use super::*;

fn typed(desk: &mut Desk, text: &str) -> Vec<Effect> {
    if desk.model.overlay != Some(Overlay::GoTo) {
        desk.act(Action::GoTo(GoToAction::Toggle));
    }
    desk.act(Action::GoTo(GoToAction::Type(text.to_owned())))
}

fn goals(desk: &Desk) -> Vec<String> {
    let goal = |goal: &Goal| match goal {
        Goal::Place(reference) => reference.to_string(),
        Goal::Pack(origin) => origin.typed().display().to_string(),
        Goal::Story(id) => id.to_string(),
    };
    desk.model.go_to.goals.iter().map(goal).collect()
}

#[test]
fn what_is_typed_is_known_by_its_look() {
    let mut desk = Desk::new(&[3]);
    for (text, expected) in [
        ("", &[][..]),
        ("  ", &[]),
        ("offprint:a/b/c", &["offprint:a/b/c"]),
        (" <offprint:a/b/c?block=2>", &["offprint:a/b/c?block=2"]),
        (
            "Ada Mair, “A storm”, The Desk, offprint:a/b/c",
            &["offprint:a/b/c"],
        ),
        ("/packs/a", &["/packs/a"]),
        ("\"C:\\packs\\a.offprint\"", &["C:\\packs\\a.offprint"]),
        ("./a", &["./a"]),
        ("a.OFFPRINT", &["a.OFFPRINT"]),
        ("guide", &["guide"]),
        ("3", &["s2"]),
        ("0", &[]),
        ("4", &[]),
        ("s1", &["s1"]),
        ("99999999999999999999999", &[]),
        ("headline", &[]),
    ] {
        let effects = typed(&mut desk, text);
        assert_eq!(goals(&desk), expected, "{text}");
        assert_eq!(desk.model.go_to.typed, text);
        assert_eq!(desk.model.go_to.remark, None, "{text}");
        assert_eq!(desk.model.go_to.asked.is_some(), !effects.is_empty());
    }
    for (text, words) in [
        ("offprint:a/b", "The story is missing"),
        ("see offprint:a", "The story is missing"),
        ("offprint:ü/b/c", "cannot stand in a reference"),
    ] {
        assert_eq!(typed(&mut desk, text), [], "{text}");
        let remark = desk.model.go_to.remark.clone().unwrap_or_default();
        assert!(remark.contains(words), "{text}: {remark}");
        assert_eq!(goals(&desk), [""; 0]);
        desk.act(Action::GoTo(GoToAction::Enter));
        assert_eq!(desk.model.overlay, Some(Overlay::GoTo), "it stays");
    }
}

#[test]
fn an_address_finds_the_story_that_first_appeared_there() {
    let mut desk = Desk::new(&[3]);
    let effects = typed(&mut desk, " https://example.org/a ");
    let [Effect::Filter(_, _, query)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(query.address.as_deref(), Some("https://example.org/a"));
    assert_eq!(query.words, [""; 0]);
    desk.answer(&effects, &[1]);
    assert_eq!(goals(&desk), ["s1"]);
    let effects = typed(&mut desk, "https://example.org/b");
    desk.answer(&effects, &[]);
    let remark = desk.model.go_to.remark.clone().unwrap_or_default();
    assert!(remark.contains("nothing from the web"), "{remark}");
}

#[test]
fn words_find_headlines_and_enter_goes_to_the_chosen_one() {
    let mut desk = Desk::new(&[30]);
    let effects = typed(&mut desk, "Héad  2");
    let [Effect::Filter(_, _, query)] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(
        (&query.words[..], query.show),
        (&["head".to_owned(), "2".to_owned()][..], Show::All)
    );
    desk.answer(&effects, &[2, 12, 20]);
    assert_eq!(goals(&desk), ["s2", "s12", "s20"]);
    assert_eq!(desk.rows().len(), 30, "the list is another matter");
    for (by, chosen) in [(-1, 0), (1, 1), (1, 2), (1, 2), (-1, 1)] {
        desk.act(Action::GoTo(GoToAction::Step(by)));
        assert_eq!(desk.model.go_to.chosen, chosen);
    }
    desk.act(Action::GoTo(GoToAction::Enter));
    assert_eq!(desk.place(), "sample s12");
    assert_eq!(desk.model.overlay, None);

    // A number comes before the headlines that have it, and no story comes twice.
    let effects = typed(&mut desk, "3");
    let many: Vec<u32> = (0..30).collect();
    desk.answer(&effects, &many);
    assert_eq!(
        goals(&desk),
        ["s2", "s0", "s1", "s3", "s4", "s5", "s6", "s7"]
    );
    desk.act(Action::GoTo(GoToAction::Go(3)));
    assert_eq!(desk.place(), "sample s3");
}

#[test]
fn enter_before_the_answer_goes_there_when_it_comes() {
    let mut desk = Desk::new(&[30]);
    let old = typed(&mut desk, "headl");
    let new = typed(&mut desk, "headline 7");
    desk.act(Action::GoTo(GoToAction::Enter));
    assert_eq!(desk.model.overlay, Some(Overlay::GoTo));
    desk.answer(&old, &[1]);
    assert_eq!(desk.place(), "sample front", "an old answer is none");
    desk.answer(&new, &[7]);
    assert_eq!(desk.place(), "sample s7");

    let effects = typed(&mut desk, "nothing like it");
    desk.act(Action::GoTo(GoToAction::Enter));
    desk.answer(&effects, &[]);
    let remark = desk.model.go_to.remark.clone().unwrap_or_default();
    assert!(remark.contains("No story of this edition"), "{remark}");
    assert_eq!(desk.place(), "sample s7");

    // Once it is closed, no answer moves anything.
    let effects = typed(&mut desk, "headline");
    desk.act(Action::GoTo(GoToAction::Enter));
    desk.act(Action::CloseOverlay);
    desk.answer(&effects, &[1]);
    assert_eq!(desk.place(), "sample s7");
    desk.act(Action::GoTo(GoToAction::Toggle));
    assert_eq!(desk.model.go_to.typed, "", "it begins empty");
    desk.act(Action::GoTo(GoToAction::Toggle));
    assert_eq!(desk.model.overlay, None);
}

#[test]
fn a_list_that_waited_for_its_answer_asks_again() {
    let mut desk = Desk::new(&[30]);
    desk.act(Action::Filter("headline".to_owned()));
    let effects = typed(&mut desk, "headline 7");
    let again = desk.answer(&effects, &[7]);
    assert!(matches!(again[..], [Effect::Filter(..)]), "{again:?}");
    desk.answer(&again, &[7, 8]);
    assert_eq!(desk.rows(), [7, 8]);
}

#[test]
fn a_pack_is_opened_and_a_reference_followed() {
    let mut desk = Desk::new(&[3]);
    typed(&mut desk, "/packs/a.offprint");
    let effects = desk.act(Action::GoTo(GoToAction::Enter));
    let there = Origin::Path("/packs/a.offprint".into());
    assert!(
        matches!(&effects[..], [Effect::Open(_, origin)] if *origin == there),
        "{effects:?}"
    );
    typed(&mut desk, "offprint:sample/1/s2?block=1");
    desk.act(Action::GoTo(GoToAction::Enter));
    assert_eq!(desk.place(), "sample s2");
    assert_eq!(desk.model.overlay, None);
    let target = desk.model.target.clone().expect("a target");
    assert_eq!(target.reference.block, Some(0));
    assert_eq!(
        desk.model.opening, None,
        "what was on its way is not any more"
    );
}
