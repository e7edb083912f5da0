//! HTML as far as lists of links need it: tags with their attributes, and the text between them. Nothing is too odd to be read.

use std::borrow::Cow;

/// A part of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'a> {
    /// A tag that opens, its name in small letters.
    Open(String, Attributes<'a>),
    /// A tag that closes, its name in small letters.
    Close(String),
    /// Text, as it is to be read.
    Text(Cow<'a, str>),
}

/// What stands in a tag after its name, read when asked for.
#[derive(Debug, PartialEq)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of the attribute of this name, which is given in small letters; the first, if there are several.
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.0;
        loop {
            rest = rest.trim_start_matches(|it: char| it.is_whitespace() || it == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|it: char| it.is_whitespace() || it == '=');
            // One that begins with `=` is skipped with it, so that this comes to an end.
            let end = end.unwrap_or(rest.len()).max(1);
            let (found, after) = rest.split_at(rest.ceil_char_boundary(end));
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => value(after.trim_start()),
                None => ("", after),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(decoded(value));
            }
            rest = after;
        }
    }
}

/// The value at the beginning of a text, and what follows it.
fn value(text: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(mark) {
            return quoted.split_once(mark).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// The parts of a page, each with the byte at which it begins.
///
/// However the page is made, no byte of it is looked at more than a few times.
pub(super) struct Parts<'a> {
    text: &'a str,
    at: usize,
    /// Up to here quotation marks are known not to close, and tags end at the first `>`.
    blunt: usize,
    /// Whether a comment may still have an end.
    comments_end: bool,
}

impl<'a> Parts<'a> {
    pub fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            blunt: 0,
            comments_end: true,
        }
    }

    /// The tag at the beginning of `rest`, and its length; no part for a comment or a declaration.
    fn tag(&mut self, rest: &'a str) -> Option<(Option<Part<'a>>, usize)> {
        let inner = rest.strip_prefix('<')?;
        if let Some(comment) = inner.strip_prefix("!--") {
            let end = self.comments_end.then(|| comment.find("-->")).flatten();
            self.comments_end = end.is_some();
            // A comment without an end ends with its mark, so that it does not swallow the page.
            return Some((None, 4 + end.map_or(0, |it| it + 3)));
        }
        let starts_tag = |it: char| it.is_ascii_alphabetic() || matches!(it, '/' | '!' | '?');
        if !inner.starts_with(starts_tag) {
            return None;
        }
        let tag = inner.get(..self.end_of_tag(inner)?)?;
        let length = tag.len() + 2;
        if tag.starts_with(['!', '?']) {
            return Some((None, length));
        }
        let is_end = |it: char| it.is_whitespace() || it == '/';
        if let Some(name) = tag.strip_prefix('/') {
            let name = name.split(is_end).next().unwrap_or_default();
            return Some((Some(Part::Close(name.to_ascii_lowercase())), length));
        }
        let (name, attributes) = tag.split_at(tag.find(is_end).unwrap_or(tag.len()));
        let part = Part::Open(name.to_ascii_lowercase(), Attributes(attributes));
        Some((Some(part), length))
    }

    /// Where a tag ends: at the first `>` outside of quotation marks; where those do not close in their line, at the first there is.
    fn end_of_tag(&mut self, text: &str) -> Option<usize> {
        if self.at >= self.blunt {
            // A mark begins a value only behind a `=`.
            let (mut quote, mut before) = (None, b' ');
            let mut scanned = text.len();
            for (at, byte) in text.bytes().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(at),
                    (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                    (Some(mark), byte) if byte == mark => quote = None,
                    (Some(_), b'\n') => {
                        scanned = at;
                        break;
                    }
                    _ => {}
                }
                if !byte.is_ascii_whitespace() {
                    before = byte;
                }
            }
            self.blunt = self.at + scanned;
        }
        let end = text.find(['<', '>'])?;
        text.get(end..)?.starts_with('>').then_some(end)
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = (usize, Part<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let begin = self.at;
            let rest = self.text.get(begin..).filter(|it| !it.is_empty())?;
            if let Some((part, length)) = self.tag(rest) {
                self.at += length;
                match part {
                    Some(part) => return Some((begin, part)),
                    None => continue,
                }
            }
            // A `<` that begins no tag is text.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest.get(first..).and_then(|it| it.find('<'));
            let text = end.and_then(|it| rest.get(..it + first)).unwrap_or(rest);
            self.at += text.len();
            return Some((begin, Part::Text(decoded(text))));
        }
    }
}

/// Text in which `&amp;` and its kind are what they stand for. One that is not known stays as it is written.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        if let Some((char, length)) = entity(after) {
            plain.push(char);
            rest = after.get(length..).unwrap_or_default();
        } else {
            plain.push('&');
            rest = after;
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character that a text behind `&` names, and how long its name is with its semicolon.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    const NAMED: [(&str, char); 16] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{A0}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("middot", '·'),
    ];
    let near = text.get(..text.floor_char_boundary(LONGEST))?;
    let name = near.get(..near.find(';')?)?;
    let char = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|it| *it != '\0')?
        }
        None => NAMED.iter().find(|(it, _)| *it == name)?.1,
    };
    Some((char, name.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let parts = Parts::of(text).map(|(_, part)| match part {
            Part::Open(name, attributes) => match attributes.get("href") {
                Some(href) => format!("<{name} {href}>"),
                None => format!("<{name}>"),
            },
            Part::Close(name) => format!("</{name}>"),
            Part::Text(text) => text.into_owned(),
        });
        parts.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn pages_are_read_as_browsers_do() {
        let cases = [
            ("", ""),
            ("a", "a"),
            ("<DT><A HREF=\"x\">y</A>", "<dt>|<a x>|y|</a>"),
            ("<a other='>' href = 'x'>", "<a x>"),
            ("<a href=x/y>", "<a x/y>"),
            ("<a\nHref=\"a&amp;b\"\n/>", "<a a&b>"),
            ("<a data-href=1 href=2 href=3>", "<a 2>"),
            ("<a href>", "<a >"),
            ("<a ==\"\" href=x>", "<a x>"),
            ("<!DOCTYPE x><!-- <a> -->b<?p?>", "b"),
            ("<!-- never closed\n<b>", " never closed\n|<b>"),
            ("1 < 2 <b", "1 |< 2 |<b"),
            ("<a href=\"never closed>b</a>", "<a never closed>|b|</a>"),
            (
                "<a href=\"x>b</a>\n<a href=\"y\">c</a>",
                "<a x>|b|</a>|\n|<a y>|c|</a>",
            ),
            ("&lt;&#65;&#x42;&nbsp;&odd; &", "<AB\u{A0}&odd; &"),
            ("&#0;&#xD800;&#99999999;", "&#0;&#xD800;&#99999999;"),
            ("<é>", "<é>"),
        ];
        for (text, parts) in cases {
            assert_eq!(told(text), parts, "{text:?}");
        }
    }
}
