//! Lines made of parts: section and date, byline and minutes.

/// The parts that say something, with `between` in between.
///
/// Where a part reads from right to left each is isolated (Unicode Standard Annex #9, FSI and PDI), so that a date beside an
/// Arabic name keeps its own order.
pub fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if !parts.iter().any(|part| part.chars().any(is_rtl)) {
        return parts.join(between);
    }
    let isolated: Vec<String> = parts
        .iter()
        .map(|part| format!("\u{2068}{part}\u{2069}"))
        .collect();
    let joined = isolated.join(between);
    // What is isolated does not tell the line its direction; a mark in front does.
    match parts
        .first()
        .and_then(|part| part.chars().find(|c| c.is_alphabetic()))
    {
        Some(first) if is_rtl(first) => format!("\u{200f}{joined}"),
        _ => joined,
    }
}

/// Whether a character is of a script that runs from right to left.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn parts_keep_their_own_direction() {
        assert_eq!(joined(["a", "", "b"], " · "), "a · b");
        assert_eq!(
            joined(["ليلى", "1 min"], " · "),
            "\u{200f}\u{2068}ليلى\u{2069} · \u{2068}1 min\u{2069}"
        );
    }
}
