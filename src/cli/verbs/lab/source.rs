//! `netlab lab ID --source LANGUAGE`: the exercise as a sheet would show it, and a run of just that.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use clap::ValueEnum;
use tempfile::TempDir;

use super::{LabArgs, once, yours};
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::world::World;
use crate::exercises::sources::{self, Language};
use crate::lab::Lab;
use crate::text::phrase::phrase;
use crate::text::system;

/// A language, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Source {
    Python,
    C,
    Rust,
}

phrase! {
    another(lab, exercise): "these are the programs of the exercise {exercise}; the lab {lab} runs calls of its own",
        "estes são os programas do exercício {exercise}; o lab {lab} executa chamadas próprias";
    no_compiler(program): "there is no {program} here to make these programs: netlab's own run instead",
        "não há {program} aqui para gerar estes programas: os do próprio netlab rodam no lugar";
    cannot_keep(cause): "the programs cannot be put into a temporary folder: {cause}",
        "os programas não podem ser postos em uma pasta temporária: {cause}";
    FREE_SPACE: "set TMPDIR to a folder that is yours", "aponte TMPDIR para uma pasta sua";
}

/// Shows the programs, and runs the lab with them where they are all that it runs.
pub(super) fn run(lab: &Lab, args: &LabArgs, source: Source, world: &World) -> Result<(), Failure> {
    let language = match source {
        Source::Python => Language::Python,
        Source::C => Language::C,
        Source::Rust => Language::Rust,
    };
    let Some(texts) = sources::of(lab.exercise.id, language) else {
        return once::run(lab, args, world);
    };
    if args.rows.table.format.is_none() && args.rows.table.output.is_none() {
        show(texts, language, world)?;
    }
    if lab.id != lab.exercise.id {
        let exercise = lab.exercise.id;
        world.note(&format!(
            "netlab: {}",
            another(world.lang, lab.id, exercise)
        ));
        return once::run(lab, args, world);
    }
    let kept = keep(texts, language).map_err(|cause| {
        let cause = cannot_keep(world.lang, system::cause(&cause, world.lang));
        Failure::new(FAILED, cause.to_string(), FREE_SPACE.get(world.lang))
    })?;
    let port = args.server.port.map(|port| format!(" {port}"));
    match commands(&kept, language) {
        Ok(commands) => {
            let port = port.unwrap_or_default();
            let commands = commands.map(|command| Some(command + &port));
            yours::run(lab, args, &commands, world)
        }
        Err(program) => {
            world.note(&format!("netlab: {}", no_compiler(world.lang, program)));
            once::run(lab, args, world)
        }
    }
}

/// Writes both programs with the numbers of their lines.
fn show(texts: [&str; 2], language: Language, world: &World) -> Result<(), Failure> {
    let mut out = Output::stdout(world.lang);
    for (name, text) in ["server", "client"].into_iter().zip(texts) {
        let _ = writeln!(out.buffer, "── {name}.{}", language.suffix());
        for (place, line) in text.lines().enumerate() {
            let _ = writeln!(out.buffer, "{:3}  {line}", place + 1);
        }
        out.buffer.push(b'\n');
    }
    out.flush()
}

/// Puts both programs into a folder that goes with the value.
fn keep(texts: [&str; 2], language: Language) -> std::io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    for (name, text) in ["server", "client"].into_iter().zip(texts) {
        let file = folder.path().join(name).with_extension(language.suffix());
        std::fs::write(file, text)?;
    }
    Ok(folder)
}

/// The commands that run them, made first where they have to be; else what makes them is missing.
fn commands(folder: &TempDir, language: Language) -> Result<[String; 2], &'static str> {
    let path = folder.path();
    let command = |name: &str| -> Option<String> {
        let (file, made) = (
            path.join(name).with_extension(language.suffix()),
            path.join(name),
        );
        let shown = |path: &Path| path.display().to_string();
        match language {
            Language::Python => {
                quietly(Command::new("python3").arg("--version"))?;
                return Some(format!("python3 {}", shown(&file)));
            }
            Language::C => quietly(
                Command::new("cc")
                    .arg("-o")
                    .arg(&made)
                    .arg(&file)
                    .arg("-pthread"),
            ),
            Language::Rust => quietly(
                Command::new("rustc")
                    .args(["--edition", "2021", "-o"])
                    .arg(&made)
                    .arg(&file),
            ),
        }?;
        Some(shown(&made))
    };
    match (command("server"), command("client")) {
        (Some(server), Some(client)) => Ok([server, client]),
        _ => Err(match language {
            Language::Python => "python3",
            Language::C => "cc",
            Language::Rust => "rustc",
        }),
    }
}

/// Runs a command that has nothing to say; `None` where it fails.
fn quietly(command: &mut Command) -> Option<()> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.stdin(Stdio::null()).status().ok()?;
    status.success().then_some(())
}
