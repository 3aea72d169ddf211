//! The words of payload: new bytes, bytes sent again, bytes that come late.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) sends(the, bytes, count): "{the} sends {bytes} ({count} of data)",
        "{the} envia {bytes} ({count} de dados)";
    /// The bytes say already how many they are.
    pub(in crate::report) sends_counted(the, bytes): "{the} sends {bytes}", "{the} envia {bytes}";
    pub(in crate::report) late(frame):
        "which belong before bytes captured earlier (#{frame}) and were in no segment captured so far",
        "que vêm antes de bytes já capturados (#{frame}) e não estavam em nenhum segmento capturado até aqui";
    pub(in crate::report) on_syn(frame):
        "counted from the number of its SYN (#{frame}), while the first byte of data has the number after that",
        "contados a partir do número do seu SYN (#{frame}), embora o primeiro byte de dados tenha o número seguinte";
    pub(in crate::report) uncertain():
        "below the highest number it has used, which was captured before this segment; which earlier segment held them, if any, is too long ago to say",
        "abaixo do maior número que já usou, capturado antes deste segmento; qual segmento anterior os trazia, se algum, já ficou longe demais para dizer";
    pub(in crate::report) partly(count; frames):
        "of which 1 was captured before, in {frames}" | "of which {count} were captured before, in {frames}",
        "dos quais 1 já tinha sido capturado, em {frames}" | "dos quais {count} já tinham sido capturados, em {frames}";
    pub(in crate::report) gap(count; range, of):
        "number {range} {of}, just before this segment, is in no segment captured so far" | "the numbers {range} {of}, just before this segment, are in no segment captured so far",
        "o número {range} {of}, logo antes deste segmento, não está em nenhum segmento capturado até aqui" | "os números {range} {of}, logo antes deste segmento, não estão em nenhum segmento capturado até aqui";
    /// The same where the numbers lie before the first one.
    pub(in crate::report) gap_before(count; of):
        "1 number {of} right in front of this segment is in no segment captured so far" | "{count} numbers {of} right in front of this segment are in no segment captured so far",
        "1 número {of} bem na frente deste segmento não está em nenhum segmento capturado até aqui" | "{count} números {of} bem na frente deste segmento não estão em nenhum segmento capturado até aqui";
    pub(in crate::report) push(): "PSH asks for delivery to the program without delay",
        "PSH pede a entrega ao programa sem demora";
    /// A segment larger than the other end takes.
    pub(in crate::report) joined(mss, of, least):
        "this is more than one segment can hold (MSS {of}: {mss} bytes), so about {least} were joined before the capture (TSO or GRO)",
        "isto é mais do que cabe em um segmento (MSS {of}: {mss} bytes); cerca de {least} foram juntados antes da captura (TSO ou GRO)";
    /// In a line of the summary.
    pub(in crate::report) again_with_fin(count; bytes):
        "{bytes} sent again with the FIN" | "{bytes} sent again with the FIN",
        "{bytes} reenviado com o FIN" | "{bytes} reenviados com o FIN";
    /// In a line of the summary.
    pub(in crate::report) fin_again_carries(bytes):
        "a FIN sent again carries {bytes} that no segment before it holds",
        "um FIN reenviado leva {bytes} que nenhum segmento anterior contém";
    /// In a line of the summary.
    pub(in crate::report) syn_again_carries(bytes):
        "a SYN sent again carries {bytes} that no segment before it holds",
        "um SYN reenviado leva {bytes} que nenhum segmento anterior contém";
    /// In a line of the summary.
    pub(in crate::report) syn_ack_carries(bytes): "the SYN, ACK carries {bytes}",
        "o SYN, ACK leva {bytes}";
    /// In a line of the summary.
    pub(in crate::report) rst_with_text(resets; bytes):
        "the RST carries a text of {bytes}" | "the RSTs carry a text, {bytes} in all",
        "o RST leva um texto de {bytes}" | "os RST levam um texto, {bytes} ao todo";
    /// The text of a RST.
    pub(in crate::report) text_of_rst(count, text):
        "it carries {count} ({text}), a text that may say why (RFC 9293, 3.5.3), which is no data of the connection",
        "leva {count} ({text}), um texto que pode dizer por quê (RFC 9293, 3.5.3) e não faz parte dos dados da conexão";
    /// The same where the capture does not hold it.
    pub(in crate::report) text_of_rst_cut(count):
        "it carries {count}, a text that may say why (RFC 9293, 3.5.3), which is no data of the connection",
        "leva {count}, um texto que pode dizer por quê (RFC 9293, 3.5.3) e não faz parte dos dados da conexão";
    /// The sentence of a line of the summary.
    pub(in crate::report) sends_to(the, bytes, to): "{the} sends {bytes} {to}", "{the} envia {bytes} {to}";
    pub(in crate::report) acknowledged(frame): "and with #{frame} all of it is acknowledged",
        "e com #{frame} tudo está reconhecido";
    pub(in crate::report) acknowledged_partly(frame):
        "and #{frame} acknowledges a part of it, the rest is not acknowledged in this capture",
        "e #{frame} reconhece uma parte; o resto não é reconhecido nesta captura";
    pub(in crate::report) UNACKNOWLEDGED: "and nothing of it is acknowledged in this capture",
        "e nada disso é reconhecido nesta captura";
    pub(in crate::report) sends_again(the): "{the} sends data again that was captured before",
        "{the} reenvia dados já capturados antes";
}
