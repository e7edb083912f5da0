//! A link that another program kept, as a bookmark: a story of the web, which no pack has.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Doubt;
use crate::model::{
    Bookmark, Life, MAX_REMARK_BYTES, Reference, Remark, SeriesId, Snapshot, Stamp, StoryId, Tags,
    WEB_SERIES,
};

/// The longest address, in bytes.
const MAX_ADDRESS_BYTES: usize = 8 * 1024;
/// The longest headline, in bytes.
const MAX_HEADLINE_BYTES: usize = 2 * 1024;

/// What a file says of a link; all of it may be empty or nonsense.
#[derive(Default)]
pub(super) struct Link<'a> {
    pub address: Cow<'a, str>,
    pub title: Cow<'a, str>,
    /// Seconds, milliseconds or microseconds since 1970, or RFC 3339.
    pub added: Cow<'a, str>,
    pub tags: Vec<Cow<'a, str>>,
    pub note: Cow<'a, str>,
}

impl Link<'_> {
    /// The bookmark, and what of it was not understood in `line`; none where there is no address.
    pub fn bookmark(&self, line: usize, doubts: &mut Vec<Doubt>) -> Option<Bookmark> {
        let mut doubt = |what: String, left_out| {
            doubts.push(Doubt {
                line,
                what,
                left_out,
            });
        };
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((series, story, was)) = target(&self.address) else {
            let shown = shown(&self.address);
            let what = if shown.is_empty() {
                match title.as_str() {
                    "" => "there is no address".to_owned(),
                    title => format!("“{}” has no address", cut(title, 80)),
                }
            } else {
                format!("this is no address of the web: {shown}")
            };
            doubt(what, true);
            return None;
        };
        let (made, understood) = match time(&self.added) {
            Ok(made) => (made, true),
            Err(()) => (Stamp::NEVER, false),
        };
        if !understood {
            let added = shown(&self.added);
            doubt(
                format!("the time “{added}” is not understood; imported without"),
                false,
            );
        }
        if title.len() > MAX_HEADLINE_BYTES || self.note.len() > MAX_REMARK_BYTES {
            doubt(
                "the text is very long; its beginning was imported".to_owned(),
                false,
            );
        }
        let mut bookmark = Bookmark {
            series,
            story,
            was: Snapshot {
                headline: match cut(&title, MAX_HEADLINE_BYTES) {
                    "" => was.origin.clone(),
                    title => title.to_owned(),
                },
                ..was
            },
            life: Life::new(made),
            tags: Tags::default(),
            remark: Remark::default(),
        };
        for tag in self.tags.iter().filter_map(|it| Tags::tidy(it)) {
            bookmark.tags.note(&tag, true, made);
        }
        let note = cut(self.note.trim(), MAX_REMARK_BYTES);
        if !note.is_empty() {
            bookmark.remark.note(note, made);
        }
        Some(bookmark)
    }
}

/// The story that an address leads to: a page of the web or, in a file that this program gave a browser, a story of a pack.
fn target(address: &str) -> Option<(SeriesId, StoryId, Snapshot)> {
    if let Some(address) = Address::parse(address) {
        let was = Snapshot {
            publisher: address.host().to_owned(),
            origin: address.text.clone(),
            ..Snapshot::default()
        };
        return Some((SeriesId::new(WEB_SERIES), address.story(), was));
    }
    let reference = Reference::parse(address).ok()?;
    let was = Snapshot {
        edition: reference.edition,
        digest: reference.digest,
        ..Snapshot::default()
    };
    Some((reference.series, reference.story, was))
}

/// An address of the web as it is compared: what differs only in how it is written is one.
struct Address {
    text: String,
    /// Where the host begins and ends.
    host: (usize, usize),
}

impl Address {
    /// Reads `http` and `https`, and nothing else. RFC 3986, section 6.2: scheme and host in small letters, no port where it is the
    /// usual one, a path of `/` where there is none, no empty fragment.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_ADDRESS_BYTES || text.contains(|it: char| it.is_control()) {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "http" => ":80",
            "https" => ":443",
            _ => return None,
        };
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let host = host.to_lowercase();
        let host = host.strip_suffix(usual).unwrap_or(&host);
        let host = host.strip_suffix(':').unwrap_or(host);
        if host.is_empty() || host.contains(char::is_whitespace) || path.starts_with('\\') {
            return None;
        }
        let mut text = format!("{scheme}://");
        if let Some(user) = user {
            // Writing to a string cannot fail.
            _ = write!(text, "{user}@");
        }
        let begin = text.len();
        text.push_str(host);
        let host = (begin, text.len());
        if !path.starts_with('/') {
            text.push('/');
        }
        // What people paste may have blanks in it; no address has.
        text.push_str(&path.strip_suffix('#').unwrap_or(path).replace(' ', "%20"));
        Some(Self { text, host })
    }

    /// The host, without the `www.` that says nothing.
    fn host(&self) -> &str {
        let host = self.text.get(self.host.0..self.host.1).unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }

    /// The story's id: the first half of the address's SHA-256, in hex.
    fn story(&self) -> StoryId {
        let mut id = String::with_capacity(32);
        for byte in Sha256::digest(self.text.as_bytes()).iter().take(16) {
            // Writing to a string cannot fail.
            _ = write!(id, "{byte:02x}");
        }
        StoryId::new(id)
    }
}

/// The time a file gives: seconds, milliseconds or microseconds since 1970 by how many digits there are, or RFC 3339 with or without
/// its `T`; never, where there is none.
fn time(text: &str) -> Result<Stamp, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Stamp::NEVER);
    }
    if text.bytes().all(|it| it.is_ascii_digit()) {
        let number: i64 = text.parse().map_err(|_| ())?;
        return match number {
            0 => Ok(Stamp::NEVER),
            1..100_000_000_000 => Ok(Stamp::from_millis(number * 1000)),
            100_000_000_000..100_000_000_000_000 => Ok(Stamp::from_millis(number)),
            100_000_000_000_000..100_000_000_000_000_000 => Ok(Stamp::from_millis(number / 1000)),
            _ => Err(()),
        };
    }
    let spaced = || {
        let (day, clock) = text.split_once(' ')?;
        Stamp::parse(&format!("{day}T{}Z", clock.trim_end_matches(" UTC")))
    };
    Stamp::parse(text).or_else(spaced).ok_or(())
}

/// The beginning of a text, so many bytes at the most.
fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// A text as a sentence quotes it: short, on one line.
fn shown(text: &str) -> String {
    let text = text.trim();
    let begin = cut(text, 80);
    let mut shown: String = begin
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect();
    if begin.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_by_what_it_leads_to() {
        let cases = [
            ("https://example.org", "https://example.org/"),
            (
                " HTTPS://Example.ORG:443/A?b=C#d ",
                "https://example.org/A?b=C#d",
            ),
            ("http://example.org:80?q", "http://example.org/?q"),
            ("http://example.org:8080/#", "http://example.org:8080/"),
            ("http://me:pw@Example.org/", "http://me:pw@example.org/"),
            ("https://example.org/a b", "https://example.org/a%20b"),
            ("https://bücher.example/ü", "https://bücher.example/ü"),
        ];
        for (text, address) in cases {
            let parsed = Address::parse(text).map(|it| it.text);
            assert_eq!(parsed.as_deref(), Some(address), "{text}");
            let again = Address::parse(address).map(|it| it.text);
            assert_eq!(again.as_deref(), Some(address), "{text}");
        }
        for none in [
            "",
            "example.org",
            "javascript:alert(1)",
            "place:sort=8",
            "file:///etc/passwd",
            "ftp://example.org/",
            "https://",
            "https:///path",
            "https://a b/",
            "https://a\u{0}b/",
            "https://\\\\host/",
        ] {
            assert!(Address::parse(none).is_none(), "{none}");
        }
        let host = |text| Address::parse(text).map(|it| it.host().to_owned());
        assert_eq!(
            host("https://www.Example.org/x").as_deref(),
            Some("example.org")
        );
        let id = |text| Address::parse(text).map(|it| it.story());
        assert_eq!(id("HTTP://example.org"), id("http://example.org/"));
        assert_ne!(id("http://example.org/"), id("https://example.org/"));
    }

    #[test]
    fn a_time_is_told_by_its_length() {
        let cases = [
            ("1700000000", "2023-11-14T22:13:20Z"),
            ("1700000000123", "2023-11-14T22:13:20.123Z"),
            ("1700000000123456", "2023-11-14T22:13:20.123Z"),
            ("2023-11-14T22:13:20Z", "2023-11-14T22:13:20Z"),
            ("2023-11-14 22:13:20", "2023-11-14T22:13:20Z"),
            ("2023-11-14", "2023-11-14T00:00:00Z"),
            ("", ""),
            ("0", ""),
        ];
        for (text, stamp) in cases {
            assert_eq!(
                time(text).map(|it| it.to_string()),
                Ok(stamp.to_owned()),
                "{text}"
            );
        }
        for bad in [
            "soon",
            "-5",
            "99999999999999999999999",
            "1700000000.5",
            "14/11/2023",
        ] {
            assert_eq!(time(bad), Err(()), "{bad}");
        }
    }
}
