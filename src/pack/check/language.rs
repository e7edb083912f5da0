//! In which script the text of a pack is, and whether its language can be written in that.
//! It counts letters and knows no words, so it tells Arabic from English and never French from English.

/// The scripts that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    RightToLeft,
    EastAsian,
    Indic,
}

/// Letters counted by script.
#[derive(Debug, Default)]
pub(super) struct Letters {
    counts: [usize; 6],
    all: usize,
}

impl Letters {
    pub(super) fn count(&mut self, text: &str) {
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            self.all += 1;
            if let Some(script) = script_of(c)
                && let Some(count) = self.counts.get_mut(script as usize)
            {
                *count += 1;
            }
        }
    }

    /// Whether text of a language has nearly no letter in a script that the language is written in.
    pub(super) fn contradict(&self, language: &str) -> bool {
        /// Fewer letters than this prove nothing.
        const ENOUGH: usize = 100;
        let Some(script) = script_for(language) else {
            return false;
        };
        let fitting = self.counts.get(script as usize).copied().unwrap_or(0);
        self.all >= ENOUGH && fitting * 10 < self.all
    }
}

fn script_of(c: char) -> Option<Script> {
    Some(match u32::from(c) {
        0x41..=0x24F | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF => Script::Latin,
        0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
        0x400..=0x52F => Script::Cyrillic,
        0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF => Script::RightToLeft,
        0x900..=0xDFF => Script::Indic,
        0x1100..=0x11FF
        | 0x2E80..=0x9FFF
        | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF => Script::EastAsian,
        _ => return None,
    })
}

/// The script that a tag asks for, where it is beyond doubt.
fn script_for(tag: &str) -> Option<Script> {
    let tag = tag.trim().to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    // A script in the tag is the writer’s own word, and languages with two scripts are not guessed at.
    if let Some(script) = parts.find(|part| part.len() == 4) {
        return match script {
            "latn" => Some(Script::Latin),
            "cyrl" => Some(Script::Cyrillic),
            "arab" | "hebr" => Some(Script::RightToLeft),
            "hans" | "hant" | "jpan" | "kore" => Some(Script::EastAsian),
            _ => None,
        };
    }
    match language {
        "en" | "fr" | "de" | "es" | "it" | "pt" | "nl" | "sv" | "da" | "no" | "nb" | "nn"
        | "fi" | "pl" | "cs" | "sk" | "hu" | "tr" | "vi" | "id" | "ro" | "hr" | "et" | "lv"
        | "lt" | "sl" | "ca" | "gl" | "eu" | "is" | "ga" | "cy" | "sw" | "af" => {
            Some(Script::Latin)
        }
        "ru" | "uk" | "bg" | "be" | "mk" => Some(Script::Cyrillic),
        "el" => Some(Script::Greek),
        "ar" | "he" | "fa" | "ur" | "ps" | "yi" | "dv" | "sd" | "ug" => Some(Script::RightToLeft),
        "zh" | "ja" | "ko" => Some(Script::EastAsian),
        "hi" | "mr" | "ne" | "bn" | "ta" | "te" | "gu" | "kn" | "ml" | "si" => Some(Script::Indic),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn tells_scripts_apart_and_is_not_hasty() {
        let english = "The quay opens at ten and closes at nine. ".repeat(5);
        let arabic = "افتتاح رصيف جديد في الميناء بعد انتظار ".repeat(5);
        let cases = [
            (english.as_str(), "en", false),
            (&english, "fr", false),
            (&english, "ar", true),
            (&english, "ja", true),
            (&english, "mul", false),
            (&english, "", false),
            (&english, "sr-Cyrl", true),
            (&english, "sr", false),
            (&arabic, "ar-EG", false),
            (&arabic, "en", true),
            (&arabic, "ar-Latn", true),
            ("רציף", "en", false),
        ];
        for (text, language, expected) in cases {
            let mut letters = Letters::default();
            letters.count(text);
            assert_eq!(letters.contradict(language), expected, "{language}: {text}");
        }
        let mut both = Letters::default();
        both.count(&format!("{english}{arabic}"));
        assert!(!both.contradict("en") && !both.contradict("ar"));
    }
}
