//! The `netlab` program: everything is in the library, see [`netlab::cli`].

fn main() -> std::process::ExitCode {
    netlab::cli::main()
}
