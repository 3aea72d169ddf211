//! A TOML file as it is written, to what it asks for.

use serde::Deserialize;

use super::spec::{CloseName, Demands, Line, Range, Spec, Transport, Who};
use crate::lab;
use crate::report::grades::Points;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

phrase! {
    EMPTY: "it asks for nothing: write at least one [[expect]] with what is asked for",
        "ela não pede nada: escreva ao menos um [[expect]] com o que se pede";
    EMPTY_LINE: "an [[expect]] asks for nothing, which every capture would show",
        "um [[expect]] não pede nada, o que toda captura mostraria";
    RANGE: "a min is larger than its max", "um min é maior que o seu max";
    POINTS: "points are a number from 0 on, with at most two decimals",
        "points é um número a partir de 0, com no máximo duas casas decimais";
    NO_TEXT: "a text to look for is empty, which every capture would show",
        "um texto a procurar está vazio, o que toda captura mostraria";
    FROM: "from says who sends a message or a nonce; this line has neither",
        "from diz quem envia uma message ou um nonce; esta linha não tem nenhum deles";
    MIXED: "a line with any has no other demands, and what stands in any has neither name, points, port, protocol nor any",
        "uma linha com any não tem outras exigências, e o que está em any não tem name, points, port, protocol nem any";
    unknown_lab(name): "there is no lab called {name}", "não existe lab chamado {name}";
}

/// One value or several of them, each of which will do.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected one value or a list of values")]
enum Several<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> From<Several<T>> for Vec<T> {
    fn from(several: Several<T>) -> Vec<T> {
        match several {
            Several::One(one) => vec![one],
            Several::Many(many) => many,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpec {
    title: Option<String>,
    port: Option<u16>,
    protocol: Option<Transport>,
    #[serde(default)]
    expect: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    name: Option<String>,
    points: Option<f64>,
    port: Option<u16>,
    protocol: Option<Transport>,
    any: Option<Vec<RawLine>>,
    lab: Option<String>,
    handshake: Option<bool>,
    client_bytes: Option<Range>,
    server_bytes: Option<Range>,
    message: Option<Several<String>>,
    nonce: Option<String>,
    from: Option<Who>,
    close: Option<Several<CloseName>>,
    closed_by: Option<Who>,
    retransmission: Option<bool>,
    connections: Option<Range>,
    client_ports: Option<Range>,
    refused: Option<bool>,
    udp_loss: Option<Range>,
    http: Option<Several<u16>>,
}

impl Spec {
    /// Reads a TOML file; `name` is its title where it has none.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence, with its line where that is known.
    pub fn parse(text: &str, name: &str, lang: Lang) -> Result<Spec, String> {
        let raw: RawSpec = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| {
                let before = text.as_bytes().get(..span.start).unwrap_or_default();
                before.iter().filter(|byte| **byte == b'\n').count() + 1
            });
            let at = line.map(|line| format!("{line}: ")).unwrap_or_default();
            let said = error.message().lines().collect::<Vec<_>>().join(" ");
            format!("{at}{said}")
        })?;
        let lines: Result<Vec<Line>, String> = raw
            .expect
            .into_iter()
            .map(|line| line.read((raw.port, raw.protocol), lang))
            .collect();
        let lines = lines?;
        if lines.is_empty() {
            return Err(EMPTY.get(lang).to_owned());
        }
        Ok(Spec {
            title: raw.title.unwrap_or_else(|| name.to_owned()),
            lines,
        })
    }
}

impl RawLine {
    fn read(
        self,
        (port, protocol): (Option<u16>, Option<Transport>),
        lang: Lang,
    ) -> Result<Line, String> {
        let say = |text: &Text| text.get(lang).to_owned();
        let points = match self.points {
            None => Points::ONE,
            Some(points) => Points::read(points).ok_or_else(|| say(&POINTS))?,
        };
        let (own_port, own_protocol) = (self.port, self.protocol);
        let mut line = Line {
            name: self.name.clone(),
            points,
            port: own_port.or(port),
            transport: Transport::Tcp,
            any: Vec::new(),
        };
        match self.any {
            Some(_) if !self.bare().is_empty() => return Err(say(&MIXED)),
            Some(any) => {
                for one in any {
                    let plain = one.name.is_none() && one.points.is_none() && one.any.is_none();
                    if !plain || one.port.is_some() || one.protocol.is_some() {
                        return Err(say(&MIXED));
                    }
                    line.any.push(one.demands(lang)?);
                }
            }
            None => line.any.push(self.demands(lang)?),
        }
        if line.any.is_empty() {
            return Err(say(&EMPTY_LINE));
        }
        // Only UDP loses datagrams that nobody sends again.
        let udp = line.any.iter().all(|it| it.udp_loss.is_some());
        let known = own_protocol.or(protocol);
        line.transport = known.unwrap_or(if udp { Transport::Udp } else { Transport::Tcp });
        Ok(line)
    }

    /// The demands of a line with alternatives, of which there must be none.
    fn bare(&self) -> Vec<&'static str> {
        let there = [
            ("lab", self.lab.is_some()),
            ("handshake", self.handshake.is_some()),
            ("client_bytes", self.client_bytes.is_some()),
            ("server_bytes", self.server_bytes.is_some()),
            ("message", self.message.is_some()),
            ("nonce", self.nonce.is_some()),
            ("from", self.from.is_some()),
            ("close", self.close.is_some()),
            ("closed_by", self.closed_by.is_some()),
            ("retransmission", self.retransmission.is_some()),
            ("connections", self.connections.is_some()),
            ("client_ports", self.client_ports.is_some()),
            ("refused", self.refused.is_some()),
            ("udp_loss", self.udp_loss.is_some()),
            ("http", self.http.is_some()),
        ];
        let there = there.into_iter().filter(|(_, there)| *there);
        there.map(|(name, _)| name).collect()
    }

    fn demands(self, lang: Lang) -> Result<Demands, String> {
        let say = |text: &Text| text.get(lang).to_owned();
        let asked = self.bare();
        if asked.is_empty() {
            return Err(say(&EMPTY_LINE));
        }
        if self.from.is_some() && self.message.is_none() && self.nonce.is_none() {
            return Err(say(&FROM));
        }
        let lab = match &self.lab {
            None => None,
            Some(id) => Some(
                lab::find(id).ok_or_else(|| unknown_lab(lang, format!("{id:?}")).to_string())?,
            ),
        };
        let demands = Demands {
            lab,
            handshake: self.handshake,
            client_bytes: self.client_bytes,
            server_bytes: self.server_bytes,
            message: self.message.map(Into::into).unwrap_or_default(),
            nonce: self.nonce,
            from: self.from,
            close: self.close.map(Into::into).unwrap_or_default(),
            closed_by: self.closed_by,
            retransmission: self.retransmission,
            connections: self.connections,
            client_ports: self.client_ports,
            refused: self.refused,
            udp_loss: self.udp_loss,
            http: self.http.map(Into::into).unwrap_or_default(),
        };
        let ranges = [
            demands.client_bytes,
            demands.server_bytes,
            demands.connections,
            demands.client_ports,
            demands.udp_loss,
        ];
        if ranges.iter().flatten().any(|range| !range.sound()) {
            return Err(say(&RANGE));
        }
        let mut texts = demands.message.iter().chain(&demands.nonce);
        if texts.any(|text| text.is_empty()) {
            return Err(say(&NO_TEXT));
        }
        let lists = [
            ("message", demands.message.is_empty()),
            ("close", demands.close.is_empty()),
            ("http", demands.http.is_empty()),
        ];
        if lists
            .iter()
            .any(|(name, empty)| *empty && asked.contains(name))
        {
            return Err(say(&EMPTY_LINE));
        }
        Ok(demands)
    }
}
