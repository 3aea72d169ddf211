//! Where the kernel has another state than the packets show.

use std::collections::HashMap;

use super::facts::Facts;
use crate::model::call::SocketCall;
use crate::model::kernel::KernelView;
use crate::model::tcp::TcpState;
use crate::model::time::Timestamp;
use crate::text::phrase::phrase;

/// A packet is stamped before the other end's kernel has taken it, on another processor perhaps:
/// states within so many nanoseconds of a look are not held against it.
const NEAR: i128 = 10_000_000;
/// Packets of different processors may be captured out of order by less than this.
const SLACK: i128 = 1_000_000;

/// The kernel's state after a call is none that the packets around it show.
pub(super) fn disagrees(facts: &Facts<'_>, found: &mut Vec<String>) {
    let mut ends = Vec::new();
    let mut talks = HashMap::new();
    for call in facts.calls() {
        let Some((kernel, shown)) = call
            .kernel
            .and_then(|it| differs(facts, &mut talks, call, it))
        else {
            continue;
        };
        // Once for each end: later calls would say the same.
        if ends.contains(&(call.local, call.peer)) {
            continue;
        }
        ends.push((call.local, call.peer));
        let (who, made) = (facts.who(call), call.made());
        let (kernel, shown) = (kernel.name(), shown.name());
        found.push(other(facts.lang, who, made, kernel, shown).to_string());
    }
}

/// The packets of a conversation: when, and the states of client and server after each.
type States = Vec<(Timestamp, [Option<TcpState>; 2])>;

/// The state that the kernel found and the one that the packets show.
fn differs(
    facts: &Facts<'_>,
    talks: &mut HashMap<usize, States>,
    call: &SocketCall,
    kernel: KernelView,
) -> Option<(TcpState, TcpState)> {
    let (index, is_server) = facts.talk(call)?;
    let mut before = None;
    let mut near = Vec::new();
    let packets = talks.entry(index).or_insert_with(|| {
        let packets = facts.seen.of(index);
        packets.map(|it| (facts.time(it), it.states)).collect()
    });
    let since = |time: Timestamp| time.since(call.ended).0 - i128::from(kernel.after);
    // Only what lies near is looked at, and one packet before it.
    let from = packets.partition_point(|it| since(it.0) < -NEAR - SLACK);
    let near_by = packets.get(from.saturating_sub(1)..).unwrap_or_default();
    for (time, states) in near_by {
        let since = since(*time);
        if since > NEAR + SLACK {
            break;
        }
        let state = states[usize::from(is_server)];
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
