//! How two words are the same to a reader who is looking for one: without case and without accents.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// `text` in lower case, decomposed, without combining marks, with plain quotation marks and dashes.
///
/// Compatibility decomposition (Unicode Standard Annex #15, NFKD), so `ﬁ` is found by `fi`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends what [`fold`] gives to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '‘' | '’' | 'ʼ' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‐' | '‑' | '–' | '—' => out.push('-'),
            'ı' => out.push('i'),
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' => out.push('d'),
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ς' => out.push('σ'),
            _ => out.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_ignores_case_accents_and_typography() {
        for (text, folded) in [
            ("México", "mexico"),
            ("ŁÓDŹ", "lodz"),
            ("İstanbul", "istanbul"),
            ("Ærø’s ﬁsh — “soup”", "aero's fish - \"soup\""),
            ("Straße", "strasse"),
            ("ÅNGSTRÖM", "angstrom"),
            ("Ἀθῆναι", "αθηναι"),
            ("東京", "東京"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
