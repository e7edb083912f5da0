//! Colours, sizes and fonts: what the program looks like, in one place.
//! It draws nothing.

mod fonts;
pub mod scale;
mod tokens;

pub use fonts::faces;
pub use tokens::{Palette, Tokens};

use eframe::egui::{
    self, Context, CornerRadius, FontFamily, FontId, Stroke, TextStyle, Visuals, vec2,
};

/// Gives the interface its faces. Once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::interface());
    // The text size is ours; zooming the whole window by the same keys would fight with it.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.all_styles_mut(|style| {
        use FontFamily::{Monospace, Proportional};
        style.text_styles = [
            (TextStyle::Small, FontId::new(11.5, Proportional)),
            (TextStyle::Body, FontId::new(14.0, Proportional)),
            (TextStyle::Button, FontId::new(13.5, Proportional)),
            (TextStyle::Heading, FontId::new(18.0, Proportional)),
            (TextStyle::Monospace, FontId::new(13.0, Monospace)),
        ]
        .into();
        style.spacing.item_spacing = vec2(8.0, 4.0);
        style.spacing.button_padding = vec2(12.0, 6.0);
        style.spacing.interact_size.y = 30.0;
        style.spacing.menu_margin = egui::Margin::same(8);
        style.interaction.selectable_labels = false;
        style.animation_time = 0.0;
        style.scroll_animation.duration = egui::Rangef::point(0.0);
    });
}

/// Gives egui's own widgets the colours of a theme.
pub fn dress(ctx: &Context, tokens: &Tokens) {
    let visuals = visuals(tokens);
    ctx.set_theme(if tokens.dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    });
    ctx.all_styles_mut(|style| style.visuals = visuals.clone());
}

fn visuals(t: &Tokens) -> Visuals {
    let mut v = if t.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    v.override_text_color = None;
    v.panel_fill = t.paper;
    v.window_fill = t.card;
    v.window_stroke = Stroke::new(1.0, t.rule);
    v.window_corner_radius = CornerRadius::same(10);
    v.menu_corner_radius = CornerRadius::same(8);
    v.extreme_bg_color = t.card;
    v.text_edit_bg_color = Some(t.card);
    v.faint_bg_color = t.side;
    v.code_bg_color = t.code_ground;
    v.hyperlink_color = t.link;
    v.error_fg_color = t.alert;
    v.warn_fg_color = t.alert;
    v.weak_text_color = Some(t.soft);
    v.selection.bg_fill = t.marked;
    v.selection.stroke = Stroke::new(1.0, t.ink);
    v.text_cursor.stroke = Stroke::new(1.5, t.ink);
    // A caret that blinks would wake an idle window twice a second.
    v.text_cursor.blink = false;
    let w = &mut v.widgets;
    for state in [
        &mut w.noninteractive,
        &mut w.inactive,
        &mut w.hovered,
        &mut w.active,
        &mut w.open,
    ] {
        state.corner_radius = CornerRadius::same(6);
        state.expansion = 0.0;
        state.fg_stroke = Stroke::new(1.0, t.ink);
        state.bg_stroke = Stroke::new(1.0, t.rule);
        state.bg_fill = t.card;
        state.weak_bg_fill = t.card;
    }
    w.noninteractive.fg_stroke.color = t.ink;
    for state in [&mut w.hovered, &mut w.active, &mut w.open] {
        state.bg_fill = t.hover;
        state.weak_bg_fill = t.hover;
    }
    w.active.bg_stroke.color = t.focus;
    v
}
