//! What is said of a checksum that does not fit.

use crate::model::ip::Checksum;
use crate::text::Lang;
use crate::text::phrase::phrase;

phrase! {
    OFFLOADED: "checksum offload: the field holds the sum of the pseudo-header alone; the sender's system leaves the rest to the network card, and the packet was captured before that; no sign of damage",
        "checksum offload: o campo contém só a soma do pseudocabeçalho; o sistema do remetente deixa o resto para a placa de rede, e o pacote foi capturado antes disso; não é sinal de dano";
    wrong(should): "the bytes need {should}: damaged on the way, changed after it was computed, or to be filled in by the network card (checksum offload)",
        "os bytes pedem {should}: danificado no caminho, alterado depois do cálculo, ou ainda a preencher pela placa de rede (checksum offload)";
}

/// The remark on a checksum of TCP or UDP that is not right.
pub fn remark(checksum: Option<(u16, Checksum)>, lang: Lang) -> Option<String> {
    match checksum? {
        (_, Checksum::Offloaded) => Some(OFFLOADED.get(lang).to_owned()),
        (_, Checksum::Wrong(should)) => {
            Some(wrong(lang, format_args!("0x{should:04x}")).to_string())
        }
        (_, Checksum::Right | Checksum::Unused | Checksum::Unchecked) => None,
    }
}
