//! The screen: draws the model and reports what the reader does. It changes nothing itself.

mod bookmarks;
mod card;
mod chips;
mod cite;
mod context;
mod drive;
mod exchange;
mod find_field;
mod front;
mod go_to;
mod heights;
mod icons;
mod kept;
mod keys;
mod meta;
mod note;
mod notices;
mod overlays;
mod problems;
mod progress;
mod row;
mod scroll;
mod settings;
mod sidebar;
mod story;
mod top_bar;
mod welcome;
mod widgets;

pub use context::Cx;
pub use keys::KEYS;

use eframe::egui::{
    CentralPanel, CornerRadius, Frame, Id, Panel, Rect, Role, Stroke, StrokeKind, Ui, UiBuilder,
    pos2, vec2,
};

use crate::model::{Action, Model, PackKey, Preview, StoryId, View};
use crate::theme::scale;
use crate::typeset::access;

/// What the screen remembers between frames that is not worth keeping on disk.
#[derive(Default)]
pub struct Screen {
    sidebar: sidebar::Sidebar,
    front: front::Front,
    story: story::StoryPage,
    bookmarks: bookmarks::Bookmarks,
    problems: problems::Problems,
    note: note::NotePanel,
    followed: Option<(PackKey, StoryId)>,
    width: Option<f32>,
}

impl Screen {
    /// Turns keys and dropped files into actions.
    pub fn keys(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        keys::keys(ui, self, model, actions);
    }

    /// Draws everything.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let whole = ui.max_rect();
        if cx.model.open.is_some() {
            self.follow(cx.model);
            self.sidebar_panel(ui, cx, whole);
        }
        self.problems.panel(ui, cx, whole);
        let paper = Frame::NONE.fill(cx.tokens.paper);
        CentralPanel::default().frame(paper).show(ui, |ui| {
            let rect = ui.max_rect();
            let bar = Rect::from_min_size(rect.min, vec2(rect.width(), scale::BAR));
            let page = Rect::from_min_max(pos2(rect.left(), bar.bottom()), rect.max);
            self.page_ui(ui, cx, page);
            top_bar::top_bar(ui, cx, bar);
            notices::notices(ui, cx, page);
        });
        cx.actions.extend(self.note.closed(cx.model));
        overlays::overlay(ui, cx, &mut self.note);
        drop_target(ui, cx, whole);
    }

    /// Gives the keyboard to the field in which one looks for something.
    fn find(&mut self, model: &Model) {
        match model.view {
            View::Bookmarks => self.bookmarks.find(),
            View::Front | View::Story(_) => self.sidebar.find(),
        }
    }

    /// The scrolled column of a view.
    fn page(&mut self, view: &View) -> &mut scroll::Scroll {
        match view {
            View::Front => self.front.scroll(),
            View::Story(_) => self.story.scroll(),
            View::Bookmarks => self.bookmarks.scroll(),
        }
    }

    /// The reader leaves: where they are in the story, and what they were writing, if the model was not told yet.
    pub fn leave(&mut self) -> impl Iterator<Item = Action> {
        self.story.leave().into_iter().chain(self.note.leave())
    }

    /// Keeps the open story's row in view when the story changes.
    fn follow(&mut self, model: &Model) {
        let Some(open) = &model.open else { return };
        let Some(id) = model.story_id() else { return };
        let now = (open.since, id.clone());
        if self.followed.as_ref() == Some(&now) {
            return;
        }
        if let Some(row) = open.edition.row_of(id) {
            self.sidebar.reveal(open, row);
        }
        self.followed = Some(now);
    }

    fn sidebar_panel(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, whole: Rect) {
        let most = (whole.width() * 0.45).max(200.0);
        let wanted = cx.model.settings.sidebar_width.min(whole.width() * 0.36);
        let side = Frame::NONE.fill(cx.tokens.side);
        let shown = Panel::left("sidebar")
            .frame(side)
            .resizable(true)
            .default_size(wanted.max(200.0).round())
            .size_range(200.0..=most)
            .show_separator_line(false)
            .show(ui, |ui| {
                ui.take_available_space();
                self.sidebar.ui(ui, cx);
            });
        let rect = shown.response.rect;
        let x = rect.right().round() - 0.5;
        ui.painter().vline(x, rect.y_range(), (1.0, cx.tokens.rule));
        let width = rect.width().round();
        let released = !ui.input(|i| i.pointer.any_down());
        if released
            && self
                .width
                .is_some_and(|before| (before - width).abs() > 0.5)
        {
            cx.act(Action::SidebarWidth(width));
        }
        if released || self.width.is_none() {
            self.width = Some(width);
        }
    }

    fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
        let model = cx.model;
        if model.story_id().is_none() {
            cx.actions.extend(self.leave());
        }
        match (&model.view, &model.open) {
            (View::Bookmarks, _) => self.bookmarks.ui(ui, cx, rect),
            (View::Story(id), Some(open)) => {
                if let Some(story) = open.story(id) {
                    self.story.ui(ui, cx, rect, open, &story);
                }
            }
            (View::Front, Some(_)) => self.front.ui(ui, cx, rect),
            (_, None) => nothing_open(ui, cx, rect),
        }
    }
}

/// What stands on the page while the pack that is being written cannot be shown.
fn not_yet(ui: &mut Ui, cx: &mut Cx<'_>, preview: &Preview, rect: Rect) {
    let Some(findings) = &preview.findings else {
        return;
    };
    let width = (rect.width() - 2.0 * scale::MARGIN).min(480.0);
    let mut at = pos2(
        rect.center().x - width / 2.0,
        rect.top() + rect.height() * 0.28,
    );
    let title = "There is nothing to show yet";
    let setting = cx.set(title, &scale::LEAD, width);
    cx.paint(ui, &setting, at);
    let area = Rect::from_min_size(at, setting.size());
    let id = Id::unique("nothing yet");
    access::node(ui, id, area, Role::Heading, title, Some(1));
    at.y += setting.size().y + 10.0;
    let text = "The front page stands here as soon as the manifest can be read.";
    let id = Id::unique("what is awaited");
    at.y += cx.say(ui, id, text, &scale::PLAIN_SOFT, at, width) + 14.0;
    // Beside the page it is listed already.
    let beside = problems::has_room(ui.ctx().content_rect().width());
    if let Some(first) = findings.first().filter(|_| !beside) {
        let id = Id::unique("first problem");
        cx.say(ui, id, &first.message, &scale::PLAIN, at, width);
    }
}

/// What stands on the page when no pack is open.
fn nothing_open(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
    if cx.model.opening.is_some() {
        return;
    }
    if let Some(preview) = &cx.model.preview {
        not_yet(ui, cx, preview, rect);
        return;
    }
    let width = (rect.width() - 2.0 * scale::MARGIN).min(480.0);
    let at = pos2(
        rect.center().x - width / 2.0,
        rect.top() + rect.height() * 0.28,
    );
    let title = "Nothing is open";
    let setting = cx.set(title, &scale::LEAD, width);
    cx.paint(ui, &setting, at);
    let area = Rect::from_min_size(at, setting.size());
    access::node(
        ui,
        Id::unique("nothing open"),
        area,
        Role::Heading,
        title,
        Some(1),
    );
    let at = at + vec2(0.0, setting.size().y + 10.0);
    let text = "Drop a pack onto this window, or open one: a folder with a pack.ron in it, or an .offprint file.";
    let height = cx.say(
        ui,
        Id::unique("how to open"),
        text,
        &scale::PLAIN_SOFT,
        at,
        width,
    );
    let below = Rect::from_min_size(at + vec2(0.0, height + 16.0), vec2(width, 36.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(below));
    child.horizontal(|ui| {
        if ui.button("Open a file…").clicked() {
            cx.act(Action::PickFile);
        }
        if ui.button("Open a folder…").clicked() {
            cx.act(Action::PickFolder);
        }
        if ui.button("Read the sample edition").clicked() {
            cx.act(Action::Open(crate::model::Origin::WorldDesk));
        }
    });
}

/// Takes in what is dropped onto the window, and says so while it hovers.
fn drop_target(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
    let (hovering, dropped) = ui.input(|i| {
        let path = i.raw.dropped_files.iter().find_map(|file| {
            Some(file.path().to_path_buf()).filter(|path| !path.as_os_str().is_empty())
        });
        (!i.raw.hovered_files.is_empty(), path)
    });
    if let Some(path) = dropped {
        cx.act(Action::Open(crate::model::Origin::Path(path)));
    }
    if hovering {
        let t = cx.tokens;
        let layer = eframe::egui::LayerId::new(eframe::egui::Order::Foreground, Id::unique("drop"));
        let painter = ui.ctx().layer_painter(layer);
        painter.rect_filled(rect, 0, t.scrim);
        let card = Rect::from_center_size(rect.center(), vec2(320.0, 96.0));
        let stroke = Stroke::new(2.0, t.accent);
        painter.rect(
            card,
            CornerRadius::same(12),
            t.card,
            stroke,
            StrokeKind::Inside,
        );
        let font = eframe::egui::FontId::proportional(16.0);
        let middle = eframe::egui::Align2::CENTER_CENTER;
        painter.text(card.center(), middle, "Drop to open the pack", font, t.ink);
    }
}
