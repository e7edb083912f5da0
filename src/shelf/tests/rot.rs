//! Bytes rot and ends go missing: whatever is damaged in a file, every record that is not is read.

use std::collections::HashSet;

use super::{at, bookmark, figure, full, mark};
use crate::model::{Bookmark, Highlight, HighlightChange};
use crate::shelf::bookmarks;
use crate::shelf::class::Class;
use crate::shelf::diagnosis::readable;
use crate::shelf::file::{Kind, records};
use crate::shelf::highlights;
use crate::shelf::marks::{self, Mark as _};
use crate::shelf::outline::Group;

/// A file with what makes it hard to read when something is missing: brackets in texts, texts in raw form, comments with quotation
/// marks, records as people write them.
struct Sample {
    kind: &'static Kind,
    fresh: String,
    text: String,
    records: Vec<String>,
    /// Where the records are in it.
    spans: Vec<(usize, usize)>,
}

impl Sample {
    fn of(class: &'static Class, count: usize, record: fn(usize) -> String) -> Self {
        let (kind, fresh) = (&class.kind, (class.fresh)(Some(&super::desk())));
        let list = kind.list.unwrap();
        let end = fresh.find("[]").unwrap();
        let mut text = format!("{}[\n", &fresh[..end]);
        let (mut records, mut spans) = (Vec::new(), Vec::<(usize, usize)>::new());
        for number in 0..count {
            let mut line_break = None;
            if number % 7 == 3 {
                text.push_str("        // mine (a \"note [of\n");
                line_break = Some(text.len() - 1);
            }
            text.push_str("        ");
            let (mut start, record) = (text.len(), record(number));
            if !record.contains('\n') {
                // Without the line break before it a record of one line belongs to the comment, and the file is sound: nothing tells
                // it from a record that somebody struck out.
                start = line_break.unwrap_or(start);
            }
            text.push_str(&record);
            // What stands before a bare bracket may be taken for its name.
            let bare = record.starts_with('(');
            let before = spans.last().map_or(start, |(_, end)| *end);
            spans.push((if bare { before } else { start }, text.len()));
            records.push(record);
            text.push_str(if number % 5 == 4 {
                ", /* ) */\n"
            } else {
                ",\n"
            });
        }
        text.push_str("    ],\n)\n");
        assert!(fresh.contains(list));
        Self {
            kind,
            fresh,
            text,
            records,
            spans,
        }
    }

    fn bookmarks(count: usize) -> Self {
        let record = |number: usize| match number % 4 {
            1 => format!(
                "Bookmark ( story : \"hand-{number}\", headline: r#\"A \"line\" ) ] Bookmark(\"#, /* ( */ stars: [1, ('\"')] )"
            ),
            2 => format!("(story: \"bare-{number}\", tags: [\"(\", \"}}\"])"),
            _ => {
                let mut it = bookmark(&format!("story-{number}"));
                it.tags.set("class 7b", true, at(1));
                it.remark.write("Ask (Ada):\n\"Bookmark(\"", at(2));
                marks::written(&it)
            }
        };
        Self::of(&bookmarks::CLASS, count, record)
    }

    fn highlights(count: usize) -> Self {
        let record = |number: usize| {
            let HighlightChange::Add(mut it) = mark(&format!("mark-{number}")) else {
                return String::new();
            };
            it.remark
                .write("See [1], (2) and {3}; // no comment", at(2));
            marks::written(&*it)
        };
        Self::of(&highlights::CLASS, count, record)
    }

    /// The records that are read from these bytes, as they are written in them.
    fn read(&self, bytes: &[u8]) -> (HashSet<String>, usize) {
        let (text, notice) = readable(self.kind, "desk.ron".as_ref(), bytes, &self.fresh);
        let (name, mut notices) = (self.kind.list.unwrap(), notice.into_iter().collect());
        let file = Group::fields(&text).unwrap();
        let list = Group::items(file.get(name).unwrap()).unwrap();
        let found = list.values().map(str::to_owned).collect();
        let count = if self.kind.record == Bookmark::NAME {
            let path = "desk.ron".as_ref();
            records(self.kind, path, &text, &mut notices, Bookmark::read).len()
        } else {
            let path = "desk.ron".as_ref();
            records(self.kind, path, &text, &mut notices, Highlight::read).len()
        };
        (found, count)
    }

    /// Changes a byte, and sees to it that all other records are read.
    fn rot(&self, at: usize, byte: u8) {
        let mut bytes = self.text.clone().into_bytes();
        bytes[at] = byte;
        let (found, count) = self.read(&bytes);
        let case = || {
            let line = self.text[..at].matches('\n').count() + 1;
            format!("byte {at} in line {line} as {byte} ({:?})", byte as char)
        };
        for (number, (start, end)) in self.spans.iter().enumerate() {
            let whole = at < *start || at >= *end;
            let there = !whole || found.contains(&self.records[number]);
            assert!(there, "{}: {} is lost", case(), self.records[number]);
        }
        let all = self.spans.len();
        assert!(count >= all - 1, "{}: {count} of {all}", case());
    }

    /// Cuts the file off, and sees to it that all records before are read.
    fn cut(&self, at: usize) {
        let (found, _) = self.read(&self.text.as_bytes()[..at]);
        for (number, (_, end)) in self.spans.iter().enumerate() {
            let there = *end > at || found.contains(&self.records[number]);
            assert!(there, "cut at {at}: {} is lost", self.records[number]);
        }
    }

    /// Tries every `step`th place, with several bytes and as the end; how often.
    fn try_all(&self, step: usize, several: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut tried = 0;
        for (at, old) in bytes.iter().enumerate().step_by(step) {
            let others = [
                b'"',
                b')',
                old ^ 1,
                b'/',
                b'\n',
                b'(',
                0xFF,
                b'\\',
                b'\'',
                0,
            ];
            let others = others
                .into_iter()
                .cycle()
                .skip(if several < 10 { at } else { 0 });
            let always = [b'"', old ^ (1 << (at % 8))].into_iter();
            for byte in always.chain(others).take(several) {
                self.rot(at, byte);
            }
            self.cut(at);
            tried += several + 1;
        }
        tried
    }
}

fn try_files(small: &Sample, large: &Sample) {
    let whole = small.try_all(1, if full() { 12 } else { 2 });
    let (step, several) = if full() { (1, 4) } else { (2999, 2) };
    let sampled = large.try_all(step, several);
    let (name, count) = (small.kind.file, large.spans.len());
    figure(&format!(
        "{name}: {whole} damages to a file of {} and {sampled} to one of {count} records, {} bytes: every other record was read",
        small.spans.len(),
        large.text.len(),
    ));
}

#[test]
fn whatever_byte_rots_the_other_bookmarks_are_read() {
    try_files(&Sample::bookmarks(6), &Sample::bookmarks(200));
}

#[test]
fn whatever_byte_rots_the_other_marked_passages_are_read() {
    try_files(&Sample::highlights(2), &Sample::highlights(200));
}

#[test]
fn what_is_made_of_brackets_alone_is_given_up_on() {
    let sample = Sample::bookmarks(1);
    for opening in ["(", "Bookmark(", "\n("] {
        let text = opening.repeat(40_000);
        assert_eq!(sample.read(text.as_bytes()).1, 0);
    }
}
