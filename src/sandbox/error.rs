//! Why there is no network of our own.

use std::path::PathBuf;

use thiserror::Error;

use crate::text::Lang;
use crate::text::Text;
use crate::text::grant;
use crate::text::phrase::phrase;

/// Why there is no network of our own.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
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
#[non_exhaustive]
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
                forbidden(lang, &by, step, cause).to_string()
            }
            Self::Exhausted { cause, .. } => exhausted(lang, cause).to_string(),
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
                exhausted_hint(lang, &grant).to_string()
            }
            Self::Unsupported { program } if cfg!(target_os = "linux") => {
                grant::grant(lang, program)
            }
            Self::Unsupported { .. } => ADMINISTRATOR_HINT.get(lang).to_owned(),
            Self::TooLate => REPORT_HINT.get(lang).to_owned(),
        }
    }
}

phrase! {
    forbidden(by, step, cause):
        "this system forbids plain users a network of their own: {by} ({step}: {cause})",
        "este sistema não permite que usuários comuns tenham uma rede própria: {by} \
            ({step}: {cause})";
    APP_ARMOR: "AppArmor allows user namespaces only to programs that have a profile",
        "o AppArmor só permite namespaces de usuário a programas que têm um perfil";
    APP_ARMOR_HINT:
        "or install netlab's .deb, which brings a profile; \
         or allow namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
        "ou instale o .deb do netlab, que traz um perfil; \
            ou permita namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0";
    NONE_ALLOWED: "the number of namespaces is limited to 0",
        "o número de namespaces está limitado a 0";
    NONE_ALLOWED_HINT:
        "or allow namespaces: \
         sudo sysctl user.max_user_namespaces=10000 user.max_net_namespaces=10000",
        "ou permita namespaces: \
            sudo sysctl user.max_user_namespaces=10000 user.max_net_namespaces=10000";
    SWITCHED_OFF: "kernel.unprivileged_userns_clone is 0", "kernel.unprivileged_userns_clone é 0";
    SWITCHED_OFF_HINT: "or allow namespaces: sudo sysctl kernel.unprivileged_userns_clone=1",
        "ou permita namespaces: sudo sysctl kernel.unprivileged_userns_clone=1";
    UNKNOWN: "a container or the kernel refuses it", "um contêiner ou o kernel o recusa";
    CONTAINER_HINT: "or, in a container, start it with --cap-add NET_RAW --cap-add NET_ADMIN",
        "ou, em um contêiner, inicie-o com --cap-add NET_RAW --cap-add NET_ADMIN";
    exhausted(cause):
        "this system allows no more namespaces: the limit user.max_net_namespaces or \
         user.max_user_namespaces is reached ({cause})",
        "este sistema não permite mais namespaces: o limite user.max_net_namespaces ou \
            user.max_user_namespaces foi atingido ({cause})";
    exhausted_hint(grant):
        "see both with: sysctl user.max_net_namespaces user.max_user_namespaces\n{grant}",
        "veja os dois com: sysctl user.max_net_namespaces user.max_user_namespaces\n{grant}";
    UNSUPPORTED: "this system cannot give the program a network of its own",
        "este sistema não consegue dar ao programa uma rede própria";
    TOO_LATE: "a network of its own has to be entered before the first thread starts",
        "é preciso entrar na rede própria antes de iniciar a primeira thread";
    ADMINISTRATOR_HINT: "run the command as administrator, or with sudo",
        "execute o comando como administrador ou com sudo";
    REPORT_HINT: "this is an error in netlab: please report it",
        "isto é um erro do netlab: por favor, informe-o";
}
