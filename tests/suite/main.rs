//! The integration tests, one binary: a module for each feature.

#[cfg(test)]
mod cli;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod shelf;
#[cfg(test)]
mod tidy;
