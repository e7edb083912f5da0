//! Which installed font fills in for a script, where the system's own answer is left to chance.
//! Lists by name only; what is not installed is passed over, and then the system's answer holds.

use parley::fontique::{Collection, Script};

/// Scripts and their names in the Noto family. Asked for Hebrew, fontconfig answers with whatever it lists first: a hand for
/// commentaries, for example, that few read with ease.
const SCRIPTS: [([u8; 4], &str); 17] = [
    (*b"Arab", "Arabic"),
    (*b"Armn", "Armenian"),
    (*b"Beng", "Bengali"),
    (*b"Deva", "Devanagari"),
    (*b"Ethi", "Ethiopic"),
    (*b"Geor", "Georgian"),
    (*b"Gujr", "Gujarati"),
    (*b"Guru", "Gurmukhi"),
    (*b"Hebr", "Hebrew"),
    (*b"Khmr", "Khmer"),
    (*b"Knda", "Kannada"),
    (*b"Laoo", "Lao"),
    (*b"Mlym", "Malayalam"),
    (*b"Sinh", "Sinhala"),
    (*b"Taml", "Tamil"),
    (*b"Telu", "Telugu"),
    (*b"Thai", "Thai"),
];
/// Faces for long reading first.
const HANDS: [&str; 3] = ["Noto Naskh", "Noto Serif", "Noto Sans"];

/// Puts the preferred fonts that are installed before whatever the system would choose.
pub(super) fn prefer(collection: &mut Collection) {
    for (script, name) in SCRIPTS {
        let mut names = HANDS.iter().map(|hand| format!("{hand} {name}"));
        if let Some(family) = names.find_map(|name| collection.family_id(&name)) {
            collection.set_fallbacks(Script::from_bytes(script), std::iter::once(family));
        }
    }
    share_signs(collection);
}

/// Scripts whose signs also stand after words in Latin letters.
const SHARING: [[u8; 4]; 4] = [*b"Arab", *b"Hebr", *b"Deva", *b"Hani"];

/// A sign of several scripts counts as of the script before it: the Arabic comma after an English name is looked for among
/// the Latin fonts. So those are followed by the others.
fn share_signs(collection: &mut Collection) {
    let latin = Script::from_bytes(*b"Latn");
    let mut families: Vec<_> = collection.fallback_families(latin).collect();
    for script in SHARING {
        let theirs = collection.fallback_families(Script::from_bytes(script));
        families.extend(theirs);
    }
    collection.set_fallbacks(latin, families.into_iter());
}
