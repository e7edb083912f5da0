//! Which pictures an edition shows, and where each is named.
//! Many stories may share a picture; it is looked at once.

use std::collections::BTreeMap;

use super::findings::Place;

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The cover of the edition.
    Cover,
    /// Beside a headline, and above the story.
    Thumbnail,
    /// In a body.
    Figure,
}

/// A picture that is named somewhere.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) role: Role,
    pub(super) place: Place,
}

/// The pictures by their names, as they are written.
#[derive(Debug, Default)]
pub(super) struct Uses(BTreeMap<String, Vec<Use>>);

impl Uses {
    pub(super) fn add(&mut self, name: &str, role: Role, place: Place) {
        let uses = self.0.entry(name.to_owned()).or_default();
        uses.push(Use { role, place });
    }

    /// How many pictures there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[Use])> {
        self.0
            .iter()
            .map(|(name, uses)| (name.as_str(), uses.as_slice()))
    }
}
