//! Two copies of what the reader keeps, joined: in any order, any number of times, with one result.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Few of everything, so that the same meets the same.
fn stamp() -> impl Strategy<Value = Stamp> {
    prop_oneof![Just(Stamp::NEVER), (0_i64..6).prop_map(Stamp::from_millis),]
}

fn word() -> impl Strategy<Value = String> {
    "[ab]{0,1}"
}

fn change() -> impl Strategy<Value = BookmarkChange> {
    let story = || id(1);
    prop_oneof![
        stamp().prop_map(move |at| BookmarkChange::Remove { story: story(), at }),
        stamp().prop_map(move |at| BookmarkChange::Restore { story: story(), at }),
        (word(), stamp()).prop_map(move |(text, at)| {
            let story = story();
            BookmarkChange::Remark { story, text, at }
        }),
        (word(), any::<bool>(), stamp()).prop_map(move |(tag, there, at)| {
            let story = story();
            BookmarkChange::Tag {
                story,
                tag,
                there,
                at,
            }
        }),
        word().prop_map(move |digest| BookmarkChange::Digest {
            story: story(),
            digest
        }),
        (word(), stamp()).prop_map(|(headline, made)| {
            let mut bookmark = Bookmark {
                series: series(),
                story: id(1),
                life: Life::new(made),
                ..Bookmark::default()
            };
            bookmark.was.headline = headline;
            BookmarkChange::Add(bookmark.into())
        }),
    ]
}

/// A bookmark to which much was done.
fn bookmark() -> impl Strategy<Value = Bookmark> {
    (stamp(), vec(change(), 0..8)).prop_map(|(made, changes)| {
        let mut record = Some(Bookmark {
            series: series(),
            story: id(1),
            life: Life::new(made),
            ..Bookmark::default()
        });
        for change in &changes {
            change.apply(&mut record);
        }
        record.unwrap_or_default()
    })
}

fn joined(a: &Bookmark, b: &Bookmark) -> Bookmark {
    let mut joined = a.clone();
    joined.join(b);
    joined
}

proptest! {
    #[test]
    fn bookmarks_join_in_any_order(a in bookmark(), b in bookmark(), c in bookmark()) {
        prop_assert_eq!(joined(&a, &a), a.clone());
        let both = joined(&a, &b);
        prop_assert_eq!(&both, &joined(&b, &a));
        prop_assert_eq!(&joined(&both, &a), &both);
        prop_assert_eq!(joined(&both, &c), joined(&a, &joined(&b, &c)));
    }

    /// What is done after two copies were joined is newer than what either knew.
    #[test]
    fn a_change_holds_over_all_that_was_known(a in bookmark(), change in change()) {
        let mut after = Some(a.clone());
        change.apply(&mut after);
        let after = after.unwrap();
        prop_assert_eq!(joined(&after, &a), after);
    }
}

#[test]
fn notes_written_without_knowing_of_each_other_both_stay() {
    let at = |at| Stamp::from_millis(at);
    let mut one = Remark::default();
    one.write("first", at(1));
    let mut two = one.clone();
    one.write("on the ship", at(2));
    two.write("ashore", at(3));
    let mut both = one.clone();
    both.join(&two);
    assert_eq!(both.text(), "on the ship\n\nashore");
    // Whoever writes on with both in sight replaces both.
    both.write("together", at(2));
    both.join(&one);
    both.join(&two);
    assert_eq!(both.text(), "together");
    both.write("", at(9));
    both.join(&two);
    assert!(both.is_empty());
}

#[test]
fn tags_are_tidied_and_joined_one_by_one() {
    for (typed, tidy) in [
        ("  two   words ", Some("two words")),
        ("a,b", Some("ab")),
        (" , ", None),
        ("", None),
    ] {
        assert_eq!(Tags::tidy(typed).as_deref(), tidy, "{typed:?}");
    }
    let at = |at| Stamp::from_millis(at);
    let mut one = Tags::default();
    one.set("a", true, at(1));
    let mut two = one.clone();
    one.set("b", true, at(2));
    two.set("a", false, at(3));
    one.join(&two);
    assert_eq!(one.iter().collect::<Vec<_>>(), ["b"]);
}
