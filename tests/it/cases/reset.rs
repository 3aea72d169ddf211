//! RSTs: what their receiver does with them (RFC 9293, 3.10.7), and what stands before them.

use super::{answer, holds, listed, sentence, summary};

#[test]
fn a_rst_in_the_window_without_the_next_number_ends_nothing() {
    let name = "rst-in-window-challenge-ack.pcap";
    assert_eq!(
        listed(name, "close,closed_by,phases", "en"),
        ["three segments\tclient\thandshake, data, close"]
    );
    holds(
        &sentence(name, 4, "en"),
        &[
            "its number 101 lies in the window of the server, but number 1 comes next: the server answers with a challenge ACK, and the connection lives on (RFC 9293, 3.10.7.4)",
        ],
    );
    holds(
        &sentence(name, 4, "pt-BR"),
        &[
            "seu número 101 está na janela do servidor, mas o próximo é o número 1: o servidor responde com um challenge ACK, e a conexão continua (RFC 9293, 3.10.7.4)",
        ],
    );
    assert!(!sentence(name, 4, "en").contains("CLOSED"));
    holds(
        &sentence(name, 5, "en"),
        &["this is the challenge ACK for #4 (RFC 9293, 3.10.7.4)"],
    );
    holds(
        &sentence(name, 5, "pt-BR"),
        &["este é o challenge ACK para #4"],
    );
    holds(
        &summary(name, "en"),
        &[
            "three-segment close, started by the client: FIN; FIN, ACK; ACK; a RST by the client (#4) in the window",
            "the client is left in TIME-WAIT",
        ],
    );
    holds(
        &answer(name, "tcp-0", "time_wait", "en"),
        &["The client: it sent the first FIN (#8) and the last ACK (#10)."],
    );
    holds(
        &answer(name, "tcp-0", "reset", "pt-BR"),
        &["O número de #4 está na janela do servidor, mas não é o próximo"],
    );
}

#[test]
fn a_rst_outside_the_window_is_dropped_and_the_states_go_on() {
    let name = "rst_oow.pcap";
    assert_eq!(
        listed(name, "close,closed_by,phases", "en"),
        ["four segments\tclient\thandshake, data, close"]
    );
    let sentence = sentence(name, 6, "en");
    holds(&sentence, &["so the client has to ignore it"]);
    assert!(!sentence.contains("CLOSED"), "{sentence}");
    let states = answer(name, "tcp-0", "states", "en");
    holds(
        &states,
        &[
            "ESTABLISHED (client, #2–#9: 6.999 ms), ESTABLISHED (server, #3–#9: 5.999 ms)",
            "At the end of the capture: TIME-WAIT (client), CLOSED (server).",
        ],
    );
    holds(&summary(name, "pt-BR"), &["o cliente fica em TIME-WAIT"]);
}

#[test]
fn a_rst_after_the_close_ends_time_wait_at_most() {
    let name = "rst_timewait.pcap";
    assert_eq!(
        listed(name, "close,closed_by", "en"),
        ["RST after the close\tclient"]
    );
    holds(
        &summary(name, "en"),
        &[
            "four-way close, started by the client: FIN; ACK; FIN; ACK; then a RST by the server (#10), when both FINs were acknowledged and nothing was left to end",
            "the client was left in TIME-WAIT; the RST (#10) ends that (RFC 9293, 3.10.7.4), unless its system ignores a RST there, as RFC 1337 advises",
        ],
    );
    holds(
        &summary(name, "pt-BR"),
        &["o cliente ficou em TIME-WAIT; o RST (#10) acaba com isso"],
    );
    holds(
        &answer(name, "tcp-0", "time_wait", "en"),
        &[
            "The client: it sent the first FIN (#6)",
            "The RST (#10) ends TIME-WAIT",
        ],
    );
    holds(
        &answer(name, "tcp-0", "close", "en"),
        &[
            "Four: #6 (FIN), #7 (its ACK), #8 (the other FIN), #9 (its ACK). The RST (#10) came when it was closed already.",
        ],
    );
}

#[test]
fn a_closed_port_answers_what_has_neither_syn_nor_ack() {
    for name in ["fin-to-closed-port.pcap", "xmas.pcap"] {
        assert_eq!(
            listed(name, "close,phases", "en"),
            ["port closed (RST)\thandshake not captured"]
        );
        let asks = sentence(name, 1, "en");
        holds(
            &asks,
            &["if the port is closed, the server answers with a RST, and otherwise drops it"],
        );
        holds(
            &sentence(name, 2, "en"),
            &[
                "refuses the segment of #1 (RST)",
                "as a closed port does (RFC 9293, 3.10.7.1)",
            ],
        );
        holds(
            &sentence(name, 2, "pt-BR"),
            &[
                "recusa o segmento de #1 (RST)",
                "como faz uma porta fechada (RFC 9293, 3.10.7.1)",
            ],
        );
        holds(
            &summary(name, "en"),
            &["no connection, the port is closed: #1 is refused by the server: RST, ACK"],
        );
        holds(
            &answer(name, "tcp-0", "reset", "en"),
            &["#2 answers #1, which has neither SYN nor ACK"],
        );
        assert_eq!(answer(name, "tcp-0", "time_wait", "en"), "");
    }
}

#[test]
fn probes_without_an_answer_are_why_tcp_gives_up() {
    let name = "keepalive-unanswered-rst.pcap";
    holds(
        &sentence(name, 9, "en"),
        &[
            "before it stand 3 probes (#6–#8) without an answer: TCP gave the connection up (RFC 9293, 3.8.4)",
        ],
    );
    holds(
        &sentence(name, 9, "pt-BR"),
        &[
            "antes dele há 3 sondas (#6–#8) sem resposta: o TCP desistiu da conexão (RFC 9293, 3.8.4)",
        ],
    );
    holds(
        &summary(name, "en"),
        &["reset by the client, which gave up after 3 probes (#6–#8) without an answer: RST, ACK"],
    );
    assert_eq!(
        answer(name, "tcp-0", "reset", "en"),
        "The client sends it (#9) after 3 probes (#6–#8) without an answer: TCP gave the connection up (RFC 9293, 3.8.4)."
    );
}

#[test]
fn the_text_that_a_rst_carries_is_told() {
    let name = "rst-with-data.pcap";
    holds(
        &summary(name, "en"),
        &[
            "[6]        reset by the server: RST, ACK (closing with data unread looks like this, and so does an abort); the RST carries a text of 7 bytes",
        ],
    );
    holds(&summary(name, "pt-BR"), &["o RST leva um texto de 7 bytes"]);
}

#[test]
fn a_rst_to_the_syn_ack_leaves_no_end_established() {
    let name = "syn_synack_rst.pcap";
    holds(
        &sentence(name, 3, "en"),
        &[
            "it refuses the SYN, ACK of #2",
            "for the server it never was in ESTABLISHED, as in a half-open port scan",
        ],
    );
    holds(
        &sentence(name, 3, "pt-BR"),
        &[
            "recusa o SYN, ACK de #2",
            "para o servidor nunca esteve em ESTABLISHED",
        ],
    );
    let states = answer(name, "tcp-0", "states", "en");
    assert!(!states.contains("ESTABLISHED"), "{states}");
    holds(
        &answer(name, "tcp-0", "reset", "en"),
        &[
            "refuses the SYN, ACK (#2) with #3, so for the server the connection never was ESTABLISHED",
        ],
    );
    assert_eq!(
        listed(name, "close,phases", "en"),
        ["reset (RST)\thandshake not completed, reset"]
    );
}
