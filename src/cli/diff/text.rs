//! What `diff` prints for people: `+` what came, `-` what went, `~` what reads otherwise, with `[-what went-]` and `{+what came+}`.
//! Colour only underlines what the signs say.

use super::page::{Page, Paint, Part};
use super::{BodyDiff, Comparison, StoryDiff};
use crate::article::{Change, Edit, Kind, Passage, Run, shortened};
use crate::cli::CliError;
use crate::cli::terminal::Terminal;
use crate::model::{Edition as _, EditionInfo, FieldChange, Story};

/// How much of what stayed stands beside a change, in bytes.
const AROUND: usize = 120;

/// Prints everything that is different.
pub(super) fn print(
    comparison: &Comparison<'_>,
    pack: &[FieldChange],
    terminal: &mut Terminal<'_>,
) -> Result<(), CliError> {
    let name = |info: &EditionInfo| format!("{}, {}", info.title, info.edition);
    let (old, new) = (name(comparison.old.info()), name(comparison.new.info()));
    let title = [("--- ", Paint::Gone, old), ("+++ ", Paint::Come, new)];
    let mut page = Page::new(terminal, title);
    if !pack.is_empty() {
        page.head("Pack")?;
        fields(&mut page, pack)?;
    }
    list(&mut page, "Added", "+ ", Paint::Come, comparison.added())?;
    list(
        &mut page,
        "Removed",
        "- ",
        Paint::Gone,
        comparison.removed(),
    )?;
    for (nth, diff) in comparison.changed().enumerate() {
        if nth == 0 {
            page.head("Changed")?;
        } else {
            page.blank()?;
        }
        story(&mut page, &diff)?;
    }
    if page.is_empty() {
        return Ok(());
    }
    let [added, removed, changed] = comparison.counts.each_ref().map(std::cell::Cell::get);
    let stories =
        |count: usize| format!("{count} {}", if count == 1 { "story" } else { "stories" });
    page.blank()?;
    let sum = format!(
        "{} added, {removed} removed, {changed} changed",
        stories(added)
    );
    page.line("", &[(Paint::Plain, &sum)])?;
    Ok(())
}

fn list(
    page: &mut Page<'_, '_>,
    head: &str,
    sign: &str,
    paint: Paint,
    stories: impl Iterator<Item = std::sync::Arc<Story>>,
) -> std::io::Result<()> {
    for (nth, story) in stories.enumerate() {
        if nth == 0 {
            page.head(head)?;
        }
        let line = format!("{}  {}", story.id, story.headline);
        page.line(&format!("  {sign}"), &[(paint, &line)])?;
    }
    Ok(())
}

fn story(page: &mut Page<'_, '_>, diff: &StoryDiff) -> std::io::Result<()> {
    let (id, headline) = (diff.story.id.as_str(), &diff.story.headline);
    page.line(
        "  ",
        &[
            (Paint::Strong, id),
            (Paint::Plain, &format!("  {headline}")),
        ],
    )?;
    fields(page, &diff.fields)?;
    match &diff.body {
        BodyDiff::Same => Ok(()),
        BodyDiff::SameWords => {
            page.note("The text has the same words; only its Markdown is another.")
        }
        BodyDiff::Unreadable => page.note("The text cannot be compared."),
        BodyDiff::Changed(changes) => changes.iter().try_for_each(|it| change(page, it)),
    }
}

fn fields(page: &mut Page<'_, '_>, fields: &[FieldChange]) -> std::io::Result<()> {
    for it in fields {
        page.note(it.field.label())?;
        for (sign, paint, values) in [
            ("    - ", Paint::Gone, &it.old),
            ("    + ", Paint::Come, &it.new),
        ] {
            let said: Vec<&str> = values.iter().map(String::as_str).collect();
            let said: Vec<&str> = said.into_iter().filter(|it| !it.is_empty()).collect();
            if !said.is_empty() {
                page.line(sign, &[(paint, &said.join(", "))])?;
            }
        }
    }
    Ok(())
}

fn change(page: &mut Page<'_, '_>, change: &Change) -> std::io::Result<()> {
    match change {
        Change::Added(it) => whole(page, "    + ", Paint::Come, it),
        Change::Removed(it) => whole(page, "    - ", Paint::Gone, it),
        Change::Changed(edit) => edited(page, edit),
    }
}

fn whole(page: &mut Page<'_, '_>, sign: &str, paint: Paint, it: &Passage) -> std::io::Result<()> {
    let kind = kind(it.kind);
    page.line(sign, &[(Paint::Soft, &kind), (paint, &it.text)])
}

/// The old and the new in one text, as `wdiff` writes it.
fn edited(page: &mut Page<'_, '_>, edit: &Edit) -> std::io::Result<()> {
    let kind = kind(edit.new.kind);
    let mut parts: Vec<Part<'_>> = vec![(Paint::Soft, &kind)];
    for run in shortened(edit.runs(), AROUND) {
        match run {
            Run::Same(text) => parts.push((Paint::Plain, text)),
            Run::Gone(text) => parts.extend([
                (Paint::Gone, "[-"),
                (Paint::Gone, text),
                (Paint::Gone, "-]"),
            ]),
            Run::Come(text) => parts.extend([
                (Paint::Come, "{+"),
                (Paint::Come, text),
                (Paint::Come, "+}"),
            ]),
            Run::LeftOut => parts.push((Paint::Soft, " … ")),
        }
    }
    page.line("    ~ ", &parts)
}

/// What a passage is, where that is not what most are.
fn kind(kind: Kind) -> String {
    match kind {
        Kind::Paragraph => String::new(),
        kind => format!("({}) ", kind.name()),
    }
}
