//! What is laid over the page until it is closed: the keys, a link's address, the edition's imprint, where to go, how to cite,
//! the settings, what can be copied to a drive.

use eframe::egui::{self, Align2, Frame, Grid, Id, Margin, Modal, RichText, ScrollArea, Ui, vec2};

use super::context::Cx;
use super::exchange::imported;
use super::keys::KEYS;
use super::note::NotePanel;
use super::{cite, drive, go_to, settings};
use crate::model::{Action, Overlay, View};
use crate::theme::Tokens;

/// Draws what is laid over the page.
pub fn overlay(ui: &mut Ui, cx: &mut Cx<'_>, note: &mut NotePanel) {
    let Some(overlay) = cx.model.overlay.clone() else {
        return;
    };
    let tokens = cx.tokens;
    let frame = Frame::popup(ui.style())
        .fill(tokens.card)
        .inner_margin(Margin::symmetric(28, 24))
        .corner_radius(12);
    let mut area = Modal::default_area(Id::unique("overlay"));
    if overlay == Overlay::GoTo {
        // It grows downwards while one types, and its field stays where it is.
        area = area.anchor(Align2::CENTER_TOP, vec2(0.0, 84.0));
    }
    let response = Modal::new(Id::unique("overlay"))
        .area(area)
        .backdrop_color(tokens.scrim)
        .frame(frame)
        .show(ui.ctx(), |ui| match &overlay {
            Overlay::Keys => keys(ui, cx),
            Overlay::Leaving(address) => leaving(ui, cx, address),
            Overlay::About => about(ui, cx),
            Overlay::GoTo => go_to::field(ui, cx),
            Overlay::Cite(quoted) => cite::forms(ui, cx, quoted.as_ref()),
            Overlay::Settings => settings::sheet(ui, cx),
            Overlay::Drive => drive::sheet(ui, cx),
            Overlay::Note(series, story) => note.ui(ui, cx, series, story),
            Overlay::Imported => {
                title(ui, "Bookmarks imported");
                imported(ui, cx);
                ui.add_space(14.0);
                if ui.button("Close").clicked() {
                    cx.act(Action::CloseOverlay);
                }
            }
        });
    if response.should_close() {
        cx.act(Action::CloseOverlay);
    }
}

/// What stands at the top of it.
pub fn title(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(18.0).variation("wght", 650.0));
    ui.add_space(10.0);
}

fn keys(ui: &mut Ui, cx: &mut Cx<'_>) {
    title(ui, "Keys");
    ui.spacing_mut().interact_size.y = 18.0;
    let most = ui.ctx().content_rect().height() - 170.0;
    ScrollArea::vertical()
        .max_height(most)
        .min_scrolled_height(most)
        .content_margin(Margin {
            right: 16,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            Grid::new("keys")
                .num_columns(2)
                .spacing([28.0, 6.0])
                .show(ui, |ui| {
                    for (keys, what) in KEYS {
                        ui.label(RichText::new(*keys).variation("wght", 600.0));
                        ui.label(RichText::new(*what).color(cx.tokens.soft));
                        ui.end_row();
                    }
                });
        });
    ui.add_space(12.0);
    if ui.button("Close").clicked() {
        cx.act(Action::CloseOverlay);
    }
}

fn leaving(ui: &mut Ui, cx: &mut Cx<'_>, address: &str) {
    ui.set_max_width(460.0);
    title(
        ui,
        match cx.model.view {
            View::Bookmarks => "This story is on the web",
            View::Front | View::Story(_) => "This link leads out of the pack",
        },
    );
    ui.label("It opens in your browser and needs a connection.");
    ui.add_space(8.0);
    ui.add(egui::Label::new(RichText::new(address).monospace().size(12.5)).wrap());
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        let open = ui.add(primary("Open in the browser", cx.tokens));
        if open.clicked() {
            cx.act(Action::OpenAddress(address.to_owned()));
        }
        if ui.button("Copy the address").clicked() {
            cx.act(Action::Copy(address.to_owned()));
            cx.act(Action::CloseOverlay);
        }
        if ui.button("Stay here").clicked() {
            cx.act(Action::CloseOverlay);
        }
    });
}

fn about(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.set_max_width(480.0);
    let Some(open) = &cx.model.open else {
        return;
    };
    let info = open.edition.info();
    title(ui, &info.title);
    if !info.summary.is_empty() {
        ui.label(&info.summary);
        ui.add_space(10.0);
    }
    let origin = open.origin.to_text();
    let count = super::sidebar::grouped(open.edition.count());
    let date = info
        .published
        .map(crate::model::Date::long)
        .unwrap_or_default();
    let part = if info.excerpt {
        "A story that was kept, not the whole edition"
    } else {
        ""
    };
    let facts = [
        ("Series", info.series.as_str()),
        ("Edition", &info.edition),
        ("Published", &date),
        ("Publisher", &info.publisher),
        ("Address", &info.publisher_url),
        ("Rights", &info.rights),
        ("Stories", &count),
        ("What it is", part),
        ("Where it is", &origin),
    ];
    Grid::new("about")
        .num_columns(2)
        .spacing([24.0, 6.0])
        .show(ui, |ui| {
            for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
                ui.label(RichText::new(name).color(cx.tokens.soft));
                ui.add(egui::Label::new(value).wrap());
                ui.end_row();
            }
        });
    ui.add_space(14.0);
    if ui.button("Close").clicked() {
        cx.act(Action::CloseOverlay);
    }
}

/// The button one most likely wants.
pub fn primary<'a>(name: &'a str, tokens: &Tokens) -> egui::Button<'a> {
    egui::Button::new(RichText::new(name).color(tokens.on_accent)).fill(tokens.accent)
}
