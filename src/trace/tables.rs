//! Which descriptors of which processes are which sockets.

use std::collections::HashMap;
use std::fs;

use super::address::Addresses;
use super::address::Ends;
use super::filter::FIRST_FILTERED;
use crate::model::address::Endpoint;
use crate::model::call::SocketCall;

/// A socket, whichever descriptors it has.
#[derive(Debug, Default)]
pub(super) struct Socket {
    /// TCP or UDP.
    pub(super) tcp: bool,
    /// Its own address.
    pub(super) local: Option<Endpoint>,
    /// The other end.
    pub(super) peer: Option<Endpoint>,
    /// It waits for connections.
    pub(super) listening: bool,
    /// It was used for something. A socket that never is, a runtime only looked whether there
    /// can be one.
    pub(super) used: bool,
    /// Calls before it was used.
    pub(super) early: Vec<SocketCall>,
    /// A connect that did not wait for its outcome.
    pub(super) connecting: Option<SocketCall>,
    /// A receive or send gives up after a time: `EAGAIN` is what it returns then.
    pub(super) gives_up: bool,
}

impl Socket {
    /// Its two ends, as far as they are known.
    pub(super) fn ends(&self) -> Ends {
        Ends {
            local: self.local,
            peer: self.peer,
        }
    }
}

/// A process.
#[derive(Debug)]
pub(super) struct Process {
    /// The program that it belongs to, by its place.
    pub(super) program: usize,
    /// Its sockets.
    pub(super) sockets: HashMap<i32, u64>,
    /// Asks for their addresses.
    pub(super) addresses: Addresses,
    /// It has become the program that it was started for.
    pub(super) executed: bool,
    /// It says the lines of its calls itself.
    pub(super) marks: bool,
}

impl Process {
    /// One of its sockets is its standard input, output or error: the filter lets it be read,
    /// written and closed there.
    pub(super) fn has_standard_socket(&self) -> bool {
        (0..FIRST_FILTERED).any(|fd| self.sockets.contains_key(&fd))
    }
}

/// All sockets of all processes.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) processes: HashMap<i32, Process>,
    pub(super) sockets: HashMap<u64, Socket>,
    next: u64,
}

impl Tables {
    /// A process begins: with copies of what `parent` has open.
    pub(super) fn begin(&mut self, process: i32, program: usize, parent: Option<i32>) {
        let parent = parent.and_then(|it| self.processes.get(&it));
        let sockets = parent.map(|it| it.sockets.clone()).unwrap_or_default();
        let new = Process {
            program,
            sockets,
            addresses: Addresses::default(),
            executed: false,
            marks: parent.is_some_and(|it| it.marks),
        };
        self.processes.insert(process, new);
    }

    /// The socket that `fd` is.
    pub(super) fn socket(&self, process: i32, fd: i32) -> Option<u64> {
        self.processes.get(&process)?.sockets.get(&fd).copied()
    }

    /// A new socket.
    pub(super) fn add(&mut self, process: i32, fd: i32, socket: Socket) -> u64 {
        self.next += 1;
        self.sockets.insert(self.next, socket);
        self.name(process, fd, self.next);
        self.next
    }

    /// `fd` is this socket from now on.
    pub(super) fn name(&mut self, process: i32, fd: i32, socket: u64) {
        // What had the number was closed unseen: a descriptor below 3, or by exec.
        self.close(process, fd);
        if let Some(process) = self.processes.get_mut(&process) {
            process.sockets.insert(fd, socket);
        }
    }

    /// `fd` is closed: the socket that it was, whole where no descriptor is left.
    pub(super) fn close(&mut self, process: i32, fd: i32) -> Option<Closed> {
        let id = self.processes.get_mut(&process)?.sockets.remove(&fd)?;
        let open = self
            .processes
            .values()
            .any(|it| it.sockets.values().any(|it| *it == id));
        if open {
            return Some(Closed::Copy);
        }
        self.sockets.remove(&id).map(Box::new).map(Closed::Last)
    }

    /// Another program runs in the process: what was to be closed then is.
    pub(super) fn executes(&mut self, process: i32) {
        let Some(known) = self.processes.get_mut(&process) else {
            return;
        };
        known.executed = true;
        known.marks = false;
        let is_open = |fd: i32| {
            let link = fs::read_link(format!("/proc/{process}/fd/{fd}"));
            link.is_ok_and(|it| it.to_string_lossy().starts_with("socket:"))
        };
        let gone: Vec<i32> = known
            .sockets
            .keys()
            .copied()
            .filter(|fd| !is_open(*fd))
            .collect();
        for fd in gone {
            self.close(process, fd);
        }
    }

    /// Asks the kernel for the ends of a socket.
    pub(super) fn ask(&mut self, process: i32, fd: i32, tcp: bool) -> Ends {
        match self.processes.get_mut(&process) {
            Some(it) => it.addresses.of(process, fd, tcp),
            None => Ends::default(),
        }
    }
}

/// What the end of a descriptor is for its socket.
#[derive(Debug)]
pub(super) enum Closed {
    /// It stays open by another descriptor.
    Copy,
    /// It is closed.
    Last(Box<Socket>),
}
