//! One sentence per line of a summary: what its packets do together. It is said of the whole
//! capture, so it is asked for at its end.

use super::phrase::{Clauses, count};
use crate::analysis::conversation::Conversation;
use crate::analysis::record::groups::group::{Group, GroupKind};
use crate::report::summary::SummaryLine;
use crate::report::who::Who;
use crate::report::words;
use crate::text::Lang;

/// The sentence of a line of the summary; `None` where the line itself says it all, and where no
/// groups were kept.
pub fn sentence(conversation: &Conversation, place: SummaryLine, lang: Lang) -> Option<String> {
    let groups = conversation.record()?.groups()?;
    let who = Who::new(conversation, lang);
    let mut said = Clauses::new(lang, false);
    match place {
        SummaryLine::Opening => {
            let opening = groups.opening();
            let alone = groups.packets() == u64::from(opening.syns);
            let syns = alone.then_some(opening.syns);
            let shape = conversation.lifecycle.opening();
            if let Some(sentence) = words::opening::sentence(&shape, syns, &who, lang) {
                said.clause(&sentence);
            }
        }
        SummaryLine::Middle(number) => data(groups.list().get(number)?, &who, &mut said),
        SummaryLine::Closing => {
            let close = conversation.lifecycle.close();
            if let Some(sentence) = words::close::sentence(&close, &who, lang) {
                said.clause(&sentence);
            }
        }
        SummaryLine::Rest => {}
    }
    (!said.is_empty()).then(|| said.finish().0)
}

fn data(group: &Group, who: &Who<'_>, said: &mut Clauses) {
    if group.kind != GroupKind::Data {
        return;
    }
    let the = who.the(group.side);
    if group.bytes == 0 {
        return said.clause(words::data::sends_again(said.lang, &the));
    }
    let bytes = count(group.bytes);
    let to = who.to(group.side.other());
    said.clause(words::data::sends_to(said.lang, &the, &bytes, &to));
    let (lang, frame) = (said.lang, group.acked_by);
    match group.acknowledged() {
        _ if frame == 0 => said.comma(words::data::UNACKNOWLEDGED.get(lang)),
        true => said.comma(words::data::acknowledged(lang, frame)),
        false => said.comma(words::data::acknowledged_partly(lang, frame)),
    }
}
