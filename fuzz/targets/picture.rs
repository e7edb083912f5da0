//! A picture of any bytes is measured, stripped of metadata and decoded; what was stripped shows the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::images;
use offprint::pack::{self, PictureHeader};

fuzz_target!(|bytes: &[u8]| {
    let header = PictureHeader::read(bytes);
    // Hours of zeros are no find: what is large is tried by a test.
    if header.is_some_and(|it| it.pixels() > 1 << 20) {
        return;
    }
    let shown = images::decode(bytes, 480);
    if let Some(stripped) = pack::without_metadata(bytes) {
        assert!(stripped.len() <= bytes.len() + 64);
        assert_eq!(pack::without_metadata(&stripped), None);
        if let Ok(shown) = shown {
            let again = images::decode(&stripped, 480).unwrap();
            assert_eq!(again.size, shown.size);
            assert!(again.pixels == shown.pixels);
        }
    }
});
