//! Why a live capture cannot start or go on.

use std::path::PathBuf;

use thiserror::Error;

use crate::text::Lang;
use crate::text::grant;
use crate::text::phrase::phrase;

/// Why a live capture cannot start or go on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LiveError {
    /// The user may not capture here.
    #[error("no permission to capture on {interface}")]
    PermissionDenied {
        /// The interface.
        interface: String,
        /// This program, which can be allowed to.
        program: PathBuf,
    },
    /// There is no interface of that name.
    #[error("no interface is called {name}")]
    NoSuchInterface {
        /// The name that was asked for.
        name: String,
        /// The interfaces there are.
        known: Vec<String>,
    },
    /// None of the interfaces is a loopback.
    #[error("no loopback interface was found")]
    NoLoopback {
        /// The interfaces there are.
        known: Vec<String>,
    },
    /// The filter does not compile.
    #[error("the filter \"{expression}\" does not compile: {cause}")]
    BadFilter {
        /// The filter.
        expression: String,
        /// What libpcap says.
        cause: String,
    },
    /// The interface is down.
    #[error("{interface} is down")]
    InterfaceDown {
        /// The interface.
        interface: String,
    },
    /// The interface cannot be opened for another reason.
    #[error("cannot capture on {interface}: {cause}")]
    Open {
        /// The interface.
        interface: String,
        /// What libpcap or the system says.
        cause: String,
    },
    /// The capture broke while it ran.
    #[error("the capture on {interface} ended: {cause}")]
    Read {
        /// The interface.
        interface: String,
        /// What libpcap or the system says.
        cause: String,
    },
    /// The interfaces cannot be listed.
    #[error("cannot list the interfaces: {cause}")]
    Devices {
        /// What libpcap says.
        cause: String,
    },
}

impl LiveError {
    /// What happened, in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::PermissionDenied { interface, .. } => {
                permission_denied(lang, interface).to_string()
            }
            Self::NoSuchInterface { name, .. } => no_such_interface(lang, name).to_string(),
            Self::NoLoopback { .. } => NO_LOOPBACK.get(lang).to_owned(),
            Self::BadFilter { expression, cause } => {
                bad_filter(lang, expression, cause).to_string()
            }
            Self::InterfaceDown { interface } => interface_down(lang, interface).to_string(),
            Self::Open { interface, cause } => open(lang, interface, cause).to_string(),
            Self::Read { interface, cause } => cannot_read(lang, interface, cause).to_string(),
            Self::Devices { cause } => devices(lang, cause).to_string(),
        }
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        match self {
            Self::PermissionDenied { program, .. } => grant::grant(lang, program),
            Self::NoSuchInterface { known, .. } | Self::NoLoopback { known } => {
                known_hint(lang, known.join(", ")).to_string()
            }
            Self::BadFilter { .. } => FILTER_HINT.get(lang).to_owned(),
            Self::InterfaceDown { interface } => interface_down_hint(lang, interface).to_string(),
            Self::Open { .. } | Self::Read { .. } | Self::Devices { .. } => {
                OTHER_HINT.get(lang).to_owned()
            }
        }
    }

    pub(super) fn read(interface: &str, cause: impl ToString) -> Self {
        Self::Read {
            interface: interface.to_owned(),
            cause: cause.to_string(),
        }
    }
}

phrase! {
    permission_denied(interface): "no permission to capture on {interface}",
        "sem permissão para capturar em {interface}";
    no_such_interface(name): "no interface is called {name}", "não há interface chamada {name}";
    NO_LOOPBACK: "no loopback interface was found", "nenhuma interface de loopback foi encontrada";
    known_hint(known): "choose one of these with -i: {known}", "escolha uma destas com -i: {known}";
    bad_filter(expression, cause): "the filter \"{expression}\" does not compile: {cause}",
        "o filtro \"{expression}\" não compila: {cause}";
    FILTER_HINT: "the language is that of pcap-filter(7), for instance: tcp port 5050",
        "a linguagem é a de pcap-filter(7), por exemplo: tcp port 5050";
    interface_down(interface): "the interface {interface} is down",
        "a interface {interface} está desativada";
    interface_down_hint(interface): "bring it up: sudo ip link set {interface} up",
        "ative-a: sudo ip link set {interface} up";
    open(interface, cause): "cannot capture on {interface}: {cause}",
        "não é possível capturar em {interface}: {cause}";
    cannot_read(interface, cause): "the capture on {interface} ended: {cause}",
        "a captura em {interface} terminou: {cause}";
    devices(cause): "cannot list the interfaces: {cause}",
        "não é possível listar as interfaces: {cause}";
    OTHER_HINT: "see which interfaces can be captured: netlab interfaces",
        "veja quais interfaces podem ser capturadas: netlab interfaces";
}
