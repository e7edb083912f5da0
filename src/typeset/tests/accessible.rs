//! What assistive technology is told.

use eframe::egui::accesskit::{Node, TreeUpdate};
use eframe::egui::{Id, Role, ScrollArea};

use super::*;
use crate::typeset::access;

fn tree(draw: impl FnMut(&mut Ui)) -> TreeUpdate {
    let ctx = context(1.5);
    ctx.enable_accesskit();
    let mut output = frame(&ctx, draw);
    let update = output.platform_output.accesskit_update.take();
    output.drop_without_applying_deltas();
    update.unwrap()
}

fn find(tree: &TreeUpdate, role: Role) -> &Node {
    let found: Vec<_> = tree
        .nodes
        .iter()
        .filter(|(_, node)| node.role() == role)
        .collect();
    assert_eq!(found.len(), 1, "nodes with the role {role:?}");
    &found[0].1
}

#[test]
fn each_paragraph_is_a_node_with_its_role_words_and_place() {
    let rect = Rect::from_min_size(pos2(40.0, 60.0), vec2(300.0, 90.0));
    let mut inside = None;
    let tree = tree(|ui| {
        ScrollArea::vertical().show(ui, |ui| {
            inside = Some(ui.unique_id());
            for (n, (role, level)) in [
                (Role::Heading, Some(2)),
                (Role::Paragraph, None),
                (Role::Blockquote, None),
                (Role::Figure, None),
            ]
            .into_iter()
            .enumerate()
            {
                access::node(ui, Id::unique(("leaf", n)), rect, role, PROSE, level);
            }
            access::node(ui, Id::unique("label"), rect, Role::Label, "Security", None);
        });
    });
    for role in [
        Role::Heading,
        Role::Paragraph,
        Role::Blockquote,
        Role::Figure,
    ] {
        let node = find(&tree, role);
        assert_eq!(node.label(), Some(PROSE));
        let bounds = node.bounds().unwrap();
        assert_eq!(
            (bounds.x0, bounds.y0, bounds.x1, bounds.y1),
            (40.0, 60.0, 340.0, 150.0)
        );
    }
    // Counted from nought.
    assert_eq!(find(&tree, Role::Heading).level(), Some(1));
    assert_eq!(find(&tree, Role::Label).value(), Some("Security"));

    // Each stands under the part of the screen it is in, not under the window itself.
    let (parent, _) = tree
        .nodes
        .iter()
        .find(|(_, node)| node.children().len() == 5)
        .unwrap();
    assert_eq!(*parent, inside.unwrap().accesskit_id());
}

#[test]
fn text_that_can_be_pressed_keeps_its_actions() {
    use eframe::egui::{Sense, accesskit::Action};
    let tree = tree(|ui| {
        let (_, response) = ui.allocate_exact_size(vec2(100.0, 20.0), Sense::click());
        access::describe(&response, Role::Link, "Read the report", None);
    });
    let node = find(&tree, Role::Link);
    assert_eq!(node.label(), Some("Read the report"));
    assert!(node.supports_action(Action::Click));
    assert!(node.supports_action(Action::Focus));
}

#[test]
fn nothing_is_told_when_nobody_listens() {
    let ctx = context(1.0);
    let mut seen = true;
    let mut output = frame(&ctx, |ui| {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(10.0, 10.0));
        let response = access::node(ui, Id::unique("leaf"), rect, Role::Paragraph, PROSE, None);
        seen = ui.ctx().has_accesskit_node(response.id);
    });
    assert!(!seen && output.platform_output.accesskit_update.take().is_none());
    output.drop_without_applying_deltas();
}
