//! The lines of the source at which Python programs make their calls: `sitecustomize.py`, which
//! Python runs before the program.

use std::ffi::OsString;
use std::fs;
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

/// What Python looks for in the folders of PYTHONPATH.
const NAME: &str = "sitecustomize.py";

/// What a traceback says of it, which is none of the user's code.
pub(super) fn is_ours(line: &str) -> bool {
    line.trim_start().starts_with("File \"<netlab>\", line ")
}

/// The file in a folder of its own, which goes away with this value, and with netlab, however that
/// ends: a shell waits for it.
#[derive(Debug)]
pub struct Lines {
    folder: PathBuf,
    /// Ends when netlab does, and removes the folder then.
    keeper: Option<Child>,
}

impl Lines {
    /// Writes the file.
    ///
    /// # Errors
    /// Where no temporary folder can be made.
    pub fn prepare() -> io::Result<Self> {
        let name = format!("netlab-run-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        DirBuilder::new().mode(0o700).create(&folder)?;
        let keeper = Command::new("sh")
            .args(["-c", "trap '' INT HUP TERM; read -r _; rm -rf -- \"$0\""])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        let lines = Self {
            folder,
            keeper: keeper.ok(),
        };
        fs::write(lines.folder.join(NAME), include_str!("sitecustomize.py"))?;
        Ok(lines)
    }

    /// The variable that leads Python there, in front of the user's own folders.
    pub fn env(&self) -> (&'static str, OsString) {
        const NAME: &str = "PYTHONPATH";
        let mut folders = self.folder.clone().into_os_string();
        if let Some(own) = std::env::var_os(NAME).filter(|it| !it.is_empty()) {
            folders.push(":");
            folders.push(own);
        }
        (NAME, folders)
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
        // Its input ends here, and so does it; the tracer may have waited for it already.
        drop(self.keeper.take());
    }
}
