//! What is different between two editions besides the texts: what a pack and a story say of themselves.
//! It compares what is known already and never reads a body.

use super::date::Date;
use super::edition::{Edition, EditionInfo, Picture, Section, Story};
use super::ids::StoryId;
use crate::article::Change;

/// A field that is not as it was. The values are plain text; none means that it is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// What it said.
    pub old: Vec<String>,
    /// What it says.
    pub new: Vec<String>,
}

macro_rules! fields {
    ($($field:ident $name:literal $label:literal $doc:literal,)*) => {
        /// A field of a pack or of a story.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field {
            $(#[doc = $doc] $field,)*
        }

        impl Field {
            /// Its name for programs; never another for the same thing.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $name,)*
                }
            }

            /// Its name for people.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$field => $label,)*
                }
            }
        }
    };
}
fields! {
    Edition "edition" "Edition" "Which edition of the series.",
    Title "title" "Title" "The name of the pack.",
    Headline "headline" "Headline" "The headline of a story.",
    Summary "summary" "Summary" "The summary of a pack or a story.",
    Byline "byline" "Byline" "Who wrote it; a list.",
    Published "published" "Published" "When it appeared.",
    Updated "updated" "Updated" "When it last changed.",
    Language "language" "Language" "The language of a pack.",
    Publisher "publisher" "Publisher" "Who made the pack.",
    PublisherUrl "publisher_url" "Address" "The maker’s address.",
    Rights "rights" "Rights" "What one may do with the pack.",
    Cover "cover" "Cover" "The picture of a pack’s front: its name, what it shows, caption and credit; a list.",
    Sections "sections" "Sections" "The titles of the sections; a list.",
    Section "section" "Section" "The section a story is in.",
    Thumbnail "thumbnail" "Picture" "A story’s picture: its name, what it shows, caption and credit; a list.",
    Tags "tags" "Tags" "What a story is about; a list.",
    Related "related" "Related" "Other stories, by id; a list.",
    Source "source" "First published at" "Where a story first appeared.",
    Brief "brief" "Brief" "Whether a story has no body.",
}

impl Field {
    /// Whether it may hold more than one value.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Byline
                | Self::Cover
                | Self::Sections
                | Self::Thumbnail
                | Self::Tags
                | Self::Related
        )
    }

    /// Whether it is among what one reads of a story. The rest is how an edition arranges its stories, another each time.
    pub fn is_read(self) -> bool {
        matches!(
            self,
            Self::Headline
                | Self::Summary
                | Self::Byline
                | Self::Published
                | Self::Updated
                | Self::Source
        )
    }
}

/// How a story reads otherwise than in an earlier edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryChanges {
    /// Since when: the earlier edition’s date, or its name.
    pub since: String,
    /// What it says of itself, of what is read.
    pub fields: Vec<FieldChange>,
    /// What its body says, at most [`StoryChanges::MOST`] of it.
    pub text: Vec<Change>,
    /// How many more changes of its body there are.
    pub left_out: usize,
}

impl StoryChanges {
    /// More changes of a body than this nobody reads; to keep them would cost memory all the same.
    pub const MOST: usize = 60;

    /// What changed, of the text as much as is worth keeping.
    pub fn new(since: String, fields: Vec<FieldChange>, mut text: Vec<Change>) -> Self {
        let left_out = text.len().saturating_sub(Self::MOST);
        text.truncate(Self::MOST);
        text.shrink_to_fit();
        Self {
            since,
            fields,
            text,
            left_out,
        }
    }
}

/// What an edition says of itself otherwise than another.
pub fn compare_editions(old: &dyn Edition, new: &dyn Edition) -> Vec<FieldChange> {
    let values = |edition: &dyn Edition| {
        let info = edition.info();
        let sections = edition.sections().iter().map(name_of).collect();
        vec![
            (Field::Edition, text(&info.edition)),
            (Field::Title, text(&info.title)),
            (Field::Summary, text(&info.summary)),
            (Field::Language, text(&info.language)),
            (Field::Published, date(info.published)),
            (Field::Publisher, text(&info.publisher)),
            (Field::PublisherUrl, text(&info.publisher_url)),
            (Field::Rights, text(&info.rights)),
            (Field::Cover, picture(info.cover.as_ref())),
            (Field::Sections, sections),
        ]
    };
    differing(values(old), values(new))
}

/// What a story says of itself otherwise than in another edition. Its section is another if its id is.
pub fn compare_stories(
    (old_edition, old): (&dyn Edition, &Story),
    (new_edition, new): (&dyn Edition, &Story),
) -> Vec<FieldChange> {
    let section = |edition: &dyn Edition, story: &Story| {
        let section = edition.sections().get(story.section);
        section.map(|it| (it.id.clone(), name_of(it)))
    };
    let (was, is) = (section(old_edition, old), section(new_edition, new));
    let moved = was.as_ref().map(|it| &it.0) != is.as_ref().map(|it| &it.0);
    let values = |story: &Story, section: Option<(String, String)>| {
        let section = section.filter(|_| moved).map(|(_, name)| name);
        let related = story.related.iter().map(StoryId::to_string).collect();
        let brief = if story.brief { "yes" } else { "no" };
        vec![
            (Field::Headline, text(&story.headline)),
            (Field::Summary, text(&story.summary)),
            (Field::Byline, story.byline.clone()),
            (Field::Published, date(story.published)),
            (Field::Updated, date(story.updated)),
            (Field::Section, section.into_iter().collect()),
            (Field::Thumbnail, picture(story.thumbnail.as_ref())),
            (Field::Tags, story.tags.clone()),
            (Field::Related, related),
            (Field::Source, story.source.iter().cloned().collect()),
            (Field::Brief, text(brief)),
        ]
    };
    let mut changes = differing(values(old, was), values(new, is));
    if moved && !changes.iter().any(|it| it.field == Field::Section) {
        // Two sections of one name are told by their ids.
        let id = |edition: &dyn Edition, story: &Story| {
            let section = edition.sections().get(story.section);
            section.map(|it| it.id.clone()).into_iter().collect()
        };
        changes.push(FieldChange {
            field: Field::Section,
            old: id(old_edition, old),
            new: id(new_edition, new),
        });
    }
    changes
}

/// What to call an earlier edition beside a later one: its day, with the hour where both are of one day, else its name.
pub fn since(old: &EditionInfo, new: &EditionInfo) -> String {
    let later = new.published;
    match old.published {
        Some(date) if later.is_none_or(|later| later.day() != date.day()) => date.day(),
        Some(date) if later.is_some_and(|later| later.long() != date.long()) => date.long(),
        Some(_) | None => format!("edition {}", old.edition),
    }
}

fn differing(old: Vec<(Field, Vec<String>)>, new: Vec<(Field, Vec<String>)>) -> Vec<FieldChange> {
    let pairs = old.into_iter().zip(new);
    let changed = pairs.filter(|((_, old), (_, new))| old != new);
    changed
        .map(|((field, old), (_, new))| FieldChange { field, old, new })
        .collect()
}

fn text(value: &str) -> Vec<String> {
    let given = (!value.is_empty()).then(|| value.to_owned());
    given.into_iter().collect()
}

fn date(date: Option<Date>) -> Vec<String> {
    date.map(Date::iso).into_iter().collect()
}

fn picture(picture: Option<&Picture>) -> Vec<String> {
    let Some(Picture {
        file,
        alt,
        caption,
        credit,
    }) = picture
    else {
        return Vec::new();
    };
    [file, alt, caption, credit].map(Clone::clone).to_vec()
}

fn name_of(section: &Section) -> String {
    if section.title.is_empty() {
        section.id.clone()
    } else {
        section.title.clone()
    }
}
