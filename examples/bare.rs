//! A window with a word in it and nothing else: what the start and the memory of Offprint's window are measured against.

use std::io::Write as _;
use std::time::Instant;

use eframe::egui;

struct Bare {
    /// When the process began, if the start is measured.
    began: Option<Instant>,
}

impl eframe::App for Bare {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        if ctx.cumulative_frame_nr() == 0 {
            return;
        }
        if let Some(began) = self.began.take() {
            let first = began.elapsed().as_secs_f64() * 1000.0;
            let peak = offprint::platform::peak_memory_kb().unwrap_or(0);
            let line = format!(r#"{{"first_frame_ms": {first:.1}, "peak_kb": {peak}}}"#);
            writeln!(std::io::stdout(), "{line}").ok();
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |ui| ui.label("A bare window"));
        if self.began.is_some() {
            ui.request_repaint();
        }
    }
}

fn main() -> eframe::Result {
    let now = Instant::now();
    let began = std::env::args()
        .any(|arg| arg == "--measure-start")
        .then_some(now);
    let renderer = match std::env::var("OFFPRINT_RENDERER").as_deref() {
        Ok("wgpu") => eframe::Renderer::Wgpu,
        _ => eframe::Renderer::Glow,
    };
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 832.0]),
        renderer,
        ..eframe::NativeOptions::default()
    };
    let app = Box::new(|cc: &eframe::CreationContext<'_>| {
        // A font of some size, as every window has one.
        cc.egui_ctx.set_fonts(fonts());
        Ok(Box::new(Bare { began }) as Box<dyn eframe::App>)
    });
    eframe::run_native("Bare", options, app)
}

fn fonts() -> egui::FontDefinitions {
    use std::sync::Arc;
    let mut fonts = egui::FontDefinitions::empty();
    let inter = egui::FontData::from_static(include_bytes!("../assets/fonts/Inter.ttf"));
    fonts.font_data.insert("Inter".to_owned(), Arc::new(inter));
    for family in [egui::FontFamily::Proportional, egui::FontFamily::Monospace] {
        fonts.families.insert(family, vec!["Inter".to_owned()]);
    }
    fonts
}
