//! A manifest of any bytes is opened and checked; what opens must keep its own promises.

#![no_main]

use std::fs;
use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use offprint::model::{Edition as _, Origin};
use offprint::pack;

static GO_ON: AtomicBool = AtomicBool::new(false);

fuzz_target!(|bytes: &[u8]| {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("pack.ron"), bytes).unwrap();
    let origin = Origin::Path(home.path().to_owned());
    if let Ok((pack, _)) = pack::open(&origin, &GO_ON, &|_| {}) {
        assert!(pack.count() > 0);
        let rows: usize = pack.sections().iter().map(|it| it.rows.len()).sum();
        assert_eq!(rows, pack.count());
        for row in 0..pack.count() {
            let story = pack.story(row).unwrap();
            assert_eq!(pack.row_of(&story.id), Some(row));
            assert!(story.related.iter().all(|it| pack.row_of(it).is_some()));
        }
    }
    drop(pack::check(&origin, &GO_ON));
});
