//! What is said at the first start: three sentences above the first edition, until they are dismissed.

use eframe::egui::{CornerRadius, Id, Rect, Role, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::context::Cx;
use super::icons::{self, Icon};
use super::widgets::icon_button;
use crate::model::{Action, WELCOME};
use crate::theme::scale;
use crate::typeset::access;

const PAD: f32 = 22.0;
const GAP: f32 = 30.0;
const ICONS: [Icon; 3] = [Icon::Front, Icon::Marked, Icon::Open];
/// Beneath it, before the lead story.
const BELOW: f32 = 28.0;

/// Measures the panel or, given a place, draws it. Returns its height with the space beneath.
pub fn welcome(cx: &mut Cx<'_>, draw: Option<(&mut Ui, Rect)>, left: f32, width: f32) -> f32 {
    let inner = width - 2.0 * PAD - 24.0;
    let beside = inner > 620.0;
    let each = if beside {
        ((inner - 2.0 * GAP) / 3.0).floor()
    } else {
        inner
    };
    let indent = 30.0;
    let style = scale::NOTE.scaled(0.94);
    let texts = WELCOME.map(|it| cx.set(it, &style, each - indent));
    let heights = texts.each_ref().map(|it| it.size().y);
    let text_height = if beside {
        heights.into_iter().fold(0.0, f32::max)
    } else {
        heights.iter().sum::<f32>() + 2.0 * 12.0
    };
    let height = text_height + 2.0 * PAD - 4.0;
    let Some((ui, rect)) = draw else {
        return height + BELOW;
    };
    let t = cx.tokens;
    let panel = Rect::from_min_size(pos2(left, rect.top()).round(), vec2(width, height.round()));
    ui.painter().rect(
        panel,
        CornerRadius::same(10),
        t.note,
        Stroke::new(1.0, t.note_edge),
        StrokeKind::Inside,
    );
    let mut at = panel.min + vec2(PAD, PAD - 2.0);
    for (place, (text, icon)) in texts.iter().zip(ICONS).enumerate() {
        let mark = Rect::from_min_size(at, vec2(18.0, 24.0));
        icons::paint(ui.painter(), icon, mark, 18.0, t.accent);
        let corner = (at + vec2(indent, 0.0)).round();
        cx.paint(ui, text, corner);
        let id = Id::unique(("welcome", place));
        let area = Rect::from_min_size(corner, text.size());
        let words = WELCOME.get(place).copied().unwrap_or_default();
        access::node(ui, id, area, Role::Paragraph, words, None);
        at += if beside {
            vec2(each + GAP, 0.0)
        } else {
            vec2(0.0, text.size().y + 12.0)
        };
    }
    let corner = pos2(panel.right() - 40.0, panel.top() + 6.0);
    let area = Rect::from_min_size(corner, vec2(34.0, 32.0));
    let mut close = ui.new_child(UiBuilder::new().max_rect(area));
    if icon_button(&mut close, cx, Icon::Close, "Dismiss the welcome", true).clicked() {
        cx.act(Action::DismissWelcome);
    }
    height + BELOW
}
