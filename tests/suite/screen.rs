//! A reader at a screen: a virtual display, the program on it, keys and pointer, and eyes that see pixels.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// The longest anything may take, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long the picture must stay as it is to be called still.
const STILL: Duration = Duration::from_millis(600);
/// How many pixels a screen has.
const DESK: &str = "1280x832";
const BLINK: Duration = Duration::from_millis(40);

/// Looks until there is something to see. The test fails if there never is.
pub fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        sleep(BLINK);
    }
}

fn missing(name: &str, error: &std::io::Error) -> ! {
    panic!("{name} does not start ({error}). `./dev test` installs what the window tests need.")
}

/// A virtual display, with nothing on it.
pub struct Display {
    server: Child,
    name: String,
    folder: tempfile::TempDir,
}

impl Display {
    pub fn start(size: &str) -> Self {
        // Asked to find a free number itself, the server takes no lock on it, and two that start at once may take the same.
        // So each test tries numbers of its own until it has one that nobody else holds.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let first = 1000 + std::process::id() % 5000 * 10;
        wait("there is a display", || {
            let number = first + NEXT.fetch_add(1, Ordering::Relaxed);
            Self::try_start(number, size)
        })
    }

    fn try_start(number: u32, size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let name = format!(":{number}");
        let server = Command::new("Xvfb")
            .args([&name, "-screen", "0", &format!("{size}x24")])
            .args(["-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| missing("Xvfb", &error));
        let mut display = Self {
            server,
            name,
            folder,
        };
        let up = wait("the display answers", || {
            let ended = display.server.try_wait().unwrap().is_some();
            let up = display.xdotool(&["getdisplaygeometry"]).status.success();
            (ended || up).then_some(!ended)
        });
        up.then_some(display)
    }

    fn xdotool(&self, args: &[&str]) -> Output {
        Command::new("xdotool")
            .args(args)
            .env("DISPLAY", &self.name)
            .output()
            .unwrap_or_else(|error| missing("xdotool", &error))
    }

    /// What is to be seen: the server keeps its screen in a file, as an X window dump.
    pub fn look(&self) -> Picture {
        let dump = fs::read(self.folder.path().join("Xvfb_screen0")).unwrap();
        let field = |index: usize| {
            let bytes = dump[4 * index..][..4].try_into().unwrap();
            u32::from_be_bytes(bytes) as usize
        };
        let (header, width, height, stride, colours) =
            (field(0), field(4), field(5), field(12), field(19));
        let pixels = &dump[header + 12 * colours..];
        let rows = (0..height).map(|y| pixels[y * stride..][..4 * width].to_vec());
        Picture {
            rows: rows.collect(),
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Asked to end, it takes its lock and its socket along.
        let ask = format!("kill {}", self.server.id());
        Command::new("sh").args(["-c", &ask]).status().ok();
        self.server.wait().ok();
    }
}

/// What was to be seen at a moment, or a part of it: rows of blue, green, red and nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    rows: Vec<Vec<u8>>,
}

impl Picture {
    /// The columns from `left` up to `right`, from the row `top` down.
    fn part(&self, left: usize, right: usize, top: usize) -> Self {
        let rows = self.rows.iter().skip(top);
        Self {
            rows: rows.map(|row| row[4 * left..4 * right].to_vec()).collect(),
        }
    }

    /// What the sidebar shows.
    pub fn sidebar(&self) -> Self {
        self.part(0, 310, 0)
    }

    /// What the page shows, without the bar above it.
    pub fn page(&self) -> Self {
        self.part(340, 1280, 52)
    }

    /// Whether there is hardly more than one colour.
    fn is_blank(&self) -> bool {
        let pixels = self.rows.iter().flat_map(|row| row.chunks_exact(4));
        let colours: std::collections::BTreeSet<_> = pixels.collect();
        colours.len() < 32
    }

    fn save(&self, path: &Path) {
        let width = self.rows.first().map_or(0, |row| row.len() / 4);
        let pixels = self.rows.iter().flat_map(|row| row.chunks_exact(4));
        let rgb = pixels.flat_map(|it| [it[2], it[1], it[0]]).collect();
        image::RgbImage::from_raw(width as u32, self.rows.len() as u32, rgb)
            .unwrap()
            .save(path)
            .unwrap();
    }
}

/// A reader with a data folder, at a display, with the program open or not.
pub struct Reader {
    program: Option<Child>,
    display: Display,
    home: tempfile::TempDir,
    odd: Vec<(&'static str, &'static str)>,
    wish: Vec<String>,
    /// Where the window's system calls about the network are listed.
    trace: Option<PathBuf>,
}

impl Reader {
    /// A reader who has not started the program yet.
    pub fn new() -> Self {
        Self {
            program: None,
            display: Display::start(DESK),
            home: tempfile::tempdir().unwrap(),
            odd: Vec::new(),
            wish: Vec::new(),
            trace: None,
        }
    }

    /// Starts the program with these words from now on.
    pub fn asking(mut self, wish: &[&str]) -> Self {
        self.wish = wish.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    /// A reader who sees the front page of the edition that comes along.
    pub fn at_front() -> (Self, Picture) {
        let mut reader = Self::new();
        let front = reader.open();
        (reader, front)
    }

    /// Sets a variable of the environment for every program from now on.
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.odd.push((name, value));
        self
    }

    /// The program with this reader's display and files.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        command
            .args(args)
            .arg("--data-dir")
            .arg(self.data())
            .env("HOME", self.home.path())
            .env("DISPLAY", &self.display.name)
            // The same on every machine: whichever graphics it has, whoever is at it.
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_RUNTIME_DIR")
            .env_remove("OFFPRINT_RENDERER")
            .env_remove("RUST_LOG")
            .envs(self.odd.iter().copied())
            .stdin(Stdio::null());
        command
    }

    /// Starts the program, and looks when its page is there.
    pub fn open(&mut self) -> Picture {
        self.launch();
        let id = wait("there is a window", || {
            self.must_run();
            let found = self.display.xdotool(&[
                "search",
                "--onlyvisible",
                "--name",
                "^(Offprint|Preview.*)$",
            ]);
            Some(text_of(&found)).filter(|id| !id.is_empty())
        });
        let id = id.trim();
        // Nobody manages windows here, so nobody gives them the keyboard.
        wait("the window has the keyboard", || {
            self.display.xdotool(&["windowfocus", id]);
            let focused = self.display.xdotool(&["getwindowfocus", "-f"]);
            (text_of(&focused).trim() == id).then_some(())
        });
        self.look_when(|picture| !picture.is_blank())
    }

    fn launch(&mut self) {
        assert!(self.program.is_none(), "it runs already");
        let words = File::create(self.words()).unwrap();
        let mut command = self.command(&self.wish.iter().map(String::as_str).collect::<Vec<_>>());
        if let Some(trace) = &self.trace {
            command = under_strace(&command, trace);
        }
        let program = command
            .stdout(words.try_clone().unwrap())
            .stderr(words)
            .spawn();
        self.program = Some(program.unwrap());
    }

    /// Asks the program to end, as a reader does, and waits until it has.
    pub fn quit(&mut self) -> ExitStatus {
        self.press(&["ctrl+q"]);
        let mut program = self.program.take().unwrap();
        wait("the program has ended", || program.try_wait().unwrap())
    }

    /// Sits down at another screen; the program must have ended.
    pub fn at_screen(mut self, size: &str) -> Self {
        assert!(self.program.is_none(), "it runs at the old one");
        self.display = Display::start(size);
        self
    }

    /// Lists the system calls about the network there, of the window and of all that it starts.
    pub fn traced(mut self, trace: &Path) -> Self {
        self.trace = Some(trace.to_owned());
        self
    }

    /// Moves the window, and gives it a size.
    pub fn put_window(&self, [x, y, width, height]: [i32; 4]) {
        let words = [x, y, width, height].map(|it| it.to_string());
        let [x, y, width, height] = words.each_ref().map(String::as_str);
        let window = ["search", "--onlyvisible", "--name", "^Offprint$"];
        let put = [
            "windowsize",
            "--sync",
            width,
            height,
            "windowmove",
            "--sync",
            x,
            y,
        ];
        let output = self.display.xdotool(&[&window[..], &put[..]].concat());
        assert!(output.status.success(), "{output:?}");
    }

    /// Where the window is, and its size.
    pub fn window_place(&self) -> [i32; 4] {
        let args = [
            "search",
            "--onlyvisible",
            "--name",
            "^Offprint$",
            "getwindowgeometry",
            "--shell",
        ];
        let text = text_of(&self.display.xdotool(&args));
        ["X=", "Y=", "WIDTH=", "HEIGHT="].map(|name| {
            let value = text.lines().find_map(|line| line.strip_prefix(name));
            value
                .unwrap_or_else(|| panic!("{name} in {text}"))
                .parse()
                .unwrap()
        })
    }

    /// Starts the program and waits until it gives up: its exit status, and what it said.
    pub fn open_in_vain(&mut self) -> (ExitStatus, String) {
        self.launch();
        let mut program = self.program.take().unwrap();
        let status = wait("the program has ended", || program.try_wait().unwrap());
        (status, self.said())
    }

    /// Where the program's output goes.
    fn words(&self) -> PathBuf {
        self.home.path().join("words")
    }

    /// What the program has said.
    pub fn said(&self) -> String {
        fs::read_to_string(self.words()).unwrap_or_default()
    }

    fn must_run(&mut self) {
        let ended = self.program.as_mut().unwrap().try_wait().unwrap();
        if let Some(status) = ended {
            panic!("the program has ended, {status}: {}", self.said());
        }
    }

    /// The program's process.
    pub fn process(&self) -> u32 {
        self.program.as_ref().unwrap().id()
    }

    /// Ends the program as a power cut would.
    pub fn kill(&mut self) {
        let mut program = self.program.take().unwrap();
        program.kill().unwrap();
        program.wait().unwrap();
    }

    /// The reader's files.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// The text of one of the reader's files; nothing where it is not there.
    pub fn file(&self, name: &str) -> String {
        fs::read_to_string(self.data().join(name)).unwrap_or_default()
    }

    /// What the program answers without a window, as JSON.
    pub fn ask(&self, args: &[&str]) -> Value {
        let output = self.command(args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Presses keys, one after the other, by their X names.
    pub fn press(&self, keys: &[&str]) {
        let output = self
            .display
            .xdotool(&[&["key", "--delay", "60"], keys].concat());
        assert!(output.status.success(), "{output:?}");
    }

    /// Clicks at a place.
    pub fn click(&self, x: u32, y: u32) {
        let (x, y) = (x.to_string(), y.to_string());
        let at = ["mousemove", "--sync", &x, &y, "sleep", "0.1", "click", "1"];
        let output = self.display.xdotool(&at);
        assert!(output.status.success(), "{output:?}");
    }

    /// What is to be seen once it is still and as it should be.
    pub fn look_when(&mut self, good: impl Fn(&Picture) -> bool) -> Picture {
        let mut last = self.display.look();
        let mut since = Instant::now();
        wait("the picture is still, and as it should be", || {
            self.must_run();
            let now = self.display.look();
            if now != last {
                last = now;
                since = Instant::now();
            }
            let still = since.elapsed() > STILL;
            (still && good(&last)).then(|| last.clone())
        })
    }

    /// What the reader gets who selects all of the page and copies it.
    pub fn copy_page(&self) -> String {
        self.press(&["ctrl+a", "ctrl+c"]);
        wait("something was copied", || {
            let copied = Command::new("xclip")
                .args(["-selection", "clipboard", "-out"])
                .env("DISPLAY", &self.display.name)
                .output()
                .unwrap_or_else(|error| missing("xclip", &error));
            Some(text_of(&copied)).filter(|text| !text.is_empty())
        })
    }

    /// How many windows there are.
    pub fn windows(&self) -> usize {
        self.windows_named("Offprint")
    }

    /// How many windows there are of this name.
    pub fn windows_named(&self, name: &str) -> usize {
        let name = format!("^{name}$");
        let found = self
            .display
            .xdotool(&["search", "--onlyvisible", "--name", &name]);
        text_of(&found).lines().count()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let test = std::thread::current();
            let name = test.name().unwrap_or("window").replace("::", "-");
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            self.display.look().save(&path);
            println!("The last that was seen is in {}", path.display());
            println!("The program said: {}", self.said());
        }
        if let Some(program) = &mut self.program {
            program.kill().ok();
            program.wait().ok();
        }
    }
}

/// The same, with a list of its system calls about the network.
fn under_strace(command: &Command, trace: &Path) -> Command {
    let mut traced = Command::new("strace");
    traced
        .args(["-f", "-qq", "-e", "trace=network", "-o"])
        .arg(trace);
    traced.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced.stdin(Stdio::null());
    traced
}

fn text_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
