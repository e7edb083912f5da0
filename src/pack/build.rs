//! Makes one file of an edition: the same bytes for the same input, on every machine and at any time.
//!
//! It packs what the edition is made of and nothing else, so that no draft beside it is handed out by mistake. What it has written it
//! reads back, and only then gives it its name.

use std::collections::HashMap;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive::Archive;
use super::check::{Report, check_with};
use super::container::{MEDIA_TYPE, MIMETYPE, Packed, Writer};
use super::draft::DraftFile;
use super::error::PackError;
use super::limits::{BODY_BYTES, MANIFEST_BYTES, PICTURE_BYTES};
use super::metadata::without_metadata;
use super::name::{Name, alike};
use super::open::open_pending;
use super::parts::{self, Part, SizeClass, digest};
use super::picture::Kind;
use super::problem::{Problem, Severity};
use super::rules::{Group, rule};
use super::shrink::shrunk;
use super::source::{MANIFEST, Source};
use crate::model::Origin;

/// How a pack is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuildOptions {
    /// How much of the edition goes in.
    pub class: SizeClass,
    /// Whether pictures keep what cameras and editors wrote into them, the place among it.
    pub keep_metadata: bool,
    /// Problems of this weight, or a greater one, keep it from being made.
    pub deny: Severity,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// What the check found that did not keep the pack from being made.
    pub problems: Vec<Problem>,
    /// The manifest.
    pub manifest: Tally,
    /// The bodies.
    pub bodies: Tally,
    /// The pictures.
    pub pictures: Tally,
    /// The size of the file in bytes.
    pub bytes: u64,
}

/// A kind of file and what it comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub files: usize,
    /// Their sizes as they were found, in bytes.
    pub before: u64,
    /// Their sizes in the single file, in bytes.
    pub after: u64,
}

/// Where the work has come to: so many of so many files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildStep {
    /// The edition is checked.
    Checking(usize, usize),
    /// Files are packed.
    Packing(usize, usize),
    /// What was written is read back.
    Verifying(usize, usize),
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The edition cannot be read, or nobody wants it any more.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The edition has problems; all of them are here, also the lesser ones.
    #[error("Nothing was made: correct the problems above, and build again")]
    Refused(Vec<Problem>),
    /// Names that some systems take for one.
    #[error(
        "Two files of this pack, {first} and {second}, are one and the same on some systems: rename one of them"
    )]
    Collision {
        /// One of the names.
        first: String,
        /// The other.
        second: String,
    },
    /// The name is not that of a pack.
    #[error("A pack in one file is named *.offprint: {}", .0.display())]
    Name(PathBuf),
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

/// Makes the single file `to` of the pack at `from`, which is read only.
///
/// `cancel` may be set from another thread; `progress` is called from this one.
pub fn build(
    from: &Path,
    to: &Path,
    options: BuildOptions,
    cancel: &AtomicBool,
    progress: &dyn Fn(BuildStep),
) -> Result<Built, BuildError> {
    let origin = Origin::Path(from.to_owned());
    build_origin(&origin, to, options, cancel, progress)
}

/// [`build`] of any pack, what comes with the program among them.
pub fn build_origin(
    origin: &Origin,
    to: &Path,
    options: BuildOptions,
    cancel: &AtomicBool,
    progress: &dyn Fn(BuildStep),
) -> Result<Built, BuildError> {
    if to.extension().is_none_or(|it| it != "offprint") {
        return Err(BuildError::Name(to.to_owned()));
    }
    let checking = |done, all| progress(BuildStep::Checking(done, all));
    let Report {
        mut problems, used, ..
    } = check_with(origin, cancel, &checking)?;
    if options.class == SizeClass::Text {
        // What is wrong with pictures is nothing to who gets none.
        problems.retain(|it| rule(it.code).is_none_or(|it| it.group != Group::Pictures));
    }
    if problems.iter().any(|it| it.severity <= options.deny) {
        return Err(BuildError::Refused(problems));
    }
    let (pack, _, _) = open_pending(origin, cancel, &|_| {})?;
    let names = chosen(used, options.class)?;
    let fail = |error: io::Error| BuildError::Write {
        reason: error.to_string(),
        path: to.to_owned(),
    };
    let mut draft = DraftFile::new(to).map_err(fail)?;
    let mut built = Built {
        problems,
        manifest: Tally::default(),
        bodies: Tally::default(),
        pictures: Tally::default(),
        bytes: 0,
    };
    let mut writer = Writer::new(BufWriter::with_capacity(1 << 20, &mut draft.file));
    let mut listed = Vec::with_capacity(names.len());
    let media_type = Packed::stored(MEDIA_TYPE.as_bytes().to_vec());
    writer
        .add(&Name::new(MIMETYPE)?, &media_type)
        .map_err(fail)?;
    let all = names.len();
    for (done, (role, name)) in names.into_iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled.into());
        }
        progress(BuildStep::Packing(done, all));
        let found = pack.source.read(&name, role.limit())?;
        let before = found.len() as u64;
        let content = if role == Role::Picture {
            picture(found, options)
        } else {
            found
        };
        listed.push(Part {
            bytes: content.len() as u64,
            sha256: digest(&content),
            name: name.clone(),
        });
        let packed = if Kind::of(&content).is_some() {
            Packed::stored(content)
        } else {
            Packed::deflated(content)
        };
        let tally = match role {
            Role::Manifest => &mut built.manifest,
            Role::Body => &mut built.bodies,
            Role::Picture => &mut built.pictures,
        };
        tally.files += 1;
        tally.before += before;
        tally.after += packed.bytes.len() as u64;
        writer.add(&name, &packed).map_err(fail)?;
    }
    let mut meta = |name: &str, text: &str| -> Result<(), BuildError> {
        let packed = Packed::deflated(text.as_bytes().to_vec());
        writer.add(&Name::new(name)?, &packed).map_err(fail)
    };
    if let Some(text) = options.class.to_text() {
        meta(parts::SIZE, text)?;
    }
    meta(parts::PARTS, &parts::to_text(&listed))?;
    drop(writer.finish().map_err(fail)?);

    let sound = verify(draft.path(), &listed, cancel, &|done, all| {
        progress(BuildStep::Verifying(done, all));
    })?;
    if !sound {
        return Err(BuildError::NotTheSame {
            path: to.to_owned(),
        });
    }
    built.bytes = draft.file.metadata().map_err(fail)?.len();
    draft.finish().map_err(fail)?;
    Ok(built)
}

/// The files that go in, in their order. No two of them are one and the same on any system.
fn chosen(used: Vec<Name>, class: SizeClass) -> Result<Vec<(Role, Name)>, BuildError> {
    let mut names: Vec<(Role, Name)> = used
        .into_iter()
        .map(|name| (Role::of(&name), name))
        .filter(|(role, _)| *role != Role::Picture || class != SizeClass::Text)
        .collect();
    names.sort();
    let mut seen: HashMap<String, &Name> = HashMap::new();
    for (_, name) in &names {
        if let Some(other) = seen.insert(alike(name.as_str()), name) {
            return Err(BuildError::Collision {
                first: other.to_string(),
                second: name.to_string(),
            });
        }
    }
    Ok(names)
}

/// What a file is for. In this order they lie in the single file: who has half of it has the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Manifest,
    Body,
    Picture,
}

impl Role {
    /// By the name alone, so that the order is plain to see: whatever is no manifest and no text is a picture.
    pub(super) fn of(name: &Name) -> Self {
        match (name.as_str(), name.extension().as_deref()) {
            (MANIFEST, _) => Self::Manifest,
            (_, Some("md" | "markdown" | "txt")) => Self::Body,
            _ => Self::Picture,
        }
    }

    fn limit(self) -> u64 {
        match self {
            Self::Manifest => MANIFEST_BYTES,
            Self::Body => BODY_BYTES.max(PICTURE_BYTES),
            Self::Picture => PICTURE_BYTES,
        }
    }
}

/// A picture as it goes into the file. One that cannot be followed is left as it is; the check has spoken of it.
fn picture(found: Vec<u8>, options: BuildOptions) -> Vec<u8> {
    let smaller = match options.class {
        SizeClass::Small => shrunk(&found).ok().flatten(),
        SizeClass::Full | SizeClass::Text => None,
    };
    let found = smaller.unwrap_or(found);
    if options.keep_metadata {
        return found;
    }
    without_metadata(&found).unwrap_or(found)
}

/// Reads a file that was just written, and holds every part against what went in.
pub(super) fn verify(
    path: &Path,
    listed: &[Part],
    cancel: &AtomicBool,
    progress: &dyn Fn(usize, usize),
) -> Result<bool, PackError> {
    let archive = Source::Archive(Archive::open_any(path)?);
    for (done, part) in listed.iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled);
        }
        progress(done, listed.len());
        match archive.read(&part.name, part.bytes) {
            Ok(bytes) if digest(&bytes) == part.sha256 => {}
            Ok(_) | Err(PackError::Entry { .. }) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}
