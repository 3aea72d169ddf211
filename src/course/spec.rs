//! What a teacher asks for: a lab, or the lines of a small TOML file.

use serde::Deserialize;

use crate::lab::Lab;
use crate::report::grades::Points;
use crate::text::Lang;

/// What a file name without its suffixes is put for in a `nonce`.
const STEM: &str = "{file}";

/// What is asked of each capture.
#[derive(Debug)]
pub struct Spec {
    /// What it is called.
    pub title: String,
    /// Its lines; at least one.
    pub lines: Vec<Line>,
}

/// TCP or UDP, as a specification names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

/// One end of a conversation, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// Who called.
    Client,
    /// Who was called.
    Server,
    /// Both at once.
    Both,
}

/// The shape of a close, as a specification names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseName {
    /// FIN; ACK; FIN; ACK.
    FourSegments,
    /// FIN; FIN, ACK; ACK.
    ThreeSegments,
    /// FINs that cross.
    Crossing,
    /// Data after the first FIN.
    HalfClose,
    /// A RST.
    Reset,
}

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// At least this.
    pub min: Option<f64>,
    /// At most this.
    pub max: Option<f64>,
}

impl Range {
    /// Whether a value is as asked.
    pub fn holds(&self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }

    pub(super) fn sound(&self) -> bool {
        let ordered = match (self.min, self.max) {
            (Some(min), Some(max)) => min <= max,
            (None, None) => false,
            _ => true,
        };
        ordered
            && [self.min, self.max]
                .iter()
                .flatten()
                .all(|it| it.is_finite())
    }
}

/// A text to look for in payloads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its UTF-8.
    pub bytes: Vec<u8>,
    /// No letter and no digit stands before or behind it: `ana` is not in `Mariana`.
    pub alone: bool,
}

impl Wanted {
    /// Whether it stands in `bytes`.
    pub(super) fn is_in(&self, bytes: &[u8]) -> bool {
        let part_of_word = |place: Option<usize>| {
            let byte = place.and_then(|place| bytes.get(place));
            byte.is_some_and(|it| it.is_ascii_alphanumeric() || !it.is_ascii())
        };
        let mut windows = bytes.windows(self.bytes.len()).enumerate();
        windows.any(|(at, window)| {
            let after = at + self.bytes.len();
            let free = !part_of_word(at.checked_sub(1)) && !part_of_word(Some(after));
            window == self.bytes && (free || !self.alone)
        })
    }
}

/// What one line asks for: all of it.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// What that lab must show.
    pub lab: Option<&'static Lab>,
    /// The handshake is complete.
    pub handshake: Option<bool>,
    /// Different bytes of payload from the client.
    pub client_bytes: Option<Range>,
    /// The same from the server.
    pub server_bytes: Option<Range>,
    /// Texts that all stand in the payload.
    pub message: Vec<String>,
    /// A text that stands in the payload of this file alone.
    pub nonce: Option<String>,
    /// Who sends the message or the nonce; anybody where it is not said.
    pub from: Option<Who>,
    /// How the connection is closed: in one of these ways.
    pub close: Vec<CloseName>,
    /// Who closes first.
    pub closed_by: Option<Who>,
    /// Something is sent again.
    pub retransmission: Option<bool>,
    /// How many connections complete their handshake.
    pub connections: Option<Range>,
    /// How many different client ports they have.
    pub client_ports: Option<Range>,
    /// A connection or a datagram is refused.
    pub refused: Option<bool>,
    /// How many UDP requests in 100 nobody answers.
    pub udp_loss: Option<Range>,
    /// Status codes that all come back.
    pub http: Vec<u16>,
}

/// One line: it is shown where one of its alternatives is.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is called, where the teacher says so.
    pub name: Option<String>,
    /// What it is worth.
    pub points: Points,
    /// The server's port.
    pub port: Option<u16>,
    /// TCP or UDP; TCP where it is not said and nothing tells.
    pub transport: Transport,
    /// What is asked for; several where one of them is enough.
    pub any: Vec<Demands>,
}

impl Spec {
    /// What a lab must show.
    pub fn of_lab(lab: &'static Lab, lang: Lang) -> Spec {
        let demands = Demands {
            lab: Some(lab),
            ..Demands::default()
        };
        let line = Line {
            name: Some(lab.question.get(lang).to_owned()),
            points: Points::ONE,
            port: None,
            transport: Transport::Tcp,
            any: vec![demands],
        };
        Spec {
            title: lab.id.to_owned(),
            lines: vec![line],
        }
    }

    /// Whether a line asks for what a lab must show.
    pub fn asks_for_labs(&self) -> bool {
        self.demands().any(|it| it.lab.is_some())
    }

    /// The texts that it looks for in payloads of the file whose name is `stem` without suffixes,
    /// each once.
    pub fn texts(&self, stem: &str) -> Vec<Wanted> {
        let mut all = Vec::new();
        for text in self.demands().flat_map(|it| it.texts(stem)) {
            if !all.contains(&text) {
                all.push(text);
            }
        }
        all
    }

    fn demands(&self) -> impl Iterator<Item = &Demands> {
        self.lines.iter().flat_map(|line| &line.any)
    }
}

impl Demands {
    /// The texts that it looks for in the file whose name is `stem` without suffixes.
    pub(super) fn texts(&self, stem: &str) -> impl Iterator<Item = Wanted> {
        let message = self.message.iter().map(|it| (it.clone(), false));
        let nonce = self.nonce.iter().map(|it| (it.replace(STEM, stem), true));
        message.chain(nonce).map(|(text, alone)| Wanted {
            bytes: text.into_bytes(),
            alone,
        })
    }
}
