//! The real program under blows: killed at any moment, beside another of its kind, on a disk that fails. `OFFPRINT_TORTURE=full`
//! tries more of it, and what needs root and strace; `./dev torture` sees to both.

mod desk;
mod kill;
// strace and mounts are Linux's.
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod stick;
mod together;

use std::env;

/// Whether everything is to be tried, and not only what takes some seconds.
fn full() -> bool {
    env::var_os("OFFPRINT_TORTURE").is_some_and(|it| it == "full")
}

/// How much is to be tried.
fn size(small: usize, large: usize) -> usize {
    if full() { large } else { small }
}

/// Prints a figure; `./dev torture` shows it.
fn figure(what: &str) {
    println!("torture: {what}");
}

/// Numbers that look like chance and are the same every time: xorshift, after Marsaglia, “Xorshift RNGs” (2003).
struct Chance(u64);

impl Chance {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}
