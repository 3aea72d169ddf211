//! What the latest segment of a TCP conversation did, and how its sender stood before it.

use super::sent::SHOWN;
use crate::analysis::moment::Moment;
use crate::analysis::twin::{Print, Twin};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::TcpState;

/// The latest segment. Numbers are places on the lines of the ends.
#[derive(Clone, Copy, Debug)]
pub struct Latest {
    /// Its frame and time.
    pub at: Moment,
    /// Who sent it.
    pub side: Side,
    /// Whose numbers it acknowledges: the other end's, or its own where a socket talks to itself.
    pub peer: Side,
    /// It is the first packet of its conversation.
    pub first: bool,
    /// It is a copy of an earlier packet, made by the capture or on the way. Nothing else is
    /// taken from it then.
    pub twin: Option<Twin>,
    /// Its numbers are too far from those before it to belong to them. Nothing else is taken from
    /// it then.
    pub strange: bool,
    /// Its length can be read, so that it was taken.
    pub taken: bool,
    /// Its sequence number.
    pub start: i64,
    /// The number of its first payload byte.
    pub data: i64,
    /// Payload bytes.
    pub len: u32,
    /// Its acknowledgment number, on the line of the other end, where it has one.
    pub ack: Option<i64>,
    /// The timestamp that it returns (RFC 7323, 3.2).
    pub echo: Option<u32>,
    /// How many of its payload bytes are captured for the first time.
    pub fresh: u64,
    /// Its payload begins below the highest number of its sender so far.
    pub below: bool,
    /// It came in several frames: IP fragments.
    pub split: bool,
    /// It begins with the number of its sender's SYN, in this frame, which no data has.
    pub on_syn: Option<FrameNo>,
    /// It comes so soon after the segment before it of its sender that it was more likely
    /// overtaken than sent again.
    pub soon: bool,
    /// It is a keep-alive or a window probe.
    pub probe: bool,
    /// The probe of the other end that it answers.
    pub answers: Option<FrameNo>,
    /// Tells its payload from others; `None` where that is not all in the capture.
    pub(crate) print: Option<Print>,
    /// How its payload begins.
    pub head: [u8; SHOWN],
    /// Its sender before it.
    pub before: Before,
}

/// How the sender of a segment stood before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// Something of it had been captured.
    pub heard: bool,
    /// The number after its highest one.
    pub next: Option<i64>,
    /// Its lowest number.
    pub lowest: Option<i64>,
    /// The highest acknowledgment it had sent, and its first frame.
    pub highest_ack: Option<(i64, FrameNo)>,
    /// The window it had offered last, and its frame.
    pub window: Option<(u32, FrameNo)>,
    /// The states of client and server.
    pub states: [Option<TcpState>; 2],
}

impl Default for Latest {
    fn default() -> Self {
        Self {
            at: Moment::default(),
            side: Side::First,
            peer: Side::Second,
            first: false,
            twin: None,
            strange: false,
            taken: false,
            start: 0,
            data: 0,
            len: 0,
            ack: None,
            echo: None,
            fresh: 0,
            below: false,
            split: false,
            on_syn: None,
            soon: false,
            probe: false,
            answers: None,
            print: None,
            head: [0; SHOWN],
            before: Before::default(),
        }
    }
}

impl Latest {
    /// The number after its payload.
    pub fn data_end(&self) -> i64 {
        self.data + i64::from(self.len)
    }
}
