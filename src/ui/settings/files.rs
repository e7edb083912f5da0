//! Where the reader's files are, what there is of them, and which had to be set aside.

use eframe::egui::{CornerRadius, Frame, Label, Margin, RichText, Ui};

use super::super::context::Cx;
use super::super::sidebar::grouped;
use super::parts::{button, note, say};
use super::remark;
use crate::model::{Action, Aside, Date, Survey, size};
use crate::theme::scale;

/// Draws where they are and what there is.
pub fn place(ui: &mut Ui, cx: &mut Cx<'_>) {
    match &cx.model.backups.survey {
        None => remark(ui, cx, "Looking at your files…"),
        Some(Err(sentence)) => note(ui, cx, false, sentence),
        Some(Ok(survey)) => survey_ui(ui, cx, survey),
    }
}

fn survey_ui(ui: &mut Ui, cx: &mut Cx<'_>, survey: &Survey) {
    Frame::new()
        .fill(cx.tokens.code_ground)
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let path = RichText::new(&survey.folder).monospace().size(12.5);
            ui.add(Label::new(path).wrap().selectable(true));
        });
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        if button(ui, cx, "Open the folder", false, true) {
            cx.act(Action::ShowFiles);
        }
        if button(ui, cx, "Copy the path", false, true) {
            cx.act(Action::Copy(survey.folder.clone()));
        }
    });
    ui.add_space(12.0);
    say(ui, cx, &what_there_is(survey), &scale::PLAIN);
    ui.add_space(4.0);
    let text = "Everything you save is in plain files in this folder. Of each, the last states are in the folder “older” inside.";
    remark(ui, cx, text);
}

/// What there is, in a sentence.
fn what_there_is(survey: &Survey) -> String {
    let count = |number: usize, one: &str, more: &str| match number {
        0 => format!("no {more}"),
        1 => format!("1 {one}"),
        _ => format!("{} {more}", grouped(number)),
    };
    let copies = match survey.copies {
        0 => "no kept copies".to_owned(),
        some => format!(
            "{} ({})",
            count(some, "kept copy", "kept copies"),
            size(survey.copies_bytes)
        ),
    };
    let text = format!(
        "{}, {}, {copies}; {} in all.",
        count(survey.bookmarks, "bookmark", "bookmarks"),
        count(survey.highlights, "highlight", "highlights"),
        size(survey.bytes)
    );
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Draws the files that were set aside.
pub fn aside(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(Ok(survey)) = &cx.model.backups.survey else {
        remark(
            ui,
            cx,
            "A file that is damaged is never written over: it gets another name, and is listed here.",
        );
        return;
    };
    if survey.aside.is_empty() {
        remark(
            ui,
            cx,
            "None. A file that is damaged is never written over: it gets another name, and is listed here.",
        );
        return;
    }
    for (at, file) in survey.aside.iter().enumerate() {
        if at > 0 {
            ui.add_space(14.0);
        }
        aside_ui(ui, cx, file);
    }
}

fn aside_ui(ui: &mut Ui, cx: &mut Cx<'_>, file: &Aside) {
    say(ui, cx, &file.name, &scale::NAME);
    ui.add_space(1.0);
    let when = file.at.map(Date::long);
    let text = match when {
        Some(when) => format!("Set aside {when} UTC. {}", file.what),
        None => file.what.clone(),
    };
    remark(ui, cx, &text);
    ui.add_space(6.0);
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    if button(ui, cx, &format!("Show {name}"), false, true) {
        cx.act(Action::ShowFile(file.path.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_is_one_sentence() {
        let mut survey = Survey::default();
        assert_eq!(
            what_there_is(&survey),
            "No bookmarks, no highlights, no kept copies; 0 B in all."
        );
        survey.bookmarks = 1200;
        survey.highlights = 1;
        survey.copies = 2;
        survey.copies_bytes = 1_200_000;
        survey.bytes = 1_250_000;
        let text = what_there_is(&survey);
        assert!(
            text.contains("1 highlight, 2 kept copies (1.2 MB); 1.2 MB in all."),
            "{text}"
        );
    }
}
