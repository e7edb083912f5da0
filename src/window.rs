//! The window: one a data folder where the system allows it, drawn by OpenGL, or by wgpu where that does not start.

mod place;

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use eframe::egui::{self, IconData, ViewportBuilder};
use eframe::{NativeOptions, Renderer};

use crate::app::App;
use crate::cli::Launch;
use crate::journal;
use crate::model::{Action, Destination, Event, Level, Notice, WindowPlace};
use crate::platform::{APP_ID, First, Instance, show_failure};
use crate::shelf::Shelf;
use crate::work::{Mailbox, Worker, on_panic};

/// Opens the window and runs until it is closed. `began` is when the process began, for `--measure-start`.
///
/// Returns a sentence where no window could be opened.
pub fn run(launch: &Launch, began: Instant) -> Result<(), String> {
    open(launch, began).inspect_err(|sentence| show_failure(sentence))
}

fn open(launch: &Launch, began: Instant) -> Result<(), String> {
    let first = match claim(launch) {
        Claim::HandedOver => return Ok(()),
        Claim::First(first) => Some(first),
        Claim::Alone => None,
    };
    let shelf = Shelf::at(launch.paths.clone());
    // A small file, read before there is a window that could freeze.
    let place = shelf.load_settings().value.window;
    let context: Arc<OnceLock<egui::Context>> = Arc::default();
    let waker = context.clone();
    let wake = move || {
        if let Some(ctx) = waker.get() {
            ctx.request_repaint();
        }
    };
    let worker = Worker::start(shelf, wake)
        .map_err(|error| format!("The system gives no threads to work on ({error})."))?;
    let state = launch.paths.state.clone();
    on_panic(worker.flusher(), move |info| {
        match journal::report(&state, info) {
            Ok(path) => log::error!("what happened is in {}", path.display()),
            Err(error) => log::error!("no report could be written: {error}"),
        }
    });
    keep_journal(launch, worker.mailbox());
    if let Some(first) = first {
        let mailbox = worker.mailbox();
        let listening = first.listen(move |typed| {
            let there = typed.into_iter().map(Destination::from_typed).collect();
            mailbox.event(Event::HandedOver(there));
        });
        if let Err(error) = listening {
            log::warn!("later launches cannot be heard: {error}");
        }
    }

    // The first renderer that starts takes the worker; the other is tried only if the first took nothing.
    let worker = Rc::new(RefCell::new(Some(worker)));
    let mut failures = Vec::new();
    let title = if launch.preview {
        "Preview"
    } else {
        "Offprint"
    };
    let written = match launch.open.first() {
        Some(Destination::Pack(origin)) if launch.preview => Some(origin),
        _ => None,
    };
    for renderer in renderers() {
        let (worker, context) = (worker.clone(), context.clone());
        let (open, measure) = (launch.open.clone(), launch.measure_start.then_some(began));
        let written = written.cloned();
        let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
            let worker = worker
                .borrow_mut()
                .take()
                .ok_or("the window was opened twice")?;
            context.set(cc.egui_ctx.clone()).ok();
            if let Some(place) = place {
                place::restore(cc, place);
            }
            let app = match written {
                Some(pack) => App::preview(&cc.egui_ctx, worker, pack),
                None => App::new(&cc.egui_ctx, worker, open, measure),
            };
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(Box::new(app))
        };
        match eframe::run_native(title, options(title, renderer, place), Box::new(create)) {
            Ok(()) => return Ok(()),
            // No renderer helps where there is no display.
            Err(eframe::Error::WinitEventLoop(_)) => return Err(NO_DISPLAY.to_owned()),
            Err(error) => failures.push(format!("{renderer}: {error}")),
        }
    }
    Err(format!(
        "No window could be opened: neither OpenGL nor Vulkan starts here ({}). Install or update the graphics driver; without a window, the commands of offprint --help work all the same",
        failures.join("; ")
    ))
}

/// Keeps the log from now on, and tells of a crash of an earlier run.
fn keep_journal(launch: &Launch, mailbox: Mailbox) {
    if launch.measure_start {
        return;
    }
    let kept = journal::keep(&launch.paths.state, move |report| {
        let text = format!(
            "Nothing that was saved is lost. A report of what happened is in {}; it was sent nowhere.",
            report.display()
        );
        let notice = Notice::new(
            Level::Warning,
            "Offprint ended unexpectedly last time",
            text,
        )
        .offering("Show the report", Action::ShowFile(report));
        mailbox.event(Event::Notice(notice));
    });
    if let Err(error) = kept {
        log::warn!("the log is not kept: {error}");
    }
}

const NO_DISPLAY: &str = "There is no display to open a window on. Without one, the commands of offprint --help work all the same";

/// What another launch may have to say.
enum Claim {
    HandedOver,
    First(First),
    Alone,
}

fn claim(launch: &Launch) -> Claim {
    // A preview is a window of its own, beside the one for reading.
    if launch.measure_start || launch.preview {
        return Claim::Alone;
    }
    match Instance::claim(&launch.paths.data) {
        Instance::First(first) => Claim::First(first),
        Instance::Second(second) => {
            let typed: Vec<_> = launch.open.iter().map(Destination::typed).collect();
            let typed: Vec<_> = typed.iter().map(PathBuf::as_path).collect();
            match second.hand_over(&typed) {
                Ok(()) => Claim::HandedOver,
                Err(error) => {
                    log::warn!("the other window did not answer: {error}");
                    Claim::Alone
                }
            }
        }
        Instance::Alone(error) => {
            log::debug!("this launch stands alone: {error}");
            Claim::Alone
        }
    }
}

/// OpenGL first: it starts with less memory and on older drivers; figures in ARCHITECTURE.md.
fn renderers() -> [Renderer; 2] {
    match std::env::var("OFFPRINT_RENDERER").as_deref() {
        Ok("wgpu") => [Renderer::Wgpu, Renderer::Glow],
        _ => [Renderer::Glow, Renderer::Wgpu],
    }
}

fn options(title: &str, renderer: Renderer, place: Option<WindowPlace>) -> NativeOptions {
    let inner = place.map_or([1280.0, 832.0], |it| [it.width, it.height]);
    let icon = icon().unwrap_or_default();
    let mut viewport = ViewportBuilder::default()
        .with_title(title)
        .with_app_id(APP_ID)
        .with_icon(icon)
        .with_inner_size(inner)
        .with_maximized(place.is_some_and(|it| it.maximized))
        .with_min_inner_size([560.0, 420.0])
        .with_drag_and_drop(true);
    let at = place.and_then(|it| it.at);
    if let Some([x, y]) = at {
        // Those who manage windows on X11 choose the place of one that names none. The pixel follows once the window is there.
        viewport = viewport.with_position([x as f32, y as f32]);
    }
    NativeOptions {
        viewport,
        renderer,
        centered: at.is_none(),
        ..NativeOptions::default()
    }
}

fn icon() -> Option<IconData> {
    let bytes = include_bytes!("../assets/icon/offprint-256.png");
    let image = crate::images::decode(bytes, 256).ok()?;
    let [width, height] = image.size.map(|side| side as u32);
    let rgba = image
        .pixels
        .iter()
        .flat_map(egui::Color32::to_srgba_unmultiplied)
        .collect();
    Some(IconData {
        rgba,
        width,
        height,
    })
}
