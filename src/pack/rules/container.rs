//! Rules about the single file: the archive around the pack.

use super::{Group, Rule};
use crate::pack::problem::Severity::{self, Advice, Error, Warning};

/// The rules of this group, in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    rule(
        "P041",
        Error,
        "Damaged archive",
        "What is no ZIP archive, or one whose directory is damaged, does not open. Of an entry that is damaged, encrypted or compressed by another method, a sentence or the description stands in its place.",
        "Copy or download the file again, mend it with `offprint repair`, or make it again.",
    ),
    rule(
        "P070",
        Advice,
        "Type not at the beginning",
        "The first entry is named `mimetype` and holds the type of the file, so that other programs know a pack without opening it. Without it, half a file cannot be read either.",
        "Make the file with `offprint build`.",
    ),
    rule(
        "P071",
        Error,
        "Directory lost",
        "The list of what is in the file stands at its end. Where it is damaged or cut off, a reader shows what it can still find.",
        "Copy or download the file again, or mend it with `offprint repair`.",
    ),
    rule(
        "P072",
        Warning,
        "Two parts with one name",
        "A reader takes the one that is listed last; other programs may take the other.",
        "Make the pack again with one of them.",
    ),
    rule(
        "P073",
        Error,
        "Part that contradicts itself",
        "The archive says one thing of the part at its beginning and another at the end, or two parts lie in the same place. Such files are made to show different things to different programs, or to unpack to more than a disk holds, and the part is not opened.",
        "Make the pack again, or ask whoever made it.",
    ),
    rule(
        "P074",
        Warning,
        "Something behind the end",
        "What follows the end of the archive is not read. It may be the rest of a file that was there before, or something hidden.",
        "Copy the file again, or make it again.",
    ),
    rule(
        "P076",
        Error,
        "Part that was changed",
        "The part can be read, but it is not what was packed: its SHA-256 is another than the one in `META/parts.ron`.",
        "Copy or download the file again, or mend it with `offprint repair`; after a change of your own, build the pack again.",
    ),
    rule(
        "P077",
        Error,
        "Part that is gone",
        "`META/parts.ron` lists it, and it is not there.",
        "Copy or download the file again, or mend it with `offprint repair`.",
    ),
    rule(
        "P078",
        Advice,
        "Part that was added",
        "`META/parts.ron` does not list it, so nobody would notice damage to it.",
        "Add it to the folder and build the pack again.",
    ),
    rule(
        "P079",
        Warning,
        "List of parts cannot be read",
        "`META/parts.ron` is there and makes no sense, so damage to the parts goes unnoticed.",
        "Make the pack again.",
    ),
];

const fn rule(
    code: &'static str,
    severity: Severity,
    title: &'static str,
    why: &'static str,
    remedy: &'static str,
) -> Rule {
    Rule {
        code,
        severity,
        group: Group::Container,
        title,
        why,
        remedy,
        example: "",
    }
}
