//! What a thread does to the disk, written down, with one call that fails if that is wished.

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;

use crate::shelf::disk::Step;

/// A call that did its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::shelf) enum Done {
    MakeFolder(PathBuf),
    Write(PathBuf, Vec<u8>),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    Link(PathBuf, PathBuf),
    Remove(PathBuf),
    SyncFolder(PathBuf),
}

/// What goes wrong.
#[derive(Clone, Copy, Debug)]
pub(in crate::shelf) struct Fault {
    /// The call that fails, counted from 0.
    pub at: usize,
    /// With what.
    pub kind: io::ErrorKind,
    /// Whether it does its work first, and only then says that it failed, as it happens over a network.
    pub late: bool,
}

/// What one thread is watched for.
#[derive(Default)]
struct Watch {
    fault: Option<Fault>,
    /// A file system such as those of sticks, where a file has one name.
    no_links: bool,
    calls: usize,
    done: Vec<Done>,
    /// What failed.
    failed: Option<&'static str>,
}

thread_local! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// What was seen.
#[derive(Debug)]
pub(in crate::shelf) struct Seen {
    /// Every call, those that only read and those that failed too.
    pub calls: usize,
    pub done: Vec<Done>,
    /// Which call failed because that was wished.
    pub failed: Option<&'static str>,
}

/// Runs something and watches what it does to the disk on this thread.
pub(in crate::shelf) fn watched<T>(
    fault: Option<Fault>,
    no_links: bool,
    run: impl FnOnce() -> T,
) -> (T, Seen) {
    let watch = Watch {
        fault,
        no_links,
        ..Watch::default()
    };
    WATCH.replace(Some(watch));
    let result = run();
    let watch = WATCH.take().unwrap();
    let seen = Seen {
        calls: watch.calls,
        done: watch.done,
        failed: watch.failed,
    };
    (result, seen)
}

pub(in crate::shelf) fn step<T>(
    step: &Step<'_>,
    call: impl FnOnce() -> io::Result<T>,
) -> io::Result<T> {
    let fault = WATCH.with_borrow_mut(|watch| {
        let watch = watch.as_mut()?;
        let number = watch.calls;
        watch.calls += 1;
        if let Some(fault) = watch.fault.filter(|it| it.at == number) {
            watch.failed = Some(name(step));
            return Some(fault);
        }
        (watch.no_links && matches!(step, Step::Link(..))).then_some(Fault {
            at: number,
            kind: io::ErrorKind::Unsupported,
            late: false,
        })
    });
    match fault {
        Some(fault) if fault.late => {
            call()?;
            note(step);
            Err(fault.kind.into())
        }
        Some(fault) => Err(fault.kind.into()),
        None => call().inspect(|_| note(step)),
    }
}

fn note(step: &Step<'_>) {
    let done = match *step {
        Step::Read | Step::Lock | Step::Create => return,
        Step::MakeFolder(it) => Done::MakeFolder(it.to_owned()),
        Step::Write(it, bytes) => Done::Write(it.to_owned(), bytes.to_owned()),
        Step::Sync(it) => Done::Sync(it.to_owned()),
        Step::Rename(from, to) => Done::Rename(from.to_owned(), to.to_owned()),
        Step::Link(from, to) => Done::Link(from.to_owned(), to.to_owned()),
        Step::Remove(it) => Done::Remove(it.to_owned()),
        Step::SyncFolder(it) => Done::SyncFolder(it.to_owned()),
    };
    WATCH.with_borrow_mut(|watch| {
        if let Some(watch) = watch {
            watch.done.push(done);
        }
    });
}

fn name(step: &Step<'_>) -> &'static str {
    match step {
        Step::Read => "read",
        Step::Lock => "lock",
        Step::MakeFolder(_) => "make folder",
        Step::Create => "create",
        Step::Write(..) => "write",
        Step::Sync(_) => "sync",
        Step::Rename(..) => "rename",
        Step::Link(..) => "link",
        Step::Remove(_) => "remove",
        Step::SyncFolder(_) => "sync folder",
    }
}
