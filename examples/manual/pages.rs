//! A manual page for each command, and completions for three shells, in the folders that a system has for them below `share`.
//! Everything comes from the definition of the command line; nothing depends on the machine or the day.

use std::fs;
use std::io;
use std::path::Path;

use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use offprint::cli;

/// Writes all of them below `share`.
pub fn write(share: &Path) -> io::Result<()> {
    let mut command = cli::definition();
    command.build();
    let folder = share.join("man/man1");
    fs::create_dir_all(&folder)?;
    write_pages(&command, &folder)?;
    for (shell, place) in [
        (Shell::Bash, "bash-completion/completions/offprint"),
        (Shell::Zsh, "zsh/site-functions/_offprint"),
        (Shell::Fish, "fish/vendor_completions.d/offprint.fish"),
    ] {
        let place = share.join(place);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut cli::definition(), "offprint", &mut text);
        fs::write(place, text)?;
    }
    Ok(())
}

/// The page of a command and those of the commands below it.
fn write_pages(command: &clap::Command, folder: &Path) -> io::Result<()> {
    let page = Man::new(command.clone())
        .source(concat!("Offprint ", env!("CARGO_PKG_VERSION")))
        .manual("Offprint");
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut text)?;
    }
    let more = command.get_after_long_help().or(command.get_after_help());
    if let Some(more) = more {
        sections(&more.to_string()).to_writer(&mut text)?;
    }
    fs::write(folder.join(page.get_filename()), text)?;
    for below in command.get_subcommands() {
        write_pages(below, folder)?;
    }
    Ok(())
}

/// What `--help` says at its end: a line that ends in a colon before indented ones is the heading of a section.
fn sections(text: &str) -> Roff {
    let mut page = Roff::new();
    let mut headed = false;
    for paragraph in text.split("\n\n") {
        let (first, rest) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        let heading = first
            .strip_suffix(':')
            .filter(|_| rest.starts_with(' ') && !first.starts_with(' '));
        let lines = match heading {
            Some(heading) => {
                page.control("SH", [heading.to_uppercase().as_str()]);
                rest
            }
            None if headed => {
                page.control("PP", []);
                paragraph
            }
            None => {
                page.control("SH", ["NOTES"]);
                paragraph
            }
        };
        headed = true;
        page.control("nf", []);
        for line in lines.lines() {
            let line = if heading.is_some() {
                line.strip_prefix("  ").unwrap_or(line)
            } else {
                line
            };
            page.text([roman(line)]);
        }
        page.control("fi", []);
    }
    page
}
