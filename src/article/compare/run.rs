//! A changed passage as one text: what stayed, what went and what came, in the order in which it is read.

use std::ops::Range;

use super::Edit;

/// A part of a changed passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// It reads as before.
    Same(&'a str),
    /// It is gone.
    Gone(&'a str),
    /// It has come.
    Come(&'a str),
    /// Something that reads as before is left out here.
    LeftOut,
}

impl Edit {
    /// The old and the new text in one: what went stands before what came in its place.
    pub fn runs(&self) -> Vec<Run<'_>> {
        let mut runs = Vec::new();
        let (mut gone, mut come) = (self.gone.iter().peekable(), self.come.iter().peekable());
        let (mut from, mut to) = (0, 0);
        loop {
            // How much stays before the next change on each side; both texts have as much in common until the nearer.
            let until = |next: Option<&&Range<usize>>, at: usize, end: usize| {
                next.map_or(end, |range| range.start).saturating_sub(at)
            };
            let same = until(gone.peek(), from, self.old.text.len()).min(until(
                come.peek(),
                to,
                self.new.text.len(),
            ));
            if let Some(text) = self.new.text.get(to..to + same)
                && !text.is_empty()
            {
                runs.push(Run::Same(text));
            }
            from += same;
            to += same;
            let before = (from, to);
            if let Some(range) = gone.next_if(|range| range.start <= from) {
                runs.extend(self.old.text.get(range.clone()).map(Run::Gone));
                from = range.end;
            }
            if let Some(range) = come.next_if(|range| range.start <= to) {
                runs.extend(self.new.text.get(range.clone()).map(Run::Come));
                to = range.end;
            }
            if (from, to) == before {
                return runs;
            }
        }
    }
}

/// The same runs with no more than about `around` bytes of what stayed beside each change.
pub fn shortened(runs: Vec<Run<'_>>, around: usize) -> Vec<Run<'_>> {
    let last = runs.len().saturating_sub(1);
    let mut short = Vec::with_capacity(runs.len());
    for (nth, run) in runs.into_iter().enumerate() {
        let Run::Same(text) = run else {
            short.push(run);
            continue;
        };
        let (before, after) = (nth > 0, nth < last);
        let kept = around * (usize::from(before) + usize::from(after));
        // To leave out a few words costs more than it spares.
        if text.len() <= kept + around {
            short.push(run);
            continue;
        }
        if before {
            short.push(Run::Same(beginning(text, around)));
        }
        short.push(Run::LeftOut);
        if after {
            short.push(Run::Same(ending(text, around)));
        }
    }
    short
}

/// About so many bytes from the start, up to a space where there is one.
fn beginning(text: &str, bytes: usize) -> &str {
    let cut = text.get(..text.floor_char_boundary(bytes)).unwrap_or(text);
    match cut.rfind(char::is_whitespace) {
        Some(space) if space > bytes / 2 => cut.get(..space).unwrap_or(cut),
        _ => cut,
    }
}

/// About so many bytes at the end, from a space where there is one.
fn ending(text: &str, bytes: usize) -> &str {
    let start = text.ceil_char_boundary(text.len().saturating_sub(bytes));
    let cut = text.get(start..).unwrap_or(text);
    let Some((space, c)) = cut.char_indices().find(|(_, c)| c.is_whitespace()) else {
        return cut;
    };
    if space < bytes / 2 {
        cut.get(space + c.len_utf8()..).unwrap_or(cut)
    } else {
        cut
    }
}
