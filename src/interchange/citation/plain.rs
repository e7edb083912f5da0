//! A citation as a sentence. It ends with the reference, so that the whole of it can be pasted into Go to….

use super::{Citation, in_marks};
use crate::model::Date;

pub(super) fn sentence(cited: &Citation) -> String {
    let edition = match &*cited.edition {
        "" => String::new(),
        edition => format!("edition {edition}"),
    };
    let address = match (&cited.address, cited.read) {
        (Some(address), Some(read)) => format!("{address} (read {})", read.day()),
        (Some(address), None) => address.clone(),
        (None, _) => String::new(),
    };
    let parts = [
        listed(&cited.authors),
        format!("“{}”", cited.headline),
        cited.publication.clone(),
        edition,
        cited.publisher.clone(),
        cited.published.map(Date::day).unwrap_or_default(),
        address,
        cited.reference.to_string(),
    ];
    let known: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let source = known.join(", ");
    match &*cited.quote {
        "" => source,
        quote => format!("{}\n— {source}", in_marks(quote)),
    }
}

/// `Ada`, `Ada and Ben`, `Ada, Ben and Cem`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
