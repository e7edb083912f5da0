//! Puts files together into a single file whose bytes follow from nothing but the files.

use std::io::{self, Write};

use super::container::{MEDIA_TYPE, MIMETYPE, Packed, Writer};
use super::name::Name;
use super::parts::{self, Part, SizeClass, digest};
use super::picture::Kind;

/// A single file that is being written: the media type, then what is added, then the list of parts.
pub(super) struct Assembly<W> {
    writer: Writer<W>,
    /// What went in.
    pub(super) parts: Vec<Part>,
}

impl<W: Write> Assembly<W> {
    /// Begins a file.
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut writer = Writer::new(out);
        let media_type = Packed::stored(MEDIA_TYPE.as_bytes().to_vec());
        writer.add(&ours(MIMETYPE)?, &media_type)?;
        Ok(Self {
            writer,
            parts: Vec::new(),
        })
    }

    /// Adds a file. Pictures are compressed already and stay as they are.
    pub(super) fn add(&mut self, name: &Name, content: Vec<u8>) -> io::Result<()> {
        self.parts.push(Part {
            bytes: content.len() as u64,
            sha256: digest(&content),
            name: name.clone(),
        });
        let packed = if Kind::of(&content).is_some() {
            Packed::stored(content)
        } else {
            Packed::deflated(content)
        };
        self.writer.add(name, &packed)
    }

    /// Ends the file, and gives back what it was written to and what is in it.
    pub(super) fn finish(mut self, class: SizeClass) -> io::Result<(W, Vec<Part>)> {
        if let Some(text) = class.to_text() {
            let packed = Packed::deflated(text.as_bytes().to_vec());
            self.writer.add(&ours(parts::SIZE)?, &packed)?;
        }
        let text = parts::to_text(&self.parts);
        let packed = Packed::deflated(text.into_bytes());
        self.writer.add(&ours(parts::PARTS)?, &packed)?;
        Ok((self.writer.finish()?, self.parts))
    }
}

/// A name of the container's own, which is sound.
fn ours(name: &str) -> io::Result<Name> {
    Name::new(name).map_err(io::Error::other)
}
