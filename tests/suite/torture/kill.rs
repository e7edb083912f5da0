//! Killed at any moment, without a warning.

use std::thread;
use std::time::Duration;

use super::desk::{Applying, Change, Desk, State};
use super::{Chance, figure, size};

#[test]
fn what_was_reported_as_saved_is_there_after_a_kill() {
    const STORIES: usize = 60;
    let all = size(150, 10_000);
    let desk = Desk::new(STORIES);
    let mut chance = Chance(0x0FF_0912);
    let (mut state, mut done) = (State::default(), 0);
    let (mut kills, mut midway, mut further) = (0, 0, 0);
    while done < all {
        let changes: Vec<Change> = (0..60.min(all - done))
            .map(|_| Change::any(&mut chance, STORIES))
            .collect();
        let mut applying = Applying::start(desk.apply(), &changes);
        for _ in 0..chance.below(40) {
            applying.wait_for_one();
        }
        // From right after an answer to some changes later.
        thread::sleep(Duration::from_micros(chance.below(20_000) as u64));
        applying.child.kill().unwrap();
        let (saved, status, messages) = applying.end();
        assert_eq!(messages, "");
        kills += usize::from(status.is_none());

        midway += usize::from(desk.names().iter().any(|it| it.starts_with('.')));
        let (found, told) = desk.state();
        assert_eq!(told, [""; 0], "after {kills} kills");
        state = state.with(&changes[..saved]);
        let under_way = changes.get(saved..=saved).unwrap_or_default();
        let next = state.clone().with(under_way);
        assert!(
            found == state || found == next,
            "after {kills} kills, {saved} saved: {found:#?}\nand not {state:#?}\nnor {next:#?}"
        );
        done += saved;
        if found != state {
            further += 1;
            done += 1;
            state = next;
        }
    }
    assert!(
        kills > 0 && state.len() > 0,
        "{kills} kills, {done} changes"
    );
    let (status, messages) = {
        let change = Change::any(&mut chance, STORIES);
        let (_, status, messages) = Applying::start(desk.apply(), &[change]).end();
        (status, messages)
    };
    assert_eq!((status, messages.as_str()), (Some(0), ""));
    let mut names = desk.names();
    // Litter goes with the next change; a damaged file would have been set aside.
    names.retain(|it| !it.starts_with("org.example.") || it.contains(".kept-"));
    assert_eq!(names, [""; 0]);
    figure(&format!(
        "{done} changes, {kills} kills (-9), {midway} in the middle of a file, {further} after it was in place and before it was told: 0 lost, 0 files damaged"
    ));
}
