//! What the kernel says of a socket: its state, its queues, its timer, as `ss` shows them.

use std::fmt;

use super::address::Endpoint;
use super::tcp::TcpState;

/// A socket as the kernel has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KernelSocket {
    /// TCP or UDP.
    pub tcp: bool,
    /// Its own end.
    pub local: Endpoint,
    /// The other end; `None` where it has none.
    pub peer: Option<Endpoint>,
    /// Its state. A UDP socket is [`TcpState::Established`] where connect gave it a peer, else
    /// [`TcpState::Closed`].
    pub state: TcpState,
    /// Its queues.
    pub queues: Queues,
    /// The timer that runs.
    pub timer: Option<Timer>,
    /// What TCP measured.
    pub measured: Option<Measured>,
    /// The user whose it is.
    pub user: u32,
    /// The number that its descriptors show; 0 where no program has it any more.
    pub inode: u32,
}

impl KernelSocket {
    /// Whether it waits for whoever comes: with TCP it listens, with UDP it has no peer.
    pub fn awaits_anybody(&self) -> bool {
        match self.tcp {
            true => self.state == TcpState::Listen,
            false => self.peer.is_none(),
        }
    }
}

/// The queues of a socket (sock_diag(7)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queues {
    /// Bytes that arrived and that no program has read; where it listens, connections that wait
    /// for accept.
    pub received: u32,
    /// Bytes that are not acknowledged yet; where it listens, how many connections may wait.
    pub unsent: u32,
}

/// A timer of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// What for.
    pub kind: TimerKind,
    /// Milliseconds until it goes off.
    pub left: u32,
    /// How often it went off in vain.
    pub times: u8,
}

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// Sends again what is not acknowledged.
    Retransmit,
    /// Asks whether the other end is still there, or ends FIN-WAIT-2.
    KeepAlive,
    /// Ends TIME-WAIT, or FIN-WAIT-2 where no program has the socket any more.
    TimeWait,
    /// Probes a window of zero.
    Probe,
}

/// What TCP measured on a connection (struct tcp_info of linux/tcp.h).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The smoothed round-trip time in microseconds.
    pub rtt: u32,
    /// The congestion window in segments.
    pub cwnd: u32,
    /// How many segments were sent again.
    pub sent_again: u32,
}

/// What the kernel said of the socket of a call, right after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KernelView {
    /// Its state; [`TcpState::Closed`] where the kernel has it no more.
    pub state: TcpState,
    /// Its queues.
    pub queues: Queues,
    /// What TCP measured.
    pub measured: Option<Measured>,
    /// How many nanoseconds after the return of the call it was asked, at most 4 s.
    pub after: u32,
}

/// As in `ESTABLISHED Recv-Q 0 Send-Q 5 rtt 37 µs cwnd 10`; never translated.
impl fmt::Display for KernelView {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.state.name())?;
        if self.state == TcpState::Closed {
            return Ok(());
        }
        let Queues { received, unsent } = self.queues;
        write!(out, " Recv-Q {received} Send-Q {unsent}")?;
        let Some(it) = self.measured.filter(|_| self.state != TcpState::Listen) else {
            return Ok(());
        };
        write!(out, " rtt {} µs cwnd {}", it.rtt, it.cwnd)?;
        match it.sent_again {
            0 => Ok(()),
            count => write!(out, " retransmitted {count}"),
        }
    }
}

impl KernelView {
    /// All of it as one line of a capture file.
    pub fn line(&self) -> String {
        let Queues { received, unsent } = self.queues;
        let (state, after) = (self.state.name(), self.after);
        let mut line = format!("{state} {received} {unsent} {after}");
        if let Some(it) = self.measured {
            line.push_str(&format!(" {} {} {}", it.rtt, it.cwnd, it.sent_again));
        }
        line
    }

    /// What such a line says.
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let name = words.next()?;
        let state = TcpState::ALL.into_iter().find(|it| it.name() == name)?;
        let queues = Queues {
            received: words.next()?.parse().ok()?,
            unsent: words.next()?.parse().ok()?,
        };
        let after = words.next()?.parse().ok()?;
        let mut number = || words.next()?.parse().ok();
        let measured = match number() {
            Some(rtt) => Some(Measured {
                rtt,
                cwnd: number()?,
                sent_again: number()?,
            }),
            None => None,
        };
        Some(Self {
            state,
            queues,
            measured,
            after,
        })
    }
}
