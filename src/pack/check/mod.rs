//! Every problem of a pack: what opening finds, and what is wrong with each body and picture.
//! It never changes anything, and reads every file once.

mod container;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::article::{self, Target};
use crate::model::{Edition as _, Origin, Picture, StoryId};

use crate::pack::error::PackError;
use crate::pack::limits::{PICTURE_BYTES, PICTURE_PIXELS};
use crate::pack::lower::{self, Pending, Row};
use crate::pack::name::Name;
use crate::pack::open::{Pack, body_text, dead_link, open_pending};
use crate::pack::parts::SizeClass;
use crate::pack::picture::{Kind, PictureHeader, is_whole};
use crate::pack::places::Spot;
use crate::pack::problem::{Problem, Severity};
use crate::pack::source::{MANIFEST, Source};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The problems, in the order of the files and their lines; those of the manifest come first.
    pub problems: Vec<Problem>,
    /// The files that the edition is made of: the manifest, then bodies and pictures in the order of their names. A name that
    /// leads to nothing is not among them; where the pack cannot be opened, there are none.
    pub used: Vec<Name>,
    /// How many files were looked at.
    pub files: usize,
}

/// Checks a pack and gives its problems, as [`check_with`] does.
pub fn check(origin: &Origin, cancel: &AtomicBool) -> Result<Vec<Problem>, PackError> {
    check_with(origin, cancel, &|_, _| {}).map(|report| report.problems)
}

/// Checks a pack: the manifest, then the bodies, then the pictures, never more than one of them in memory.
///
/// `cancel` may be set from another thread. `progress` is called from this one after each file, with the number of files that are
/// done and of those that are known of; the second grows while bodies name further pictures.
///
/// An error means that there was nothing to check: no such place, no right to read it, or nobody who still wanted to know.
pub fn check_with(
    origin: &Origin,
    cancel: &AtomicBool,
    progress: &dyn Fn(usize, usize),
) -> Result<Report, PackError> {
    let (pack, pending, manifest) = match open_pending(origin, cancel, &|_| {}) {
        Ok(opened) => opened,
        Err(error) => {
            let problem = Problem::from_error(&error, MANIFEST).ok_or(error)?;
            return Ok(Report {
                problems: vec![problem.weighing(Severity::Error)],
                files: 1,
                ..Report::default()
            });
        }
    };
    let mut checker = Checker {
        pack: &pack,
        pending,
        problems: Vec::new(),
        pictures: HashMap::new(),
        used: BTreeSet::new(),
    };
    checker.entry_names();
    if let Source::Archive(archive) = &pack.source {
        let found = container::problems(archive, cancel, progress)?;
        checker.problems.extend(found);
    }
    if let Some(cover) = &pack.info().cover {
        checker.manifest_picture(cover, &Spot::default(), "cover");
    }
    for (done, row) in pack.rows.iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled);
        }
        if let Some(picture) = &row.story.thumbnail {
            checker.manifest_picture(picture, &row.spot, "thumbnail");
        }
        checker.body(row);
        progress(done + 1, pack.rows.len());
    }
    let Checker {
        pending,
        problems,
        mut used,
        ..
    } = checker;
    let mut all = lower::resolve(pending, &manifest);
    all.extend(problems);
    all.sort_by(|a, b| {
        let key = |p: &Problem| (p.file != MANIFEST, p.file.clone(), p.line, p.column, p.code);
        key(a).cmp(&key(b))
    });
    all.dedup();
    let manifest = Name::new(MANIFEST)?;
    used.remove(&manifest);
    Ok(Report {
        problems: all,
        files: used.len() + 1,
        used: std::iter::once(manifest).chain(used).collect(),
    })
}

/// What is wrong with a picture: a code, and a sentence that ends before the name.
type Fault = (&'static str, String);

struct Checker<'a> {
    pack: &'a Pack,
    pending: Vec<Pending>,
    problems: Vec<Problem>,
    /// What was found of each picture, which many stories may share.
    pictures: HashMap<String, Vec<Fault>>,
    used: BTreeSet<Name>,
}

impl Checker<'_> {
    /// Entries that no reader will open are harmless here and a trap elsewhere.
    fn entry_names(&mut self) {
        for name in self.pack.source.entry_names() {
            if let Err(error) = Name::new(name.trim_end_matches('/')) {
                let file: String = name.chars().filter(|c| !c.is_control()).take(240).collect();
                self.problems
                    .push(Problem::new("P040", file, error.to_string()));
            }
        }
    }

    fn manifest_picture(&mut self, picture: &Picture, spot: &Spot, field: &str) {
        for (code, message) in self.picture(&picture.file) {
            self.pending.push(Pending {
                problem: Problem::new(code, MANIFEST, message),
                spot: Spot {
                    field: format!("{field}.file"),
                    ..spot.clone()
                },
            });
        }
    }

    fn body(&mut self, row: &Row) {
        let Some(name) = &row.body else {
            return;
        };
        self.used.insert(name.clone());
        let file = name.to_string();
        let read = self.pack.source_bytes(row);
        let text = read.as_ref().map_err(Clone::clone);
        let text = match text.and_then(|bytes| body_text(bytes, Some(name))) {
            Ok(text) => text,
            Err(error) => {
                let mut problem = Problem::new(body_code(&error), file, error.to_string());
                if let PackError::NotUtf8 { line, .. } = error {
                    problem.line = Some(line);
                }
                self.problems.push(problem);
                return;
            }
        };
        let (body, references) = article::parse_with_references(text);
        for warning in body.warnings {
            let problem = Problem::new(warning.code, &file, warning.message);
            self.problems.push(problem.at_line(warning.line));
        }
        for reference in references {
            let line = reference.line;
            match reference.target {
                Target::Story(id) => {
                    if self.pack.row_of(&StoryId::new(&id)).is_none() {
                        let warning = dead_link(line, &id);
                        let problem = Problem::new(warning.code, &file, warning.message);
                        self.problems.push(problem.at_line(line));
                    }
                }
                Target::Picture(picture) => {
                    for (code, message) in self.picture(&picture) {
                        let problem = Problem::new(code, &file, message);
                        self.problems.push(problem.at_line(line));
                    }
                }
            }
        }
    }

    fn picture(&mut self, file: &str) -> Vec<Fault> {
        if let Some(faults) = self.pictures.get(file) {
            return faults.clone();
        }
        let faults = self.picture_faults(file);
        self.pictures.insert(file.to_owned(), faults.clone());
        faults
    }

    fn picture_faults(&mut self, file: &str) -> Vec<Fault> {
        if self.pack.class() == SizeClass::Text {
            return Vec::new();
        }
        let read = Name::new(file).and_then(|name| {
            let bytes = self.pack.source.read(&name, PICTURE_BYTES)?;
            Ok((name, bytes))
        });
        let (name, bytes) = match read {
            Ok(read) => {
                self.used.insert(read.0.clone());
                read
            }
            Err(error) => return vec![(picture_code(&error), error.to_string())],
        };
        let Some(kind) = Kind::of(&bytes) else {
            return vec![(
                "P031",
                format!(
                    "This is no JPEG, PNG or WebP picture: save it again as one of them: {name}"
                ),
            )];
        };
        let kind_name = kind.as_str();
        let mut faults = Vec::new();
        match PictureHeader::read(&bytes) {
            Some(header) if header.pixels() > PICTURE_PIXELS => {
                let error = PackError::TooManyPixels {
                    width: header.width,
                    height: header.height,
                    name: name.to_string(),
                };
                faults.push(("P032", error.to_string()));
            }
            Some(_) if is_whole(kind, &bytes) => {}
            _ => faults.push((
                "P031",
                format!("The picture is damaged or cut off: copy it again, or save it again as {kind_name}: {name}"),
            )),
        }
        // A picture that was made smaller may have become another type.
        if !kind.suits(&name) && self.pack.class() == SizeClass::Full {
            faults.push((
                "P034",
                format!(
                    "The picture is {kind_name}, which its name does not say: rename it: {name}"
                ),
            ));
        }
        faults
    }
}

fn body_code(error: &PackError) -> &'static str {
    match error {
        PackError::TooLarge { .. } => "P022",
        other => other.code().unwrap_or("P020"),
    }
}

fn picture_code(error: &PackError) -> &'static str {
    match error {
        PackError::TooLarge { .. } => "P032",
        PackError::Missing { .. } => "P030",
        other => other.code().unwrap_or("P031"),
    }
}
