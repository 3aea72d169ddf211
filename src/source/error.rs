//! What can go wrong where frames come from.

use thiserror::Error;

use super::STANDARD_INPUT;
use super::damage::{Damage, Unsupported};
use crate::model::frame::LinkType;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text, system};

/// Why frames could not be had. `Display` is English; [`SourceError::message`] and
/// [`SourceError::hint`] speak both languages.
#[derive(Debug, Error)]
#[non_exhaustive]
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
        /// What it is instead, where its first bytes tell.
        what: Option<Text>,
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
            SourceError::Missing { path } => missing(lang, path).to_string(),
            SourceError::Directory { path } => directory(lang, path).to_string(),
            SourceError::NotPermitted { path } => {
                not_permitted(lang, shown(path, lang)).to_string()
            }
            SourceError::Io { path, cause } => {
                failed_read(lang, shown(path, lang), system::cause(cause, lang)).to_string()
            }
            SourceError::Empty { path } => empty(lang, shown(path, lang)).to_string(),
            SourceError::NotACapture { path, what: None } => {
                not_a_capture(lang, shown(path, lang)).to_string()
            }
            SourceError::NotACapture {
                path,
                what: Some(what),
            } => another_kind(lang, shown(path, lang), what.get(lang)).to_string(),
            SourceError::CutHeader { path } => cut_header(lang, shown(path, lang)).to_string(),
            SourceError::Unsupported { path, what } => {
                let what = match what {
                    Unsupported::Version { major, minor } => {
                        version(lang, major, minor).to_string()
                    }
                    Unsupported::LinkTypeBits { field } => {
                        let field = format!("0x{field:08x}");
                        link_type_bits(lang, &field).to_string()
                    }
                };
                unsupported(lang, shown(path, lang), &what).to_string()
            }
            SourceError::UnknownLinkType { path, link } => {
                unknown_link_type(lang, shown(path, lang), &link.0).to_string()
            }
            SourceError::Damaged { path, offset, what } => {
                damaged(lang, shown(path, lang), offset, what.words(lang)).to_string()
            }
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> &'static str {
        let text = match self {
            SourceError::Missing { .. } => &CHECK_PATH,
            SourceError::Directory { .. } => &NAME_A_FILE,
            SourceError::NotPermitted { .. } => &MAKE_READABLE,
            SourceError::Io { cause, .. } if out_of_files(cause) => &MORE_FILES,
            SourceError::Io { .. } => &TRY_A_COPY,
            SourceError::Empty { .. } => &CAPTURE_AGAIN,
            SourceError::NotACapture { what: None, .. } => &SAVE_AS_PCAP,
            SourceError::NotACapture { .. } => &TAKE_OUT,
            SourceError::CutHeader { .. } | SourceError::Damaged { .. } => &FETCH_AGAIN,
            SourceError::Unsupported { .. } => &CONVERT,
            SourceError::UnknownLinkType { .. } => &SEE_LIST,
        };
        text.get(lang)
    }
}

/// What a file is that is no capture: where these bytes stand at that place.
static OTHERS: &[(usize, &[u8], &Text)] = &[
    (0, b"PK\x03\x04", &ZIP),
    (0, b"%PDF-", &PDF),
    (257, b"ustar", &TAR),
    (0, b"Rar!\x1a\x07", &RAR),
    (0, b"7z\xbc\xaf\x27\x1c", &SEVEN_ZIP),
    (0, b"\xfd7zXZ\x00", &XZ),
    (0, b"BZh", &BZIP2),
];

impl SourceError {
    /// That a file with these first bytes is no capture.
    pub(super) fn not_a_capture(path: &str, bytes: &[u8]) -> Self {
        let is = |(at, known, _): &&(usize, &[u8], &Text)| {
            bytes.get(*at..).is_some_and(|rest| rest.starts_with(known))
        };
        SourceError::NotACapture {
            path: path.to_owned(),
            what: OTHERS.iter().find(is).map(|(_, _, what)| **what),
        }
    }
}

/// Whether the system had no descriptor left for it (EMFILE).
fn out_of_files(cause: &std::io::Error) -> bool {
    cfg!(unix) && cause.raw_os_error() == Some(24)
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
    missing(path): "there is no file {path}", "o arquivo {path} não existe";
    directory(path): "{path} is a directory, not a capture file",
        "{path} é um diretório, não um arquivo de captura";
    not_permitted(path): "you may not read {path}", "você não tem permissão para ler {path}";
    failed_read(path, cause): "cannot read {path}: {cause}", "não é possível ler {path}: {cause}";
    empty(path): "{path} is empty: it holds no capture", "{path} não contém nada: não há captura";
    not_a_capture(path): "{path} is not a pcap or pcapng capture",
        "{path} não é uma captura pcap nem pcapng";
    another_kind(path, what): "{path} is {what}, not a capture", "{path} é {what}, não uma captura";
    TAKE_OUT: "take the capture, or its rows as text, out of it first",
        "tire dele primeiro a captura, ou as linhas dela como texto";
    ZIP: "a zip archive, as Word and LibreOffice files are too",
        "um arquivo zip, como também são os do Word e do LibreOffice";
    PDF: "a PDF document", "um documento PDF";
    TAR: "a tar archive", "um arquivo tar";
    RAR: "a RAR archive", "um arquivo RAR";
    SEVEN_ZIP: "a 7-Zip archive", "um arquivo 7-Zip";
    XZ: "packed with xz", "compactado com xz";
    BZIP2: "packed with bzip2", "compactado com bzip2";
    cut_header(path): "{path} ends before its header does: no packet can be read",
        "{path} termina antes do fim do próprio cabeçalho: nenhum pacote pode ser lido";
    unsupported(path, what): "{path} is a pcap file that cannot be read: {what}",
        "{path} é um arquivo pcap que não pode ser lido: {what}";
    version(major, minor): "its version is {major}.{minor}, and 2.0 is the oldest that is known",
        "a versão é {major}.{minor}, e a mais antiga conhecida é a 2.0";
    link_type_bits(field): "its link type field {field} has bits set that must be zero",
        "o campo do tipo de enlace, {field}, tem bits ligados que deveriam ser zero";
    unknown_link_type(path, link):
        "{path} has frames of link type {link}, which netlab cannot read: \
         they are shown without addresses",
        "{path} tem quadros do tipo de enlace {link}, que o netlab não sabe ler: \
            eles são mostrados sem endereços";
    damaged(path, offset, what):
        "{path} is damaged before its first packet, at byte {offset}: {what}",
        "{path} está danificado antes do primeiro pacote, no byte {offset}: {what}";
    CHECK_PATH: "check the name; `ls` shows what is there",
        "confira o nome; `ls` mostra o que existe";
    NAME_A_FILE: "name one of the files in it", "indique um dos arquivos que estão nele";
    MAKE_READABLE: "ask its owner for a copy, or make it readable with `sudo chmod a+r FILE`",
        "peça uma cópia ao dono, ou libere a leitura com `sudo chmod a+r ARQUIVO`";
    TRY_A_COPY: "copy the file to another place and try again",
        "copie o arquivo para outro lugar e tente de novo";
    MORE_FILES: "raise the limit of open files first, such as: ulimit -n 64",
        "aumente antes o limite de arquivos abertos, por exemplo: ulimit -n 64";
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
