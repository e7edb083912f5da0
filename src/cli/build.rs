//! `offprint build`, `unpack` and `repair`: from a folder to a single file, back, and whole again.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::{Build, Deny, EditionClass, Repair, Unpack};
use super::bar::Bar;
use super::terminal::Terminal;
use super::{CliError, DONE};
use crate::model::size;
use crate::pack::{
    self, BuildError, BuildOptions, BuildStep, Built, PackError, RepairError, Severity, SizeClass,
    Tally, UnpackError,
};

/// What `build --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct BuildJson {
    file: String,
    bytes: u64,
    class: &'static str,
    manifest: TallyJson,
    bodies: TallyJson,
    pictures: TallyJson,
    warnings: usize,
    advice: usize,
}

#[derive(Serialize)]
struct TallyJson {
    files: usize,
    bytes: u64,
    packed_bytes: u64,
}

/// What `unpack --json` prints.
#[derive(Serialize)]
struct UnpackJson {
    folder: String,
    files: usize,
    bytes: u64,
    class: &'static str,
}

/// What `repair --json` prints.
#[derive(Serialize)]
struct RepairJson {
    file: String,
    mended: Vec<String>,
    damaged_file: Option<String>,
}

pub(super) fn build(wish: &Build, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let options = BuildOptions {
        class: wish.edition.into(),
        keep_metadata: wish.keep_metadata,
        deny: wish.deny.map_or(Severity::Error, Deny::severity),
    };
    let bar = Bar::new(terminal);
    let built = pack::build(
        &wish.folder,
        &wish.output,
        options,
        &AtomicBool::new(false),
        &|step| match step {
            BuildStep::Checking(done, all) => bar.show("Checking", done, all),
            BuildStep::Packing(done, all) => bar.show("Packing", done, all),
            BuildStep::Verifying(done, all) => bar.show("Reading back", done, all),
        },
    );
    bar.clear();
    let built = match built {
        Err(BuildError::Refused(problems)) => {
            for problem in &problems {
                terminal.message(problem);
            }
            let refused = BuildError::Refused(Vec::new());
            return Err(CliError::Refused(refused.to_string()));
        }
        Err(BuildError::Pack(error)) => return Err(error.into()),
        Err(error @ (BuildError::Name(_) | BuildError::Collision { .. })) => {
            return Err(CliError::Refused(error.to_string()));
        }
        Err(error) => return Err(CliError::Failed(error.to_string())),
        Ok(built) => built,
    };
    for problem in &built.problems {
        terminal.message(problem);
    }
    if wish.json {
        terminal.json(&BuildJson::of(&built, wish))?;
        return Ok(DONE);
    }
    terminal.line(format_args!(
        "{}: {}",
        wish.output.display(),
        size(built.bytes)
    ))?;
    for (what, tally) in [
        ("manifest", built.manifest),
        ("text", built.bodies),
        ("pictures", built.pictures),
    ] {
        let files = if tally.files == 1 { "file" } else { "files" };
        terminal.line(format_args!(
            "  {what:<9} {:>6} {files:<5} {:>10}, from {}",
            tally.files,
            size(tally.after),
            size(tally.before)
        ))?;
    }
    Ok(DONE)
}

pub(super) fn unpack(wish: &Unpack, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let bar = Bar::new(terminal);
    let unpacked = pack::unpack(
        &wish.file,
        &wish.output,
        &AtomicBool::new(false),
        &|done, all| bar.show("Unpacking", done, all),
    );
    bar.clear();
    let unpacked = unpacked.map_err(|error| match error {
        UnpackError::Pack(error) => match error {
            // The file is there and is refused.
            PackError::UnsafeName { .. } | PackError::LeavesPack { .. } => {
                CliError::Refused(error.to_string())
            }
            error => error.into(),
        },
        error @ UnpackError::Write { .. } => CliError::Failed(error.to_string()),
        error => CliError::Refused(error.to_string()),
    })?;
    if wish.json {
        terminal.json(&UnpackJson {
            folder: wish.output.display().to_string(),
            files: unpacked.files,
            bytes: unpacked.bytes,
            class: word(unpacked.class),
        })?;
        return Ok(DONE);
    }
    let files = if unpacked.files == 1 { "file" } else { "files" };
    terminal.line(format_args!(
        "{}: {} {files}, {}",
        wish.output.display(),
        unpacked.files,
        size(unpacked.bytes)
    ))?;
    if unpacked.class != SizeClass::Full {
        let class = word(unpacked.class);
        terminal.message(&format_args!(
            "This is the {class} edition; `offprint build --edition {class}` makes the same file of it again"
        ));
    }
    Ok(DONE)
}

pub(super) fn repair(wish: &Repair, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let bar = Bar::new(terminal);
    let repaired = pack::repair(
        &wish.file,
        &wish.from,
        &AtomicBool::new(false),
        &|done, all| bar.show("Comparing", done, all),
    );
    bar.clear();
    let repaired = repaired.map_err(|error| match error {
        RepairError::Pack(error) => error.into(),
        error @ RepairError::Write { .. } => CliError::Failed(error.to_string()),
        error => CliError::Refused(error.to_string()),
    })?;
    let name = wish.file.display();
    if wish.json {
        terminal.json(&RepairJson {
            file: name.to_string(),
            mended: repaired.parts,
            damaged_file: repaired.kept.map(|it| it.display().to_string()),
        })?;
        return Ok(DONE);
    }
    let Some(kept) = repaired.kept else {
        terminal.line(format_args!("{name}: nothing to mend"))?;
        return Ok(DONE);
    };
    for part in &repaired.parts {
        terminal.line(format_args!("mended {part}"))?;
    }
    terminal.line(format_args!(
        "{name}: whole; the damaged file is {}",
        kept.display()
    ))?;
    Ok(DONE)
}

impl BuildJson {
    fn of(built: &Built, wish: &Build) -> Self {
        let count = |severity| {
            let problems = built.problems.iter();
            problems.filter(|it| it.severity == severity).count()
        };
        Self {
            file: wish.output.display().to_string(),
            bytes: built.bytes,
            class: word(wish.edition.into()),
            manifest: built.manifest.into(),
            bodies: built.bodies.into(),
            pictures: built.pictures.into(),
            warnings: count(Severity::Warning),
            advice: count(Severity::Advice),
        }
    }
}

impl From<Tally> for TallyJson {
    fn from(tally: Tally) -> Self {
        Self {
            files: tally.files,
            bytes: tally.before,
            packed_bytes: tally.after,
        }
    }
}

impl From<EditionClass> for SizeClass {
    fn from(class: EditionClass) -> Self {
        match class {
            EditionClass::Text => Self::Text,
            EditionClass::Small => Self::Small,
            EditionClass::Full => Self::Full,
        }
    }
}

fn word(class: SizeClass) -> &'static str {
    match class {
        SizeClass::Text => "text",
        SizeClass::Small => "small",
        SizeClass::Full => "full",
    }
}
