//! A date as a story gives it, and how it is written for the reader.
//! It never asks what the time is.

use jiff::civil::{self, Time};
use jiff::{Timestamp, fmt::temporal::Pieces};

/// A day, with the time of day where it is known, in the zone it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    day: civil::Date,
    time: Option<Time>,
}

impl Date {
    /// Reads RFC 3339 (`2025-08-09T05:00:00Z`) or a plain day (`2025-08-09`).
    ///
    /// Returns `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text.trim()).ok()?;
        Some(Self {
            day: pieces.date(),
            time: pieces.time(),
        })
    }

    /// The day and time of an instant, in UTC.
    pub fn from_timestamp(at: Timestamp) -> Self {
        let at = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        Self {
            day: at.date(),
            time: Some(at.time()),
        }
    }

    /// `9 Aug`.
    pub fn short(self) -> String {
        self.day.strftime("%-d %b").to_string()
    }

    /// `9 August 2025`.
    pub fn day(self) -> String {
        self.day.strftime("%-d %B %Y").to_string()
    }

    /// `9 August 2025, 05:00`, or the day alone where no time is known.
    pub fn long(self) -> String {
        match self.time {
            Some(time) => format!("{}, {}", self.day(), time.strftime("%H:%M")),
            None => self.day(),
        }
    }

    /// Year, month and day, the last two counted from 1.
    pub fn ymd(self) -> (i16, i8, i8) {
        (self.day.year(), self.day.month(), self.day.day())
    }

    /// `Saturday 9 August 2025`.
    pub fn weekday(self) -> String {
        self.day.strftime("%A %-d %B %Y").to_string()
    }

    /// `2025-08-09` or `2025-08-09T05:00:00`, as it sorts.
    pub fn iso(self) -> String {
        match self.time {
            Some(time) => format!("{}T{}", self.day, time.strftime("%H:%M:%S")),
            None => self.day.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_dates() {
        let cases = [
            ("2025-08-09T05:00:00Z", "9 August 2025, 05:00"),
            ("2025-08-09T05:00:00+02:00", "9 August 2025, 05:00"),
            ("2025-08-09", "9 August 2025"),
        ];
        for (text, long) in cases {
            assert_eq!(Date::parse(text).map(Date::long).as_deref(), Some(long));
        }
        for bad in ["", "soon", "2025-13-01", "9 August", "2025-02-30"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        let date = Date::parse("2025-08-09").unwrap();
        assert_eq!(date.weekday(), "Saturday 9 August 2025");
        assert_eq!(date.short(), "9 Aug");
        assert_eq!(date.ymd(), (2025, 8, 9));
    }
}
