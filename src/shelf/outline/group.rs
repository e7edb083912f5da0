//! The entries between a pair of brackets: the fields of a struct or the items of a list.

use std::borrow::Cow;
use std::ops::Range;

use super::scan::{Fault, blanks_end};
use super::walk::{Shape, Walk, key};

/// A struct or a list, cut at its entries; put together again it is the same to the byte.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    /// What stands before the first entry: attributes, the struct's name, the opening bracket.
    open: Cow<'a, str>,
    name: &'a str,
    entries: Vec<Entry<'a>>,
    /// What stands after the last entry: the closing bracket and anything behind it.
    close: Cow<'a, str>,
}

/// A field or an item with what surrounds it.
#[derive(Clone, Debug)]
struct Entry<'a> {
    /// Blanks and comments before it.
    lead: Cow<'a, str>,
    /// Its key with the colon, or nothing in a list.
    label: Cow<'a, str>,
    value: Cow<'a, str>,
    /// Its comma, and a comment on the same line.
    end: Cow<'a, str>,
}

impl<'a> Group<'a> {
    /// The fields of `text`, a struct with or without a name; nothing else may follow it.
    pub fn fields(text: &'a str) -> Result<Self, Fault> {
        Self::parse(text, Shape::Struct)
    }

    /// The items of `text`, a list; nothing else may follow it.
    pub fn items(text: &'a str) -> Result<Self, Fault> {
        Self::parse(text, Shape::List)
    }

    fn parse(text: &'a str, shape: Shape) -> Result<Self, Fault> {
        let mut walk = Walk::new(text, shape)?;
        let open = &text[..walk.at];
        let mut entries = Vec::new();
        while let Some(place) = walk.entry()? {
            let end = &text[place.end..place.next];
            entries.push(Entry {
                lead: text[place.lead..place.start].into(),
                label: text[place.start..place.value].into(),
                value: text[place.value..place.end].into(),
                end: if place.lacks_comma {
                    // The mistake of everyone who edits a list by hand; it is mended with the next change.
                    format!(",{end}").into()
                } else {
                    end.into()
                },
            });
        }
        Ok(Self {
            open: open.into(),
            name: walk.name,
            entries,
            close: text[walk.at..].into(),
        })
    }

    /// The struct's name, or nothing.
    pub fn name(&self) -> &str {
        self.name
    }

    /// The value of a field. A field that is there twice is as good as none: which one was meant?
    pub fn get(&self, key: &str) -> Option<&str> {
        let mut found = self.entries.iter().filter(|it| it.key() == key);
        let value = found.next()?.value.as_ref();
        found.next().is_none().then_some(value)
    }

    /// As [`get`](Self::get), from the text itself: `None` for a value that was changed.
    pub fn borrowed(&self, key: &str) -> Option<&'a str> {
        self.get(key)?;
        let entry = self.entries.iter().find(|it| it.key() == key)?;
        match entry.value {
            Cow::Borrowed(value) => Some(value),
            Cow::Owned(_) => None,
        }
    }

    /// The values in order, from the text itself; without those that were changed.
    pub fn borrowed_values(&self) -> impl Iterator<Item = &'a str> {
        self.entries.iter().filter_map(|it| match it.value {
            Cow::Borrowed(value) => Some(value),
            Cow::Owned(_) => None,
        })
    }

    /// The names of the fields and their values, in order.
    pub fn fields_named(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|it| (it.key(), it.value.as_ref()))
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|it| it.value.as_ref())
    }

    /// The same with these entries alone.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let entries = self.entries.iter().skip(range.start).take(range.len());
        Self {
            open: self.open.clone(),
            name: self.name,
            entries: entries.cloned().collect(),
            close: self.close.clone(),
        }
    }

    /// How many bytes each entry has, with what surrounds it.
    pub fn sizes(&self) -> impl Iterator<Item = usize> {
        self.entries
            .iter()
            .map(|it| it.lead.len() + it.label.len() + it.value.len() + it.end.len())
    }

    /// Gives a field a value; a new one is written after the others.
    pub fn set(&mut self, key: &str, value: String) {
        match self.entries.iter_mut().find(|it| it.key() == key) {
            Some(entry) => entry.value = value.into(),
            None => self.append(format!("{key}: "), value, "    "),
        }
    }

    /// Takes a field away.
    pub fn remove(&mut self, key: &str) {
        self.entries.retain(|it| it.key() != key);
    }

    /// Gives an item another value.
    pub fn replace(&mut self, index: usize, value: String) {
        if let Some(entry) = self.entries.get_mut(index) {
            entry.value = value.into();
        }
    }

    /// Adds an item after the others, on a line of its own; `indent` is how far lines of the list are moved in.
    pub fn push(&mut self, value: String, indent: &str) {
        self.append(String::new(), value, indent);
    }

    /// Adds an item before the others.
    pub fn push_first(&mut self, value: String, indent: &str) {
        self.push(value, indent);
        self.entries.rotate_right(1);
    }

    /// Keeps the items for which `keep` holds, in their order.
    pub fn retain(&mut self, mut keep: impl FnMut(usize, &str) -> bool) {
        let mut index = 0;
        self.entries.retain(|it| {
            index += 1;
            keep(index - 1, &it.value)
        });
    }

    /// The text.
    pub fn render(&self) -> String {
        let mut text = String::new();
        text.push_str(&self.open);
        for entry in &self.entries {
            for part in [&entry.lead, &entry.label, &entry.value, &entry.end] {
                text.push_str(part);
            }
        }
        text.push_str(&self.close);
        text
    }

    fn append(&mut self, label: String, value: String, indent: &str) {
        let one_line = match self.entries.last_mut() {
            Some(last) => {
                let at_comma = blanks_end(&last.end, 0).unwrap_or(0);
                if !last.end[at_comma..].starts_with(',') {
                    last.end = format!(",{}", last.end).into();
                }
                // What follows a comment on its line would be a part of it.
                !last.lead.contains('\n') && !last.end.contains("//")
            }
            None => false,
        };
        let lead = match self.entries.last() {
            Some(_) if one_line => " ".to_owned(),
            // The same distance from the edge as its neighbour, where that stands on a line of its own.
            Some(last) if !last.lead.contains('\n') => format!("\n{indent}"),
            Some(last) => {
                let edge = last.lead.rfind('\n').map_or(0, |it| it + 1);
                // Its blanks alone: the line may be the end of a comment.
                let line = &last.lead[edge..];
                let words = line.trim_start_matches([' ', '\t']);
                format!("\n{}", &line[..line.len() - words.len()])
            }
            None => format!("\n{indent}"),
        };
        if self.entries.is_empty() && !self.close.contains('\n') {
            let outer = indent.strip_prefix("    ").unwrap_or_default();
            self.close = format!("\n{outer}{}", self.close).into();
        }
        self.entries.push(Entry {
            lead: lead.into(),
            label: label.into(),
            value: value.into(),
            end: if one_line { "" } else { "," }.into(),
        });
    }
}

impl Entry<'_> {
    fn key(&self) -> &str {
        key(&self.label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\u{FEFF}#![enable(implicit_some)]\n// Mine.\nShelf(\n    version: 1, // keep\n    /* new */ r#type: (a: [1]),\n    books: [\n        // first\n        A(1), // about A\n        B(2) // about B\n    ],\n) // end\n";

    #[test]
    fn a_file_is_put_together_as_it_was() {
        let cases = [
            FILE,
            "()",
            "A()",
            "( a : 1 )",
            "(a:1,)",
            "#![enable(unwrap_newtypes)]\n#![enable(implicit_some)] (a: 1)",
        ];
        for text in cases {
            assert_eq!(Group::fields(text).unwrap().render(), text);
        }
        for text in ["[]", "[1]", "[1,]", " [ 1 , /* c */ 2 ] // x"] {
            assert_eq!(Group::items(text).unwrap().render(), text);
        }
        for text in [
            "",
            "A",
            "(",
            "(a: 1",
            "(a 1)",
            "(a: 1 b: 2)",
            "(a: 1) b",
            "[1]",
            "(:1)",
            "(a: )",
        ] {
            assert!(Group::fields(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_forgotten_comma_parts_items_all_the_same() {
        let list = Group::items("[\n    A(1) // one\n    B(2)\n]").unwrap();
        assert_eq!(list.values().collect::<Vec<_>>(), ["A(1)", "B(2)"]);
        assert_eq!(list.render(), "[\n    A(1), // one\n    B(2)\n]");
    }

    #[test]
    fn changes_touch_nothing_else() {
        let mut file = Group::fields(FILE).unwrap();
        assert_eq!(file.name(), "Shelf");
        assert_eq!(file.get("type"), Some("(a: [1])"));
        let text = file.get("books").unwrap().to_owned();
        let mut books = Group::items(&text).unwrap();
        books.retain(|_, value| value != "A(1)");
        books.push("C(3)".to_owned(), "        ");
        file.set("books", books.render());
        file.set("more", "true".to_owned());
        let expected = FILE
            .replace("        // first\n        A(1), // about A\n", "")
            .replace("B(2) // about B\n", "B(2), // about B\n        C(3),\n")
            .replace("    ],\n)", "    ],\n    more: true,\n)");
        assert_eq!(file.render(), expected);
    }

    #[test]
    fn what_is_added_never_ends_up_in_a_comment() {
        let mut list = Group::items("[1, // one\n]").unwrap();
        list.push("2".to_owned(), "    ");
        assert_eq!(list.render(), "[1, // one\n    2,\n]");
        let mut list = Group::items("[\n  /* two\n   (lines) */ 1,\n]").unwrap();
        list.push("2".to_owned(), "    ");
        assert_eq!(list.render(), "[\n  /* two\n   (lines) */ 1,\n   2,\n]");
        let mut record = Group::fields("A(a: 1 /* one */)").unwrap();
        record.set("b", "2".to_owned());
        assert_eq!(record.render(), "A(a: 1, b: 2 /* one */)");
    }

    #[test]
    fn an_empty_list_opens_up() {
        let mut list = Group::items("[]").unwrap();
        list.push("1".to_owned(), "        ");
        list.push_first("0".to_owned(), "        ");
        assert_eq!(list.render(), "[\n        0,\n        1,\n    ]");
        let mut record = Group::fields("A(a: 1)").unwrap();
        record.set("b", "2".to_owned());
        assert_eq!(record.render(), "A(a: 1, b: 2)");
    }
}
