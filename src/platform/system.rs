//! What the system is called, for a report that people read.

use std::env;
use std::fs;

/// The system, its name where it has one, and the processor: `linux (Debian GNU/Linux 12 (bookworm)), x86_64`.
pub fn system() -> String {
    let (os, arch) = (env::consts::OS, env::consts::ARCH);
    let release = ["/etc/os-release", "/usr/lib/os-release"]
        .iter()
        .find_map(|path| fs::read_to_string(path).ok());
    match release.as_deref().and_then(pretty_name) {
        Some(name) => format!("{os} ({name}), {arch}"),
        None => format!("{os}, {arch}"),
    }
}

fn pretty_name(release: &str) -> Option<&str> {
    let mut lines = release.lines();
    let name = lines.find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_one_for_people() {
        let release = "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n";
        assert_eq!(pretty_name(release), Some("Debian GNU/Linux 12 (bookworm)"));
        assert_eq!(pretty_name("ID=debian\n"), None);
        assert!(system().contains(env::consts::ARCH));
    }
}
