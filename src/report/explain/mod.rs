//! One sentence per packet: what it does in this capture, with its numbers.
//!
//! An [`Explainer`] is fed row by row, beside the analyzer, and remembers of each conversation a
//! bounded list of what was sent. A sentence says what the packet itself says and
//! what the packets before it prove; what they do not prove is not said, or the sentence says
//! that this capture does not show it. [`group`] says one sentence per line of the summary. Frames are written `#4`, numbers as Wireshark shows them
//! (relative), raw ones stand in the arithmetic.

mod coverage;
pub mod group;
mod icmp;
mod memory;
mod other;
pub(in crate::report) mod phrase;
pub mod record;
mod tcp;
mod udp;

use memory::Memory;
use phrase::Clauses;

use crate::analysis::row::Row;
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::report::info;
use crate::report::summary;
use crate::report::summary::Place;
use crate::text::Lang;

/// What is said of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Explanation {
    /// The flags of a segment (`PSH, ACK`), or else the protocol; empty where it is not known.
    pub label: String,
    /// One sentence, with a capital and a full stop. Never empty, holds no byte of a payload.
    pub sentence: String,
    /// The arithmetic and the rules behind it, in the order of the sentence.
    pub why: Vec<Why>,
    /// The frames that the sentence names (`#4`), each once, in its order.
    pub frames: Vec<FrameNo>,
    /// Its group in the summary of its conversation, where that is kept
    /// ([`AnalyzerOptions::summaries`](crate::analysis::AnalyzerOptions::summaries)).
    pub place: Option<Place>,
}

/// One step of the reasoning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The step, such as `Ack = 1 + 55 = 56`.
    pub text: String,
    /// Where the rule stands, such as `RFC 9293, 3.4`; the same in every language.
    pub source: &'static str,
}

/// Explains packets one after another, in the capture's order.
#[derive(Debug, Default)]
pub struct Explainer {
    lang: Lang,
    memory: Memory,
}

impl Explainer {
    /// An explainer that has seen nothing.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            memory: Memory::default(),
        }
    }

    /// Remembers a packet that nobody wants to read about.
    pub fn heed(&mut self, row: &Row<'_>) {
        let (Some(id), Some(conversation)) = (row.analysis.conversation, row.conversation) else {
            return;
        };
        match &row.packet.content {
            Content::Tcp(segment) => {
                tcp::explain(segment, row, conversation, self.memory.talk(id), None);
            }
            Content::Udp(_) | Content::Other(_) => {}
        }
    }

    /// Explains a packet. Every row of a capture has to pass here or
    /// through [`Explainer::heed`], since later sentences rest on all of them.
    pub fn row(&mut self, row: &Row<'_>) -> Explanation {
        let mut said = Clauses::new(self.lang);
        let conversation = row.analysis.conversation.zip(row.conversation);
        match (&row.packet.content, conversation) {
            (Content::Tcp(segment), Some((id, conversation))) => {
                let talk = self.memory.talk(id);
                tcp::explain(segment, row, conversation, talk, Some(&mut said));
            }
            (Content::Udp(datagram), Some((_, conversation))) => {
                udp::explain(datagram, row, conversation, &mut said);
            }
            (Content::Tcp(_) | Content::Udp(_), None) => other::broken(row, &mut said),
            (Content::Other(message), conversation) => {
                let talk = conversation.map(|(id, it)| (it, self.memory.talk(id)));
                icmp::explain(message, row, talk, &mut said);
                if said.is_empty() {
                    other::explain(message, row, &mut said);
                }
            }
        }
        let place = conversation.and_then(|(_, it)| summary::place(it, row.frame.no));
        let (sentence, why) = said.finish();
        Explanation {
            label: info::label(row),
            frames: phrase::frames(&sentence),
            sentence,
            why,
            place,
        }
    }
}
