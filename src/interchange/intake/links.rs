//! Lists of links: the bookmark file of browsers, and the page that Pocket gave out.
//!
//! The first is what Netscape began: `<DL>` is a folder with its name in the `<H3>` before, `<DT><A>` a link, `<DD>` what is written
//! about the one before. Neither closes what it opens with any care.

use std::borrow::Cow;

use super::link::Link;
use super::markup::{Attributes, Part, Parts};
use super::place::Lines;
use super::{Doubt, Going, ImportError, ImportForm, Imported, MAX_IMPORT_ENTRIES};

/// How many parts are read between two looks at whether to go on.
const STRIDE: usize = 4096;
/// A link in more folders than this has the innermost as tags.
const MAX_FOLDERS: usize = 16;
/// What a list of Pocket's that is not of the unread is called as a tag.
const ARCHIVE: &str = "archive";

pub(super) fn read(
    text: &str,
    form: ImportForm,
    going: Going<'_>,
) -> Result<Imported, ImportError> {
    let mut reader = Reader {
        form,
        ..Reader::default()
    };
    let mut lines = Lines::of(text);
    for (count, (at, part)) in Parts::of(text).enumerate() {
        if count % STRIDE == 0 && !going(at, text.len()) {
            return Err(ImportError::Cancelled);
        }
        match part {
            Part::Open(name, attributes) => reader.open(&name, &attributes, lines.line(at)),
            Part::Close(name) => reader.close(&name),
            Part::Text(_) if reader.place == Place::Nothing => {}
            Part::Text(text) => reader.text.push_str(&text),
        }
        if reader.entries > MAX_IMPORT_ENTRIES {
            return Err(ImportError::TooMany);
        }
    }
    reader.finish();
    Ok(reader.imported)
}

/// What the text that is being read is.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Nothing one would keep.
    Nothing,
    /// What a link is called.
    Title,
    /// What is written about a link.
    Note,
    /// What a folder is called.
    Folder,
    /// What is written about a folder.
    AboutFolder,
    /// What a list of Pocket's is called.
    List,
}

struct Reader<'a> {
    form: ImportForm,
    imported: Imported,
    place: Place,
    text: String,
    /// The link that is being read, and its line.
    link: Option<(usize, Link<'a>)>,
    /// The folders that are open, by name; those that browsers have by themselves have none.
    folders: Vec<Option<String>>,
    /// The folder that is about to open.
    folder: Option<String>,
    /// Whether the folder that is about to open is the browser's own.
    is_own: bool,
    /// Where the heading of the folder stands.
    heading: usize,
    archived: bool,
    entries: usize,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            form: ImportForm::Browser,
            imported: Imported::default(),
            place: Place::Nothing,
            text: String::new(),
            link: None,
            folders: Vec::new(),
            folder: None,
            is_own: false,
            heading: 1,
            archived: false,
            entries: 0,
        }
    }
}

impl Reader<'_> {
    fn open(&mut self, name: &str, attributes: &Attributes<'_>, line: usize) {
        match name {
            "a" => {
                self.finish();
                self.entries += 1;
                let get = |name| {
                    let value = attributes.get(name).unwrap_or_default();
                    Cow::Owned(value.into_owned())
                };
                let added = ["time_added", "add_date"].map(get);
                let added = added.into_iter().find(|it: &Cow<'_, str>| !it.is_empty());
                let tags = attributes.get("tags").unwrap_or_default();
                let tags = tags.split(',').map(|it| Cow::Owned(it.to_owned()));
                let mut tags: Vec<Cow<'_, str>> = tags.collect();
                let folders = self.folders.iter().rev().flatten().take(MAX_FOLDERS);
                tags.extend(folders.map(|it| Cow::Owned(it.clone())));
                if self.archived {
                    tags.push(Cow::Borrowed(ARCHIVE));
                }
                let link = Link {
                    address: get("href"),
                    added: added.unwrap_or_default(),
                    tags,
                    ..Link::default()
                };
                self.link = Some((line, link));
                self.begin(Place::Title);
            }
            "h3" => {
                self.finish();
                let own = ["personal_toolbar_folder", "unfiled_bookmarks_folder"];
                self.is_own = own.iter().any(|it| attributes.get(it).is_some());
                self.heading = line;
                self.begin(Place::Folder);
            }
            "h1" if self.form == ImportForm::PocketHtml => {
                self.finish();
                self.begin(Place::List);
            }
            "dd" => {
                self.end();
                let place = match (&self.link, &self.folder) {
                    (Some(_), _) => Place::Note,
                    (None, Some(_)) => Place::AboutFolder,
                    (None, None) => Place::Nothing,
                };
                self.begin(place);
            }
            "dl" => {
                self.finish();
                self.folders
                    .push(self.folder.take().filter(|_| !self.is_own));
            }
            "dt" | "li" | "ul" | "hr" => self.finish(),
            "br" => self.text.push('\n'),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" | "h1" | "h3" => self.end(),
            "dl" => {
                self.finish();
                self.folders.pop();
                self.folder = None;
            }
            "li" | "ul" | "dt" => self.finish(),
            _ => {}
        }
    }

    /// From here on the text is something else.
    fn begin(&mut self, place: Place) {
        self.text.clear();
        self.place = place;
    }

    /// The text that is being read is complete.
    fn end(&mut self) {
        let place = std::mem::replace(&mut self.place, Place::Nothing);
        let text = std::mem::take(&mut self.text);
        match place {
            Place::Nothing => {}
            Place::Title => {
                if let Some((_, link)) = &mut self.link {
                    link.title = Cow::Owned(text);
                }
            }
            Place::Note => {
                if let Some((_, link)) = &mut self.link {
                    link.note = Cow::Owned(text);
                }
            }
            Place::Folder => self.folder = Some(text),
            Place::AboutFolder => {
                if !text.trim().is_empty() {
                    let folder = self.folder.as_deref().unwrap_or_default().trim();
                    self.imported.doubts.push(Doubt {
                        line: self.heading,
                        what: format!("what is written about the folder “{folder}” was left out"),
                        left_out: true,
                    });
                }
            }
            Place::List => self.archived = !text.trim().eq_ignore_ascii_case("unread"),
        }
    }

    /// The link that is being read is complete.
    fn finish(&mut self) {
        self.end();
        if let Some((line, link)) = self.link.take() {
            let bookmark = link.bookmark(line, &mut self.imported.doubts);
            self.imported.bookmarks.extend(bookmark);
        }
    }
}
