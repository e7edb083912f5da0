//! A single file of any bytes is opened, read whole, checked, unpacked and mended. Nothing may be written outside the folder meant for it.

#![no_main]

use std::fs;
use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use offprint::model::{Edition as _, Origin};
use offprint::pack;

static GO_ON: AtomicBool = AtomicBool::new(false);

fuzz_target!(|bytes: &[u8]| {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.offprint");
    fs::write(&file, bytes).unwrap();
    let origin = Origin::Path(file.clone());
    if let Ok((pack, _)) = pack::open(&origin, &GO_ON, &|_| {}) {
        for row in 0..pack.count().min(20) {
            drop(pack.body(row));
            let story = pack.story(row).unwrap();
            if let Some(picture) = &story.thumbnail {
                drop(pack.picture(&picture.file));
            }
        }
    }
    drop(pack::check(&origin, &GO_ON));
    let inside = home.path().join("inside");
    fs::create_dir(&inside).unwrap();
    drop(pack::unpack(
        &file,
        &inside.join("pack"),
        &GO_ON,
        &|_, _| {},
    ));
    let count = |folder| fs::read_dir(folder).unwrap().count();
    assert!(count(home.path()) == 2 && count(&inside) <= 1);
    drop(pack::repair(
        &file,
        std::slice::from_ref(&file),
        &GO_ON,
        &|_, _| {},
    ));
});
