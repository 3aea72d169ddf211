//! The row in the making: what the layers so far have put into the columns.

use std::fmt::Arguments;
use std::fmt::Write;

use super::view::Short;
use crate::model::address::Address;
use crate::model::packet::OtherKind;

/// The column Protocol while a packet is being decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A name.
    Name(&'static str),
    /// A number that stands for a name nobody knows: an EtherType or PPP protocol.
    Hex(u16),
}

/// The column Info while a packet is being decoded. What is rarely shown is only written out when
/// it turns out to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Info {
    /// Nothing, or what the text buffer holds.
    Buffer,
    /// Fixed words.
    Fixed(&'static str),
    /// The tag control information of a VLAN tag.
    Vlan(u16),
}

/// What the layers so far have put into the columns.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    /// The column Source.
    pub(super) source: Address,
    /// The column Destination.
    pub(super) destination: Address,
    /// The column Protocol.
    pub(super) protocol: Label,
    /// What kind of packet it is.
    pub(super) kind: OtherKind,
    /// The VLAN of the outermost 802.1Q tag, 0 where there is none.
    pub(super) vlan: u16,
    /// A time to live that Wireshark's default colours point out (see [`super::network::ipv4`]).
    pub(super) odd_ttl: bool,
    /// What begins with the IP header that was read last, of those that are not quoted.
    network: &'t [u8],
    /// The frame's Ethernet destination is a group.
    pub(super) group: bool,
    /// Why the bytes behind the packet cannot be read, which tshark tells at the end of Info.
    pub(super) behind: Option<Short>,
    info: Info,
    text: &'t mut String,
    /// How much of the text stays in front of Info whatever follows.
    fence: usize,
    frozen: Option<Frozen>,
}

/// The columns of a packet that quotes another one; the quoted layers leave them alone.
#[derive(Clone, Copy, Debug)]
struct Frozen {
    /// Whether the addresses stay, too.
    addresses: bool,
    /// The capture cut what is quoted, which tshark tells; that a quotation is short by itself it
    /// takes as a matter of course.
    cut: bool,
    source: Address,
    destination: Address,
    protocol: Label,
    kind: OtherKind,
    info: Info,
    text: usize,
}

impl<'t> Draft<'t> {
    /// A row in which nothing is known; texts go to `text`, which is emptied.
    pub(super) fn new(text: &'t mut String) -> Self {
        text.clear();
        Self {
            source: Address::None,
            destination: Address::None,
            protocol: Label::Name(""),
            kind: OtherKind::Unknown,
            vlan: 0,
            odd_ttl: false,
            network: &[],
            group: false,
            behind: None,
            info: Info::Buffer,
            text,
            fence: 0,
            frozen: None,
        }
    }

    /// A new layer: its name in Protocol, nothing in Info.
    pub(super) fn layer(&mut self, name: &'static str) {
        self.protocol = Label::Name(name);
        self.kind = OtherKind::Unknown;
        self.clear();
    }

    /// A new layer with its words in Info.
    pub(super) fn say(&mut self, name: &'static str, info: Info) {
        self.protocol = Label::Name(name);
        self.info = info;
        self.kind = OtherKind::Unknown;
    }

    /// Appends to Info.
    pub(super) fn add(&mut self, text: &str) {
        self.write(format_args!("{text}"));
    }

    /// Appends to Info.
    pub(super) fn write(&mut self, text: Arguments<'_>) {
        if self.frozen.is_some() {
            return;
        }
        match self.info {
            Info::Buffer => {}
            Info::Fixed(words) => {
                self.text.truncate(self.fence);
                self.text.push_str(words);
            }
            Info::Vlan(tci) => {
                self.text.truncate(self.fence);
                let (priority, drop, id) = (tci >> 13, tci >> 12 & 1, tci & 0xfff);
                let _ = write!(self.text, "PRI: {priority}  DEI: {drop}  ID: {id}");
            }
        }
        self.info = Info::Buffer;
        // Writing into a String cannot fail.
        let _ = self.text.write_fmt(text);
    }

    /// Empties Info.
    pub(super) fn clear(&mut self) {
        self.info = Info::Buffer;
        if self.frozen.is_none() {
            self.text.truncate(self.fence);
        }
    }

    /// What Info holds now stays in front of it, also in the rows of TCP and UDP.
    pub(super) fn fence(&mut self) {
        if self.frozen.is_none() {
            self.add("");
            self.fence = self.text.len();
        }
    }

    /// What stays in front of Info.
    pub(super) fn lead(self) -> &'t str {
        let text: &'t str = self.text;
        text.get(..self.fence).unwrap_or_default()
    }

    /// Appends to Info as the next item of a list.
    pub(super) fn list(&mut self, item: &str) {
        if self.text.len() > self.fence {
            self.add(" , ");
        }
        self.add(item);
    }

    /// From here on only what is quoted is read: the columns stay as they are.
    pub(super) fn freeze(&mut self) {
        self.freeze_as(true);
    }

    /// The same, but the addresses still follow the innermost packet.
    pub(super) fn freeze_words(&mut self) {
        self.freeze_as(false);
    }

    fn freeze_as(&mut self, addresses: bool) {
        if self.frozen.is_none() {
            self.add("");
            self.frozen = Some(Frozen {
                addresses,
                cut: false,
                source: self.source,
                destination: self.destination,
                protocol: self.protocol,
                kind: self.kind,
                info: self.info,
                text: self.text.len(),
            });
        }
    }

    /// Notes what begins with an IP header.
    pub(super) fn network(&mut self, bytes: &'t [u8]) {
        if !self.is_quoted() {
            self.network = bytes;
        }
    }

    /// What begins with the innermost IP header.
    pub(super) fn innermost(&self) -> &'t [u8] {
        self.network
    }

    /// Whether a quoted packet is being read.
    pub(super) fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }

    /// Whether that packet is quoted in an error, which is more than being carried by another one.
    pub(super) fn is_quoted(&self) -> bool {
        self.frozen.is_some_and(|frozen| frozen.addresses)
    }

    /// A field could not be read.
    pub(super) fn end(&mut self, short: Short) {
        match &mut self.frozen {
            Some(frozen) => frozen.cut |= frozen.addresses && short == Short::Cut,
            None => self.add(short.text()),
        }
    }

    /// The finished columns: those of the packet that quotes, if one does. `name` is a buffer for
    /// a protocol without a name.
    pub(super) fn finish(mut self, name: &'t mut String) -> Finished<'t> {
        if let Some(frozen) = self.frozen {
            if frozen.addresses {
                self.source = frozen.source;
                self.destination = frozen.destination;
            }
            self.protocol = frozen.protocol;
            self.kind = frozen.kind;
            self.info = frozen.info;
            self.text.truncate(frozen.text);
        }
        let cut = self.frozen.take().is_some_and(|frozen| frozen.cut);
        let short = if cut { Some(Short::Cut) } else { self.behind };
        if let Some(short) = short {
            self.end(short);
        }
        let info = match self.info {
            Info::Fixed(words) if self.fence == 0 => words,
            Info::Buffer => &*self.text,
            Info::Fixed(_) | Info::Vlan(_) => {
                self.add("");
                &*self.text
            }
        };
        let protocol = match self.protocol {
            Label::Name(name) => name,
            Label::Hex(number) => {
                name.clear();
                let _ = write!(name, "0x{number:04x}");
                &*name
            }
        };
        Finished {
            source: self.source,
            destination: self.destination,
            protocol,
            info,
            kind: self.kind,
        }
    }
}

/// The columns of a packet that is neither TCP nor UDP.
#[derive(Debug)]
pub(super) struct Finished<'t> {
    /// The column Source.
    pub(super) source: Address,
    /// The column Destination.
    pub(super) destination: Address,
    /// The column Protocol.
    pub(super) protocol: &'t str,
    /// The column Info.
    pub(super) info: &'t str,
    /// What kind of packet it is.
    pub(super) kind: OtherKind,
}
