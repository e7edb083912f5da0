//! Writes the table of the packs that ship inside the program, the template of a new one among them, and sees to what Windows and macOS
//! want inside a program. The table takes nothing but the standard library, and whatever files are there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
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
    fs::write(out.join("embedded.rs"), table)?;
    // What is missing of the rest is no reason to have no program: it is told, and a release looks for it (packaging/README.md).
    let told = match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("windows") => {
            if env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("msvc") {
                // The screen's thread has as much as on other systems, and not an eighth of it.
                println!("cargo::rustc-link-arg-bins=/STACK:8388608");
            }
            windows_resources()
        }
        Ok("macos") => macos_documents(&out),
        _ => Ok(()),
    };
    if let Err(error) = told {
        println!("cargo::warning={error}");
    }
    Ok(())
}

/// Gives the program its icon, its version and its manifest. Windows itself has what this takes.
#[cfg(windows)]
fn windows_resources() -> io::Result<()> {
    const PROGRAM: &str = "assets/icon/offprint.ico";
    // The second one: the installer names it for packs.
    const PACK: &str = "assets/icon/pack.ico";
    const MANIFEST: &str = "packaging/windows/offprint.manifest";
    for file in [PROGRAM, PACK, MANIFEST] {
        println!("cargo::rerun-if-changed={file}");
    }
    winresource::WindowsResource::new()
        .set_icon(PROGRAM)
        .set_icon_with_id(PACK, "2")
        .set_manifest_file(MANIFEST)
        .set("ProductName", "Offprint")
        .set("FileDescription", "Offprint")
        .set("OriginalFilename", "offprint.exe")
        .set("LegalCopyright", "MIT or Apache-2.0")
        .compile()
        .map_err(|error| {
            io::Error::other(format!("offprint.exe has no icon and no manifest: {error}"))
        })
}

#[cfg(not(windows))]
fn windows_resources() -> io::Result<()> {
    Err(io::Error::other(
        "offprint.exe has no icon and no manifest: they are put in where it is built on Windows",
    ))
}

/// Compiles and links what hears of the documents that the Finder opens.
fn macos_documents(out: &Path) -> io::Result<()> {
    const SOURCE: &str = "packaging/macos/documents.m";
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rerun-if-env-changed=MACOSX_DEPLOYMENT_TARGET");
    let arch = match env::var("CARGO_CFG_TARGET_ARCH")
        .map_err(io::Error::other)?
        .as_str()
    {
        "aarch64" => "arm64".to_owned(),
        other => other.to_owned(),
    };
    let object = out.join("documents.o");
    let compiled = Command::new("cc")
        .args([
            "-c",
            "-O2",
            "-fobjc-arc",
            "-mmacosx-version-min=11.0",
            "-arch",
            &arch,
            SOURCE,
            "-o",
        ])
        .arg(&object)
        .status();
    if !compiled
        .as_ref()
        .is_ok_and(std::process::ExitStatus::success)
    {
        return Err(io::Error::other(format!(
            "offprint does not hear of files that the Finder opens: {SOURCE} could not be compiled ({compiled:?})"
        )));
    }
    println!("cargo::rustc-link-arg-bins={}", object.display());
    println!("cargo::rustc-link-arg-bins=-Wl,-framework,AppKit");
    println!("cargo::rustc-link-arg-bins=-lobjc");
    Ok(())
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
