//! The packs that ship inside the program.
//! The table is written by `build.rs` from `content/`.

/// Files of a pack that lie in the program itself.
#[derive(Debug)]
pub(super) struct Embedded {
    /// Names and contents, by name.
    files: &'static [(&'static str, &'static [u8])],
}

impl Embedded {
    pub(super) fn get(&self, name: &str) -> Option<&'static [u8]> {
        let at = self.files.binary_search_by(|(n, _)| (*n).cmp(name)).ok()?;
        self.files.get(at).map(|(_, bytes)| *bytes)
    }

    /// Every file: its name and what is in it.
    pub(super) fn files(&self) -> &'static [(&'static str, &'static [u8])] {
        self.files
    }
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
