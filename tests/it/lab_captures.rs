//! Labs through the program as a plain user, and the kept captures: the answer to a file is that
//! of the live lab, in both languages, and the frames it cites are what tshark says they are.

use std::path::{Path, PathBuf};

use netlab::lab;
use netlab::source::file::FileSource;

use crate::needs::{as_nobody, tshark, tshark_here};
use crate::support::{Folder, root, run, stderr, stdout};

/// What tshark's Info has for the frames that a sentence cites, in order; the last one holds for
/// all that follow, and `|` parts alternatives.
type Claim = (&'static str, &'static [&'static str]);

const HANDSHAKE: [&str; 3] = [
    "[SYN] Seq=0 ",
    "[SYN, ACK] Seq=0 Ack=1 ",
    "[ACK] Seq=1 Ack=1 ",
];
const FIN_OR_ACK: &str = "[FIN, ACK]|[ACK]";

/// A claim for each sentence with frame numbers, found by its words.
const CLAIMS: &[(&str, &[Claim])] = &[
    (
        "echo",
        &[
            ("open the connection", &HANDSHAKE),
            (
                "the message",
                &["[PSH, ACK] Seq=1 Ack=1 ", "[ACK] Seq=1 Ack=56 "],
            ),
            (
                "its echo",
                &["[PSH, ACK] Seq=1 Ack=56 ", "[ACK] Seq=56 Ack=56 "],
            ),
            (
                "in four segments",
                &["[FIN, ACK]", "[ACK]", "[FIN, ACK]", "[ACK]"],
            ),
        ],
    ),
    (
        "ports",
        &[(
            "connection ",
            &[
                HANDSHAKE[0],
                HANDSHAKE[1],
                HANDSHAKE[2],
                "[FIN, ACK]",
                FIN_OR_ACK,
            ],
        )],
    ),
    (
        "multi",
        &[(
            "client port ",
            &[
                HANDSHAKE[0],
                HANDSHAKE[1],
                HANDSHAKE[2],
                "Len=31 ",
                "Len=31 ",
            ],
        )],
    ),
    (
        "two-clients",
        &[
            ("second handshake", &HANDSHAKE),
            (
                "message is acknowledged",
                &["Len=55 ", "[ACK] Seq=1 Ack=56 "],
            ),
            ("its answer", &["Len=55 ", "[FIN, ACK]"]),
        ],
    ),
    ("small-buffer", &[("in one segment", &["Len=28 "])]),
    (
        "unread-data",
        &[
            ("reach the server", &["Len=28 "]),
            ("RST from", &["[RST, ACK]"]),
        ],
    ),
    (
        "half-close",
        &[
            ("FIN of the client", &["[FIN, ACK]", "[ACK]"]),
            ("FIN-WAIT-2", &["[ACK]"]),
            ("come after the FIN", &["Len=55 "]),
            ("is closed", &["[FIN, ACK]", "[ACK]"]),
        ],
    ),
    ("reset", &[("with RST", &["[RST, ACK]"])]),
    (
        "refused",
        &[("SYN to port", &["[SYN] Seq=0 ", "[RST, ACK] "])],
    ),
    ("port-in-use", &[("the first server goes on", &HANDSHAKE)]),
    ("low-port", &[("the handshake with port 700", &HANDSHAKE)]),
    (
        "backlog",
        &[
            ("is complete and waits", &HANDSHAKE),
            (
                "without an answer",
                &["[SYN] Seq=0 ", "[TCP Retransmission]"],
            ),
        ],
    ),
    (
        "slow-reader",
        &[
            ("window 0", &["[TCP ZeroWindow]"]),
            (
                "window probes",
                &["[TCP Keep-Alive]|[TCP ZeroWindowProbe]|[TCP ZeroWindowProbeAck]"],
            ),
            ("opens again", &["[TCP Window Update]", "[TCP ZeroWindow]"]),
        ],
    ),
    (
        "time-wait",
        &[
            ("closed first", &["[FIN, ACK]", FIN_OR_ACK]),
            ("the same port serves", &HANDSHAKE),
        ],
    ),
    (
        "udp-echo",
        &[
            ("from client to server", &[" → 65431 Len=46"]),
            ("bytes back", &["65431 → "]),
        ],
    ),
    (
        "udp-closed-port",
        &[(
            "a datagram from port",
            &[
                " → 65431 Len=",
                "Destination unreachable (Port unreachable)",
            ],
        )],
    ),
    (
        "pinger",
        &[
            ("answered after", &[" → 12000 Len=", "12000 → "]),
            ("never answered", &[" → 12000 Len="]),
        ],
    ),
    (
        "web",
        &[("GET /", &["[PSH, ACK] Seq=1 Ack=1 ", "[PSH, ACK] Seq=1 "])],
    ),
    ("keep-alive", &[]),
    (
        "close-wait",
        &[
            ("FIN of the client", &["[FIN, ACK]", "[ACK]"]),
            ("its FIN comes", &["[FIN, ACK]"]),
        ],
    ),
    (
        "crossing",
        &[
            ("a FIN from each end", &["[FIN, ACK]", "[FIN, ACK]"]),
            ("is in CLOSING", &["[FIN, ACK]"]),
        ],
    ),
    (
        "broken-pipe",
        &[
            ("FIN of the server", &["[FIN, ACK]"]),
            ("to it all the same", &["[PSH, ACK]"]),
            ("RST: the socket", &["[RST]"]),
        ],
    ),
    (
        "scan",
        &[
            ("is open", &HANDSHAKE),
            ("is closed", &["[SYN] Seq=0 ", "[RST, ACK] "]),
        ],
    ),
    (
        "web-clients",
        &[
            (
                "one client at a time",
                &["[PSH, ACK]", "[PSH, ACK]", "[PSH, ACK]"],
            ),
            (
                "a thread of its own",
                &["[PSH, ACK]", "[PSH, ACK]", "[PSH, ACK]"],
            ),
        ],
    ),
    ("ipv6", &[("the three-way handshake", &HANDSHAKE)]),
    (
        "retransmission",
        &[
            ("not acknowledged in time", &["[PSH, ACK] Seq=1 Ack=1 "]),
            ("the same bytes again", &["[TCP Retransmission]"]),
            ("the acknowledgment", &["[ACK] Seq=1 Ack=56 "]),
        ],
    ),
];

/// The frame numbers in the brackets of a sentence.
fn cited(line: &str) -> Vec<usize> {
    let inside = line
        .split('[')
        .skip(1)
        .filter_map(|it| it.split(']').next());
    let numbers = inside.flat_map(|list| list.split(", "));
    numbers.filter_map(|it| it.parse().ok()).collect()
}

/// Holds an English answer to what tshark says of the frames.
fn hold_to_tshark(id: &str, answer: &[String], rows: &[(String, String)]) {
    let (_, claims) = CLAIMS.iter().find(|(lab, _)| *lab == id).unwrap();
    for line in answer {
        let frames = cited(line);
        if frames.is_empty() {
            continue;
        }
        let claim = claims.iter().find(|(words, _)| line.contains(words));
        let (_, wanted) = claim.unwrap_or_else(|| panic!("{id}: no claim for {line}"));
        for (place, no) in frames.iter().enumerate() {
            let wanted = wanted.get(place).or(wanted.last()).unwrap();
            let info = &rows[no - 1].0;
            let fits = wanted.split('|').any(|it| info.contains(it));
            assert!(fits, "{id}: {line}\n  {no}: {info}, not {wanted}");
        }
    }
    for (words, _) in *claims {
        // Whether one is lost is chance.
        let said = answer.iter().any(|line| line.contains(words));
        assert!(said || *words == "never answered", "{id}: {words}");
    }
    if id == "keep-alive" {
        let of = |streams: &[&str]| {
            let has = |stream: &String| streams.contains(&stream.as_str());
            rows.iter().filter(|(_, stream)| has(stream)).count()
        };
        let (one, three) = (of(&["0"]), of(&["1", "2", "3"]));
        assert!(answer[0].ends_with(&format!("1 handshake, {one} packets")));
        assert!(answer[1].ends_with(&format!("3 handshakes, {three} packets")));
    }
}

/// The answer at the end of an output: the lines below the question.
fn answer(output: &str) -> Vec<String> {
    let (_, answer) = output.rsplit_once("?\n").unwrap();
    answer.lines().map(|it| it.trim().to_owned()).collect()
}

fn replayed(path: &str, id: &str, lang: &str) -> Vec<String> {
    let output = run(&["replay", path, "--lab", id, "-q", "--lang", lang]);
    assert_eq!(output.status.code(), Some(0), "{id}: {}", stderr(&output));
    answer(&stdout(&output))
}

/// Asserts that `part` is `whole` without some of its lines.
fn assert_within(id: &str, part: &[String], whole: &[String]) {
    let mut rest = whole.iter();
    for line in part {
        assert!(
            rest.any(|it| it == line),
            "{id}: {line} is not in {whole:#?}"
        );
    }
}

#[test]
#[ignore = "needs user namespaces, tshark"]
fn every_lab_runs_for_a_plain_user_and_its_file_gives_the_same_answer() {
    std::thread::scope(|scope| {
        for lab in lab::ALL {
            scope.spawn(move || {
                let folder = Folder::new(lab.id);
                for lang in ["pt-BR", "en"] {
                    let mut command = as_nobody(&folder);
                    let path = folder.file(&format!("{lang}.pcapng"));
                    let args = ["lab", lab.id, "-q", "-w", &path, "--lang", lang];
                    let output = command.args(args).output().unwrap();
                    let said = format!("{}{}", stdout(&output), stderr(&output));
                    assert_eq!(output.status.code(), Some(0), "{}: {said}", lab.id);
                    let live = answer(&stdout(&output));
                    assert_within(lab.id, &replayed(&path, lab.id, lang), &live);
                    if lang == "en" {
                        hold_to_tshark(lab.id, &live, &tshark(Path::new(&path)));
                    }
                }
            });
        }
    });
}

/// What stands beside a kept capture: strings, a number, lists of strings, one entry a line.
struct Beside(String);

impl Beside {
    fn of(id: &str) -> Self {
        Self(std::fs::read_to_string(kept(id).with_extension("toml")).unwrap())
    }

    fn value(&self, key: &str) -> &str {
        let start = format!("{key} = ");
        let line = self.0.lines().find_map(|line| line.strip_prefix(&start));
        line.unwrap_or_else(|| panic!("no {key}")).trim_matches('"')
    }

    fn list(&self, key: &str) -> Vec<String> {
        let (_, rest) = self.0.split_once(&format!("{key} = [\n")).unwrap();
        let (list, _) = rest.split_once("\n]").unwrap();
        let entry = |line: &str| serde_json::from_str(line.trim().trim_end_matches(',')).unwrap();
        list.lines().map(entry).collect()
    }
}

fn kept(id: &str) -> PathBuf {
    root().join("captures").join(format!("{id}.pcapng"))
}

#[test]
fn every_lab_has_a_small_capture_that_gives_the_answer_beside_it() {
    for lab in lab::ALL {
        let (id, path) = (lab.id, kept(lab.id));
        let shown = path.to_str().unwrap();
        let beside = Beside::of(id);
        assert!(std::fs::metadata(&path).unwrap().len() < 100_000, "{id}");
        assert!(!beside.value("shows").is_empty());
        assert!(
            beside
                .value("made")
                .starts_with(&format!("netlab lab {id}"))
        );
        let mut source = FileSource::open(shown).unwrap();
        while source.next_frame().unwrap().is_some() {}
        let link = source.facts().interfaces[0].link.unwrap();
        assert_eq!((link.0, beside.value("link")), (1, "Ethernet"), "{id}");
        let list = stdout(&run(&["conversations", shown, "-T", "tsv"]));
        let conversations = (list.lines().count() - 1).to_string();
        assert_eq!(conversations, beside.value("conversations"), "{id}");
        let english = replayed(shown, id, "en");
        assert_eq!(english, beside.list("en"), "{id}");
        assert_eq!(replayed(shown, id, "pt-BR"), beside.list("pt_br"), "{id}");
        assert_within(id, &english, &beside.list("live"));
    }
}

#[test]
#[ignore = "needs tshark"]
fn the_kept_captures_are_what_tshark_says_they_are() {
    let dialect = tshark_here();
    for lab in lab::ALL {
        let path = kept(lab.id);
        let rows = tshark(&path);
        let shown = path.to_str().unwrap();
        let args = ["replay", shown, "-T", "tsv", "--columns", "info"];
        let ours = run(&[&args[..], &["--wireshark", dialect.name()]].concat());
        let infos: Vec<_> = rows.iter().map(|(info, _)| info.as_str()).collect();
        assert_eq!(
            stdout(&ours).lines().skip(1).collect::<Vec<_>>(),
            infos,
            "{}",
            lab.id
        );
        hold_to_tshark(lab.id, &Beside::of(lab.id).list("live"), &rows);
    }
}

#[test]
fn a_file_that_does_not_show_it_ends_with_code_1() {
    let path = kept("udp-echo");
    let output = run(&["replay", path.to_str().unwrap(), "--lab", "echo"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("this capture does not show"),
        "{}",
        stdout(&output)
    );
    let output = run(&["replay", path.to_str().unwrap(), "--lab", "eco"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("echo ports multi"));
}
