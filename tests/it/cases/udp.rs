//! Which datagram answers which, who asks, and what is missing.

use super::{case, holds, said, section, sentence, summary};

/// The facts of the first conversation: requests, answered, without a reply.
fn counts(name: &str) -> [u64; 3] {
    let facts = &section(name, "udp-0")["facts"];
    ["requests", "answered", "unanswered"].map(|id| facts[id].as_u64().expect("a number"))
}

/// The answer to each request of the first conversation.
fn answers(name: &str) -> Vec<(u64, Option<u64>)> {
    let section = section(name, "udp-0");
    let rows = section["tables"]["udp_exchanges"]["rows"].as_array();
    let rows = rows.expect("rows").iter();
    rows.map(|row| (row["request"].as_u64().unwrap(), row["answer"].as_u64()))
        .collect()
}

#[test]
fn a_reply_answers_the_latest_open_request_unless_its_payload_says_otherwise() {
    for (name, expected) in [
        ("pinger_pong.pcap", [10, 8, 2]),
        ("udp_samemsg.pcap", [5, 4, 1]),
        ("udp_same_text.pcap", [3, 1, 2]),
        ("dns_retry.pcap", [2, 1, 1]),
        ("udp-one-lost.pcap", [5, 4, 1]),
        ("udp-one-lost-echo.pcap", [4, 3, 1]),
        ("udp-starts-with-reply.pcap", [3, 2, 1]),
        ("udp_otherport.pcap", [1, 1, 0]),
        ("udp-doubled-late.pcap", [6, 4, 2]),
    ] {
        assert_eq!(counts(name), expected, "{name}");
    }
    assert_eq!(
        answers("udp-one-lost.pcap"),
        [
            (1, Some(2)),
            (3, None),
            (4, Some(5)),
            (6, Some(7)),
            (8, Some(9))
        ]
    );
    assert_eq!(answers("udp_otherport.pcap"), [(1, Some(2))]);
    holds(
        &summary("pinger_pong.pcap", "en"),
        &[
            "requests: 10; answered: 8, refused: 0, without a reply: 2 (20.0 %); 6 replies fit several requests: the latest open one is taken; RTT: shortest 999 µs, mean 999.875 µs, longest 1.000 ms",
        ],
    );
    holds(
        &summary("pinger_pong.pcap", "pt-BR"),
        &[
            "requisições: 10; respondidas: 8, recusadas: 0, sem resposta: 2 (20,0 %); 6 respostas servem para várias requisições: vale a mais recente em aberto; RTT: mínimo 999 µs, médio 999,875 µs, máximo 1,000 ms",
        ],
    );
    holds(
        &sentence("udp-one-lost.pcap", 5, "en"),
        &[
            "the latest request without a reply is #4, 1.000 ms before; UDP itself does not say which datagram answers which.",
        ],
    );
    holds(
        &sentence("udp-one-lost.pcap", 5, "pt-BR"),
        &[
            "a requisição mais recente sem resposta é #4, 1,000 ms antes; o próprio UDP não diz qual datagrama responde a qual.",
        ],
    );
}

#[test]
fn a_request_sent_again_is_named_and_its_reply_is_put_to_none_of_the_copies_for_certain() {
    holds(
        &sentence("dns_retry.pcap", 2, "en"),
        &[
            "the same bytes as #1, 5.000 s later, and #1 has had no reply so far: sent again, or another message of the same text.",
        ],
    );
    holds(
        &sentence("dns_retry.pcap", 2, "pt-BR"),
        &[
            "os mesmos bytes de #1, 5,000 s depois, e #1 até aqui não teve resposta: um reenvio, ou outra mensagem de mesmo texto.",
        ],
    );
    holds(
        &sentence("dns_retry.pcap", 3, "en"),
        &["its content fits #2 and earlier requests without a reply alike, 20.000 ms before"],
    );
    holds(
        &sentence("dns_retry.pcap", 3, "pt-BR"),
        &[
            "seu conteúdo serve tanto para #2 como para requisições anteriores sem resposta, 20,000 ms antes",
        ],
    );
}

#[test]
fn doubled_late_and_reordered_replies_are_named() {
    let name = "udp-doubled-late.pcap";
    for (frame, en, pt_br) in [
        (
            3,
            "the same bytes as #2, 200 µs later, and no request is left that it could answer: a doubled reply.",
            "os mesmos bytes de #2, 200 µs depois, e não resta requisição a que possa responder: uma resposta duplicada.",
        ),
        (
            10,
            "by its content it answers #7, 1.200 s before; late: #8 was sent in between; out of order: the reply to a later request came before it, in #9.",
            "pelo conteúdo, responde a #7, 1,200 s antes; atrasado: #8 foi enviado nesse meio-tempo; fora de ordem: a resposta a uma requisição posterior veio antes, em #9.",
        ),
    ] {
        holds(&sentence(name, frame, "en"), &[en]);
        holds(&sentence(name, frame, "pt-BR"), &[pt_br]);
    }
    let facts = &section(name, "udp-0")["facts"];
    let expected = [
        ("doubled", 1),
        ("late", 1),
        ("reordered", 1),
        ("sent_again", 1),
    ];
    for (id, count) in expected {
        assert_eq!(facts[id], count, "{id}");
    }
    assert_eq!(
        answers(name),
        [
            (1, Some(2)),
            (4, None),
            (5, Some(6)),
            (7, Some(10)),
            (8, Some(9)),
            (11, None)
        ]
    );
}

#[test]
fn a_capture_that_begins_with_a_reply_takes_the_service_port_for_the_server() {
    let name = "udp-starts-with-reply.pcap";
    holds(
        &summary(name, "en"),
        &[
            "192.0.2.1:50000 (client, assumed) ↔ 192.0.2.2:12000 (server, assumed)",
            "  [1]        server → client: 1 datagram, 6 bytes; no request captured before\n",
            "without a reply: 1 (33.3 %); RTT: shortest 10.000 ms, mean 10.000 ms, longest 10.000 ms",
        ],
    );
    holds(
        &summary(name, "pt-BR"),
        &[
            "192.0.2.1:50000 (cliente, presumido) ↔ 192.0.2.2:12000 (servidor, presumido)",
            "  [1]        servidor → cliente: 1 datagrama, 6 bytes; nenhuma requisição capturada antes\n",
            "sem resposta: 1 (33,3 %)",
        ],
    );
    assert_eq!(answers(name), [(2, Some(3)), (4, None), (5, Some(6))]);
    assert_eq!(section(name, "udp-0")["facts"]["roles"], "ports (assumed)");
    holds(
        &sentence(name, 1, "en"),
        &[
            "The server sends",
            "no request to the server has been captured before it.",
        ],
    );
    holds(
        &sentence(name, 1, "pt-BR"),
        &["nenhuma requisição ao servidor foi capturada antes."],
    );
}

#[test]
fn a_reply_from_another_port_is_no_loss() {
    let name = "udp_otherport.pcap";
    holds(
        &summary(name, "en"),
        &[
            "answered by 127.0.0.1:33333 in #2 (UDP conversation 1)",
            "UDP conversation 1 · 127.0.0.1:40000 (client) ↔ 127.0.0.1:33333 (server)",
            "the answer to #1, which went to another port or address",
        ],
    );
    holds(
        &summary(name, "pt-BR"),
        &[
            "respondido por 127.0.0.1:33333 em #2 (conversa UDP 1)",
            "a resposta a #1, que foi a outra porta ou outro endereço",
        ],
    );
    let rows = said(&[
        "conversations",
        "--columns",
        "client,server,roles",
        &case(name),
    ]);
    holds(&rows, &["127.0.0.1:33333", "reply from another port"]);
}

#[test]
fn many_receivers_and_a_socket_that_sends_to_itself_have_no_server_and_no_loss() {
    let many = summary("udp-many.pcap", "en");
    holds(
        &many,
        &[
            "UDP conversation 0 · 192.0.2.5:50000 ↔ 239.255.255.250:1900",
            "no server, and no reply is missing; answered by 192.0.2.1:1900 in #2 (UDP conversation 1)",
            "192.0.2.5:68 → 255.255.255.255:67: 1 datagram, 8 bytes; to everyone who listens there",
        ],
    );
    holds(
        &summary("udp-many.pcap", "pt-BR"),
        &[
            "não há servidor, e não falta resposta; respondido por 192.0.2.1:1900 em #2 (conversa UDP 1)",
        ],
    );
    holds(
        &summary("udp-itself.pcap", "en"),
        &["a socket that sends to itself: no client, no server, and no reply is missing"],
    );
    holds(
        &summary("udp-itself.pcap", "pt-BR"),
        &["um socket que envia a si mesmo: não há cliente nem servidor, e não falta resposta"],
    );
    for name in ["udp-many.pcap", "udp-itself.pcap"] {
        for lang in ["en", "pt-BR"] {
            let report = said(&["--lang", lang, "report", "-T", "md", &case(name)]);
            for lost in [
                "Without a reply",
                "Sem resposta",
                "no datagram came back",
                "nenhum datagrama voltou",
            ] {
                assert!(!report.contains(lost), "{name}: {lost}\n{report}");
            }
        }
    }
}

#[test]
fn a_client_with_a_socket_for_each_ping_gets_one_total() {
    let name = "udp-socket-per-ping.pcap";
    let en = "10 UDP conversations of 127.0.0.1 with 127.0.0.1:12000, a port for each: requests: 10; answered: 8, refused: 0, without a reply: 2 (20.0 %); RTT: shortest 1.000 ms, mean 1.000 ms, longest 1.000 ms";
    let pt_br = "10 conversas UDP de 127.0.0.1 com 127.0.0.1:12000, cada uma com sua porta: requisições: 10; respondidas: 8, recusadas: 0, sem resposta: 2 (20,0 %); RTT: mínimo 1,000 ms, médio 1,000 ms, máximo 1,000 ms";
    holds(&summary(name, "en"), &[en]);
    holds(&summary(name, "pt-BR"), &[pt_br]);
    holds(&said(&["explain", "--wide", &case(name)]), &[en]);
    let whole = section(name, "questions");
    assert_eq!(whole["facts"]["udp_clients"], format!("{en}."));
}

#[test]
fn a_ladder_says_which_datagram_answers_which() {
    let drawn = |name: &str, lang| said(&["--lang", lang, "ladder", &case(name)]);
    holds(
        &drawn("udp-one-lost-echo.pcap", "en"),
        &["UDP Len=4 (answers #1) ─", "UDP Len=4 (answers #4) ─"],
    );
    holds(
        &drawn("udp-one-lost.pcap", "pt-BR"),
        &["UDP Len=3 (pode responder a #4) ─"],
    );
    holds(
        &drawn("udp_samemsg.pcap", "en"),
        &["UDP Len=4 (same bytes as #5) ─"],
    );
    holds(
        &drawn("udp-doubled-late.pcap", "pt-BR"),
        &["duplicado) ─", "(responde a #"],
    );
}

#[test]
fn a_datagram_captured_twice_is_no_request_sent_again_and_no_doubled_reply() {
    let name = "udp-captured-twice.pcap";
    assert_eq!(counts(name), [3, 3, 0]);
    let said = summary(name, "en");
    holds(
        &said,
        &[
            "[1, 2, 3, 4]  client → server: 1 datagram, 6 bytes; server → client: 1 datagram, 4 bytes; 2 packets captured twice",
            "requests: 3; answered: 3, refused: 0, without a reply: 0 (0.0 %)",
            "3 packets captured twice; RTT",
        ],
    );
    assert!(
        !said.contains("same bytes") && !said.contains("repeats the bytes"),
        "{said}"
    );
    holds(
        &summary(name, "pt-BR"),
        &[
            "requisições: 3; respondidas: 3, recusadas: 0, sem resposta: 0 (0,0 %)",
            "3 pacotes capturados duas vezes",
        ],
    );
    assert_eq!(
        sentence(name, 4, "en"),
        "This is #3 once more (same IP identification and bytes, 4 µs later): captured twice, not sent again."
    );
    assert_eq!(
        sentence(name, 2, "pt-BR"),
        "Este é #1 mais uma vez (mesma identificação IP e mesmos bytes, 5 µs depois): capturado duas vezes, não reenviado."
    );
    // The same bytes in a datagram of its own are another reply.
    holds(
        &sentence(name, 9, "en"),
        &["the latest request without a reply is #5"],
    );
}
