//! The lines of the source at which Python programs make their calls: `sitecustomize.py`, which
//! Python runs before the program.

use std::ffi::OsString;
use std::fs;
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

/// What Python looks for in the folders of PYTHONPATH.
const NAME: &str = "sitecustomize.py";

/// What a traceback says of it, which is none of the user's code.
pub(super) fn is_ours(line: &str) -> bool {
    line.trim_start().starts_with("File \"<netlab>\", line ")
}

/// The file in a folder of its own, which goes away with this value.
#[derive(Debug)]
pub struct Lines(PathBuf);

impl Lines {
    /// Writes the file.
    ///
    /// # Errors
    /// Where no temporary folder can be made.
    pub fn prepare() -> io::Result<Self> {
        let name = format!("netlab-run-{}", std::process::id());
        let lines = Self(std::env::temp_dir().join(name));
        DirBuilder::new().mode(0o700).create(&lines.0)?;
        fs::write(lines.0.join(NAME), include_str!("sitecustomize.py"))?;
        Ok(lines)
    }

    /// The variable that leads Python there, in front of the user's own folders.
    pub fn env(&self) -> (&'static str, OsString) {
        const NAME: &str = "PYTHONPATH";
        let mut folders = self.0.clone().into_os_string();
        if let Some(own) = std::env::var_os(NAME).filter(|it| !it.is_empty()) {
            folders.push(":");
            folders.push(own);
        }
        (NAME, folders)
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
