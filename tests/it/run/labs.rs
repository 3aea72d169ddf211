//! A lab with the user's program in place of netlab's.

use super::stage::stages;

#[test]
fn a_program_is_asked_the_question_of_the_exercise() {
    let good = (
        "servidor.py",
        Some(0),
        "The program behaves as the exercise asks.",
    );
    let bad = (
        "metade.py",
        Some(1),
        "The program does not behave as the exercise asks",
    );
    for (server, code, verdict) in [good, bad] {
        for stage in stages(server) {
            let port = stage.port.to_string();
            let server = format!("python3 {server} {port}");
            let args = ["lab", "echo", "-q", "--server", &server];
            let output = stage
                .command(&stage.file("netlab"))
                .args(args)
                .output()
                .unwrap();
            let run = stage.ran(&output);
            assert_eq!(run.code, code, "{run:?}");
            assert!(
                run.out.contains("What is each packet of a TCP echo for?"),
                "{run:?}"
            );
            assert!(run.out.contains(verdict), "{run:?}");
        }
    }
}

#[test]
fn a_client_is_asked_too() {
    for stage in stages("lab-client") {
        let port = stage.port.to_string();
        let client = format!("python3 cliente.py {port}");
        let args = ["lab", "echo", "-q", "--port", &port, "--client", &client];
        let output = stage
            .command(&stage.file("netlab"))
            .args(args)
            .output()
            .unwrap();
        let run = stage.ran(&output);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(
            run.out
                .contains("The program behaves as the exercise asks."),
            "{run:?}"
        );
    }
}
