//! Which process has which socket.

use std::collections::HashMap;
use std::{fmt, fs};

/// A process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Its number.
    pub pid: u32,
    /// Its name, as `ps` shows it.
    pub name: String,
}

impl fmt::Display for Owner {
    /// `python3 (4711)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.pid)
    }
}

/// The process that has each socket, by the number of the socket (its inode), as far as this user
/// may see: one's own processes, everybody's as root. Of several processes with the same socket it
/// is the oldest.
pub fn owners() -> HashMap<u32, Owner> {
    let mut owners = HashMap::new();
    let Ok(processes) = fs::read_dir("/proc") else {
        return owners;
    };
    let numbers = processes.flatten();
    let mut numbers: Vec<u32> = numbers
        .filter_map(|it| it.file_name().to_str()?.parse().ok())
        .collect();
    numbers.sort_unstable();
    for pid in numbers {
        let Ok(files) = fs::read_dir(format!("/proc/{pid}/fd")) else {
            continue;
        };
        let targets = files
            .flatten()
            .filter_map(|it| fs::read_link(it.path()).ok());
        let sockets = targets.filter_map(|it| {
            let number = it.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?;
            number.parse().ok()
        });
        for inode in sockets {
            owners.entry(inode).or_insert_with(|| Owner {
                pid,
                name: fs::read_to_string(format!("/proc/{pid}/comm"))
                    .unwrap_or_default()
                    .trim_end()
                    .to_owned(),
            });
        }
    }
    owners
}
