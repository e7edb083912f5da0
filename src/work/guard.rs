//! When the screen's thread panics, what was to be saved is saved before the program ends.

use std::panic;
use std::thread;

/// Calls `flush` when the calling thread panics, after the usual message.
pub fn flush_on_panic(flush: impl Fn() -> bool + Send + Sync + 'static) {
    let screen = thread::current().id();
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        usual(info);
        if thread::current().id() == screen {
            let flushed = flush();
            log::error!("after a panic, everything was saved: {flushed}");
        }
    }));
}
