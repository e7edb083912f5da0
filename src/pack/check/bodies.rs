//! The text of a story: whether it can be read, what it leans on, and what may not come out as it was meant.

use super::findings::{Findings, Place, shortened};
use super::language::Letters;
use super::texts;
use super::uses::{Role, Uses};
use crate::article::{self, Body, DullAlt, Finding, Oddity, Reference, Target};
use crate::model::{Edition as _, StoryId, fold};
use crate::pack::error::PackError;
use crate::pack::lower::Row;
use crate::pack::open::{Pack, body_text, dead_link};

/// The most links of one body that are told of; a thousand say no more than the first hundred.
const MOST: usize = 100;

/// A body with more words than this is a book.
const WORDS: usize = 50_000;

/// Looks at the body of one story.
pub(super) fn look(
    pack: &Pack,
    row: &Row,
    uses: &mut Uses,
    letters: &mut Letters,
    findings: &mut Findings,
) {
    let Some(name) = &row.body else {
        return;
    };
    let file = name.as_str();
    let read = pack.source_bytes(row);
    let text = read.as_ref().map_err(Clone::clone);
    let text = match text.and_then(|bytes| body_text(bytes, Some(name))) {
        Ok(text) => text,
        Err(error) => {
            match error {
                PackError::NotUtf8 { line, .. } => {
                    let column = read.as_deref().map_or(1, column_of_fault);
                    findings.at("P021", file, (line, column), error.to_string());
                }
                _ => findings.file(code(&error), file, error.to_string()),
            }
            return;
        }
    };
    texts::look(file, text, findings);
    letters.count(text);
    let (body, references, oddities) = article::parse_with_findings(text);
    if body.is_empty() {
        let message = "The body has no words, so the story opens on an empty page: write it, or remove the file.";
        findings.file("P026", file, message);
    }
    let words = body.words();
    if words > WORDS {
        let message =
            format!("The body has {words} words: split the story into several of at most {WORDS}.");
        findings.file("P048", file, message);
    }
    let mut html = 0;
    for warning in &body.warnings {
        // Tags come in pairs, and one sentence a line is enough for them.
        if warning.code == "P023" && std::mem::replace(&mut html, warning.line) == warning.line {
            continue;
        }
        let at = (warning.line, warning.column);
        findings.at(warning.code, file, at, &*warning.message);
    }
    refer(pack, row, file, references, uses, findings);
    let mut told = Told::new(&body);
    for Finding { line, column, what } in oddities {
        if let Some((code, message)) = told.sentence(what) {
            findings.at(code, file, (line, column), message);
        }
    }
}

/// The column of the first byte that is no text.
fn column_of_fault(bytes: &[u8]) -> usize {
    let sound = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(sound).unwrap_or_default()
        }
    };
    sound.chars().rev().take_while(|&c| c != '\n').count() + 1
}

fn code(error: &PackError) -> &'static str {
    match error {
        PackError::TooLarge { .. } => "P022",
        other => other.code().unwrap_or("P020"),
    }
}

/// Follows what the body leans on.
fn refer(
    pack: &Pack,
    row: &Row,
    file: &str,
    references: Vec<Reference>,
    uses: &mut Uses,
    findings: &mut Findings,
) {
    let mut links = 0;
    for reference in references {
        let at = (reference.line, reference.column);
        match reference.target {
            Target::Picture(picture) => {
                let place = Place::Body(file.to_owned(), at.0, at.1);
                uses.add(&picture, Role::Figure, place);
            }
            Target::Story(id) if links < MOST => {
                if let Some((code, message)) = link(pack, row, &id, findings) {
                    links += 1;
                    findings.at(code, file, at, message);
                }
            }
            Target::Story(_) => {}
        }
    }
}

/// What is wrong with a link to a story.
fn link(
    pack: &Pack,
    row: &Row,
    id: &str,
    findings: &mut Findings,
) -> Option<(&'static str, String)> {
    if id == row.story.id.as_str() {
        let message =
            "The link leads to the story that it stands in: remove it, or correct the id.";
        return Some(("P057", message.to_owned()));
    }
    if row.story.clipped.is_some() || pack.row_of(&StoryId::new(id)).is_some() {
        // Whoever takes one story out of a pack leaves the others behind.
        return None;
    }
    let ids = pack.rows.iter().map(|row| row.story.id.as_str());
    let meant = findings.guess(id, ids);
    Some(("P024", dead_link(id, &meant)))
}

/// Puts findings into sentences.
struct Told<'a> {
    body: &'a Body,
    /// The folded words of the body, once somebody asks for them.
    words: Option<String>,
}

impl<'a> Told<'a> {
    fn new(body: &'a Body) -> Self {
        Self { body, words: None }
    }

    fn sentence(&mut self, what: Oddity) -> Option<(&'static str, String)> {
        Some(match what {
            Oddity::TopHeading => (
                "P027",
                "A heading of level 1 is the headline’s, so this one is shown as one of level 2: write `##`.".to_owned(),
            ),
            Oddity::SkippedLevel { from, to } => (
                "P028",
                format!("A heading of level {to} follows one of level {from}: write `{}`.", "#".repeat(usize::from(from) + 1)),
            ),
            Oddity::EmptyHeading => (
                "P029",
                "The heading has no words and is left out: write them, or remove the signs.".to_owned(),
            ),
            Oddity::UnsignedQuote { other_dash: true } => (
                "P060",
                "The last line of the quote looks like a name, but only `—` and `-- ` make it one: write `—` before it.".to_owned(),
            ),
            Oddity::UnsignedQuote { other_dash: false } => (
                "P060",
                "Nobody is named for this quote: put `— Name, role` into its last line.".to_owned(),
            ),
            Oddity::PullQuote(words) => {
                if self.repeats(&words) {
                    return None;
                }
                (
                    "P061",
                    "The body does not say what this pull quote repeats, so search and plain text lose it: repeat the words exactly, or make it a quote.".to_owned(),
                )
            }
            Oddity::StrayMarker(marker) => ("P062", stray(&marker)),
            Oddity::EmptyCallout => (
                "P063",
                "There is no text in this callout: write it below the marker, or remove it.".to_owned(),
            ),
            Oddity::RaggedRow { cells, columns } => (
                "P064",
                format!(
                    "The row has {cells} and the head {columns}, so cells are {}: make them as many.",
                    if cells > columns { "dropped" } else { "empty" }
                ),
            ),
            Oddity::VagueLink(words) if words.trim().is_empty() => (
                "P065",
                "The link has no words, so nobody can follow it: write what it leads to.".to_owned(),
            ),
            Oddity::VagueLink(words) => (
                "P065",
                format!("The words “{}” do not say where the link leads: name what is there.", shortened(&words)),
            ),
            Oddity::DefinedTwice(label) => (
                "P066",
                format!("The label “{}” has an address already, and only the first counts: give this one another label.", shortened(&label)),
            ),
            Oddity::DullAlt(dull) => ("P039", dull_alt(dull).to_owned()),
        })
    }

    /// Whether a pull quote stands in the body, but for what dots stand for and for what brackets put in.
    fn repeats(&mut self, quote: &str) -> bool {
        let body = self.words.get_or_insert_with(|| plain(&self.body.plain()));
        let dots = quote.replace("...", "…");
        let mut parts = dots
            .split(['…', '[', ']'])
            .map(plain)
            .filter(|part| !part.is_empty())
            .peekable();
        let mut is_said = |part: String| body.contains(&part);
        if parts.peek().is_none() {
            return false;
        }
        // What stands in brackets is nobody’s words.
        if quote.contains('[') {
            parts.any(is_said)
        } else {
            parts.all(&mut is_said)
        }
    }
}

/// Folded words with one space between them. What is written without spaces is one word.
fn plain(text: &str) -> String {
    // A soft hyphen is no part of a word.
    let folded = fold(text).replace('\u{AD}', "");
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn stray(marker: &str) -> String {
    const KNOWN: [&str; 5] = [
        "[!PULLQUOTE]",
        "[!NOTE]",
        "[!CORRECTION]",
        "[!UPDATE]",
        "[!KEYFACTS]",
    ];
    if KNOWN.iter().any(|known| marker.eq_ignore_ascii_case(known)) {
        return format!(
            "“{marker}” makes a callout only alone on its line: put what follows it into the next one."
        );
    }
    format!(
        "“{marker}” is no marker, so it is shown as it stands: write one of {}.",
        KNOWN.join(", ")
    )
}

/// What is wrong with a description.
pub(super) fn dull_alt(dull: DullAlt) -> &'static str {
    match dull {
        DullAlt::FileName => "The description is the name of the file: say what the picture shows.",
        DullAlt::Caption => {
            "The description is the caption once more: say what the picture shows, for those who cannot see it."
        }
        DullAlt::Announces => {
            "The description begins by saying that there is a picture, which is known: say what it shows."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Told;
    use crate::article;

    #[test]
    fn pull_quotes_repeat_what_is_there() {
        let body = article::parse(
            "She had waited *nine* years (or ten) for it.\n\n山あいの小さな駅は百年を祝う。",
        );
        for (quote, expected) in [
            ("waited nine years", true),
            ("“Waited Nine Years …”", true),
            ("She … for it", true),
            ("nine years (or ten)", true),
            ("[Ana Lee] had waited", true),
            ("小さな駅", true),
            ("ten years", false),
            ("She … forgot it", false),
            ("…", false),
        ] {
            assert_eq!(Told::new(&body).repeats(quote), expected, "{quote}");
        }
    }
}
