//! The end of an archive says where its directory lies. Everything it says is held against the length of the file before it is used.

use std::io;

use super::fields::Fields;
use super::file::SharedFile;
use crate::pack::limits::{ARCHIVE_ENTRIES, DIRECTORY_BYTES};

/// What the end record says, found to be possible.
pub(super) struct End {
    pub(super) entries: u64,
    /// Where the directory begins.
    pub(super) start: u64,
    /// Where it ends.
    pub(super) stop: u64,
    /// How many bytes follow the archive.
    pub(super) trailing: u64,
}

/// Why there is no directory.
#[derive(Debug)]
pub(super) enum NoEnd {
    Io(io::Error),
    /// It is none, or it is damaged beyond its own directory: it may be salvaged.
    Damaged(&'static str),
    /// It can be read and is refused.
    Refused(&'static str),
}

impl From<io::Error> for NoEnd {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

const RECORD: usize = 22;
const LOCATOR: usize = 20;
const WIDE_RECORD: usize = 56;
/// The longest comment there can be.
const COMMENT: usize = 0xFFFF;
/// What each entry takes of the directory at the least.
const LEAST: u64 = 46;

const NOT_ZIP: &str = "it is neither a folder nor a ZIP archive";
const DAMAGED: &str = "its table of contents is damaged";
const SPANNED: &str = "it is one volume of an archive in several files; a pack is one file";
const SHIFTED: &str = "something was put before the archive, so that its places are wrong";
const TOO_MANY: &str = "it has more than 1,000,000 entries";

impl End {
    pub(super) fn find(file: &SharedFile) -> Result<Self, NoEnd> {
        let most = RECORD + COMMENT;
        let tail_at = file.length().saturating_sub(most as u64);
        let tail = file.bytes(tail_at, most)?;
        let at = last_record(&tail).ok_or(NoEnd::Damaged(NOT_ZIP))?;
        let record = Fields(tail.get(at..).unwrap_or_default());
        let record_at = tail_at + at as u64;
        Self::read(file, record, record_at)
            .transpose()
            .unwrap_or(Err(NoEnd::Damaged(DAMAGED)))
    }

    fn read(file: &SharedFile, record: Fields<'_>, record_at: u64) -> Result<Option<Self>, NoEnd> {
        let narrow = || {
            let disks = [record.u16(4)?, record.u16(6)?];
            let counts = [record.u16(8)?, record.u16(10)?];
            Some((
                disks,
                counts,
                record.u32(12)?,
                record.u32(16)?,
                record.u16(20)?,
            ))
        };
        let Some((disks, counts, size, start, comment)) = narrow() else {
            return Ok(None);
        };
        let after = record_at + RECORD as u64 + u64::from(comment);
        let trailing = file.length().saturating_sub(after);
        let mut found = Self {
            entries: counts[1].into(),
            start: start.into(),
            stop: record_at,
            trailing,
        };
        let mut size = u64::from(size);
        let mut disks = disks.map(u32::from);
        let mut here = u64::from(counts[0]);
        if let Some(wide_at) = wide_place(file, record_at)? {
            let wide = file.bytes(wide_at, WIDE_RECORD)?;
            let wide = Fields(&wide);
            if !wide.0.starts_with(b"PK\x06\x06") {
                return Err(NoEnd::Damaged(DAMAGED));
            }
            let numbers = || {
                Some((
                    [wide.u32(16)?, wide.u32(20)?],
                    [wide.u64(24)?, wide.u64(32)?],
                    wide.u64(40)?,
                    wide.u64(48)?,
                ))
            };
            let Some((wide_disks, wide_counts, wide_size, wide_start)) = numbers() else {
                return Ok(None);
            };
            // A narrow number that fits must say the same: two readers might each believe another.
            let agree = |narrow: u64, wide: u64, full: u64| narrow == wide || narrow == full;
            if !agree(found.entries, wide_counts[1], 0xFFFF)
                || !agree(size, wide_size, u32::MAX.into())
                || !agree(found.start, wide_start, u32::MAX.into())
            {
                return Err(NoEnd::Damaged(DAMAGED));
            }
            (disks, here, size) = (wide_disks, wide_counts[0], wide_size);
            (found.entries, found.start, found.stop) = (wide_counts[1], wide_start, wide_at);
        }
        if disks != [0, 0] || here != found.entries {
            return Err(NoEnd::Refused(SPANNED));
        }
        if found.entries > ARCHIVE_ENTRIES || size > DIRECTORY_BYTES {
            return Err(NoEnd::Refused(TOO_MANY));
        }
        let Some(end) = found.start.checked_add(size) else {
            return Ok(None);
        };
        if end < found.stop && file.bytes(found.stop - size, 4)?.starts_with(b"PK\x01\x02") {
            return Err(NoEnd::Refused(SHIFTED));
        }
        let sound = end == found.stop && found.entries.saturating_mul(LEAST) <= size;
        Ok(sound.then_some(found))
    }
}

/// The place of the record in the last bytes of a file: one that ends with the file before one that does not.
fn last_record(tail: &[u8]) -> Option<usize> {
    let starts = (0..tail.len().checked_sub(RECORD - 1)?).rev();
    let mut records = starts.filter_map(|at| {
        let record = tail.get(at..).filter(|it| it.starts_with(b"PK\x05\x06"))?;
        let end = at + RECORD + usize::from(Fields(record).u16(20)?);
        (end <= tail.len()).then_some((at, end))
    });
    let last = records.next()?;
    let exact = std::iter::once(last)
        .chain(records)
        .find(|(_, end)| *end == tail.len());
    exact.or(Some(last)).map(|(at, _)| at)
}

/// Where the ZIP64 end record lies, if there is one.
fn wide_place(file: &SharedFile, record_at: u64) -> Result<Option<u64>, NoEnd> {
    let Some(locator_at) = record_at.checked_sub(LOCATOR as u64) else {
        return Ok(None);
    };
    let locator = file.bytes(locator_at, LOCATOR)?;
    let locator = Fields(&locator);
    if !locator.0.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    match (locator.u32(4), locator.u64(8), locator.u32(16)) {
        (Some(0), Some(at), Some(0 | 1)) if at < locator_at => Ok(Some(at)),
        (Some(_), Some(_), Some(disks)) if disks > 1 => Err(NoEnd::Refused(SPANNED)),
        _ => Err(NoEnd::Damaged(DAMAGED)),
    }
}
