//! What is the same in every row of a table: shown once above it, in the place of a column.

use super::Line;
use super::fit::{Always, Column, Layout, STAY};
use super::short;
use crate::text::Lang;
use crate::text::phrase::phrase;

phrase! {
    left_out(what): "not shown: {what} (--wide shows all)",
        "não mostrado: {what} (--wide mostra tudo)";
}

impl Layout {
    /// Of rows to come only what the first one shows of itself is taken to stay: the address that
    /// both ends have, and the protocol.
    pub(super) fn expect_change(&mut self) {
        let value = |id: &str| {
            let place = self.columns.iter().find(|place| place.id == id);
            place.map(|place| place.always.clone())
        };
        let same = value("source") == value("destination");
        for place in &mut self.columns {
            let stays = match place.id {
                "source" | "destination" => same,
                id => id == "protocol",
            };
            if !stays {
                place.always = Always::Differs;
            }
        }
    }

    /// What stands above the table: the values that every row has, and what is not shown.
    pub(super) fn said_once(&self, lang: Lang) -> Option<String> {
        let mut values = Vec::new();
        let mut missing = Vec::new();
        let pair = self.hidden_pair();
        values.extend(pair.map(|pair| String::from_utf8_lossy(pair).into_owned()));
        for (kind, (_, name)) in short::TAIL.iter().enumerate().take(self.level) {
            if self.options.get(kind).is_some_and(|seen| *seen) {
                missing.push((*name).to_owned());
            }
        }
        let of_pair = |place: &Column| pair.is_some() && is_address(place);
        let hidden = self.columns.iter().filter(|place| place.hidden);
        for place in hidden.filter(|place| !of_pair(place)) {
            let name = place.header.get(lang);
            match &place.always {
                Always::Value(value) if !STAY.contains(&place.id) => {
                    values.push(format!("{name} {}", String::from_utf8_lossy(value)));
                }
                _ => missing.push(name.to_owned()),
            }
        }
        let mut said = values.join(", ");
        if !missing.is_empty() {
            let missing = left_out(lang, missing.join(", ")).to_string();
            said = match said.is_empty() {
                true => missing,
                false => format!("{said}; {missing}"),
            };
        }
        (!said.is_empty()).then_some(said)
    }

    /// Whether a row differs in what was said once of all. Then that is shown again from here on.
    pub(super) fn differs(&mut self, line: &Line) -> bool {
        if line.call || self.limit.is_none() {
            return false;
        }
        let mut differs = false;
        if self
            .hidden_pair()
            .is_some_and(|pair| pair != self.pair_of(line))
        {
            for place in self.columns.iter_mut().filter(|place| is_address(place)) {
                place.hidden = false;
            }
            differs = true;
        }
        for (place, cell) in self.columns.iter_mut().zip(line.cells()) {
            let was = matches!(&place.always, Always::Value(value) if value != cell);
            if place.hidden && was {
                place.hidden = false;
                differs = true;
            }
        }
        if differs {
            self.grow(line);
            self.decide();
        }
        differs
    }

    /// From whom to whom a row goes, or went what it answers; empty where it does not show that.
    pub(super) fn pair_of(&self, line: &Line) -> Vec<u8> {
        let cell = |id: &str| {
            let place = self.columns.iter().position(|place| place.id == id)?;
            Some(line.cell(place)).filter(|cell| !cell.is_empty())
        };
        let (Some(source), Some(destination)) = (cell("source"), cell("destination")) else {
            return Vec::new();
        };
        match cell("way") {
            Some(way) if way == "→".as_bytes() => [source, way, destination].join(&b' '),
            Some(way) if way == "←".as_bytes() => {
                [destination, "→".as_bytes(), source].join(&b' ')
            }
            _ => Vec::new(),
        }
    }

    /// The pair, where it stands for two columns that differ from row to row.
    fn hidden_pair(&self) -> Option<&[u8]> {
        let mut ends = self.columns.iter().filter(|place| is_address(place));
        match &self.pair {
            Always::Value(pair) if !pair.is_empty() => ends
                .all(|place| place.hidden && place.always == Always::Differs)
                .then_some(pair),
            _ => None,
        }
    }
}

fn is_address(place: &Column) -> bool {
    ["source", "destination"].contains(&place.id)
}
