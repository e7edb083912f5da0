//! What putting a backup back would change, in numbers and in sentences.

/// How a backup is put back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// What is missing here is taken in; nothing that is here is lost.
    #[default]
    Merging,
    /// Everything becomes what it was, and what came later goes.
    Exactly,
}

/// How many records come, become others and go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Not here now.
    pub added: usize,
    /// Here now, and another afterwards.
    pub changed: usize,
    /// Here now, and not afterwards.
    pub removed: usize,
}

/// What a restore would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Bookmarks that are there; those taken away count as not there.
    pub bookmarks: Difference,
    /// Marked passages, likewise.
    pub highlights: Difference,
    /// Kept copies of stories.
    pub copies: Difference,
    /// Stories with a read mark or a place.
    pub reading: Difference,
    /// Packs of the recent list.
    pub recent: Difference,
    /// The settings that become others, by their names in the file.
    pub settings: Vec<String>,
    /// What else there is to know, in sentences: parts of the backup that are damaged or not understood.
    pub remarks: Vec<String>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Plan {
    /// Whether everything is here already.
    pub fn is_none(&self) -> bool {
        self.kinds().iter().all(|(it, ..)| it.is_none()) && self.settings.is_empty()
    }

    /// What would change, a sentence each; the last one says what is taken away, also where that is nothing.
    pub fn sentences(&self) -> Vec<String> {
        if self.is_none() {
            return vec!["Nothing changes: all of it is here already.".to_owned()];
        }
        let mut sentences = Vec::new();
        let mut gone = Vec::new();
        for (it, one, more) in self.kinds() {
            let count = |number: usize| match number {
                1 => format!("1 {one}"),
                _ => format!("{number} {more}"),
            };
            let is = |number: usize| if number == 1 { "is" } else { "are" };
            let Difference {
                added,
                changed,
                removed,
            } = it;
            match (added, changed) {
                (0, 0) => {}
                (_, 0) => sentences.push(format!("{} {} added.", count(added), is(added))),
                (0, _) => sentences.push(format!("{} {} changed.", count(changed), is(changed))),
                _ => sentences.push(format!(
                    "{} {} added, {changed} changed.",
                    count(added),
                    is(added)
                )),
            }
            if removed > 0 {
                gone.push(format!("{} {} removed.", count(removed), is(removed)));
            }
        }
        let names: Vec<String> = self
            .settings
            .iter()
            .map(|it| it.replace('_', " "))
            .collect();
        match names.as_slice() {
            [] => {}
            [name] => sentences.push(format!("1 setting changes: {name}.")),
            _ => sentences.push(format!(
                "{} settings change: {}.",
                names.len(),
                names.join(", ")
            )),
        }
        if gone.is_empty() {
            gone.push("Nothing is removed.".to_owned());
        }
        sentences.extend(gone);
        sentences
    }

    /// Every kind of record, and what one and several of them are called.
    fn kinds(&self) -> [(Difference, &'static str, &'static str); 5] {
        [
            (self.bookmarks, "bookmark", "bookmarks"),
            (self.highlights, "highlight", "highlights"),
            (self.copies, "kept copy", "kept copies"),
            (self.reading, "reading mark", "reading marks"),
            (self.recent, "recent pack", "recent packs"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(added: usize, changed: usize, removed: usize) -> Difference {
        Difference {
            added,
            changed,
            removed,
        }
    }

    #[test]
    fn a_plan_is_told_in_sentences() {
        let none = Plan::default();
        assert!(none.is_none());
        assert_eq!(
            none.sentences(),
            ["Nothing changes: all of it is here already."]
        );
        let plan = Plan {
            bookmarks: of(12, 3, 0),
            highlights: of(0, 1, 0),
            copies: of(1, 0, 0),
            settings: vec!["text_size".to_owned(), "theme".to_owned()],
            ..Plan::default()
        };
        assert_eq!(
            plan.sentences(),
            [
                "12 bookmarks are added, 3 changed.",
                "1 highlight is changed.",
                "1 kept copy is added.",
                "2 settings change: text size, theme.",
                "Nothing is removed.",
            ]
        );
        let plan = Plan {
            bookmarks: of(0, 0, 1),
            recent: of(2, 0, 2),
            settings: vec!["theme".to_owned()],
            ..Plan::default()
        };
        assert_eq!(
            plan.sentences(),
            [
                "2 recent packs are added.",
                "1 setting changes: theme.",
                "1 bookmark is removed.",
                "2 recent packs are removed.",
            ]
        );
    }
}
