//! Help texts, in both languages. clap is given the English one; [`super::localize`] puts the
//! other in its place before arguments are read. A test asks that every help text stands here.

use crate::text::Text;

macro_rules! words {
    ($($name:ident: $en:literal, $pt_br:literal;)*) => {
        $(pub(super) static $name: Text = Text { en: $en, pt_br: $pt_br };)*
        /// Every help text.
        pub(super) static ALL: &[&Text] = &[$(&$name),*];
    };
}

words! {
    ABOUT: "Turns a socket-programming exercise into an explained packet capture",
        "Transforma um exercício de programação com sockets em uma captura de pacotes explicada";
    LANG: "Language of the texts: en or pt-BR [default: from LC_ALL, LC_MESSAGES or LANG]",
        "Idioma dos textos: en ou pt-BR [padrão: de LC_ALL, LC_MESSAGES ou LANG]";
    COLOR: "When to colour: auto, always or never [default: auto]",
        "Quando usar cores: auto, always ou never [padrão: auto]";
    WIRESHARK: "Whose words the rows have: Wireshark 4.6, 4.4 or 4.0 [default: from NETLAB_WIRESHARK, else 4.6]",
        "De quem são as palavras das linhas: Wireshark 4.6, 4.4 ou 4.0 [padrão: de NETLAB_WIRESHARK, senão 4.6]";
    NO_PAGER: "Do not show long output in a pager (PAGER, else less)",
        "Não mostra saídas longas em um paginador (PAGER, senão less)";
    HELP: "Print help", "Mostra a ajuda";
    VERSION: "Print version", "Mostra a versão";
    HELP_VERB: "Print the help of a command", "Mostra a ajuda de um comando";

    LAB: "Run an experiment: server, client and capture in one command; alone, list the labs",
        "Executa um experimento: servidor, cliente e captura em um só comando; sozinho, lista os labs";
    RUN: "Run your own server and clients beside a capture: packets, socket calls, what went wrong",
        "Executa o seu servidor e os seus clientes ao lado de uma captura: pacotes, chamadas de socket, o que deu errado";
    SHELL_VERB: "Open a shell in the network of a netlab run of yours, to type clients in another terminal",
        "Abre um shell na rede de um netlab run seu, para digitar clientes em outro terminal";
    SHELL_COMMAND: "What to run there [default: your shell]", "O que executar lá [padrão: o seu shell]";
    DOCTOR: "Find out why nothing can be captured or is: rights, interface, who listens, firewall",
        "Descobre por que nada pode ser ou é capturado: direitos, interface, quem escuta, firewall";
    DOCTOR_PORT: "The port whose packets are missing; may be given several times",
        "A porta cujos pacotes faltam; pode ser dada várias vezes";
    STATES: "List the sockets of a port as netstat and ss do, and say what each state means",
        "Lista os sockets de uma porta como o netstat e o ss, e diz o que cada estado significa";
    STATES_PORT: "Only sockets that have or call this port; may be given several times",
        "Só os sockets que têm ou chamam esta porta; pode ser dada várias vezes";
    WATCH: "Go on, and print each change of a state with its time",
        "Continua, e mostra cada mudança de estado com a sua hora";
    CAPTURE_STATES: "Show between the packets how the kernel's states of these sockets change",
        "Mostra entre os pacotes como mudam os estados destes sockets no kernel";
    SOURCE: "Show the exercise in twenty lines of python, c or rust, and run just that",
        "Mostra o exercício em vinte linhas de python, c ou rust, e executa justamente isso";
    LAB_SERVER_CMD: "Run this command as the server, in place of netlab's own",
        "Executa este comando como servidor, no lugar do próprio netlab";
    LAB_CLIENT_CMD: "Run this command as the client, in place of netlab's own",
        "Executa este comando como cliente, no lugar do próprio netlab";
    RUN_SERVER: "The server's command, as typed in a terminal", "O comando do servidor, como digitado em um terminal";
    RUN_CLIENT: "A client's command, started once the server listens; may be given several times",
        "O comando de um cliente, iniciado quando o servidor está escutando; pode ser dado várias vezes";
    RUN_COMMAND: "One program alone", "Um programa sozinho";
    RUN_CLIENTS: "Start every client N times", "Inicia cada cliente N vezes";
    RUN_DELAY: "Wait this long between the server's listen and the clients, for example 500ms",
        "Espera este tempo entre o listen do servidor e os clientes, por exemplo 500ms";
    RUN_PORT: "The port at which the server is waited for [default: the first at which it listens]",
        "A porta em que se espera pelo servidor [padrão: a primeira em que ele escuta]";
    RUN_LIMIT: "Stop everything after this time, for example 30s", "Encerra tudo depois deste tempo, por exemplo 30s";
    SERVER_INPUT: "A line that the server reads from the keyboard; may be given several times",
        "Uma linha que o servidor lê do teclado; pode ser dada várias vezes";
    CLIENT_INPUT: "A line that each client reads from the keyboard; may be given several times",
        "Uma linha que cada cliente lê do teclado; pode ser dada várias vezes";
    CALLS_IN_CAPTURE: "Put the socket calls between the packets of the -w file, where Wireshark lists them as rows",
        "Põe as chamadas de socket entre os pacotes do arquivo de -w, onde o Wireshark as mostra como linhas";
    LEDGER: "Show where the time of each message went: send, packets, recv, acknowledgment",
        "Mostra para onde foi o tempo de cada mensagem: send, pacotes, recv, reconhecimento";
    RUN_NO_CALLS: "Do not watch the programs: packets only, at full speed",
        "Não acompanha os programas: só os pacotes, em velocidade máxima";
    CAPTURE: "Capture live, beside programs that already run",
        "Captura ao vivo, ao lado de programas que já estão rodando";
    REPLAY: "Show the packets of a capture file", "Mostra os pacotes de um arquivo de captura";
    CONVERSATIONS: "List the conversations of a capture file, one row each",
        "Lista as conversas de um arquivo de captura, uma por linha";
    CONVERSATIONS_FORMAT: "Format: table, tsv, csv, json, jsonl, md or zeek (a conn.log) [default: table, or by the suffix of -o]",
        "Formato: table, tsv, csv, json, jsonl, md ou zeek (um conn.log) [padrão: table, ou pelo sufixo de -o]";
    REPORT: "Write a report on capture files: Markdown, HTML, LaTeX, CSV or JSON",
        "Grava um relatório sobre arquivos de captura: Markdown, HTML, LaTeX, CSV ou JSON";
    COPIES: "Find captures of the same run, also cut, filtered, saved again or with other times",
        "Encontra capturas da mesma execução, também cortadas, filtradas, salvas de novo ou com outros horários";
    NONCE: "Put this text into the client's message, so that a capture can be told by it",
        "Põe este texto na mensagem do cliente, para que se reconheça a captura por ele";
    DIFF: "Show two captures side by side: their numbers, and their packets in pairs",
        "Mostra duas capturas lado a lado: seus números, e seus pacotes em pares";
    DIFF_A: "A capture file", "Um arquivo de captura";
    DIFF_B: "Another one", "Outro";
    DIFF_FORMAT: "Format: text, md, html, json, tex or csv [default: text, or by the suffix of -o]",
        "Formato: text, md, html, json, tex ou csv [padrão: text, ou pelo sufixo de -o]";
    CHECK: "Check whether each of many captures shows what was asked, one row each",
        "Verifica se cada uma de muitas capturas mostra o que se pediu, uma linha para cada";
    CHECK_FILES: "Capture files, and folders of them", "Arquivos de captura, e pastas deles";
    EXPECT: "What each capture must show: a lab's id, or a .toml file with lines of expectations",
        "O que cada captura deve mostrar: o id de um lab, ou um arquivo .toml com linhas de expectativas";
    CHECK_FORMAT: "Format: table, csv, json, html, md, junit, gradescope, github or moodle [default: table, or by the suffix of -o]",
        "Formato: table, csv, json, html, md, junit, gradescope, github ou moodle [padrão: table, ou pelo sufixo de -o]";
    CHECK_OUTPUT: "Write the results to OUT; the format follows its suffix: .csv .json .html .md .xml",
        "Grava os resultados em OUT; o formato segue o sufixo: .csv .json .html .md .xml";
    CHECK_PORT: "Judge by the packets of this port alone; may be repeated",
        "Julga só pelos pacotes desta porta; pode ser repetida";
    EXPORT_VERB: "Write captures as Parquet tables, for DuckDB, pandas and Spark",
        "Grava capturas como tabelas Parquet, para DuckDB, pandas e Spark";
    EXPORT_OUTPUT: "The folder of the tables; what is there of other captures stays",
        "A pasta das tabelas; o que há nela de outras capturas permanece";
    ANNOTATE: "Copy a capture file with an explanation as a comment on each packet, for Wireshark",
        "Copia um arquivo de captura com uma explicação como comentário em cada pacote, para o Wireshark";
    ANNOTATE_OUTPUT: "Write the copy to OUT, a .pcapng; '-' is standard output",
        "Grava a cópia em OUT, um .pcapng; '-' é a saída padrão";
    FILES: "Capture files (.pcap, .pcapng, also .gz, .zst and .lz4); '-' reads standard input",
        "Arquivos de captura (.pcap, .pcapng, também .gz, .zst e .lz4); '-' lê a entrada padrão";
    REPORT_OUTPUT: "Write the report to OUT; the format follows its suffix: .md .html .tex .csv .json",
        "Grava o relatório em OUT; o formato segue o sufixo: .md .html .tex .csv .json";
    REPORT_FORMAT: "Format: md, html, tex, csv or json [default: by the suffix of -o]",
        "Formato: md, html, tex, csv ou json [padrão: pelo sufixo de -o]";
    SECTIONS: "Only these sections, separated by commas: capture, conversations, details, pictures, udp, http, questions",
        "Só estas seções, separadas por vírgulas: capture, conversations, details, pictures, udp, http, questions";
    BRIEF: "A short report: summary, pictures and answers", "Um relatório curto: resumo, figuras e respostas";
    BLANK: "Leave the answers out, for students to fill in", "Sem as respostas, para os alunos preencherem";
    KEY: "Only the questions with their answers, numbered as in --blank",
        "Só as perguntas com suas respostas, numeradas como em --blank";
    REPORT_STREAM: "Only this conversation, by its stream number: 3, tcp:3 or udp:3; may be repeated",
        "Só esta conversa, pelo número do fluxo: 3, tcp:3 ou udp:3; pode ser repetida";
    CONVERSATIONS_MAX: "Describe at most N conversations one by one [default: 50]",
        "Descreve no máximo N conversas uma a uma [padrão: 50]";
    ROWS_MAX: "Show at most N packets of a conversation [default: 200]",
        "Mostra no máximo N pacotes de uma conversa [padrão: 200]";
    EXPLAIN: "Explain the packets of a capture file, one sentence each",
        "Explica os pacotes de um arquivo de captura, uma frase para cada um";
    PACKET: "Only the packet with this number", "Só o pacote com este número";
    WHY: "Also the arithmetic behind each sentence, with the section of the RFC",
        "Também a conta por trás de cada frase, com a seção da RFC";
    EXPLAIN_FORMAT: "Format: text, tsv, csv, json, jsonl or md [default: text, or by the suffix of -o]",
        "Formato: text, tsv, csv, json, jsonl ou md [padrão: text, ou pelo sufixo de -o]";
    EXPLAIN_OUTPUT: "Write the explanations to FILE; the format follows its suffix",
        "Grava as explicações em FILE; o formato segue o sufixo";
    NO_WRAP: "Do not wrap sentences to the width of the terminal",
        "Não quebra as frases na largura do terminal";
    SORT: "Sort by this column: numbers with the largest first, texts from A to Z",
        "Ordena por esta coluna: números a partir do maior, textos de A a Z";
    REVERSE: "Reverse the order", "Inverte a ordem";
    WITH_PORT: "Only conversations with this port; may be repeated",
        "Só conversas com esta porta; pode ser repetida";
    WITH_HOST: "Only conversations with this IP address, or localhost; may be repeated",
        "Só conversas com este endereço IP, ou localhost; pode ser repetido";
    FOLLOW: "Show what each side of a conversation sent, in order",
        "Mostra o que cada lado de uma conversa enviou, em ordem";
    FOLLOW_STREAM: "Only this TCP conversation, by tcp.stream; may be repeated",
        "Só esta conversa TCP, por tcp.stream; pode ser repetida";
    FOLLOW_UDP_STREAM: "Only this UDP conversation, by udp.stream; may be repeated",
        "Só esta conversa UDP, por udp.stream; pode ser repetida";
    FOLLOW_FROM: "Only what this side sent: client or server",
        "Só o que este lado enviou: client ou server";
    FOLLOW_FORMAT: "Format: text, hex, raw (the bytes alone) or json [default: text, or by the suffix of -o: .txt .hex .raw .bin .json]",
        "Formato: text, hex, raw (só os bytes) ou json [padrão: text, ou pelo sufixo de -o: .txt .hex .raw .bin .json]";
    FOLLOW_OUTPUT: "Write it to FILE", "Grava em FILE";
    LADDER: "Draw conversations as ladder diagrams: an arrow for each packet",
        "Desenha conversas como diagramas de sequência: uma seta para cada pacote";
    PLOT: "Plot conversations over time: sequence numbers, round trips or throughput",
        "Desenha gráficos de conversas no tempo: números de sequência, RTT ou vazão";
    SERVE: "Run the server of an exercise", "Executa o servidor de um exercício";
    CLIENT: "Run the client of an exercise", "Executa o cliente de um exercício";
    INTERFACES: "List what can be captured here, and the default",
        "Lista o que pode ser capturado aqui, e o padrão";
    COLUMNS_VERB: "List the columns that --columns knows", "Lista as colunas que --columns conhece";
    COMPLETIONS: "Print the completions of a shell", "Imprime o autocompletar de um shell";
    MAN: "Print the manual page of netlab, or of one of its commands",
        "Imprime a página de manual do netlab, ou de um dos seus comandos";
    MAN_VERB: "Which command; without it, the page of netlab itself",
        "Qual comando; sem ele, a página do próprio netlab";

    FILE: "Capture file (.pcap, .pcapng, also .gz, .zst and .lz4); '-' reads standard input",
        "Arquivo de captura (.pcap, .pcapng, também .gz, .zst e .lz4); '-' lê a entrada padrão";
    LAB_ID: "Which lab; without it, the list of labs", "Qual lab; sem ele, a lista dos labs";
    EXERCISE_ID: "Which exercise", "Qual exercício";
    SHELL: "bash, zsh, fish, elvish or powershell", "bash, zsh, fish, elvish ou powershell";
    INTERFACE: "Interface to capture on [default: the loopback interface]",
        "Interface em que capturar [padrão: a interface de loopback]";
    PORT: "Only this TCP or UDP port, and the ICMP errors about it; may be repeated",
        "Só esta porta TCP ou UDP, e os erros ICMP sobre ela; pode ser repetida";
    HOST: "Only this IP address, or localhost; may be repeated",
        "Só este endereço IP, ou localhost; pode ser repetido";
    FILTER: "Only what this BPF filter accepts, in tcpdump's language",
        "Só o que este filtro BPF aceita, na linguagem do tcpdump";
    DISPLAY_FILTER: "Only what this display filter accepts, in Wireshark's language: tcp.len > 0",
        "Só o que este filtro de exibição aceita, na linguagem do Wireshark: tcp.len > 0";
    WRITE: "Also write the packets to FILE: pcapng by that suffix, else pcap; '-' is standard output",
        "Também grava os pacotes em FILE: pcapng se for este o sufixo, senão pcap; '-' é a saída padrão";
    COUNT: "Stop after N packets", "Para depois de N pacotes";
    COUNT_ROWS: "Show at most N packets", "Mostra no máximo N pacotes";
    DURATION: "Stop after this time, such as 5s or 500ms", "Para depois deste tempo, como 5s ou 500ms";
    UNTIL: "Stop once every conversation seen has closed (UNTIL: closed)",
        "Para quando todas as conversas vistas tiverem encerrado (UNTIL: closed)";
    FORMAT: "Format: table, tsv, csv, json, jsonl or md [default: table, or by the suffix of -o]",
        "Formato: table, tsv, csv, json, jsonl ou md [padrão: table, ou pelo sufixo de -o]";
    COLUMNS: "Columns, separated by commas; +NAME adds one to the default (netlab columns lists those of packets)",
        "Colunas, separadas por vírgulas; +NOME acrescenta uma ao padrão (netlab columns lista as de pacotes)";
    TIME: "Time column: r since the first packet, d since the previous, dd since the previous shown, a time of day, ad with date, u time of day in UTC, e since 1970 [default: r]",
        "Coluna de tempo: r desde o primeiro pacote, d desde o anterior, dd desde o anterior mostrado, a hora do dia, ad com data, u hora em UTC, e desde 1970 [padrão: r]";
    LAB_OUTPUT: "Write a report on the run to FILE: .html .md .tex .csv .json; with -T or --columns, or by .tsv .txt .jsonl, the table",
        "Grava um relatório da execução em FILE: .html .md .tex .csv .json; com -T ou --columns, ou por .tsv .txt .jsonl, a tabela";
    OUTPUT: "Write the table to FILE; the format follows its suffix",
        "Grava a tabela em FILE; o formato segue o sufixo";
    QUIET: "No packet rows, only the summary", "Sem linhas de pacotes, só o resumo";
    DETAILS: "Every known field of a packet under its row",
        "Todos os campos conhecidos de um pacote abaixo da sua linha";
    HEX: "The bytes of a packet in hexadecimal under its row",
        "Os bytes de um pacote em hexadecimal abaixo da sua linha";
    NUMERIC: "Accepted for tcpdump's sake: names are never resolved",
        "Aceito por causa do tcpdump: nomes nunca são resolvidos";
    WIDE: "Do not shorten rows to the width of the terminal",
        "Não encurta as linhas para a largura do terminal";
    PACE: "Replay at the capture's own speed, or PACE times faster (10x)",
        "Reproduz na velocidade da captura, ou PACE vezes mais rápido (10x)";
    CALLS: "Show the programs' socket calls between the packets, in tsv and csv too",
        "Mostra as chamadas de socket dos programas entre os pacotes, também em tsv e csv";
    NO_CALLS: "Leave the programs' socket calls out of the table",
        "Deixa as chamadas de socket dos programas fora da tabela";
    REPEAT: "Run the lab N times and count how it came out",
        "Executa o lab N vezes e conta os desfechos";
    OF_LAB: "Also answer the question of this lab from the packets",
        "Também responde à pergunta deste lab a partir dos pacotes";
    RECORDED: "Show the recorded run of the lab, where it cannot run: packets, calls and answer",
        "Mostra a execução gravada do lab, onde ele não pode rodar: pacotes, chamadas e resposta";
    SANDBOX: "Run in a network namespace of its own, as a plain user does anyway",
        "Executa em um namespace de rede próprio, como já faz um usuário comum";
    NO_SANDBOX: "Use the real loopback interface, which needs the right to capture",
        "Usa a interface de loopback real, o que exige permissão de captura";

    KIND: "What to plot: sequence, rtt or throughput [default: sequence]",
        "O que desenhar: sequence, rtt ou throughput [padrão: sequence]";
    STREAM: "Draw this TCP conversation, by tcp.stream; may be repeated",
        "Desenha esta conversa TCP, por tcp.stream; pode ser repetida";
    UDP_STREAM: "Draw this UDP conversation, by udp.stream; may be repeated",
        "Desenha esta conversa UDP, por udp.stream; pode ser repetida";
    PICTURE_OUTPUT: "Write the picture to FILE: SVG by the suffix .svg, text by .txt",
        "Grava a figura em FILE: SVG pelo sufixo .svg, texto por .txt";
    WIDTH: "Columns of a picture in text [default: the terminal's, or 100]",
        "Colunas de uma figura em texto [padrão: as do terminal, ou 100]";
    VIEW_VERB: "Walk through an exchange in the terminal, packet by packet: ladder or table, what each packet does, its bytes",
        "Percorre uma troca no terminal, pacote por pacote: diagrama ou tabela, o que cada pacote faz, seus bytes";
    VIEW: "Show it in a view to walk through, as netlab view does, while it happens",
        "Mostra em uma visualização para percorrer, como netlab view, enquanto acontece";
    LARGE: "Begin with the ladder of one conversation in big parts, for the back row",
        "Começa com o diagrama de uma conversa em partes grandes, para a última fileira";
    HIGH_CONTRAST: "No colours, everything bold, for projectors", "Sem cores, tudo em negrito, para projetores";
    ASCII: "Draw with ASCII characters alone", "Desenha só com caracteres ASCII";
    TOGETHER: "Clients of one server side by side in one diagram",
        "Clientes de um mesmo servidor lado a lado em um só diagrama";
    ARROWS: "Arrows of a conversation at most, from its beginning and its end [default: 200]",
        "Máximo de setas de uma conversa, do seu início e do seu fim [padrão: 200]";
    CONVERSATIONS_DRAWN: "Conversations at most, from the first on [default: 8 ladders or 4 plots]",
        "Máximo de conversas, a partir da primeira [padrão: 8 diagramas ou 4 gráficos]";

    SERVER_HOST: "Address to listen on [default: 127.0.0.1]",
        "Endereço em que escutar [padrão: 127.0.0.1]";
    CLIENT_HOST: "Server to connect to [default: 127.0.0.1]",
        "Servidor ao qual conectar [padrão: 127.0.0.1]";
    EXERCISE_PORT: "Port [default: the exercise's own]", "Porta [padrão: a do exercício]";
    MESSAGE: "Message to send; '-' sends each line of standard input",
        "Mensagem a enviar; '-' envia cada linha da entrada padrão";
    MESSAGE_ONE: "Message to send", "Mensagem a enviar";
    BUFFER: "Size of the receive buffer in bytes [default: 1024]",
        "Tamanho do buffer de recepção em bytes [padrão: 1024]";
    BACKLOG: "Length of the queue of pending connections",
        "Tamanho da fila de conexões pendentes";
    CLIENTS: "How many clients to serve before ending [default: 1]",
        "Quantos clientes atender antes de terminar [padrão: 1]";
    FOREVER: "Serve clients until Ctrl-C", "Atende clientes até Ctrl-C";
    CLOSE_DELAY: "Wait this long after the client's close before closing, such as 100ms",
        "Espera este tempo depois do encerramento do cliente antes de encerrar, como 100ms";
    EAGER_CLOSE: "Server closes at once: Linux then closes in three segments",
        "O servidor encerra na hora: o Linux então encerra em três segmentos";
    REUSE_ADDR: "Set SO_REUSEADDR before bind", "Ativa SO_REUSEADDR antes do bind";
    IDLE_TIMEOUT: "How long a silent client is kept, such as 30s",
        "Por quanto tempo um cliente calado é mantido, como 30s";
    MODE: "How to serve several clients: async, threads or iterative (web: also one)",
        "Como atender vários clientes: async, threads ou iterative (web: também one)";
    LOSS: "Share of the pings to drop, 0 to 1 [default: 4/11]",
        "Fração dos pings a descartar, de 0 a 1 [padrão: 4/11]";
    SEED: "Makes the losses repeatable", "Torna as perdas repetíveis";
    ROOT: "Folder to serve [default: a small bundled site]",
        "Pasta a servir [padrão: um pequeno site embutido]";
    HOST_PORT_PATH: "Server, the same as --host", "Servidor, o mesmo que --host";
    PATH: "Path to ask a web server for", "Caminho a pedir a um servidor web";
    TIMEOUT: "How long to wait for an answer, such as 5s",
        "Quanto tempo esperar por uma resposta, como 5s";
    TIMES: "How often to connect, or to ping", "Quantas vezes conectar, ou enviar um ping";
    CLIENTS_AT_ONCE: "How many clients at once", "Quantos clientes ao mesmo tempo";
    PAUSE: "Pause between messages", "Pausa entre mensagens";
    ANSWERS: "Messages of a client to answer before closing",
        "Mensagens de um cliente a responder antes de encerrar";
    MESSAGES: "Messages that each client sends", "Mensagens que cada cliente envia";
    UNCONNECTED: "Use a UDP socket without connect, which hears of no refusal",
        "Usa um socket UDP sem connect, que não fica sabendo de recusas";
    KEEP_ALIVE: "Several requests on one connection", "Várias requisições em uma só conexão";
}
