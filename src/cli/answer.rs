//! The answer to a lab's question, as it is printed after a run and for a file.

use super::fail::Failure;
use super::meant;
use super::out::Output;
use super::world::World;
use crate::lab::{self, Evidence, Lab};
use crate::render::wrap;
use crate::text::phrase::phrase;

phrase! {
    unknown_lab(id): "there is no lab {id}", "não existe o lab {id}";
    known_labs(known): "the labs are: {known}", "os labs são: {known}";
}

/// The lab named `id`.
pub(super) fn find(id: &str, world: &World) -> Result<&'static Lab, Failure> {
    lab::find(id).ok_or_else(|| {
        let known: Vec<_> = lab::ALL.iter().map(|lab| lab.id).collect();
        Failure::usage(
            unknown_lab(world.lang, format!("{id:?}")).to_string(),
            meant::or_list(
                id,
                &known,
                known_labs(world.lang, known.join(" ")).to_string(),
                world.lang,
            ),
        )
    })
}

/// Shows the answer to the lab's question: on standard output, or, where that holds data, on
/// standard error. Returns whether the capture shows what the lab is about.
pub(super) fn show(
    lab: &Lab,
    evidence: &Evidence,
    on_stdout: bool,
    world: &World,
) -> Result<bool, Failure> {
    let answer = lab::answer(lab, evidence, world.lang);
    let mut text = format!("\n{}\n", lab.question.get(world.lang));
    for line in &answer.lines {
        text.push_str("  ");
        text.push_str(line);
        text.push('\n');
    }
    if on_stdout {
        let mut out = Output::stdout(world.lang);
        let text = match world.width {
            Some(width) => wrap::lines(&text, width),
            None => text,
        };
        out.buffer.extend_from_slice(text.as_bytes());
        out.flush()?;
    } else {
        world.note(text.trim_end());
    }
    Ok(answer.shown)
}
