//! Where the window comes back: as it was left, or the nearest to that which can be seen on the screens there are now.

use eframe::CreationContext;
use eframe::egui::ViewportCommand;

use crate::model::WindowPlace;

/// An upright rectangle of pixels: a window, or a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Area {
    at: [i32; 2],
    size: [i32; 2],
}

impl Area {
    /// One past its last pixel.
    fn end(self, axis: usize) -> i32 {
        self.at[axis].saturating_add(self.size[axis])
    }

    /// How many pixels it has in common with another.
    fn shared(self, other: Self) -> i64 {
        let [width, height] = [0, 1].map(|axis| {
            let from = self.at[axis].max(other.at[axis]);
            let to = self.end(axis).min(other.end(axis));
            i64::from(to.saturating_sub(from).max(0))
        });
        width * height
    }

    /// Where a window goes that was here. It stays if all of it can be seen. Otherwise it moves into the screen that has most of it,
    /// or into the middle of the first if none has any, and is cut to that.
    fn within(self, screens: &[Self]) -> Self {
        let seen: i64 = screens.iter().map(|screen| self.shared(*screen)).sum();
        let best = screens.iter().rev().max_by_key(|it| self.shared(**it));
        let whole = i64::from(self.size[0]) * i64::from(self.size[1]);
        let Some(screen) = best.copied().filter(|_| seen < whole) else {
            return self;
        };
        let size = [0, 1].map(|axis| self.size[axis].min(screen.size[axis]));
        let at = [0, 1].map(|axis| {
            let last = screen.end(axis) - size[axis];
            if seen == 0 {
                i32::midpoint(screen.at[axis], last)
            } else {
                self.at[axis].clamp(screen.at[axis], last)
            }
        });
        Self { at, size }
    }
}

/// Puts the window that was just made where the last one was, if that is known and can be seen.
pub(super) fn restore(cc: &CreationContext<'_>, place: WindowPlace) {
    if place.maximized {
        // Those who manage windows on X11 hear this only once the window is there.
        let maximized = ViewportCommand::Maximized(true);
        cc.egui_ctx.send_viewport_cmd(maximized);
    }
    let (Some(window), Some(at)) = (cc.winit_window(), place.at) else {
        return;
    };
    // Where windows have no position, as on Wayland, there is nothing to do.
    let Ok(mut position) = window.outer_position() else {
        return;
    };
    let first = window.primary_monitor();
    let mut screens: Vec<Area> = Vec::new();
    for screen in first.into_iter().chain(window.available_monitors()) {
        let (at, size) = (screen.position(), screen.size());
        let area = Area {
            at: [at.x, at.y],
            size: [size.width as i32, size.height as i32],
        };
        if !screens.contains(&area) {
            screens.push(area);
        }
    }
    let size = window.outer_size();
    let was = Area {
        at,
        size: [size.width as i32, size.height as i32],
    };
    let goes = was.within(&screens);
    if goes.size != was.size {
        let mut size = window.inner_size();
        size.width = size
            .width
            .saturating_sub(was.size[0].abs_diff(goes.size[0]));
        size.height = size
            .height
            .saturating_sub(was.size[1].abs_diff(goes.size[1]));
        // What comes of it is told as any other change of the size.
        _ = window.request_inner_size(size);
    }
    // To move a window that fills the screen would end that.
    if !place.maximized || goes != was {
        [position.x, position.y] = goes.at;
        window.set_outer_position(position);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn area(x: i32, y: i32, width: i32, height: i32) -> Area {
        Area {
            at: [x, y],
            size: [width, height],
        }
    }

    #[test]
    fn a_window_comes_back_where_it_can_be_seen() {
        const DESK: Area = area(0, 0, 1920, 1080);
        const RIGHT: Area = area(1920, 0, 1280, 1024);
        const LEFT: Area = area(-1280, 56, 1280, 1024);
        for (was, screens, goes) in [
            // All of it is there, on one screen or on two.
            (
                area(100, 50, 800, 600),
                &[DESK][..],
                area(100, 50, 800, 600),
            ),
            (
                area(1500, 50, 800, 600),
                &[DESK, RIGHT],
                area(1500, 50, 800, 600),
            ),
            (
                area(-1200, 100, 800, 600),
                &[DESK, LEFT],
                area(-1200, 100, 800, 600),
            ),
            (area(0, 0, 1920, 1080), &[DESK], area(0, 0, 1920, 1080)),
            // The screen it was on is not there any more.
            (area(2000, 50, 800, 600), &[DESK], area(560, 240, 800, 600)),
            (
                area(-1200, 100, 800, 600),
                &[RIGHT],
                area(2160, 212, 800, 600),
            ),
            (
                area(i32::MAX, i32::MIN, 800, 600),
                &[DESK],
                area(560, 240, 800, 600),
            ),
            // A part of it would be over the edge.
            (
                area(1800, 900, 800, 600),
                &[DESK],
                area(1120, 480, 800, 600),
            ),
            (area(-100, -20, 800, 600), &[DESK], area(0, 0, 800, 600)),
            (
                area(1500, 500, 800, 580),
                &[DESK, RIGHT],
                area(1120, 500, 800, 580),
            ),
            // It is larger than the screen.
            (area(10, 10, 3000, 700), &[DESK], area(0, 10, 1920, 700)),
            (area(9000, 10, 3000, 2000), &[DESK], area(0, 0, 1920, 1080)),
            // Nobody knows the screens.
            (area(9000, 10, 800, 600), &[], area(9000, 10, 800, 600)),
            // Two show the same.
            (
                area(100, 50, 800, 600),
                &[DESK, area(0, 0, 1280, 720)],
                area(100, 50, 800, 600),
            ),
        ] {
            assert_eq!(was.within(screens), goes, "{was:?} on {screens:?}");
        }
    }
}
