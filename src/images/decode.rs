//! A picture's bytes become pixels, no more of them than will be shown.
//! It reads no file and touches no screen: bytes in, pixels out, on a worker.

use std::io::Cursor;

use eframe::egui::ColorImage;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};

/// The most pixels a picture may have by its own account. Past that it is refused before a single one is decoded.
pub const MAX_PIXELS: u64 = 40_000_000;

/// The most bytes a picture may be unpacked to, and a decoder may take besides.
const MAX_BYTES: u64 = 4 * MAX_PIXELS;

/// Why a picture is not shown.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Its bytes are of no kind that is read here.
    #[error("it is not a JPEG, PNG or WebP picture")]
    Unknown,
    /// It claims too many pixels.
    #[error("it is {0} × {1} pixels, more than are shown")]
    TooLarge(u32, u32),
    /// Its bytes end early or make no sense.
    #[error("it is damaged: {0}")]
    Damaged(ImageError),
}

/// Decodes a picture and makes it at most `width` pixels wide, keeping its shape.
///
/// What the bytes are decides the format; the file's name has no say. An orientation stored in the picture is followed.
pub fn decode(bytes: &[u8], width: u32) -> Result<ColorImage, DecodeError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| DecodeError::Damaged(ImageError::IoError(error)))?;
    if reader.format().is_none() {
        return Err(DecodeError::Unknown);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        ImageError::Unsupported(_) => DecodeError::Unknown,
        error => DecodeError::Damaged(error),
    })?;
    let (w, h) = decoder.dimensions();
    if w == 0
        || h == 0
        || u64::from(w) * u64::from(h) > MAX_PIXELS
        || decoder.total_bytes() > MAX_BYTES
    {
        return Err(DecodeError::TooLarge(w, h));
    }
    let orientation = decoder.orientation().map_err(DecodeError::Damaged)?;
    let image = DynamicImage::from_decoder(decoder).map_err(DecodeError::Damaged)?;
    // Turned when it is small: a copy of the whole would take as much again.
    let mut image = shrunk(image, width.max(1), swaps_sides(orientation));
    image.apply_orientation(orientation);
    let rgba = image.into_rgba8();
    let size = [rgba.width() as usize, rgba.height() as usize];
    Ok(ColorImage::from_rgba_unmultiplied(size, rgba.as_raw()))
}

fn swaps_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// The picture at most `width` wide once it is turned, and no side longer than what any screen's driver takes.
fn shrunk(image: DynamicImage, width: u32, is_turned: bool) -> DynamicImage {
    let most = width.min(MAX_SIDE);
    let bounds = if is_turned {
        [MAX_SIDE, most]
    } else {
        [most, MAX_SIDE]
    };
    let sides = [image.width(), image.height()];
    // The side that has to give way the most decides for both.
    let excess = |n: usize| f64::from(sides[n]) / f64::from(bounds[n]);
    let by = excess(0).max(excess(1));
    if by <= 1.0 {
        return image;
    }
    let [across, along] = sides.map(|side| ((f64::from(side) / by).round() as u32).max(1));
    image.thumbnail_exact(across, along)
}

/// The longest side of a texture that every driver takes.
const MAX_SIDE: u32 = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn pictures_are_made_as_small_as_they_are_shown() {
        assert_eq!(decode(&png(400, 200), 100).unwrap().size, [100, 50]);
        assert_eq!(decode(&png(40, 20), 100).unwrap().size, [40, 20]);
        assert_eq!(decode(&png(4, 9000), 100).unwrap().size[1], 4096);
    }

    #[test]
    fn a_picture_that_lies_on_its_side_is_made_small_and_then_turned() {
        let upright = DynamicImage::new_rgb8(400, 200);
        let small = shrunk(upright, 100, true);
        assert_eq!((small.width(), small.height()), (200, 100));
    }

    #[test]
    fn bad_pictures_are_refused_in_a_sentence() {
        let whole = png(64, 64);
        assert!(matches!(
            decode(b"not a picture", 10),
            Err(DecodeError::Unknown)
        ));
        assert!(matches!(decode(b"", 10), Err(DecodeError::Unknown)));
        assert!(matches!(
            decode(&whole[..whole.len() / 2], 10),
            Err(DecodeError::Damaged(_))
        ));
        // The header alone says 30,000 × 30,000.
        let mut huge = whole;
        huge[16..20].copy_from_slice(&30_000u32.to_be_bytes());
        huge[20..24].copy_from_slice(&30_000u32.to_be_bytes());
        assert!(decode(&huge, 10).is_err());
    }
}
