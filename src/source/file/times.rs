//! Whether the times of a capture go back.

use crate::model::frame::FrameNo;
use crate::model::time::Timestamp;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity::span;

/// Where the times of a file go back, as far as it was read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Backward {
    /// The time of the latest packet that has one.
    last: Option<Timestamp>,
    /// The first packet that is earlier than the one before it, and by how many nanoseconds.
    first: Option<(FrameNo, i64)>,
    /// How many such packets there are.
    count: u64,
    /// A fraction is a second or more.
    beyond: bool,
}

impl Backward {
    /// Takes the time of packet `no`, which is the next one.
    #[inline(always)]
    pub(super) fn take(&mut self, no: FrameNo, time: Option<Timestamp>) {
        let Some(time) = time else { return };
        if let Some(last) = self.last.replace(time)
            && time < last
        {
            self.back(no, time, last);
        }
    }

    #[cold]
    fn back(&mut self, no: FrameNo, time: Timestamp, last: Timestamp) {
        let by = i64::try_from(last.since(time).0).unwrap_or(i64::MAX);
        self.first.get_or_insert((no, by));
        self.count += 1;
        self.beyond |= [time, last].iter().any(|it| it.damaged_parts().is_some());
    }

    /// A sentence where times go back: where first, and what follows from it.
    pub(super) fn warning(&self, lang: Lang) -> Option<String> {
        let (frame, by) = self.first?;
        let first = first(lang, frame, span(by, lang));
        let more = self.count.saturating_sub(1);
        let more = (more > 0).then(|| others(lang, more).to_string());
        let cause = self.beyond.then(|| BEYOND.get(lang));
        let so = SO.get(lang);
        Some(format!(
            "{first}{}{so}{}",
            more.unwrap_or_default(),
            cause.unwrap_or_default()
        ))
    }
}

phrase! {
    /// Where times go back for the first time.
    first(frame, by):
        "times go back in this capture: #{frame} is {by} earlier than the packet before it",
        "os tempos voltam atrás nesta captura: #{frame} está {by} antes do pacote anterior";
    /// In how many more places they do.
    others(count;):
        ", and so is 1 more" | ", and so are {count} more",
        ", e o mesmo ocorre com mais 1" | ", e o mesmo ocorre com mais {count}";
    SO: "; where a length of time would be negative, none is given",
        "; onde um intervalo de tempo seria negativo, nenhum é dado";
    BEYOND: "; fractions of a second exceed a second: a file in nanoseconds whose first bytes say microseconds looks like this",
        "; frações de segundo passam de um segundo: é o que se vê em um arquivo em nanossegundos cujos primeiros bytes dizem microssegundos";
}
