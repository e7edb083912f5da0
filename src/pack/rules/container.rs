//! Rules about the single file: the archive around the pack.

use super::{Group, Rule};
use crate::pack::problem::Severity::Error;

/// The rules of this group, in the order of their codes.
pub(super) const RULES: &[Rule] = &[Rule {
    code: "P041",
    severity: Error,
    group: Group::Container,
    title: "Damaged archive",
    why: "What is no ZIP archive, or one whose directory is damaged, does not open. Of an entry that is damaged, encrypted or compressed by another method, a sentence or the description stands in its place.",
    remedy: "Make or copy the file again.",
    example: "",
}];
