//! Flow control: windows of 0, and the probes that ask about them.

use super::{answer, holds, sentence, summary};
use crate::support::{Folder, run, stdout};

#[test]
fn a_probe_of_a_closed_window_is_no_keep_alive() {
    let name = "zero-window-probe-linux.pcap";
    let said = summary(name, "en");
    holds(
        &said,
        &[
            "client → server: 1500 bytes, acknowledged; zero window in #5, open again in #8; 1 zero-window probe, answered",
        ],
    );
    assert!(!said.contains("keep-alive"), "{said}");
    holds(
        &summary(name, "pt-BR"),
        &["janela zero em #5, aberta de novo em #8; 1 sonda de janela zero, respondida"],
    );
    holds(
        &sentence(name, 6, "en"),
        &[
            "The client asks whether the window of the server, 0 in #5, has opened (zero-window probe): it sends number 1000",
        ],
    );
    holds(
        &sentence(name, 7, "pt-BR"),
        &["O servidor responde à sonda de #6: sua janela continua 0"],
    );
    assert_eq!(phases(name)[5..7], ["window", "window"]);
}

#[test]
fn every_probe_is_answered_and_the_window_opens_or_not() {
    holds(
        &summary("zerowin_ka.pcap", "en"),
        &["zero window in #5, open again in #10; 2 zero-window probes, each answered"],
    );
    let said = summary("zw_end.pcap", "en");
    holds(&said, &["zero window in #5; 1 zero-window probe, answered"]);
    assert!(!said.contains("open again"), "{said}");
    holds(
        &answer("zw_end.pcap", "tcp-0", "zero_window", "en"),
        &["The server offers no window from #5 on, up to the end of this capture"],
    );
}

#[test]
fn an_answer_that_changes_the_window_is_an_answer_too() {
    let name = "ka_winupd.pcap";
    holds(
        &summary(name, "en"),
        &["[6, 7]", "keep-alive by the client: 1 probe, 1 answer"],
    );
    holds(
        &summary(name, "pt-BR"),
        &["keep-alive pelo cliente: 1 sonda, 1 resposta"],
    );
    holds(
        &sentence(name, 7, "en"),
        &[
            "answers the keep-alive of #6",
            "its window changes from 1000 in #5 to 2000 bytes",
        ],
    );
}

#[test]
fn several_zero_windows_are_counted_and_the_first_is_named() {
    let name = "zero-windows.pcap";
    holds(&summary(name, "en"), &["4 zero windows, the first in #5"]);
    holds(
        &summary(name, "pt-BR"),
        &["4 janelas zero, a primeira em #5"],
    );
    let asked = answer(name, "tcp-0", "zero_window", "en");
    holds(
        &asked,
        &["4 times, ", " in all; the longest, ", "from #5 to #6"],
    );
}

fn phases(name: &str) -> Vec<String> {
    let path = super::case(name);
    let output = run(&[
        "replay",
        "-T",
        "tsv",
        "--columns",
        "phase",
        "--lang",
        "en",
        &path,
    ]);
    stdout(&output).lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn without_the_handshake_a_window_is_not_in_bytes() {
    let folder = Folder::new("no-handshake");
    let rest_of = |name: &str| {
        let mut bytes = std::fs::read(super::case(name)).unwrap();
        // Behind the head of the file, of each packet its head and as many bytes as that says.
        for _ in 0..3 {
            let kept = u32::from_le_bytes(bytes[32..36].try_into().unwrap());
            bytes.drain(24..24 + 16 + usize::try_from(kept).unwrap());
        }
        let file = folder.file(name);
        std::fs::write(&file, bytes).unwrap();
        file
    };
    let (opened, changed) = (rest_of("zerowin_ka.pcap"), rest_of("ka_winupd.pcap"));
    holds(
        &sentence(&opened, 7, "en"),
        &[
            "changes only its window field, from 0 in #6 to 5000 (what a unit of it means was said in the handshake, which this capture does not hold)",
        ],
    );
    holds(
        &sentence(&changed, 4, "pt-BR"),
        &[
            "sua janela muda de 1000 em #2 para 2000 no campo de janela (quanto vale cada unidade foi dito na apresentação de três vias, que não está nesta captura)",
        ],
    );
    let smallest = answer(&changed, "tcp-0", "window", "en");
    holds(
        &smallest,
        &[
            "The server: 1000, in #2.",
            "These are the fields as they stand",
        ],
    );
}
