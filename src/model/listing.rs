//! The headline list as it stands: which rows, in which order, and where a section begins.
//! It is asked for item *i*; nothing here walks all the rows.

use std::sync::Arc;

use super::edition::{Edition, Section};

/// Which stories the reader wants listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Every story.
    #[default]
    All,
    /// Those not read yet.
    Unread,
    /// Those with a bookmark.
    Bookmarked,
}

/// The rows of a listing.
#[derive(Clone, Debug)]
enum Rows {
    All(usize),
    Some(Arc<[u32]>),
}

/// A headline list: rows with a heading wherever the section changes.
#[derive(Clone, Debug)]
pub struct Listing {
    rows: Rows,
    /// Where each section begins: its first position among the rows, and which section it is.
    heads: Vec<(usize, usize)>,
}

/// One item of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The name of a section, by its place in the edition.
    Section(usize),
    /// A story: its position in the listing and its row in the edition.
    Story {
        /// Position among the listed stories.
        position: usize,
        /// Row in the edition.
        row: usize,
    },
}

impl Default for Listing {
    fn default() -> Self {
        Self {
            rows: Rows::All(0),
            heads: Vec::new(),
        }
    }
}

impl Listing {
    /// Every row of an edition.
    pub fn all(edition: &dyn Edition) -> Self {
        let heads = named(edition.sections())
            .map(|(index, section)| (section.rows.start, index))
            .collect();
        Self {
            rows: Rows::All(edition.count()),
            heads,
        }
    }

    /// Some rows of an edition, in ascending order.
    pub fn some(edition: &dyn Edition, rows: Arc<[u32]>) -> Self {
        let heads = named(edition.sections())
            .filter_map(|(index, section)| {
                let first = rows.partition_point(|&row| (row as usize) < section.rows.start);
                let row = *rows.get(first)? as usize;
                section.rows.contains(&row).then_some((first, index))
            })
            .collect();
        Self {
            rows: Rows::Some(rows),
            heads,
        }
    }

    /// The number of stories.
    pub fn count(&self) -> usize {
        match &self.rows {
            Rows::All(count) => *count,
            Rows::Some(rows) => rows.len(),
        }
    }

    /// The number of items, headings included.
    pub fn items(&self) -> usize {
        self.count() + self.heads.len()
    }

    /// Item `index`.
    pub fn item(&self, index: usize) -> Option<Item> {
        // The k-th heading stands at its first row's position plus the k headings before it.
        let before = self.heads_before(index);
        if let Some((k, &(at, section))) = before
            .checked_sub(1)
            .and_then(|k| Some((k, self.heads.get(k)?)))
            && at + k == index
        {
            return Some(Item::Section(section));
        }
        let position = index - before;
        let row = self.row(position)?;
        Some(Item::Story { position, row })
    }

    /// The row at a position among the stories.
    pub fn row(&self, position: usize) -> Option<usize> {
        match &self.rows {
            Rows::All(count) => (position < *count).then_some(position),
            Rows::Some(rows) => rows.get(position).map(|&row| row as usize),
        }
    }

    /// Where a row stands among the stories, or where it would stand.
    pub fn position_of(&self, row: usize) -> Result<usize, usize> {
        match &self.rows {
            Rows::All(count) if row < *count => Ok(row),
            Rows::All(count) => Err(*count),
            Rows::Some(rows) => rows.binary_search(&u32::try_from(row).unwrap_or(u32::MAX)),
        }
    }

    /// The item at which a position among the stories stands.
    pub fn item_of(&self, position: usize) -> usize {
        position + self.heads.partition_point(|&(at, _)| at <= position)
    }

    /// How many headings stand at or before item `index`.
    fn heads_before(&self, index: usize) -> usize {
        let mut low = 0;
        let mut high = self.heads.len();
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.heads.get(middle) {
                Some((at, _)) if at + middle <= index => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }
}

/// The sections that have a name and stories.
fn named(sections: &[Section]) -> impl Iterator<Item = (usize, &Section)> {
    sections
        .iter()
        .enumerate()
        .filter(|(_, section)| !section.title.is_empty() && !section.rows.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::sample::sample;
    use super::*;

    fn written(listing: &Listing) -> String {
        (0..listing.items())
            .map(|index| match listing.item(index).unwrap() {
                Item::Section(section) => format!("[{section}]"),
                Item::Story { position, row } => {
                    assert_eq!(listing.item_of(position), index);
                    assert_eq!(listing.position_of(row), Ok(position));
                    format!("{row}")
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn headings_stand_where_a_section_begins() {
        let edition = sample(&[3, 0, 2, 1]);
        let all = Listing::all(&*edition);
        assert_eq!(written(&all), "[0] 0 1 2 [2] 3 4 [3] 5");
        assert_eq!(all.item(all.items()), None);
        assert_eq!(all.position_of(6), Err(6));
        for (rows, expected) in [
            (vec![], ""),
            (vec![4], "[2] 4"),
            (vec![1, 5], "[0] 1 [3] 5"),
            (vec![0, 2, 3], "[0] 0 2 [2] 3"),
        ] {
            let some = Listing::some(&*edition, rows.into());
            assert_eq!(written(&some), expected);
        }
    }
}
