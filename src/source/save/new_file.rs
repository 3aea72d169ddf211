//! A file that is written beside the one it is to replace, and takes its name when it is whole:
//! a full disk, an error or a kill leaves the older file as it was.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

/// A file that gets its name at [`NewFile::publish`]; dropped before that, it is gone.
///
/// A symbolic link of that name is replaced, not followed. Devices, pipes and what /dev and /proc
/// lead to (`/dev/stdout`) are written to as they are.
#[derive(Debug)]
pub struct NewFile {
    file: File,
    place: Pending,
}

#[derive(Debug)]
enum Pending {
    /// In its folder and without any name, so that even a kill leaves nothing behind.
    Unnamed(PathBuf),
    /// Under a name of its own until then, where a system knows no files without one.
    Named(PathBuf, TempPath),
    /// Over the older file: the folder takes no other one.
    Over,
    /// Where it belongs.
    There,
}

impl NewFile {
    /// Begins the file that is to be at `path`.
    ///
    /// # Errors
    /// What the system says where it cannot be made, or where an older one may not be written.
    pub fn create(path: &Path) -> io::Result<Self> {
        let Ok(old) = path.symlink_metadata() else {
            return Self::beside(path);
        };
        if old.is_file() {
            let allowed = OpenOptions::new().write(true).open(path)?;
            return match Self::beside(path) {
                Ok(new) => {
                    new.take_after(&old);
                    Ok(new)
                }
                Err(cause) if cause.kind() == ErrorKind::PermissionDenied => Ok(Self {
                    file: allowed,
                    place: Pending::Over,
                }),
                Err(cause) => Err(cause),
            };
        }
        let leads_to_file = || path.metadata().map_or(true, |end| end.is_file());
        if old.is_symlink() && leads_to_file() && !is_of_system(path) {
            return Self::beside(path);
        }
        // Where the shell sends standard output to a file, that file goes on at its end.
        let file = OpenOptions::new().append(true).open(path)?;
        let place = Pending::There;
        Ok(Self { file, place })
    }

    /// The new file, in the folder of `path`.
    fn beside(path: &Path) -> io::Result<Self> {
        let folder = folder(path);
        let cause = match unnamed(folder) {
            Ok(file) => {
                let place = Pending::Unnamed(path.to_owned());
                return Ok(Self { file, place });
            }
            Err(cause) => cause,
        };
        // Its own error would name the temporary file.
        let named = named(folder).map_err(|other| match cause.kind() {
            ErrorKind::Unsupported => other,
            _ => cause,
        })?;
        let (file, name) = named.into_parts();
        let place = Pending::Named(path.to_owned(), name);
        Ok(Self { file, place })
    }

    /// Gives it the rights and, where the system allows that, the owner of the older file.
    fn take_after(&self, old: &fs::Metadata) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            let _ = fchown(&self.file, Some(old.uid()), Some(old.gid()));
        }
        let _ = self.file.set_permissions(old.permissions());
    }

    /// Puts it in its place, all at once. Whatever is written after that goes on there.
    ///
    /// # Errors
    /// What the system says. The older file is there still.
    pub fn publish(&mut self) -> io::Result<()> {
        self.named()?.publish()
    }

    /// Closes it. Until it gets its place it takes no descriptor.
    ///
    /// # Errors
    /// What the system says.
    pub fn close(mut self) -> io::Result<ClosedFile> {
        self.named()
    }

    /// What has to be moved still.
    fn named(&mut self) -> io::Result<ClosedFile> {
        Ok(ClosedFile(
            match std::mem::replace(&mut self.place, Pending::There) {
                Pending::There => None,
                Pending::Over => {
                    self.file.set_len(0)?;
                    None
                }
                Pending::Named(path, name) => Some((path, name)),
                Pending::Unnamed(path) => {
                    // A new name can be given to a file, one that is taken cannot: so it gets a
                    // new one, and that is moved.
                    let name = link(&self.file, folder(&path))?;
                    Some((path, name))
                }
            },
        ))
    }
}

/// A file that is written and has a name of its own until it gets its place; dropped before that, it
/// is gone.
#[derive(Debug)]
pub struct ClosedFile(Option<(PathBuf, TempPath)>);

impl ClosedFile {
    /// Puts it in its place, all at once.
    ///
    /// # Errors
    /// What the system says. The older file is there still.
    pub fn publish(self) -> io::Result<()> {
        let Some((path, name)) = self.0 else {
            return Ok(());
        };
        name.persist(path).map_err(|failed| failed.error)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if matches!(self.place, Pending::Over) {
            self.publish()?;
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The folder that holds what `path` names.
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether a link lies where the system keeps those to open files.
fn is_of_system(link: &Path) -> bool {
    let folder = folder(link).canonicalize().unwrap_or_default();
    ["/dev", "/proc"].iter().any(|own| folder.starts_with(own))
}

/// The builder of names; what the user may do with other new files decides about the rights.
fn names() -> Builder<'static, 'static> {
    let mut names = Builder::new();
    names.prefix(".netlab-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        names.permissions(fs::Permissions::from_mode(0o666));
    }
    names
}

fn named(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    names().tempfile_in(folder)
}

/// A file without a name (open(2), O_TMPFILE).
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // Giving it a name later goes through here.
    fs::metadata("/proc/self/fd")?;
    let mut options = OpenOptions::new();
    let flags = options
        .write(true)
        .mode(0o666)
        .custom_flags(libc::O_TMPFILE);
    flags.open(folder)
}

/// Gives a file without a name a new one (linkat(2)).
#[cfg(target_os = "linux")]
fn link(file: &File, folder: &Path) -> io::Result<TempPath> {
    use nix::fcntl::AtFlags;
    use std::os::fd::AsRawFd;
    let open = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    let here = nix::fcntl::AT_FDCWD;
    let given = names().make_in(folder, |name| {
        nix::unistd::linkat(here, &open, here, name, AtFlags::AT_SYMLINK_FOLLOW)?;
        Ok(())
    })?;
    Ok(given.into_temp_path())
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path) -> io::Result<File> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<TempPath> {
    Err(ErrorKind::Unsupported.into())
}
