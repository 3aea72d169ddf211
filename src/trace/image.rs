//! A program file or a library as it lies in memory: how its stack is walked, and the lines of its
//! source where it says them (DWARF).

use std::fs;
use std::path::Path;
use std::rc::Rc;

use addr2line::Context;
use framehop::ExplicitModuleSectionInfo;
use gimli::Dwarf;
use gimli::EndianRcSlice;
use gimli::NativeEndian;
use object::Object;
use object::ObjectSection;
use object::ObjectSegment;
use object::ObjectSymbol;

/// Where library code comes from that is compiled into programs: headers, Rust's libraries and its
/// packages, Go's packages.
const LIBRARIES: &[&str] = &[
    "/rustc/",
    "/rustlib/src/rust/",
    "/.cargo/registry/",
    "/.cargo/git/",
    "/pkg/mod/",
];
/// Folders of the system: what is in them is none of the user's.
const SYSTEM: &[&str] = &["/usr/", "/bin/", "/sbin/", "/lib", "<"];
/// The page of memory that files are mapped by, at least.
const PAGE: u64 = 4096;

type Reader = EndianRcSlice<NativeEndian>;

/// A file that code was loaded from.
pub(super) struct Image {
    /// How its stack is walked.
    pub(super) frames: ExplicitModuleSectionInfo<Rc<[u8]>>,
    /// Where each part of it lies in the file and in memory, if it is loaded at 0.
    parts: Vec<(u64, u64)>,
    lines: Option<Lines>,
}

/// The lines of a program.
struct Lines {
    context: Context<Reader>,
    /// Where Go's own packages were compiled, where it is a Go program.
    go: Option<String>,
}

impl Image {
    /// Reads the file at `path`. `own` where it is the program itself.
    pub(super) fn read(path: &Path, own: bool) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let file = object::File::parse(&*bytes).ok()?;
        let data = |name: &str| -> Option<Rc<[u8]>> {
            let section = file.section_by_name(name)?;
            Some(section.uncompressed_data().ok()?.into())
        };
        let range = |name: &str| {
            let section = file.section_by_name(name)?;
            Some(section.address()..section.address() + section.size())
        };
        let frames = ExplicitModuleSectionInfo {
            base_svma: 0,
            text_svma: range(".text"),
            got_svma: range(".got"),
            eh_frame_svma: range(".eh_frame"),
            eh_frame: data(".eh_frame"),
            eh_frame_hdr_svma: range(".eh_frame_hdr"),
            eh_frame_hdr: data(".eh_frame_hdr"),
            debug_frame: data(".debug_frame"),
            ..ExplicitModuleSectionInfo::default()
        };
        let parts = file.segments().map(|it| {
            let (at, address) = (it.file_range().0, it.address());
            (at - at % PAGE, address - at % PAGE)
        });
        let is_system = SYSTEM.iter().any(|it| path.starts_with(it));
        let has_lines = own && !is_system && file.section_by_name(".debug_line").is_some();
        Some(Self {
            parts: parts.collect(),
            lines: has_lines.then(|| Lines::of(&file)).flatten(),
            frames,
        })
    }

    /// How far from its own addresses it lies, where the part from `offset` of the file on is at
    /// `start`.
    pub(super) fn bias(&self, start: u64, offset: u64) -> Option<u64> {
        let part = self.parts.iter().find(|it| it.0 == offset)?;
        Some(start.wrapping_sub(part.1))
    }

    /// Whether it says lines.
    pub(super) fn has_lines(&self) -> bool {
        self.lines.is_some()
    }

    /// The file and line of the user's source that the instruction at `address` belongs to.
    pub(super) fn line(&self, address: u64) -> Option<(String, u32)> {
        self.lines.as_ref()?.line(address)
    }
}

impl Lines {
    fn of(file: &object::File<'_>) -> Option<Self> {
        let load = |name: &str| -> Rc<[u8]> {
            let section = file.section_by_name(name);
            let data = section.and_then(|it| it.uncompressed_data().ok());
            data.unwrap_or_default().into()
        };
        let reader = |name| Ok::<_, ()>(Reader::new(load(name), NativeEndian));
        let dwarf = Dwarf::load(|id| reader(id.name())).ok()?;
        let context = Context::from_dwarf(dwarf).ok()?;
        let start = file.symbols().find(|it| it.name() == Ok("runtime.main"));
        let go = start.and_then(|it| {
            let path = context.find_location(it.address()).ok()??.file?;
            path.strip_suffix("runtime/proc.go").map(str::to_owned)
        });
        Some(Self { context, go })
    }

    /// Of functions that were put into one another, the innermost of the user's.
    fn line(&self, address: u64) -> Option<(String, u32)> {
        let mut frames = self.context.find_frames(address).skip_all_loads().ok()?;
        while let Some(frame) = frames.next().ok()? {
            let Some((Some(file), Some(line))) = frame.location.map(|it| (it.file, it.line)) else {
                continue;
            };
            let function = frame
                .function
                .and_then(|it| it.raw_name().ok().map(Into::into));
            if self.is_users(file, function) && line > 0 {
                let name = file.rsplit('/').next().unwrap_or(file);
                return Some((name.to_owned(), line));
            }
        }
        None
    }

    fn is_users(&self, file: &str, function: Option<String>) -> bool {
        let library = SYSTEM.iter().any(|it| file.starts_with(it))
            || LIBRARIES.iter().any(|it| file.contains(it));
        let of_go = match self.go.as_deref() {
            // Compiled without the paths of files (-trimpath).
            Some(root) if !root.starts_with('/') => {
                !function.is_some_and(|it| it.starts_with("main."))
            }
            Some(root) => file.starts_with(root),
            None => false,
        };
        !library && !of_go
    }
}
