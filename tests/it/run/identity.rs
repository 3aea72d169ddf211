//! Which thread made a call, on which connection.

use std::collections::BTreeSet;

use serde_json::Value;

use super::stage::stages;
use crate::support::stdout;

/// Each client's connection is served by one thread of the server, whose calls name both of its ends.
#[test]
fn each_recv_is_of_one_thread_and_one_connection() {
    for stage in stages("tid") {
        let args = [
            "--server",
            "python3 threads.py PORT",
            "--client",
            "python3 fala.py PORT oi",
            "--clients",
            "3",
            "-T",
            "jsonl",
            "--calls",
        ];
        let run = stage.netlab(&args).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{run:?}");
        let out = stdout(&run);
        let rows = out.lines().map(|line| serde_json::from_str(line).unwrap());
        let calls = rows.map(|row: Value| row["call"].clone());
        let calls: Vec<Value> = calls.filter(|it| !it.is_null()).collect();
        let of = |who: &'static str, name: &'static str| {
            calls.iter().filter(move |it| {
                it["name"] == name && it["who"].as_str().unwrap().starts_with(who)
            })
        };
        let ends = |who, name, end: &'static str| -> Vec<&Value> {
            of(who, name)
                .map(|it| &it[end])
                .filter(|it| !it.is_null())
                .collect()
        };
        let accepted = ends("server", "accept", "peer");
        assert_eq!(accepted.len(), 3, "{out}");
        let here = format!("127.0.0.1:{}", stage.port);
        let mut threads = BTreeSet::new();
        for end in ends("client", "connect", "local") {
            let own: Vec<_> = of("server", "recv")
                .filter(|it| it["peer"] == *end)
                .collect();
            assert!(accepted.contains(&end) && own.len() == 2, "{end}: {own:?}");
            assert!(own.iter().all(|it| it["local"] == *here), "{own:?}");
            assert_eq!(own[0]["tid"], own[1]["tid"], "{own:?}");
            assert_ne!(own[0]["tid"], own[0]["pid"], "{own:?}");
            threads.insert(own[0]["tid"].as_u64());
        }
        assert_eq!(threads.len(), 3, "{out}");
    }
}
