//! How much was sent, in which segments: copies, fragments, numbers that stand still.

use super::{answer, holds, sentence, summary};
use crate::support::{run, stdout};

#[test]
fn copies_in_the_capture_are_no_packets_that_a_transfer_takes() {
    let name = "captured-twice-same-frame.pcap";
    holds(
        &answer(name, "tcp-0", "overhead", "en"),
        &[
            "8 packets, 1 of them with data. 437 bytes on the wire = 5 of payload (1.1 %)",
            "8 packets more are copies of these, made by the capture or on the way.",
        ],
    );
    holds(
        &answer(name, "tcp-0", "overhead", "pt-BR"),
        &["Mais 8 pacotes são cópias destes, feitas pela captura ou no caminho."],
    );
}

#[test]
fn data_with_the_number_of_the_syn_repeats_nothing_of_the_syn() {
    let name = "number-of-the-syn.pcap";
    assert_eq!(
        answer(name, "tcp-0", "retransmissions", "en"),
        "2, by their sequence numbers. #4 repeats numbers of #3, 1.000 ms later. #5 repeats numbers of #3, 2.000 ms later."
    );
    holds(
        &answer(name, "tcp-0", "retransmissions", "pt-BR"),
        &["#4", "#3"],
    );
    holds(
        &summary(name, "en"),
        &["client → server: 6 bytes, not acknowledged in this capture; 2 retransmissions\n"],
    );
    holds(
        &sentence(name, 3, "en"),
        &["counted from the number of its SYN (#1)"],
    );
    holds(
        &sentence(name, 3, "pt-BR"),
        &["contados a partir do número do seu SYN (#1)"],
    );
}

#[test]
fn a_segment_in_ip_fragments_was_not_joined_before_the_capture() {
    let name = "segment-in-fragments.pcap";
    let sentence = sentence(name, 6, "en");
    holds(
        &sentence,
        &["The client sends bytes 1–2000 (2000 bytes of data)"],
    );
    assert!(!sentence.contains("joined"), "{sentence}");
    for lang in ["en", "pt-BR"] {
        let segments = answer(name, "tcp-0", "segments", lang);
        assert!(
            segments.contains("2000") && !segments.contains("TSO"),
            "{segments}"
        );
    }
}

#[test]
fn a_report_speaks_of_retransmissions_only_where_something_was_sent_again() {
    let report = |name: &str| super::said(&["report", "-T", "md", &super::case(name)]);
    let note = "There are retransmissions here";
    holds(&report("retx2.pcap"), &[note]);
    for name in [
        "captured-twice-same-frame.pcap",
        "reord_fin_before_data.pcap",
    ] {
        let report = report(name);
        assert!(!report.contains(note), "{name}");
        holds(&report, &["None: no byte, SYN or FIN is repeated"]);
    }
}

#[test]
fn two_captures_are_not_told_apart_by_copies_of_packets_as_sent_again() {
    let diff = |name: &str| {
        let path = super::case(name);
        super::said(&["diff", "-T", "csv", &path, &path])
    };
    let copied = diff("captured-twice-same-frame.pcap");
    assert!(!copied.contains("segments sent again"), "{copied}");
    holds(&diff("retx2.pcap"), &["diff,segments sent again,2,2,0,"]);
}

#[test]
fn the_answer_of_a_lab_counts_copies_once_and_claims_no_queue_that_nothing_shows() {
    let lab = |id: &str, name: &str, lang: &str| {
        let path = super::case(name);
        let output = run(&["--lang", lang, "replay", "-q", "--lab", id, &path]);
        // The captures do not show what the labs are about.
        assert_eq!(output.status.code(), Some(1));
        stdout(&output)
    };
    for name in ["captured-twice-same-frame.pcap", "dup_ipid.pcap"] {
        let said = lab("backlog", name, "en");
        assert!(!said.contains("waits in the queue"), "{said}");
    }
    let name = "captured-twice-same-frame.pcap";
    holds(
        &lab("echo", name, "en"),
        &["the message, 5 bytes from client to server"],
    );
    holds(
        &lab("echo", name, "pt-BR"),
        &["a mensagem, 5 bytes do cliente ao servidor"],
    );
    holds(
        &lab("echo", "number-of-the-syn.pcap", "en"),
        &["the message, 6 bytes from client to server\n"],
    );
    let open = lab("echo", "number-of-the-syn.pcap", "en");
    assert!(!open.contains("[]"), "{open}");
}

#[test]
fn a_refused_payload_of_a_syn_is_no_data_that_was_lost() {
    let path = super::case("syn-data-refused-sent-again.pcap");
    let output = run(&["replay", "-q", "--lab", "retransmission", &path]);
    assert_eq!(output.status.code(), Some(1));
    holds(
        &stdout(&output),
        &["this capture does not show what the lab is about"],
    );
}
