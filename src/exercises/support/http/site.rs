//! The files that are served: those of a folder, or a small site that netlab brings along.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use super::error::HttpError;
use super::media::type_of;
use super::target::{Target, folder_path};

/// Where the files are.
#[derive(Debug)]
pub(in crate::exercises) enum Site {
    /// In the program itself.
    Bundled,
    /// Below this folder. It stays open, and the system itself opens nothing outside of it,
    /// whatever happens to the names below it meanwhile.
    Folder(Dir),
}

/// What a path names.
#[derive(Debug)]
pub(in crate::exercises) enum Found {
    /// A file.
    File(Content, &'static str),
    /// A folder that was named without its slash; this is its path with it.
    Moved(String),
    /// Nothing.
    Nothing,
    /// Something that may not be read.
    Forbidden,
}

/// The bytes of a file.
#[derive(Debug)]
pub(in crate::exercises) enum Content {
    /// Here.
    Here(&'static [u8]),
    /// In an open file of this length.
    File(File, u64),
}

impl Content {
    /// How many bytes it has.
    pub(in crate::exercises) fn len(&self) -> u64 {
        match self {
            Content::Here(bytes) => bytes.len() as u64,
            Content::File(_, len) => *len,
        }
    }
}

/// The bundled site: path without the first slash, content.
static BUNDLED: &[(&str, &[u8])] = &[
    ("index.html", include_bytes!("../../site/index.html")),
    ("about/index.html", include_bytes!("../../site/about.html")),
    ("style.css", include_bytes!("../../site/style.css")),
    ("handshake.svg", include_bytes!("../../site/handshake.svg")),
];

const INDEX: &str = "index.html";

impl Site {
    /// The site below `root`, or the bundled one.
    ///
    /// # Errors
    /// [`HttpError::Root`] where it is no folder.
    pub(in crate::exercises) fn open(root: Option<&Path>) -> Result<Self, HttpError> {
        let Some(root) = root else {
            return Ok(Self::Bundled);
        };
        let checked = Dir::open_ambient_dir(root, ambient_authority()).and_then(|folder| {
            // Reading it shows that this user may.
            folder.entries()?;
            Ok(folder)
        });
        match checked {
            Ok(folder) => Ok(Self::Folder(folder)),
            Err(cause) => Err(HttpError::Root {
                path: root.to_owned(),
                cause,
            }),
        }
    }

    /// What `target` names.
    pub(in crate::exercises) fn find(&self, target: &Target) -> Found {
        match self {
            Self::Bundled => bundled(target),
            Self::Folder(root) => match below(root, target) {
                Ok(found) => found,
                // What leads out of the folder is refused without a number of the system's.
                Err(error)
                    if error.kind() == io::ErrorKind::PermissionDenied
                        && error.raw_os_error().is_some() =>
                {
                    Found::Forbidden
                }
                Err(_) => Found::Nothing,
            },
        }
    }
}

fn bundled(target: &Target) -> Found {
    let path = target.segments.join("/");
    let index = match path.as_str() {
        "" => INDEX.to_owned(),
        path => format!("{path}/{INDEX}"),
    };
    let get = |name: &str| {
        BUNDLED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(name, bytes)| Found::File(Content::Here(bytes), type_of(name)))
    };
    match (get(&path), get(&index)) {
        (Some(file), _) if !target.folder => file,
        (_, Some(file)) if target.folder => file,
        (None, Some(_)) => moved(target),
        _ => Found::Nothing,
    }
}

fn below(root: &Dir, target: &Target) -> io::Result<Found> {
    let mut path: PathBuf = target.segments.iter().collect();
    if target.segments.is_empty() {
        path.push(".");
    }
    let mut file = open(root, &path)?;
    if file.metadata()?.is_dir() {
        if !target.folder {
            return Ok(moved(target));
        }
        path.push(INDEX);
        file = open(root, &path)?;
    } else if target.folder {
        return Ok(Found::Nothing);
    }
    let about = file.metadata()?;
    // A named pipe or a device would never end.
    if !about.is_file() {
        return Ok(Found::Nothing);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Found::File(
        Content::File(file, about.len()),
        type_of(&name),
    ))
}

/// Opens what lies below the folder. Symbolic links are followed as far as they stay below it.
fn open(root: &Dir, path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    // A named pipe is not waited for.
    #[cfg(unix)]
    cap_std::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    root.open_with(path, &options)
        .map(cap_std::fs::File::into_std)
}

fn moved(target: &Target) -> Found {
    Found::Moved(folder_path(&target.segments) + &target.query)
}
