//! Why there is no network of our own.

use std::path::PathBuf;

use thiserror::Error;

use crate::text::Lang;
use crate::text::Text;
use crate::text::grant;

/// Why there is no network of our own.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SandboxError {
    /// The system lets plain users have no namespaces, or none with rights in it.
    #[error("this system forbids plain users a network of their own ({step}: {cause})")]
    Forbidden {
        /// What was refused.
        step: &'static str,
        /// What the system says.
        cause: String,
        /// This program, which can be allowed to capture without one.
        program: PathBuf,
    },
    /// The system knows no namespaces.
    #[error("this system has no network namespaces")]
    Unsupported {
        /// This program, which can be allowed to capture without one.
        program: PathBuf,
    },
    /// The process has threads already; an error of netlab's own.
    #[error("a network of its own has to be entered before the first thread starts")]
    TooLate,
}

impl SandboxError {
    /// What happened, in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Forbidden { step, cause, .. } => {
                FORBIDDEN.fill(lang, &[("step", step), ("cause", cause)])
            }
            Self::Unsupported { .. } => UNSUPPORTED.get(lang).to_owned(),
            Self::TooLate => TOO_LATE.get(lang).to_owned(),
        }
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        match self {
            Self::Forbidden { program, .. } => grant::grant(lang, program),
            Self::Unsupported { program } if cfg!(target_os = "linux") => {
                grant::grant(lang, program)
            }
            Self::Unsupported { .. } => ADMINISTRATOR_HINT.get(lang).to_owned(),
            Self::TooLate => REPORT_HINT.get(lang).to_owned(),
        }
    }
}

static FORBIDDEN: Text = Text {
    en: "this system forbids plain users a network of their own ({step}: {cause})",
    pt_br: "este sistema não permite que usuários comuns tenham uma rede própria ({step}: {cause})",
};
static UNSUPPORTED: Text = Text {
    en: "this system cannot give the program a network of its own",
    pt_br: "este sistema não consegue dar ao programa uma rede própria",
};
static TOO_LATE: Text = Text {
    en: "a network of its own has to be entered before the first thread starts",
    pt_br: "é preciso entrar na rede própria antes de iniciar a primeira thread",
};
static ADMINISTRATOR_HINT: Text = Text {
    en: "run the command as administrator, or with sudo",
    pt_br: "execute o comando como administrador ou com sudo",
};
static REPORT_HINT: Text = Text {
    en: "this is an error in netlab: please report it",
    pt_br: "isto é um erro do netlab: por favor, informe-o",
};
