//! What is said where nothing is shown, of one file and of many.

use crate::support::{root, run, stderr};

const LOG: &str = "captures/echo-log.pcap";

/// What is said beside the output of a command that succeeds.
fn said(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    stderr(&output)
}

#[test]
fn where_nothing_matches_it_says_how_many_there_are_and_their_ports() {
    assert_eq!(
        said(&["replay", LOG, "--port", "99", "-q"]),
        "netlab: 0 of 11 packets match port 99; ports in it: 5050, 57128\n"
    );
    assert_eq!(
        said(&["explain", LOG, "--host", "::1", "--lang", "pt"]),
        "netlab: 0 de 11 pacotes correspondem a host ::1; portas que há: 5050, 57128\n"
    );
    assert_eq!(
        said(&["replay", "captures/ports.pcapng", "-f", "icmp", "-Y", "tcp"]),
        "netlab: 0 of 24 packets match icmp and (tcp); ports in it: 9999, 33672, 33688, 33690\n"
    );
    assert_eq!(
        said(&[
            "conversations",
            "captures/ports.pcapng",
            "--port",
            "99",
            "--host",
            "::1"
        ]),
        "netlab: 0 of 3 conversations match port 99 and host ::1; ports in it: 9999, 33672, 33688, 33690\n"
    );
    assert_eq!(
        said(&[
            "conversations",
            LOG,
            "captures/ports.pcapng",
            "--port",
            "5050",
            "--lang",
            "pt"
        ]),
        "netlab: captures/ports.pcapng: 0 de 3 conversas correspondem a port 5050; portas que há: 9999, 33672, 33688, 33690\n"
    );
    let folder = crate::support::Folder::new("empty");
    let path = folder.file("empty.pcap");
    std::fs::write(&path, &std::fs::read(root().join(LOG)).unwrap()[..24]).unwrap();
    for verb in ["replay", "explain", "conversations"] {
        assert_eq!(
            said(&[verb, &path]),
            format!("netlab: {path} has no packets\n")
        );
    }
    let both = said(&["replay", &path, "--port", "80", "--lang", "pt"]);
    assert_eq!(both, format!("netlab: {path} não tem pacotes\n"));
}

#[test]
fn what_is_said_of_many_files_stands_in_their_order() {
    let folder = crate::support::Folder::new("notes-in-order");
    let log = std::fs::read(root().join(LOG)).unwrap();
    // The first takes longest: a worker beside it has long read the others.
    let (head, packets) = log.split_at(24);
    let long = folder.file("long.pcap");
    std::fs::write(&long, [head.to_vec(), packets.repeat(2_000)].concat()).unwrap();
    let cut = folder.file("cut.pcap");
    std::fs::write(&cut, &log[..log.len() - 3]).unwrap();
    let empty = ["1", "2", "3"].map(|it| folder.file(&format!("empty-{it}.pcap")));
    for path in &empty {
        std::fs::write(path, head).unwrap();
    }
    let files = [&long, &empty[0], &cut, &empty[1], &empty[2]].map(String::as_str);
    let at = |path: &str, text: &str| text.find(path).unwrap_or_else(|| panic!("{path}: {text}"));
    let in_order = |text: &str| files.map(|path| at(path, text)).is_sorted();
    let page = folder.file("all.md");
    let asked = [&["report"], &files[..], &["--port", "99", "-o", &page]].concat();
    let text = said(&asked);
    assert!(in_order(&text), "{text}");
    assert!(
        text.starts_with(&format!(
            "netlab: {long}: 0 of 22000 packets match port 99; ports in it: 5050, 57128\n"
        )),
        "{text}"
    );
    let text = said(&[&["conversations"], &files[1..]].concat());
    let places = files[1..].iter().map(|path| at(path, &text));
    assert!(places.is_sorted(), "{text}");
}
