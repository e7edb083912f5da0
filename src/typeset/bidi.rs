//! Breaks lines that have words from right to left in them.
//! Parley 0.11 would part letters from their vowel signs there, since it counts the parts of such a letter from the wrong end. So
//! it is only asked where a line may end; which lines there are is decided here, and parley is told letter by letter.

use parley::Layout;

use super::shape::Brush;

/// Something that is never parted: a letter with its marks, or a ligature.
#[derive(Clone, Debug)]
struct Unit {
    /// Its first byte.
    start: usize,
    /// How many clusters parley makes of it.
    clusters: u32,
    advance: f32,
    space: bool,
    newline: bool,
    /// Whether a line may begin with it.
    opens: bool,
}

/// The units of a text in reading order.
#[derive(Clone, Debug)]
pub(super) struct Units(Vec<Unit>);

/// A cluster as parley gives it.
struct Part {
    start: usize,
    advance: f32,
    space: bool,
    newline: bool,
    rtl: bool,
    role: Role,
}

/// What a cluster is of a letter, in the order of its run.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Whole,
    First,
    Other,
}

/// Whether a character makes the text around it run from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

impl Units {
    /// The units of a shaped text, which must not have been allowed to break words.
    pub(super) fn of(layout: &mut Layout<Brush>) -> Self {
        layout.break_all_lines(None);
        let mut parts = Vec::new();
        for line in layout.lines() {
            for run in line.runs() {
                parts.extend(run.clusters().map(|cluster| Part {
                    start: cluster.text_range().start,
                    advance: cluster.advance(),
                    space: cluster.is_space_or_nbsp(),
                    newline: cluster.is_hard_line_break(),
                    rtl: run.is_rtl(),
                    role: if cluster.is_ligature_start() {
                        Role::First
                    } else if cluster.is_ligature_continuation() {
                        Role::Other
                    } else {
                        Role::Whole
                    },
                }));
            }
        }
        parts.sort_by_key(|part| part.start);
        let mut units: Vec<Unit> = Vec::new();
        let mut open = false;
        for part in parts {
            // From left to right the first part comes first; from right to left it comes last.
            let other = part.role == Role::Other;
            let joins = if part.rtl { open } else { other };
            open = part.rtl && other;
            match units.last_mut() {
                Some(unit) if joins && !part.newline => {
                    unit.clusters += 1;
                    unit.advance += part.advance;
                }
                _ => units.push(Unit {
                    start: part.start,
                    clusters: 1,
                    advance: part.advance,
                    space: part.space,
                    newline: part.newline,
                    opens: false,
                }),
            }
        }
        let mut units = Self(units);
        units.find_openings(layout);
        units
    }

    /// In a column of no width, every line begins where one may begin.
    fn find_openings(&mut self, layout: &mut Layout<Brush>) {
        layout.break_all_lines(Some(0.0));
        for line in layout.lines() {
            let start = line.text_range().start;
            // Parley may mean the middle of a letter; its beginning is right.
            let at = self.0.partition_point(|unit| unit.start <= start);
            if let Some(unit) = at.checked_sub(1).and_then(|at| self.0.get_mut(at)) {
                unit.opens = true;
            }
        }
    }

    /// Breaks lines as wide as `measure` says; how many words had to be broken.
    pub(super) fn break_lines(
        &self,
        layout: &mut Layout<Brush>,
        measure: impl Fn(usize) -> f32,
    ) -> usize {
        let mut breaker = layout.break_lines();
        let mut broken = 0;
        let mut line = 0;
        let mut start = 0;
        while start < self.0.len() {
            let (end, whole) = self.line_from(start, measure(line));
            broken += usize::from(!whole);
            let clusters = self
                .0
                .iter()
                .take(end)
                .skip(start)
                .map(|unit| unit.clusters);
            if breaker.break_next_with_length(clusters.sum()).is_none() {
                break;
            }
            start = end;
            line += 1;
        }
        breaker.finish();
        broken
    }

    /// Where the line that begins at `start` ends, and whether between words.
    fn line_from(&self, start: usize, measure: f32) -> (usize, bool) {
        let mut x = 0.0;
        let mut opening = None;
        for (at, unit) in self.0.iter().enumerate().skip(start) {
            if unit.newline {
                return (at + 1, true);
            }
            if at > start && unit.opens {
                opening = Some(at);
            }
            x += unit.advance;
            // Space at a line's end hangs out.
            if x > measure && !unit.space {
                return match opening {
                    Some(opening) => (opening, true),
                    None => (at.max(start + 1), false),
                };
            }
        }
        (self.0.len(), true)
    }
}
