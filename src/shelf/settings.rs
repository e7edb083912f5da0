//! `settings.ron`: a field a setting. A value that is not understood costs only itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::diagnosis::readable;
use super::file::Kind;
use super::notice::{Fate, ShelfNotice, Trouble};
use super::outline::{Group, quote};
use super::quick::parse;
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{Settings, SettingsChange, Theme, WindowPlace};

/// The name of the file.
pub(super) const NAME: &str = "settings.ron";
/// The place of a window is this machine's, so is which version ran here, and the version is the file's.
const OWN: [&str; 3] = ["version", "window", "seen"];

pub(super) const KIND: Kind = Kind {
    file: "Settings",
    version: 1,
    list: None,
    record: "Settings",
    understands: |_| false,
};

pub(super) const FRESH: &str =
    "// Offprint keeps your settings here.\nSettings(\n    version: 1,\n)\n";

#[derive(Deserialize)]
#[serde(rename = "Window")]
struct WindowRecord {
    width: f32,
    height: f32,
    #[serde(default)]
    maximized: bool,
    #[serde(default)]
    at: Option<(i32, i32)>,
}

impl Shelf {
    /// The settings; what the file does not say is as at first.
    pub fn load_settings(&self) -> Loaded<Settings> {
        let path = self.settings_path();
        self.load_file(&KIND, &path, FRESH, |text, notices| {
            read(text, &path, notices)
        })
    }

    /// Applies changes to the settings, and returns when they are on the disk.
    pub fn change_settings(&self, changes: &[SettingsChange]) -> Result<Saved, ShelfError> {
        let path = self.settings_path();
        self.change_file(&KIND, &path, FRESH, |file| {
            let before = read(&file.render(), &path, &mut Vec::new());
            let mut after = before.clone();
            for change in changes {
                after.apply(*change);
            }
            write(file, &before, &after);
            before != after
        })
    }

    fn settings_path(&self) -> PathBuf {
        self.folder().join(NAME)
    }

    /// What each setting is that stands in the file, as it stands there; but for the place of the window.
    pub fn chosen_settings(&self) -> BTreeMap<String, String> {
        let text = fs::read(self.settings_path()).unwrap_or_default();
        let (text, _) = readable(&KIND, Path::new(NAME), &text, FRESH);
        let fields = Group::fields(&text);
        let fields = fields.iter().flat_map(Group::fields_named);
        fields
            .filter(|(name, _)| !OWN.contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

/// Makes every setting what another file says that it is, understood or not.
pub(super) fn take_in(shelf: &Shelf, other: &Path, bytes: &[u8]) -> Result<Saved, ShelfError> {
    let (text, notice) = readable(&KIND, other, bytes, FRESH);
    let path = shelf.settings_path();
    let mut saved = shelf.change_file(&KIND, &path, FRESH, |file| {
        let Ok(theirs) = Group::fields(&text) else {
            return false;
        };
        let mut changed = false;
        for (name, value) in theirs.fields_named() {
            if !OWN.contains(&name) && file.get(name) != Some(value) {
                file.set(name, value.to_owned());
                changed = true;
            }
        }
        changed
    })?;
    saved.notices.extend(notice);
    Ok(saved)
}

fn read(text: &str, path: &Path, notices: &mut Vec<ShelfNotice>) -> Settings {
    let mut settings = Settings::default();
    let Ok(file) = Group::fields(text) else {
        return settings;
    };
    let mut odd = Vec::new();
    let mut field = |name: &'static str, change: &dyn Fn(&str) -> Option<SettingsChange>| {
        let Some(value) = file.get(name) else { return };
        match change(value) {
            Some(change) => settings.apply(change),
            None => odd.push((name, value.to_owned())),
        }
    };
    field("theme", &|it| {
        let name = parse::<String>(it).unwrap_or_else(|_| it.to_owned());
        Theme::named(&name).map(SettingsChange::Theme)
    });
    field("text_size", &|it| {
        parse(it).ok().map(SettingsChange::TextSize)
    });
    field("sidebar_width", &|it| {
        parse(it).ok().map(SettingsChange::SidebarWidth)
    });
    field("window", &|it| {
        let it: WindowRecord = parse(it).ok()?;
        Some(SettingsChange::Window(WindowPlace {
            width: it.width,
            height: it.height,
            maximized: it.maximized,
            at: it.at.map(|(x, y)| [x, y]),
        }))
    });
    if let Some(seen) = file.get("seen").and_then(|it| parse(it).ok()) {
        settings.seen = seen;
    }
    if let Some((name, value)) = odd.first() {
        let line = text.lines().position(|line| line.contains(name));
        notices.push(ShelfNotice {
            file: path.to_owned(),
            trouble: Trouble::Entries {
                count: odd.len(),
                line: line.map_or(1, |it| it + 1),
                what: format!("`{name}` cannot be `{value}`"),
            },
            fate: Fate::Used,
        });
    }
    settings
}

/// Writes the fields that differ; the others stay, understood or not.
fn write(file: &mut Group<'_>, before: &Settings, after: &Settings) {
    if after.theme != before.theme {
        file.set("theme", after.theme.name().to_owned());
    }
    if after.text_size.to_bits() != before.text_size.to_bits() {
        file.set("text_size", format!("{:?}", after.text_size));
    }
    if after.sidebar_width.to_bits() != before.sidebar_width.to_bits() {
        file.set("sidebar_width", format!("{:?}", after.sidebar_width));
    }
    if after.seen != before.seen {
        file.set("seen", quote(&after.seen));
    }
    if let Some(window) = after.window.filter(|it| Some(*it) != before.window) {
        file.set("window", written(window));
    }
}

fn written(window: WindowPlace) -> String {
    let WindowPlace {
        width,
        height,
        maximized,
        at,
    } = window;
    let at = at.map_or_else(String::new, |[x, y]| format!(", at: ({x}, {y})"));
    format!("Window(width: {width:?}, height: {height:?}, maximized: {maximized}{at})")
}
