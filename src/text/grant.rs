//! How to be allowed to capture.

use crate::text::phrase::phrase;
use std::path::Path;

use super::Lang;

phrase! {
    /// Said to whoever may not capture.
    pub allow(command): "allow this program to capture, once: {command}",
        "autorize este programa a capturar, uma única vez: {command}";
}

/// The advice with the command that lets `program` capture without root.
pub fn grant(lang: Lang, program: &Path) -> String {
    allow(lang, setcap(program)).to_string()
}

/// The command that lets `program` capture without root, ready to be pasted into a shell.
pub fn setcap(program: &Path) -> String {
    let path = program.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    let word = if path.chars().all(plain) {
        path.into_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    };
    format!("sudo setcap cap_net_raw=ep {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_survives_a_shell() {
        assert_eq!(
            setcap(Path::new("/usr/bin/netlab")),
            "sudo setcap cap_net_raw=ep /usr/bin/netlab"
        );
        assert_eq!(
            setcap(Path::new("/home/ana/minhas aulas/d'água/netlab")),
            r"sudo setcap cap_net_raw=ep '/home/ana/minhas aulas/d'\''água/netlab'"
        );
    }
}
