//! `offprint cite`: the real binary, its streams and its exit status.

use std::process::{Command, Stdio};

use offprint::model::{Reference, SeriesId, StoryId};
use serde_json::Value;

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/good");
/// The paragraphs of `new-quay`, as a reference counts them.
const SPEAKER: (&str, &str) = ("11", "“We have waited nine years for this.”");

/// The exit status, the results and the messages.
fn cite(args: &[&str]) -> (Option<i32>, String, String) {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .arg("cite")
        .args(args)
        .arg("--data-dir")
        .arg(data.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    (output.status.code(), out, err)
}

fn cited(args: &[&str]) -> String {
    let (status, out, err) = cite(args);
    assert_eq!((status, &*err), (Some(0), ""), "{out}");
    out
}

#[test]
fn a_story_is_cited_in_every_form() {
    let text = cited(&[GOOD, "new-quay"]);
    let begins = "Ana Lee and Jo Tan, “New quay opens on Saturday”, Harbour Post, The harbour office, 1 September 2025, https://harbour.example.org/quay (read ";
    assert!(text.starts_with(begins), "{text}");
    let reference = cited(&[GOOD, "new-quay", "--as", "reference"]);
    assert!(text.ends_with(&format!(", {reference}")), "{text}");

    let reference = Reference::parse(&reference).unwrap();
    assert_eq!(reference.series, SeriesId::new("org.example.good"));
    assert_eq!(reference.edition, "2025-09-01");
    assert_eq!(reference.story, StoryId::new("new-quay"));
    assert_eq!((reference.block, reference.digest.len()), (None, 64));

    let bibtex = cited(&[GOOD, "new-quay", "--as", "bibtex"]);
    assert!(bibtex.starts_with("@article{lee2025quay,\n"), "{bibtex}");
    assert!(bibtex.ends_with("\n}\n"), "{bibtex}");
    let csl: Value = serde_json::from_str(&cited(&[GOOD, "new-quay", "--as", "csl"])).unwrap();
    assert_eq!(csl[0]["type"], "article-newspaper");
    assert_eq!(
        csl[0]["issued"]["date-parts"],
        serde_json::json!([[2025, 9, 1]])
    );
    // It was read today, whenever that is.
    assert!(csl[0]["accessed"]["date-parts"][0][0].as_i64() > Some(2000));
}

#[test]
fn a_paragraph_is_cited_by_its_number() {
    let (number, words) = SPEAKER;
    let text = cited(&[GOOD, "new-quay", "--block", number]);
    // Quotation marks that the story has already are not doubled.
    assert!(text.starts_with(&format!("{words}\n— Ana Lee")), "{text}");
    let text = cited(&[GOOD, "new-quay", "--block", "3"]);
    assert!(text.starts_with("“Opens: Saturday”\n— "), "{text}");
    let reference = cited(&[GOOD, "new-quay", "--block", number, "--as", "reference"]);
    assert_eq!(Reference::parse(&reference).unwrap().block, Some(10));
}

#[test]
fn a_brief_has_no_digest_and_no_blocks() {
    let reference = cited(&[GOOD, "lost-cat", "--as", "reference"]);
    assert_eq!(reference, "offprint:org.example.good/2025-09-01/lost-cat\n");
    let (status, out, err) = cite(&[GOOD, "lost-cat", "--block", "1"]);
    assert_eq!((status, &*out), (Some(1), ""));
    assert!(err.contains("no body"), "{err}");
}

#[test]
fn what_is_not_there_is_said() {
    for (args, status, words) in [
        (&["new-quay", "--block", "999"][..], 1, "the last one is "),
        (&["new-quay", "--block", "0"], 2, "0 is not in 1.."),
        (
            &["new-quay", "--as", "mla"],
            2,
            "possible values: text, bibtex, csl, reference",
        ),
        (&["old-quay"], 1, "There is no story `old-quay`"),
    ] {
        let (found, out, err) = cite(&[&[GOOD], args].concat());
        assert_eq!((found, &*out), (Some(status), ""), "{args:?}");
        assert!(err.contains(words), "{args:?}: {err}");
    }
    let (status, _, err) = cite(&["/nowhere", "new-quay"]);
    assert_eq!(status, Some(2), "{err}");
}
