//! A handful of pictures of the screen, compared with those in `tests/snapshots`; `UPDATE_SNAPSHOTS=1` renews them.
//! Look at each that changes: a test sees that a page is another, not that it is worse.

use std::path::Path;

use eframe::egui::{Role, vec2};
use egui_kittest::Harness;
use offprint::model::{Action, Origin, StoryId, Theme};

use super::reader::{Home, Reader, fixture};

const DRIVER: &str = "mesa-vulkan-drivers";

/// The program at rest in a small window that is really drawn.
fn drawn(pack: Origin, size: [f32; 2]) -> Reader {
    need(
        DRIVER,
        &[
            "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json",
            "/usr/share/vulkan/icd.d/lvp_icd.aarch64.json",
            "/usr/share/vulkan/icd.d/lvp_icd.json",
        ],
    );
    let builder = Harness::builder()
        .with_size(vec2(size[0], size[1]))
        .with_render_cursor(false)
        .wgpu();
    let mut reader = Reader::build(&Home::new(), &[pack], builder);
    rest(&mut reader);
    reader
}

/// A test that cannot be run is no test that passed.
fn need(package: &str, one_of: &[&str]) {
    assert!(
        one_of.iter().any(|file| Path::new(file).exists()),
        "this picture is drawn with the Debian package {package}, which is not installed (none of {one_of:?}); \
         ./dev test installs it"
    );
}

fn rest(reader: &mut Reader) {
    reader.wait_until("nothing is on its way", |reader| {
        reader.model().open.is_some() && reader.harness.state().is_at_rest()
    });
    reader.settle();
    reader.wait_until("nothing is on its way", |reader| {
        reader.harness.state().is_at_rest()
    });
    reader.settle();
}

fn act(reader: &mut Reader, action: Action) {
    reader.harness.state_mut().request(action);
    reader.step();
    rest(reader);
}

/// Pages down until something is in view, then a little further.
fn page_to(reader: &mut Reader, role: Role, words: &str, further: f32) {
    for _ in 0..40 {
        if reader.shows(role, words) {
            reader.wheel(eframe::egui::pos2(500.0, 300.0), further);
            reader.harness.remove_cursor();
            rest(reader);
            return;
        }
        reader.press(&["PageDown"]);
    }
    panic!("no {role:?} {words:?}\n{}", reader.tree());
}

fn story(theme: Theme, pack: Origin, id: &str, size: [f32; 2]) -> Reader {
    let mut reader = drawn(pack, size);
    act(&mut reader, Action::SetTheme(theme));
    act(&mut reader, Action::ShowStory(StoryId::new(id)));
    reader
}

#[test]
fn front_page() {
    let mut reader = drawn(Origin::WorldDesk, [900.0, 620.0]);
    act(&mut reader, Action::SetTheme(Theme::Light));
    reader.harness.snapshot("front");
}

#[test]
fn quote_in_the_dark() {
    let mut reader = story(
        Theme::Dark,
        Origin::WorldDesk,
        "mexico-sovereignty",
        [900.0, 620.0],
    );
    page_to(&mut reader, Role::Blockquote, "", 160.0);
    reader.harness.snapshot("quote");
}

#[test]
fn notes_in_sepia() {
    let mut reader = story(Theme::Sepia, fixture("good"), "new-quay", [760.0, 560.0]);
    page_to(&mut reader, Role::Label, "Since then", 120.0);
    reader.harness.snapshot("notes");
}

#[test]
fn list_in_high_contrast() {
    let mut reader = story(
        Theme::Contrast,
        Origin::WorldDesk,
        "oaxaca-earthquake",
        [760.0, 560.0],
    );
    act(
        &mut reader,
        Action::ToggleBookmark(StoryId::new("mexico-tariff-threat")),
    );
    reader.wait_until("it is saved", |reader| {
        reader
            .model()
            .bookmarks
            .values()
            .all(offprint::model::Marked::is_saved)
    });
    rest(&mut reader);
    reader.harness.snapshot("list");
}

#[test]
fn four_scripts() {
    let folder = "/usr/share/fonts/truetype/noto";
    for face in ["NaskhArabic", "SerifHebrew", "SerifDevanagari"] {
        let file = format!("{folder}/Noto{face}-Regular.ttf");
        need("fonts-noto-core", &[&file]);
    }
    need(
        "fonts-noto-cjk",
        &["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"],
    );
    let mut reader = drawn(fixture("scripts"), [700.0, 560.0]);
    act(&mut reader, Action::SetTheme(Theme::Light));
    for (id, name) in [
        ("arabic-harbour", "arabic"),
        ("hebrew-library", "hebrew"),
        ("japanese-train", "japanese"),
        ("hindi-river", "hindi"),
    ] {
        act(&mut reader, Action::ShowStory(StoryId::new(id)));
        reader.harness.snapshot(name);
    }
}
