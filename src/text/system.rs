//! What the operating system says of a failure, in the reader's language.

use std::io::{Error, ErrorKind};

use super::Lang;

/// The cause of a failure with the system's number. English has the system's own words;
/// Portuguese has those of glibc's catalogue for what files usually fail with, else the same.
pub fn cause(error: &Error, lang: Lang) -> String {
    match (lang, error.raw_os_error(), portuguese(error.kind())) {
        (Lang::PtBr, Some(number), Some(words)) => format!("{words} (erro {number} do sistema)"),
        _ => error.to_string(),
    }
}

fn portuguese(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "Arquivo ou diretório inexistente",
        ErrorKind::PermissionDenied => "Permissão negada",
        ErrorKind::IsADirectory => "É um diretório",
        ErrorKind::NotADirectory => "Não é um diretório",
        ErrorKind::StorageFull => "Não há espaço disponível no dispositivo",
        ErrorKind::ReadOnlyFilesystem => "Sistema de arquivos somente para leitura",
        _ => return None,
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Error, Lang, cause};

    #[test]
    fn what_files_fail_with_is_said_in_both_languages() {
        let said = [
            (2, "Arquivo ou diretório inexistente (erro 2 do sistema)"),
            (13, "Permissão negada (erro 13 do sistema)"),
            (21, "É um diretório (erro 21 do sistema)"),
            (
                28,
                "Não há espaço disponível no dispositivo (erro 28 do sistema)",
            ),
        ];
        for (number, words) in said {
            let error = Error::from_raw_os_error(number);
            assert_eq!(cause(&error, Lang::PtBr), words);
            assert_eq!(cause(&error, Lang::En), error.to_string());
        }
        // Words that netlab does not know stay the system's.
        let other = Error::from_raw_os_error(5);
        assert_eq!(cause(&other, Lang::PtBr), other.to_string());
    }
}
