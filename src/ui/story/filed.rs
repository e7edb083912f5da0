//! What the reader made of the story, under its text: tags and a note, and the way to change them.

use eframe::egui::{Id, Pos2, Rect, Role, UiBuilder, pos2, vec2};

use super::flow::Flow;
use crate::model::{Action, FilingAction, View};
use crate::theme::scale;
use crate::ui::chips::{Chip, Chips};
use crate::ui::icons::Icon;
use crate::ui::widgets::icon_button;

/// The room of the button, and the most rows of tags.
const BUTTON: f32 = 40.0;
const TAG_ROWS: usize = 4;

/// Sets tags and note; returns their height, which is nothing where there are none.
pub fn filed(flow: &mut Flow<'_, '_, '_>, at: Pos2, width: f32) -> f32 {
    let model = flow.cx.model;
    let marked = match &model.view {
        View::Story(id) => model.bookmark(id),
        View::Front | View::Bookmarks => None,
    };
    let Some(bookmark) = marked.map(|it| &it.bookmark) else {
        return 0.0;
    };
    let note = bookmark.remark.text();
    if note.is_empty() && bookmark.tags.is_empty() {
        return 0.0;
    }
    let heading = if note.is_empty() {
        "Your tags"
    } else {
        "Your note"
    };
    let own = (width - BUTTON - 12.0).max(80.0);
    let top = flow.foot_heading(heading, at, width);
    let mut height = top;
    let tags = bookmark.tags.iter().map(|tag| Chip {
        label: tag.to_owned(),
        name: format!("Bookmarks with the tag {tag}"),
        chosen: false,
    });
    let chips = Chips::lay(flow.cx, tags.collect::<Vec<_>>(), own, TAG_ROWS);
    if chips.size.y > 0.0 {
        if let Some(canvas) = &flow.canvas {
            let at = at + vec2(0.0, height);
            for (tag, response) in chips.draw(canvas.ui, flow.cx, Id::unique("own tags"), at) {
                if response.clicked() {
                    if !model.filing.tags.contains(tag) {
                        let narrow = FilingAction::Tag(tag.to_owned());
                        flow.cx.act(Action::Filing(narrow));
                    }
                    flow.cx.act(Action::ShowBookmarks);
                }
            }
        }
        height += chips.size.y + 10.0;
    }
    if !note.is_empty() {
        let at = at + vec2(0.0, height);
        height += flow.words(&note, &scale::PLAIN, at, own, Role::Paragraph);
    }
    if let Some(canvas) = &mut flow.canvas {
        let corner = pos2(at.x + width - BUTTON, at.y + top - 6.0);
        let room = Rect::from_min_size(corner, vec2(BUTTON, 32.0));
        let mut child = canvas.ui.new_child(UiBuilder::new().max_rect(room));
        if icon_button(
            &mut child,
            flow.cx,
            Icon::Note,
            "Change tags and note (E)",
            true,
        )
        .clicked()
        {
            let (series, story) = (bookmark.series.clone(), bookmark.story.clone());
            flow.cx
                .act(Action::Filing(FilingAction::Edit(series, story)));
        }
    }
    height + 12.0
}
