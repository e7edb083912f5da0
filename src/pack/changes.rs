//! How a story reads otherwise than in an earlier pack. A body whose bytes are the same is not looked into.

use super::open::Pack;
use crate::article;
use crate::model::{
    Edition as _, FieldChange, StoryBody, StoryChanges, StoryId, compare_stories, since,
};

/// What is read otherwise of a story with this body in `pack` than in `before`, if it is in both and anything is.
///
/// Where the earlier body cannot be read there is nothing to tell.
pub fn changes(before: &Pack, pack: &Pack, id: &StoryId, body: &StoryBody) -> Option<StoryChanges> {
    let row = before.row_of(id)?;
    let (old, new) = (before.story(row)?, pack.story(pack.row_of(id)?)?);
    let fields: Vec<FieldChange> = compare_stories((before, &old), (pack, &new))
        .into_iter()
        .filter(|change| change.field.is_read())
        .collect();
    let text = if before.digest(row).ok()? == body.digest {
        Vec::new()
    } else {
        article::compare(&before.body(row).ok()?.body, &body.body)
    };
    let differ = !fields.is_empty() || !text.is_empty();
    differ.then(|| StoryChanges::new(since(before.info(), pack.info()), fields, text))
}
