//! The Info text of a TCP segment.
//!
//! `{mark }* SPORT → DPORT [FLAGS] Seq=n[ Ack=n] Win=n[ Urg=n][ Len=n]{ option}*`. A header that
//! ends early leaves what stands before its end, then the reason without a space.

use super::{field, flags, number, options, ports};
use crate::analysis::tcp::TcpAnalysis;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::rules;
use crate::model::missing::Missing;
use crate::model::tcp::{Header, Segment, TcpFlags};

/// Appends the Info text.
pub(super) fn write(segment: &Segment<'_>, analysis: Option<&TcpAnalysis>, out: &mut Vec<u8>) {
    if let Some(analysis) = analysis {
        if !analysis.marks.is_empty() {
            marks(analysis, out);
        }
        if analysis.riverbed {
            options::riverbed(segment, analysis.options, out);
        }
    }
    ports(segment.source_port, segment.destination_port, out);
    let missing = match (segment.header, analysis) {
        (Some(header), Some(analysis)) => body(segment, &header, analysis, out),
        // Read field by field: the first one that is not there gives the reason.
        _ => [8, 12, 13, 14, 16]
            .into_iter()
            .try_for_each(|end| segment.transport.reach(end)),
    };
    if let Err(missing) = missing {
        out.extend_from_slice(missing.text().as_bytes());
    }
}

fn body(
    segment: &Segment<'_>,
    header: &Header,
    analysis: &TcpAnalysis,
    out: &mut Vec<u8>,
) -> Result<(), Missing> {
    out.push(b' ');
    flags::write(header.flags, analysis.accurate_ecn, out);
    field(" Seq=", analysis.seq, out);
    if header.flags.ack() {
        field(" Ack=", analysis.ack, out);
    }
    if analysis.shows_window {
        field(" Win=", analysis.window, out);
    }
    if header.offset < 5 {
        field(", bogus TCP header length (", 4 * header.offset, out);
        out.extend_from_slice(b", must be at least 20)");
        return Ok(());
    }
    segment.transport.reach(16)?;
    segment.transport.reach(18)?;
    segment.transport.reach(20)?;
    if header.flags.any(TcpFlags::URG) {
        options::urgent(segment.urgent_pointer().unwrap_or_default(), out);
    }
    if let Some(len) = analysis.len {
        field(" Len=", len, out);
    }
    if header.offset == 5 {
        return Ok(());
    }
    options::write(segment, analysis.options, out)
}

/// Appends the marks, each followed by a space.
pub(in crate::report) fn marks(analysis: &TcpAnalysis, out: &mut Vec<u8>) {
    for mark in analysis.marks.iter() {
        match (rules::of(mark), analysis.duplicate) {
            (_, Some(duplicate)) if mark == Marks::DUP_ACK => {
                field("[TCP Dup ACK ", duplicate.of, out);
                out.push(b'#');
                number(duplicate.number, out);
                out.push(b']');
            }
            (Some(rule), _) => out.extend_from_slice(rule.label.as_bytes()),
            (None, _) => {}
        }
        out.push(b' ');
    }
}
