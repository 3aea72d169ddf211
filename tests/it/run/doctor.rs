//! Captures that show nothing: each is told why, with a command that helps.

use std::process::Command;

use super::stage::{Stage, stages};
use crate::support::{stderr, stdout};

/// A server that answers one client, and the client.
const SERVER: &str = "python3 um_so.py PORT";
const EXCHANGE: &str =
    "python3 -c \"import socket; socket.create_connection(('127.0.0.1', PORT)).recv(9)\"";

/// What netlab says in a network of its own, where `script` runs as root. `CAPTURE` in it is a
/// capture that has begun once it goes on, `END` its end.
fn said(name: &str, script: &str) -> (String, u16) {
    let stage: &Stage = &stages(name)[0];
    let script = script
        .replace(
            "SERVE",
            &format!(
                "{SERVER} > ready & until grep -q listening ready || ! kill -0 $!; do :; done"
            ),
        )
        .replace("EXCHANGE", EXCHANGE)
        .replace("CAPTURE", "./netlab capture")
        .replace(
            "BEGUN",
            "2> told & until grep -q 'netlab: ' told || ! kill -0 $!; do :; done",
        )
        .replace("END", "kill -INT %?capture; wait %?capture; cat told")
        .replace("PORT", &stage.port.to_string());
    let output = stage
        .command("unshare")
        .args(["-n", "-m", "bash", "-c"])
        .arg(format!(
            "PATH=$PATH:/usr/sbin:/sbin; set -m; ip link set lo up\n{script}\nfor it in $(jobs -p); do kill -- -$it; done"
        ))
        .output()
        .unwrap();
    let text = stdout(&output) + &stderr(&output);
    (text.replace(&stage.port.to_string(), "PORT"), stage.port)
}

fn has(text: &str, line: &str) {
    assert!(text.contains(line), "{line}\n{text}");
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn the_wrong_interface() {
    let (text, _) = said(
        "doctor-interface",
        "ip link add d0 type bridge; ip addr add 10.9.9.1/24 dev d0; ip link set d0 up\n\
         SERVE\nCAPTURE -i d0 --port PORT BEGUN\nEXCHANGE\nEND",
    );
    has(
        &text,
        "- the packets of port PORT pass lo, and d0 was captured\n    netlab capture -i lo --port PORT\n",
    );
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn the_wrong_port() {
    let (text, _) = said(
        "doctor-port",
        "SERVE\nCAPTURE --port 9 BEGUN\nEXCHANGE\nEND",
    );
    has(&text, "- nobody waits at port 9 here");
    has(
        &text,
        " packets passed lo during the capture, and none matches the filter: port 9\n    netlab capture -i lo\n",
    );
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn another_server_is_named_where_nobody_waits() {
    let (text, _) = said("doctor-other", "SERVE\n./netlab doctor --port 9");
    has(
        &text,
        "- nobody waits at port 9 here; these wait at others: TCP 127.0.0.1:PORT python3 (",
    );
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn the_wrong_protocol() {
    let (text, _) = said(
        "doctor-filter",
        "SERVE\nCAPTURE -f 'udp port PORT' BEGUN\nEXCHANGE\nEND",
    );
    has(&text, "none matches the filter: udp port PORT\n");
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn the_wrong_host() {
    let (text, _) = said(
        "doctor-host",
        "SERVE\nCAPTURE --host 192.0.2.1 --port PORT BEGUN\nEXCHANGE\nEND",
    );
    has(&text, "none matches the filter: ");
    has(&text, "192.0.2.1");
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn no_server_and_no_packet() {
    let (text, _) = said("doctor-nobody", "CAPTURE --port PORT BEGUN\nEND");
    has(
        &text,
        "- no packet passed lo during the capture: nothing was sent there\n    netlab interfaces\n",
    );
    has(
        &text,
        "- nobody waits at port PORT here, nor at any other\n    netlab states\n",
    );
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn a_server_in_another_network() {
    let (text, _) = said(
        "doctor-space",
        "unshare -n sh -c 'ip link set lo up; exec python3 um_so.py PORT' > ready &\n\
         until grep -q listening ready || ! kill -0 $!; do :; done\n./netlab doctor --port PORT",
    );
    has(
        &text,
        " waits at port PORT with TCP in another network namespace, such as a container's\n    sudo nsenter -t ",
    );
}

#[test]
#[ignore = "needs the right to capture, ip"]
fn localhost_that_is_another_address() {
    let (text, _) = said(
        "doctor-localhost",
        "printf '::1 localhost\\n127.0.0.1 localhost\\n' > hosts; mount --bind hosts /etc/hosts\n\
         SERVE\n./netlab doctor --port PORT",
    );
    has(
        &text,
        "- localhost is ::1 first here, and the server waits at 127.0.0.1: ",
    );
}

#[test]
#[ignore = "needs the right to capture, nft, ip"]
fn a_firewall_rule_that_drops() {
    let (text, _) = said(
        "doctor-firewall",
        "printf 'table inet t {\\nchain c {\\ntype filter hook input priority 0;\\n\
         udp dport PORT counter drop\\n}\\n}\\n' | nft -f -\n\
         python3 -c \"import socket; socket.socket(2, 2).sendto(b'x', ('127.0.0.1', PORT))\"\n\
         ./netlab doctor --port PORT",
    );
    has(
        &text,
        "- a firewall rule stops such packets: udp dport PORT counter packets 1 bytes 29 drop\n    sudo nft list ruleset\n",
    );
}

#[test]
fn a_plain_user_is_told_what_is_missing() {
    let stage = stages("doctor-plain").pop().unwrap();
    let port = stage.port.to_string();
    let run = |before: &[&str], args: &[&str]| {
        let words: Vec<&str> = before.iter().chain(args).copied().collect();
        let mut command: Command = stage.command(words[0]);
        let output = command.args(&words[1..]).output().unwrap();
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    let netlab = stage.file("netlab");
    let (code, text) = run(&[], &[&netlab, "capture", "--port", &port]);
    assert_eq!(code, Some(3), "{text}");
    has(&text, "sudo setcap cap_net_raw=ep ");
    let (code, text) = run(&["setpriv", "--no-new-privs"], &[&netlab, "capture"]);
    assert_eq!(code, Some(3), "{text}");
    has(
        &text,
        "  - programs gain no rights here (no_new_privs), so setcap and sudo do not help",
    );
    let (code, text) = run(
        &[],
        &[&netlab, "doctor", "--lang", "pt-BR", "--port", &port],
    );
    assert_eq!(code, Some(0), "{text}");
    has(
        &text,
        "- este usuário não pode capturar aqui: falta CAP_NET_RAW ao programa\n    sudo setcap ",
    );
    has(&text, &format!("ninguém espera na porta {port} aqui"));
}

#[test]
#[ignore = "needs user namespaces"]
fn a_plain_user_is_told_that_labs_work_all_the_same() {
    let stage = stages("doctor-labs").pop().unwrap();
    let output = stage
        .command(&stage.file("netlab"))
        .arg("doctor")
        .output()
        .unwrap();
    has(
        &stdout(&output),
        "- netlab lab and netlab run work all the same, in a network of their own\n    netlab lab echo\n",
    );
}
