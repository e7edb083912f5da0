//! Which part of a picture is shown in a box of another shape.

use eframe::egui::{Rect, Vec2, pos2, vec2};

/// The part of a picture, in texture coordinates, that fills a box of another shape from the middle.
pub fn crop(picture: Vec2, shape: Vec2) -> Rect {
    let (picture, shape) = (picture.max(Vec2::splat(1.0)), shape.max(Vec2::splat(1.0)));
    let scale = (picture.x / shape.x).min(picture.y / shape.y);
    let part = vec2(shape.x * scale / picture.x, shape.y * scale / picture.y);
    Rect::from_center_size(pos2(0.5, 0.5), part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_fill_their_box_from_the_middle() {
        let crop = crop(vec2(160.0, 90.0), vec2(72.0, 54.0));
        assert!((crop.width() - 0.75).abs() < 1e-6 && (crop.height() - 1.0).abs() < 1e-6);
        assert_eq!(crop.center(), pos2(0.5, 0.5));
    }
}
