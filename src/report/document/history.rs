//! How Zeek's `conn.log` would describe a conversation: the letters of `history` and the word of
//! `conn_state`. Read from the packets alone, without Zeek's checksums, content gaps and timeouts:
//! the letters `c`, `g` and `i` do not occur.

use crate::analysis::conversation::Protocol;
use crate::analysis::row::Row;
use crate::analysis::tcp::marks::Marks;
use crate::model::packet::Content;
use crate::model::side::Side;
use crate::model::tcp::TcpFlags;
use crate::report::payload;

/// What one end has shown, as far as `conn_state` depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum End {
    /// It has sent nothing.
    #[default]
    Inactive,
    /// It sent a SYN.
    SynSent,
    /// It sent a SYN-ACK that nothing asked for.
    SynAckSent,
    /// It sent something else, and no SYN was seen.
    Partial,
    /// It sent a SYN, or a SYN-ACK, that was answered.
    Established,
    /// It sent a FIN.
    Closed,
    /// It sent a RST.
    Reset,
}

/// The most letters that are kept: eleven of each side.
const LETTERS: usize = 24;

/// The history of one conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    ends: [End; 2],
    data: [bool; 2],
    packets: [bool; 2],
    /// Lower-case letters with the side that they belong to.
    letters: Vec<(Side, u8)>,
}

impl History {
    /// Takes the next packet of the conversation; an ICMP error is none.
    pub(super) fn row(&mut self, row: &Row<'_>) {
        let (false, Some(side)) = (
            matches!(row.packet.content, Content::Other(_)),
            row.analysis.side,
        ) else {
            return;
        };
        self.packets[side.index()] = true;
        let Content::Tcp(segment) = row.packet.content else {
            if !payload::of(row).is_empty() {
                self.data[side.index()] = true;
                self.letter(side, b'd');
            }
            return;
        };
        let Some(header) = row.whole_header() else {
            return;
        };
        let flags = header.flags;
        let data = segment.payload_len().is_some_and(|len| len > 0);
        let marks = row.analysis.tcp.map_or(Marks::NONE, |tcp| tcp.marks);
        self.letters_of(side, flags, data, marks, header.window);
        self.data[side.index()] |= data;
        self.advance(side, flags);
    }

    fn letters_of(&mut self, side: Side, flags: TcpFlags, data: bool, marks: Marks, window: u16) {
        let (syn, fin, rst) = (flags.syn(), flags.fin(), flags.rst());
        if syn && (fin || rst) {
            self.letter(side, b'q');
        }
        match (syn, flags.ack()) {
            (true, true) => self.letter(side, b'h'),
            (true, false) => self.letter(side, b's'),
            (false, true) if !data && !fin && !rst => self.letter(side, b'a'),
            _ => {}
        }
        if data {
            let again = marks.any(Marks::SENT_AGAIN);
            self.letter(side, if again { b't' } else { b'd' });
        }
        if window == 0 && flags.ack() && !rst {
            self.letter(side, b'w');
        }
        if fin {
            self.letter(side, b'f');
        }
        if rst {
            self.letter(side, b'r');
        }
    }

    fn letter(&mut self, side: Side, letter: u8) {
        let entry = (side, letter);
        if self.letters.len() < LETTERS && !self.letters.contains(&entry) {
            self.letters.push(entry);
        }
    }

    fn advance(&mut self, side: Side, flags: TcpFlags) {
        let [a, b] = &mut self.ends;
        let (sender, other) = match side {
            Side::First => (a, b),
            Side::Second => (b, a),
        };
        if flags.rst() {
            *sender = End::Reset;
        } else if flags.syn() && flags.ack() {
            match *other {
                End::SynSent | End::Established => {
                    *sender = End::Established;
                    *other = End::Established;
                }
                _ if *sender == End::Inactive => *sender = End::SynAckSent,
                _ => {}
            }
        } else if flags.syn() {
            if *sender == End::Inactive {
                *sender = End::SynSent;
            }
        } else if flags.fin() {
            *sender = End::Closed;
        } else if *sender == End::Inactive {
            *sender = End::Partial;
        }
        // A SYN-ACK whose SYN is not in the capture, answered.
        if *other == End::SynAckSent && matches!(*sender, End::Partial) && flags.ack() {
            *other = End::Established;
            *sender = End::Established;
        }
    }

    /// The letters, those of the originator in capitals. Zeek puts `^` in front where it turned
    /// the ends around.
    pub(super) fn letters(&self, originator: Side) -> String {
        let turned = if originator == Side::Second && !self.letters.is_empty() {
            "^"
        } else {
            ""
        };
        let letters = self.letters.iter().map(|(side, letter)| {
            char::from(match *side == originator {
                true => letter.to_ascii_uppercase(),
                false => *letter,
            })
        });
        turned.chars().chain(letters).collect()
    }

    /// The word of `conn_state`.
    pub(super) fn state(&self, protocol: Protocol, originator: Side) -> &'static str {
        let (o, r) = (originator.index(), originator.other().index());
        if protocol == Protocol::Udp {
            return match (self.packets[o], self.packets[r]) {
                (true, true) => "SF",
                (true, false) => "S0",
                (false, true) => "SHR",
                (false, false) => "OTH",
            };
        }
        let absent = |end: End| matches!(end, End::Inactive | End::Partial);
        let no_data = self.data == [false, false];
        match (self.ends[o], self.ends[r]) {
            (End::SynSent | End::SynAckSent, End::Reset) => "REJ",
            (End::Reset, End::Reset) if no_data => "REJ",
            (orig, End::Reset) if absent(orig) => "RSTRH",
            (_, End::Reset) => "RSTR",
            (End::Reset, resp) if absent(resp) => "RSTOS0",
            (End::Reset, _) => "RSTO",
            (End::Closed, End::Closed) => "SF",
            (End::Closed, resp) if absent(resp) => "SH",
            (End::Closed, _) => "S2",
            (orig, End::Closed) if absent(orig) => "SHR",
            (_, End::Closed) => "S3",
            (End::SynSent, End::Inactive) => "S0",
            (End::Established, End::Established) => "S1",
            _ => "OTH",
        }
    }
}
