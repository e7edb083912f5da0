//! Two of them at the same time on the same files.

use super::desk::{Applying, Change, Desk, Kind, State};
use super::{figure, size};

#[test]
fn two_at_once_lose_nothing_of_each_other() {
    const COMMON: usize = 5;
    let each = size(40, 1000);
    let desk = Desk::new(COMMON + 2 * each);
    let of_story = |story: usize, kind| Change {
        series: 0,
        story: format!("s{story}"),
        kind,
    };
    let first: Vec<Change> = (0..COMMON).map(|it| of_story(it, Kind::Add)).collect();
    let (saved, status, _) = Applying::start(desk.apply(), &first).end();
    assert_eq!((saved, status), (COMMON, Some(0)));
    let changes = |who: usize| -> Vec<Change> {
        let one = |at: usize| {
            let own = COMMON + who * each + at / 4;
            match at % 4 {
                0 => of_story(own, Kind::Add),
                1 => of_story(own, Kind::Note(format!("{who} wrote {at}"))),
                2 => of_story(at % COMMON, Kind::Tag(format!("{who} {at}"))),
                _ if at % 8 == 3 => of_story(own, Kind::Remove),
                _ => of_story(at % COMMON, Kind::Untag(format!("{who} {}", at - 1))),
            }
        };
        (0..each).map(one).collect()
    };
    let (a, b) = (changes(0), changes(1));
    let (one, other) = (
        Applying::start(desk.apply(), &a),
        Applying::start(desk.apply(), &b),
    );
    for ended in [one.end(), other.end()] {
        assert_eq!(ended, (each, Some(0), String::new()));
    }
    let expected = State::default().with(&first).with(&a).with(&b);
    let (found, told) = desk.state();
    assert_eq!(told, [""; 0]);
    assert_eq!(found, expected);
    figure(&format!(
        "two at once, {each} changes each: the union of {} records is there",
        found.len()
    ));
}
