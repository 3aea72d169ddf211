//! How a capture file came to its end.

use crate::source::damage::Damage;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How a capture file ended, once no frame is left. Offsets count bytes of the capture, after
/// decompression where the file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Ending {
    /// After its last packet, or it has not ended yet.
    #[default]
    Complete,
    /// Inside a packet: whoever wrote the file stopped there, or it was not copied whole.
    CutAt {
        /// How many bytes there are.
        offset: u64,
    },
    /// What follows the last packet makes no sense.
    DamagedAt {
        /// Where the part begins that makes no sense.
        offset: u64,
        /// What is wrong with it.
        what: Damage,
    },
}

impl Ending {
    /// A sentence about an end that is not a clean one.
    pub fn warning(&self, lang: Lang) -> Option<String> {
        match self {
            Ending::Complete => None,
            Ending::CutAt { offset } => Some(cut(lang, offset).to_string()),
            Ending::DamagedAt { offset, what } => {
                let what = what.words(lang);
                Some(damaged(lang, offset, &what).to_string())
            }
        }
    }
}

phrase! {
    cut(offset):
        "the capture was cut short: it ends at byte {offset}, in the middle of a packet; \
         everything before is shown",
        "a captura está cortada: termina no byte {offset}, no meio de um pacote; \
            tudo o que vem antes é mostrado";
    damaged(offset, what):
        "the capture is damaged from byte {offset} on: {what}; everything before is shown",
        "a captura está danificada a partir do byte {offset}: {what}; \
            tudo o que vem antes é mostrado";
}
