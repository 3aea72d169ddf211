//! Explained packets for reading: a heading per conversation, the lines of its summary, under
//! each its packets, wrapped to the width of the terminal.

use unicode_width::UnicodeWidthStr;

use super::escape;
use super::wrap;
use crate::model::frame::FrameNo;
use crate::report::explain::Explanation;
use crate::report::summary::{Summary, SummaryLine};

/// An explained packet.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Its frame.
    pub no: FrameNo,
    /// What is said of it.
    pub explanation: Explanation,
}

/// How packets are written.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Terminal columns that lines must fit; `None` for all there is.
    pub width: Option<usize>,
    /// The arithmetic under each sentence.
    pub why: bool,
}

/// Narrower than this nothing is wrapped any further.
const NARROWEST: usize = 30;

impl Layout {
    /// Appends a conversation: `summary` with `packets` under its lines. Packets that no line
    /// claims follow at the end. `sentence` is that of a line of the summary, where it has one.
    pub fn conversation(
        &self,
        summary: &Summary,
        sentence: impl Fn(SummaryLine) -> Option<String>,
        packets: &[Explained],
        out: &mut Vec<u8>,
    ) {
        self.wrapped(&summary.heading, "", 2, out);
        for line in &summary.lines {
            let of = |packet: &&Explained| {
                line.place.is_some() && packet.explanation.place == line.place
            };
            let packets = packets.iter().filter(of);
            let text = match line.frames.is_empty() {
                true => line.text.clone(),
                false => format!("{} {}", line.frames, line.text),
            };
            self.wrapped(&text, "  ", 4, out);
            if let Some(sentence) = line.place.and_then(&sentence) {
                self.wrapped(&sentence, "    ", 4, out);
            }
            packets.for_each(|packet| self.packet(packet, 4, out));
        }
        let claimed = |packet: &&Explained| {
            let place = packet.explanation.place;
            place.is_none() || summary.lines.iter().all(|line| line.place != place)
        };
        packets
            .iter()
            .filter(claimed)
            .for_each(|packet| self.packet(packet, 4, out));
    }

    /// Appends a packet, so many columns in: `#5 (ACK): …`.
    pub fn packet(&self, packet: &Explained, margin: usize, out: &mut Vec<u8>) {
        let hang = margin + margin.min(2);
        let Explained { no, explanation } = packet;
        let label = &explanation.label;
        let sentence = &explanation.sentence;
        let text = match label.is_empty() {
            true => format!("#{no}: {sentence}"),
            false => format!("#{no} ({label}): {sentence}"),
        };
        self.wrapped(&text, &" ".repeat(margin), hang, out);
        if !self.why {
            return;
        }
        for why in &explanation.why {
            let text = match why.source.is_empty() {
                true => why.text.clone(),
                false => format!("{} [{}]", why.text, why.source),
            };
            self.wrapped(&text, &format!("{:hang$}· ", ""), hang + 2, out);
        }
    }

    /// Appends text, its first line after `first`, the others `hang` columns in.
    pub fn wrapped(&self, text: &str, first: &str, hang: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(first.as_bytes());
        let start = out.len();
        out.extend_from_slice(text.as_bytes());
        escape::controls(out, start);
        if let Some(width) = self.width {
            let text = String::from_utf8_lossy(&out.split_off(start)).into_owned();
            let mut line = String::new();
            let width = width.max(NARROWEST);
            wrap::words(&text, first.width(), hang, width, &mut line);
            out.extend_from_slice(line.as_bytes());
        }
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_the_width_and_hang_under_the_first() {
        let layout = Layout {
            width: Some(30),
            why: false,
        };
        let mut out = Vec::new();
        layout.wrapped(
            "o próximo byte que espera é o de número 56",
            "  ",
            4,
            &mut out,
        );
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "  o próximo byte que espera é\n    o de número 56\n"
        );
    }
}
