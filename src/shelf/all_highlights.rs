//! The marked passages of every series.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use super::file::parse;
use super::names::{is_ours, series_of_stem};
use super::notice::{Fate, ShelfNotice, Trouble};
use super::outline::Group;
use super::{Loaded, Shelf};
use crate::model::{Highlight, SeriesId};

impl Shelf {
    /// Every marked passage of every series, with those that were taken away. A damaged file hurts only itself.
    pub fn load_all_highlights(&self) -> Loaded<Vec<Highlight>> {
        let folder = self.folder().join("highlights");
        let mut all = Loaded::<Vec<Highlight>>::default();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return all,
            Err(error) => {
                let what = error.to_string();
                all.notices.push(ShelfNotice {
                    file: folder,
                    trouble: Trouble::Unreadable { what },
                    fate: Fate::Left { salvaged: 0 },
                });
                return all;
            }
        };
        let stems: BTreeSet<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".ron").map(str::to_owned))
            .filter(|stem| is_ours(stem))
            .collect();
        for stem in stems {
            // A name that is too long is only a digest; the file itself says whose it is.
            let path = folder.join(format!("{stem}.ron"));
            let named = || {
                let text = fs::read_to_string(&path).ok()?;
                let file = Group::fields(&text).ok()?;
                parse::<String>(file.get("series")?).ok().map(SeriesId::new)
            };
            if let Some(series) = series_of_stem(&stem).or_else(named) {
                let loaded = self.load_highlights(&series);
                all.value.extend(loaded.value);
                all.notices.extend(loaded.notices);
            }
        }
        all
    }
}
