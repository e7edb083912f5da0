//! Where a link may lead, and where a picture may come from.
//! It never follows anything.

use super::block::Link;

/// What a link's address turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// It leads somewhere.
    Leads(Link),
    /// Its kind is not followed; the words are shown as they are.
    NotFollowed,
}

/// Sorts an address as the author wrote it.
pub(super) fn sort(address: &str) -> Address {
    let address = address.trim();
    if address.chars().any(is_deceptive) {
        return Address::NotFollowed;
    }
    let Some((scheme, rest)) = scheme(address) else {
        return Address::NotFollowed;
    };
    let rest_is_empty = rest.trim_start_matches('/').is_empty();
    match scheme.to_ascii_lowercase().as_str() {
        "story" if !rest.is_empty() => Address::Leads(Link::Story(rest.to_owned())),
        "http" | "https" if rest.starts_with("//") && !rest_is_empty => {
            Address::Leads(Link::Web(address.to_owned()))
        }
        "mailto" if !rest_is_empty => Address::Leads(Link::Web(address.to_owned())),
        _ => Address::NotFollowed,
    }
}

/// The name of a picture inside the pack, or `None` for an address that leads out of it.
///
/// The address is the name as it stands; `%20` is three characters.
pub(super) fn picture_name(address: &str) -> Option<String> {
    let address = address.trim();
    if scheme(address).is_some() || address.starts_with("//") {
        return None;
    }
    Some(address.to_owned())
}

/// Splits `scheme:rest`; a single letter is a Windows drive and no scheme.
fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let first = scheme.bytes().next()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
    (scheme.len() > 1 && first.is_ascii_alphabetic() && scheme.bytes().all(plain))
        .then_some((scheme, rest))
}

/// Whether a character hides what an address says: controls, and what turns the direction of writing.
fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_addresses() {
        let web = |s: &str| Address::Leads(Link::Web(s.to_owned()));
        let cases = [
            (
                "https://example.org/a?b#c",
                web("https://example.org/a?b#c"),
            ),
            ("HTTP://example.org", web("HTTP://example.org")),
            ("mailto:desk@example.org", web("mailto:desk@example.org")),
            (
                "story:oaxaca-earthquake",
                Address::Leads(Link::Story("oaxaca-earthquake".to_owned())),
            ),
            ("story:", Address::NotFollowed),
            ("https://", Address::NotFollowed),
            ("https:example", Address::NotFollowed),
            ("file:///etc/passwd", Address::NotFollowed),
            ("javascript:alert(1)", Address::NotFollowed),
            ("data:text/html,x", Address::NotFollowed),
            ("other.md", Address::NotFollowed),
            ("#top", Address::NotFollowed),
            ("//example.org", Address::NotFollowed),
            ("C:\\x", Address::NotFollowed),
            ("", Address::NotFollowed),
            ("https://example.org/\u{202E}fdp.exe", Address::NotFollowed),
        ];
        for (address, expected) in cases {
            assert_eq!(sort(address), expected, "{address}");
        }
    }

    #[test]
    fn names_pictures() {
        let cases = [
            ("images/a.png", Some("images/a.png")),
            ("images/my map.png", Some("images/my map.png")),
            ("images/my%20map.png", Some("images/my%20map.png")),
            ("https://example.org/a.png", None),
            ("data:image/png;base64,AA", None),
            ("//example.org/a.png", None),
        ];
        for (address, expected) in cases {
            assert_eq!(picture_name(address).as_deref(), expected, "{address}");
        }
    }
}
