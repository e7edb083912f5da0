//! Go to…: a field for a reference, a headline, a number or a pack, and below it where that leads.

use eframe::egui::{
    self, CornerRadius, Id, Margin, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit,
    Ui, UiBuilder, vec2,
};

use super::context::Cx;
use super::icons::{self, Icon};
use super::widgets::hot;
use crate::model::{Action, GoToAction, Goal, OpenPack, Reference};
use crate::theme::scale;

/// The width of what is laid over the page.
const WIDTH: f32 = 520.0;
/// The height of a goal.
const ROW: f32 = 48.0;

/// The height of what is above the goals, and of a margin below them.
const ABOVE: f32 = 220.0;
/// The room for the bar beside them, in points.
const BESIDE: i8 = 12;
/// No more is taken into the field: a reference and what mail may put around it.
const MOST_SIGNS: usize = 6000;

const HELP: &str = "Paste a reference to open what it names. Or type words of a headline, a story’s number, id or address, or the path of a pack.";

/// Draws the field and the goals.
pub fn field(ui: &mut Ui, cx: &mut Cx<'_>) {
    let width = WIDTH.min(ui.ctx().content_rect().width() - 120.0);
    ui.set_width(width);
    ui.spacing_mut().item_spacing.y = 0.0;
    edit(ui, cx, width);
    ui.add_space(10.0);
    let go_to = &cx.model.go_to;
    if go_to.goals.is_empty() {
        let words = match &go_to.remark {
            Some(remark) => remark,
            None if go_to.typed.trim().is_empty() => HELP,
            // It takes no longer than a blink.
            None => "",
        };
        let height = cx.set(words, &scale::PLAIN_SOFT, width).size().y;
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let id = Id::unique("where to go");
        cx.say(ui, id, words, &scale::PLAIN_SOFT, rect.min, width);
        return;
    }
    let most = ui.ctx().content_rect().height() - ABOVE;
    let inner = width - f32::from(BESIDE);
    ScrollArea::vertical()
        .id_salt("goals")
        .max_height(most)
        .min_scrolled_height(most)
        .content_margin(Margin {
            right: BESIDE,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            for place in 0..cx.model.go_to.goals.len() {
                goal(ui, cx, place, inner);
            }
        });
}

/// The field; it has the keyboard from the first frame on.
fn edit(ui: &mut Ui, cx: &mut Cx<'_>, width: f32) {
    let t = cx.tokens;
    let id = Id::unique("go to field");
    let (rect, _) = ui.allocate_exact_size(vec2(width, 40.0), Sense::hover());
    let stroke = Stroke::new(1.5, t.focus);
    let radius = CornerRadius::same(8);
    ui.painter()
        .rect(rect, radius, t.paper, stroke, StrokeKind::Inside);
    let glass = Rect::from_min_size(rect.min, vec2(38.0, rect.height()));
    icons::paint(ui.painter(), Icon::Find, glass, 16.0, t.soft);
    let mut inner = rect;
    inner.min.x += 38.0;
    inner.max.x -= 12.0;
    let mut typed = cx.model.go_to.typed.clone();
    let hint = "Reference, headline, number or pack";
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    let edit = TextEdit::singleline(&mut typed)
        .id(id)
        .char_limit(MOST_SIGNS)
        .hint_text(egui::RichText::new(hint).color(t.soft))
        .font(egui::FontId::proportional(15.0))
        .frame(egui::Frame::NONE)
        .desired_width(inner.width())
        .align(egui::Align2::LEFT_CENTER);
    let response = child.add_sized(inner.size(), edit);
    response
        .ctx
        .accesskit_node_builder(id, |node| node.set_label("Go to"));
    let pass = ui.ctx().cumulative_pass_nr();
    let before: Option<u64> = ui.data(|d| d.get_temp(id));
    ui.data_mut(|d| d.insert_temp(id, pass));
    if before.is_none_or(|before| before + 1 < pass) {
        response.request_focus();
    }
    if response.changed() {
        cx.act(Action::GoTo(GoToAction::Type(typed)));
    }
}

/// What stands in a row: what it is, and where.
fn words(open: Option<&OpenPack>, goal: &Goal) -> (String, String) {
    match goal {
        Goal::Place(reference) => place(open, reference),
        Goal::Pack(origin) => (
            "Open this pack".to_owned(),
            origin.typed().to_string_lossy().into_owned(),
        ),
        Goal::Story(id) => {
            let of = open.and_then(|open| {
                let row = open.edition.row_of(id)?;
                let story = open.edition.story(row)?;
                let section = open.edition.sections().get(story.section);
                let section = section.map_or("", |section| section.title.as_str());
                let number = super::sidebar::grouped(row + 1);
                let parts = [number.as_str(), section];
                let about = super::meta::joined(parts, "  ·  ");
                Some((story.headline.clone(), about))
            });
            of.unwrap_or_else(|| (id.to_string(), String::new()))
        }
    }
}

fn place(open: Option<&OpenPack>, reference: &Reference) -> (String, String) {
    let open = open.filter(|open| *open.series() == reference.series);
    let story = open.and_then(|open| open.story(&reference.story));
    let what = match (&story, reference.block) {
        (Some(story), _) => story.headline.clone(),
        (None, _) => format!("Open “{}”", reference.story),
    };
    let title = match open {
        Some(open) => &open.edition.info().title,
        None => reference.series.as_str(),
    };
    let edition = match &*reference.edition {
        "" => String::new(),
        edition => format!("edition {edition}"),
    };
    let block = reference.block.map(|block| format!("block {}", block + 1));
    let parts = [title, &edition, block.as_deref().unwrap_or_default()];
    (what, super::meta::joined(parts, "  ·  "))
}

fn goal(ui: &mut Ui, cx: &mut Cx<'_>, place: usize, width: f32) {
    let model = cx.model;
    let Some(goal) = model.go_to.goals.get(place) else {
        return;
    };
    let (what, about) = words(model.open.as_ref(), goal);
    let chosen = model.go_to.chosen == place;
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let id = Id::unique(("goal", place));
    let name = super::meta::joined([what.as_str(), &about], ", ");
    let response = hot(ui, id, rect, Role::ListBoxOption, &name, Some(chosen));
    let t = cx.tokens;
    if chosen {
        // Only when another one is chosen: the wheel goes where it will.
        let seen = Id::unique("goal in view");
        let before = ui.data_mut(|d| d.get_temp::<usize>(seen));
        if before != Some(place) {
            ui.data_mut(|d| d.insert_temp(seen, place));
            response.scroll_to_me(None);
        }
    }
    if chosen || response.hovered() {
        let ground = if chosen { t.select } else { t.hover };
        ui.painter()
            .rect_filled(rect, CornerRadius::same(8), ground);
    }
    let inner = width - 28.0;
    let headline = cx.set(&what, &scale::ROW_UNREAD.max_lines(1), inner);
    let below = cx.set(&about, &scale::SMALL.max_lines(1), inner);
    let height = headline.size().y + 2.0 + below.size().y;
    let at = rect.min + vec2(14.0, ((ROW - height) / 2.0).round());
    cx.paint(ui, &headline, at);
    cx.paint(ui, &below, at + vec2(0.0, headline.size().y + 2.0));
    if response.clicked() {
        cx.act(Action::GoTo(GoToAction::Go(place)));
    }
}
