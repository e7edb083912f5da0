//! When the screen's thread panics, what was to be saved is saved before the program ends, and then what happened is reported.

use std::panic::{self, PanicHookInfo};
use std::thread;

/// When the calling thread panics, calls `flush` and then `report`, after the usual message. That another thread panicked is logged.
pub fn on_panic(
    flush: impl Fn() -> bool + Send + Sync + 'static,
    report: impl Fn(&PanicHookInfo<'_>) + Send + Sync + 'static,
) {
    let screen = thread::current().id();
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        usual(info);
        let thread = thread::current();
        if thread.id() == screen {
            let flushed = flush();
            log::error!("after a panic, everything was saved: {flushed}");
            report(info);
        } else if let Some(place) = info.location() {
            // Without the message, which may quote a text.
            log::error!(
                "{} panicked at {place}",
                thread.name().unwrap_or("a thread")
            );
        }
    }));
}
