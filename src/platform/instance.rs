//! One window a data folder: a second launch hands its packs to the first and ends.
//!
//! Who is first is settled by a lock, which ends with its process however that ends; the socket only carries paths. Where the system
//! allows neither, each launch runs on its own, which loses nothing: the files have a lock of their own.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use interprocess::local_socket::traits::{ListenerExt as _, Stream as _};
use interprocess::local_socket::{Listener, ListenerOptions, Name, Stream};
use sha2::{Digest as _, Sha256};

use super::files::create_private_folder;
use super::paths::absolute;

/// How long a launch waits for the first one to open its socket or to answer.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(20);

/// Begins every message; the digit is its version.
const GREETING: &[u8; 4] = b"OFP1";
const ANSWER: u8 = b'+';
const MOST_PATHS: usize = 256;
const LONGEST_PATH: usize = 32 * 1024;

/// What a launch is.
#[derive(Debug)]
pub enum Instance {
    /// The first on this data folder.
    First(First),
    /// Another is running.
    Second(Second),
    /// The system cannot tell; the reason is for the log.
    Alone(io::Error),
}

/// The first launch on a data folder.
#[derive(Debug)]
pub struct First {
    listener: Listener,
    lock: File,
}

/// A later launch, connected to the first.
#[derive(Debug)]
pub struct Second {
    stream: Stream,
}

impl Instance {
    /// Finds out whether this launch is the first on `data_dir`. Waits up to two seconds if the first has only just begun.
    pub fn claim(data_dir: &Path) -> Self {
        claim(data_dir).unwrap_or_else(Self::Alone)
    }
}

fn claim(data_dir: &Path) -> io::Result<Instance> {
    let place = Place::of(data_dir)?;
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&place.lock)?;
    match lock.try_lock() {
        Ok(()) => {
            // With the lock in hand, a socket that is still there belongs to nobody.
            if let Err(error) = fs::remove_file(&place.socket)
                && error.kind() != io::ErrorKind::NotFound
            {
                return Err(error);
            }
            let listener = ListenerOptions::new().name(place.name()?).create_sync()?;
            Ok(Instance::First(First { listener, lock }))
        }
        Err(TryLockError::WouldBlock) => {
            let start = Instant::now();
            loop {
                match Stream::connect(place.name()?) {
                    Ok(stream) => return Ok(Instance::Second(Second { stream })),
                    Err(error) if start.elapsed() > PATIENCE => return Err(error),
                    Err(_) => std::thread::sleep(PAUSE),
                }
            }
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl First {
    /// Calls `open` with the packs of every later launch, on a thread of its own, until the process ends.
    /// No pack means that the window should come to the front.
    pub fn listen(self, open: impl Fn(Vec<PathBuf>) + Send + 'static) -> io::Result<()> {
        let Self { listener, lock } = self;
        let run = move || {
            for stream in listener.incoming() {
                match stream.and_then(|stream| receive(&stream)) {
                    Ok(packs) => open(packs),
                    Err(error) => {
                        log::warn!("another launch could not be heard: {error}");
                        // A broken listener must not become a busy loop.
                        std::thread::sleep(PAUSE);
                    }
                }
            }
            drop(lock);
        };
        std::thread::Builder::new()
            .name("other launches".to_owned())
            .spawn(run)
            .map(drop)
    }
}

impl Second {
    /// Hands `packs` to the first launch: absolute paths, since it has a working folder of its own, words it knows, or references.
    /// If this fails, run on your own.
    pub fn hand_over(self, packs: &[&Path]) -> io::Result<()> {
        // Not every system has timeouts for this.
        if let Err(error) = self.stream.set_recv_timeout(Some(PATIENCE)) {
            log::debug!("{error}");
        }
        let mut stream = &self.stream;
        stream.write_all(&message(packs)?)?;
        stream.flush()?;
        let mut answer = [0];
        stream.read_exact(&mut answer)?;
        match answer {
            [ANSWER] => Ok(()),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

fn message(packs: &[&Path]) -> io::Result<Vec<u8>> {
    let mut message = GREETING.to_vec();
    message.extend((packs.len().min(MOST_PATHS) as u32).to_be_bytes());
    for pack in packs.iter().take(MOST_PATHS) {
        let bytes = bytes_of(pack)?;
        message.extend((bytes.len() as u32).to_be_bytes());
        message.extend(bytes);
    }
    Ok(message)
}

fn receive(mut stream: &Stream) -> io::Result<Vec<PathBuf>> {
    if let Err(error) = stream.set_recv_timeout(Some(PATIENCE)) {
        log::debug!("{error}");
    }
    let mut greeting = [0; GREETING.len()];
    stream.read_exact(&mut greeting)?;
    if greeting != *GREETING {
        return Err(odd("it speaks another language"));
    }
    let count = number(stream, MOST_PATHS)?;
    let mut packs = Vec::new();
    for _ in 0..count {
        let mut path = vec![0; number(stream, LONGEST_PATH)?];
        stream.read_exact(&mut path)?;
        packs.push(path_of(path)?);
    }
    stream.write_all(&[ANSWER])?;
    stream.flush()?;
    Ok(packs)
}

fn number(mut stream: &Stream, most: usize) -> io::Result<usize> {
    let mut bytes = [0; 4];
    stream.read_exact(&mut bytes)?;
    let number = u32::from_be_bytes(bytes) as usize;
    if number > most {
        return Err(odd("it says too much"));
    }
    Ok(number)
}

fn odd(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Where the lock and the socket of a data folder are.
struct Place {
    lock: PathBuf,
    socket: PathBuf,
}

impl Place {
    /// In the folder the system keeps for such things, else in one of our own inside the data folder. Both are this user's alone.
    fn of(data_dir: &Path) -> io::Result<Self> {
        let runtime = dirs::runtime_dir().filter(|it| it.is_dir());
        let place = Self::choose(runtime, data_dir);
        create_private_folder(place.lock.parent().unwrap_or(data_dir))?;
        Ok(place)
    }

    fn choose(runtime: Option<PathBuf>, data_dir: &Path) -> Self {
        let data_dir = data_dir
            .canonicalize()
            .unwrap_or_else(|_| absolute(data_dir));
        let mut name = "offprint-".to_owned();
        for byte in &Sha256::digest(data_dir.as_os_str().as_encoded_bytes())[..8] {
            use std::fmt::Write as _;
            // Writing to a string cannot fail.
            _ = write!(name, "{byte:02x}");
        }
        // macOS takes 103 bytes for the path of a socket, and its own folders are long: in a folder of ours the name can be short.
        let short = runtime.is_none() && cfg!(unix);
        let folder = runtime.unwrap_or_else(|| data_dir.join(".instance"));
        Self {
            lock: folder.join(format!("{name}.lock")),
            socket: folder.join(if short { "window" } else { &name }),
        }
    }

    #[cfg(unix)]
    fn name(&self) -> io::Result<Name<'_>> {
        use interprocess::local_socket::{GenericFilePath, ToFsName as _};
        self.socket.as_path().to_fs_name::<GenericFilePath>()
    }

    #[cfg(not(unix))]
    fn name(&self) -> io::Result<Name<'_>> {
        use interprocess::local_socket::{GenericNamespaced, ToNsName as _};
        self.socket
            .file_name()
            .unwrap_or_default()
            .to_ns_name::<GenericNamespaced>()
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere a path may be no text")]
fn bytes_of(path: &Path) -> io::Result<&[u8]> {
    use std::os::unix::ffi::OsStrExt as _;
    Ok(path.as_os_str().as_bytes())
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere a path must be text")]
fn path_of(bytes: Vec<u8>) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    Ok(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> io::Result<&[u8]> {
    let text = path.to_str().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(text.as_bytes())
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> io::Result<PathBuf> {
    let text = String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn first(data: &Path) -> First {
        match Instance::claim(data) {
            Instance::First(first) => first,
            other => panic!("{other:?}"),
        }
    }

    fn second(data: &Path) -> Second {
        match Instance::claim(data) {
            Instance::Second(second) => second,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_second_launch_hands_its_packs_to_the_first() {
        let data = tempfile::tempdir().unwrap();
        let (sender, receiver) = mpsc::channel();
        first(data.path())
            .listen(move |packs| sender.send(packs).unwrap())
            .unwrap();
        let patience = Duration::from_secs(10);

        let packs = [data.path().join("a b.offprint"), PathBuf::from("guide")];
        let [a, b] = packs.each_ref().map(PathBuf::as_path);
        second(data.path()).hand_over(&[a, b]).unwrap();
        assert_eq!(receiver.recv_timeout(patience), Ok(packs.to_vec()));

        // One that says nonsense, or nothing, silences nobody.
        let mut odd = &second(data.path()).stream;
        odd.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
        drop(second(data.path()));
        second(data.path()).hand_over(&[]).unwrap();
        assert_eq!(receiver.recv_timeout(patience), Ok(vec![]));
    }

    #[test]
    fn what_a_dead_process_left_is_taken_over() {
        let data = tempfile::tempdir().unwrap();
        let place = Place::of(data.path()).unwrap();
        drop(first(data.path()));
        fs::write(&place.socket, "stale").unwrap();
        drop(first(data.path()));
        fs::remove_file(&place.lock).unwrap();
    }

    #[test]
    fn a_socket_in_a_data_folder_has_a_short_path() {
        let data =
            Path::new("/Users/somebody-with-a-long-name/Library/Application Support/offprint");
        let place = Place::choose(None, data);
        assert!(place.socket.starts_with(data) && place.lock.starts_with(data));
        assert_ne!(place.socket, place.lock);
        let most = if cfg!(unix) { 103 } else { usize::MAX };
        assert!(place.socket.as_os_str().len() <= most, "{:?}", place.socket);
        // Where all data folders share a place, each has a name of its own.
        let shared = |data: &str| Place::choose(Some("/run/user/1".into()), Path::new(data)).socket;
        assert_ne!(shared("/a"), shared("/b"));
    }

    #[test]
    fn each_data_folder_has_a_window_of_its_own() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let _held = first(a.path());
        drop(first(b.path()));
    }
}
