//! `offprint cite`: a citation of a story, or of a text of it.

use super::args::{Cite, CiteForm};
use super::source::{open_pack, row};
use super::terminal::Terminal;
use super::{CliError, DONE};
use crate::interchange::{Citation, CitationForm};
use crate::model::{Edition as _, Quoted, Stamp, StoryBody};

pub(super) fn run(wish: &Cite, now: Stamp, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let pack = open_pack(&wish.pack, terminal)?;
    let row = row(&pack, &wish.pack, &wish.story)?;
    let body = pack.body(row)?;
    let Some(story) = pack.story(row) else {
        return Err(CliError::Refused("The story is gone".to_owned()));
    };
    let quoted = wish.block.map(|number| quoted(&body, number)).transpose()?;
    let digest = if story.brief { "" } else { &body.digest };
    let cited = Citation::of(pack.info(), &story, digest, quoted.as_ref(), now.date());
    terminal.line(cited.write(match wish.form {
        CiteForm::Text => CitationForm::Text,
        CiteForm::Bibtex => CitationForm::Bibtex,
        CiteForm::Csl => CitationForm::Csl,
        CiteForm::Reference => CitationForm::Reference,
    }))?;
    Ok(DONE)
}

/// A text of a body by its number, counted from 1.
fn quoted(body: &StoryBody, number: u32) -> Result<Quoted, CliError> {
    let texts = body.body.texts();
    let block = (number as usize).saturating_sub(1);
    let Some(words) = texts.get(block) else {
        let refused = match texts.len() {
            0 => "The story has no body, so it cannot be cited by block".to_owned(),
            1 => format!("There is no block {number} in this story: it has one, which is 1"),
            count => format!("There is no block {number} in this story: the last one is {count}"),
        };
        return Err(CliError::Refused(refused));
    };
    Ok(Quoted::new(block, words))
}
