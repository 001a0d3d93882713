//! `cargo xtask …`: the one place that knows how to build and check.
//!
//! Each command says what it is doing and, when it cannot go on, what to install.

mod axe;
mod dist;
mod fuzz;
mod layers;
mod pack;
mod paths;
mod run;
mod serve;
mod size;
mod suffixes;
mod system;
mod test;
mod tools;
mod truth;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  serve [port]     install what is missing, build, serve on http://127.0.0.1:8080/ and open it
  dist             build dist/clickglass.html, the one file that ships
  test [part …]    set up what tests need and run everything, or the parts named:
                   fmt clippy core layers dist size e2e truth
  size             what the packed file costs, against xtask/limits.toml
  truth [questions] [seed]
                   a second engine asks the packed file and counts for itself: 5000 questions
  fuzz [minutes]   coverage-guided fuzzing of the core: loader, requests, filter; 15 minutes
  bench [rows]     1,000,000 rows in a real Chromium, against the floor of the same run
  bench lens       made-up traffic of which it is known who clicked: what the lens makes of it
  shots [html]     screenshots of every view into target/shots/
  suffixes <list>  packs a newer public suffix list (public_suffix_list.dat) for the core
  pack             used by Trunk: writes the one page over the staged index.html
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    let outcome = match command {
        "serve" => serve::serve(rest),
        "dist" => dist::dist().map(drop),
        "pack" => pack::hook(),
        "size" => size::size(),
        "test" => test::test(rest),
        "suffixes" => suffixes::suffixes(rest),
        "truth" => truth::truth(rest),
        "fuzz" => fuzz::fuzz(rest),
        "bench" if rest.first().is_some_and(|what| what == "lens") => test::bench_lens(),
        "bench" => test::browser_program("bench", rest),
        "shots" => test::browser_program("shots", rest),
        "help" | "-h" | "--help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
