//! Whether the words of a link say where it leads.
//! It knows the words for “here” and “more” in a few languages, and nothing about good style.

/// Whether the words of a link leave open where it leads.
pub(super) fn says_nothing(words: &str, address: &str) -> bool {
    /// An address of this length is nothing to read.
    const LONG: usize = 60;
    let plain = |c: char| !c.is_alphanumeric();
    let bare = words.trim_matches(plain).to_lowercase();
    let tells_nothing = VAGUE.contains(&bare.as_str());
    bare.is_empty() || tells_nothing || (words == address && words.chars().count() > LONG)
}

/// Words that say that there is a link, and nothing else.
const VAGUE: [&str; 30] = [
    "here",
    "click here",
    "click",
    "link",
    "this link",
    "more",
    "read more",
    "read on",
    "aquí",
    "haga clic aquí",
    "enlace",
    "leer más",
    "ici",
    "cliquez ici",
    "lire la suite",
    "en savoir plus",
    "hier",
    "hier klicken",
    "klicken sie hier",
    "mehr",
    "weiterlesen",
    "aqui",
    "clique aqui",
    "qui",
    "clicca qui",
    "klik hier",
    "lees meer",
    "här",
    "здесь",
    "тут",
];

#[cfg(test)]
mod tests {
    use super::says_nothing;

    #[test]
    fn tells_words_that_lead_from_those_that_do_not() {
        let long = format!("https://example.org/{}", "a".repeat(60));
        for (words, address, expected) in [
            ("the plan of the quay", "https://example.org/plan", false),
            ("example.org", "https://example.org/", false),
            ("https://example.org/", "https://example.org/", false),
            ("hier", "story:a", true),
            ("Click here!", "story:a", true),
            ("“more”", "story:a", true),
            ("", "story:a", true),
            ("→", "story:a", true),
            (&long, &long, true),
        ] {
            assert_eq!(says_nothing(words, address), expected, "{words}");
        }
    }
}
