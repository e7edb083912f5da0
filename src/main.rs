//! argv → command line or window. A table of contents, nothing else.

use std::io;
use std::process::ExitCode;

use offprint::cli::{Outcome, Terminal, run};

fn main() -> ExitCode {
    let (mut out, mut err) = (io::BufWriter::new(io::stdout().lock()), io::stderr());
    let mut terminal = Terminal::new(&mut out, &mut err).coloured();
    match run(std::env::args_os(), &mut terminal) {
        Outcome::Exit(code) => code.into(),
        Outcome::Window(launch) => {
            log::info!("a window would open: {launch:?}");
            ExitCode::SUCCESS
        }
    }
}
