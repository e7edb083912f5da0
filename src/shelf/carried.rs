//! Where packs are that are carried along with the reader's files: by their way from the top of the drive, which is another letter
//! or another folder on the next machine.
//!
//! Such a place is written `drive:packs/today.offprint`. Every other place is written as it is, and one that was written before there
//! was this way of writing means what it meant.

use std::path::{Component, Path};

use super::Shelf;

/// What a place on the drive begins with.
const DRIVE: &str = "drive:";

impl Shelf {
    /// How a place is written in a file of the reader's.
    pub(super) fn place_to_write(&self, place: &str) -> String {
        match self.paths.drive.as_deref() {
            // Files that are not on the drive find nothing by it.
            Some(drive) if self.folder().starts_with(drive) => {
                on_drive(drive, place).unwrap_or_else(|| place.to_owned())
            }
            _ => place.to_owned(),
        }
    }

    /// The place that a file of the reader's means. One on a drive that is not here stays as it is written.
    pub(super) fn place_as_read(&self, text: String) -> String {
        let way = text.strip_prefix(DRIVE);
        let Some((drive, way)) = self.paths.drive.as_deref().zip(way) else {
            return text;
        };
        let mut path = drive.to_owned();
        // Every name is one step down, whatever the file says.
        for name in way.split('/') {
            match Path::new(name).components().next() {
                Some(Component::Normal(step)) if step == name => path.push(name),
                _ => return text,
            }
        }
        path.to_string_lossy().into_owned()
    }
}

/// The way to a place from the top of a drive, if it is on it and can be written the same on every system.
fn on_drive(drive: &Path, place: &str) -> Option<String> {
    let way = Path::new(place).strip_prefix(drive).ok()?;
    let mut text = DRIVE.to_owned();
    for (at, step) in way.components().enumerate() {
        let Component::Normal(name) = step else {
            return None;
        };
        let name = name.to_str().filter(|it| !it.contains(['/', '\\']))?;
        if at > 0 {
            text.push('/');
        }
        text.push_str(name);
    }
    (text != DRIVE).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RecentChange, RecentPack};
    use crate::platform::Paths;

    fn shelf(drive: &str, data: &str) -> Shelf {
        Shelf::at(Paths {
            data: data.into(),
            drive: Some(drive.into()),
            ..Paths::default()
        })
    }

    #[test]
    fn a_place_on_the_drive_is_the_same_on_another() {
        let here = shelf("/media/a", "/media/a/o/portable");
        let there = shelf("/mnt/b", "/mnt/b/o/portable");
        for (place, written, elsewhere) in [
            (
                "/media/a/packs/x.offprint",
                "drive:packs/x.offprint",
                "/mnt/b/packs/x.offprint",
            ),
            ("/media/a/x y", "drive:x y", "/mnt/b/x y"),
            // What is elsewhere, and what is no place at all, is left alone.
            ("/home/x.offprint", "/home/x.offprint", "/home/x.offprint"),
            ("/media/ab/x", "/media/ab/x", "/media/ab/x"),
            ("/media/a", "/media/a", "/media/a"),
            ("/media/a/../x", "/media/a/../x", "/media/a/../x"),
            ("/media/a/x\\y", "/media/a/x\\y", "/media/a/x\\y"),
            (
                "https://example.org/a",
                "https://example.org/a",
                "https://example.org/a",
            ),
            ("built-in", "built-in", "built-in"),
            ("", "", ""),
        ] {
            assert_eq!(here.place_to_write(place), written);
            assert_eq!(
                there.place_as_read(written.to_owned()),
                elsewhere,
                "{place}"
            );
        }
    }

    #[test]
    fn a_file_leads_to_no_place_outside_the_drive() {
        let shelf = shelf("/media/a", "/media/a/o/portable");
        for text in [
            "drive:",
            "drive:../x",
            "drive:a/../../x",
            "drive:/etc",
            "drive:a//b",
            "drive:./a",
        ] {
            assert_eq!(shelf.place_as_read(text.to_owned()), text);
        }
    }

    #[test]
    fn files_that_are_not_on_the_drive_name_whole_paths() {
        let installed = Shelf::open("/home/me/data");
        assert_eq!(installed.place_to_write("/home/me/x"), "/home/me/x");
        assert_eq!(installed.place_as_read("drive:x".to_owned()), "drive:x");
        let stands_in = shelf("/media/a", "/home/me/data");
        assert_eq!(stands_in.place_to_write("/media/a/x"), "/media/a/x");
        assert_eq!(stands_in.place_as_read("drive:x".to_owned()), "/media/a/x");
    }

    #[test]
    fn recent_packs_are_found_at_another_mount_point() {
        let home = tempfile::tempdir().unwrap();
        let of = |drive: &Path| {
            Shelf::at(Paths {
                data: drive.join("portable"),
                drive: Some(drive.to_owned()),
                ..Paths::default()
            })
        };
        let (first, second) = (home.path().join("e"), home.path().join("f"));
        let opened = |path: &Path, edition: &str| {
            RecentChange::Opened(RecentPack {
                path: path.to_string_lossy().into_owned(),
                title: "Desk".to_owned(),
                series: "s".to_owned(),
                edition: edition.to_owned(),
                opened: String::new(),
            })
        };
        let shelf = of(&first);
        let pack = opened(&first.join("packs/x.offprint"), "1");
        let other = opened(Path::new("/elsewhere"), "1");
        shelf.change_recent(&[other, pack]).unwrap();
        std::fs::rename(&first, &second).unwrap();
        let shelf = of(&second);
        let moved = second.join("packs/x.offprint");
        let entries = shelf.load_recent().value.entries;
        assert_eq!(Path::new(&entries[0].path), moved);
        assert_eq!(entries[1].path, "/elsewhere");
        // Opened again there it is the same entry, and another can be forgotten.
        let forget = RecentChange::Forget("/elsewhere".to_owned());
        shelf.change_recent(&[opened(&moved, "2"), forget]).unwrap();
        let entries = shelf.load_recent().value.entries;
        assert_eq!((entries.len(), entries[0].edition.as_str()), (1, "2"));
        let text = std::fs::read_to_string(second.join("portable/recent.ron")).unwrap();
        assert!(text.contains("\"drive:packs/x.offprint\""), "{text}");
    }
}
