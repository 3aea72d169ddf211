//! Every option that an exercise says it takes can be typed.

use netlab::exercises::ALL;

use crate::support::{run, stderr};

/// A value for an option, `None` for a switch.
fn value(option: &str) -> Option<&'static str> {
    match option {
        "forever" | "unconnected" | "keep-alive" => None,
        "close-delay" | "idle-timeout" | "pause" => Some("1s"),
        "mode" => Some("iterative"),
        "loss" => Some("0.5"),
        "root" => Some("."),
        _ => Some("1"),
    }
}

/// Runs with a host that nobody has: whatever is typed wrongly is told before that.
fn reaches_its_host(verb: &str, id: &str, option: &str) {
    const HOST: &str = "no-such-name.invalid";
    let typed = format!("--{option}");
    let mut args = vec![verb, id];
    match option {
        "path" => args.extend([HOST, "1", "/"]),
        _ => {
            args.extend(["--host", HOST, &typed]);
            args.extend(value(option));
        }
    }
    let output = run(&args);
    let told = stderr(&output);
    assert!(told.contains("getaddrinfo"), "{args:?}: {told}");
    assert_eq!(output.status.code(), Some(1), "{args:?}: {told}");
}

#[test]
fn options_of_servers_and_clients_are_taken() {
    for exercise in ALL {
        for option in exercise.server_options {
            reaches_its_host("serve", exercise.id, option);
        }
        for option in exercise.client_options {
            reaches_its_host("client", exercise.id, option);
        }
    }
}
