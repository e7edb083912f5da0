//! Finds where a RON value and the blanks around it end, without recursion and without understanding the value.

use memchr::memchr2;

/// Why a text has no outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The byte where it shows.
    pub at: usize,
    /// What is wrong, to follow "line 3: ".
    pub what: &'static str,
}

fn fault<T>(at: usize, what: &'static str) -> Result<T, Fault> {
    Err(Fault { at, what })
}

/// The end of the blanks and comments at `at`.
pub(super) fn blanks_end(text: &str, mut at: usize) -> Result<usize, Fault> {
    loop {
        at = spaces_end(text.as_bytes(), at);
        match text.as_bytes().get(at) {
            None | Some(b'!'..=b'.' | b'0'..=b'~') => return Ok(at),
            Some(b'/') => match comment_end(text, at)? {
                Some(end) => at = end,
                None => return Ok(at),
            },
            Some(_) => match text[at..].chars().next() {
                Some(next) if is_blank(next) => at += next.len_utf8(),
                _ => return Ok(at),
            },
        }
    }
}

/// The end of the spaces and line breaks at `at`, which nearly every blank is: of a line's indentation, eight at a time.
fn spaces_end(bytes: &[u8], mut at: usize) -> usize {
    const EIGHT: &[u8] = b"        ";
    loop {
        match bytes.get(at) {
            Some(b' ') => at += 1,
            Some(b'\n') => {
                at += 1;
                while bytes.get(at..at + EIGHT.len()) == Some(EIGHT) {
                    at += EIGHT.len();
                }
            }
            _ => return at,
        }
    }
}

/// The end of the value at `at`: a word, a text, a pair of brackets and what is between them, or a name and its brackets.
pub(crate) fn value_end(text: &str, at: usize) -> Result<usize, Fault> {
    match text.as_bytes().get(at) {
        None | Some(b',' | b')' | b']' | b'}') => fault(at, "a value is missing"),
        Some(b'(' | b'[' | b'{') => group_end(text, at),
        Some(first) => {
            let mut end = word_end(text, at)?;
            if *first == b'"' && text.as_bytes().get(end) == Some(&b',') {
                // Nearly every value of a record.
                return Ok(end);
            }
            // A sign or a point parts no number.
            while text[end..].starts_with(|c: char| c.is_alphanumeric() || "+-._".contains(c)) {
                end = word_end(text, end)?;
            }
            let next = blanks_end(text, end)?;
            match text.as_bytes().get(next) {
                Some(b'(') => group_end(text, next),
                _ => Ok(end),
            }
        }
    }
}

/// The end of the pair of brackets that opens at `at`. What is between them is only looked at for brackets of its own.
fn group_end(text: &str, at: usize) -> Result<usize, Fault> {
    let mut open = Vec::new();
    let mut position = at;
    while let Some(&byte) = text.as_bytes().get(position) {
        match byte {
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b')' | b']' | b'}' => {
                if open.pop() != Some(byte) {
                    return fault(position, "a bracket closes what another opened");
                }
                if open.is_empty() {
                    return Ok(position + 1);
                }
            }
            // Nearly all of a file: these need no second look.
            b' ' | b'\n' => {
                position = spaces_end(text.as_bytes(), position);
                continue;
            }
            b',' | b':' => {}
            b'"' => {
                position = string_end(text, position)?;
                continue;
            }
            b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a' | b'c'..=b'q' | b's'..=b'z' => {
                position = name_end(text, position);
                continue;
            }
            _ => {
                let start = blanks_end(text, position)?;
                let is_blank = start > position;
                position = if is_blank {
                    start
                } else {
                    word_end(text, start)?
                };
                continue;
            }
        }
        position += 1;
    }
    fault(text.len(), "the text ends in the middle")
}

/// Which bytes are letters of names, as far as one tells by a byte.
static IN_NAMES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

/// The end of a name at `at`, which may be empty.
pub(super) fn name_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let start = at + usize::from(bytes[at..].starts_with(b"r#")) * 2;
    let mut plain = start;
    while bytes.get(plain).is_some_and(|b| IN_NAMES[usize::from(*b)]) {
        plain += 1;
    }
    // Nearly every name ends here.
    if bytes.get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    let rest = &text[plain..];
    let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    plain + length.unwrap_or(rest.len())
}

/// What RON takes for a blank, and the mark some editors put at the start of a file.
pub(crate) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\u{B}'
            | '\u{C}'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{FEFF}'
    )
}

/// The end of the comment at `at`, if there is one; a line comment ends before its line break.
fn comment_end(text: &str, at: usize) -> Result<Option<usize>, Fault> {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return Ok(Some(at + rest.find('\n').unwrap_or(rest.len())));
    }
    if !rest.starts_with("/*") {
        return Ok(None);
    }
    let mut depth = 0_usize;
    let mut position = at;
    while let Some(step) = text.as_bytes()[position..]
        .iter()
        .position(|b| matches!(b, b'/' | b'*'))
    {
        position += step;
        match text.as_bytes().get(position..position + 2) {
            Some(b"/*") => (depth += 1, position += 2).1,
            Some(b"*/") => (depth -= 1, position += 2).1,
            _ => position += 1,
        }
        if depth == 0 {
            return Ok(Some(position));
        }
    }
    fault(at, "a comment has no end")
}

/// The end of the quoted string whose first quotation mark is at `at`.
fn string_end(text: &str, at: usize) -> Result<usize, Fault> {
    let mut position = at + 1;
    while let Some(rest) = text.as_bytes().get(position..) {
        let Some(step) = memchr2(b'"', b'\\', rest) else {
            break;
        };
        position += step;
        if rest[step] == b'"' {
            return Ok(position + 1);
        }
        position += 2;
    }
    fault(at, "a text in quotation marks has no end")
}

/// The end of the raw string whose first `#` or quotation mark is at `at`.
fn raw_string_end(text: &str, at: usize) -> Result<usize, Fault> {
    let hashes = text[at..].bytes().take_while(|b| *b == b'#').count();
    let close = format!("\"{}", "#".repeat(hashes));
    let inside = at + hashes + 1;
    match text.get(inside..).and_then(|rest| rest.find(&close)) {
        Some(length) => Ok(inside + length + close.len()),
        None => fault(at, "a text in quotation marks has no end"),
    }
}

/// The end of the character in single quotation marks at `at`.
fn char_end(text: &str, at: usize) -> Result<usize, Fault> {
    const LONGEST: usize = 12; // '\u{10FFFF}'
    let mut marks = text[at..].char_indices().skip(1).take(LONGEST);
    while let Some((offset, c)) = marks.next() {
        match c {
            '\'' => return Ok(at + offset + 1),
            '\\' => drop(marks.next()),
            _ => {}
        }
    }
    fault(at, "a character in quotation marks has no end")
}

/// The end of the text, number, name or mark at `at`.
fn word_end(text: &str, at: usize) -> Result<usize, Fault> {
    match text.as_bytes().get(at) {
        Some(b'"') => return string_end(text, at),
        Some(b'\'') => return char_end(text, at),
        Some(b'b' | b'r') => {}
        Some(byte) if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'_' => {
            return Ok(at + 1);
        }
        _ => return Ok(other_end(text, at)),
    }
    let rest = &text[at..];
    let prefix = ["br", "r", "b"]
        .into_iter()
        .find(|prefix| rest.starts_with(prefix))
        .unwrap_or("");
    let after = at + prefix.len();
    match text.as_bytes().get(after) {
        Some(b'"') if prefix == "b" => return string_end(text, after),
        Some(b'\'') if prefix == "b" => return char_end(text, after),
        Some(b'"' | b'#') if prefix.ends_with('r') => {
            let hashes = text[after..].trim_start_matches('#');
            if hashes.starts_with('"') {
                return raw_string_end(text, after);
            }
        }
        _ => {}
    }
    Ok(other_end(text, at))
}

/// The end of the name at `at`, or of the one character.
fn other_end(text: &str, at: usize) -> usize {
    let end = name_end(text, at);
    if end > at {
        return end;
    }
    at + text[at..].chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_end_where_ron_ends_them() {
        let whole = [
            r#""a, (b] \" c""#,
            r##"r#"a " ), b"#"##,
            "r#type",
            r#"b"a\",b""#,
            "b'\\''",
            "','",
            "'\\u{1F600}'",
            "Name(a: 1, b: [2, 3], c: {4: \"}\"})",
            "-1.5e-3",
            "Some(/* ) /* nested ] */ */ 1)",
            "(1 // )\n)",
            "Größe(1)",
            "Name (1)",
            "[1 2, a: b]",
        ];
        for value in whole {
            for after in ["", ",", " , b", ")", "\n]", " // comment\n, 1"] {
                let text = format!("{value}{after}");
                assert_eq!(value_end(&text, 0), Ok(value.len()), "{text}");
            }
        }
        for broken in [
            "", "(", "(]", "\"a", "1 /*", "r#\"a\"", "'abc", "\"a\\", ")", ",",
        ] {
            assert!(value_end(broken, 0).is_err(), "{broken}");
        }
    }

    /// The end of a pair of brackets, told word by word.
    fn slow_group_end(text: &str, at: usize) -> Result<usize, Fault> {
        let mut open = Vec::new();
        let mut position = at;
        while let Some(&byte) = text.as_bytes().get(position) {
            match byte {
                b'(' => open.push(b')'),
                b'[' => open.push(b']'),
                b'{' => open.push(b'}'),
                b')' | b']' | b'}' => {
                    if open.pop() != Some(byte) {
                        return fault(position, "a bracket closes what another opened");
                    }
                    if open.is_empty() {
                        return Ok(position + 1);
                    }
                }
                _ => {
                    position = blanks_end(text, word_end(text, position)?)?;
                    continue;
                }
            }
            position = blanks_end(text, position + 1)?;
        }
        fault(text.len(), "the text ends in the middle")
    }

    proptest! {
        #[test]
        fn the_short_way_ends_where_the_long_one_does(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "(", ")", "[", "]", "{", "}", "\"", "'", "\\", "#", "r", "b", "br", "r#\"", "\"#", "a", "Some", "7", "_", "-",
                    ".", ",", ":", " ", "\n", "\n            ", "\t", "\r\n", "\u{85}", "\u{2028}", "\u{FEFF}", "ä", "字", "/", "//",
                    "/*", "*/", "\"a (\"", "'('", "r\"(\"", "(a: \"b\")",
                ]),
                0..24,
            ),
        ) {
            let text = format!("({}", parts.concat());
            prop_assert_eq!(group_end(&text, 0), slow_group_end(&text, 0), "{}", text);
        }
    }

    #[test]
    fn deep_brackets_do_not_exhaust_the_stack() {
        let text = "[".repeat(1_000_000);
        assert!(value_end(&text, 0).is_err());
        let text = text + &"]".repeat(1_000_000);
        assert_eq!(value_end(&text, 0), Ok(2_000_000));
    }
}
