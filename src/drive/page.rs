//! The page to start from: what is on the drive, how to start, and how to see that nothing of it is damaged. It needs nothing but itself.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;

use crate::model::{CopiedFile, in_groups, size};

/// What the page tells of.
pub(super) struct Sheet<'a> {
    /// The files that were copied, the packs first.
    pub files: &'a [CopiedFile],
    /// How many of them are packs.
    pub packs: usize,
    /// What the program is called, if it is there.
    pub program: Option<&'a str>,
    /// What is there from before: names and check numbers.
    pub earlier: &'a [(String, String)],
}

const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#fcfbf8;--text:#22201c;--soft:#6b665c;--rule:#ddd8cc}\
@media(prefers-color-scheme:dark){:root{--paper:#1b1a18;--text:#e8e4da;--soft:#a29c8f;--rule:#3a3731}}\
body{margin:0;background:var(--paper);color:var(--text);font:18px/1.55 Georgia,'Times New Roman',serif}\
main{max-width:40rem;margin:0 auto;padding:3.5rem 1.5rem 4rem}\
h1{font-size:2.3rem;line-height:1.15;letter-spacing:-.02em;margin:0 0 1rem}\
h2{font-size:1.25rem;margin:2.6rem 0 .7rem;padding-top:1.1rem;border-top:1px solid var(--rule)}\
p,ol,ul{margin:.6rem 0}\
li{margin:.45rem 0}\
small,.soft{color:var(--soft);font:14px/1.5 system-ui,sans-serif}\
code{font:14px/1.5 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}\
dt{margin-top:1rem}dd{margin:.1rem 0 0}\
a{color:inherit}";

/// The page as HTML.
pub(super) fn page(sheet: &Sheet<'_>) -> String {
    let (packs, rest) = sheet.files.split_at(sheet.packs.min(sheet.files.len()));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Start here</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Start here</h1>\n<p>{}</p>\n",
        opening(sheet)
    );
    out.push_str("<h2>How to read</h2>\n<ol>\n");
    for step in steps(sheet.program) {
        line(&mut out, &format!("<li>{step}</li>"));
    }
    out.push_str("</ol>\n<h2>What is on this drive</h2>\n<ul>\n");
    for file in packs {
        line(
            &mut out,
            &format!(
                "<li>{}<br><small>{}, {}</small></li>",
                escaped(&file.title),
                escaped(&file.name),
                size(file.bytes)
            ),
        );
    }
    for (name, _) in sheet.earlier {
        let about = if name.ends_with(".offprint") {
            "copied earlier"
        } else {
            "part of a program, copied earlier"
        };
        line(
            &mut out,
            &format!("<li>{}<br><small>{about}</small></li>", escaped(name)),
        );
    }
    out.push_str("</ul>\n");
    if sheet.program.is_some() {
        out.push_str("<h2>What you mark</h2>\n<p>Bookmarks, notes and the place in each story are kept in the folder <code>portable</code> on this drive, and go where it goes. Nothing is left on the computer. If the drive cannot be written to, Offprint says so once and offers to keep them on the computer.</p>\n");
    }
    out.push_str("<h2>Is everything as it was?</h2>\n<p>Each file was read back from the drive when it was copied. These are the check numbers (SHA-256) it had; the same are in <code>SHA256SUMS</code>. To compare them later, open a terminal in this folder.</p>\n<ul>\n<li>Linux: <code>sha256sum -c SHA256SUMS</code></li>\n<li>macOS: <code>shasum -a 256 -c SHA256SUMS</code></li>\n<li>Windows, file by file: <code>certutil -hashfile \"packs\\NAME.offprint\" SHA256</code></li>\n</ul>\n<dl>\n");
    let new = packs.iter().chain(rest).map(|it| (&it.name, &it.sha256));
    let earlier = sheet.earlier.iter().map(|(name, digits)| (name, digits));
    for (name, digits) in new.chain(earlier) {
        line(
            &mut out,
            &format!(
                "<dt class=\"soft\">{}</dt><dd><code>{}</code></dd>",
                escaped(name),
                in_groups(digits)
            ),
        );
    }
    out.push_str("</dl>\n</main>\n</body>\n</html>\n");
    out
}

fn opening(sheet: &Sheet<'_>) -> String {
    let editions = match sheet.packs {
        1 => "an edition".to_owned(),
        packs => format!("{packs} editions"),
    };
    match sheet.program {
        Some(_) => format!(
            "On this drive is {editions} to read, and Offprint, the program that shows {}. Nothing has to be installed, and no network is needed.",
            if sheet.packs == 1 { "it" } else { "them" }
        ),
        None => format!("On this drive is {editions} to read with Offprint. No network is needed."),
    }
}

/// What to do, for the system that the program is made for.
fn steps(program: Option<&str>) -> Vec<String> {
    let pack = "In the window, choose <em>Open a file…</em> (Ctrl+O), and a file in the folder <code>packs</code>.";
    let Some(program) = program else {
        return vec![
            "Start Offprint on this computer.".to_owned(),
            pack.to_owned(),
        ];
    };
    let name = escaped(program);
    let ending = Path::new(program).extension().and_then(OsStr::to_str);
    let (system, trouble) = if ending == Some("exe") {
        (
            "Windows",
            "Where Windows asks whether to run it, that is because it was not installed."
                .to_owned(),
        )
    } else if ending == Some("app") {
        (
            "macOS",
            "If macOS does not open it, press Control, click it and choose <em>Open</em>."
                .to_owned(),
        )
    } else {
        (
            "Linux",
            format!(
                "If nothing starts, the drive is mounted so that no program runs from it: copy <code>{name}</code> into your home folder, allow it to run (<code>chmod +x {name}</code>), and start it there."
            ),
        )
    };
    vec![
        format!("On {system}, start <code>{name}</code> with a double click. {trouble}"),
        pack.to_owned(),
        "On another system, start the Offprint of that system, and open the same files.".to_owned(),
    ]
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    _ = writeln!(out, "{text}");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, title: &str) -> CopiedFile {
        CopiedFile {
            name: name.to_owned(),
            title: title.to_owned(),
            bytes: 1_200_000,
            sha256: "0123456789abcdef".repeat(4),
        }
    }

    #[test]
    fn the_page_says_what_is_there_and_needs_nothing() {
        let files = [
            file("packs/a&b.offprint", "A <b> & “c”, 1"),
            file("offprint.exe", "Offprint, the program"),
        ];
        let earlier = [("packs/old.offprint".to_owned(), "f".repeat(64))];
        let html = page(&Sheet {
            files: &files,
            packs: 1,
            program: Some("offprint.exe"),
            earlier: &earlier,
        });
        for part in [
            "A &lt;b&gt; &amp; “c”, 1",
            "packs/a&amp;b.offprint, 1.2 MB",
            "On Windows, start <code>offprint.exe</code>",
            "0123 4567 89ab cdef 0123",
            "packs/old.offprint",
            "ffff ffff",
            "<code>portable</code>",
        ] {
            assert!(html.contains(part), "{part}:\n{html}");
        }
        // Nothing is fetched from anywhere.
        for part in ["http", "src=", "url(", "<script", "@import", "<b>"] {
            assert!(!html.contains(part), "{part}");
        }
    }

    #[test]
    fn each_system_is_told_how_to_start() {
        for (program, part) in [
            (Some("offprint"), "On Linux"),
            (
                Some("Offprint-x86_64.AppImage"),
                "chmod +x Offprint-x86_64.AppImage",
            ),
            (Some("Offprint.app"), "On macOS"),
            (None, "Start Offprint on this computer"),
        ] {
            let text = steps(program).join("\n");
            assert!(text.contains(part), "{text}");
        }
    }
}
