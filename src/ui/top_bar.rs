//! The slim bar above the page: history, and what one does to a story and to the program.

use eframe::egui::{self, Align, Button, Layout, Popup, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use super::context::Cx;
use super::drive::copying;
use super::exchange::exchanging;
use super::icons::Icon;
use super::kept::{exporting, keep_button};
use super::widgets::icon_button;
use crate::model::{
    Action, CopyAction, DriveAction, ExchangeAction, FilingAction, GoToAction, Origin, Overlay,
    StoryId, Theme, View,
};
use crate::theme::scale;

/// Draws the bar.
pub fn top_bar(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
    let t = cx.tokens;
    let line = rect.bottom().round() - 0.5;
    ui.painter().hline(rect.x_range(), line, (1.0, t.rule));
    let inner = rect.shrink2(vec2(14.0, 0.0));

    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center)),
    );
    left.spacing_mut().item_spacing.x = 2.0;
    let history = &cx.model.history;
    let (back, forward) = (history.has_back(), history.has_forward());
    if icon_button(&mut left, cx, Icon::Back, "Back (Alt+←)", back).clicked() {
        cx.act(Action::Back);
    }
    if icon_button(&mut left, cx, Icon::Forward, "Forward (Alt+→)", forward).clicked() {
        cx.act(Action::Forward);
    }
    if icon_button(
        &mut left,
        cx,
        Icon::Front,
        "Front page (H)",
        cx.model.open.is_some(),
    )
    .clicked()
    {
        cx.act(Action::ShowFront);
    }
    let left_end = left.min_rect().right();

    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
    );
    right.spacing_mut().item_spacing.x = 2.0;
    help_menu(&mut right, cx);
    open_menu(&mut right, cx);
    theme_menu(&mut right, cx);
    text_menu(&mut right, cx);
    let all = icon_button(
        &mut right,
        cx,
        Icon::Bookmarks,
        "All bookmarks (Ctrl+B)",
        true,
    );
    if all.clicked() {
        cx.act(if cx.model.view == View::Bookmarks {
            Action::ShowFront
        } else {
            Action::ShowBookmarks
        });
    }
    if let Some(id) = cx.model.story_id().cloned() {
        let marked = cx.model.bookmark(&id);
        let (icon, name) = match marked {
            None => (Icon::Unmarked, "Bookmark this story (B)"),
            Some(marked) if marked.is_saved() => (Icon::Marked, "Remove the bookmark (B)"),
            Some(_) => (Icon::Unmarked, "Bookmarked, not saved yet"),
        };
        if icon_button(&mut right, cx, icon, name, true).clicked() {
            cx.act(Action::ToggleBookmark(id.clone()));
        }
        keep_button(&mut right, cx, &id);
        note_button(&mut right, cx, &id);
    }
    let right_start = right.min_rect().left();
    let middle = Rect::from_min_max(pos2(left_end, rect.top()), pos2(right_start, rect.bottom()));
    let middle = middle.shrink2(vec2(12.0, 0.0));
    if !exporting(ui, cx, middle) && !exchanging(ui, cx, middle) && !copying(ui, cx, middle) {
        opening(ui, cx, middle);
    }
}

/// The button for tags and note of a story.
fn note_button(ui: &mut Ui, cx: &mut Cx<'_>, story: &StoryId) {
    let Some(series) = cx.model.open.as_ref().map(|open| open.series().clone()) else {
        return;
    };
    let bookmark = cx.model.bookmark(story).map(|it| &it.bookmark);
    let written = bookmark.is_some_and(|it| !it.tags.is_empty() || !it.remark.is_empty());
    let icon = if written { Icon::Noted } else { Icon::Note };
    if icon_button(ui, cx, icon, "Tags and note (E)", true).clicked() {
        let edit = FilingAction::Edit(series, story.clone());
        cx.act(Action::Filing(edit));
    }
}

/// How long opening may take before it is worth a word, in seconds.
const QUIET: f64 = 0.2;

/// What is being opened, how far it is, and a way out.
fn opening(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
    let id = egui::Id::unique("opening since");
    let Some(opening) = &cx.model.opening else {
        return;
    };
    let now = ui.input(|i| i.time);
    let since: (u64, f64) = ui
        .data(|d| d.get_temp(id))
        .filter(|(request, _)| *request == opening.request.0)
        .unwrap_or((opening.request.0, now));
    ui.data_mut(|d| d.insert_temp(id, since));
    let waited = now - since.1;
    if waited < QUIET {
        ui.request_repaint_after(std::time::Duration::from_secs_f64(QUIET - waited + 0.01));
        return;
    }
    let name = match &opening.origin {
        Origin::WorldDesk => "World Desk".to_owned(),
        Origin::Guide => "the guide".to_owned(),
        Origin::Path(path) => match path.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            None => path.to_string_lossy().into_owned(),
        },
    };
    let mut text = format!("Opening {name}…");
    if opening.stories > 0 {
        text = format!(
            "{text} {} stories",
            super::sidebar::grouped(opening.stories)
        );
    }
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center)),
    );
    child.add(egui::Spinner::new().size(14.0));
    child.add(egui::Label::new(RichText::new(text).color(cx.tokens.soft)).truncate());
    if child.button("Cancel").clicked() {
        cx.act(Action::CancelOpening);
    }
}

fn menu(ui: &mut Ui, button: &egui::Response, contents: impl FnOnce(&mut Ui)) {
    let _ = ui;
    Popup::menu(button).gap(6.0).show(|ui| {
        ui.set_min_width(210.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().button_padding = vec2(10.0, 6.0);
        ui.visuals_mut().widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
        ui.visuals_mut().widgets.inactive.bg_stroke = egui::Stroke::NONE;
        ui.visuals_mut().widgets.hovered.bg_stroke = egui::Stroke::NONE;
        ui.visuals_mut().widgets.active.bg_stroke = egui::Stroke::NONE;
        ui.with_layout(Layout::top_down_justified(Align::Min), contents);
    });
}

/// A line of a menu, with its key at the end.
fn entry(ui: &mut Ui, cx: &Cx<'_>, name: &str, key: &str, chosen: bool) -> bool {
    let mark = if chosen { "✓ " } else { "" };
    let mut button = Button::new(format!("{mark}{name}"));
    if !key.is_empty() {
        button = button.right_text(RichText::new(key).color(cx.tokens.soft).size(12.0));
    }
    let clicked = ui.add(button).clicked();
    if clicked {
        ui.close();
    }
    clicked
}

fn text_menu(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (rect, response) = ui.allocate_exact_size(vec2(38.0, 32.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Text size"));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 7, cx.tokens.hover);
    }
    let style = scale::META.weight(560.0);
    let small = cx.set("A", &style.scaled(0.95), f32::INFINITY);
    let large = cx.set("A", &style.scaled(1.35), f32::INFINITY);
    let width = small.ink_width() + 2.0 + large.ink_width();
    let x = (rect.center().x - width / 2.0).round();
    let base = rect.center().y.round() + 6.0;
    cx.paint(ui, &small, pos2(x, base - small.first_baseline()));
    let x = x + small.ink_width() + 2.0;
    cx.paint(ui, &large, pos2(x, base - large.first_baseline()));
    super::widgets::focus_ring(ui, cx, &response, rect);
    let response = response.on_hover_text("Text size (+, −, 0)");
    menu(ui, &response, |ui| {
        let percent = (cx.zoom() * 100.0).round();
        ui.label(
            RichText::new(format!("Text size {percent} %"))
                .color(cx.tokens.soft)
                .size(12.0),
        );
        if entry(ui, cx, "Larger", "+", false) {
            cx.act(Action::TextSize(1));
        }
        if entry(ui, cx, "Smaller", "−", false) {
            cx.act(Action::TextSize(-1));
        }
        if entry(ui, cx, "As designed", "0", false) {
            cx.act(Action::TextSize(0));
        }
    });
}

fn theme_menu(ui: &mut Ui, cx: &mut Cx<'_>) {
    let response = icon_button(ui, cx, Icon::Theme, "Colours (T)", true);
    menu(ui, &response, |ui| {
        for theme in Theme::ALL {
            let name = match theme {
                Theme::System => "Like the system",
                Theme::Light => "Light",
                Theme::Dark => "Dark",
                Theme::Sepia => "Sepia",
                Theme::Contrast => "High contrast",
            };
            if entry(ui, cx, name, "", cx.model.settings.theme == theme) {
                cx.act(Action::SetTheme(theme));
            }
        }
    });
}

fn open_menu(ui: &mut Ui, cx: &mut Cx<'_>) {
    let response = icon_button(ui, cx, Icon::Open, "Open a pack (Ctrl+O)", true);
    menu(ui, &response, |ui| {
        if entry(ui, cx, "Open a file…", "Ctrl+O", false) {
            cx.act(Action::PickFile);
        }
        if entry(ui, cx, "Open a folder…", "Ctrl+Shift+O", false) {
            cx.act(Action::PickFolder);
        }
        if entry(ui, cx, "Go to…", "Ctrl+G", false) {
            cx.act(Action::GoTo(GoToAction::Toggle));
        }
        ui.separator();
        let open = cx.model.open.as_ref().map(|open| open.origin.clone());
        let recent: Vec<(String, Origin)> = cx
            .model
            .recent
            .entries
            .iter()
            .take(10)
            .map(|pack| {
                let name = if pack.title.is_empty() {
                    pack.path.clone()
                } else {
                    format!("{}, {}", pack.title, pack.edition)
                };
                (name, Origin::Path(pack.path.clone().into()))
            })
            .chain([
                (
                    "World Desk, the sample edition".to_owned(),
                    Origin::WorldDesk,
                ),
                ("The Offprint Guide".to_owned(), Origin::Guide),
            ])
            .collect();
        for (name, origin) in recent {
            if entry(ui, cx, &name, "", open.as_ref() == Some(&origin)) {
                cx.act(Action::Open(origin));
            }
        }
        ui.separator();
        if entry(ui, cx, "Copy to a drive…", "", false) {
            cx.act(Action::Drive(DriveAction::Show));
        }
    });
}

fn help_menu(ui: &mut Ui, cx: &mut Cx<'_>) {
    let response = icon_button(ui, cx, Icon::Help, "Help (F1)", true);
    menu(ui, &response, |ui| {
        if entry(ui, cx, "The Offprint Guide", "F1", false) {
            cx.act(Action::Open(Origin::Guide));
        }
        if entry(ui, cx, "What’s new", "", false) {
            cx.act(Action::ShowNews);
        }
        if entry(ui, cx, "All the keys", "?", false) {
            cx.act(Action::Toggle(Overlay::Keys));
        }
        if entry(ui, cx, "Settings…", "Ctrl+,", false) {
            cx.act(Action::Toggle(Overlay::Settings));
        }
        if cx.model.story_id().is_some() && entry(ui, cx, "Cite this story…", "C", false) {
            cx.act(Action::Toggle(Overlay::Cite(None)));
        }
        if entry(ui, cx, "Show my files", "", false) {
            cx.act(Action::ShowFiles);
        }
        if entry(ui, cx, "Import bookmarks…", "", false) {
            cx.act(Action::Exchange(ExchangeAction::Import));
        }
        if entry(ui, cx, "Export bookmarks…", "", false) {
            cx.act(Action::Exchange(ExchangeAction::Export));
        }
        if !cx.model.copies.is_empty() && entry(ui, cx, "Export kept stories as a pack…", "", false)
        {
            cx.act(Action::Copies(CopyAction::Export(Vec::new())));
        }
        if cx.model.open.is_some() && entry(ui, cx, "About this edition", "", false) {
            cx.act(Action::Toggle(Overlay::About));
        }
    });
}
