//! What a program says and the calls it makes, handed on as they happen.

use std::fmt::Display;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::address::Endpoint;
use crate::model::call::{Call, CallResult, Party, SocketCall};
use crate::model::time::Timestamp;
use crate::text::Lang;

/// One thing that happened in a program.
#[derive(Clone, Debug)]
pub enum Entry {
    /// It said this line.
    Said {
        /// Who.
        party: Party,
        /// The line, in the chosen language, without its end of line.
        line: String,
    },
    /// It made this call.
    Called(SocketCall),
    /// It can be reached at this address from now on.
    Ready(SocketAddr),
}

/// Where entries go. It is called from the thread that runs the program, so it must be quick.
pub type Sink = Arc<dyn Fn(Entry) + Send + Sync>;

/// The pen of one program: its language, its name, and where its entries go.
#[derive(Clone)]
pub struct Journal {
    /// The language its lines are in.
    pub lang: Lang,
    /// Who writes.
    pub party: Party,
    sink: Sink,
}

impl Journal {
    /// A journal of `party` in `lang` whose entries go to `sink`.
    pub fn new(lang: Lang, party: Party, sink: Sink) -> Self {
        Self { lang, party, sink }
    }

    /// The journal of number `number` among several of the same role.
    pub fn numbered(&self, number: u32) -> Self {
        let mut own = self.clone();
        own.party.number = Some(number);
        own
    }

    /// Says a phrase.
    pub fn say(&self, phrase: impl Display) {
        self.say_line(phrase.to_string());
    }

    /// Says a line as it is.
    pub fn say_line(&self, line: String) {
        (self.sink)(Entry::Said {
            party: self.party,
            line,
        });
    }

    /// Tells that a server can be reached at `address`.
    pub fn ready(&self, address: SocketAddr) {
        (self.sink)(Entry::Ready(address));
    }

    /// Notes a call that has just returned.
    pub(in crate::exercises) fn called(&self, began: Timestamp, what: Noted, result: CallResult) {
        let ended = now();
        let acted = if what.call.is_woken() { ended } else { began };
        self.note([began, acted, ended], what, result);
    }

    /// Notes a call that has just returned: when it was made, and when the kernel did it.
    pub(in crate::exercises) fn acted(
        &self,
        [began, acted]: [Timestamp; 2],
        what: Noted,
        result: CallResult,
    ) {
        self.note([began, acted, now()], what, result);
    }

    fn note(&self, [began, acted, ended]: [Timestamp; 3], what: Noted, result: CallResult) {
        (self.sink)(Entry::Called(SocketCall {
            party: self.party,
            call: what.call,
            tcp: what.tcp,
            local: what.local.map(Endpoint::from),
            peer: what.peer.map(Endpoint::from),
            began,
            acted,
            ended,
            result,
            origin: None,
            kernel: None,
        }));
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Journal")
            .field("lang", &self.lang)
            .field("party", &self.party)
            .finish_non_exhaustive()
    }
}

/// A call and the addresses of its socket.
#[derive(Clone, Copy)]
pub(in crate::exercises) struct Noted {
    pub(in crate::exercises) call: Call,
    pub(in crate::exercises) tcp: bool,
    pub(in crate::exercises) local: Option<SocketAddr>,
    pub(in crate::exercises) peer: Option<SocketAddr>,
}

/// The time of day, on the clock that stamps packets too.
#[expect(
    clippy::disallowed_methods,
    reason = "calls stand between packets by their times, and only a clock tells theirs"
)]
pub(in crate::exercises) fn now() -> Timestamp {
    // A clock before 1970 is set wrongly.
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().into()
}

/// What a call without a byte count returned.
pub(in crate::exercises) fn outcome<T>(result: &io::Result<T>) -> CallResult {
    match result {
        Ok(_) => CallResult::Done,
        Err(error) => CallResult::Failed(error_name(error)),
    }
}

/// What a call that moves bytes returned.
pub(in crate::exercises) fn moved(result: &io::Result<usize>) -> CallResult {
    match result {
        Ok(count) => CallResult::Bytes(*count),
        Err(error) => CallResult::Failed(error_name(error)),
    }
}

/// The name of an error number as POSIX's `<errno.h>` has it.
fn error_name(error: &io::Error) -> &'static str {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::AddrInUse => "EADDRINUSE",
        ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
        ErrorKind::BrokenPipe => "EPIPE",
        ErrorKind::ConnectionAborted => "ECONNABORTED",
        ErrorKind::ConnectionRefused => "ECONNREFUSED",
        ErrorKind::ConnectionReset => "ECONNRESET",
        ErrorKind::HostUnreachable => "EHOSTUNREACH",
        ErrorKind::InvalidInput => "EINVAL",
        ErrorKind::NetworkUnreachable => "ENETUNREACH",
        ErrorKind::NotConnected => "ENOTCONN",
        ErrorKind::PermissionDenied => "EACCES",
        ErrorKind::TimedOut => "ETIMEDOUT",
        _ => "error",
    }
}
