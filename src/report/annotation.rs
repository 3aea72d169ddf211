//! Comments for a capture file: one for each packet, one for the whole.

use crate::analysis::conversation::Conversation;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::row::Row;
use crate::report::explain::Explanation;
use crate::report::phase;
use crate::report::summary;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many conversations the comment on the whole describes.
pub const CONVERSATIONS: usize = 200;
/// The longest comment on the whole, in bytes: pcapng has no room for more than 65,535.
const LONGEST: usize = 60_000;

/// The comment on a packet: its phase, where it has one, and its sentence.
pub fn packet(row: &Row<'_>, explanation: &Explanation, lang: Lang) -> String {
    match row.analysis.phase {
        Some(it) => [phase::word(it).get(lang), ": ", &explanation.sentence].concat(),
        None => explanation.sentence.clone(),
    }
}

/// How many packets each phase has.
#[derive(Clone, Debug, Default)]
pub struct Phases([u64; Phase::ALL.len()]);

impl Phases {
    /// Counts a packet.
    pub fn row(&mut self, row: &Row<'_>) {
        let place = Phase::ALL
            .iter()
            .position(|phase| row.analysis.phase == Some(*phase));
        if let Some(count) = place.and_then(|place| self.0.get_mut(place)) {
            *count += 1;
        }
    }

    /// The comment on the whole: the phases with their counts, then what happened in each
    /// conversation, as far as there is room and the conversations kept what it needs.
    pub fn comment(&self, conversations: &[Conversation], lang: Lang) -> String {
        let mut text = heading(lang);
        let named: Vec<String> = Phase::ALL
            .iter()
            .zip(self.0)
            .filter(|(_, count)| *count > 0)
            .map(|(it, count)| format!("{} ({count})", phase::word(*it).get(lang)))
            .collect();
        text.push_str(&named.join(", "));
        text.push('\n');
        let mut left_out = 0_u64;
        for conversation in conversations
            .iter()
            .filter(|it| it.traffic.packets != [0, 0])
        {
            let mut lines = String::new();
            summary::write(conversation, lang, &mut lines);
            if lines.is_empty() || text.len() + lines.len() > LONGEST {
                left_out += 1;
            } else {
                text.push('\n');
                text.push_str(&lines);
            }
        }
        if left_out > 0 {
            text.push('\n');
            text.push_str(&not_described(lang, left_out).to_string());
        }
        text
    }
}

/// The comment on a capture of which nothing is known yet: the names that its packets may have.
pub fn names(lang: Lang) -> String {
    let named: Vec<&str> = Phase::ALL
        .iter()
        .map(|it| phase::word(*it).get(lang))
        .collect();
    heading(lang) + &named.join(", ")
}

fn heading(lang: Lang) -> String {
    phases_are(lang, env!("CARGO_PKG_VERSION")).to_string()
}

phrase! {
    phases_are(version): "Explained by netlab {version}. Phases: ",
        "Explicado pelo netlab {version}. Fases: ";
    not_described(count): "Conversations not described here: {count}",
        "Conversas não descritas aqui: {count}";
}
