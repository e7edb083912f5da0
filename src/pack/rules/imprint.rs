//! Rules about what the edition says of itself: its names, dates, language and rights.

use super::{Group, Rule};
use crate::pack::problem::Severity::{Advice, Warning};

/// The rules of this group, in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "P010",
        severity: Warning,
        group: Group::Imprint,
        title: "Unknown field",
        why: "A field that the format does not know is ignored, so what it says is not shown. Most often it is a known one with a slip in its name.",
        remedy: "Correct its spelling, or leave it out.",
        example: "",
    },
    Rule {
        code: "P013",
        severity: Warning,
        group: Group::Imprint,
        title: "Unreadable date",
        why: "A date that cannot be read is not shown, and the story cannot be put in its order by it.",
        remedy: "Write a day, or a moment with its offset.",
        example: "published: \"2025-08-09\",\nupdated: \"2025-08-09T06:00:00Z\",",
    },
    Rule {
        code: "P017",
        severity: Advice,
        group: Group::Imprint,
        title: "No language",
        why: "The language decides where words may be broken, how they are read aloud and in which direction the page runs. Without it a reader has to guess.",
        remedy: "Say it in `language`; `mul` stands for several.",
        example: "language: \"en-GB\",",
    },
    Rule {
        code: "P018",
        severity: Warning,
        group: Group::Imprint,
        title: "The language is no language tag",
        why: "What has not the form of a BCP 47 tag counts as not given.",
        remedy: "Write the short tag of the language, such as `en`, `es-MX` or `ar`, not its name.",
        example: "language: \"pt-BR\",",
    },
    Rule {
        code: "P050",
        severity: Advice,
        group: Group::Imprint,
        title: "The series could be somebody else’s",
        why: "The `id` is how readers’ bookmarks know their paper for ever. One that is not built on a name of your own may be chosen by somebody else as well.",
        remedy: "Start it with a domain name of yours, turned round. A series that has been handed out keeps the id it has.",
        example: "id: \"org.example.village-news\",",
    },
    Rule {
        code: "P051",
        severity: Warning,
        group: Group::Imprint,
        title: "The edition does not sort",
        why: "Editions of a series are put in order by comparing this text. A date that is not written year first sorts wrongly.",
        remedy: "Write the year, the month and the day, in four, two and two digits; or a number with leading zeros.",
        example: "edition: \"2025-08-09\",",
    },
    Rule {
        code: "P052",
        severity: Advice,
        group: Group::Imprint,
        title: "The imprint is not complete",
        why: "Years later, a pack is all there is to tell when it came out, who answers for it and what may be done with it.",
        remedy: "Give `published`, `publisher` and `rights`.",
        example: "published: \"2025-09-01\",\npublisher: Publisher(name: \"The parish office\"),\nrights: \"CC BY 4.0\",",
    },
    Rule {
        code: "P069",
        severity: Warning,
        group: Group::Imprint,
        title: "The language is not that of the text",
        why: "A page that is announced in one language and written in another is read aloud wrongly, and may run in the wrong direction.",
        remedy: "Correct `language`, or write `mul` where the pack is in several languages.",
        example: "language: \"ar\",",
    },
];
