//! Judges a capture, line by line.
//!
//! Lines about the same port speak of one conversation, the one that shows most of them, so that
//! what several conversations show in pieces does not pass for one that shows it all. What counts
//! conversations (`connections`, `client_ports`, `refused`, `udp_loss`, `http`) and labs look at
//! all of them, where the line names a port, at that port.

use std::borrow::Cow;
use std::collections::HashSet;

use super::miss::{Met, Miss, Scope};
use super::one::{again, bytes, close, closed_by, end_of, handshake, wide};
use super::spec::{Demands, Line, Range, Spec, Transport, Wanted, Who};
use super::watch::Capture;
use super::words;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::facts::udp::Outcome;
use crate::analysis::lifecycle::opening::OpeningShape;
use crate::lab;
use crate::model::frame::FrameNo;
use crate::report::grades::{Points, Verdict};
use crate::text::Lang;

/// What each line of `spec` becomes on a capture in the file called `stem` without suffixes.
pub fn judge(spec: &Spec, capture: &Capture<'_>, stem: &str, lang: Lang) -> Vec<Verdict> {
    let mut scopes: Vec<Scope<'_>> = Vec::new();
    let verdict = |line: &Line| {
        let known = |it: &Scope<'_>| (it.port, it.transport) == (line.port, line.transport);
        let place = scopes.iter().position(known).unwrap_or_else(|| {
            scopes.push(Scope::of(line, spec, capture, stem));
            scopes.len() - 1
        });
        let name = words::name(line, lang);
        let (frames, said) = match scopes.get(place) {
            Some(scope) => match scope.line(&Asked::new(line, scope)) {
                Ok(frames) => (Some(frames), words::labs(line, scope, lang)),
                Err(misses) => (None, words::nearest(&misses, scope, lang)),
            },
            None => (None, String::new()),
        };
        Verdict {
            name,
            points: line.points,
            shown: frames.is_some(),
            frames: frames.unwrap_or_default(),
            said,
        }
    };
    spec.lines.iter().map(verdict).collect()
}

/// A line, and what its alternatives find in all conversations, whichever one is judged.
struct Asked<'l> {
    line: &'l Line,
    of_all: Vec<Vec<Met>>,
}

impl<'l> Asked<'l> {
    fn new(line: &'l Line, scope: &Scope<'_>) -> Asked<'l> {
        let of_all = line.any.iter().map(|it| scope.of_all(it)).collect();
        Asked { line, of_all }
    }
}

impl<'c> Scope<'c> {
    fn of(line: &Line, spec: &Spec, capture: &'c Capture<'c>, stem: &'c str) -> Scope<'c> {
        let protocol = match line.transport {
            Transport::Tcp => Protocol::Tcp,
            Transport::Udp => Protocol::Udp,
        };
        let fits = |it: &Conversation| {
            it.protocol == protocol && line.port.is_none_or(|port| serves(it, port))
        };
        let numbered = (0..).zip(capture.conversations).filter(|(_, it)| fits(it));
        let evidence = capture.evidence.as_ref().map(|it| match line.port {
            Some(port) => Cow::Owned(it.at(port)),
            None => Cow::Borrowed(it),
        });
        let mut scope = Scope {
            capture,
            port: line.port,
            transport: line.transport,
            all: numbered.clone().map(|(_, it)| it).collect(),
            evidence,
            one: None,
            stem,
        };
        let same = spec.lines.iter();
        let same: Vec<Asked<'_>> = same
            .filter(|it| (it.port, it.transport) == (line.port, line.transport))
            .map(|it| Asked::new(it, &scope))
            .collect();
        let mut best: Option<(Points, usize, usize)> = None;
        let mut chosen = None;
        for candidate in numbered {
            scope.one = Some(candidate);
            let mut worth = (Points::default(), 0, usize::MAX);
            for asked in &same {
                match scope.misses(asked) {
                    0 => {
                        worth = (
                            Points(worth.0.0 + asked.line.points.0),
                            worth.1 + 1,
                            worth.2,
                        )
                    }
                    misses => worth.2 -= misses,
                }
            }
            if best.is_none_or(|best| worth > best) {
                (best, chosen) = (Some(worth), Some(candidate));
            }
        }
        scope.one = chosen;
        scope
    }

    /// How much the best alternative of a line misses.
    fn misses(&self, asked: &Asked<'_>) -> usize {
        let missed = |met: &[Met]| met.iter().filter(|it| it.is_err()).count();
        let alternatives = asked.line.any.iter().zip(&asked.of_all);
        let all =
            alternatives.map(|(it, of_all)| missed(&self.of_conversation(it)) + missed(of_all));
        all.min().unwrap_or(1)
    }

    /// Judges a line: the frames that show it, or why it is not shown.
    fn line(&self, asked: &Asked<'_>) -> Result<Vec<FrameNo>, Vec<Miss>> {
        let mut least: Option<Vec<Miss>> = None;
        for (demands, of_all) in asked.line.any.iter().zip(&asked.of_all) {
            let own = self.of_conversation(demands);
            let all = || own.iter().chain(of_all);
            let mut misses: Vec<Miss> = all().filter_map(|it| it.clone().err()).collect();
            // Where nothing is there, that is said once.
            if misses.iter().any(|it| matches!(it, Miss::Nowhere)) {
                misses = vec![Miss::Nowhere];
            }
            if misses.is_empty() {
                let mut frames: Vec<FrameNo> = all().flatten().flatten().copied().collect();
                frames.sort_unstable();
                frames.dedup();
                return Ok(frames);
            }
            if least
                .as_ref()
                .is_none_or(|least| misses.len() < least.len())
            {
                least = Some(misses);
            }
        }
        let mut misses = least.unwrap_or_else(|| vec![Miss::Nowhere]);
        // One that is not followed may show it.
        let known = misses
            .iter()
            .any(|it| matches!(it, Miss::TooMany | Miss::TooLarge));
        if !known && self.all.iter().any(|it| it.record().is_none()) {
            misses.push(Miss::TooMany);
        }
        Err(misses)
    }

    /// What the conversation that is judged shows of it.
    fn of_conversation(&self, asked: &Demands) -> Vec<Met> {
        let mut met = Vec::new();
        if let Some(wanted) = asked.handshake {
            met.push(self.of_one(|it| handshake(it, wanted)));
        }
        for (who, range) in [
            (Who::Client, asked.client_bytes),
            (Who::Server, asked.server_bytes),
        ] {
            met.extend(range.map(|range| self.of_one(|it| bytes(it, who, range))));
        }
        for wanted in asked.texts(self.stem) {
            met.push(self.text(&wanted, asked.from));
        }
        if !asked.close.is_empty() {
            met.push(self.of_one(|it| close(it, &asked.close)));
        }
        if let Some(who) = asked.closed_by {
            met.push(self.of_one(|it| closed_by(it, who)));
        }
        if let Some(wanted) = asked.retransmission {
            met.push(self.of_one(|it| again(it, wanted)));
        }
        met
    }

    /// What all conversations show of it together.
    fn of_all(&self, asked: &Demands) -> Vec<Met> {
        let mut met = Vec::new();
        if let Some(lab) = asked.lab {
            met.push(match &self.evidence {
                None => Err(Miss::TooLarge),
                Some(seen) if self.port.is_some() && seen.talks.is_empty() => Err(Miss::Nowhere),
                Some(seen) => lab::shows(lab, seen)
                    .map(|()| Vec::new())
                    .map_err(|text| Miss::Lab(lab, text)),
            });
        }
        let ports = asked.client_ports.is_some() && self.transport == Transport::Udp;
        let loss = asked.refused.is_some() || asked.udp_loss.is_some();
        let counts = ports || loss || !asked.http.is_empty();
        // What is counted over all of them needs the record of each.
        if counts && self.all.iter().any(|it| it.record().is_none()) {
            met.push(Err(Miss::TooMany));
            return met;
        }
        met.extend(asked.connections.map(|range| self.connections(range)));
        met.extend(asked.client_ports.map(|range| self.client_ports(range)));
        met.extend(asked.refused.map(|wanted| self.refused(wanted)));
        met.extend(asked.udp_loss.map(|range| self.udp_loss(range)));
        if !asked.http.is_empty() {
            met.push(self.http(&asked.http));
        }
        met
    }

    fn of_one(&self, test: impl Fn(&Conversation) -> Met) -> Met {
        let (_, one) = self.one.ok_or(Miss::Nowhere)?;
        test(one)
    }

    fn text(&self, wanted: &Wanted, from: Option<Who>) -> Met {
        let (id, one) = self.one.ok_or(Miss::Nowhere)?;
        let side = match from {
            None | Some(Who::Both) => None,
            Some(who) => Some(end_of(one, who)?),
        };
        let found = self.capture.found(wanted, id, side);
        let near = side.or(one.lifecycle.roles().client());
        found.map(|frame| vec![frame]).ok_or(Miss::Text(near))
    }

    /// The conversations whose handshake is complete, with its SYN.
    fn opened(&self) -> impl Iterator<Item = (&'c Conversation, FrameNo)> + use<'c, '_> {
        self.all.iter().filter_map(|it| {
            let frames = handshake(it, true).ok()?;
            Some((*it, frames.first().copied()?))
        })
    }

    fn connections(&self, range: Range) -> Met {
        let frames: Vec<FrameNo> = self.opened().map(|(_, syn)| syn).collect();
        match (self.all.is_empty(), range.holds(count(frames.len()))) {
            (true, _) => Err(Miss::Nowhere),
            (_, true) => Ok(frames),
            _ => Err(Miss::Connections(frames.len() as u64)),
        }
    }

    fn client_ports(&self, range: Range) -> Met {
        let mut ports = HashSet::new();
        let mut frames = Vec::new();
        for it in &self.all {
            let Some(client) = it.lifecycle.roles().client() else {
                continue;
            };
            let syn = match it.protocol {
                Protocol::Tcp => handshake(it, true).ok().and_then(|it| it.first().copied()),
                Protocol::Udp => it.record().and_then(|it| it.udp()?.first_request()),
            };
            let port = it.ends()[client.index()].port;
            if let Some(syn) = syn
                && ports.insert(port)
            {
                frames.push(syn);
            }
        }
        match (self.all.is_empty(), range.holds(count(ports.len()))) {
            (true, _) => Err(Miss::Nowhere),
            (_, true) => Ok(frames),
            _ => Err(Miss::Ports(ports.len() as u64)),
        }
    }

    fn refused(&self, wanted: bool) -> Met {
        let refusal = |it: &&Conversation| -> Option<FrameNo> {
            let udp = it.record().and_then(|it| it.udp()?.first_refused());
            let refused = it.lifecycle.opening().shape == OpeningShape::Refused;
            let reset = it.lifecycle.close().reset.filter(|_| refused);
            reset.map(|it| it.frame).or(udp.map(|(_, error)| error))
        };
        let first = self.all.iter().find_map(refusal);
        match (first, wanted) {
            _ if self.all.is_empty() => Err(Miss::Nowhere),
            (Some(frame), true) => Ok(vec![frame]),
            (Some(frame), false) => Err(Miss::Refused(frame)),
            (None, true) => Err(Miss::NotRefused),
            (None, false) => Ok(Vec::new()),
        }
    }

    fn udp_loss(&self, range: Range) -> Met {
        let mut sum = Outcome::default();
        let mut frames = Vec::new();
        for udp in self.all.iter().filter_map(|it| it.record()?.udp()) {
            sum.add(&udp.outcome());
            frames.extend(udp.open());
        }
        if self.all.is_empty() {
            return Err(Miss::Nowhere);
        }
        if sum.requests == 0 {
            return Err(Miss::NoRequests);
        }
        if sum.untold > 0 {
            return Err(Miss::Untold);
        }
        let share = wide(sum.unanswered) * 100.0 / wide(sum.requests);
        match range.holds(share) {
            true => Ok(frames),
            false => Err(Miss::Loss(sum.unanswered, sum.requests)),
        }
    }

    fn http(&self, wanted: &[u16]) -> Met {
        if self.all.is_empty() {
            return Err(Miss::Nowhere);
        }
        let (mut codes, mut frames) = (Vec::new(), Vec::new());
        for it in self.all.iter().filter_map(|it| it.record()?.http()) {
            let sound = it.list.iter().filter(|it| !it.odd && it.request.is_some());
            for response in sound.filter_map(|it| it.response.as_ref()) {
                if !codes.contains(&response.code) {
                    codes.push(response.code);
                    if wanted.contains(&response.code) {
                        frames.push(response.frame);
                    }
                }
            }
        }
        let missing = wanted.iter().filter(|code| !codes.contains(code));
        let missing: Vec<u16> = missing.copied().collect();
        match missing.is_empty() {
            true => Ok(frames),
            false => Err(Miss::Http(missing, codes)),
        }
    }
}

/// Whether a port is the server's; where the roles are not known, whether an end has it.
fn serves(conversation: &Conversation, port: u16) -> bool {
    let ends = conversation.ends();
    match conversation.lifecycle.roles().client() {
        Some(client) => ends[client.other().index()].port == port,
        None => ends.iter().any(|end| end.port == port),
    }
}

fn count(value: usize) -> f64 {
    wide(value as u64)
}
