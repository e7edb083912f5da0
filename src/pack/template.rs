//! The pack that a new one starts as: the template of `content/template` under another name.
//! It writes no file and asks for no date; whoever wants the pack on a disk says where and when.

use std::borrow::Cow;

use super::embedded;
use super::source::MANIFEST;
use crate::model::fold;

/// What stands in the template's manifest in place of what a new pack has of its own.
const TITLE: &str = "title: \"A New Paper\"";
const SERIES: &str = "org.example.a-new-paper";
const DATE: &str = "2026-01-31";

/// A name may be as long as a file system takes; the id it goes into may not.
const SLUG_BYTES: usize = 80;

/// A new pack: a name for people, one for programs, and a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    title: String,
    slug: String,
    date: String,
}

/// A file of a new pack: its name, and what is in it.
pub type TemplateFile = (&'static str, Cow<'static, [u8]>);

impl Template {
    /// The template for a folder of this name, on the day `date`, such as `2026-01-31`.
    pub fn new(folder: &str, date: &str) -> Self {
        Self {
            title: title(folder),
            slug: slug(folder),
            date: date.to_owned(),
        }
    }

    /// The series as people know it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The files, the manifest last: a folder without one is no pack yet.
    pub fn files(&self) -> Vec<TemplateFile> {
        let all = embedded::TEMPLATE.files().iter();
        let mut files: Vec<_> = all
            .map(|(name, bytes)| (*name, self.filled(name, bytes)))
            .collect();
        files.sort_by_key(|(name, _)| (*name == MANIFEST, *name));
        files
    }

    fn filled(&self, name: &str, bytes: &'static [u8]) -> Cow<'static, [u8]> {
        match std::str::from_utf8(bytes) {
            Ok(text) if name == MANIFEST => {
                let text = text
                    .replace(TITLE, &format!("title: {}", written(&self.title)))
                    .replace(SERIES, &format!("org.example.{}", self.slug))
                    .replace(DATE, &self.date);
                Cow::Owned(text.into_bytes())
            }
            _ => Cow::Borrowed(bytes),
        }
    }
}

/// A text as the manifest has it.
fn written(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// `village-news` → “Village News”; a name that has capitals or spaces of its own is taken at its word.
fn title(folder: &str) -> String {
    let spaced = |c: char| c.is_whitespace() || c.is_control();
    let typed = folder.chars().any(|c| c.is_uppercase() || spaced(c));
    let parts = folder.split(|c| spaced(c) || (!typed && matches!(c, '-' | '_')));
    let words: Vec<String> = parts
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut letters = word.chars();
            match letters.next() {
                Some(first) if !typed => first.to_uppercase().chain(letters).collect(),
                _ => word.to_owned(),
            }
        })
        .collect();
    if words.is_empty() {
        return "A New Paper".to_owned();
    }
    words.join(" ")
}

/// `Village News` → `village-news`: what an id may be made of.
fn slug(folder: &str) -> String {
    let folded = fold(folder);
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(SLUG_BYTES);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "a-new-paper" } else { slug }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_pack_a_title_and_an_id() {
        for (folder, title, slug) in [
            ("village-news", "Village News", "village-news"),
            ("the_daily_egg", "The Daily Egg", "the-daily-egg"),
            ("Village News", "Village News", "village-news"),
            ("McDuff-Times", "McDuff-Times", "mcduff-times"),
            ("école", "École", "ecole"),
            ("say \"hi\"", "say \"hi\"", "say-hi"),
            ("新聞", "新聞", "a-new-paper"),
            ("--", "A New Paper", "a-new-paper"),
            ("", "A New Paper", "a-new-paper"),
            ("a\u{7}b", "a b", "a-b"),
        ] {
            let template = Template::new(folder, "2026-05-06");
            assert_eq!(
                (&*template.title, &*template.slug),
                (title, slug),
                "{folder:?}"
            );
        }
        assert!(slug(&"ab-".repeat(100)).len() <= SLUG_BYTES);
    }

    #[test]
    fn nothing_of_the_template_s_own_name_is_left() {
        let files = Template::new("a \\ \"b\"", "2030-12-24").files();
        let (name, bytes) = files.last().unwrap();
        let manifest = std::str::from_utf8(bytes).unwrap();
        assert_eq!(*name, "pack.ron");
        assert!(manifest.contains(r#"title: "a \\ \"b\"","#), "{manifest}");
        assert!(manifest.contains(r#"id: "org.example.a-b","#), "{manifest}");
        assert!(manifest.contains(r#"edition: "2030-12-24","#), "{manifest}");
        for own in [TITLE, SERIES, DATE] {
            assert!(!manifest.contains(own), "{own}");
        }
    }
}
