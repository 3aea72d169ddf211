//! What several tests need.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use netlab::source::file::FileSource;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends in `.suffix`, sorted.
pub(crate) fn files(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, suffix));
        } else if path
            .extension()
            .is_some_and(|extension| extension == suffix)
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A folder of what lies beside the repository (`../shared`, or where `NETLAB_SHARED` says).
pub(crate) fn shared(part: &str) -> PathBuf {
    std::env::var_os("NETLAB_SHARED")
        .map_or_else(|| root().join("../shared"), PathBuf::from)
        .join(part)
}

/// Every capture of the corpus, sorted: other people's, in `../shared/corpus`.
pub(crate) fn corpus() -> Vec<PathBuf> {
    let mut found = Vec::new();
    below(&shared("corpus"), &mut found);
    found.retain(|path| {
        let suffix = path.extension().and_then(|suffix| suffix.to_str());
        !matches!(suffix, Some("tsv" | "md"))
    });
    found.sort();
    found
}

/// Every capture of the corpus that can be opened, with its path.
pub(crate) fn sources() -> impl Iterator<Item = (String, FileSource)> {
    corpus().into_iter().filter_map(|path| {
        let path = path.to_string_lossy().into_owned();
        let source = FileSource::open(&path).ok()?;
        Some((path, source))
    })
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        match path.is_dir() {
            true => below(&path, found),
            false => found.push(path),
        }
    }
}

/// A path below the root, as it is written in messages.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The program, in an environment that decides nothing for it.
pub(crate) fn netlab() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netlab"));
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "TZ",
        "NETLAB_WIRESHARK",
    ] {
        command.env_remove(name);
    }
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub(crate) fn run(args: &[&str]) -> Output {
    netlab().args(args).output().expect("the program starts")
}

/// Standard output of a run as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// Standard error of a run as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// A folder of a test's own, gone when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes it. `name` says in a listing whose it is; two of one name are two folders.
    pub(crate) fn new(name: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let (process, number) = (std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(format!("netlab-{process}-{number}-{name}"));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    /// The path of a file in it.
    pub(crate) fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
