//! What the reader asks to have cited: the story on the page, or words in it.

/// Words of a story's body that are cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Which text of the body they begin in, counted from 0.
    pub block: usize,
    /// The words, on one line.
    pub words: String,
}

/// The most characters of a quotation in a citation.
const MOST: usize = 600;

impl Quoted {
    /// These words, blanks and line breaks made one blank each; what goes beyond a few hundred characters is left out.
    pub fn new(block: usize, words: &str) -> Self {
        let mut short = String::new();
        for (count, word) in words.split_whitespace().enumerate() {
            if short.chars().count() + word.chars().count() > MOST {
                if count == 0 {
                    short.extend(word.chars().take(MOST));
                }
                short.push_str(" …");
                break;
            }
            if count > 0 {
                short.push(' ');
            }
            short.push_str(word);
        }
        Self {
            block,
            words: short,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_one_line_of_a_bearable_length() {
        assert_eq!(Quoted::new(2, " One\n\ntwo\tthree ").words, "One two three");
        assert_eq!(Quoted::new(0, "").words, "");
        let long = Quoted::new(0, &"word ".repeat(10_000)).words;
        assert!(long.ends_with("word …"), "{long}");
        assert!(long.chars().count() <= MOST + 2, "{}", long.len());
        let solid = Quoted::new(0, &"語".repeat(10_000)).words;
        assert_eq!(solid.chars().count(), MOST + 2);
    }
}
