//! The power goes, at every moment of some saves: every state that a file system may leave then is one from before or after the save
//! that was under way, and what was reported as saved is there.
//!
//! What may be left is taken as wide as POSIX has it, after Pillai and others, “All File Systems Are Not Created Equal” (OSDI 2014):
//! bytes not synced may be there, in part, as zeros, or not; names not synced may be there or not, each by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::faults::{SCENES, Scene, files, is_somewhere, is_temporary, look};
use super::seam::{Done, Fault, watched};
use super::{add, desk, figure, full, ground, shelf};
use crate::shelf::folder::folder_of;
use crate::shelf::{Saved, Shelf, ShelfError};

/// The bytes of a file, whatever its names.
#[derive(Clone, Default)]
struct Bytes {
    synced: Vec<u8>,
    written: Vec<u8>,
}

/// What happens to the names in one folder; each happens as a whole or not at all.
#[derive(Clone)]
enum Naming {
    Folder(PathBuf),
    Put(PathBuf, usize),
    Move(PathBuf, PathBuf, usize),
    Gone(PathBuf),
}

/// Names as they lead to bytes.
#[derive(Clone, Default)]
struct Names {
    folders: BTreeSet<PathBuf>,
    files: BTreeMap<PathBuf, usize>,
}

/// What is left of a disk: each file and what is in it.
type State = BTreeMap<PathBuf, Vec<u8>>;

#[derive(Clone, Default)]
struct Disk {
    bytes: Vec<Bytes>,
    /// What the program sees.
    now: Names,
    /// What is there whatever happens.
    synced: Names,
    /// What may be there or not, with the folder it is in.
    pending: Vec<(PathBuf, Naming)>,
}

impl Names {
    fn apply(&mut self, naming: &Naming) {
        match naming {
            Naming::Folder(it) => _ = self.folders.insert(it.clone()),
            Naming::Put(it, bytes) => _ = self.files.insert(it.clone(), *bytes),
            Naming::Move(from, to, bytes) => {
                self.files.remove(from);
                self.files.insert(to.clone(), *bytes);
            }
            Naming::Gone(it) => _ = self.files.remove(it),
        }
    }
}

impl Disk {
    /// A disk on which all this has been for long.
    fn of(root: &Path) -> Self {
        let mut disk = Self::default();
        for path in files(root) {
            let bytes = fs::read(&path).unwrap();
            disk.synced.files.insert(path.clone(), disk.bytes.len());
            disk.bytes.push(Bytes {
                synced: bytes.clone(),
                written: bytes,
            });
            let folders = folder_of(&path).ancestors().map(Path::to_owned);
            disk.synced.folders.extend(folders);
        }
        let folders = root.ancestors().map(Path::to_owned);
        disk.synced.folders.extend(folders);
        disk.now = disk.synced.clone();
        disk
    }

    fn name(&mut self, naming: Naming) {
        let folder = match &naming {
            Naming::Folder(it) | Naming::Put(it, _) | Naming::Move(_, it, _) | Naming::Gone(it) => {
                folder_of(it).to_owned()
            }
        };
        self.now.apply(&naming);
        self.pending.push((folder, naming));
    }

    fn take(&mut self, done: &Done) {
        match done {
            Done::MakeFolder(it) => self.name(Naming::Folder(it.clone())),
            Done::Write(it, bytes) => {
                if !self.now.files.contains_key(it) {
                    self.bytes.push(Bytes::default());
                    self.name(Naming::Put(it.clone(), self.bytes.len() - 1));
                }
                let file = self.now.files[it];
                self.bytes[file].written.extend(bytes);
            }
            Done::Sync(it) => {
                let file = self.now.files[it];
                self.bytes[file].synced = self.bytes[file].written.clone();
            }
            Done::Rename(from, to) => {
                let file = self.now.files[from];
                self.name(Naming::Move(from.clone(), to.clone(), file));
            }
            Done::Link(from, to) => {
                let file = self.now.files[from];
                self.name(Naming::Put(to.clone(), file));
            }
            Done::Remove(it) => self.name(Naming::Gone(it.clone())),
            Done::SyncFolder(folder) => {
                let (now, later) = std::mem::take(&mut self.pending)
                    .into_iter()
                    .partition(|(of, _)| of == folder);
                self.pending = later;
                let now: Vec<(PathBuf, Naming)> = now;
                for (_, naming) in &now {
                    self.synced.apply(naming);
                }
            }
        }
    }

    /// Every state this disk may be in when the power comes back.
    fn states(&self) -> BTreeSet<State> {
        const MOST: usize = 14;
        assert!(self.pending.len() <= MOST, "too much is never synced");
        let mut states = BTreeSet::new();
        for choice in 0..1_usize << self.pending.len() {
            let mut names = self.synced.clone();
            for (at, (_, naming)) in self.pending.iter().enumerate() {
                if choice >> at & 1 == 1 {
                    names.apply(naming);
                }
            }
            let mut partial = vec![State::new()];
            for (path, file) in &names.files {
                let mut folders = folder_of(path).ancestors();
                if folders.any(|it| !it.as_os_str().is_empty() && !names.folders.contains(it)) {
                    continue;
                }
                let contents = self.bytes[*file].contents();
                partial = partial
                    .iter()
                    .flat_map(|state| {
                        contents.iter().map(|bytes| {
                            let mut state = state.clone();
                            state.insert(path.clone(), bytes.clone());
                            state
                        })
                    })
                    .collect();
            }
            states.extend(partial);
        }
        states
    }
}

impl Bytes {
    /// What may be found in the file.
    fn contents(&self) -> BTreeSet<Vec<u8>> {
        let (written, len) = (&self.written, self.written.len());
        if self.synced == *written {
            return BTreeSet::from([written.clone()]);
        }
        let half = len / 2;
        let mut zeros_first = vec![0; half];
        zeros_first.extend(&written[half..]);
        let mut zeros_last = written[..half].to_owned();
        zeros_last.resize(len, 0);
        BTreeSet::from([
            self.synced.clone(),
            written.clone(),
            written[..half].to_owned(),
            vec![0; len],
            zeros_first,
            zeros_last,
        ])
    }
}

/// Puts a state into a folder of its own.
fn made(state: &State, root: &Path) -> tempfile::TempDir {
    let folder = ground();
    for (path, bytes) in state {
        let path = folder.path().join(path.strip_prefix(root).unwrap());
        fs::create_dir_all(folder_of(&path)).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// A change of the reader's.
type Change = fn(&Shelf) -> Result<Saved, ShelfError>;

/// Cuts the power at every moment of some changes; how many moments and states there were.
fn cut(scene: &Scene, changes: &[Change], no_links: bool) -> (usize, usize) {
    let root = ground();
    (scene.prepare)(root.path());
    let mut disk = Disk::of(root.path());
    let first = {
        // Looking sets damaged files aside.
        let folder = made(&disk.states().pop_first().unwrap(), root.path());
        look(folder.path())
    };
    let mut looks = vec![first];
    let mut whole: BTreeSet<Vec<u8>> = disk.bytes.iter().map(|it| it.synced.clone()).collect();
    let mut log = Vec::new();
    for change in changes {
        let (saved, seen) = watched(None, no_links, || change(&shelf(root.path())));
        saved.unwrap();
        log.push(seen.done);
        looks.push(look(root.path()));
        whole.extend(files(root.path()).iter().map(|it| fs::read(it).unwrap()));
    }
    let mut tried = BTreeSet::new();
    let mut moments = 0;
    for (saved, log) in log.iter().enumerate() {
        for done in log {
            moments += 1;
            disk.take(done);
            for state in disk.states() {
                if tried.insert((saved, state.clone())) {
                    let further = full() || tried.len() % 16 == 0;
                    one_state(
                        scene,
                        &state,
                        root.path(),
                        &looks[saved..=saved + 1],
                        further,
                    );
                    older_states_are_whole(&state, &whole);
                }
            }
        }
        // All of it is reported as saved.
        for state in disk.states() {
            let done = &looks[saved + 1..=saved + 1];
            one_state(scene, &state, root.path(), done, false);
        }
    }
    (moments, tried.len())
}

fn one_state(scene: &Scene, state: &State, root: &Path, looks: &[String], further: bool) {
    let name = scene.name;
    let folder = made(state, root);
    let kept = scene
        .precious
        .is_none_or(|it| is_somewhere(folder.path(), it));
    assert!(kept, "{name}: {state:?}");
    let shelf = shelf(folder.path());
    let notices = shelf.load_bookmarks(&desk()).notices;
    assert!(
        notices.is_empty() || scene.precious.is_some(),
        "{name}: {notices:?}"
    );
    let found = look(folder.path());
    assert!(
        looks.contains(&found),
        "{name}: {found}\nin {state:?}\nand not {looks:?}"
    );
    if further {
        shelf.change_bookmarks(&desk(), &[add("further")]).unwrap();
        let stories = shelf.load_bookmarks(&desk()).value;
        assert!(stories.iter().any(|it| it.story.as_str() == "further"));
        let kept = scene
            .precious
            .is_none_or(|it| is_somewhere(folder.path(), it));
        assert!(kept, "{name}: {state:?}");
    }
}

fn older_states_are_whole(state: &State, whole: &BTreeSet<Vec<u8>>) {
    for (path, bytes) in state {
        let older = path.components().any(|it| it.as_os_str() == "older");
        if older && !is_temporary(path) {
            assert!(whole.contains(bytes), "{}", path.display());
        }
    }
}

#[test]
fn whenever_the_power_goes_what_was_saved_is_there() {
    let mut sum = (0, 0);
    for scene in &SCENES {
        for no_links in [false, true] {
            let again: Change = |shelf| shelf.change_bookmarks(&desk(), &[add("again")]);
            let more: Change = |shelf| shelf.change_bookmarks(&desk(), &[add("more")]);
            let all = [scene.change, again, more];
            let changes = if full() { &all[..] } else { &all[..2] };
            let (moments, states) = cut(scene, changes, no_links);
            sum = (sum.0 + moments, sum.1 + states);
        }
    }
    let (moments, states) = sum;
    assert!(states > moments, "nothing was ever left open");
    figure(&format!(
        "{states} states loaded that a power cut at {moments} moments may leave, 0 lost, 0 torn"
    ));
}

#[test]
fn what_was_saved_at_the_second_try_is_there_too() {
    let mut tries = 0;
    for scene in &SCENES {
        let change = |root: &Path, fault| {
            let change = || (scene.change)(&shelf(root));
            watched(fault, false, change)
        };
        let prepared = || {
            let root = ground();
            (scene.prepare)(root.path());
            let disk = Disk::of(root.path());
            (root, disk)
        };
        let calls = change(prepared().0.path(), None).1.calls;
        let old = look(prepared().0.path());
        for (at, late) in (0..calls).flat_map(|at| [(at, false), (at, true)]) {
            let (root, mut disk) = prepared();
            let mut tried = BTreeSet::new();
            let kind = std::io::ErrorKind::Other;
            let (failed, first) = change(root.path(), Some(Fault { at, kind, late }));
            let leaves_much_open = match first.failed {
                Some("sync folder" | "make folder") => true,
                Some("rename") => late,
                _ => false,
            };
            if failed.is_ok() || !full() && !leaves_much_open {
                continue;
            }
            let (saved, second) = change(root.path(), None);
            saved.unwrap();
            tries += 1;
            let looks = [old.clone(), look(root.path())];
            for done in &first.done {
                disk.take(done);
            }
            for done in &second.done {
                disk.take(done);
                for state in disk.states() {
                    if tried.insert(state.clone()) {
                        one_state(scene, &state, root.path(), &looks, false);
                    }
                }
            }
            for state in disk.states() {
                one_state(scene, &state, root.path(), &looks[1..], false);
            }
        }
    }
    assert!(tries > 0, "no first try failed");
    figure(&format!(
        "{tries} saves that failed at first and were cut off in their second try: 0 lost, 0 torn"
    ));
}

#[test]
fn the_power_cuts_of_this_test_do_harm() {
    let [temporary, file] = ["/x/t", "/x/f"].map(PathBuf::from);
    let mut disk = Disk::default();
    disk.synced.folders.extend(["/", "/x"].map(PathBuf::from));
    disk.synced.files.insert(file.clone(), 0);
    disk.now = disk.synced.clone();
    disk.bytes.push(Bytes {
        synced: b"old".to_vec(),
        written: b"old".to_vec(),
    });
    let write = Done::Write(temporary.clone(), b"new!".to_vec());
    let sync = Done::Sync(temporary.clone());
    let rename = Done::Rename(temporary, file.clone());
    let sync_folder = Done::SyncFolder("/x".into());
    let after = |steps: &[&Done]| -> BTreeSet<Vec<u8>> {
        let mut disk = disk.clone();
        for step in steps {
            disk.take(step);
        }
        disk.states().iter().map(|it| it[&file].clone()).collect()
    };
    let set = |all: &[&[u8]]| -> BTreeSet<Vec<u8>> { all.iter().map(|it| it.to_vec()).collect() };
    assert_eq!(
        after(&[&write, &sync, &rename, &sync_folder]),
        set(&[b"new!"])
    );
    assert_eq!(after(&[&write, &sync, &rename]), set(&[b"new!", b"old"]));
    let torn = after(&[&write, &rename, &sync_folder]);
    assert!(
        torn.contains(&b""[..]) && torn.contains(&b"ne\0\0"[..]),
        "{torn:?}"
    );
}
