//! argv → command line or window. A table of contents, nothing else.

use std::io;
use std::process::ExitCode;
use std::time::Instant;

use offprint::cli::{self, Outcome, Terminal};
use offprint::window;

fn main() -> ExitCode {
    let began = Instant::now();
    let outcome = {
        let (mut out, mut err) = (io::BufWriter::new(io::stdout().lock()), io::stderr());
        let mut terminal = Terminal::new(&mut out, &mut err).coloured();
        cli::run(std::env::args_os(), &mut terminal)
    };
    match outcome {
        Outcome::Exit(code) => code.into(),
        Outcome::Window(launch) => match window::run(&launch, began) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => {
                Terminal::new(&mut io::sink(), &mut io::stderr()).message(&sentence);
                ExitCode::from(cli::FAILED)
            }
        },
    }
}
