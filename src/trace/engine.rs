//! The tracer's loop: waits for a thread of a program to stop, looks why, lets it go on.

use std::fs;
use std::sync::PoisonError;

use nix::sys::ptrace;
use nix::sys::ptrace::Options;
use nix::sys::signal::Signal;
use nix::sys::signal::kill;
use nix::unistd::Pid;
use rustix::process::WaitOptions;
use rustix::process::WaitStatus;
use rustix::process::wait;

use super::End;
use super::Event;
use super::errno;
use super::resume::How;
use super::resume::resume;
use super::start::NO_FILTER;
use super::state::{Engine, Running, Shared, Started, Task};
use crate::model::call::Call;

/// PTRACE_EVENT_STOP (linux/ptrace.h): a new thread, or one that a signal stops.
const EVENT_STOP: i32 = 128;
/// What tells the stop at a system call from SIGTRAP (PTRACE_O_TRACESYSGOOD).
const AT_CALL: i32 = libc::SIGTRAP | 0x80;

impl Engine {
    /// Follows programs until there are none and nobody can start another.
    pub(super) fn run(mut self) {
        // Threads that were not made by fork are children too (wait(2), __WALL).
        let every = WaitOptions::from_bits_retain(libc::__WALL.cast_unsigned());
        loop {
            match wait(every | WaitOptions::UNTRACED) {
                Ok(Some((pid, status))) => self.changed(pid.as_raw_nonzero().get(), status),
                Ok(None) | Err(rustix::io::Errno::INTR) => {}
                // No child: wait for one.
                Err(_) => match self.starts.recv() {
                    Ok(started) => self.started.push(started),
                    Err(_) => return,
                },
            }
        }
    }

    fn changed(&mut self, pid: i32, status: WaitStatus) {
        let end = match (status.exit_status(), status.terminating_signal()) {
            (Some(code), _) => Some(End::Code(code)),
            (None, Some(signal)) => Some(End::Signal(signal)),
            (None, None) => None,
        };
        if let Some(end) = end {
            return self.gone(pid, end);
        }
        let signal = status.stopping_signal().unwrap_or(0);
        let event = status.as_raw() >> 16;
        if !self.tasks.contains_key(&pid) {
            if event == 0 && signal == libc::SIGSTOP {
                return self.take_hold(pid);
            }
            self.adopt(pid, None);
            self.early.insert(pid);
        }
        match event {
            0 if signal == AT_CALL => self.at_call(pid),
            0 if signal == NO_FILTER as i32 && self.lacks_filter(pid) => self.go(pid, 0),
            0 => self.go(pid, signal),
            libc::PTRACE_EVENT_SECCOMP => {
                self.entry(pid);
                self.go(pid, 0);
            }
            EVENT_STOP if signal != libc::SIGTRAP => {
                // Stopped by Ctrl-Z or the like. The stop that a program begins with is over.
                let how = if self.begins(pid) {
                    How::Run
                } else {
                    How::Stay
                };
                let _ = resume(Pid::from_raw(pid), how, 0);
            }
            libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_VFORK | libc::PTRACE_EVENT_CLONE => {
                let new = ptrace::getevent(Pid::from_raw(pid)).ok();
                // One whose own first stop came before may have ended by now.
                if let Some(new) = new.and_then(|it| i32::try_from(it).ok())
                    && !self.early.remove(&new)
                {
                    let parent = self.tasks.get(&pid).map(|it| it.process);
                    self.adopt(new, parent);
                }
                self.go(pid, 0);
            }
            libc::PTRACE_EVENT_EXEC => {
                self.executes(pid);
                self.go(pid, 0);
            }
            libc::PTRACE_EVENT_EXIT => {
                self.leaves(pid);
                self.go(pid, 0);
            }
            _ => self.go(pid, 0),
        }
    }

    /// A child that was started has stopped: watches it and lets it go on.
    fn take_hold(&mut self, pid: i32) {
        let Some(started) = self.started(pid, true) else {
            return;
        };
        let program = self.programs.len();
        self.programs.push(Running {
            party: started.party,
            first: pid,
            end: None,
            processes: 1,
            unfiltered: false,
            unknown: Vec::new(),
        });
        self.tables.begin(pid, program, None);
        self.shared().alive.insert(pid, started.party);
        let options = Options::PTRACE_O_TRACESYSGOOD
            | Options::PTRACE_O_TRACEFORK
            | Options::PTRACE_O_TRACEVFORK
            | Options::PTRACE_O_TRACECLONE
            | Options::PTRACE_O_TRACEEXEC
            | Options::PTRACE_O_TRACEEXIT
            | Options::PTRACE_O_TRACESECCOMP
            | Options::PTRACE_O_EXITKILL;
        let child = Pid::from_raw(pid);
        let held = self.watch.then(|| ptrace::seize(child, options));
        match held {
            Some(Ok(())) => self.add(pid, pid),
            None => {
                let party = started.party;
                (self.sink)(Event::Unwatched { party, cause: "" });
            }
            Some(Err(cause)) => {
                let (party, cause) = (started.party, errno::name(cause as i32));
                (self.sink)(Event::Unwatched { party, cause });
            }
        }
        let _ = kill(child, Signal::SIGCONT);
    }

    /// What is known of a child that was started; `wait` where it certainly was.
    fn started(&mut self, pid: i32, wait: bool) -> Option<Started> {
        loop {
            if let Some(place) = self.started.iter().position(|it| it.pid == pid) {
                return Some(self.started.swap_remove(place));
            }
            let next = match wait {
                true => self.starts.recv().ok(),
                false => self.starts.try_recv().ok(),
            };
            self.started.push(next?);
        }
    }

    fn add(&mut self, pid: i32, process: i32) {
        let task = Task {
            process,
            pending: None,
            mark: None,
            cut: None,
            spin: None,
            leaving: false,
        };
        self.tasks.insert(pid, task);
    }

    /// A new thread or process, of which its parent's event or its own first stop tells first.
    fn adopt(&mut self, pid: i32, parent: Option<i32>) {
        if self.tasks.contains_key(&pid) {
            return;
        }
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let field = |name: &str| -> Option<i32> {
            let value = status.lines().find_map(|it| it.strip_prefix(name))?;
            value.trim().parse().ok()
        };
        let process = field("Tgid:").unwrap_or(pid);
        if process == pid {
            let parent = field("PPid:")
                .filter(|it| self.tables.processes.contains_key(it))
                .or(parent);
            let program = parent.and_then(|it| self.tables.processes.get(&it));
            let Some(program) = program.map(|it| it.program) else {
                return;
            };
            self.tables.begin(pid, program, parent);
            if let Some(running) = self.programs.get_mut(program) {
                running.processes += 1;
                let party = running.party;
                self.shared().alive.insert(pid, party);
            }
        }
        self.add(pid, process);
    }

    /// Another program runs in the process: its other threads are gone.
    fn executes(&mut self, pid: i32) {
        self.tasks
            .retain(|it, task| *it == pid || task.process != pid);
        if let Some(task) = self.tasks.get_mut(&pid) {
            task.pending = None;
            task.mark = None;
        }
        self.walks.forget(pid);
        self.tables.executes(pid);
    }

    /// A thread is about to end; with the last one the kernel closes what is open.
    fn leaves(&mut self, pid: i32) {
        let Some(task) = self.tasks.get_mut(&pid) else {
            return;
        };
        task.leaving = true;
        let process = task.process;
        let status = ptrace::getevent(Pid::from_raw(pid)).unwrap_or(0);
        self.unfinished(pid, status & 0x7f != 0);
        let stays = |task: &Task| task.process == process && !task.leaving;
        if !self.tasks.values().any(stays) {
            self.close_these(pid, process, Call::Exit, |_| true);
        }
    }

    fn gone(&mut self, pid: i32, end: End) {
        if !self.tables.processes.contains_key(&pid) {
            self.leaves(pid);
            self.tasks.remove(&pid);
            // It may have been killed before it stopped for the first time.
            if let Some(started) = self.started(pid, false) {
                let party = started.party;
                (self.sink)(Event::Ended { party, end });
            }
            return;
        }
        self.leaves(pid);
        self.close_these(pid, pid, Call::Exit, |_| true);
        self.tasks.retain(|_, task| task.process != pid);
        self.walks.forget(pid);
        self.shared().alive.remove(&pid);
        let program = self.tables.processes.remove(&pid).map(|it| it.program);
        let Some(running) = program.and_then(|it| self.programs.get_mut(it)) else {
            return;
        };
        if running.first == pid {
            running.end = Some(end);
        }
        running.processes = running.processes.saturating_sub(1);
        if running.processes == 0 {
            let (party, end) = (running.party, running.end.unwrap_or(end));
            (self.sink)(Event::Ended { party, end });
        }
    }

    pub(super) fn shared(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
