//! Makes pictures smaller for the small size class. The name stays, since bodies and manifest stay.

use std::error::Error;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::error::DecodingError;
use image::imageops::FilterType as Sampling;
use image::{
    DynamicImage, GrayImage, ImageDecoder as _, ImageEncoder as _, ImageError, ImageFormat,
    ImageReader, ImageResult, Limits, RgbImage,
};
use jpeg_decoder::PixelFormat;

use super::picture::{Kind, PictureHeader};

/// The longest side of a picture in the small class, in pixels.
pub const SMALL_SIDE: u32 = 480;

/// Enough at this size for no edge to show.
const JPEG_QUALITY: u8 = 82;
/// The most bytes a decoder may take.
const MAX_BYTES: u64 = 512 << 20;
/// A colour profile that is larger than the picture does not come along.
const LARGEST_PROFILE: usize = 16 << 10;

/// The picture at [`SMALL_SIDE`]; nothing if it is that small already. Upright, and without metadata.
pub(super) fn shrunk(bytes: &[u8]) -> ImageResult<Option<Vec<u8>>> {
    let Some(header) = PictureHeader::read(bytes) else {
        return Ok(None);
    };
    if header.width.max(header.height) <= SMALL_SIDE || !header.fits() {
        return Ok(None);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let profile = decoder.icc_profile()?;
    let mut picture = match header.kind {
        Kind::Jpeg => unpacked(bytes)?,
        Kind::Png | Kind::WebP => DynamicImage::from_decoder(decoder)?,
    };
    // Much of the way at once, and the last step with care: as good as from the full size, and many times faster.
    if picture.width().max(picture.height()) > 4 * SMALL_SIDE {
        picture = picture.thumbnail(2 * SMALL_SIDE, 2 * SMALL_SIDE);
    }
    picture = picture.resize(SMALL_SIDE, SMALL_SIDE, Sampling::CatmullRom);
    picture.apply_orientation(orientation);
    encoded(picture, header.kind, profile).map(Some)
}

/// The pixels of a JPEG, by arithmetic that is the same on every processor. The decoder the window uses computes with what the
/// processor offers, and a pixel that differs by one would make another file of the same folder.
fn unpacked(bytes: &[u8]) -> ImageResult<DynamicImage> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(MAX_BYTES as usize);
    let pixels = decoder.decode().map_err(undecodable)?;
    let info = decoder.info().ok_or_else(|| undecodable("no header"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    let picture = match info.pixel_format {
        PixelFormat::L8 => GrayImage::from_raw(width, height, pixels).map(Into::into),
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, pixels).map(Into::into),
        PixelFormat::CMYK32 => {
            RgbImage::from_raw(width, height, on_screen(&pixels)).map(Into::into)
        }
        PixelFormat::L16 => return Err(undecodable("16 bits a pixel without loss")),
    };
    picture.ok_or_else(|| undecodable("it ends in the middle"))
}

/// Red, green and blue of the four inks of a press. The decoder gives how much of each is on the paper.
fn on_screen(inks: &[u8]) -> Vec<u8> {
    let mix =
        |ink: u8, black: u8| (u16::from(u8::MAX - ink) * u16::from(u8::MAX - black) / 255) as u8;
    let pixels = inks.as_chunks::<4>().0.iter();
    pixels
        .flat_map(|&[c, m, y, k]| [mix(c, k), mix(m, k), mix(y, k)])
        .collect()
}

fn undecodable(why: impl Into<Box<dyn Error + Send + Sync>>) -> ImageError {
    ImageError::Decoding(DecodingError::new(ImageFormat::Jpeg.into(), why))
}

/// In its own format, or as JPEG where that is smaller: averaged pixels pack badly without loss, no free encoder makes lossy WebP,
/// and readers go by the bytes.
fn encoded(picture: DynamicImage, kind: Kind, profile: Option<Vec<u8>>) -> ImageResult<Vec<u8>> {
    let is_opaque =
        !picture.color().has_alpha() || picture.to_rgba8().pixels().all(|it| it.0[3] == u8::MAX);
    let profile = profile.filter(|it| it.len() <= LARGEST_PROFILE);
    let mut own = Vec::new();
    match kind {
        Kind::Jpeg => {}
        Kind::Png => {
            let mut encoder =
                PngEncoder::new_with_quality(&mut own, CompressionType::Best, FilterType::Adaptive);
            keep(profile.clone(), |it| encoder.set_icc_profile(it));
            picture.write_with_encoder(encoder)?;
        }
        Kind::WebP => {
            let mut encoder = WebPEncoder::new_lossless(&mut own);
            keep(profile.clone(), |it| encoder.set_icc_profile(it));
            DynamicImage::from(picture.to_rgba8()).write_with_encoder(encoder)?;
        }
    }
    if !is_opaque && kind != Kind::Jpeg {
        return Ok(own);
    }
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY);
    keep(profile, |it| encoder.set_icc_profile(it));
    let plain = match picture {
        DynamicImage::ImageLuma8(_) => picture,
        other => other.into_rgb8().into(),
    };
    plain.write_with_encoder(encoder)?;
    let is_smaller = own.is_empty() || jpeg.len() < own.len();
    Ok(if is_smaller { jpeg } else { own })
}

/// A colour profile goes along where the format takes it.
fn keep<E>(profile: Option<Vec<u8>>, set: impl FnOnce(Vec<u8>) -> Result<(), E>) {
    if let Some(profile) = profile
        && set(profile).is_err()
    {
        log::debug!("a colour profile could not be kept");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x * y % 251) as u8, (x / 3) as u8, (y / 2) as u8])
        });
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn large_pictures_become_small_and_small_ones_stay() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let large = drawn(1280, 720, format);
            let small = shrunk(&large).unwrap().unwrap();
            let header = PictureHeader::read(&small).unwrap();
            assert_eq!((header.width, header.height), (480, 270));
            assert!(small.len() < large.len());
            assert_eq!(shrunk(&small).unwrap(), None);
            assert_eq!(shrunk(&large).unwrap().unwrap(), small);
        }
        assert_eq!(shrunk(&drawn(480, 400, ImageFormat::Png)).unwrap(), None);
        assert_eq!(shrunk(b"no picture").unwrap(), None);
        let cut = drawn(900, 900, ImageFormat::Png);
        assert!(shrunk(&cut[..cut.len() / 2]).is_err());
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let mut bytes = Cursor::new(Vec::new());
        let glass = DynamicImage::new_rgba8(600, 600);
        glass.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let small = shrunk(&bytes.into_inner()).unwrap().unwrap();
        assert_eq!(PictureHeader::read(&small).unwrap().kind, Kind::Png);
    }

    #[test]
    fn the_decoder_for_building_sees_what_the_window_shows() {
        let press = include_bytes!("../../tests/pictures/press.jpg");
        let drawn = drawn(200, 120, ImageFormat::Jpeg);
        for bytes in [&press[..], &drawn] {
            let ours = unpacked(bytes).unwrap().into_rgb8();
            let shown = image::load_from_memory(bytes).unwrap().into_rgb8();
            assert_eq!(ours.dimensions(), shown.dimensions());
            let apart = ours.iter().zip(shown.iter()).map(|(a, b)| a.abs_diff(*b));
            assert!(apart.max() <= Some(6));
        }
        assert!(unpacked(&drawn[..drawn.len() / 3]).is_err());
    }

    #[test]
    fn small_pictures_are_the_same_on_every_machine() {
        // A change means that small editions handed out before can no longer be made again.
        let made = [
            (ImageFormat::Jpeg, 1_582_923_728),
            (ImageFormat::Png, 3_002_190_970),
            (ImageFormat::WebP, 3_002_190_970),
        ];
        for (format, sum) in made {
            let small = shrunk(&drawn(1280, 720, format)).unwrap().unwrap();
            assert_eq!(crc32fast::hash(&small), sum, "{format:?}");
        }
    }
}
