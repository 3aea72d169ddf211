//! Conversations as a conn.log of Zeek's tells them: what each side sent in letters, and the state in
//! which it ended. As with `zeek -C`, checksums are not looked at; gaps have no letter (`g`) here, but
//! are counted.

use crate::analysis::conversation::{Conversation, ConversationId, Protocol};
use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::{Header, TcpFlags};

/// What an end has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum State {
    /// Nothing, or nothing that counts.
    #[default]
    Inactive,
    /// UDP: it sent a datagram.
    Active,
    SynSent,
    SynAckSent,
    /// It was in the middle of the connection when the capture began.
    Partial,
    Established,
    Closed,
    Reset,
}

/// One end.
#[derive(Clone, Debug, Default)]
pub struct End {
    /// Its packets.
    pub packets: u64,
    /// Their lengths as IP counts them.
    pub ip_bytes: u64,
    /// TCP: the bytes between its lowest and its highest number; UDP: the payload.
    pub bytes: u64,
    state: State,
    /// The letters that stand once for a number, with the latest one.
    flagged: Vec<(char, Seq)>,
    /// How often the letters came that stand at the 1st, 10th, 100th, … time.
    often: [u64; 2],
    /// The lowest and the highest number of a byte.
    numbers: Option<(Seq, Seq)>,
}

/// What is known of a conversation.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// By [`Side::index`].
    pub ends: [End; 2],
    history: Vec<(char, Side)>,
}

/// The conversations of a capture.
#[derive(Debug, Default)]
pub struct Talks(Vec<Talk>);

/// How many letters a history has at most.
const LETTERS: usize = 1000;
const RETRANSMISSION: usize = 0;
const ZERO_WINDOW: usize = 1;

impl Talks {
    /// Takes the next row.
    pub fn push(&mut self, row: &Row<'_>) {
        let (Some(id), Some(side)) = (row.analysis.conversation, row.analysis.side) else {
            return;
        };
        if self.0.len() <= id.index() {
            self.0.resize(id.index() + 1, Talk::default());
        }
        if let Some(talk) = self.0.get_mut(id.index()) {
            talk.row(row, side);
        }
    }

    /// What is known of the conversation.
    pub fn get(&self, id: ConversationId) -> Option<&Talk> {
        self.0.get(id.index())
    }
}

impl Talk {
    /// Takes the next packet of the conversation; an ICMP error is none.
    pub fn row(&mut self, row: &Row<'_>, side: Side) {
        if matches!(row.packet.content, Content::Other(_)) {
            return;
        }
        let end = &mut self.ends[side.index()];
        end.packets += 1;
        let ip = row.packet.ip();
        let header = ip.map_or(0, |ip| if ip.version == 6 { ip.header_len } else { 0 });
        let length = ip.map_or(0, |ip| u64::from(ip.length));
        end.ip_bytes += length + u64::try_from(header).unwrap_or(0);
        match &row.packet.content {
            Content::Udp(datagram) => {
                let len = u64::from(datagram.payload_len().unwrap_or(0));
                end.bytes = end.bytes.saturating_add(len);
                end.state = State::Active;
                if len > 0 {
                    self.once('d', side);
                }
            }
            Content::Tcp(segment) => {
                if let (Some(header), Some(len)) = (row.whole_header(), segment.payload_len()) {
                    self.segment(&header, len, side);
                }
            }
            Content::Other(_) => {}
        }
    }

    fn segment(&mut self, header: &Header, len: u32, side: Side) {
        let flags = header.flags;
        let number = header.seq.plus(if flags.fin() { len } else { 0 });
        match (flags.syn(), flags.fin(), flags.rst()) {
            (_, true, true) => self.once('i', side),
            (true, true, _) | (true, _, true) => self.once('q', side),
            (true, ..) => self.first(if flags.ack() { 'h' } else { 's' }, number, side),
            (_, true, _) => self.first('f', number, side),
            (.., true) => self.first('r', number, side),
            _ if len > 0 => self.once('d', side),
            _ if flags.ack() => self.once('a', side),
            _ => {}
        }
        let [own, peer] = [side, side.other()].map(|it| self.ends[it.index()].state);
        let shut = header.window == 0 && !flags.rst();
        if shut && peer != State::Closed && own != State::Reset {
            self.often('w', ZERO_WINDOW, side);
        }
        let end = &mut self.ends[side.index()];
        let first = header.seq.plus(u32::from(flags.syn()));
        let last = first.plus(len);
        let (low, high) = end.numbers.unwrap_or((first, first));
        let again = len > 0 && end.numbers.is_some() && !last.after(high);
        if !flags.rst() && own != State::Reset {
            let low = if first.before(low) { first } else { low };
            let high = if last.after(high) { last } else { high };
            end.numbers = Some((low, high));
            // The FIN takes a number too.
            let mut fins = end.flagged.iter().filter(|(letter, _)| *letter == 'f');
            let last = fins.next().map(|(_, number)| *number);
            let last = last.filter(|it| high.after(*it)).unwrap_or(high);
            end.bytes = last.from_base(low).into();
        }
        if again {
            self.often('t', RETRANSMISSION, side);
        }
        self.step(flags, side);
    }

    fn step(&mut self, flags: TcpFlags, side: Side) {
        let peer = self.ends[side.other().index()].state;
        let own = self.ends[side.index()].state;
        let (own, peer) = match own {
            _ if flags.rst() => (State::Reset, peer),
            State::Closed | State::Reset => (own, peer),
            _ if flags.fin() => (State::Closed, peer),
            _ if flags.syn() && flags.ack() => match peer {
                State::SynSent => (State::Established, State::Established),
                State::Inactive => (State::SynAckSent, peer),
                _ => (State::Established, peer),
            },
            State::Inactive if flags.syn() => (State::SynSent, peer),
            // A SYN-ACK whose SYN is not in the capture, answered.
            State::Inactive | State::Partial if flags.ack() && peer == State::SynAckSent => {
                (State::Established, State::Established)
            }
            State::Inactive => (State::Partial, peer),
            _ => (own, peer),
        };
        self.ends[side.index()].state = own;
        self.ends[side.other().index()].state = peer;
    }

    /// Writes a letter that stands once for each side.
    fn once(&mut self, letter: char, side: Side) {
        if !self.history.contains(&(letter, side)) {
            self.history.push((letter, side));
        }
    }

    /// Writes a letter that stands once for each side and number.
    fn first(&mut self, letter: char, number: Seq, side: Side) {
        let last = &mut self.ends[side.index()].flagged;
        let known = last.iter_mut().find(|(it, _)| *it == letter);
        match known {
            Some((_, last)) if *last == number => return,
            Some((_, last)) => *last = number,
            None => last.push((letter, number)),
        }
        // A crowd of resets could make it grow without end.
        if self.history.len() < LETTERS {
            self.history.push((letter, side));
        }
    }

    /// Writes a letter that stands at the 1st, 10th, 100th, … time.
    fn often(&mut self, letter: char, place: usize, side: Side) {
        let Some(count) = self.ends[side.index()].often.get_mut(place) else {
            return;
        };
        *count += 1;
        if 10_u64.pow(count.ilog10()) == *count {
            self.history.push((letter, side));
        }
    }

    /// What each side sent, in letters: capitals are those of `client`. `^` in front says that the
    /// other side's packet came first.
    pub fn history(&self, client: Side) -> String {
        let flipped = (client == Side::Second).then_some('^');
        let letters = self
            .history
            .iter()
            .map(|(letter, side)| match *side == client {
                true => letter.to_ascii_uppercase(),
                false => *letter,
            });
        flipped.into_iter().chain(letters).collect()
    }

    /// The state in which the conversation ended, by Zeek's name.
    pub fn state(&self, client: Side) -> &'static str {
        let [first, second] = [client, client.other()].map(|side| &self.ends[side.index()]);
        let inactive = |end: &End| matches!(end.state, State::Inactive | State::Partial);
        let nothing = first.bytes == 0 && second.bytes == 0;
        match (first.state, second.state) {
            (State::Active, State::Active) | (State::Closed, State::Closed) => "SF",
            (State::Active, _) | (State::SynSent, State::Inactive) => "S0",
            (_, State::Active) => "SHR",
            (State::SynSent | State::SynAckSent, State::Reset) => "REJ",
            (State::Reset, State::Reset) if nothing => "REJ",
            (_, State::Reset) if inactive(first) => "RSTRH",
            (_, State::Reset) => "RSTR",
            (State::Reset, _) if inactive(second) => "RSTOS0",
            (State::Reset, _) => "RSTO",
            (State::Closed, _) if inactive(second) => "SH",
            (State::Closed, _) => "S2",
            (_, State::Closed) if inactive(first) => "SHR",
            (_, State::Closed) => "S3",
            (State::Established, State::Established) => "S1",
            _ => "OTH",
        }
    }
}

/// How many bytes of a TCP conversation the capture does not hold; it needs the record.
pub fn missed(conversation: &Conversation, talk: &Talk) -> u64 {
    let record = conversation
        .record()
        .filter(|_| conversation.protocol == Protocol::Tcp);
    let Some(record) = record else {
        return 0;
    };
    let sides = [Side::First, Side::Second];
    let missed = sides.map(|side| {
        let end = record.end(side);
        let bytes = talk.ends[side.index()].bytes;
        bytes.saturating_sub(end.unique()) * u64::from(end.sound())
    });
    missed.iter().sum()
}
