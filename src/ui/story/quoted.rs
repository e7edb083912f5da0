//! The selected words as a citation has them: those of the body, and where they begin.

use super::StoryPage;
use crate::model::Quoted;

impl StoryPage {
    /// The selected words of the body, if there are any.
    pub fn quoted(&self) -> Option<Quoted> {
        let Self {
            pieces, selection, ..
        } = self;
        let text = |leaf| {
            let in_body = pieces.body.contains(&leaf);
            pieces.leaves.get(leaf).filter(|_| in_body)
        };
        let chosen = |leaf| {
            let range = selection.range_in(leaf, text(leaf)?.len())?;
            text(leaf)?.get(range)
        };
        let first = selection
            .leaves()
            .find(|&leaf| chosen(leaf).is_some_and(|words| !words.trim().is_empty()))?;
        let words = selection.copy(|leaf| text(leaf).map(|text| &**text));
        Some(Quoted::new(first - pieces.body.start, &words))
    }
}
