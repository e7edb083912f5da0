//! How the story on the page is cited, or words of it: every form with a button that copies it.

use eframe::egui::{
    Align, CornerRadius, Id, Label, Layout, Margin, RichText, ScrollArea, Sense, Ui, UiBuilder,
    vec2,
};

use super::context::Cx;
use super::overlays::{primary, title};
use crate::interchange::{Citation, CitationForm};
use crate::model::{Action, BodyState, Quoted};
use crate::theme::scale;
use crate::typeset::Style;

/// The width of what is laid over the page.
const WIDTH: f32 = 580.0;

/// The room for the bar beside what can be scrolled, in points.
const BESIDE: i8 = 14;

/// Draws the forms.
pub fn forms(ui: &mut Ui, cx: &mut Cx<'_>, quoted: Option<&Quoted>) {
    let (Some(open), Some(story)) = (&cx.model.open, cx.model.story()) else {
        return;
    };
    let digest = match cx.model.body() {
        Some(BodyState::Ready(body)) if !story.brief => body.digest.as_str(),
        _ => "",
    };
    let read = cx.model.now.date();
    let cited = Citation::of(open.edition.info(), &story, digest, quoted, read);
    let window = ui.ctx().content_rect();
    let width = WIDTH.min(window.width() - 120.0);
    ui.set_width(width);
    title(
        ui,
        if quoted.is_some() {
            "Cite these words"
        } else {
            "Cite this story"
        },
    );
    let copied = Copied::of(ui);
    let most = window.height() - 200.0;
    ScrollArea::vertical()
        .id_salt("citations")
        .max_height(most)
        .min_scrolled_height(most)
        .content_margin(Margin {
            right: BESIDE,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for form in CitationForm::ALL {
                let text = cited.write(form);
                form_ui(ui, cx, form, &text, width - f32::from(BESIDE), copied);
            }
        });
    ui.add_space(10.0);
    if ui.button("Close").clicked() {
        cx.act(Action::CloseOverlay);
    }
}

/// What a form is for, what its button says, how it is set, and how many lines of it are shown.
fn about(form: CitationForm) -> (&'static str, &'static str, Style) {
    match form {
        CitationForm::Text => (
            "for a letter or a footnote",
            "Copy the text",
            scale::NOTE.scaled(0.88).max_lines(6),
        ),
        CitationForm::Reference => (
            "opens this place again, by Go to…",
            "Copy the reference",
            MONO.max_lines(3),
        ),
        CitationForm::Bibtex => ("for LaTeX", "Copy BibTeX", MONO.max_lines(4)),
        CitationForm::Csl => (
            "for Zotero, pandoc and others",
            "Copy CSL-JSON",
            MONO.max_lines(4),
        ),
    }
}

const MONO: Style = scale::CODE.scaled(0.84);

fn form_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    form: CitationForm,
    text: &str,
    width: f32,
    copied: Copied,
) {
    let (purpose, button, style) = about(form);
    let t = cx.tokens;
    let (line, _) = ui.allocate_exact_size(vec2(width, 32.0), Sense::hover());
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(line)
            .layout(Layout::right_to_left(Align::Center)),
    );
    let is_copied = copied.0 == Some(form);
    let name = if is_copied { "Copied" } else { button };
    let response = if form == CitationForm::Text {
        row.add(primary(name, t))
    } else {
        row.button(name)
    };
    if response.clicked() {
        cx.act(Action::Copy(text.to_owned()));
        Copied(Some(form)).keep(ui);
    }
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.label(RichText::new(form.to_string()).variation("wght", 650.0));
        ui.add(Label::new(RichText::new(purpose).color(t.soft)).truncate());
    });
    ui.add_space(6.0);
    let inner = width - 28.0;
    let height = cx.set(text, &style, inner).size().y;
    let (panel, _) = ui.allocate_exact_size(vec2(width, height + 20.0), Sense::hover());
    ui.painter()
        .rect_filled(panel, CornerRadius::same(8), t.side);
    let id = Id::unique(("citation", button));
    let at = panel.min + vec2(14.0, 10.0);
    cx.say(ui, id, text, &style, at, inner);
    ui.add_space(14.0);
}

/// Which form was copied last, since the forms are shown.
#[derive(Clone, Copy, Default)]
struct Copied(Option<CitationForm>);

impl Copied {
    fn id() -> Id {
        Id::unique("copied citation")
    }

    fn of(ui: &Ui) -> Self {
        let pass = ui.ctx().cumulative_pass_nr();
        let kept: Option<(u64, Option<CitationForm>)> = ui.data(|d| d.get_temp(Self::id()));
        // Not those of an earlier time.
        let (_, form) = kept
            .filter(|(seen, _)| seen + 1 >= pass)
            .unwrap_or_default();
        Self(form).keep(ui);
        Self(form)
    }

    fn keep(self, ui: &Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        ui.data_mut(|d| d.insert_temp(Self::id(), (pass, self.0)));
    }
}
