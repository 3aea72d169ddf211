//! Where the kernel has another state than the packets show.

use super::facts::Facts;
use crate::model::call::SocketCall;
use crate::model::kernel::KernelView;
use crate::model::tcp::TcpState;
use crate::text::phrase::phrase;

/// A packet is stamped before the other end's kernel has taken it, on another processor perhaps:
/// states within so many nanoseconds of a look are not held against it.
const NEAR: i128 = 10_000_000;

/// The kernel's state after a call is none that the packets around it show.
pub(super) fn disagrees(facts: &Facts<'_>, told: &mut Vec<String>) {
    let mut ends = Vec::new();
    for call in facts.calls() {
        let Some((kernel, shown)) = call.kernel.and_then(|it| differs(facts, call, it)) else {
            continue;
        };
        // Once for each end: later calls would say the same.
        if ends.contains(&(call.local, call.peer)) {
            continue;
        }
        ends.push((call.local, call.peer));
        let (who, made) = (facts.who(call), call.made());
        let (kernel, shown) = (kernel.name(), shown.name());
        told.push(other(facts.lang, who, made, kernel, shown).to_string());
    }
}

/// The state that the kernel told and the one that the packets show.
fn differs(
    facts: &Facts<'_>,
    call: &SocketCall,
    kernel: KernelView,
) -> Option<(TcpState, TcpState)> {
    let (index, is_server) = facts.talk(call)?;
    let mut before = None;
    let mut near = Vec::new();
    for packet in facts.seen.of(index) {
        let since = facts.time(packet).since(call.ended).0 - i128::from(kernel.after);
        let state = packet.states[usize::from(is_server)];
        if since < -NEAR {
            before = Some(state);
        } else if since < NEAR {
            near.push(state);
        }
    }
    near.insert(0, before?);
    let near = near.into_iter().collect::<Option<Vec<_>>>()?;
    let shown = near.last().copied()?;
    (!near.contains(&kernel.state)).then_some((kernel.state, shown))
}

phrase! {
    other(who, made, kernel, shown):
        "{who}: after {made} the kernel has this end in {kernel}, the packets say {shown}: a packet of the \
             capture never reached it, or one that did is not in the capture",
        "{who}: depois de {made} o kernel tem esta ponta em {kernel}, e os pacotes dizem {shown}: um \
                pacote da captura nunca chegou a ela, ou um que chegou não está na captura";
}
