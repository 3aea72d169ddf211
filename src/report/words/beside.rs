//! The words of what a segment says beside its main point: SACK, urgent data, congestion.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) sack(list): "beyond a gap it has also got {list} (SACK)",
        "depois de uma lacuna também já recebeu {list} (SACK)";
    pub(in crate::report) twice(range): "it got {range} more than once (D-SACK)",
        "recebeu {range} mais de uma vez (D-SACK)";
    pub(in crate::report) urgent(pointer): "URG marks urgent data (urgent pointer {pointer})",
        "URG indica dados urgentes (ponteiro de urgência {pointer})";
    pub(in crate::report) ECE: "ECE reports that congestion was marked on the way (ECN)",
        "ECE avisa que houve marca de congestionamento no caminho (ECN)";
    pub(in crate::report) CWR: "CWR says that it has slowed down (ECN)", "CWR diz que reduziu o ritmo (ECN)";
    pub(in crate::report) OFFERS_ECN: "it offers explicit congestion notification (ECE, CWR)",
        "oferece notificação explícita de congestionamento (ECE, CWR)";
}
