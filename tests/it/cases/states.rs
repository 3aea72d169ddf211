//! States end with their connection.

use super::{answer, case, holds, said, summary};

#[test]
fn ports_that_are_used_again_end_the_states_of_the_connection_before() {
    let name = "reuse_noclose.pcap";
    let said = summary(name, "en");
    holds(
        &said,
        &["after #5: client ESTABLISHED, server ESTABLISHED; #6 uses the same ports again"],
    );
    assert!(!said.contains("at the end of the capture"), "{said}");
    holds(
        &summary(name, "pt-BR"),
        &[
            "depois de #5: cliente ESTABLISHED, servidor ESTABLISHED; #6 usa as mesmas portas de novo",
        ],
    );
    let states = answer(name, "tcp-0", "states", "en");
    holds(
        &states,
        &["Until #6, which uses the same ports again: ESTABLISHED (client), ESTABLISHED (server)."],
    );
    assert!(!states.contains("At the end of the capture"), "{states}");
    assert_eq!(answer(name, "tcp-0", "states_left", "en"), "");
}

#[test]
fn a_ladder_shows_no_state_that_a_later_packet_refutes() {
    let drawn = said(&["ladder", &case("sim_close.pcap")]);
    assert!(!drawn.contains("CLOSE-WAIT"), "{drawn}");
    holds(&drawn, &["CLOSING │←─ [FIN, ACK]", "──│ CLOSING"]);
}

#[test]
fn a_fin_that_nothing_acknowledges_proves_no_state_of_the_other_end() {
    let path = case("fin-unanswered.pcap");
    let report = said(&["report", "-T", "md", "--sections", "questions", &path]);
    assert!(!report.contains("CLOSE-WAIT ("), "{report}");
    assert!(!report.contains("stays in CLOSE-WAIT"), "{report}");
    assert!(report.contains("FIN-WAIT-1"), "{report}");
}
