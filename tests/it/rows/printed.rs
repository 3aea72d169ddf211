//! What tshark and tcpdump print of the kept captures is read back as the captures are.

use std::process::Command;

use super::piped;
use crate::support::{root, run, stdout};

/// The captures in which no segment needs what tcpdump leaves out: it shows no sequence number
/// where there is neither data nor SYN, FIN or RST.
const CAPTURES: &[&str] = &[
    "echo",
    "half-close",
    "multi",
    "reset",
    "retransmission",
    "udp-echo",
    "web",
];

fn printed(program: &str, args: &[&str], capture: &str) -> String {
    let path = root().join("captures").join(format!("{capture}.pcapng"));
    let output = Command::new(program)
        .args(args)
        .arg("-r")
        .arg(path)
        .output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    String::from_utf8(output.stdout).unwrap()
}

fn table(capture: &str, columns: &str) -> String {
    let path = format!("captures/{capture}.pcapng");
    stdout(&run(&["replay", &path, "-T", "tsv", "--columns", columns]))
}

#[test]
#[ignore = "needs tshark"]
fn rows_of_tshark_are_the_capture_s() {
    let columns = "no,time,source,destination,protocol,length,info,stream,phase,states";
    for capture in CAPTURES
        .iter()
        .chain(&["slow-reader", "keep-alive", "backlog"])
    {
        let text = printed("tshark", &["--disable-protocol", "http"], capture);
        let (out, said) = piped(&text, &["replay", "-", "-T", "tsv", "--columns", columns]);
        assert_eq!(out, table(capture, columns), "{capture}: {said}");
    }
}

#[test]
#[ignore = "needs tcpdump"]
fn lines_of_tcpdump_are_the_capture_s_in_every_variant() {
    let columns = "no,source,destination,protocol,info,stream,phase,states";
    for capture in CAPTURES {
        for option in [
            "-n", "-nt", "-ntt", "-nttt", "-ntttt", "-nttttt", "-nv", "-nS", "-ne", "-nvv",
            "-neStttt", "-nvetttt",
        ] {
            let text = printed("tcpdump", &[option], capture);
            let (out, said) = piped(&text, &["replay", "-", "-T", "tsv", "--columns", columns]);
            assert_eq!(out, table(capture, columns), "{capture} {option}: {said}");
        }
        let length = "no,length";
        let text = printed("tcpdump", &["-ne"], capture);
        let (out, _) = piped(&text, &["replay", "-", "-T", "tsv", "--columns", length]);
        assert_eq!(out, table(capture, length), "{capture}");
    }
}
