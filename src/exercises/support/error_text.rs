//! The sentences of [`ExerciseError`]: what failed, and what to do about it.

use super::error::ExerciseError;
use crate::text::phrase::phrase;
use crate::text::quantity;
use crate::text::{Lang, system};

phrase! {
    in_use(port, ip): "bind: port {port} of {ip} is in use",
        "bind: a porta {port} de {ip} já está em uso";
    in_use_by(port, ip, name, pid): "bind: port {port} of {ip} is in use by {name} (process {pid})",
        "bind: a porta {port} de {ip} já está em uso por {name} (processo {pid})";
    IN_USE_HINT:
        "End that program, or choose another port with --port. A connection in TIME-WAIT also \
         holds the port for some time (60 s on Linux), unless the server sets SO_REUSEADDR (--reuse-addr).",
        "Encerre esse programa ou escolha outra porta com --port. Uma conexão em TIME-WAIT \
            também segura a porta por algum tempo (60 s no Linux), a não ser que o servidor use SO_REUSEADDR \
            (--reuse-addr).";
    in_use_by_hint(pid): "End that program (kill {pid}), or choose another port with --port.",
        "Encerre esse programa (kill {pid}) ou escolha outra porta com --port.";
    denied(port): "bind: port {port} is not for plain users",
        "bind: usuários comuns não podem usar a porta {port}";
    DENIED_HINT: "Ports below 1024 need a privilege; choose a port from 1024 on with --port.",
        "Portas abaixo de 1024 exigem privilégio; escolha uma porta a partir de 1024 com --port.";
    not_local(ip): "bind: this machine has no address {ip}",
        "bind: esta máquina não tem o endereço {ip}";
    NOT_LOCAL_HINT:
        "Use --host 127.0.0.1 for this machine alone, or --host 0.0.0.0 for all its addresses.",
        "Use --host 127.0.0.1 para atender só esta máquina ou --host 0.0.0.0 para todos os \
            endereços dela.";
    refused(call, address): "{call}: connection refused by {address}: nobody listens there",
        "{call}: conexão recusada por {address}: não há ninguém escutando ali";
    REFUSED_HINT: "Start the server first, and compare its address and port with these.",
        "Inicie o servidor antes e compare o endereço e a porta dele com estes.";
    reset(call, peer): "{call}: {peer} broke the connection off (RST)",
        "{call}: {peer} interrompeu a conexão (RST)";
    RESET_HINT: "The program at the other end ended, or closed with bytes that it had not read.",
        "O programa da outra ponta terminou ou fechou a conexão com bytes ainda não lidos.";
    timeout(call, after): "{call}: nothing came for {after}", "{call}: nada chegou em {after}";
    TIMEOUT_HINT:
        "A server that handles one client at a time may be busy with another; with UDP, a \
         datagram may be lost, or nobody listens.",
        "Um servidor que atende um cliente por vez pode estar ocupado com outro; com UDP, um \
            datagrama pode ter se perdido ou ninguém está escutando.";
    ended(received, expected): "recv: the other end closed after {received} of {expected} bytes",
        "recv: a outra ponta fechou a conexão depois de {received} de {expected} bytes";
    ENDED_HINT: "The server has to send all of its answer before it closes.",
        "O servidor precisa enviar toda a resposta antes de fechar.";
    no_name(host): "getaddrinfo: no address found for {host}",
        "getaddrinfo: nenhum endereço encontrado para {host}";
    NO_NAME_HINT: "Check the spelling, or use an address such as 127.0.0.1.",
        "Confira a grafia ou use um endereço, como 127.0.0.1.";
    io(call, cause): "{call}: {cause}", "{call}: {cause}";
    io_at(call, address, cause): "{call} ({address}): {cause}", "{call} ({address}): {cause}";
    IO_HINT: "Check the address and the network, then try again.",
        "Confira o endereço e a rede e tente de novo.";
}

impl ExerciseError {
    /// One sentence: the call that failed and why.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::AddressInUse {
                address,
                owner: None,
            } => in_use(lang, address.port(), address.ip()).to_string(),
            Self::AddressInUse {
                address,
                owner: Some(owner),
            } => in_use_by(lang, address.port(), address.ip(), &owner.name, &owner.pid).to_string(),
            Self::PermissionDenied { address } => denied(lang, address.port()).to_string(),
            Self::NotLocal { address } => not_local(lang, address.ip()).to_string(),
            Self::Refused { call, address } => refused(lang, call, address).to_string(),
            Self::Reset { call, peer } => reset(lang, call, peer).to_string(),
            Self::Timeout { call, after } => {
                timeout(lang, call, quantity::given(*after, lang)).to_string()
            }
            Self::Ended { received, expected } => ended(lang, received, expected).to_string(),
            Self::Http(error) => error.message(lang),
            Self::NameNotFound { host } => no_name(lang, host).to_string(),
            Self::Io {
                call,
                address: None,
                cause,
            } => io(lang, call, system::cause(cause, lang)).to_string(),
            Self::Io {
                call,
                address: Some(address),
                cause,
            } => io_at(lang, call, address, system::cause(cause, lang)).to_string(),
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        match self {
            Self::AddressInUse {
                owner: Some(owner), ..
            } => in_use_by_hint(lang, &owner.pid).to_string(),
            Self::AddressInUse { owner: None, .. } => IN_USE_HINT.get(lang).to_owned(),
            Self::PermissionDenied { .. } => DENIED_HINT.get(lang).to_owned(),
            Self::NotLocal { .. } => NOT_LOCAL_HINT.get(lang).to_owned(),
            Self::Refused { .. } => REFUSED_HINT.get(lang).to_owned(),
            Self::Reset { .. } => RESET_HINT.get(lang).to_owned(),
            Self::Timeout { .. } => TIMEOUT_HINT.get(lang).to_owned(),
            Self::Ended { .. } => ENDED_HINT.get(lang).to_owned(),
            Self::Http(error) => error.hint(lang),
            Self::NameNotFound { .. } => NO_NAME_HINT.get(lang).to_owned(),
            Self::Io { .. } => IO_HINT.get(lang).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::owner::PortOwner;
    use super::*;

    #[test]
    fn each_sentence_names_the_call_and_leaves_no_placeholder() {
        let address = "127.0.0.1:700".parse().unwrap();
        let errors = [
            ExerciseError::AddressInUse {
                address,
                owner: Some(PortOwner {
                    pid: 7,
                    name: "python3".into(),
                }),
            },
            ExerciseError::AddressInUse {
                address,
                owner: None,
            },
            ExerciseError::PermissionDenied { address },
            ExerciseError::NotLocal { address },
            ExerciseError::Refused {
                call: "connect",
                address,
            },
            ExerciseError::Reset {
                call: "recv",
                peer: address,
            },
            ExerciseError::Timeout {
                call: "recv",
                after: std::time::Duration::from_millis(1500),
            },
            ExerciseError::Ended {
                received: 3,
                expected: 9,
            },
            ExerciseError::NameNotFound {
                host: "nada".into(),
            },
            ExerciseError::of("send", None, std::io::ErrorKind::NotConnected.into()),
        ];
        for error in &errors {
            for lang in [Lang::En, Lang::PtBr] {
                let message = error.message(lang);
                let call = message.split([':', ' ']).next().unwrap();
                assert!(
                    ["bind", "connect", "recv", "send", "getaddrinfo"].contains(&call),
                    "{message}"
                );
                assert!(!message.contains('{') && !error.hint(lang).contains('{'));
            }
        }
        assert_eq!(errors[6].message(Lang::PtBr), "recv: nada chegou em 1,5 s");
        assert_eq!(
            errors[0].to_string(),
            "bind: port 700 of 127.0.0.1 is in use by python3 (process 7)"
        );
    }
}
