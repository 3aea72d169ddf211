//! Commands to begin with, for the manual pages. A test runs each of them.

use crate::text::Text;

/// A command, and what it does.
pub(super) struct Example {
    pub(super) command: &'static str,
    pub(super) about: Text,
}

macro_rules! examples {
    ($($command:literal: $en:literal, $pt_br:literal;)*) => {
        static ALL: &[Example] = &[
            $(Example { command: $command, about: Text { en: $en, pt_br: $pt_br } }),*
        ];
    };
}

examples! {
    "netlab lab": "The list of the labs.", "A lista dos labs.";
    "netlab lab echo": "Server, client and capture in one command, with the answer.",
        "Servidor, cliente e captura em um só comando, com a resposta.";
    "netlab lab two-clients -o report.html": "The same of another lab as a report to hand in.",
        "O mesmo de outro lab, como relatório para entregar.";
    "netlab capture -i lo --port 5050 -w mine.pcapng": "What happens on a port, live, and kept in a file.",
        "O que acontece em uma porta, ao vivo, e guardado em um arquivo.";
    "netlab replay captures/echo-log.pcap": "The table of a capture file.",
        "A tabela de um arquivo de captura.";
    "netlab replay captures/echo-log.pcap -Y 'phase == data' --columns +states":
        "Only segments with data, and the states of both ends.",
        "Só os segmentos com dados, e os estados dos dois lados.";
    "netlab explain captures/echo-log.pcap --why": "A sentence for each packet, with the arithmetic.",
        "Uma frase para cada pacote, com a conta.";
    "netlab conversations captures/multi.pcapng --sort duration": "The longest conversations first.",
        "As conversas mais longas primeiro.";
    "netlab follow captures/web.pcapng --stream 0": "What client and server said to each other.",
        "O que cliente e servidor disseram um ao outro.";
    "netlab ladder captures/multi.pcapng --together -o multi.svg": "The clients of a server side by side.",
        "Os clientes de um servidor lado a lado.";
    "netlab view captures/echo-log.pcap": "An exchange, packet by packet, in the terminal.",
        "Uma troca, pacote por pacote, no terminal.";
    "netlab plot captures/slow-reader.pcapng --kind rtt": "Round-trip times over time.",
        "Tempos de ida e volta ao longo do tempo.";
    "netlab report captures/echo.pcapng -o report.md": "A report in Markdown.",
        "Um relatório em Markdown.";
    "netlab copies captures": "Captures of the same run, among many.",
        "Capturas da mesma execução, entre muitas.";
    "netlab diff captures/udp-echo.pcapng captures/echo.pcapng": "UDP and TCP side by side.",
        "UDP e TCP lado a lado.";
    "netlab check --expect echo captures/echo.pcapng captures/echo-log.pcap":
        "Whether each of several captures shows what a lab is about.",
        "Se cada uma de várias capturas mostra aquilo de que um lab trata.";
    "netlab annotate captures/echo.pcapng -o explained.pcapng": "The explanations as comments for Wireshark.",
        "As explicações como comentários para o Wireshark.";
    "netlab serve echo --port 5050": "The echo server, for a client of your own.",
        "O servidor de eco, para um cliente seu.";
    "netlab client echo --port 5050 --message hello": "The echo client, for a server of your own.",
        "O cliente de eco, para um servidor seu.";
    "netlab interfaces": "What can be captured here.", "O que pode ser capturado aqui.";
    "netlab columns": "The columns that --columns knows.", "As colunas que --columns conhece.";
    "netlab completions bash": "The completions of bash.", "O autocompletar do bash.";
    "netlab man replay": "The manual page of a command.", "A página de manual de um comando.";
}

/// The examples of a command; of netlab itself, the first one of each.
pub(super) fn of(verb: Option<&str>) -> impl Iterator<Item = &'static Example> {
    ALL.iter().enumerate().filter_map(move |(place, example)| {
        let own = verb_of(example);
        let first = ALL.iter().position(|other| verb_of(other) == own) == Some(place);
        match verb {
            Some(verb) => verb == own,
            None => first,
        }
        .then_some(example)
    })
}

fn verb_of(example: &Example) -> &'static str {
    example.command.split(' ').nth(1).unwrap_or_default()
}
