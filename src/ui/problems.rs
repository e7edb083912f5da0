//! What is wrong with the pack that is being written, in a list beside its page. There is none in a window for reading.

use eframe::egui::{
    Color32, CornerRadius, Frame, Id, Panel, Rect, Role, Ui, UiBuilder, pos2, vec2,
};

use super::context::Cx;
use super::icons::{self, Icon};
use super::scroll::{Column, Scroll, key_of};
use super::sidebar::grouped;
use super::widgets::{focus_ring, hot};
use crate::model::{Action, Finding, Preview, Weight};
use crate::theme::{Tokens, scale};
use crate::typeset::{Ink, Style, access};

/// What the list remembers between frames.
#[derive(Default)]
pub struct Problems {
    scroll: Scroll,
}

/// The space left and right of what stands in the list.
const PAD: f32 = 18.0;
/// From the mark of a finding to its words.
const INDENT: f32 = 25.0;
/// Above and below a finding.
const AIR: f32 = 13.0;
/// The side of the button that copies a place.
const COPY: f32 = 28.0;
/// In a narrower window the page has the room.
const NEEDS: f32 = 980.0;

/// Whether the list is beside the page in a window of this width.
pub fn has_room(width: f32) -> bool {
    width >= NEEDS
}

/// How many findings of each weight there are, in words.
pub fn counts(preview: &Preview) -> Vec<(Weight, String)> {
    let words = |weight, one: &str, more: &str| match preview.count(weight) {
        0 => None,
        1 => Some((weight, format!("1 {one}"))),
        count => Some((weight, format!("{} {more}", grouped(count)))),
    };
    let all = [
        words(Weight::Error, "error", "errors"),
        words(Weight::Warning, "warning", "warnings"),
        words(Weight::Advice, "piece of advice", "pieces of advice"),
    ];
    all.into_iter().flatten().collect()
}

impl Problems {
    /// Draws the list at the right of the window, where there is room for it.
    pub fn panel(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, whole: Rect) {
        let model = cx.model;
        let Some(preview) = model.previewing().filter(|_| has_room(whole.width())) else {
            return;
        };
        let shown = Panel::right("problems")
            .frame(Frame::NONE.fill(cx.tokens.side))
            .resizable(true)
            .default_size(300.0)
            .size_range(240.0..=(whole.width() * 0.4).max(240.0))
            .show_separator_line(false)
            .show(ui, |ui| {
                ui.take_available_space();
                self.ui(ui, cx, preview);
            });
        let rect = shown.response.rect;
        let x = rect.left().round() + 0.5;
        ui.painter().vline(x, rect.y_range(), (1.0, cx.tokens.rule));
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, preview: &Preview) {
        let rect = ui.max_rect();
        let bar = Rect::from_min_size(rect.min, vec2(rect.width(), scale::BAR));
        let line = bar.bottom().round() - 0.5;
        ui.painter()
            .hline(rect.x_range(), line, (1.0, cx.tokens.rule));
        let title = cx.set("Problems", &scale::NOTE_TITLE, f32::INFINITY);
        let at = pos2(
            rect.left() + PAD,
            (bar.center().y - title.size().y / 2.0).round(),
        );
        cx.paint(ui, &title, at);
        access::node(
            ui,
            Id::unique("problems"),
            bar,
            Role::Heading,
            "Problems",
            Some(2),
        );

        let Some(findings) = &preview.findings else {
            let at = pos2(rect.left() + PAD, bar.bottom() + 18.0);
            cx.say(
                ui,
                Id::unique("checking"),
                "Checking…",
                &scale::META,
                at,
                rect.width(),
            );
            return;
        };
        if findings.is_empty() {
            none(ui, cx, bar.bottom(), rect);
            return;
        }
        let top = summary(ui, cx, preview, rect, bar.bottom() + 14.0);
        let list = Rect::from_min_max(pos2(rect.left() + 1.0, top + 12.0), rect.max);
        let key = key_of((
            list.width().to_bits(),
            preview.checked,
            cx.text.generation(),
        ));
        let tokens = cx.tokens;
        let mut column = Findings {
            cx,
            all: findings,
            width: list.width(),
        };
        let id = Id::unique("findings");
        self.scroll
            .show(ui, id, list, (key, 96.0), tokens, &mut column);
    }
}

/// What stands in place of the list when there is nothing to list.
fn none(ui: &mut Ui, cx: &mut Cx<'_>, top: f32, rect: Rect) {
    let left = rect.left() + PAD;
    let width = rect.width() - 2.0 * PAD;
    let mark = Rect::from_min_size(pos2(left, top + 18.0), vec2(17.0, 20.0));
    icons::paint(ui.painter(), Icon::Done, mark, 17.0, cx.tokens.accent);
    let at = pos2(left + INDENT, top + 18.0);
    let style = scale::PLAIN.weight(600.0);
    let height = cx.say(
        ui,
        Id::unique("no problems"),
        "No problems",
        &style,
        at,
        width,
    );
    let text = "Every story, every picture and the manifest were looked at.";
    let below = at + vec2(0.0, height + 2.0);
    cx.say(
        ui,
        Id::unique("all looked at"),
        text,
        &scale::META,
        below,
        width - INDENT,
    );
}

/// The counts, each with its mark. Returns where they end.
fn summary(ui: &mut Ui, cx: &mut Cx<'_>, preview: &Preview, rect: Rect, top: f32) -> f32 {
    let right = rect.right() - PAD;
    let mut at = pos2(rect.left() + PAD, top);
    let mut height = 0.0_f32;
    for (weight, words) in counts(preview) {
        let setting = cx.set(&words, &scale::META, f32::INFINITY);
        let width = 20.0 + setting.ink_width();
        if at.x > rect.left() + PAD && at.x + width > right {
            at = pos2(rect.left() + PAD, at.y + height + 3.0);
        }
        height = setting.size().y;
        let mark = Rect::from_min_size(at, vec2(14.0, height));
        let (icon, colour) = mark_of(weight, cx.tokens);
        icons::paint(ui.painter(), icon, mark, 14.0, colour);
        cx.paint(ui, &setting, at + vec2(20.0, 0.0));
        let area = Rect::from_min_size(at, vec2(width, height));
        access::node(
            ui,
            Id::unique(("count", weight)),
            area,
            Role::Label,
            &words,
            None,
        );
        at.x += width + 16.0;
    }
    let mut bottom = at.y + height;
    if preview.behind && cx.model.open.is_some() {
        let at = pos2(rect.left() + PAD, bottom + 8.0);
        let text = "Until this is put right, the page is as it was before.";
        let id = Id::unique("behind");
        bottom = at.y + cx.say(ui, id, text, &scale::META, at, right - at.x);
    }
    bottom
}

fn mark_of(weight: Weight, t: &Tokens) -> (Icon, Color32) {
    match weight {
        Weight::Error => (Icon::Wrong, t.alert),
        Weight::Warning => (Icon::Alert, t.accent),
        Weight::Advice => (Icon::Info, t.soft),
    }
}

fn name_of(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "Error",
        Weight::Warning => "Warning",
        Weight::Advice => "Advice",
    }
}

const KIND: Style = scale::META.weight(600.0).ink(Ink::Text);
const MESSAGE: Style = scale::META.ink(Ink::Text);
const PLACE: Style = scale::CODE.scaled(0.82).ink(Ink::Soft);

struct Findings<'a, 'b> {
    cx: &'a mut Cx<'b>,
    all: &'a [Finding],
    width: f32,
}

impl Findings<'_, '_> {
    /// Measures a finding, and draws it where there is something to draw on. Returns its height.
    fn flow(&mut self, index: usize, canvas: Option<(&mut Ui, Rect)>) -> f32 {
        let Some(finding) = self.all.get(index) else {
            return 0.0;
        };
        let cx = &mut *self.cx;
        let room = self.width - 2.0 * PAD - INDENT;
        let kind = match &*finding.code {
            "" => name_of(finding.weight).to_owned(),
            code => format!("{} {code}", name_of(finding.weight)),
        };
        let place = finding.place();
        let kind_set = cx.set(&kind, &KIND, room);
        let message = cx.set(&finding.message, &MESSAGE, room);
        let place_set = (!place.is_empty()).then(|| cx.set(&place, &PLACE, room - COPY));
        let foot = place_set
            .as_ref()
            .map_or(0.0, |it| it.size().y.max(COPY) + 2.0);
        let height = AIR + kind_set.size().y + 2.0 + message.size().y + foot + AIR;
        let Some((ui, rect)) = canvas else {
            return height;
        };
        let t = cx.tokens;
        let spoken = match &*place {
            "" => format!("{kind}: {}", finding.message),
            place => format!("{kind}, {place}: {}", finding.message),
        };
        let id = Id::unique(("finding", index));
        if let Some(story) = &finding.story {
            let response = hot(ui, id, rect, Role::Button, &spoken, None);
            if response.hovered() {
                ui.painter().rect_filled(rect, 0, t.hover);
            }
            if response.clicked() {
                cx.act(Action::ShowStory(story.clone()));
            }
            focus_ring(ui, cx, &response, rect);
        } else {
            access::node(ui, id, rect, Role::ListItem, &spoken, None);
        }
        ui.painter().hline(
            rect.left() + PAD..=rect.right() - PAD,
            rect.top().round() + 0.5,
            (1.0, t.rule),
        );
        let mut at = pos2(rect.left() + PAD, rect.top() + AIR);
        let mark = Rect::from_min_size(at, vec2(16.0, kind_set.size().y));
        let (icon, colour) = mark_of(finding.weight, t);
        icons::paint(ui.painter(), icon, mark, 16.0, colour);
        at.x += INDENT;
        cx.paint(ui, &kind_set, at);
        at.y += kind_set.size().y + 2.0;
        cx.paint(ui, &message, at);
        at.y += message.size().y + 2.0;
        if let Some(setting) = place_set {
            let line = setting.size().y.max(COPY);
            cx.paint(
                ui,
                &setting,
                pos2(at.x, at.y + (line - setting.size().y) / 2.0),
            );
            let right = rect.right() - PAD;
            let button = Rect::from_min_size(pos2(right - COPY + 7.0, at.y), vec2(COPY, COPY));
            copy(ui, cx, id.with("copy"), button, &place);
        }
        height
    }
}

fn copy(ui: &mut Ui, cx: &mut Cx<'_>, id: Id, rect: Rect, place: &str) {
    let name = format!("Copy {place}");
    // On top of the finding, which answers the pointer as well.
    let child = ui.new_child(UiBuilder::new().max_rect(rect));
    let response = hot(&child, id, rect, Role::Button, &name, None);
    let over = response.hovered() || response.has_focus();
    if over {
        let ground = CornerRadius::same(6);
        child.painter().rect_filled(rect, ground, cx.tokens.select);
    }
    let colour = if over { cx.tokens.ink } else { cx.tokens.soft };
    icons::paint(child.painter(), Icon::Copy, rect, 14.0, colour);
    focus_ring(&child, cx, &response, rect);
    if response.on_hover_text(&name).clicked() {
        cx.act(Action::Copy(place.to_owned()));
    }
}

impl Column for Findings<'_, '_> {
    fn count(&self) -> usize {
        self.all.len()
    }

    fn height(&mut self, index: usize) -> f32 {
        self.flow(index, None)
    }

    fn draw(&mut self, ui: &mut Ui, index: usize, rect: Rect) {
        self.flow(index, Some((ui, rect)));
    }
}
