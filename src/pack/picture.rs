//! What a picture's first bytes say: its type, and its size as it is shown.
//! It never decodes a pixel.

use super::limits::{COSTLY_PICTURE_PIXELS, PICTURE_PIXELS};
use super::name::Name;

/// The types of picture that a pack may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
}

impl Kind {
    /// The type that the first bytes tell.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::WebP),
            _ => None,
        }
    }

    /// How people call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
        }
    }

    /// Whether a file of this type may have that name.
    pub fn suits(self, name: &Name) -> bool {
        let extension = name.extension();
        let extension = extension.as_deref().unwrap_or_default();
        match self {
            Self::Jpeg => matches!(extension, "jpg" | "jpeg"),
            Self::Png => extension == "png",
            Self::WebP => extension == "webp",
        }
    }
}

/// What a picture says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureHeader {
    /// Its type.
    pub kind: Kind,
    /// Its width in pixels as it is shown, that is, turned as its Exif data asks.
    pub width: u32,
    /// Its height in pixels as it is shown.
    pub height: u32,
    /// Whether its pixels take twice the memory of others while it is unpacked.
    pub is_costly: bool,
}

impl PictureHeader {
    /// Reads the header from the start of a file; `None` where it is not there or makes no sense.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let kind = Kind::of(bytes)?;
        let (width, height, is_costly) = match kind {
            Kind::Png => png_size(bytes)?,
            Kind::Jpeg => jpeg_size(bytes)?,
            Kind::WebP => {
                let (width, height) = webp_size(bytes)?;
                (width, height, false)
            }
        };
        (width > 0 && height > 0).then_some(Self {
            kind,
            width,
            height,
            is_costly,
        })
    }

    /// Whether it may be unpacked.
    pub fn fits(&self) -> bool {
        let most = if self.is_costly {
            COSTLY_PICTURE_PIXELS
        } else {
            PICTURE_PIXELS
        };
        self.pixels() <= most
    }

    /// The number of pixels.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// Width, height, and whether there are sixteen bits a channel.
fn png_size(bytes: &[u8]) -> Option<(u32, u32, bool)> {
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    let depth = bytes.get(24).copied().unwrap_or(8);
    Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?, depth > 8))
}

/// The chunks that are there to their last byte.
pub(super) fn png_chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = big(rest, 0, 4)? as usize;
        let name = rest.get(4..8)?.try_into().ok()?;
        let content = rest.get(8..8_usize.checked_add(length)?)?;
        rest = rest.get(length.checked_add(12)?..)?;
        Some((name, content))
    })
}

/// The segments before the picture itself, that are there to their last byte.
pub(super) fn jpeg_segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            if *bytes.get(at)? != 0xFF {
                return None;
            }
            match *bytes.get(at + 1)? {
                0xFF => at += 1,
                0x01 | 0xD0..=0xD8 => at += 2,
                0xD9 | 0xDA => return None,
                marker => {
                    let length = big(bytes, at + 2, 2)? as usize;
                    let content = bytes.get(at + 4..at + 2 + length)?;
                    at += 2 + length;
                    return Some((marker, content));
                }
            }
        }
    })
}

/// Width, height, and whether the picture comes in several passes.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32, bool)> {
    let mut turned = false;
    for (marker, content) in jpeg_segments(bytes) {
        match marker {
            // Tables, among the starts of frame.
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF => {
                let (height, width) = (big(content, 1, 2)?, big(content, 3, 2)?);
                let in_passes = marker & 3 == 2;
                return Some(if turned {
                    (height, width, in_passes)
                } else {
                    (width, height, in_passes)
                });
            }
            0xE1 => turned |= content.strip_prefix(b"Exif\0\0").is_some_and(is_turned),
            _ => {}
        }
    }
    None
}

fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => {
            (bytes.get(23..26)? == [0x9D, 0x01, 0x2A]).then_some(())?;
            Some((
                little(bytes, 26, 2)? & 0x3FFF,
                little(bytes, 28, 2)? & 0x3FFF,
            ))
        }
        b"VP8L" => {
            (*bytes.get(20)? == 0x2F).then_some(())?;
            let sizes = little(bytes, 21, 4)?;
            Some(((sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1))
        }
        b"VP8X" => {
            let (width, height) = (little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1);
            let has_exif = *bytes.get(20)? & 0x08 != 0;
            let turned = has_exif
                && webp_chunk(bytes, *b"EXIF")
                    .is_some_and(|exif| is_turned(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)));
            Some(if turned {
                (height, width)
            } else {
                (width, height)
            })
        }
        _ => None,
    }
}

pub(super) fn webp_chunk(bytes: &[u8], wanted: [u8; 4]) -> Option<&[u8]> {
    let mut rest = bytes.get(12..)?;
    loop {
        let length = little(rest, 4, 4)? as usize;
        if rest.get(..4)? == wanted {
            return rest.get(8..8_usize.checked_add(length)?);
        }
        // Chunks begin at even places.
        rest = rest.get(8_usize.checked_add(length)?.checked_add(length & 1)?..)?;
    }
}

/// Whether Exif data asks to turn the picture by a quarter: orientations 5 to 8.
fn is_turned(tiff: &[u8]) -> bool {
    exif_orientation(tiff).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// The orientation that Exif data asks for.
pub(super) fn exif_orientation(tiff: &[u8]) -> Option<u32> {
    let number = match tiff.get(..2)? {
        b"II" => little,
        b"MM" => big,
        _ => return None,
    };
    let table = number(tiff, 4, 4)? as usize;
    let count = number(tiff, table, 2)? as usize;
    (0..count).find_map(|entry| {
        let at = table.checked_add(2)?.checked_add(entry * 12)?;
        (number(tiff, at, 2)? == 0x0112).then(|| number(tiff, at + 8, 2))?
    })
}

/// A number of at most four bytes, most significant first.
pub(super) fn big(bytes: &[u8], at: usize, width: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(
        bytes
            .iter()
            .fold(0, |sum, &byte| sum << 8 | u32::from(byte)),
    )
}

/// A number of at most four bytes, least significant first.
pub(super) fn little(bytes: &[u8], at: usize, width: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |sum, &byte| sum << 8 | u32::from(byte)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat};
    use proptest::prelude::*;
    use std::io::Cursor;

    fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::new_rgb8(width, height);
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn reads_what_the_encoders_write() {
        for (format, kind) in [
            (ImageFormat::Jpeg, Kind::Jpeg),
            (ImageFormat::Png, Kind::Png),
            (ImageFormat::WebP, Kind::WebP),
        ] {
            let bytes = drawn(37, 19, format);
            let expected = PictureHeader {
                kind,
                width: 37,
                height: 19,
                is_costly: false,
            };
            assert_eq!(PictureHeader::read(&bytes), Some(expected));
        }
    }

    #[test]
    fn turns_as_exif_asks() {
        let plain = drawn(37, 19, ImageFormat::Jpeg);
        let mut exif =
            b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        let mut turned = plain[..2].to_vec();
        turned.extend([0xFF, 0xE1, 0, exif.len() as u8 + 2]);
        turned.append(&mut exif);
        turned.extend(&plain[2..]);
        let header = PictureHeader::read(&turned).unwrap();
        assert_eq!((header.width, header.height), (19, 37));
    }

    #[test]
    fn refuses_other_things() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"<svg/>",
            b"\xFF\xD8\xFF",
            b"\x89PNG\r\n\x1A\n",
            b"RIFF\0\0\0\0WEBP",
        ] {
            assert_eq!(PictureHeader::read(bytes), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in 0..4) {
            let start: &[u8] = match kind {
                0 => b"\xFF\xD8\xFF\xE1\0\x40Exif\0\0II\x2A\0\x08\0\0\0",
                1 => b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR",
                2 => b"RIFF\x10\0\0\0WEBPVP8X",
                _ => b"RIFF\x10\0\0\0WEBPVP8 ",
            };
            bytes.splice(0..0, start.iter().copied());
            PictureHeader::read(&bytes);
        }
    }
}
