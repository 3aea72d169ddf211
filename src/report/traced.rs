//! What is said beside times of programs that were watched.

use crate::model::call::SocketCall;
use crate::text::phrase::phrase;

phrase! {
    /// That times of a run that was watched are longer.
    pub NOTE:
        "The programs were watched: each call takes some microseconds longer than it does alone, so round trips (RTT) and other times can be longer than without netlab run.",
        "Os programas foram acompanhados: cada chamada leva alguns microssegundos a mais do que sozinha, e por isso tempos de ida e volta (RTT) e outros podem ser maiores do que sem o netlab run.";
    /// The same, where there is little room.
    pub MARK: "the programs were watched: times are a little longer than without that",
        "os programas foram acompanhados: os tempos são um pouco maiores do que sem isso";
}

/// Whether a call was seen by watching its program: the programs of the exercises tell of theirs
/// themselves.
pub fn is_watched(call: &SocketCall) -> bool {
    call.origin.is_some()
}
