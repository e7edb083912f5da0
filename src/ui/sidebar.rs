//! The sidebar: the edition's name, the filter, and the headlines.

use eframe::egui::{CornerRadius, Id, Rect, Role, Ui, UiBuilder, pos2, vec2};

use super::context::Cx;
use super::find_field::{self, FindField};
use super::problems;
use super::row;
use super::scroll::{Column, Scroll, key_of};
use super::widgets::{focus_ring, hot, tab_row};
use crate::model::{Action, Item, OpenPack, PackKey, Preview, Show, Step, StoryId};
use crate::theme::scale;
use crate::typeset::access;

/// What the sidebar remembers between frames.
#[derive(Default)]
pub struct Sidebar {
    scroll: Scroll,
    typed: String,
    seen: Option<(u64, String)>,
    focus_filter: bool,
    top: Option<Top>,
}

/// The story at the top of the list, and the pack it is in: its first key and its present one.
struct Top {
    since: PackKey,
    key: PackKey,
    story: StoryId,
}

/// The space left and right of what stands in the sidebar.
const PAD: f32 = 20.0;

impl Sidebar {
    /// Puts the keyboard into the filter field at the next frame.
    pub fn find(&mut self) {
        self.focus_filter = true;
    }

    /// The filter field's id.
    pub fn field_id() -> Id {
        Id::unique("filter field")
    }

    /// Draws the sidebar.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let model = cx.model;
        let rect = ui.max_rect();
        let Some(open) = &model.open else {
            return;
        };
        let mut top = rect.top() + 18.0;
        if let Some(preview) = model.previewing() {
            top = preview_label(ui, cx, preview, rect, top);
        }
        top = heading(ui, cx, open, rect, top);
        top = self.filter(ui, cx, open, rect, top);
        top = tabs(ui, cx, open, rect, top);
        let list = Rect::from_min_max(pos2(rect.left(), top), rect.max);
        self.list(ui, cx, open, list);
    }

    fn filter(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        open: &OpenPack,
        rect: Rect,
        top: f32,
    ) -> f32 {
        if self.seen.as_ref().map(|(key, _)| *key) != Some(open.since.0)
            || !ui.memory(|m| m.has_focus(Self::field_id()))
        {
            self.typed.clone_from(&open.query);
        }
        self.seen = Some((open.since.0, open.query.clone()));
        let field = Rect::from_min_size(
            pos2(rect.left() + 16.0, top),
            vec2(rect.width() - 32.0, find_field::HEIGHT),
        );
        let filter = FindField {
            id: Self::field_id(),
            hint: "Filter headlines",
            clear: "Clear the filter",
        };
        let found = filter.ui(ui, cx, field, &mut self.typed, &mut self.focus_filter);
        if found.changed {
            cx.act(Action::Filter(self.typed.clone()));
        }
        if found.entered {
            cx.act(Action::Go(Step::First));
        }
        field.bottom() + 4.0
    }

    fn list(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenPack, rect: Rect) {
        if open.listing.count() == 0 {
            nothing(ui, cx, open, rect);
            return;
        }
        let key = key_of((
            rect.width().to_bits(),
            cx.list_zoom().to_bits(),
            (open.key, open.listed),
            cx.text.generation(),
        ));
        self.stay(open);
        let scroll = &mut self.scroll;
        let mut rows = Rows {
            cx,
            open,
            width: rect.width(),
        };
        let tokens = rows.cx.tokens;
        let id = Id::unique("headlines");
        scroll.show(ui, id, rect, (key, 84.0), tokens, &mut rows);
        let top = match open.listing.item(self.scroll.place().0) {
            Some(Item::Story { row, .. }) => open.edition.story(row),
            Some(Item::Section(_)) | None => None,
        };
        self.top = top.map(|story| Top {
            since: open.since,
            key: open.key,
            story: story.id.clone(),
        });
    }

    /// Keeps the same headline at the top when the pack was opened anew and others stand above it now.
    fn stay(&mut self, open: &OpenPack) {
        if let Some(top) = &self.top
            && top.since == open.since
            && top.key != open.key
            && let Some(row) = open.edition.row_of(&top.story)
            && let Ok(position) = open.listing.position_of(row)
        {
            let fraction = self.scroll.place().1;
            self.scroll.to(open.listing.item_of(position), fraction);
        }
    }

    /// Brings the open story's row into view with the least movement.
    pub fn reveal(&mut self, open: &OpenPack, row: usize) {
        if let Ok(position) = open.listing.position_of(row) {
            self.scroll.reveal(open.listing.item_of(position));
        }
    }
}

fn heading(ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenPack, rect: Rect, top: f32) -> f32 {
    let info = open.edition.info();
    let width = rect.width() - 2.0 * PAD;
    let left = rect.left() + PAD;
    let name = cx.set(&info.title, &scale::SIDE_TITLE, width);
    let count = open.edition.count();
    let stories = match count {
        1 => "1 story".to_owned(),
        _ => format!("{} stories", grouped(count)),
    };
    let when = match info.published {
        Some(date) => format!("{} · {stories}", date.weekday()),
        None => format!("Edition {} · {stories}", info.edition),
    };
    let date = cx.set(&when, &scale::SMALL.max_lines(1), width);
    let bottom = top + name.size().y + 2.0 + date.size().y;
    let area = Rect::from_min_max(
        pos2(rect.left() + 8.0, top - 6.0),
        pos2(rect.right() - 8.0, bottom + 4.0),
    );
    let label = format!("{}, {when}. Front page", info.title);
    let front = hot(ui, Id::unique("edition"), area, Role::Button, &label, None);
    if front.hovered() || front.has_focus() {
        ui.painter()
            .rect_filled(area, CornerRadius::same(7), cx.tokens.hover);
    }
    if front.clicked() {
        cx.act(Action::ShowFront);
    }
    focus_ring(ui, cx, &front, area);
    cx.paint(ui, &name, pos2(left, top));
    cx.paint(ui, &date, pos2(left, top + name.size().y + 2.0));
    bottom + 14.0
}

/// Says that this is no window for reading and, where there is no list of them beside the page, how many problems there are.
fn preview_label(ui: &Ui, cx: &mut Cx<'_>, preview: &Preview, rect: Rect, top: f32) -> f32 {
    let mut words = vec!["Preview".to_owned()];
    if !problems::has_room(ui.ctx().content_rect().width()) {
        let counts = problems::counts(preview).into_iter();
        words.extend(counts.map(|(_, words)| words));
    }
    let words = words.join(" · ");
    let style = scale::SIDE_SECTION.max_lines(2);
    let setting = cx.set(&words.to_uppercase(), &style, rect.width() - 2.0 * PAD);
    let at = pos2(rect.left() + PAD, top - 2.0);
    cx.paint(ui, &setting, at);
    let area = Rect::from_min_size(at, setting.size());
    access::node(ui, Id::unique("preview"), area, Role::Label, &words, None);
    area.bottom() + 6.0
}

fn tabs(ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenPack, rect: Rect, top: f32) -> f32 {
    let tabs = [
        (Show::All, "All".to_owned()),
        (Show::Unread, format!("Unread {}", grouped(open.unread()))),
        (
            Show::Bookmarked,
            format!("Bookmarked {}", grouped(cx.model.bookmarked_count())),
        ),
    ];
    let tabs = tabs.map(|(show, name)| (name, open.show == show, Action::Show(show)));
    tab_row(
        ui,
        cx,
        Id::unique("tab"),
        tabs,
        pos2(rect.left() + PAD, top),
    );
    top + 42.0
}

/// What stands where the headlines would be.
fn nothing(ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenPack, rect: Rect) {
    let (text, offer, action) = if open.is_filtered() {
        (
            format!("Nothing here matches “{}”.", open.query.trim()),
            "Clear the filter",
            Action::Filter(String::new()),
        )
    } else if open.show == Show::Unread {
        (
            "You have read every story of this edition.".to_owned(),
            "Show all stories",
            Action::Show(Show::All),
        )
    } else {
        (
            "No bookmarks in this edition yet. Press B while reading a story to keep it."
                .to_owned(),
            "Show all stories",
            Action::Show(Show::All),
        )
    };
    let width = rect.width() - 2.0 * PAD;
    let at = pos2(rect.left() + PAD, rect.top() + 20.0);
    let height = cx.say(
        ui,
        Id::unique("no headlines"),
        &text,
        &scale::PLAIN_SOFT,
        at,
        width,
    );
    let button = Rect::from_min_size(pos2(at.x, at.y + height + 12.0), vec2(160.0, 32.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(button));
    if child.button(offer).clicked() {
        cx.act(action);
    }
}

struct Rows<'a, 'b> {
    cx: &'a mut Cx<'b>,
    open: &'a OpenPack,
    width: f32,
}

impl Column for Rows<'_, '_> {
    fn count(&self) -> usize {
        self.open.listing.items()
    }

    fn height(&mut self, index: usize) -> f32 {
        match self.open.listing.item(index) {
            Some(Item::Section(_)) => 34.0,
            Some(Item::Story { row, .. }) => row::height(self.cx, self.open, row, self.width),
            None => 0.0,
        }
    }

    fn draw(&mut self, ui: &mut Ui, index: usize, rect: Rect) {
        match self.open.listing.item(index) {
            Some(Item::Section(section)) => {
                let Some(section) = self.open.edition.sections().get(section) else {
                    return;
                };
                let at = pos2(rect.left() + PAD, rect.top() + 13.0);
                let name = section.title.to_uppercase();
                let style = scale::SIDE_SECTION.max_lines(1);
                let setting = self.cx.set(&name, &style, rect.width() - 2.0 * PAD);
                self.cx.paint(ui, &setting, at);
                let id = Id::unique(("section", index));
                access::node(ui, id, rect, Role::Heading, &section.title, Some(2));
            }
            Some(Item::Story { row, .. }) => row::draw(ui, self.cx, self.open, row, rect),
            None => {}
        }
    }
}

/// A number with its thousands apart.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
