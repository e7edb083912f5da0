//! The rules that packs are checked by: what each code means, how much it weighs, why, and what to do. Data only.
//! Codes keep their meaning for ever. `content/RULES.md` is written from this table.

mod bodies;
mod container;
mod files;
mod imprint;
mod pictures;
mod quotes;
mod stories;
mod texts;
mod whole;

use super::problem::Severity;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Whether there is a pack at all.
    Whole,
    /// What the edition says of itself.
    Imprint,
    /// Sections, stories and what the manifest says of them.
    Stories,
    /// The text of a story.
    Bodies,
    /// Quotes, pull quotes, notes and the like.
    Quotes,
    /// Characters that are not what they seem.
    Texts,
    /// Pictures.
    Pictures,
    /// Names and files.
    Files,
    /// The single file.
    Container,
}

impl Group {
    /// The group’s name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Whole => "The pack as a whole",
            Self::Imprint => "Identity, dates and language",
            Self::Stories => "Sections and stories",
            Self::Bodies => "Bodies and links",
            Self::Quotes => "Quotes and callouts",
            Self::Texts => "Characters",
            Self::Pictures => "Pictures",
            Self::Files => "Names and files",
            Self::Container => "The single file",
        }
    }
}

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its code, such as `P020`.
    pub code: &'static str,
    /// How much a problem of this kind weighs, unless the circumstances are special.
    pub severity: Severity,
    /// What it is about.
    pub group: Group,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// How it is written right, or empty.
    pub example: &'static str,
}

/// Every rule, in the order of the groups.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        whole::RULES,
        imprint::RULES,
        stories::RULES,
        bodies::RULES,
        quotes::RULES,
        texts::RULES,
        pictures::RULES,
        files::RULES,
        container::RULES,
    ];
    groups.into_iter().flatten()
}

/// The rule of a code, in capital or small letters.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code.eq_ignore_ascii_case(code))
}
