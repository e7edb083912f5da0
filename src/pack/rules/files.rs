//! Rules about the names of files, and about files that nothing names.

use super::{Group, Rule};
use crate::pack::problem::Severity::{Advice, Error, Warning};

/// The rules of this group, in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "P040",
        severity: Error,
        group: Group::Files,
        title: "Unsafe name",
        why: "A name that could lead out of the pack is never opened; what it names counts as missing.",
        remedy: "Name a file inside the pack, with `/` between the parts.",
        example: "body: \"texts/vote.md\",",
    },
    Rule {
        code: "P042",
        severity: Error,
        group: Group::Files,
        title: "Link out of the pack",
        why: "A symbolic link that leads out of the pack, or any in an archive, is not followed.",
        remedy: "Put the file itself into the pack.",
        example: "",
    },
    Rule {
        code: "P043",
        severity: Advice,
        group: Group::Files,
        title: "File that nothing uses",
        why: "Neither the manifest nor a body names it, so nobody sees it.",
        remedy: "Remove it, or name it where it should be shown. A body is found by itself only as `stories/<id>.md`.",
        example: "",
    },
    Rule {
        code: "P044",
        severity: Warning,
        group: Group::Files,
        title: "Names that differ only in capital letters or accents",
        why: "Many systems take them for one name: of two files only one arrives, and a name that is written otherwise than the file is found on some computers only.",
        remedy: "Write each name as the file has it, and use small letters throughout.",
        example: "",
    },
];
