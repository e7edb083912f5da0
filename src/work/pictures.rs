//! Decodes pictures: the newest request first, for that is what is on the screen.

use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::sync::mpsc::Receiver;

use super::packs::Packs;
use super::thread::Line;
use super::{Mailbox, Report};
use crate::images::{Decoded, Digest, Wanted, decode};

/// A picture to decode.
pub struct Job(pub Wanted);

/// More than this many requests in a row and the reader has long scrolled past the oldest.
const MOST: usize = 96;

/// Starts the thread.
pub fn start(packs: Packs, reports: Mailbox) -> io::Result<Line<Job>> {
    let mut waiting: Vec<Wanted> = Vec::new();
    Line::start("pictures", reports.clone(), move |jobs: &Receiver<Job>| {
        if waiting.is_empty() {
            waiting.push(jobs.recv().ok()?.0);
        }
        waiting.extend(jobs.try_iter().map(|job| job.0));
        let late = waiting.len().saturating_sub(MOST);
        for wanted in waiting.drain(..late) {
            reports.report(Report::PictureDropped(wanted.key));
        }
        if let Some(Wanted { key, shown }) = waiting.pop() {
            let result = match packs.get(key.pack) {
                None => Err("its pack is closed".to_owned()),
                Some(pack) => pack
                    .picture(&key.file)
                    .map_err(|error| error.to_string())
                    .and_then(|bytes| {
                        let digest = digest(&bytes);
                        if shown == Some(digest) {
                            return Ok(Decoded::Same);
                        }
                        let image = decode(&bytes, key.width).map_err(|error| error.to_string())?;
                        Ok(Decoded::Pixels(image, digest))
                    }),
            };
            reports.report(Report::Picture(key, result));
        }
        Some(())
    })
}

/// One number for what a file holds.
fn digest(bytes: &[u8]) -> Digest {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;
    use crate::images::PictureKey;
    use crate::model::Origin;
    use crate::pack;

    #[test]
    fn a_picture_of_the_same_bytes_is_not_decoded_again() {
        let (pack, _) = pack::open(&Origin::Guide, &AtomicBool::new(false), &|_| {}).unwrap();
        let packs = Packs::default();
        let key = PictureKey {
            pack: packs.insert(Arc::new(pack)),
            file: "images/cover.png".into(),
            width: 160,
        };
        let (sender, answers) = channel();
        let reports = Mailbox {
            sender,
            wake: Arc::new(|| {}),
        };
        let line = start(packs, reports).unwrap();
        let ask = |shown| {
            let key = key.clone();
            line.send(Job(Wanted { key, shown }));
            match answers.recv_timeout(Duration::from_secs(20)).unwrap() {
                Report::Picture(_, Ok(decoded)) => decoded,
                _ => panic!("the picture is well"),
            }
        };
        let Decoded::Pixels(image, digest) = ask(None) else {
            panic!("nothing was shown of it");
        };
        assert_eq!(image.size[0], 160);
        assert!(matches!(ask(Some(digest)), Decoded::Same));
        assert!(matches!(ask(Some(digest ^ 1)), Decoded::Pixels(..)));
    }
}
