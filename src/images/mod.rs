//! Pictures: decoded off the screen's thread to the size they are shown at, kept in a bounded cache of textures.

mod cache;
mod crop;
mod decode;

pub use cache::{Decoded, Digest, PictureKey, Pictures, Shown, Wanted};
pub use crop::crop;
pub use decode::{DecodeError, MAX_PIXELS, decode};
