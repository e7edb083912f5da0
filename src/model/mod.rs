//! What the program knows. Actions go in, events go in, effects come out.
//! Pure: it draws nothing, reads no file, starts no thread and never asks for the time.

mod action;
mod all_marks;
mod apply;
mod backup;
mod bookmark;
mod bookmarking;
mod cite;
mod compare;
mod copies;
mod date;
mod drive;
mod edition;
mod effect;
mod elsewhere;
mod event;
mod exchange;
mod filing;
mod fold;
mod go_to;
mod handle;
mod highlight;
mod highlighting;
mod history;
mod ids;
mod life;
mod listing;
mod marks;
mod note;
mod notice;
mod open;
mod order;
mod passages;
mod plan;
mod preview;
mod reading;
mod reference;
mod remark;
#[cfg(test)]
mod sample;
mod saving;
mod searched;
mod seek;
mod settings;
mod size;
mod stamp;
mod standing;
mod state;
mod tags;
#[cfg(test)]
mod tests;
mod web;
mod welcome;

pub use crate::article::Anchor;
pub use action::{Action, Origin, Overlay, Step};
pub use backup::{
    Aside, BackupAction, BackupEvent, BackupJob, BackupMade, Backups, Doing, Offer, PutBack, Survey,
};
pub use bookmark::{BUILT_IN, Bookmark, BookmarkChange, Snapshot};
pub use cite::Quoted;
pub use compare::{Field, FieldChange, StoryChanges, compare_editions, compare_stories, since};
pub use copies::{Copies, CopyAction, CopyEvent, CopyJob, CopyState, StoryKey};
pub use date::Date;
pub use drive::{
    Copied, CopiedFile, DriveAction, DriveEvent, DriveJob, DriveStep, DriveWish, Drives, in_groups,
};
pub use edition::{Clipped, Edition, EditionInfo, Picture, Section, Story};
pub use effect::{Effect, Query, Save};
pub use event::{Event, Kept, Opened, PackKey, RequestId, StoryBody};
pub use exchange::{
    Exchange, ExchangeAction, ExchangeEvent, ExchangeJob, ExchangeStep, ImportSummary,
};
pub use filing::{
    Drawer, Filing, FilingAction, FilingJob, FilingQuery, Listed, Mark, MarkKey, Sort,
};
pub use fold::{fold, fold_into};
pub use go_to::{GoTo, GoToAction, Goal};
pub use highlight::{Colour, Highlight, HighlightChange};
pub use highlighting::{HighlightAction, Highlighting};
pub use history::{History, Stop, View};
pub use ids::{HighlightId, MAX_ID_BYTES, SeriesId, StoryId, is_valid_id};
pub use life::Life;
pub use listing::{Item, Listing, Show};
pub use note::Draft;
pub use notice::{Level, Notice, NoticeId, Notices};
pub use open::{BodyState, OpenPack};
pub use passages::{FindJob, Whereabouts};
pub use plan::{Difference, Plan, Way};
pub use preview::{Finding, Preview, Weight};
pub use reading::{Place, Reading, ReadingChange};
pub use reference::{MAX_REFERENCE_BYTES, Reference, ReferenceError, percent_encoded};
pub use remark::{MAX_REMARK_BYTES, Remark};
pub use seek::{Destination, Target};
pub use settings::{
    Recent, RecentChange, RecentPack, Settings, SettingsChange, Theme, WindowPlace,
};
pub use size::size;
pub use stamp::Stamp;
pub use standing::Standing;
pub use state::{Marked, Model, Opening, Passage};
pub use tags::{MAX_TAG_BYTES, Tags};
pub use web::WEB_SERIES;
pub use welcome::{VERSION, WELCOME};
