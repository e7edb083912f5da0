//! The icons, one coherent set: strokes on a grid of 24 units, painted in the colour they are given.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// To the place before.
    Back,
    /// To the place one came back from.
    Forward,
    /// What is folded out below.
    Down,
    /// The front page.
    Front,
    /// A bookmark that is set.
    Marked,
    /// A bookmark that is not set.
    Unmarked,
    /// Keep a copy.
    Keep,
    /// A copy is kept.
    Kept,
    /// The bookmarks of every pack.
    Bookmarks,
    /// Colours.
    Theme,
    /// Open a pack.
    Open,
    /// Find.
    Find,
    /// Close, clear.
    Close,
    /// All the keys, help.
    Help,
    /// Something is wrong.
    Alert,
    /// Something to know.
    Info,
    /// Something does not work.
    Wrong,
    /// All is well.
    Done,
    /// Put on the clipboard.
    Copy,
    /// Tags and a note.
    Note,
    /// Tags and a note that are there.
    Noted,
    /// Put back what was taken away.
    Undo,
    /// Something that can be chosen.
    Circle,
}

/// Paints an icon in the middle of `rect`, `size` points high.
pub fn paint(painter: &Painter, icon: Icon, rect: Rect, size: f32, colour: Color32) {
    let at = Grid::in_the_middle(rect, size);
    let stroke = Stroke::new((size / 24.0 * 1.8).max(1.2), colour);
    let line = |points: &[(f32, f32)]| {
        painter.add(Shape::line(at.points(points), stroke));
    };
    let closed = |points: &[(f32, f32)]| {
        painter.add(Shape::closed_line(at.points(points), stroke));
    };
    match icon {
        Icon::Back => line(&[(15.0, 5.0), (8.0, 12.0), (15.0, 19.0)]),
        Icon::Forward => line(&[(9.0, 5.0), (16.0, 12.0), (9.0, 19.0)]),
        Icon::Down => line(&[(5.0, 9.0), (12.0, 16.0), (19.0, 9.0)]),
        Icon::Front => {
            closed(&[(3.0, 4.0), (21.0, 4.0), (21.0, 20.0), (3.0, 20.0)]);
            line(&[(3.0, 9.0), (21.0, 9.0)]);
            line(&[(12.0, 9.0), (12.0, 20.0)]);
            line(&[(15.0, 13.0), (18.5, 13.0)]);
            line(&[(15.0, 16.5), (18.5, 16.5)]);
        }
        Icon::Marked => {
            let points = RIBBON.map(|(x, y)| at.point(x, y));
            // The notch makes it concave: two convex halves.
            let [top_left, top_right, foot_right, notch, foot_left] = points;
            let middle = pos2(notch.x, top_left.y);
            painter.add(Shape::convex_polygon(
                vec![top_left, middle, notch, foot_left],
                colour,
                Stroke::NONE,
            ));
            painter.add(Shape::convex_polygon(
                vec![middle, top_right, foot_right, notch],
                colour,
                Stroke::NONE,
            ));
        }
        Icon::Unmarked => closed(&RIBBON),
        Icon::Bookmarks => {
            closed(&[
                (4.0, 6.0),
                (14.0, 6.0),
                (14.0, 21.0),
                (9.0, 17.0),
                (4.0, 21.0),
            ]);
            line(&[(9.0, 3.0), (19.0, 3.0), (19.0, 18.0)]);
        }
        Icon::Theme => {
            painter.circle_stroke(at.point(12.0, 12.0), 8.5 * at.unit, stroke);
            let half: Vec<Pos2> = (0..=24)
                .map(|step| {
                    let angle = (step as f32 / 24.0 - 0.5) * std::f32::consts::PI;
                    at.point(12.0 + 8.5 * angle.cos(), 12.0 + 8.5 * angle.sin())
                })
                .collect();
            painter.add(Shape::convex_polygon(half, colour, Stroke::NONE));
        }
        Icon::Open => closed(&[
            (3.0, 5.0),
            (9.5, 5.0),
            (12.0, 8.0),
            (21.0, 8.0),
            (21.0, 19.5),
            (3.0, 19.5),
        ]),
        Icon::Find => {
            painter.circle_stroke(at.point(10.5, 10.5), 6.5 * at.unit, stroke);
            line(&[(15.3, 15.3), (20.5, 20.5)]);
        }
        Icon::Close => {
            line(&[(6.0, 6.0), (18.0, 18.0)]);
            line(&[(18.0, 6.0), (6.0, 18.0)]);
        }
        Icon::Help => {
            line(&[
                (8.0, 8.6),
                (8.7, 6.4),
                (10.4, 5.0),
                (12.8, 4.8),
                (15.0, 5.9),
                (16.0, 8.0),
                (15.4, 10.2),
                (13.2, 12.0),
                (12.2, 13.4),
                (12.0, 15.2),
            ]);
            painter.circle_filled(at.point(12.0, 19.0), 1.4 * at.unit, colour);
        }
        Icon::Alert | Icon::Info | Icon::Wrong | Icon::Done => sign(painter, icon, &at, stroke),
        Icon::Keep
        | Icon::Kept
        | Icon::Note
        | Icon::Noted
        | Icon::Undo
        | Icon::Circle
        | Icon::Copy => {
            keeping(painter, icon, &at, stroke);
        }
    }
}

/// The icons that say how things stand.
fn sign(painter: &Painter, icon: Icon, at: &Grid, stroke: Stroke) {
    let line = |points: &[(f32, f32)]| {
        painter.add(Shape::line(at.points(points), stroke));
    };
    let closed = |points: &[(f32, f32)]| {
        painter.add(Shape::closed_line(at.points(points), stroke));
    };
    match icon {
        Icon::Alert => {
            closed(&[(12.0, 3.5), (21.5, 20.0), (2.5, 20.0)]);
            line(&[(12.0, 9.5), (12.0, 14.0)]);
            painter.circle_filled(at.point(12.0, 17.0), 1.2 * at.unit, stroke.color);
        }
        Icon::Info => {
            painter.circle_stroke(at.point(12.0, 12.0), 9.0 * at.unit, stroke);
            line(&[(12.0, 11.0), (12.0, 16.5)]);
            painter.circle_filled(at.point(12.0, 7.8), 1.3 * at.unit, stroke.color);
        }
        Icon::Wrong => {
            closed(&[
                (8.2, 3.0),
                (15.8, 3.0),
                (21.0, 8.2),
                (21.0, 15.8),
                (15.8, 21.0),
                (8.2, 21.0),
                (3.0, 15.8),
                (3.0, 8.2),
            ]);
            line(&[(8.8, 8.8), (15.2, 15.2)]);
            line(&[(15.2, 8.8), (8.8, 15.2)]);
        }
        Icon::Done => {
            painter.circle_stroke(at.point(12.0, 12.0), 9.0 * at.unit, stroke);
            line(&[(7.8, 12.4), (10.8, 15.4), (16.4, 9.0)]);
        }
        _ => {}
    }
}

/// The icons of what the reader keeps and writes.
fn keeping(painter: &Painter, icon: Icon, at: &Grid, stroke: Stroke) {
    let line = |points: &[(f32, f32)]| {
        painter.add(Shape::line(at.points(points), stroke));
    };
    match icon {
        Icon::Keep => {
            line(&[(12.0, 3.5), (12.0, 14.0)]);
            line(&[(8.0, 10.0), (12.0, 14.0), (16.0, 10.0)]);
            line(&TRAY);
        }
        Icon::Note | Icon::Noted => {
            painter.add(Shape::closed_line(at.points(&PEN), stroke));
            line(&[(13.5, 6.5), (17.5, 10.5)]);
            if icon == Icon::Noted {
                line(&[(13.0, 20.5), (21.0, 20.5)]);
            }
        }
        Icon::Undo => {
            line(&[(9.0, 4.5), (4.0, 9.5), (9.0, 14.5)]);
            line(&[
                (4.0, 9.5),
                (14.0, 9.5),
                (18.5, 11.5),
                (20.0, 15.0),
                (18.5, 18.5),
                (14.0, 20.0),
                (9.0, 20.0),
            ]);
        }
        Icon::Circle => {
            painter.circle_stroke(at.point(12.0, 12.0), 9.0 * at.unit, stroke);
        }
        Icon::Kept => {
            line(&[(7.5, 9.0), (11.0, 12.5), (17.0, 5.5)]);
            line(&TRAY);
        }
        Icon::Copy => {
            painter.add(Shape::closed_line(
                at.points(&[(9.0, 8.0), (20.0, 8.0), (20.0, 21.0), (9.0, 21.0)]),
                stroke,
            ));
            line(&[
                (15.0, 8.0),
                (15.0, 3.0),
                (4.0, 3.0),
                (4.0, 16.0),
                (9.0, 16.0),
            ]);
        }
        _ => {}
    }
}

/// What one writes with.
const PEN: [(f32, f32); 5] = [
    (16.5, 3.5),
    (20.5, 7.5),
    (8.0, 20.0),
    (3.5, 20.5),
    (4.0, 16.0),
];
/// What a copy is put into.
const TRAY: [(f32, f32); 4] = [(4.0, 14.5), (4.0, 20.0), (20.0, 20.0), (20.0, 14.5)];
const RIBBON: [(f32, f32); 5] = [
    (6.0, 3.0),
    (18.0, 3.0),
    (18.0, 21.0),
    (12.0, 16.0),
    (6.0, 21.0),
];

struct Grid {
    origin: Pos2,
    unit: f32,
}

impl Grid {
    fn in_the_middle(rect: Rect, size: f32) -> Self {
        Self {
            origin: rect.center() - Vec2::splat(size / 2.0),
            unit: size / 24.0,
        }
    }

    fn point(&self, x: f32, y: f32) -> Pos2 {
        self.origin + vec2(x, y) * self.unit
    }

    fn points(&self, points: &[(f32, f32)]) -> Vec<Pos2> {
        points.iter().map(|&(x, y)| self.point(x, y)).collect()
    }
}
