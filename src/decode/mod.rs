//! Bytes to packets. With `model`, the only module that names `etherparse`.
//!
//! Decoding cannot fail: what is cut, broken or unknown comes back as a [`Packet`] that says so.
//! A frame is read layer by layer, outermost first, in one loop: a layer fills in its columns
//! and names the layer that follows. TCP and UDP end the loop. The usual frame takes a shorter way.

mod draft;
mod link;
mod memory;
mod names;
mod network;
mod prefetch;
mod rare;
mod step;
mod usual;
mod view;

pub use prefetch::likely_ends;

use draft::Draft;
use memory::Memory;
use step::{Context, Next};
use view::{Short, View};

use crate::model::dialect::Dialect;
use crate::model::frame::Frame;
use crate::model::packet::Content;
use crate::model::packet::Datagram;
use crate::model::packet::Marks;
use crate::model::packet::Other;
use crate::model::packet::Packet;
use crate::model::packet::Quoted;
use crate::model::tcp::Segment;
use crate::model::transport::Extent;
use crate::model::transport::Transport;

/// How many layers of one frame are read, tags and labels apart: as many as tshark reads of IP in
/// IP. A frame with more is shown as the last layer read, without words.
pub const MAX_LAYERS: usize = 495;

/// How many datagrams within each other can be put together from fragments for one frame.
const MAX_WHOLE: usize = 4;

/// Decodes frames one after another. It keeps what outlives a frame: the fragments that wait for
/// the rest of their datagram, and buffers for texts and datagrams.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    dialect: Dialect,
    memory: Memory,
    whole: [Vec<u8>; MAX_WHOLE],
    text: String,
    name: String,
    parts: usize,
}

impl Decoder {
    /// A decoder that has seen nothing, with the default dialect.
    pub fn new() -> Self {
        Self::default()
    }

    /// A decoder that has seen nothing and follows `dialect`.
    pub fn of(dialect: Dialect) -> Self {
        Self {
            dialect,
            ..Self::default()
        }
    }

    /// Decodes one frame, of several packets side by side the last one, as tshark's columns show
    /// it. The packet borrows from the frame's bytes or from this decoder.
    #[inline]
    pub fn decode<'a>(&'a mut self, frame: &Frame<'a>) -> Packet<'a> {
        match self.usual(frame) {
            Some(packet) => packet,
            None => self.decode_part(frame, None),
        }
    }

    /// The same of a usual frame; `None` of any other. It holds one packet, which borrows from the
    /// frame alone.
    // Inlined, so that the packet is put together where it is wanted.
    #[inline(always)]
    pub fn usual<'a>(&mut self, frame: &Frame<'a>) -> Option<Packet<'a>> {
        self.memory.used = false;
        usual::packet(frame, self.dialect)
    }

    /// Whether the last frame was read with what frames before it had left, or left something for
    /// later ones: a fragment, an echo request or its reply, an ARP message.
    pub fn remembered(&self) -> bool {
        self.memory.used
    }

    /// Decodes packet number `part`, from 0, of a frame that holds several side by side; `None` is
    /// the last one. Always layer by layer, which takes longer and finds the same.
    #[inline(never)]
    pub fn decode_part<'a>(&'a mut self, frame: &Frame<'a>, part: Option<usize>) -> Packet<'a> {
        let mut context = Context {
            draft: Draft::new(&mut self.text),
            memory: &mut self.memory,
            spare: self.whole.iter_mut(),
            dialect: self.dialect,
            no: frame.no,
            extent: Extent::Whole,
            over_ipv6: false,
            hops: None,
            redirected: false,
            trailer: None,
            part,
            parts: 1,
            tags: 0,
        };
        let len = usize::try_from(frame.wire_len).unwrap_or(usize::MAX);
        context.draft.layer(names::link(frame.link));
        let view = View::new(frame.bytes, len);
        let mut next = Next::Layer(link::layer(frame.link, view), view);
        for _ in 0..MAX_LAYERS {
            let Next::Layer(layer, view) = next else {
                break;
            };
            match layer(view, &mut context) {
                Ok(following) => next = following,
                Err(short) => {
                    context.draft.end(short);
                    next = Next::Done;
                }
            }
        }
        self.parts = context.parts;
        finish(next, context, &mut self.name)
    }

    /// How many packets the last frame held side by side: more than one in an aggregate of
    /// wireless frames (A-MSDU), and where several messages of netfilter carry packets.
    pub const fn parts(&self) -> usize {
        self.parts
    }
}

/// Whether a frame may hold several packets side by side; few do.
#[inline]
pub fn may_hold_several(frame: &Frame<'_>) -> bool {
    rare::may_hold_several(frame)
}

/// How many packets a frame holds side by side.
pub fn parts(frame: &Frame<'_>) -> usize {
    if !may_hold_several(frame) {
        return 1;
    }
    let mut decoder = Decoder::new();
    decoder.decode(frame);
    decoder.parts()
}

/// The packet, from where the loop ended.
fn finish<'a>(next: Next<'a>, context: Context<'a>, name: &'a mut String) -> Packet<'a> {
    let Context {
        mut draft,
        extent,
        over_ipv6,
        redirected,
        ..
    } = context;
    let marks = Marks {
        odd_ttl: draft.odd_ttl,
        group: draft.group,
    };
    let (view, tcp, lite) = match next {
        Next::Tcp(view) => (view, true, false),
        Next::Udp(view) => (view, false, false),
        Next::UdpLite(view) => (view, false, true),
        Next::Layer(..) | Next::Done => return other(draft, name, None, marks),
    };
    let transport = Transport {
        bytes: view.bytes,
        len: u32::try_from(view.len).unwrap_or(u32::MAX),
        extent: if draft.is_quoted() {
            Extent::Quoted
        } else {
            extent
        },
        lite,
        over_ipv6,
    };
    if draft.is_quoted() && is_cut(view, tcp, redirected) {
        draft.end(Short::Cut);
    }
    if draft.is_frozen() && tcp && redirected {
        return other(draft, name, None, marks);
    }
    if draft.is_frozen() {
        let quoted = Quoted {
            source: draft.source,
            destination: draft.destination,
            tcp,
            transport,
        };
        return other(draft, name, Some(quoted), marks);
    }
    let content = if tcp {
        Segment::read(transport).map(Content::Tcp)
    } else {
        Datagram::read(transport).map(Content::Udp)
    };
    match content {
        Some(content) => Packet {
            tail: draft.behind.map_or("", Short::text),
            source: draft.source,
            destination: draft.destination,
            content,
            marks,
            network: draft.innermost(),
            lead: draft.lead(),
        },
        None => {
            // Ports are read one after the other; the first that is missing decides the words.
            let end = if view.bytes.len() < 2 { 2 } else { 4 };
            draft.end(view.shortage(end));
            other(draft, name, None, marks)
        }
    }
}

/// Whether the capture ends within what tshark reads of a quoted header: the options of TCP too,
/// of a redirect only the ports and the sequence number, of UDP one byte of payload.
fn is_cut(view: View<'_>, tcp: bool, redirected: bool) -> bool {
    let needed = match view.bytes.get(12) {
        _ if !tcp => view.len.min(9),
        _ if redirected => 8,
        Some(offset) => 4 * usize::from(offset >> 4).max(5),
        None => 20,
    };
    !view.is_whole() && view.bytes.len() < needed
}

fn other<'a>(
    draft: Draft<'a>,
    name: &'a mut String,
    quoted: Option<Quoted<'a>>,
    marks: Marks,
) -> Packet<'a> {
    let network = draft.innermost();
    let finished = draft.finish(name);
    Packet {
        source: finished.source,
        destination: finished.destination,
        content: Content::Other(Other {
            protocol: finished.protocol,
            info: finished.info,
            kind: finished.kind,
            quoted,
        }),
        marks,
        network,
        lead: "",
        tail: "",
    }
}
