//! What the tracer knows while programs run: their threads, their calls, their sockets.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, mpsc};

use super::address::Ends;
use super::decode::Asked;
use super::tables::{Closed, Tables};
use super::walk::Walks;
use super::{End, Event, UnknownKind, errno};
use crate::kernel::Diag;
use crate::model::call::{CallResult, Party, SocketCall, SourceLine};
use crate::model::names::Names;
use crate::model::time::Timestamp;

/// A call that has not returned.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) began: Timestamp,
    pub(super) place: Option<SourceLine>,
    pub(super) kind: CallKind,
}

/// What a call is about.
#[derive(Debug)]
pub(super) enum CallKind {
    /// socket().
    Make { tcp: bool },
    /// Another descriptor for this socket.
    Duplicate(u64),
    /// A call on this socket.
    On { fd: i32, socket: u64, asked: Asked },
    /// close() of what was this socket.
    Close {
        fd: i32,
        tcp: bool,
        ends: Ends,
        closed: Closed,
    },
}

/// Who made a call, on what, when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) tid: i32,
    pub(super) process: i32,
    pub(super) fd: i32,
    pub(super) tcp: bool,
    pub(super) ends: Ends,
    pub(super) times: [Timestamp; 2],
    pub(super) place: Option<SourceLine>,
}

/// What a call returned: a number that is not negative, or an error number.
pub(super) type Returned = Result<i64, i32>;

/// A line that a program marked for its next call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) place: SourceLine,
    /// How the name of the call begins.
    pub(super) kind: [u8; 4],
    /// The descriptor of the call that took it; more of the same may follow, as sendall makes.
    pub(super) taken: Option<i32>,
}

/// A call that moved no bytes, which its thread may make again and again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spin(pub(super) SocketCall);

/// A thread of a program.
#[derive(Debug)]
pub(super) struct Task {
    /// Its process.
    pub(super) process: i32,
    /// The call that it is in.
    pub(super) pending: Option<Pending>,
    /// The line that the program marked.
    pub(super) mark: Option<Mark>,
    /// A call that a signal interrupted, which may be made again.
    pub(super) cut: Option<SocketCall>,
    /// What it repeats.
    pub(super) spin: Option<Spin>,
    /// It is about to end.
    pub(super) leaving: bool,
}

/// A program that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) party: Party,
    /// Its first process, and how that ended.
    pub(super) first: i32,
    pub(super) end: Option<End>,
    /// How many of its processes live.
    pub(super) processes: usize,
    /// It has no filter: every system call stops it.
    pub(super) unfiltered: bool,
    /// What was told to stay unknown of it.
    pub(super) unknown: Vec<UnknownKind>,
}

/// A program that was started.
#[derive(Clone, Copy, Debug)]
pub(super) struct Started {
    pub(super) party: Party,
    pub(super) pid: i32,
}

/// Where events go. It is called from the tracer's thread while the program is held, so it must
/// be quick.
pub(super) type Sink = Box<dyn Fn(Event) + Send>;

/// What the tracer and its owner both see.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The processes of each program that live.
    pub(super) alive: BTreeMap<i32, Party>,
    /// The ports that the programs have or call.
    pub(super) ports: BTreeSet<u16>,
    /// Threads that make one call again and again, which does nothing.
    pub(super) spinning: BTreeSet<i32>,
}

/// What follows the programs, in the tracer's own thread.
pub(super) struct Engine {
    pub(super) watch: bool,
    pub(super) sink: Sink,
    pub(super) starts: mpsc::Receiver<Started>,
    pub(super) started: Vec<Started>,
    pub(super) shared: Arc<Mutex<Shared>>,
    pub(super) tasks: HashMap<i32, Task>,
    /// Threads that stopped before their parent's event told of them.
    pub(super) early: HashSet<i32>,
    pub(super) programs: Vec<Running>,
    pub(super) tables: Tables,
    pub(super) names: Names,
    /// Asks the kernel for the state of sockets; `None` where the system tells nothing of them.
    pub(super) diag: Option<Diag>,
    /// Where compiled programs make their calls.
    pub(super) walks: Walks,
}

impl Engine {
    pub(super) fn new(
        watch: bool,
        sink: Sink,
        starts: mpsc::Receiver<Started>,
        shared: Arc<Mutex<Shared>>,
    ) -> Self {
        Self {
            watch,
            sink,
            starts,
            started: Vec::new(),
            shared,
            tasks: HashMap::new(),
            early: HashSet::new(),
            programs: Vec::new(),
            tables: Tables::default(),
            names: Names::default(),
            diag: Diag::open().ok(),
            walks: Walks::default(),
        }
    }
}

/// What a call without a byte count returned.
pub(super) fn outcome(result: Returned) -> CallResult {
    match result {
        Ok(_) => CallResult::Done,
        Err(number) => CallResult::Failed(errno::name(number)),
    }
}
