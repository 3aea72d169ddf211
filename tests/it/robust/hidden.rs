//! One list of characters that are not shown as they are, for every format.

use std::fs;

use crate::support::{Folder, run};

/// Characters that hide, or act: some of every kind that Unicode has.
const HIDDEN: &str = "\u{ad}\u{34f}\u{61c}\u{115f}\u{180e}\u{200b}\u{200d}\u{2028}\u{202e}\u{2060}\
                      \u{2066}\u{3164}\u{fe0f}\u{ffa0}\u{fff9}\u{1d173}\u{e0041}\u{e0100}";

/// A datagram with these characters, as a pcap file.
fn capture() -> Vec<u8> {
    let mut udp = vec![0x1f, 0x90, 0x1f, 0x91];
    udp.extend(u16::try_from(8 + HIDDEN.len()).unwrap().to_be_bytes());
    udp.extend([0, 0]);
    udp.extend(HIDDEN.as_bytes());
    let mut ip = vec![0x45, 0];
    ip.extend(u16::try_from(20 + udp.len()).unwrap().to_be_bytes());
    ip.extend([0, 1, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]);
    ip.extend(udp);
    let len = u32::try_from(ip.len()).unwrap();
    let mut file = Vec::new();
    for word in [
        0xa1b2_c3d4_u32,
        0x0004_0002,
        0,
        0,
        0xffff,
        101,
        1,
        0,
        len,
        len,
    ] {
        file.extend(word.to_le_bytes());
    }
    file.extend(ip);
    file
}

#[test]
fn no_format_shows_what_hides() {
    let folder = Folder::new("robust-hidden");
    let own = folder.file("hidden.pcap");
    fs::write(&own, capture()).unwrap();
    let files = [own, "tests/it/cases/hidden.pcapng".to_owned()];
    let mut escaped = 0;
    for file in &files {
        let mut commands: Vec<Vec<&str>> = Vec::new();
        for format in ["table", "tsv", "csv", "md", "json", "jsonl"] {
            commands.push(vec!["replay", file, "-T", format]);
        }
        for format in ["text", "tsv", "csv", "md", "json", "jsonl"] {
            commands.push(
                vec!["explain", file, "-T", format, "--why"]
                    .into_iter()
                    .take(4)
                    .collect(),
            );
        }
        for format in ["md", "html", "tex", "csv", "json"] {
            commands.push(vec!["report", file, "-T", format]);
        }
        commands.push(vec!["replay", file, "-V", "-x"]);
        commands.push(vec!["ladder", file]);
        commands.push(vec!["conversations", file]);
        for command in commands {
            let output = run(&command);
            assert_eq!(output.status.code(), Some(0), "{command:?}");
            let text = String::from_utf8(output.stdout).unwrap();
            let shown = text.chars().find(|it| HIDDEN.contains(*it));
            assert_eq!(shown, None, "{command:?}: {text}");
            escaped += usize::from(text.contains("ad") && text.contains("180e"));
        }
    }
    assert!(escaped > 3, "the payload is shown, with escapes: {escaped}");
}
