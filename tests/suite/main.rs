//! The integration tests, one binary: a module for each feature.

mod packs;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod shelf;
