//! argv → command line or window. A table of contents, nothing else.

fn main() {}
