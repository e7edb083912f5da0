//! Files meant to harm: they are told or shown as far as they go, and cost no more than others of their size.

use std::fs;
use std::io::Cursor;
use std::sync::atomic::AtomicBool;

use image::{DynamicImage, ImageFormat};
use offprint::images;
use offprint::model::{Edition as _, Origin};
use offprint::pack::{self, PackError, PictureHeader};
use offprint::{article, pack::limits};
use proptest::prelude::*;

use super::zipper::{Entry, zip};

static GO_ON: AtomicBool = AtomicBool::new(false);

/// Opens and checks a folder with that manifest.
fn open(manifest: &[u8]) -> Result<pack::Pack, PackError> {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("pack.ron"), manifest).unwrap();
    let origin = Origin::Path(home.path().to_owned());
    pack::check(&origin, &GO_ON).unwrap();
    pack::open(&origin, &GO_ON, &|_| {}).map(|(pack, _)| pack)
}

fn manifest(top: &str, story: &str) -> String {
    format!(
        r#"Pack(format: 1, id: "org.example.h", edition: "1", title: "H", {top} sections: [Section(id: "s", title: "S", stories: [Story(id: "a", headline: "A", {story})])])"#
    )
}

#[test]
fn a_text_of_a_hundred_megabytes_is_refused_and_one_of_sixty_cut_short() {
    let longer = "words ".repeat(100_000_000 / 6);
    let refused = open(manifest("", &format!("summary: \"{longer}\"")).as_bytes());
    assert!(matches!(refused, Err(PackError::ManifestTooLarge { .. })));
    let long = "words ".repeat(60_000_000 / 6);
    let pack = open(manifest("", &format!("summary: \"{long}\"")).as_bytes()).unwrap();
    let summary = pack.story(0).unwrap().summary.clone();
    assert!(summary.chars().count() <= limits::TEXT_CHARS + 1);
    assert!(summary.starts_with("words words"));
}

#[test]
fn numbers_beyond_all_bounds_are_no_numbers() {
    let nines = "9".repeat(1_000);
    for number in [
        &nines,
        "1e999999",
        "-1",
        "0x",
        "340282366920938463463374607431768211456",
    ] {
        let unknown = format!("mood: {number},");
        let opened = open(manifest(&unknown, "").as_bytes());
        assert!(
            opened.is_ok() || opened.unwrap_err().code() == Some("P002"),
            "{number}"
        );
        let format = manifest("", "").replace("format: 1", &format!("format: {number}"));
        let error = open(format.as_bytes()).unwrap_err();
        assert!(
            matches!(error.code(), Some("P002" | "P003")),
            "{number}: {error}"
        );
    }
}

#[test]
fn lists_beyond_all_need_are_cut_short_and_absurd_ones_refused() {
    let tagged = |count: usize| {
        let tags = "\"t\",".repeat(count);
        open(manifest("", &format!("tags: [{tags}]")).as_bytes())
    };
    assert_eq!(
        tagged(2_000).unwrap().story(0).unwrap().tags.len(),
        limits::STORY_LIST
    );
    assert_eq!(tagged(200_000).unwrap_err().code(), Some("P002"));
    let unknown: String = (0..100_000).map(|n| format!("a{n}: 1,")).collect();
    assert!(open(manifest(&unknown, "").as_bytes()).is_ok());
}

#[test]
fn what_lies_deep_is_told_or_ignored() {
    for (open_with, close_with) in [
        ("[", "]"),
        ("(", ")"),
        ("{1:", "}"),
        ("Some(", ")"),
        ("(a:", ")"),
    ] {
        for depth in [30, 60, 100, 10_000, 200_000] {
            let deep = format!("{}1{}", open_with.repeat(depth), close_with.repeat(depth));
            let result = open(manifest(&format!("mood: {deep},"), "").as_bytes());
            if let Err(error) = result {
                assert_eq!(error.code(), Some("P002"), "{open_with} {depth}");
            }
        }
    }
}

/// Text that has cost readers of Markdown quadratic time.
fn tangles() -> Vec<(&'static str, String)> {
    const SIZE: usize = 1 << 20;
    let runs = [
        "*a ",
        "**a ",
        "_a_ ",
        "*a_ ",
        "a**b",
        "*",
        "_",
        "~~a ",
        "~",
        "`",
        "``a`",
        "[",
        "[a](",
        "![",
        "[a][",
        "]",
        "(",
        "<",
        "<a ",
        "<!--",
        "&",
        "&#1",
        "\\",
        "> ",
        "- ",
        "1. ",
        "* a\n  ",
        "> a\n",
        "|",
        "|a",
        "a|b\n",
        "#",
        "# a\n",
        "---\n",
        "```\n",
        "    a\n",
        "[a]: b\n",
        "[a]\n",
        "\t",
        " ",
        "\n",
        "\r",
        "a\u{301}",
        "\u{202E}",
        "\u{1F468}\u{200D}",
        "<a href='",
        "> [!NOTE]\n",
        "![a](b)\n\n",
        "[a](story:b) ",
        "https://a ",
        "a@b.c ",
        "\0",
    ];
    let mut all: Vec<(&str, String)> = runs.map(|run| (run, run.repeat(SIZE / run.len()))).to_vec();
    let deep = |open: &str, close: &str| {
        let count = SIZE / (open.len() + close.len());
        format!("{}a{}", open.repeat(count), close.repeat(count))
    };
    all.push(("emphasis inside emphasis", deep("*a ", " a*")));
    all.push(("links inside links", deep("[", "](a)")));
    all.push(("pictures inside pictures", deep("![", "](a)")));
    all.push((
        "brackets inside an address",
        format!("[a]({}", deep("(", ")")),
    ));
    all.push((
        "a table of one row",
        format!(
            "{0}\n{1}\n{0}\n",
            "|a".repeat(SIZE / 4),
            "|-".repeat(SIZE / 4)
        ),
    ));
    all.push((
        "lists in steps",
        (0..1_400)
            .map(|n| format!("{}- a\n", " ".repeat(n)))
            .collect(),
    ));
    all.push(("one long line", "word ".repeat(SIZE / 5)));
    all.push(("one long word", "w".repeat(SIZE)));
    all
}

#[test]
fn tangled_text_costs_no_more_than_other_text() {
    for (what, text) in tangles() {
        let (body, references) = article::parse_with_references(&text);
        let lines = text.split('\n').count();
        assert!(references.iter().all(|it| it.line <= lines), "{what:?}");
        assert!(body.plain().len() <= 8 * text.len() + 64, "{what:?}");
        assert!(body.html().len() <= 64 * text.len() + 64, "{what:?}");
    }
}

fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn pictures_that_unpack_to_too_much_are_never_unpacked() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let small = drawn(64, 64, format);
        assert!(images::decode(&small, 480).is_ok());
        for (width, height) in [(30_000_u32, 30_000_u32), (65_535, 65_535), (16_000, 16_000)] {
            let mut lying = small.clone();
            match format {
                ImageFormat::Png => {
                    lying[16..20].copy_from_slice(&width.to_be_bytes());
                    lying[20..24].copy_from_slice(&height.to_be_bytes());
                    let sum = crc32fast::hash(&lying[12..29]).to_be_bytes();
                    lying[29..33].copy_from_slice(&sum);
                }
                ImageFormat::Jpeg => {
                    let frame = lying.windows(2).position(|it| it == [0xFF, 0xC0]).unwrap();
                    lying[frame + 5..frame + 7].copy_from_slice(&(height as u16).to_be_bytes());
                    lying[frame + 7..frame + 9].copy_from_slice(&(width as u16).to_be_bytes());
                }
                _ => {
                    // A lossless picture says its sides in fourteen bits each.
                    let sides = (width - 1).min(0x3FFF) | (height - 1).min(0x3FFF) << 14;
                    lying[21..25].copy_from_slice(&sides.to_le_bytes());
                }
            }
            let header = PictureHeader::read(&lying).unwrap();
            assert!(header.pixels() > limits::PICTURE_PIXELS, "{format:?}");
            assert!(images::decode(&lying, 480).is_err(), "{format:?}");
        }
        for cut in 0..small.len() {
            if let Ok(picture) = images::decode(&small[..cut], 480) {
                assert_eq!(picture.size, [64, 64]);
            }
        }
    }
}

/// Pieces that manifests are made of.
fn manifest_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Pack(",
        "Section(",
        "Story(",
        "Image(",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "format: 1,",
        "id: \"a\",",
        "edition: \"1\",",
        "title: \"T\",",
        "sections: [",
        "stories: [",
        "headline: \"H\",",
        "thumbnail: ",
        "Some(",
        "None",
        "\"",
        "\\",
        "r#\"",
        "\"#",
        "/*",
        "*/",
        "//",
        "\n",
        "1",
        "-1",
        "1.5",
        "'",
        "true",
        "#![enable(implicit_some)]",
        "related: [\"a\"],",
        "body: \"../a\",",
        "\u{FEFF}",
        "\0",
        "é",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_manifest_is_survived(text in prop_oneof![
        manifest_like(),
        any::<String>(),
        (any::<prop::sample::Index>(), ".{0,4}").prop_map(|(at, piece)| {
            let mut text = manifest("rights: \"R\",", "tags: [\"t\"], published: \"2025-09-01\"");
            let at = at.index(text.len());
            text.insert_str(at, &piece);
            text
        }),
    ]) {
        if let Ok(pack) = open(text.as_bytes()) {
            prop_assert!(pack.count() > 0);
        }
    }

    #[test]
    fn any_change_to_an_archive_is_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let body = "Words that are read.\n".repeat(20);
        let mut bytes = zip(&[
            Entry::new("mimetype", "application/vnd.offprint.pack+zip"),
            Entry::new("pack.ron", manifest("", "")),
            Entry::deflated("stories/a.md", &body),
        ]);
        for (at, byte) in changes {
            *at.get_mut(&mut bytes) = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a.offprint");
        fs::write(&file, bytes).unwrap();
        let origin = Origin::Path(file.clone());
        drop(pack::check(&origin, &GO_ON));
        if let Ok((pack, _)) = pack::open(&origin, &GO_ON, &|_| {})
            && let Ok(text) = pack.source_text(0)
        {
            prop_assert!(text.is_empty() || text == body, "{text}");
        }
        drop(pack::unpack(&file, &home.path().join("out"), &GO_ON, &|_, _| {}));
        prop_assert!(fs::read_dir(home.path()).unwrap().count() <= 2);
    }
}
