//! Calls and packets in one order, over a thousand exchanges; the ledger of messages.

use super::stage::stages;

#[test]
fn a_thousand_exchanges_keep_their_order() {
    exchanges("order", "python3 vaivem.py", false);
}

#[test]
fn a_thousand_exchanges_in_c_keep_their_order() {
    exchanges("order-c", "./vaivem", true);
}

fn exchanges(name: &str, program: &str, compiled: bool) {
    for stage in stages(name) {
        if compiled {
            stage.compile("vaivem");
        }
        let rows = ["-T", "tsv", "--calls", "--columns", "no,info"];
        let server = &format!("{program} server PORT");
        let client = &format!("{program} client PORT");
        let run = stage.run(&[&rows[..], &["--server", server, "--client", client]].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        let port = "PORT";
        let kind = |row: &&str| {
            // On a machine that stood still for a while a segment may be sent again; that is no send.
            let data = row.contains("[PSH, ACK]") && !row.contains("Retransmission]");
            let to_server = row.contains(&format!("→ {port} "));
            let call = |call: &str| row.contains(call);
            match row {
                _ if data && to_server => Some("→"),
                _ if data => Some("←"),
                _ if call("client: send(1) = 1") => Some("client send"),
                _ if call("client: recv(1) = 1") => Some("client recv"),
                _ if call("server: send(1) = 1") => Some("server send"),
                _ if call("server: recv(1) = 1") => Some("server recv"),
                _ => None,
            }
        };
        let lines: Vec<&str> = run.out.lines().collect();
        let order: Vec<&str> = lines.iter().filter_map(kind).collect();
        let exchange = [
            "client send",
            "→",
            "server recv",
            "server send",
            "←",
            "client recv",
        ];
        assert_eq!(order.len(), 6 * 1000);
        for (place, exchanged) in order.chunks(6).enumerate() {
            assert_eq!(exchanged, exchange, "exchange {place}");
        }
    }
}

#[test]
fn the_ledger_adds_up() {
    for stage in stages("ledger") {
        let server = "python3 servidor.py PORT";
        let client = "python3 cliente.py PORT";
        let run = stage.run(&["-q", "--ledger", "--server", server, "--client", client]);
        let begins = "  client → server, 13 bytes: send cliente.py:6 → +";
        let line = run.out.lines().find(|line| line.starts_with(begins));
        let line = line.unwrap_or_else(|| panic!("{run:?}"));
        // Microseconds, and how much of them was rounded away at most: half of the last digit.
        let micros = |text: &str| -> (f64, f64) {
            let (number, unit) = text.split_once(' ').unwrap();
            let digits = number.split_once('.').map_or(0, |it| it.1.len());
            let number: f64 = number.parse().unwrap();
            let micros = match unit {
                _ if unit.starts_with('µ') => 1.0,
                _ if unit.starts_with("ms") => 1000.0,
                _ => 1_000_000.0,
            };
            let digits = i32::try_from(digits).unwrap();
            (number * micros, micros / 10_f64.powi(digits) / 2.0)
        };
        let (sums, rest) = line.split_once(" = ").unwrap();
        let add = |sum: (f64, f64), it: (f64, f64)| (sum.0 + it.0, sum.1 + it.1);
        let parts = sums.split("+").skip(1).map(micros).fold((0.0, 0.0), add);
        let whole = micros(rest.split_once(';').unwrap().0);
        assert!((parts.0 - whole.0).abs() <= parts.1 + whole.1, "{line}");
        assert!(rest.contains("; acknowledged by #5 "), "{line}");
    }
}
