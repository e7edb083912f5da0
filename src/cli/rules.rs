//! `offprint check --rules` and `--explain`: what packs are checked by, and why.

use serde::Serialize;

use super::args::Check;
use super::terminal::Terminal;
use super::{CliError, DONE};
use crate::pack::{Rule, rule, rules};

/// What `--rules --json` and `--explain --json` print. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct RulesJson {
    rules: Vec<RuleJson>,
}

#[derive(Serialize)]
struct RuleJson {
    code: &'static str,
    severity: &'static str,
    group: &'static str,
    title: &'static str,
    why: &'static str,
    remedy: &'static str,
    example: &'static str,
}

pub(super) fn run(wish: &Check, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let found: Vec<&Rule> = match &wish.explain {
        None => rules().collect(),
        Some(code) => vec![rule(code.trim()).ok_or_else(|| {
            CliError::Refused(format!(
                "There is no rule `{code}`; `offprint check --rules` prints all of them"
            ))
        })?],
    };
    if wish.json {
        let rules = found.into_iter().map(RuleJson::of).collect();
        terminal.json(&RulesJson { rules })?;
        return Ok(DONE);
    }
    if let (Some(_), [rule]) = (&wish.explain, found.as_slice()) {
        explain(rule, terminal)?;
        return Ok(DONE);
    }
    let mut group = None;
    for rule in found {
        if group.replace(rule.group) != Some(rule.group) {
            terminal.line(rule.group.title())?;
        }
        let severity = rule.severity.as_str();
        terminal.line(format_args!(
            "  {}  {severity:7}  {}",
            rule.code, rule.title
        ))?;
    }
    Ok(DONE)
}

fn explain(rule: &Rule, terminal: &mut Terminal<'_>) -> Result<(), CliError> {
    let severity = rule.severity.as_str();
    terminal.line(format_args!("{}, {severity}: {}", rule.code, rule.title))?;
    terminal.line("")?;
    terminal.line(rule.why)?;
    terminal.line("")?;
    terminal.line(format_args!("What to do: {}", rule.remedy))?;
    if !rule.example.is_empty() {
        terminal.line("")?;
        for line in rule.example.lines() {
            terminal.line(format_args!("    {line}").to_string().trim_end())?;
        }
    }
    Ok(())
}

impl RuleJson {
    fn of(rule: &Rule) -> Self {
        Self {
            code: rule.code,
            severity: rule.severity.as_str(),
            group: rule.group.title(),
            title: rule.title,
            why: rule.why,
            remedy: rule.remedy,
            example: rule.example,
        }
    }
}
