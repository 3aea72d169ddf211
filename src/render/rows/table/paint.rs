//! Colours of a row, by Wireshark's habit.

use anstyle::{Ansi256Color, AnsiColor, Color, Style};

use crate::model::side::Direction;
use crate::report::coloring::Coloring;
use crate::report::record::Record;

/// How one line is painted.
#[derive(Clone, Copy, Default)]
pub(super) struct Paint {
    line: Option<Style>,
    /// The styles of the sender's and the receiver's port where the line itself is not painted.
    ports: Option<[Style; 2]>,
}

const fn on(background: u8, text: u8) -> Style {
    Style::new()
        .bg_color(Some(Color::Ansi256(Ansi256Color(background))))
        .fg_color(Some(Color::Ansi256(Ansi256Color(text))))
}

// The nearest of the 256 colours to the ones of Wireshark's default rules.
const BAD_TCP: Style = on(235, 210);
const ICMP_ERRORS: Style = on(235, 155);
const TCP_RST: Style = on(124, 229);
const TCP_SYN_FIN: Style = on(247, 235);
const CALL: Style = Style::new().italic().dimmed();
/// What the client says.
pub(in crate::render) const CLIENT: Style = Style::new()
    .fg_color(Some(Color::Ansi(AnsiColor::Cyan)))
    .bold();
/// What the server says.
pub(in crate::render) const SERVER: Style = Style::new()
    .fg_color(Some(Color::Ansi(AnsiColor::Magenta)))
    .bold();

impl Paint {
    /// The paint of a row.
    pub(super) fn of(record: &dyn Record) -> Self {
        let line = match record.coloring() {
            Coloring::BadTcp => Some(BAD_TCP),
            Coloring::IcmpErrors => Some(ICMP_ERRORS),
            Coloring::TcpRst => Some(TCP_RST),
            Coloring::TcpSynFin => Some(TCP_SYN_FIN),
            Coloring::Call => Some(CALL),
            Coloring::Plain => None,
        };
        let ports = match record.direction() {
            Some(Direction::ToServer) => Some([CLIENT, SERVER]),
            Some(Direction::ToClient) => Some([SERVER, CLIENT]),
            None => None,
        };
        Self {
            line,
            ports: ports.filter(|_| line.is_none()),
        }
    }

    /// The paint of the headings.
    pub(super) fn header() -> Self {
        Self {
            line: Some(Style::new().bold()),
            ports: None,
        }
    }

    /// Appends what begins the line.
    pub(super) fn begin(&self, out: &mut Vec<u8>) {
        if let Some(style) = self.line {
            out.extend_from_slice(style.render().to_string().as_bytes());
        }
    }

    /// Appends what ends the line.
    pub(super) fn end(&self, out: &mut Vec<u8>) {
        if let Some(style) = self.line {
            out.extend_from_slice(style.render_reset().to_string().as_bytes());
        }
    }

    /// Whether cells are appended as they are.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.ports.is_none()
    }

    /// Appends a cell; in Info the two ports get the colours of their ends.
    #[inline]
    pub(super) fn cell(&self, column: &str, text: &[u8], out: &mut Vec<u8>) {
        match self.ports {
            Some(ports) if column == "info" => info(ports, text, out),
            _ => out.extend_from_slice(text),
        }
    }
}

/// Appends Info with the ports in the colours of their ends.
fn info([from, to]: [Style; 2], text: &[u8], out: &mut Vec<u8>) {
    let arrow = " → ".as_bytes();
    let Some(place) = text.windows(arrow.len()).position(|window| window == arrow) else {
        out.extend_from_slice(text);
        return;
    };
    let digit = |byte: &u8| byte.is_ascii_digit();
    let start = text[..place]
        .iter()
        .rposition(|byte| !digit(byte))
        .map_or(0, |last| last + 1);
    let after = place + arrow.len();
    let end = text[after..]
        .iter()
        .position(|b| !digit(b))
        .map_or(text.len(), |n| after + n);
    out.extend_from_slice(&text[..start]);
    painted(from, &text[start..place], out);
    out.extend_from_slice(arrow);
    painted(to, &text[after..end], out);
    out.extend_from_slice(&text[end..]);
}

fn painted(style: Style, text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(style.render().to_string().as_bytes());
    out.extend_from_slice(text);
    out.extend_from_slice(style.render_reset().to_string().as_bytes());
}
