//! Why a live capture cannot start or go on.

use std::path::PathBuf;

use thiserror::Error;

use crate::text::Lang;
use crate::text::Text;
use crate::text::grant;
use crate::text::phrase::phrase;

/// Why a live capture cannot start or go on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
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
                PERMISSION_DENIED.fill(lang, &[("interface", interface)])
            }
            Self::NoSuchInterface { name, .. } => NO_SUCH_INTERFACE.fill(lang, &[("name", name)]),
            Self::NoLoopback { .. } => NO_LOOPBACK.get(lang).to_owned(),
            Self::BadFilter { expression, cause } => {
                BAD_FILTER.fill(lang, &[("expression", expression), ("cause", cause)])
            }
            Self::InterfaceDown { interface } => {
                INTERFACE_DOWN.fill(lang, &[("interface", interface)])
            }
            Self::Open { interface, cause } => {
                OPEN.fill(lang, &[("interface", interface), ("cause", cause)])
            }
            Self::Read { interface, cause } => {
                READ.fill(lang, &[("interface", interface), ("cause", cause)])
            }
            Self::Devices { cause } => DEVICES.fill(lang, &[("cause", cause)]),
        }
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        match self {
            Self::PermissionDenied { program, .. } => grant::grant(lang, program),
            Self::NoSuchInterface { known, .. } | Self::NoLoopback { known } => {
                KNOWN_HINT.fill(lang, &[("known", &known.join(", "))])
            }
            Self::BadFilter { .. } => FILTER_HINT.get(lang).to_owned(),
            Self::InterfaceDown { interface } => {
                INTERFACE_DOWN_HINT.fill(lang, &[("interface", interface)])
            }
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

static PERMISSION_DENIED: Text = Text::new(
    "no permission to capture on {interface}",
    "sem permissão para capturar em {interface}",
);
static NO_SUCH_INTERFACE: Text = Text::new(
    "no interface is called {name}",
    "não há interface chamada {name}",
);
phrase! {
    NO_LOOPBACK: "no loopback interface was found", "nenhuma interface de loopback foi encontrada";
}
static KNOWN_HINT: Text = Text::new(
    "choose one of these with -i: {known}",
    "escolha uma destas com -i: {known}",
);
static BAD_FILTER: Text = Text::new(
    "the filter \"{expression}\" does not compile: {cause}",
    "o filtro \"{expression}\" não compila: {cause}",
);
phrase! {
    FILTER_HINT: "the language is that of pcap-filter(7), for instance: tcp port 5050",
        "a linguagem é a de pcap-filter(7), por exemplo: tcp port 5050";
}
static INTERFACE_DOWN: Text = Text::new(
    "the interface {interface} is down",
    "a interface {interface} está desativada",
);
static INTERFACE_DOWN_HINT: Text = Text::new(
    "bring it up: sudo ip link set {interface} up",
    "ative-a: sudo ip link set {interface} up",
);
static OPEN: Text = Text::new(
    "cannot capture on {interface}: {cause}",
    "não é possível capturar em {interface}: {cause}",
);
static READ: Text = Text::new(
    "the capture on {interface} ended: {cause}",
    "a captura em {interface} terminou: {cause}",
);
static DEVICES: Text = Text::new(
    "cannot list the interfaces: {cause}",
    "não é possível listar as interfaces: {cause}",
);
phrase! {
    OTHER_HINT: "see which interfaces can be captured: netlab interfaces",
        "veja quais interfaces podem ser capturadas: netlab interfaces";
}
