//! Where in its source a program makes a call.

use nix::unistd::Pid;

use super::arch::Registers;
use super::memory;
use super::state::{Engine, Mark};
use crate::model::call::SourceLine;

/// The longest mark that is read: a file name and a line.
const LONGEST: usize = 512;

impl Engine {
    /// The program says where its next call stands: `recv servidor.py:10`.
    pub(super) fn mark(&mut self, tid: i32, address: u64, len: usize) {
        let text = memory::read(Pid::from_raw(tid), address, len.min(LONGEST));
        let mark = std::str::from_utf8(&text).ok().and_then(|text| {
            let (kind, place) = text.split_once(' ')?;
            let (file, line) = place.rsplit_once(':')?;
            let (file, line) = (self.names.keep(file)?, line.parse().ok()?);
            Some(Mark {
                place: SourceLine { file, line },
                kind: *kind.as_bytes().first_chunk()?,
                taken: None,
            })
        });
        if let Some(task) = self.tasks.get_mut(&tid) {
            task.mark = mark;
            let process = task.process;
            if let Some(process) = self.tables.processes.get_mut(&process) {
                process.marks = true;
            }
        }
    }

    /// Where a thread of a process makes the call `name` on `fd`: what the program marked, or what
    /// the stack of a compiled program shows.
    pub(super) fn place(
        &mut self,
        (tid, process): (i32, i32),
        name: &str,
        fd: i32,
        regs: &Registers,
    ) -> Option<SourceLine> {
        let is_its = |mark: &&mut Mark| {
            name.as_bytes().starts_with(&mark.kind) && mark.taken.is_none_or(|it| it == fd)
        };
        let mark = self.tasks.get_mut(&tid).and_then(|it| it.mark.as_mut());
        if let Some(mark) = mark.filter(is_its) {
            mark.taken = Some(fd);
            return Some(mark.place);
        }
        // The stack of a program that marks its lines is that of its interpreter.
        if self
            .tables
            .processes
            .get(&process)
            .is_none_or(|it| it.marks)
        {
            return None;
        }
        let (file, line) = self.walks.line(tid, process, regs)?;
        let file = self.names.keep(&file)?;
        Some(SourceLine { file, line })
    }
}
