//! Nothing is ever sent or fetched: the system calls of a whole session with the window, by strace.

use std::fs;

use crate::screen::{Reader, wait};

/// The lines of a trace in which a socket is opened that is not for this machine alone.
fn outward(trace: &str) -> Vec<&str> {
    let lines = trace.lines();
    lines
        .filter(|line| {
            let opened = line.contains("socket(") && !line.contains("socket(AF_UNIX,");
            opened || line.contains("AF_INET")
        })
        .collect()
}

#[test]
fn a_socket_to_the_network_would_be_seen() {
    for (line, seen) in [
        ("71 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 4", false),
        (
            "71 connect(4, {sa_family=AF_UNIX, sun_path=@\"/tmp/.X11-unix/X9\"}, 20) = 0",
            false,
        ),
        ("71 socketpair(AF_UNIX, SOCK_STREAM, 0, [5, 6]) = 0", false),
        ("72 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4", true),
        (
            "72 socket(AF_INET6, SOCK_DGRAM|SOCK_NONBLOCK, IPPROTO_IP) = 4",
            true,
        ),
        (
            "73 connect(4, {sa_family=AF_INET, sin_port=htons(443)}, 16) = 0",
            true,
        ),
        (
            "73 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 4",
            true,
        ),
        (
            "73 socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)) = -1 EPERM",
            true,
        ),
    ] {
        assert_eq!(!outward(line).is_empty(), seen, "{line}");
    }
}

#[test]
fn a_whole_session_opens_no_socket_to_the_network() {
    let home = tempfile::tempdir().unwrap();
    let trace = home.path().join("trace");
    let mut reader = Reader::new().traced(&trace);
    let mut seen = reader.open();
    for story in 1..=10 {
        reader.press(&["j"]);
        let before = seen.page();
        seen = reader.look_when(|now| now.page() != before);
        if story == 5 {
            reader.press(&["b"]);
        }
    }
    wait("the bookmark is on the disk", || {
        let file = reader.file("bookmarks/org.offprint.world-desk.ron");
        file.contains("Bookmark(").then_some(())
    });
    reader.press(&["slash", "v", "a", "t", "i", "c", "a", "n"]);
    let before = seen.sidebar();
    reader.look_when(|now| now.sidebar() != before);
    reader.press(&["Escape"]);
    assert!(reader.quit().success());

    let marks = reader.file("reading/org.offprint.world-desk.ron");
    let read = marks.matches("read: true").count();
    assert!(read >= 9, "{read} stories were read: {marks}");
    let trace = fs::read_to_string(trace).unwrap();
    assert!(
        trace.contains("socket(AF_UNIX,"),
        "nothing was traced: {trace}"
    );
    assert_eq!(outward(&trace), [""; 0]);
}
