//! Walks the stack of a stopped thread up to the user's code: where compiled programs make a call.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::path::PathBuf;
use std::rc::Rc;

use framehop::CacheNative;
use framehop::MayAllocateDuringUnwind;
use framehop::Module;
use framehop::Unwinder;
use framehop::UnwinderNative;
use nix::unistd::Pid;

use super::arch::Registers;
use super::arch::called;
use super::image::Image;
use super::memory;

/// How many functions are looked at, from the system call outwards.
const FRAMES: usize = 64;
/// How often a process is asked what it has loaded meanwhile.
const LOOKS: u32 = 16;

type Images = HashMap<(PathBuf, u64), Option<Rc<Image>>>;
type Walker = UnwinderNative<Rc<[u8]>, MayAllocateDuringUnwind>;

/// What is known of the code of all programs.
#[derive(Default)]
pub(super) struct Walks {
    images: Images,
    processes: HashMap<i32, Process>,
    cache: Option<CacheNative<MayAllocateDuringUnwind>>,
}

/// The code of a process.
#[derive(Default)]
struct Process {
    walker: Walker,
    /// Where code was loaded: from, to.
    loaded: Vec<(u64, u64)>,
    /// The program itself, how far from its own addresses it lies.
    own: Option<(Rc<Image>, u64)>,
    /// How often it was asked.
    looks: u32,
    /// What returns to each address.
    lines: HashMap<u64, Found>,
}

impl Walks {
    /// Another program runs in a process, or none any more.
    pub(super) fn forget(&mut self, process: i32) {
        self.processes.remove(&process);
    }

    /// The file and line in the user's source where a thread makes the call that it is stopped in.
    pub(super) fn line(
        &mut self,
        tid: i32,
        process: i32,
        regs: &Registers,
    ) -> Option<(String, u32)> {
        let cache = self.cache.get_or_insert_with(CacheNative::new_in);
        let known = self.processes.entry(process).or_default();
        if known.looks == 0 {
            known.look(process, &mut self.images);
        }
        let mut found = known.walk(tid, regs, cache);
        if found.is_err() && known.looks < LOOKS {
            // A library that was loaded meanwhile, or code of no file.
            known.look(process, &mut self.images);
            found = known.walk(tid, regs, cache);
        }
        match found {
            Ok(Found::Line(file, line)) => Some((file, line)),
            _ => None,
        }
    }
}

/// The stack goes through code of which nothing is known.
struct Unknown;

/// What a place in the code is.
#[derive(Clone)]
enum Found {
    /// Not of the user's source.
    Library,
    /// The user's, at a line that is not known.
    Somewhere,
    /// This line of the user's.
    Line(String, u32),
}

impl Found {
    /// What returns to `address`.
    fn before(address: u64, own: &Image, bias: u64, tid: i32) -> Self {
        let of = |address: u64| own.line(address.wrapping_sub(bias));
        let Some((file, line)) = of(address.wrapping_sub(1)) else {
            return Self::Library;
        };
        let before = memory::read(Pid::from_raw(tid), address.wrapping_sub(5), 5);
        let called = before.first_chunk().and_then(|it| called(address, *it));
        // A function of the user's that was called here and is not on the stack any more went on by
        // a jump.
        match called.and_then(of) {
            Some(_) => Self::Somewhere,
            None => Self::Line(file, line),
        }
    }
}

impl Process {
    /// The innermost place of the user's on the stack.
    fn walk(
        &mut self,
        tid: i32,
        regs: &Registers,
        cache: &mut CacheNative<MayAllocateDuringUnwind>,
    ) -> Result<Found, Unknown> {
        let Some((own, bias)) = &self.own else {
            return Ok(Found::Library);
        };
        let mut read = |address| {
            let bytes = memory::read(Pid::from_raw(tid), address, 8);
            let word = bytes.first_chunk();
            word.map(|it| u64::from_ne_bytes(*it)).ok_or(())
        };
        let mut frames = self
            .walker
            .iter_frames(regs.next, regs.stack, cache, &mut read);
        for _ in 0..FRAMES {
            let Ok(Some(frame)) = frames.next() else {
                break;
            };
            let address = frame.address();
            let is_in = |it: &(u64, u64)| (it.0..it.1).contains(&address);
            if !self.loaded.iter().any(is_in) {
                return Err(Unknown);
            }
            if !frame.is_return_address() {
                continue;
            }
            let found = self.lines.entry(address);
            match found.or_insert_with(|| Found::before(address, own, *bias, tid)) {
                Found::Library => {}
                found => return Ok(found.clone()),
            }
        }
        Ok(Found::Library)
    }

    /// Looks what is loaded: nothing, where the program itself says no lines.
    fn look(&mut self, process: i32, images: &mut Images) {
        self.looks += 1;
        let program = format!("/proc/{process}/exe");
        let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap_or_default();
        let code: Vec<Code<'_>> = maps.lines().filter_map(Code::of).collect();
        if self.own.is_none() {
            let path = fs::read_link(&program).unwrap_or_default();
            let mapped = code.iter().find(|it| it.path == path);
            let same = is_same(&program, &path);
            self.own = mapped.filter(|_| same).and_then(|it| {
                let image = image(images, &path, true).filter(|it| it.has_lines())?;
                let bias = image.bias(it.start, it.offset)?;
                Some((image, bias))
            });
        }
        if self.own.is_none() {
            return;
        }
        for it in code {
            if self.loaded.contains(&(it.start, it.end)) {
                continue;
            }
            let Some(image) = image(images, it.path, false) else {
                continue;
            };
            let Some(bias) = image.bias(it.start, it.offset) else {
                continue;
            };
            self.loaded.push((it.start, it.end));
            let name = it.path.to_string_lossy().into_owned();
            let module = Module::new(name, it.start..it.end, bias, image.frames.clone());
            self.walker.add_module(module);
        }
    }
}

/// Whether two names are of the same file: a program may have been compiled again meanwhile.
fn is_same(one: &str, other: &Path) -> bool {
    let identity = |it: fs::Metadata| (it.dev(), it.ino());
    let one = fs::metadata(one).map(identity).ok();
    one.is_some() && one == fs::metadata(other).map(identity).ok()
}

fn image(images: &mut Images, path: &Path, own: bool) -> Option<Rc<Image>> {
    let inode = fs::metadata(path).ok()?.ino();
    let known = images.entry((path.to_owned(), inode));
    let image = known.or_insert_with(|| Image::read(path, own).map(Rc::new));
    image.clone()
}

/// A part of a file that is loaded as code, as /proc/PID/maps lists it (proc(5)).
struct Code<'a> {
    start: u64,
    end: u64,
    offset: u64,
    path: &'a Path,
}

impl<'a> Code<'a> {
    /// A line: `start-end rights offset device inode path`.
    fn of(line: &'a str) -> Option<Self> {
        let (range, rest) = line.split_once(' ')?;
        let (rights, rest) = rest.split_once(' ')?;
        let (offset, rest) = rest.split_once(' ')?;
        let (start, end) = range.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        let path = &rest[rest.find('/')?..];
        rights.contains('x').then_some(Self {
            start: number(start)?,
            end: number(end)?,
            offset: number(offset)?,
            path: Path::new(path),
        })
    }
}
