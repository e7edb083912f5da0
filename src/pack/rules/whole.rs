//! Rules about the pack as a whole: whether there is anything to show.

use super::{Group, Rule};
use crate::pack::problem::Severity::Error;

/// The rules of this group, in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "P001",
        severity: Error,
        group: Group::Whole,
        title: "No manifest",
        why: "Without `pack.ron` there is no telling that this is a pack, and it does not open. One that lies a folder deeper is found by some readers only, and is reported as advice.",
        remedy: "Put `pack.ron` at the top of the pack.",
        example: "",
    },
    Rule {
        code: "P002",
        severity: Error,
        group: Group::Whole,
        title: "The manifest cannot be understood",
        why: "Nothing can be shown of a pack whose manifest does not parse, is too large, has a field twice or of the wrong type, or says no sound `format`, `id`, `edition` or `title`.",
        remedy: "Correct the place that is named; most often a comma, a bracket or a quotation mark is missing there.",
        example: "Pack(\n    format: 1,\n    id: \"org.example.village-news\",\n    edition: \"2025-09-01\",\n    title: \"Village News\",",
    },
    Rule {
        code: "P003",
        severity: Error,
        group: Group::Whole,
        title: "A newer format",
        why: "The pack is made for a newer reader, and an older one could show it wrongly.",
        remedy: "Get a newer Offprint.",
        example: "",
    },
    Rule {
        code: "P004",
        severity: Error,
        group: Group::Whole,
        title: "No story",
        why: "An edition without a single story has nothing to show.",
        remedy: "Add a story, or correct the problems that left the others out.",
        example: "",
    },
];
