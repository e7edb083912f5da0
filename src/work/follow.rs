//! Follows a folder that is being written, and says when something in it has changed and come to rest.
//!
//! The system tells of changes; besides, all is looked at once a second, for a system does not tell of everything: not on a
//! network share, and not of a folder that was moved away and is back. It reads no file; what has changed is not its business.

mod calm;
mod look;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use self::calm::Calm;
use self::look::Look;
use super::Mailbox;
use crate::model::{Event, Level, Notice};

/// How often all is looked at.
const LOOK: Duration = Duration::from_secs(1);

enum Told {
    Heard(notify::Result<notify::Event>),
    Stop,
}

/// A folder that is followed for as long as this is kept.
pub struct Follow {
    stop: Sender<Told>,
}

impl Follow {
    /// Follows `folder` on a thread of its own. The first change is told when nothing can be missed any more.
    pub fn start(folder: PathBuf, reports: Mailbox) -> io::Result<Self> {
        Self::start_with(hear, folder, reports)
    }

    fn start_with(hear: Hear, folder: PathBuf, reports: Mailbox) -> io::Result<Self> {
        let (sender, told) = channel();
        let stop = sender.clone();
        Builder::new().name("follow".to_owned()).spawn(move || {
            Follower {
                folder,
                look: Look::default(),
                hear,
                reports,
                sender,
                watcher: None,
                owned_up: false,
            }
            .run(&told);
        })?;
        Ok(Self { stop })
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        // A thread that has ended need not be told to.
        self.stop.send(Told::Stop).ok();
    }
}

/// Has the system tell of what changes in a folder.
type Hear = fn(&Path, Sender<Told>) -> notify::Result<RecommendedWatcher>;

fn hear(folder: &Path, sender: Sender<Told>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event| {
        // Who has stopped following does not listen.
        sender.send(Told::Heard(event)).ok();
    })?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

struct Follower {
    folder: PathBuf,
    reports: Mailbox,
    hear: Hear,
    sender: Sender<Told>,
    /// What the system tells by; nothing while it cannot, or while the folder is away.
    watcher: Option<RecommendedWatcher>,
    look: Look,
    /// Whether it was told that changes are seen late here.
    owned_up: bool,
}

impl Follower {
    fn run(mut self, told: &Receiver<Told>) {
        self.look = Look::at(&self.folder);
        self.watch();
        self.reports.event(Event::Edited);
        let mut calm = Calm::default();
        // Whether the system told of the change that is coming to rest.
        let mut heard = false;
        let mut looked = Instant::now();
        loop {
            let next = calm.due().unwrap_or(looked + LOOK);
            match told.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(Told::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Told::Heard(event)) => {
                    if self.matters(event) {
                        calm.stir(Instant::now());
                        heard = true;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = Instant::now();
            if calm.due().is_some_and(|due| due <= now) {
                calm = Calm::default();
                self.take_look();
                self.reports.event(Event::Edited);
                if !std::mem::take(&mut heard) {
                    self.own_up();
                }
                looked = Instant::now();
            } else if calm.due().is_none() && looked + LOOK <= now {
                let look = Look::at(&self.folder);
                looked = Instant::now();
                if look != self.look {
                    // What comes back, or is another folder now, is nothing that the system could have told of.
                    heard = self.watcher.is_none() && self.owned_up || look.root != self.look.root;
                    calm.stir(looked);
                }
            }
        }
    }

    /// Remembers what there is, and has the system watch it if that is another folder than before.
    fn take_look(&mut self) {
        let look = Look::at(&self.folder);
        let another = look.root != self.look.root;
        self.look = look;
        if another {
            self.watcher = None;
        }
        if self.watcher.is_none() {
            self.watch();
        }
    }

    fn watch(&mut self) {
        if self.look.root.is_none() {
            return;
        }
        match (self.hear)(&self.folder, self.sender.clone()) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                log::info!("{} cannot be watched: {error}", self.folder.display());
                // A folder that has gone away meanwhile is missed at the next look.
                if Look::at(&self.folder).root == self.look.root {
                    self.own_up();
                }
            }
        }
    }

    /// Whether the system tells of a change. That somebody reads is none.
    fn matters(&mut self, event: notify::Result<notify::Event>) -> bool {
        match event {
            Ok(event) => {
                let kind = match event.kind {
                    EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
                    _ => true,
                };
                let folder = &self.folder;
                kind && (event.paths.is_empty() || event.paths.iter().any(|it| is_seen(folder, it)))
            }
            Err(error) => {
                log::info!("{} is no longer watched: {error}", self.folder.display());
                self.watcher = None;
                true
            }
        }
    }

    /// Says, once, that changes are seen late here.
    fn own_up(&mut self) {
        if !std::mem::replace(&mut self.owned_up, true) {
            let title = "Changes are seen a little later here";
            let text = "The system does not tell of every change in this folder, so Offprint looks once a second.";
            let notice = Notice::new(Level::Info, title, text);
            self.reports.event(Event::Notice(notice));
        }
    }
}

/// Whether anything under this path may be of the pack: what editors and version control keep for themselves is hidden.
fn is_seen(folder: &Path, path: &Path) -> bool {
    path.strip_prefix(folder).map_or(true, |inside| {
        inside.iter().all(|part| !look::is_hidden(part))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::super::Report;
    use super::*;

    #[test]
    fn where_the_system_tells_nothing_looking_is_enough_and_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, answers) = channel();
        let reports = Mailbox {
            sender,
            wake: Arc::new(|| {}),
        };
        let deaf: Hear = |_, _| Err(notify::Error::generic("this file system tells nothing"));
        let follow = Follow::start_with(deaf, folder.path().to_owned(), reports).unwrap();
        let mut said = Vec::new();
        let mut until_changed = || loop {
            match answers.recv_timeout(Duration::from_secs(20)).unwrap() {
                Report::Event(Event::Edited) => break,
                Report::Event(Event::Notice(notice)) => said.push(notice.title),
                _ => panic!("nothing else is told"),
            }
        };
        until_changed();
        for name in ["a.md", "b.md"] {
            fs::write(folder.path().join(name), "A").unwrap();
            until_changed();
        }
        assert_eq!(said, ["Changes are seen a little later here"]);
        drop(follow);
        assert!(answers.recv_timeout(Duration::from_secs(20)).is_err());
    }

    #[test]
    fn what_is_hidden_does_not_count() {
        let folder = Path::new("packs").join(".drafts");
        for (path, expected) in [
            ("", true),
            ("pack.ron", true),
            ("stories/a.md", true),
            ("stories/.a.md.swp", false),
            (".git/index", false),
        ] {
            assert_eq!(is_seen(&folder, &folder.join(path)), expected, "{path}");
        }
        assert!(is_seen(&folder, Path::new("elsewhere")));
    }
}
