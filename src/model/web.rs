//! Stories of the web: bookmarks that came from other programs, which no pack has.

use super::bookmark::{Bookmark, Snapshot};

/// The series of bookmarks whose story is a page of the web. A story's id is made of its address.
pub const WEB_SERIES: &str = "web";

impl Bookmark {
    /// The address of the story, where it is a page of the web and in no pack.
    pub fn web_address(&self) -> Option<&str> {
        self.was.web_address()
    }
}

impl Snapshot {
    /// The address of the story, where it is a page of the web and in no pack.
    pub fn web_address(&self) -> Option<&str> {
        let origin = self.origin.as_str();
        let (scheme, rest) = origin.split_once("://")?;
        let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        (is_web && !rest.is_empty()).then_some(origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_is_one() {
        let of = |origin: &str| {
            let mut bookmark = Bookmark::default();
            bookmark.was.origin = origin.to_owned();
            bookmark.web_address().map(str::to_owned)
        };
        for address in ["https://example.org/a", "HTTP://example.org"] {
            assert_eq!(of(address).as_deref(), Some(address));
        }
        for path in [
            "",
            "built in",
            "/packs/a.offprint",
            "https:/a",
            "http://",
            "file:///a",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
