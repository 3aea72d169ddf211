//! What can go wrong where frames come from.

use thiserror::Error;

use super::STANDARD_INPUT;
use super::file::{Damage, Unsupported};
use crate::model::frame::LinkType;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text, system};

/// Why frames could not be had. `Display` is English; [`SourceError::message`] and
/// [`SourceError::hint`] speak both languages.
#[derive(Debug, Error)]
pub enum SourceError {
    /// There is no such file.
    #[error("{}", self.message(Lang::En))]
    Missing {
        /// The file.
        path: String,
    },
    /// It is a directory.
    #[error("{}", self.message(Lang::En))]
    Directory {
        /// The directory.
        path: String,
    },
    /// The user may not read it.
    #[error("{}", self.message(Lang::En))]
    NotPermitted {
        /// The file.
        path: String,
    },
    /// The file cannot be opened or read for another reason.
    #[error("{}", self.message(Lang::En))]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file has no bytes.
    #[error("{}", self.message(Lang::En))]
    Empty {
        /// The file.
        path: String,
    },
    /// The file is no capture that netlab reads.
    #[error("{}", self.message(Lang::En))]
    NotACapture {
        /// The file.
        path: String,
    },
    /// The file ends before its header does.
    #[error("{}", self.message(Lang::En))]
    CutHeader {
        /// The file.
        path: String,
    },
    /// A capture of a kind that cannot be read.
    #[error("{}", self.message(Lang::En))]
    Unsupported {
        /// The file.
        path: String,
        /// What kind.
        what: Unsupported,
    },
    /// The frames are of a link type that tshark 4.0 refuses, and netlab shows without addresses.
    #[error("{}", self.message(Lang::En))]
    UnknownLinkType {
        /// The file.
        path: String,
        /// Its link type.
        link: LinkType,
    },
    /// The file is damaged before its first frame.
    #[error("{}", self.message(Lang::En))]
    Damaged {
        /// The file.
        path: String,
        /// Where, in bytes from its start, after decompression.
        offset: u64,
        /// What is wrong there.
        what: Damage,
    },
}

impl SourceError {
    /// What the system says of a file, sorted into what a user can do about it.
    pub(crate) fn io(path: &str, cause: std::io::Error) -> Self {
        let path = path.to_owned();
        match cause.kind() {
            std::io::ErrorKind::NotFound => SourceError::Missing { path },
            std::io::ErrorKind::PermissionDenied => SourceError::NotPermitted { path },
            std::io::ErrorKind::IsADirectory => SourceError::Directory { path },
            _ => SourceError::Io { path, cause },
        }
    }

    /// The cause, in one sentence without an end mark.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            SourceError::Missing { path } => MISSING.fill(lang, &[("path", path)]),
            SourceError::Directory { path } => DIRECTORY.fill(lang, &[("path", path)]),
            SourceError::NotPermitted { path } => {
                NOT_PERMITTED.fill(lang, &[("path", &shown(path, lang))])
            }
            SourceError::Io { path, cause } => IO.fill(
                lang,
                &[
                    ("path", &shown(path, lang)),
                    ("cause", &system::cause(cause, lang)),
                ],
            ),
            SourceError::Empty { path } => EMPTY.fill(lang, &[("path", &shown(path, lang))]),
            SourceError::NotACapture { path } => {
                NOT_A_CAPTURE.fill(lang, &[("path", &shown(path, lang))])
            }
            SourceError::CutHeader { path } => {
                CUT_HEADER.fill(lang, &[("path", &shown(path, lang))])
            }
            SourceError::Unsupported { path, what } => {
                let what = match what {
                    Unsupported::Version { major, minor } => {
                        VERSION.fill(lang, &[("major", major), ("minor", minor)])
                    }
                    Unsupported::LinkTypeBits { field } => {
                        let field = format!("0x{field:08x}");
                        LINK_TYPE_BITS.fill(lang, &[("field", &field)])
                    }
                };
                UNSUPPORTED.fill(lang, &[("path", &shown(path, lang)), ("what", &what)])
            }
            SourceError::UnknownLinkType { path, link } => {
                UNKNOWN_LINK_TYPE.fill(lang, &[("path", &shown(path, lang)), ("link", &link.0)])
            }
            SourceError::Damaged { path, offset, what } => DAMAGED.fill(
                lang,
                &[
                    ("path", &shown(path, lang)),
                    ("offset", offset),
                    ("what", &what.words(lang)),
                ],
            ),
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> &'static str {
        let text = match self {
            SourceError::Missing { .. } => &CHECK_PATH,
            SourceError::Directory { .. } => &NAME_A_FILE,
            SourceError::NotPermitted { .. } => &MAKE_READABLE,
            SourceError::Io { .. } => &TRY_A_COPY,
            SourceError::Empty { .. } => &CAPTURE_AGAIN,
            SourceError::NotACapture { .. } => &SAVE_AS_PCAP,
            SourceError::CutHeader { .. } | SourceError::Damaged { .. } => &FETCH_AGAIN,
            SourceError::Unsupported { .. } => &CONVERT,
            SourceError::UnknownLinkType { .. } => &SEE_LIST,
        };
        text.get(lang)
    }
}

fn shown(path: &str, lang: Lang) -> String {
    if path == STANDARD_INPUT {
        THE_STANDARD_INPUT.get(lang).to_owned()
    } else {
        path.to_owned()
    }
}

phrase! {
    THE_STANDARD_INPUT: "standard input", "a entrada padrão";
}
static MISSING: Text = Text::new("there is no file {path}", "o arquivo {path} não existe");
static DIRECTORY: Text = Text::new(
    "{path} is a directory, not a capture file",
    "{path} é um diretório, não um arquivo de captura",
);
static NOT_PERMITTED: Text = Text::new(
    "you may not read {path}",
    "você não tem permissão para ler {path}",
);
static IO: Text = Text::new(
    "cannot read {path}: {cause}",
    "não é possível ler {path}: {cause}",
);
static EMPTY: Text = Text::new(
    "{path} is empty: it holds no capture",
    "{path} não contém nada: não há captura",
);
static NOT_A_CAPTURE: Text = Text::new(
    "{path} is not a pcap or pcapng capture",
    "{path} não é uma captura pcap nem pcapng",
);
static CUT_HEADER: Text = Text::new(
    "{path} ends before its header does: no packet can be read",
    "{path} termina antes do fim do próprio cabeçalho: nenhum pacote pode ser lido",
);
static UNSUPPORTED: Text = Text::new(
    "{path} is a pcap file that cannot be read: {what}",
    "{path} é um arquivo pcap que não pode ser lido: {what}",
);
static VERSION: Text = Text::new(
    "its version is {major}.{minor}, and 2.0 is the oldest that is known",
    "a versão é {major}.{minor}, e a mais antiga conhecida é a 2.0",
);
static LINK_TYPE_BITS: Text = Text::new(
    "its link type field {field} has bits set that must be zero",
    "o campo do tipo de enlace, {field}, tem bits ligados que deveriam ser zero",
);
static UNKNOWN_LINK_TYPE: Text = Text::new(
    "{path} has frames of link type {link}, which netlab cannot read: \
         they are shown without addresses",
    "{path} tem quadros do tipo de enlace {link}, que o netlab não sabe ler: \
            eles são mostrados sem endereços",
);
static DAMAGED: Text = Text::new(
    "{path} is damaged before its first packet, at byte {offset}: {what}",
    "{path} está danificado antes do primeiro pacote, no byte {offset}: {what}",
);

phrase! {
    CHECK_PATH: "check the name; `ls` shows what is there",
        "confira o nome; `ls` mostra o que existe";
    NAME_A_FILE: "name one of the files in it", "indique um dos arquivos que estão nele";
    MAKE_READABLE: "ask its owner for a copy, or make it readable with `sudo chmod a+r FILE`",
        "peça uma cópia ao dono, ou libere a leitura com `sudo chmod a+r ARQUIVO`";
    TRY_A_COPY: "copy the file to another place and try again",
        "copie o arquivo para outro lugar e tente de novo";
    CAPTURE_AGAIN: "capture again, and stop the capture with Ctrl-C so that it is written out",
        "capture de novo e encerre a captura com Ctrl-C para que ela seja gravada";
    SAVE_AS_PCAP:
        "in Wireshark, choose File, Save As and the format pcapng; `file FILE` tells what it is",
        "no Wireshark, use Arquivo, Salvar como e o formato pcapng; `file ARQUIVO` diz o que é";
    FETCH_AGAIN: "copy or download the file again, or capture again",
        "copie ou baixe o arquivo de novo, ou capture de novo";
    CONVERT: "write it again with a current program, for instance `tcpdump -r FILE -w NEW.pcap`",
        "grave-o de novo com um programa atual, por exemplo `tcpdump -r ARQUIVO -w NOVO.pcap`";
    SEE_LIST: "the link types are listed at https://www.tcpdump.org/linktypes.html",
        "os tipos de enlace estão listados em https://www.tcpdump.org/linktypes.html";
}
