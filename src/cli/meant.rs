//! What somebody meant who typed something else: a name that is near, a lab or a file where a
//! command should stand.

use std::ffi::OsString;
use std::path::Path;

use crate::exercises;
use crate::lab;
use crate::source::STANDARD_INPUT;
use crate::text::Lang;
use crate::text::near::near;
use crate::text::phrase::phrase;

phrase! {
    did_you_mean(it): "did you mean {it}?", "você quis dizer {it}?";
}

/// Asks whether `it` was meant.
pub(super) fn ask(it: &str, lang: Lang) -> String {
    did_you_mean(lang, &it).to_string()
}

/// Asks whether the one of `known` was meant that is near `name`, in front of the `hint` that
/// lists them.
pub(super) fn or_list(name: &str, known: &[&str], hint: String, lang: Lang) -> String {
    match near(name, known.iter().copied()) {
        Some(it) => format!("{}\n{hint}", ask(it, lang)),
        None => hint,
    }
}

/// The command that somebody meant who typed the name of a lab or of an exercise in its place.
pub(super) fn command(name: &str) -> Option<String> {
    if lab::find(name).is_some() {
        return Some(format!("netlab lab {name}"));
    }
    exercises::find(name).map(|exercise| format!("netlab serve {}", exercise.id))
}

/// The same for a name that is only near that of a lab.
pub(super) fn near_command(name: &str) -> Option<String> {
    near(name, lab::ALL.iter().map(|lab| lab.id)).map(|id| format!("netlab lab {id}"))
}

/// The arguments with `replay` in front of a capture file that stands where a command should.
pub(super) fn replay(args: &[OsString]) -> Option<Vec<OsString>> {
    let mut place = 1;
    while let Some(option) = args.get(place)?.to_str().filter(|arg| is_option(arg)) {
        let takes_next = ["--lang", "--color"].contains(&option);
        place += if takes_next { 2 } else { 1 };
    }
    is_capture(args.get(place)?.as_ref()).then(|| {
        let mut args = args.to_vec();
        args.insert(place, "replay".into());
        args
    })
}

fn is_option(arg: &str) -> bool {
    arg.starts_with('-') && arg != STANDARD_INPUT
}

/// Whether a word is a file, or at least called as captures are.
fn is_capture(path: &Path) -> bool {
    const SUFFIXES: [&str; 5] = ["pcap", "pcapng", "cap", "ntar", "dmp"];
    const PACKED: [&str; 3] = ["gz", "zst", "lz4"];
    let suffix = |path: &Path, known: &[&str]| {
        let suffix = path.extension().and_then(|suffix| suffix.to_str());
        suffix.is_some_and(|it| known.iter().any(|known| it.eq_ignore_ascii_case(known)))
    };
    let unpacked = path.file_stem().map(Path::new);
    path == Path::new(STANDARD_INPUT)
        || path.is_file()
        || suffix(path, &SUFFIXES)
        || (suffix(path, &PACKED) && unpacked.is_some_and(|path| suffix(path, &SUFFIXES)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Option<String> {
        let args: Vec<OsString> = line.split(' ').map(Into::into).collect();
        let args = replay(&args)?.join(std::ffi::OsStr::new(" "));
        args.into_string().ok()
    }

    #[test]
    fn a_capture_where_a_command_should_stand_is_replayed() {
        let yes = |line: &str| typed(line).unwrap_or_default();
        assert_eq!(yes("netlab a.pcap -q"), "netlab replay a.pcap -q");
        assert_eq!(
            yes("netlab --lang pt a.pcapng.gz"),
            "netlab --lang pt replay a.pcapng.gz"
        );
        assert_eq!(yes("netlab --lang=pt -"), "netlab --lang=pt replay -");
        assert_eq!(typed("netlab rplay"), None);
        assert_eq!(typed("netlab notes.gz"), None);
        assert_eq!(typed("netlab --color"), None);
    }
}
