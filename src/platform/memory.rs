//! How much memory the program has taken.

/// The most memory the process has held at a time, in kilobytes, where the system says.
#[cfg(target_os = "linux")]
pub fn peak_memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The most memory the process has held at a time, in kilobytes, where the system says.
#[cfg(not(target_os = "linux"))]
pub fn peak_memory_kb() -> Option<u64> {
    None
}
