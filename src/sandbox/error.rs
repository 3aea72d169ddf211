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
    #[error("{}", self.message(Lang::En))]
    Forbidden {
        /// What was refused.
        step: &'static str,
        /// What the system says.
        cause: String,
        /// What forbids it, where that was found.
        barrier: Barrier,
        /// This program, which can be allowed to capture without one.
        program: PathBuf,
    },
    /// As many namespaces as the system allows exist already; it may allow none.
    #[error("this system allows no more namespaces ({cause})")]
    Exhausted {
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

/// What keeps plain users from namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// AppArmor allows user namespaces only to programs with a profile (Ubuntu 23.10 and later).
    AppArmor,
    /// `user.max_user_namespaces` or `user.max_net_namespaces` is 0.
    NoneAllowed,
    /// Debian's and Arch's `kernel.unprivileged_userns_clone` is 0.
    SwitchedOff,
    /// Something else, such as the system call filter of a container.
    Unknown,
}

impl Barrier {
    /// What it is.
    fn name(self) -> &'static Text {
        match self {
            Barrier::AppArmor => &APP_ARMOR,
            Barrier::NoneAllowed => &NONE_ALLOWED,
            Barrier::SwitchedOff => &SWITCHED_OFF,
            Barrier::Unknown => &UNKNOWN,
        }
    }

    /// How an administrator takes it away.
    fn way_out(self) -> &'static Text {
        match self {
            Barrier::AppArmor => &APP_ARMOR_HINT,
            Barrier::NoneAllowed => &NONE_ALLOWED_HINT,
            Barrier::SwitchedOff => &SWITCHED_OFF_HINT,
            Barrier::Unknown => &CONTAINER_HINT,
        }
    }
}

impl SandboxError {
    /// What happened, in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Forbidden {
                step,
                cause,
                barrier,
                ..
            } => {
                let by = barrier.name().get(lang);
                FORBIDDEN.fill(lang, &[("by", &by), ("step", step), ("cause", cause)])
            }
            Self::Exhausted { cause, .. } => EXHAUSTED.fill(lang, &[("cause", cause)]),
            Self::Unsupported { .. } => UNSUPPORTED.get(lang).to_owned(),
            Self::TooLate => TOO_LATE.get(lang).to_owned(),
        }
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        match self {
            Self::Forbidden {
                program, barrier, ..
            } => {
                let allow = barrier.way_out().get(lang);
                format!("{}\n{allow}", grant::grant(lang, program))
            }
            Self::Exhausted { program, .. } => {
                let grant = grant::grant(lang, program);
                EXHAUSTED_HINT.fill(lang, &[("grant", &grant)])
            }
            Self::Unsupported { program } if cfg!(target_os = "linux") => {
                grant::grant(lang, program)
            }
            Self::Unsupported { .. } => ADMINISTRATOR_HINT.get(lang).to_owned(),
            Self::TooLate => REPORT_HINT.get(lang).to_owned(),
        }
    }
}

static FORBIDDEN: Text = Text {
    en: "this system forbids plain users a network of their own: {by} ({step}: {cause})",
    pt_br: "este sistema não permite que usuários comuns tenham uma rede própria: {by} \
            ({step}: {cause})",
};
static APP_ARMOR: Text = Text {
    en: "AppArmor allows user namespaces only to programs that have a profile",
    pt_br: "o AppArmor só permite namespaces de usuário a programas que têm um perfil",
};
static APP_ARMOR_HINT: Text = Text {
    en: "or install netlab's .deb, which brings a profile; \
         or allow namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    pt_br: "ou instale o .deb do netlab, que traz um perfil; \
            ou permita namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
};
static NONE_ALLOWED: Text = Text {
    en: "the number of namespaces is limited to 0",
    pt_br: "o número de namespaces está limitado a 0",
};
static NONE_ALLOWED_HINT: Text = Text {
    en: "or allow namespaces: \
         sudo sysctl user.max_user_namespaces=10000 user.max_net_namespaces=10000",
    pt_br: "ou permita namespaces: \
            sudo sysctl user.max_user_namespaces=10000 user.max_net_namespaces=10000",
};
static SWITCHED_OFF: Text = Text {
    en: "kernel.unprivileged_userns_clone is 0",
    pt_br: "kernel.unprivileged_userns_clone é 0",
};
static SWITCHED_OFF_HINT: Text = Text {
    en: "or allow namespaces: sudo sysctl kernel.unprivileged_userns_clone=1",
    pt_br: "ou permita namespaces: sudo sysctl kernel.unprivileged_userns_clone=1",
};
static UNKNOWN: Text = Text {
    en: "a container or the kernel refuses it",
    pt_br: "um contêiner ou o kernel o recusa",
};
static CONTAINER_HINT: Text = Text {
    en: "or, in a container, start it with --cap-add NET_RAW --cap-add NET_ADMIN",
    pt_br: "ou, em um contêiner, inicie-o com --cap-add NET_RAW --cap-add NET_ADMIN",
};
static EXHAUSTED: Text = Text {
    en: "this system allows no more namespaces: the limit user.max_net_namespaces or \
         user.max_user_namespaces is reached ({cause})",
    pt_br: "este sistema não permite mais namespaces: o limite user.max_net_namespaces ou \
            user.max_user_namespaces foi atingido ({cause})",
};
static EXHAUSTED_HINT: Text = Text {
    en: "see both with: sysctl user.max_net_namespaces user.max_user_namespaces\n{grant}",
    pt_br: "veja os dois com: sysctl user.max_net_namespaces user.max_user_namespaces\n{grant}",
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
