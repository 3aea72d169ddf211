//! `netlab lab ID --source`: each exercise in three languages does what the lab asks, and talks to the
//! exercise in Rust that netlab brings along.

use crate::support::{run, stderr, stdout};

const EXERCISES: [&str; 6] = ["echo", "ports", "multi", "udp-echo", "pinger", "web"];

fn shown(language: &str, heading: &str) {
    std::thread::scope(|scope| {
        for exercise in EXERCISES {
            scope.spawn(move || {
                let port = crate::needs::port_of_its_own().to_string();
                let args = ["lab", exercise, "--source", language, "--port", &port];
                let output = run(&args);
                let text = stdout(&output);
                let all = format!("{text}{}", stderr(&output));
                assert_eq!(output.status.code(), Some(0), "{exercise}: {all}");
                assert!(
                    text.starts_with(&format!("── server.{heading}\n  1  ")),
                    "{text}"
                );
                assert!(text.contains(&format!("── client.{heading}\n")), "{text}");
                // The web exercise is asked of both programs, and so judged by what they show.
                let verdict = match exercise {
                    "web" => "The programs show what the lab is about.",
                    _ => "The program behaves as the exercise asks.",
                };
                assert!(text.contains(verdict), "{all}");
            });
        }
    });
}

#[test]
#[ignore = "needs the right to capture, python3"]
fn python_does_what_each_exercise_asks() {
    shown("python", "py");
}

#[test]
#[ignore = "needs the right to capture, cc"]
fn c_does_what_each_exercise_asks() {
    shown("c", "c");
}

#[test]
#[ignore = "needs the right to capture, rustc"]
fn rust_does_what_each_exercise_asks() {
    shown("rust", "rs");
}

#[test]
#[ignore = "needs the right to capture, python3"]
fn each_side_talks_to_netlabs_own() {
    let source = |name: &str| {
        let path = crate::support::root()
            .join("examples/source/echo")
            .join(name);
        format!("python3 '{}'", path.display())
    };
    for (side, name) in [("--server", "server.py"), ("--client", "client.py")] {
        let output = run(&["lab", "echo", side, &source(name)]);
        let all = format!("{}{}", stdout(&output), stderr(&output));
        assert_eq!(output.status.code(), Some(0), "{side}: {all}");
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn a_lab_with_calls_of_its_own_shows_the_programs_of_its_exercise() {
    let output = run(&["lab", "refused", "--source", "python"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("── server.py\n"));
    assert!(stderr(&output).contains("these are the programs of the exercise echo"));
}
