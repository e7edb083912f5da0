//! Takes out of a picture what its camera and its editor wrote beside the pixels: the place, the owner, the software, previews.
//!
//! It changes no pixel. The colour profile stays, and so does the orientation, without which the picture would lie on its side.
//! Sources: JPEG, ITU-T T.81 annex B; PNG, W3C third edition; WebP, RFC 9649; Exif, CIPA DC-008.

use super::picture::{Kind, big, exif_orientation, little};

/// The picture without metadata; nothing if it cannot be followed to its end, or has none.
pub fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let kept = match Kind::of(bytes)? {
        Kind::Jpeg => jpeg(bytes)?,
        Kind::Png => png(bytes)?,
        Kind::WebP => webp(bytes)?,
    };
    (kept != bytes).then_some(kept)
}

/// Exif data that says nothing but the orientation.
fn exif_of(orientation: u32) -> Vec<u8> {
    let mut exif = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend((orientation as u16).to_be_bytes());
    exif.extend([0; 6]);
    exif
}

/// The orientation that Exif data asks for, unless the picture is upright anyhow.
fn turned(tiff: &[u8]) -> Option<u32> {
    exif_orientation(tiff).filter(|it| (2..=8).contains(it))
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    const EXIF: &[u8] = b"Exif\0\0";
    let mut kept = bytes.get(..2)?.to_vec();
    let mut orientation = None;
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // A filling byte.
            0xFF => at += 1,
            // The end; whatever follows is no part of the picture.
            0xD9 => {
                kept.extend([0xFF, 0xD9]);
                break;
            }
            0x01 | 0xD0..=0xD8 => {
                kept.extend([0xFF, marker]);
                at += 2;
            }
            _ => {
                let end = at + 2 + big(bytes, at + 2, 2)? as usize;
                let content = bytes.get(at + 4..end)?;
                let stays = match marker {
                    // Of the application's segments: JFIF, colour profiles, and how Adobe stores colour.
                    0xE0 | 0xEE => true,
                    0xE2 => content.starts_with(b"ICC_PROFILE\0"),
                    0xE1 => {
                        if let Some(tiff) = content.strip_prefix(EXIF) {
                            orientation = orientation.or(turned(tiff));
                        }
                        false
                    }
                    // The rest of them, and comments.
                    0xE3..=0xEF | 0xFE => false,
                    _ => true,
                };
                if stays {
                    kept.extend(bytes.get(at..end)?);
                }
                at = end;
                if marker == 0xDA {
                    let end = scan_end(bytes, at)?;
                    kept.extend(bytes.get(at..end)?);
                    at = end;
                }
            }
        }
    }
    if let Some(orientation) = orientation {
        let exif = exif_of(orientation);
        let mut segment = vec![0xFF, 0xE1];
        segment.extend(((2 + EXIF.len() + exif.len()) as u16).to_be_bytes());
        segment.extend(EXIF);
        segment.extend(exif);
        // JFIF wants to be first.
        let place = match kept.get(2..4)? {
            [0xFF, 0xE0] => 4 + big(&kept, 4, 2)? as usize,
            _ => 2,
        };
        kept.splice(place..place, segment);
    }
    Some(kept)
}

/// Where the compressed data that begin at `at` end: at a marker that is neither stuffing nor a restart.
fn scan_end(bytes: &[u8], at: usize) -> Option<usize> {
    let data = bytes.get(at..)?;
    let end = data.windows(2).position(
        |pair| matches!(pair, [0xFF, marker] if !matches!(marker, 0x00 | 0xFF | 0xD0..=0xD7)),
    )?;
    Some(at + end)
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const STAY: [&[u8; 4]; 13] = [
        b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD", b"sPLT",
        b"acTL", b"fcTL", b"fdAT",
    ];
    let mut kept = bytes.get(..8)?.to_vec();
    let mut orientation = None;
    let mut rest = bytes.get(8..)?;
    loop {
        let end = (big(rest, 0, 4)? as usize).checked_add(12)?;
        let chunk = rest.get(..end)?;
        let name: &[u8; 4] = chunk.get(4..8)?.try_into().ok()?;
        if name == b"eXIf" {
            orientation = orientation.or(turned(chunk.get(8..end - 4)?));
        }
        // A capital letter in the first place says that there is no picture without the chunk.
        if name.first()?.is_ascii_uppercase() || STAY.contains(&name) {
            if name == b"IDAT"
                && let Some(orientation) = orientation.take()
            {
                kept.extend(png_chunk(*b"eXIf", &exif_of(orientation)));
            }
            kept.extend(chunk);
        }
        if name == b"IEND" {
            return Some(kept);
        }
        rest = rest.get(end..)?;
    }
}

fn png_chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut chunk = (content.len() as u32).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(content);
    let sum = crc32fast::hash(chunk.get(4..).unwrap_or_default());
    chunk.extend(sum.to_be_bytes());
    chunk
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const STAY: [&[u8; 4]; 7] = [
        b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF",
    ];
    const HAS_EXIF: u8 = 0x08;
    const HAS_XMP: u8 = 0x04;
    let length = (little(bytes, 4, 4)? as usize).checked_add(8)?;
    let mut rest = bytes.get(12..length)?;
    let mut kept = Vec::new();
    let mut orientation = None;
    while !rest.is_empty() {
        let size = little(rest, 4, 4)? as usize;
        let end = size.checked_add(8)?;
        let chunk = rest.get(..end)?;
        let name: &[u8; 4] = chunk.get(..4)?.try_into().ok()?;
        if name == b"EXIF" {
            let exif = chunk.get(8..)?;
            orientation = turned(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
        }
        if STAY.contains(&name) {
            kept.extend(chunk);
            // Chunks begin at even places.
            kept.extend((size % 2 == 1).then_some(0));
        }
        rest = rest.get(end + size % 2..).unwrap_or_default();
    }
    if kept.starts_with(b"VP8X") {
        let flags = kept.get_mut(8)?;
        *flags &= !(HAS_EXIF | HAS_XMP);
        if let Some(orientation) = orientation {
            *flags |= HAS_EXIF;
            let exif = exif_of(orientation);
            kept.extend(b"EXIF");
            kept.extend((exif.len() as u32).to_le_bytes());
            kept.extend(exif);
        }
    }
    let mut whole = b"RIFF".to_vec();
    whole.extend((4 + kept.len() as u32).to_le_bytes());
    whole.extend(b"WEBP");
    whole.extend(kept);
    Some(whole)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader};
    use proptest::prelude::*;

    use super::*;
    use crate::pack::picture::PictureHeader;

    const SECRET: &[u8] = b"52.5163N 13.3777E";

    fn drawn(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::new_rgb8(37, 19);
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// Exif data that asks for a turn, with a secret behind it.
    fn exif(orientation: u32) -> Vec<u8> {
        [exif_of(orientation), SECRET.to_vec()].concat()
    }

    fn jpeg_with(orientation: u32) -> Vec<u8> {
        let mut bytes = drawn(ImageFormat::Jpeg);
        let segment = |marker: u8, content: &[u8]| {
            let length = (content.len() as u16 + 2).to_be_bytes();
            [&[0xFF, marker], length.as_slice(), content].concat()
        };
        let mut extra = segment(0xE1, &[b"Exif\0\0".to_vec(), exif(orientation)].concat());
        extra.extend(segment(0xED, SECRET));
        extra.extend(segment(0xFE, SECRET));
        bytes.splice(2..2, extra);
        bytes.extend(SECRET);
        bytes
    }

    fn png_with(orientation: u32) -> Vec<u8> {
        let mut bytes = drawn(ImageFormat::Png);
        let mut extra = png_chunk(*b"eXIf", &exif(orientation));
        extra.extend(png_chunk(*b"tEXt", SECRET));
        // Behind IHDR.
        bytes.splice(33..33, extra);
        bytes.extend(SECRET);
        bytes
    }

    fn webp_with(orientation: u32) -> Vec<u8> {
        let plain = drawn(ImageFormat::WebP);
        let chunk = |name: &[u8; 4], content: &[u8]| {
            let mut chunk = name.to_vec();
            chunk.extend((content.len() as u32).to_le_bytes());
            chunk.extend(content);
            chunk.extend((content.len() % 2 == 1).then_some(0));
            chunk
        };
        let mut content = b"WEBP".to_vec();
        content.extend(chunk(b"VP8X", &[0x0C, 0, 0, 0, 36, 0, 0, 18, 0, 0]));
        content.extend(&plain[12..]);
        content.extend(chunk(b"EXIF", &exif(orientation)));
        content.extend(chunk(b"XMP ", SECRET));
        [
            b"RIFF".to_vec(),
            (content.len() as u32).to_le_bytes().to_vec(),
            content,
        ]
        .concat()
    }

    fn holds_secret(bytes: &[u8]) -> bool {
        bytes.windows(SECRET.len()).any(|it| it == SECRET)
    }

    fn pixels(bytes: &[u8]) -> Vec<u8> {
        image::load_from_memory(bytes).unwrap().into_bytes()
    }

    #[test]
    fn nothing_is_left_but_the_picture_and_which_way_is_up() {
        for make in [jpeg_with, png_with, webp_with] {
            for orientation in [1, 6] {
                let full = make(orientation);
                assert!(holds_secret(&full));
                let kept = without_metadata(&full).unwrap();
                assert!(!holds_secret(&kept));
                assert!(kept.len() < full.len());
                assert_eq!(pixels(&kept), pixels(&full));
                assert_eq!(PictureHeader::read(&kept), PictureHeader::read(&full));
                let reader = ImageReader::new(Cursor::new(&kept)).with_guessed_format();
                let turned = reader
                    .unwrap()
                    .into_decoder()
                    .unwrap()
                    .orientation()
                    .unwrap();
                assert_eq!(u32::from(turned.to_exif()), orientation);
                // Once is enough.
                assert_eq!(without_metadata(&kept), None);
            }
        }
    }

    #[test]
    fn what_cannot_be_followed_is_left_alone() {
        for make in [jpeg_with, png_with, webp_with] {
            let full = make(6);
            assert_eq!(without_metadata(&full[..full.len() / 3]), None);
        }
        assert_eq!(without_metadata(b"GIF89a"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(kind in 0..3, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
            let mut bytes = [jpeg_with, png_with, webp_with][kind as usize](6);
            *at.get_mut(&mut bytes) = byte;
            bytes.truncate(cut.index(bytes.len() + 1));
            drop(without_metadata(&bytes));
        }
    }
}
