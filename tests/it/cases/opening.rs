//! Openings that are not the usual three packets in their order.

use super::{answer, holds, listed, sentence, summary, summary_as_4_0};

#[test]
fn an_old_duplicate_is_refused_and_the_attempt_goes_on() {
    let name = "synack-wrong-ack-then-right.pcap";
    holds(
        &summary_as_4_0(name, "en"),
        &[
            "three-way handshake (#1, #5, #6; in all: SYN; SYN, ACK; SYN, ACK; ACK); 1 SYN sent again",
            "a RST by the client (#3), which refuses #2, a segment of another connection between these ports",
            "at the end of the capture: client ESTABLISHED, server ESTABLISHED",
        ],
    );
    holds(
        &summary_as_4_0(name, "pt-BR"),
        &[
            "um RST enviado pelo cliente (#3), que recusa #2, um segmento de outra conexão entre estas portas",
        ],
    );
    // A SYN after a RST is a conversation of its own to later versions of Wireshark.
    holds(
        &summary(name, "en"),
        &[
            "the same SYN is sent again in #4, which Wireshark counts as a conversation of its own: the call goes on there",
            "[4, 5, 6]  three-way handshake (SYN; SYN, ACK; ACK)",
        ],
    );
    holds(
        &summary(name, "pt-BR"),
        &[
            "o mesmo SYN é reenviado em #4, o que o Wireshark conta como outra conversa: a chamada continua ali",
        ],
    );
    holds(
        &answer(name, "tcp-1", "handshake", "en"),
        &["#4 (SYN), #5 (SYN, ACK) and #6 (ACK)"],
    );
    holds(
        &answer(name, "tcp-1", "isn", "en"),
        &["The one of the server is 5900 in #5"],
    );
    holds(
        &sentence(name, 6, "en"),
        &["this completes the three-way handshake (#4, #5, #6)"],
    );
    holds(
        &sentence(name, 6, "pt-BR"),
        &["isto completa a apresentação de três vias (#4, #5, #6)"],
    );
    assert_eq!(listed(name, "close,closed_by", "en"), ["open\t", "open\t"]);
}

#[test]
fn a_segment_of_the_connection_before_is_told_by_its_raw_numbers() {
    for (name, rst) in [("half-open-discovery.pcap", 8), ("halfopen.pcap", 8)] {
        let stray = sentence(name, 7, "en");
        holds(
            &stray,
            &[
                "a segment of the connection that these ports had before: it acknowledges raw number 1006",
            ],
        );
        assert!(!stray.contains("42949"), "{stray}");
        holds(
            &sentence(name, 7, "pt-BR"),
            &[
                "um segmento da conexão que estas portas tinham antes: reconhece o número bruto 1006",
            ],
        );
        holds(
            &sentence(name, rst, "en"),
            &[
                "refuses the segment of #7",
                "the one being opened goes on (RFC 9293, 3.5.1)",
            ],
        );
        holds(&sentence(name, rst, "pt-BR"), &["recusa o segmento de #7"]);
        holds(
            &summary(name, "en"),
            &["after #5: client ESTABLISHED, server ESTABLISHED; #6 uses the same ports again"],
        );
    }
    holds(
        &summary_as_4_0("halfopen.pcap", "en"),
        &["[6, 9, 10, 11]  three-way handshake (SYN; SYN, ACK; ACK); 1 SYN sent again"],
    );
    holds(
        &answer("halfopen.pcap", "tcp-2", "handshake", "en"),
        &["#9 (SYN), #10 (SYN, ACK) and #11 (ACK)"],
    );
}

#[test]
fn a_syn_ack_captured_before_its_syn_completes_the_handshake_all_the_same() {
    let name = "reord_synack_first.pcap";
    assert_eq!(listed(name, "phases", "en"), ["handshake, data, close"]);
    holds(
        &sentence(name, 1, "en"),
        &["the SYN that it answers has not been captured so far"],
    );
    holds(
        &sentence(name, 2, "en"),
        &["#1, captured before it, answers it already"],
    );
    holds(
        &sentence(name, 2, "pt-BR"),
        &["#1, capturado antes, já responde a ele"],
    );
    holds(
        &answer(name, "tcp-0", "handshake", "en"),
        &[
            "#2 (SYN), #1 (SYN, ACK) and #3 (ACK)",
            "not the order of sending",
        ],
    );
    holds(
        &summary(name, "en"),
        &[
            "[1, 2, 3]     three-way handshake (SYN, ACK; SYN; ACK); the order of this capture is not the order of sending",
        ],
    );
}

#[test]
fn a_socket_that_calls_its_own_port_is_both_ends() {
    let name = "self-connect.pcap";
    holds(
        &summary(name, "en"),
        &[
            "[1, 2, 3]  simultaneous open of a socket with itself (SYN; SYN, ACK; ACK)",
            "[6, 7]     close of the connection with itself, one FIN for both directions: FIN; ACK",
        ],
    );
    holds(
        &summary(name, "pt-BR"),
        &[
            "abertura simultânea de um socket consigo mesmo",
            "encerramento da conexão consigo mesma",
        ],
    );
    holds(
        &sentence(name, 2, "en"),
        &[
            "The socket answers its own SYN",
            "no server listens on that port",
        ],
    );
    holds(
        &sentence(name, 2, "pt-BR"),
        &[
            "O socket responde ao seu próprio SYN",
            "nenhum servidor escuta nessa porta",
        ],
    );
    holds(
        &summary(name, "en"),
        &["[4, 5]     client → server: 2 bytes, acknowledged"],
    );
    holds(
        &sentence(name, 5, "en"),
        &[
            "The client acknowledges bytes 1–2 of the client, sent in #4; the next byte it expects is number 3.",
        ],
    );
    holds(
        &sentence(name, 7, "pt-BR"),
        &["O cliente reconhece o FIN do cliente (#6), que conta 1"],
    );
    holds(
        &answer(name, "tcp-0", "handshake", "en"),
        &["#1 (SYN) and #2 (SYN, ACK) come from one socket"],
    );
    holds(
        &answer(name, "tcp-0", "close", "en"),
        &["Two: #6 (FIN) and #7 (its ACK)."],
    );
}

#[test]
fn data_in_a_syn_that_is_refused_leaves_the_handshake_whole() {
    let name = "syn-data-refused-sent-again.pcap";
    holds(
        &summary(name, "en"),
        &["three-way handshake (SYN with 8 bytes; SYN, ACK; ACK with the data in #3)"],
    );
    holds(
        &summary(name, "pt-BR"),
        &["SYN com 8 bytes; SYN, ACK; ACK junto com os dados em #3"],
    );
}
