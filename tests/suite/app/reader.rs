//! The whole program in a window that nobody sees: hands to click and type with, eyes to read what it says of itself.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{
    self, Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, Role, Vec2,
};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use egui_kittest::{Harness, Node};
use offprint::app::App;
use offprint::model::{Destination, Model, Origin};
use offprint::shelf::Shelf;
use offprint::work::Worker;
use tempfile::TempDir;

/// How long anything may take that happens on another thread, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder with the reader's files and whatever packs a test makes; gone with the last that uses it.
#[derive(Clone)]
pub struct Home {
    folder: Rc<TempDir>,
}

impl Home {
    pub fn new() -> Self {
        Self {
            folder: Rc::new(tempfile::tempdir().unwrap()),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Puts a file there, with the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// A file as it is now, or nothing.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Makes a pack of these stories in RON, in one section.
    pub fn pack(&self, name: &str, stories: &str) -> Origin {
        let manifest = format!(
            "Pack(format: 1, id: \"org.example.{name}\", edition: \"1\", title: \"The {name}\", publisher: Publisher(name: \"The {name} desk\"),
             language: \"en\", published: \"2025-09-01\", rights: \"CC0 1.0\",
             sections: [Section(id: \"one\", title: \"Section one\", stories: [{stories}])])"
        );
        self.write(&format!("{name}/pack.ron"), manifest);
        Origin::Path(self.path(name))
    }

    /// A pack of stories `s0`, `s1` and so on, none with a body.
    pub fn briefs(&self, name: &str, count: usize) -> Origin {
        let mut stories = String::new();
        for row in 0..count {
            writeln!(
                stories,
                "Story(id: \"s{row}\", headline: \"Headline {row} of {name}\", summary: \"Summary {row}.\"),"
            )
            .unwrap();
        }
        self.pack(name, &stories)
    }
}

/// A fixture of `tests/packs`.
pub fn fixture(name: &str) -> Origin {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs");
    Origin::Path(folder.join(name))
}

/// The program, run a frame at a time.
pub struct Reader {
    pub harness: Harness<'static, App>,
    pub home: Home,
}

impl Reader {
    /// The program as it starts with these packs; its first pack is there.
    pub fn start(home: &Home, packs: &[Origin]) -> Self {
        let mut reader = Self::begin(home, packs, Vec2::new(1200.0, 800.0));
        reader.wait_until("the first pack is open", |reader| {
            reader.model().open.is_some() && reader.model().opening.is_none()
        });
        reader.settle();
        reader
    }

    /// The program as it starts, whatever comes of it.
    pub fn begin(home: &Home, packs: &[Origin], size: Vec2) -> Self {
        Self::build(home, packs, Harness::builder().with_size(size))
    }

    /// The program as it starts with whatever one can give it, a reference among it.
    pub fn begin_at(home: &Home, there: Vec<Destination>, size: Vec2) -> Self {
        Self::build_at(home, there, Harness::builder().with_size(size))
    }

    /// The program in a window made to measure.
    pub fn build(
        home: &Home,
        packs: &[Origin],
        builder: egui_kittest::HarnessBuilder<App>,
    ) -> Self {
        let packs = packs.iter().cloned().map(Into::into).collect();
        Self::build_at(home, packs, builder)
    }

    fn build_at(
        home: &Home,
        there: Vec<Destination>,
        builder: egui_kittest::HarnessBuilder<App>,
    ) -> Self {
        let shelf = Shelf::with_clock(home.data(), || "2025-08-12T10:11:12Z".parse().unwrap());
        Self::build_on(home, shelf, there, builder)
    }

    /// The program as it starts with these packs on files that lie elsewhere; its first pack is there.
    pub fn on(home: &Home, shelf: Shelf, packs: &[Origin]) -> Self {
        let builder = Harness::builder().with_size(Vec2::new(1200.0, 800.0));
        let there = packs.iter().cloned().map(Into::into).collect();
        let mut reader = Self::build_on(home, shelf, there, builder);
        reader.wait_until("the first pack is open", |reader| {
            reader.model().open.is_some() && reader.model().opening.is_none()
        });
        reader.settle();
        reader
    }

    fn build_on(
        home: &Home,
        shelf: Shelf,
        there: Vec<Destination>,
        builder: egui_kittest::HarnessBuilder<App>,
    ) -> Self {
        let harness = builder.with_step_dt(1.0 / 30.0).build_eframe(move |cc| {
            let worker = Worker::start(shelf, || {}).unwrap();
            App::new(&cc.egui_ctx, worker, there, None)
        });
        Self {
            harness,
            home: home.clone(),
        }
    }

    /// The program on a pack that is being written; it has been opened and checked.
    pub fn preview(home: &Home, pack: &Origin) -> Self {
        let shelf = Shelf::with_clock(home.data(), || "2025-08-12T10:11:12Z".parse().unwrap());
        let pack = pack.clone();
        let builder = Harness::builder().with_size(Vec2::new(1400.0, 800.0));
        let harness = builder.with_step_dt(1.0 / 30.0).build_eframe(move |cc| {
            let worker = Worker::start(shelf, || {}).unwrap();
            App::preview(&cc.egui_ctx, worker, pack)
        });
        let mut reader = Self {
            harness,
            home: home.clone(),
        };
        reader.wait_until("the pack is checked", |reader| {
            let preview = reader.model().preview.as_ref().unwrap();
            preview.findings.is_some() && !preview.is_waiting()
        });
        reader.settle();
        reader
    }

    /// The program in the sample edition.
    pub fn in_world_desk() -> Self {
        Self::start(&Home::new(), &[Origin::WorldDesk])
    }

    /// The program in the fixture `good`, the story `new-quay` open with its body.
    pub fn in_new_quay() -> Self {
        let mut reader = Self::start(&Home::new(), &[fixture("good")]);
        reader.click_row("New quay opens on Saturday");
        reader.wait_until("the body is there", |reader| {
            reader.says("The quay opens at ten")
        });
        reader
    }

    /// The program once more on the same files, as after closing and starting it.
    pub fn restart(self, packs: &[Origin]) -> Self {
        let home = self.home.clone();
        drop(self.quit());
        Self::start(&home, packs)
    }

    /// Ends the program as closing its window does.
    pub fn quit(mut self) -> Home {
        self.harness.state_mut().finish();
        self.home.clone()
    }

    pub fn model(&self) -> &Model {
        self.harness.state().model()
    }

    pub fn step(&mut self) {
        self.harness.step();
    }

    /// Runs frames until none is asked for, and checks that everything one can act on has a name.
    pub fn settle(&mut self) {
        for _ in 0..40 {
            // While a pack is on its way something turns, and so it goes on.
            if self.harness.run_ok().is_some() || self.model().opening.is_some() {
                return;
            }
        }
        self.harness.run();
    }

    /// Runs frames until something is so.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, is: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is(self) {
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain until {what}\n{}",
                self.tree()
            );
            self.step();
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// What the window says, a line a node, for when a test fails.
    pub fn tree(&self) -> String {
        let mut lines = String::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let label = node.label().or(node.value()).unwrap_or_default();
            if !label.is_empty() {
                writeln!(lines, "{:?} {label:?}", node.role()).unwrap();
            }
        }
        lines
    }

    /// Whether a node's words, or its value, contain these.
    pub fn says(&self, words: &str) -> bool {
        self.find(|_, text| text.contains(words)).is_some()
    }

    /// Whether there is a node of this role whose words contain these.
    pub fn shows(&self, role: Role, words: &str) -> bool {
        self.find(|it, text| it == role && text.contains(words))
            .is_some()
    }

    /// The words of every node of this role, from top to bottom as the tree has them.
    pub fn all(&self, role: Role) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let texts = nodes.filter_map(|node| {
            let node = node.accesskit_node();
            (node.role() == role).then(|| node.label().or(node.value()).unwrap_or_default())
        });
        texts.collect()
    }

    fn find(&self, is: impl Fn(Role, &str) -> bool) -> Option<Node<'_>> {
        self.harness.root().children_recursive().find(|node| {
            let node = node.accesskit_node();
            let text = node.label().or(node.value()).unwrap_or_default();
            is(node.role(), &text)
        })
    }

    /// Clicks the middle of the one node of this role with just these words.
    #[track_caller]
    pub fn click(&mut self, role: Role, label: &str) {
        let middle = self.place(role, label);
        self.click_at(middle);
        self.settle();
    }

    /// Where the middle is of the one node of this role with just these words.
    #[track_caller]
    pub fn place(&self, role: Role, label: &str) -> Pos2 {
        let found: Vec<_> = self
            .harness
            .query_all(by().role(role).label(label))
            .collect();
        match &found[..] {
            [node] => node.rect().center(),
            _ => panic!(
                "{} nodes are {role:?} {label:?}\n{}",
                found.len(),
                self.tree()
            ),
        }
    }

    /// Clicks a headline in the sidebar, read or unread, bookmarked or not.
    #[track_caller]
    pub fn click_row(&mut self, headline: &str) {
        let at = self.row(headline);
        self.click_at(at);
        self.settle();
    }

    /// The middle of the row of a headline in the sidebar.
    #[track_caller]
    pub fn row(&self, headline: &str) -> Pos2 {
        self.row_rect(headline).center()
    }

    /// The row of a headline in the sidebar.
    #[track_caller]
    pub fn row_rect(&self, headline: &str) -> Rect {
        let row = self.harness.root().children_recursive().find(|node| {
            let node = node.accesskit_node();
            let label = node.label().unwrap_or_default();
            node.role() == Role::Button
                && node.toggled().is_some()
                && label
                    .split(", unread")
                    .next()
                    .unwrap_or_default()
                    .split(", bookmarked")
                    .next()
                    == Some(headline)
        });
        match row {
            Some(row) => row.rect(),
            None => panic!("no row {headline:?}\n{}", self.tree()),
        }
    }

    /// The headlines in the sidebar as they are said aloud, from top to bottom.
    pub fn rows(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let rows = nodes.filter_map(|node| {
            let node = node.accesskit_node();
            let is_row = node.role() == Role::Button && node.toggled().is_some();
            is_row.then(|| node.label().unwrap_or_default())
        });
        rows.collect()
    }

    /// Clicks a place; the last frame is the one in which the button was let go.
    pub fn click_at(&mut self, at: Pos2) {
        self.harness.event(Event::PointerMoved(at));
        for pressed in [true, false] {
            self.button(at, pressed);
        }
        self.step();
    }

    /// Presses or lets go of the first button.
    pub fn button(&mut self, pos: Pos2, pressed: bool) {
        self.harness.event(Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }

    /// Presses keys one after the other: names such as `Enter`, `Space`, `j`, or with `Ctrl+`, `Alt+`, `Shift+` before.
    /// A character comes as a key and as text, as from a keyboard.
    #[track_caller]
    pub fn press(&mut self, keys: &[&str]) {
        for name in keys {
            let mut modifiers = Modifiers::NONE;
            let mut rest = *name;
            while let Some((modifier, after)) =
                rest.split_once('+').filter(|(_, after)| !after.is_empty())
            {
                match modifier {
                    "Ctrl" => modifiers |= Modifiers::COMMAND | Modifiers::CTRL,
                    "Alt" => modifiers |= Modifiers::ALT,
                    "Shift" => modifiers |= Modifiers::SHIFT,
                    other => panic!("{other}?"),
                }
                rest = after;
            }
            let text = Some(rest).filter(|text| text.chars().count() == 1 && modifiers.is_none());
            let key = match rest {
                "Left" | "Right" | "Up" | "Down" => Key::from_name(&format!("Arrow{rest}")),
                _ => Key::from_name(&rest.to_uppercase()).or(Key::from_name(rest)),
            };
            self.harness.event(Event::ModifiersChanged(modifiers));
            // On one frame, as they come from the system.
            let mut events = Vec::new();
            if let Some(key) = key {
                events.push(key_event(key, true, modifiers));
            }
            if let Some(text) = text {
                events.push(Event::Text(text.to_owned()));
            }
            assert!(!events.is_empty(), "no key {name}");
            self.step();
            self.harness.input_mut().events.extend(events);
            self.step();
            if let Some(key) = key {
                self.harness.event(key_event(key, false, modifiers));
            }
            self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
            self.step();
        }
        self.settle();
    }

    /// Types text, a character a frame.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.harness.event(Event::Text(c.to_string()));
        }
        self.step();
        self.settle();
    }

    /// Turns the wheel over a place, by points; down is positive.
    pub fn wheel(&mut self, at: Pos2, points: f32) {
        self.harness.event(Event::PointerMoved(at));
        self.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        self.step();
        self.settle();
    }

    /// Drops a file or folder onto the window.
    pub fn drop_file(&mut self, path: &Path) {
        let file = Dropped(path.to_owned());
        self.harness.input_mut().dropped_files.push(Arc::new(file));
        self.step();
    }

    /// What the last frame put on the clipboard.
    pub fn copied(&self) -> Option<String> {
        self.commands().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// What the last frame opened in the browser.
    pub fn opened_url(&self) -> Option<String> {
        self.commands().find_map(|command| match command {
            OutputCommand::OpenUrl(open) => Some(open.url.clone()),
            _ => None,
        })
    }

    fn commands(&self) -> impl Iterator<Item = &OutputCommand> {
        self.harness.output().platform_output.commands.iter()
    }

    /// The titles of the notices.
    pub fn notices(&self) -> Vec<&str> {
        let notices = self.model().notices.iter();
        notices.map(|(_, notice)| &*notice.title).collect()
    }

    /// The story on the page, by id.
    pub fn story(&self) -> &str {
        self.model().story_id().map_or("", |id| id.as_str())
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn key_event(key: Key, pressed: bool, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    }
}
