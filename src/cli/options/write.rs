//! `-w FILE`: the packets as they are, into a capture file.

use std::path::Path;

use clap::Args;

use crate::cli::exit::Exit;
use crate::cli::fail::Failure;
use crate::cli::out;
use crate::cli::words;
use crate::cli::world::World;
use crate::model::frame::Frame;
use crate::source::file::{FileSource, Format};
use crate::source::live::LiveStats;
use crate::source::path;
use crate::source::save::{
    Description, Input, Inputs, STANDARD_OUTPUT, SaveError, SaveFormat, Saver, is_destroyed,
    is_same_place,
};
use crate::text::phrase::phrase;

phrase! {
    same_file(path): "{path} is the file that is read: writing to it would destroy it",
        "{path} é o arquivo que está sendo lido: gravar nele o destruiria";
    both(path): "-w and -o both name {path}: the packets and the rows cannot be in one file",
        "-w e -o indicam o mesmo arquivo, {path}: os pacotes e as linhas não cabem em um só";
    other_file(option): "give {option} another name", "dê outro nome a {option}";
    ROWS: "rows of text tell of packets and do not hold them: there is nothing to write",
        "linhas de texto falam de pacotes e não os contêm: não há o que gravar";
    ROWS_HINT: "give the capture file itself", "indique o próprio arquivo de captura";
    NO_PLACE: "calls can be kept in a pcapng file only",
        "as chamadas só podem ser guardadas em um arquivo pcapng";
    NAME_IT: "give -w a file that ends in .pcapng", "dê a -w um arquivo que termine em .pcapng";
    ELSEWHERE: "send it to another file", "envie-a a outro arquivo";
}

/// Where the packets are kept.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct WriteArgs {
    #[arg(short = 'w', long = "write", value_name = "FILE", help = words::WRITE.en)]
    write: Option<String>,
}

/// The capture file that is being written, where one was asked for.
pub(in crate::cli) struct Kept {
    saver: Option<Saver>,
    world: World,
}

impl WriteArgs {
    /// Whether standard output holds the packets, so that nothing else may be written there.
    pub(in crate::cli) fn takes_stdout(&self) -> bool {
        self.write.as_deref() == Some(STANDARD_OUTPUT)
    }

    /// Whether the packets go to a file that can hold calls beside them.
    pub(in crate::cli) fn is_pcapng(&self) -> bool {
        let path = self.write.as_deref();
        path.is_some_and(|it| SaveFormat::of(it).is_ok_and(|it| it == SaveFormat::Pcapng))
    }

    /// Refuses calls in a file that has no place for them.
    pub(in crate::cli) fn holds_calls(&self, calls: bool, world: &World) -> Result<(), Failure> {
        if !calls || self.is_pcapng() {
            return Ok(());
        }
        let (cause, hint) = (NO_PLACE.get(world.lang), NAME_IT.get(world.lang));
        Err(Failure::usage(cause, hint))
    }

    /// Refuses to write over the file that is read.
    pub(in crate::cli) fn spare(&self, input: &str, world: &World) -> Result<(), Failure> {
        match self.write.as_deref() {
            Some(path) => spare(input, path, "-w", world),
            None => Ok(()),
        }
    }

    /// Refuses packets and rows in one file, which the later of both would be all of.
    pub(in crate::cli) fn apart(&self, rows: Option<&Path>, world: &World) -> Result<(), Failure> {
        match (&self.write, rows) {
            (Some(path), Some(rows)) if is_same_place(Path::new(path), rows) => {
                Err(Failure::usage(
                    both(world.lang, path).to_string(),
                    other_file(world.lang, "-o").to_string(),
                ))
            }
            _ => Ok(()),
        }
    }

    /// Begins the file of a live capture, before anything is captured.
    pub(in crate::cli) fn begin_live(
        &self,
        interface: &Description<'_>,
        world: &World,
    ) -> Result<Kept, Failure> {
        let input = Input::Live {
            link: interface.link,
            decimals: interface.decimals,
        };
        let mut kept = self.begin(input, world)?;
        if let Some(saver) = &mut kept.saver {
            let described = saver.describe(interface);
            described.map_err(|error| failure(&error, world))?;
        }
        Ok(kept)
    }

    /// Begins the file of what is read: rows of text cannot be written.
    pub(in crate::cli) fn begin_from(
        &self,
        source: &FileSource,
        world: &World,
    ) -> Result<Kept, Failure> {
        if self.write.is_some() && source.facts().format == Format::Text {
            return Err(no_packets(world));
        }
        let link = source.facts().interfaces.first().and_then(|it| it.link);
        self.begin(Input::File { link }, world)
    }

    /// Begins the file.
    pub(in crate::cli) fn begin(&self, input: Input, world: &World) -> Result<Kept, Failure> {
        let saver = self.write.as_deref().map(|path| Saver::create(path, input));
        let saver = saver.transpose().map_err(|error| failure(&error, world))?;
        Ok(Kept {
            saver,
            world: world.clone(),
        })
    }
}

impl Kept {
    /// Whether there is a file at all.
    pub(in crate::cli) fn is_there(&self) -> bool {
        self.saver.is_some()
    }

    /// The capture file, where that is an ordinary one: whoever takes the packets writes it, at
    /// no reader's pace. What goes to a pipe stays here.
    pub(in crate::cli) fn take_file(&mut self) -> Option<Saver> {
        let mut file = self.saver.take_if(|saver| saver.is_file())?;
        file.in_batches();
        Some(file)
    }

    /// Keeps a frame.
    pub(in crate::cli) fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Failure> {
        match &mut self.saver {
            Some(saver) => saver
                .write(frame)
                .map_err(|error| failure(&error, &self.world)),
            None => Ok(()),
        }
    }

    /// Keeps a frame with a comment.
    pub(in crate::cli) fn commented(
        &mut self,
        frame: &Frame<'_>,
        comment: &str,
    ) -> Result<(), Failure> {
        match &mut self.saver {
            Some(saver) => saver
                .write_commented(frame, comment)
                .map_err(|error| failure(&error, &self.world)),
            None => Ok(()),
        }
    }

    /// Keeps an entry of a journal between the frames.
    pub(in crate::cli) fn entry(&mut self, entry: &[u8]) -> Result<(), Failure> {
        match &mut self.saver {
            Some(saver) => saver
                .entry(entry)
                .map_err(|error| failure(&error, &self.world)),
            None => Ok(()),
        }
    }

    /// Keeps a frame of a file with what stands in front of it there.
    #[inline]
    pub(in crate::cli) fn whole(&mut self, frame: &Frame<'_>, bytes: &[u8]) -> Result<(), Failure> {
        if self.saver.is_none() {
            return Ok(());
        }
        let about =
            u32::try_from(bytes.len().saturating_sub(frame.bytes.len())).unwrap_or_default();
        self.frame(&Frame {
            bytes,
            wire_len: frame.wire_len.saturating_add(about),
            ..*frame
        })
    }

    /// Sends out what waits.
    pub(in crate::cli) fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.saver {
            Some(saver) => saver.flush().map_err(|error| failure(&error, &self.world)),
            None => Ok(()),
        }
    }

    /// Notes at the end of a live capture what the kernel counted.
    pub(in crate::cli) fn count(&mut self, stats: LiveStats) -> Result<(), Failure> {
        match &mut self.saver {
            Some(saver) => saver
                .count(&stats.interface_counts())
                .map_err(|error| failure(&error, &self.world)),
            None => Ok(()),
        }
    }

    /// Ends the file.
    pub(in crate::cli) fn finish(self) -> Result<(), Failure> {
        let Self { saver, world } = self;
        let finished = saver.map_or(Ok(()), Saver::finish);
        finished.map_err(|error| failure(&error, &world))
    }
}

/// Refuses to write to `output`, which `option` names, where that is the file that is read.
pub(in crate::cli) fn spare(
    input: &str,
    output: &str,
    option: &str,
    world: &World,
) -> Result<(), Failure> {
    spare_each(&Inputs::of(&[input]), output, option, world)
}

/// Refuses to write to `output`, which `option` names, where that is one of the files that are read.
fn spare_each(read: &Inputs, output: &str, option: &str, world: &World) -> Result<(), Failure> {
    if !read.has(output) {
        return Ok(());
    }
    let lang = world.lang;
    Err(match output {
        STANDARD_OUTPUT => Failure::usage(
            same_file(lang, out::STANDARD_OUTPUT.get(lang)).to_string(),
            ELSEWHERE.get(lang),
        ),
        path => Failure::usage(
            same_file(lang, &path).to_string(),
            other_file(lang, &option).to_string(),
        ),
    })
}

/// The same for what goes to a file with `-o`, or to standard output.
pub(in crate::cli) fn spare_output(
    inputs: &[String],
    output: Option<&Path>,
    world: &World,
) -> Result<(), Failure> {
    match is_destroyed(&named(output)) {
        true => spare_inputs(&Inputs::of(inputs), output, world),
        false => Ok(()),
    }
}

/// The same of inputs that are known.
pub(in crate::cli) fn spare_inputs(
    read: &Inputs,
    output: Option<&Path>,
    world: &World,
) -> Result<(), Failure> {
    spare_each(read, &named(output), "-o", world)
}

/// What a message calls the output.
fn named(output: Option<&Path>) -> String {
    output.map_or(STANDARD_OUTPUT.into(), |it| path::named(it.as_os_str()))
}

/// An error of writing as the end of the process.
pub(in crate::cli) fn failure(error: &SaveError, world: &World) -> Failure {
    if matches!(error, SaveError::NobodyReads { .. }) {
        return Failure::BrokenPipe;
    }
    Failure::new(
        error.exit_code(),
        error.message(world.lang),
        error.hint(world.lang),
    )
}

/// Rows of text are no packets that could be written.
pub(in crate::cli) fn no_packets(world: &World) -> Failure {
    Failure::usage(ROWS.get(world.lang), ROWS_HINT.get(world.lang))
}
