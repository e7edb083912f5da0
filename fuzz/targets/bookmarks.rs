//! A bookmarks file of any bytes is loaded and changed: the change is there, and so is every bookmark that was there before.

#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use offprint::model::{Bookmark, BookmarkChange, Life, SeriesId, StoryId};
use offprint::shelf::Shelf;

fuzz_target!(|bytes: &[u8]| {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("bookmarks");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("org.example.fuzz.ron");
    fs::write(&file, bytes).unwrap();
    let shelf = Shelf::open(home.path());
    let series = SeriesId::new("org.example.fuzz");
    // A damaged file is set aside, under another name.
    let is_kept = || {
        let mut files = fs::read_dir(&folder).unwrap().flatten();
        files.any(|it| fs::read(it.path()).unwrap() == bytes)
    };
    let before = shelf.load_bookmarks(&series);
    assert!(is_kept(), "loading takes nothing away");
    let story = StoryId::new("fuzz");
    let added = Bookmark {
        series: series.clone(),
        story: story.clone(),
        life: Life::new(shelf.now()),
        ..Bookmark::default()
    };
    if shelf
        .change_bookmarks(&series, &[BookmarkChange::Add(Box::new(added))])
        .is_err()
    {
        assert!(is_kept(), "a change that fails changes nothing");
        return;
    }
    let after = shelf.load_bookmarks(&series);
    let has = |id: &StoryId| after.value.iter().any(|it| it.story == *id);
    assert!(has(&story));
    assert!(before.value.iter().all(|it| has(&it.story)));
});
