//! What netlab says by itself is the same whichever version of Wireshark the rows follow.
//!
//! Every capture of the corpus and every scenario goes through 4.0 and 4.6 side by side. What has to
//! be equal: which side sent each packet, its phase, the states after it, how each conversation
//! opened and closed and who closed it, its groups, its summary, and the sentence about each packet.
//!
//! What may differ, and no more:
//! - A conversation of 4.0 is several of 4.6, where a SYN or SYN-ACK opens another one (its packets
//!   are then not compared, but each of the several has to lie within the one).
//! - A packet is in a conversation of 4.6, with a line of its summary, and in none of 4.0: its header
//!   ends before the window.
//! - What `tshark -z conv` counts of a conversation, and with that its duration.
//! - Counts of marks in a summary; the sentence about a packet with other marks or, of a duplicate
//!   ACK, another number, and the words in which a sentence tells of marks of earlier packets.
//! - A packet of whose frame one of them reads more (FabricPath, MACsec), and its conversation; the
//!   addresses of one that is neither TCP nor UDP.
//! - The sentence about a packet whose numbers count from another one, where the first segment of
//!   its conversation cannot be measured.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::conversation::Conversation;
use netlab::analysis::row::Row;
use netlab::analysis::tcp::DuplicateAck;
use netlab::analysis::tcp::marks::Marks;
use netlab::model::dialect::Dialect;
use netlab::model::packet::Content;
use netlab::pipeline::Pipeline;
use netlab::report::explain::Explainer;
use netlab::report::summary;
use netlab::source::file::FileSource;
use netlab::text::Lang;

use crate::scenarios::scenarios;
use crate::support::{corpus, netlab, run, stderr, stdout};

/// The kind of a packet and, of TCP and UDP, its length.
type Read = (u8, u32);

/// Neither TCP nor UDP.
const OTHER: u8 = 2;

/// What one version says of a packet.
struct Said {
    no: u32,
    conversation: Option<u32>,
    /// Its side, direction, phase and states.
    claims: String,
    /// Its marks and numbers as shown, with what a duplicate ACK repeats.
    shown: Option<(Marks, [u32; 2], Option<DuplicateAck>)>,
    /// What was read of its frame.
    read: Read,
    sentence: String,
}

/// What one version says of a capture.
struct Told {
    packets: Vec<Said>,
    /// Of each conversation, what it came to.
    conversations: Vec<String>,
}

#[test]
#[ignore = "needs ../shared"]
fn what_netlab_says_by_itself_does_not_depend_on_the_version() {
    let mut paths = corpus();
    paths.extend(scenarios());
    let (mut differ, mut compared, mut split) = (Vec::new(), 0, 0);
    for path in paths {
        let [old, new] = [Dialect::V4_0, Dialect::V4_6].map(|dialect| tell(&path, dialect));
        let (Some(old), Some(new)) = (old, new) else {
            continue;
        };
        let place = path.display();
        let mut both = pairs(&old, &new, &mut |no| {
            differ.push(format!(
                "{place}: packet {no}: not within one conversation of 4.0"
            ));
        });
        split += new.conversations.len().saturating_sub(both.len());
        let packets = || old.packets.iter().zip(&new.packets);
        for (one, other) in packets().filter(|(one, other)| one.read != other.read) {
            both.retain(|of, part| {
                one.conversation != Some(*of) && other.conversation != Some(*part)
            });
        }
        for (one, other) in packets().filter(|(one, other)| one.read == other.read) {
            let known = match (one.conversation, other.conversation) {
                (None, None) => true,
                (Some(old), Some(new)) => both.get(&old) == Some(&new),
                _ => false,
            };
            if !known {
                continue;
            }
            compared += 1;
            if one.claims != other.claims {
                let (no, one, other) = (other.no, &one.claims, &other.claims);
                differ.push(format!("{place}: packet {}: {one} | {other}", no));
            }
            if one.read.0 != OTHER && one.shown == other.shown && one.sentence != other.sentence {
                let (no, one, other) = (other.no, &one.sentence, &other.sentence);
                differ.push(format!("{place}: packet {no}:\n  {one}\n  {other}"));
            }
        }
        for (_, other) in packets().filter(|(one, _)| one.conversation.is_none()) {
            both.retain(|_, part| other.conversation != Some(*part));
        }
        for (old_id, new_id) in both {
            let one = &old.conversations[old_id as usize];
            let other = &new.conversations[new_id as usize];
            if one != other {
                differ.push(format!("{place}: conversation {new_id}:\n{one}\n{other}"));
            }
        }
    }
    assert!(
        differ.is_empty(),
        "{} differ:\n{}",
        differ.len(),
        differ[..differ.len().min(30)].join("\n")
    );
    assert!(
        compared > 100_000 && split > 0,
        "{compared} compared, {split} split"
    );
}

/// The conversations that are the same in both versions. `stray` is told of packets of a
/// conversation of 4.6 that is not within one of 4.0.
fn pairs(old: &Told, new: &Told, stray: &mut dyn FnMut(u32)) -> BTreeMap<u32, u32> {
    let mut parts: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let mut whole: BTreeMap<u32, u32> = BTreeMap::new();
    for (one, other) in old.packets.iter().zip(&new.packets) {
        let (Some(of), Some(part)) = (one.conversation, other.conversation) else {
            continue;
        };
        parts.entry(of).or_default().insert(part);
        if *whole.entry(part).or_insert(of) != of {
            stray(other.no);
        }
    }
    let single = |(of, parts): (u32, BTreeSet<u32>)| match parts.len() {
        1 => parts.first().map(|part| (of, *part)),
        _ => None,
    };
    parts.into_iter().filter_map(single).collect()
}

fn tell(path: &Path, dialect: Dialect) -> Option<Told> {
    let mut source = FileSource::open(path.to_str()?).ok()?;
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        dialect,
        ..AnalyzerOptions::default()
    });
    let explainer = Explainer::new(Lang::En);
    let mut packets = Vec::new();
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        let sentence = explainer.row(&row).sentence;
        packets.push(said(&row, sentence));
    }
    let conversations = pipeline.analyzer().conversations();
    Some(Told {
        packets,
        conversations: conversations.iter().map(came_to).collect(),
    })
}

fn said(row: &Row<'_>, sentence: String) -> Said {
    let analysis = row.analysis;
    Said {
        no: row.frame.no,
        conversation: analysis.conversation.map(|id| id.0),
        claims: format!(
            "{:?} {:?} {:?} {:?}",
            analysis.side, analysis.direction, analysis.phase, analysis.states
        ),
        shown: analysis
            .tcp
            .map(|tcp| (tcp.marks, [tcp.seq, tcp.ack], tcp.duplicate)),
        read: read(&row.packet.content),
        sentence,
    }
}

fn read(content: &Content<'_>) -> Read {
    match content {
        Content::Tcp(segment) => (0, segment.transport.len),
        Content::Udp(datagram) => (1, datagram.transport.len),
        Content::Other(other) => (OTHER, other.quoted.map_or(0, |quoted| quoted.transport.len)),
    }
}

/// How a conversation opened and closed, and its summary without its number and without counts of
/// marks.
fn came_to(conversation: &Conversation) -> String {
    let life = &conversation.lifecycle;
    let mut text = String::new();
    summary::write(conversation, Lang::En, &mut text);
    // Its number, its packets and its duration stand around its ends.
    let (head, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let text = format!("{}\n{rest}", head.split(" · ").nth(1).unwrap_or(head));
    let lines = text.lines().map(|line| {
        let parts = line.split("; ").map(|part| {
            let items = part.split(", ").filter(|item| !counts_marks(item));
            items.collect::<Vec<_>>().join(", ")
        });
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        parts.join("; ")
    });
    format!(
        "{:?}\n{:?}\n{:?} {:?}\n{}",
        life.close(),
        life.roles(),
        life.handshake_ack(),
        life.states(),
        lines.collect::<Vec<_>>().join("\n")
    )
}

/// Whether an item of a summary counts marks.
fn counts_marks(item: &str) -> bool {
    const COUNTED: [&str; 4] = [
        "retransmission",
        "out of order",
        "duplicate ACK",
        "window update",
    ];
    let counted = item.trim_end_matches('s');
    item.starts_with(|first: char| first.is_ascii_digit())
        && COUNTED.iter().any(|what| counted.ends_with(what))
}

/// A client that crashed calls again with the same ports and, after the RST, the same number.
const HALF_OPEN: &str = "tests/it/cases/halfopen.pcap";

/// Info and stream of the call after the RST.
fn called_again(args: &[&str], variable: Option<&str>) -> String {
    let mut command = netlab();
    command.args(["replay", HALF_OPEN, "-T", "tsv", "--columns", "info,stream"]);
    if let Some(value) = variable {
        command.env("NETLAB_WIRESHARK", value);
    }
    let output = command.args(args).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).lines().nth(9).unwrap().to_owned()
}

#[test]
fn the_version_is_typed_or_comes_from_the_environment() {
    let new = "[TCP Port numbers reused] 40000 → 5050 [SYN] Seq=0 Win=65535 Len=0\t2";
    let old = "[TCP Retransmission] 40000 → 5050 [SYN] Seq=0 Win=65535 Len=0\t1";
    assert_eq!(called_again(&[], None), new);
    assert_eq!(called_again(&["--wireshark", "4.4"], None), new);
    assert_eq!(called_again(&["--wireshark", "4.0"], None), old);
    assert_eq!(called_again(&[], Some("4.0")), old);
    assert_eq!(called_again(&[], Some("")), new);
    assert_eq!(called_again(&["--wireshark", "4.6"], Some("4.0")), new);
}

#[test]
fn a_version_that_is_not_followed_is_said_with_a_way_out() {
    let output = run(&["replay", HALF_OPEN, "--wireshark", "newest"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "netlab: error: \"newest\" is no value for --wireshark <VERSION>\n  \
         possible values: 4.0, 4.4, 4.6\n"
    );
    let mut command = netlab();
    command.args(["replay", HALF_OPEN, "--lang", "pt-BR"]);
    let output = command.env("NETLAB_WIRESHARK", "4.6.9").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "netlab: erro: NETLAB_WIRESHARK é \"4.6.9\", que não é uma versão do Wireshark que o netlab \
         saiba seguir\n  use um destes: 4.0 4.4 4.6, ou escolha com --wireshark\n"
    );
}

#[test]
fn the_version_is_named_wherever_rows_are_kept() {
    let said = |args: &[&str]| stdout(&run(&[args, &["--wireshark", "4.4"]].concat()));
    let details = said(&["replay", HALF_OPEN, "-V", "-c", "1"]);
    assert!(
        details.contains("\n    wireshark          4.4\n"),
        "{details}"
    );
    let json = said(&["report", HALF_OPEN, "-T", "json"]);
    assert!(json.contains("\"wireshark\": \"4.4\"\n"), "{json}");
    let markdown = said(&["report", HALF_OPEN, "-T", "md"]);
    assert!(
        markdown.contains("Packets worded as in Wireshark") && markdown.contains("4.4"),
        "{markdown}"
    );
    let html = said(&["report", HALF_OPEN, "-T", "html"]);
    assert!(html.contains(" · Wireshark 4.4</footer>"), "{html}");
    let version = stdout(&run(&["--version"]));
    assert!(
        version
            .ends_with("\nrows worded as in Wireshark 4.6; with --wireshark also as in 4.4, 4.0\n"),
        "{version}"
    );
    assert_eq!(stdout(&run(&["-V"])), version);
}

#[test]
fn what_a_stream_counts_follows_the_version() {
    // Segments whose options, header or window is cut count or not (8.6 and 9.1).
    let counted = |version: &str| {
        let path = "tests/it/scenarios/a13_snap_syn.pcap";
        let args = ["conversations", path, "-T", "tsv", "--columns", "packets"];
        let list = stdout(&run(&[&args[..], &["--wireshark", version]].concat()));
        list.lines().filter(|line| *line == "1").count()
    };
    assert_eq!(["4.0", "4.4", "4.6"].map(counted), [1, 25, 27]);
}
