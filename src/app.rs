//! Ties everything together: owns the model, the threads, the text and the pictures, and runs one frame after the other.
//!
//! A frame: answers go into the model; keys become actions; the panels draw and push actions; the actions go into the model;
//! its effects go to the threads. Only then, and only if something changed, is another frame asked for.

mod ask;

use std::io::Write as _;
use std::time::{Duration, Instant};

use eframe::egui;

use crate::images::Pictures;
use crate::model::{
    Action, BodyState, CopyJob, Destination, Effect, Event, ExchangeJob, Level, Model, Origin,
    Preview, Theme, WindowPlace,
};
use crate::platform::{self, Pick};
use crate::theme::{self, Palette, Tokens};
use crate::typeset::Typesetter;
use crate::ui::{Cx, Screen};
use crate::work::{Report, Worker};

/// The bytes of pictures kept on the screen’s side: those of a large page, and of some before it.
const PICTURE_BYTES: usize = 16 * 1024 * 1024;
/// How long a frame takes in what came back; the rest comes in at the next.
const TAKE_IN: Duration = Duration::from_millis(2);
/// The longest the first frame waits for settings and edition, so that it is the right one.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// The application.
pub struct App {
    model: Model,
    worker: Worker,
    screen: Screen,
    text: Typesetter,
    pictures: Pictures,
    tokens: Tokens,
    palette: Option<Palette>,
    actions: Vec<Action>,
    probe: Option<Probe>,
    /// Where the window is, to be kept when it closes.
    place: Option<WindowPlace>,
    /// What the window is called.
    title: String,
}

/// Measures the start for `--measure-start`.
struct Probe {
    began: Instant,
    first: Option<f64>,
    painted: bool,
}

impl App {
    /// The application with its first pack on the way. `worker` is already reading the reader's files.
    pub fn new(
        ctx: &egui::Context,
        worker: Worker,
        open: Vec<Destination>,
        measure: Option<Instant>,
    ) -> Self {
        let mut app = Self::begin(ctx, worker, measure);
        app.model.first = open;
        app.settle(ctx);
        app
    }

    /// The application on a pack that is being written, which it follows. It leaves no traces but bookmarks and settings.
    pub fn preview(ctx: &egui::Context, worker: Worker, pack: Origin) -> Self {
        let mut app = Self::begin(ctx, worker, None);
        app.model.preview = Some(Preview::new(pack));
        app.settle(ctx);
        app
    }

    fn begin(ctx: &egui::Context, worker: Worker, measure: Option<Instant>) -> Self {
        theme::install(ctx);
        let wake = ctx.clone();
        let mut app = Self {
            model: Model::default(),
            worker,
            screen: Screen::default(),
            text: Typesetter::new(&theme::faces(), move || wake.request_repaint()),
            pictures: Pictures::new(PICTURE_BYTES),
            tokens: Tokens::of(Palette::Light),
            palette: None,
            actions: Vec::new(),
            probe: measure.map(|began| Probe {
                began,
                first: None,
                painted: false,
            }),
            place: None,
            title: String::new(),
        };
        app.model.now = app.worker.now();
        app
    }

    /// Waits, before the first frame only, until the reader's settings and the first pack are here.
    fn settle(&mut self, ctx: &egui::Context) {
        let until = Instant::now() + FIRST_WAIT;
        let failed = |model: &Model| {
            model
                .preview
                .as_ref()
                .is_some_and(|it| it.findings.is_some())
        };
        let told = |model: &Model| {
            let mut notices = model.notices.iter();
            notices.any(|(_, notice)| notice.level == Level::Error)
        };
        while self.model.open.is_none() && !told(&self.model) && !failed(&self.model) {
            let left = until.saturating_duration_since(Instant::now());
            match self.worker.wait(left) {
                Some(report) => self.report(ctx, report),
                None => break,
            }
        }
    }

    fn report(&mut self, ctx: &egui::Context, report: Report) {
        match report {
            Report::Event(event) => {
                let effects = self.model.handle(event);
                self.perform(ctx, None, effects);
            }
            Report::Picture(key, result) => self.pictures.arrive(ctx, key, result),
            Report::PictureDropped(key) => self.pictures.dropped(&key),
        }
    }

    fn perform(
        &mut self,
        ctx: &egui::Context,
        frame: Option<&eframe::Frame>,
        effects: Vec<Effect>,
    ) {
        for effect in effects {
            match effect {
                Effect::Open(request, origin) => self.worker.open(request, origin),
                Effect::CancelOpen(request) => self.worker.cancel_open(request),
                Effect::Close(pack) => {
                    self.worker.close(pack);
                    self.pictures.forget(pack);
                }
                Effect::Renew(old, new) => {
                    self.pictures.renew(old, new);
                    self.worker.close(old);
                }
                Effect::Follow(origin) => self.worker.follow(origin),
                Effect::Check(request, origin) => self.worker.check(request, origin),
                Effect::ReadBody(pack, story) => self.worker.read_body(pack, story),
                Effect::Compare(pack, story, body, earlier) => {
                    self.worker.compare(pack, story, body, earlier);
                }
                Effect::FindPassages(job) => self.worker.find_passages(job),
                Effect::Filter(pack, request, query) => self.worker.filter(pack, request, query),
                Effect::File(job) => self.worker.file(job),
                Effect::LoadAllMarks => self.worker.load_all_marks(),
                Effect::Save(save) => self.worker.save(save),
                Effect::Copies(CopyJob::AskWhere) => self.ask_where(frame),
                Effect::Copies(job) => self.worker.copies(job),
                Effect::Backup(job) => self.back_up(frame, job),
                Effect::Exchange(ExchangeJob::AskFile) => self.ask_exchange(frame, true),
                Effect::Exchange(ExchangeJob::AskPlace) => self.ask_exchange(frame, false),
                Effect::Exchange(job) => self.worker.exchange(job),
                Effect::Drive(job) => self.copy_to_drive(frame, job),
                Effect::KeepElsewhere => self.worker.keep_elsewhere(),
                Effect::SaveAgain => self.worker.save_again(),
                Effect::PickFile => self.pick(frame, Pick::File),
                Effect::PickFolder => self.pick(frame, Pick::Folder),
                Effect::OpenAddress(address) => self.open_address(ctx, frame, address),
                Effect::ShowFiles => self.show_folder(self.worker.data_folder().to_owned()),
                Effect::ShowFile(path) => self.show_file(path),
                Effect::Copy(text) => ctx.copy_text(text),
            }
        }
    }

    /// Takes on the colours the reader chose, or the system's.
    fn dress(&mut self, ctx: &egui::Context) {
        let system_dark = ctx.system_theme() == Some(egui::Theme::Dark);
        let palette = match self.model.settings.theme {
            Theme::Dark => Palette::Dark,
            Theme::Sepia => Palette::Sepia,
            Theme::Contrast => Palette::Contrast,
            Theme::System if system_dark => Palette::Dark,
            Theme::Light | Theme::System => Palette::Light,
        };
        if self.palette != Some(palette) {
            self.palette = Some(palette);
            self.tokens = Tokens::of(palette);
            theme::dress(ctx, &self.tokens);
        }
    }

    /// Calls the window of a preview after its pack.
    fn name_window(&mut self, ctx: &egui::Context) {
        if self.model.preview.is_none() {
            return;
        }
        let title = self
            .model
            .open
            .as_ref()
            .map(|open| &open.edition.info().title);
        let title = title.map_or("Preview".to_owned(), |title| format!("Preview: {title}"));
        if self.title != title {
            self.title.clone_from(&title);
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title));
        }
    }

    /// Asks for the pictures that were seen for the first time.
    ///
    /// Those of the very first frame wait until it is on the screen: decoding them would only slow it down.
    fn ask_for_pictures(&mut self, ctx: &egui::Context) {
        if ctx.cumulative_frame_nr() == 0 {
            ctx.request_repaint();
            return;
        }
        for wanted in self.pictures.take_wanted() {
            self.worker.decode(wanted);
        }
    }

    /// Does what the reader asked for in this frame, and asks for another frame if anything was.
    fn act(&mut self, ctx: &egui::Context, frame: Option<&eframe::Frame>) {
        if self.actions.is_empty() {
            return;
        }
        self.model.now = self.worker.now();
        for action in std::mem::take(&mut self.actions) {
            let effects = self.model.apply(action);
            self.perform(ctx, frame, effects);
        }
        ctx.request_repaint();
    }

    /// The model, for tests.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Whether nothing is on its way that would change the picture; for tests and their pictures.
    pub fn is_at_rest(&self) -> bool {
        let body = self.model.body();
        let preview = self.model.preview.as_ref();
        self.model.opening.is_none()
            && preview.is_none_or(|preview| !preview.is_waiting())
            && !matches!(body, Some(BodyState::Wanted))
            && !self.pictures.is_waiting()
            && !self.text.is_waiting()
    }

    /// Does an action at the end of the next frame, as if a panel had asked for it; for tests and benchmarks.
    pub fn request(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// The frame's work before drawing: takes in what came back.
    pub fn before(&mut self, ctx: &egui::Context) {
        let began = Instant::now();
        let mut came = false;
        // What is left waits for the next frame: no flood of answers holds the screen up.
        while began.elapsed() < TAKE_IN
            && let Some(report) = self.worker.next_report()
        {
            came = true;
            if let Report::Event(Event::HandedOver(_)) = report {
                ctx.send_viewport_cmd(egui::ViewportCommand::Focus);
            }
            self.report(ctx, report);
        }
        if came {
            ctx.request_repaint();
        }
        self.measure(ctx);
    }

    /// Draws a frame and does what the reader asked for in it.
    pub fn draw(&mut self, ui: &mut egui::Ui, frame: Option<&eframe::Frame>) {
        let ctx = ui.ctx().clone();
        self.dress(&ctx);
        if let Some(open) = &self.model.open {
            self.text.set_language(&open.edition.info().language);
        }
        self.text.begin_frame(&ctx);
        self.pictures.begin_frame();
        self.screen.keys(ui, &self.model, &mut self.actions);
        let mut cx = Cx {
            model: &self.model,
            text: &mut self.text,
            pictures: &mut self.pictures,
            tokens: &self.tokens,
            actions: &mut self.actions,
        };
        self.screen.ui(ui, &mut cx);
        self.ask_for_pictures(&ctx);
        self.name_window(&ctx);
        self.act(&ctx, frame);
        if let Some(probe) = &mut self.probe {
            probe.painted = self.model.open.is_some();
            ctx.request_repaint();
        }
    }

    /// Keeps where the reader is and the window's size, and waits for the disk.
    pub fn finish(&mut self) {
        self.actions.extend(self.screen.leave());
        for action in std::mem::take(&mut self.actions) {
            for effect in self.model.apply(action) {
                if let Effect::Save(save) = effect {
                    self.worker.save(save);
                }
            }
        }
        self.worker.finish();
    }

    /// Notices how large the window is and where, but for one that is minimised or covers everything.
    fn notice_place(&mut self, ctx: &egui::Context) {
        let size = ctx.viewport_rect().size().round();
        let scale = ctx.pixels_per_point();
        let view = ctx.input(|i| i.viewport().clone());
        if view.minimized == Some(true) || view.fullscreen == Some(true) {
            return;
        }
        let corner = view.outer_rect.map(|rect| rect.min * scale);
        let now = WindowPlace {
            width: size.x,
            height: size.y,
            at: corner.map(|corner| [corner.x.round() as i32, corner.y.round() as i32]),
            maximized: view.maximized == Some(true),
        };
        self.place = Some(now.after(self.place.or(self.model.settings.window)));
    }

    /// For `--measure-start`: once a frame with headlines was shown, says how long that took and ends.
    fn measure(&mut self, ctx: &egui::Context) {
        let Some(probe) = &mut self.probe else { return };
        let now = probe.began.elapsed().as_secs_f64() * 1000.0;
        if ctx.cumulative_frame_nr() == 0 {
            return;
        }
        let first = *probe.first.get_or_insert(now);
        if probe.painted {
            let peak = platform::peak_memory_kb().unwrap_or(0);
            let line = format!(
                r#"{{"first_frame_ms": {first:.1}, "headlines_ms": {now:.1}, "peak_kb": {peak}}}"#
            );
            // Who started it with this option reads the line; without a reader there is nothing to measure for.
            writeln!(std::io::stdout(), "{line}").ok();
            self.probe = None;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.before(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.notice_place(&ctx);
        self.draw(ui, Some(frame));
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(place) = self.place {
            self.actions.push(Action::Window(place));
        }
        self.finish();
    }
}
