//! Goes from entry to entry of a struct or a list, and keeps none.

use super::scan::{Fault, blanks_end, name_end, value_end};

/// What kind of brackets, and whether entries have keys.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Struct,
    List,
}

/// Where an entry stands: blanks before it from `lead`, its key from `start`, of which the name ends at `name`, its value from `value`
/// to `end`, and what belongs to it behind that up to `next`.
pub(super) struct Place {
    pub lead: usize,
    pub start: usize,
    pub name: usize,
    pub value: usize,
    pub end: usize,
    pub next: usize,
    /// Another follows, and the comma between the two is missing.
    pub lacks_comma: bool,
}

/// On the way from entry to entry.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    text: &'a str,
    shape: Shape,
    /// The struct's name, or nothing.
    pub name: &'a str,
    /// Behind the last entry; at first behind the opening bracket.
    pub at: usize,
}

impl<'a> Walk<'a> {
    /// Through the fields of `text`, a struct with or without a name.
    pub fn fields(text: &'a str) -> Result<Self, Fault> {
        Self::new(text, Shape::Struct)
    }

    pub(super) fn new(text: &'a str, shape: Shape) -> Result<Self, Fault> {
        let start = attributes_end(text)?;
        let (opening, what) = match shape {
            Shape::Struct => ('(', "an opening round bracket is missing"),
            Shape::List => ('[', "an opening square bracket is missing"),
        };
        let (name, at) = match shape {
            Shape::Struct => {
                let end = name_end(text, start);
                (&text[start..end], blanks_end(text, end)?)
            }
            Shape::List => ("", start),
        };
        if !text[at..].starts_with(opening) {
            return Err(Fault { at, what });
        }
        let at = at + 1;
        Ok(Self {
            text,
            shape,
            name,
            at,
        })
    }

    /// The name and the value of the next field; `None` at the end, behind which nothing follows.
    pub fn field(&mut self) -> Result<Option<(&'a str, &'a str)>, Fault> {
        let Some(place) = self.entry()? else {
            return Ok(None);
        };
        let name = plain(&self.text[place.start..place.name]);
        Ok(Some((name, &self.text[place.value..place.end])))
    }

    /// The next entry; `None` at the end, behind which nothing follows.
    pub(super) fn entry(&mut self) -> Result<Option<Place>, Fault> {
        let (text, lead) = (self.text, self.at);
        let closing = match self.shape {
            Shape::Struct => ')',
            Shape::List => ']',
        };
        let start = blanks_end(text, lead)?;
        if text[start..].starts_with(closing) {
            let end = blanks_end(text, start + 1)?;
            return if end < text.len() {
                fault(end, "something follows the end")
            } else {
                Ok(None)
            };
        }
        if start == text.len() {
            return fault(start, "the text ends in the middle");
        }
        let (name, value) = match self.shape {
            Shape::Struct => label_end(text, start)?,
            Shape::List => (start, start),
        };
        let end = value_end(text, value)?;
        let (next, comma) = entry_end(text, end)?;
        let mut lacks_comma = false;
        if !comma {
            let rest = blanks_end(text, next)?;
            lacks_comma = !text[rest..].starts_with(closing) && rest < text.len();
            if lacks_comma && self.shape == Shape::Struct {
                return fault(rest, "a comma is missing");
            }
        }
        self.at = next;
        Ok(Some(Place {
            lead,
            start,
            name,
            value,
            end,
            next,
            lacks_comma,
        }))
    }
}

/// The name in what stands before a value.
pub(super) fn key(label: &str) -> &str {
    plain(&label[..name_end(label, 0)])
}

/// A name without the mark that says that it is one.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn fault<T>(at: usize, what: &'static str) -> Result<T, Fault> {
    Err(Fault { at, what })
}

/// The end of blanks and of `#![…]` lines at the start of a file.
fn attributes_end(text: &str) -> Result<usize, Fault> {
    let mut at = blanks_end(text, 0)?;
    while text[at..].starts_with("#!") {
        let open = blanks_end(text, at + 2)?;
        at = blanks_end(text, value_end(text, open)?)?;
    }
    Ok(at)
}

/// The end of a field's name, and that of its colon and the blanks behind it.
fn label_end(text: &str, at: usize) -> Result<(usize, usize), Fault> {
    let name = name_end(text, at);
    let colon = blanks_end(text, name)?;
    if name == at || !text[colon..].starts_with(':') {
        return Err(Fault {
            at,
            what: "a field needs a name and a colon",
        });
    }
    Ok((name, blanks_end(text, colon + 1)?))
}

/// The end of what belongs to an entry behind its value, and whether there is a comma:
/// the comma and a comment on the rest of its line.
fn entry_end(text: &str, at: usize) -> Result<(usize, bool), Fault> {
    let next = blanks_end(text, at)?;
    let comma = text[next..].starts_with(',');
    let end = if comma { next + 1 } else { at };
    if text.as_bytes().get(end) == Some(&b'\n') {
        return Ok((end, comma));
    }
    let rest = &text[end..];
    let words = rest.trim_start_matches([' ', '\t']);
    if !words.starts_with("//") {
        return Ok((end, comma));
    }
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Ok((end + line, comma))
}
