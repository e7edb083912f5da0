//! Rules about characters that are not what they seem.

use super::{Group, Rule};
use crate::pack::problem::Severity::{Advice, Warning};

/// The rules of this group, in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "P047",
        severity: Advice,
        group: Group::Texts,
        title: "Letters in two pieces",
        why: "A letter and its accent stand as two characters where there is one for both. They look alike, but some programs do not find them.",
        remedy: "Save the text in normal form C (NFC); most editors have a command for it.",
        example: "",
    },
    Rule {
        code: "P067",
        severity: Warning,
        group: Group::Texts,
        title: "Hidden characters",
        why: "Control characters, and those that turn the direction of writing without turning it back, make a line read as something else.",
        remedy: "Delete them; a reader finds the direction by itself.",
        example: "",
    },
    Rule {
        code: "P068",
        severity: Warning,
        group: Group::Texts,
        title: "Damaged characters",
        why: "“�”, “Ã©” and “â€™” are what remains of text that was read in the wrong encoding, and characters of private use are drawn by no other font.",
        remedy: "Write the characters anew, or convert the original text to UTF-8 once more.",
        example: "",
    },
];
