//! Text becomes typed blocks: CommonMark in, [`Body`] out, plain text and HTML out again; two bodies are compared, and passages
//! found again in a corrected one.
//! Pure: it reads no file, draws nothing and knows nothing of packs.

mod alt;
mod block;
mod callout;
mod compare;
mod html;
mod inline;
mod lines;
mod link;
mod lint;
mod markdown;
mod passage;
mod plain;
mod texts;
mod vague;

pub use alt::{DullAlt, fault as alt_fault};
pub use block::{
    Align, Attribution, Block, Body, Figure, Link, Mark, NoteKind, Quote, Span, Text, Warning,
};
pub use compare::{Change, Edit, Kind, Passage, Run, compare, shortened};
pub use html::escape;
pub use lint::{Finding, Oddity};
pub use markdown::{Reference, Target, parse, parse_with_findings, parse_with_references};
pub use passage::{Anchor, Patience, Prose, Spot, Stretch};

#[cfg(test)]
mod tests;
