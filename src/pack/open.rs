//! Opening a pack, and asking it for stories, bodies and pictures.
//! Opening reads the manifest and nothing else; a body is read when it is asked for.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::article::{self, Body, Link, Mark, Target, Warning};
use crate::model::{Edition, EditionInfo, Origin, Section, Story, StoryBody, StoryId};

use super::embedded;
use super::error::PackError;
use super::limits::{BODY_BYTES, MANIFEST_BYTES, PICTURE_BYTES};
use super::lower::{self, Lowered, Pending, Row};
use super::manifest;
use super::name::Name;
use super::parts::{SizeClass, digest, hexadecimal};
use super::picture::PictureHeader;
use super::places::Spot;
use super::problem::{Problem, Severity};
use super::source::{Lookup, MANIFEST, Source};

/// The path, or a name that says that it is in the program.
pub(super) fn path_of(origin: &Origin) -> &Path {
    match origin {
        Origin::Path(path) => path,
        Origin::WorldDesk => Path::new("World Desk (inside Offprint)"),
        Origin::Guide => Path::new("The Offprint Guide (inside Offprint)"),
    }
}

/// How far opening has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The place is being looked at.
    Looking,
    /// The manifest is being read.
    Reading,
    /// Stories are being taken in; so many are done.
    Stories(usize),
}

/// An open pack. Any number of threads may ask it at once.
#[derive(Debug)]
pub struct Pack {
    origin: Origin,
    pub(super) source: Source,
    info: EditionInfo,
    sections: Vec<Section>,
    pub(super) rows: Vec<Row>,
    ids: HashMap<StoryId, usize>,
}

/// Opens a pack.
///
/// `cancel` may be set from another thread; `progress` is called from this one, now and then.
pub fn open(
    origin: &Origin,
    cancel: &AtomicBool,
    progress: &dyn Fn(Progress),
) -> Result<(Pack, Vec<Problem>), PackError> {
    let (pack, pending, manifest) = open_pending(origin, cancel, progress)?;
    if let Some(error) = pack.fault() {
        return Err(error);
    }
    let problems = lower::resolve(pending, &manifest);
    Ok((pack, problems))
}

/// Opens a pack and leaves its problems without lines, together with the text that gives them. It may have no story.
pub(super) fn open_pending(
    origin: &Origin,
    cancel: &AtomicBool,
    progress: &dyn Fn(Progress),
) -> Result<(Pack, Vec<Pending>, Vec<u8>), PackError> {
    let wanted = || {
        if cancel.load(Ordering::Relaxed) {
            Err(PackError::Cancelled)
        } else {
            Ok(())
        }
    };
    wanted()?;
    progress(Progress::Looking);
    let path = path_of(origin);
    let (source, entered) = match origin {
        Origin::Path(path) => Source::detect(path)?,
        Origin::WorldDesk => (Source::Embedded(&embedded::WORLD_DESK), None),
        Origin::Guide => (Source::Embedded(&embedded::GUIDE), None),
    };
    wanted()?;
    progress(Progress::Reading);
    let bytes = source.read(&Name::new(MANIFEST)?, MANIFEST_BYTES);
    let bytes = bytes.map_err(|error| of_manifest(error, path))?;
    let (parsed, text) = manifest::parse(&bytes, path)?;
    wanted()?;
    let mut lookup = Lookup::new(&source);
    let mut step = |done| {
        progress(Progress::Stories(done));
        wanted()
    };
    let Lowered {
        info,
        sections,
        rows,
        ids,
        mut problems,
    } = lower::lower(
        parsed,
        text,
        path,
        &mut |name| lookup.exists(name),
        &mut step,
    )?;
    if let Some(folder) = entered {
        let message = format!(
            "pack.ron lies in a folder of its own: other readers look for it at the top of the pack only: {folder}"
        );
        problems.push(Pending {
            problem: Problem::new("P001", MANIFEST, message).weighing(Severity::Advice),
            spot: Spot::default(),
        });
    }
    let mut pack = Pack {
        origin: origin.clone(),
        source,
        info,
        sections,
        rows,
        ids,
    };
    if pack.class() == SizeClass::Text {
        pack.leave_out_pictures();
    }
    Ok((pack, problems, bytes))
}

/// What an error of the file `pack.ron` means for the pack.
fn of_manifest(error: PackError, path: &Path) -> PackError {
    let path = path.to_owned();
    match error {
        PackError::Missing { .. } | PackError::NotAFile { .. } => PackError::NoManifest { path },
        PackError::TooLarge { .. } => PackError::ManifestTooLarge { path },
        PackError::Entry { reason, .. } => PackError::Archive {
            reason: format!("its pack.ron cannot be read, as {reason}"),
            path,
        },
        other => other,
    }
}

impl Pack {
    /// Where it was opened from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// How much of the edition is here.
    pub fn class(&self) -> SizeClass {
        match &self.source {
            Source::Archive(archive) => archive.class,
            Source::Folder(_) | Source::Embedded(_) => SizeClass::Full,
        }
    }

    /// Headlines stand without a frame for a picture that was never meant to be here.
    fn leave_out_pictures(&mut self) {
        self.info.cover = None;
        for row in &mut self.rows {
            if row.story.thumbnail.is_some() {
                Arc::make_mut(&mut row.story).thumbnail = None;
            }
        }
    }

    /// Reads the body of the story in row `row`.
    pub fn body(&self, row: usize) -> Result<StoryBody, PackError> {
        let row = self.row(row)?;
        let bytes = self.source_bytes(row)?;
        let digest = hexadecimal(&digest(&bytes));
        let text = body_text(&bytes, row.body.as_ref())?;
        let (mut body, references) = article::parse_with_references(text);
        for reference in references {
            if let Target::Story(id) = &reference.target
                && row.story.clipped.is_none()
                && !self.leads(row, id)
            {
                body.warnings.push(Warning {
                    line: reference.line,
                    column: reference.column,
                    code: "P024",
                    message: dead_link(id, ""),
                });
            }
        }
        body.each_text_mut(|text| {
            for span in &mut text.spans {
                if let Some(Link::Story(id)) = &span.mark.link
                    && !self.leads(row, id)
                {
                    span.mark.link = None;
                }
            }
            text.spans.retain(|span| span.mark != Mark::default());
        });
        let sizes = self.sizes(&row.story, &body);
        Ok(StoryBody {
            words: body.words(),
            minutes: body.minutes(),
            body,
            digest,
            sizes,
        })
    }

    /// Whether a link in the story of `row` leads to a story of this pack. A story that was taken from elsewhere means those of there.
    fn leads(&self, row: &Row, id: &str) -> bool {
        let Some(other) = self.ids.get(&StoryId::new(id)) else {
            return false;
        };
        let Some(from) = &row.story.clipped else {
            return true;
        };
        let other = self
            .rows
            .get(*other)
            .and_then(|it| it.story.clipped.as_ref());
        other.is_some_and(|it| it.series == from.series && it.story.as_str() == id)
    }

    /// SHA-256 of the body of the story in row `row`, in hexadecimal, without making sense of it.
    pub fn digest(&self, row: usize) -> Result<String, PackError> {
        let bytes = self.source_bytes(self.row(row)?)?;
        Ok(hexadecimal(&digest(&bytes)))
    }

    /// The Markdown of the story in row `row`, as it was written; empty for a brief.
    pub fn source_text(&self, row: usize) -> Result<String, PackError> {
        let row = self.row(row)?;
        let bytes = self.source_bytes(row)?;
        Ok(body_text(&bytes, row.body.as_ref())?.to_owned())
    }

    /// Reads a picture's file. That it is small enough to be unpacked is made sure of; that it is sound is not.
    pub fn picture(&self, name: &str) -> Result<Vec<u8>, PackError> {
        let name = Name::new(name)?;
        if self.class() == SizeClass::Text {
            let name = name.to_string();
            return Err(PackError::LeftOut { name });
        }
        let bytes = self.source.read(&name, PICTURE_BYTES)?;
        if let Some(header) = PictureHeader::read(&bytes)
            && !header.fits()
        {
            return Err(PackError::TooManyPixels {
                width: header.width,
                height: header.height,
                name: name.to_string(),
            });
        }
        Ok(bytes)
    }

    /// Why there is nothing to show, if no story is left.
    pub(super) fn fault(&self) -> Option<PackError> {
        self.rows.is_empty().then(|| PackError::NoStory {
            path: path_of(&self.origin).to_owned(),
        })
    }

    pub(super) fn row(&self, row: usize) -> Result<&Row, PackError> {
        self.rows.get(row).ok_or_else(|| PackError::Missing {
            name: format!("story in row {row}"),
        })
    }

    pub(super) fn source_bytes(&self, row: &Row) -> Result<Vec<u8>, PackError> {
        match &row.body {
            Some(name) => self.source.read(name, BODY_BYTES),
            None => Ok(Vec::new()),
        }
    }

    fn sizes(&self, story: &Story, body: &Body) -> BTreeMap<String, (u32, u32)> {
        /// Figures beyond so many take their place when they are drawn.
        const MOST: usize = 500;
        let lead = story.thumbnail.iter().map(|picture| picture.file.as_str());
        let figures = body
            .figures()
            .into_iter()
            .map(|figure| figure.file.as_str());
        let mut sizes = BTreeMap::new();
        for file in lead.chain(figures).take(MOST) {
            if !sizes.contains_key(file)
                && let Some(header) = self.picture_header(file)
            {
                sizes.insert(file.to_owned(), (header.width, header.height));
            }
        }
        sizes
    }

    /// A picture's size and type, from as few bytes as will do.
    fn picture_header(&self, file: &str) -> Option<PictureHeader> {
        const START: u64 = 64 << 10;
        let name = Name::new(file).ok()?;
        let start = self.source.read_up_to(&name, START).ok()?;
        let header = PictureHeader::read(&start).or_else(|| {
            // A camera may put a preview before the size.
            let cut = start.len() as u64 == START;
            let whole = cut.then(|| self.source.read_up_to(&name, PICTURE_BYTES).ok());
            PictureHeader::read(&whole??)
        })?;
        header.fits().then_some(header)
    }
}

impl Edition for Pack {
    fn info(&self) -> &EditionInfo {
        &self.info
    }

    fn sections(&self) -> &[Section] {
        &self.sections
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn story(&self, row: usize) -> Option<Arc<Story>> {
        self.rows.get(row).map(|row| Arc::clone(&row.story))
    }

    fn row_of(&self, id: &StoryId) -> Option<usize> {
        self.ids.get(id).copied()
    }
}

/// The text of a body, if it is text.
pub(super) fn body_text<'a>(bytes: &'a [u8], name: Option<&Name>) -> Result<&'a str, PackError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (sound, _) = bytes.split_at(error.valid_up_to());
        PackError::NotUtf8 {
            line: sound.split(|&b| b == b'\n').count(),
            name: name.map(Name::to_string).unwrap_or_default(),
        }
    })
}

/// What to say of a `story:` link to a story that is not there.
pub(super) fn dead_link(id: &str, meant: &str) -> String {
    let shown: String = id.chars().take(80).collect();
    format!(
        "The story “{shown}” is not in this pack{meant}, so the link is plain text: correct or remove it."
    )
}
