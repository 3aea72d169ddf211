//! Orderly closes: whose FIN came first, however the capture orders it.

use super::{answer, holds, listed, sentence, summary};

#[test]
fn crossing_fins_are_closed_by_both_and_never_pass_close_wait() {
    let name = "sim_close.pcap";
    assert_eq!(
        listed(name, "close,closed_by", "en"),
        ["crossing FINs\tboth"]
    );
    assert_eq!(
        listed(name, "close,closed_by", "pt-BR"),
        ["FINs cruzados\tambos"]
    );
    assert_eq!(
        answer(name, "tcp-0", "closed_by", "en"),
        "Both: neither FIN (#6, #7) acknowledges the other."
    );
    let states = answer(name, "tcp-0", "states", "en");
    holds(
        &states,
        &[
            "FIN-WAIT-1 (server, passed in #7)",
            "CLOSING (server, #7–#8: 1.000 ms)",
        ],
    );
    assert!(!states.contains("CLOSE-WAIT"), "{states}");
    holds(
        &sentence(name, 7, "en"),
        &[
            "#6 had not reached the server, which goes through FIN-WAIT-1 and never was in CLOSE-WAIT",
        ],
    );
    holds(
        &sentence(name, 7, "pt-BR"),
        &["#6 não tinha chegado: o servidor passa por FIN-WAIT-1 e nunca esteve em CLOSE-WAIT"],
    );
    holds(&summary(name, "en"), &["both ends are left in TIME-WAIT"]);
}

#[test]
fn a_fin_that_is_acknowledged_before_it_is_captured_came_first() {
    let name = "fin-acked-before-captured.pcap";
    assert_eq!(
        listed(name, "close,closed_by", "en"),
        ["three segments\tclient"]
    );
    holds(
        &summary(name, "en"),
        &[
            "[4, 5, 6]  three-segment close, started by the client: FIN; FIN; ACK (the order of this capture is not the order of sending)",
            "the client is left in TIME-WAIT",
        ],
    );
    holds(
        &summary(name, "pt-BR"),
        &[
            "encerramento em três segmentos, iniciado pelo cliente: FIN; FIN; ACK (a ordem desta captura não é a ordem de envio)",
            "o cliente fica em TIME-WAIT",
        ],
    );
    holds(
        &sentence(name, 5, "en"),
        &[
            "#4, captured before it, acknowledges it already: the order of this capture is not the order of sending",
        ],
    );
    holds(
        &sentence(name, 5, "pt-BR"),
        &["#4, capturado antes, já o reconhece: a ordem desta captura não é a ordem de envio"],
    );
    assert_eq!(
        answer(name, "tcp-0", "closed_by", "en"),
        "The client: #4 acknowledges its FIN (#5), whatever their order in this capture, which is not the order of sending."
    );
    holds(
        &answer(name, "tcp-0", "time_wait", "en"),
        &["The client: it sent the first FIN (#5) and the last ACK (#6)."],
    );
}

#[test]
fn a_fin_captured_before_its_data_makes_no_close_incomplete() {
    let name = "reord_fin_before_data.pcap";
    assert_eq!(
        listed(name, "close,closed_by,phases", "en"),
        ["four segments\tclient\thandshake, data, close"]
    );
    holds(
        &summary(name, "en"),
        &["FIN; ACK; FIN; ACK (the order of this capture is not the order of sending)"],
    );
    holds(
        &summary(name, "pt-BR"),
        &["FIN; ACK; FIN; ACK (a ordem desta captura não é a ordem de envio)"],
    );
}
