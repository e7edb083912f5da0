//! A body of any text becomes blocks, plain text and HTML; every mark lies on letters, and nothing of a page gets out of its text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::article;

fuzz_target!(|text: &str| {
    let (mut body, references) = article::parse_with_references(text);
    let lines = text.split('\n').count();
    assert!(references.iter().all(|it| (1..=lines).contains(&it.line)));
    assert!(
        body.warnings
            .iter()
            .all(|it| (1..=lines).contains(&it.line))
    );
    body.each_text_mut(|text| {
        let mut end = 0;
        for span in &text.spans {
            assert!(span.range.start >= end && span.range.start < span.range.end);
            assert!(text.plain.get(span.range.clone()).is_some());
            end = span.range.end;
        }
    });
    let html = body.html();
    assert!(!html.to_ascii_lowercase().contains("<script"));
    let _ = (body.plain(), body.words(), body.minutes());
});
