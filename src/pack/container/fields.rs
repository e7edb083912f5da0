//! Numbers out of bytes, least significant first, as everywhere in a ZIP archive.
//! What is not there is nothing, never a panic.

/// Fixed fields of a record, by their place in it.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl Fields<'_> {
    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(bytes.try_into().ok()?))
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    pub(super) fn u64(self, at: usize) -> Option<u64> {
        let bytes = self.0.get(at..at.checked_add(8)?)?;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    }
}

/// Numbers that did not fit into their fields, in the order in which they did not (APPNOTE 4.5.3).
pub(super) struct Wide<'a> {
    rest: &'a [u8],
}

impl<'a> Wide<'a> {
    /// Finds the ZIP64 field among the extra fields of an entry.
    pub(super) fn find(extra: &'a [u8]) -> Self {
        const ZIP64: u16 = 1;
        let mut rest = extra;
        while let (Some(kind), Some(length)) = (Fields(rest).u16(0), Fields(rest).u16(2)) {
            let end = 4 + usize::from(length);
            let Some(content) = rest.get(4..end) else {
                break;
            };
            if kind == ZIP64 {
                return Self { rest: content };
            }
            rest = rest.get(end..).unwrap_or_default();
        }
        Self { rest: &[] }
    }

    /// The number that stands in a field of four bytes, or in the ZIP64 field where the former says so.
    pub(super) fn or_wide(&mut self, narrow: u32) -> Option<u64> {
        if narrow != u32::MAX {
            return Some(narrow.into());
        }
        let number = Fields(self.rest).u64(0)?;
        self.rest = self.rest.get(8..)?;
        Some(number)
    }
}
