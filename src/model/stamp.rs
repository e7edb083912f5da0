//! An instant to the millisecond: what decides which of two changes is the newer one.

use std::fmt;

use jiff::Timestamp;

use super::date::Date;

/// An instant to the millisecond. The default is never, which is before everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(i64);

/// The latest there is, a day before the last one that can be written: from a file whose clock was wrong one can still go on.
const LATEST: i64 = 253_402_207_200_000 - 86_400_000;

impl Stamp {
    /// Before everything.
    pub const NEVER: Self = Self(i64::MIN);

    /// So many milliseconds after 1970 began, in UTC.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.min(LATEST))
    }

    /// Whole seconds since 1970 began, in UTC, unless there was no such instant.
    pub fn seconds(self) -> Option<i64> {
        (!self.is_never()).then(|| self.0.div_euclid(1000))
    }

    /// Reads RFC 3339, or a plain day as the moment it begins in UTC; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let at: Timestamp = match text.parse() {
            Ok(at) => at,
            Err(_) if text.len() == 10 => format!("{text}T00:00:00Z").parse().ok()?,
            Err(_) => return None,
        };
        Some(Self::from_millis(at.as_millisecond()))
    }

    /// This instant, or the one right after `earlier` if that is later: a clock that goes back undoes nothing.
    #[must_use]
    pub fn after(self, earlier: Self) -> Self {
        Self(self.0.max(earlier.0.saturating_add(1)))
    }

    /// Whether there was no such instant.
    pub fn is_never(self) -> bool {
        self == Self::NEVER
    }

    /// The day and the time of day, in UTC.
    pub fn date(self) -> Option<Date> {
        self.timestamp().map(Date::from_timestamp)
    }

    fn timestamp(self) -> Option<Timestamp> {
        (!self.is_never()).then(|| Timestamp::from_millisecond(self.0).ok())?
    }
}

impl Default for Stamp {
    fn default() -> Self {
        Self::NEVER
    }
}

/// RFC 3339 in UTC, with milliseconds only where there are any; nothing for never.
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(at) if self.0 % 1000 == 0 => write!(f, "{}", at.strftime("%Y-%m-%dT%H:%M:%SZ")),
            Some(at) => write!(f, "{}", at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_what_people_write() {
        let cases = [
            ("2025-08-10T07:08:09Z", "2025-08-10T07:08:09Z"),
            ("2025-08-10T07:08:09.25Z", "2025-08-10T07:08:09.250Z"),
            ("2025-08-10T09:08:09+02:00", "2025-08-10T07:08:09Z"),
            ("2025-08-10", "2025-08-10T00:00:00Z"),
        ];
        for (text, written) in cases {
            assert_eq!(Stamp::parse(text).unwrap().to_string(), written);
            assert_eq!(Stamp::parse(written), Stamp::parse(text));
        }
        for bad in ["", "soon", "2025-13-01", "10 Aug 2025"] {
            assert_eq!(Stamp::parse(bad), None, "{bad}");
        }
        assert_eq!(Stamp::NEVER.to_string(), "");
    }

    #[test]
    fn there_is_always_a_later_one() {
        let last = Stamp::parse("9999-12-30T22:00:00Z").unwrap();
        let next = Stamp::from_millis(0).after(last);
        assert!(next > last);
        assert!(Stamp::parse(&next.to_string()).unwrap() <= next);
        assert_eq!(
            Stamp::from_millis(5).after(Stamp::NEVER),
            Stamp::from_millis(5)
        );
    }
}
