//! Where things stand among the pieces of a story: what was elsewhere before, the texts that blocks are counted by, and the marked
//! passages that are listed.

use super::piece::{Piece, Pieces};

/// So many pieces after a changed one are looked for in its place.
const NEAR: usize = 8;

impl Pieces {
    /// Where a piece of the story as it was before stands now: what is above it may have grown or shrunk.
    pub fn place_of(&self, piece: usize, before: &Self) -> usize {
        let (old, new) = (&before.all, &self.all);
        let pairs = old.iter().zip(new);
        let head = pairs.take_while(|(a, b)| a == b).count();
        if piece < head {
            return piece;
        }
        let most = old.len().min(new.len()) - head;
        let pairs = old.iter().rev().zip(new.iter().rev()).take(most);
        let tail = pairs.take_while(|(a, b)| a == b).count();
        match old.len().checked_sub(piece) {
            Some(from_end) if from_end <= tail => new.len() - from_end,
            // It is between two changes, or is the change: then what follows it tells where it is.
            _ => (0..NEAR)
                .find_map(|after| {
                    let same = old.get(piece + after)?;
                    let places = (0..new.len()).filter(|&at| new.get(at) == Some(same));
                    let nearest = places.min_by_key(|at| at.abs_diff(piece + after))?;
                    nearest.checked_sub(after)
                })
                .unwrap_or(piece.min(new.len() - tail)),
        }
    }

    /// Lists so many marked passages under the story, the first `found` of which are in its text. Returns where a piece is now.
    pub fn list(&mut self, found: usize, count: usize, piece: usize) -> usize {
        let before = self.listed.clone();
        let mut list = Vec::new();
        if count > 0 {
            list.push(Piece::HighlightsHeading { lost: false });
        }
        for nth in 0..count {
            if nth == found {
                list.push(Piece::HighlightsHeading { lost: true });
            }
            list.push(Piece::Highlight(nth));
        }
        self.listed = before.start..before.start + list.len();
        let end = self.listed.end;
        self.all.splice(before.clone(), list);
        if piece < before.end {
            piece.min(end)
        } else {
            piece - before.end + end
        }
    }

    /// The piece that holds a leaf, and how far down in it that is, as a fraction.
    pub fn holding(&self, leaf: usize) -> Option<(usize, f32)> {
        let nth = self.all.iter().position(|piece| piece.has(leaf))?;
        let piece = self.all.get(nth)?;
        let before = (0..leaf).rev().take_while(|it| piece.has(*it)).count();
        let after = (leaf..self.leaves.len())
            .take_while(|it| piece.has(*it))
            .count();
        Some((nth, before as f32 / (before + after).max(1) as f32))
    }

    /// The leaf of a text of the body, counted from 0, and the piece it stands in.
    pub fn block(&self, block: usize) -> Option<(usize, usize)> {
        let leaf = self.body.start.checked_add(block)?;
        let in_body = self.body.contains(&leaf);
        let piece = in_body.then(|| self.all.iter().position(|piece| piece.has(leaf)))?;
        Some((leaf, piece?))
    }
}

impl Piece {
    /// Whether this leaf stands in it.
    fn has(&self, leaf: usize) -> bool {
        match self {
            Self::Headline(it)
            | Self::Standfirst(it)
            | Self::Paragraph(it)
            | Self::Brief(it)
            | Self::Heading(_, it)
            | Self::Code(it) => it.index == leaf,
            Self::Picture { caption: it, .. } | Self::Foot { source: it, .. } => {
                it.as_ref().is_some_and(|it| it.index == leaf)
            }
            Self::Quote { words, by, .. } => {
                let by = by.iter().map(|(name, _)| name);
                words.iter().chain(by).any(|it| it.index == leaf)
            }
            Self::Item { pieces, .. } => pieces.iter().any(|piece| piece.has(leaf)),
            Self::Note { title, pieces, .. } => {
                title.index == leaf || pieces.iter().any(|piece| piece.has(leaf))
            }
            Self::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flatten());
                cells.into_iter().any(|it| it.index == leaf)
            }
            Self::Label(_)
            | Self::Byline(..)
            | Self::Rule
            | Self::Filed
            | Self::Coming
            | Self::Failed(_)
            | Self::HighlightsHeading { .. }
            | Self::Highlight(_)
            | Self::RelatedHeading
            | Self::Related(_)
            | Self::End => false,
        }
    }
}
