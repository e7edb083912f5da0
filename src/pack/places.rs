//! Finds the line and column of a field of the manifest.
//! It reads the text as brackets, keys and strings, knows no types, and is asked only when there is something to complain about.

use std::collections::{HashMap, HashSet};

/// A field of the manifest, by the way to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// The section, counted from 0.
    pub(super) section: Option<usize>,
    /// The story in it, counted from 0.
    pub(super) story: Option<usize>,
    /// The field, with a dot where it lies in a structure of its own (`thumbnail.file`); empty for the whole.
    pub(super) field: String,
}

impl Spot {
    /// The same structure as a whole.
    fn whole(&self) -> Self {
        Self {
            field: String::new(),
            ..self.clone()
        }
    }
}

/// Lines and columns of the spots that were asked for, both counted from 1.
pub(super) struct Places(HashMap<Spot, (usize, usize)>);

impl Places {
    pub(super) fn find<'a>(text: &str, wanted: impl Iterator<Item = &'a Spot>) -> Self {
        let mut all = HashSet::new();
        for spot in wanted {
            all.insert(spot.whole());
            all.insert(spot.clone());
        }
        let mut scanner = Scanner::new(text, all);
        scanner.run();
        Self(scanner.found)
    }

    /// Where a field stands, or else the structure that should hold it.
    pub(super) fn get(&self, spot: &Spot) -> Option<(usize, usize)> {
        self.0
            .get(spot)
            .or_else(|| self.0.get(&spot.whole()))
            .copied()
    }
}

/// A bracket that is open.
struct Frame {
    /// The key under which the bracket stands.
    key: String,
    /// The element of the bracket that is being read.
    index: usize,
    /// The last key read inside the bracket.
    inner_key: String,
}

struct Scanner<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: usize,
    column: usize,
    frames: Vec<Frame>,
    wanted: HashSet<Spot>,
    found: HashMap<Spot, (usize, usize)>,
}

/// The brackets of a manifest are few; whatever is deeper belongs to an unknown field.
const DEEPEST: usize = 12;

impl<'a> Scanner<'a> {
    fn new(text: &'a str, wanted: HashSet<Spot>) -> Self {
        Self {
            rest: text.chars().peekable(),
            line: 1,
            column: 1,
            frames: Vec::new(),
            wanted,
            found: HashMap::new(),
        }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(c)
    }

    fn run(&mut self) {
        // Brackets beyond the deepest that is looked at.
        let mut beyond = 0_usize;
        let mut word = String::new();
        let mut word_at = (1, 1);
        loop {
            let at = (self.line, self.column);
            let Some(c) = self.next() else {
                return;
            };
            if c == '_' || c.is_alphanumeric() {
                if word.is_empty() {
                    word_at = at;
                }
                word.push(c);
                continue;
            }
            match c {
                '"' => self.string(),
                '#' if word == "r" || word == "br" => self.raw_string(),
                '/' => self.comment(),
                '(' | '[' | '{' => {
                    if beyond > 0 || self.frames.len() >= DEEPEST {
                        beyond += 1;
                    } else {
                        let named = !word.is_empty();
                        self.open(if named { word_at } else { at });
                    }
                }
                ')' | ']' | '}' if beyond > 0 => beyond -= 1,
                ')' | ']' | '}' => {
                    self.frames.pop();
                }
                ',' if beyond == 0 => {
                    if let Some(frame) = self.frames.last_mut() {
                        frame.index += 1;
                        frame.inner_key.clear();
                    }
                }
                ':' if beyond == 0 && !word.is_empty() => {
                    if let Some(frame) = self.frames.last_mut() {
                        frame.inner_key.clone_from(&word);
                    }
                    self.note(word_at);
                }
                // A word may stand apart from what follows it.
                c if c.is_whitespace() => continue,
                _ => {}
            }
            word.clear();
        }
    }

    fn open(&mut self, at: (usize, usize)) {
        let key = self.frames.last().map(|frame| frame.inner_key.clone());
        self.frames.push(Frame {
            key: key.unwrap_or_default(),
            index: 0,
            inner_key: String::new(),
        });
        self.note(at);
    }

    /// Notes where the present field, or the bracket that was just opened, begins.
    fn note(&mut self, at: (usize, usize)) {
        let Some(spot) = self.spot() else {
            return;
        };
        if self.wanted.contains(&spot) {
            self.found.entry(spot).or_insert(at);
        }
    }

    fn spot(&self) -> Option<Spot> {
        let mut spot = Spot::default();
        // Pack( sections: [ Section( stories: [ Story( … the lists are known by their key.
        let mut frames = self.frames.as_slice();
        frames = frames.get(1..)?;
        let top = self.frames.first()?;
        let mut field = top.inner_key.as_str();
        if let [list, section, rest @ ..] = frames
            && list.key == "sections"
        {
            spot.section = Some(list.index);
            field = section.inner_key.as_str();
            frames = rest;
            if let [list, story, rest @ ..] = frames
                && list.key == "stories"
            {
                spot.story = Some(list.index);
                field = story.inner_key.as_str();
                frames = rest;
            }
        }
        spot.field = match frames {
            [] => field.to_owned(),
            [inner] if !inner.inner_key.is_empty() => format!("{field}.{}", inner.inner_key),
            _ => return None,
        };
        Some(spot)
    }

    fn string(&mut self) {
        while let Some(c) = self.next() {
            match c {
                '"' => return,
                '\\' => {
                    self.next();
                }
                _ => {}
            }
        }
    }

    /// The rest of `r#"…"#`, one `#` being read.
    fn raw_string(&mut self) {
        let mut hashes = 1;
        while self.rest.peek() == Some(&'#') {
            self.next();
            hashes += 1;
        }
        self.next();
        let mut closing = None;
        while let Some(c) = self.next() {
            closing = match (c, closing) {
                ('"', _) => Some(0),
                ('#', Some(count)) => Some(count + 1),
                _ => None,
            };
            if closing == Some(hashes) {
                return;
            }
        }
    }

    fn comment(&mut self) {
        match self.rest.peek() {
            Some('/') => while self.next().is_some_and(|c| c != '\n') {},
            Some('*') => {
                self.next();
                let mut depth = 1;
                while depth > 0 {
                    match (self.next(), self.rest.peek()) {
                        (Some('*'), Some('/')) => {
                            self.next();
                            depth -= 1;
                        }
                        (Some('/'), Some('*')) => {
                            self.next();
                            depth += 1;
                        }
                        (None, _) => return,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_fields() {
        let text = r##"// A comment with ( in it
Pack(
    format: 1, title: "x ( \" [", /* ( /* */ */
    sections: [
        Section(id: "a", stories: []),
        Section(id: r#"b " ("#, stories: [
            Story(id: "one", tags: ["(", "b"], headline: "é", mood: 1),
            (
                id: "two",
                thumbnail: Image(file: "x", alt: "y"),
            ),
        ]),
    ],
    last: (a: [(b: 1)], c: 2),
)"##;
        let cases = [
            (None, None, "title", Some((3, 16))),
            (None, None, "last.c", Some((14, 25))),
            (None, None, "", Some((2, 1))),
            (Some(0), None, "stories", Some((5, 26))),
            (Some(1), None, "", Some((6, 9))),
            (Some(1), Some(0), "mood", Some((7, 63))),
            (Some(1), Some(1), "", Some((8, 13))),
            (Some(1), Some(1), "thumbnail.alt", Some((10, 45))),
            (Some(1), Some(1), "missing", Some((8, 13))),
            (Some(9), None, "id", None),
        ];
        let spot = |section, story, field: &str| Spot {
            section,
            story,
            field: field.to_owned(),
        };
        let spots: Vec<Spot> = cases.iter().map(|(s, t, f, _)| spot(*s, *t, f)).collect();
        let places = Places::find(text, spots.iter());
        for (spot, (_, _, _, expected)) in spots.iter().zip(&cases) {
            assert_eq!(places.get(spot), *expected, "{spot:?}");
        }
    }
}
