//! The bars of scrolling, filtering, opening and keeping, each with the figure of this run: `./dev bench`.
//!
//! The screen is driven without a window: whole passes of the program's own code, without the graphics card.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and has nobody to recover for"
)]

#[path = "bars/keeping.rs"]
mod keeping;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::{
    Context, Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2, pos2, vec2,
};
use offprint::app::App;
use offprint::model::{Action, BodyState, Origin, StoryId};
use offprint::shelf::Shelf;
use offprint::work::Worker;

const SCREEN: Vec2 = vec2(1280.0, 832.0);
const FRAMES: usize = 2_000;
const LONG_RUN: usize = 10_000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wide = folder.path().join("wide");
    write_wide(&wide, 100_000);
    let long = folder.path().join("long");
    write_long(&long, 100_000);

    println!("{:<52} {:>10}  {:<22}", "", "figure", "bar");
    let all: [(&str, &dyn Fn()); 5] = [
        ("list", &|| list(&wide, folder.path())),
        ("article", &|| article(&long, folder.path())),
        ("filter", &|| filter(&wide, folder.path())),
        ("click", &|| click(&long, folder.path())),
        ("keeping", &|| keeping::run(&wide, folder.path())),
    ];
    // One of them alone: `cargo bench --bench bars keeping`.
    let only = std::env::args().skip(1).find(|it| !it.starts_with('-'));
    for (name, run) in all {
        if only.as_ref().is_none_or(|it| it == name) {
            run();
        }
    }
}

/// A table row.
fn row(what: &str, figure: &str, bar: &str) {
    println!("{what:<52} {figure:>10}  {bar:<22}");
}

/// The program without a window.
struct Desk {
    ctx: Context,
    app: App,
    time: f64,
}

impl Desk {
    fn open(pack: &Path, data: &Path) -> Self {
        let ctx = Context::default();
        let shelf = Shelf::open(data.join("data"));
        let worker = Worker::start(shelf, || {}).expect("threads");
        let origin = Origin::Path(pack.to_owned());
        let app = App::new(&ctx, worker, vec![origin.into()], None);
        let mut desk = Self {
            ctx,
            app,
            time: 0.0,
        };
        desk.until("the pack is open", |app| {
            app.model()
                .open
                .as_ref()
                .is_some_and(|open| matches!(&open.origin, Origin::Path(path) if path == pack))
        });
        desk
    }

    /// One frame with these events; returns the processor's time for it.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SCREEN)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let began = cpu_time();
        self.app.before(&self.ctx);
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| app.draw(ui, None));
        let took = cpu_time().saturating_sub(began);
        // What a window would give to the graphics card.
        output.textures_delta.clear();
        took
    }

    /// Frames until something holds.
    fn until(&mut self, what: &str, holds: impl Fn(&App) -> bool) -> usize {
        let began = Instant::now();
        let mut frames = 0;
        while !holds(&self.app) {
            self.frame(vec![]);
            frames += 1;
            std::thread::sleep(Duration::from_millis(1));
            assert!(began.elapsed() < Duration::from_mins(1), "{what}");
        }
        frames
    }

    fn act(&mut self, action: Action) {
        self.app.request(action);
    }

    /// Scrolls at a place for so many frames; the time of each.
    fn scroll(&mut self, at: Pos2, frames: usize) -> Vec<Duration> {
        (0..frames)
            .map(|frame| {
                // Down for most of the way, then up, so that both ends of the visible part move.
                let down = if frame % 500 < 400 { -90.0 } else { 90.0 };
                self.frame(vec![
                    Event::PointerMoved(at),
                    Event::MouseWheel {
                        unit: MouseWheelUnit::Point,
                        delta: vec2(0.0, down),
                        phase: TouchPhase::Move,
                        source: eframe::egui::MouseWheelSource::Unknown,
                        modifiers: Modifiers::NONE,
                    },
                ])
            })
            .collect()
    }
}

fn list(pack: &Path, data: &Path) {
    let mut desk = Desk::open(pack, data);
    let at = pos2(160.0, 500.0);
    desk.scroll(at, 50);
    let times = desk.scroll(at, FRAMES);
    scrolled("list of 100,000 headlines", times);
    flat(&mut desk, at, "list");
}

fn article(pack: &Path, data: &Path) {
    let mut desk = Desk::open(pack, data);
    show(&mut desk, "long");
    let at = pos2(800.0, 500.0);
    desk.scroll(at, 50);
    let times = desk.scroll(at, FRAMES);
    scrolled("article of 100,000 words", times);
    flat(&mut desk, at, "article");
}

/// Opens a story and waits for its body; how many frames that took.
fn show(desk: &mut Desk, id: &str) -> usize {
    desk.act(Action::ShowStory(StoryId::new(id)));
    desk.until("the body is there", |app| {
        matches!(app.model().body(), Some(BodyState::Ready(_)))
    })
}

fn scrolled(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| {
        let index = ((times.len() - 1) as f64 * share) as usize;
        times.get(index).copied().unwrap_or_default()
    };
    let (median, p99) = (at(0.5), at(0.99));
    row(&format!("{what}: a frame, median"), &millis(median), "");
    row(
        &format!("{what}: a frame, p99"),
        &millis(p99),
        &verdict(p99 <= Duration::from_millis(4), "4 ms"),
    );
    row(&format!("{what}: a frame, longest"), &millis(at(1.0)), "");
}

fn flat(desk: &mut Desk, at: Pos2, what: &str) {
    desk.scroll(at, LONG_RUN / 10);
    let before = resident_kb();
    desk.scroll(at, LONG_RUN);
    let grown = resident_kb().saturating_sub(before);
    let figure = format!("{:.1} MiB", grown as f64 / 1024.0);
    row(
        &format!("{what}: memory grown over {LONG_RUN} frames"),
        &figure,
        &verdict(grown < 24 * 1024, "flat (24 MiB)"),
    );
}

fn filter(pack: &Path, data: &Path) {
    let mut desk = Desk::open(pack, data);
    for (what, typed) in [
        ("first letter, text folded", "m"),
        ("as one types on", "mexico"),
    ] {
        let began = Instant::now();
        desk.act(Action::Filter(typed.to_owned()));
        let all = 100_000;
        let before = desk
            .app
            .model()
            .open
            .as_ref()
            .map_or(0, |open| open.listing.count());
        desk.until("the list is narrowed", |app| {
            let count = app
                .model()
                .open
                .as_ref()
                .map_or(all, |open| open.listing.count());
            count != before
        });
        let took = began.elapsed();
        let bar = verdict(
            typed.len() == 1 || took <= Duration::from_millis(100),
            "100 ms",
        );
        row(
            &format!("filter 100,000 headlines: {what}"),
            &millis(took),
            &bar,
        );
    }
}

fn click(pack: &Path, data: &Path) {
    let mut desk = Desk::open(pack, data);
    let mut most = 0;
    for id in ["s1", "s3", "s5", "s7"] {
        // Not a neighbour of what was read before, so nothing was fetched ahead.
        desk.act(Action::ShowStory(StoryId::new(id)));
        let mut frames = 0;
        while !matches!(desk.app.model().body(), Some(BodyState::Ready(_))) {
            // A frame of a screen that shows sixty a second.
            std::thread::sleep(Duration::from_millis(16));
            desk.frame(vec![]);
            frames += 1;
        }
        most = most.max(frames);
    }
    row(
        "click to article, body from disk",
        &format!("{most} frames"),
        &verdict(most <= 2, "2 frames"),
    );
}

fn verdict(holds: bool, bar: &str) -> String {
    format!("{bar}: {}", if holds { "holds" } else { "MISSED" })
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// The processor's time of this thread: what another program takes meanwhile does not count.
fn cpu_time() -> Duration {
    // The kernel brings its account up to date when a thread gives way.
    std::thread::yield_now();
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split_whitespace().next().and_then(|n| n.parse().ok());
    match nanos {
        Some(nanos) => Duration::from_nanos(nanos),
        // Elsewhere the clock has to do.
        None => BEGAN.elapsed(),
    }
}

static BEGAN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

fn resident_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok())
        .unwrap_or(0)
}

const WORDS: [&str; 24] = [
    "officials",
    "described",
    "the",
    "talks",
    "as",
    "orderly",
    "though",
    "neither",
    "side",
    "would",
    "say",
    "what",
    "had",
    "been",
    "promised",
    "figures",
    "released",
    "Friday",
    "show",
    "seizures",
    "border",
    "down",
    "by",
    "half",
];

/// Words without end, the same in every run.
fn words(seed: &mut u64, count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let word = WORDS[(*seed >> 33) as usize % WORDS.len()];
        let space = if n == 0 { "" } else { " " };
        write!(text, "{space}{word}").expect("a string takes it");
    }
    text
}

fn manifest(title: &str, stories: &str) -> String {
    format!(
        "Pack(format: 1, id: \"org.example.{title}\", edition: \"2025-01-01\", title: \"{title}\", language: \"en\", sections: [Section(id: \"all\", title: \"All\", stories: [\n{stories}])])"
    )
}

fn write_wide(folder: &Path, count: usize) {
    let mut seed = 1;
    let mut stories = String::new();
    for n in 0..count {
        let (headline, summary) = (words(&mut seed, 9), words(&mut seed, 20));
        let place = if n % 50 == 0 { "México " } else { "" };
        writeln!(stories, "Story(id: \"s{n}\", headline: \"{place}{headline} {n}\", summary: \"{summary}\", published: \"2025-01-01\"),").expect("a string takes it");
    }
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("pack.ron"), manifest("wide", &stories)).expect("a manifest");
}

fn write_long(folder: &Path, count: usize) {
    let mut seed = 7;
    let mut body = String::new();
    for paragraph in 0..count / 55 {
        match paragraph % 20 {
            7 => writeln!(body, "## {}\n", words(&mut seed, 5)),
            13 => writeln!(body, "> {}\n> — Somebody, Role\n", words(&mut seed, 12)),
            _ => writeln!(
                body,
                "{}, **{}**, *{}*.\n",
                words(&mut seed, 45),
                words(&mut seed, 5),
                words(&mut seed, 5)
            ),
        }
        .expect("a string takes it");
    }
    fs::create_dir_all(folder.join("stories")).expect("a folder");
    fs::write(folder.join("stories/long.md"), body).expect("a body");
    let mut stories = "Story(id: \"long\", headline: \"Long\"),\n".to_owned();
    for n in 0..9 {
        fs::write(
            folder.join(format!("stories/s{n}.md")),
            words(&mut seed, 800),
        )
        .expect("a body");
        writeln!(stories, "Story(id: \"s{n}\", headline: \"Short {n}\"),")
            .expect("a string takes it");
    }
    fs::write(folder.join("pack.ron"), manifest("long", &stories)).expect("a manifest");
}
