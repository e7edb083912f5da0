//! The first start, and the first of a new version: something is said once, and nothing stands in the way.

use super::action::{Action, Origin};
use super::effect::Effect;
use super::history::View;
use super::ids::StoryId;
use super::notice::{Level, Notice};
use super::settings::SettingsChange;
use super::state::Model;

/// The version that is running.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The story of the guide that says what is new.
const NEWS: &str = "whats-new";

/// What is said at the first start, on the front page of the edition that comes with the program: three sentences.
pub const WELCOME: [&str; 3] = [
    "This is an edition: it has a first story and a last one, and all of it is here, without a network or an account.",
    "Choose a headline to read, and press B on a story that you want to keep.",
    "To read an edition that somebody gave you, press Ctrl+O or drop its file on this window.",
];

impl Model {
    /// What there is to say of this start: how to begin, or that this is another version than last time.
    pub(super) fn greet(&mut self) -> Vec<Effect> {
        if self.preview.is_some() || self.settings.seen == VERSION {
            return vec![];
        }
        if self.settings.seen.is_empty() {
            // Who opened packs before knows how to begin, and who was given one wants to read it.
            if self.recent.entries.is_empty() {
                self.welcome = self.first.is_empty();
                return vec![];
            }
        } else {
            let title = format!("This is Offprint {VERSION}");
            let text = "It was another version when you used it last.";
            let notice = Notice::new(Level::Info, title, text);
            self.notices
                .push(notice.offering("What’s new", Action::ShowNews));
        }
        self.change_settings(SettingsChange::Seen(VERSION))
    }

    /// Whether the page says how to begin.
    pub fn shows_welcome(&self) -> bool {
        let open = self.open.as_ref();
        self.welcome
            && self.view == View::Front
            && open.is_some_and(|open| open.origin == Origin::WorldDesk)
    }

    pub(super) fn dismiss_welcome(&mut self) -> Vec<Effect> {
        self.welcome = false;
        self.change_settings(SettingsChange::Seen(VERSION))
    }

    pub(super) fn show_news(&mut self) -> Vec<Effect> {
        let news = View::Story(StoryId::new(NEWS));
        if self
            .open
            .as_ref()
            .is_some_and(|it| it.origin == Origin::Guide)
        {
            return self.show(news);
        }
        self.start_opening(Origin::Guide, news, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_welcome_is_three_sentences() {
        for sentence in WELCOME {
            let ends = sentence.matches(['.', '!', '?']).count();
            assert!(ends == 1 && sentence.ends_with('.'), "{sentence}");
        }
    }
}
