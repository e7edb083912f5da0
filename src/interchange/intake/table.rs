//! Comma-separated values as people and programs write them: RFC 4180, and what comes near it.

use std::borrow::Cow;

/// The rows of a table, each with the byte at which it begins. Lines without anything in them are no rows.
pub(super) struct Rows<'a> {
    text: &'a str,
    at: usize,
    separator: char,
}

/// What ends a cell.
#[derive(PartialEq)]
enum End {
    Cell,
    Row,
}

impl<'a> Rows<'a> {
    /// The rows of a text; what separates its cells is told by its first line.
    pub fn of(text: &'a str) -> Self {
        let first = text.lines().find(|it| !it.trim().is_empty());
        let count = |it: char| first.unwrap_or_default().matches(it).count();
        // The last of several that are equal is taken, and the comma is the usual one.
        let separator = ['\t', ';', ','].into_iter().max_by_key(|it| count(*it));
        Self {
            text,
            at: 0,
            separator: separator.unwrap_or(','),
        }
    }

    fn cell(&mut self) -> (Cow<'a, str>, End) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = [self.separator, '\n', '\r'];
        // A quotation mark that nothing closes is a letter like others: it must not swallow the rest of the file.
        let quoted = rest.strip_prefix('"').and_then(unquoted);
        let (mut cell, begin) = match quoted {
            Some((cell, length)) => (cell, length + 1),
            None => (Cow::Borrowed(""), 0),
        };
        let after = rest.get(begin..).unwrap_or_default();
        let tail = after.get(..after.find(ends).unwrap_or(after.len()));
        let tail = tail.unwrap_or_default();
        if begin == 0 {
            cell = Cow::Borrowed(tail);
        } else if !tail.trim().is_empty() {
            cell.to_mut().push_str(tail);
        }
        let after = after.get(tail.len()..).unwrap_or_default();
        let (end, length) = match after.chars().next() {
            Some(it) if it == self.separator => (End::Cell, it.len_utf8()),
            Some('\r') if after.starts_with("\r\n") => (End::Row, 2),
            Some(it) => (End::Row, it.len_utf8()),
            None => (End::Row, 0),
        };
        self.at += begin + tail.len() + length;
        (cell, end)
    }
}

/// A quoted cell after its first mark: what it says, and how many bytes there are up to and with its last mark.
fn unquoted(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('"')?;
        if text.get(at + 1..)?.starts_with('"') {
            from = at + 2;
            continue;
        }
        let inner = text.get(..at)?;
        let cell = if from == 0 {
            Cow::Borrowed(inner)
        } else {
            Cow::Owned(inner.replace("\"\"", "\""))
        };
        return Some((cell, at + 1));
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = (usize, Vec<Cow<'a, str>>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.text.len() {
            let begin = self.at;
            let mut row = Vec::new();
            loop {
                let (cell, end) = self.cell();
                row.push(cell);
                if end == End::Row {
                    break;
                }
            }
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                return Some((begin, row));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let rows = Rows::of(text).map(|(_, row)| row);
        rows.map(|row| row.iter().map(ToString::to_string).collect())
            .collect()
    }

    #[test]
    fn tables_are_read_as_they_are_written() {
        let cases: [(&str, &[&[&str]]); 17] = [
            ("", &[]),
            ("\n\r\n,\n", &[]),
            ("a,b", &[&["a", "b"]]),
            ("a,b\n", &[&["a", "b"]]),
            ("a,b\r\nc,d\r\n", &[&["a", "b"], &["c", "d"]]),
            ("a\rb", &[&["a"], &["b"]]),
            ("a,,c,", &[&["a", "", "c", ""]]),
            ("\"a,b\",c", &[&["a,b", "c"]]),
            ("\"a\nb\",c\ne", &[&["a\nb", "c"], &["e"]]),
            ("\"say \"\"no\"\"\",b", &[&["say \"no\"", "b"]]),
            ("\"\",\"\"\"\"", &[&["", "\""]]),
            ("a \"b\" c,d", &[&["a \"b\" c", "d"]]),
            ("\"a\"b,c", &[&["ab", "c"]]),
            ("\"a\" ,c", &[&["a", "c"]]),
            ("\"a,b\nc,d", &[&["\"a", "b"], &["c", "d"]]),
            ("a;b;\"c;d\"", &[&["a", "b", "c;d"]]),
            ("ä\tö,ü\té", &[&["ä", "ö,ü", "é"]]),
        ];
        for (text, table) in cases {
            assert_eq!(rows(text), table, "{text:?}");
        }
    }

    #[test]
    fn a_row_knows_where_it_begins() {
        let text = "a,b\n\n\"c\ng\",e\nf";
        let begins: Vec<usize> = Rows::of(text).map(|(at, _)| at).collect();
        assert_eq!(begins, [0, 5, 13]);
    }
}
