//! The type scale and the spaces of the page, in points at a text size of 1. Spaces go in steps of 4.

use crate::typeset::{Family, Ink, Style};

/// The widest a line of the body gets: 60 to 75 characters.
pub const MEASURE: f32 = 660.0;
/// The widest the front page gets.
pub const FRONT: f32 = 1120.0;
/// The smallest margin beside the page.
pub const MARGIN: f32 = 28.0;
/// How far the bar of a quote hangs out of the measure.
pub const HANG: f32 = 30.0;
/// A thumbnail of the sidebar: width and height.
pub const THUMBNAIL: [f32; 2] = [72.0, 54.0];
/// The height of the top bar.
pub const BAR: f32 = 48.0;

const fn serif(size: f32, leading: f32) -> Style {
    Style::new(Family::Serif, size).leading(leading)
}

const fn sans(size: f32, leading: f32) -> Style {
    Style::new(Family::Sans, size).leading(leading)
}

/// A story's headline.
pub const HEADLINE: Style = serif(40.0, 1.12).weight(640.0).tracking(-0.6).balance();
/// The headline where the page is narrow.
pub const HEADLINE_SMALL: Style = serif(31.0, 1.14).weight(640.0).tracking(-0.4).balance();
/// The standfirst.
pub const STANDFIRST: Style = serif(20.5, 1.42).ink(Ink::Soft);
/// The body.
pub const BODY: Style = serif(19.0, 1.56);
/// A heading of level 2.
pub const HEADING: Style = serif(24.0, 1.25).weight(640.0).balance();
/// A heading of level 3.
pub const SUBHEADING: Style = serif(20.5, 1.3).weight(640.0);
/// A heading of level 4 and below.
pub const MINOR_HEADING: Style = sans(14.5, 1.4).weight(650.0);
/// The words of a quote.
pub const QUOTE: Style = serif(29.0, 1.28)
    .balance()
    .weight(500.0)
    .italic()
    .ink(Ink::Quote);
/// A quote of more than a few lines.
pub const LONG_QUOTE: Style = serif(23.0, 1.36).weight(480.0).italic().ink(Ink::Quote);
/// A pull quote.
pub const PULL_QUOTE: Style = serif(27.0, 1.26).weight(560.0).ink(Ink::Quote).balance();
/// Who is quoted.
pub const NAME: Style = sans(13.0, 1.4).weight(600.0);
/// What the quoted person is.
pub const ROLE: Style = sans(13.0, 1.4).ink(Ink::Soft);
/// A note's text.
pub const NOTE: Style = serif(17.0, 1.5);
/// A note's title.
pub const NOTE_TITLE: Style = sans(13.0, 1.4).weight(650.0);
/// What happened to a passage, beside it.
pub const CHANGE: Style = sans(12.0, 1.4).weight(600.0).ink(Ink::Soft);
/// The words of a marked passage, under the story.
pub const PASSAGE: Style = serif(16.5, 1.45).max_lines(4);
/// A caption.
pub const CAPTION: Style = sans(12.5, 1.45).ink(Ink::Soft);
/// A label above a headline; the words are in capitals.
pub const LABEL: Style = sans(11.5, 1.4).weight(600.0).tracking(1.0).ink(Ink::Accent);
/// A table's cells.
pub const CELL: Style = sans(14.5, 1.45);
/// A table's head.
pub const CELL_HEAD: Style = sans(12.5, 1.45).weight(620.0);
/// Preformatted text.
pub const CODE: Style = Style::new(Family::Mono, 14.0).leading(1.55);
/// Byline, dates, times.
pub const META: Style = sans(13.0, 1.4).ink(Ink::Soft);
/// The smallest line: section and date of a row.
pub const SMALL: Style = sans(11.5, 1.4).ink(Ink::Soft);
/// A headline in the sidebar, read.
pub const ROW: Style = serif(15.0, 1.28).weight(460.0).max_lines(3);
/// A headline in the sidebar, unread.
pub const ROW_UNREAD: Style = serif(15.0, 1.28).weight(640.0).max_lines(3);
/// The name of a section in the sidebar; in capitals.
pub const SIDE_SECTION: Style = sans(11.0, 1.4).weight(600.0).tracking(0.9).ink(Ink::Soft);
/// The edition's name above the sidebar.
pub const SIDE_TITLE: Style = serif(22.0, 1.2).weight(700.0).tracking(-0.2).max_lines(2);
/// The edition's name on the front page.
pub const MASTHEAD: Style = serif(38.0, 1.15).weight(700.0).tracking(-0.8);
/// The headline of the front page's lead.
pub const LEAD: Style = serif(33.0, 1.14).weight(640.0).tracking(-0.4).balance();
/// The standfirst of the front page's lead.
pub const LEAD_SUMMARY: Style = serif(18.0, 1.44).ink(Ink::Soft);
/// A section's name on the front page.
pub const FRONT_SECTION: Style = serif(19.0, 1.3).weight(640.0);
/// A card's headline.
pub const CARD: Style = serif(18.0, 1.25).weight(600.0).max_lines(4);
/// A card's summary.
pub const CARD_SUMMARY: Style = serif(15.5, 1.42).ink(Ink::Soft).max_lines(3);
/// Words of the interface that stand on the page: empty states, notices.
pub const PLAIN: Style = sans(14.0, 1.5);
/// The same, softly.
pub const PLAIN_SOFT: Style = sans(14.0, 1.5).ink(Ink::Soft);
