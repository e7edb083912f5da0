//! Checks the pack that is being written: only its newest state, and no further than anybody still wants to know.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;

use super::Mailbox;
use super::thread::Line;
use crate::model::{Event, Finding, Origin, RequestId, StoryId, Weight};
use crate::pack::{self, PackError, Problem, Severity};

/// A pack to check.
pub struct Job {
    /// The request.
    pub request: RequestId,
    /// Where it is.
    pub origin: Origin,
    /// Set when there is a newer one.
    pub cancel: Arc<AtomicBool>,
}

/// Starts the thread.
pub fn start(reports: Mailbox) -> io::Result<Line<Job>> {
    Line::start("check", reports.clone(), move |jobs: &Receiver<Job>| {
        let first = jobs.recv().ok()?;
        let job = jobs.try_iter().last().unwrap_or(first);
        if let Some(findings) = findings(&job.origin, &job.cancel) {
            reports.event(Event::Checked(job.request, findings.into()));
        }
        Some(())
    })
}

/// Everything that is wrong with a pack, the heaviest first; nothing where nobody wants to know any more.
fn findings(origin: &Origin, cancel: &AtomicBool) -> Option<Vec<Finding>> {
    let problems = match pack::check(origin, cancel) {
        Ok(problems) => problems,
        Err(PackError::Cancelled) => return None,
        Err(error) => return Some(vec![unreadable(&error)]),
    };
    // Where the manifest cannot be read there are no stories to belong to.
    let owners = pack::owners(origin, &problems, cancel).unwrap_or_default();
    if cancel.load(Ordering::Relaxed) {
        return None;
    }
    let owners = owners.into_iter().chain(std::iter::repeat(None));
    let mut findings: Vec<Finding> = problems
        .into_iter()
        .zip(owners)
        .map(|(problem, story)| finding(problem, story))
        .collect();
    findings.sort_by_key(|finding| finding.weight);
    Some(findings)
}

fn finding(problem: Problem, story: Option<StoryId>) -> Finding {
    Finding {
        weight: match problem.severity {
            Severity::Error => Weight::Error,
            Severity::Warning => Weight::Warning,
            Severity::Advice => Weight::Advice,
        },
        code: problem.code.to_owned(),
        file: problem.file,
        line: problem.line,
        column: problem.column,
        message: problem.message,
        story,
    }
}

/// There is nothing to check.
fn unreadable(error: &PackError) -> Finding {
    Finding {
        weight: Weight::Error,
        code: String::new(),
        file: String::new(),
        line: None,
        column: None,
        message: format!("{error}."),
        story: None,
    }
}
