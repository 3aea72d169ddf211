//! The course's pair: a server and a client in Python.

use super::stage::stages;

const ROWS: &[&str] = &["-T", "tsv", "--calls", "--columns", "no,info"];

#[test]
fn calls_stand_between_the_packets_they_cause_and_those_that_wake_them() {
    for stage in stages("pair") {
        let server = "python3 servidor.py PORT";
        let client = "python3 cliente.py PORT";
        let run = stage.run(&[ROWS, &["--server", server, "--client", client]].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        let rows = run.rows();
        let calls = rows
            .iter()
            .filter(|it| it.contains(": ") && !it.contains("…"));
        // The connect stands in two rows.
        assert_eq!(calls.count() + 1, 14, "{rows:?}");
        assert_eq!(run.packets(), 10, "{run:?}");
        let order = [
            "server: listen(1)",
            "client: connect(127.0.0.1:PORT) …",
            "1",
            "2",
            "3",
            "client: send(13) = 13",
            "4",
            "server: recv(1024) = 13",
            "server: send(13) = 13",
            "6",
            "client: recv(1024) = 13",
            "client: close()",
            "8",
            "server: recv(1024) = 0  servidor.py:11",
        ];
        let places: Vec<usize> = order.iter().map(|row| run.place(row)).collect();
        assert!(places.is_sorted(), "{rows:?}");
        assert!(run.place("3") < run.place("server: accept() = 127.0.0.1:"));
        assert!(
            run.err.contains("client   │ Recebido: Olá Servidor\n"),
            "{run:?}"
        );
        assert!(
            run.err
                .contains("  server  exit code 0\n  client  exit code 0\n"),
            "{run:?}"
        );
    }
}

#[test]
fn the_table_is_read_in_portuguese_with_the_summary_and_the_ends() {
    for stage in stages("read") {
        let server = "python3 servidor.py PORT";
        let client = "python3 cliente.py PORT";
        let run = stage.run(&["--lang", "pt-BR", "--server", server, "--client", client]);
        assert_eq!(run.code, Some(0), "{run:?}");
        for part in [
            "servidor │ Servidor esperando\n",
            "cliente  │ Recebido: Olá Servidor\n",
            "servidor: bind(127.0.0.1:PORT)",
            "Conversa 0",
            "\nProgramas\n  servidor  código de saída 0\n  cliente   código de saída 0\n",
            "\nEstados das duas pontas agora, segundo o kernel\n  cliente 127.0.0.1:",
            " TIME-WAIT, acaba em ",
            "; servidor 127.0.0.1:PORT CLOSED\n",
        ] {
            assert!(run.out.contains(part), "{part}: {run:?}");
        }
    }
}
