//! What is asked of the system's own dialogs and of its file manager, and where the answers go.

use std::path::PathBuf;

use eframe::egui;

use super::App;
use crate::model::{
    BackupEvent, BackupJob, CopyEvent, DriveEvent, DriveJob, Event, ExchangeEvent, Level, Notice,
    Origin,
};
use crate::platform::{self, Pick};

impl App {
    /// Asks for a pack.
    pub(super) fn pick(&mut self, frame: Option<&eframe::Frame>, pick: Pick) {
        let folder: Option<PathBuf> = match self.model.open.as_ref().map(|open| &open.origin) {
            Some(Origin::Path(path)) => path.parent().map(Into::into),
            _ => None,
        };
        let answer = self.worker.mailbox();
        let picked = platform::pick_pack(pick, frame, folder.as_deref(), move |choice| {
            answer.event(Event::Picked(choice.map_err(|error| no_dialog(&error))));
        });
        if let Err(error) = picked {
            self.worker
                .mailbox()
                .event(Event::Picked(Err(no_dialog(&error))));
        }
    }

    /// Asks where a pack of kept stories is to lie.
    pub(super) fn ask_where(&self, frame: Option<&eframe::Frame>) {
        let (answer, failed) = (self.worker.mailbox(), self.worker.mailbox());
        let place = move |choice: Result<Option<PathBuf>, platform::DialogError>| match choice {
            Ok(place) => answer.event(Event::Copies(CopyEvent::Place(place))),
            Err(error) => {
                answer.event(Event::Copies(CopyEvent::Place(None)));
                answer.event(Event::Notice(no_dialog(&error)));
            }
        };
        if let Err(error) = platform::pick_new_pack(frame, "Clippings.offprint", place) {
            failed.event(Event::Copies(CopyEvent::Place(None)));
            failed.event(Event::Notice(no_dialog(&error)));
        }
    }

    /// Asks where a backup is to lie, or which is to be put back; everything else about them is a thread's.
    pub(super) fn back_up(&mut self, frame: Option<&eframe::Frame>, job: BackupJob) {
        let answer = self.worker.mailbox();
        let event = move |event| answer.event(Event::Backup(event));
        let failed = event.clone();
        let asked = match job {
            BackupJob::AskWhere => {
                let name = format!("offprint-backup-{:.10}.zip", self.model.now.to_string());
                platform::pick_new_backup(frame, &name, move |choice| {
                    event(choice.map_or_else(no_question, BackupEvent::Place));
                })
            }
            BackupJob::AskWhich => platform::pick_pack(Pick::Backup, frame, None, move |choice| {
                event(choice.map_or_else(no_question, BackupEvent::Which));
            }),
            job => {
                self.worker.backup(job);
                return;
            }
        };
        if let Err(error) = asked {
            failed(no_question(error));
        }
    }

    /// Asks which file of another program is to be taken in or, if `reads` is not so, written.
    pub(super) fn ask_exchange(&self, frame: Option<&eframe::Frame>, reads: bool) {
        let (answer, failed) = (self.worker.mailbox(), self.worker.mailbox());
        let chosen = move |choice: Result<Option<PathBuf>, platform::DialogError>| match choice {
            Ok(Some(file)) if reads => answer.event(Event::Exchange(ExchangeEvent::File(file))),
            Ok(Some(file)) => answer.event(Event::Exchange(ExchangeEvent::Place(file))),
            Ok(None) => {}
            Err(error) => answer.event(Event::Notice(no_exchange(&error))),
        };
        let asked = if reads {
            platform::pick_bookmarks(frame, chosen)
        } else {
            platform::pick_new_bookmarks(frame, "Bookmarks.html", chosen)
        };
        if let Err(error) = asked {
            failed.event(Event::Notice(no_exchange(&error)));
        }
    }

    /// Asks for the folder on a drive; everything else about it is a thread's.
    pub(super) fn copy_to_drive(&mut self, frame: Option<&eframe::Frame>, job: DriveJob) {
        let answer = self.worker.mailbox();
        let event = move |event| answer.event(Event::Drive(event));
        let failed = event.clone();
        match job {
            DriveJob::AskWhere => {
                let asked = platform::pick_pack(Pick::Drive, frame, None, move |choice| {
                    event(choice.map_or_else(no_drive, DriveEvent::Place));
                });
                if let Err(error) = asked {
                    failed(no_drive(error));
                }
            }
            DriveJob::ShowFolder(folder) => self.show_folder(folder),
            job => self.worker.drive(job),
        }
    }

    /// Opens the folder that a file lies in, or says where it is.
    pub(super) fn show_file(&self, mut path: PathBuf) {
        path.pop();
        self.show_folder(path);
    }

    /// Opens a folder in the file manager, or says where it is.
    pub(super) fn show_folder(&self, folder: PathBuf) {
        let answer = self.worker.mailbox();
        platform::reveal_folder(folder, move |error| {
            let notice = Notice::new(Level::Warning, "No folder was shown", format!("{error}."));
            answer.event(Event::Notice(notice));
        });
    }

    /// Opens an address in the browser, or says that it could not be opened.
    pub(super) fn open_address(
        &self,
        ctx: &egui::Context,
        frame: Option<&eframe::Frame>,
        address: String,
    ) {
        if frame.and_then(eframe::Frame::winit_window).is_none() {
            // Who runs frames without a window, such as a test, sees to it.
            ctx.open_url(egui::OpenUrl::new_tab(address));
            return;
        }
        let answer = self.worker.mailbox();
        platform::open_address(address, move |error| {
            let notice = Notice::new(Level::Error, "No browser was opened", format!("{error}."));
            answer.event(Event::Notice(notice));
        });
    }
}

/// What to say of a backup when the system has no dialog.
fn no_question(_: platform::DialogError) -> BackupEvent {
    let sentence = "This system shows no file dialog. In a terminal, `offprint backup FILE` makes a backup and `offprint restore FILE` puts one back. A desktop portal (xdg-desktop-portal) or zenity brings the dialog back.";
    BackupEvent::NotAsked(sentence.to_owned())
}

/// What to say of a drive when the system has no dialog.
fn no_drive(_: platform::DialogError) -> DriveEvent {
    let sentence = "This system shows no file dialog. In a terminal, `offprint drive PACK --to FOLDER` does the same. A desktop portal (xdg-desktop-portal) or zenity brings the dialog back.";
    DriveEvent::NotAsked(sentence.to_owned())
}

/// What to say of files of other programs when the system has no dialog.
fn no_exchange(_: &platform::DialogError) -> Notice {
    let sentence = "This system shows no file dialog. In a terminal, `offprint bookmarks import FILE` and `offprint bookmarks export --as FORM -o FILE` do the same. A desktop portal (xdg-desktop-portal) or zenity brings the dialog back.";
    Notice::new(Level::Error, "No dialog could be shown", sentence)
}

fn no_dialog(error: &platform::DialogError) -> Notice {
    Notice::new(
        Level::Error,
        "No dialog could be shown",
        format!("{error}."),
    )
}
