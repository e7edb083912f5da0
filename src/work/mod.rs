//! Everything slow, on named threads, so that the screen's thread only draws.
//!
//! There are thirteen, each with one queue and one kind of job: `open` (one thread a request, so that a dead network share holds up
//! nobody), `bodies`, `changes`, `passages`, `filter`, `filing`, `pictures`, `copies`, `clippings`, `backup`, `exchange`, `drive` and
//! `save`;
//! and for a pack that is being written `follow` and `check`. A save never waits behind a decode. Answers come back as [`Report`]s;
//! after each of them the screen is woken. Nothing here draws or decides.

mod all_marks;
mod backup;
mod bodies;
mod changes;
mod check;
mod copies;
mod drive;
mod exchange;
mod filing;
mod filter;
mod follow;
mod guard;
mod open;
mod packs;
mod passages;
mod pictures;
mod save;
mod thread;
mod watch;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use self::backup::Keeper;
use self::copies::Copier;
use self::drive::Carrier;
use self::exchange::Exchanger;
use self::follow::Follow;
use self::packs::Packs;
use self::save::Saver;
use self::thread::Line;
use self::watch::{Known, Watch};
use crate::images::{Decoded, PictureKey, Wanted};
use crate::model::{
    BackupJob, CopyJob, DriveJob, Event, ExchangeJob, FilingJob, FindJob, Level, Notice, Origin,
    PackKey, Query, RequestId, Save, Stamp, StoryBody, StoryId,
};
use crate::shelf::Shelf;

pub use guard::on_panic;

/// What a thread answered.
pub enum Report {
    /// For the model.
    Event(Event),
    /// Pixels, or why there are none; for the screen's cache.
    Picture(PictureKey, Result<Decoded, String>),
    /// A picture was asked for so long ago that it is not decoded any more; who still wants it asks again.
    PictureDropped(PictureKey),
}

/// Where answers go: any thread may post, and the screen is woken.
#[derive(Clone)]
pub struct Mailbox {
    sender: Sender<Report>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Mailbox {
    fn report(&self, report: Report) {
        // Nobody listens any more when the program ends.
        if self.sender.send(report).is_ok() {
            (self.wake)();
        }
    }

    /// Posts something for the model.
    pub fn event(&self, event: Event) {
        self.report(Report::Event(event));
    }
}

/// The threads, as the application holds them.
pub struct Worker {
    shelf: Shelf,
    packs: Packs,
    reports: Mailbox,
    answers: Receiver<Report>,
    cancels: HashMap<RequestId, Arc<AtomicBool>>,
    bodies: Line<bodies::Job>,
    changes: Line<changes::Job>,
    passages: Line<FindJob>,
    filter: Line<filter::Job>,
    filing: Line<FilingJob>,
    pictures: Line<pictures::Job>,
    saver: Saver,
    copier: Copier,
    keeper: Keeper,
    exchanger: Exchanger,
    carrier: Carrier,
    known: Known,
    _watch: Watch,
    preview: Option<Preview>,
}

/// What only a preview needs.
struct Preview {
    check: Line<check::Job>,
    /// Ends the check that is going on.
    cancel: Arc<AtomicBool>,
    _follow: Follow,
}

impl Worker {
    /// Starts the threads, the first job being to read the reader's files. `wake` is called from any of them after each answer.
    pub fn start(shelf: Shelf, wake: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        let (sender, answers) = channel();
        let reports = Mailbox {
            sender,
            wake: Arc::new(wake),
        };
        let packs = Packs::default();
        let known = Known::new(shelf.clone());
        let saver = Saver::start(shelf.clone(), known.clone(), reports.clone())?;
        Ok(Self {
            keeper: Keeper::start(shelf.clone(), saver.flusher(), &reports)?,
            saver,
            copier: Copier::start(shelf.clone(), packs.clone(), &reports)?,
            exchanger: Exchanger::start(shelf.clone(), &reports)?,
            carrier: Carrier::start(&reports)?,
            _watch: Watch::start(shelf.clone(), known.clone(), reports.clone())?,
            known,
            bodies: bodies::start(packs.clone(), reports.clone())?,
            changes: changes::start(packs.clone(), reports.clone())?,
            passages: passages::start(reports.clone())?,
            filter: filter::start(packs.clone(), reports.clone())?,
            filing: filing::start(reports.clone())?,
            pictures: pictures::start(packs.clone(), reports.clone())?,
            cancels: HashMap::new(),
            shelf,
            packs,
            reports,
            answers,
            preview: None,
        })
    }

    /// What came back next, if something did.
    pub fn next_report(&self) -> Option<Report> {
        self.answers.try_recv().ok()
    }

    /// Waits for the next answer, at most so long. For start-up only: the screen's thread never waits.
    pub fn wait(&self, most: std::time::Duration) -> Option<Report> {
        self.answers.recv_timeout(most).ok()
    }

    /// Where others than the workers post what the model should know.
    pub fn mailbox(&self) -> Mailbox {
        self.reports.clone()
    }

    /// Where the reader's files are.
    pub fn data_folder(&self) -> &std::path::Path {
        self.shelf.folder()
    }

    /// The time, as the reader's files have it.
    pub fn now(&self) -> Stamp {
        self.shelf.now()
    }

    /// Opens a pack.
    pub fn open(&mut self, request: RequestId, origin: Origin) {
        let cancel = Arc::new(AtomicBool::new(false));
        // Whoever has an answer holds the other end no longer.
        self.cancels
            .retain(|_, cancel| Arc::strong_count(cancel) > 1);
        self.cancels.insert(request, cancel.clone());
        open::start(
            open::Job {
                request,
                origin,
                cancel,
            },
            self.packs.clone(),
            self.shelf.clone(),
            self.known.clone(),
            self.reports.clone(),
        );
    }

    /// Stops opening a pack.
    pub fn cancel_open(&mut self, request: RequestId) {
        if let Some(cancel) = self.cancels.remove(&request) {
            cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Says from now on when something changes in a folder.
    pub fn follow(&mut self, origin: Origin) {
        let Origin::Path(folder) = origin else {
            return;
        };
        let started = Follow::start(folder, self.reports.clone()).and_then(|follow| {
            Ok(Preview {
                check: check::start(self.reports.clone())?,
                cancel: Arc::default(),
                _follow: follow,
            })
        });
        match started {
            Ok(preview) => self.preview = Some(preview),
            Err(error) => {
                let title = "Changes are not seen";
                let text = format!(
                    "The system gives no more threads ({error}). Close other programs and start the preview again."
                );
                let notice = Notice::new(Level::Error, title, text);
                self.reports.event(Event::Notice(notice));
                self.reports.event(Event::Edited);
            }
        }
    }

    /// Looks for everything that is wrong with the pack that is being written; an older look ends.
    pub fn check(&mut self, request: RequestId, origin: Origin) {
        if let Some(preview) = &mut self.preview {
            preview.cancel.store(true, Ordering::Relaxed);
            preview.cancel = Arc::default();
            preview.check.send(check::Job {
                request,
                origin,
                cancel: preview.cancel.clone(),
            });
        }
    }

    /// Lets a pack go.
    pub fn close(&mut self, pack: PackKey) {
        self.bodies.send(bodies::Job::Close(pack));
        self.changes.send(changes::Job::Close(pack));
        self.filter.send(filter::Job::Close(pack));
    }

    /// Reads a story's body.
    pub fn read_body(&mut self, pack: PackKey, story: StoryId) {
        self.bodies.send(bodies::Job::Read(pack, story));
    }

    /// Finds what changed in a story since an earlier edition.
    pub fn compare(
        &mut self,
        pack: PackKey,
        story: StoryId,
        body: Arc<StoryBody>,
        earlier: Origin,
    ) {
        self.changes
            .send(changes::Job::Compare(pack, story, body, earlier));
    }

    /// Finds marks.
    pub fn file(&mut self, job: FilingJob) {
        self.filing.send(job);
    }

    /// Finds marked passages in a story.
    pub fn find_passages(&mut self, job: FindJob) {
        self.passages.send(job);
    }

    /// Finds the rows that match.
    pub fn filter(&mut self, pack: PackKey, request: RequestId, query: Query) {
        self.filter.send(filter::Job::Find(pack, request, query));
    }

    /// Decodes a picture.
    pub fn decode(&mut self, wanted: Wanted) {
        self.pictures.send(pictures::Job(wanted));
    }

    /// Reads the marks of every series.
    pub fn load_all_marks(&mut self) {
        self.known.shows_all();
        all_marks::start(self.shelf.clone(), self.reports.clone());
    }

    /// Keeps something of the reader's on disk.
    pub fn save(&mut self, save: Save) {
        self.saver.save(save);
    }

    /// Does something about copies of stories.
    pub fn copies(&mut self, job: CopyJob) {
        self.copier.send(job);
    }

    /// Does something about all of the reader's files.
    pub fn backup(&mut self, job: BackupJob) {
        self.keeper.send(job);
    }

    /// Does something about files of other programs.
    pub fn exchange(&mut self, job: ExchangeJob) {
        self.exchanger.send(job);
    }

    /// Copies packs to a drive.
    pub fn drive(&mut self, job: DriveJob) {
        self.carrier.send(job);
    }

    /// Goes over to the other place for the reader's files.
    pub fn keep_elsewhere(&mut self) {
        self.saver.keep_elsewhere();
    }

    /// Tries at once what could not be saved before.
    pub fn save_again(&mut self) {
        self.saver.again();
    }

    /// A way to wait for all saves, for a panic hook.
    pub fn flusher(&self) -> impl Fn() -> bool + Send + Sync + 'static {
        self.saver.flusher()
    }

    /// Ends the threads once all that was to be saved is saved, or cannot be.
    pub fn finish(&mut self) {
        self.saver.finish();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.finish();
    }
}
