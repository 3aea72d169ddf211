//! The whole state table: every state, every signal, against RFC 9293 read by hand.

use netlab::analysis::lifecycle::state::Signal;
use netlab::analysis::lifecycle::state::next;
use netlab::model::tcp::TcpState;

/// One row a state, one column a signal; `·` where the state stays. The sections of RFC 9293:
/// calls 3.10.1 (OPEN), 3.10.4 (CLOSE), 3.10.5 (ABORT); arrivals 3.10.7.1 (CLOSED), 3.10.7.2
/// (LISTEN), 3.10.7.3 (SYN-SENT), 3.10.7.4 (the others).
const TABLE: &str = "
              SendSyn   SendFin     SendRst  SynArrives    SynAckArrives  SynAcked     FinAcked    FinArrives  RstArrives
LISTEN        SYN-SENT  ·           ·        SYN-RECEIVED  ·              ·            ·           ·           ·
SYN-SENT      ·         ·           ·        SYN-RECEIVED  ESTABLISHED    ·            ·           ·           CLOSED
SYN-RECEIVED  ·         FIN-WAIT-1  CLOSED   ·             ESTABLISHED    ESTABLISHED  ·           CLOSE-WAIT  CLOSED
ESTABLISHED   ·         FIN-WAIT-1  CLOSED   ·             ·              ·            ·           CLOSE-WAIT  CLOSED
FIN-WAIT-1    ·         ·           CLOSED   ·             ·              ·            FIN-WAIT-2  CLOSING     CLOSED
FIN-WAIT-2    ·         ·           CLOSED   ·             ·              ·            ·           TIME-WAIT   CLOSED
CLOSE-WAIT    ·         LAST-ACK    CLOSED   ·             ·              ·            ·           ·           CLOSED
CLOSING       ·         ·           CLOSED   ·             ·              ·            TIME-WAIT   ·           CLOSED
LAST-ACK      ·         ·           CLOSED   ·             ·              ·            CLOSED      ·           CLOSED
TIME-WAIT     ·         ·           CLOSED   ·             ·              ·            ·           ·           CLOSED
CLOSED        SYN-SENT  ·           ·        ·             ·              ·            ·           ·           ·
";

const STATES: [TcpState; 11] = [
    TcpState::Listen,
    TcpState::SynSent,
    TcpState::SynReceived,
    TcpState::Established,
    TcpState::FinWait1,
    TcpState::FinWait2,
    TcpState::CloseWait,
    TcpState::Closing,
    TcpState::LastAck,
    TcpState::TimeWait,
    TcpState::Closed,
];

#[test]
fn every_state_moves_as_the_rfc_says() {
    let mut rows = TABLE.trim_matches('\n').lines();
    let names: Vec<&str> = rows.next().unwrap().split_whitespace().collect();
    let signals = Signal::ALL.map(|signal| format!("{signal:?}"));
    assert_eq!(names, signals);
    let mut walked = 0;
    for (row, state) in rows.zip(STATES) {
        let mut cells = row.split_whitespace();
        assert_eq!(cells.next(), Some(state.name()));
        for (cell, signal) in cells.zip(Signal::ALL) {
            let expected = if cell == "·" { state.name() } else { cell };
            let found = next(state, signal).name();
            assert_eq!(found, expected, "{} on {signal:?}", state.name());
            walked += 1;
        }
    }
    assert_eq!(walked, STATES.len() * Signal::ALL.len());
}
