//! The packets that open and close a TCP conversation, in the order they were captured.

use super::FrameSet;
use crate::model::frame::FrameNo;

/// One step of a handshake or a close, the first time it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Move {
    /// A SYN.
    #[default]
    Syn,
    /// A SYN with this many bytes of data (RFC 7413).
    SynWithData(u32),
    /// A SYN-ACK.
    SynAck,
    /// The ACK that completes a handshake, or the first ACK of a FIN.
    Ack,
    /// Such an ACK on a segment that has data, and its frame.
    AckOnData(FrameNo),
    /// A FIN that acknowledges no FIN for the first time, with this many bytes of data.
    Fin(u32),
    /// A FIN that is the first to acknowledge the other FIN, with this many bytes of data.
    FinAck(u32),
    /// A RST without ACK.
    Rst,
    /// A RST with ACK.
    RstAck,
}

/// Moves in fixed memory: a conversation makes few for the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    list: [Move; 8],
    used: usize,
}

impl Moves {
    pub(super) fn push(&mut self, step: Move) {
        if let Some(slot) = self.list.get_mut(self.used) {
            *slot = step;
            self.used += 1;
        }
    }

    /// The moves in the order of the capture.
    pub fn list(&self) -> &[Move] {
        &self.list[..self.used]
    }
}

/// The opening of a conversation.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpeningGroup {
    /// Its frames.
    pub frames: FrameSet,
    /// SYN, SYN-ACK and the ACK that completes it.
    pub moves: Moves,
    /// How many SYNs were sent, both ends together.
    pub syns: u32,
    /// How many SYN-ACKs were sent.
    pub syn_acks: u32,
    /// A RST refused it.
    pub refused: bool,
    /// Payload bytes of its SYN-ACKs.
    pub answer_bytes: u64,
    /// Payload bytes that only SYNs sent again carry.
    pub more_bytes: u64,
    /// How many of its packets are copies of others.
    pub twice: u32,
}

/// The close of a conversation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Closing {
    /// Its frames.
    pub frames: FrameSet,
    /// The first FINs, what first acknowledged them, and the RST.
    pub moves: Moves,
    /// How many FINs were sent again.
    pub fins_again: u32,
    /// How many RSTs there are.
    pub resets: u32,
    /// How many of its packets are copies of others.
    pub twice: u32,
    /// Payload bytes that its FINs sent again.
    pub again: u64,
    /// Payload bytes that only FINs sent again carry.
    pub late: u64,
    /// Bytes of text that its RSTs carry (RFC 9293, 3.5.3).
    pub text: u64,
}
