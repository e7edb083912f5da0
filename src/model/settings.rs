//! What the reader has chosen, and which packs were open lately.

/// How the program looks and reads. Every value is in its range, whatever the file said.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Light, dark, and so on.
    pub theme: Theme,
    /// The factor on every text size, within [`Settings::TEXT_SIZES`].
    pub text_size: f32,
    /// The sidebar's width in points, within [`Settings::SIDEBAR_WIDTHS`].
    pub sidebar_width: f32,
    /// The window when it was last closed.
    pub window: Option<WindowPlace>,
    /// The version of the program whose beginning the reader has seen; empty at first.
    pub seen: String,
}

/// Which set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Dark on white.
    Light,
    /// Light on dark.
    Dark,
    /// Dark on warm paper.
    Sepia,
    /// High contrast.
    Contrast,
}

/// How large a window is, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowPlace {
    /// Its width in points, when it does not fill the screen.
    pub width: f32,
    /// Its height in points, when it does not fill the screen.
    pub height: f32,
    /// Its corner among the pixels of all screens, when it does not fill one; not every system tells.
    pub at: Option<[i32; 2]>,
    /// Whether it fills the screen.
    pub maximized: bool,
}

impl WindowPlace {
    /// This place, seen after another: of one that fills the screen, what it was before is kept, for when it does so no more.
    #[must_use]
    pub fn after(self, before: Option<Self>) -> Self {
        let Some(before) = before else { return self };
        if self.maximized {
            return Self {
                maximized: true,
                ..before
            };
        }
        Self {
            at: self.at.or(before.at),
            ..self
        }
    }
}

/// A change to the settings; what it does not name stays as it is in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingsChange {
    /// Another theme.
    Theme(Theme),
    /// Another text size.
    TextSize(f32),
    /// Another sidebar.
    SidebarWidth(f32),
    /// Another window.
    Window(WindowPlace),
    /// This version of the program was seen.
    Seen(&'static str),
}

impl Settings {
    /// The text sizes that make sense.
    pub const TEXT_SIZES: std::ops::RangeInclusive<f32> = 0.6..=3.0;
    /// The sidebar widths that make sense.
    pub const SIDEBAR_WIDTHS: std::ops::RangeInclusive<f32> = 180.0..=720.0;
    /// The window widths and heights that make sense.
    pub const WINDOW_SIDES: std::ops::RangeInclusive<f32> = 320.0..=16_384.0;

    /// Applies a change.
    pub fn apply(&mut self, change: SettingsChange) {
        match change {
            SettingsChange::Theme(theme) => self.theme = theme,
            SettingsChange::Seen(version) => version.clone_into(&mut self.seen),
            SettingsChange::TextSize(size) => {
                self.text_size = within(size, &Self::TEXT_SIZES, self.text_size);
            }
            SettingsChange::SidebarWidth(width) => {
                self.sidebar_width = within(width, &Self::SIDEBAR_WIDTHS, self.sidebar_width);
            }
            SettingsChange::Window(window) => {
                let kept = self.window.unwrap_or(window);
                self.window = Some(WindowPlace {
                    width: within(window.width, &Self::WINDOW_SIDES, kept.width),
                    height: within(window.height, &Self::WINDOW_SIDES, kept.height),
                    ..window
                })
                .filter(|it| it.width.is_finite() && it.height.is_finite());
            }
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            text_size: 1.0,
            sidebar_width: 332.0,
            window: None,
            seen: String::new(),
        }
    }
}

impl Theme {
    /// Every theme, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::System,
        Self::Light,
        Self::Dark,
        Self::Sepia,
        Self::Contrast,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Sepia => "Sepia",
            Self::Contrast => "Contrast",
        }
    }

    /// The theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// The packs opened lately, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// At most [`Recent::MOST`].
    pub entries: Vec<RecentPack>,
}

/// A pack opened lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentPack {
    /// Where it is: an absolute path, or [`BUILT_IN`](super::BUILT_IN) with the pack's word, as the opener likes.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// What it was an edition of; empty where that is not known.
    pub series: String,
    /// Which edition it was; empty where that is not known.
    pub edition: String,
    /// When it was opened: RFC 3339, UTC.
    pub opened: String,
}

/// A change to the recent list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecentChange {
    /// A pack was opened: it moves to the top.
    Opened(RecentPack),
    /// The pack at this path shall not be listed.
    Forget(String),
}

impl Recent {
    /// How many packs the list holds.
    pub const MOST: usize = 20;

    /// The newest edition of a series before `edition`, in another place than `path`.
    ///
    /// What is not known to be of the series is none of it, and what has no edition is before none.
    pub fn earlier(&self, series: &str, edition: &str, path: &str) -> Option<&RecentPack> {
        let earlier = self.entries.iter().filter(|it| {
            let known = !it.series.is_empty() && !it.edition.is_empty();
            known && it.series == series && *it.edition < *edition && it.path != path
        });
        // Of two copies of one edition the one that was open last, which is the first of the list.
        earlier.rev().max_by(|a, b| a.edition.cmp(&b.edition))
    }

    /// Applies a change.
    pub fn apply(&mut self, change: &RecentChange) {
        let path = match change {
            RecentChange::Opened(pack) => &pack.path,
            RecentChange::Forget(path) => path,
        };
        self.entries.retain(|it| it.path != *path);
        if let RecentChange::Opened(pack) = change {
            self.entries.insert(0, pack.clone());
            self.entries.truncate(Self::MOST);
        }
    }
}

/// `value` drawn into `range`, or `kept` where it is no number.
fn within(value: f32, range: &std::ops::RangeInclusive<f32>, kept: f32) -> f32 {
    if value.is_nan() {
        return kept;
    }
    value.clamp(*range.start(), *range.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_stay_in_range() {
        let mut settings = Settings::default();
        for size in [f32::NAN, -1.0, f32::INFINITY, 0.0] {
            settings.apply(SettingsChange::TextSize(size));
            assert!(Settings::TEXT_SIZES.contains(&settings.text_size), "{size}");
        }
        let nowhere = WindowPlace {
            width: f32::NAN,
            height: 1.0,
            at: None,
            maximized: false,
        };
        settings.apply(SettingsChange::Window(nowhere));
        assert_eq!(settings.window, None);
    }

    #[test]
    fn a_window_that_fills_the_screen_keeps_what_it_was_before() {
        let small = WindowPlace {
            width: 900.0,
            height: 600.0,
            at: Some([20, 30]),
            maximized: false,
        };
        let large = WindowPlace {
            width: 1920.0,
            height: 1080.0,
            at: Some([0, 0]),
            maximized: true,
        };
        let kept = large.after(Some(small));
        assert_eq!(
            kept,
            WindowPlace {
                maximized: true,
                ..small
            }
        );
        assert_eq!(small.after(Some(kept)), small);
        assert_eq!(large.after(None), large);
        // A system that tells no place takes none away.
        let untold = WindowPlace { at: None, ..small };
        assert_eq!(untold.after(Some(large)).at, large.at);
    }

    #[test]
    fn every_theme_is_found_by_its_name() {
        for theme in Theme::ALL {
            assert_eq!(Theme::named(theme.name()), Some(theme));
        }
        assert_eq!(Theme::named("Purple"), None);
    }

    #[test]
    fn recent_packs_are_listed_once_and_newest_first() {
        let pack = |path: &str| RecentPack {
            path: path.to_owned(),
            title: String::new(),
            series: String::new(),
            edition: String::new(),
            opened: String::new(),
        };
        let mut recent = Recent::default();
        for number in 0..30 {
            recent.apply(&RecentChange::Opened(pack(&number.to_string())));
        }
        recent.apply(&RecentChange::Opened(pack("20")));
        recent.apply(&RecentChange::Forget("29".to_owned()));
        let paths: Vec<&str> = recent.entries.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths[..3], ["20", "28", "27"]);
        assert_eq!(paths.len(), Recent::MOST - 1);
    }
}
