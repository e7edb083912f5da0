//! `offprint show`: one story, as text, Markdown, HTML or JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::args::{Form, Show};
use super::list::StoryJson;
use super::source::{open_pack, row};
use super::terminal::Terminal;
use super::{CliError, DONE};
use crate::article::escape;
use crate::model::{Date, Edition as _, EditionInfo, Story, StoryBody};

/// What `show --as json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct ShowJson<'a> {
    series: &'a str,
    edition: &'a str,
    #[serde(flatten)]
    story: StoryJson<'a>,
    rights: &'a str,
    digest: &'a str,
    words: usize,
    minutes: usize,
    markdown: String,
    text: String,
    html: String,
}

pub(super) fn run(wish: &Show, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let pack = open_pack(&wish.pack, terminal)?;
    let row = row(&pack, &wish.pack, &wish.story)?;
    let body = pack.body(row)?;
    let info = pack.info();
    let Some(story) = pack.story(row) else {
        return Err(CliError::Refused("The story is gone".to_owned()));
    };
    match wish.form {
        Form::Text => terminal.line(text(info, &story, &body))?,
        Form::Md => terminal.line(markdown(info, &story, &pack.source_text(row)?))?,
        Form::Html => terminal.line(page(info, &story, &body))?,
        Form::Json => terminal.json(&ShowJson {
            series: info.series.as_str(),
            edition: &info.edition,
            story: StoryJson::of(&story, &pack),
            rights: &info.rights,
            digest: &body.digest,
            words: body.body.words(),
            minutes: body.body.minutes(),
            markdown: pack.source_text(row)?,
            text: body.body.plain(),
            html: body.body.html(),
        })?,
    }
    Ok(DONE)
}

/// Who wrote it, when, and in which edition.
fn credits(info: &EditionInfo, story: &Story) -> String {
    let byline = story.byline.join(", ");
    let published = story.published.map(Date::long).unwrap_or_default();
    let edition = format!("{}, {}", info.title, info.edition);
    let parts = [byline, published, edition];
    let known = parts.iter().filter(|it| !it.is_empty());
    known.map(String::as_str).collect::<Vec<_>>().join(" · ")
}

fn text(info: &EditionInfo, story: &Story, body: &StoryBody) -> String {
    let parts = [
        story.headline.clone(),
        story.summary.clone(),
        credits(info, story),
        body.body.plain(),
    ];
    paragraphs(&parts)
}

fn markdown(info: &EditionInfo, story: &Story, body: &str) -> String {
    let parts = [
        format!("# {}", story.headline),
        story.summary.clone(),
        credits(info, story),
        body.trim_end().to_owned(),
    ];
    paragraphs(&parts)
}

fn paragraphs(parts: &[String]) -> String {
    let known = parts.iter().filter(|it| !it.is_empty());
    known.map(String::as_str).collect::<Vec<_>>().join("\n\n")
}

fn page(info: &EditionInfo, story: &Story, body: &StoryBody) -> String {
    let (headline, language) = (escape(&story.headline), escape(&info.language));
    let mut page = String::from("<!doctype html>\n");
    // Writing to a string cannot fail.
    _ = writeln!(page, "<html lang=\"{language}\">");
    _ = writeln!(page, "<meta charset=\"utf-8\">\n<title>{headline}</title>");
    _ = writeln!(page, "<article>\n<h1>{headline}</h1>");
    if !story.summary.is_empty() {
        _ = writeln!(page, "<p><strong>{}</strong></p>", escape(&story.summary));
    }
    _ = writeln!(
        page,
        "<p><small>{}</small></p>",
        escape(&credits(info, story))
    );
    _ = write!(page, "{}\n</article>\n</html>", body.body.html().trim_end());
    page
}
