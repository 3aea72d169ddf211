//! One sentence per packet: what it does in this capture, with its numbers.
//!
//! An [`Explainer`] reads the record of the packet's conversation, so it is asked while the packet
//! is the latest one. A sentence says what the packet itself says and what the packets before it
//! prove; what they do not prove is not said, or the sentence says that this capture does not show
//! it. [`group`] says one sentence per line of the summary. Frames are written `#4`, numbers as
//! Wireshark shows them (relative), raw ones stand in the arithmetic.

pub mod group;
mod icmp;
mod other;
pub(in crate::report) mod phrase;
pub mod record;
mod tcp;
mod udp;

use phrase::Clauses;

use crate::analysis::row::Row;
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::report::info;
use crate::report::summary;
use crate::report::summary::SummaryLine;
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
    /// Its group in the summary of its conversation, where that is kept
    /// ([`AnalyzerOptions::summaries`](crate::analysis::AnalyzerOptions::summaries)).
    pub place: Option<SummaryLine>,
}

impl Explanation {
    /// The frames that the sentence names (`#4`), each once, in its order.
    pub fn frames(&self) -> Vec<FrameNo> {
        phrase::frames(&self.sentence)
    }
}

/// One step of the reasoning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The step, such as `Ack = 1 + 55 = 56`.
    pub text: String,
    /// Where the rule stands, such as `RFC 9293, 3.4`; the same in every language.
    pub source: &'static str,
}

/// Explains packets in one language.
#[derive(Debug)]
pub struct Explainer {
    lang: Lang,
    reasons: bool,
}

impl Explainer {
    /// An explainer that speaks `lang`.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            reasons: true,
        }
    }

    /// The same with the [`why`](Explanation::why) of its sentences only where there are `reasons`.
    #[must_use]
    pub fn with_reasons(self, reasons: bool) -> Self {
        Self { reasons, ..self }
    }

    /// Explains the latest packet of its conversation, whose record it reads
    /// ([`AnalyzerOptions::summaries`](crate::analysis::AnalyzerOptions::summaries)).
    pub fn row(&self, row: &Row<'_>) -> Explanation {
        let mut said = Clauses::new(self.lang, self.reasons);
        let conversation = row.conversation;
        match (&row.packet.content, conversation) {
            (Content::Tcp(segment), Some(conversation)) => {
                tcp::explain(segment, row, conversation, &mut said);
            }
            (Content::Udp(datagram), Some(conversation)) => {
                udp::explain(datagram, row, conversation, &mut said);
            }
            (Content::Tcp(_) | Content::Udp(_), None) => other::broken(row, &mut said),
            (Content::Other(message), conversation) => {
                icmp::explain(message, row, conversation, &mut said);
                if said.is_empty() {
                    other::explain(message, row, &mut said);
                }
            }
        }
        let place = conversation.and_then(|it| summary::place(it, row.frame.no));
        let (sentence, why) = said.finish();
        Explanation {
            label: info::label(row),
            sentence,
            why,
            place,
        }
    }
}
