//! What the kernel says of a socket at a call.

use super::state::{Engine, Made};
use crate::kernel::now;
use crate::model::call::Call;
use crate::model::call::CallResult;
use crate::model::kernel::KernelView;
use crate::model::tcp::TcpState;

impl Engine {
    /// What the kernel has of the connection, or of the socket that listens, after a call: the
    /// thread is held, so it has done nothing since.
    pub(super) fn view(&self, made: &Made, call: Call, result: CallResult) -> Option<KernelView> {
        let asked = match call {
            Call::Socket | Call::SetSockOpt(_) | Call::Bind | Call::Exit => false,
            Call::Connect | Call::Listen { .. } => result == CallResult::Done,
            _ => result != CallResult::Unfinished,
        };
        let listens = matches!(call, Call::Listen { .. });
        let (local, peer) = (made.ends.local?, made.ends.peer);
        if !made.tcp || !asked || listens == peer.is_some() {
            return None;
        }
        let found = self.diag.as_ref()?.one(local, peer).ok()?;
        Some(KernelView {
            state: found.map_or(TcpState::Closed, |it| it.state),
            queues: found.map(|it| it.queues).unwrap_or_default(),
            measured: found.and_then(|it| it.measured),
            after: u32::try_from(now().since(made.times[1]).0).unwrap_or(u32::MAX),
        })
    }
}
