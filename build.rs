//! Writes the table of the packs that ship inside the program, the template of a new one among them.
//! It uses nothing but the standard library, and takes whatever files are there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The working list of whoever draws the pictures; no part of the pack.
const LEFT_OUT: &str = "PICTURES.md";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let mut table = String::new();
    for (constant, folder) in [
        ("WORLD_DESK", "world-desk"),
        ("GUIDE", "guide"),
        ("TEMPLATE", "template"),
    ] {
        let top = root.join("content").join(folder);
        println!("cargo::rerun-if-changed=content/{folder}");
        let mut names = Vec::new();
        walk(&top, "", &mut names)?;
        names.sort();
        let lines: String = names.iter().fold(String::new(), |mut lines, name| {
            let path = format!("/content/{folder}/{name}");
            _ = writeln!(
                lines,
                "        ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?})) as &[u8]),"
            );
            lines
        });
        _ = write!(
            table,
            "/// `content/{folder}`.\npub(super) static {constant}: Embedded = Embedded {{\n    files: &[\n{lines}    ],\n}};\n"
        );
    }
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("embedded.rs"), table)
}

/// Collects the files below `folder`, named with `/` on every system.
fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with('.') || name == LEFT_OUT {
            continue;
        }
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), names)?;
        } else if kind.is_file() {
            names.push(path);
        }
    }
    Ok(())
}
