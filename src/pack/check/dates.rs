//! Which of two dates is the later one, as far as that can be told.
//! A day is no moment: without a zone, the same day may be tomorrow elsewhere.

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::fmt::temporal::{Pieces, PiecesOffset};

/// A date of the manifest.
enum When {
    Day(Date),
    Moment(Timestamp, Date),
}

impl When {
    fn read(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text.trim()).ok()?;
        let day = pieces.date();
        let offset = match pieces.offset() {
            Some(PiecesOffset::Numeric(offset)) => Some(offset.offset()),
            Some(_) => Some(jiff::tz::Offset::UTC),
            None => None,
        };
        let (Some(time), Some(offset)) = (pieces.time(), offset) else {
            return Some(Self::Day(day));
        };
        let moment = offset.to_timestamp(day.to_datetime(time)).ok()?;
        Some(Self::Moment(moment, day))
    }
}

/// Whether `late` is certainly after `early`. Dates that cannot be read are another matter.
pub(super) fn is_after(late: &str, early: &str) -> bool {
    let (Some(late), Some(early)) = (When::read(late), When::read(early)) else {
        return false;
    };
    match (late, early) {
        (When::Moment(late, _), When::Moment(early, _)) => late > early,
        (When::Day(late), When::Day(early)) => late > early,
        // Between the first zone to see a day and the last there is one day.
        (When::Day(late) | When::Moment(_, late), When::Day(early) | When::Moment(_, early)) => {
            early.checked_add(1.day()).is_ok_and(|next| late > next)
        }
    }
}

/// Whether an edition looks like a date that does not sort as text.
pub(super) fn does_not_sort(edition: &str) -> bool {
    let words: Vec<&str> = edition
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    if words.iter().all(is_number) {
        return match words.as_slice() {
            [year, month, day] if is_year(year) => {
                let padded = month.len() == 2 && day.len() == 2;
                !padded || format!("{year}-{month}-{day}").parse::<Date>().is_err()
            }
            [year, month] if is_year(year) => month.len() == 1,
            [a, b, year] => is_year(year) && a.len() <= 2 && b.len() <= 2,
            [month, year] => is_year(year) && month.len() <= 2,
            _ => false,
        };
    }
    words.iter().any(|word| is_year(word)) && words.iter().any(|word| is_month(word))
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let short = |month: &str| month.get(..3) == Some(word.as_str());
    MONTHS.iter().any(|month| *month == word || short(month)) || word == "sept"
}

#[cfg(test)]
mod tests {
    use super::{does_not_sort, is_after};

    #[test]
    fn compares_what_can_be_compared() {
        for (late, early, expected) in [
            ("2025-08-10", "2025-08-09", true),
            ("2025-08-09", "2025-08-09", false),
            ("2025-08-09T06:00:01Z", "2025-08-09T06:00:00Z", true),
            ("2025-08-09T06:00:00+02:00", "2025-08-09T05:00:00Z", false),
            ("2025-08-09T04:00:00-02:00", "2025-08-09T05:00:00Z", true),
            ("2025-08-10", "2025-08-09T23:00:00-08:00", false),
            ("2025-08-11", "2025-08-09T23:00:00-08:00", true),
            ("2025-08-10T01:00:00+09:00", "2025-08-09", false),
            ("soon", "2025-08-09", false),
            ("2025-08-09", "", false),
        ] {
            assert_eq!(is_after(late, early), expected, "{late} {early}");
        }
    }

    #[test]
    fn knows_dates_that_do_not_sort() {
        for good in [
            "2025-08-09",
            "2025-08",
            "2025",
            "20250809",
            "2025.08.09",
            "1",
            "007",
            "2025-w05",
            "vol-3-no-12",
            "issue 12, 2025",
            "1-2-3",
            "autumn-2025",
        ] {
            assert!(!does_not_sort(good), "{good}");
        }
        for bad in [
            "9-8-2025",
            "09.08.2025",
            "8/2025",
            "2025-8-9",
            "2025-13-40",
            "2025-8",
            "9 August 2025",
            "Aug 2025",
        ] {
            assert!(does_not_sort(bad), "{bad}");
        }
    }
}
