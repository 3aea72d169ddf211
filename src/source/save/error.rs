//! Why a capture cannot be written.

use std::io::ErrorKind;

use crate::model::frame::{FrameNo, LinkType};
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::system;

/// Why a capture cannot be written. `Display` is English; [`SaveError::message`] and
/// [`SaveError::hint`] speak both languages.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The name asks for a compressed file.
    #[error("{}", self.message(Lang::En))]
    Compressed {
        /// The file.
        path: String,
    },
    /// The file cannot be made.
    #[error("{}", self.message(Lang::En))]
    Create {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The disk, or the user's share of it, is full.
    #[error("{}", self.message(Lang::En))]
    Full {
        /// The file.
        path: String,
    },
    /// Whoever read standard output or the pipe has gone.
    #[error("{}", self.message(Lang::En))]
    NobodyReads {
        /// The file.
        path: String,
    },
    /// It cannot be written for another reason.
    #[error("{}", self.message(Lang::En))]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// It cannot be written, and an older file of that name is as it was.
    #[error("{}", self.message(Lang::En))]
    Unfinished {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The format has no place for the frame.
    #[error("{}", self.message(Lang::En))]
    Unfit {
        /// The file.
        path: String,
        /// The frame's number.
        no: FrameNo,
        /// What does not fit.
        what: Unfit,
    },
}

/// What a format has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// A pcap file has one link type, and this frame another.
    SecondLinkType {
        /// The file's.
        first: LinkType,
        /// The frame's.
        second: LinkType,
    },
    /// A link type beyond 65535.
    LinkType {
        /// The frame's.
        link: LinkType,
    },
    /// The pcap file was begun with microseconds, and this frame has nanoseconds.
    FinerTime,
    /// A pcap file has no packets without a time.
    NoTime,
    /// The time is before 1970 or too late for the format.
    Time,
    /// The frame has 4 GiB or more.
    Size,
}

impl Unfit {
    /// The error about a frame of a file.
    pub(super) fn at(self, path: &str, no: FrameNo) -> SaveError {
        SaveError::Unfit {
            path: path.to_owned(),
            no,
            what: self,
        }
    }
}

impl SaveError {
    pub(super) fn create(path: &str, cause: std::io::Error) -> Self {
        SaveError::Create {
            path: path.to_owned(),
            cause,
        }
    }

    pub(super) fn write(path: &str, cause: std::io::Error) -> Self {
        let path = path.to_owned();
        match cause.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveError::Full { path },
            ErrorKind::BrokenPipe => SaveError::NobodyReads { path },
            _ => SaveError::Write { path, cause },
        }
    }

    /// What is wrong, in one sentence without an end mark.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            SaveError::Compressed { path } => compressed(lang, path).to_string(),
            SaveError::Create { path, cause } | SaveError::Unfinished { path, cause } => {
                cannot_create(lang, path, system::cause(cause, lang)).to_string()
            }
            SaveError::Full { path } => full(lang, path).to_string(),
            SaveError::NobodyReads { path } => nobody_reads(lang, path).to_string(),
            SaveError::Write { path, cause } => {
                cannot_write(lang, path, system::cause(cause, lang)).to_string()
            }
            SaveError::Unfit { path, no, what } => {
                let what = match what {
                    Unfit::SecondLinkType { first, second } => {
                        second_link_type(lang, &second.0, &first.0).to_string()
                    }
                    Unfit::LinkType { link } => link_type(lang, &link.0).to_string(),
                    Unfit::FinerTime => FINER_TIME.get(lang).to_owned(),
                    Unfit::NoTime => NO_TIME.get(lang).to_owned(),
                    Unfit::Time => TIME.get(lang).to_owned(),
                    Unfit::Size => SIZE.get(lang).to_owned(),
                };
                unfit(lang, no, path, &what).to_string()
            }
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> &'static str {
        let text = match self {
            SaveError::Compressed { .. } => &COMPRESS_LATER,
            SaveError::Create { .. } => &OTHER_PLACE,
            SaveError::Unfinished { .. } => &OLD_STAYS,
            SaveError::Full { .. } | SaveError::Write { .. } | SaveError::NobodyReads { .. } => {
                &MAKE_ROOM
            }
            SaveError::Unfit { what, .. } => match what {
                Unfit::SecondLinkType { .. } | Unfit::FinerTime | Unfit::NoTime | Unfit::Time => {
                    &USE_PCAPNG
                }
                Unfit::LinkType { .. } | Unfit::Size => &USE_A_FILTER,
            },
        };
        text.get(lang)
    }
}

phrase! {
    compressed(path): "{path} asks for a compressed capture, which netlab does not write",
        "{path} pede uma captura comprimida, que o netlab não grava";
    cannot_create(path, cause): "cannot write {path}: {cause}", "não é possível gravar {path}: {cause}";
    full(path): "no room is left for {path}; the packets written so far can be read",
        "não há mais espaço para {path}; os pacotes já gravados podem ser lidos";
    nobody_reads(path): "nobody reads {path} any more", "ninguém mais lê {path}";
    cannot_write(path, cause):
        "cannot write on to {path}: {cause}; the packets written so far can be read",
        "não é possível continuar a gravar {path}: {cause}; \
            os pacotes já gravados podem ser lidos";
    unfit(no, path, what): "packet {no} does not fit into {path}: {what}",
        "o pacote {no} não cabe em {path}: {what}";
    second_link_type(second, first):
        "its link type is {second}, and a pcap file has only one, here {first}",
        "seu tipo de enlace é {second}, e um arquivo pcap só tem um, aqui {first}";
    link_type(link): "no capture file can hold link type {link}",
        "nenhum arquivo de captura comporta o tipo de enlace {link}";
    FINER_TIME: "its time has nanoseconds, and the pcap file was begun with microseconds",
        "seu tempo tem nanossegundos, e o arquivo pcap foi iniciado com microssegundos";
    NO_TIME: "it has no time, and in a pcap file every packet has one",
        "ele não tem tempo, e em um arquivo pcap todo pacote tem";
    TIME: "its time is before 1970 or too far in the future for the format",
        "seu tempo é anterior a 1970 ou distante demais no futuro para o formato";
    SIZE: "it has 4 GiB or more", "ele tem 4 GiB ou mais";

    COMPRESS_LATER:
        "write .pcap or .pcapng, and compress the file afterwards, for instance with gzip",
        "grave em .pcap ou .pcapng e comprima o arquivo depois, por exemplo com gzip";
    OTHER_PLACE: "name a file in a directory of your own, for instance /tmp/capture.pcap",
        "indique um arquivo em um diretório seu, por exemplo /tmp/captura.pcap";
    /// Said where an older file is as it was, for captures and for what goes to `-o`.
    pub OLD_STAYS: "what was written before stays; choose another place or free some space",
        "o que já foi gravado permanece; escolha outro lugar ou libere espaço";
    MAKE_ROOM: "`df -h` shows where there is room", "`df -h` mostra onde há espaço";
    USE_PCAPNG: "write to a name that ends in .pcapng", "grave em um nome que termine em .pcapng";
    USE_A_FILTER: "leave such packets out with a filter (-f)",
        "deixe esses pacotes de fora com um filtro (-f)";
}
