//! What every action and every answer does to the model, and what it asks for.

mod backup;
mod bookmarks;
mod choices;
mod compare;
mod copies;
mod exchange;
mod filing;
mod go_to;
mod highlights;
mod history;
mod joining;
mod list;
mod opening;
mod preview;
mod reading;
mod reference;
mod seek;
mod starting;
mod telling;

use std::sync::Arc;

use super::sample::{excerpt_of, sample, sample_of};
use super::*;

const NOW: &str = "2025-08-12T10:11:12Z";

/// A model with a hand on each side: the reader's and the outside's.
struct Desk {
    model: Model,
    keys: u64,
}

impl Desk {
    /// The sample with these sections is open.
    fn new(counts: &[usize]) -> Self {
        let mut desk = Self::started();
        desk.give(&sample_of("sample", counts), |_| {});
        desk
    }

    /// The reader's files are read, and the first pack is on its way.
    fn started() -> Self {
        let mut desk = Self {
            model: Model::default(),
            keys: 0,
        };
        desk.model.now = Stamp::parse(NOW).expect("a time");
        desk.model.first = vec![path("sample").into()];
        let effects = desk.hear(Event::Kept(Kept::default()));
        assert!(matches!(effects[..], [Effect::Open(..)]), "{effects:?}");
        desk
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        self.model.apply(action)
    }

    fn hear(&mut self, event: Event) -> Vec<Effect> {
        self.model.handle(event)
    }

    /// Answers what is being opened with this edition, after a change to the answer.
    fn give(
        &mut self,
        edition: &Arc<dyn Edition>,
        change: impl FnOnce(&mut Opened),
    ) -> Vec<Effect> {
        self.keys += 1;
        let opening = self.model.opening.clone().expect("something is opening");
        let mut opened = Opened {
            key: PackKey(self.keys),
            origin: opening.origin,
            edition: edition.clone(),
            reading: Reading::default(),
            bookmarks: vec![],
            highlights: vec![],
            problems: vec![],
        };
        change(&mut opened);
        self.hear(Event::Opened(opening.request, opened))
    }

    /// Opens a pack that is well.
    fn open(&mut self, series: &str, counts: &[usize]) {
        self.act(Action::Open(path(series)));
        self.give(&sample_of(series, counts), |_| {});
    }

    fn fail(&mut self, sentence: &str) -> Vec<Effect> {
        let request = self.model.opening.as_ref().expect("an opening").request;
        self.hear(Event::OpenFailed(request, error(sentence)))
    }

    fn show(&mut self, row: usize) -> Vec<Effect> {
        self.act(Action::ShowStory(id(row)))
    }

    fn pack(&self) -> &OpenPack {
        self.model.open.as_ref().expect("an open pack")
    }

    /// Where the reader is: the series, and the story or the view.
    fn place(&self) -> String {
        let view = match &self.model.view {
            View::Front => "front",
            View::Story(id) => id.as_str(),
            View::Bookmarks => "bookmarks",
        };
        format!("{} {view}", self.pack().series())
    }

    /// The rows of the list.
    fn rows(&self) -> Vec<usize> {
        let listing = &self.pack().listing;
        (0..listing.count())
            .map(|position| listing.row(position).expect("a row"))
            .collect()
    }

    /// Answers a filter that was asked for.
    fn answer(&mut self, effects: &[Effect], rows: &[u32]) -> Vec<Effect> {
        let [Effect::Filter(key, request, _)] = effects else {
            panic!("no filter was asked for: {effects:?}");
        };
        self.hear(Event::Filtered(*key, *request, rows.into()))
    }

    fn titles(&self) -> Vec<&str> {
        let notices = self.model.notices.iter();
        notices.map(|(_, notice)| &*notice.title).collect()
    }

    fn texts(&self) -> Vec<&str> {
        let notices = self.model.notices.iter();
        notices.map(|(_, notice)| &*notice.text).collect()
    }

    fn dismiss_all(&mut self) {
        let ids: Vec<NoticeId> = self.model.notices.iter().map(|(id, _)| *id).collect();
        for id in ids {
            self.act(Action::Dismiss(id));
        }
    }
}

fn path(name: &str) -> Origin {
    Origin::Path(format!("packs/{name}").into())
}

fn id(row: usize) -> StoryId {
    StoryId::new(format!("s{row}"))
}

fn series() -> SeriesId {
    SeriesId::new("sample")
}

fn error(sentence: &str) -> Notice {
    Notice::new(Level::Error, "", sentence)
}

/// The bodies asked for, in order.
fn asked(effects: &[Effect]) -> Vec<&str> {
    fn id(effect: &Effect) -> Option<&str> {
        match effect {
            Effect::ReadBody(_, id) => Some(id.as_str()),
            _ => None,
        }
    }
    effects.iter().filter_map(id).collect()
}

/// What is to be kept on disk, in order.
fn saves(effects: &[Effect]) -> Vec<&Save> {
    fn save(effect: &Effect) -> Option<&Save> {
        match effect {
            Effect::Save(save) => Some(save),
            _ => None,
        }
    }
    effects.iter().filter_map(save).collect()
}
