//! Text as RON writes it, for people to read: every script as itself, only what would be invisible escaped.

use std::fmt::Write as _;

/// `text` in quotation marks.
///
/// `ron` itself would write the marks of Hindi or Arabic vowels as numbers.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let plain = |b: u8| (b' '..0x7F).contains(&b) && b != b'"' && b != b'\\';
    if text.bytes().all(plain) {
        quoted.push_str(text);
        quoted.push('"');
        return quoted;
    }
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || is_invisible(c) => {
                // Writing to a string cannot fail.
                _ = write!(quoted, "\\u{{{:x}}}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Line breaks of another name, and marks that turn the rest of a line around in an editor.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scripts_stay_readable() {
        assert_eq!(quote("हिन्दी “a”\n\"b\""), "\"हिन्दी “a”\\n\\\"b\\\"\"");
        assert_eq!(quote("a\u{0}\u{202e}"), "\"a\\u{0}\\u{202e}\"");
    }

    proptest! {
        #[test]
        fn ron_reads_what_we_quote(text in any::<String>()) {
            prop_assert_eq!(ron::from_str::<String>(&quote(&text)).unwrap(), text);
        }
    }
}
