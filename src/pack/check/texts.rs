//! Characters that are not what they seem, in the manifest or a body: hidden ones, damaged ones, letters in two pieces.
//! It flags only what is certainly a mistake in every language; marks that Hebrew, Arabic or Hindi need are none.

use unicode_normalization::char::compose;

use super::findings::Findings;

/// The most problems of one kind in one file.
const MOST: usize = 10;

/// What is wrong with a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Hidden,
    Damaged,
    Apart,
}

impl Fault {
    fn code(self) -> &'static str {
        match self {
            Self::Hidden => "P067",
            Self::Damaged => "P068",
            Self::Apart => "P047",
        }
    }
}

/// Looks at every character of a file.
pub(super) fn look(file: &str, text: &str, findings: &mut Findings) {
    let mut found = [0; 3];
    scan(text, |at, fault, message| {
        if let Some(count) = found.get_mut(fault as usize) {
            *count += 1;
            if *count <= MOST {
                findings.at(fault.code(), file, at, message);
            }
        }
    });
}

/// Calls `tell` with the line and the column of each fault.
fn scan(text: &str, mut tell: impl FnMut((usize, usize), Fault, String)) {
    // Where the direction was turned in this paragraph and is not turned back yet.
    let mut turned = Vec::new();
    let left_turned = |turned: &mut Vec<_>, tell: &mut dyn FnMut(_, _, _)| {
        for (at, c) in turned.drain(..) {
            tell(
                at,
                Fault::Hidden,
                format!(
                    "The direction of writing is turned here and not turned back in this paragraph: delete the character, or end what it begins: {}",
                    point(c)
                ),
            );
        }
    };
    for (number, line) in text.split('\n').enumerate() {
        if line.trim().is_empty() {
            left_turned(&mut turned, &mut tell);
        }
        if !line.is_ascii()
            || line
                .bytes()
                .any(|b| b.is_ascii_control() && !b"\t\r".contains(&b))
        {
            scan_line(line, number + 1, &mut turned, &mut tell);
        }
    }
    left_turned(&mut turned, &mut tell);
}

fn scan_line(
    line: &str,
    number: usize,
    turned: &mut Vec<((usize, usize), char)>,
    tell: &mut dyn FnMut((usize, usize), Fault, String),
) {
    let mut tell = |column, fault, message| tell((number, column), fault, message);
    let mut before = None;
    let mut rest = line.chars();
    let mut column = 0;
    while let Some(c) = rest.next() {
        column += 1;
        let next = rest.clone().next();
        match c {
            '\u{202D}' | '\u{202E}' => tell(
                column,
                Fault::Hidden,
                format!("A hidden character forces the direction of writing here: delete it: {}", point(c)),
            ),
            '\u{202A}' | '\u{202B}' | '\u{2066}'..='\u{2068}' => {
                turned.push(((number, column), c));
            }
            '\u{202C}' | '\u{2069}' => {
                turned.pop();
            }
            '\t' | '\r' => {}
            c if c.is_control() => tell(
                column,
                Fault::Hidden,
                format!("A control character stands here, which nobody sees: delete it: {}", point(c)),
            ),
            '\u{FFFD}' => tell(
                column,
                Fault::Damaged,
                "“�” stands for a character that was lost when the text was converted: write it anew.".to_owned(),
            ),
            c if is_private(c) => tell(
                column,
                Fault::Damaged,
                format!("This character has no meaning outside one font or program: write another: {}", point(c)),
            ),
            c => {
                if let Some(garbled) = garbled(before, c, next, rest.clone().nth(1)) {
                    tell(
                        column,
                        Fault::Damaged,
                        format!("“{garbled}” looks like text that was read in the wrong encoding: convert the original to UTF-8 once more."),
                    );
                }
                if let Some(whole) = before.and_then(|base| in_two_pieces(base, c)) {
                    tell(
                        column - 1,
                        Fault::Apart,
                        format!("“{whole}” is written as a letter and an accent of its own: save the text in normal form C (NFC)."),
                    );
                }
            }
        }
        before = Some(c);
    }
}

fn point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Characters of private use, and those that are no characters.
fn is_private(c: char) -> bool {
    let number = u32::from(c);
    matches!(number, 0xE000..=0xF8FF | 0xF0000.. | 0xFDD0..=0xFDEF) || number & 0xFFFE == 0xFFFE
}

/// A letter and an accent for which there is one character.
fn in_two_pieces(base: char, mark: char) -> Option<char> {
    let is_mark = ('\u{300}'..='\u{36F}').contains(&mark);
    (is_mark && base < '\u{530}').then(|| compose(base, mark))?
}

/// The traces of UTF-8 that was read byte by byte, where no language writes so.
fn garbled(
    before: Option<char>,
    c: char,
    next: Option<char>,
    third: Option<char>,
) -> Option<String> {
    let next = next?;
    let sure = match c {
        'Ã' => is_second_byte(next),
        'â' => next == '€' && third.is_some(),
        // One such pair is a letter of Icelandic or Spanish before a sign; two are not.
        'Ð' | 'Ñ' => {
            is_second_byte(next)
                && matches!(third, Some('Ð' | 'Ñ'))
                && !before.is_some_and(is_second_byte)
        }
        _ => false,
    };
    sure.then(|| format!("{c}{next}"))
}

/// What a byte from 0x80 to 0xBF looks like in Windows-1252, but for what may follow a capital letter in good text.
fn is_second_byte(c: char) -> bool {
    "€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º¼½¾¿".contains(c)
}

#[cfg(test)]
mod tests {
    use super::scan;

    fn faults(text: &str) -> Vec<(usize, usize, &'static str)> {
        let mut found = Vec::new();
        scan(text, |(line, column), fault, _| {
            found.push((line, column, fault.code()));
        });
        found
    }

    #[test]
    fn finds_what_is_certainly_wrong() {
        for (line, expected) in [
            ("gpj.\u{202E}exe", &[(1, 5, "P067")][..]),
            ("a \u{2067}שלום", &[(1, 3, "P067")]),
            ("a \u{2067}b\n\nc\u{2069}", &[(1, 3, "P067")]),
            ("a\nb\u{0}b", &[(2, 2, "P067")]),
            ("a\u{0}b", &[(1, 2, "P067")]),
            ("caf\u{FFFD}", &[(1, 4, "P068")]),
            ("cafÃ© and itâ€™s", &[(1, 4, "P068"), (1, 13, "P068")]),
            ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", &[(1, 1, "P068")]),
            ("\u{F8FF}", &[(1, 1, "P068")]),
            ("cafe\u{301}", &[(1, 4, "P047")]),
        ] {
            assert_eq!(faults(line), expected, "{line}");
        }
    }

    #[test]
    fn leaves_good_text_alone() {
        for line in [
            "Êtes-vous là ? SÃO PAULO, IRMÃ» “IRMÔ 5 € and â",
            "a\tb\r",
            "שָׁלוֹם \u{200F}(כן)\u{200E} \u{2067}אב\u{2069}",
            "\u{2067}שלום\nעולם\u{2069}\n\nמחר",
            "العَرَبِيَّة مُدَّة",
            "हिन्दी क\u{93C}लम",
            "\u{1F469}\u{200D}\u{1F680} ☕\u{FE0F}",
            "Их бе\u{301}рег, а\u{301}",
            "Norður: Ð° er ekki",
        ] {
            assert_eq!(faults(line), [], "{line}");
        }
    }
}
