//! What each side of a conversation sent, in the order in which it came: TCP's bytes put together
//! by their sequence numbers, UDP's datagrams one by one.

pub mod words;

use crate::analysis::conversation::{Conversation, ConversationId, Protocol};
use crate::analysis::row::Row;
use crate::analysis::stream::{At, Piece, Stream};
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::Side;
use crate::model::tcp::Segment;

/// How many bytes of a direction wait for those before them: more than a window mostly is.
const WAITING: usize = 16 * 1024 * 1024;
/// How many bytes are kept, of all conversations together.
const KEPT: usize = 256 * 1024 * 1024;

/// A stretch of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Who sent it.
    pub side: Side,
    /// What it is.
    pub what: What,
}

/// What a stretch is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Bytes that follow each other, and the frames that brought them; of UDP one datagram.
    Bytes(Vec<u8>, Vec<FrameNo>),
    /// So many bytes that the capture does not hold.
    Missing(u64),
    /// So many bytes that stood in an earlier frame, in this one again.
    Again(u32, FrameNo),
    /// What came before is not in the capture, which begins within the connection.
    Earlier,
    /// The end of the stream: a FIN.
    Fin(FrameNo),
    /// A RST.
    Rst(FrameNo),
}

/// A conversation that is followed.
#[derive(Debug)]
pub struct Followed {
    /// Which one.
    pub id: ConversationId,
    /// Its stretches in their order.
    pub parts: Vec<Part>,
    streams: [Stream; 2],
}

/// Follows conversations row by row.
#[derive(Debug, Default)]
pub struct Follower {
    followed: Vec<Followed>,
    kept: usize,
    /// How many bytes were not kept since there were too many.
    left_out: u64,
}

impl Follower {
    /// Takes the next row of a conversation that is to be followed.
    pub fn push(&mut self, row: &Row<'_>) {
        let (Some(id), Some(side)) = (row.analysis.conversation, row.analysis.side) else {
            return;
        };
        let parts = match &row.packet.content {
            Content::Tcp(segment) => self.of(id).segment(side, segment, row),
            Content::Udp(datagram) => {
                let bytes = datagram.payload();
                let what = What::Bytes(bytes.to_vec(), vec![row.frame.no]);
                let cut = datagram.payload_len().map_or(0, |len| missing(len, bytes));
                let rest = (cut > 0).then_some(What::Missing(cut));
                [Some(what), rest].into_iter().flatten().collect()
            }
            Content::Other(_) => return,
        };
        let apart = matches!(row.packet.content, Content::Udp(_));
        for what in parts {
            self.add(id, Part { side, what }, apart);
        }
    }

    /// The conversations in the order of their first bytes, and how many bytes were not kept.
    pub fn finish(mut self) -> (Vec<Followed>, u64) {
        for place in 0..self.followed.len() {
            for side in [Side::First, Side::Second] {
                let Some(followed) = self.followed.get_mut(place) else {
                    continue;
                };
                let mut pieces = Vec::new();
                followed.streams[side.index()].finish(&mut pieces);
                let id = followed.id;
                for what in pieces.into_iter().map(what) {
                    self.add(id, Part { side, what }, false);
                }
            }
        }
        (self.followed, self.left_out)
    }

    fn of(&mut self, id: ConversationId) -> &mut Followed {
        let known = self.followed.iter().rposition(|it| it.id == id);
        let place = known.unwrap_or(self.followed.len());
        if known.is_none() {
            self.followed.push(Followed {
                id,
                parts: Vec::new(),
                streams: [Stream::holding(WAITING), Stream::holding(WAITING)],
            });
        }
        &mut self.followed[place]
    }

    /// Adds a stretch; bytes go to those before them unless they stand `apart`.
    fn add(&mut self, id: ConversationId, part: Part, apart: bool) {
        if let What::Bytes(bytes, _) = &part.what {
            if self.kept.saturating_add(bytes.len()) > KEPT {
                let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                self.left_out = self.left_out.saturating_add(more);
                return;
            }
            self.kept += bytes.len();
        }
        let followed = self.of(id);
        if let (Some(last), What::Bytes(more, frames), false) =
            (followed.parts.last_mut(), &part.what, apart)
            && last.side == part.side
            && let What::Bytes(bytes, of) = &mut last.what
        {
            bytes.extend_from_slice(more);
            of.extend(
                frames
                    .iter()
                    .filter(|it| Some(*it) != of.last())
                    .copied()
                    .collect::<Vec<_>>(),
            );
            return;
        }
        followed.parts.push(part);
    }
}

impl Followed {
    /// What a segment adds.
    fn segment(&mut self, side: Side, segment: &Segment<'_>, row: &Row<'_>) -> Vec<What> {
        let (Some(header), Some(len)) = (row.whole_header(), segment.payload_len()) else {
            return Vec::new();
        };
        let stream = &mut self.streams[side.index()];
        let syn = header.flags.syn();
        let at = At {
            frame: row.frame.no,
            seq: header.seq.plus(u32::from(syn)),
            ack: header.ack,
            ..At::default()
        };
        if syn {
            stream.start(at.seq);
        }
        if header.flags.rst() {
            return vec![What::Rst(at.frame)];
        }
        if len == 0 && !header.flags.fin() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        if !stream.begun() {
            parts.push(What::Earlier);
        }
        let mut pieces = Vec::new();
        stream.take(
            segment.payload(),
            (len, header.flags.fin()),
            at,
            &mut pieces,
        );
        parts.extend(pieces.into_iter().map(what));
        parts
    }
}

fn what(piece: Piece) -> What {
    match piece {
        Piece::Bytes(bytes, at) => What::Bytes(bytes.into_vec(), vec![at.frame]),
        Piece::Gap(bytes) => What::Missing(bytes),
        Piece::Again(bytes, at) => What::Again(bytes, at.frame),
        Piece::End(at) => What::Fin(at.frame),
    }
}

/// How many of `len` bytes the capture did not keep.
fn missing(len: u32, bytes: &[u8]) -> u64 {
    u64::from(len).saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
}

/// Whether a conversation is one of the wanted streams; all of them where none is named.
pub fn wanted(conversation: &Conversation, tcp: &[u32], udp: &[u32]) -> bool {
    let streams = match conversation.protocol {
        Protocol::Tcp => tcp,
        Protocol::Udp => udp,
    };
    (tcp.is_empty() && udp.is_empty()) || streams.contains(&conversation.stream)
}
