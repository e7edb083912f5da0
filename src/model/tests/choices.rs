//! Settings and overlays.

use super::*;

fn sizes(desk: &mut Desk, by: &[i32]) -> Vec<f32> {
    let size = |by: &i32| {
        desk.act(Action::TextSize(*by));
        desk.model.settings.text_size
    };
    by.iter().map(size).collect()
}

#[test]
fn text_grows_and_shrinks_by_steps_and_has_its_ends() {
    let mut desk = Desk::new(&[1]);
    assert_eq!(sizes(&mut desk, &[1, 1, -1, 0]), [1.1, 1.25, 1.1, 1.0]);
    let mut up = sizes(&mut desk, &[1; 12]);
    assert_eq!(up.pop(), Some(2.0));
    assert_eq!(desk.act(Action::TextSize(1)), [], "the end");
    assert_eq!(sizes(&mut desk, &[-1; 12]).pop(), Some(0.7));
    assert_eq!(desk.act(Action::TextSize(-1)), [], "the other end");
}

#[test]
fn a_size_between_or_beyond_the_steps_goes_the_way_that_was_asked_for() {
    for (from, by, to) in [
        (1.05, 1, 1.1),
        (1.05, -1, 1.0),
        (3.0, 1, 3.0),
        (3.0, -1, 2.0),
        (0.6, -1, 0.6),
        (0.6, 1, 0.7),
        (3.0, 0, 1.0),
    ] {
        let mut desk = Desk::new(&[1]);
        desk.model.settings.text_size = from;
        assert_eq!(sizes(&mut desk, &[by]), [to], "{from} {by:+}");
    }
}

#[test]
fn what_does_not_change_is_not_written() {
    let mut desk = Desk::new(&[1]);
    let theme = |theme| Effect::Save(Save::Settings(SettingsChange::Theme(theme)));
    assert_eq!(
        desk.act(Action::SetTheme(Theme::Dark)),
        [theme(Theme::Dark)]
    );
    assert_eq!(desk.act(Action::SetTheme(Theme::Dark)), []);
    assert_eq!(desk.act(Action::SidebarWidth(f32::NAN)), []);
    assert_eq!(desk.act(Action::SidebarWidth(1.0)).len(), 1);
    assert!((desk.model.settings.sidebar_width - 180.0).abs() < f32::EPSILON);
    assert_eq!(desk.act(Action::SidebarWidth(2.0)), []);
}

#[test]
fn overlays_come_and_go() {
    let mut desk = Desk::new(&[1]);
    desk.act(Action::Toggle(Overlay::Keys));
    assert_eq!(desk.model.overlay, Some(Overlay::Keys));
    desk.act(Action::Toggle(Overlay::About));
    assert_eq!(desk.model.overlay, Some(Overlay::About));
    desk.act(Action::Toggle(Overlay::About));
    assert_eq!(desk.model.overlay, None);
    let address = "https://example.org/".to_owned();
    assert_eq!(
        desk.act(Action::Leave(address.clone())),
        [],
        "not before it was shown"
    );
    assert_eq!(desk.model.overlay, Some(Overlay::Leaving(address.clone())));
    let effects = desk.act(Action::OpenAddress(address.clone()));
    assert_eq!(effects, [Effect::OpenAddress(address)]);
    assert_eq!(desk.model.overlay, None);
    desk.act(Action::Toggle(Overlay::Keys));
    desk.show(0);
    assert_eq!(desk.model.overlay, None, "a story lies under nothing");
}
