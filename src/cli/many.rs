//! Many files: which ones, on every core, with results in their order.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::exit::UNREADABLE;
use super::fail::Failure;
use super::matched;
use super::progress::{Progress, now};
use super::world::World;
use crate::sandbox::{self, Keep};
use crate::source::error::SourceError;
use crate::source::path;
use crate::source::save;
use crate::text::phrase::phrase;

/// How many results each worker may be ahead of the one that is waited for.
const AHEAD: usize = 16;
/// How many items a worker takes at once at most, where one takes no longer than this: handing them
/// out one by one would take longer than the work.
const SMALL: (usize, Duration) = (16, Duration::from_micros(500));

/// What the names of captures end with, a packed one before its `.gz`, `.zst` or `.lz4`.
const CAPTURES: &[&str] = &["pcap", "pcapng", "cap", "dmp", "ntar", "txt"];
const PACKED: &[&str] = &["gz", "zst", "lz4"];

phrase! {
    no_captures(path): "{path} has no captures", "{path} não tem capturas";
    NO_CAPTURES_HINT: "their names end with .pcap, .pcapng, .cap or .txt, packed ones with .gz, .zst or .lz4 behind it; name other files one by one",
        "os nomes delas terminam com .pcap, .pcapng, .cap ou .txt, e os das compactadas com .gz, .zst ou .lz4 depois; indique outros arquivos um a um";
    left_out(path, why): "{path} was left out: {why}", "{path} ficou de fora: {why}";
    no_captures_by_name(count; names):
        "1 file in the folders is no capture by its name and was left out: {names}"
            | "{count} files in the folders are no captures by their names and were left out: {names}",
        "1 arquivo das pastas não é captura pelo nome e ficou de fora: {names}"
            | "{count} arquivos das pastas não são capturas pelo nome e ficaram de fora: {names}";
}

/// Says that a file is left out, and why; how the process should end.
pub(super) fn leave_out(path: &str, why: impl Display, world: &World) -> Failure {
    world.warn(&left_out(world.lang, path, why).to_string());
    Failure::Told { code: UNREADABLE }
}

/// The files that were named, in place of a folder the captures in it and below it, by name.
pub(super) fn inputs(names: &[String], world: &World) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    let mut others = Others::default();
    for name in names {
        if !path::of(name).is_dir() {
            files.push(name.clone());
            continue;
        }
        let before = files.len();
        folder(name, &mut files, &mut others).map_err(|cause| {
            let error = SourceError::io(name, cause);
            super::files::failure(&error, world)
        })?;
        if files.len() == before {
            let hint = NO_CAPTURES_HINT.get(world.lang);
            let cause = no_captures(world.lang, name).to_string();
            return Err(Failure::new(UNREADABLE, cause, hint));
        }
    }
    if others.count > 0 {
        let some = matched::list(&others.first, others.count, world.lang);
        let text = no_captures_by_name(world.lang, others.count, some);
        world.note(&format!("netlab: {text}"));
    }
    Ok(files)
}

/// The files of folders that are no captures by their names.
#[derive(Default)]
struct Others {
    count: u64,
    first: Vec<String>,
}

/// How many of them are named.
const NAMED: usize = 4;

/// Adds the captures of a folder, and the other files that it has.
fn folder(name: &str, files: &mut Vec<String>, others: &mut Others) -> std::io::Result<()> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path::of(name))? {
        let entry = entry?;
        let name = path::named(&entry.file_name());
        if !name.starts_with('.') {
            names.push((name, entry.file_type()?));
        }
    }
    names.sort_by(|a, b| a.0.cmp(&b.0));
    for (entry, kind) in names {
        let inside = format!("{}/{entry}", name.trim_end_matches('/'));
        match kind.is_dir() {
            true => folder(&inside, files, others)?,
            false if is_capture(&entry) => files.push(inside),
            false => {
                others.count += 1;
                if others.first.len() < NAMED {
                    others.first.push(inside);
                }
            }
        }
    }
    Ok(())
}

fn is_capture(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let parts: Vec<&str> = name.rsplit('.').collect();
    let packed = parts.first().is_some_and(|it| PACKED.contains(it)) && parts.len() > 2;
    let suffix = parts.get(usize::from(packed));
    parts.len() > 1 && suffix.is_some_and(|it| CAPTURES.contains(it))
}

/// The name of a file without folder and suffixes.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let packed = name.rsplit_once('.').filter(|(_, it)| PACKED.contains(it));
    let name = packed.map_or(name, |(stem, _)| stem);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Gives up what reading many files does not need: they stay readable, and nothing is written but
/// what is to be at `output`, and files beside it.
pub(super) fn enclose(output: Option<&Path>) {
    sandbox::give_up(Keep {
        files: true,
        ..Keep::default()
    });
    sandbox::confine_writing(output.map(save::folder).as_slice());
}

/// What workers and the one who takes their results share.
struct Shared<R> {
    /// The next item that nobody works on.
    next: usize,
    /// How many results were taken.
    taken: usize,
    /// Results of items that follow each other, by the place of the first.
    done: BTreeMap<usize, Vec<R>>,
    /// Nobody wants more.
    over: bool,
}

/// Does `work` on every item, as many at a time as there are cores, and hands each result to
/// `take` in the order of the items. An error of `take` ends it.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    world: &World,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = cores.min(items.len());
    let mut progress = Progress::files(items.len(), world);
    if workers < 2 {
        return items.iter().try_for_each(|item| {
            let result = take(work(item));
            progress.file();
            result
        });
    }
    let shared = Mutex::new(Shared {
        next: 0,
        taken: 0,
        done: BTreeMap::new(),
        over: false,
    });
    let news = Condvar::new();
    let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    let wait = |guard| news.wait(guard).unwrap_or_else(PoisonError::into_inner);
    // The next items for a worker; `None` where there are none, or nobody wants them.
    let claim = |most: usize| {
        let mut state: MutexGuard<'_, Shared<R>> = lock();
        let ahead = (AHEAD * workers).max(4 * most * workers);
        while !state.over && state.next < items.len() && state.next >= state.taken + ahead {
            state = wait(state);
        }
        let place = state.next;
        let end = items.len().min(place + most);
        let some = items.get(place..end)?;
        state.next = end;
        (!state.over && !some.is_empty()).then_some((place, some))
    };
    let worker = || {
        own_descriptors();
        let mut most = 1;
        while let Some((place, some)) = claim(most) {
            let began = now();
            let results = some.iter().map(&work).collect();
            most = match began.elapsed() < SMALL.1 * u32::try_from(some.len()).unwrap_or(1) {
                true => (2 * most).min(SMALL.0),
                false => 1,
            };
            lock().done.insert(place, results);
            news.notify_all();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(worker);
        }
        let (mut outcome, mut place) = (Ok(()), 0);
        while outcome.is_ok() && place < items.len() {
            let mut state = lock();
            let results = loop {
                match state.done.remove(&place) {
                    Some(results) => break results,
                    None => state = wait(state),
                }
            };
            place += results.len();
            state.taken = place;
            drop(state);
            news.notify_all();
            outcome = results.into_iter().try_for_each(|result| {
                let taken = take(result);
                progress.file();
                taken
            });
        }
        lock().over = true;
        news.notify_all();
        outcome
    })
}

/// Gives this thread a table of open files of its own (unshare(2), CLONE_FILES): in a shared one the
/// system locks each opening and closing, which of small files takes as long as reading them. So no
/// open file may leave the worker that opened it. Where it is not allowed, the table stays shared.
fn own_descriptors() {
    #[cfg(target_os = "linux")]
    let _ = nix::sched::unshare(nix::sched::CloneFlags::CLONE_FILES);
}

#[cfg(test)]
mod tests {
    use super::{is_capture, stem};

    #[test]
    fn captures_are_known_by_their_names() {
        for name in ["a.pcap", "A.PCAPNG", "a.pcapng.gz", "rows.txt", "a.b.cap"] {
            assert!(is_capture(name), "{name}");
        }
        for name in ["a.toml", "pcap", "a.gz", "a.pcap.exe", "gz.gz", "a.pdf"] {
            assert!(!is_capture(name), "{name}");
        }
    }

    #[test]
    fn a_stem_is_the_name_without_folder_and_suffixes() {
        assert_eq!(stem("class/ana.pcapng.gz"), "ana");
        assert_eq!(stem("ana.silva.pcap"), "ana.silva");
        assert_eq!(stem("ana"), "ana");
    }
}
