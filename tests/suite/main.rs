//! The integration tests, one binary: a module for each feature.

#![expect(
    clippy::format_collect,
    clippy::items_after_statements,
    reason = "a test may build its sample in one breath, and name things where it uses them"
)]

#[cfg(test)]
mod app;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod cite;
#[cfg(test)]
mod cli;
mod compare;
#[cfg(test)]
mod container;
#[cfg(test)]
mod drive;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod import;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod merge;
#[cfg(test)]
mod packaging;
#[cfg(test)]
mod packaging_elsewhere;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod shelf;
#[cfg(test)]
mod single_file;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod torture;
#[cfg(test)]
mod versions;
#[cfg(test)]
mod volumes;
#[cfg(test)]
mod zipper;

// A virtual display, and what drives and watches it, are Linux's.
#[cfg(test)]
#[cfg(target_os = "linux")]
mod network;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod screen;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod window;
