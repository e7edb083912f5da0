//! The names things have across editions and years.

use std::fmt;
use std::sync::Arc;

/// What a pack is an edition of; stable for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SeriesId(Arc<str>);

/// A story's name inside its series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoryId(Arc<str>);

/// A highlight's name among those of its series; never used twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HighlightId(Arc<str>);

/// The most bytes an id may have.
pub const MAX_ID_BYTES: usize = 128;

/// Whether `id` follows the format: `[a-z0-9][a-z0-9._-]*`, at most [`MAX_ID_BYTES`] bytes.
pub fn is_valid_id(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    id.len() <= MAX_ID_BYTES
        && id.bytes().next().is_some_and(plain)
        && id.bytes().all(|b| plain(b) || b"._-".contains(&b))
}

macro_rules! id {
    ($name:ident) => {
        impl $name {
            /// Takes any text: a record of the reader's may name what no longer follows the format.
            pub fn new(id: impl AsRef<str>) -> Self {
                Self(Arc::from(id.as_ref()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
id!(SeriesId);
id!(StoryId);
id!(HighlightId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_grammar() {
        for good in ["a", "0", "org.example.world-desk", "a_b-c.d"] {
            assert!(is_valid_id(good), "{good}");
        }
        for bad in ["", "A", "-a", ".a", "a b", "ü", "a/b", &"a".repeat(129)] {
            assert!(!is_valid_id(bad), "{bad}");
        }
    }
}
