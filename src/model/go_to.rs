//! Go to…: one field for wherever one may want to go, and what comes of what is typed into it.

use super::action::{Origin, Overlay};
use super::effect::{Effect, Query};
use super::event::{PackKey, RequestId};
use super::fold::fold;
use super::history::View;
use super::ids::StoryId;
use super::listing::Show;
use super::reference::{Reference, SCHEME, begins};
use super::state::Model;

/// So many stories are offered.
const OFFERED: usize = 8;

const NOTHING_LIKE_IT: &str = "No story of this edition has these words. A reference, a story’s id or number, or the path of a pack would do as well.";
const NOTHING_THERE: &str = "No story of this edition first appeared at this address, and Offprint opens nothing from the web. A reference would find it in another pack.";

/// Where one can go.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// Where a reference leads.
    Place(Reference),
    /// A pack.
    Pack(Origin),
    /// A story of the open pack.
    Story(StoryId),
}

/// What the reader does with the field.
#[derive(Clone, Debug, PartialEq)]
pub enum GoToAction {
    /// Show it, empty; or take it off.
    Toggle,
    /// This is in it now.
    Type(String),
    /// Choose the goal so many places further down.
    Step(isize),
    /// Go to the goal chosen.
    Enter,
    /// Go to the goal in this place.
    Go(usize),
}

/// The field, and what comes of what is in it.
#[derive(Debug, Default)]
pub struct GoTo {
    /// What is typed.
    pub typed: String,
    /// Where one can go, the likeliest first.
    pub goals: Vec<Goal>,
    /// Which of them Enter goes to.
    pub chosen: usize,
    /// Why one can go nowhere.
    pub remark: Option<String>,
    /// The stories that were asked for.
    pub(super) asked: Option<RequestId>,
    /// Whether Enter was pressed before they came.
    at_once: bool,
}

impl Model {
    pub(super) fn act_on_go_to(&mut self, action: GoToAction) -> Vec<Effect> {
        match action {
            GoToAction::Toggle => {
                let shown = self.overlay == Some(Overlay::GoTo);
                self.overlay = (!shown).then_some(Overlay::GoTo);
                self.go_to = GoTo::default();
                vec![]
            }
            GoToAction::Type(text) => self.type_goal(&text),
            GoToAction::Step(by) => {
                let last = self.go_to.goals.len().saturating_sub(1);
                let next = self.go_to.chosen.saturating_add_signed(by);
                self.go_to.chosen = next.min(last);
                vec![]
            }
            GoToAction::Enter => {
                if self.go_to.asked.is_some() && self.go_to.goals.is_empty() {
                    self.go_to.at_once = true;
                    return vec![];
                }
                self.go_to_goal(self.go_to.chosen)
            }
            GoToAction::Go(place) => self.go_to_goal(place),
        }
    }

    fn go_to_goal(&mut self, place: usize) -> Vec<Effect> {
        let Some(goal) = self.go_to.goals.get(place).cloned() else {
            return vec![];
        };
        self.overlay = None;
        self.go_to = GoTo::default();
        match goal {
            Goal::Place(reference) => self.follow(reference, vec![]),
            Goal::Pack(origin) => self.start_opening(origin, View::Front, 0),
            Goal::Story(id) => self.show(View::Story(id)),
        }
    }

    fn type_goal(&mut self, typed: &str) -> Vec<Effect> {
        self.go_to = GoTo {
            typed: typed.to_owned(),
            ..GoTo::default()
        };
        let text = typed.trim();
        match reference_in(text).map(Reference::parse) {
            Some(Ok(reference)) => {
                self.go_to.goals.push(Goal::Place(reference));
                return vec![];
            }
            Some(Err(error)) => {
                self.go_to.remark = Some(format!("{error}."));
                return vec![];
            }
            None => {}
        }
        if text.contains("://") {
            return self.ask_for_goals(vec![], Some(text.to_owned()));
        }
        if let Some(origin) = pack(text) {
            self.go_to.goals.push(Goal::Pack(origin));
            return vec![];
        }
        let words: Vec<String> = fold(text).split_whitespace().map(Into::into).collect();
        if words.is_empty() {
            return vec![];
        }
        self.go_to.goals = self.named(text);
        self.ask_for_goals(words, None)
    }

    /// Asks for the stories of the open pack that have these words, or first appeared at this address.
    fn ask_for_goals(&mut self, words: Vec<String>, address: Option<String>) -> Vec<Effect> {
        let request = self.request();
        let Some(open) = &self.open else {
            return vec![];
        };
        self.go_to.asked = Some(request);
        let query = Query {
            words,
            address,
            show: Show::All,
            marked: [].into(),
        };
        vec![Effect::Filter(open.key, request, query)]
    }

    /// The stories of the open pack that have this number in it, or this id.
    fn named(&self, text: &str) -> Vec<Goal> {
        let Some(open) = &self.open else {
            return vec![];
        };
        let number = text.parse::<usize>().ok();
        let nth = number.and_then(|number| open.edition.story(number.checked_sub(1)?));
        let mut goals: Vec<Goal> = nth
            .map(|it| Goal::Story(it.id.clone()))
            .into_iter()
            .collect();
        let id = StoryId::new(text);
        if open.edition.row_of(&id).is_some() {
            goals.push(Goal::Story(id));
        }
        goals.dedup();
        goals
    }

    /// The rows that were asked for are here, if it were these.
    pub(super) fn take_goals(
        &mut self,
        key: PackKey,
        request: RequestId,
        rows: &[u32],
    ) -> Option<Vec<Effect>> {
        self.go_to.asked.take_if(|asked| *asked == request)?;
        let shown = self.overlay == Some(Overlay::GoTo);
        let Some(open) = self.open.as_ref().filter(|it| shown && it.key == key) else {
            return Some(vec![]);
        };
        for row in rows.iter().take(OFFERED) {
            if let Some(story) = open.edition.story(*row as usize) {
                let goal = Goal::Story(story.id.clone());
                if !self.go_to.goals.contains(&goal) {
                    self.go_to.goals.push(goal);
                }
            }
        }
        self.go_to.goals.truncate(OFFERED);
        // The thread answers the newest question alone; the list of headlines may have asked one before.
        let list_waits = open.filtering.is_some();
        let mut effects = Vec::new();
        if list_waits {
            effects.extend(self.list_again());
        }
        if self.go_to.goals.is_empty() {
            let remark = if self.go_to.typed.contains("://") {
                NOTHING_THERE
            } else {
                NOTHING_LIKE_IT
            };
            self.go_to.remark = Some(remark.to_owned());
        } else if self.go_to.at_once {
            effects.extend(self.go_to_goal(0));
        }
        Some(effects)
    }
}

/// The part of the text that is meant as a reference: all of it, or what a citation ends with.
fn reference_in(text: &str) -> Option<&str> {
    if begins(text) {
        return Some(text);
    }
    // The scheme is ASCII, so that folding its case moves nothing.
    let at = text.to_ascii_lowercase().find(SCHEME)?;
    text.get(at..)?.split_whitespace().next()
}

/// The pack that is meant, where the text looks like the path of one.
fn pack(text: &str) -> Option<Origin> {
    // Quoted, as file managers copy paths.
    let path = text.trim_matches(['"', '\'']).trim();
    let drive = path.get(1..3).is_some_and(|it| it == ":\\" || it == ":/");
    let begins = ["/", "./", "../", ".\\", "..\\", "\\\\"];
    let ends = path.to_ascii_lowercase();
    let is_path = drive
        || begins.iter().any(|it| path.starts_with(it))
        || [".offprint", ".zip"].iter().any(|it| ends.ends_with(it));
    let origin = Origin::from_typed(path.into());
    (is_path || !matches!(origin, Origin::Path(_))).then_some(origin)
}
