//! Damaged captures, through the program: every file is cut and flipped. Nothing
//! may panic, hang or take memory without end. The program runs as tests build it, with overflow
//! checks, and with an address space of 1 GiB.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::{corpus, files, root};

/// A small generator with a seed (xorshift64*), so that a failure can be made again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}

/// How each file is damaged.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Cut,
    FlipFew,
    FlipHeaders,
}

fn damage(bytes: &mut Vec<u8>, how: Damage, random: &mut Random) {
    let length = bytes.len();
    match how {
        Damage::Cut => bytes.truncate(random.below(length)),
        Damage::FlipFew => {
            for _ in 0..8 {
                let at = random.below(length);
                bytes[at] ^= 1 << random.below(8);
            }
        }
        // The first bytes hold what the rest is read by: lengths, counts, types.
        Damage::FlipHeaders => {
            for _ in 0..12 {
                let at = random.below(length.min(300));
                bytes[at] = u8::try_from(random.below(256)).unwrap();
            }
        }
    }
}

fn start(verb: &[&str]) -> Child {
    Command::new("sh")
        .args(["-c", "ulimit -v 1048576; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_netlab"))
        .args(verb)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Feeds `bytes` to the program; says what went wrong.
fn trouble(bytes: &[u8], verb: &[&str]) -> Option<String> {
    let mut child = start(verb);
    // The program may end before it has read all.
    let _ = child.stdin.take().unwrap().write_all(bytes);
    let mut pipe = child.stderr.take().unwrap();
    let (sender, ended) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut message = String::new();
        let _ = pipe.read_to_string(&mut message);
        let _ = sender.send(());
        message
    });
    if ended.recv_timeout(Duration::from_secs(60)).is_err() {
        let _ = child.kill();
        let _ = child.wait();
        return Some("it hangs".to_owned());
    }
    let message = reader.join().unwrap();
    match child.wait().unwrap().code() {
        Some(0 | 5) if !message.contains("panicked") => None,
        code => Some(format!("code {code:?}: {message}")),
    }
}

#[test]
fn damaged_captures_neither_panic_nor_hang_nor_eat_memory() {
    try_all(&files(&root().join("captures"), "pcapng"));
}

#[test]
#[ignore = "needs ../shared"]
fn damaged_captures_of_the_corpus_neither_panic_nor_hang_nor_eat_memory() {
    try_all(&corpus());
}

/// Damages each capture in several ways, and lets netlab read what is left.
fn try_all(files: &[PathBuf]) {
    let verbs: [&[&str]; 3] = [
        &["replay", "-", "-T", "jsonl"],
        &["replay", "-", "-V", "-x", "--lang", "pt-BR"],
        &["conversations", "-", "-T", "json"],
    ];
    let next = AtomicUsize::new(0);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut wrong = Vec::new();
                    loop {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        let Some(path) = files.get(place) else {
                            return wrong;
                        };
                        let bytes = std::fs::read(path).unwrap();
                        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ place as u64);
                        for how in [Damage::Cut, Damage::FlipFew, Damage::FlipHeaders] {
                            let mut bytes = bytes.clone();
                            // The largest add time and nothing new.
                            bytes.truncate(300_000);
                            damage(&mut bytes, how, &mut random);
                            let verb = verbs[random.below(verbs.len())];
                            if let Some(what) = trouble(&bytes, verb) {
                                wrong.push(format!("{} {how:?} {verb:?}: {what}", path.display()));
                            }
                        }
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
