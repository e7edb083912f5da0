//! Rules about quotes, pull quotes, notes and the other callouts.

use super::{Group, Rule};
use crate::pack::problem::Severity::{Advice, Warning};

/// The rules of this group, in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "P060",
        severity: Advice,
        group: Group::Quotes,
        title: "Quote without a name",
        why: "A reader wants to know whose words they are. A dash other than `—` does not make a name of the last line.",
        remedy: "Put the name into the last line, behind `—` or `-- `.",
        example: "> “We have waited nine years for this.”\n> — Ana Lee, harbour master",
    },
    Rule {
        code: "P061",
        severity: Warning,
        group: Group::Quotes,
        title: "Pull quote that repeats nothing",
        why: "Search, the word count, speech and plain text leave pull quotes out, because they repeat the body. Words that stand only there are lost to all of them.",
        remedy: "Repeat the words exactly, with `…` for what is left out; or make it a quote.",
        example: "> [!PULLQUOTE]\n> waited nine years",
    },
    Rule {
        code: "P062",
        severity: Warning,
        group: Group::Quotes,
        title: "Unknown marker",
        why: "Only the five markers of the format make a callout, and only alone on the first line. Anything else is shown as it stands, in a quote.",
        remedy: "Write `[!PULLQUOTE]`, `[!NOTE]`, `[!CORRECTION]`, `[!UPDATE]` or `[!KEYFACTS]`, alone on its line.",
        example: "> [!NOTE]\n> The harbour office pays for this page.",
    },
    Rule {
        code: "P063",
        severity: Warning,
        group: Group::Quotes,
        title: "Callout without text",
        why: "There is nothing to show, so it is left out or is an empty box.",
        remedy: "Write the text below the marker, or remove it.",
        example: "",
    },
];
