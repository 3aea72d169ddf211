//! Datagrams that are no requests and replies, since their headers say what they are.

use super::{holds, said, section, sentence, summary};

const CAPTURE: &str = "udp-streams.pcap";

/// What stands in the summary about a conversation, by its number.
fn of_conversation(lang: &str, place: usize) -> String {
    let all = summary(CAPTURE, lang);
    let part = all.split("\n\n").nth(place);
    part.expect("a conversation").to_owned()
}

#[test]
fn neither_side_of_rtp_asks_or_answers() {
    for place in [0, 4] {
        let said = of_conversation("en", place);
        holds(
            &said,
            &[
                "RTP, as the headers show: sound or video; no datagram is a request, and none waits for a reply",
            ],
        );
        assert!(!said.contains("requests:"), "{said}");
        assert!(!said.contains("without a reply"), "{said}");
    }
    holds(
        &of_conversation("pt-BR", 0),
        &[
            "RTP, como mostram os cabeçalhos: som ou vídeo; nenhum datagrama é uma requisição, e nenhum espera resposta",
        ],
    );
    // Before that is known, nothing is called a request either.
    for (lang, said) in [
        (
            "en",
            "The server sends a datagram with 252 bytes of data to the client; the latest one of the client is #1, 7.000 ms before.",
        ),
        (
            "pt-BR",
            "O servidor envia um datagrama com 252 bytes de dados ao cliente; o mais recente do cliente é #1, 7,000 ms antes.",
        ),
    ] {
        assert_eq!(sentence(CAPTURE, 2, lang), said);
    }
    // From the third packet of an end on it is known.
    assert_eq!(
        sentence(CAPTURE, 10, "en"),
        "The server sends a datagram with 252 bytes of data to the client; the latest one of the client is #9, 17.000 ms before."
    );
}

#[test]
fn reports_about_rtp_are_no_requests() {
    holds(
        &of_conversation("en", 1),
        &[
            "RTCP, as the headers show: reports about RTP; no datagram is a request, and none waits for a reply",
        ],
    );
    holds(
        &of_conversation("pt-BR", 1),
        &[
            "RTCP, como mostram os cabeçalhos: relatórios sobre RTP; nenhum datagrama é uma requisição, e nenhum espera resposta",
        ],
    );
    for (frame, lang, word) in [(11, "en", "sent again"), (13, "pt-BR", "sem resposta")] {
        let said = sentence(CAPTURE, frame, lang);
        assert!(!said.contains(word), "{said}");
    }
}

#[test]
fn of_quic_nobody_says_what_has_no_reply() {
    holds(
        &of_conversation("en", 2),
        &[
            "QUIC, as the headers show: what the datagrams acknowledge or answer is encrypted, so none is counted as without a reply",
        ],
    );
    holds(
        &of_conversation("pt-BR", 2),
        &[
            "QUIC, como mostram os cabeçalhos: o que os datagramas reconhecem ou respondem está cifrado; por isso nenhum conta como sem resposta",
        ],
    );
}

#[test]
fn a_header_like_that_of_rtp_is_a_request_where_replies_repeat_it() {
    holds(
        &of_conversation("en", 3),
        &["requests: 4; answered: 3, refused: 0, without a reply: 1 (25.0 %)"],
    );
    assert_eq!(section(CAPTURE, "udp-3")["facts"]["unanswered"], 1);
}

#[test]
fn a_report_about_rtp_lists_no_requests_and_says_why() {
    assert_eq!(
        section(CAPTURE, "udp-0")["tables"]["udp_exchanges"],
        serde_json::Value::Null
    );
    let path = super::case(CAPTURE);
    let report = said(&["report", "-T", "md", &path]);
    holds(
        &report,
        &[
            "RTP, as the headers show: sound or video; no datagram is a request, and none waits for a reply.",
            "RTCP, as the headers show: reports about RTP",
            "QUIC, as the headers show: what the datagrams",
        ],
    );
}
