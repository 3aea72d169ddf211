//! The words of a whole transfer: its numbers, its segments, its rate, its cost.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) grows(the, first, range, count, fin):
        "{the} uses number {first} for its SYN, {range} for {count}, {fin} for its FIN.",
        "{the} usa o número {first} para o SYN, {range} para {count}, {fin} para o FIN.";
    pub(in crate::report) grows_open(the, first, range, count, next):
        "{the} uses number {first} for its SYN, {range} for {count}; its next number is {next}.",
        "{the} usa o número {first} para o SYN, {range} para {count}; o próximo número é {next}.";
    pub(in crate::report) grows_bare(the, first, fin):
        "{the} uses number {first} for its SYN, {fin} for its FIN, and sends no data.",
        "{the} usa o número {first} para o SYN, {fin} para o FIN, e não envia dados.";
    pub(in crate::report) grows_syn(the, first, next):
        "{the} uses number {first} for its SYN and sends no data; its next number is {next}.",
        "{the} usa o número {first} para o SYN e não envia dados; o próximo número é {next}.";
    pub(in crate::report) all_acked(ack, frame):
        "Ack={ack} in #{frame} acknowledges all of it: the number of the next byte expected.",
        "Ack={ack} em #{frame} reconhece tudo: é o número do próximo byte esperado.";
    pub(in crate::report) length_one(the, bytes, frame): "{the} sends one, of {bytes} (#{frame}).",
        "{the} envia um, de {bytes} (#{frame}).";
    pub(in crate::report) length_list(the, count, bytes, list):
        "{the} sends {count}, {bytes} in all: {list}.",
        "{the} envia {count}, {bytes} ao todo: {list}.";
    pub(in crate::report) length_same(the, count, each, bytes):
        "{the} sends {count} of {each} each, {bytes} in all.",
        "{the} envia {count} de {each} cada, {bytes} ao todo.";
    pub(in crate::report) lengths(the, count, bytes, least, least_at, most, most_at):
        "{the} sends {count}, {bytes} in all: from {least} (#{least_at}) to {most} (#{most_at}).",
        "{the} envia {count}, {bytes} ao todo: de {least} (#{least_at}) a {most} (#{most_at}).";
    /// Segments larger than the other end takes.
    pub(in crate::report) joined(count; mss, of, len, frame, least):
        "The one of {len} (#{frame}) is larger than the MSS {of} ({mss}): about {least} segments, joined before the capture (TSO or GRO)." | "{count} are larger than the MSS {of} ({mss}), the first in #{frame} ({len}): about {least} segments, joined before the capture (TSO or GRO).",
        "O de {len} (#{frame}) é maior que o MSS {of} ({mss}): cerca de {least} segmentos, juntados antes da captura (TSO ou GRO)." | "{count} são maiores que o MSS {of} ({mss}), o primeiro em #{frame} ({len}): cerca de {least} segmentos, juntados antes da captura (TSO ou GRO).";
    pub(in crate::report) see_table():
        "No: TCP carries a stream of bytes. The table below has the three side by side.",
        "Não: o TCP transporta um fluxo de bytes. A tabela abaixo mostra os três lado a lado.";
    pub(in crate::report) not_in_packets():
        "TCP carries a stream of bytes: how many send and recv calls the programs made is not in the packets (netlab lab records the calls).",
        "O TCP transporta um fluxo de bytes: quantas chamadas send e recv os programas fizeram não está nos pacotes (netlab lab registra as chamadas).";
    pub(in crate::report) rate(way, bytes, first, last, time, rate, bits):
        "{way}: {bytes} from #{first} to the ACK #{last}: {bytes} / {time} = {rate} bytes/s ({bits}).",
        "{way}: {bytes} de #{first} ao ACK #{last}: {bytes} / {time} = {rate} bytes/s ({bits}).";
    pub(in crate::report) rate_one(way, bytes, first, last, time, rate, bits):
        "{way}: {bytes} from #{first} to the ACK #{last}: {bytes} / {time} = {rate} bytes/s ({bits}); one segment, so this is one round trip, not what the path can carry.",
        "{way}: {bytes} de #{first} ao ACK #{last}: {bytes} / {time} = {rate} bytes/s ({bits}); um só segmento: isto é uma ida e volta, não o que o caminho suporta.";
    pub(in crate::report) rate_unacked(way, bytes, first, last, time, rate, bits):
        "{way}: {bytes} from #{first} to #{last}, the last data (its ACK is not in this capture): {bytes} / {time} = {rate} bytes/s ({bits}).",
        "{way}: {bytes} de #{first} a #{last}, os últimos dados (o ACK deles não está nesta captura): {bytes} / {time} = {rate} bytes/s ({bits}).";
    pub(in crate::report) cost(packets; data, wire, payload, percent, tcp, rest):
        "1 packet. {wire} bytes on the wire = {payload} of payload ({percent}) + {tcp} of TCP headers + {rest} below TCP (IP, link)." | "{packets} packets, {data} of them with data. {wire} bytes on the wire = {payload} of payload ({percent}) + {tcp} of TCP headers + {rest} below TCP (IP, link).",
        "1 pacote. {wire} bytes na rede = {payload} de dados ({percent}) + {tcp} de cabeçalhos TCP + {rest} abaixo do TCP (IP, enlace)." | "{packets} pacotes, {data} deles com dados. {wire} bytes na rede = {payload} de dados ({percent}) + {tcp} de cabeçalhos TCP + {rest} abaixo do TCP (IP, enlace).";
    pub(in crate::report) twice(count;):
        "1 packet more is a copy of one of these, made by the capture or on the way." | "{count} packets more are copies of these, made by the capture or on the way.",
        "Mais 1 pacote é cópia de um destes, feita pela captura ou no caminho." | "Mais {count} pacotes são cópias destes, feitas pela captura ou no caminho.";
}
