//! What is told of saving: that something waits, that a place takes nothing at all, that everything is saved.

use super::action::Action;
use super::event::Event;
use super::notice::{Level, Notice};
use super::state::Model;

/// The title of the notice that something waits to be saved; taken away when it is saved.
const NOT_SAVED: &str = "Not saved yet";
/// The title of the notice that nothing can be saved where the files are.
pub(super) const TAKES_NOTHING: &str = "What you mark cannot be saved here";
/// The title of the notice that the files are kept elsewhere.
const ELSEWHERE: &str = "Your files are kept on this computer";

impl Model {
    pub(super) fn hear_of_saving(&mut self, event: Event) {
        match event {
            Event::SaveFailed(mut notice) => {
                self.unsaved = true;
                NOT_SAVED.clone_into(&mut notice.title);
                notice.offer = Some(("Try again".into(), Action::SaveAgain));
                self.notices.retract(NOT_SAVED);
                self.notices.push(notice);
            }
            Event::TakesNothing {
                folder,
                elsewhere,
                remembered,
            } => {
                self.unsaved = true;
                self.notices.retract(NOT_SAVED);
                self.notices.retract(TAKES_NOTHING);
                let text = format!(
                    "{} cannot be written to: the drive is read-only, or you may not write there. What you mark is kept until Offprint is closed.",
                    folder.display()
                );
                let (text, label, action) = if let Some(place) = elsewhere {
                    let later = if remembered {
                        "Offprint then looks there whenever it starts on this computer and cannot write to the drive."
                    } else {
                        "Start Offprint without --data-dir to find it there again."
                    };
                    let text = format!(
                        "{text} It can be kept in {} instead, together with what is here, which stays as it is. {later}",
                        place.display()
                    );
                    (text, "Keep it on this computer", Action::KeepElsewhere)
                } else {
                    let text = format!(
                        "{text} Make the folder writable, or choose another with --data-dir."
                    );
                    (text, "Try again", Action::SaveAgain)
                };
                let notice = Notice::new(Level::Warning, TAKES_NOTHING, text);
                self.notices.push(notice.offering(label, action));
            }
            Event::KeptElsewhere(Ok(folder)) => {
                let text = format!("They are in {} from now on.", folder.display());
                self.notices.retract(TAKES_NOTHING);
                let notice = Notice::new(Level::Info, ELSEWHERE, text);
                self.notices.push(notice);
            }
            Event::KeptElsewhere(Err(sentence)) => {
                let notice = Notice::new(Level::Error, TAKES_NOTHING, sentence);
                let again = notice.offering("Try again", Action::KeepElsewhere);
                self.notices.push(again);
            }
            Event::AllSaved => {
                self.unsaved = false;
                self.notices.retract(NOT_SAVED);
                self.notices.retract(TAKES_NOTHING);
            }
            _ => {}
        }
    }
}
