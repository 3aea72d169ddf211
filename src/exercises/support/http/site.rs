//! The files that are served: those of a folder, or a small site that netlab brings along.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::HttpError;
use super::media::type_of;
use super::target::{Target, folder_path};

/// Where the files are.
#[derive(Debug)]
pub(in crate::exercises) enum Site {
    /// In the program itself.
    Bundled,
    /// Below this folder, whose path has no symbolic links left in it.
    Folder(PathBuf),
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
        let checked = fs::canonicalize(root).and_then(|path| {
            // Reading it shows that it is a folder, and that this user may.
            fs::read_dir(&path)?;
            Ok(path)
        });
        match checked {
            Ok(path) => Ok(Self::Folder(path)),
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
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Found::Forbidden,
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

fn below(root: &Path, target: &Target) -> io::Result<Found> {
    let mut path = root.to_owned();
    path.extend(&target.segments);
    // Symbolic links are followed to their ends, which have to lie below the root as well.
    let mut path = fs::canonicalize(path)?;
    if !path.starts_with(root) {
        return Ok(Found::Nothing);
    }
    let mut kind = fs::metadata(&path)?;
    if kind.is_dir() {
        if !target.folder {
            return Ok(moved(target));
        }
        path = fs::canonicalize(path.join(INDEX))?;
        kind = fs::metadata(&path)?;
        if !path.starts_with(root) {
            return Ok(Found::Nothing);
        }
    } else if target.folder {
        return Ok(Found::Nothing);
    }
    // A named pipe or a device would block, or never end.
    if !kind.is_file() {
        return Ok(Found::Nothing);
    }
    let file = File::open(&path)?;
    let len = file.metadata()?.len();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Found::File(Content::File(file, len), type_of(&name)))
}

fn moved(target: &Target) -> Found {
    Found::Moved(folder_path(&target.segments) + &target.query)
}
