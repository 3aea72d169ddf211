//! The captures of the corpus that show a kind of exchange at its plainest, each with what is right
//! to say of it in both languages.

use super::{holds, listed, said, sentence, summary};
use crate::support::shared;

/// The path of a capture of the corpus.
fn corpus(name: &str) -> String {
    shared("corpus").join(name).display().to_string()
}

#[test]
#[ignore = "needs ../shared"]
fn datagrams_that_no_reply_fits_alone_are_unclear_and_not_lost() {
    let file = corpus("Kate48+CMPT371-Project-2/fairness_test.pcap");
    // 54 requests, 53 replies: at most one is without.
    holds(
        &summary(&file, "en"),
        &["requests: 54; answered: 36, refused: 0, without a reply: 1 (1.9 %), unclear: 17;"],
    );
    holds(
        &summary(&file, "pt-BR"),
        &[
            "requisições: 54; respondidas: 36, recusadas: 0, sem resposta: 1 (1,9 %), sem como dizer: 17;",
        ],
    );
}

#[test]
#[ignore = "needs ../shared"]
fn a_window_that_never_opens_is_probed_and_no_keep_alive() {
    let file = corpus("chrissanders+packets/tcp_zerowindowdead.pcapng");
    holds(
        &summary(&file, "en"),
        &["1344 bytes, acknowledged; zero window in #2; 3 zero-window probes, each answered"],
    );
    holds(
        &summary(&file, "pt-BR"),
        &[
            "1344 bytes, reconhecidos; janela zero em #2; 3 sondas de janela zero, cada uma respondida",
        ],
    );
    assert_eq!(
        sentence(&file, 4, "en"),
        "The client answers the probe of #3: its window is still 0, and it still expects number 1345."
    );
    assert_eq!(
        sentence(&file, 4, "pt-BR"),
        "O cliente responde à sonda de #3: sua janela continua 0, e continua esperando o número 1345."
    );
    let info = said(&["replay", "-T", "tsv", "--columns", "info", &file]);
    assert_eq!(info.matches("[TCP Keep-Alive]").count(), 3, "as tshark");
}

#[test]
#[ignore = "needs ../shared"]
fn data_below_the_first_number_is_counted_and_is_not_sent_again() {
    let file = corpus("chrissanders+packets/tcp_dupack.pcapng");
    holds(
        &summary(&file, "en"),
        &["[8, 9]  server → client: 1368 bytes, acknowledged; 1 segment out of order"],
    );
    holds(
        &summary(&file, "pt-BR"),
        &["[8, 9]  servidor → cliente: 1368 bytes, reconhecidos; 1 segmento fora de ordem"],
    );
    holds(
        &sentence(&file, 8, "en"),
        &["sends bytes 1–1368", "were in no segment captured so far"],
    );
    let file = corpus("ntop+nDPI/tls-appdata.pcap");
    holds(
        &sentence(&file, 23, "en"),
        &[
            "The client sends 20 bytes before number 0, which belong before bytes captured earlier (#8) \
             and were in no segment captured so far",
        ],
    );
    holds(
        &sentence(&file, 23, "pt-BR"),
        &[
            "envia 20 bytes antes do número 0",
            "não estavam em nenhum segmento",
        ],
    );
    let file = corpus("simsong+tcpflow/test1-out-of-order.pcap");
    assert_eq!(
        sentence(&file, 2, "en"),
        "The server sends 1396 bytes before number 0, which belong before bytes captured earlier (#1) \
         and were in no segment captured so far."
    );
    // 65 + 1396 bytes; Seq=1 − 1396 − 22 is where the second begins.
    let lines = [
        (
            "en",
            "1461 bytes, not acknowledged in this capture; 22 bytes between them are not in this capture",
        ),
        (
            "pt-BR",
            "1461 bytes, não reconhecidos nesta captura; 22 bytes no meio não estão nesta captura",
        ),
    ];
    for (lang, line) in lines {
        holds(&summary(&file, lang), &[line]);
    }
}

#[test]
#[ignore = "needs ../shared"]
fn a_capture_that_holds_each_packet_four_times_tells_no_retransmission() {
    let file = corpus("bro+bro/ssh-dups.pcap");
    for (lang, line, again) in [
        (
            "en",
            "client → server: 21 bytes, acknowledged; 6 packets captured twice",
            "retransmission",
        ),
        (
            "pt-BR",
            "cliente → servidor: 21 bytes, reconhecidos; 6 pacotes capturados duas vezes",
            "retransmiss",
        ),
    ] {
        let summary = summary(&file, lang);
        holds(&summary, &[line]);
        assert!(
            !summary.contains(again) && !summary.contains("FINs"),
            "{summary}"
        );
    }
    assert_eq!(
        sentence(&file, 5, "en"),
        "This is #4 once more (same bytes, right behind it, 0 µs later): captured twice, not sent again."
    );
    assert_eq!(
        listed(&file, "close,closed_by", "en"),
        ["four segments\tclient"]
    );
}

#[test]
#[ignore = "needs ../shared"]
fn a_state_ends_with_its_connection() {
    let file = corpus("simsong+tcpflow/bug5.pcap");
    holds(
        &summary(&file, "en"),
        &["after #4: client ESTABLISHED, server ESTABLISHED; #5 uses the same ports again"],
    );
    holds(
        &summary(&file, "pt-BR"),
        &[
            "depois de #4: cliente ESTABLISHED, servidor ESTABLISHED; #5 usa as mesmas portas de novo",
        ],
    );
}

#[test]
#[ignore = "needs ../shared"]
fn a_syn_captured_behind_its_answer_completes_the_handshake() {
    let file = corpus("bro+bro/ipv6-http-atomic-frag.trace");
    holds(
        &summary(&file, "en"),
        &[
            "[3, 4, 5]    three-way handshake (SYN, ACK; SYN; ACK); the order of this capture is not the order of sending",
            "ACK of the server, of data captured after it, in #8",
        ],
    );
    holds(
        &summary(&file, "pt-BR"),
        &[
            "[3, 4, 5]    apresentação de três vias (three-way handshake: SYN, ACK; SYN; ACK); a ordem desta captura não é a ordem de envio",
            "ACK do servidor de dados capturados depois dele, em #8",
        ],
    );
    holds(
        &sentence(&file, 4, "en"),
        &[
            "#3, captured before it, answers it already: the order of this capture is not the order of sending",
        ],
    );
}

#[test]
#[ignore = "needs ../shared"]
fn a_rst_to_a_stray_ack_leaves_the_call_as_it_is() {
    let file = corpus("CharlesJu1+pcap-samples/capture-libpcap-http.pcap");
    holds(
        &summary(&file, "en"),
        &[
            "a RST by the client (#80), which refuses #79, a segment of another connection between these ports",
            "the same SYN is sent again in #94, which Wireshark counts as a conversation of its own: the call goes on there",
            "[94, 97, 98, 111, 112]  three-way handshake (SYN; SYN, ACK; ACK); 1 SYN, ACK sent again",
        ],
    );
    holds(
        &summary(&file, "pt-BR"),
        &[
            "um RST enviado pelo cliente (#80), que recusa #79, um segmento de outra conexão entre estas portas",
            "o mesmo SYN é reenviado em #94, o que o Wireshark conta como outra conversa: a chamada continua ali",
        ],
    );
    holds(
        &sentence(&file, 80, "pt-BR"),
        &[
            "O cliente recusa o segmento de #79 (RST)",
            "a que está sendo aberta continua",
        ],
    );
}
