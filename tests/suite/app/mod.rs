//! The program as a reader meets it: pages, keys, bookmarks, packs that are well and packs that are not.

mod bookmarks;
mod carried;
mod changes;
mod cite;
mod exchange;
mod files;
mod filing;
mod go_to;
mod highlights;
mod kept;
mod keys;
mod large;
mod lists;
mod packs;
mod preview;
pub(crate) mod reader;
mod settings;
// Other systems draw with other drivers and other fonts.
#[cfg(target_os = "linux")]
mod snapshots;
mod story;

use eframe::egui::Role;
use offprint::model::View;
use reader::{Home, Reader};

#[test]
fn the_first_page_shows_headlines() {
    let reader = Reader::in_world_desk();
    assert_eq!(reader.model().view, View::Front);
    assert!(reader.shows(Role::Heading, "World Desk"));
    assert!(reader.shows(Role::Heading, "The Americas"));
    let lead = "Mexico rules out U.S. troops as pressure on cartels grows";
    let rows = reader.rows();
    assert_eq!(rows[0], format!("{lead}, unread"));
    assert!(rows.len() > 4, "{rows:?}");
    // The lead stands on the page as well as in the list.
    let leads = reader.all(Role::Button).into_iter().filter(|it| it == lead);
    assert_eq!(leads.count(), 1);
    assert_eq!(reader.notices(), [""; 0]);
}

#[test]
fn the_first_frame_is_the_right_one() {
    // What is drawn before any frame was asked for: the tree after a single pass.
    let home = Home::new();
    home.write(
        "data/settings.ron",
        "Settings(version: 1, theme: \"Sepia\")",
    );
    let reader = Reader::begin(
        &home,
        &[offprint::model::Origin::WorldDesk],
        eframe::egui::vec2(800.0, 600.0),
    );
    assert!(
        reader.shows(Role::Heading, "World Desk"),
        "{}",
        reader.tree()
    );
    assert_eq!(reader.model().settings.theme, offprint::model::Theme::Sepia);
}

#[test]
fn a_click_on_a_headline_opens_its_story() {
    let mut reader = Reader::in_world_desk();
    let headline = "Mexico rules out U.S. troops as pressure on cartels grows";
    reader.click_row(headline);
    reader.wait_until("the story is on the page", |reader| {
        reader.shows(Role::Heading, headline) && reader.shows(Role::Paragraph, "Sheinbaum")
    });
    assert_eq!(reader.story(), "mexico-sovereignty");
    // Read, and still where it was.
    assert_eq!(reader.rows()[0], headline);
}

#[test]
fn everything_one_can_act_on_has_a_name() {
    let mut reader = Reader::in_world_desk();
    for key in ["h", "Enter", "?", "Esc", "Ctrl+,", "Esc", "Ctrl+B"] {
        // Each settles, and that is where names are looked for.
        reader.press(&[key]);
    }
    assert_eq!(reader.model().view, View::Bookmarks);
}

#[test]
fn nothing_moves_when_nothing_happens() {
    let mut reader = Reader::in_new_quay();
    for keys in [&[][..], &["h"], &["Ctrl+B"], &["?"], &["Esc", "Ctrl+,"]] {
        reader.press(keys);
        // Pictures and places come in their own time.
        let start = std::time::Instant::now();
        while start.elapsed().as_millis() < 1500 {
            reader.step();
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let output = reader.harness.output();
        let delay = output.viewport_output[&eframe::egui::ViewportId::ROOT].repaint_delay;
        assert_eq!(
            delay,
            std::time::Duration::MAX,
            "a frame is asked for after {keys:?}: {:?}",
            reader.harness.ctx.repaint_causes()
        );
    }
}
