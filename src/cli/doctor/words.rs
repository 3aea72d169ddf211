//! What the doctor says.

use crate::text::phrase::phrase;

phrase! {
    pub(super) MAY_CAPTURE:
        "this user may capture here",
        "este usuário pode capturar aqui";
    pub(super) MAY_NOT_CAPTURE:
        "this user may not capture here: the program lacks CAP_NET_RAW",
        "este usuário não pode capturar aqui: falta CAP_NET_RAW ao programa";
    pub(super) CONTAINER:
        "no program in this container can capture: it was started without NET_RAW",
        "nenhum programa deste contêiner pode capturar: ele foi iniciado sem NET_RAW";
    pub(super) NO_NEW_RIGHTS:
        "programs gain no rights here (no_new_privs), so setcap and sudo do not help in this session",
        "aqui nenhum programa ganha direitos (no_new_privs); setcap e sudo, portanto, não ajudam nesta sessão";
    pub(super) no_suid(path):
        "{path} is on a file system that is mounted with nosuid, where setcap has no effect",
        "{path} está em um sistema de arquivos montado com nosuid, onde o setcap não tem efeito";
    pub(super) OWN_NETWORK:
        "netlab lab and netlab run work all the same, in a network of their own",
        "netlab lab e netlab run funcionam mesmo assim, em uma rede própria";
    pub(super) down(interface):
        "{interface} is switched off: no packet passes it",
        "{interface} está desativada: nenhum pacote passa por ela";
    pub(super) passes(ports, interface):
        "the packets of port {ports} pass {interface}",
        "os pacotes da porta {ports} passam por {interface}";
    pub(super) passes_elsewhere(ports, interface, captured):
        "the packets of port {ports} pass {interface}, and {captured} was captured",
        "os pacotes da porta {ports} passam por {interface}, e a captura foi em {captured}";
    pub(super) none_passed(interface):
        "no packet passed {interface} during the capture: nothing was sent there",
        "nenhum pacote passou por {interface} durante a captura: nada foi enviado ali";
    pub(super) none_matched(count; interface, filter):
        "1 packet passed {interface} during the capture, and it does not match the filter: {filter}"
            | "{count} packets passed {interface} during the capture, and none matches the filter: {filter}",
        "1 pacote passou por {interface} durante a captura, e não corresponde ao filtro: {filter}"
            | "{count} pacotes passaram por {interface} durante a captura, e nenhum corresponde ao filtro: {filter}";
    pub(super) nobody_listens(port):
        "nobody waits at port {port} here, nor at any other",
        "ninguém espera na porta {port} aqui, nem em outra";
    pub(super) others_listen(port, others):
        "nobody waits at port {port} here; these wait at others: {others}",
        "ninguém espera na porta {port} aqui; estes esperam em outras: {others}";
    pub(super) listening(list):
        "these wait for clients here: {list}",
        "estes esperam por clientes aqui: {list}";
    pub(super) listens(who, at, protocol):
        "{who} waits at {at} with {protocol}",
        "{who} espera em {at} com {protocol}";
    pub(super) of_user(user):
        "a program of user {user}",
        "um programa do usuário {user}";
    pub(super) localhost(first, at):
        "localhost is {first} first here, and the server waits at {at}: a client that names localhost may call the wrong one",
        "aqui localhost é primeiro {first}, e o servidor espera em {at}: um cliente que usa localhost pode chamar o endereço errado";
    pub(super) in_run(name, pid, port, protocol):
        "{name} ({pid}) waits at port {port} with {protocol} in the network of a netlab run, which other terminals do not reach",
        "{name} ({pid}) espera na porta {port} com {protocol} na rede de um netlab run, que outros terminais não alcançam";
    pub(super) in_another(name, pid, port, protocol):
        "{name} ({pid}) waits at port {port} with {protocol} in another network namespace, such as a container's",
        "{name} ({pid}) espera na porta {port} com {protocol} em outro namespace de rede, como o de um contêiner";
    pub(super) firewall(rule):
        "a firewall rule stops such packets: {rule}",
        "uma regra de firewall barra esses pacotes: {rule}";
    pub(super) other_tshark(version, ours):
        "tshark here is {version}, and rows follow Wireshark {ours}: some words differ",
        "o tshark daqui é {version}, e as linhas seguem o Wireshark {ours}: algumas palavras diferem";
}
