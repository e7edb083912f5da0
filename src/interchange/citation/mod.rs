//! Citations of a story or of words in it: a sentence, BibTeX, CSL-JSON, and the reference that leads back to it.

mod bibtex;
mod csl;
mod plain;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::model::{Date, EditionInfo, Quoted, Reference, Story, fold};

/// A form of citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationForm {
    /// A sentence to paste into a text.
    Text,
    /// An entry for BibTeX and biblatex.
    Bibtex,
    /// An item after the schema of CSL 1.0.2, for Zotero, pandoc and others.
    Csl,
    /// An `offprint:` reference, which opens the story.
    Reference,
}

impl CitationForm {
    /// Every form, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Text, Self::Reference, Self::Bibtex, Self::Csl];
}

impl fmt::Display for CitationForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "Text",
            Self::Bibtex => "BibTeX",
            Self::Csl => "CSL-JSON",
            Self::Reference => "Reference",
        })
    }
}

/// What is known of a story that is cited. Every text is on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// Who wrote it, as the byline has them: it is not known which of their names is the family's.
    pub authors: Vec<String>,
    /// The headline.
    pub headline: String,
    /// What the pack is called, or its series.
    pub publication: String,
    /// Which edition, or empty where the date says it already.
    pub edition: String,
    /// Who made the pack, or empty where that is what the pack is called.
    pub publisher: String,
    /// When the story appeared, or else its edition.
    pub published: Option<Date>,
    /// Where it first appeared, an address.
    pub address: Option<String>,
    /// BCP 47, or empty.
    pub language: String,
    /// The words cited, or empty.
    pub quote: String,
    /// What leads back to it.
    pub reference: Reference,
    /// When it was read.
    pub read: Option<Date>,
}

impl Citation {
    /// A citation of `story` in the edition `info`, or of words of it. `digest` is of its body, or empty; `read` is today.
    ///
    /// A story that was taken from elsewhere is cited as it was there.
    pub fn of(
        info: &EditionInfo,
        story: &Story,
        digest: &str,
        quoted: Option<&Quoted>,
        read: Option<Date>,
    ) -> Self {
        let mut cited = match &story.clipped {
            Some(from) => Self {
                publication: from.title.clone(),
                publisher: from.publisher.clone(),
                published: story.published.or(from.published),
                reference: Reference {
                    digest: from.digest.clone(),
                    ..Reference::of_story(&from.series, &from.edition, &from.story)
                },
                ..Self::default()
            },
            None => Self {
                publication: info.title.clone(),
                publisher: info.publisher.clone(),
                published: story.published.or(info.published),
                language: info.language.clone(),
                reference: Reference {
                    digest: digest.to_owned(),
                    ..Reference::of_story(&info.series, &info.edition, &story.id)
                },
                ..Self::default()
            },
        };
        if !is_digest(&cited.reference.digest) {
            // A brief has no body, and what a stranger's pack calls a digest may be none.
            cited.reference.digest.clear();
        }
        cited.reference.block = quoted.map(|it| it.block);
        if cited.publication.is_empty() {
            cited.publication = cited.reference.series.to_string();
        }
        if cited.publisher == cited.publication {
            cited.publisher.clear();
        }
        let day = cited.published.map(|date| iso(date.ymd()));
        if day.as_deref() != Some(&*cited.reference.edition) {
            cited.edition = one_line(&cited.reference.edition);
        }
        let authors = story.byline.iter().map(|name| one_line(name));
        Self {
            authors: authors.filter(|name| !name.is_empty()).collect(),
            headline: one_line(&story.headline),
            publication: one_line(&cited.publication),
            publisher: one_line(&cited.publisher),
            address: story.source.as_deref().map(address),
            quote: quoted.map(|it| one_line(&it.words)).unwrap_or_default(),
            read,
            ..cited
        }
    }

    /// The citation in a form; ends without a line break.
    pub fn write(&self, form: CitationForm) -> String {
        match form {
            CitationForm::Text => plain::sentence(self),
            CitationForm::Bibtex => bibtex::entry(self),
            CitationForm::Csl => csl::items(self),
            CitationForm::Reference => self.reference.to_string(),
        }
    }

    /// What the entry is called in a document: who, when and a word, in ASCII letters and digits: `mair2025storm`.
    fn key(&self) -> String {
        let who = self.authors.first().and_then(|name| last(name));
        let made = [&self.publisher, &self.publication];
        let who = who.or_else(|| made.into_iter().find_map(|name| first(name)));
        let year = self.published.map(|date| date.ymd().0.to_string());
        let long = |word: &String| word.len() > 3;
        let word = words(&self.headline).find(long);
        let word = word.or_else(|| first(&self.headline));
        let word = word.or_else(|| first(self.reference.story.as_str()));
        let parts = [who, year, word];
        let key: String = parts.into_iter().flatten().collect();
        if key.is_empty() {
            "story".to_owned()
        } else {
            key
        }
    }
}

/// No word of a key is longer.
const LONGEST_WORD: usize = 24;

/// The words of a text in ASCII letters and digits, without accents and apostrophes; what has none is left out.
fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    let plain = |word: &str| -> String {
        let signs = word.chars().filter(char::is_ascii_alphanumeric);
        signs.take(LONGEST_WORD).collect()
    };
    let folded: Vec<String> = fold(text)
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(plain)
        .filter(|word| !word.is_empty())
        .collect();
    folded.into_iter()
}

fn first(text: &str) -> Option<String> {
    words(text).next()
}

fn last(text: &str) -> Option<String> {
    words(text).next_back()
}

/// Whether this is a SHA-256 as a reference has it.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The text without line breaks and other controls, and with one blank where there were several.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// An address in which nothing stands that an address cannot have, nor what ends a field of BibTeX.
fn address(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_control() || c.is_whitespace() || "{}\\\"<>^`|".contains(c) {
            plain.push_str(&crate::model::percent_encoded(c.encode_utf8(&mut [0; 4])));
        } else {
            plain.push(c);
        }
    }
    plain
}

/// The words in quotation marks, unless they stand in some already.
fn in_marks(words: &str) -> String {
    let marks = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“')];
    let mut signs = words.chars();
    let ends = signs.next().zip(signs.next_back());
    // Marks inside may well belong to the ones at the ends.
    let inside =
        |(open, close)| marks.contains(&(open, close)) && !signs.any(|c| c == open || c == close);
    if ends.is_some_and(inside) {
        words.to_owned()
    } else {
        format!("“{words}”")
    }
}

/// `2025-08-09`.
fn iso((year, month, day): (i16, i8, i8)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}
