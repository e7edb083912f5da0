//! Every picture that the edition shows: whether it can be shown, and whether it could be better.
//! Of a picture in a folder only the ends are read.

use std::cell::OnceCell;

use super::bodies::dull_alt;
use super::files::Listing;
use super::findings::{Findings, Place};
use super::uses::{Role, Use, Uses};
use crate::article;
use crate::model::{Edition as _, Picture};
use crate::pack::error::PackError;
use crate::pack::limits::PICTURE_BYTES;
use crate::pack::name::Name;
use crate::pack::open::Pack;
use crate::pack::parts::SizeClass;
use crate::pack::picture::{Kind, PictureHeader};
use crate::pack::picture_extras::{has_late_data, has_location, is_animated, is_whole};
use crate::pack::places::Spot;
use crate::pack::source::MANIFEST;

/// The most places that are told of one picture.
const PLACES: usize = 100;
/// More pixels than this in one direction are not seen on a screen.
const LARGE_SIDE: u32 = 2_560;
/// More bytes than this are too many for what is seen.
const LARGE_BYTES: u64 = 1_500_000;
/// A thumbnail of fewer pixels is blurred above its story.
const SMALL_SIDE: u32 = 320;
/// An edition whose pictures have more bytes is slow to hand out.
const ALL_BYTES: u64 = 50_000_000;

/// Notes the pictures that the manifest names, and looks at what it says of them.
pub(super) fn named(pack: &Pack, uses: &mut Uses, findings: &mut Findings) {
    if let Some(cover) = &pack.info().cover {
        name(
            cover,
            Role::Cover,
            &Spot::default(),
            "cover",
            uses,
            findings,
        );
    }
    for row in &pack.rows {
        if let Some(picture) = &row.story.thumbnail {
            name(
                picture,
                Role::Thumbnail,
                &row.spot,
                "thumbnail",
                uses,
                findings,
            );
        }
    }
}

fn name(
    picture: &Picture,
    role: Role,
    spot: &Spot,
    field: &str,
    uses: &mut Uses,
    findings: &mut Findings,
) {
    if let Some(dull) = article::alt_fault(&picture.alt, &picture.file, &picture.caption) {
        findings.field("P039", spot, &format!("{field}.alt"), dull_alt(dull));
    }
    let spot = Spot {
        field: format!("{field}.file"),
        ..spot.clone()
    };
    uses.add(&picture.file, role, Place::Manifest(spot));
}

/// Adds up what the pictures weigh.
#[derive(Debug, Default)]
pub(super) struct Weight(u64);

impl Weight {
    /// Says so if all of them together are too heavy.
    pub(super) fn tell(&self, findings: &mut Findings) {
        let Self(bytes) = *self;
        if bytes > ALL_BYTES {
            let message = format!(
                "The pictures have {} MB together: make them smaller, so that the edition can be sent.",
                bytes.div_ceil(1_000_000)
            );
            findings.file("P046", MANIFEST, message);
        }
    }
}

/// Looks at one picture. Returns its name if there is such a file.
pub(super) fn look(
    pack: &Pack,
    file: &str,
    uses: &[Use],
    listing: &Listing,
    weight: &mut Weight,
    findings: &mut Findings,
) -> Option<Name> {
    let fault = |code, message: String, findings: &mut Findings| {
        for it in uses.iter().take(PLACES) {
            findings.place(code, &it.place, &*message);
        }
    };
    let name = match Name::new(file) {
        Ok(name) => name,
        Err(error) => {
            fault("P040", error.to_string(), findings);
            return None;
        }
    };
    if let Some(message) = listing.written_otherwise(&name) {
        fault("P044", message, findings);
    }
    let ends = match pack.source.ends(&name, PICTURE_BYTES) {
        Ok(ends) => ends,
        Err(error) => {
            let message = match &error {
                PackError::Missing { name: file } => {
                    let meant = findings.guess(file, listing.beside(&name));
                    format!(
                        "There is no such picture in the pack{meant}: add it, or correct the name: {file}"
                    )
                }
                other => other.to_string(),
            };
            fault(code(&error), message, findings);
            let is_there = matches!(error, PackError::TooLarge { .. } | PackError::Entry { .. });
            return is_there.then_some(name);
        }
    };
    weight.0 += ends.length;
    let Some(kind) = Kind::of(&ends.start) else {
        let message =
            format!("This is no JPEG, PNG or WebP picture: save it again as one of them: {name}");
        fault("P031", message, findings);
        return Some(name);
    };
    // Most pictures are told from their ends.
    let whole = OnceCell::new();
    let all = || -> &Vec<u8> {
        whole.get_or_init(|| {
            let read = pack.source.read(&name, PICTURE_BYTES);
            read.unwrap_or_else(|_| ends.start.clone())
        })
    };
    let header = PictureHeader::read(&ends.start)
        .or_else(|| ends.whole().is_none().then(|| PictureHeader::read(all()))?);
    let sound =
        is_whole(kind, &ends).unwrap_or_else(|| kind == Kind::Jpeg && ends_somewhere(all()));
    match header {
        Some(header) if !header.fits() => {
            let error = PackError::TooManyPixels {
                width: header.width,
                height: header.height,
                name: name.to_string(),
            };
            fault("P032", error.to_string(), findings);
        }
        Some(header) if sound => {
            let late = has_late_data(kind, &ends.start) && ends.whole().is_none();
            let located = if late {
                has_location(kind, all())
            } else {
                has_location(kind, &ends.start)
            };
            let moving = is_animated(kind, &ends.start);
            extras(&name, located, moving, findings);
            size(&name, header, ends.length, uses, findings);
        }
        _ => {
            let kind = kind.as_str();
            let message = format!(
                "The picture is damaged or cut off: copy it again, or save it again as {kind}: {name}"
            );
            fault("P031", message, findings);
        }
    }
    // A picture that was made smaller may have become another type.
    if !kind.suits(&name) && pack.class() == SizeClass::Full {
        let kind = kind.as_str();
        let message =
            format!("The picture is {kind}, which its name does not say: rename it: {name}");
        fault("P034", message, findings);
    }
    Some(name)
}

fn code(error: &PackError) -> &'static str {
    match error {
        PackError::TooLarge { .. } => "P032",
        PackError::Missing { .. } => "P030",
        other => other.code().unwrap_or("P031"),
    }
}

/// Whether a JPEG that has much behind its end has one at all.
fn ends_somewhere(bytes: &[u8]) -> bool {
    bytes.windows(2).rev().any(|pair| pair == [0xFF, 0xD9])
}

fn extras(name: &Name, located: bool, moving: bool, findings: &mut Findings) {
    if moving {
        let message = "The picture is animated, and only its first frame is shown: save the frame you want by itself.";
        findings.file("P037", name.as_str(), message);
    }
    if located {
        let message = "The picture says where it was taken: save it without its location before handing it out.";
        findings.file("P038", name.as_str(), message);
    }
}

fn size(name: &Name, header: PictureHeader, length: u64, uses: &[Use], findings: &mut Findings) {
    let PictureHeader { width, height, .. } = header;
    let size = format!("{width} × {height} pixels");
    if width.max(height) > LARGE_SIDE {
        let message = format!(
            "The picture has {size}, more than a screen shows: make it smaller than {LARGE_SIDE} in both directions."
        );
        findings.file("P035", name.as_str(), message);
    } else if length > LARGE_BYTES {
        let message = format!(
            "The picture has {}.{} MB, which is much for what is seen: save it as JPEG or WebP, or smaller.",
            length / 1_000_000,
            length / 100_000 % 10
        );
        findings.file("P035", name.as_str(), message);
    }
    if uses.iter().all(|it| it.role == Role::Figure) {
        return;
    }
    let narrow = height > 2 * width || width > 4 * height;
    if width < SMALL_SIDE {
        let message = format!(
            "The picture has {size}, too few for a thumbnail or a cover: use one of 1280 × 720."
        );
        findings.file("P036", name.as_str(), message);
    } else if narrow {
        let message = format!(
            "The picture has {size}, and little is left of it in a thumbnail: use a part of it that is less narrow."
        );
        findings.file("P036", name.as_str(), message);
    }
}
