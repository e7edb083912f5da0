//! The keys, in one table, and what each of them does.

use eframe::egui::{Key, Memory, Modifiers, Ui};

use super::Screen;
use crate::model::{
    Action, CopyAction, FilingAction, GoToAction, HighlightAction, Model, Origin, Overlay, Step,
    Theme, View,
};

/// Every key and what it does, as shown by `?`.
pub const KEYS: &[(&str, &str)] = &[
    ("↓ or J, ↑ or K", "The next story, the one before"),
    (
        "Enter",
        "Open the first story, from the front page or the filter",
    ),
    (
        "Space, Shift+Space",
        "Page down, then on to the next unread story; page up",
    ),
    ("Page Down, Page Up", "Page through the text"),
    ("Home, End", "The top and the end of the text"),
    ("H", "The front page"),
    ("B", "Bookmark the story, or take its bookmark away"),
    ("Shift+B", "Keep a copy of the story, with its pictures"),
    ("E", "Tags and a note for the story"),
    ("Ctrl+B", "All bookmarks"),
    ("M", "Mark the story unread, or read"),
    ("C", "Cite the story, or the selected words"),
    (
        "L",
        "Highlight what is selected, in the colour of the last time",
    ),
    (
        "Shift+↓, Shift+↑",
        "Select the next paragraph, the one before",
    ),
    (
        "Ctrl+→, Ctrl+Shift+→",
        "Begin the selection a word later, end it a word later; ← for earlier",
    ),
    (
        "/ or Ctrl+F",
        "Filter the headlines, or find among the bookmarks",
    ),
    (
        "Ctrl+G or Ctrl+L",
        "Go to a reference, a headline, a number or a pack",
    ),
    ("Alt+←, Alt+→", "Back and forward"),
    ("Ctrl+O, Ctrl+Shift+O", "Open a file, a folder"),
    ("+, −, 0", "Larger, smaller, the usual text size"),
    ("T", "The next colours"),
    ("Ctrl+C, Ctrl+A", "Copy the selected text, select all"),
    ("Ctrl+,", "Settings, where your files are, backups"),
    ("F1", "The guide"),
    ("?", "This list"),
    ("Esc", "Close what is open, clear the filter"),
];

/// Turns the keys of this frame into actions.
pub fn keys(ui: &mut Ui, screen: &mut Screen, model: &Model, actions: &mut Vec<Action>) {
    let pressed = |ui: &Ui, modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    let ctrl = Modifiers::COMMAND;
    // The longer shortcut first: a shorter one would take it.
    if pressed(ui, ctrl | Modifiers::SHIFT, Key::O) {
        actions.push(Action::PickFolder);
    } else if pressed(ui, ctrl, Key::O) {
        actions.push(Action::PickFile);
    }
    if pressed(ui, ctrl, Key::F) {
        screen.find(model);
    }
    if pressed(ui, ctrl, Key::G) || pressed(ui, ctrl, Key::L) {
        actions.push(Action::GoTo(GoToAction::Toggle));
    }
    if model.overlay == Some(Overlay::GoTo) {
        // Before the field takes them.
        for (key, action) in [
            (Key::ArrowDown, GoToAction::Step(1)),
            (Key::ArrowUp, GoToAction::Step(-1)),
            (Key::Enter, GoToAction::Enter),
        ] {
            if pressed(ui, Modifiers::NONE, key) {
                actions.push(Action::GoTo(action));
            }
        }
    }
    if pressed(ui, ctrl, Key::B) {
        actions.push(match model.view {
            View::Bookmarks => Action::ShowFront,
            _ => Action::ShowBookmarks,
        });
    }
    for (key, action) in [
        (Key::Plus, 1),
        (Key::Equals, 1),
        (Key::Minus, -1),
        (Key::Num0, 0),
    ] {
        if pressed(ui, ctrl, key) {
            actions.push(Action::TextSize(action));
        }
    }
    if pressed(ui, ctrl, Key::Comma) {
        actions.push(Action::Toggle(Overlay::Settings));
    }
    if pressed(ui, Modifiers::ALT, Key::ArrowLeft) {
        actions.push(Action::Back);
    }
    if pressed(ui, Modifiers::ALT, Key::ArrowRight) {
        actions.push(Action::Forward);
    }
    if pressed(ui, Modifiers::NONE, Key::F1) {
        actions.push(Action::Open(Origin::Guide));
    }
    let popup = eframe::egui::Popup::is_any_open(ui.ctx());
    if !popup && pressed(ui, Modifiers::NONE, Key::Escape) {
        escape(ui, model, actions);
    }
    // Letters belong to the field that is being typed in, and to menus and overlays.
    if ui.text_edit_focused() || popup || model.overlay.is_some() {
        if model.overlay == Some(Overlay::Keys) && typed(ui, "?") {
            actions.push(Action::CloseOverlay);
        }
        return;
    }
    plain_keys(ui, screen, model, actions);
}

fn escape(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let focused = ui.memory(Memory::focused);
    if model.overlay.is_some() {
        actions.push(Action::CloseOverlay);
    } else if model.opening.is_some() {
        actions.push(Action::CancelOpening);
    } else if model.highlighting.open.is_some() {
        actions.push(Action::Highlights(HighlightAction::Close));
    } else if model.changes_unfolded {
        actions.push(Action::ToggleChanges);
    } else if model
        .open
        .as_ref()
        .is_some_and(|open| !open.query.is_empty())
    {
        actions.push(Action::Filter(String::new()));
    } else if let Some((id, _)) = model.notices.iter().next_back() {
        actions.push(Action::Dismiss(*id));
    }
    if let Some(id) = focused {
        ui.memory_mut(|m| m.surrender_focus(id));
    }
}

/// Whether a character was typed, on whichever key the layout has it.
fn typed(ui: &Ui, text: &str) -> bool {
    ui.input_mut(|i| {
        let before = i.events.len();
        i.events
            .retain(|event| !matches!(event, eframe::egui::Event::Text(typed) if typed == text));
        i.events.len() < before
    })
}

fn plain_keys(ui: &mut Ui, screen: &mut Screen, model: &Model, actions: &mut Vec<Action>) {
    let pressed = |ui: &Ui, key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    if model.story_id().is_some() {
        // Before the shorter ones.
        screen.story.select_by_keys(ui);
        if pressed(ui, Key::L) {
            actions.extend(screen.story.mark(None, false));
        }
    }
    for (key, action) in [
        (Key::ArrowDown, Action::Go(Step::Next)),
        (Key::J, Action::Go(Step::Next)),
        (Key::ArrowUp, Action::Go(Step::Previous)),
        (Key::K, Action::Go(Step::Previous)),
        (Key::H, Action::ShowFront),
    ] {
        if pressed(ui, key) {
            actions.push(action);
        }
    }
    // Enter and Space press what has the keyboard, if something has.
    let free = ui.memory(Memory::focused).is_none();
    if free && model.story_id().is_none() && pressed(ui, Key::Enter) {
        actions.push(Action::Go(Step::First));
    }
    if let Some(id) = model.story_id() {
        // Before the shorter one.
        if ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::B)) && model.copy(id).is_none() {
            actions.push(Action::Copies(CopyAction::Keep(id.clone())));
        }
        if pressed(ui, Key::B) {
            actions.push(Action::ToggleBookmark(id.clone()));
        }
        if pressed(ui, Key::E)
            && let Some(open) = &model.open
        {
            let edit = FilingAction::Edit(open.series().clone(), id.clone());
            actions.push(Action::Filing(edit));
        }
        if pressed(ui, Key::M) {
            actions.push(Action::ToggleRead(id.clone()));
        }
        if pressed(ui, Key::C) {
            let quoted = screen.story.quoted();
            actions.push(Action::Toggle(Overlay::Cite(quoted)));
        }
    }
    if pressed(ui, Key::T) {
        actions.push(Action::SetTheme(next_theme(model.settings.theme)));
    }
    for (text, by) in [("+", 1), ("=", 1), ("-", -1), ("−", -1), ("0", 0)] {
        if typed(ui, text) {
            actions.push(Action::TextSize(by));
        }
    }
    if typed(ui, "?") {
        actions.push(Action::Toggle(Overlay::Keys));
    }
    if typed(ui, "/") {
        screen.find(model);
    }
    page_keys(ui, screen, model, actions, free);
}

fn page_keys(
    ui: &mut Ui,
    screen: &mut Screen,
    model: &Model,
    actions: &mut Vec<Action>,
    free: bool,
) {
    let pressed = |ui: &Ui, modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    let page = screen.page(&model.view);
    if free && pressed(ui, Modifiers::SHIFT, Key::Space) {
        page.by_pages(-1.0);
    } else if free && pressed(ui, Modifiers::NONE, Key::Space) {
        if page.at_end() && model.view != View::Bookmarks {
            actions.push(Action::Go(Step::NextUnread));
        } else {
            page.by_pages(1.0);
        }
    }
    if pressed(ui, Modifiers::NONE, Key::PageDown) {
        page.by_pages(1.0);
    }
    if pressed(ui, Modifiers::NONE, Key::PageUp) {
        page.by_pages(-1.0);
    }
    if pressed(ui, Modifiers::NONE, Key::Home) {
        page.to(0, 0.0);
    }
    if pressed(ui, Modifiers::NONE, Key::End) {
        page.end();
    }
}

fn next_theme(theme: Theme) -> Theme {
    match theme {
        Theme::System | Theme::Contrast => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Sepia,
        Theme::Sepia => Theme::Contrast,
    }
}
