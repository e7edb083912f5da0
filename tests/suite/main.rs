//! The integration tests, one binary: a module for each feature.

#[cfg(test)]
mod cli;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod shelf;
#[cfg(test)]
mod tidy;

// A virtual display and what drives it are Linux's.
#[cfg(test)]
#[cfg(target_os = "linux")]
mod screen;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod window;
