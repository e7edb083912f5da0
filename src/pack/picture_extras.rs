//! What a picture's file holds besides one picture: its end, further frames, and the place where it was taken.
//! It never decodes a pixel, and takes a part of the file for the whole only where that is enough.

use super::ends::Ends;
use super::picture::{Kind, big, jpeg_segments, little, png_chunks, webp_chunk};

/// Whether the end of the picture is there; `None` if that cannot be told from the ends of its file.
pub(super) fn is_whole(kind: Kind, ends: &Ends) -> Option<bool> {
    let whole = ends.whole();
    let end = whole.unwrap_or(&ends.end);
    let found = match kind {
        Kind::Png => end
            .windows(12)
            .rev()
            .any(|last| last.starts_with(b"\0\0\0\0IEND")),
        // Cameras put other things behind the end, so it is looked for, not expected at the last byte.
        Kind::Jpeg => {
            let scan = jpeg_scan(&ends.start).filter(|_| whole.is_some());
            let scan = end.get(scan.unwrap_or(0)..).unwrap_or_default();
            scan.windows(2).rev().any(|pair| pair == [0xFF, 0xD9])
        }
        Kind::WebP => {
            let stated = little(&ends.start, 4, 4).map_or(u64::MAX, u64::from);
            return Some(stated.saturating_add(8) <= ends.length);
        }
    };
    (found || whole.is_some()).then_some(found)
}

/// Whether there is more than one frame.
pub(super) fn is_animated(kind: Kind, start: &[u8]) -> bool {
    match kind {
        Kind::Jpeg => false,
        Kind::Png => png_chunks(start).any(|(name, content)| {
            // A single frame is no animation.
            name == *b"acTL" && big(content, 0, 4).is_some_and(|frames| frames > 1)
        }),
        Kind::WebP => {
            start.get(12..16) == Some(b"VP8X") && start.get(20).is_some_and(|it| it & 0x02 != 0)
        }
    }
}

/// Whether Exif or XMP data that may tell a place begins beyond the start of the file.
pub(super) fn has_late_data(kind: Kind, start: &[u8]) -> bool {
    kind == Kind::WebP
        && start.get(12..16) == Some(b"VP8X")
        && start.get(20).is_some_and(|it| it & 0x0C != 0)
}

/// Whether the file says where the picture was taken.
pub(super) fn has_location(kind: Kind, bytes: &[u8]) -> bool {
    let exif = |data: &[u8]| tells_position(data.strip_prefix(b"Exif\0\0").unwrap_or(data));
    match kind {
        Kind::Jpeg => jpeg_segments(bytes).any(|(marker, content)| {
            marker == 0xE1
                && match content.strip_prefix(b"Exif\0\0") {
                    Some(tiff) => tells_position(tiff),
                    None => names_position(content),
                }
        }),
        Kind::Png => png_chunks(bytes).any(|(name, content)| match &name {
            b"eXIf" => exif(content),
            b"iTXt" => names_position(content),
            _ => false,
        }),
        Kind::WebP => {
            webp_chunk(bytes, *b"EXIF").is_some_and(exif)
                || webp_chunk(bytes, *b"XMP ").is_some_and(names_position)
        }
    }
}

/// Where the scan of a JPEG begins: an end before it is that of a preview.
fn jpeg_scan(bytes: &[u8]) -> Option<usize> {
    let before: usize = jpeg_segments(bytes).map(|(_, it)| it.len() + 4).sum();
    (before > 0).then_some(before + 2)
}

/// Whether Exif data has a latitude.
fn tells_position(tiff: &[u8]) -> bool {
    const PLACE: u32 = 0x8825;
    const LATITUDE: u32 = 0x0002;
    let number = match tiff.get(..2) {
        Some(b"II") => little,
        Some(b"MM") => big,
        _ => return false,
    };
    // An entry of a directory: what it is called, its type, how many values, and where they are.
    let find = |table: u32, wanted: u32| {
        let table = table as usize;
        let count = number(tiff, table, 2)? as usize;
        (0..count).find_map(|entry| {
            let at = table.checked_add(2 + entry * 12)?;
            let name = number(tiff, at, 2)?;
            let (values, place) = (number(tiff, at + 4, 4)?, number(tiff, at + 8, 4)?);
            (name == wanted && values > 0).then_some(place)
        })
    };
    number(tiff, 4, 4)
        .and_then(|first| find(first, PLACE))
        .and_then(|place| find(place, LATITUDE))
        .is_some()
}

/// Whether XMP data has a latitude.
fn names_position(xmp: &[u8]) -> bool {
    const NAME: &[u8] = b"GPSLatitude";
    xmp.windows(NAME.len()).any(|it| it == NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat};
    use proptest::prelude::*;
    use std::io::Cursor;

    fn drawn(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::new_rgb8(37, 19);
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn small(bytes: &[u8]) -> Ends {
        Ends {
            start: bytes.to_vec(),
            end: Vec::new(),
            length: bytes.len() as u64,
        }
    }

    /// Exif data with a latitude, or with an empty table of places.
    fn exif(values: u8) -> Vec<u8> {
        let mut tiff = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
        tiff.extend(b"\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0");
        tiff.extend(b"\0\x01\0\x02\0\x05\0\0\0");
        tiff.push(values);
        tiff.extend([0; 8]);
        tiff
    }

    fn with_exif(values: u8) -> Vec<u8> {
        let (plain, exif) = (drawn(ImageFormat::Jpeg), exif(values));
        let mut bytes = plain[..2].to_vec();
        bytes.extend([0xFF, 0xE1, 0, exif.len() as u8 + 2]);
        bytes.extend(exif);
        bytes.extend(&plain[2..]);
        bytes
    }

    #[test]
    fn knows_a_picture_that_is_cut_off() {
        for (format, kind) in [
            (ImageFormat::Jpeg, Kind::Jpeg),
            (ImageFormat::Png, Kind::Png),
            (ImageFormat::WebP, Kind::WebP),
        ] {
            let bytes = drawn(format);
            assert_eq!(is_whole(kind, &small(&bytes)), Some(true));
            for length in [bytes.len() - 3, bytes.len() / 2] {
                let cut = small(&bytes[..length]);
                assert_eq!(is_whole(kind, &cut), Some(false), "{kind:?}");
            }
        }
        // The end of a preview is not the end of the picture.
        let mut preview = drawn(ImageFormat::Jpeg);
        preview.splice(2..2, *b"\xFF\xE1\0\x06ab\xFF\xD9");
        assert_eq!(is_whole(Kind::Jpeg, &small(&preview)), Some(true));
        let cut = small(&preview[..preview.len() - 3]);
        assert_eq!(is_whole(Kind::Jpeg, &cut), Some(false));
        // Where the end lies before what was read, nobody knows.
        let ends = Ends {
            start: drawn(ImageFormat::Jpeg),
            end: vec![0; 100],
            length: 1 << 20,
        };
        assert_eq!(is_whole(Kind::Jpeg, &ends), None);
    }

    #[test]
    fn finds_the_place_where_a_picture_was_taken() {
        assert!(has_location(Kind::Jpeg, &with_exif(3)));
        assert!(!has_location(Kind::Jpeg, &with_exif(0)));
        assert!(!has_location(Kind::Jpeg, &drawn(ImageFormat::Jpeg)));
        let mut xmp = drawn(ImageFormat::Jpeg);
        xmp.splice(2..2, *b"\xFF\xE1\0\x15exif:GPSLatitude=\"1\"");
        assert!(has_location(Kind::Jpeg, &xmp));
        let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x08\0\0\0\0\0\0\0\0\0EXIF".to_vec();
        webp.extend((exif(3).len() as u32).to_le_bytes());
        webp.extend(exif(3));
        assert!(has_late_data(Kind::WebP, &webp));
        assert!(has_location(Kind::WebP, &webp));
    }

    #[test]
    fn knows_an_animation() {
        let plain = drawn(ImageFormat::Png);
        assert!(!is_animated(Kind::Png, &plain));
        let mut moving = plain[..33].to_vec();
        moving.extend(b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0");
        moving.extend(&plain[33..]);
        assert!(is_animated(Kind::Png, &moving));
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0";
        assert!(is_animated(Kind::WebP, webp));
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in 0..4) {
            let start: &[u8] = match kind {
                0 => b"\xFF\xD8\xFF\xE1\0\x40Exif\0\0II\x2A\0\x08\0\0\0\x01\0\x25\x88",
                1 => b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR",
                2 => b"RIFF\x10\0\0\0WEBPVP8X\x0A\0\0\0\x0C",
                _ => b"MM\0\x2A\0\0\0\x08\0\x01\x88\x25",
            };
            bytes.splice(0..0, start.iter().copied());
            for kind in [Kind::Jpeg, Kind::Png, Kind::WebP] {
                is_whole(kind, &small(&bytes));
                is_animated(kind, &bytes);
                has_location(kind, &bytes);
            }
            tells_position(&bytes);
        }
    }
}
