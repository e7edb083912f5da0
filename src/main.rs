//! argv → command line or window. A table of contents, nothing else.

use std::io;
use std::process::ExitCode;
use std::time::Instant;

use offprint::cli::{self, Outcome, Terminal};
use offprint::{journal, window};

fn main() -> ExitCode {
    let began = Instant::now();
    let noted = journal::start();
    let outcome = {
        let (mut out, mut err) = (io::BufWriter::new(io::stdout().lock()), io::stderr());
        let mut terminal = Terminal::new(&mut out, &mut err).coloured();
        if let Err(sentence) = noted {
            terminal.message(&sentence);
        }
        cli::run(std::env::args_os(), &mut terminal)
    };
    let status = match outcome {
        Outcome::Exit(code) => code.into(),
        Outcome::Window(launch) => match window::run(&launch, began) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => {
                Terminal::new(&mut io::sink(), &mut io::stderr()).message(&sentence);
                ExitCode::from(cli::FAILED)
            }
        },
    };
    log::logger().flush();
    status
}
