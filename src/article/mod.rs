//! Text becomes typed blocks: CommonMark in, [`Body`] out, plain text and HTML out again.
//! Pure: it reads no file, draws nothing and knows nothing of packs.

mod block;

pub use block::{
    Align, Attribution, Block, Body, Figure, Link, Mark, NoteKind, Quote, Span, Text, Warning,
};
