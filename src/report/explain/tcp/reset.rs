//! RSTs: what each one ends, as far as the packets before it prove it.

use super::View;
use crate::analysis::lifecycle::close::ResetKind;
use crate::analysis::lifecycle::phase::Phase;
use crate::report::explain::phrase::Clauses;
use crate::text::Text;

static REFUSES: Text = Text {
    en: "{the} refuses the connection (RST): it answers the SYN of #{frame}, so no program accepts connections on port {port} there, or something on the way answers in its place",
    pt_br: "{the} recusa a conexão (RST): responde ao SYN de #{frame}; nenhum programa aceita conexões na porta {port} ali, ou algo no caminho responde no seu lugar",
};
static RESETS: Text = Text {
    en: "{the} tells {other} to drop the connection at once (RST)",
    pt_br: "{the} manda {other} abandonar a conexão imediatamente (RST)",
};
static AGAIN: Text = Text {
    en: "it had done so before, in #{frame}",
    pt_br: "já tinha feito isso antes, em #{frame}",
};
static BEFORE: Text = Text {
    en: "the connection had been reset before, in #{frame}",
    pt_br: "a conexão já tinha sido abortada antes, em #{frame}",
};
static DURING_HANDSHAKE: Text = Text {
    en: "the handshake was not complete",
    pt_br: "a apresentação de três vias não estava completa",
};
static BEFORE_DATA: Text = Text {
    en: "no data had been sent to it before, so none was left unread there",
    pt_br: "nenhum dado tinha sido enviado a ele antes, então nada ficou sem ler ali",
};
static AFTER_DATA: Text = Text {
    en: "data had been sent to it: closing with data unread looks like this, and so does an abort; the packets do not tell them apart",
    pt_br: "dados tinham sido enviados a ele: é o que se vê quando um lado fecha com dados não lidos, e também quando aborta; os pacotes não distinguem os dois casos",
};
static WHO_KNOWS: Text = Text {
    en: "without ACK it can also come from an end that does not know the connection",
    pt_br: "sem ACK, também pode vir de uma ponta que não conhece a conexão",
};
static DURING_CLOSE: Text = Text {
    en: "the close that began with the FIN of #{frame} was not complete",
    pt_br: "o encerramento iniciado com o FIN de #{frame} não estava completo",
};
static LATE_DATA: Text = Text {
    en: "it had sent its FIN in #{frame}, and data came to it after that, which nobody will read",
    pt_br: "tinha enviado o seu FIN em #{frame}, e depois disso recebeu dados, que ninguém vai ler",
};
static AFTER_CLOSE: Text = Text {
    en: "both FINs were acknowledged already, so there was nothing left to end",
    pt_br: "os dois FIN já tinham sido reconhecidos; não havia mais nada a encerrar",
};
static OUT_OF_SEQUENCE: Text = Text {
    en: "its numbers do not fit what came before, so {other} has to ignore it",
    pt_br: "seus números não correspondem ao que veio antes; por isso {other} deve ignorá-lo",
};
static MID_STREAM: Text = Text {
    en: "this capture does not show why",
    pt_br: "esta captura não mostra o motivo",
};

/// The sentence of a RST.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let (the, other) = (view.the(), view.other_the());
    let close = view.conversation.lifecycle.close();
    let reset = close.reset.filter(|reset| reset.frame == view.frame);
    let kind = reset.map(|reset| reset.kind);
    if view.phase == Phase::Refused
        && let Some(syn) = view.other.asked
    {
        let port = view.segment.source_port;
        said.say(&REFUSES, &[("the", &the), ("frame", &syn), ("port", &port)]);
        return;
    }
    said.say(&RESETS, &[("the", &the), ("other", &other)]);
    let Some(kind) = kind else {
        if let Some(frame) = view.own.rst {
            said.say(&AGAIN, &[("frame", &frame)]);
        } else if let Some(reset) = close
            .reset
            .filter(|it| it.kind.ends() && it.frame < view.frame)
        {
            said.say(&BEFORE, &[("frame", &reset.frame)]);
        }
        return;
    };
    let first_fin = [view.own.fin, view.other.fin]
        .into_iter()
        .flatten()
        .min_by_key(|fin| fin.frame);
    match (kind, first_fin) {
        (ResetKind::DuringHandshake, _) => said.say(&DURING_HANDSHAKE, &[]),
        (ResetKind::BeforeData, _) => said.say(&BEFORE_DATA, &[]),
        (ResetKind::AfterData, _) => {
            said.say(&AFTER_DATA, &[]);
            if !view.header.flags.ack() {
                said.say(&WHO_KNOWS, &[]);
            }
        }
        (ResetKind::DuringClose, Some(fin)) => {
            said.say(&DURING_CLOSE, &[("frame", &fin.frame)]);
        }
        (ResetKind::LateData, _) => {
            if let Some(fin) = view.own.fin {
                said.say(&LATE_DATA, &[("frame", &fin.frame)]);
            }
        }
        (ResetKind::AfterClose, _) => said.say(&AFTER_CLOSE, &[]),
        (ResetKind::OutOfSequence, _) => said.say(&OUT_OF_SEQUENCE, &[("other", &other)]),
        (ResetKind::MidStream, _) => said.say(&MID_STREAM, &[]),
        (ResetKind::Refused | ResetKind::DuringClose | ResetKind::NotTheEnd, _) => {}
    }
}
