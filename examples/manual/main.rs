//! Writes the manual pages and the completions of the command line into a folder: `cargo run --example manual -- FOLDER`.

mod pages;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use offprint::cli::{FAILED, Terminal};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return failed("Which folder do they go to? cargo run --example manual -- FOLDER");
    };
    match pages::write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!(
            "The manual could not be written to {}: {error}",
            folder.display()
        )),
    }
}

fn failed(sentence: &str) -> ExitCode {
    Terminal::new(&mut io::sink(), &mut io::stderr()).message(&sentence);
    ExitCode::from(FAILED)
}
