//! What the edition says of itself: its series, its number, its language, and who answers for it.

use super::dates::does_not_sort;
use super::findings::{Findings, shortened};
use super::language::Letters;
use crate::pack::lower::is_language;
use crate::pack::manifest::Pack;
use crate::pack::places::Spot;

/// Looks at the head of the manifest.
pub(super) fn look(pack: &Pack, findings: &mut Findings) {
    let mut tell = |code, field: &str, message: String| {
        findings.field(code, &Spot::default(), field, message);
    };
    let given = |text: &Option<String>| text.as_ref().is_some_and(|it| !it.trim().is_empty());
    let id = pack.id.as_deref().unwrap_or_default();
    if !is_reversed_domain(id) {
        tell(
            "P050",
            "id",
            format!(
                "Somebody else may choose the id “{}” as well: begin it with a domain name of yours, turned round, such as \"org.example.news\".",
                shortened(id)
            ),
        );
    }
    let edition = pack.edition.as_deref().unwrap_or_default();
    if does_not_sort(edition) {
        tell(
            "P051",
            "edition",
            format!(
                "The edition “{}” does not sort by time: write the year, the month and the day, such as \"2025-08-09\".",
                shortened(edition)
            ),
        );
    }
    match pack.language.as_deref().map(str::trim).unwrap_or_default() {
        "" => tell(
            "P017",
            "language",
            "The pack does not say its language: write for example `language: \"en\"`, or \"mul\" for several.".to_owned(),
        ),
        tag if !is_language(tag) => tell(
            "P018",
            "language",
            format!("“{}” is no language tag and counts as not given: write a tag such as \"en\" or \"es-MX\".", shortened(tag)),
        ),
        _ => {}
    }
    if !given(&pack.published) {
        tell(
            "P052",
            "published",
            "The pack does not say when it came out: write for example `published: \"2025-09-01\"`.".to_owned(),
        );
    }
    if !pack.publisher.as_ref().is_some_and(|it| given(&it.name)) {
        tell(
            "P052",
            "publisher",
            "The pack does not say who answers for it: write `publisher: Publisher(name: \"…\")`."
                .to_owned(),
        );
    }
    if !given(&pack.rights) {
        tell(
            "P052",
            "rights",
            "The pack does not say what may be done with it: write `rights: \"…\"`, a licence or a notice.".to_owned(),
        );
    }
}

/// Compares the language with the letters of the whole pack.
pub(super) fn compare_language(pack: &Pack, letters: &Letters, findings: &mut Findings) {
    let language = pack.language.as_deref().unwrap_or_default().trim();
    if letters.contradict(language) {
        findings.field(
            "P069",
            &Spot::default(),
            "language",
            format!("The text is hardly in the script of the language “{}”: correct `language`, or write \"mul\" for several languages.", shortened(language)),
        );
    }
}

/// Whether an id is built like `org.example.news`.
fn is_reversed_domain(id: &str) -> bool {
    let mut labels = id.split('.');
    let top = labels.next().unwrap_or_default();
    top.len() >= 2
        && top.bytes().all(|b| b.is_ascii_lowercase())
        && labels.clone().next().is_some()
        && labels.all(|label| !label.is_empty())
}
