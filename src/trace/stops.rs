//! Stops at system calls, and how far a thread goes on from one.

use nix::sys::ptrace;
use nix::unistd::Pid;

use super::arch::registers;
use super::decode;
use super::filter::{FIRST_FILTERED, FROM_THREE};
use super::resume::How;
use super::resume::resume;
use super::state::{Engine, Running};
use super::tables::Process;

impl Engine {
    /// A stop at a system call: of a filtered program always the exit.
    pub(super) fn at_call(&mut self, pid: i32) {
        const ENTRY: u8 = 1;
        let unfiltered = self.program_of(pid).is_some_and(|it| it.unfiltered);
        let every = unfiltered || self.has_standard_socket(pid);
        let enters = || ptrace::syscall_info(Pid::from_raw(pid)).is_ok_and(|it| it.op == ENTRY);
        if every && enters() {
            // What the filter stops at comes again as such.
            if unfiltered || self.passes_filter(pid) {
                self.entry(pid);
            }
        } else {
            self.exit(pid);
        }
        self.go(pid, 0);
    }

    fn has_standard_socket(&self, pid: i32) -> bool {
        let process = self.tasks.get(&pid).map(|it| it.process);
        let process = process.and_then(|it| self.tables.processes.get(&it));
        process.is_some_and(Process::has_standard_socket)
    }

    /// Whether a thread is about to read, write or close where the filter does not stop it.
    fn passes_filter(&self, pid: i32) -> bool {
        let about = registers(Pid::from_raw(pid)).map(|it| (it.number, it.args));
        about.is_ok_and(|(number, [fd, ..])| {
            FROM_THREE.contains(&number) && decode::int(fd) < FIRST_FILTERED
        })
    }

    /// Lets a thread go on, up to the exit of the call that it is in.
    pub(super) fn go(&self, pid: i32, signal: i32) {
        let waits = self.tasks.get(&pid).is_some_and(|it| it.pending.is_some());
        let unfiltered = self.program_of(pid).is_some_and(|it| it.unfiltered);
        let every = unfiltered || self.has_standard_socket(pid);
        let how = if waits || every {
            How::ToSystemCall
        } else {
            How::Run
        };
        // It may have been killed meanwhile.
        let _ = resume(Pid::from_raw(pid), how, signal);
    }

    pub(super) fn program_of(&self, pid: i32) -> Option<&Running> {
        let process = self.tables.processes.get(&self.tasks.get(&pid)?.process)?;
        self.programs.get(process.program)
    }

    /// Whether a program that has not begun yet says that it could install no filter.
    pub(super) fn lacks_filter(&mut self, pid: i32) -> bool {
        let begins = self.begins(pid);
        let program = self.tables.processes.get(&pid).map(|it| it.program);
        let running = program.and_then(|it| self.programs.get_mut(it));
        match running.filter(|_| begins) {
            Some(running) => {
                running.unfiltered = true;
                true
            }
            None => false,
        }
    }

    /// Whether a thread is the first of a program and has made no call yet.
    pub(super) fn begins(&self, pid: i32) -> bool {
        let has = |it: &Running| it.first == pid;
        self.program_of(pid).is_some_and(has) && !self.tables.processes[&pid].executed
    }
}
