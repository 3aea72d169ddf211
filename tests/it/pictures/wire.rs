//! Written packets as rows: what the tests of pictures draw.

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::conversation::Conversation;
use netlab::analysis::row::Row;
use netlab::model::frame::{Frame, LinkType};
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;

/// When the first microsecond of a [`Wire`] is.
pub(crate) const BEGIN: i64 = 1_630_000_000;
/// The first sequence numbers of client and server.
const ISN: [u32; 2] = [1_000, 9_000];
const SERVER_PORT: u16 = 5050;

/// The flags of a segment.
pub(crate) const SYN: u8 = 0x02;
pub(crate) const ACK: u8 = 0x10;
pub(crate) const PSH_ACK: u8 = 0x18;
pub(crate) const FIN_ACK: u8 = 0x11;

/// A TCP segment with relative numbers.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sent {
    /// Microseconds since the beginning.
    pub(crate) at: u64,
    /// The client's number where it sent the segment; `None` where the server did, to `to`.
    pub(crate) from: Option<u8>,
    pub(crate) to: u8,
    pub(crate) flags: u8,
    pub(crate) seq: u32,
    pub(crate) ack: u32,
    pub(crate) window: u16,
    pub(crate) len: u16,
    /// A SACK block.
    pub(crate) sack: Option<[u32; 2]>,
}

/// Packets of one server and some clients.
pub(crate) struct Wire {
    /// The network of the clients: their addresses end in 1.
    net: [u8; 3],
    server: [u8; 4],
    packets: Vec<(u64, Vec<u8>)>,
}

impl Wire {
    /// Both ends on the loopback.
    pub(crate) fn loopback() -> Wire {
        Wire {
            net: [127, 0, 0],
            server: [127, 0, 0, 1],
            packets: Vec::new(),
        }
    }

    /// Ends on two machines.
    pub(crate) fn apart() -> Wire {
        Wire {
            net: [10, 0, 0],
            server: [192, 0, 2, 7],
            packets: Vec::new(),
        }
    }

    /// Client 0 sends.
    pub(crate) fn client(&mut self, at: u64, flags: u8, [seq, ack]: [u32; 2], len: u16) {
        self.send(Sent {
            at,
            from: Some(0),
            flags,
            seq,
            ack,
            window: 60_000,
            len,
            ..Sent::default()
        });
    }

    /// The server sends to client 0.
    pub(crate) fn server(&mut self, at: u64, flags: u8, [seq, ack]: [u32; 2], len: u16) {
        self.send(Sent {
            at,
            flags,
            seq,
            ack,
            window: 60_000,
            len,
            ..Sent::default()
        });
    }

    /// A handshake of client 0 that ends at `end`, half a round trip each.
    pub(crate) fn handshake(&mut self, half: u64) {
        self.client(0, SYN, [0, 0], 0);
        self.server(half, SYN | ACK, [0, 1], 0);
        self.client(2 * half, ACK, [1, 1], 0);
    }

    /// Puts a segment on the wire.
    pub(crate) fn send(&mut self, sent: Sent) {
        let client = sent.from.unwrap_or(sent.to);
        let port = 40_000 + u16::from(client);
        let address = [self.net[0], self.net[1], self.net[2], 1];
        let (from, to, ports, isn) = match sent.from {
            Some(_) => (address, self.server, [port, SERVER_PORT], ISN),
            None => (self.server, address, [SERVER_PORT, port], [ISN[1], ISN[0]]),
        };
        let mut options = Vec::new();
        if let Some([left, right]) = sent.sack {
            let [left, right] = [left, right].map(|edge| isn[1].wrapping_add(edge).to_be_bytes());
            options = [&[1, 1, 5, 10][..], &left, &right].concat();
        }
        let words = 5 + u8::try_from(options.len() / 4).unwrap();
        let ack = match sent.flags & ACK {
            0 => 0,
            _ => isn[1].wrapping_add(sent.ack),
        };
        let segment = [
            &ports[0].to_be_bytes()[..],
            &ports[1].to_be_bytes(),
            &isn[0].wrapping_add(sent.seq).to_be_bytes(),
            &ack.to_be_bytes(),
            &[words << 4, sent.flags],
            &sent.window.to_be_bytes(),
            &[0; 4],
            &options,
            &vec![b'x'; usize::from(sent.len)],
        ]
        .concat();
        let total = u16::try_from(20 + segment.len()).unwrap().to_be_bytes();
        let header = [0x45, 0, total[0], total[1], 0, 1, 0x40, 0, 64, 6, 0, 0];
        let bytes = [&header[..], &from, &to, &segment].concat();
        self.packets.push((sent.at, bytes));
    }

    /// Hands every row to `each`, in order, then all conversations to `end`.
    pub(crate) fn rows<T>(
        &self,
        mut each: impl FnMut(&Row<'_>),
        end: impl FnOnce(&[Conversation]) -> T,
    ) -> T {
        let mut pipeline = Pipeline::new(AnalyzerOptions {
            summaries: usize::MAX,
            ..AnalyzerOptions::default()
        });
        for (no, (at, bytes)) in (1..).zip(&self.packets) {
            let nanos = u32::try_from(at % 1_000_000).unwrap() * 1_000;
            let secs = BEGIN + i64::try_from(at / 1_000_000).unwrap();
            each(&pipeline.push(&Frame {
                no,
                time: Some(Timestamp::new(secs, nanos)),
                decimals: 6,
                link: LinkType::RAW,
                interface: 0,
                wire_len: u32::try_from(bytes.len()).unwrap(),
                bytes,
            }));
        }
        end(pipeline.analyzer().conversations())
    }
}
