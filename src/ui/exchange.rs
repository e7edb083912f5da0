//! Taking in and writing files of other programs: the lines of the menu, how far it is, and what came of it.

use eframe::egui::{Label, Margin, Rect, RichText, ScrollArea, Ui};

use super::context::Cx;
use super::progress;
use crate::model::{Action, ExchangeAction, ExchangeStep};

/// How far what is taken in or written is, and a way out. Returns whether something is on the way.
pub fn exchanging(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) -> bool {
    let doing = cx.model.exchange.doing;
    let text = doing.map(|(step, part)| match step {
        ExchangeStep::Reading => format!("Reading the file… {part} %"),
        ExchangeStep::Saving => format!("Saving bookmarks… {part} %"),
        ExchangeStep::Writing => "Writing the file…".to_owned(),
    });
    let can_stop = doing.is_some_and(|(step, _)| step != ExchangeStep::Writing);
    let cancel = can_stop.then_some(Action::Exchange(ExchangeAction::Cancel));
    progress::line(ui, cx, rect, "exchange", text.as_deref(), cancel)
}

/// What came of the file that was taken in last.
pub fn imported(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(summary) = &cx.model.exchange.summary else {
        return;
    };
    ui.set_max_width(520.0);
    let soft = |text: &str| RichText::new(text).color(cx.tokens.soft);
    ui.add(
        Label::new(soft(&format!(
            "{}: {}",
            summary.file.display(),
            summary.form
        )))
        .wrap(),
    );
    ui.add_space(6.0);
    ui.add(Label::new(summary.sentence()).wrap());
    let most = ui.ctx().content_rect().height() - 260.0;
    ScrollArea::vertical()
        .max_height(most.max(80.0))
        .content_margin(Margin {
            right: 16,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            let mut part = |title: &str, lines: &[String], all: usize| {
                if lines.is_empty() {
                    return;
                }
                ui.add_space(12.0);
                ui.label(RichText::new(title).variation("wght", 600.0));
                ui.add_space(2.0);
                for line in lines {
                    ui.add(Label::new(line).wrap());
                }
                if all > lines.len() {
                    let more = format!(
                        "and {} more; `offprint bookmarks import` lists all",
                        all - lines.len()
                    );
                    ui.add(Label::new(soft(&more)).wrap());
                }
            };
            let doubts = summary.doubts.len() + summary.more;
            part("Not understood", &summary.doubts, doubts);
            let removed = &summary.still_removed;
            part("Removed before, and still so", removed, summary.removed);
        });
}
