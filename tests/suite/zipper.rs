//! Archives of every kind of dishonesty, byte by byte.

/// An entry and what its two headers say of it.
#[derive(Clone)]
pub struct Entry {
    pub name: Vec<u8>,
    /// The bytes as they lie in the archive.
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    pub size: u32,
    pub made_by: u16,
    pub attributes: u32,
    /// The name in the local header, where it is another.
    pub local_name: Option<Vec<u8>>,
    /// The size in the local header, where it is another.
    pub local_size: Option<u32>,
    /// Where the directory says that the entry is, if not where it is.
    pub offset: Option<u32>,
}

impl Entry {
    /// An honest entry, stored.
    pub fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref();
        Self {
            name: name.into(),
            data: content.to_vec(),
            method: 0,
            flags: 0,
            crc: crc32fast::hash(content),
            size: content.len() as u32,
            made_by: 0x0314,
            attributes: 0o100_644 << 16,
            local_name: None,
            local_size: None,
            offset: None,
        }
    }

    /// An honest entry, deflated.
    pub fn deflated(name: &str, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref();
        Self {
            data: miniz_oxide::deflate::compress_to_vec(content, 9),
            method: 8,
            ..Self::new(name, content)
        }
    }
}

/// What the end of an archive says.
#[derive(Default)]
pub struct End {
    /// The number of entries, where it is another.
    pub entries: Option<u16>,
    /// The number of this disk.
    pub disk: u16,
    /// Whether it is in the ZIP64 form.
    pub wide: bool,
    pub comment: Vec<u8>,
}

/// An archive of the entries.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    zip_with(entries, &End::default())
}

pub fn zip_with(entries: &[Entry], end: &End) -> Vec<u8> {
    let mut out = Vec::new();
    let mut central = Vec::new();
    for entry in entries {
        let offset = entry.offset.unwrap_or(out.len() as u32);
        let packed = entry.data.len() as u32;
        let header = |name: &[u8], size: u32| {
            let mut bytes = Vec::new();
            for number in [20, entry.flags, entry.method, 0, 33] {
                bytes.extend(number.to_le_bytes());
            }
            for number in [entry.crc, packed, size] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend((name.len() as u16).to_le_bytes());
            bytes.extend([0; 2]);
            bytes
        };
        let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
        out.extend(b"PK\x03\x04");
        out.extend(header(local_name, entry.local_size.unwrap_or(entry.size)));
        out.extend(local_name);
        out.extend(&entry.data);
        central.extend(b"PK\x01\x02");
        central.extend(entry.made_by.to_le_bytes());
        central.extend(header(&entry.name, entry.size));
        central.extend([0; 6]);
        central.extend(entry.attributes.to_le_bytes());
        central.extend(offset.to_le_bytes());
        central.extend(&entry.name);
    }
    let start = out.len();
    out.extend(&central);
    close(out, entries.len() as u64, central.len(), start, end)
}

/// Puts the end behind a directory.
pub fn close(mut out: Vec<u8>, entries: u64, size: usize, start: usize, end: &End) -> Vec<u8> {
    if end.wide {
        let at = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(44_u64.to_le_bytes());
        out.extend([45, 3, 45, 0]);
        out.extend([0; 8]);
        for number in [entries, entries, size as u64, start as u64] {
            out.extend(number.to_le_bytes());
        }
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend(at.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    let count = end.entries.unwrap_or(entries.min(0xFFFF) as u16);
    out.extend(b"PK\x05\x06");
    for number in [end.disk, 0, count, count] {
        out.extend(number.to_le_bytes());
    }
    let narrow = |number: usize| if end.wide { u32::MAX } else { number as u32 };
    out.extend(narrow(size).to_le_bytes());
    out.extend(narrow(start).to_le_bytes());
    out.extend((end.comment.len() as u16).to_le_bytes());
    out.extend(&end.comment);
    out
}
