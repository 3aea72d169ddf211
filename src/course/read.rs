//! A TOML file as it is written, to what it asks for.

use serde::Deserialize;
use toml::Spanned;

use super::shapes::Several;
use super::spec::{CloseName, Demands, Line, Range, Spec, Transport, Who};
use crate::lab;
use crate::report::grades::Points;
use crate::text::near::near;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

phrase! {
    EMPTY: "it asks for nothing: write at least one [[expect]] with what is asked for",
        "ela não pede nada: escreva ao menos um [[expect]] com o que se pede";
    EMPTY_LINE: "an [[expect]] asks for nothing, which every capture would show",
        "um [[expect]] não pede nada, o que toda captura mostraria";
    said_at(line, column, why): "line {line}, column {column}: {why}", "linha {line}, coluna {column}: {why}";
    no_key(key): "there is no key {key}", "não existe a chave {key}";
    no_value(value): "there is no {value} here", "aqui não existe {value}";
    meant(it): "did you mean {it}?", "você quis dizer {it}?";
    these(known): "there are: {known}", "existem: {known}";
    not_expected(what): "{what} is expected here", "aqui se espera {what}";
    WHOLE: "a whole number from 0 to 65535", "um número inteiro de 0 a 65535";
    NUMBER: "a number", "um número";
    TEXT: "a text in quotation marks", "um texto entre aspas";
    TABLES: "a list, as [[expect]] begins one", "uma lista, como [[expect]] começa uma";
    LIST: "one value, or a list of values", "um valor, ou uma lista de valores";
    RANGES: "a number, or { min = …, max = … } with one of them or both",
        "um número, ou { min = …, max = … } com um deles ou os dois";
    RANGE: "a range needs a min or a max, and the min may not be larger than the max",
        "um intervalo precisa de um min ou um max, e o min não pode ser maior que o max";
    POINTS: "points are a number from 0 on, with at most two decimals",
        "points é um número a partir de 0, com no máximo duas casas decimais";
    NO_TEXT: "a text to look for is empty, which every capture would show",
        "um texto a procurar está vazio, o que toda captura mostraria";
    FROM: "from says who sends a message or a nonce; this line has neither",
        "from diz quem envia uma message ou um nonce; esta linha não tem nenhum deles";
    MIXED: "a line with any has no other demands, and what stands in any has neither name, points, port, protocol nor any",
        "uma linha com any não tem outras exigências, e o que está em any não tem name, points, port, protocol nem any";
    unknown_lab(name, hint): "there is no lab called {name}; {hint}", "não existe lab chamado {name}; {hint}";
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpec {
    title: Option<String>,
    port: Option<u16>,
    protocol: Option<Transport>,
    #[serde(default)]
    expect: Vec<Spanned<RawLine>>,
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
        let at = |place: usize, why: String| {
            let before = text.get(..place).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|it| *it != '\n').count() + 1;
            said_at(lang, line, column, why).to_string()
        };
        let raw: RawSpec = toml::from_str(text).map_err(|error| {
            let said = complaint(error.message(), lang);
            match error.span() {
                Some(span) => at(span.start, said),
                None => said,
            }
        })?;
        let lines: Result<Vec<Line>, String> = raw
            .expect
            .into_iter()
            .map(|line| {
                let place = line.span().start;
                let read = line.into_inner().read((raw.port, raw.protocol), lang);
                read.map_err(|why| at(place, why))
            })
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

static YES_OR_NO: Text = Text::new("true or false", "true ou false");

/// What the parser expects, and what that is called.
const EXPECTED: &[(&str, &Text)] = &[
    ("a boolean", &YES_OR_NO),
    ("u16", &WHOLE),
    ("f64", &NUMBER),
    ("a string", &TEXT),
    ("one value or a list of values", &LIST),
    ("a number, or", &RANGES),
    ("enum ", &TEXT),
    ("a sequence", &TABLES),
];

/// What is wrong: a name that is not known, another kind of value, or what the parser says.
fn complaint(said: &str, lang: Lang) -> String {
    let mut quoted = said.split('`').skip(1).step_by(2);
    let (name, known) = (quoted.next().unwrap_or_default(), quoted);
    let no_such = match said.split('`').next() {
        Some("unknown field ") => no_key(lang, name).to_string(),
        Some("unknown variant ") => no_value(lang, name).to_string(),
        _ => {
            let expected = said.split_once(", expected ").map_or("", |(_, it)| it);
            let known = EXPECTED.iter().find(|(it, _)| expected.starts_with(it));
            let plain = || said.lines().collect::<Vec<_>>().join(" ");
            let what = known.map(|(_, what)| not_expected(lang, what.get(lang)).to_string());
            return what.unwrap_or_else(plain);
        }
    };
    format!("{no_such}; {}", hint(name, known.collect(), lang))
}

fn several<T>(list: Option<Several<T>>) -> Vec<T> {
    list.map_or_else(Vec::new, |it| it.0)
}

/// The name that was meant, or else all that there are.
fn hint(name: &str, known: Vec<&str>, lang: Lang) -> String {
    match near(name, known.iter().copied()) {
        Some(it) => meant(lang, it).to_string(),
        None => these(lang, known.join(", ")).to_string(),
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
            Some(id) => Some(lab::find(id).ok_or_else(|| {
                let ids = lab::ALL.iter().map(|lab| lab.id);
                unknown_lab(lang, format!("{id:?}"), hint(id, ids.collect(), lang)).to_string()
            })?),
        };
        let demands = Demands {
            lab,
            handshake: self.handshake,
            client_bytes: self.client_bytes,
            server_bytes: self.server_bytes,
            message: several(self.message),
            nonce: self.nonce,
            from: self.from,
            close: several(self.close),
            closed_by: self.closed_by,
            retransmission: self.retransmission,
            connections: self.connections,
            client_ports: self.client_ports,
            refused: self.refused,
            udp_loss: self.udp_loss,
            http: several(self.http),
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
