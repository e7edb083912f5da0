//! A disk that fails: each system call of a save in turn, by strace; a full one and one that is read-only, by mounts.
//! `./dev torture` runs these; what they need is not everywhere.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use super::desk::{Applying, Change, Desk, Kind, State};
use super::figure;

/// What a save may ask of the system that has to do with files.
const CALLS: [&str; 21] = [
    "openat",
    "read",
    "write",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "mkdir",
    "statx",
    "newfstatat",
    "flock",
    "fchmod",
    "fchown",
    "getdents64",
    "readlink",
    "lseek",
];
const ERRORS: [&str; 4] = ["EIO", "ENOSPC", "EINTR", "EROFS"];

fn change(story: &str, kind: Kind) -> Change {
    Change {
        series: 0,
        story: story.to_owned(),
        kind,
    }
}

/// The program with strace before it, which does `what` and writes what it sees into `log`.
fn under_strace(desk: &Desk, what: &str, log: &str) -> Command {
    let program = desk.apply();
    let mut command = Command::new("strace");
    command
        .current_dir(desk.path(""))
        .args(["-f", "-qq", "-o", log, "-e", what])
        .arg(program.get_program())
        .args(program.get_args())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    command
}

#[test]
#[ignore = "needs strace; ./dev torture runs it"]
fn whatever_system_call_fails_the_old_state_or_the_new_one_is_there() {
    let desk = Desk::new(4);
    let before = [change("s0", Kind::Add), change("s1", Kind::Add)];
    let new = [change("s2", Kind::Add)];
    let reset = || {
        fs::remove_dir_all(desk.path("data")).ok();
        let (saved, ..) = Applying::start(desk.apply(), &before).end();
        assert_eq!(saved, 2);
    };
    let (old_state, new_state) = {
        let old = State::default().with(&before);
        (old.clone(), old.with(&new))
    };
    reset();
    let trace = format!("trace={}", CALLS.map(|it| format!("?{it}")).join(","));
    let (saved, status, messages) = Applying::start(under_strace(&desk, &trace, "log"), &new).end();
    assert_eq!((saved, status), (1, Some(0)), "strace: {messages}");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let log = fs::read_to_string(desk.path("log")).unwrap();
    for line in log.lines() {
        let name = line
            .split_whitespace()
            .nth(1)
            .and_then(|it| it.split('(').next());
        if let Some(call) = CALLS.into_iter().find(|it| Some(*it) == name) {
            *counts.entry(call).or_default() += 1;
        }
    }
    assert!(counts.contains_key("fsync"), "{log}");
    let (mut faults, mut refused) = (0, 0);
    for (call, count) in counts {
        for at in 1..=count {
            for error in ERRORS {
                for from_then_on in ["", "+"] {
                    if error == "EINTR" && !from_then_on.is_empty() {
                        // A call that is always interrupted is tried for ever, and rightly.
                        continue;
                    }
                    reset();
                    let what = format!("inject={call}:error={error}:when={at}{from_then_on}");
                    let traced = under_strace(&desk, &what, "/dev/null");
                    let (saved, status, messages) = Applying::start(traced, &new).end();
                    let (found, told) = desk.state();
                    let case = format!("{what}: {status:?} {messages}");
                    assert_eq!(told, [""; 0], "{case}");
                    assert!(!messages.contains("panicked"), "{case}");
                    let is_new = found == new_state;
                    assert!(is_new || found == old_state && saved == 0, "{case}");
                    if saved == 0 {
                        // Where nothing can be written, no message can.
                        let mute = call == "write" && !from_then_on.is_empty();
                        assert!(mute || !messages.is_empty(), "{case}");
                        assert!(status != Some(0), "{case}");
                    }
                    let (_, status, messages) = Applying::start(desk.apply(), &new).end();
                    assert_eq!((status, messages.as_str()), (Some(0), ""), "after {case}");
                    assert_eq!(desk.state().0, new_state, "after {case}");
                    faults += 1;
                    refused += usize::from(saved == 0);
                }
            }
        }
    }
    figure(&format!(
        "{faults} system calls failed by strace, {refused} told as not saved: 0 lost"
    ));
}

/// Something mounted, until this goes.
pub(super) struct Mount(PathBuf);

impl Mount {
    pub fn with(place: PathBuf, args: &[&str]) -> Self {
        mount(&place, args);
        Self(place)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.0).status().ok();
    }
}

pub(super) fn mount(place: &std::path::Path, args: &[&str]) {
    let status = Command::new("mount").args(args).arg(place).status();
    assert!(
        status.as_ref().is_ok_and(std::process::ExitStatus::success),
        "to mount takes root, or `unshare --user --map-root-user --mount`: {status:?}"
    );
}

#[test]
#[ignore = "needs the right to mount; ./dev torture runs it"]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let desk = Desk::new(40);
    fs::create_dir(desk.path("data")).unwrap();
    let _disk = Mount::with(
        desk.path("data"),
        &["-t", "tmpfs", "-o", "size=256k", "tmpfs"],
    );
    let first: Vec<Change> = (0..20)
        .map(|it| change(&format!("s{it}"), Kind::Add))
        .collect();
    let (saved, status, messages) = Applying::start(desk.apply(), &first).end();
    assert_eq!((saved, status), (20, Some(0)), "{messages}");
    let ballast = desk.path("data/ballast");
    let mut told = 0;
    // From a disk with no room at all to one with room for a part of the file.
    for (at, free) in (0..8).map(|it| (it, it as u64 * 2048)) {
        let mut file = fs::File::create(&ballast).unwrap();
        while file.write_all(&[0; 1024]).is_ok() {}
        let size = file.metadata().unwrap().len();
        file.set_len(size.saturating_sub(free)).unwrap();
        drop(file);
        let before = desk.state();
        // More than the oldest state, which goes first, leaves free.
        let note = "long ".repeat(1200);
        let more = [
            change("s30", Kind::Note(String::new())),
            change(&format!("s{at}"), Kind::Note(note)),
        ];
        let (saved, status, messages) = Applying::start(desk.apply(), &more).end();
        if saved < 2 {
            assert_eq!(status, Some(1), "{messages}");
            assert!(messages.contains("The disk is full"), "{messages}");
            assert!(messages.contains("Line 2 was not done"), "{messages}");
            assert_eq!(desk.state(), before);
            told += 1;
        } else {
            assert_eq!(desk.state().0, before.0.with(&more), "{messages}");
        }
        fs::remove_file(&ballast).unwrap();
        let again = [change("s31", Kind::Add), change("s31", Kind::Remove)];
        let (_, status, messages) = Applying::start(desk.apply(), &again).end();
        assert_eq!((status, messages.as_str()), (Some(0), ""));
    }
    assert!(told > 0, "the disk was never full");
    let expected = State::default().with(&first).len() + 1;
    assert_eq!(desk.state().0.len(), expected);
    figure(&format!(
        "{told} saves on a full disk: told, 0 lost, saved once there was room"
    ));
}

#[test]
#[ignore = "needs the right to mount; ./dev torture runs it"]
fn a_read_only_disk_is_told_and_nothing_is_lost() {
    let desk = Desk::new(4);
    let first = [change("s0", Kind::Add)];
    Applying::start(desk.apply(), &first).end();
    let data = desk.path("data");
    let place = data.to_string_lossy().into_owned();
    let _disk = Mount::with(data.clone(), &["--bind", &place]);
    mount(&data, &["-o", "remount,ro,bind"]);
    let more = [change("s1", Kind::Add)];
    let (saved, status, messages) = Applying::start(desk.apply(), &more).end();
    assert_eq!((saved, status), (0, Some(1)));
    assert!(messages.contains("its disk is read-only"), "{messages}");
    let state = State::default().with(&first);
    assert_eq!(desk.state(), (state.clone(), vec![]));
    mount(&data, &["-o", "remount,rw,bind"]);
    let (_, status, messages) = Applying::start(desk.apply(), &more).end();
    assert_eq!((status, messages.as_str()), (Some(0), ""));
    assert_eq!(desk.state(), (state.with(&more), vec![]));
    figure("a save on a read-only disk: told, 0 lost, saved once it could be written");
}
