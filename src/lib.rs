//! Offprint, a desktop newsreader for content packs.
//!
//! The modules in reading order; nothing points up:
//! `article`, `model` and `interchange` are pure, `pack`, `shelf`, `backup` and `drive` do the reading and writing, `work` runs them off the screen's thread,
//! `typeset`, `images` and `theme` make things visible, `ui` draws the model and reports actions, `app` ties them together.

pub mod article;
pub mod interchange;
pub mod model;
pub mod pack;
pub mod shelf;

pub mod backup;
pub mod drive;

pub mod platform;

pub mod journal;

pub mod images;
pub mod theme;
pub mod typeset;

pub mod ui;
pub mod work;

pub mod app;
pub mod cli;
pub mod window;
