//! `conversations -T zeek`: a conn.log, and its state and history as columns.

use crate::support::{run, stderr, stdout};

fn log(file: &str) -> String {
    let output = run(&["conversations", file, "-T", "zeek"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn a_conn_log_has_its_header_and_a_line_for_each_conversation() {
    let fields = "ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\t\
                  orig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\t\
                  orig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents";
    let types = "time\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\t\
                 bool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]";
    assert_eq!(
        log("captures/echo-log.pcap"),
        format!(
            "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n\
             #fields\t{fields}\n#types\t{types}\n\
             1630000000.000000\tCt0\t127.0.0.1\t57128\t127.0.0.1\t5050\ttcp\t-\t0.014940\t55\t55\tSF\t\
             -\t-\t0\tShADadFf\t6\t303\t5\t263\t-\n"
        )
    );
}

/// State and history of the first conversation.
fn ending(file: &str) -> (String, String) {
    let log = log(file);
    let line = log.lines().find(|line| !line.starts_with('#')).unwrap();
    let cells: Vec<&str> = line.split('\t').collect();
    (cells[11].to_owned(), cells[15].to_owned())
}

#[test]
fn states_and_histories_are_zeeks() {
    for (file, state, history) in [
        ("captures/refused.pcapng", "REJ", "Sr"),
        ("captures/unread-data.pcapng", "RSTR", "ShADar"),
        ("captures/reset.pcapng", "RSTO", "ShADadR"),
        ("captures/retransmission.pcapng", "SF", "ShADTadFf"),
        ("captures/slow-reader.pcapng", "SF", "ShADawFf"),
        ("captures/udp-echo.pcapng", "SF", "Dd"),
        ("captures/udp-closed-port.pcapng", "S0", "D"),
        ("tests/it/cases/no-answer.pcapng", "RSTR", "ShADaFr"),
    ] {
        let expected = (state.to_owned(), history.to_owned());
        assert_eq!(ending(file), expected, "{file}");
    }
}

#[test]
fn they_are_columns_of_the_other_formats_too() {
    let args = ["conversations", "captures/refused.pcapng", "-T", "tsv"];
    let output = run(&[&args[..], &["--columns", "stream,conn_state,history"]].concat());
    assert_eq!(stdout(&output), "stream\tconn_state\thistory\n0\tREJ\tSr\n");
    // Packets have no such format.
    let output = run(&["replay", "captures/refused.pcapng", "-T", "zeek"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn bytes_that_the_capture_does_not_hold_are_counted() {
    let log = log("tests/it/cases/http-gaps.pcap");
    let line = log.lines().last().unwrap();
    let cells: Vec<&str> = line.split('\t').collect();
    assert_eq!(cells[14], "50", "{line}");
}
