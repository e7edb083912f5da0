//! The panel in which tags and note of a story are changed. Whatever closes it, what was written is kept.

use eframe::egui::{self, Button, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::context::Cx;
use super::overlays::{primary, title};
use crate::model::{Action, Draft, FilingAction, Model, Overlay, SeriesId, StoryId, Tags};

/// What the panel remembers while it is open.
#[derive(Default)]
pub struct NotePanel {
    writing: Option<Writing>,
}

struct Writing {
    draft: Draft,
    /// The tag that is being typed.
    tag: String,
    /// Whether the note was given the keyboard.
    focused: bool,
}

/// So many tags are offered.
const OFFERED: usize = 8;

impl NotePanel {
    /// What was written in a panel that is no longer there.
    pub fn closed(&mut self, model: &Model) -> Option<Action> {
        let writing = self.writing.take_if(|it| {
            let (series, story) = (&it.draft.series, &it.draft.story);
            !matches!(&model.overlay, Some(Overlay::Note(s, t)) if s == series && t == story)
        });
        writing.and_then(|it| action(it.finish()))
    }

    /// What is written so far; the panel stays.
    pub fn leave(&mut self) -> Option<Action> {
        let writing = self.writing.as_mut()?;
        let mut draft = writing.draft.clone();
        take_tag(&mut draft.tags, &writing.tag);
        let given = action(draft)?;
        // From here on this is what was there before.
        writing.draft.tags_before.clone_from(&writing.draft.tags);
        writing.draft.note_before.clone_from(&writing.draft.note);
        Some(given)
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, series: &SeriesId, story: &StoryId) {
        let model = cx.model;
        self.writing.get_or_insert_with(|| Writing {
            draft: model.draft(series, story),
            tag: String::new(),
            focused: false,
        });
        if !ui.input(|i| i.focused) {
            // The reader is elsewhere; what is written must not wait for them.
            cx.actions.extend(self.leave());
        }
        self.fields(ui, cx);
    }

    fn fields(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(writing) = &mut self.writing else {
            return;
        };
        let width = (ui.ctx().content_rect().width() - 96.0).clamp(220.0, 500.0);
        ui.set_width(width);
        title(ui, "Tags and note");
        let headline = headline(cx, &writing.draft);
        ui.add(egui::Label::new(RichText::new(headline).color(cx.tokens.soft)).wrap());
        ui.add_space(12.0);
        writing.tags(ui, cx);
        ui.add_space(12.0);
        let most = (ui.ctx().content_rect().height() - 420.0).clamp(90.0, 320.0);
        let name = ui.label(RichText::new("Note").variation("wght", 600.0));
        let field = TextEdit::multiline(&mut writing.draft.note)
            .id(egui::Id::unique("note"))
            .desired_width(width)
            .desired_rows(5)
            .hint_text(RichText::new("What you want to remember of it").color(cx.tokens.soft))
            .margin(vec2(10.0, 8.0));
        let note = ScrollArea::vertical()
            .id_salt("note")
            .max_height(most)
            .show(ui, |ui| ui.add(field).labelled_by(name.id))
            .inner;
        if !std::mem::replace(&mut writing.focused, true) {
            note.request_focus();
        }
        ui.add_space(14.0);
        let mut done = ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
        ui.horizontal(|ui| {
            done |= ui.add(primary("Done", cx.tokens)).clicked();
            let words = if cx
                .model
                .is_bookmarked(&writing.draft.series, &writing.draft.story)
            {
                "Kept on this computer when you close this."
            } else {
                "What you write here bookmarks the story."
            };
            ui.label(RichText::new(words).color(cx.tokens.soft).size(12.5));
        });
        if done {
            cx.act(Action::CloseOverlay);
        }
    }
}

impl Writing {
    fn finish(mut self) -> Draft {
        take_tag(&mut self.draft.tags, &self.tag);
        self.draft
    }

    fn tags(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let name = ui.label(RichText::new("Tags").variation("wght", 600.0));
        let mut gone = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for (place, tag) in self.draft.tags.iter().enumerate() {
                let button = Button::new(format!("{tag}  ×")).corner_radius(13);
                let button = ui.add(button);
                button.widget_info(|| {
                    let name = format!("Remove the tag {tag}");
                    egui::WidgetInfo::labeled(egui::Role::Button, true, name)
                });
                if button.clicked() {
                    gone = Some(place);
                }
            }
        });
        if let Some(place) = gone {
            self.draft.tags.remove(place);
        }
        if !self.draft.tags.is_empty() {
            ui.add_space(4.0);
        }
        let field = TextEdit::singleline(&mut self.tag)
            .id(egui::Id::unique("tag"))
            .desired_width(ui.available_width())
            .hint_text(RichText::new("Add a tag").color(cx.tokens.soft))
            .margin(vec2(10.0, 6.0));
        let typed = ui.add(field).labelled_by(name.id);
        let entered = typed.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if entered || self.tag.contains(',') {
            take_tag(&mut self.draft.tags, &self.tag);
            self.tag.clear();
            typed.request_focus();
        }
        let offered = offered(cx.model, &self.draft.tags, &self.tag);
        if offered.is_empty() {
            return;
        }
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for tag in offered {
                let words = RichText::new(format!("+ {tag}")).color(cx.tokens.soft);
                let button = ui.add(Button::new(words).corner_radius(13).frame(false));
                button.widget_info(|| {
                    let name = format!("Add the tag {tag}");
                    egui::WidgetInfo::labeled(egui::Role::Button, true, name)
                });
                if button.clicked() {
                    take_tag(&mut self.draft.tags, &tag);
                    self.tag.clear();
                }
            }
        });
    }
}

/// The tags that go on from what is typed, those of the most bookmarks first.
fn offered(model: &Model, there: &[String], typed: &str) -> Vec<String> {
    let typed = crate::model::fold(typed.trim());
    let mut tags: Vec<(&str, usize)> = model
        .filing
        .tag_counts()
        .filter(|(tag, _)| !there.iter().any(|it| it == tag))
        .filter(|(tag, _)| typed.is_empty() || crate::model::fold(tag).starts_with(&typed))
        .collect();
    tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let tags = tags.into_iter().take(OFFERED);
    tags.map(|(tag, _)| tag.to_owned()).collect()
}

/// Takes in what was typed for tags, a comma between two.
fn take_tag(tags: &mut Vec<String>, typed: &str) {
    for tag in typed.split(',').filter_map(Tags::tidy) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
}

/// What there is to do about a draft; nothing where nothing was changed.
fn action(draft: Draft) -> Option<Action> {
    let changed = draft.tags != draft.tags_before || draft.note != draft.note_before;
    changed.then_some(Action::Filing(FilingAction::Write(draft)))
}

fn headline(cx: &Cx<'_>, draft: &Draft) -> String {
    let key = (draft.series.clone(), draft.story.clone());
    if let Some(marked) = cx.model.bookmarks.get(&key) {
        return marked.bookmark.was.headline.clone();
    }
    let open = cx.model.open.as_ref();
    let story = open.and_then(|open| open.story(&draft.story));
    story.map_or_else(|| draft.story.to_string(), |it| it.headline.clone())
}
