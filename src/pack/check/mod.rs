//! Every problem of a pack: what opening finds, and what is wrong with each body, each picture and each name.
//! It never changes anything, reads every file once, and never holds more than one of them.

mod bodies;
mod container;
mod dates;
mod files;
mod findings;
mod imprint;
mod language;
mod pictures;
mod stories;
mod texts;
mod uses;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use self::files::Listing;
use self::findings::Findings;
use self::language::Letters;
use self::pictures::Weight;
use self::uses::Uses;
use super::error::PackError;
use super::manifest;
use super::name::Name;
use super::open::open_pending;
use super::parts::SizeClass;
use super::problem::{Problem, Severity};
use super::source::{MANIFEST, Source};
use crate::model::Origin;

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

impl Report {
    /// How many problems have that weight.
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = |it: &&Problem| it.severity == severity;
        self.problems.iter().filter(of_it).count()
    }
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
    let (pack, mut pending, manifest) = match open_pending(origin, cancel, &|_| {}) {
        Ok(opened) => opened,
        Err(error) => {
            let problem = Problem::from_error(&error, MANIFEST).ok_or(error)?;
            return Ok(Report {
                problems: vec![problem],
                files: 1,
                ..Report::default()
            });
        }
    };
    let fault = pack.fault();
    if fault.is_some() {
        // That says it all.
        pending.retain(|it| it.problem.code != "P015");
    }
    let steps = Steps {
        cancel,
        progress,
        done: Cell::new(0),
    };
    let mut findings = Findings::new(pending);
    if let Some(error) = &fault {
        findings.file("P004", MANIFEST, error.to_string());
    }
    let (mut uses, mut letters) = (Uses::default(), Letters::default());
    // As it is written: opening has kept only what is shown.
    let (written, text) = manifest::parse(&manifest, Path::new(MANIFEST))?;
    imprint::look(&written, &mut findings);
    stories::look(&written, &pack.rows, &mut letters, &mut findings);
    texts::look(MANIFEST, text, &mut findings);
    let listing = Listing::of(&pack.source, &mut findings);
    if let Source::Archive(archive) = &pack.source {
        for problem in container::problems(archive, cancel, progress)? {
            findings.add(problem);
        }
    }
    pictures::named(&pack, &mut uses, &mut findings);

    let mut used = BTreeSet::new();
    // Stories may share a body.
    let bodies: BTreeSet<&Name> = pack
        .rows
        .iter()
        .filter_map(|row| row.body.as_ref())
        .collect();
    steps.done(1, 1 + bodies.len() + uses.len())?;
    for row in &pack.rows {
        if let Some(name) = &row.body
            && used.insert(name.clone())
        {
            bodies::look(&pack, row, &mut uses, &mut letters, &mut findings);
            steps.done(1, 1 + bodies.len() + uses.len())?;
        }
    }
    imprint::compare_language(&written, &letters, &mut findings);

    if pack.class() == SizeClass::Text {
        uses = Uses::default();
    }
    let mut weight = Weight::default();
    let files = 1 + bodies.len() + uses.len();
    for (file, places) in uses.iter() {
        used.extend(pictures::look(
            &pack,
            file,
            places,
            &listing,
            &mut weight,
            &mut findings,
        ));
        steps.done(1, files)?;
    }
    weight.tell(&mut findings);
    let name = Name::new(MANIFEST)?;
    used.insert(name.clone());
    let mut report = Report {
        files,
        ..Report::default()
    };
    // A body that cannot be read may name anything.
    let unread = bodies.iter().any(|name| findings.has_error(name.as_str()));
    if fault.is_none() {
        if !unread {
            listing.compare(&used, &mut findings);
        }
        used.remove(&name);
        report.used = std::iter::once(name).chain(used).collect();
    }
    report.problems = findings.finish(&manifest);
    Ok(report)
}

/// Counts the files, and asks after each whether anybody still wants to know.
struct Steps<'a> {
    cancel: &'a AtomicBool,
    progress: &'a dyn Fn(usize, usize),
    done: Cell<usize>,
}

impl Steps<'_> {
    fn done(&self, more: usize, all: usize) -> Result<(), PackError> {
        self.done.set(self.done.get() + more);
        (self.progress)(self.done.get(), all);
        if self.cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled);
        }
        Ok(())
    }
}
