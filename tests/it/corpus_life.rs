//! What must hold for the life of every conversation of every capture.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::conversation::{Conversation, Protocol};
use netlab::analysis::lifecycle::close::{Shape, TimeWait};
use netlab::analysis::lifecycle::phase::Phase;
use netlab::analysis::row::Row;
use netlab::model::packet::Content;
use netlab::model::side::Direction;
use netlab::model::tcp::TcpState;
use netlab::model::transport::Extent;
use netlab::pipeline::Pipeline;
use netlab::report::summary;
use netlab::source::file::FileSource;
use netlab::text::Lang;

use crate::support::corpus;

/// What the rows of one conversation showed.
#[derive(Default)]
struct Seen {
    rows: u64,
    /// How many of them have a phase other than unknown.
    told: u64,
    /// Its first row is a SYN without ACK.
    from_the_start: bool,
    /// A SYN carried data (RFC 7413).
    fast_open: bool,
    rst: bool,
    syn_acks: HashSet<u32>,
    acknowledged_syn_acks: HashSet<u32>,
}

#[test]
#[ignore = "needs ../shared"]
fn the_life_of_every_conversation_of_the_corpus_is_sound() {
    let paths = corpus();
    let mut broken = Vec::new();
    let mut conversations = 0;
    for path in paths {
        conversations += one_file(&path, &mut broken);
    }
    assert!(
        broken.is_empty(),
        "{} broken:\n{}",
        broken.len(),
        broken[..broken.len().min(40)].join("\n")
    );
    assert!(conversations > 1000, "only {conversations} conversations");
}

fn one_file(path: &Path, broken: &mut Vec<String>) -> usize {
    let Ok(mut source) = FileSource::open(path.to_str().expect("UTF-8")) else {
        return 0;
    };
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..AnalyzerOptions::default()
    });
    let mut seen: HashMap<u32, Seen> = HashMap::new();
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        let Some(id) = row.analysis.conversation else {
            continue;
        };
        let said = one_row(&row, seen.entry(id.0).or_default());
        if let Err(what) = said {
            broken.push(format!("{}: frame {}: {what}", path.display(), frame.no));
        }
    }
    let conversations = pipeline.analyzer().conversations();
    for (place, conversation) in conversations.iter().enumerate() {
        let id = u32::try_from(place).expect("few conversations");
        if let Some(seen) = seen.get(&id)
            && let Err(what) = one_conversation(conversation, seen)
        {
            broken.push(format!(
                "{}: {:?} stream {}: {what}",
                path.display(),
                conversation.protocol,
                conversation.stream
            ));
        }
    }
    conversations.len()
}

fn one_row(row: &Row<'_>, seen: &mut Seen) -> Result<(), &'static str> {
    let segment = match &row.packet.content {
        Content::Udp(_) => {
            seen.rows += 1;
            seen.told += 1;
            return match row.analysis.phase {
                Some(Phase::Datagram) => Ok(()),
                _ => Err("a datagram without its phase"),
            };
        }
        Content::Other(_) => {
            let told = u64::from(row.analysis.phase.is_some());
            seen.rows += told;
            seen.told += told;
            return Ok(());
        }
        Content::Tcp(segment) => segment,
    };
    let Some(phase) = row.analysis.phase else {
        return Err("a segment without a phase");
    };
    let (Some(header), true) = (segment.header, segment.transport.extent != Extent::Quoted) else {
        return Ok(());
    };
    let flags = header.flags;
    let first = seen.rows == 0;
    seen.rows += 1;
    seen.told += u64::from(phase != Phase::Unknown);
    let bare_syn = flags.syn() && !flags.ack() && !flags.rst();
    seen.from_the_start |= first && bare_syn;
    let len = row.analysis.tcp.and_then(|tcp| tcp.len).unwrap_or(0);
    seen.fast_open |= bare_syn && len > 0;
    seen.rst |= flags.rst();
    if flags.syn() && flags.ack() && !flags.rst() {
        seen.syn_acks.insert(header.seq.0);
    } else if phase == Phase::Handshake && flags.ack() && !flags.syn() {
        let covered = header.ack.0.wrapping_sub(1);
        if seen.syn_acks.contains(&covered) {
            seen.acknowledged_syn_acks.insert(covered);
        }
    }
    let fits = match phase {
        Phase::Handshake => !flags.rst() && (flags.syn() || !flags.fin()),
        Phase::Data => len > 0 && !flags.syn() && !flags.rst() && !flags.fin(),
        Phase::Ack | Phase::Window | Phase::KeepAlive => {
            flags.ack() && !flags.syn() && !flags.rst() && !flags.fin()
        }
        Phase::Close => flags.ack() && !flags.syn() && !flags.rst(),
        Phase::Reset | Phase::Refused => flags.rst(),
        // Or a header that is cut or broken.
        Phase::Unknown => true,
        Phase::Datagram | Phase::IcmpError => false,
        _ => return Err("a phase that nothing is known of here"),
    };
    if !fits {
        return Err("a phase that its flags exclude");
    }
    let sender = match row.analysis.direction {
        Some(Direction::ToServer) => row.analysis.states[0],
        Some(Direction::ToClient) => row.analysis.states[1],
        None => None,
    };
    let opening = matches!(
        sender,
        Some(TcpState::Listen | TcpState::SynSent | TcpState::SynReceived)
    );
    if phase == Phase::Data && seen.from_the_start && !seen.fast_open && opening {
        return Err("data before the handshake is complete");
    }
    Ok(())
}

fn one_conversation(conversation: &Conversation, seen: &Seen) -> Result<(), String> {
    let groups = conversation.record().and_then(|it| it.groups());
    let groups = groups.ok_or("no record")?;
    let in_groups = u64::from(groups.opening().frames.count())
        + u64::from(groups.closing().frames.count())
        + groups
            .list()
            .iter()
            .map(|group| u64::from(group.frames.count()))
            .sum::<u64>()
        + groups.rest().map_or(0, |rest| rest.packets);
    let packets = groups.packets();
    if in_groups != packets || !(seen.told..=seen.rows).contains(&packets) {
        return Err(format!(
            "{in_groups} in groups of {packets}, {} rows",
            seen.rows
        ));
    }
    if conversation.protocol == Protocol::Udp {
        return Ok(());
    }
    if seen.acknowledged_syn_acks.len() > 1 {
        return Err("two SYN-ACKs acknowledged".to_owned());
    }
    let close = conversation.lifecycle.close();
    if seen.rst != close.reset.is_some() {
        return Err(format!("RST {} and {close:?}", seen.rst));
    }
    let cut = close.cut().is_some();
    if cut && close.shape != Shape::Reset || close.shape == Shape::Reset && !seen.rst {
        return Err(format!("cut off {cut} and {close:?}"));
    }
    let mut said = String::new();
    summary::write(conversation, Lang::En, &mut said);
    if cut && (said.contains("four-way close") || said.contains("three-segment close")) {
        return Err(said);
    }
    let frames: HashSet<_> = close.fins.into_iter().chain(close.acks).flatten().collect();
    let distinct = match close.shape {
        Shape::FourSegments => Some(4),
        Shape::ThreeSegments => Some(3),
        _ => None,
    };
    if distinct.is_some_and(|distinct| distinct != frames.len()) {
        return Err(format!("frames {frames:?} and {close:?}"));
    }
    if let TimeWait::One(side) = close.time_wait {
        let client = conversation.lifecycle.roles().client();
        let states = conversation.lifecycle.states();
        let place = usize::from(client.unwrap_or(netlab::model::side::Side::First) != side);
        // A RST after the close ends it (RFC 9293, 3.10.7.4).
        let ended = close.reset.is_some() && states[place] == Some(TcpState::Closed);
        if !ended && !matches!(states[place], None | Some(TcpState::TimeWait)) {
            return Err(format!("{close:?} and {states:?}"));
        }
    }
    Ok(())
}
