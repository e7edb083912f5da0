//! Comparing texts that were made to make it slow: the work is bounded, whatever they are.

use std::time::{Duration, Instant};

use offprint::article::{compare, parse};

#[test]
fn hostile_texts_are_compared_in_no_time() {
    const BYTES: usize = 2 << 20;
    let long = |make: &dyn Fn(usize) -> String| {
        let mut text = String::new();
        let mut nth = 0;
        while text.len() < BYTES {
            text.push_str(&make(nth));
            nth += 1;
        }
        text
    };
    let cases: [(&str, String, String); 6] = [
        (
            "paragraphs of one letter",
            long(&|n| format!("{}\n\n", ["a", "b", "c"][n * 7 % 3])),
            long(&|n| format!("{}\n\n", ["b", "c", "a", "a"][n * 5 % 4])),
        ),
        (
            "one endless paragraph",
            long(&|n| format!("a{} ", n % 11)),
            long(&|n| format!("a{} ", n * n % 13)),
        ),
        (
            "one paragraph of few words, short enough to be looked at",
            "ab ba a ".repeat(60_000),
            "ba a ab b ".repeat(50_000),
        ),
        (
            "every paragraph a little other",
            long(&|n| format!("Number {n} {}\n\n", "of the words ".repeat(40))),
            long(&|n| format!("Number {n} {}\n\n", "of these words ".repeat(40))),
        ),
        (
            "turned round",
            long(&|n| format!("{n} words\n\n")),
            long(&|n| format!("{} words\n\n", 200_000 - n)),
        ),
        (
            "everything gone",
            long(&|n| format!("{n} a b c\n\n")),
            "Nothing.".to_owned(),
        ),
    ];
    for (what, old, new) in cases {
        let (old, new) = (parse(&old), parse(&new));
        let start = Instant::now();
        let changes = compare(&old, &new);
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{what}: {:?}",
            start.elapsed()
        );
        assert!(!changes.is_empty());
    }
}
