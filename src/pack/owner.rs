//! Which story a problem belongs to: the one whose body it is in, or whose entry in the manifest.
//! Only what is written in a pack's files counts; where it cannot be told, there is no answer.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use crate::model::{Origin, StoryId};

use super::error::PackError;
use super::lower::Row;
use super::open::open_pending;
use super::places::{Places, Spot};
use super::problem::Problem;
use super::source::MANIFEST;

/// What may stand after the stories of a section, and after the sections.
const AFTER_STORIES: [&str; 2] = ["id", "title"];
const AFTER_SECTIONS: [&str; 10] = [
    "format",
    "id",
    "edition",
    "title",
    "summary",
    "language",
    "published",
    "publisher",
    "rights",
    "cover",
];

/// More entries than this that were left out, and those after them are looked for no further.
const LEFT_OUT: usize = 100;
/// And no more than so many in all, however many sections a manifest makes up.
const LEFT_OUT_IN_ALL: usize = 100_000;

/// The story of each problem, where it has one.
///
/// The pack is opened for it; what `check` found is of the same moment only as far as nobody has written to it since.
pub fn owners(
    origin: &Origin,
    problems: &[Problem],
    cancel: &AtomicBool,
) -> Result<Vec<Option<StoryId>>, PackError> {
    if problems.is_empty() {
        return Ok(Vec::new());
    }
    let (pack, _, manifest) = open_pending(origin, cancel, &|_| {})?;
    let mut bodies: HashMap<String, &StoryId> = HashMap::new();
    for row in &pack.rows {
        if let Some(name) = &row.body {
            bodies.entry(name.to_string()).or_insert(&row.story.id);
        }
    }
    let entries = entries(
        &pack.rows,
        &String::from_utf8_lossy(&manifest),
        problems.len(),
    );
    let owner = |problem: &Problem| {
        if problem.file != MANIFEST {
            return bodies.get(&problem.file).copied().cloned();
        }
        let at = (problem.line?, problem.column.unwrap_or(usize::MAX));
        let before = entries.partition_point(|(place, _)| *place <= at);
        entries.get(before.checked_sub(1)?)?.1.cloned()
    };
    Ok(problems.iter().map(owner).collect())
}

/// Where each entry of the manifest begins, in the order of the text, and whose it is.
fn entries<'a>(
    rows: &'a [Row],
    text: &str,
    problems: usize,
) -> Vec<((usize, usize), Option<&'a StoryId>)> {
    let mut whose: HashMap<Spot, Option<&StoryId>> = HashMap::new();
    let mut stories: Vec<usize> = Vec::new();
    for row in rows {
        whose.insert(row.spot.clone(), Some(&row.story.id));
        if let (Some(section), Some(story)) = (row.spot.section, row.spot.story) {
            stories.resize(stories.len().max(section + 1), 0);
            if let Some(last) = stories.get_mut(section) {
                *last = (*last).max(story + 1);
            }
        }
    }
    // An entry that was left out ends the one before it, and each of those has a problem of its own.
    let more = problems
        .min(LEFT_OUT)
        .min(LEFT_OUT_IN_ALL / stories.len().max(1));
    let sections = stories.len() + more;
    stories.resize(sections, 0);
    for (section, known) in stories.into_iter().enumerate() {
        let mut spot = Spot {
            section: Some(section),
            ..Spot::default()
        };
        for field in std::iter::once("").chain(AFTER_STORIES) {
            field.clone_into(&mut spot.field);
            whose.entry(spot.clone()).or_insert(None);
        }
        spot.field.clear();
        for story in 0..known + more {
            spot.story = Some(story);
            whose.entry(spot.clone()).or_insert(None);
        }
    }
    for field in AFTER_SECTIONS {
        let spot = Spot {
            field: field.to_owned(),
            ..Spot::default()
        };
        whose.insert(spot, None);
    }
    let places = Places::find(text, whose.keys());
    let found = whose
        .iter()
        .filter_map(|(spot, id)| Some((places.get(spot)?, *id)));
    let mut found: Vec<_> = found.collect();
    // What is looked for and not there is found at the start of what should hold it: that is nobody’s, and comes first.
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::pack::check;

    #[test]
    fn a_problem_belongs_to_the_story_it_stands_in() {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"Pack(
    format: 1, id: "org.example.a", edition: "1", title: "A", mood: "none",
    sections: [
        Section(id: "one", title: "One", stories: [
            Story(id: "a", headline: "A", published: "soon"),
            Story(id: "a", headline: "Again"),
            Story(id: "No Id", headline: "B"),
            Story(
                id: "c",
                headline: "C",
                related: ["nobody"],
            ),
        ], mood: "none"),
        Section(id: "two", title: "Two", stories: []),
        Section(id: "three", title: "Three", stories: [
            Story(id: "d", headline: "D", body: "other.md"),
        ]),
    ],
    cover: Image(file: "none.png", alt: "Nothing."),
)"#;
        fs::write(folder.path().join("pack.ron"), text).unwrap();
        fs::write(folder.path().join("other.md"), "See [it](story:none).\n").unwrap();
        let origin = Origin::Path(folder.path().to_owned());
        let cancel = AtomicBool::new(false);
        let problems = check(&origin, &cancel).unwrap();
        let owners = owners(&origin, &problems, &cancel).unwrap();
        let owner = |file: &str, line| {
            let nth = problems
                .iter()
                .position(|it| it.file == file && it.line == Some(line));
            owners[nth.unwrap_or_else(|| panic!("{line}: {problems:?}"))]
                .as_ref()
                .map(StoryId::as_str)
        };
        for (line, expected) in [
            (2, None),
            (5, Some("a")),
            (6, None),
            (7, None),
            (11, Some("c")),
            (14, None),
            (19, None),
        ] {
            assert_eq!(owner("pack.ron", line), expected, "line {line}");
        }
        assert_eq!(owner("other.md", 1), Some("d"));
    }
}
