//! A citation as CSL-JSON: a list of one item, its fields named after the input data schema of CSL 1.0.2.

use serde::Serialize;

use super::{Citation, in_marks};
use crate::model::Date;

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    r#type: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(rename = "container-title")]
    container_title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    issue: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    publisher: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Day>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Day>,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    annote: String,
    note: String,
}

/// A byline does not say which name is the family's.
#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
struct Day {
    #[serde(rename = "date-parts")]
    parts: [[i16; 3]; 1],
}

pub(super) fn items(cited: &Citation) -> String {
    let names = cited.authors.iter().map(|literal| Name { literal });
    let url = cited.address.as_deref();
    let annote = match &*cited.quote {
        "" => String::new(),
        quote => in_marks(quote),
    };
    let item = Item {
        id: cited.key(),
        r#type: "article-newspaper",
        title: &cited.headline,
        author: names.collect(),
        container_title: &cited.publication,
        issue: &cited.edition,
        publisher: &cited.publisher,
        issued: cited.published.map(day),
        url,
        accessed: cited.read.filter(|_| url.is_some()).map(day),
        language: &cited.language,
        annote,
        note: cited.reference.to_string(),
    };
    crate::interchange::pretty(&[item]).trim_end().to_owned()
}

fn day(date: Date) -> Day {
    let (year, month, day) = date.ymd();
    Day {
        parts: [[year, month.into(), day.into()]],
    }
}
