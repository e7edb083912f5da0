//! Whether a picture's description describes it.
//! It looks for a few certain signs that it does not, and has no taste.

/// Why a description describes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DullAlt {
    /// It is the name of the file.
    FileName,
    /// It is the caption, which is read out anyway.
    Caption,
    /// It begins by saying that there is a picture.
    Announces,
}

/// What is wrong with a description; an empty one is another matter.
pub fn fault(alt: &str, file: &str, caption: &str) -> Option<DullAlt> {
    let alt = plain(alt);
    if alt.is_empty() {
        return None;
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_name = [file, name].iter().any(|it| plain(it) == alt)
        // A name of one word may be the right word.
        || (plain(stem) == alt && stem.contains(['-', '_', ' ']) && !alt.contains(' '));
    if is_name {
        Some(DullAlt::FileName)
    } else if plain(caption) == alt {
        Some(DullAlt::Caption)
    } else if OPENINGS.iter().any(|opening| alt.starts_with(opening)) {
        Some(DullAlt::Announces)
    } else {
        None
    }
}

fn plain(text: &str) -> String {
    text.trim().trim_end_matches('.').to_lowercase()
}

const OPENINGS: [&str; 10] = [
    "image of ",
    "an image of ",
    "picture of ",
    "a picture of ",
    "photo of ",
    "a photo of ",
    "imagen de ",
    "une image de ",
    "bild von ",
    "ein bild von ",
];

#[cfg(test)]
mod tests {
    use super::{DullAlt, fault};

    #[test]
    fn tells_a_description_from_none() {
        let cases = [
            ("A footbridge over a stream.", None),
            ("", None),
            ("images/bridge-1.jpg", Some(DullAlt::FileName)),
            ("Bridge-1.JPG", Some(DullAlt::FileName)),
            ("bridge-1", Some(DullAlt::FileName)),
            ("The bridge seen from the mill", Some(DullAlt::Caption)),
            ("Image of a bridge", Some(DullAlt::Announces)),
            ("Images of the flood, side by side", None),
        ];
        for (alt, expected) in cases {
            let caption = "The bridge seen from the mill.";
            assert_eq!(
                fault(alt, "images/bridge-1.jpg", caption),
                expected,
                "{alt}"
            );
        }
        assert_eq!(fault("Map", "images/map.png", ""), None);
    }
}
