//! What is not understood, in two copies of a record or a file: one of the two is taken, in any order the same.

use std::collections::BTreeSet;

use super::marks::stamp;
use super::outline::{Group, Walk};
use super::quick::parse;
use crate::model::Stamp;

/// Follows the name of a field in the name of the one with its time, as in every record of ours.
const TIME: &str = "_at";

/// A field as a record has it, in the order in which it counts: one that is there, the later one, the one whose text is greater.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    is_there: bool,
    when: Stamp,
    value: Option<String>,
    time: Option<String>,
}

impl Said {
    fn in_record(record: &Group<'_>, name: &str, time: &str) -> Self {
        let (value, time) = (record.get(name), record.get(time));
        let when = time.and_then(|it| parse::<String>(it).ok());
        Self {
            is_there: value.is_some(),
            when: when.map_or(Stamp::NEVER, |it| stamp(&it)),
            value: value.map(str::to_owned),
            time: time.map(str::to_owned),
        }
    }
}

/// Gives a record of ours the fields of theirs that are none of the `known`: those that it has not, and of two that differ the one
/// whose time is later, or else the one whose text is greater. A field and its time go together. Whether anything is another now.
pub(super) fn take_unknown(ours: &mut Group<'_>, theirs: &Group<'_>, known: &[&str]) -> bool {
    let unknown = theirs.fields_named().map(|(name, _)| name);
    let names: BTreeSet<&str> = unknown
        .filter(|name| !known.contains(name))
        .map(|name| timed(name, known))
        .collect();
    let mut changed = false;
    for name in names {
        let time = format!("{name}{TIME}");
        let other = Said::in_record(theirs, name, &time);
        if other <= Said::in_record(ours, name, &time) {
            continue;
        }
        changed = true;
        for (name, value) in [(name, other.value), (&time, other.time)] {
            match value {
                Some(value) => ours.set(name, value),
                None => ours.remove(name),
            }
        }
    }
    changed
}

/// Whether a record has a field that is none of the `known`, told without taking it apart; `true` where that cannot be told.
pub(super) fn has_unknown(record: &str, known: &[&str]) -> bool {
    let Ok(mut fields) = Walk::fields(record) else {
        return true;
    };
    loop {
        match fields.field() {
            Ok(Some((name, _))) if known.contains(&name) => {}
            Ok(None) => return false,
            Ok(Some(_)) | Err(_) => return true,
        }
    }
}

/// The field whose time this is, or else the field itself.
fn timed<'a>(name: &'a str, known: &[&str]) -> &'a str {
    match name.strip_suffix(TIME) {
        Some(base) if !base.is_empty() && !known.contains(&base) => base,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined(ours: &str, theirs: &str) -> String {
        let mut record = Group::fields(ours).unwrap();
        take_unknown(&mut record, &Group::fields(theirs).unwrap(), &["id"]);
        record.render()
    }

    fn fields(text: &str) -> BTreeSet<(String, String)> {
        let record = Group::fields(text).unwrap();
        let fields = record.fields_named();
        fields
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn a_field_that_is_unknown_is_seen() {
        for (record, expected) in [
            ("A(id: 1)", false),
            ("(/* shade */ r#id: \"shade: 2\", id: (shade: 3))", false),
            ("A(id: 1, shade: 2)", true),
            ("A(id: 1 shade: 2)", true),
            ("[id]", true),
        ] {
            assert_eq!(has_unknown(record, &["id"]), expected, "{record}");
        }
    }

    #[test]
    fn one_of_two_is_taken_with_its_time() {
        for (ours, theirs, expected) in [
            ("(a: 1)", "(a: 2)", "(a: 2)"),
            ("(a: 2)", "(a: 1)", "(a: 2)"),
            ("(a: 1)", "(b: 2)", "(a: 1, b: 2)"),
            ("(id: 1)", "(id: 2)", "(id: 1)"),
            (
                r#"(a: 2, a_at: "2025-01-01")"#,
                r#"(a: 1, a_at: "2025-01-02")"#,
                r#"(a: 1, a_at: "2025-01-02")"#,
            ),
            (
                r#"(a: 1, a_at: "2025-01-02")"#,
                r#"(a: 2, a_at: "2025-01-01")"#,
                r#"(a: 1, a_at: "2025-01-02")"#,
            ),
        ] {
            assert_eq!(
                fields(&joined(ours, theirs)),
                fields(expected),
                "{ours} {theirs}"
            );
        }
    }

    fn record() -> impl Strategy<Value = String> {
        let time = prop::option::of(prop::sample::select(vec!["2025-01-01", "2025-01-02", "?"]));
        let value = || prop::option::of(0..3_u8);
        (value(), time, value()).prop_map(|(a, at, b)| {
            let a = a.map(|it| format!("a: {it},")).unwrap_or_default();
            let at = at.map(|it| format!("a_at: \"{it}\",")).unwrap_or_default();
            let b = b.map(|it| format!("b_at: {it},")).unwrap_or_default();
            format!("({a}{at}{b})")
        })
    }

    proptest! {
        #[test]
        fn the_order_does_not_count(a in record(), b in record(), c in record()) {
            prop_assert_eq!(fields(&joined(&a, &b)), fields(&joined(&b, &a)));
            let left = joined(&joined(&a, &b), &c);
            let right = joined(&a, &joined(&b, &c));
            prop_assert_eq!(fields(&left), fields(&right));
            prop_assert_eq!(&joined(&left, &a), &left);
        }
    }
}
