//! What a mark of the reader's is looked for by, folded: a line each, as no word that is looked for has a line break in it.

use super::bookmark::{Bookmark, Snapshot};
use super::fold::fold_into;
use super::highlight::Highlight;
use super::remark::Remark;

impl Bookmark {
    /// Its tags, headline, standfirst, publisher, pack and note, as [`super::fold()`] folds them.
    pub fn folded(&self) -> String {
        folded(self.tags.iter(), &self.was, &self.remark)
    }
}

impl Highlight {
    /// Its words, the headline, standfirst, publisher and pack of its story, and its note, as [`super::fold()`] folds them.
    pub fn folded(&self) -> String {
        let words = std::iter::once(&*self.anchor.quote);
        folded(words, &self.was, &self.remark)
    }
}

fn folded<'a>(own: impl Iterator<Item = &'a str>, was: &Snapshot, remark: &Remark) -> String {
    let mut text = String::new();
    let mut line = |part: &str| {
        fold_into(part, &mut text);
        text.push('\n');
    };
    own.for_each(&mut line);
    for part in [&was.headline, &was.summary, &was.publisher, &was.pack_title] {
        line(part);
    }
    line(&remark.text());
    text
}
