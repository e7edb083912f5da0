//! References: one line that names a story of an edition, or a place in it, to be written down, sent and opened again.
//!
//! They are URIs after RFC 3986, as section 13 of `content/FORMAT.md` has them: `offprint:SERIES/EDITION/STORY?block=3&sha256=…`.

use std::fmt;

use thiserror::Error;

use super::ids::{SeriesId, StoryId};

/// What every reference begins with.
pub(super) const SCHEME: &str = "offprint:";

/// The most bytes a reference may have as text.
pub const MAX_REFERENCE_BYTES: usize = 4096;

/// The greatest number of a block.
pub(super) const MOST_BLOCKS: usize = 999_999_999;

/// A story of an edition, or a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The series.
    pub series: SeriesId,
    /// The edition; empty where it is not known.
    pub edition: String,
    /// The story.
    pub story: StoryId,
    /// Which text of the body, counted from 0 as in [`super::Anchor::block`]. As text it is counted from 1.
    pub block: Option<usize>,
    /// SHA-256 of the body as it was, 64 lower-case hexadecimal digits, or empty.
    pub digest: String,
}

/// Why a text is no reference. Places are characters of the text as it was given, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// It begins otherwise.
    #[error("This is no reference: one begins with “offprint:”")]
    Scheme,
    /// It goes on and on.
    #[error("This is too long for a reference, which has at most {MAX_REFERENCE_BYTES} characters")]
    Long,
    /// There is no series, or nothing at all.
    #[error(
        "The series is missing at character {0}: a reference is written offprint:SERIES/EDITION/STORY"
    )]
    Series(usize),
    /// The text ends before the story.
    #[error(
        "The story is missing at character {0}: a reference is written offprint:SERIES/EDITION/STORY, and offprint:SERIES//STORY where no edition is known"
    )]
    Story(usize),
    /// There is a fourth part.
    #[error(
        "A fourth part begins at character {0}, and a reference has three: offprint:SERIES/EDITION/STORY"
    )]
    Parts(usize),
    /// A character stands there that cannot.
    #[error("“{}” at character {at} cannot stand in a reference; it is written {}", .sign.escape_debug(), percent_encoded(.sign.encode_utf8(&mut [0; 4])))]
    Sign {
        /// Where.
        at: usize,
        /// Which.
        sign: char,
    },
    /// An escape is broken.
    #[error("“%” at character {0} is not followed by two hexadecimal digits")]
    Escape(usize),
    /// Escapes give bytes that are no text.
    #[error("The part that begins at character {0} is no text: its escapes are not UTF-8")]
    Utf8(usize),
    /// Something after the question mark has no value.
    #[error("What begins at character {0} has not the form name=value")]
    Parameter(usize),
    /// The block is no number.
    #[error("The block at character {0} is no number from 1 to {MOST_BLOCKS}")]
    Block(usize),
    /// The digest is none.
    #[error("The digest at character {0} has not 64 hexadecimal digits")]
    Digest(usize),
    /// A value is given twice.
    #[error("“{name}” is given a second time at character {at}")]
    Twice {
        /// Where.
        at: usize,
        /// Of what.
        name: &'static str,
    },
}

impl Reference {
    /// A whole story.
    pub fn of_story(series: &SeriesId, edition: &str, story: &StoryId) -> Self {
        Self {
            series: series.clone(),
            edition: edition.to_owned(),
            story: story.clone(),
            ..Self::default()
        }
    }

    /// Reads a reference. Blanks, angle brackets and quotation marks around it do no harm, nor do line breaks in it, as mail programs
    /// make them. Parameters with a name that is not known are passed over.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        if !begins(text) {
            return Err(ReferenceError::Scheme);
        }
        if text.len() > MAX_REFERENCE_BYTES {
            return Err(ReferenceError::Long);
        }
        let signs = unwrapped(text);
        let end = signs.last().map_or(1, |sign| sign.at + 1);
        let signs = signs.get(SCHEME.len()..).unwrap_or_default();
        let mut halves = signs.splitn(2, |sign| sign.is('?'));
        let path = halves.next().unwrap_or_default();
        let path_end = signs.get(path.len()).map_or(end, |sign| sign.at);
        let mut reference = Self::path(path, path_end)?;
        if let Some(query) = halves.next() {
            reference.take_query(query, end)?;
        }
        Ok(reference)
    }

    fn path(path: &[Sign], end: usize) -> Result<Self, ReferenceError> {
        let mut parts = path.split(|sign| sign.is('/'));
        let [series, edition, story] = [parts.next(), parts.next(), parts.next()];
        let after = |part: &[Sign]| part.last().map_or(end, |sign| sign.at + 1);
        let series = series.filter(|part| !part.is_empty());
        let first = path.first().map_or(end, |sign| sign.at);
        let series = series.ok_or(ReferenceError::Series(first))?;
        let edition = edition.ok_or(ReferenceError::Story(after(path)))?;
        let story = story.filter(|part| !part.is_empty());
        let story = story.ok_or(ReferenceError::Story(after(path)))?;
        if let Some(fourth) = parts.next() {
            let at = fourth.first().map_or(after(path), |sign| sign.at);
            return Err(ReferenceError::Parts(at));
        }
        Ok(Self {
            series: SeriesId::new(decoded(series)?),
            edition: decoded(edition)?,
            story: StoryId::new(decoded(story)?),
            ..Self::default()
        })
    }

    fn take_query(&mut self, query: &[Sign], end: usize) -> Result<(), ReferenceError> {
        for parameter in query.split(|sign| sign.is('&')) {
            let at = parameter.first().map_or(end, |sign| sign.at);
            let bad = parameter.iter().find(|sign| !sign.is_in_query());
            if let Some(&Sign { at, sign }) = bad {
                return Err(ReferenceError::Sign { at, sign });
            }
            let plain: String = parameter.iter().map(|sign| sign.sign).collect();
            let (name, value) = plain
                .split_once('=')
                .filter(|(name, _)| !name.is_empty())
                .ok_or(ReferenceError::Parameter(at))?;
            match name {
                "block" if self.block.is_some() => {
                    return Err(ReferenceError::Twice { at, name: "block" });
                }
                "block" => {
                    let block = number(value).ok_or(ReferenceError::Block(at))?;
                    self.block = Some(block - 1);
                }
                "sha256" if !self.digest.is_empty() => {
                    return Err(ReferenceError::Twice { at, name: "sha256" });
                }
                "sha256" => {
                    let whole = value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
                    if !whole {
                        return Err(ReferenceError::Digest(at));
                    }
                    self.digest = value.to_ascii_lowercase();
                }
                // Of a later version.
                _ => {}
            }
        }
        Ok(())
    }
}

/// A number from 1 on, in decimal digits, as it is written.
fn number(digits: &str) -> Option<usize> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let number = plain.then(|| digits.parse().ok())?;
    number.filter(|it| (1..=MOST_BLOCKS).contains(it))
}

/// The reference on one line, with nothing in it that would have to be escaped anywhere else.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [self.series.as_str(), &self.edition, self.story.as_str()];
        let [series, edition, story] = parts.map(percent_encoded);
        write!(f, "{SCHEME}{series}/{edition}/{story}")?;
        let mut before = '?';
        if let Some(block) = self.block {
            write!(f, "{before}block={}", block.saturating_add(1))?;
            before = '&';
        }
        if !self.digest.is_empty() {
            write!(f, "{before}sha256={}", self.digest)?;
        }
        Ok(())
    }
}

/// Percent-encoded, but for what RFC 3986 calls unreserved: a part of a reference, or of any other URI.
pub fn percent_encoded(text: &str) -> String {
    use fmt::Write as _;
    let mut plain = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_unreserved(char::from(byte)) {
            plain.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            _ = write!(plain, "%{byte:02X}");
        }
    }
    plain
}

fn is_unreserved(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "-._~".contains(sign)
}

/// A character of the text, and which one it is.
#[derive(Clone, Copy)]
struct Sign {
    at: usize,
    sign: char,
}

impl Sign {
    fn is(self, sign: char) -> bool {
        self.sign == sign
    }

    /// `pchar` of RFC 3986, without the escapes.
    fn is_in_part(self) -> bool {
        is_unreserved(self.sign) || "!$&'()*+,;=:@".contains(self.sign)
    }

    fn is_in_query(self) -> bool {
        self.is_in_part() || "/?%".contains(self.sign)
    }
}

/// What may stand around a reference without being a part of it.
fn is_wrapping(sign: char) -> bool {
    sign.is_whitespace() || "<>\"'“”‘’«»„\u{200b}\u{feff}".contains(sign)
}

/// Whether a text is meant as a reference, and be it a broken one.
pub(super) fn begins(text: &str) -> bool {
    let text = text.trim_start_matches(is_wrapping);
    let scheme = text.get(..SCHEME.len());
    scheme.is_some_and(|it| it.eq_ignore_ascii_case(SCHEME))
}

/// The characters of the reference in `text`: without what stands around it, and without line breaks and the blanks beside them.
fn unwrapped(text: &str) -> Vec<Sign> {
    let signs: Vec<Sign> = (1..)
        .zip(text.chars())
        .map(|(at, sign)| Sign { at, sign })
        .collect();
    let outside = |sign: &&Sign| is_wrapping(sign.sign);
    let before = signs.iter().take_while(outside).count();
    let after = signs.iter().rev().take_while(outside).count();
    let inner = signs.get(before..signs.len() - after).unwrap_or_default();
    inner
        .chunk_by(|a, b| a.sign.is_whitespace() == b.sign.is_whitespace())
        .filter(|run| !run.iter().any(|sign| sign.is('\n') || sign.is('\r')))
        .flatten()
        .copied()
        .collect()
}

/// A part with its escapes undone.
fn decoded(part: &[Sign]) -> Result<String, ReferenceError> {
    let start = part.first().map_or(0, |sign| sign.at);
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.iter();
    while let Some(&sign) = rest.next() {
        if sign.is('%') {
            let mut digit = || rest.next().and_then(|it| it.sign.to_digit(16));
            let byte = digit().zip(digit()).map(|(high, low)| high * 16 + low);
            let byte = byte.and_then(|byte| u8::try_from(byte).ok());
            bytes.push(byte.ok_or(ReferenceError::Escape(sign.at))?);
        } else if sign.is_in_part() {
            bytes.extend(sign.sign.encode_utf8(&mut [0; 4]).bytes());
        } else {
            let Sign { at, sign } = sign;
            return Err(ReferenceError::Sign { at, sign });
        }
    }
    String::from_utf8(bytes).map_err(|_| ReferenceError::Utf8(start))
}
