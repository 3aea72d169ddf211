//! What was sent, and what only looks so: bytes, copies, acknowledgments.

use super::{answer, case, holds, listed, sentence, summary};
use crate::support::{run, stderr};

#[test]
fn a_packet_captured_twice_was_not_sent_twice() {
    for name in ["captured-twice-same-frame.pcap", "dup_ipid.pcap"] {
        let said = summary(name, "en");
        assert!(
            !said.contains("sent again") && !said.contains("retransmission"),
            "{said}"
        );
        assert!(!said.contains("duplicate ACK"), "{said}");
        holds(
            &said,
            &[
                "client → server: 5 bytes, acknowledged",
                "packets captured twice",
            ],
        );
        let dito = summary(name, "pt-BR");
        holds(
            &dito,
            &[
                "cliente → servidor: 5 bytes, reconhecidos",
                "pacotes capturados duas vezes",
            ],
        );
        assert!(!dito.contains("reenviado"), "{dito}");
        let asked = answer(name, "tcp-0", "retransmissions", "en");
        holds(
            &asked,
            &[
                "None: no byte, SYN or FIN is repeated",
                "in this capture twice",
            ],
        );
        assert_eq!(answer(name, "tcp-0", "syn_retransmissions", "en"), "");
    }
    assert_eq!(
        sentence("captured-twice-same-frame.pcap", 2, "en"),
        "This is #1 once more (same IP identification and bytes, 10 µs later): captured twice, not sent again."
    );
    assert_eq!(
        sentence("dup_ipid.pcap", 8, "pt-BR"),
        "Este é #7 mais uma vez (mesma identificação IP e mesmos bytes, 5 µs depois): capturado duas vezes, não reenviado."
    );
}

#[test]
fn bytes_below_the_first_number_seen_are_counted_and_never_wrapped() {
    let name = "mid_fin_overtakes.pcap";
    holds(
        &summary(name, "en"),
        &["server → client: 31 bytes, acknowledged (by #3); 1 segment out of order"],
    );
    holds(
        &sentence(name, 2, "en"),
        &[
            "The server sends 31 bytes just before number 1, which belong before bytes captured earlier (#1)",
        ],
    );
    holds(
        &sentence(name, 3, "en"),
        &["acknowledges 31 bytes just before number 1 of the server, sent in #2"],
    );
    holds(
        &sentence(name, 2, "pt-BR"),
        &[
            "O servidor envia 31 bytes logo antes do número 1, que vêm antes de bytes já capturados (#1)",
        ],
    );
}

#[test]
fn bytes_that_come_again_with_the_fin_count_once() {
    let name = "retx_with_fin.pcap";
    let said = summary(name, "en");
    holds(
        &said,
        &[
            "client → server: 100 bytes",
            "100 bytes sent again with the FIN",
        ],
    );
    assert!(!said.contains("FIN with 100 bytes"), "{said}");
    holds(&summary(name, "pt-BR"), &["100 bytes reenviados com o FIN"]);
    holds(
        &sentence(name, 5, "en"),
        &["The client repeats bytes 1–100 (100 bytes), first captured in #4, 300.000 ms before"],
    );
    holds(&sentence(name, 6, "en"), &["sent in #4 and again in #5"]);
}

#[test]
fn other_bytes_at_the_same_numbers_are_no_repetition() {
    let name = "retx_same_diffbytes.pcap";
    holds(
        &sentence(name, 5, "en"),
        &["but with other bytes than #4 has at these numbers, which a sound TCP never sends"],
    );
    holds(
        &sentence(name, 5, "pt-BR"),
        &["mas com outros bytes do que #4 tem nesses números"],
    );
}

#[test]
fn an_ack_answers_a_copy_only_where_that_is_shown() {
    let name = "retx2.pcap";
    holds(
        &sentence(name, 7, "en"),
        &["sent in #4 and again in #5 and #6; which copy it answers is not shown"],
    );
    holds(
        &sentence(name, 7, "pt-BR"),
        &["enviados em #4 e de novo em #5 e #6; a qual cópia responde não se vê"],
    );
    let delay = answer(name, "tcp-0", "acks", "en");
    holds(&delay, &["its delay is not known (Karn's rule)"]);
    assert!(!delay.contains(" ms"), "{delay}");
    let capture = "../../../captures/retransmission.pcapng";
    holds(
        &sentence(capture, 8, "en"),
        &[
            "sent in #4 and again in #5, #6 and #7; its timestamp names #7 as the copy that it answers",
        ],
    );
    holds(
        &answer(capture, "tcp-0", "acks", "en"),
        &["#8, 27.571 µs after #7"],
    );
}

#[test]
fn a_segment_larger_than_the_mss_was_joined_before_the_capture() {
    let name = "segment-larger-than-mss.pcap";
    holds(
        &sentence(name, 5, "en"),
        &[
            "this is more than one segment can hold (MSS of the client: 1460 bytes), so about 10 were joined before the capture (TSO or GRO)",
        ],
    );
    holds(
        &sentence(name, 5, "pt-BR"),
        &[
            "isto é mais do que cabe em um segmento (MSS do cliente: 1460 bytes); cerca de 10 foram juntados antes da captura",
        ],
    );
    holds(
        &answer(name, "tcp-0", "segments", "en"),
        &[
            "The one of 14600 bytes (#5) is larger than the MSS of the client (1460): about 10 segments",
        ],
    );
}

#[test]
fn data_of_a_syn_that_was_refused_is_acknowledged_where_it_was_sent_again() {
    let name = "syn-data-refused-sent-again.pcap";
    holds(
        &sentence(name, 4, "en"),
        &["acknowledges bytes 1–8 of the client, sent in #3;"],
    );
    holds(
        &sentence(name, 4, "pt-BR"),
        &["reconhece os bytes 1–8 do cliente, enviados em #3;"],
    );
    holds(
        &sentence(name, 3, "en"),
        &["#2 had acknowledged only the SYN of #1, not its data (RFC 7413, 4.2)"],
    );
}

#[test]
fn the_text_of_a_rst_is_said() {
    let name = "rst-with-data.pcap";
    holds(&summary(name, "en"), &["the RST carries a text of 7 bytes"]);
    holds(&summary(name, "pt-BR"), &["o RST leva um texto de 7 bytes"]);
    holds(
        &sentence(name, 6, "en"),
        &["it carries 7 bytes (Go away), a text that may say why (RFC 9293, 3.5.3)"],
    );
    let said = sentence(name, 6, "pt-BR");
    holds(
        &said,
        &["leva 7 bytes (Go away), um texto que pode dizer por quê (RFC 9293, 3.5.3)"],
    );
    assert_eq!(said.matches("7 bytes").count(), 1, "{said}");
}

#[test]
fn silence_says_who_waits() {
    holds(
        &summary("both-wait.pcapng", "en"),
        &["no data for 3.005 s, from #3 to #4: both sides waited"],
    );
    holds(
        &summary("both-wait.pcapng", "pt-BR"),
        &["nenhum dado por 3,005 s, de #3 a #4: os dois lados esperaram"],
    );
    holds(
        &answer("both-wait.pcapng", "tcp-0", "silence", "en"),
        &["No data for 3.005 s, from #3 to #4: both sides waited."],
    );
    holds(
        &summary("no-answer.pcapng", "en"),
        &[
            "#5 shows that the system of the server has the data; no answer of its program came in the",
        ],
    );
    holds(
        &summary("no-answer.pcapng", "pt-BR"),
        &[
            "#5 mostra que o sistema do servidor tem os dados; nenhuma resposta do seu programa veio",
        ],
    );
}

#[test]
fn no_time_is_negative_where_times_go_back_and_one_warning_says_so() {
    let name = "times-go-back.pcap";
    for lang in ["en", "pt-BR"] {
        let rtt = answer(name, "tcp-0", "rtt", lang);
        assert!(!rtt.contains('-') && !rtt.contains('−'), "{rtt}");
    }
    assert_eq!(
        listed(name, "rtt_min,rtt_avg,rtt_max,initial_rtt", "en"),
        ["0.025000000\t0.025000000\t0.025000000\t0.020000000"]
    );
    let path = case(name);
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy.pcapng").display().to_string();
    let verbs: [&[&str]; 7] = [
        &["replay", &path],
        &["conversations", &path],
        &["explain", &path],
        &["ladder", &path],
        &["plot", &path],
        &["report", "-T", "md", &path],
        &["annotate", &path, "-o", &copy],
    ];
    for (lang, warning) in [
        (
            "en",
            "netlab: warning: times go back in this capture: #2 is 5.000 ms earlier than the packet \
             before it, and so is 1 more; where a length of time would be negative, none is given\n",
        ),
        (
            "pt-BR",
            "netlab: aviso: os tempos voltam atrás nesta captura: #2 está 5,000 ms antes do pacote \
             anterior, e o mesmo ocorre com mais 1; onde um intervalo de tempo seria negativo, nenhum \
             é dado\n",
        ),
    ] {
        for verb in verbs {
            let output = run(&[&["--lang", lang][..], verb].concat());
            let told = stderr(&output);
            assert_eq!(told.matches(warning).count(), 1, "{verb:?}: {told}");
        }
    }
}

#[test]
fn fractions_beyond_a_second_are_taken_for_nanoseconds_in_a_file_of_microseconds() {
    // 0.9 s, 1.1 s and 1.2 s in nanoseconds, behind the first bytes of a file in microseconds.
    let mut file = [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65_535, 101]
        .map(u32::to_le_bytes)
        .concat();
    for (secs, nanos) in [(0, 900_000_000), (1, 100_000_000), (1, 200_000_000_u32)] {
        file.extend([secs, nanos, 4, 4].map(u32::to_le_bytes).concat());
        file.extend([0; 4]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("wrong-magic.pcap");
    std::fs::write(&path, file).expect("a file");
    let path = path.display().to_string();
    let told = |lang| stderr(&run(&["--lang", lang, "replay", &path]));
    holds(
        &told("en"),
        &[
            "times go back in this capture: #3 is ",
            "a file in nanoseconds whose first bytes say microseconds",
        ],
    );
    holds(
        &told("pt-BR"),
        &[
            "os tempos voltam atrás nesta captura: #3 está ",
            "um arquivo em nanossegundos cujos primeiros bytes dizem microssegundos",
        ],
    );
}

#[test]
fn data_captured_after_its_ack_is_not_missing() {
    let name = "ack-captured-first.pcap";
    holds(
        &summary(name, "en"),
        &[
            "[4]         ACK of the server, of data captured after it, in #5",
            "[5, 6, 7]   client → server: 11 bytes, acknowledged (by #6)",
        ],
    );
    holds(
        &summary(name, "pt-BR"),
        &[
            "ACK do servidor de dados capturados depois dele, em #5",
            "cliente → servidor: 11 bytes, reconhecidos (pelo #6)",
        ],
    );
    holds(
        &sentence(name, 4, "en"),
        &["acknowledges the numbers 1–5 of the client, which are in no segment captured before"],
    );
    holds(
        &sentence(name, 5, "pt-BR"),
        &["o servidor já tinha reconhecido tudo antes do número 6 em #4"],
    );
}

#[test]
fn numbers_that_never_move_are_counted_alike_on_the_whole_page() {
    let name = "numbers-all-zero.pcap";
    holds(
        &summary(name, "en"),
        &["client → server: 18 bytes, not acknowledged in this capture; 1 retransmission"],
    );
    holds(
        &summary(name, "pt-BR"),
        &["cliente → servidor: 18 bytes, não reconhecidos nesta captura; 1 retransmissão"],
    );
    holds(
        &sentence(name, 4, "en"),
        &["The client sends bytes 0–17 (18 bytes of data)"],
    );
    holds(
        &answer(name, "tcp-0", "segments", "en"),
        &["The client sends 2, 32 bytes in all: 18 (#4), 14 (#6)."],
    );
    holds(
        &answer(name, "tcp-0", "throughput", "en"),
        &["Client → server: 18 bytes from #4 to #6"],
    );
}
