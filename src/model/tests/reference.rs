//! References: what is written is read again, and what is none says why.

use proptest::prelude::*;

use super::*;
use crate::model::reference::{MOST_BLOCKS, SCHEME};

const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn reference(series: &str, edition: &str, story: &str) -> Reference {
    Reference::of_story(&SeriesId::new(series), edition, &StoryId::new(story))
}

#[test]
fn writes_one_line_that_needs_no_escaping() {
    let story = reference("org.example.world-desk", "2025-08-09", "new_quay");
    let at = |block, digest: &str| Reference {
        block,
        digest: digest.to_owned(),
        ..story.clone()
    };
    let cases = [
        (
            story.clone(),
            "offprint:org.example.world-desk/2025-08-09/new_quay".to_owned(),
        ),
        (
            at(Some(0), ""),
            "offprint:org.example.world-desk/2025-08-09/new_quay?block=1".to_owned(),
        ),
        (
            at(Some(6), HEX),
            format!("offprint:org.example.world-desk/2025-08-09/new_quay?block=7&sha256={HEX}"),
        ),
        (
            at(None, HEX),
            format!("offprint:org.example.world-desk/2025-08-09/new_quay?sha256={HEX}"),
        ),
        (reference("a", "", "b"), "offprint:a//b".to_owned()),
        (
            reference("a", "été 2/3?", "b%c"),
            "offprint:a/%C3%A9t%C3%A9%202%2F3%3F/b%25c".to_owned(),
        ),
    ];
    for (reference, text) in cases {
        assert_eq!(reference.to_string(), text);
        assert_eq!(Reference::parse(&text), Ok(reference), "{text}");
    }
}

#[test]
fn is_kind_about_what_mail_and_people_put_around_it() {
    let whole = Reference {
        block: Some(2),
        digest: HEX.to_owned(),
        ..reference("a.b", "1", "c")
    };
    let upper = HEX.to_uppercase();
    let (first, last) = HEX.split_at(30);
    for text in [
        format!("  offprint:a.b/1/c?block=3&sha256={HEX}\r\n"),
        format!("<offprint:a.b/1/c?block=3&sha256={HEX}>"),
        format!("“offprint:a.b/1/c?block=3&sha256={HEX}”"),
        format!("< offprint:a.b/1/c?block=3\n  &sha256={first}\r\n{last} >"),
        format!("OffPrint:a.b/1/c?sha256={upper}&block=3"),
        format!("offprint:a%2Eb/%31/c?block=3&sha256={HEX}"),
        format!("offprint:a.b/1/c?quote=la%20la&block=3&x=&sha256={HEX}"),
        format!("\u{feff}offprint:a.b/1/c?block=3&sha256={HEX}\u{200b}"),
    ] {
        assert_eq!(Reference::parse(&text), Ok(whole.clone()), "{text}");
    }
    // What RFC 3986 allows in a part means itself.
    let odd = Reference::parse("offprint:a@b/x:y=(1)/c;d,e'f!g*h$i+j&k").unwrap();
    assert_eq!(odd, reference("a@b", "x:y=(1)", "c;d,e'f!g*h$i+j&k"));
}

#[test]
fn says_what_is_wrong_and_where() {
    use ReferenceError::{
        Block, Digest, Escape, Long, Parameter, Parts, Scheme, Series, Sign, Story, Twice, Utf8,
    };
    let short = format!("offprint:a/b/c?sha256={}", &HEX[1..]);
    let two = format!("offprint:a/b/c?sha256={HEX}&sha256={HEX}");
    let long = format!("offprint:a/b/{}", "c".repeat(MAX_REFERENCE_BYTES));
    let cases = [
        ("", Scheme),
        ("a/b/c", Scheme),
        ("offprint", Scheme),
        ("https://example.org/", Scheme),
        (&*long, Long),
        ("offprint:", Series(10)),
        ("offprint:?block=1", Series(10)),
        (" offprint:/b/c", Series(11)),
        ("offprint://a/b/c", Series(10)),
        ("offprint:a", Story(11)),
        ("offprint:a/b", Story(13)),
        ("offprint:a/b/?block=1", Story(14)),
        ("offprint:a/b/c/d", Parts(16)),
        ("offprint:a/b/c/", Parts(16)),
        ("offprint:a/b/c d", Sign { at: 15, sign: ' ' }),
        ("offprint:a/ü/c", Sign { at: 12, sign: 'ü' }),
        ("offprint:a/b/c#d", Sign { at: 15, sign: '#' }),
        ("offprint:a/b/c?block=1#d", Sign { at: 23, sign: '#' }),
        ("offprint:a/b/c?block=1 2", Sign { at: 23, sign: ' ' }),
        ("offprint:a/b%2/c", Escape(13)),
        ("offprint:a/b%zz/c", Escape(13)),
        ("offprint:a/%E4/c", Utf8(12)),
        ("offprint:a/b/c?", Parameter(16)),
        ("offprint:a/b/c?block", Parameter(16)),
        ("offprint:a/b/c?=1", Parameter(16)),
        ("offprint:a/b/c?block=1&", Parameter(24)),
        ("offprint:a/b/c?block=", Block(16)),
        ("offprint:a/b/c?block=0", Block(16)),
        ("offprint:a/b/c?block=01", Block(16)),
        ("offprint:a/b/c?block=+1", Block(16)),
        ("offprint:a/b/c?block=%31", Block(16)),
        ("offprint:a/b/c?block=1000000000", Block(16)),
        ("offprint:a/b/c?block=99999999999999999999999", Block(16)),
        (&*short, Digest(16)),
        (
            "offprint:a/b/c?block=1&block=1",
            Twice {
                at: 24,
                name: "block",
            },
        ),
        (
            &*two,
            Twice {
                at: 88,
                name: "sha256",
            },
        ),
    ];
    for (text, error) in cases {
        assert_eq!(Reference::parse(text), Err(error), "{text}");
    }
    let error = Reference::parse("offprint:a/ü/c").unwrap_err();
    let sentence = "“ü” at character 12 cannot stand in a reference; it is written %C3%BC";
    assert_eq!(error.to_string(), sentence);
    let error = Reference::parse("offprint:a/b\u{202e}/c").unwrap_err();
    assert!(error.to_string().starts_with("“\\u{202e}” at"), "{error}");
}

fn any_reference() -> impl Strategy<Value = Reference> {
    let part = "\\PC{1,40}|[a-z0-9][a-z0-9._-]{0,60}|[/?#%&=: ]{1,9}|(?s).{1,20}";
    let digest = prop_oneof![Just(String::new()), "[0-9a-f]{64}"];
    let block = proptest::option::of(0..MOST_BLOCKS);
    let edition = prop_oneof![Just(String::new()), part];
    (part, edition, part, block, digest).prop_map(|(series, edition, story, block, digest)| {
        Reference {
            block,
            digest,
            ..reference(&series, &edition, &story)
        }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(reference in any_reference(), wrap in "[ \\n<\"]{0,3}", cut in 0_usize..200) {
        let text = reference.to_string();
        prop_assert!(text.bytes().all(|b| b.is_ascii_graphic()));
        prop_assert_eq!(Reference::parse(&text), Ok(reference.clone()));
        let (before, after) = text.split_at(cut.min(text.len()));
        let broken = format!("{wrap}{before}\r\n {after}{wrap}");
        let broken = if cut < SCHEME.len() { format!("{wrap}{text}{wrap}") } else { broken };
        prop_assert_eq!(Reference::parse(&broken), Ok(reference));
    }

    #[test]
    fn anything_is_read_or_refused(text in "(offprint:)?(?s).{0,80}") {
        if let Ok(reference) = Reference::parse(&text) {
            prop_assert_eq!(Reference::parse(&reference.to_string()), Ok(reference));
        }
    }
}
