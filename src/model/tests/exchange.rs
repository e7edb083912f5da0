//! Files of other programs: one at a time, told when done, and with what was not understood.

use super::*;

fn job(job: ExchangeJob) -> Effect {
    Effect::Exchange(job)
}

#[test]
fn one_file_is_taken_in_at_a_time_and_can_be_stopped() {
    let mut desk = Desk::new(&[1]);
    let act = |desk: &mut Desk, action| desk.act(Action::Exchange(action));
    let hear = |desk: &mut Desk, event| desk.hear(Event::Exchange(event));
    let asked = act(&mut desk, ExchangeAction::Import);
    assert_eq!(asked, [job(ExchangeJob::AskFile)]);
    assert_eq!(desk.model.exchange.doing, None, "nothing was chosen yet");
    let chosen = hear(&mut desk, ExchangeEvent::File("a.csv".into()));
    assert_eq!(chosen, [job(ExchangeJob::Import("a.csv".into()))]);
    for other in [ExchangeAction::Import, ExchangeAction::Export] {
        assert_eq!(act(&mut desk, other), []);
    }
    assert_eq!(hear(&mut desk, ExchangeEvent::Place("b.md".into())), []);
    hear(&mut desk, ExchangeEvent::Doing(ExchangeStep::Saving, 40));
    let doing = desk.model.exchange.doing;
    assert_eq!(doing, Some((ExchangeStep::Saving, 40)));
    let stop = act(&mut desk, ExchangeAction::Cancel);
    assert_eq!(stop, [job(ExchangeJob::Cancel)]);
    hear(&mut desk, ExchangeEvent::Imported(None));
    assert_eq!(desk.titles(), ["Import stopped"]);
    // Word that was on its way opens nothing again.
    hear(&mut desk, ExchangeEvent::Doing(ExchangeStep::Saving, 50));
    assert_eq!(desk.model.exchange.doing, None);
    let place = hear(&mut desk, ExchangeEvent::Place("b.md".into()));
    assert_eq!(place, [job(ExchangeJob::Export("b.md".into()))]);
    hear(&mut desk, ExchangeEvent::Exported(Ok(("b.md".into(), 1))));
    assert_eq!(desk.texts(), ["One bookmark is in b.md"]);
    hear(&mut desk, ExchangeEvent::Exported(Err("No room.".into())));
    assert_eq!(desk.titles(), ["Nothing was exported"]);
    hear(&mut desk, ExchangeEvent::Imported(Some(Err("No.".into()))));
    assert_eq!(desk.titles(), ["Nothing was imported"]);
}

#[test]
fn what_came_of_it_is_told_in_a_sentence_and_in_full() {
    let summary = |added, changed, same, removed: usize, doubts: usize, more| ImportSummary {
        added,
        changed,
        same,
        removed,
        still_removed: vec![String::new(); removed],
        doubts: vec![String::new(); doubts],
        more,
        ..ImportSummary::default()
    };
    for (it, sentence) in [
        (summary(3, 0, 0, 0, 0, 0), "3 new."),
        (summary(0, 0, 2, 0, 0, 0), "0 new, 2 here already."),
        (
            summary(1, 2, 3, 1, 1, 0),
            "1 new, 2 changed, 3 here already, one of them removed before, which stays so, one line not understood.",
        ),
        (
            summary(0, 0, 4, 2, 3, 4),
            "0 new, 4 here already, 2 of them removed before, which stay so, 7 lines not understood.",
        ),
    ] {
        assert_eq!(it.sentence(), sentence);
        let mut desk = Desk::new(&[1]);
        let has_more = it.has_more();
        desk.hear(Event::Exchange(ExchangeEvent::Imported(Some(Ok(it)))));
        assert_eq!(desk.texts(), [sentence]);
        let notice = desk.model.notices.iter().next().unwrap().1.clone();
        let details = Action::Toggle(Overlay::Imported);
        let offer = has_more.then(|| ("Details".to_owned(), details));
        assert_eq!(notice.offer, offer);
    }
}
