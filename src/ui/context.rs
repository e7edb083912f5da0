//! What every part of the screen is lent for one frame.

use std::rc::Rc;

use eframe::egui::{Id, Pos2, Role, Ui};

use crate::article::Text;
use crate::images::Pictures;
use crate::model::{Action, Model};
use crate::theme::Tokens;
use crate::typeset::{Setting, Style, Typesetter, access};

/// What every part of the screen is lent for one frame. The model is only read; what the reader does goes into `actions`.
pub struct Cx<'a> {
    /// What is true.
    pub model: &'a Model,
    /// Sets and paints text.
    pub text: &'a mut Typesetter,
    /// The pictures.
    pub pictures: &'a mut Pictures,
    /// The colours.
    pub tokens: &'a Tokens,
    /// What the reader did.
    pub actions: &'a mut Vec<Action>,
}

impl Cx<'_> {
    /// The reader's text size, a factor.
    pub fn zoom(&self) -> f32 {
        self.model.settings.text_size
    }

    /// The text size for headlines in lists: follows the reader's, more quietly.
    pub fn list_zoom(&self) -> f32 {
        self.zoom().sqrt().clamp(0.9, 1.5)
    }

    /// Does what the reader asked for, at the end of the frame.
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Sets plain text.
    pub fn set(&mut self, text: &str, style: &Style, width: f32) -> Rc<Setting> {
        self.text.set_plain(text, style, width)
    }

    /// Sets marked text.
    pub fn set_text(&mut self, text: &Text, style: &Style, width: f32) -> Rc<Setting> {
        self.text.set(text, style, width)
    }

    /// Paints set text with its top left corner at `at`.
    pub fn paint(&mut self, ui: &Ui, setting: &Setting, at: Pos2) {
        let tokens = self.tokens;
        self.text
            .paint(ui.painter(), setting, at, &|ink| tokens.ink(ink));
    }

    /// Sets and paints plain text that is read on its own, and gives it a node for those who listen. Returns its height.
    pub fn say(&mut self, ui: &Ui, id: Id, text: &str, style: &Style, at: Pos2, width: f32) -> f32 {
        let setting = self.set(text, style, width);
        self.paint(ui, &setting, at);
        let rect = eframe::egui::Rect::from_min_size(at, setting.size());
        access::node(ui, id, rect, Role::Label, text, None);
        setting.size().y
    }
}
