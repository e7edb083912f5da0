//! Sets one piece after the other: the same code measures and draws, so the two cannot disagree.

use std::rc::Rc;

use eframe::egui::{
    Align2, CornerRadius, CursorIcon, Id, Image, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::changed::Changes;
use super::changes;
use super::filed::filed;
use super::highlights::{self, Highlights};
use super::piece::{Leaf, Piece};
use super::table;
use crate::article::{Link, NoteKind};
use crate::images::Shown;
use crate::model::{Action, OpenPack};
use crate::theme::scale;
use crate::typeset::{Ink, Selection, Setting, Style, access};
use crate::ui::card::{Detail, card, columns};
use crate::ui::context::Cx;
use crate::ui::icons::{self, Icon};

/// A text on the page in this frame: where the pointer finds it.
pub struct Placed {
    /// Which leaf.
    pub leaf: usize,
    /// Where.
    pub rect: Rect,
    /// What.
    pub setting: Rc<Setting>,
}

/// What was drawn of the page in this frame: where the pointer finds it.
#[derive(Default)]
pub struct Drawn {
    /// The texts.
    pub placed: Vec<Placed>,
    /// The lines of marked passages, with the number of each passage.
    pub marked: Vec<(usize, Rect)>,
    /// The passages in the list under the story.
    pub listed: Vec<(usize, Rect)>,
}

impl Drawn {
    /// The marked passage at a place, the one on top where there are several.
    pub fn passage_at(&self, at: Pos2) -> Option<usize> {
        let mut passages = self.marked.iter().rev();
        passages.find_map(|(nth, rect)| rect.contains(at).then_some(*nth))
    }

    /// Where a passage is in view: in the text, or else in the list.
    pub fn place_of(&self, nth: usize, view: Rect) -> Option<Rect> {
        let seen = |lines: &[(usize, Rect)]| {
            let own = lines.iter().filter(|(of, _)| *of == nth);
            let own = own.map(|(_, rect)| *rect);
            own.filter(|rect| view.contains(rect.center()))
                .reduce(Rect::union)
        };
        seen(&self.marked).or_else(|| seen(&self.listed))
    }
}

/// What drawing needs and measuring does not.
pub struct Canvas<'a> {
    /// Where to draw.
    pub ui: &'a mut Ui,
    /// What is selected.
    pub selection: &'a Selection,
    /// What was drawn so far.
    pub drawn: &'a mut Drawn,
}

/// Sets pieces, with a canvas to draw on or without to measure.
pub struct Flow<'a, 'b, 'c> {
    /// What is lent for the frame.
    pub cx: &'a mut Cx<'b>,
    /// The open pack.
    pub open: &'a OpenPack,
    /// The passages that are marked.
    pub highlights: &'a Highlights,
    /// Where to draw.
    pub canvas: Option<Canvas<'c>>,
    /// The reader's text size.
    pub zoom: f32,
    /// Whether the page is too narrow for things to hang into the margin.
    pub narrow: bool,
}

impl Flow<'_, '_, '_> {
    /// Sets a piece with its top left corner at `at`; returns its height with the space around it.
    pub fn piece(&mut self, piece: &Piece, at: Pos2, width: f32) -> f32 {
        match piece {
            Piece::Label(text) => self.label(text, at, width),
            Piece::Headline(leaf) => self.headline(leaf, at, width),
            Piece::Standfirst(leaf) => {
                let style = self.scaled(scale::STANDFIRST);
                self.leaf(leaf, &style, at, width, Role::Paragraph, None) + 16.0
            }
            Piece::Byline(text, changes) => self.byline(text, changes.as_ref(), at, width),
            Piece::Picture {
                file,
                alt,
                caption,
                credit,
                size,
            } => self.picture((file, alt), caption.as_ref(), credit, *size, at, width),
            Piece::Paragraph(leaf) => {
                let style = self.scaled(scale::BODY);
                self.leaf(leaf, &style, at, width, Role::Paragraph, None) + self.gap(18.0)
            }
            Piece::Brief(leaf) => {
                let style = self.scaled(scale::BODY.scaled(1.08));
                self.leaf(leaf, &style, at, width, Role::Paragraph, None) + self.gap(18.0)
            }
            Piece::Heading(level, leaf) => {
                let style = match level {
                    ..=2 => scale::HEADING,
                    3 => scale::SUBHEADING,
                    _ => scale::MINOR_HEADING,
                };
                let (style, level) = (self.scaled(style), usize::from(*level));
                let top = self.gap(14.0);
                let at = at + vec2(0.0, top);
                top + self.leaf(leaf, &style, at, width, Role::Heading, Some(level))
                    + self.gap(10.0)
            }
            Piece::Quote { words, by, pull } => self.quote(words, by.as_ref(), *pull, at, width),
            Piece::Item {
                depth,
                mark,
                pieces,
                last,
            } => self.item(*depth, mark, pieces, *last, at, width),
            Piece::Note {
                kind,
                title,
                pieces,
            } => self.note(*kind, title, pieces, at, width),
            Piece::Table { align, head, rows } => table::table(self, align, head, rows, at, width),
            Piece::Rule => {
                let height = self.gap(44.0);
                if let Some(canvas) = &self.canvas {
                    let y = (at.y + height / 2.0 - 9.0).round() + 0.5;
                    let x = at.x + width / 2.0;
                    let stroke = (1.0, self.cx.tokens.rule);
                    canvas.ui.painter().hline(x - 60.0..=x + 60.0, y, stroke);
                }
                height
            }
            Piece::Code(leaf) => self.code(leaf, at, width),
            Piece::Foot { tags, source } => self.foot(tags, source.as_ref(), at, width),
            Piece::Filed => filed(self, at, width),
            // Nothing is shown at once: most bodies are there at the next frame.
            Piece::Coming => 400.0,
            Piece::Failed(why) => self.failed(why, at, width),
            Piece::HighlightsHeading { lost } => highlights::heading(self, *lost, at, width),
            Piece::Highlight(nth) => highlights::entry(self, *nth, at, width),
            Piece::RelatedHeading => self.foot_heading("Related stories", at, width),
            Piece::Related(rows) => self.related(rows, at, width),
            Piece::End => 64.0,
        }
    }

    /// A style at the reader's text size.
    pub fn scaled(&self, style: Style) -> Style {
        style.scaled(self.zoom)
    }

    /// A space that grows with the text, quietly.
    pub fn gap(&self, points: f32) -> f32 {
        (points * self.zoom.sqrt()).round()
    }

    /// Sets a text that can be selected; returns its height.
    pub fn leaf(
        &mut self,
        leaf: &Leaf,
        style: &Style,
        at: Pos2,
        width: f32,
        role: Role,
        level: Option<usize>,
    ) -> f32 {
        self.said(leaf, style, at, width, (role, None), level)
    }

    /// Sets a text that can be selected; those who listen hear other words, where there are any.
    pub fn said(
        &mut self,
        leaf: &Leaf,
        style: &Style,
        at: Pos2,
        width: f32,
        (role, spoken): (Role, Option<&str>),
        level: Option<usize>,
    ) -> f32 {
        let setting = self.cx.set_text(&leaf.text, style, width);
        let height = setting.size().y;
        let tokens = self.cx.tokens;
        let rect = Rect::from_min_size(at, vec2(width, height));
        let canvas = self.canvas.as_ref();
        if canvas.is_some_and(|canvas| canvas.ui.is_rect_visible(rect.expand(8.0))) {
            highlights::under(self, leaf.index, &setting, at);
            if let Some(canvas) = &mut self.canvas {
                if let Some(range) = canvas.selection.range_in(leaf.index, setting.text().len()) {
                    for part in setting.rects(range) {
                        let part = part.translate(at.to_vec2());
                        canvas.ui.painter().rect_filled(part, 0, tokens.marked);
                    }
                }
                let id = canvas.ui.scope_id().with(("leaf", leaf.index));
                let words = spoken.unwrap_or(setting.text());
                access::node(canvas.ui, id, rect, role, words, level);
                self.cx.paint(canvas.ui, &setting, at);
                canvas.drawn.placed.push(Placed {
                    leaf: leaf.index,
                    rect,
                    setting,
                });
                self.links(leaf, at);
            }
        }
        height
    }

    /// Each link is something to reach with Tab, to hear of, and to follow.
    fn links(&mut self, leaf: &Leaf, at: Pos2) {
        let Some(canvas) = &mut self.canvas else {
            return;
        };
        let Some(placed) = canvas.drawn.placed.last() else {
            return;
        };
        let setting = placed.setting.clone();
        for (nth, (range, link)) in setting.links().enumerate() {
            let words = setting.text().get(range.clone()).unwrap_or_default();
            for (part, rect) in setting.rects(range).into_iter().enumerate() {
                let rect = rect.translate(at.to_vec2());
                let id = canvas.ui.scope_id().with(("link", leaf.index, nth, part));
                let sense = if part == 0 {
                    Sense::click()
                } else {
                    Sense::CLICK
                };
                let response = canvas.ui.interact(rect, id, sense);
                response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
                let t = self.cx.tokens;
                if response.has_focus() {
                    let stroke = Stroke::new(1.5, t.focus);
                    canvas.ui.painter().rect_stroke(
                        rect,
                        CornerRadius::same(3),
                        stroke,
                        StrokeKind::Outside,
                    );
                }
                let response = response.on_hover_cursor(CursorIcon::PointingHand);
                let (tip, action) = match link {
                    Link::Web(address) => (address.clone(), Action::Leave(address.clone())),
                    Link::Story(id) => {
                        let id = crate::model::StoryId::new(id);
                        let tip = match self.open.story(&id) {
                            Some(story) => story.headline.clone(),
                            None => format!("This edition has no story named {id}."),
                        };
                        (tip, Action::ShowStory(id))
                    }
                };
                if response.on_hover_text(tip).clicked() {
                    self.cx.actions.push(action);
                }
            }
        }
    }

    /// Sets words that are not selected; returns their height.
    pub fn words(&mut self, text: &str, style: &Style, at: Pos2, width: f32, role: Role) -> f32 {
        let setting = self.cx.set(text, style, width);
        if let Some(canvas) = &self.canvas {
            self.cx.paint(canvas.ui, &setting, at);
            let rect = Rect::from_min_size(at, setting.size());
            let id = canvas.ui.scope_id().with(("words", at.y as i32, text));
            access::node(canvas.ui, id, rect, role, text, None);
        }
        setting.size().y
    }

    fn label(&mut self, text: &str, at: Pos2, width: f32) -> f32 {
        let top = if self.narrow { 24.0 } else { 40.0 };
        let at = at + vec2(0.0, top);
        top + self.words(text, &scale::LABEL, at, width, Role::Label) + 6.0
    }

    fn byline(&mut self, text: &str, changes: Option<&Changes>, at: Pos2, width: f32) -> f32 {
        let mut height = self.words(text, &scale::META, at, width, Role::Label);
        if let Some(changes) = changes {
            height += 6.0;
            height += changes::changes(self, changes, at + vec2(0.0, height), width);
        }
        height + 22.0
    }

    fn headline(&mut self, leaf: &Leaf, at: Pos2, width: f32) -> f32 {
        let style = if width < 560.0 {
            scale::HEADLINE_SMALL
        } else {
            scale::HEADLINE
        };
        let style = self.scaled(style);
        self.leaf(leaf, &style, at, width, Role::Heading, Some(1)) + 14.0
    }

    fn picture(
        &mut self,
        (file, alt): (&str, &str),
        caption: Option<&Leaf>,
        credit: &str,
        size: Option<(u32, u32)>,
        at: Pos2,
        width: f32,
    ) -> f32 {
        // A picture whose shape is not known stands in the most common one; a tall one does not fill more than a page.
        let (w, h) = size.unwrap_or((16, 9));
        let shape = (h as f32 / w.max(1) as f32).clamp(0.05, 20.0);
        let shown_width = width.min(640.0_f32.max(width * 0.9) / shape).min(width);
        let box_size = vec2(shown_width, (shown_width * shape).round());
        let left = at.x + ((width - shown_width) / 2.0).round();
        let rect = Rect::from_min_size(pos2(left, at.y), box_size);
        if let Some(canvas) = &mut self.canvas
            && canvas.ui.is_rect_visible(rect)
        {
            let pixels = shown_width * canvas.ui.pixels_per_point();
            let id = canvas.ui.scope_id().with(("picture", file));
            access::node(canvas.ui, id, rect, Role::Figure, alt, None);
            let radius = CornerRadius::same(6);
            match self.cx.pictures.get(self.open.key, file, pixels) {
                Shown::Ready(texture, _) => {
                    Image::from_texture((texture, rect.size()))
                        .corner_radius(radius)
                        .paint_at(canvas.ui, rect);
                }
                Shown::Coming => {
                    let ground = self.cx.tokens.shade;
                    canvas.ui.painter().rect_filled(rect, radius, ground);
                }
                Shown::Failed(why) => self.picture_failed(rect, alt, &why),
            }
        }
        let mut height = box_size.y + 8.0;
        if let Some(leaf) = caption {
            let at = at + vec2(0.0, height);
            let style = self.scaled(scale::CAPTION);
            height += self.leaf(leaf, &style, at, width, Role::Caption, None);
        }
        if !credit.is_empty() {
            let at = at + vec2(0.0, height);
            let style = self.scaled(scale::CAPTION.scaled(0.92));
            height += self.words(credit, &style, at, width, Role::Label);
        }
        height + self.gap(22.0)
    }

    /// What stands where a picture would be.
    fn picture_failed(&mut self, rect: Rect, alt: &str, why: &str) {
        let Some(canvas) = &self.canvas else { return };
        let t = self.cx.tokens;
        let radius = CornerRadius::same(6);
        canvas.ui.painter().rect_filled(rect, radius, t.shade);
        let icon = Rect::from_center_size(rect.center() - vec2(0.0, 34.0), vec2(28.0, 28.0));
        icons::paint(canvas.ui.painter(), Icon::Alert, icon, 26.0, t.soft);
        let text = if alt.is_empty() {
            format!("This picture cannot be shown: {why}.")
        } else {
            format!("{alt}\nThis picture cannot be shown: {why}.")
        };
        let id = canvas
            .ui
            .scope_id()
            .with(("picture failed", rect.top() as i32));
        let words = format!("This picture cannot be shown: {why}.");
        access::node(canvas.ui, id, rect, Role::Label, &words, None);
        let style = scale::PLAIN_SOFT
            .align(crate::typeset::Align::Centre)
            .max_lines(6);
        let width = (rect.width() - 48.0).max(60.0);
        let setting = self.cx.set(&text, &style, width);
        let at = Align2::CENTER_TOP
            .anchor_rect(Rect::from_min_size(
                rect.center() - vec2(0.0, 12.0),
                vec2(width, setting.size().y),
            ))
            .min;
        self.cx.paint(canvas.ui, &setting, at);
    }

    fn quote(
        &mut self,
        words: &[Leaf],
        by: Option<&(Leaf, String)>,
        pull: bool,
        at: Pos2,
        width: f32,
    ) -> f32 {
        let letters: usize = words.iter().map(|leaf| leaf.text.plain.len()).sum();
        let style = match (pull, letters) {
            (true, _) => scale::PULL_QUOTE,
            (false, ..=220) => scale::QUOTE,
            (false, _) => scale::LONG_QUOTE,
        };
        let style = self.scaled(style);
        // Above a callout stands the space after the paragraph before it; together they equal the space below.
        let above = self.gap(12.0);
        let below = self.gap(30.0);
        // The bar hangs in the margin, so that the words keep the text's own edge.
        let inset = if self.narrow { 24.0 } else { 0.0 };
        let rtl = words.first().is_some_and(|leaf| self.is_rtl(leaf, &style));
        let left = if rtl { at.x } else { at.x + inset };
        let width = width - inset;
        let mut y = at.y + above + 4.0;
        let top = y;
        for (nth, leaf) in words.iter().enumerate() {
            if nth > 0 {
                y += self.gap(10.0);
            }
            y += self.leaf(leaf, &style, pos2(left, y), width, Role::Blockquote, None);
        }
        if let Some((name, role)) = by {
            y += self.gap(10.0);
            y += self.attribution(name, role, pos2(left, y), width);
        }
        if let Some(canvas) = &self.canvas {
            let t = self.cx.tokens;
            if pull {
                let span = left..=left + width;
                let stroke = Stroke::new(1.0, t.rule);
                canvas
                    .ui
                    .painter()
                    .hline(span.clone(), (top - 8.0).round() + 0.5, stroke);
                canvas
                    .ui
                    .painter()
                    .hline(span, (y + 9.0).round() + 0.5, stroke);
            } else {
                let out = if self.narrow { 24.0 } else { scale::HANG };
                let bar = if rtl {
                    left + width + out - 4.0
                } else {
                    left - out
                };
                let bar = Rect::from_min_max(pos2(bar, top - 4.0), pos2(bar + 4.0, y + 4.0));
                canvas.ui.painter().rect_filled(bar, 0, t.accent);
            }
        }
        y + 4.0 + below - at.y
    }

    /// Whether a text reads from right to left, by its first strong letter.
    fn is_rtl(&mut self, leaf: &Leaf, style: &Style) -> bool {
        self.cx.set_text(&leaf.text, style, f32::INFINITY).is_rtl()
    }

    fn attribution(&mut self, name: &Leaf, role: &str, at: Pos2, width: f32) -> f32 {
        let name_style = self.scaled(scale::NAME);
        let role_style = self.scaled(scale::ROLE);
        let set = self.cx.set_text(&name.text, &name_style, width);
        let name_width = set.ink_width();
        let height = self.leaf(name, &name_style, at, width, Role::Label, None);
        if role.is_empty() {
            return height;
        }
        if set.is_rtl() {
            let at = at + vec2(0.0, height);
            return height + self.words(role, &role_style, at, width, Role::Label);
        }
        let role_width = self.cx.set(role, &role_style, f32::INFINITY).ink_width();
        if set.line_count() == 1 && name_width + 10.0 + role_width <= width {
            let at = at + vec2(name_width + 10.0, 0.0);
            self.words(role, &role_style, at, f32::INFINITY, Role::Label);
            height
        } else {
            let at = at + vec2(0.0, height);
            height + self.words(role, &role_style, at, width, Role::Label)
        }
    }

    fn item(
        &mut self,
        depth: usize,
        mark: &str,
        pieces: &[Piece],
        last: bool,
        at: Pos2,
        width: f32,
    ) -> f32 {
        let style = self.scaled(scale::BODY);
        let marker = self.cx.set(mark, &style, f32::INFINITY);
        let step = (28.0 * self.zoom).round();
        // Nothing is pushed off the page, however deep it is.
        let indent = (step * (depth + 1) as f32).min(width * 0.5);
        let rtl = match pieces.first() {
            Some(Piece::Paragraph(leaf)) => self.is_rtl(leaf, &style),
            _ => false,
        };
        if let Some(canvas) = &self.canvas {
            let x = if rtl {
                at.x + width - indent + 10.0
            } else {
                at.x + indent - 10.0 - marker.ink_width()
            };
            self.cx.paint(canvas.ui, &marker, pos2(x.round(), at.y));
        }
        let left = if rtl { at.x } else { at.x + indent };
        let mut y = at.y;
        for piece in pieces {
            let at = pos2(left, y);
            y += match piece {
                Piece::Paragraph(leaf) => {
                    self.leaf(leaf, &style, at, width - indent, Role::ListItem, None)
                        + self.gap(8.0)
                }
                piece => self.piece(piece, at, width - indent),
            };
        }
        if pieces.is_empty() {
            y += marker.size().y + self.gap(8.0);
        }
        if last {
            y += self.gap(10.0);
        }
        y - at.y
    }

    fn note(
        &mut self,
        kind: NoteKind,
        title: &Leaf,
        pieces: &[Piece],
        at: Pos2,
        width: f32,
    ) -> f32 {
        let above = self.gap(10.0);
        let pad = vec2(20.0, 16.0);
        let inner = width - 2.0 * pad.x;
        let top = at.y + above;
        if let Some(canvas) = self.canvas.take() {
            // The panel lies under its words, so it is measured first.
            let height = self.note_words(title, pieces, pos2(0.0, 0.0), inner) + 2.0 * pad.y;
            let rect = Rect::from_min_size(pos2(at.x, top), vec2(width, height));
            let t = self.cx.tokens;
            let (ground, edge) = match kind {
                NoteKind::Correction => (t.alert_ground, t.alert),
                NoteKind::Editor | NoteKind::Update | NoteKind::KeyFacts => (t.note, t.note_edge),
            };
            let stroke = Stroke::new(1.0, edge);
            let radius = CornerRadius::same(8);
            canvas
                .ui
                .painter()
                .rect(rect, radius, ground, stroke, StrokeKind::Inside);
            self.canvas = Some(canvas);
        }
        let height = self.note_words(title, pieces, pos2(at.x, top) + pad, inner);
        above + height + 2.0 * pad.y + self.gap(28.0)
    }

    fn note_words(&mut self, title: &Leaf, pieces: &[Piece], at: Pos2, width: f32) -> f32 {
        let zoom = self.zoom;
        let style = self.scaled(scale::NOTE_TITLE);
        let mut y = at.y + self.leaf(title, &style, at, width, Role::Label, None) + self.gap(6.0);
        // What a note holds is set smaller than the body.
        self.zoom = zoom * scale::NOTE.size / scale::BODY.size;
        let mut space = 0.0;
        for piece in pieces {
            y += self.piece(piece, pos2(at.x, y), width);
            space = match piece {
                Piece::Paragraph(_) => self.gap(18.0),
                Piece::Item { last, .. } => self.gap(if *last { 18.0 } else { 8.0 }),
                _ => 0.0,
            };
        }
        self.zoom = zoom;
        y - space - at.y
    }

    fn code(&mut self, leaf: &Leaf, at: Pos2, width: f32) -> f32 {
        let style = self.scaled(scale::CODE);
        let pad = vec2(18.0, 14.0);
        let inner = width - 2.0 * pad.x;
        let height = self.cx.set_text(&leaf.text, &style, inner).size().y + 2.0 * pad.y;
        if let Some(canvas) = &self.canvas {
            let rect = Rect::from_min_size(at, vec2(width, height));
            let ground = self.cx.tokens.code_ground;
            canvas
                .ui
                .painter()
                .rect_filled(rect, CornerRadius::same(6), ground);
        }
        self.leaf(leaf, &style, at + pad, inner, Role::Code, None);
        height + self.gap(22.0)
    }

    fn foot(&mut self, tags: &[String], source: Option<&Leaf>, at: Pos2, width: f32) -> f32 {
        let mut y = at.y + 10.0;
        if !tags.is_empty() {
            let text = tags.join("  ·  ");
            y += self.words(&text, &scale::CAPTION, pos2(at.x, y), width, Role::Label);
        }
        if let Some(leaf) = source {
            let at = pos2(at.x, y);
            y += self.leaf(leaf, &scale::CAPTION, at, width, Role::Label, None);
        }
        y + 8.0 - at.y
    }

    fn failed(&mut self, why: &str, at: Pos2, width: f32) -> f32 {
        let inner = width - 40.0;
        let title = "This story’s text cannot be shown";
        let title_set = self
            .cx
            .set(title, &scale::NOTE_TITLE.ink(Ink::Alert), inner);
        let text = self.cx.set(why, &scale::PLAIN, inner);
        let height = title_set.size().y + 4.0 + text.size().y + 32.0;
        if let Some(canvas) = &self.canvas {
            let t = self.cx.tokens;
            let rect = Rect::from_min_size(at, vec2(width, height));
            let stroke = Stroke::new(1.0, t.alert);
            canvas.ui.painter().rect(
                rect,
                CornerRadius::same(8),
                t.alert_ground,
                stroke,
                StrokeKind::Inside,
            );
            self.cx.paint(canvas.ui, &title_set, at + vec2(20.0, 16.0));
            let below = at + vec2(20.0, 20.0 + title_set.size().y);
            self.cx.paint(canvas.ui, &text, below);
            let id = Id::unique("story failed");
            access::node(
                canvas.ui,
                id,
                rect,
                Role::Alert,
                &format!("{title}. {why}"),
                None,
            );
        }
        height + 28.0
    }

    /// Sets the heading of what stands below the story; returns its height.
    pub fn foot_heading(&mut self, text: &str, at: Pos2, width: f32) -> f32 {
        let setting = self.cx.set(text, &scale::FRONT_SECTION, width);
        let top = 28.0;
        if let Some(canvas) = &self.canvas {
            let y = (at.y + top).round() + 0.5;
            let stroke = (1.0, self.cx.tokens.rule);
            canvas.ui.painter().hline(at.x..=at.x + width, y, stroke);
            let at = at + vec2(0.0, top + 16.0);
            self.cx.paint(canvas.ui, &setting, at);
            let rect = Rect::from_min_size(at, setting.size());
            access::node(
                canvas.ui,
                Id::unique(("foot", text)),
                rect,
                Role::Heading,
                text,
                Some(2),
            );
        }
        top + 16.0 + setting.size().y + 16.0
    }

    fn related(&mut self, rows: &[usize], at: Pos2, width: f32) -> f32 {
        let (_, card_width) = related_columns(width);
        let mut height: f32 = 0.0;
        for (nth, row) in rows.iter().enumerate() {
            let Some(story) = self.open.edition.story(*row) else {
                continue;
            };
            let at = at + vec2(nth as f32 * (card_width + RELATED_GAP), 0.0);
            let place = self.canvas.as_mut().map(|canvas| (&mut *canvas.ui, at));
            let own = card(
                self.cx,
                place,
                self.open,
                &story,
                card_width,
                Detail::Summary,
            );
            height = height.max(own);
        }
        height + 28.0
    }
}

const RELATED_GAP: f32 = 24.0;

/// How many related stories stand side by side in `width`, and how wide each is.
pub fn related_columns(width: f32) -> (usize, f32) {
    let (count, own) = columns(width + 100.0, RELATED_GAP);
    let fitting = count.min(3);
    if fitting == count && count == 1 {
        return (1, own.min(width));
    }
    let gaps = RELATED_GAP * (fitting as f32 - 1.0);
    (fitting, ((width - gaps) / fitting as f32).floor())
}
