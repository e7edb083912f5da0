//! A table: columns as wide as their words ask for, within the measure.

use eframe::egui::{Pos2, Role, pos2};

use super::flow::Flow;
use super::piece::Leaf;
use crate::article::Align;
use crate::theme::scale;
use crate::typeset::{self, Style};

/// Between two columns, and above and below the words of a cell.
const PAD: [f32; 2] = [20.0, 8.0];

/// Sets a table; returns its height.
pub fn table(
    flow: &mut Flow<'_, '_, '_>,
    align: &[Align],
    head: &[Leaf],
    rows: &[Vec<Leaf>],
    at: Pos2,
    width: f32,
) -> f32 {
    let widths = widths(flow, align.len(), head, rows, width);
    let mut y = at.y + flow.gap(4.0);
    let strong = scale::CELL_HEAD;
    if head.iter().any(|cell| !cell.text.is_blank()) {
        y += row(flow, align, &widths, head, strong, pos2(at.x, y));
        rule(flow, at.x, y, width, true);
    }
    for cells in rows {
        y += row(flow, align, &widths, cells, scale::CELL, pos2(at.x, y));
        rule(flow, at.x, y, width, false);
    }
    y + flow.gap(26.0) - at.y
}

/// Every column gets what its longest cell asks for; where that is too much, the wide ones share what is left.
fn widths(
    flow: &mut Flow<'_, '_, '_>,
    columns: usize,
    head: &[Leaf],
    rows: &[Vec<Leaf>],
    width: f32,
) -> Vec<f32> {
    if columns == 0 {
        return Vec::new();
    }
    let mut asked = vec![32.0_f32; columns];
    // The first rows speak for a long table.
    let styles = [(head, scale::CELL_HEAD)];
    let body = rows
        .iter()
        .take(40)
        .map(|cells| (cells.as_slice(), scale::CELL));
    for (cells, style) in styles.into_iter().chain(body) {
        let style = flow.scaled(style);
        for (cell, most) in cells.iter().zip(&mut asked) {
            let own = flow
                .cx
                .set_text(&cell.text, &style, f32::INFINITY)
                .ink_width();
            *most = most.max(own.ceil() + 1.0);
        }
    }
    share(&asked, width - PAD[0] * (columns as f32 - 1.0))
}

/// Shares `room` among columns that ask for widths: the modest get what they ask for, the rest is split evenly.
fn share(asked: &[f32], room: f32) -> Vec<f32> {
    let total: f32 = asked.iter().sum();
    let count = asked.len() as f32;
    if total <= room {
        let spare = (room - total) / count;
        return asked.iter().map(|own| own + spare).collect();
    }
    let mut limit = room / count;
    for _ in 0..asked.len() {
        let (mut modest, mut wide) = (0.0, 0.0_f32);
        for own in asked {
            if *own <= limit {
                modest += own;
            } else {
                wide += 1.0;
            }
        }
        limit = (room - modest).max(0.0) / wide.max(1.0);
    }
    asked.iter().map(|own| own.min(limit).max(24.0)).collect()
}

fn row(
    flow: &mut Flow<'_, '_, '_>,
    align: &[Align],
    widths: &[f32],
    cells: &[Leaf],
    style: Style,
    at: Pos2,
) -> f32 {
    let mut x = at.x;
    let mut height: f32 = 0.0;
    for ((cell, width), align) in cells.iter().zip(widths).zip(align) {
        let align = match align {
            Align::Start => typeset::Align::Start,
            Align::Centre => typeset::Align::Centre,
            Align::End => typeset::Align::End,
        };
        let style = flow.scaled(style).align(align);
        let at = pos2(x, at.y + PAD[1]);
        height = height.max(flow.leaf(cell, &style, at, *width, Role::Cell, None));
        x += width + PAD[0];
    }
    height + 2.0 * PAD[1]
}

fn rule(flow: &Flow<'_, '_, '_>, x: f32, y: f32, width: f32, strong: bool) {
    if let Some(canvas) = &flow.canvas {
        let t = flow.cx.tokens;
        let colour = if strong { t.soft } else { t.rule };
        canvas
            .ui
            .painter()
            .hline(x..=x + width, y.round() - 0.5, (1.0, colour));
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn columns_share_the_room() {
        for (asked, room, expected) in [
            (vec![50.0, 50.0], 200.0, vec![100.0, 100.0]),
            (vec![50.0, 500.0], 200.0, vec![50.0, 150.0]),
            (vec![500.0, 500.0], 200.0, vec![100.0, 100.0]),
            (vec![60.0, 500.0, 900.0], 260.0, vec![60.0, 100.0, 100.0]),
        ] {
            assert_eq!(share(&asked, room), expected);
        }
    }
}
