//! Kept stories put together into one pack to hand on: a section an edition they were taken from, rights and origin with each story.
//!
//! The same stories give the same bytes. What two of them call alike, stories or pictures, gets names that cannot collide.

mod head;
mod names;

use std::collections::HashSet;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use self::head::manifest_of;
use self::names::Names;
use crate::article;
use crate::model::{Clipped, MAX_ID_BYTES, Origin, Story};
use crate::pack::assembly::Assembly;
use crate::pack::build::verify;
use crate::pack::draft::DraftFile;
use crate::pack::error::PackError;
use crate::pack::limits::{BODY_BYTES, MANIFEST_BYTES, PICTURE_BYTES};
use crate::pack::manifest::{self, Story as Written};
use crate::pack::name::Name;
use crate::pack::open::{Pack, body_text, open_pending};
use crate::pack::parts::{Sha, SizeClass, digest, hexadecimal};
use crate::pack::source::MANIFEST;

/// What was put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clippings {
    /// How many stories there are.
    pub stories: usize,
    /// How many pictures.
    pub pictures: usize,
    /// The size of the file in bytes.
    pub bytes: u64,
}

/// Where the work has come to: so many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClippingsStep {
    /// Kept stories are read.
    Reading(usize, usize),
    /// Files are packed.
    Packing(usize, usize),
    /// What was written is read back.
    Verifying(usize, usize),
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum ClippingsError {
    /// A kept story cannot be read, or nobody wants the pack any more.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// There is no story.
    #[error("There is nothing to put together: choose stories of which there is a copy")]
    Empty,
    /// The name is not that of a pack.
    #[error("A pack in one file is named *.offprint: {}", .0.display())]
    Name(PathBuf),
    /// The file is one of those that are read.
    #[error("This is one of the copies themselves: choose another name: {}", .0.display())]
    Itself(PathBuf),
    /// Two pictures have one name, and a text does not let one of them be called otherwise.
    #[error(
        "The story “{story}” has a picture of the same name as another story’s, and its text names it in a way that cannot be changed: leave one of the two stories out: {name}"
    )]
    Picture {
        /// The headline.
        story: String,
        /// The picture.
        name: String,
    },
    /// The file could not be written.
    #[error("The pack could not be written ({reason}); nothing was left behind: {}", .path.display())]
    Write {
        /// What the system says.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// What was read back is not what was written.
    #[error("The drive gave back something else than was written to it, so nothing was made: try another drive: {}", .path.display())]
    NotTheSame {
        /// The file.
        path: PathBuf,
    },
}

/// Puts the stories of the packs at `copies`, each made by [`Pack::clip`], into the single file `to`.
///
/// `cancel` may be set from another thread; `progress` is called from this one.
pub fn clippings(
    copies: &[PathBuf],
    title: &str,
    to: &Path,
    cancel: &AtomicBool,
    progress: &dyn Fn(ClippingsStep),
) -> Result<Clippings, ClippingsError> {
    if to.extension().is_none_or(|it| it != "offprint") {
        return Err(ClippingsError::Name(to.to_owned()));
    }
    let title = match title.trim() {
        "" => "Clippings",
        title => title,
    };
    if copies.iter().any(|it| it == to) {
        return Err(ClippingsError::Itself(to.to_owned()));
    }
    let wanted = || {
        if cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled);
        }
        Ok(())
    };
    let mut items = Vec::new();
    for (done, path) in copies.iter().enumerate() {
        wanted()?;
        progress(ClippingsStep::Reading(done, copies.len()));
        items.extend(Item::all(path, cancel)?);
    }
    items.sort_by_cached_key(Item::key);
    items.dedup_by_key(|item| item.key());
    if items.is_empty() {
        return Err(ClippingsError::Empty);
    }
    let ids = ids(&items);
    let names = Names::of(&items);

    let fail = |error: io::Error| ClippingsError::Write {
        reason: error.to_string(),
        path: to.to_owned(),
    };
    let mut draft = DraftFile::new(to).map_err(fail)?;
    let mut file =
        Assembly::new(BufWriter::with_capacity(1 << 20, &mut draft.file)).map_err(fail)?;
    let manifest = manifest_of(&items, &ids, &names, title);
    file.add(&Name::new(MANIFEST)?, manifest.into_bytes())
        .map_err(fail)?;
    let all = items.len() + names.files.len();
    let step = |done| -> Result<(), PackError> {
        wanted()?;
        progress(ClippingsStep::Packing(done, all));
        Ok(())
    };
    for (done, (item, id)) in items.iter().zip(&ids).enumerate() {
        step(done)?;
        if let Some(body) = &item.body {
            let bytes = item.pack(cancel)?.source.read(body, BODY_BYTES)?;
            let bytes = names.in_text(item, bytes)?;
            file.add(&body_name(id)?, bytes).map_err(fail)?;
        }
    }
    for (done, (name, (path, inside))) in names.files.iter().enumerate() {
        step(items.len() + done)?;
        let (pack, _, _) = open_pending(&Origin::Path(path.clone()), cancel, &|_| {})?;
        let bytes = pack.source.read(inside, PICTURE_BYTES)?;
        file.add(name, bytes).map_err(fail)?;
    }
    let all_text = items.iter().all(|it| it.class == SizeClass::Text);
    let class = if all_text {
        SizeClass::Text
    } else {
        SizeClass::Full
    };
    let (out, parts) = file.finish(class).map_err(fail)?;
    drop(out);
    let sound = verify(draft.path(), &parts, cancel, &|done, all| {
        progress(ClippingsStep::Verifying(done, all));
    })?;
    if !sound {
        return Err(ClippingsError::NotTheSame {
            path: to.to_owned(),
        });
    }
    let bytes = draft.file.metadata().map_err(fail)?.len();
    draft.finish().map_err(fail)?;
    Ok(Clippings {
        stories: items.len(),
        pictures: names.files.len(),
        bytes,
    })
}

/// A kept story.
struct Item {
    path: PathBuf,
    class: SizeClass,
    story: Arc<Story>,
    written: Written,
    from: Clipped,
    body: Option<Name>,
    digest: String,
    /// Its pictures that are there.
    pictures: Vec<(Name, Sha)>,
}

impl Item {
    /// The kept stories of the pack at `path`.
    fn all(path: &Path, cancel: &AtomicBool) -> Result<Vec<Self>, PackError> {
        let origin = Origin::Path(path.to_owned());
        let (pack, _, _) = open_pending(&origin, cancel, &|_| {})?;
        let bytes = pack.source.read(&Name::new(MANIFEST)?, MANIFEST_BYTES)?;
        let (written, _) = manifest::parse(&bytes, path)?;
        let mut sections: Vec<Vec<Option<Written>>> = written
            .sections
            .into_iter()
            .map(|section| section.stories.into_iter().map(Some).collect())
            .collect();
        let mut items = Vec::new();
        for row in &pack.rows {
            let section = row.spot.section.and_then(|at| sections.get_mut(at));
            let written = section
                .zip(row.spot.story)
                .and_then(|(section, at)| section.get_mut(at)?.take());
            let (Some(written), Some(from)) = (written, row.story.clipped.as_deref()) else {
                continue;
            };
            let body = pack.source_bytes(row)?;
            let text = body_text(&body, row.body.as_ref()).unwrap_or_default();
            let figures = article::parse(text);
            let figures = figures.figures().into_iter().map(|it| it.file.as_str());
            let thumbnail = row.story.thumbnail.iter().map(|it| it.file.as_str());
            let mut pictures: Vec<(Name, Sha)> = Vec::new();
            for file in thumbnail.chain(figures) {
                let Ok(name) = Name::new(file) else { continue };
                if pack.class() == SizeClass::Text || pictures.iter().any(|(it, _)| *it == name) {
                    continue;
                }
                match pack.source.read(&name, PICTURE_BYTES) {
                    Ok(bytes) => pictures.push((name, digest(&bytes))),
                    // It was missing when the story was kept.
                    Err(PackError::Missing { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            items.push(Self {
                path: path.to_owned(),
                class: pack.class(),
                story: Arc::clone(&row.story),
                from: from.clone(),
                written,
                body: row.body.clone(),
                digest: hexadecimal(&digest(&body)),
                pictures,
            });
        }
        Ok(items)
    }

    /// What it is sorted by, and what makes it another than any other.
    fn key(&self) -> [String; 4] {
        [
            self.from.series.to_string(),
            self.from.edition.clone(),
            self.from.story.to_string(),
            self.digest.clone(),
        ]
    }

    fn pack(&self, cancel: &AtomicBool) -> Result<Pack, PackError> {
        open_pending(&Origin::Path(self.path.clone()), cancel, &|_| {}).map(|(pack, ..)| pack)
    }
}

/// An id for each story: its own, or where an earlier one has that, the same with a number.
fn ids(items: &[Item]) -> Vec<String> {
    let mut taken = HashSet::new();
    items
        .iter()
        .map(|item| {
            let own = item.from.story.as_str();
            let mut id = own.to_owned();
            let mut number = 1_usize;
            while !taken.insert(id.clone()) {
                number += 1;
                let end = format!("-{number}");
                // Ids are ASCII, so any byte is the end of a letter.
                let room = own.len().min(MAX_ID_BYTES.saturating_sub(end.len()));
                id = format!("{}{end}", own.get(..room).unwrap_or(own));
            }
            id
        })
        .collect()
}

fn body_name(id: &str) -> Result<Name, PackError> {
    Name::new(&format!("stories/{id}.md"))
}
